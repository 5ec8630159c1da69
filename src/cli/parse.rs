//! `rejoinder parse`: threads as JSON Lines.

use super::{Outcome, input::Inputs, message::Messages, output::Output};
use crate::thread::wire::{ThreadLine, write_line};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// What to read, and where to write it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    args.inputs.keep_apart(args.output.as_deref())?;
    write(&args.inputs, args.output.as_deref(), messages)
}

/// Writes the threads of the inputs to a file, or to standard output.
pub(super) fn write(
    inputs: &Inputs,
    output: Option<&Path>,
    messages: &Messages,
) -> Result<Outcome> {
    let mut output = Output::file_or_stdout(output)?;
    let outcome = inputs.for_each(messages, |thread| {
        output.write("", "jsonl", |out| {
            write_line(out, &ThreadLine::from(&thread))
        })
    })?;
    output.finish()?;
    Ok(outcome)
}
