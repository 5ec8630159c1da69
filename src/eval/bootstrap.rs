//! Counts by group, scores from counts, and intervals by resampling groups.

use super::verdict::Verdict;
use crate::train::{dual::Random, measure::f1, targets::Targets};
use std::collections::HashMap;

/// What is counted for a label, among the cases where it is known.
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
    /// The counts of the first group's labels, then those of the second, and so on.
    counts: Vec<Counts>,
}

/// Times that groups are drawn.
const DRAWS: usize = 1000;

impl GroupCounts {
    /// Counts the labels that have these outputs.
    pub(super) fn new(cases: &[Case<'_>], outputs: &[usize]) -> Self {
        let labels = outputs.len();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut counts = Vec::new();
        for (group, targets, verdict) in cases {
            let next = places.len() * labels;
            let at = *places.entry(group).or_insert(next);
            if at == counts.len() {
                counts.resize(at + labels, Counts::default());
            }
            for (counts, &output) in counts[at..].iter_mut().zip(outputs) {
                let known = targets[output] != 0;
                let (found, there) = (verdict.asserted[output] && known, targets[output] == 1);
                counts.add(Counts {
                    right: usize::from(found && there),
                    found: usize::from(found),
                    there: usize::from(there),
                });
            }
        }
        Self { labels, counts }
    }

    /// The counts over all groups.
    pub(super) fn total(&self) -> Vec<Counts> {
        self.sum(self.counts.chunks_exact(self.labels.max(1)))
    }

    fn sum<'a>(&self, groups: impl Iterator<Item = &'a [Counts]>) -> Vec<Counts> {
        let mut total = vec![Counts::default(); self.labels];
        for group in groups {
            for (total, counts) in total.iter_mut().zip(group) {
                total.add(*counts);
            }
        }
        total
    }

    /// The middle 95 % of every label's F1 and, last, of their mean.
    pub(super) fn intervals(&self) -> Vec<[f64; 2]> {
        let mut random = Random(1);
        let groups: Vec<_> = self.counts.chunks_exact(self.labels.max(1)).collect();
        let mut draws = vec![Vec::with_capacity(DRAWS); self.labels + 1];
        for _ in 0..DRAWS {
            let drawn = (0..groups.len()).map(|_| groups[random.below(groups.len())]);
            let scores: Vec<_> = self.sum(drawn).into_iter().map(Counts::f1).collect();
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

/// From where to where the middle 95 % lie.
pub(crate) fn middle(mut draws: Vec<f64>) -> [f64; 2] {
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
        let (holds, fails, masked) = ([1; LANES], [-1; LANES], [0; LANES]);
        let names: Vec<_> = (0..40).map(|at| format!("group {}", at / 4)).collect();
        let case = |at: usize| -> Case<'_> {
            match at % 4 {
                0 | 1 => (&names[at], &holds, &yes),
                2 => (&names[at], &fails, if at % 8 == 2 { &yes } else { &no }),
                _ => (&names[at], &masked, &yes),
            }
        };
        let cases: Vec<_> = (0..40).map(case).collect();
        let counts = GroupCounts::new(&cases, &[0]);
        let total = counts.total()[0];
        assert_eq!((total.right, total.found, total.there), (20, 25, 20));
        let [low, high] = counts.intervals()[0];
        assert!(low < total.f1() && total.f1() < high && high <= 1.0);
    }
}
