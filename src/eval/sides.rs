//! Relations between comments that take a side: support for a labeled `agree`, attack for a `disagree`.
//!
//! Replies labeled neutral take none and are left out; a reply with a side of which the model says that it has
//! none is missed.

use super::report::SetReport;
use crate::train::measure::f1;
use serde::Serialize;

/// How well support and attack are told.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sides {
    /// Replies that support.
    pub support: Side,
    /// Replies that attack.
    pub attack: Side,
    /// The mean of both F1.
    pub macro_f1: f64,
}

/// The figures of a side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Side {
    /// Replies that take it.
    pub support: usize,
    /// The share of those said to take it that do.
    pub precision: f64,
    /// The share of those that take it that are said to.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// The figures, out of the confusion of stances; `None` where the file does not know both sides.
pub(super) fn sides(sets: &[SetReport]) -> Option<Sides> {
    let stance = sets.iter().find(|set| set.id == "stance")?;
    let place = |id: &str| stance.labels.iter().position(|label| label.id == id);
    let (agree, disagree) = (place("agree")?, place("disagree")?);
    let side = |own: usize, other: usize| {
        let row: &Vec<usize> = &stance.confusion[own];
        let (right, wrong) = (row[own], stance.confusion[other][own]);
        let support: usize = row.iter().sum();
        let share = |of: usize| right as f64 / of.max(1) as f64;
        Side {
            support,
            precision: share(right + wrong),
            recall: share(support),
            f1: f1(right, right + wrong, support),
        }
    };
    let (support, attack) = (side(agree, disagree), side(disagree, agree));
    (support.support > 0 && attack.support > 0).then(|| Sides {
        support,
        attack,
        macro_f1: f64::midpoint(support.f1, attack.f1),
    })
}
