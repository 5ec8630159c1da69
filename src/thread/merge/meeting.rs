//! Finds the comments of several captures that are the same.

use super::{Age, Entry, Link, Name, is_gone, link, order::Order};
use crate::thread::{Comment, Draft, Parent, ParentRef, State, Thread, Warning, codes};
use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// The comments met so far, in slots, and what they can be found by.
#[derive(Debug, Default)]
pub(super) struct Meeting {
    pub(super) entries: Vec<Entry>,
    pub(super) order: Order,
    /// What disagreed between captures.
    pub(super) warnings: Vec<(Warning, Option<usize>)>,
    /// Those whose id the board or the capture gives.
    by_id: HashMap<String, usize>,
    /// Those with an id of the board, by what else they can be told by.
    board: HashMap<u64, Vec<usize>>,
    /// The others.
    loose: HashMap<u64, Vec<usize>>,
    /// The first stub for comments not loaded beside the replies to a comment, and whether it is the only one.
    stubs: HashMap<Link, (usize, bool)>,
}

/// What of the comments met before is taken by the capture that is taken in.
#[derive(Default)]
struct Taken {
    slots: HashSet<usize>,
    /// How many of the slots that a key finds are passed.
    passed: HashMap<u64, usize>,
    /// Whether the comment that is sought is the only stub beside the replies to another.
    is_single: bool,
}

/// Whether the ids of a capture are made from the places of its comments, or look like it.
pub(super) fn is_placed(capture: &Thread) -> bool {
    let mut numbered = capture.comments.iter().enumerate();
    numbered.all(|(at, comment)| comment.id == (at + 1).to_string())
}

impl Meeting {
    /// Takes in a capture; gives the slot of each of its comments.
    pub(super) fn add(&mut self, capture: Thread, number: usize, age: Age) -> Vec<usize> {
        let names = names(&capture);
        let singles = singles(&capture);
        let before = self.entries.len();
        let mut taken = Taken::default();
        let mut keyed = Vec::new();
        let mut slots = vec![usize::MAX; capture.comments.len()];
        let tree = capture.tree.preorder();
        let mut comments: Vec<_> = capture.comments.into_iter().map(Some).collect();
        for idx in tree {
            let at = idx.get();
            let taken_out = comments.get_mut(at).and_then(Option::take);
            let (Some(comment), Some(&name)) = (taken_out, names.get(at)) else {
                continue;
            };
            let link = self.known(link(&comment.parent, comment.depth, &slots));
            let draft = draft(comment);
            let keys = Keys::new(&draft, &link);
            taken.is_single = singles.get(at).copied().unwrap_or(false);
            let found = self.find(&draft, &link, name, &keys, &mut taken);
            let slot = found.unwrap_or(self.entries.len());
            keyed.push((slot, keys));
            if let Some(place) = slots.get_mut(at) {
                *place = slot;
            }
            self.put(slot, draft, link, name, (number, age));
        }
        self.place(&slots, before);
        for (slot, keys) in keyed {
            self.register(slot, &keys);
        }
        slots
    }

    /// Looks up again what comments of earlier captures answer.
    pub(super) fn resolve(&mut self) {
        let links: Vec<_> = self
            .entries
            .iter()
            .map(|entry| self.known(entry.link.clone()))
            .collect();
        for (entry, link) in self.entries.iter_mut().zip(links) {
            entry.link = link;
        }
    }

    /// A link to a comment outside its capture, which another capture may hold.
    fn known(&self, link: Link) -> Link {
        match &link {
            Link::Missing(Some(id), _) => self.by_id.get(id).copied().map_or(link, Link::Slot),
            _ => link,
        }
    }

    fn put(
        &mut self,
        slot: usize,
        draft: Draft,
        link: Link,
        name: Name,
        (number, age): (usize, Age),
    ) {
        let Some(entry) = self.entries.get_mut(slot) else {
            self.entries.push(Entry {
                draft,
                link,
                name,
                age,
                captures: vec![number],
                lost: false,
            });
            return;
        };
        let id = match name {
            Name::Board => draft.id.clone(),
            _ => entry.draft.id.clone(),
        };
        if name == Name::Board {
            entry.name = name;
        }
        if entry.take(draft, link, number, age) {
            let message =
                format!("captures disagree on what comment `{id}` answers; the newest counts");
            let warning = Warning {
                code: codes::PARENT_CONFLICT.into(),
                message,
                comment: None,
            };
            self.warnings.push((warning, Some(slot)));
        }
        entry.draft.id = id;
    }

    /// Puts the comments that only this capture has into the order, where it shows them.
    fn place(&mut self, slots: &[usize], before: usize) {
        let mut last = None;
        let first_known = slots.iter().copied().find(|&slot| slot < before);
        for &slot in slots {
            if slot >= before {
                // A stub for one comment among several says nothing about where others stand.
                let stub = self.entries.get(slot).and_then(|entry| {
                    let (stub, is_single) = *self.stubs.get(&entry.link)?;
                    let is_stub = self
                        .entries
                        .get(stub)
                        .is_some_and(|e| is_unresolved(&e.draft));
                    (is_single && is_stub).then_some(stub)
                });
                match (stub, last, first_known) {
                    (Some(stub), ..) => self.order.put_before(slot, stub),
                    (None, Some(last), _) => self.order.put_behind(slot, Some(last)),
                    (None, None, Some(first)) => self.order.put_before(slot, first),
                    (None, None, None) => self.order.put_behind(slot, None),
                }
            }
            last = Some(slot);
        }
    }

    fn register(&mut self, slot: usize, keys: &Keys) {
        let Some(entry) = self.entries.get(slot) else {
            return;
        };
        if entry.name != Name::Made {
            self.by_id.entry(entry.draft.id.clone()).or_insert(slot);
        }
        if entry.draft.state == State::Unresolved {
            let stub = self.stubs.entry(entry.link.clone()).or_insert((slot, true));
            stub.1 &= stub.0 == slot;
        }
        let table = match entry.name {
            Name::Board => &mut self.board,
            _ => &mut self.loose,
        };
        for key in keys.all() {
            table.entry(key).or_default().push(slot);
        }
    }

    /// The slot of a comment that was met before, which no other comment of the capture has taken.
    fn find(
        &self,
        draft: &Draft,
        link: &Link,
        name: Name,
        keys: &Keys,
        taken: &mut Taken,
    ) -> Option<usize> {
        let by_id = || {
            self.by_id
                .get(&draft.id)
                .copied()
                .filter(|_| name != Name::Made)
        };
        let is_same = |slot: &usize| {
            let entry = self.entries.get(*slot);
            entry.is_some_and(|entry| match (entry.name, name) {
                // Stubs may be called alike everywhere.
                _ if is_unresolved(&entry.draft) && is_unresolved(draft) => entry.link == *link,
                (Name::Board, Name::Board) => true,
                _ => agree(&entry.draft, draft),
            })
        };
        if let Some(slot) = by_id().filter(is_same)
            && taken.slots.insert(slot)
        {
            return Some(slot);
        }
        if is_unresolved(draft) {
            // One stub for all that is not loaded is called otherwise when more of it is loaded.
            let stub = self.stubs.get(link).filter(|(_, single)| *single);
            let stub = stub.map(|(slot, _)| *slot).filter(|_| taken.is_single);
            return stub.filter(|&slot| taken.slots.insert(slot));
        }
        let tables = match name {
            // Two ids of the board are two comments.
            Name::Board => &[&self.loose][..],
            _ => &[&self.loose, &self.board],
        };
        let sought = keys.sought();
        let mut places = tables
            .iter()
            .flat_map(|table| sought.iter().map(move |key| (table, *key)));
        places.find_map(|(table, key)| taken.first(table.get(&key)?, key))
    }
}

impl Taken {
    /// The first of these slots that is not taken, which then is.
    fn first(&mut self, slots: &[usize], key: u64) -> Option<usize> {
        let passed = self.passed.entry(key).or_default();
        while let Some(&slot) = slots.get(*passed) {
            *passed += 1;
            if self.slots.insert(slot) {
                return Some(slot);
            }
        }
        *passed = 0;
        None
    }
}

/// What a comment can be found by, besides its id.
struct Keys {
    /// Author, time and text; without a time what it answers too, since short texts repeat.
    content: Option<u64>,
    /// What it answers, and when it was written.
    time: Option<u64>,
    /// The same, by which only comments that were taken away are found.
    gone: Option<u64>,
    /// What it answers, for comments of which nothing else is known.
    blank: Option<u64>,
    is_gone: bool,
}

impl Keys {
    fn new(draft: &Draft, link: &Link) -> Self {
        let text = draft.body.text.as_str();
        let posted = draft.posted;
        let is_gone = is_gone(draft.state);
        let author = draft.author.as_ref().map(|author| &author.name);
        let near = posted.is_none().then_some(link);
        let timed = |kind: u8| posted.map(|posted| key((kind, link, posted)));
        Self {
            content: (!text.is_empty()).then(|| key((0_u8, author, posted, text, near))),
            time: timed(1),
            gone: timed(2),
            blank: (text.is_empty() && posted.is_none()).then(|| key((3_u8, link))),
            is_gone,
        }
    }

    /// By what the comment is found later.
    fn all(&self) -> impl Iterator<Item = u64> {
        let gone = self.gone.filter(|_| self.is_gone);
        [self.content, self.time, gone, self.blank]
            .into_iter()
            .flatten()
    }

    /// By what it may be found. Time alone tells only of a comment that lost all else.
    fn sought(&self) -> Vec<u64> {
        let by_time = match self.is_gone {
            true => self.time,
            false => self.gone,
        };
        [self.content, by_time, self.blank]
            .into_iter()
            .flatten()
            .collect()
    }
}

fn key(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

fn is_unresolved(draft: &Draft) -> bool {
    draft.state == State::Unresolved
}

/// Whether nothing speaks against two comments with one number being the same.
fn agree(one: &Draft, other: &Draft) -> bool {
    let is_gone = is_gone(one.state) || is_gone(other.state);
    let name = |draft: &Draft| draft.author.as_ref().map(|author| author.name.clone());
    if let (Some(one), Some(other), false) = (name(one), name(other), is_gone)
        && one != other
    {
        return false;
    }
    match (one.posted, other.posted) {
        (Some(one), Some(other)) => one == other,
        _ => is_gone || one.body.text == other.body.text,
    }
}

/// Which comments are stubs for comments not loaded without another beside them.
fn singles(capture: &Thread) -> Vec<bool> {
    let key = |comment: &Comment| match &comment.parent {
        Parent::Known(idx) => (Some(*idx), None),
        Parent::Missing(id) => (None, id.clone()),
        Parent::Root => (None, None),
    };
    let is_stub = |comment: &Comment| comment.state == State::Unresolved;
    let mut counts: HashMap<_, usize> = HashMap::new();
    for stub in capture.comments.iter().filter(|comment| is_stub(comment)) {
        *counts.entry(key(stub)).or_default() += 1;
    }
    let comments = capture.comments.iter();
    comments
        .map(|comment| is_stub(comment) && counts.get(&key(comment)) == Some(&1))
        .collect()
}

/// Where the ids of a capture's comments are from.
fn names(capture: &Thread) -> Vec<Name> {
    let name = match is_placed(capture) {
        true => Name::Place,
        false => Name::Board,
    };
    let mut names = vec![name; capture.comments.len()];
    for warning in &capture.warnings {
        if warning.code == codes::MISSING_ID
            && let Some(name) = warning.comment.and_then(|idx| names.get_mut(idx.get()))
        {
            *name = Name::Made;
        }
    }
    names
}

/// A comment as it was before it had a place in a tree.
fn draft(comment: Comment) -> Draft {
    Draft {
        id: comment.id,
        parent: ParentRef::Root,
        inferred: comment.inferred,
        author: comment.author,
        title: comment.title,
        posted: comment.posted,
        // Its own warnings tell that.
        posted_locally: false,
        edited: comment.edited,
        score: comment.score,
        state: comment.state,
        kind: comment.kind,
        body: comment.body,
        settled: false,
        given_units: comment.given_units,
    }
}
