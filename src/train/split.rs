//! Which groups train and which are kept apart, and texts that would leak across.

use super::data::Example;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// A side of the split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Weights and thresholds come from here.
    Train,
    /// Scores are measured here.
    Development,
}

/// Share of groups that are kept apart, in percent.
const DEVELOPMENT_PERCENT: u64 = 16;

/// The side of a group: a function of its name alone, so that all files agree.
#[must_use]
pub fn side(group: &str) -> Side {
    if stable_hash(&format!("split {group}")) % 100 < DEVELOPMENT_PERCENT {
        Side::Development
    } else {
        Side::Train
    }
}

/// The part, out of `parts`, in which a group is kept apart for cross-fitting.
#[must_use]
pub fn fold(group: &str, parts: usize) -> usize {
    (stable_hash(&format!("fold {group}")) % parts as u64) as usize
}

/// Examples on the two sides.
#[derive(Debug, Default)]
pub struct Split {
    /// Those to learn from.
    pub train: Vec<Example>,
    /// Those to measure on.
    pub development: Vec<Example>,
    /// How many were taken out of `train`, because `development` holds nearly the same text.
    pub near_duplicates: usize,
}

/// Splits by group, and takes near duplicates of development texts out of the training side.
#[must_use]
pub fn split(examples: Vec<Example>) -> Split {
    let (train, development): (Vec<_>, Vec<_>) = examples
        .into_iter()
        .partition(|example| side(&example.group) == Side::Train);
    let kept_apart = Shingles::of(development.iter().map(|example| example.text.as_str()));
    let before = train.len();
    let train: Vec<_> = train
        .into_iter()
        .filter(|example| !kept_apart.has_near(&example.text))
        .collect();
    Split {
        near_duplicates: before - train.len(),
        train,
        development,
    }
}

/// Words that are compared at once.
const SHINGLE: usize = 4;
/// The share of shingles from which two texts are nearly the same (Jaccard).
const NEAR: f64 = 0.8;

/// Texts by their runs of words.
#[derive(Debug, Default)]
struct Shingles {
    texts: HashMap<u64, Vec<usize>>,
    sizes: Vec<usize>,
}

impl Shingles {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for (at, text) in texts.enumerate() {
            let shingles = shingles(text);
            all.sizes.push(shingles.len());
            for shingle in shingles {
                all.texts.entry(shingle).or_default().push(at);
            }
        }
        all
    }

    fn has_near(&self, text: &str) -> bool {
        let own = shingles(text);
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for other in own
            .iter()
            .filter_map(|shingle| self.texts.get(shingle))
            .flatten()
        {
            *shared.entry(*other).or_default() += 1;
        }
        shared.iter().any(|(&other, &both)| {
            both as f64 >= NEAR * (own.len() + self.sizes[other] - both) as f64
        })
    }
}

/// Hashes of a text's runs of words; of a short text the whole.
fn shingles(text: &str) -> HashSet<u64> {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let hash = |run: &[&str]| stable_hash(&run.join(" "));
    match words.len() {
        0 => HashSet::new(),
        few if few < SHINGLE => HashSet::from([hash(&words)]),
        _ => words.windows(SHINGLE).map(hash).collect(),
    }
}

/// A number that looks random and is the same everywhere.
#[must_use]
pub fn stable_hash(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    let first = digest.iter().take(8);
    first.fold(0, |sum, &byte| sum << 8 | u64::from(byte))
}
