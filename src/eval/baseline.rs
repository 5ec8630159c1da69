//! Baselines that a model must beat: the most frequent label, the number of words, and plain TF-IDF.

use super::verdict::{Verdict, Verdicts, decide, sets_of};
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
        targets::Targets,
    },
};
use std::collections::HashSet;

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

/// Parts of cross-fitting and of cross-validation.
const FOLDS: usize = 5;

/// What all baselines say of `test`, the most frequent label first. They learn from `train`; where that is
/// empty, from the groups of `test` itself by cross-validation; where those are too few, there are none.
#[must_use]
pub fn judge_all(train: &[Example], test: &[Example]) -> Vec<Verdicts> {
    let judges = |train: &[Example], test: &[Example]| -> Vec<Verdicts> {
        let learned = BASELINES.iter().map(|baseline| baseline.judge(train, test));
        std::iter::once(majority(train, test))
            .chain(learned)
            .collect()
    };
    let groups: HashSet<_> = test.iter().map(|example| &example.group).collect();
    match (train.is_empty(), groups.len()) {
        (false, _) => judges(train, test),
        (true, FOLDS..) => cross_validate(test, judges),
        (true, _) => Vec::new(),
    }
}

/// The verdicts of `judges` on every example, learned from the other parts of the groups.
fn cross_validate(
    examples: &[Example],
    judges: impl Fn(&[Example], &[Example]) -> Vec<Verdicts>,
) -> Vec<Verdicts> {
    let mut rows = vec![Vec::new(); examples.len()];
    for part in 0..FOLDS {
        let is_own = |example: &Example| fold(&example.group, FOLDS) == part;
        let (test, train): (Vec<_>, Vec<_>) = examples.iter().cloned().partition(is_own);
        let places = (0..examples.len()).filter(|&at| is_own(&examples[at]));
        let places: Vec<_> = places.collect();
        for verdicts in judges(&train, &test) {
            let mut units = verdicts.units.into_iter();
            for ((&place, example), comment) in places.iter().zip(&test).zip(verdicts.comments) {
                let own = units.by_ref().take(example.units.len()).collect();
                rows[place].push((own, comment));
            }
        }
    }
    let mut all = vec![Verdicts::default(); BASELINES.len() + 1];
    for row in rows {
        for (verdicts, (units, comment)) in all.iter_mut().zip::<Vec<(Vec<_>, _)>>(row) {
            verdicts.units.extend(units);
            verdicts.comments.push(comment);
        }
    }
    all
}

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
        if !is_labeled(level, train) {
            return vec![Verdict::default(); count(level, test)];
        }
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
    for (first, set) in sets_of(level).filter(|(_, set)| set.choice != Choice::One) {
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

/// Whether anything is labeled that a level could learn from.
fn is_labeled(level: Level, examples: &[Example]) -> bool {
    let mut all = examples
        .iter()
        .flat_map(|example| example.targets_of(level));
    all.any(|targets| targets.iter().any(|target| *target != 0))
}

fn count(level: Level, examples: &[Example]) -> usize {
    let counts = examples.iter().map(|example| texts(level, example).count());
    counts.sum()
}

/// Always the label that is most frequent in `train` where exactly one holds, and elsewhere those that hold
/// more often than not. What is said is sure, whatever the text.
#[must_use]
pub fn majority(train: &[Example], test: &[Example]) -> Verdicts {
    let level = |level: Level| {
        let (mut held, mut known) = ([0.0_f32; LANES], [0.0_f32; LANES]);
        for targets in train.iter().flat_map(|example| example.targets_of(level)) {
            for (output, target) in targets.iter().enumerate() {
                held[output] += f32::from(u8::from(*target == 1));
                known[output] += f32::from(u8::from(*target != 0));
            }
        }
        let shares = std::array::from_fn(|output| held[output] / known[output].max(1.0));
        let asserted = decide(level, shares, &[0.5; LANES]).asserted;
        let verdict = Verdict {
            probabilities: asserted.map(|asserted| f32::from(u8::from(asserted))),
            asserted,
        };
        vec![verdict; count(level, test)]
    };
    Verdicts {
        units: level(Level::Unit),
        comments: level(Level::Comment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::targets::{mark, output};

    /// Replies of which two in three agree, each a group of its own.
    fn examples(count: usize) -> Vec<Example> {
        let example = |at: usize| {
            let (stance, text) = match at % 3 {
                0 => ("disagree", "Wrong, all wrong."),
                _ => ("agree", "Yes, indeed so."),
            };
            let mut targets = [0; LANES];
            mark(&mut targets, "stance", [stance]).unwrap();
            Example {
                file: String::new(),
                board: String::new(),
                group: format!("group {at}"),
                text: text.to_owned(),
                title: None,
                answered: None,
                is_reply: true,
                units: Vec::new(),
                unit_targets: Vec::new(),
                targets,
            }
        };
        (0..count).map(example).collect()
    }

    #[test]
    fn each_group_is_judged_by_what_the_others_teach() {
        let examples = examples(60);
        let all = judge_all(&[], &examples);
        let right = |verdicts: &Verdicts| {
            let pairs = verdicts.comments.iter().zip(&examples);
            let right = pairs.filter(|(verdict, example)| {
                verdict.asserted[output("agree")] == (example.targets[output("agree")] == 1)
            });
            right.count()
        };
        // Majority, number of words (three in every text), words.
        assert_eq!(all.iter().map(right).collect::<Vec<_>>(), [40, 40, 60]);
        assert!(all.iter().all(|verdicts| verdicts.units.is_empty()));
    }

    #[test]
    fn few_groups_have_no_baselines() {
        assert!(judge_all(&[], &examples(4)).is_empty());
        let (train, test) = (examples(9), examples(2));
        assert_eq!(judge_all(&train, &test).len(), BASELINES.len() + 1);
    }
}
