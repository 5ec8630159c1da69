//! From verdicts and labels to figures.

use super::{
    bootstrap::{Case, GroupCounts, mean},
    report::{BoardLabel, BoardReport, Figures, LabelReport, SetBaseline, SetReport},
    verdict::{Verdict, Verdicts, all_sets},
};
use crate::{
    label::{Choice, LabelSet},
    train::{
        data::Example,
        measure::{
            Judgment, accuracy_at_half, average_precision, brier, calibration_error, roc_auc,
        },
    },
};

/// The cases where a label of the set is known, on one board or on all.
fn cases<'a>(
    first: usize,
    set: &LabelSet,
    test: &'a [Example],
    verdicts: &'a Verdicts,
    board: Option<&str>,
) -> Vec<Case<'a>> {
    let outputs = first..first + set.labels.len();
    let targets = test.iter().flat_map(|example| {
        let list = example.targets_of(set.level);
        list.iter().map(move |targets| (example, targets))
    });
    let all = targets.zip(verdicts.of(set.level));
    let known = all.filter(|((example, targets), _)| {
        let is_known = targets[outputs.clone()].iter().any(|target| *target != 0);
        is_known && board.is_none_or(|board| example.board == board)
    });
    known
        .map(|((example, targets), verdict)| (example.group.as_str(), targets, verdict))
        .collect()
}

/// The labels of a set that any case knows: their places in the set.
fn offered(first: usize, set: &LabelSet, cases: &[Case<'_>]) -> Vec<usize> {
    let known = |at: &usize| cases.iter().any(|(_, targets, _)| targets[first + at] != 0);
    (0..set.labels.len()).filter(known).collect()
}

/// The figures of a set, if anything of it is labeled.
pub(super) fn set_report(
    first: usize,
    set: &'static LabelSet,
    test: &[Example],
    verdicts: &Verdicts,
    baselines: &[Verdicts],
) -> Option<SetReport> {
    let own = cases(first, set, test, verdicts, None);
    let others = baselines.iter();
    let others: Vec<_> = others
        .map(|verdicts| cases(first, set, test, verdicts, None))
        .collect();
    let places = offered(first, set, &own);
    let outputs: Vec<_> = places.iter().map(|at| first + at).collect();
    if outputs.is_empty() {
        return None;
    }
    let intervals = GroupCounts::new(&own, &outputs).intervals();
    let label = |(&at, &interval): (&usize, &[f64; 2])| LabelReport {
        id: set.labels[at].id,
        interval,
        baselines: others.iter().map(|own| figures(own, first + at)).collect(),
        ..label_report(&own, first + at)
    };
    let labels: Vec<_> = places.iter().zip(&intervals).map(label).collect();
    let confusion = match set.choice {
        Choice::One => confusion(&outputs, &own),
        Choice::Any | Choice::AtMostOne => Vec::new(),
    };
    let accuracy =
        |cases: &[Case<'_>]| (set.choice == Choice::One).then(|| accuracy(&outputs, cases));
    let macro_f1 =
        |f1: &dyn Fn(&LabelReport) -> f64| mean(&labels.iter().map(f1).collect::<Vec<_>>());
    Some(SetReport {
        id: set.id,
        cases: own.len(),
        macro_f1: macro_f1(&|label| label.figures.f1),
        interval: intervals[outputs.len()],
        accuracy: accuracy(&own),
        baselines: others
            .iter()
            .enumerate()
            .map(|(at, cases)| SetBaseline {
                macro_f1: macro_f1(&|label| label.baselines[at].f1),
                accuracy: accuracy(cases),
            })
            .collect(),
        confusion,
        labels,
    })
}

/// A label's probabilities and truth where it is known.
fn judgments(cases: &[Case<'_>], output: usize) -> Vec<Judgment> {
    let known = cases.iter().filter(|(_, targets, _)| targets[output] != 0);
    known
        .map(|(_, targets, verdict)| (verdict.probabilities[output], targets[output] == 1))
        .collect()
}

/// The figures of a label by themselves; its name, interval and baselines are left empty.
fn label_report(cases: &[Case<'_>], output: usize) -> LabelReport {
    let judgments = judgments(cases, output);
    let counts = GroupCounts::new(cases, &[output]).total()[0];
    let share = |of: usize| counts.right as f64 / of.max(1) as f64;
    LabelReport {
        id: "",
        cases: judgments.len(),
        support: counts.there,
        precision: share(counts.found),
        recall: share(counts.there),
        interval: [0.0; 2],
        calibration_error: calibration_error(&judgments),
        brier: brier(&judgments),
        figures: figures(cases, output),
        baselines: Vec::new(),
    }
}

fn figures(cases: &[Case<'_>], output: usize) -> Figures {
    let counts = GroupCounts::new(cases, &[output]).total()[0];
    let judgments = judgments(cases, output);
    let wrong = counts.found + counts.there - 2 * counts.right;
    Figures {
        f1: counts.f1(),
        average_precision: average_precision(&judgments),
        roc_auc: roc_auc(&judgments),
        accuracy: 1.0 - wrong as f64 / judgments.len().max(1) as f64,
        accuracy_at_half: accuracy_at_half(&judgments),
    }
}

/// Which of the outputs holds, and which is asserted.
fn truth_and_said(outputs: &[usize], case: &Case<'_>) -> (Option<usize>, Option<usize>) {
    let (_, targets, verdict) = case;
    let place = |holds: &dyn Fn(usize) -> bool| outputs.iter().position(|&output| holds(output));
    let said = |verdict: &Verdict| place(&|output| verdict.asserted[output]);
    (place(&|output| targets[output] == 1), said(verdict))
}

fn accuracy(outputs: &[usize], cases: &[Case<'_>]) -> f64 {
    let pairs = cases.iter().map(|case| truth_and_said(outputs, case));
    pairs.filter(|(truth, said)| truth == said).count() as f64 / cases.len().max(1) as f64
}

fn confusion(outputs: &[usize], cases: &[Case<'_>]) -> Vec<Vec<usize>> {
    let mut table = vec![vec![0; outputs.len()]; outputs.len()];
    for case in cases {
        if let (Some(truth), Some(said)) = truth_and_said(outputs, case) {
            table[truth][said] += 1;
        }
    }
    table
}

/// The main figures by board, of the labels that `sets` report.
pub(super) fn board_reports(
    sets: &[SetReport],
    test: &[Example],
    verdicts: &Verdicts,
) -> Vec<BoardReport> {
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
        for (first, set) in all_sets() {
            let Some(reported) = sets.iter().find(|reported| reported.id == set.id) else {
                continue;
            };
            let cases = cases(first, set, test, verdicts, Some(board));
            let outputs: Vec<_> = (first..first + set.labels.len()).collect();
            let counts = GroupCounts::new(&cases, &outputs).total();
            let held = counts.iter().filter(|counts| counts.there > 0);
            let scores: Vec<_> = held.map(|counts| counts.f1()).collect();
            report.macro_f1.push((set.id, mean(&scores)));
            let labels = set.labels.iter().zip(counts);
            let labels = labels.map(|(label, counts)| BoardLabel {
                set: set.id,
                id: label.id,
                support: counts.there,
                f1: counts.f1(),
            });
            let is_offered = |label: &BoardLabel| {
                let mut offered = reported.labels.iter();
                offered.any(|offered| offered.id == label.id)
            };
            report.labels.extend(labels.filter(is_offered));
        }
        report
    };
    boards.into_iter().map(report).collect()
}
