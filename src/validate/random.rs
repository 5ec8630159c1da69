//! Random numbers of the gamma and the binomial distribution, the same everywhere.

use crate::train::dual::Random;

/// Between 0 and 1, both left out.
fn uniform(random: &mut Random) -> f64 {
    const STEPS: usize = 1 << 30;
    (random.below(STEPS) as f64 + 0.5) / STEPS as f64
}

/// Normally distributed (Box and Muller 1958).
fn normal(random: &mut Random) -> f64 {
    let radius = (-2.0 * uniform(random).ln()).sqrt();
    radius * (std::f64::consts::TAU * uniform(random)).cos()
}

/// Gamma distributed with the given positive shape and scale 1 (Marsaglia and Tsang 2000).
pub(super) fn gamma(random: &mut Random, shape: f64) -> f64 {
    // The method needs a shape of at least 1; a power of a uniform number leads down from there.
    let factor = match shape < 1.0 {
        true => uniform(random).powf(1.0 / shape),
        false => 1.0,
    };
    let d = if shape < 1.0 { shape + 1.0 } else { shape } - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(random);
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && uniform(random).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v * factor;
        }
    }
}

/// How many of `trials` succeed, with this chance each. Few are counted by the trials between them (Devroye 1986,
/// chapter X.4); many are normally distributed.
pub(super) fn binomial(random: &mut Random, trials: usize, chance: f64) -> usize {
    match chance > 0.5 {
        true => trials - rare(random, trials, 1.0 - chance),
        false => rare(random, trials, chance),
    }
}

/// The same for chances up to one half.
fn rare(random: &mut Random, trials: usize, chance: f64) -> usize {
    const MANY: f64 = 100.0;
    let mean = trials as f64 * chance;
    if mean > MANY {
        let drawn = mean + (mean * (1.0 - chance)).sqrt() * normal(random);
        return (drawn.round().max(0.0) as usize).min(trials);
    }
    let scale = (-chance).ln_1p();
    let (mut passed, mut successes) = (0.0, 0);
    loop {
        // Without a chance the next success is infinitely far away.
        passed += 1.0 + (uniform(random).ln() / scale).floor();
        if passed > trials as f64 {
            return successes;
        }
        successes += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn successes_have_the_mean_and_variance_of_the_binomial_distribution() {
        for (trials, chance) in [(18, 0.02), (40, 0.7), (5000, 0.3), (100, 0.0), (100, 1.0)] {
            let mut random = Random(5);
            let drawn = (0..20_000).map(|_| binomial(&mut random, trials, chance) as f64);
            let drawn: Vec<f64> = drawn.collect();
            let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
            let squares = drawn.iter().map(|x| (x - mean).powi(2));
            let variance = squares.sum::<f64>() / drawn.len() as f64;
            let expected = trials as f64 * chance;
            assert!(
                (mean - expected).abs() <= 0.03 * expected,
                "{trials} {chance}: {mean}"
            );
            let expected = expected * (1.0 - chance);
            assert!(
                (variance - expected).abs() <= 0.05 * expected,
                "{trials} {chance}: {variance}"
            );
        }
    }

    #[test]
    fn mean_and_variance_are_the_shape() {
        for shape in [0.5, 1.0, 7.5] {
            let mut random = Random(3);
            let drawn: Vec<f64> = (0..20_000).map(|_| gamma(&mut random, shape)).collect();
            let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
            let squares = drawn.iter().map(|x| (x - mean).powi(2));
            let variance = squares.sum::<f64>() / drawn.len() as f64;
            assert!((mean / shape - 1.0).abs() < 0.04, "{shape}: {mean}");
            assert!((variance / shape - 1.0).abs() < 0.08, "{shape}: {variance}");
        }
    }
}
