//! The command line: arguments, colors, messages and exit codes.
//!
//! Each command is one file with its arguments and a `run`; this module only hands over. Results go
//! to stdout, messages to stderr. Nothing below this layer knows of clap, anyhow or colors.

mod analyze;
mod chains;
mod eval;
mod fetch;
mod generate;
mod input;
mod judges;
mod label;
mod list;
mod llm;
mod message;
mod output;
mod parse;
mod sample;
mod standing;
mod style;
mod summarize;
mod train;
mod triggers;
mod web;

use clap::{CommandFactory, Parser, Subcommand};
use message::Messages;
use std::process::ExitCode;

/// How a command ended; printed errors included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All inputs were processed: exit code 0.
    Done,
    /// Some inputs were skipped with a message: exit code 1.
    Skipped,
}

/// Reads comment threads and shows who claims what, on what grounds, against whom.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// When to use colors
    #[arg(long, value_enum, global = true, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

const EXIT_CODES: &str = "Examples:
  rejoinder analyze page.txt                    the outline, claims and chains of a saved page
  rejoinder analyze -f json pages/ -o out.jsonl a folder of pages as JSON Lines
  rejoinder parse page.html | rejoinder chains -
  rejoinder summarize --words 100 page.html     a thread in a hundred words
  rejoinder parse --merge page1.html page2.html one thread of its pages
  rejoinder analyze --cross-thread pages/       what several threads say, and who said it first
  rejoinder list sources                        what is read

Exit codes: 0 done, 1 done with inputs skipped, 2 error.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read threads and write them as JSON Lines
    Parse(parse::Args),
    /// Analyze threads: outline, claims, labels, relations, chains
    Analyze(analyze::Args),
    /// Fetch threads from the web, keep them in a WARC file, and write them as JSON Lines
    Fetch(fetch::Args),
    /// Label loose texts, JSON Lines in and out
    Label(label::Args),
    /// Show how the argument ran, chain by chain
    Chains(chains::Args),
    /// Show what stands before attacks on persons
    Triggers(triggers::Args),
    /// Summarize threads: what they are about, who stands where, what is open
    Summarize(summarize::Args),
    /// Show which arguments hold against what was said against them
    Standing(standing::Args),
    /// Draw what people judge, to validate the labels
    Sample(sample::Args),
    /// List sources, formats, labels, models or lexicons
    List(list::Args),
    /// Measure a model on labeled threads, or on a sample that people judged
    Eval(eval::Args),
    /// Write shell completions or the man page
    Generate(generate::Args),
    /// Learn the `fast` model from labeled data
    Train(train::Args),
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match cli.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    let messages = Messages::new(cli.quiet);
    let result = match cli.command {
        Command::Parse(args) => parse::run(&args, &messages),
        Command::Analyze(args) => analyze::run(&args, &messages),
        Command::Fetch(args) => fetch::run(&args, &messages),
        Command::Label(args) => label::run(&args, &messages),
        Command::Chains(args) => chains::run(&args, &messages),
        Command::Triggers(args) => triggers::run(&args, &messages),
        Command::Summarize(args) => summarize::run(&args, &messages),
        Command::Standing(args) => standing::run(&args, &messages),
        Command::Sample(args) => sample::run(&args, &messages),
        Command::List(args) => list::run(&args),
        Command::Eval(args) => eval::run(&args, &messages),
        Command::Generate(args) => generate::run(&args, &mut Cli::command()),
        Command::Train(args) => train::run(&args),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Skipped) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages.error(&format_args!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// A reader that has seen enough (`| head`) is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let is_broken = |io: &std::io::Error| io.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        // A writer of CSV hides what befell it from the chain.
        let csv = io.and_then(|io| io.get_ref()?.downcast_ref::<csv::Error>());
        let inner = csv.and_then(|csv| match csv.kind() {
            csv::ErrorKind::Io(io) => Some(io),
            _ => None,
        });
        io.is_some_and(is_broken) || inner.is_some_and(is_broken)
    })
}
