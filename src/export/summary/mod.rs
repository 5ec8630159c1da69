//! A summary for people: the same sections as text, as Markdown, and as a page for the browser.
//!
//! What is said stands here; each form only says how it looks. Every sentence is followed by the comment
//! that it was taken from and its author. Prose comes first and is marked as what it is: no extract.

mod html;
mod markdown;
mod text;

pub use html::HEAD as SUMMARY_HTML_HEAD;

use super::{
    Mark, Style,
    text::{
        author, clipped_sum, comments_and_authors, corrected, count, one_line, shown_id, title,
    },
};
use crate::{
    analysis::Analysis,
    summary::{Derailment, Dispute, Prose, Summary},
};
use std::io::{Result, Write};

/// How a summary is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummaryForm {
    /// Lines for a terminal.
    Text,
    /// CommonMark.
    Markdown,
    /// HTML, to stand below [`SUMMARY_HTML_HEAD`].
    Html,
}

/// Writes a summary of the analyzed thread, led by prose about it where there is any; summaries can stand one
/// behind another.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_summary(
    analysis: &Analysis,
    summary: &Summary,
    prose: Option<&Prose>,
    form: SummaryForm,
    out: &mut dyn Write,
    style: &Style<'_>,
) -> Result<()> {
    let report = Report::new(analysis, summary, prose);
    match form {
        SummaryForm::Text => text::write(&report, out, style),
        SummaryForm::Markdown => markdown::write(&report, out),
        SummaryForm::Html => html::write(&report, out),
    }
}

/// A summary in words.
struct Report {
    title: String,
    /// What stands below the title: counts, and who judged.
    facts: String,
    told: Option<Account>,
    sections: Vec<Section>,
}

/// What prose is headed with.
const IN_PROSE: &str = "In prose";

/// Prose.
struct Account {
    /// Who wrote it.
    origin: String,
    /// Sentences with the comments that they tell of.
    sentences: Vec<(String, String)>,
}

struct Section {
    title: &'static str,
    entries: Vec<Entry>,
}

/// A sentence of a section.
struct Entry {
    /// Whether it belongs to the one before.
    is_below: bool,
    /// What it is within its section.
    lead: Option<(Mark, &'static str)>,
    words: String,
    /// The comment and its author.
    origin: String,
    /// What the graph says of it.
    note: Option<String>,
}

impl Report {
    fn new(analysis: &Analysis, summary: &Summary, prose: Option<&Prose>) -> Self {
        let writer = Writer { analysis };
        let plain = |units: &[usize]| units.iter().map(|&unit| writer.entry(unit)).collect();
        let contested = summary.contested.iter();
        let derailments = summary.derailments.iter();
        let sections = [
            ("About", plain(&summary.about)),
            (
                "Contested claims",
                contested
                    .flat_map(|dispute| writer.dispute(dispute))
                    .collect(),
            ),
            ("Open questions", plain(&summary.questions)),
            ("Evidence cited", plain(&summary.evidence)),
            (
                "Where it turned on persons",
                derailments
                    .flat_map(|found| writer.derailment(*found))
                    .collect(),
            ),
        ];
        let sections = sections
            .into_iter()
            .map(|(title, entries): (_, Vec<Entry>)| Section { title, entries })
            .filter(|section| !section.entries.is_empty());
        Self {
            title: title(&analysis.thread),
            facts: writer.facts(summary),
            told: prose.map(|prose| writer.account(prose)),
            sections: sections.collect(),
        }
    }
}

/// Puts units and counts into words.
struct Writer<'a> {
    analysis: &'a Analysis,
}

impl Writer<'_> {
    fn facts(&self, summary: &Summary) -> String {
        let Analysis { metrics, model, .. } = self.analysis;
        let mut facts = comments_and_authors(metrics);
        facts += &match summary.words {
            0 => format!(" · no sentence fits into {}", count(summary.limit, "word")),
            words => format!(" in {}", count(words, "word")),
        };
        let sum = clipped_sum(&model.sha256);
        facts += &format!(" · model {} {} ({sum})", model.id, model.version);
        match corrected(self.analysis) {
            Some(corrected) => format!("{facts} · {corrected}"),
            None => facts,
        }
    }

    fn account(&self, prose: &Prose) -> Account {
        let told = prose.sentences.iter().map(|told| {
            let mut comments: Vec<String> = Vec::new();
            for &unit in &told.units {
                let comment = self.analysis.units[unit].comment;
                let id = shown_id(self.analysis.thread.comment(comment));
                if !comments.contains(&id) {
                    comments.push(id);
                }
            }
            (one_line(&told.text), comments.join(", "))
        });
        let dropped = prose.dropped.len();
        Account {
            origin: one_line(&format!(
                "written by {} at {} from the extract below, {dropped} of {} dropped",
                prose.model,
                prose.endpoint,
                count(dropped + prose.sentences.len(), "sentence"),
            )),
            sentences: told.collect(),
        }
    }

    fn entry(&self, unit: usize) -> Entry {
        let idx = self.analysis.units[unit].comment;
        let comment = self.analysis.thread.comment(idx);
        Entry {
            is_below: false,
            lead: None,
            words: one_line(self.analysis.text(unit)),
            origin: format!("{} {}", shown_id(comment), author(comment)),
            note: None,
        }
    }

    fn dispute(&self, dispute: &Dispute) -> Vec<Entry> {
        let mut note = format!(
            "{} for, {} against",
            count(dispute.authors_for, "author"),
            dispute.authors_against
        );
        if !dispute.repeated.is_empty() {
            note += &format!(", said {} times", dispute.repeated.len() + 1);
        }
        let claim = Entry {
            note: Some(note),
            ..self.entry(dispute.claim)
        };
        let point = |unit: Option<usize>, mark: Mark, word: &'static str| {
            unit.map(|unit| Entry {
                is_below: true,
                lead: Some((mark, word)),
                ..self.entry(unit)
            })
        };
        let points = [
            point(dispute.point_for, Mark::Support, "for"),
            point(dispute.point_against, Mark::Attack, "against"),
        ];
        std::iter::once(claim)
            .chain(points.into_iter().flatten())
            .collect()
    }

    fn derailment(&self, found: Derailment) -> Vec<Entry> {
        let lead = |unit: usize, mark: Mark, word: &'static str| Entry {
            lead: Some((mark, word)),
            ..self.entry(unit)
        };
        let Some(before) = found.before else {
            return vec![self.entry(found.at)];
        };
        let attack = Entry {
            is_below: true,
            ..lead(found.at, Mark::Person, "then")
        };
        vec![lead(before, Mark::Faint, "before"), attack]
    }
}
