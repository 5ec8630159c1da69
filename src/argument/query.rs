//! Which chains are wanted.

use super::Chain;
use crate::{
    relate::{Kind, Relation, Target},
    thread::Thread,
};

/// What a chain must have; nothing is asked by default.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// It runs through this unit or comment, and is given from there on.
    pub root: Option<Target>,
    /// One of its comments is by this author: a name, in any case, or the board's id.
    pub author: Option<String>,
    /// All of its steps are of this kind.
    pub kind: Option<Kind>,
    /// It has so many comments or more.
    pub min_length: usize,
}

impl Query {
    pub(super) fn meets(&self, chain: &Chain, thread: &Thread, relations: &[Relation]) -> bool {
        let is_of_kind = |kind: Kind| {
            let mut steps = chain.relations.iter();
            steps.all(|&at| relations[at].kind == kind)
        };
        let is_by = |name: &str| {
            chain.comments.iter().any(|&idx| {
                let author = thread.comment(idx).author.as_ref();
                author.is_some_and(|author| {
                    author.name.to_lowercase() == name.to_lowercase()
                        || author.id.as_deref() == Some(name)
                })
            })
        };
        chain.comments.len() >= self.min_length
            && self.kind.is_none_or(is_of_kind)
            && self.author.as_deref().is_none_or(is_by)
    }
}
