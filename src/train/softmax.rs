//! Fits a [`Combiner`]: multinomial logistic regression over a few dense inputs.

use crate::model::fast::Combiner;

/// One case: its inputs and its class.
pub(super) type Case<'a> = (&'a [f32], usize);

const STEPS: usize = 80;
const MOMENTUM: f64 = 0.9;
const RATE: f64 = 0.3;

/// Fits by gradient descent with Nesterov's (1983) momentum on standardized inputs. `class_weights`
/// multiply the loss of the cases of a class, `penalty` pulls the weights to zero. Without a case all
/// classes are equally probable.
pub(super) fn fit(
    inputs: usize,
    cases: &[Case<'_>],
    class_weights: &[f64],
    penalty: f64,
) -> Combiner {
    let (means, deviations) = moments(cases, inputs);
    let rows: Vec<(Vec<f64>, usize)> = cases
        .iter()
        .map(|(values, class)| {
            let scaled = values.iter().zip(means.iter().zip(&deviations));
            let scaled =
                scaled.map(|(value, (mean, deviation))| (f64::from(*value) - mean) / deviation);
            (scaled.chain([1.0]).collect(), *class)
        })
        .collect();
    let total: f64 = rows.iter().map(|(_, class)| class_weights[*class]).sum();
    let total = total.max(1.0);
    let classes = class_weights.len();
    let mut weights = vec![vec![0.0; inputs + 1]; classes];
    let mut speed = weights.clone();
    for _ in 0..STEPS {
        let ahead = add(&weights, &speed, MOMENTUM);
        let mut slope = gradient(&rows, &ahead, class_weights);
        for (class, ahead) in slope.iter_mut().zip(&ahead) {
            for (at, slope) in class.iter_mut().enumerate() {
                let pull = if at < inputs {
                    penalty * ahead[at]
                } else {
                    0.0
                };
                *slope = -RATE * (*slope / total + pull);
            }
        }
        speed = add(&slope, &speed, MOMENTUM);
        weights = add(&weights, &speed, 1.0);
    }
    unscaled(&weights, &means, &deviations)
}

fn moments(cases: &[Case<'_>], inputs: usize) -> (Vec<f64>, Vec<f64>) {
    let count = cases.len().max(1) as f64;
    let mut means = vec![0.0; inputs];
    let mut squares = vec![0.0; inputs];
    for (values, _) in cases {
        for (at, &value) in values.iter().enumerate() {
            means[at] += f64::from(value) / count;
            squares[at] += f64::from(value) * f64::from(value) / count;
        }
    }
    let deviation = |(square, mean): (&f64, &f64)| (square - mean * mean).max(0.0).sqrt();
    let deviations = squares.iter().zip(&means).map(deviation);
    // An input that never changes says nothing; dividing by one keeps it at zero.
    let deviations = deviations.map(|d| if d < 1e-6 { 1.0 } else { d });
    (means.clone(), deviations.collect())
}

fn gradient(
    rows: &[(Vec<f64>, usize)],
    weights: &[Vec<f64>],
    class_weights: &[f64],
) -> Vec<Vec<f64>> {
    let mut slope = vec![vec![0.0; weights[0].len()]; weights.len()];
    let mut scores = vec![0.0; weights.len()];
    for (values, class) in rows {
        for (score, weights) in scores.iter_mut().zip(weights) {
            *score = weights.iter().zip(values).map(|(w, v)| w * v).sum();
        }
        let largest = scores.iter().copied().fold(f64::MIN, f64::max);
        let sum: f64 = scores.iter().map(|score| (score - largest).exp()).sum();
        for (at, slope) in slope.iter_mut().enumerate() {
            let probability = (scores[at] - largest).exp() / sum;
            let wrong = class_weights[*class] * (probability - f64::from(u8::from(at == *class)));
            for (slope, value) in slope.iter_mut().zip(values) {
                *slope += wrong * value;
            }
        }
    }
    slope
}

/// `left + factor * right`.
fn add(left: &[Vec<f64>], right: &[Vec<f64>], factor: f64) -> Vec<Vec<f64>> {
    let rows = left.iter().zip(right);
    let sum = |(left, right): (&Vec<f64>, &Vec<f64>)| {
        let pairs = left.iter().zip(right);
        pairs.map(|(left, right)| left + factor * right).collect()
    };
    rows.map(sum).collect()
}

/// The same combiner for inputs that are not standardized.
fn unscaled(weights: &[Vec<f64>], means: &[f64], deviations: &[f64]) -> Combiner {
    let inputs = means.len();
    let class = |weights: &Vec<f64>| {
        let mut bias = weights[inputs];
        let mut plain = Vec::with_capacity(inputs + 1);
        for at in 0..inputs {
            let weight = weights[at] / deviations[at];
            bias -= weight * means[at];
            plain.push(weight as f32);
        }
        plain.push(bias as f32);
        plain
    };
    Combiner::new(inputs, weights.iter().map(class).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_probabilities_of_the_data() {
        let inputs = [vec![0.0, 5.0], vec![1.0, 5.0]];
        // Where the first input is on, two of three cases are of class 1; elsewhere none is.
        let cases: Vec<Case<'_>> = (0..60)
            .map(|at| {
                (
                    inputs[at % 2].as_slice(),
                    usize::from(at % 2 == 1 && at % 3 > 0),
                )
            })
            .collect();
        let combiner = fit(2, &cases, &[1.0, 1.0], 0.0);
        let mut out = Vec::new();
        combiner.probabilities(&inputs[1], &mut out);
        assert!((out[1] - 2.0 / 3.0).abs() < 0.05, "{out:?}");
        combiner.probabilities(&inputs[0], &mut out);
        assert!(out[3] < 0.1, "{out:?}");
    }
}
