//! A validation as Markdown tables.

use super::{
    estimate::Figure,
    report::{LabelReport, PairReport, Report},
};
use std::fmt::Write;

/// Renders `report`.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let labels = report.labels.iter();
    let (judged, drawn) = labels.fold((0, 0), |(judged, drawn), label| {
        (judged + label.judged, drawn + label.drawn)
    });
    let _ = writeln!(
        out,
        "Model {}; {judged} of {drawn} rows judged. Intervals are of 95 %.\n",
        report.model
    );
    out.push_str(
        "| label | corpus | judged | kappa | precision | recall | F1 | asserted | corrected |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for label in &report.labels {
        label_row(&mut out, label);
    }
    if !report.pairs.is_empty() {
        out.push_str(
            "\nBetween people:\n\n| label | first | second | judged | agreement | kappa |\n\
             |---|---|---|--:|--:|--:|\n",
        );
    }
    for pair in &report.pairs {
        pair_row(&mut out, pair);
    }
    out
}

fn label_row(out: &mut String, label: &LabelReport) {
    let figures = [label.kappa, label.precision, label.recall, label.f1].map(figure);
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} | {:.3} | {} |",
        label.label,
        label.corpus,
        label.judged,
        figures.join(" | "),
        label.asserted_share,
        figure(label.corrected_share),
    );
}

fn pair_row(out: &mut String, pair: &PairReport) {
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} | {} | {} |",
        pair.label,
        pair.first,
        pair.second,
        pair.judged,
        figure(pair.agreement),
        figure(pair.kappa),
    );
}

fn figure(figure: Option<Figure>) -> String {
    figure.map_or_else(
        || "–".to_owned(),
        |figure| {
            let [low, high] = figure.interval;
            format!("{:.3} [{low:.3}, {high:.3}]", figure.value)
        },
    )
}
