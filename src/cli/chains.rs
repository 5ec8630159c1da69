//! `rejoinder chains`: how the argument ran, chain by chain.

use super::{Outcome, analyze::ModelArg, input::Inputs, message::Messages, output::Output, style};
use crate::{
    analysis::{Analysis, wire},
    export,
};
use anyhow::Result;
use clap::ValueEnum;
use std::{io::Write, path::PathBuf};

/// What to read, and how many chains to write.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Format of the result
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Chains of each thread, the richest first; 100 at most
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    model: ModelArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// A line for each chain, as in the analysis, with the thread's id
    Json,
}

/// A chain with the thread that it runs in.
#[derive(serde::Serialize)]
struct Line<'a> {
    thread: &'a str,
    #[serde(flatten)]
    chain: wire::ChainObject,
    model: wire::ModelObject<'a>,
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    let model = args.model.load()?;
    args.inputs.keep_apart(args.output.as_deref())?;
    let mut output = Output::file_or_stdout(args.output.as_deref())?;
    let paint = style::painter(output.is_stdout());
    let style = style::style(&paint);
    let outcome = args.inputs.for_each(messages, |thread| {
        let analysis = Analysis::new(thread, model.as_ref());
        output.write("", "", |out| match args.format {
            Format::Text => export::write_chains(&analysis, args.limit, out, &style),
            Format::Json => json(&analysis, args.limit, out),
        })
    })?;
    output.finish()?;
    Ok(outcome)
}

fn json(analysis: &Analysis, limit: usize, out: &mut dyn Write) -> std::io::Result<()> {
    let names = wire::Names::new(analysis);
    for chain in analysis.chains.iter().take(limit) {
        let line = Line {
            thread: &analysis.thread.id,
            chain: names.chain(chain),
            model: (&analysis.model).into(),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
