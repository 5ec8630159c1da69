//! `rejoinder list`: the sources, formats, labels, models and lexicons that are built in.

use super::Outcome;
use crate::{
    entity::lexicons, export::EXPORTERS, label::LABEL_SETS, model::MODELS, source::SOURCES,
};
use anyhow::Result;
use clap::ValueEnum;
use std::io::Write;

/// What to list.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_enum)]
    what: What,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// What is read, which parts of a thread each source holds, and on what it was tried
    Sources,
    /// What is written
    Formats,
    /// What the labels mean
    Labels,
    /// What judges
    Models,
    /// The tables of names and cues by which entities are found
    Lexicons,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let rows: Vec<(String, String)> = match args.what {
        What::Sources => SOURCES
            .iter()
            .map(|source| {
                let parts: Vec<_> = source.reads().iter().map(|part| part.as_str()).collect();
                (
                    source.id().to_owned(),
                    format!(
                        "{}; reads {}; witness: {}",
                        source.summary(),
                        parts.join(", "),
                        source.witness().as_str()
                    ),
                )
            })
            .collect(),
        What::Formats => EXPORTERS
            .iter()
            .map(|format| (format.id().to_owned(), format.summary().to_owned()))
            .collect(),
        What::Labels => LABEL_SETS
            .iter()
            .flat_map(|set| {
                let name = |label: &str| {
                    if label == set.id {
                        label.to_owned()
                    } else {
                        format!("{}: {label}", set.id)
                    }
                };
                set.labels
                    .iter()
                    .map(move |label| (name(label.id), label.meaning.to_owned()))
            })
            .collect(),
        What::Models => MODELS
            .iter()
            .map(|model| {
                let loaded = model.load()?;
                let text = format!("{} sha256 {}", model.summary, loaded.info().sha256);
                Ok((format!("{} {}", model.id, model.version), text))
            })
            .collect::<Result<_>>()?,
        What::Lexicons => lexicons()
            .iter()
            .map(|lexicon| {
                let name = format!("{} {}", lexicon.id, lexicon.version);
                (name, format!("sha256 {}", lexicon.sha256))
            })
            .collect(),
    };
    std::io::stdout().write_all(table(&rows).as_bytes())?;
    Ok(Outcome::Done)
}

/// Two columns, the second broken at 80 columns.
fn table(rows: &[(String, String)]) -> String {
    let first = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (name, text) in rows {
        let lines = textwrap::wrap(text, 80 - first - 2);
        for (at, line) in lines.iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            out.push_str(&format!("{name:first$}  {line}\n"));
        }
    }
    out
}
