//! Counts by group, scores from counts, and intervals by resampling groups.

use super::verdict::Verdict;
use crate::train::{dual::Random, measure::f1, targets::Targets};
use std::collections::HashMap;

/// What is counted for a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Asserted, and it holds.
    pub(super) right: usize,
    /// Asserted.
    pub(super) found: usize,
    /// It holds.
    pub(super) there: usize,
}

impl Counts {
    pub(super) fn f1(self) -> f64 {
        f1(self.right, self.found, self.there)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.there += other.there;
    }
}

/// One unit or comment: its group, its labels, what is said of it.
pub(super) type Case<'a> = (&'a str, &'a Targets, &'a Verdict);

/// Counts of some labels, for every group.
#[derive(Debug)]
pub(super) struct GroupCounts {
    labels: usize,
    groups: Vec<Vec<Counts>>,
}

/// Times that groups are drawn.
const DRAWS: usize = 1000;

impl GroupCounts {
    pub(super) fn new(cases: &[Case<'_>], first: usize, labels: usize) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut groups: Vec<Vec<Counts>> = Vec::new();
        for (group, targets, verdict) in cases {
            let at = *places.entry(group).or_insert(groups.len());
            if at == groups.len() {
                groups.push(vec![Counts::default(); labels]);
            }
            for (output, counts) in (first..).zip(&mut groups[at]) {
                let (found, there) = (verdict.asserted[output], targets[output] == 1);
                counts.add(Counts {
                    right: usize::from(found && there),
                    found: usize::from(found),
                    there: usize::from(there),
                });
            }
        }
        Self { labels, groups }
    }

    /// The counts over all groups.
    pub(super) fn total(&self) -> Vec<Counts> {
        self.sum(0..self.groups.len())
    }

    fn sum(&self, groups: impl Iterator<Item = usize>) -> Vec<Counts> {
        let mut total = vec![Counts::default(); self.labels];
        for group in groups {
            for (total, counts) in total.iter_mut().zip(&self.groups[group]) {
                total.add(*counts);
            }
        }
        total
    }

    /// The middle 95 % of every label's F1 and, last, of their mean.
    pub(super) fn intervals(&self) -> Vec<[f64; 2]> {
        let mut random = Random(1);
        let count = self.groups.len();
        let mut draws = vec![Vec::with_capacity(DRAWS); self.labels + 1];
        for _ in 0..DRAWS {
            let drawn: Vec<_> = (0..count).map(|_| random.below(count)).collect();
            let scores = self.sum(drawn.into_iter());
            let scores: Vec<_> = scores.into_iter().map(Counts::f1).collect();
            draws[self.labels].push(mean(&scores));
            for (draws, score) in draws.iter_mut().zip(scores) {
                draws.push(score);
            }
        }
        draws.into_iter().map(middle).collect()
    }
}

/// The mean; of nothing, zero.
pub(super) fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

fn middle(mut draws: Vec<f64>) -> [f64; 2] {
    draws.sort_by(f64::total_cmp);
    let at = |share: f64| draws[(share * (draws.len() - 1) as f64).round() as usize];
    [at(0.025), at(0.975)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fast::LANES;

    #[test]
    fn counts_by_group_and_encloses_the_score() {
        let verdict = |asserted: bool| Verdict {
            probabilities: [0.0; LANES],
            asserted: [asserted; LANES],
        };
        let (yes, no) = (verdict(true), verdict(false));
        let (holds, fails) = ([1; LANES], [-1; LANES]);
        let names: Vec<_> = (0..40).map(|at| format!("group {}", at / 4)).collect();
        let case = |at: usize| -> Case<'_> {
            match at % 4 {
                0 | 1 => (&names[at], &holds, &yes),
                2 => (&names[at], &fails, if at % 8 == 2 { &yes } else { &no }),
                _ => (&names[at], &fails, &no),
            }
        };
        let cases: Vec<_> = (0..40).map(case).collect();
        let counts = GroupCounts::new(&cases, 0, 1);
        let total = counts.total()[0];
        assert_eq!((total.right, total.found, total.there), (20, 25, 20));
        let [low, high] = counts.intervals()[0];
        assert!(low < total.f1() && total.f1() < high && high <= 1.0);
    }
}
