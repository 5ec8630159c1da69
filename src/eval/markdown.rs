//! A report as Markdown tables, as docs/evaluation.md shows them.

use super::report::{Report, SetReport};
use crate::train::links::HitRate;
use std::fmt::Write;

/// Renders `report`.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let [id, version, sha256] = &report.model;
    let _ = writeln!(
        out,
        "Model `{id}` {version} (SHA-256 `{}`), {} comments, {} units, {} groups.\n",
        &sha256[..sha256.len().min(12)],
        report.comments,
        report.units,
        report.groups
    );
    labels(&mut out, report);
    for set in report.sets.iter().filter(|set| !set.confusion.is_empty()) {
        confusion(&mut out, set);
    }
    boards(&mut out, report);
    targets(&mut out, report.targets);
    out
}

/// How often the surest relation of a reply names a unit that it answers.
fn targets(out: &mut String, rate: HitRate) {
    if rate.replies == 0 {
        return;
    }
    let share = |count: usize| count as f64 / rate.replies as f64;
    let _ = writeln!(
        out,
        "\nThe surest relation to the parent names a unit that the reply answers in {:.3} of {} replies; \
         the parent's last unit is one in {:.3}.",
        share(rate.hits),
        rate.replies,
        share(rate.last),
    );
}

/// One row: its cells between bars.
fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    for cell in cells {
        let _ = write!(out, "| {cell} ");
    }
    out.push_str("|\n");
}

fn head(out: &mut String, names: &[String]) {
    row(out, names.iter().cloned());
    let lines = names.iter().enumerate();
    row(
        out,
        lines.map(|(at, _)| if at == 0 { "---" } else { "--:" }.to_owned()),
    );
}

fn labels(out: &mut String, report: &Report) {
    let has_baselines = report.sets.iter().any(|set| !set.baselines.is_empty());
    let fixed = [
        "label",
        "support",
        "precision",
        "recall",
        "F1",
        "95 %",
        "AP",
        "ECE",
        "Brier",
    ];
    let mut names: Vec<_> = fixed.map(str::to_owned).to_vec();
    if has_baselines {
        let baselines = Report::baselines().into_iter();
        names.extend(baselines.map(|name| format!("{name}: F1 / AP")));
    }
    head(out, &names);
    for set in &report.sets {
        for label in &set.labels {
            let mut cells = vec![
                format!("{}: {}", set.id, label.id),
                label.support.to_string(),
            ];
            cells.extend([label.precision, label.recall, label.f1].map(short));
            cells.push(interval(label.interval));
            let quality = [
                label.average_precision,
                label.calibration_error,
                label.brier,
            ];
            cells.extend(quality.map(short));
            let pair = |[f1, ap]: &[f64; 2]| format!("{} / {}", short(*f1), short(*ap));
            cells.extend(label.baselines.iter().map(pair));
            row(out, cells);
        }
        let mut cells = vec![format!("**{}: macro**", set.id), set.cases.to_string()];
        cells.extend([
            String::new(),
            String::new(),
            format!("**{}**", short(set.macro_f1)),
        ]);
        cells.push(interval(set.interval));
        cells.extend([const { String::new() }; 3]);
        cells.extend(set.baselines.iter().map(|score| short(*score)));
        row(out, cells);
    }
    out.push('\n');
}

fn confusion(out: &mut String, set: &SetReport) {
    let names = set.labels.iter().map(|label| label.id.to_owned());
    let first = format!("{}: labeled, said", set.id);
    head(
        out,
        &std::iter::once(first).chain(names).collect::<Vec<_>>(),
    );
    for (label, counts) in set.labels.iter().zip(&set.confusion) {
        let counts = counts.iter().map(ToString::to_string);
        row(out, std::iter::once(label.id.to_owned()).chain(counts));
    }
    out.push('\n');
}

/// Labels that a board has too rarely tell nothing there.
const LEAST_SUPPORT: usize = 10;

fn boards(out: &mut String, report: &Report) {
    let Some(first) = report.boards.first() else {
        return;
    };
    let of_one = ["role", "stance"];
    let mut names = vec!["board".to_owned(), "units".to_owned()];
    names.extend(of_one.map(|set| format!("{set} macro")));
    let rest = first.labels.iter().map(|(label, _, _)| *label);
    let rest: Vec<_> = rest.filter(|label| is_optional(report, label)).collect();
    names.extend(rest.iter().map(|label| (*label).to_owned()));
    head(out, &names);
    for board in &report.boards {
        let mut cells = vec![board.board.clone(), board.units.to_string()];
        let macros = board
            .macro_f1
            .iter()
            .filter(|(set, _)| of_one.contains(set));
        cells.extend(macros.map(|(_, score)| short(*score)));
        let labels = board
            .labels
            .iter()
            .filter(|(label, _, _)| rest.contains(label));
        cells.extend(labels.map(|(_, support, f1)| match *support {
            0..LEAST_SUPPORT => "–".to_owned(),
            _ => short(*f1),
        }));
        row(out, cells);
    }
}

/// Whether a label belongs to a set of which not exactly one label holds.
fn is_optional(report: &Report, label: &str) -> bool {
    let mut open = report.sets.iter().filter(|set| set.confusion.is_empty());
    open.any(|set| set.labels.iter().any(|other| other.id == label))
}

fn short(score: f64) -> String {
    format!("{score:.3}")
}

fn interval([low, high]: [f64; 2]) -> String {
    format!("{low:.2}–{high:.2}")
}
