//! How the parent of a comment was found where the board does not say it.

use crate::registry::names;

names! {
    /// The sign by which a parent was found.
    pub enum Sign {
        /// The comment addresses the other's author by name.
        Mention = "mention",
        /// It quotes the other's words, or words that it says are the other author's.
        Quotation = "quotation",
        /// It has the other's subject.
        Subject = "subject",
    }
}

/// A parent that a source found by a sign and the board does not state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inference {
    /// What shows it.
    pub by: Sign,
    /// How sure it is: the share of such parents that are right, from 0 to 1.
    pub score: f32,
}
