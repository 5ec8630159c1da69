//! A report as Markdown tables, as docs/evaluation.md shows them.

use super::{
    report::{Figures, LabelReport, Report, SetReport},
    sides::{Side, Sides},
    whole::WHOLE,
};
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
    if let Some(found) = &report.sides {
        sides(&mut out, found);
    }
    targets(&mut out, report.targets);
    out
}

/// How well support and attack between comments are told.
fn sides(out: &mut String, found: &Sides) {
    let figures = |side: &Side| {
        let [precision, recall, f1] = [side.precision, side.recall, side.f1];
        format!(
            "{precision:.3}, recall {recall:.3}, F1 {f1:.3} ({} replies)",
            side.support
        )
    };
    let _ = writeln!(
        out,
        "\nRelations between comments, neutral replies left out: support precision {}; attack precision {}; \
         macro F1 {:.3}.",
        figures(&found.support),
        figures(&found.attack),
        found.macro_f1,
    );
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
    let [precision, recall] =
        [rate.named, rate.labeled].map(|of| rate.right as f64 / of.max(1) as f64);
    let _ = writeln!(
        out,
        "Of all units of parents that relations name, {precision:.3} are labeled targets, and {recall:.3} of the \
         {} labeled targets are named.",
        rate.labeled,
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
    let fixed = [
        "label",
        "support",
        "precision",
        "recall",
        "F1",
        "95 %",
        "AP",
        "AUC",
        "accuracy",
        "ECE",
        "Brier",
    ];
    let mut names: Vec<_> = fixed.map(str::to_owned).to_vec();
    let baselines = report.baselines.iter();
    names.extend(baselines.map(|name| format!("{name}: F1 / AP")));
    head(out, &names);
    for set in &report.sets {
        for label in &set.labels {
            row(out, label_cells(set, label));
        }
        row(out, set_cells(set));
    }
    out.push('\n');
}

fn label_cells(set: &SetReport, label: &LabelReport) -> Vec<String> {
    let figures = &label.figures;
    let mut cells = vec![
        format!("{}: {}", set.id, label.id),
        label.support.to_string(),
    ];
    cells.extend([label.precision, label.recall, figures.f1].map(short));
    cells.push(interval(label.interval));
    cells.push(short(figures.average_precision));
    cells.push(figures.roc_auc.map_or_else(|| "–".to_owned(), short));
    cells.push(match set.id == WHOLE.id {
        true => short(figures.accuracy),
        false => String::new(),
    });
    cells.extend([label.calibration_error, label.brier].map(short));
    let pair = |of: &Figures| format!("{} / {}", short(of.f1), short(of.average_precision));
    cells.extend(label.baselines.iter().map(pair));
    cells
}

fn set_cells(set: &SetReport) -> Vec<String> {
    let empty = const { String::new() };
    let mut cells = vec![format!("**{}: macro**", set.id), set.cases.to_string()];
    cells.extend([empty.clone(), empty.clone()]);
    cells.push(format!("**{}**", short(set.macro_f1)));
    cells.push(interval(set.interval));
    cells.extend([empty.clone(), empty.clone()]);
    cells.push(set.accuracy.map(short).unwrap_or_default());
    cells.extend([empty.clone(), empty]);
    let baselines = set.baselines.iter();
    cells.extend(baselines.map(|baseline| short(baseline.macro_f1)));
    cells
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
    let [first, _, ..] = &report.boards[..] else {
        return;
    };
    let of_one = |set: &str| {
        let mut sets = report.sets.iter();
        sets.any(|other| other.id == set && !other.confusion.is_empty())
    };
    let mut names = vec!["board".to_owned(), "units".to_owned()];
    let sets = first.macro_f1.iter().filter(|(set, _)| of_one(set));
    names.extend(sets.map(|(set, _)| format!("{set} macro")));
    let labels = first.labels.iter().filter(|label| !of_one(label.set));
    names.extend(labels.map(|label| match label.set == WHOLE.id {
        true => format!("{}: {}", label.set, label.id),
        false => label.id.to_owned(),
    }));
    head(out, &names);
    for board in &report.boards {
        let mut cells = vec![board.board.clone(), board.units.to_string()];
        let macros = board.macro_f1.iter().filter(|(set, _)| of_one(set));
        cells.extend(macros.map(|(_, score)| short(*score)));
        let labels = board.labels.iter().filter(|label| !of_one(label.set));
        cells.extend(labels.map(|label| match label.support {
            0..LEAST_SUPPORT => "–".to_owned(),
            _ => short(label.f1),
        }));
        row(out, cells);
    }
}

fn short(score: f64) -> String {
    format!("{score:.3}")
}

fn interval([low, high]: [f64; 2]) -> String {
    format!("{low:.2}–{high:.2}")
}
