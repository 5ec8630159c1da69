//! `rejoinder label`: labels for loose texts, JSON Lines in and out.

use super::{Outcome, input::keep_apart, judges::ModelArg, message::Messages, output::Output};
use crate::pipeline;
use anyhow::{Result, ensure};
use std::path::PathBuf;

/// What to label.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each line is {\"id\": ..., \"text\": ..., \"parent\": ...}; `parent` is the text that \
    is answered: leave it out for a text that answers nothing, leave it empty where it is not known."
)]
pub(super) struct Args {
    /// Files, folders, or `-` for standard input; gzip and zstd are unpacked
    #[arg(value_name = "INPUT", default_value = "-")]
    inputs: Vec<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    model: ModelArg,
    /// Say for each label which words moved it most, by judging the text without each of its
    /// first 200: seconds for a long text
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    let model = args.model.load()?;
    keep_apart(&args.inputs, args.output.as_deref())?;
    let mut output = Output::file_or_stdout(args.output.as_deref())?;
    let mut labeled = 0;
    let mut skipped = 0;
    let mut unsupported = 0;
    for name in pipeline::expand(&args.inputs) {
        let opened = name.and_then(|input| Ok((pipeline::open(&input.name)?, input.name)));
        let input = match opened {
            Ok(input) => input,
            Err(error) => {
                skipped += 1;
                messages.error(&error);
                continue;
            }
        };
        let (input, name) = input;
        output.write("", "jsonl", |out| {
            let counts =
                pipeline::label_lines(input, model.as_ref(), args.explain, out, |error| {
                    skipped += 1;
                    messages.error(&error.input(&name));
                })?;
            labeled += counts.written;
            unsupported += counts.unsupported;
            Ok(())
        })?;
    }
    if labeled > 0 || skipped == 0 {
        output.finish()?;
    }
    if unsupported > 0 {
        messages.note(&format!(
            "unsupported_language: {unsupported} of {labeled} texts have no labels; `language` says why"
        ));
    }
    if skipped == 0 {
        return Ok(Outcome::Done);
    }
    ensure!(labeled > 0, "nothing could be labeled");
    messages.note(&format!("{skipped} skipped, {labeled} labeled"));
    Ok(Outcome::Skipped)
}
