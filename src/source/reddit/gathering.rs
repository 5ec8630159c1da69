//! Puts a thread together from comments and stubs, in one document or in several that overlap.

#[cfg(test)]
use crate::thread::{Comment, Thread};
use crate::thread::{Draft, ParentRef, State, ThreadBuilder, codes};
use std::collections::{HashMap, HashSet};

/// A stub for comments that the board did not load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::source) struct Stub {
    /// What the comments that it stands for answer.
    pub(in crate::source) parent: ParentRef,
    /// The ids of those that the board names.
    pub(in crate::source) children: Vec<String>,
    /// Whether it stands for all replies of its parent, which the board shows on a page of their own.
    pub(in crate::source) all: bool,
    /// How many comments it stands for, with their replies.
    pub(in crate::source) count: Option<i64>,
}

impl Stub {
    fn parent_id(&self) -> &str {
        match &self.parent {
            ParentRef::Id(id) => id,
            _ => "",
        }
    }
}

enum Item {
    Comment(Box<Draft>, Vec<String>),
    Stub(Stub),
}

/// Collects the comments of a thread.
#[derive(Default)]
pub(in crate::source) struct Gathering {
    items: Vec<Item>,
    /// Where the comment of an id stands, and in which document it was.
    places: HashMap<String, (usize, usize)>,
    /// Parents that have a reply here.
    answered: HashSet<String>,
}

impl Gathering {
    /// Whether there is nothing.
    pub(in crate::source) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Adds a comment with what was odd about it. Documents that overlap have it more than once: it is
    /// kept once, with its text where one of them still has it.
    pub(in crate::source) fn comment(&mut self, draft: Draft, odd: Vec<String>, document: usize) {
        if let ParentRef::Id(id) = &draft.parent {
            self.answered.insert(id.clone());
        }
        match self.places.get(&draft.id) {
            Some(&(place, known_in)) if known_in != document && !draft.id.is_empty() => {
                if let Some(Item::Comment(known, _)) = self.items.get_mut(place)
                    && is_gone(known.state)
                    && !is_gone(draft.state)
                {
                    **known = draft;
                }
                return;
            }
            Some(_) => {}
            None => {
                self.places
                    .insert(draft.id.clone(), (self.items.len(), document));
            }
        }
        self.items.push(Item::Comment(Box::new(draft), odd));
    }

    /// Adds a stub.
    pub(in crate::source) fn stub(&mut self, stub: Stub) {
        self.items.push(Item::Stub(stub));
    }

    /// Adds all to a thread. Stubs whose comments stand elsewhere in the input are resolved and left out.
    pub(in crate::source) fn finish(self, builder: &mut ThreadBuilder) {
        let mut stubs = HashSet::new();
        for item in self.items {
            match item {
                Item::Comment(draft, odd) => {
                    let id = draft.id.clone();
                    let idx = builder.push(*draft);
                    for what in odd {
                        builder.warn(
                            codes::BAD_VALUE,
                            format!("comment `{id}`: {what}"),
                            Some(idx),
                        );
                    }
                }
                Item::Stub(stub) => {
                    let missing = |id: &&String| !self.places.contains_key(*id);
                    let missing: Vec<_> = stub.children.iter().filter(missing).cloned().collect();
                    let resolved = match stub.children.is_empty() {
                        true => stub.all && self.answered.contains(stub.parent_id()),
                        false => missing.is_empty(),
                    };
                    // The board calls a stub like the first comment that it stands for.
                    let id = missing
                        .first()
                        .cloned()
                        .unwrap_or_else(|| format!("_{}", stub.parent_id()));
                    if !resolved && stubs.insert(id.clone()) {
                        push_stub(stub, id, &missing, builder);
                    }
                }
            }
        }
    }
}

const fn is_gone(state: State) -> bool {
    matches!(state, State::Deleted | State::Removed)
}

fn push_stub(stub: Stub, id: String, missing: &[String], builder: &mut ThreadBuilder) {
    let message = match missing {
        [] if stub.parent_id().is_empty() => {
            format!("`{id}` stands for comments that were not loaded")
        }
        [] => format!(
            "`{id}` stands for replies to `{}` that were not loaded",
            stub.parent_id()
        ),
        _ => {
            let count = stub.count.unwrap_or(0).max(missing.len() as i64);
            format!(
                "`{id}` stands for {count} comments that were not loaded: {}",
                missing.join(", ")
            )
        }
    };
    let idx = builder.push(Draft {
        id,
        parent: stub.parent,
        state: State::Unresolved,
        ..Draft::default()
    });
    builder.warn(codes::UNRESOLVED_COMMENTS, message, Some(idx));
}

/// Ids of the comments that are stubs, for tests.
#[cfg(test)]
pub(in crate::source) fn stubs(thread: &Thread) -> Vec<&Comment> {
    let comments = thread.comments.iter();
    comments
        .filter(|comment| comment.state == State::Unresolved)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str, parent: &str, state: State) -> Draft {
        Draft {
            id: id.into(),
            parent: super::super::parent(parent),
            state,
            ..Draft::default()
        }
    }

    fn stub(parent: &str, children: &[&str]) -> Stub {
        Stub {
            parent: super::super::parent(parent),
            children: children.iter().map(|&id| id.into()).collect(),
            all: children.is_empty(),
            count: None,
        }
    }

    #[test]
    fn documents_that_overlap_are_one_thread() {
        let mut gathering = Gathering::default();
        gathering.comment(draft("a", "t3_l", State::Deleted), vec![], 0);
        gathering.stub(stub("t1_a", &["b", "c"]));
        gathering.stub(stub("t1_a", &[]));
        gathering.comment(draft("a", "t3_l", State::Live), vec![], 1);
        gathering.comment(draft("b", "t1_a", State::Live), vec![], 1);
        gathering.stub(stub("t1_b", &[]));
        gathering.stub(stub("t3_l", &["b"]));
        let mut builder = ThreadBuilder::new("test", "l");
        gathering.finish(&mut builder);
        let thread = builder.build();
        let seen: Vec<_> = thread
            .comments
            .iter()
            .map(|c| (c.id.as_str(), c.state, c.depth))
            .collect();
        assert_eq!(
            seen,
            [
                ("a", State::Live, 0),
                ("c", State::Unresolved, 1),
                ("b", State::Live, 1),
                ("_b", State::Unresolved, 2),
            ]
        );
        assert_eq!(stubs(&thread).len(), 2);
        assert!(
            thread
                .warnings
                .iter()
                .any(|w| w.message.contains("not loaded: c"))
        );
    }
}
