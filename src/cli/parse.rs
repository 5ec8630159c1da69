//! `rejoinder parse`: threads as JSON Lines.

use super::{Outcome, input::Inputs, message::Messages, output::Output};
use crate::thread::wire::ThreadLine;
use anyhow::Result;
use std::path::PathBuf;

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
    let mut output = Output::file_or_stdout(args.output.as_deref())?;
    let outcome = args.inputs.for_each(messages, |thread| {
        output.write("", "jsonl", |out| {
            serde_json::to_writer(&mut *out, &ThreadLine::from(&thread))?;
            out.write_all(b"\n")
        })
    })?;
    output.finish()?;
    Ok(outcome)
}
