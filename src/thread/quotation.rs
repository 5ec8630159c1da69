//! Finds the words that comments quote, in the comments and the article they come from.

use super::{CommentIdx, Thread};
use crate::span::Span;

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

/// Finds quotations in every comment that is not `settled`.
pub(super) fn detect(thread: &mut Thread, settled: &[bool]) {
    let _ = (thread, settled);
}
