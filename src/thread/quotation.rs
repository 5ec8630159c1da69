//! Finds the words that comments quote, in the comments and the article they come from.
//!
//! Comments are read in document order, parents before their replies. What may be a quotation
//! (`pieces`) is looked up in what was written before (`Corpus`): a marked one needs to be found for
//! its origin only, an unmarked one is a quotation only if it is found. Whoever wrote the words first
//! is their origin, for quoted words are not added to the corpus.

mod corpus;
mod pieces;
mod reader;

use super::{CommentIdx, Thread};
use crate::{
    span::Span,
    text::{Block, BlockKind},
};
use corpus::{Corpus, Reach};
use pieces::{Mark, Piece};
use reader::Reader;

/// A quote block whose origin is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quotation {
    /// The comment that quotes.
    pub comment: CommentIdx,
    /// The quote block in that comment's body, counted from 0.
    pub block: usize,
    /// Whose words they are.
    pub origin: Origin,
    /// Where the words stand in the origin's text.
    pub span: Span,
}

/// Where quoted words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A comment of the thread.
    Comment(CommentIdx),
    /// The article's text.
    Article,
}

/// Finds quotations in every comment that is not `settled`: cuts their blocks anew where a quotation
/// begins or ends, and notes where the words come from.
pub(super) fn detect(thread: &mut Thread, settled: &[bool]) {
    let mut corpus = Corpus::new(thread);
    let mut found = Vec::new();
    let mut open = Vec::new();
    for idx in reading_order(thread) {
        if !settled.get(idx.get()).copied().unwrap_or(false) {
            let passages = passages(thread, &corpus, idx);
            for (block, passage) in passages.iter().enumerate() {
                match passage.origin {
                    Some((origin, span)) => found.push(Quotation {
                        comment: idx,
                        block,
                        origin,
                        span,
                    }),
                    None if passage.block.kind == BlockKind::Quote => open.push((idx, block)),
                    None => {}
                }
            }
            let blocks = passages.into_iter().map(|passage| passage.block);
            thread.comments[idx.get()].body.blocks = blocks.collect();
        }
        corpus.add(thread, idx);
    }
    found.extend(
        open.into_iter()
            .filter_map(|(idx, block)| find_behind(thread, &corpus, idx, block)),
    );
    thread.quotations.extend(found);
    thread
        .quotations
        .sort_by_key(|quotation| (quotation.comment, quotation.block));
}

/// Looks for the origin of a quotation among the comments behind it that were written before it, as on
/// pages that show the best or the newest comments first.
fn find_behind(
    thread: &Thread,
    corpus: &Corpus,
    comment: CommentIdx,
    block: usize,
) -> Option<Quotation> {
    thread.comment(comment).posted?;
    let reader = Reader::new(thread, corpus, comment);
    let span = reader.body.blocks.get(block)?.span;
    let (origin, span) = reader.marked(span, Reach::Behind)?;
    Some(Quotation {
        comment,
        block,
        origin,
        span,
    })
}

/// Document order with every parent moved before its replies.
fn reading_order(thread: &Thread) -> Vec<CommentIdx> {
    let mut read = vec![false; thread.comments.len()];
    let mut order = Vec::with_capacity(read.len());
    for (idx, _) in thread.iter() {
        let above = std::iter::once(idx).chain(thread.tree.ancestors(idx));
        let unread: Vec<_> = above.take_while(|above| !read[above.get()]).collect();
        for above in unread.into_iter().rev() {
            read[above.get()] = true;
            order.push(above);
        }
    }
    order
}

/// A block as it comes out, with the place its words come from.
#[derive(Clone, Copy)]
struct Passage {
    block: Block,
    origin: Option<(Origin, Span)>,
    /// Whether nothing but its agreement with the origin shows that it is a quotation.
    unmarked: bool,
}

/// The blocks of a comment with its quotations told apart.
fn passages(thread: &Thread, corpus: &Corpus, idx: CommentIdx) -> Vec<Passage> {
    let mut reader = Reader::new(thread, corpus, idx);
    let pieces = pieces::pieces(reader.body);
    let read = |reader: &Reader<'_>| -> Vec<Passage> {
        pieces
            .iter()
            .flat_map(|&piece| read_piece(reader, piece))
            .collect()
    };
    let passages = read(&reader);
    let frame = |kind| {
        matches!(
            kind,
            BlockKind::Quote | BlockKind::Signature | BlockKind::Attribution
        )
    };
    let says_nothing = passages.iter().all(|passage| frame(passage.block.kind));
    if says_nothing && passages.iter().any(|passage| passage.unmarked) {
        // What only repeats another comment or a first post is posted twice; it quotes nobody.
        reader.marked_only = true;
        return read(&reader);
    }
    passages
}

/// The passages that one piece makes.
fn read_piece(reader: &Reader<'_>, piece: Piece) -> Vec<Passage> {
    let passage = |kind, span, origin, unmarked| Passage {
        block: Block { kind, span },
        origin,
        unmarked,
    };
    let plain = |span| passage(piece.kind, span, None, false);
    let quote = |span, origin| passage(BlockKind::Quote, span, origin, false);
    match piece.mark {
        Mark::Never => vec![plain(piece.span)],
        Mark::Block => vec![quote(piece.span, reader.marked(piece.span, Reach::Near))],
        Mark::Marks => match reader.marked(piece.span, Reach::Near) {
            None if !reader.is_long(piece.span) => vec![plain(piece.span)],
            origin => vec![quote(piece.span, origin)],
        },
        Mark::None => {
            let Some(leading) = reader.leading(piece.span) else {
                return vec![plain(piece.span)];
            };
            let rest = Span::new(leading.span.end(), piece.span.end()).trimmed(&reader.body.text);
            let mut passages = vec![passage(
                BlockKind::Quote,
                leading.span,
                Some(leading.origin),
                !leading.marked,
            )];
            passages.extend((!rest.is_empty()).then(|| plain(rest)));
            passages
        }
    }
}

/// The text of an origin; empty for an article without one.
fn text_of(thread: &Thread, origin: Origin) -> &str {
    match origin {
        Origin::Comment(idx) => &thread.comment(idx).body.text,
        Origin::Article => thread
            .article
            .as_ref()
            .and_then(|a| a.text.as_deref())
            .unwrap_or_default(),
    }
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod tests;
