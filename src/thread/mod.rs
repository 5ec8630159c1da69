//! A comment thread: comments in document order, the reply tree, and what was odd about them.
//!
//! A source fills a [`ThreadBuilder`] with [`Draft`]s; building is total, so that broken reply links,
//! repeated ids and several roots become [`Warning`]s and no comment is lost. The finished [`Thread`]
//! is immutable, and later stages point into it by [`CommentIdx`] and span.

mod author;
mod builder;
mod inference;
mod merge;
pub mod quotation;
mod tree;
mod warning;
pub mod wire;

pub use author::{Author, Identity};
pub use builder::{Draft, ParentRef, ThreadBuilder};
pub use inference::{Inference, Sign};
pub use merge::merge;
pub use quotation::{Origin, Quotation};
pub use tree::ReplyTree;
pub use warning::{Warning, codes};

use crate::{registry::names, span::Span, text::Body};
use jiff::Timestamp;

/// The place of a comment in its thread, counted from 0 in document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommentIdx(u32);

impl CommentIdx {
    /// The index of the comment number `at`, counted from 0.
    #[must_use]
    pub const fn new(at: usize) -> Self {
        Self(at as u32)
    }

    /// The index as a number, for use with [`Thread::comments`].
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

/// A comment thread with its reply tree.
#[derive(Debug, Clone)]
pub struct Thread {
    /// The board's id of the thread, or one made from its title.
    pub id: String,
    /// The id of the source that read it.
    pub source: String,
    /// Where the thread is on the web.
    pub url: Option<String>,
    /// The thread's headline.
    pub title: Option<String>,
    /// What the comments comment on.
    pub article: Option<Article>,
    /// When the capture was made.
    pub fetched: Option<Timestamp>,
    /// The comments, in document order.
    pub comments: Vec<Comment>,
    /// Who answers whom.
    pub tree: ReplyTree,
    /// The quotations whose origin is known, ordered by comment and block.
    pub quotations: Vec<Quotation>,
    /// What was odd about the capture.
    pub warnings: Vec<Warning>,
}

/// The text that a thread comments on: a news article, a story, a first post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Its headline.
    pub title: Option<String>,
    /// Where it is on the web.
    pub url: Option<String>,
    /// Its text, or the part of it that the page of comments shows.
    pub text: Option<String>,
}

/// One comment.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// The board's id, or the number in document order where the capture has none; unique in the thread.
    pub id: String,
    /// What the comment answers.
    pub parent: Parent,
    /// How that was found, where the board does not say it.
    pub inferred: Option<Inference>,
    /// Replies between the comment and the thread's start, counted from 0.
    pub depth: usize,
    /// Who wrote it, if the capture says so.
    pub author: Option<Author>,
    /// The comment's own headline.
    pub title: Option<String>,
    /// When it was written.
    pub posted: Option<Timestamp>,
    /// When it was last changed.
    pub edited: Option<Timestamp>,
    /// What readers voted.
    pub score: Option<Score>,
    /// Whether it can still be read.
    pub state: State,
    /// What sort of contribution it is.
    pub kind: CommentKind,
    /// What it says.
    pub body: Body,
    /// A segmentation that came with the input and is used in place of our own.
    pub given_units: Option<Vec<Span>>,
}

/// What a comment answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parent {
    /// The article itself.
    Root,
    /// Another comment of the thread.
    Known(CommentIdx),
    /// A comment that exists on the board and not in this capture; with its id where that is known.
    Missing(Option<String>),
}

/// What readers voted for a comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// Net points.
    pub points: Option<i64>,
    /// Votes for it.
    pub up: Option<i64>,
    /// Votes against it.
    pub down: Option<i64>,
    /// The board's word for it ("Insightful").
    pub label: Option<String>,
}

impl Score {
    /// The score of a board that shows net points alone.
    #[must_use]
    pub fn of_points(points: i64) -> Self {
        Self {
            points: Some(points),
            ..Self::default()
        }
    }
}

names! {
    /// Whether a comment can still be read, and if not, why.
    #[derive(Default)]
    pub enum State {
        /// Shown in full.
        #[default]
        Live = "live",
        /// Taken back by its author.
        Deleted = "deleted",
        /// Taken away by a moderator.
        Removed = "removed",
        /// Not shown at this threshold; only its place is known.
        Hidden = "hidden",
        /// Folded by the board, with its text.
        Collapsed = "collapsed",
        /// A stub that stands for comments not loaded.
        Unresolved = "unresolved",
    }

    /// What sort of contribution a comment is.
    #[derive(Default)]
    pub enum CommentKind {
        /// A comment.
        #[default]
        Comment = "comment",
        /// An answer on a board of questions and answers.
        Answer = "answer",
        /// Notice of a link from another site; kept, and left out of the analysis.
        Pingback = "pingback",
    }
}

impl Thread {
    /// The comment at `idx`.
    #[must_use]
    pub fn comment(&self, idx: CommentIdx) -> &Comment {
        &self.comments[idx.get()]
    }

    /// Every comment with its index, in document order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (CommentIdx, &Comment)> {
        let numbered = self.comments.iter().enumerate();
        numbered.map(|(at, comment)| (CommentIdx::new(at), comment))
    }

    /// The quotations of known origin that stand in the comment at `idx`, in order.
    #[must_use]
    pub fn quotations_in(&self, idx: CommentIdx) -> &[Quotation] {
        let start = self.quotations.partition_point(|q| q.comment < idx);
        let end = self.quotations.partition_point(|q| q.comment <= idx);
        &self.quotations[start..end]
    }

    /// Who wrote the comment at `idx`; anonymous authors are a person each.
    #[must_use]
    pub fn identity(&self, idx: CommentIdx) -> Identity<'_> {
        Identity::of(self.comment(idx).author.as_ref(), idx)
    }
}
