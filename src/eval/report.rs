//! The figures of one evaluation.

use super::{
    baseline::{BASELINES, majority},
    bootstrap::{Case, Counts, GroupCounts, mean},
    verdict::{self, Verdict, Verdicts, all_sets},
};
use crate::{
    label::{Choice, LabelSet, Level},
    model::Model,
    train::{
        data::Example,
        links::HitRate,
        measure::{Judgment, average_precision, brier, calibration_error},
        targets::Targets,
    },
};
use serde::Serialize;

/// What was measured, and the figures.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The model's name, version and SHA-256.
    pub model: [String; 3],
    /// Comments judged.
    pub comments: usize,
    /// Units judged.
    pub units: usize,
    /// Groups that the bootstrap draws from.
    pub groups: usize,
    /// Per label set its figures.
    pub sets: Vec<SetReport>,
    /// The main figures by board.
    pub boards: Vec<BoardReport>,
    /// How often the unit is found that a reply answers; [`evaluate`] leaves it empty, for it sees
    /// comments one by one.
    pub targets: HitRate,
}

/// The figures of a label set.
#[derive(Debug, Clone, Serialize)]
pub struct SetReport {
    /// The set's id.
    pub id: &'static str,
    /// How many units or comments are labeled.
    pub cases: usize,
    /// Mean F1 of the labels, with its interval.
    pub macro_f1: f64,
    /// The middle 95 % of the bootstrap.
    pub interval: [f64; 2],
    /// Mean F1 of each baseline, in the order of [`Report::baselines`].
    pub baselines: Vec<f64>,
    /// Per label its figures.
    pub labels: Vec<LabelReport>,
    /// Where exactly one label holds: per true label how often each was asserted.
    pub confusion: Vec<Vec<usize>>,
}

/// The figures of a label.
#[derive(Debug, Clone, Serialize)]
pub struct LabelReport {
    /// The label's id.
    pub id: &'static str,
    /// How often it holds.
    pub support: usize,
    /// Share of assertions that are right.
    pub precision: f64,
    /// Share of cases that are found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// The middle 95 % of the bootstrap.
    pub interval: [f64; 2],
    /// Average precision of the probabilities.
    pub average_precision: f64,
    /// Expected calibration error.
    pub calibration_error: f64,
    /// Mean squared error of the probabilities.
    pub brier: f64,
    /// F1 and average precision of each baseline.
    pub baselines: Vec<[f64; 2]>,
}

/// The main figures of a board.
#[derive(Debug, Clone, Serialize)]
pub struct BoardReport {
    /// The board.
    pub board: String,
    /// Units judged.
    pub units: usize,
    /// Per label set the macro F1 over the labels that the board has.
    pub macro_f1: Vec<(&'static str, f64)>,
    /// Per label its support and F1.
    pub labels: Vec<(&'static str, usize, f64)>,
}

impl Report {
    /// The names of the baselines, in the order of their figures.
    #[must_use]
    pub fn baselines() -> Vec<&'static str> {
        let learned = BASELINES.iter().map(|baseline| baseline.name);
        std::iter::once("majority").chain(learned).collect()
    }
}

/// Measures `model` on `test`. The baselines learn from `train`; if that is empty there are none.
#[must_use]
pub fn evaluate(model: &dyn Model, train: &[Example], test: &[Example]) -> Report {
    let verdicts = verdict::of_model(model, test);
    let mut baselines = Vec::new();
    if !train.is_empty() {
        baselines.push(majority(train, test));
        baselines.extend(BASELINES.iter().map(|baseline| baseline.judge(train, test)));
    }
    let info = model.info();
    let mut groups: Vec<_> = test.iter().map(|example| &example.group).collect();
    groups.sort_unstable();
    groups.dedup();
    Report {
        model: [&info.id, &info.version, &info.sha256].map(Clone::clone),
        comments: test.len(),
        units: verdicts.units.len(),
        groups: groups.len(),
        sets: all_sets()
            .map(|(level, first, set)| set_report(level, first, set, test, &verdicts, &baselines))
            .collect(),
        boards: board_reports(test, &verdicts),
        targets: HitRate::default(),
    }
}

/// The labeled cases of a set.
fn cases<'a>(
    level: Level,
    first: usize,
    test: &'a [Example],
    verdicts: &'a Verdicts,
    board: Option<&'a str>,
) -> Vec<Case<'a>> {
    let targets = test.iter().flat_map(|example| {
        let list: &[Targets] = match level {
            Level::Unit => &example.unit_targets,
            Level::Comment => std::slice::from_ref(&example.targets),
        };
        list.iter().map(move |targets| (example, targets))
    });
    targets
        .zip(verdicts.of(level))
        .filter(|((example, targets), _)| {
            targets[first] != 0 && board.is_none_or(|board| example.board == board)
        })
        .map(|((example, targets), verdict)| (example.group.as_str(), targets, verdict))
        .collect()
}

fn set_report(
    level: Level,
    first: usize,
    set: &'static LabelSet,
    test: &[Example],
    verdicts: &Verdicts,
    baselines: &[Verdicts],
) -> SetReport {
    let own = cases(level, first, test, verdicts, None);
    let counts = GroupCounts::new(&own, first, set.labels.len());
    let intervals = counts.intervals();
    let others: Vec<_> = baselines
        .iter()
        .map(|verdicts| cases(level, first, test, verdicts, None))
        .collect();
    let labels: Vec<_> = (0..set.labels.len())
        .map(|at| LabelReport {
            id: set.labels[at].id,
            interval: intervals[at],
            baselines: others
                .iter()
                .map(|cases| baseline_figures(cases, first + at))
                .collect(),
            ..label_figures(&own, first + at, counts.total()[at])
        })
        .collect();
    let baseline_mean = |at: usize| {
        let scores: Vec<_> = labels.iter().map(|label| label.baselines[at][0]).collect();
        mean(&scores)
    };
    let scores: Vec<_> = labels.iter().map(|label| label.f1).collect();
    SetReport {
        id: set.id,
        cases: own.len(),
        macro_f1: mean(&scores),
        interval: intervals[set.labels.len()],
        baselines: (0..others.len()).map(baseline_mean).collect(),
        labels,
        confusion: confusion(set, first, &own),
    }
}

fn judgments(cases: &[Case<'_>], output: usize) -> Vec<Judgment> {
    let judged = |(_, targets, verdict): &Case<'_>| {
        let verdict: &Verdict = verdict;
        (verdict.probabilities[output], targets[output] == 1)
    };
    cases.iter().map(judged).collect()
}

fn label_figures(cases: &[Case<'_>], output: usize, counts: Counts) -> LabelReport {
    let judgments = judgments(cases, output);
    let share = |of: usize| counts.right as f64 / of.max(1) as f64;
    LabelReport {
        id: "",
        support: counts.there,
        precision: share(counts.found),
        recall: share(counts.there),
        f1: counts.f1(),
        interval: [0.0; 2],
        average_precision: average_precision(&judgments),
        calibration_error: calibration_error(&judgments),
        brier: brier(&judgments),
        baselines: Vec::new(),
    }
}

fn baseline_figures(cases: &[Case<'_>], output: usize) -> [f64; 2] {
    let counts = GroupCounts::new(cases, output, 1).total()[0];
    [counts.f1(), average_precision(&judgments(cases, output))]
}

fn confusion(set: &LabelSet, first: usize, cases: &[Case<'_>]) -> Vec<Vec<usize>> {
    if set.choice != Choice::One {
        return Vec::new();
    }
    let size = set.labels.len();
    let mut table = vec![vec![0; size]; size];
    for (_, targets, verdict) in cases {
        let truth = (0..size).find(|at| targets[first + at] == 1);
        let said = (0..size).find(|at| verdict.asserted[first + at]);
        if let (Some(truth), Some(said)) = (truth, said) {
            table[truth][said] += 1;
        }
    }
    table
}

fn board_reports(test: &[Example], verdicts: &Verdicts) -> Vec<BoardReport> {
    let mut boards: Vec<_> = test.iter().map(|example| example.board.as_str()).collect();
    boards.sort_unstable();
    boards.dedup();
    let report = |board: &str| {
        let of_board = test.iter().filter(|example| example.board == board);
        let mut report = BoardReport {
            board: board.to_owned(),
            units: of_board.map(|example| example.units.len()).sum(),
            macro_f1: Vec::new(),
            labels: Vec::new(),
        };
        for (level, first, set) in all_sets() {
            let cases = cases(level, first, test, verdicts, Some(board));
            let counts = GroupCounts::new(&cases, first, set.labels.len()).total();
            let held: Vec<_> = counts.iter().filter(|counts| counts.there > 0).collect();
            let scores: Vec<_> = held.iter().map(|counts| counts.f1()).collect();
            report.macro_f1.push((set.id, mean(&scores)));
            let labels = set.labels.iter().zip(counts);
            let labels = labels.map(|(label, counts)| (label.id, counts.there, counts.f1()));
            report.labels.extend(labels);
        }
        report
    };
    boards.into_iter().map(report).collect()
}
