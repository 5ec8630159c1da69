//! Cuts comments into argumentative discourse units.
//!
//! A unit is a sentence, or a whole quoted block, or a whole block of code; signatures and
//! attribution lines hold none. A comment that came with a segmentation of its own keeps it.

use crate::{
    span::Span,
    text::BlockKind,
    thread::{CommentIdx, Thread},
};

/// An argumentative discourse unit: the smallest piece of a comment that can claim something or give
/// a ground (Stab and Gurevych 2017 call it an argument component; here it is a sentence or a quotation).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// The comment it stands in.
    pub comment: CommentIdx,
    /// Its place in the comment's text.
    pub span: Span,
    /// The kind of block it stands in.
    pub block: BlockKind,
}
