//! `rejoinder sample`: draws what people judge, so that the labels can be validated.

use super::{Outcome, input::Inputs, judges::ModelArg, message::Messages, output::Output};
use crate::{
    label::LABEL_SETS,
    validate::{
        Draw, Stratum,
        sheet::{self, Sheet},
    },
};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// What to draw from, and how much.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Units (of stances: replies) to draw for each label; at least one for each of the six strata
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = parse_count)]
    per_label: usize,
    /// Another seed draws another sample
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    /// Draw for this label alone (may be given several times); `rejoinder list labels` shows all
    #[arg(long, value_name = "NAME", value_parser = parse_label)]
    label: Vec<&'static str>,
    /// Write what the model says to this file instead, so that whoever judges does not see it
    #[arg(long, value_name = "KEYFILE")]
    hide: Option<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    model: ModelArg,
}

fn parse_count(count: &str) -> Result<usize, String> {
    let count: usize = count.parse().map_err(|_| "it is a whole number")?;
    match count < Stratum::COUNT {
        true => Err(format!("it is at least {}", Stratum::COUNT)),
        false => Ok(count),
    }
}

fn parse_label(name: &str) -> Result<&'static str, String> {
    let labels = LABEL_SETS.iter().flat_map(|set| set.labels);
    let names: Vec<_> = labels.map(|label| label.id).collect();
    let found = names.iter().find(|label| **label == name);
    found
        .copied()
        .ok_or_else(|| format!("there is no such label; it is one of {}", names.join(", ")))
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    let model = args.model.load()?;
    for path in [&args.output, &args.hide] {
        args.inputs.keep_apart(path.as_deref())?;
    }
    let (output, key) = open(args)?;
    let mut draw = Draw::new(&args.label, args.per_label, args.seed);
    let outcome = args.inputs.for_each(messages, |thread| {
        draw.add(&thread, model.as_ref());
        Ok(())
    })?;
    let sample = draw.finish(model.as_ref());
    let sheet = match key {
        None => Sheet::Whole,
        Some(_) => Sheet::Questions,
    };
    for (file, sheet) in [(Some(output), sheet), (key, Sheet::Key)] {
        if let Some(mut file) = file {
            file.write("", "", |out| sheet::write(&sample, sheet, out))?;
            file.finish()?;
        }
    }
    Ok(outcome)
}

/// Both files are opened before the work begins, which may take hours.
fn open(args: &Args) -> Result<(Output, Option<Output>)> {
    let output = Output::file_or_stdout(args.output.as_deref())?;
    let open = |path: &PathBuf| Output::file_or_stdout(Some(path));
    let key = args.hide.as_ref().map(open).transpose()?;
    let real = |path: &Option<PathBuf>| {
        path.as_deref()
            .and_then(|path: &Path| path.canonicalize().ok())
    };
    if let (Some(output), Some(key)) = (real(&args.output), real(&args.hide))
        && output == key
        && output.is_file()
    {
        anyhow::bail!(
            "{}: the key would overwrite the sample; name another file with --hide",
            output.display()
        );
    }
    Ok((output, key))
}
