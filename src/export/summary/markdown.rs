//! A summary as CommonMark (<https://spec.commonmark.org/0.31.2/>).

use super::{Account, Entry, IN_PROSE, Report};
use std::io::{Result, Write};

pub(super) fn write(report: &Report, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "## {}\n", escaped(&report.title))?;
    writeln!(out, "{}\n", escaped(&report.facts))?;
    if let Some(told) = &report.told {
        account(told, out)?;
    }
    for section in &report.sections {
        writeln!(out, "### {}\n", section.title)?;
        for entry in &section.entries {
            self::entry(entry, out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// One paragraph, which the words do not begin, so that they begin no list of their own.
fn account(told: &Account, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "### {IN_PROSE}\n")?;
    write!(out, "*({})*", escaped(&told.origin))?;
    for (words, comments) in &told.sentences {
        write!(out, " {} ({})", escaped(words), escaped(comments))?;
    }
    writeln!(out, "\n")
}

/// The words stand in quotation marks, so that they begin no list or heading of their own.
fn entry(entry: &Entry, out: &mut dyn Write) -> Result<()> {
    let pad = if entry.is_below { "  " } else { "" };
    let lead = entry.lead.map(|(_, word)| format!("*{word}:* "));
    let lead = lead.unwrap_or_default();
    let (words, origin) = (escaped(&entry.words), escaped(&entry.origin));
    let note = entry.note.as_ref().map(|note| format!(" · **{note}**"));
    let note = note.unwrap_or_default();
    writeln!(out, "{pad}- {lead}“{words}” ({origin}){note}")
}

/// Every ASCII punctuation mark may be escaped; those that could mean something are.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#|~&!$^=+-".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_markup() {
        assert_eq!(
            escaped("# <b>*no* [x](y) `z`\\"),
            r"\# \<b\>\*no\* \[x\](y) \`z\`\\"
        );
    }
}
