//! Finds the blocks and links of plain text and leaves its letters as they are.
//!
//! One pass over the lines: an empty line ends a paragraph, `>` leads a quotation, a fence or an indent
//! of its own leads code, and two markers of one kind in a row make a list. A single newline stays inside
//! its block.

mod links;

pub use links::links;

use super::{Block, BlockKind, Body};
use crate::span::Span;

/// Indent, in columns, from which a line is code.
const CODE_INDENT: usize = 4;

/// A body whose text is `text` to the letter.
#[must_use]
pub fn body(text: &str) -> Body {
    Body {
        text: text.to_owned(),
        blocks: blocks(text),
        links: links(text),
    }
}

/// The blocks of `text`.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::new(text);
    reader.read();
    reader.blocks
}

/// How deep the quotation is that `line` belongs to, by the `>` before it; 0 for one's own words.
///
/// `>word<`, `>_<`, `>=` and the like are no quotations.
#[must_use]
pub fn quote_depth(line: &str) -> usize {
    let mut rest = line.trim_start();
    let mut depth = 0;
    while let Some(inner) = rest.strip_prefix('>') {
        depth += 1;
        rest = inner.trim_start();
        if rest.len() == inner.len() && not_quoted(inner) {
            return 0;
        }
    }
    depth
}

/// Whether what stands right behind a `>` shows that it does not lead a quotation.
fn not_quoted(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or_default();
    let bracketed = word
        .trim_end_matches(|c: char| ".,;:!?".contains(c))
        .ends_with('<');
    let face =
        word.len() <= 3 && word.starts_with([':', ';', '.', '_', '=']) && !word.contains("..");
    bracketed || face || word.starts_with('=')
}

/// A line with what the passes before the blocks found out about it.
#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// Columns of white space before the first letter.
    indent: usize,
    /// Whether the line begins an item of a list of two items at least.
    item: bool,
}

/// Builds the blocks line by line.
struct Reader<'a> {
    text: &'a str,
    lines: Vec<Line>,
    blocks: Vec<Block>,
    /// The indent that all lines share, which says nothing.
    margin: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let span = Span::new(start, start + line.len());
            let white = &line[..line.len() - line.trim_start().len()];
            let indent = white
                .chars()
                .map(|c| if c == '\t' { CODE_INDENT } else { 1 })
                .sum();
            lines.push(Line {
                span,
                indent,
                item: false,
            });
            start += line.len() + 1;
        }
        let written = lines
            .iter()
            .filter(|line| !line.span.trimmed(text).is_empty());
        let margin = written.map(|line| line.indent).min().unwrap_or(0);
        mark_items(text, &mut lines);
        let blocks = Vec::new();
        Self {
            text,
            lines,
            blocks,
            margin,
        }
    }

    fn read(&mut self) {
        let mut at = 0;
        let mut open_fences = true;
        while at < self.lines.len() {
            let line = self.lines[at];
            let words = line.span.trimmed(self.text).slice(self.text);
            let fence = fence(words).filter(|_| open_fences);
            let closed = fence.and_then(|mark| self.closing(at, mark));
            // One fence that nothing closes shows that none behind it is closed either.
            open_fences &= fence.is_none() || closed.is_some();
            at = match closed {
                _ if words.is_empty() => at + 1,
                Some(close) => self.block(BlockKind::Code, at, close + 1),
                None if quote_depth(words) > 0 => self.quote(at),
                None if line.item => self.list_item(at),
                None if self.is_code(at) => self.code(at),
                None => self.paragraph(at),
            };
        }
    }

    /// Adds the lines `from..to` as a block and gives `to`.
    fn block(&mut self, kind: BlockKind, from: usize, to: usize) -> usize {
        let whole = Span::new(self.lines[from].span.start(), self.lines[to - 1].span.end());
        let span = whole.trimmed(self.text);
        self.blocks.push(Block { kind, span });
        to
    }

    /// The first line from `from` on for which `ends` holds.
    fn until(&self, from: usize, ends: impl Fn(usize, &str) -> bool) -> usize {
        let end = self.lines.len();
        (from..end)
            .find(|&at| ends(at, self.words(at)))
            .unwrap_or(end)
    }

    fn words(&self, at: usize) -> &'a str {
        self.lines[at].span.trimmed(self.text).slice(self.text)
    }

    fn closing(&self, open: usize, mark: &str) -> Option<usize> {
        let close = self.until(open + 1, |_, words| words == mark);
        (close < self.lines.len()).then_some(close)
    }

    /// A run of quoted lines of one depth; an empty quoted line ends a quoted paragraph.
    fn quote(&mut self, from: usize) -> usize {
        let depth = quote_depth(self.words(from));
        let bare = |words: &str| words.chars().all(|c| c == '>' || c.is_whitespace());
        let text = self.until(from, |_, words| words.is_empty() || !bare(words));
        let inner = self.until(text, |_, words| quote_depth(words) != depth || bare(words));
        // Empty quoted lines belong to the paragraph before them, so that nothing is left over.
        let end = self.until(inner.max(from + 1), |_, words| {
            words.is_empty() || !bare(words)
        });
        self.block(BlockKind::Quote, from, end)
    }

    fn list_item(&mut self, from: usize) -> usize {
        let end = self.until(from + 1, |at, words| {
            words.is_empty() || self.leads_block(at)
        });
        self.block(BlockKind::List, from, end)
    }

    /// Whether the line begins code by its indent; below a list an indent means "still this item".
    fn is_code(&self, at: usize) -> bool {
        let in_list = self
            .blocks
            .last()
            .is_some_and(|b| b.kind == BlockKind::List);
        let needed = if in_list {
            2 * CODE_INDENT
        } else {
            CODE_INDENT
        };
        self.lines[at].indent >= self.margin + needed
    }

    /// Indented lines, with empty lines between them.
    fn code(&mut self, from: usize) -> usize {
        let mut end = from;
        let mut next = from;
        while next < self.lines.len() && self.is_indented(next) && !self.leads_block(next) {
            let behind = self.until(next + 1, |at, words| {
                words.is_empty() || self.leads_block(at) || !self.is_indented(at)
            });
            let leans_out = behind < self.lines.len()
                && !self.words(behind).is_empty()
                && !self.leads_block(behind);
            if leans_out {
                break;
            }
            end = behind;
            next = self.until(behind, |_, words| !words.is_empty());
        }
        if end == from {
            // A line that leans out follows at once: the indent was a paragraph's first line.
            return self.paragraph(from);
        }
        self.block(BlockKind::Code, from, end)
    }

    fn is_indented(&self, at: usize) -> bool {
        self.lines[at].indent >= self.margin + CODE_INDENT
    }

    /// Whether the line begins a block of its own even with no empty line before it.
    fn leads_block(&self, at: usize) -> bool {
        let words = self.words(at);
        self.lines[at].item || quote_depth(words) > 0 || fence(words).is_some()
    }

    fn paragraph(&mut self, from: usize) -> usize {
        let end = self.until(from + 1, |at, words| {
            words.is_empty() || self.leads_block(at)
        });
        self.block(BlockKind::Paragraph, from, end)
    }
}

/// The mark of a line that opens or closes fenced code; code within one line is none.
fn fence(words: &str) -> Option<&str> {
    let opens = |mark: &&str| {
        words
            .strip_prefix(*mark)
            .is_some_and(|rest| !rest.contains(*mark))
    };
    ["```", "~~~"].into_iter().find(opens)
}

/// What marks an item of a list: a bullet, or a number's closing sign.
fn marker(words: &str) -> Option<char> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = words[digits..].chars();
    let mark = rest.next()?;
    let wanted = match digits {
        0 => "-*+•‣◦·",
        1..=3 => ".)",
        _ => "",
    };
    let spaced = rest.next().is_some_and(char::is_whitespace);
    (spaced && wanted.contains(mark)).then_some(mark)
}

/// Marks the items of lists: two markers of one kind with at most their own item's text between them.
fn mark_items(text: &str, lines: &mut [Line]) {
    let mut open: Option<(usize, char)> = None;
    let mut gap = false;
    for at in 0..lines.len() {
        let words = lines[at].span.trimmed(text).slice(text);
        match marker(words) {
            Some(mark) => {
                if let Some((last, _)) = open.filter(|&(_, kind)| kind == mark) {
                    lines[last].item = true;
                    lines[at].item = true;
                }
                open = Some((at, mark));
                gap = false;
            }
            None if words.is_empty() => gap = true,
            None if gap || quote_depth(words) > 0 || fence(words).is_some() => open = None,
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BlockKind::*, *};
    use proptest::prelude::*;

    fn blocks(text: &str) -> Vec<(BlockKind, &str)> {
        let body = body(text);
        assert_eq!(body.text, text);
        body.blocks
            .iter()
            .map(|b| (b.kind, b.span.slice(text)))
            .collect()
    }

    #[test]
    fn empty_lines_part_paragraphs_and_newlines_do_not() {
        assert_eq!(
            blocks("\nOne\ntwo.\r\n \t\nThree.\n"),
            [(Paragraph, "One\ntwo."), (Paragraph, "Three.")]
        );
        assert_eq!(blocks(" \n\n"), []);
    }

    #[test]
    fn quoted_lines_are_a_block_for_each_depth_and_paragraph() {
        assert_eq!(
            blocks(">> old\n> > older\n> new\n> still\n>\n> next\nmine"),
            [
                (Quote, ">> old\n> > older"),
                (Quote, "> new\n> still\n>"),
                (Quote, "> next"),
                (Paragraph, "mine"),
            ]
        );
        assert_eq!(blocks(">\n>\n> late"), [(Quote, ">\n>\n> late")]);
    }

    #[test]
    fn a_greater_sign_alone_is_no_quotation() {
        for text in [
            ">sigh< not again",
            "--> see there",
            ">_< ouch",
            ">= 4 GB",
            "->x",
        ] {
            assert_eq!(blocks(text), [(Paragraph, text)]);
        }
        assert_eq!(blocks(">\"Said so\""), [(Quote, ">\"Said so\"")]);
    }

    #[test]
    fn two_items_make_a_list() {
        assert_eq!(
            blocks("Steps:\n1. stop it\n   now\n2. start it\n\n- alone\n\nEnd"),
            [
                (Paragraph, "Steps:"),
                (List, "1. stop it\n   now"),
                (List, "2. start it"),
                (Paragraph, "- alone"),
                (Paragraph, "End"),
            ]
        );
        assert_eq!(blocks("* a\n\n* b"), [(List, "* a"), (List, "* b")]);
        assert_eq!(
            blocks("2019. A year\n2020. B"),
            [(Paragraph, "2019. A year\n2020. B")]
        );
    }

    #[test]
    fn fences_and_indents_hold_code() {
        assert_eq!(
            blocks("Try\n```sh\nls\n\nps\n```\nthen"),
            [
                (Paragraph, "Try"),
                (Code, "```sh\nls\n\nps\n```"),
                (Paragraph, "then")
            ]
        );
        assert_eq!(
            blocks("Try\n\n    ls\n\n\tps\n\nthen"),
            [
                (Paragraph, "Try"),
                (Code, "ls\n\n\tps"),
                (Paragraph, "then")
            ]
        );
    }

    #[test]
    fn an_indent_shared_or_of_a_first_line_is_no_code() {
        assert_eq!(
            blocks("    a\n\n    b"),
            [(Paragraph, "a"), (Paragraph, "b")]
        );
        assert_eq!(
            blocks("x\n\n     Once upon\na time"),
            [(Paragraph, "x"), (Paragraph, "Once upon\na time")]
        );
        assert_eq!(
            blocks("```\nnever closed"),
            [(Paragraph, "```\nnever closed")]
        );
    }

    #[test]
    fn large_input_takes_linear_time() {
        for piece in [
            "> ",
            "1. a\n",
            "```\n",
            "http://a)",
            "    x\n",
            "(",
            " ",
            "~~~\n```\n",
        ] {
            let _ = body(&piece.repeat(1_000_000 / piece.len()));
        }
    }

    proptest! {
        #[test]
        fn blocks_keep_the_invariants(text in "([>\\-*`1.) \t\n\r]|    |[a-zé“]){0,80}") {
            let body = body(&text);
            let mut at = 0;
            for block in &body.blocks {
                prop_assert!(text[at..block.span.start()].trim().is_empty());
                prop_assert!(!block.span.is_empty());
                prop_assert_eq!(block.span.trimmed(&text), block.span);
                at = block.span.end();
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
