//! The figures of one evaluation. `--json` writes them as they stand here; docs/evaluation.md names them.

use super::{
    baseline::{BASELINES, judge_all},
    score::{board_reports, set_report},
    sides::{Sides, sides},
    verdict::{self, all_sets},
};
use crate::{
    model::Model,
    train::{data::Example, links::HitRate},
};
use serde::Serialize;
use std::collections::HashSet;

/// What was measured, and the figures.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The model's name, version and SHA-256.
    pub model: [String; 3],
    /// Texts judged: comments, and pairs that relations make.
    pub comments: usize,
    /// Units judged.
    pub units: usize,
    /// Groups that the bootstrap draws from.
    pub groups: usize,
    /// The names of the baselines, in the order of their figures.
    pub baselines: Vec<&'static str>,
    /// The figures of each label set of which something is labeled.
    pub sets: Vec<SetReport>,
    /// The main figures by board.
    pub boards: Vec<BoardReport>,
    /// How well support and attack between comments are told; `None` where the file does not know both.
    pub sides: Option<Sides>,
    /// How often the unit is found that a reply answers; [`evaluate`] leaves it empty, for it sees
    /// comments one by one.
    pub targets: HitRate,
}

/// The figures of a label set.
#[derive(Debug, Clone, Serialize)]
pub struct SetReport {
    /// The set's id; `comment` for labels of whole comments that units answer.
    pub id: &'static str,
    /// How many units or comments are labeled.
    pub cases: usize,
    /// Mean F1 of the labels, with its interval.
    pub macro_f1: f64,
    /// The middle 95 % of the bootstrap.
    pub interval: [f64; 2],
    /// Where exactly one label holds: the share of cases whose label is said.
    pub accuracy: Option<f64>,
    /// The same of each baseline.
    pub baselines: Vec<SetBaseline>,
    /// The figures of each label that is offered.
    pub labels: Vec<LabelReport>,
    /// Where exactly one label holds: per true label how often each was asserted.
    pub confusion: Vec<Vec<usize>>,
}

/// What a baseline reaches on a label set.
#[derive(Debug, Clone, Serialize)]
pub struct SetBaseline {
    /// Mean F1 of the labels.
    pub macro_f1: f64,
    /// See [`SetReport::accuracy`].
    pub accuracy: Option<f64>,
}

/// The figures of a label.
#[derive(Debug, Clone, Serialize)]
pub struct LabelReport {
    /// The label's id.
    pub id: &'static str,
    /// How many units or comments say whether it holds.
    pub cases: usize,
    /// How often it holds.
    pub support: usize,
    /// Share of assertions that are right.
    pub precision: f64,
    /// Share of cases that are found.
    pub recall: f64,
    /// The middle 95 % of the bootstrap of F1.
    pub interval: [f64; 2],
    /// Expected calibration error.
    pub calibration_error: f64,
    /// Mean squared error of the probabilities.
    pub brier: f64,
    /// What baselines have too.
    #[serde(flatten)]
    pub figures: Figures,
    /// The figures of each baseline.
    pub baselines: Vec<Figures>,
}

/// How well a label is decided and ranked.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Figures {
    /// Harmonic mean of precision and recall.
    pub f1: f64,
    /// Average precision of the probabilities.
    pub average_precision: f64,
    /// Area under the ROC curve; `None` where all cases have the label, or none has.
    pub roc_auc: Option<f64>,
    /// Share of cases where it is asserted if and only if it holds.
    pub accuracy: f64,
    /// The same for asserting it from a probability of one half on.
    pub accuracy_at_half: f64,
}

/// The main figures of a board.
#[derive(Debug, Clone, Serialize)]
pub struct BoardReport {
    /// The board, or the public set.
    pub board: String,
    /// Units judged.
    pub units: usize,
    /// Per label set the macro F1 over the labels that the board has.
    pub macro_f1: Vec<(&'static str, f64)>,
    /// The labels.
    pub labels: Vec<BoardLabel>,
}

/// A label on one board.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct BoardLabel {
    /// The label set.
    pub set: &'static str,
    /// The label.
    pub id: &'static str,
    /// How often it holds.
    pub support: usize,
    /// F1.
    pub f1: f64,
}

/// Measures `model` on `test`, beside the baselines that [`judge_all`] gives.
#[must_use]
pub fn evaluate(model: &dyn Model, train: &[Example], test: &[Example]) -> Report {
    let verdicts = verdict::of_model(model, test).offered(test);
    let baselines = judge_all(train, test).into_iter();
    let baselines: Vec<_> = baselines.map(|verdicts| verdicts.offered(test)).collect();
    let names = std::iter::once("majority").chain(BASELINES.iter().map(|baseline| baseline.name));
    let info = model.info();
    let groups: HashSet<_> = test.iter().map(|example| &example.group).collect();
    let sets: Vec<_> = all_sets()
        .filter_map(|(first, set)| set_report(first, set, test, &verdicts, &baselines))
        .collect();
    Report {
        model: [&info.id, &info.version, &info.sha256].map(Clone::clone),
        comments: test.len(),
        units: verdicts.units.len(),
        groups: groups.len(),
        baselines: names.take(baselines.len()).collect(),
        boards: board_reports(&sets, test, &verdicts),
        sides: sides(&sets),
        sets,
        targets: HitRate::default(),
    }
}
