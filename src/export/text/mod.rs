//! A report to be read in a terminal: outline, what is talked about, contested claims, attacks on
//! persons, chains.

mod cross;
mod reasons;
mod sections;
mod standing;
#[cfg(test)]
mod tests;

use super::{CrossWriter, Exporter, Mark, Style, turns_direction};
use crate::{
    analysis::{Analysis, ModelVersion},
    argument::{Chain, Metrics, Verdict},
    label::{Basis, CommentUnits, Role, Stance, probability},
    thread::{Comment, CommentIdx, CommentKind, State, Thread, codes},
};
use std::io::{Result, Write};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

#[derive(Debug)]
pub(super) struct Text;

pub(super) static EXPORTER: Text = Text;

/// Replies deeper than this stand no further to the right; their depth is said in words.
const MAX_INDENT: usize = 12;

/// A stance below this probability gets a question mark.
const SURE: f32 = 0.6;

/// Columns that an author's id and name have at least.
const MIN_ROOM: usize = 16;

impl Exporter for Text {
    fn id(&self) -> &'static str {
        "text"
    }

    fn summary(&self) -> &'static str {
        "a report for reading: outline, contested claims, attacks on persons, chains"
    }

    fn extension(&self) -> &'static str {
        "txt"
    }

    fn write(&self, analysis: &Analysis, out: &mut dyn Write, style: &Style<'_>) -> Result<()> {
        let mut report = Report::new(analysis, style, out);
        report.head()?;
        report.outline()?;
        report.talked_about()?;
        report.contested()?;
        report.attacks_on_persons()?;
        report.chains(
            &analysis.chains,
            sections::CHAINS_SHOWN,
            "Nobody answers anybody.",
        )?;
        report.warnings()?;
        writeln!(report.out)
    }

    fn cross(&self) -> Option<CrossWriter> {
        Some(cross::write)
    }
}

/// The thread's title and the first `limit` of some of its chains.
pub(super) fn write_chains(
    analysis: &Analysis,
    chains: &[Chain],
    limit: usize,
    out: &mut dyn Write,
    style: &Style<'_>,
) -> Result<()> {
    let mut report = Report::new(analysis, style, out);
    report.head()?;
    report.chains(chains, limit, "There is no such chain of replies.")?;
    writeln!(report.out)
}

/// The thread's title and how its arguments stand by `verdict`.
pub(super) fn write_standing(
    analysis: &Analysis,
    verdict: &Verdict,
    out: &mut dyn Write,
    style: &Style<'_>,
) -> Result<()> {
    let mut report = Report::new(analysis, style, out);
    report.head()?;
    report.standing(verdict)?;
    writeln!(report.out)
}

/// A report while it is written.
struct Report<'a> {
    analysis: &'a Analysis,
    style: &'a Style<'a>,
    out: &'a mut dyn Write,
}

impl<'a> Report<'a> {
    fn new(analysis: &'a Analysis, style: &'a Style<'a>, out: &'a mut dyn Write) -> Self {
        Self {
            analysis,
            style,
            out,
        }
    }

    fn paint(&self, mark: Mark, text: &str) -> String {
        (self.style.paint)(mark, text)
    }

    fn heading(&mut self, text: &str) -> Result<()> {
        let text = self.paint(Mark::Heading, text);
        writeln!(self.out, "\n{text}")
    }

    /// A paragraph, broken at the width; all lines stand `indent` columns in.
    fn paragraph(&mut self, indent: usize, text: &str) -> Result<()> {
        paragraph(indent, text, self.out, self.style)
    }

    fn head(&mut self) -> Result<()> {
        let Analysis {
            thread,
            model,
            metrics,
            ..
        } = self.analysis;
        for line in textwrap::wrap(&title(thread), self.style.width.max(20)) {
            let line = self.paint(Mark::Heading, &line);
            writeln!(self.out, "{line}")?;
        }
        let levels = metrics.max_depth + usize::from(metrics.comments > 0);
        let facts = [
            comments_and_authors(metrics),
            format!(
                "{} to the article, {} deep",
                metrics.roots,
                count(levels, "level")
            ),
            count(metrics.units, "unit"),
            count(metrics.claims, "claim"),
            count(metrics.attacks, "attack"),
            count(metrics.supports, "support"),
            format!("{} technical", count(metrics.technical, "comment")),
            format!("{} on persons", metrics.ad_hominem),
            self.not_judged(),
            format!("source {}", thread.source),
            shown_model(model),
            corrected(self.analysis).unwrap_or_default(),
        ];
        let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        self.paragraph(0, &facts.join(" · "))
    }

    /// How many comments the model does not understand, so that nobody takes them for free of attacks.
    fn not_judged(&self) -> String {
        let warnings = self.analysis.warnings.iter();
        let code = codes::UNSUPPORTED_LANGUAGE;
        match warnings.filter(|warning| warning.code == code).count() {
            0 => String::new(),
            count => format!("{} not judged (language)", self::count(count, "comment")),
        }
    }

    fn outline(&mut self) -> Result<()> {
        self.heading("OUTLINE")?;
        let thread = &self.analysis.thread;
        let in_order = thread.tree.preorder().into_iter();
        for idx in in_order.filter(|&idx| thread.comment(idx).kind != CommentKind::Pingback) {
            self.outline_comment(idx)?;
        }
        Ok(())
    }

    fn outline_comment(&mut self, idx: CommentIdx) -> Result<()> {
        let comment = self.analysis.thread.comment(idx);
        let indent = 2 * comment.depth.min(MAX_INDENT);
        let labels = self.labels(idx);
        let width = self.style.width.saturating_sub(indent).max(MIN_ROOM);
        // Labels that leave no room for the author stand on a line of their own.
        let beside = labels.width() + 2 + MIN_ROOM <= width;
        let room = if beside {
            width - labels.width() - 2
        } else {
            width
        };
        let id = shown_id(comment);
        let name = clipped(&author(comment), room.saturating_sub(id.width() + 1).max(8));
        let fill = " ".repeat(room.saturating_sub(id.width() + 1 + name.width()));
        let (id, name) = (
            self.paint(Mark::Faint, &id),
            self.paint(Mark::Author, &name),
        );
        let pad = " ".repeat(indent);
        if beside {
            let labels = self.painted(idx, labels);
            let line = format!("{pad}{id} {name}{fill}  {labels}");
            writeln!(self.out, "{}", line.trim_end())?;
        } else {
            let labels = clipped(&labels, width - 2);
            let labels = self.painted(idx, labels);
            writeln!(self.out, "{pad}{id} {name}\n{pad}  {labels}")?;
        }
        let words = self.main_words(idx);
        let words = clipped(&words, width - 2);
        writeln!(self.out, "{pad}  {words}")?;
        self.reasons(idx, indent + 4)
    }

    /// Stance and labels of a comment in a few words.
    fn labels(&self, idx: CommentIdx) -> String {
        let labels = &self.analysis.labels;
        let units = CommentUnits::new(&self.analysis.units).range(idx);
        let mut words: Vec<&str> = Vec::new();
        words.extend(self.stance(idx).filter(|_| !units.is_empty()));
        for basis in [Basis::Technical, Basis::Evidence, Basis::Experience] {
            if units
                .clone()
                .any(|unit| labels.units[unit].basis.contains(&basis))
            {
                words.push(basis.as_str());
            }
        }
        // Incivility and sarcasm are found too seldom right to stand in an overview.
        let attacks_person = |unit: usize| labels.units[unit].attacks_person();
        if units.clone().any(attacks_person) {
            words.push("AD HOMINEM");
        }
        let depth = self.analysis.thread.comment(idx).depth;
        let deep = (depth > MAX_INDENT).then(|| format!("depth {depth}"));
        let people = self.analysis.provenance.of_comment(idx, units);
        let people = people
            .into_iter()
            .map(|name| format!("(by {})", one_line(name)));
        words
            .into_iter()
            .map(str::to_owned)
            .chain(people)
            .chain(deep)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// A comment's side in a word, with a question mark where the model is not sure.
    fn stance(&self, idx: CommentIdx) -> Option<&'static str> {
        let labels = &self.analysis.labels.comments[idx.get()];
        let stance = labels.stance?;
        let sure = probability(&labels.scores, stance.as_str()) >= SURE;
        match (stance, sure) {
            (Stance::Agree, true) => Some("+agree"),
            (Stance::Agree, false) => Some("+agree?"),
            (Stance::Disagree, true) => Some("-disagree"),
            (Stance::Disagree, false) => Some("-disagree?"),
            (Stance::Neutral, _) => None,
        }
    }

    fn painted(&self, idx: CommentIdx, labels: String) -> String {
        if labels.contains("AD HOMINEM") {
            return self.paint(Mark::Person, &labels);
        }
        match self.analysis.labels.comments[idx.get()].stance {
            Some(Stance::Agree) => self.paint(Mark::Support, &labels),
            Some(Stance::Disagree) => self.paint(Mark::Attack, &labels),
            _ => self.paint(Mark::Faint, &labels),
        }
    }

    /// What a comment says in one line: its surest claim, or else its first words.
    fn main_words(&self, idx: CommentIdx) -> String {
        let comment = self.analysis.thread.comment(idx);
        let units = CommentUnits::new(&self.analysis.units).range(idx);
        let labels = &self.analysis.labels.units;
        let sure = |unit: usize| probability(&labels[unit].scores, Role::Claim.as_str());
        let claims = units
            .clone()
            .filter(|&unit| labels[unit].role == Role::Claim);
        let claim = claims.reduce(|best, unit| if sure(unit) > sure(best) { unit } else { best });
        let own = || units.clone().find(|&unit| labels[unit].role != Role::Quote);
        let unit = claim.or_else(own).or_else(|| units.clone().next());
        match unit {
            Some(unit) => one_line(self.analysis.text(unit)),
            None if comment.state == State::Live => "(no text)".to_owned(),
            None => format!("({})", comment.state.as_str()),
        }
    }
}

/// A paragraph, broken at the width; all lines stand `indent` columns in.
fn paragraph(indent: usize, text: &str, out: &mut dyn Write, style: &Style<'_>) -> Result<()> {
    let pad = " ".repeat(indent);
    let width = style.width.saturating_sub(indent).max(20);
    for line in textwrap::wrap(&one_line(text), width) {
        writeln!(out, "{pad}{line}")?;
    }
    Ok(())
}

fn shown_model(model: &ModelVersion) -> String {
    let sum = clipped_sum(&model.sha256);
    format!("model {} {} ({sum})", model.id, model.version)
}

/// The first digits of a SHA-256: enough to tell models apart.
pub(super) fn clipped_sum(sha256: &str) -> &str {
    sha256.get(..12).unwrap_or(sha256)
}

/// The thread's title as shown: its own, else that of what it comments on, else its id.
pub(super) fn title(thread: &Thread) -> String {
    let article = thread.article.as_ref();
    let of_article = article.and_then(|article| article.title.as_deref());
    one_line(thread.title.as_deref().or(of_article).unwrap_or(&thread.id))
}

pub(super) fn comments_and_authors(metrics: &Metrics) -> String {
    let mut counts = count(metrics.comments, "comment");
    if metrics.authors > 0 {
        counts += &format!(" by {}", count(metrics.authors, "author"));
    }
    counts
}

/// How many corrections people made, and who; nothing where there are none.
pub(super) fn corrected(analysis: &Analysis) -> Option<String> {
    let provenance = &analysis.provenance;
    let people: Vec<_> = provenance.people().into_iter().collect();
    let made = provenance.lines.len();
    (made > 0).then(|| format!("{} by {}", count(made, "correction"), people.join(", ")))
}

/// A comment's id as shown; mail has ids that fill a line, and often begin and end alike.
pub(super) fn shown_id(comment: &Comment) -> String {
    const LONGEST: usize = 24;
    let id = one_line(&comment.id);
    let local: Vec<char> = id.split('@').next().unwrap_or(&id).chars().collect();
    if local.len() <= LONGEST {
        return clipped(&id, LONGEST);
    }
    let tail = &local[local.len() - (LONGEST - 9)..];
    let shown: String = local.iter().take(8).chain(&['…']).chain(tail).collect();
    clipped(&shown, LONGEST)
}

/// The author's name as shown; two dashes where the capture has none.
pub(super) fn author(comment: &Comment) -> String {
    let author = comment.author.as_ref();
    author.map_or_else(|| "--".to_owned(), |author| one_line(&author.name))
}

pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The text on one line, without the control characters by which a comment could play on a terminal,
/// and without those that turn the direction of writing.
pub(super) fn one_line(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|&c| !turns_direction(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text cut to `width` columns, with an ellipsis where something is lacking.
fn clipped(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = text.graphemes(true).take_while(|grapheme| {
        used += grapheme.width();
        used <= width
    });
    let kept: String = fits.collect();
    format!("{}…", kept.trim_end())
}
