//! What people judge, in place of a model or a page: labels, stances, parents, relations.
//!
//! Whoever publishes labels has checked some of them. A [`Correction`] says for one unit, comment or pair of
//! units what holds and who says so; [`Corrections`] are read from a file of JSON Lines (`docs/corrections.md`).
//! A person's judgement is certain: the labels that it names get the probability 1 and the others of their set
//! 0, so that all that is computed from labels follows it. [`Provenance`] tells whose judgement is whose.

mod apply;
mod read;

pub use apply::{Provenance, Whose};
pub use read::read;

use crate::{
    label::{Attack, Basis, Role, Stance},
    relate::{Kind, Subtype},
};

/// The corrections of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrections {
    /// In the order of the file; of two about the same thing the later one holds.
    pub all: Vec<Correction>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// What one person says of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The line of the file, counted from 1.
    pub line: usize,
    /// The id of the thread.
    pub thread: String,
    /// Who says so.
    pub by: String,
    /// What is said.
    pub says: Says,
}

/// What a correction says. Ids are those of the JSON (`docs/json.md`); what is `None` is left as it was.
#[derive(Debug, Clone, PartialEq)]
pub enum Says {
    /// The labels of a unit.
    Unit {
        /// Its id.
        unit: String,
        /// What holds of it.
        labels: Labels,
    },
    /// How a comment stands to what.
    Comment {
        /// Its id.
        comment: String,
        /// Its stance.
        stance: Option<Stance>,
        /// Id of the comment that it answers; `Some(None)` if that is the article.
        parent: Option<Option<String>>,
    },
    /// How a unit relates to another, or to a comment.
    Relation {
        /// Id of the unit that relates.
        from: String,
        /// Id of the unit or comment that it relates to.
        to: String,
        /// How; `None` if there is no such relation.
        kind: Option<Kind>,
        /// How exactly.
        subtype: Option<Subtype>,
    },
}

/// The labels of a unit that a person judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Labels {
    /// Its role.
    pub role: Option<Role>,
    /// All that it rests on.
    pub basis: Option<Vec<Basis>>,
    /// Whom it attacks, if anybody.
    pub attack: Option<Option<Attack>>,
    /// Whether it is sarcastic.
    pub sarcasm: Option<bool>,
}

impl Corrections {
    /// Those of the thread with this id.
    fn of<'a>(&'a self, thread: &'a str) -> impl Iterator<Item = &'a Correction> {
        self.all
            .iter()
            .filter(move |correction| correction.thread == thread)
    }
}

impl std::fmt::Display for Says {
    /// Names what is corrected.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unit { unit, .. } => write!(f, "unit `{unit}`"),
            Self::Comment {
                comment,
                parent: Some(Some(parent)),
                ..
            } => write!(
                f,
                "comment `{comment}`, or none `{parent}` above it that it can answer"
            ),
            Self::Comment {
                comment,
                stance: Some(_),
                ..
            } => write!(f, "comment `{comment}` that answers another"),
            Self::Comment { comment, .. } => write!(f, "comment `{comment}`"),
            Self::Relation {
                from,
                to,
                kind: None,
                ..
            } => write!(f, "relation of `{from}` to `{to}`"),
            Self::Relation { from, to, .. } => {
                write!(f, "unit `{from}`, or no `{to}` for it to relate to")
            }
        }
    }
}
