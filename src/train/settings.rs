//! What training decides by.

use super::crossfit::CrossFit;

/// What training decides by: chosen by cross-fitting on the training side.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Samples that must have a feature.
    pub least: usize,
    /// How the table for units is learned.
    pub units: CrossFit,
    /// How the table for comments is learned.
    pub comments: CrossFit,
    /// How much more a rare class weighs in the combiners that choose one label: this power of one over
    /// its share. Above zero it trades calibration for the recall of rare roles and stances.
    pub lift: f64,
    /// Pull of the combiners' weights to zero.
    pub penalty: f64,
}

/// Parts of cross-fitting.
pub(super) const FOLDS: usize = 5;

impl Default for Settings {
    fn default() -> Self {
        let cross_fit = CrossFit {
            cost: 0.15,
            balance: 0.25,
            folds: FOLDS,
        };
        Self {
            least: 3,
            units: cross_fit,
            comments: cross_fit,
            lift: 0.3,
            penalty: 0.005,
        }
    }
}
