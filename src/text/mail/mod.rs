//! Finds the blocks of a mail: what else than its author's words it holds, and where.
//!
//! Mail quotes line by line, says above a quotation whose words it is, and carries signatures, patches,
//! armor and footers along. What is left of it is plain text, read as [`plain`] reads it. [`html`] reads mails that are
//! written in HTML, [`unflow`] joins lines that a mailer broke.

mod flowed;
mod marks;
mod patch;

pub use flowed::unflow;

use super::{Block, BlockKind, Body, html as markup, plain};
use crate::span::Span;
use marks::Field;
use scraper::ElementRef;
use std::collections::HashMap;

/// A body whose text is `text` with `\n` at the end of lines and without empty lines around it.
///
/// # Example
/// ```
/// use rejoinder::text::{BlockKind, mail};
///
/// let body = mail::body("Ada wrote:\n> Rotate it.\n\nWhy?\n\n-- \nBob\n");
/// let kinds: Vec<_> = body.blocks.iter().map(|block| block.kind).collect();
/// use BlockKind::{Attribution, Paragraph, Quote, Signature};
/// assert_eq!(kinds, [Attribution, Quote, Paragraph, Signature]);
/// ```
#[must_use]
pub fn body(text: &str) -> Body {
    let text = tidy(text);
    let blocks = Reader::new(&text).read();
    let links = plain::links(&text);
    Body {
        text,
        blocks,
        links,
    }
}

/// The body of a mail written in HTML. The flag says whether it nests so deeply that elements were made
/// siblings.
#[must_use]
pub fn html(page: &str) -> (Body, bool) {
    let (page, flattened) = markup::parse_document(page);
    (markup::body_with(page.root_element(), role), flattened)
}

/// What mailers' classes and ids say.
fn role(element: ElementRef<'_>) -> markup::Role {
    use markup::Role::{As, Usual};
    let element = element.value();
    let id = element.id().unwrap_or_default();
    let named = |names: &[&str]| element.classes().any(|class| names.contains(&class));
    if id.ends_with("divRplyFwdMsg")
        || named(&["gmail_attr", "moz-cite-prefix", "OutlookMessageHeader"])
    {
        return As(BlockKind::Attribution);
    }
    if named(&[
        "gmail_signature",
        "moz-signature",
        "moz-txt-sig",
        "protonmail_signature_block",
    ]) {
        return As(BlockKind::Signature);
    }
    if named(&[
        "gmail_quote",
        "yahoo_quoted",
        "protonmail_quote",
        "gmail_extra_quote",
    ]) {
        return As(BlockKind::Quote);
    }
    Usual
}

/// Line ends as `\n`; nothing but the indent of the first line around the text.
fn tidy(text: &str) -> String {
    let text = text.trim_end().trim_start_matches(['\r', '\n']);
    let lead = text.len() - text.trim_start().len();
    let first = text[..lead].rfind('\n').map_or(0, |at| at + 1);
    let text = &text[first..];
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text.to_owned(),
    }
}

/// A line and what the passes before the blocks found out about it.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    /// How deep the quotation is that it belongs to.
    depth: usize,
    /// Whether it is quoted by other marks than `>` alone.
    foreign: bool,
    /// Whether it says whose words follow.
    attributes: bool,
}

struct Reader<'a> {
    text: &'a str,
    words: Vec<&'a str>,
    lines: Vec<Line>,
    blocks: Vec<Block>,
    /// Whether an attachment written as text may still begin: one that nothing ends shows that none does.
    encoded: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let words: Vec<_> = text.split('\n').collect();
        let mut start = 0;
        let lines = words.iter().map(|line| {
            let from = start;
            start += line.len() + 1;
            let depth = plain::quote_depth(line);
            Line {
                start: from,
                depth,
                foreign: false,
                attributes: false,
            }
        });
        let lines = lines.collect();
        let mut reader = Self {
            text,
            words,
            lines,
            blocks: Vec::new(),
            encoded: true,
        };
        reader.mark_initials();
        reader.mark_attributions();
        reader
    }

    /// Marks lines led by initials and `>` ("AE> ..."), if more than one is.
    fn mark_initials(&mut self) {
        let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, line) in self.words.iter().enumerate() {
            if let Some(initials) = initials(line) {
                found.entry(initials).or_default().push(at);
            }
        }
        for at in found
            .into_values()
            .filter(|lines| lines.len() > 1)
            .flatten()
        {
            self.lines[at].depth = 1;
            self.lines[at].foreign = true;
        }
    }

    /// Marks the lines before quotations that say whose words these are, and quotations by other marks
    /// that follow such lines.
    fn mark_attributions(&mut self) {
        const GAP: usize = 2;
        let mut last: Option<usize> = None;
        for at in 0..self.lines.len() {
            if self.words[at].trim().is_empty() {
                continue;
            }
            let near = last.filter(|&last| at - last <= GAP + 1);
            last = Some(at);
            let Some(above) = near else { continue };
            let depth = self.lines[above].depth;
            let deeper = self.lines[at].depth > depth;
            let other = (!deeper && depth == 0)
                .then(|| other_mark(self.words[at]))
                .flatten();
            if !deeper && other.is_none() {
                continue;
            }
            let first = (above + 1).saturating_sub(marks::ATTRIBUTION);
            let same = (first..=above).rev().take_while(|&line| {
                self.lines[line].depth == depth
                    && !self.bare(line).is_empty()
                    && !self.lines[line].attributes
            });
            let first = above + 1 - same.count();
            let candidates: Vec<_> = (first..=above).map(|line| self.bare(line)).collect();
            let count = marks::attribution(&candidates);
            if count == 0 {
                continue;
            }
            for line in &mut self.lines[above + 1 - count..=above] {
                line.attributes = true;
            }
            if let Some(mark) = other {
                let run = self.words[at..]
                    .iter()
                    .take_while(|line| other_mark(line) == Some(mark));
                let count = run.count();
                for line in &mut self.lines[at..at + count] {
                    line.depth = 1;
                    line.foreign = true;
                }
            }
        }
    }

    /// A line without its quotation marks.
    fn bare(&self, at: usize) -> &'a str {
        let line = self.words[at];
        match self.lines[at].depth {
            0 => line.trim(),
            _ => line.trim_start_matches(['>', ' ', '\t']).trim_end(),
        }
    }

    fn read(mut self) -> Vec<Block> {
        let mut plain_from = 0;
        let mut at = 0;
        while at < self.lines.len() {
            let Some((kind, end)) = self.framed(at) else {
                at += 1;
                continue;
            };
            self.plain(plain_from, at, None);
            self.block(kind, at, end);
            at = end;
            if kind == BlockKind::Attribution && self.holds_message(at) {
                at = self.until(at, Self::ends_message);
                self.plain(end, at, Some(BlockKind::Quote));
            }
            plain_from = at;
        }
        self.plain(plain_from, self.lines.len(), None);
        self.blocks
    }

    /// The kind and the end of what begins at a line and is no running text.
    fn framed(&mut self, at: usize) -> Option<(BlockKind, usize)> {
        let Line {
            depth,
            foreign,
            attributes,
            ..
        } = self.lines[at];
        let line = self.words[at];
        if attributes {
            return Some((
                BlockKind::Attribution,
                self.until(at, |r, line| {
                    !r.lines[line].attributes || r.lines[line].depth != depth
                }),
            ));
        }
        if foreign {
            return Some((
                BlockKind::Quote,
                self.until(at, |r, line| !r.lines[line].foreign),
            ));
        }
        if depth > 0 || line.is_empty() {
            return None;
        }
        if let Some(title) = line.trim_end().strip_prefix("-----BEGIN PGP ") {
            return Some(self.armor(at, title));
        }
        if marks::leads_footer(&self.words[at..]) {
            return Some((BlockKind::Signature, self.until(at + 1, Self::ends_frame)));
        }
        if marks::leads_signature(line, self.lines.len() - at - 1) {
            return Some((BlockKind::Signature, self.until(at + 1, Self::ends_frame)));
        }
        if marks::leads_attachment(line) {
            let notice = self
                .words
                .get(at + 1)
                .is_some_and(|next| next.contains("scrubbed"));
            let end = match notice {
                true => self.until(at + 1, |reader, line| reader.words[line].trim().is_empty()),
                false => at + 1,
            };
            return Some((BlockKind::Signature, end));
        }
        if marks::leads_message(line) {
            return Some((BlockKind::Attribution, self.headers(at + 1).max(at + 1)));
        }
        if marks::header(line) == Some(Field::From)
            && (at == 0 || self.is_empty(at - 1) || ruled(self.words[at - 1]))
        {
            let end = self.headers(at);
            let dated = (at..end).any(|line| marks::header(self.words[line]) == Some(Field::Date));
            if dated && end - at >= 3 {
                return Some((BlockKind::Attribution, end));
            }
        }
        if let Some(end) = self.encoded_file(at) {
            return Some((BlockKind::Code, end));
        }
        patch::end(&self.words, at).map(|end| (BlockKind::Code, end))
    }

    /// PGP's armor: the head of signed words, or a signature, or what is encrypted.
    fn armor(&self, at: usize, title: &str) -> (BlockKind, usize) {
        if title.starts_with("SIGNED MESSAGE") {
            return (BlockKind::Signature, self.until(at, Self::is_empty));
        }
        let ended = self.until(at, |reader, line| {
            reader.words[line].starts_with("-----END PGP ")
        });
        let end = (ended + 1).min(self.lines.len());
        match title.starts_with("SIGNATURE") {
            true => (BlockKind::Signature, end),
            false => (BlockKind::Code, end),
        }
    }

    /// The end of an attachment that was written into the text by uuencode.
    fn encoded_file(&mut self, at: usize) -> Option<usize> {
        let mode = self.words[at].strip_prefix("begin ")?.split_once(' ')?.0;
        let is_mode =
            (3..=4).contains(&mode.len()) && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
        if !is_mode || !self.encoded {
            return None;
        }
        let end = self.until(at, |reader, line| reader.words[line].trim_end() == "end");
        self.encoded = end < self.lines.len();
        self.encoded.then_some(end + 1)
    }

    /// The line behind the headers of a message that is shown in this one; they may be broken into lines.
    fn headers(&self, from: usize) -> usize {
        const MOST: usize = 14;
        let first = self.until(from, |reader, line| !reader.is_empty(line));
        let mut end = from;
        for at in first..self.lines.len().min(first + MOST) {
            let continued =
                end > from && self.words[at].starts_with([' ', '\t']) && !self.is_empty(at);
            if marks::header(self.words[at]).is_none() && !continued {
                break;
            }
            end = at + 1;
        }
        end
    }

    /// Whether a message stands in full below the attribution that ends before line `at`.
    fn holds_message(&self, at: usize) -> bool {
        let above = &self.lines[at - 1];
        let next = self.until(at, |reader, line| !reader.is_empty(line));
        !above.attributes && self.lines.get(next).is_some_and(|line| line.depth == 0)
    }

    /// Whether a message that stands in this one ends at a line.
    fn ends_message(&self, at: usize) -> bool {
        marks::leads_attachment(self.words[at]) || marks::leads_footer(&self.words[at..])
    }

    /// Whether a signature or a footer ends at a line: a quotation may stand below it.
    fn ends_frame(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let words = self.words[at];
        line.depth > 0
            || line.attributes
            || marks::leads_message(words)
            || marks::leads_attachment(words)
            || words.starts_with("-----BEGIN PGP ")
            || marks::leads_footer(&self.words[at..])
    }

    fn is_empty(&self, at: usize) -> bool {
        self.words[at].trim().is_empty()
    }

    /// The first line from `from` on for which `ends` holds.
    fn until(&self, from: usize, ends: impl Fn(&Self, usize) -> bool) -> usize {
        let end = self.lines.len();
        (from..end).find(|&at| ends(self, at)).unwrap_or(end)
    }

    /// The span of the lines `from..to`, without white space around it.
    fn span(&self, from: usize, to: usize) -> Span {
        let end = self
            .lines
            .get(to)
            .map_or(self.text.len(), |line| line.start.saturating_sub(1));
        let start = self.lines.get(from).map_or(end, |line| line.start).min(end);
        Span::new(start, end)
    }

    fn block(&mut self, kind: BlockKind, from: usize, to: usize) {
        let span = self.span(from, to).trimmed(self.text);
        if !span.is_empty() {
            self.blocks.push(Block { kind, span });
        }
    }

    /// Adds the blocks of plain text in the lines `from..to`, all of one kind if it is given.
    fn plain(&mut self, from: usize, to: usize, kind: Option<BlockKind>) {
        let whole = self.span(from, to);
        if from >= to || whole.is_empty() {
            return;
        }
        let inner = plain::blocks(whole.slice(self.text));
        let blocks = inner.into_iter().map(|block| Block {
            kind: kind.unwrap_or(block.kind),
            span: block.span.shifted(whole.start()),
        });
        self.blocks.extend(blocks);
    }
}

/// The initials before a `>` that quotes: one to four letters, the first a capital.
fn initials(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let (initials, rest) = line.split_once('>')?;
    let fits = initials.len() <= 4
        && initials.starts_with(|c: char| c.is_ascii_uppercase())
        && initials.bytes().all(|byte| byte.is_ascii_alphabetic());
    (fits && (rest.is_empty() || rest.starts_with([' ', '>']))).then_some(initials)
}

/// The mark before a line that some mailers quote with.
fn other_mark(line: &str) -> Option<char> {
    let mut letters = line.chars();
    let mark = letters.next().filter(|c| "|:}#%".contains(*c))?;
    letters
        .next()
        .is_none_or(|next| next == ' ')
        .then_some(mark)
}

/// Whether a line is a rule.
fn ruled(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 5 && line.bytes().all(|byte| matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests;
