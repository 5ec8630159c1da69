//! Tells which pieces of a comment may be quotations, by their marks.

use crate::{
    span::Span,
    text::{BlockKind, Body, plain, sentence::closed_pairs},
};

/// A block, or a part of one, that is judged as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// The kind of the block it comes from.
    pub(super) kind: BlockKind,
    pub(super) span: Span,
    pub(super) mark: Mark,
}

/// How a piece is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// As a quotation: by the page, or by a `>` before it.
    Block,
    /// By quotation marks around all of it.
    Marks,
    /// Not at all; it may be a quotation all the same.
    None,
    /// As something that is no quotation.
    Never,
}

/// The pieces of a comment in order; together they cover its blocks.
pub(super) fn pieces(body: &Body) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for block in &body.blocks {
        let piece = |span, mark| Piece {
            kind: block.kind,
            span,
            mark,
        };
        match block.kind {
            BlockKind::Quote => pieces.push(piece(block.span, Mark::Block)),
            BlockKind::Paragraph => {
                let parts = parts(&body.text, block.span).into_iter();
                pieces.extend(parts.map(|(span, mark)| piece(span, mark)));
            }
            _ => pieces.push(piece(block.span, Mark::Never)),
        }
    }
    pieces
}

/// The parts of a paragraph: lines led by `>`, and what stands between them.
fn parts(text: &str, span: Span) -> Vec<(Span, Mark)> {
    let paragraph = span.slice(text);
    let mut parts: Vec<(Span, Mark)> = Vec::new();
    let mut start = span.start();
    for line in paragraph.split_inclusive('\n') {
        let line_span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        let quoted = plain::quote_depth(line) > 0;
        match parts.last_mut() {
            _ if line_span.is_empty() => {}
            Some((part, mark)) if (*mark == Mark::Block) == quoted => {
                *part = Span::new(part.start(), line_span.end());
            }
            _ => parts.push((line_span, if quoted { Mark::Block } else { Mark::None })),
        }
    }
    for (part, mark) in &mut parts {
        if *mark == Mark::None && in_quotation_marks(part.slice(text)) {
            *mark = Mark::Marks;
        }
    }
    parts
}

/// Whether one pair of quotation marks encloses all of `text`; a stop may follow it.
pub(super) fn in_quotation_marks(text: &str) -> bool {
    let text = text.trim_end_matches(['.', '!', '?', ',', ':']);
    let whole = Span::new(0, text.len());
    match text.chars().next() {
        Some('"' | '“' | '«') => closed_pairs(text, whole).first() == Some(&whole),
        Some('„') => text
            .find('“')
            .is_some_and(|at| at + '“'.len_utf8() == text.len()),
        _ => false,
    }
}

/// Whether marks show that words were left out.
pub(super) fn is_elided(text: &str) -> bool {
    ["...", "…", "[snip]", "<snip>"]
        .iter()
        .any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Block;

    fn marks(text: &str) -> Vec<(&str, Mark)> {
        let span = Span::new(0, text.len());
        let kind = BlockKind::Paragraph;
        let body = Body {
            text: text.to_owned(),
            blocks: vec![Block { kind, span }],
            links: vec![],
        };
        let pieces = pieces(&body);
        pieces
            .iter()
            .map(|piece| (piece.span.slice(text), piece.mark))
            .collect()
    }

    #[test]
    fn quotation_marks_around_all_of_a_paragraph() {
        for text in [
            "\"It rains.\"",
            "“It \"rains\".”",
            "«Oui»",
            "„Ja doch“.",
            "\"He said \"no\" to it\"",
        ] {
            assert_eq!(marks(text), [(text, Mark::Marks)]);
        }
        for text in [
            "\"Yes\" or \"no\"",
            "“a” is “b”",
            "'tis",
            "\"open",
            "it \"rains\"",
            "\"",
        ] {
            assert_eq!(marks(text), [(text, Mark::None)]);
        }
    }

    #[test]
    fn lines_led_by_a_greater_sign_are_parts_of_their_own() {
        assert_eq!(
            marks("> one\n> two\n\nmine\n>\"three\""),
            [
                ("> one\n> two", Mark::Block),
                ("mine", Mark::None),
                (">\"three\"", Mark::Block)
            ]
        );
        assert_eq!(marks(">sigh< --> no"), [(">sigh< --> no", Mark::None)]);
    }
}
