//! Scores by weights that have not seen the sample's group.

use super::{
    dual::{self, Costs},
    samples::{Sample, Samples},
};
use crate::model::fast::{LANES, Row};
use rayon::prelude::*;

/// How tables are learned, and into how many parts groups are put for cross-fitting.
#[derive(Debug, Clone, Copy)]
pub struct CrossFit {
    /// Cost of an error: the smaller, the stronger the regularization.
    pub cost: f32,
    /// How much more an error on a rare label costs: this power of (without / with).
    pub balance: f32,
    /// The number of parts.
    pub folds: usize,
}

impl CrossFit {
    /// Learns the weights of all features from `samples`.
    #[must_use]
    pub fn learn(&self, samples: &[&Sample], features: usize) -> Vec<Row> {
        dual::learn(samples, features, &self.costs(samples))
    }

    fn costs(&self, samples: &[&Sample]) -> Costs {
        let mut costs = Costs {
            off: [self.cost; LANES],
            on: [self.cost; LANES],
        };
        for (output, on) in costs.on.iter_mut().enumerate() {
            let of_sign = |sign: i8| samples.iter().filter(move |s| s.targets[output] == sign);
            let (without, with) = (of_sign(-1).count() as f32, of_sign(1).count() as f32);
            *on *= (without / with.max(1.0)).max(1.0).powf(self.balance);
        }
        costs
    }

    /// The scores of every sample by weights learned from the other folds. `folds` gives each sample's.
    #[must_use]
    pub fn score(&self, samples: &Samples, folds: &[usize]) -> Vec<Row> {
        let parts = (0..self.folds).into_par_iter();
        let parts: Vec<_> = parts
            .map(|part| self.score_part(samples, folds, part))
            .collect();
        let mut rows = vec![[0.0; LANES]; samples.list.len()];
        for (at, row) in parts.into_iter().flatten() {
            rows[at] = row;
        }
        rows
    }

    fn score_part(&self, samples: &Samples, folds: &[usize], part: usize) -> Vec<(usize, Row)> {
        let (own, others): (Vec<_>, Vec<_>) =
            (0..samples.list.len()).partition(|&at| folds[at] == part);
        let others: Vec<_> = others.into_iter().map(|at| &samples.list[at]).collect();
        let weights = self.learn(&others, samples.keys.len());
        let score = |at: usize| (at, dual::dot(&samples.list[at].entries, &weights));
        own.into_iter().map(score).collect()
    }
}
