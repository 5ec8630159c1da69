//! `rejoinder standing`: which arguments hold against what was said against them.

use super::{Outcome, input::Inputs, judges::Judges, message::Messages, output::Output, style};
use crate::{
    analysis::wire::StandingLine,
    argument::{self, semantics::Bound},
    export,
    thread::wire::write_line,
};
use anyhow::Result;
use clap::ValueEnum;
use std::path::PathBuf;

/// What to read, and by which semantics to judge it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Which semantics judges
    #[arg(long, value_enum, value_name = "SEMANTICS", default_value_t = Semantics::Grounded)]
    semantics: Semantics,
    /// What supports count for; `gradual` weighs them always
    #[arg(long, value_enum, value_name = "SUPPORT", default_value_t = Support::None)]
    support: Support,
    /// Extensions that are sought of each thread at most
    #[arg(short = 'n', long, value_name = "N", default_value_t = Bound::default().extensions)]
    limit: usize,
    /// Format of the result
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    judges: Judges,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Semantics {
    /// The one position that every reasonable reader must accept
    Grounded,
    /// The largest positions that defend themselves
    Preferred,
    /// The positions that attack all else; there may be none
    Stable,
    /// A strength from 0 to 1 for each argument
    Gradual,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Support {
    /// Nothing: attacks alone decide
    None,
    /// Who accepts the supporter must accept what it supports
    Deductive,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table for reading
    Text,
    /// A line for each thread
    Json,
}

impl From<Semantics> for argument::Semantics {
    fn from(semantics: Semantics) -> Self {
        match semantics {
            Semantics::Grounded => Self::Grounded,
            Semantics::Preferred => Self::Preferred,
            Semantics::Stable => Self::Stable,
            Semantics::Gradual => Self::Gradual,
        }
    }
}

impl From<Support> for argument::Support {
    fn from(support: Support) -> Self {
        match support {
            Support::None => Self::None,
            Support::Deductive => Self::Deductive,
        }
    }
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    let mut bench = args.judges.load(args.output.as_deref())?;
    args.inputs.keep_apart(args.output.as_deref())?;
    let mut output = Output::file_or_stdout(args.output.as_deref())?;
    let paint = style::painter(output.is_stdout());
    let style = style::style(&paint);
    let (semantics, support) = (args.semantics.into(), args.support.into());
    let bound = Bound {
        extensions: args.limit,
        ..Bound::default()
    };
    let outcome = args.inputs.for_each(messages, |thread| {
        let analysis = bench.analyze(thread, false, messages);
        let verdict = analysis.standing.verdict(semantics, support, bound);
        output.write("", "", |out| match args.format {
            Format::Text => export::write_standing(&analysis, &verdict, out, &style),
            Format::Json => write_line(out, &StandingLine::new(&analysis, &verdict)),
        })
    })?;
    output.finish()?;
    Ok(bench.dismiss(outcome, messages))
}
