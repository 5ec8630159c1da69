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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::fast::LANES, train::collect};
    use std::path::Path;

    fn example(group: usize, text: &str) -> Example {
        Example {
            file: "test".to_owned(),
            board: "test".to_owned(),
            group: format!("group {group}"),
            text: text.to_owned(),
            title: None,
            answered: None,
            is_reply: false,
            units: Vec::new(),
            unit_targets: Vec::new(),
            targets: [0; LANES],
        }
    }

    fn groups(examples: &[Example]) -> HashSet<&str> {
        examples
            .iter()
            .map(|example| example.group.as_str())
            .collect()
    }

    #[test]
    fn a_group_lies_on_one_side() {
        let texts =
            (0..400).map(|at| example(at % 90, &format!("Text number {at} about routers {at}.")));
        let split = split(texts.collect());
        assert!(groups(&split.train).is_disjoint(&groups(&split.development)));
        let share = split.development.len() as f64 / 400.0;
        assert!((0.05..0.3).contains(&share), "{share}");
    }

    #[test]
    fn near_duplicates_of_the_other_side_are_left_out() {
        let kept = (0..).find(|at| side(&format!("group {at}")) == Side::Development);
        let other = (0..).find(|at| side(&format!("group {at}")) == Side::Train);
        let (kept, other) = (kept.unwrap(), other.unwrap());
        let words: Vec<_> = (0..40).map(|word| format!("word{word}")).collect();
        let long = words.join(" ");
        let split = split(vec![
            example(kept, &long),
            example(kept, "Thanks!"),
            example(other, &format!("{long}, indeed")),
            example(other, "thanks"),
            example(other, "Thanks for the patch."),
        ]);
        assert_eq!((split.near_duplicates, split.train.len()), (2, 1));
    }

    #[test]
    fn no_group_of_the_real_data_is_torn_apart() {
        let folder = Path::new("../shared/datasets");
        if !folder.exists() {
            println!("skipped: no labeled data here");
            return;
        }
        let threads = collect::threads(folder).unwrap().into_iter();
        let labeled = threads.flat_map(|thread| thread.examples);
        let examples: Vec<_> = labeled.chain(collect::public(folder).unwrap()).collect();
        let chained = examples
            .iter()
            .filter(|example| example.group.starts_with("t3_"));
        let files: HashSet<_> = chained.map(|example| example.file.as_str()).collect();
        assert_eq!(files.len(), 2, "Change My View groups join two files");
        let split = split(examples);
        assert!(groups(&split.train).is_disjoint(&groups(&split.development)));
        assert!(!split.development.is_empty());
    }
}
