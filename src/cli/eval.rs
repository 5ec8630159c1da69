//! `rejoinder eval`: measures a model on labeled texts.

use super::Outcome;
use crate::{
    eval::{Report, evaluate, input, markdown},
    model,
    train::{
        links::hit_rate,
        split::{Side, side, split},
    },
};
use anyhow::Result;
use std::{io::Write, path::PathBuf};

/// What to measure, and on what.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Labeled threads or public sets (JSON Lines, plain or gzip), or folders that hold the project's own threads
    #[arg(value_name = "DATA", required = true)]
    data: Vec<PathBuf>,
    /// The model: a name from `list models`, or a folder
    #[arg(long, default_value = model::MODELS[0].id)]
    model: String,
    /// Which part of the data to measure on
    #[arg(long, value_enum, default_value_t = Part::All)]
    split: Part,
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

pub(super) fn run(args: &Args) -> Result<Outcome> {
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
