//! L2-regularized logistic regression by dual coordinate descent (Yu, Huang and Lin 2011).
//!
//! Each sample and output has one dual variable; a step solves for it exactly, so there is no learning
//! rate to choose. All outputs of a sample are updated together, since they share its features.

use super::samples::Sample;
use crate::model::fast::{LANES, Row};

/// What an error on a sample costs, by output: where the label does not hold, and where it does.
#[derive(Debug, Clone, Copy)]
pub struct Costs {
    /// For samples without the label.
    pub off: Row,
    /// For samples with the label.
    pub on: Row,
}

/// Passes over the samples.
const PASSES: usize = 12;
/// Steps of Newton's method for one dual variable; the interval halves where a step leaves it.
const NEWTON_STEPS: usize = 8;

/// Learns one weight per feature and output. `samples` are visited in an order that depends on their
/// number alone.
#[must_use]
pub fn learn(samples: &[&Sample], features: usize, costs: &Costs) -> Vec<Row> {
    let mut weights = vec![[0.0; LANES]; features];
    let mut duals = vec![[0.0_f32; LANES]; samples.len()];
    let norms: Vec<f32> = samples
        .iter()
        .map(|sample| sample.entries.iter().map(|(_, value)| value * value).sum())
        .collect();
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut random = Random(samples.len() as u64);
    for _ in 0..PASSES {
        random.shuffle(&mut order);
        for &at in &order {
            step(samples[at], norms[at], costs, &mut duals[at], &mut weights);
        }
    }
    weights
}

fn step(sample: &Sample, norm: f32, costs: &Costs, duals: &mut Row, weights: &mut [Row]) {
    let scores = dot(&sample.entries, weights);
    let mut moves = [0.0; LANES];
    for output in 0..LANES {
        let sign = f32::from(sample.targets[output]);
        let cost = match sample.targets[output] {
            0 => continue,
            1 => costs.on[output],
            _ => costs.off[output],
        };
        let new = solve(cost, norm, duals[output], sign * scores[output]);
        moves[output] = sign * (new - duals[output]);
        duals[output] = new;
    }
    for &(at, value) in &sample.entries {
        for (weight, by) in weights[at as usize].iter_mut().zip(moves) {
            *weight += value * by;
        }
    }
}

/// The weighted sums of a sample.
#[must_use]
pub fn dot(entries: &[(u32, f32)], weights: &[Row]) -> Row {
    let mut scores = [0.0; LANES];
    for &(at, value) in entries {
        for (score, weight) in scores.iter_mut().zip(&weights[at as usize]) {
            *score += value * weight;
        }
    }
    scores
}

/// The dual variable that fits best while all others stay: `z = cost * sigmoid(t)` where
/// `t + norm * (z - dual) + margin = 0`. The left side rises with `t`, so there is one root.
fn solve(cost: f32, norm: f32, dual: f32, margin: f32) -> f32 {
    let highest = norm * dual - margin;
    let (mut low, mut high) = (highest - norm * cost, highest);
    let mut t = 0.5 * (low + high);
    for _ in 0..NEWTON_STEPS {
        let share = 1.0 / (1.0 + (-t).exp());
        let value = t + norm * cost * share - highest;
        if value.abs() < 1e-4 {
            break;
        }
        if value > 0.0 {
            high = t;
        } else {
            low = t;
        }
        t -= value / (1.0 + norm * cost * share * (1.0 - share));
        if t <= low || t >= high {
            t = 0.5 * (low + high);
        }
    }
    cost / (1.0 + (-t).exp())
}

/// Steele, Lea and Flood's SplitMix64: a small generator that is the same everywhere.
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    /// Shuffles (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_for_the_dual_variable() {
        for (cost, norm, dual, margin) in [
            (1.0, 2.0, 0.3, -1.0),
            (5.0, 30.0, 4.9, 8.0),
            (0.1, 0.0, 0.0, 0.0),
        ] {
            let z: f32 = solve(cost, norm, dual, margin);
            let slope = (z / (cost - z)).ln() + norm * (z - dual) + margin;
            assert!(slope.abs() < 0.01, "{slope}");
        }
    }

    #[test]
    fn learns_a_rule_and_leaves_masked_outputs_alone() {
        let sample = |at: u32, holds: bool| {
            let mut targets = [0; LANES];
            targets[0] = if holds { 1 } else { -1 };
            Sample {
                entries: vec![(u32::from(holds), 1.0), (2 + at % 3, 1.0)],
                targets,
            }
        };
        let samples: Vec<_> = (0..60).map(|at| sample(at, at % 2 == 0)).collect();
        let samples: Vec<_> = samples.iter().collect();
        let costs = Costs {
            off: [1.0; LANES],
            on: [1.0; LANES],
        };
        let weights = learn(&samples, 5, &costs);
        assert!(weights[1][0] > 1.0 && weights[0][0] < -1.0);
        assert!(
            weights
                .iter()
                .all(|row| row[1..].iter().all(|weight| *weight == 0.0))
        );
        assert_eq!(weights, learn(&samples, 5, &costs));
    }
}
