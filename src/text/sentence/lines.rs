//! Tells newlines that end something from newlines that only wrap a paragraph.

use crate::span::Span;

/// Columns of text that somebody's editor wrapped.
const WRAPPED: std::ops::RangeInclusive<usize> = 50..=100;

/// The lines of `text`, trimmed and in order, with wrapped ones joined; empty lines are left out.
///
/// A paragraph of three lines or more is wrapped when every line but the last is so full that the next
/// word would not have fitted. Elsewhere a long line without an end is joined to one that goes on in
/// lower case.
pub(super) fn lines(text: &str) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    let mut paragraph: Vec<Line> = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(is_newline) {
        let span = Span::new(start, start + piece.len()).trimmed(text);
        start += piece.len();
        if span.is_empty() {
            join(&mut paragraph, &mut joined);
        } else {
            paragraph.push(Line::new(text, span));
        }
    }
    join(&mut paragraph, &mut joined);
    joined
}

fn is_newline(c: char) -> bool {
    matches!(c, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Moves the lines of a paragraph over to `joined`.
fn join(paragraph: &mut Vec<Line>, joined: &mut Vec<Span>) {
    let filled = is_filled(paragraph);
    let mut before: Option<Line> = None;
    for line in paragraph.drain(..) {
        match (before, joined.last_mut()) {
            (Some(before), Some(last)) if filled || before.runs_into(line) => {
                *last = Span::new(last.start(), line.span.end());
            }
            _ => joined.push(line.span),
        }
        before = Some(line);
    }
}

/// Whether every line but the last is as full as its width allows.
fn is_filled(paragraph: &[Line]) -> bool {
    let width = paragraph.iter().map(|line| line.width).max().unwrap_or(0);
    let full = |pair: &[Line]| pair[0].width + 1 + pair[1].first_word > width;
    paragraph.len() > 2
        && WRAPPED.contains(&width)
        && paragraph.windows(2).all(full)
        && paragraph.iter().all(|line| !line.is_marked)
}

/// A line with what its neighbors need to know.
#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// Its width in characters.
    width: usize,
    /// Width of its first word.
    first_word: usize,
    /// Whether something marks it as a line of its own: a bullet, a quotation, a number, an address.
    is_marked: bool,
    begins_low: bool,
    ends_open: bool,
}

impl Line {
    fn new(text: &str, span: Span) -> Self {
        let line = span.slice(text);
        let word = line.split_whitespace().next().unwrap_or_default();
        let bullet =
            !word.contains(char::is_alphanumeric) && !word.starts_with(['"', '(', '“', '–', '—']);
        let number = word.ends_with(['.', ')']) && word.starts_with(|c: char| c.is_ascii_digit());
        let last = line.split_whitespace().next_back().unwrap_or_default();
        Self {
            span,
            width: line.chars().count(),
            first_word: word.chars().count(),
            is_marked: bullet || number || line.starts_with(['>', '|', '@', '#']),
            begins_low: line.starts_with(char::is_lowercase) && !word.contains("://"),
            ends_open: last.ends_with(|c: char| c.is_lowercase() || c == ',')
                && !last.contains("://"),
        }
    }

    /// Whether the sentence plainly goes on in `next`.
    fn runs_into(self, next: Self) -> bool {
        WRAPPED.contains(&self.width) && self.ends_open && next.begins_low && !next.is_marked
    }
}
