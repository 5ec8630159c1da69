//! `rejoinder analyze`: the whole analysis of each thread, in any format.

use super::{
    Outcome,
    input::Inputs,
    judges::{Bench, Judges},
    message::Messages,
    output::Output,
    style,
};
use crate::{
    cross::Cross,
    export::{self, CrossWriter, Exporter},
};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// What to read, how to judge it, and what to write.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Format of the result; `rejoinder list formats` shows all
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = parse_format)]
    format: &'static dyn Exporter,
    /// Write to this file, or into this folder with a file for each thread
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    judges: Judges,
    /// Say for each label which words moved it most, by judging the comment without
    /// each of its first 200: seconds for a long comment
    #[arg(long)]
    explain: bool,
    /// Compare all threads, and write what is said in several of them, with who said it first and
    /// where. Each thread read counts, so make one of several captures with --merge. All threads
    /// are held in memory
    #[arg(long)]
    cross_thread: bool,
}

impl std::fmt::Debug for dyn Exporter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

fn parse_format(id: &str) -> Result<&'static dyn Exporter, String> {
    let known = || {
        export::EXPORTERS
            .iter()
            .map(|format| format.id())
            .collect::<Vec<_>>()
            .join(", ")
    };
    export::by_id(id).ok_or_else(|| format!("there is no such format; it is one of {}", known()))
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    let mut bench = args.judges.load(args.output.as_deref())?;
    args.inputs.keep_apart(args.output.as_deref())?;
    if args.cross_thread {
        return cross_thread(args, messages, bench);
    }
    let mut output = Output::new(args.output.as_deref())?;
    let paint = style::painter(output.is_stdout());
    let style = style::style(&paint);
    let mut one_written = false;
    let outcome = args.inputs.for_each(messages, |thread| {
        // Half of what was asked for would look like all of it, so that this is an error.
        if args.format.holds_one_thread() && !output.is_folder() && one_written {
            anyhow::bail!(
                "a file of the format {} holds one thread, and there are more; only the first was written. \
                 Name a folder with -o FOLDER/ for a file each, or make them one with --merge",
                args.format.id()
            );
        }
        one_written = true;
        let analysis = bench.analyze(thread, args.explain, messages);
        let (id, extension) = (&analysis.thread.id, args.format.extension());
        output.write(id, extension, |out| {
            args.format.write(&analysis, out, &style)
        })
    })?;
    output.finish()?;
    Ok(bench.dismiss(outcome, messages))
}

/// Writes what is said in several threads: one result of all of them.
fn cross_thread(args: &Args, messages: &Messages, mut bench: Bench) -> Result<Outcome> {
    let write = cross_writer(args.format)?;
    let output = args.output.as_deref();
    if output.is_some_and(Path::is_dir) {
        anyhow::bail!("--cross-thread writes one result of all threads; name a file with -o");
    }
    let mut output = Output::file_or_stdout(output)?;
    let paint = style::painter(output.is_stdout());
    let style = style::style(&paint);
    let mut analyses = Vec::new();
    let outcome = args.inputs.for_each(messages, |thread| {
        analyses.push(bench.analyze(thread, args.explain, messages));
        Ok(())
    })?;
    let cross = Cross::new(&analyses);
    output.write("", "", |out| write(&cross, out, &style))?;
    output.finish()?;
    Ok(bench.dismiss(outcome, messages))
}

fn cross_writer(format: &dyn Exporter) -> Result<CrossWriter> {
    let Some(writer) = format.cross() else {
        let able = export::EXPORTERS
            .iter()
            .filter(|format| format.cross().is_some());
        let able: Vec<&str> = able.map(|format| format.id()).collect();
        anyhow::bail!(
            "the format {} cannot show several threads as one; name one of {} with --format",
            format.id(),
            able.join(", ")
        );
    };
    Ok(writer)
}
