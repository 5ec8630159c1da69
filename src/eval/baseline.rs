//! Baselines that a model must beat: the most frequent label, the number of words, and plain TF-IDF.

use super::verdict::{Verdict, Verdicts, decide};
use crate::{
    label::{Choice, Level},
    model::fast::LANES,
    train::{
        crossfit::CrossFit,
        data::Example,
        dual,
        measure::best_threshold,
        samples::{Raw, Samples, number},
        split::{fold, stable_hash},
        targets::{Targets, sets},
    },
};

/// A baseline.
#[derive(Debug, Clone, Copy)]
pub struct Baseline {
    /// Its name in tables.
    pub name: &'static str,
    features: fn(&str) -> Raw,
}

/// The baselines that learn.
pub const BASELINES: [Baseline; 2] = [
    Baseline {
        name: "word count",
        features: word_count,
    },
    Baseline {
        name: "TF-IDF words",
        features: words,
    },
];

/// The number of words, as one feature per class that widens with the number.
fn word_count(text: &str) -> Raw {
    let count = text.split_whitespace().count() as f32;
    let class = ((count + 1.0).log2() * 2.0) as u32;
    vec![(vec![class], 1.0)]
}

/// Every word.
fn words(text: &str) -> Raw {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let keys: Vec<_> = words.map(|word| stable_hash(word) as u32).collect();
    let norm = (keys.len().max(1) as f32).sqrt();
    vec![(keys, 1.0 / norm), (vec![0], 1.0)]
}

const FOLDS: usize = 5;

impl Baseline {
    /// Learns from `train` and judges `test`.
    #[must_use]
    pub fn judge(&self, train: &[Example], test: &[Example]) -> Verdicts {
        Verdicts {
            units: self.judge_level(Level::Unit, train, test),
            comments: self.judge_level(Level::Comment, train, test),
        }
    }

    fn judge_level(&self, level: Level, train: &[Example], test: &[Example]) -> Vec<Verdict> {
        let raw = |examples: &[Example]| -> Vec<Raw> {
            let texts = examples.iter().flat_map(|example| texts(level, example));
            texts.map(|(text, _)| (self.features)(text)).collect()
        };
        let targets = train.iter().flat_map(|example| texts(level, example));
        let samples = number(raw(train), targets.map(|(_, targets)| targets), 1);
        let settings = CrossFit {
            cost: 0.5,
            balance: 0.0,
            folds: FOLDS,
        };
        let folds = train.iter().flat_map(|example| {
            std::iter::repeat_n(fold(&example.group, FOLDS), texts(level, example).count())
        });
        let scores = settings.score(&samples, &folds.collect::<Vec<_>>());
        let thresholds = thresholds(level, &samples, &scores);
        let all: Vec<_> = samples.list.iter().collect();
        let weights = settings.learn(&all, samples.keys.len());
        raw(test)
            .iter()
            .map(|raw| {
                let scores = dual::dot(&samples.entries(raw), &weights);
                decide(level, scores.map(sigmoid), &thresholds)
            })
            .collect()
    }
}

/// The texts of a level in an example, with their labels.
fn texts(level: Level, example: &Example) -> impl Iterator<Item = (&str, &Targets)> {
    let units = example.units.iter().zip(&example.unit_targets);
    let units = units.map(|(unit, targets)| (unit.span.slice(&example.text), targets));
    let whole = std::iter::once((example.text.as_str(), &example.targets));
    let (take_units, take_whole) = match level {
        Level::Unit => (usize::MAX, 0),
        Level::Comment => (0, 1),
    };
    units.take(take_units).chain(whole.take(take_whole))
}

fn thresholds(level: Level, samples: &Samples, scores: &[[f32; LANES]]) -> [f32; LANES] {
    let mut thresholds = [0.5; LANES];
    for (first, set) in sets(level).filter(|(_, set)| set.choice != Choice::One) {
        for output in first..first + set.labels.len() {
            let judged = samples.list.iter().zip(scores);
            let judged =
                judged.map(|(sample, row)| (sigmoid(row[output]), sample.targets[output] == 1));
            thresholds[output] = best_threshold(&judged.collect::<Vec<_>>()).0;
        }
    }
    thresholds
}

fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// Always the label that is most frequent in `train` where exactly one holds, and nothing elsewhere.
#[must_use]
pub fn majority(train: &[Example], test: &[Example]) -> Verdicts {
    let level = |level: Level| {
        let mut shares = [0.0; LANES];
        let known = train.iter().flat_map(|example| texts(level, example));
        for (_, targets) in known {
            for (share, target) in shares.iter_mut().zip(targets) {
                *share += f32::from(u8::from(*target == 1));
            }
        }
        let verdict = decide(level, shares, &[f32::INFINITY; LANES]);
        let count = test.iter().map(|example| texts(level, example).count());
        vec![verdict; count.sum()]
    };
    Verdicts {
        units: level(Level::Unit),
        comments: level(Level::Comment),
    }
}
