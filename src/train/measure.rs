//! How well probabilities rank and decide: F1, average precision, ROC AUC, thresholds, calibration.

/// A probability and whether the label holds.
pub type Judgment = (f32, bool);

/// F1 from counts: how many are rightly found, found, and there to find.
#[must_use]
pub fn f1(right: usize, found: usize, there: usize) -> f64 {
    2.0 * right as f64 / (found + there).max(1) as f64
}

/// The threshold with the largest F1, and that F1. Between two probabilities it lies in the middle.
#[must_use]
pub fn best_threshold(judgments: &[Judgment]) -> (f32, f64) {
    let ranked = ranked(judgments);
    let there = ranked.iter().filter(|(_, holds)| *holds).count();
    let mut best = (1.0, 0.0);
    let mut right = 0;
    for (at, &(probability, holds)) in ranked.iter().enumerate() {
        right += usize::from(holds);
        let next = ranked.get(at + 1).map_or(0.0, |next| next.0);
        let score = f1(right, at + 1, there);
        if next < probability && score > best.1 {
            best = (0.5 * (probability + next), score);
        }
    }
    best
}

/// Average precision: the mean of the precision at every true label, ties taken together.
#[must_use]
pub fn average_precision(judgments: &[Judgment]) -> f64 {
    let ranked = ranked(judgments);
    let there = ranked.iter().filter(|(_, holds)| *holds).count();
    let (mut sum, mut right, mut seen, mut counted) = (0.0, 0, 0, 0);
    for (at, &(probability, holds)) in ranked.iter().enumerate() {
        right += usize::from(holds);
        seen += 1;
        if ranked.get(at + 1).is_none_or(|next| next.0 < probability) {
            sum += (right - counted) as f64 * right as f64 / seen as f64;
            counted = right;
        }
    }
    sum / there.max(1) as f64
}

/// Area under the ROC curve: how often a true label is ranked before a false one, ties counted as half.
/// `None` where one of the two kinds is missing.
#[must_use]
pub fn roc_auc(judgments: &[Judgment]) -> Option<f64> {
    let ranked = ranked(judgments);
    let (mut below, mut above, mut area) = (0.0, 0.0, 0.0);
    for tie in ranked.chunk_by(|left, right| left.0 == right.0) {
        let right = tie.iter().filter(|(_, holds)| *holds).count() as f64;
        let wrong = tie.len() as f64 - right;
        area += wrong * (above + 0.5 * right);
        above += right;
        below += wrong;
    }
    (below > 0.0 && above > 0.0).then(|| area / (below * above))
}

/// Share of judgments that are right when a label is asserted from a probability of one half on.
#[must_use]
pub fn accuracy_at_half(judgments: &[Judgment]) -> f64 {
    let right = judgments.iter();
    let right = right.filter(|(probability, holds)| (*probability >= 0.5) == *holds);
    right.count() as f64 / judgments.len().max(1) as f64
}

/// Expected calibration error in ten bins of equal width (Guo et al. 2017).
#[must_use]
pub fn calibration_error(judgments: &[Judgment]) -> f64 {
    let mut bins = [(0.0, 0_usize); 10];
    for &(probability, holds) in judgments {
        let bin = ((probability * 10.0) as usize).min(9);
        bins[bin].0 += f64::from(probability) - f64::from(u8::from(holds));
        bins[bin].1 += 1;
    }
    let off: f64 = bins.iter().map(|(sum, _)| sum.abs()).sum();
    off / judgments.len().max(1) as f64
}

/// Mean squared error of the probabilities (Brier 1950).
#[must_use]
pub fn brier(judgments: &[Judgment]) -> f64 {
    let square = |&(probability, holds): &Judgment| {
        (f64::from(probability) - f64::from(u8::from(holds))).powi(2)
    };
    judgments.iter().map(square).sum::<f64>() / judgments.len().max(1) as f64
}

fn ranked(judgments: &[Judgment]) -> Vec<Judgment> {
    let mut ranked = judgments.to_vec();
    ranked.sort_by(|left, right| right.0.total_cmp(&left.0));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    const JUDGED: [Judgment; 5] = [
        (0.9, true),
        (0.8, false),
        (0.6, true),
        (0.6, false),
        (0.1, false),
    ];

    #[test]
    fn ties_are_taken_together() {
        // 1/1 at the first true label, 2/4 at the tie that holds the second.
        assert!((average_precision(&JUDGED) - 0.75).abs() < 1e-9);
    }

    #[test]
    fn the_area_counts_pairs_in_order() {
        // Of the six pairs four are in order, and one is tied.
        assert_eq!(roc_auc(&JUDGED), Some(4.5 / 6.0));
        assert_eq!((roc_auc(&JUDGED[..1]), roc_auc(&[])), (None, None));
        assert!((accuracy_at_half(&JUDGED) - 0.6).abs() < 1e-9);
    }

    #[test]
    fn the_best_threshold_lies_between_two_probabilities() {
        let (threshold, f1) = best_threshold(&JUDGED);
        assert!((threshold - 0.85).abs() < 1e-6 || (threshold - 0.35).abs() < 1e-6);
        assert!((f1 - 2.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn certain_and_right_is_calibrated() {
        let judged = [(1.0, true), (0.0, false)];
        assert!(calibration_error(&judged) < 1e-9 && brier(&judged) < 1e-9);
        assert!((calibration_error(&[(0.7, false)]) - 0.7).abs() < 1e-6);
    }

    #[test]
    fn nothing_to_find_is_no_division_by_zero() {
        assert!(f1(0, 0, 0) < 1e-9 && average_precision(&[]) < 1e-9);
        assert!((best_threshold(&[]).0 - 1.0).abs() < 1e-9);
    }
}
