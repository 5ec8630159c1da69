//! `rejoinder triggers`: what stands before attacks on persons.

use super::{Outcome, input::Inputs, judges::Judges, message::Messages, output::Output};
use crate::{
    analysis::{Analysis, ModelVersion},
    argument::{Trigger, triggers},
    label::Stance,
    train::measure::roc_auc,
};
use anyhow::Result;
use clap::ValueEnum;
use std::{io::Write, path::PathBuf};

/// What to read, and what to write of it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inputs: Inputs,
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
enum Format {
    /// Means over all threads
    Text,
    /// A row for each reply, with what the comment that it answers is like
    Csv,
}

/// A column: its name, and its value where it is known.
type Column = (&'static str, fn(&Trigger) -> Option<f64>);

/// What is known of the comment that is answered.
const COLUMNS: &[Column] = &[
    ("words", |t| Some(t.features.words as f64)),
    ("units", |t| Some(t.features.units as f64)),
    ("claims", |t| Some(t.features.claims as f64)),
    ("premises", |t| Some(t.features.premises as f64)),
    ("questions", |t| Some(t.features.questions as f64)),
    ("quotes", |t| Some(t.features.quotes as f64)),
    ("technical", |t| Some(t.features.technical as f64)),
    ("evidence", |t| Some(t.features.evidence as f64)),
    ("normative", |t| Some(t.features.normative as f64)),
    ("sarcastic", |t| Some(t.features.sarcastic as f64)),
    ("uncivil", |t| Some(t.features.uncivil as f64)),
    ("ad_hominem", |t| Some(t.features.ad_hominem as f64)),
    ("disagrees", |t| {
        t.features
            .stance
            .map(|stance| f64::from(u8::from(stance == Stance::Disagree)))
    }),
    ("exclamations", |t| Some(t.features.exclamations as f64)),
    ("shouted", |t| Some(t.features.shouted as f64)),
    ("depth", |t| Some(t.depth as f64)),
    ("attacks_above", |t| Some(t.attacks_above as f64)),
    ("same_author", |t| Some(f64::from(u8::from(t.same_author)))),
    ("seconds", |t| t.seconds.map(|seconds| seconds as f64)),
];

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    let mut bench = args.judges.load(args.output.as_deref())?;
    args.inputs.keep_apart(args.output.as_deref())?;
    let mut output = Output::file_or_stdout(args.output.as_deref())?;
    let mut all = Vec::new();
    if matches!(args.format, Format::Csv) {
        let names = COLUMNS.iter().map(|(name, _)| *name);
        let names = ["thread", "reply", "answered", "attacks"]
            .into_iter()
            .chain(names)
            .chain(["model"]);
        output.write("", "", |out| {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(names)?;
            writer.flush()
        })?;
    }
    let outcome = args.inputs.for_each(messages, |thread| {
        let analysis = bench.analyze(thread, false, messages);
        let found = triggers(&analysis.thread, &analysis.units, &analysis.labels);
        if matches!(args.format, Format::Csv) {
            return output.write("", "", |out| rows(&analysis, &found, out));
        }
        all.extend(found);
        Ok(())
    })?;
    if matches!(args.format, Format::Text) {
        let info = bench.model.info();
        let model = format!(
            "model {} {}\nSHA-256 {}",
            info.id, info.version, info.sha256
        );
        output.write("", "", |out| {
            table(&all, out)?;
            writeln!(out, "\n{model}")
        })?;
    }
    output.finish()?;
    Ok(bench.dismiss(outcome, messages))
}

fn rows(analysis: &Analysis, found: &[Trigger], out: &mut dyn Write) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let ModelVersion {
        id,
        version,
        sha256,
    } = &analysis.model;
    let model = format!("{id} {version} {sha256}");
    for trigger in found {
        let id = |idx| analysis.thread.comment(idx).id.clone();
        let attacks = u8::from(trigger.attacks).to_string();
        let place = [
            analysis.thread.id.clone(),
            id(trigger.reply),
            id(trigger.answered),
            attacks,
        ];
        let values = COLUMNS
            .iter()
            .map(|(_, value)| value(trigger).map_or_else(String::new, |value| value.to_string()));
        writer.write_record(place.into_iter().chain(values).chain([model.clone()]))?;
    }
    writer.flush()
}

/// For each column its mean before attacks and before other replies, and how well it ranks them.
fn table(all: &[Trigger], out: &mut dyn Write) -> std::io::Result<()> {
    let attacks = all.iter().filter(|trigger| trigger.attacks).count();
    writeln!(
        out,
        "{} replies, {attacks} with an attack on a person. What they answer is like this:\n",
        all.len()
    )?;
    writeln!(
        out,
        "{:<15}{:>16}{:>16}{:>8}",
        "mean", "before attacks", "before others", "AUC"
    )?;
    for (name, value) in COLUMNS {
        let values = all
            .iter()
            .filter_map(|trigger| Some((value(trigger)? as f32, trigger.attacks)));
        let values: Vec<(f32, bool)> = values.collect();
        let mean = |attacks: bool| {
            let of: Vec<f64> = values
                .iter()
                .filter(|(_, holds)| *holds == attacks)
                .map(|(value, _)| f64::from(*value))
                .collect();
            match of.len() {
                0 => "–".to_owned(),
                count => format!("{:.2}", of.iter().sum::<f64>() / count as f64),
            }
        };
        let auc = roc_auc(&values).map_or_else(|| "–".to_owned(), |auc| format!("{auc:.2}"));
        writeln!(
            out,
            "{name:<15}{:>16}{:>16}{auc:>8}",
            mean(true),
            mean(false)
        )?;
    }
    writeln!(
        out,
        "\nCounts are of units; an AUC of .5 says that a column tells nothing. What comes\n\
         before is no cause. `--format csv` has a row for each reply."
    )
}
