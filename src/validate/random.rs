//! Random numbers of the gamma distribution, the same everywhere.

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

#[cfg(test)]
mod tests {
    use super::*;

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
