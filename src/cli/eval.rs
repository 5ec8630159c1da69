//! `rejoinder eval`: measures a model on labeled texts, or on a sample that people judged.

use super::{Outcome, message::Messages};
use crate::{
    eval::{Report, evaluate, input, markdown},
    model,
    train::{
        links::hit_rate,
        split::{Side, side, split},
    },
    validate::{self, answers},
};
use anyhow::Result;
use std::{io::Write, path::PathBuf};

/// What to measure, and on what.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Labeled threads or public sets (JSON Lines, plain or gzip), or folders that hold the project's own threads
    #[arg(value_name = "DATA", required_unless_present = "human")]
    data: Vec<PathBuf>,
    /// The model: a name from `list models`, or a folder
    #[arg(long, default_value = model::MODELS[0].id)]
    model: String,
    /// Which part of the data to measure on
    #[arg(long, value_enum, default_value_t = Part::All)]
    split: Part,
    /// Samples that `rejoinder sample` drew, with the column `human` filled in, a file for each person; tells
    /// how good the labels are in the corpus that was drawn from
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["data", "model", "split"])]
    human: Vec<PathBuf>,
    /// What `rejoinder sample --hide` wrote
    #[arg(
        long,
        value_name = "KEYFILE",
        requires = "human",
        conflicts_with = "data"
    )]
    key: Option<PathBuf>,
    /// Write JSON in place of Markdown tables
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Everything, for texts that the model has not seen; baselines learn by cross-validation over groups
    All,
    /// The groups that training keeps apart; baselines learn from the others
    Development,
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    if !args.human.is_empty() {
        return run_human(args, messages);
    }
    let model = model::load(&args.model)?;
    let (mut threads, mut examples) = (Vec::new(), Vec::new());
    for path in &args.data {
        let read = input::read(path)?;
        threads.extend(read.threads);
        examples.extend(read.examples);
    }
    let report = match args.split {
        Part::All => evaluate(model.as_ref(), &[], &examples),
        Part::Development => {
            let split = split(examples);
            threads.retain(|thread| side(&thread.group) == Side::Development);
            evaluate(model.as_ref(), &split.train, &split.development)
        }
    };
    let report = Report {
        targets: hit_rate(&threads, model.as_ref()),
        ..report
    };
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    } else {
        write!(out, "{}", markdown::render(&report))?;
    }
    Ok(Outcome::Done)
}

/// Measures by people's judgements on a sample.
fn run_human(args: &Args, messages: &Messages) -> Result<Outcome> {
    let report = validate::report(&answers::read(&args.human, args.key.as_deref())?);
    for label in &report.labels {
        if let [stratum, ..] = &label.unjudged_strata[..] {
            messages.note(&format!(
                "{}: no figures, for no row of the stratum `{stratum}` is judged",
                label.label
            ));
        }
    }
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    } else {
        write!(out, "{}", validate::markdown::render(&report))?;
    }
    Ok(Outcome::Done)
}
