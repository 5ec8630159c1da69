//! The text of a comment with its blocks and links.

use crate::{registry::names, span::Span};

/// The text of a comment: stored once, with spans for its blocks and links.
///
/// Blocks are in order, do not overlap, hold no white space at either side, and together cover all
/// that is not white space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// The plain text; paragraphs are separated by an empty line.
    pub text: String,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// The links, in order.
    pub links: Vec<Link>,
}

/// One block of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Where it stands in the body's text.
    pub span: Span,
}

names! {
    /// What a block of text is.
    #[derive(Default)]
    pub enum BlockKind {
        /// Running text.
        #[default]
        Paragraph = "paragraph",
        /// Somebody else's words.
        Quote = "quote",
        /// Program text, a log, a command; white space is kept.
        Code = "code",
        /// One item of a list.
        List = "list",
        /// A signature below a mail.
        Signature = "signature",
        /// The line that says whose words follow ("On Monday, X wrote:").
        Attribution = "attribution",
    }
}

/// A hyperlink in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words that carry the link.
    pub span: Span,
    /// Where it leads, as written on the page.
    pub url: String,
}

/// Puts a body together block by block, with an empty line between blocks.
#[derive(Debug, Default)]
pub struct BodyBuilder {
    body: Body,
}

impl BodyBuilder {
    /// Appends a block. White space at either side is dropped, an empty block is left out; `links`
    /// are given relative to `text`.
    pub fn block(&mut self, kind: BlockKind, text: &str, links: Vec<Link>) -> &mut Self {
        let inner = Span::new(0, text.len()).trimmed(text);
        if inner.is_empty() {
            return self;
        }
        let body = &mut self.body;
        if !body.text.is_empty() {
            body.text.push_str("\n\n");
        }
        let start = body.text.len();
        body.text.push_str(inner.slice(text));
        let span = Span::new(start, body.text.len());
        body.blocks.push(Block { kind, span });
        let moved = |at: usize| at.clamp(inner.start(), inner.end()) - inner.start() + start;
        body.links.extend(links.into_iter().map(|link| Link {
            span: Span::new(moved(link.span.start()), moved(link.span.end())),
            url: link.url,
        }));
        self
    }

    /// Appends running text. Lines led by `>` are somebody else's words and become quotes of their
    /// own; the mark stays. `links` are in order and given relative to `text`.
    pub fn paragraph(&mut self, text: &str, links: Vec<Link>) -> &mut Self {
        let mut links = links.into_iter().peekable();
        for (kind, part) in split_at_marks(text) {
            let mut inside = Vec::new();
            while let Some(link) = links.next_if(|link| link.span.start() < part.end()) {
                let end = link.span.end().min(part.end());
                let start = link.span.start().max(part.start());
                let span = Span::new(start - part.start(), end - part.start());
                inside.push(Link { span, ..link });
            }
            self.block(kind, part.slice(text), inside);
        }
        self
    }

    /// The finished body.
    #[must_use]
    pub fn build(self) -> Body {
        self.body
    }
}

/// Divides a text into runs of lines led by `>` and runs of other lines.
fn split_at_marks(text: &str) -> Vec<(BlockKind, Span)> {
    let mut parts: Vec<(BlockKind, Span)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let kind = match has_quote_mark(line) {
            true => BlockKind::Quote,
            false => BlockKind::Paragraph,
        };
        match parts.last_mut() {
            Some((last, span)) if *last == kind => *span = Span::new(span.start(), end),
            _ => parts.push((kind, Span::new(start, end))),
        }
        start = end;
    }
    parts
}

/// Whether `>` leads the line to mark a quotation: `>word<` is stress, `>=` and `>50` compare.
fn has_quote_mark(line: &str) -> bool {
    let Some(rest) = line.trim().strip_prefix('>') else {
        return false;
    };
    let stressed = || {
        let word = rest.split_whitespace().next();
        word.is_some_and(|word| word.trim_end_matches(['.', ',', '!', '?']).ends_with('<'))
    };
    !rest.starts_with(|c: char| c == '=' || c.is_ascii_digit()) && !stressed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_trimmed_and_links_move_along() {
        let mut builder = BodyBuilder::default();
        let url = "https://example.org/".to_owned();
        let link = Link {
            span: Span::new(6, 10),
            url,
        };
        builder
            .block(BlockKind::Paragraph, "First.", vec![])
            .block(BlockKind::Paragraph, "  \n ", vec![])
            .block(BlockKind::Quote, "  see this one ", vec![link]);
        let body = builder.build();
        assert_eq!(body.text, "First.\n\nsee this one");
        assert_eq!(body.blocks[1].span.slice(&body.text), "see this one");
        assert_eq!(body.links[0].span.slice(&body.text), "this");
    }

    #[test]
    fn lines_led_by_a_mark_are_quotes() {
        let mut builder = BodyBuilder::default();
        let text = "> rotate the keys\n>\n> at once\nWho should?\n>Me<, of course\n>50 keys";
        let at = text.find("Who").unwrap_or_default();
        let link = |start| Link {
            span: Span::new(start, start + 3),
            url: String::new(),
        };
        builder.paragraph(text, vec![link(2), link(at)]);
        let body = builder.build();
        let kinds: Vec<_> = body.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Quote, BlockKind::Paragraph]);
        assert_eq!(
            body.blocks[1].span.slice(&body.text),
            "Who should?\n>Me<, of course\n>50 keys"
        );
        assert_eq!(body.links[0].span.slice(&body.text), "rot");
        assert_eq!(body.links[1].span.slice(&body.text), "Who");
    }
}
