//! The figures of a validation. `--json` writes them as they stand here; docs/validation.md names them.

use super::{
    answers::{Answers, Judge, StratumName, label_names},
    estimate::{Cell, Figure, Judged, Knowledge, Table},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What people's judgements tell of a model's labels.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Name, version and SHA-256 of the model, as the sample has them.
    pub model: String,
    /// The files with judgements.
    pub judges: Vec<String>,
    /// The labels of the sample, in the order of the documentation.
    pub labels: Vec<LabelReport>,
    /// How far people agree: two files and a label of which both judged some rows.
    pub pairs: Vec<PairReport>,
}

/// What is known of a label. A figure is `None` where it is not defined or not known.
#[derive(Debug, Clone, Serialize)]
pub struct LabelReport {
    /// The label's name.
    pub label: &'static str,
    /// Units or replies in the corpus.
    pub corpus: usize,
    /// Rows drawn.
    pub drawn: usize,
    /// Rows that somebody judged.
    pub judged: usize,
    /// Strata of which no row is judged; while there are any, no figure is known.
    pub unjudged_strata: Vec<String>,
    /// Cohen's kappa between the model and people.
    pub kappa: Option<Figure>,
    /// Of what the model asserts, the share that holds.
    pub precision: Option<Figure>,
    /// Of what holds, the share that the model asserts.
    pub recall: Option<Figure>,
    /// The harmonic mean of the two.
    pub f1: Option<Figure>,
    /// The share of the corpus of which the model asserts the label. It was counted, and has no interval.
    pub asserted_share: f64,
    /// The share of the corpus that has the label: that of the model, corrected for its errors.
    pub corrected_share: Option<Figure>,
}

/// How far two people agree on a label.
#[derive(Debug, Clone, Serialize)]
pub struct PairReport {
    /// A file.
    pub first: String,
    /// Another.
    pub second: String,
    /// The label's name.
    pub label: &'static str,
    /// Rows that both judged.
    pub judged: usize,
    /// The share of the corpus that they judge alike.
    pub agreement: Option<Figure>,
    /// Cohen's kappa.
    pub kappa: Option<Figure>,
}

/// The judged rows of some strata: how many rows, and how often which cell. Rows that several people judge count
/// for one, in equal parts.
type Counts = BTreeMap<StratumName, (usize, [f64; 4])>;

/// Estimates how good the labels are.
#[must_use]
pub fn report(answers: &Answers) -> Report {
    let names: Vec<_> = label_names().collect();
    let counts = against_model(answers);
    let labels = 0..names.len();
    let labels = labels.filter_map(|label| label_report(answers, &counts, label, names[label]));
    let judges = &answers.judges;
    let pairs = judges.iter().enumerate().flat_map(|(at, first)| {
        let others = judges[at + 1..].iter();
        others.flat_map(move |second| pair_reports(answers, first, second))
    });
    Report {
        model: answers.model.clone(),
        judges: judges.iter().map(|judge| judge.name.clone()).collect(),
        labels: labels.collect(),
        pairs: pairs.collect(),
    }
}

fn against_model(answers: &Answers) -> Counts {
    let mut counts = Counts::new();
    for (row, stratum) in &answers.rows {
        let judges = answers.judges.iter();
        let said: Vec<bool> = judges
            .filter_map(|judge| judge.said.get(row).copied())
            .collect();
        if said.is_empty() {
            continue;
        }
        let asserted = answers.strata[stratum].asserted;
        let (rows, cells) = counts.entry(stratum.clone()).or_default();
        *rows += 1;
        for holds in &said {
            cells[Cell::of(asserted, *holds) as usize] += 1.0 / said.len() as f64;
        }
    }
    counts
}

/// `None` where the sample has no rows of the label.
fn label_report(
    answers: &Answers,
    counts: &Counts,
    label: usize,
    name: &'static str,
) -> Option<LabelReport> {
    let strata = answers.strata.iter().filter(|((of, _), _)| *of == label);
    let strata: Vec<_> = strata.collect();
    let corpus: usize = strata.iter().map(|(_, stratum)| stratum.population).sum();
    if strata.is_empty() {
        return None;
    }
    let sampled = strata.iter().map(|(name, stratum)| {
        let (_, cells) = counts.get(*name).copied().unwrap_or_default();
        let cell = |holds| Cell::of(stratum.asserted, holds);
        Judged {
            population: stratum.population,
            cells: [true, false]
                .map(|holds| (cell(holds), cells[cell(holds) as usize]))
                .to_vec(),
        }
    });
    let knowledge = Knowledge::of(&sampled.collect::<Vec<_>>());
    let figure = |figure: fn(&Table) -> Option<f64>| knowledge.as_ref()?.figure(figure);
    let asserted = strata.iter().filter(|(_, stratum)| stratum.asserted);
    let asserted: usize = asserted.map(|(_, stratum)| stratum.population).sum();
    let unjudged = strata
        .iter()
        .filter(|(name, _)| !counts.contains_key(*name));
    Some(LabelReport {
        label: name,
        corpus,
        drawn: strata.iter().map(|(_, stratum)| stratum.drawn).sum(),
        judged: strata
            .iter()
            .filter_map(|(name, _)| counts.get(*name))
            .map(|(rows, _)| rows)
            .sum(),
        unjudged_strata: unjudged.map(|((_, stratum), _)| stratum.clone()).collect(),
        kappa: figure(Table::kappa),
        precision: figure(Table::precision),
        recall: figure(Table::recall),
        f1: figure(Table::f1),
        asserted_share: asserted as f64 / corpus as f64,
        corrected_share: figure(|table| Some(table.held())),
    })
}

/// How two people agree, for each label of which both judged rows. Strata of which they did not both judge a row
/// are left out.
fn pair_reports(answers: &Answers, first: &Judge, second: &Judge) -> Vec<PairReport> {
    let mut counts = Counts::new();
    for (row, stratum) in &answers.rows {
        if let (Some(one), Some(other)) = (first.said.get(row), second.said.get(row)) {
            let (rows, cells) = counts.entry(stratum.clone()).or_default();
            *rows += 1;
            cells[Cell::of(*one, *other) as usize] += 1.0;
        }
    }
    let report = |(label, name): (usize, &'static str)| {
        let of_label = counts.iter().filter(|((of, _), _)| *of == label);
        let strata: Vec<_> = of_label
            .clone()
            .map(|(name, (_, cells))| Judged {
                population: answers.strata[name].population,
                cells: Cell::ALL.map(|cell| (cell, cells[cell as usize])).to_vec(),
            })
            .collect();
        let knowledge = Knowledge::of(&strata)?;
        Some(PairReport {
            first: first.name.clone(),
            second: second.name.clone(),
            label: name,
            judged: of_label.map(|(_, (rows, _))| rows).sum(),
            agreement: knowledge.figure(|table| Some(table.agreement())),
            kappa: knowledge.figure(Table::kappa),
        })
    };
    label_names().enumerate().filter_map(report).collect()
}
