//! Who wrote a comment, and when two comments have the same author.

use super::CommentIdx;

/// An author as a board shows them.
///
/// Badges change between two crawls and are no part of [`Identity`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// The name shown.
    pub name: String,
    /// The board's id of the profile.
    pub id: Option<String>,
    /// Whether the name stands for nobody in particular ("Anonymous Coward").
    pub anonymous: bool,
    /// The rank shown beside the name.
    pub badge: Option<String>,
}

/// What makes two comments the work of one person within a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Identity<'a> {
    /// A profile on the board.
    Profile(&'a str),
    /// A name without a profile.
    Name(&'a str),
    /// Nobody known: every such comment is a person of its own.
    Anonymous(CommentIdx),
}

impl<'a> Identity<'a> {
    /// The identity behind the comment at `idx`.
    #[must_use]
    pub fn of(author: Option<&'a Author>, idx: CommentIdx) -> Self {
        match author {
            None => Self::Anonymous(idx),
            Some(author) if author.anonymous => Self::Anonymous(idx),
            Some(Author { id: Some(id), .. }) => Self::Profile(id),
            Some(author) => Self::Name(&author.name),
        }
    }
}
