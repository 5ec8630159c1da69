//! Finds the brackets and quotation marks of a line that are closed again.

use crate::span::Span;
use std::collections::HashMap;

/// The outermost closed pairs of `line`, in order: from the opening mark to behind the closing one.
pub(crate) fn pairs(text: &str, line: Span) -> Vec<Span> {
    let mut scan = Scan::default();
    let mut before = ' ';
    let mut letters = line.slice(text).char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let at = line.start() + at;
        let after = letters.peek().map_or(' ', |&(_, c)| c);
        // The mouth of a smiley closes nothing and opens nothing.
        let face = matches!(before, ':' | ';' | '-' | '=');
        match c {
            '(' | '[' | '{' | '“' | '«' if !face => scan.open(c, at),
            ')' if !face => scan.close('(', at, c),
            ']' => scan.close('[', at, c),
            '}' => scan.close('{', at, c),
            '”' => scan.close('“', at, c),
            '»' => scan.close('«', at, c),
            '"' if !before.is_whitespace() && !after.is_alphanumeric() => scan.close('"', at, c),
            '"' if !after.is_whitespace() && !before.is_alphanumeric() => scan.open(c, at),
            _ => {}
        }
        before = c;
    }
    scan.closed
}

#[derive(Default)]
struct Scan {
    /// The marks that wait for their other half.
    open: Vec<(char, usize)>,
    /// How many of each mark wait, so that a close without an open costs no search.
    waiting: HashMap<char, usize>,
    /// Closed pairs that do not overlap, in order.
    closed: Vec<Span>,
}

impl Scan {
    fn open(&mut self, mark: char, at: usize) {
        self.open.push((mark, at));
        *self.waiting.entry(mark).or_default() += 1;
    }

    /// Closes the innermost mark `opener`, and drops the marks left open inside it.
    fn close(&mut self, opener: char, at: usize, closer: char) {
        if self.waiting.get(&opener).is_none_or(|&count| count == 0) {
            return;
        }
        let mut start = at;
        while let Some((mark, place)) = self.open.pop() {
            *self.waiting.entry(mark).or_default() -= 1;
            if mark == opener {
                start = place;
                break;
            }
        }
        let pair = Span::new(start, at + closer.len_utf8());
        while self
            .closed
            .last()
            .is_some_and(|inner| inner.start() > pair.start())
        {
            self.closed.pop();
        }
        self.closed.push(pair);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let pairs = pairs(text, Span::new(0, text.len()));
        pairs.iter().map(|pair| pair.slice(text)).collect()
    }

    #[test]
    fn outermost_pairs_only() {
        assert_eq!(
            found("a (b [c] d) e “f” \"g h\" i"),
            ["(b [c] d)", "“f”", "\"g h\""]
        );
    }

    #[test]
    fn what_is_not_closed_is_not_found() {
        assert!(found("a (b “c and 5\" or :( no :) b]").is_empty());
        assert_eq!(found("( [ a ) b"), ["( [ a )"]);
    }
}
