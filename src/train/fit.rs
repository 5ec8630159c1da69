//! Puts the model together: tables, combiners and thresholds from one set of examples.
//!
//! Scores that the combiners learn from, and probabilities that the thresholds are chosen on, are made
//! by cross-fitting over groups: each comes from weights that have not seen its group. So the
//! development side stays unseen until it is measured on.

use super::{
    data::Example,
    dual::{self, Costs},
    measure::best_threshold,
    samples::{self, Sample, Samples},
    softmax,
    split::fold,
    targets::{COMMENT_OUTPUTS, Targets, label_outputs, sets},
};
use crate::{
    label::{self, LabelSet, Level},
    model::fast::{Choice, Combiner, Decision, HeadLine, LANES, Parts, Row, Scores, Table},
};
use rayon::prelude::*;

/// What training decides by: chosen by cross-fitting on the training side.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Samples that must have a feature, for units and for comments.
    pub least: [usize; 2],
    /// Cost of an error, for units and for comments.
    pub cost: [f32; 2],
    /// How much more an error on a rare label costs: this power of (without / with).
    pub balance: f32,
    /// How much more a rare class weighs in the combiners that choose one label: this power of 1 / share.
    pub lift: f64,
    /// Pull of the combiners' weights to zero.
    pub penalty: f64,
    /// Parts of cross-fitting.
    pub folds: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let env = |name: &str, default: f32| {
            std::env::var(name)
                .ok()
                .and_then(|v| v.parse().ok())
                .unwrap_or(default)
        };
        Self {
            least: [env("LEAST", 3.0) as usize, env("CLEAST", 3.0) as usize],
            cost: [env("COST", 1.0), env("CCOST", 1.0)],
            balance: env("BALANCE", 0.25),
            lift: f64::from(env("LIFT", 0.3)),
            penalty: f64::from(env("PENALTY", 0.001)),
            folds: env("FOLDS", 5.0) as usize,
        }
    }
}

/// What training gives.
#[derive(Debug)]
pub struct Fitted {
    /// The numbers of the model.
    pub(crate) parts: Parts,
    /// The heads on units.
    pub(crate) unit_heads: Vec<HeadLine>,
    /// The heads on comments.
    pub(crate) comment_heads: Vec<HeadLine>,
    /// Cross-fitted probabilities of every unit and comment, in the order of the examples.
    pub units: Vec<Vec<f32>>,
    /// The same for comments.
    pub comments: Vec<Vec<f32>>,
}

/// Trains on `examples`.
#[must_use]
pub fn fit(examples: &[Example], settings: &Settings) -> Fitted {
    let (units, comments) = samples::read(examples, settings.least);
    eprintln!(
        "{} units, {} features; {} comments, {} features",
        units.list.len(),
        units.keys.len(),
        comments.list.len(),
        comments.keys.len()
    );
    let comment_folds: Vec<_> = examples
        .iter()
        .map(|example| fold(&example.group, settings.folds))
        .collect();
    let owners = examples.iter().zip(&comment_folds);
    let unit_folds: Vec<_> = owners
        .flat_map(|(example, &fold)| std::iter::repeat_n(fold, example.units.len()))
        .collect();
    let unit_rows = cross_score(&units, &unit_folds, settings.cost[0], settings);
    let comment_rows = cross_score(&comments, &comment_folds, settings.cost[1], settings);
    let scores = gather(examples, &unit_rows, &comment_rows);
    let unit_inputs: Vec<_> = scores
        .iter()
        .flat_map(|scores| (0..scores.units.len()).map(|at| scores.unit_inputs(at)))
        .collect();
    let comment_inputs: Vec<_> = scores.iter().map(Scores::comment_inputs).collect();
    let unit_layer = Layer::fit(Level::Unit, &unit_inputs, &units, &unit_folds, settings);
    let comment_layer = Layer::fit(
        Level::Comment,
        &comment_inputs,
        &comments,
        &comment_folds,
        settings,
    );
    Fitted {
        parts: Parts {
            unit_table: table(
                &units,
                settings.cost[0],
                label_outputs(Level::Unit),
                settings,
            ),
            comment_table: table(&comments, settings.cost[1], COMMENT_OUTPUTS, settings),
            unit_decisions: unit_layer.decisions,
            comment_decisions: comment_layer.decisions,
        },
        unit_heads: unit_layer.heads,
        comment_heads: comment_layer.heads,
        units: unit_layer.probabilities,
        comments: comment_layer.probabilities,
    }
}

fn costs(samples: &[&Sample], cost: f32, settings: &Settings) -> Costs {
    let mut costs = Costs {
        off: [cost; LANES],
        on: [cost; LANES],
    };
    for (output, on) in costs.on.iter_mut().enumerate() {
        let count = |value: i8| {
            samples
                .iter()
                .filter(|s| s.targets[output] == value)
                .count() as f32
        };
        let ratio = count(-1) / count(1).max(1.0);
        *on *= ratio.max(1.0).powf(settings.balance);
    }
    costs
}

/// Scores of every sample by weights that have not seen its fold.
fn cross_score(samples: &Samples, folds: &[usize], cost: f32, settings: &Settings) -> Vec<Row> {
    let parts: Vec<_> = (0..settings.folds)
        .into_par_iter()
        .map(|part| {
            let others = samples
                .list
                .iter()
                .zip(folds)
                .filter(|(_, fold)| **fold != part);
            let others: Vec<_> = others.map(|(sample, _)| sample).collect();
            let weights = dual::learn(&others, samples.keys.len(), &costs(&others, cost, settings));
            let own = samples
                .list
                .iter()
                .zip(folds)
                .enumerate()
                .filter(|(_, (_, fold))| **fold == part);
            own.map(|(at, (sample, _))| (at, dual::dot(&sample.entries, &weights)))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut rows = vec![[0.0; LANES]; samples.list.len()];
    for (at, row) in parts.into_iter().flatten() {
        rows[at] = row;
    }
    rows
}

fn table(samples: &Samples, cost: f32, outputs: usize, settings: &Settings) -> Table {
    let all: Vec<_> = samples.list.iter().collect();
    let mut weights = dual::learn(&all, samples.keys.len(), &costs(&all, cost, settings));
    for (row, factor) in weights.iter_mut().zip(&samples.factors) {
        row.iter_mut().for_each(|weight| *weight *= factor);
    }
    Table::quantize(&samples.keys, &weights, outputs)
}

fn gather(examples: &[Example], units: &[Row], comments: &[Row]) -> Vec<Scores> {
    let mut rest = units;
    let mut scores = Vec::with_capacity(examples.len());
    for (example, &comment) in examples.iter().zip(comments) {
        let (own, others) = rest.split_at(example.units.len());
        rest = others;
        scores.push(Scores {
            units: own.to_vec(),
            comment,
        });
    }
    scores
}

/// The combiners of one level, their heads, and cross-fitted probabilities.
struct Layer {
    decisions: Vec<Decision>,
    heads: Vec<HeadLine>,
    probabilities: Vec<Vec<f32>>,
}

impl Layer {
    fn fit(
        level: Level,
        inputs: &[Vec<f32>],
        samples: &Samples,
        folds: &[usize],
        settings: &Settings,
    ) -> Self {
        let all: Vec<_> = (0..inputs.len()).collect();
        let decide = |kept: &[usize]| -> Vec<Decision> {
            sets(level)
                .map(|(first, set)| decision(first, set, inputs, samples, kept, settings))
                .collect()
        };
        let mut jobs: Vec<Vec<usize>> = (0..settings.folds)
            .map(|part| {
                all.iter()
                    .copied()
                    .filter(|&at| folds[at] != part)
                    .collect()
            })
            .collect();
        jobs.push(all);
        let mut fitted: Vec<_> = jobs.par_iter().map(|kept| decide(kept)).collect();
        let decisions = fitted.pop().unwrap_or_default();
        let probabilities: Vec<Vec<f32>> = inputs
            .iter()
            .zip(folds)
            .map(|(inputs, &fold)| {
                let mut out = Vec::with_capacity(LANES);
                fitted[fold]
                    .iter()
                    .for_each(|decision| decision.probabilities(inputs, &mut out));
                out
            })
            .collect();
        let heads = sets(level)
            .map(|(first, set)| head(first, set, &probabilities, samples))
            .collect();
        Self {
            decisions,
            heads,
            probabilities,
        }
    }
}

fn choice(set: &LabelSet) -> Choice {
    match set.choice {
        label::Choice::One => Choice::One,
        label::Choice::Any => Choice::Any,
        label::Choice::AtMostOne => Choice::AtMostOne,
    }
}

fn decision(
    first: usize,
    set: &LabelSet,
    inputs: &[Vec<f32>],
    samples: &Samples,
    kept: &[usize],
    settings: &Settings,
) -> Decision {
    let outputs: Vec<_> = (first..first + set.labels.len()).collect();
    let fit = |outputs: &[usize], lift: f64| {
        let cases: Vec<_> = kept
            .iter()
            .filter(|&&at| samples.list[at].targets[first] != 0)
            .map(|&at| {
                (
                    inputs[at].as_slice(),
                    class(&samples.list[at].targets, outputs),
                )
            })
            .collect();
        combiner(
            &cases,
            outputs.len() + usize::from(choice(set) != Choice::One),
            lift,
            settings,
        )
    };
    let combiners = match choice(set) {
        Choice::One => vec![fit(&outputs, settings.lift)],
        Choice::AtMostOne => vec![fit(&outputs, 0.0)],
        Choice::Any => outputs.iter().map(|&output| fit(&[output], 0.0)).collect(),
    };
    Decision::new(choice(set), combiners)
}

/// The first of `outputs` that holds; behind them, that none does.
fn class(targets: &Targets, outputs: &[usize]) -> usize {
    let held = outputs.iter().position(|&output| targets[output] == 1);
    held.unwrap_or(outputs.len())
}

fn combiner(
    cases: &[softmax::Case<'_>],
    classes: usize,
    lift: f64,
    settings: &Settings,
) -> Combiner {
    let mut counts = vec![1.0; classes];
    cases.iter().for_each(|(_, class)| counts[*class] += 1.0);
    let weights: Vec<_> = counts
        .iter()
        .map(|count| (cases.len() as f64 / count).powf(lift))
        .collect();
    softmax::fit(cases, &weights, settings.penalty)
}

fn head(first: usize, set: &LabelSet, probabilities: &[Vec<f32>], samples: &Samples) -> HeadLine {
    let threshold = |output: usize| {
        let known = probabilities.iter().zip(&samples.list);
        let known = known.filter(|(_, sample)| sample.targets[output] != 0);
        let judgments: Vec<_> = known
            .map(|(row, sample)| (row[output], sample.targets[output] == 1))
            .collect();
        best_threshold(&judgments).0
    };
    HeadLine {
        set: set.id.to_owned(),
        choice: choice(set),
        labels: set.labels.iter().map(|label| label.id.to_owned()).collect(),
        thresholds: (first..first + set.labels.len()).map(threshold).collect(),
    }
}

/// One line of cross-fitted scores.
#[must_use]
pub fn report(examples: &[Example], fitted: &Fitted, board: &str) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    let unit_targets: Vec<_> = examples
        .iter()
        .flat_map(|e| e.unit_targets.iter().map(|t| (e.board.as_str(), t)))
        .collect();
    let comment_targets: Vec<_> = examples
        .iter()
        .map(|e| (e.board.as_str(), &e.targets))
        .collect();
    for (level, rows, targets, heads) in [
        (Level::Unit, &fitted.units, unit_targets, &fitted.unit_heads),
        (
            Level::Comment,
            &fitted.comments,
            comment_targets,
            &fitted.comment_heads,
        ),
    ] {
        let mut at = 0;
        for head in heads {
            let range = at..at + head.labels.len();
            at = range.end;
            let known: Vec<_> = rows
                .iter()
                .zip(&targets)
                .filter(|(_, (b, t))| b.contains(board) && t[range.start] != 0)
                .map(|(r, (_, t))| (r, t))
                .collect();
            let mut sum = 0.0;
            for (k, label) in head.labels.iter().enumerate() {
                let o = range.start + k;
                let found = |row: &Vec<f32>| match head.choice {
                    Choice::One => range.clone().all(|other| row[other] <= row[o]),
                    _ => row[o] >= head.thresholds[k],
                };
                let f = known.iter().filter(|(r, _)| found(r)).count();
                let th = known.iter().filter(|(_, t)| t[o] == 1).count();
                let r = known.iter().filter(|(r, t)| found(r) && t[o] == 1).count();
                let j: Vec<_> = known.iter().map(|(r, t)| (r[o], t[o] == 1)).collect();
                let f1 = super::measure::f1(r, f, th);
                sum += f1;
                let _ = write!(
                    text,
                    "{label} {f1:.3}/{:.3}/{:.3} ",
                    super::measure::average_precision(&j),
                    super::measure::calibration_error(&j)
                );
            }
            let _ = writeln!(text, "| macro {:.4}", sum / head.labels.len() as f64);
        }
    }
    text
}
