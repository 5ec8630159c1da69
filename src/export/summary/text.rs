//! A summary for a terminal.

use super::{Account, Entry, IN_PROSE, Mark, Report, Style};
use std::io::{Result, Write};

/// Columns that words have at least, on however narrow a terminal.
const LEAST: usize = 20;

pub(super) fn write(report: &Report, out: &mut dyn Write, style: &Style<'_>) -> Result<()> {
    for line in textwrap::wrap(&report.title, style.width.max(LEAST)) {
        writeln!(out, "{}", (style.paint)(Mark::Heading, &line))?;
    }
    paragraph(&report.facts, 0, None, out, style)?;
    if let Some(told) = &report.told {
        account(told, out, style)?;
    }
    for section in &report.sections {
        let title = section.title.to_uppercase();
        writeln!(out, "\n{}", (style.paint)(Mark::Heading, &title))?;
        for entry in &section.entries {
            self::entry(entry, out, style)?;
        }
    }
    writeln!(out)
}

fn account(told: &Account, out: &mut dyn Write, style: &Style<'_>) -> Result<()> {
    let title = IN_PROSE.to_uppercase();
    writeln!(out, "\n{}", (style.paint)(Mark::Heading, &title))?;
    paragraph(&format!("[{}]", told.origin), 2, None, out, style)?;
    for (words, comments) in &told.sentences {
        paragraph(&format!("{words} [{comments}]"), 2, None, out, style)?;
    }
    Ok(())
}

fn entry(entry: &Entry, out: &mut dyn Write, style: &Style<'_>) -> Result<()> {
    let indent = if entry.is_below { 4 } else { 2 };
    paragraph(&entry.words, indent, entry.lead, out, style)?;
    let origin = match &entry.note {
        Some(note) => format!("[{}] · {note}", entry.origin),
        None => format!("[{}]", entry.origin),
    };
    paragraph(&origin, indent + 2, None, out, style)
}

/// Words broken at the width; all lines stand `indent` columns in, and the first is led by a marked word.
fn paragraph(
    words: &str,
    indent: usize,
    lead: Option<(Mark, &'static str)>,
    out: &mut dyn Write,
    style: &Style<'_>,
) -> Result<()> {
    let pad = " ".repeat(indent);
    let width = style.width.saturating_sub(indent).max(LEAST);
    let led = match lead {
        Some((_, word)) => format!("{word}: {words}"),
        None => words.to_owned(),
    };
    for (at, line) in textwrap::wrap(&led, width).iter().enumerate() {
        // The lead is short and stands whole in the first line; paint has no width.
        match lead.and_then(|(mark, word)| Some((mark, word, line.strip_prefix(word)?))) {
            Some((mark, word, rest)) if at == 0 => {
                writeln!(out, "{pad}{}{rest}", (style.paint)(mark, word))?;
            }
            _ => writeln!(out, "{pad}{line}")?,
        }
    }
    Ok(())
}
