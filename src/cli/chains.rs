//! `rejoinder chains`: how the argument ran, chain by chain.

use super::{Outcome, input::Inputs, judges::Judges, message::Messages, output::Output, style};
use crate::{
    analysis::{Analysis, wire},
    argument::{Chain, Query},
    export,
    relate::Kind,
    thread::wire::write_line,
};
use anyhow::Result;
use clap::ValueEnum;
use std::{io::Write, path::PathBuf};

/// What to read, and which chains to write.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Format of the result
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Chains of each thread, the most argued first
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Only chains through this unit (`<comment>@<start>-<end>`) or comment, from there on
    #[arg(long, value_name = "ID")]
    root: Option<String>,
    /// Only chains with a comment by this author
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Only chains all of whose steps are of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<StepKind>,
    /// Only chains of so many comments or more
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_length: usize,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    judges: Judges,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// A line for each chain, as in the analysis, with the thread's id
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StepKind {
    /// Speaks against it
    Attack,
    /// Speaks for it
    Support,
    /// Takes no side
    Answer,
}

/// A chain with the thread that it runs in.
#[derive(serde::Serialize)]
struct Line<'a> {
    thread: &'a str,
    #[serde(flatten)]
    chain: wire::ChainObject,
    #[serde(flatten)]
    judges: wire::JudgesObject<'a>,
}

impl Args {
    /// The chains of a thread that are asked for, and one more where there are more; `None` if the thread
    /// does not have the root.
    fn chains(&self, analysis: &Analysis) -> Option<Vec<Chain>> {
        let root = match &self.root {
            Some(id) => Some(wire::Names::new(analysis).target(id)?),
            None => None,
        };
        let query = Query {
            root,
            author: self.author.clone(),
            kind: self.kind.map(|kind| match kind {
                StepKind::Attack => Kind::Attack,
                StepKind::Support => Kind::Support,
                StepKind::Answer => Kind::Answer,
            }),
            min_length: self.min_length,
        };
        let chains = analysis.chains_where(query);
        Some(chains.take(self.limit.saturating_add(1)).collect())
    }
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    let mut bench = args.judges.load(args.output.as_deref())?;
    args.inputs.keep_apart(args.output.as_deref())?;
    let mut output = Output::file_or_stdout(args.output.as_deref())?;
    let paint = style::painter(output.is_stdout());
    let style = style::style(&paint);
    let mut has_root = args.root.is_none();
    let outcome = args.inputs.for_each(messages, |thread| {
        let analysis = bench.analyze(thread, false, messages);
        let Some(chains) = args.chains(&analysis) else {
            return Ok(());
        };
        has_root = true;
        output.write("", "", |out| match args.format {
            Format::Text => export::write_chains(&analysis, &chains, args.limit, out, &style),
            Format::Json => json(&analysis, chains.iter().take(args.limit), out),
        })
    })?;
    output.finish()?;
    if let (false, Some(root)) = (has_root, &args.root) {
        anyhow::bail!(
            "no thread has a unit or comment `{root}` to begin at; `rejoinder analyze --format json` shows their ids"
        );
    }
    Ok(bench.dismiss(outcome, messages))
}

fn json<'a>(
    analysis: &Analysis,
    chains: impl Iterator<Item = &'a Chain>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let names = wire::Names::new(analysis);
    for chain in chains {
        let line = Line {
            thread: &analysis.thread.id,
            chain: names.chain(chain),
            judges: analysis.into(),
        };
        write_line(out, &line)?;
    }
    Ok(())
}
