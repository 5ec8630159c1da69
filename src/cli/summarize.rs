//! `rejoinder summarize`: the shortest fair account of each thread.

use super::{
    Outcome, input::Inputs, judges::Judges, llm::Llm, message::Messages, output::Output, style,
};
use crate::{
    analysis::{Analysis, wire},
    export::{self, SummaryForm},
    summary::{self, Prose, Summary},
    thread::wire::write_line,
};
use anyhow::Result;
use clap::ValueEnum;
use std::{io::Write, path::PathBuf};

/// What to read, and how long a summary may be.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Words of each summary at most; sentences are never cut
    #[arg(short, long, value_name = "N", default_value_t = summary::WORDS as u16,
        value_parser = clap::value_parser!(u16).range(1..=summary::MOST_WORDS as i64))]
    words: u16,
    /// Format of the result
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    judges: Judges,
    #[command(flatten)]
    llm: Llm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// For notes and wikis
    Markdown,
    /// A line for each thread: its id, the summary as in the analysis, the prose, the model
    Json,
    /// A page for the browser, without scripts, pictures or links
    Html,
}

/// A summary with the thread that it is of.
#[derive(serde::Serialize)]
struct Line<'a> {
    thread: &'a str,
    #[serde(flatten)]
    summary: wire::SummaryObject<'a>,
    prose: Option<wire::ProseObject<'a>>,
    #[serde(flatten)]
    judges: wire::JudgesObject<'a>,
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    let writer = args.llm.writer()?;
    let mut bench = args.judges.load(args.output.as_deref())?;
    args.inputs.keep_apart(args.output.as_deref())?;
    let mut output = Output::file_or_stdout(args.output.as_deref())?;
    let paint = style::painter(output.is_stdout());
    let style = style::style(&paint);
    let mut is_first = true;
    let mut lacks_prose = false;
    let outcome = args.inputs.for_each(messages, |thread| {
        let analysis = bench.analyze(thread, false, messages);
        let summary = analysis.summarize(args.words.into());
        let prose = writer.as_ref().and_then(|writer| {
            let written = writer.write(&analysis, &summary, bench.model.as_ref());
            written.unwrap_or_else(|error| {
                lacks_prose = true;
                messages.error(&error);
                let id = &analysis.thread.id;
                messages.note(&format!("{id:?}: the summary is written without prose"));
                None
            })
        });
        let prose = prose.as_ref();
        let starts_page = std::mem::take(&mut is_first) && args.format == Format::Html;
        output.write("", "", |out| {
            if starts_page {
                out.write_all(export::SUMMARY_HTML_HEAD.as_bytes())?;
            }
            let form = match args.format {
                Format::Json => return json(&analysis, &summary, prose, out),
                Format::Text => SummaryForm::Text,
                Format::Markdown => SummaryForm::Markdown,
                Format::Html => SummaryForm::Html,
            };
            export::write_summary(&analysis, &summary, prose, form, out, &style)
        })
    })?;
    output.finish()?;
    let outcome = bench.dismiss(outcome, messages);
    Ok(match lacks_prose {
        true => Outcome::Skipped,
        false => outcome,
    })
}

fn json(
    analysis: &Analysis,
    summary: &Summary,
    prose: Option<&Prose>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let names = wire::Names::new(analysis);
    let line = Line {
        thread: &analysis.thread.id,
        summary: names.summary(summary),
        prose: prose.map(|prose| names.prose(prose)),
        judges: analysis.into(),
    };
    write_line(out, &line)
}
