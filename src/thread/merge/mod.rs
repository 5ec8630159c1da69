//! One thread of several captures of it: its pages, crawls of different days, forms of the board's pages.
//!
//! Comments meet by the board's id, or by author, time and text where a capture has no ids (`meeting`).
//! The newer capture says what a comment is now (`comment`): its votes, its edited text, and that it was
//! deleted, in which case the text that an older capture has is left out. Stubs give way to what they
//! stand for (`stubs`). What a part says of the rest is told where the rest is lacking (`parts`). Comments stand in the order of the first capture that has them, the others where
//! a later capture shows them (`order`).

mod comment;
mod meeting;
mod order;
mod parts;
mod stubs;

use super::{
    Article, CommentIdx, Draft, Parent, ParentRef, State, Thread, ThreadBuilder, Warning, codes,
};
use meeting::Meeting;
use std::collections::{HashMap, HashSet};

/// What a comment of the merged thread answers, while it is put together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Link {
    Root,
    /// The comment in this slot.
    Slot(usize),
    /// See [`Parent::Missing`]; with the depth of the comment that answers it.
    Missing(Option<String>, usize),
}

/// Where a comment's id is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    /// The board.
    Board,
    /// Its place in the capture, as far as one can see; some boards do count so.
    Place,
    /// Its place, since the capture gives ids to others and none to it.
    Made,
}

/// A comment of the merged thread, while it is put together.
#[derive(Debug)]
struct Entry {
    /// Its id and all but its parent.
    draft: Draft,
    link: Link,
    /// Where its id is from.
    name: Name,
    /// The age of the capture that says what it is now.
    age: Age,
    /// The captures that show it.
    captures: Vec<usize>,
    /// Whether it was deleted or removed after a capture that has its text.
    lost: bool,
}

/// Makes one thread of captures of it; `None` where there is none. Of two captures the one that was made
/// later is the newer, or the later one in the list where that is not known of all; then what any of them shows
/// as deleted is deleted.
///
/// Blocks are read anew for quotations, since what they quote may have come with another capture.
#[must_use]
pub fn merge(captures: Vec<Thread>) -> Option<Thread> {
    if captures.len() < 2 {
        return captures.into_iter().next();
    }
    let ages = ages(&captures);
    let frame = Frame::new(&captures, &ages);
    let partial = parts::partial(&captures);
    let by_time = order::by_time(&captures);
    let all_placed = captures.iter().all(meeting::is_placed);
    let mut meeting = Meeting::default();
    let mut warnings = Vec::new();
    for (number, (capture, &age)) in captures.into_iter().zip(&ages).enumerate() {
        let told: Vec<Warning> = capture.warnings.clone();
        let slots = meeting.add(capture, number, age);
        let keeps = |warning: &Warning| {
            warning.code != codes::PARTIAL_CAPTURE
                || warning.comment.is_some()
                || partial.contains(&number)
        };
        warnings.extend(told.into_iter().filter(keeps).map(|warning| {
            let slot = warning
                .comment
                .and_then(|idx| slots.get(idx.get()).copied());
            (warning, slot)
        }));
    }
    meeting.resolve();
    warnings.append(&mut meeting.warnings);
    let gone = stubs::resolved(&meeting.entries, &ages);
    let mut shown: Vec<usize> = meeting
        .order
        .iter()
        .filter(|slot| !gone.contains(slot))
        .collect();
    if by_time {
        shown.sort_by_key(|&slot| {
            meeting
                .entries
                .get(slot)
                .and_then(|entry| entry.draft.posted)
        });
    }
    Some(frame.build(meeting.entries, &shown, &gone, all_placed, warnings))
}

/// How new a capture is beside the others; the greater the newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Age {
    /// Its place in the order of their making.
    place: usize,
    /// Whether that order is known; else it is the order of the list.
    is_known: bool,
}

fn ages(captures: &[Thread]) -> Vec<Age> {
    let mut made: Vec<usize> = (0..captures.len()).collect();
    let is_known = captures.iter().all(|capture| capture.fetched.is_some());
    if is_known {
        made.sort_by_key(|&number| captures.get(number).and_then(|capture| capture.fetched));
    }
    let mut ages = vec![Age { place: 0, is_known }; made.len()];
    for (place, number) in made.into_iter().enumerate() {
        if let Some(age) = ages.get_mut(number) {
            age.place = place;
        }
    }
    ages
}

/// All but the comments of the merged thread.
struct Frame {
    builder: ThreadBuilder,
}

impl Frame {
    /// Takes what the richest capture says, the newest of several, and from the others what it lacks.
    fn new(captures: &[Thread], ages: &[Age]) -> Self {
        let length = |thread: &Thread| {
            let text = thread
                .article
                .as_ref()
                .and_then(|article| article.text.as_deref());
            text.map_or(0, str::len)
        };
        let mut richest: Vec<(&Thread, Age)> = captures.iter().zip(ages.iter().copied()).collect();
        richest.sort_by_key(|(thread, age)| std::cmp::Reverse((length(thread), *age)));
        let threads = || richest.iter().map(|(thread, _)| *thread);
        let first = captures.first();
        let id = first.map_or("", |thread| &thread.id);
        let mut builder = ThreadBuilder::new(first.map_or("", |thread| &thread.source), id);
        let articles = || threads().filter_map(|thread| thread.article.as_ref());
        let article = articles().next().map(|_| Article {
            title: articles().find_map(|article| article.title.clone()),
            url: articles().find_map(|article| article.url.clone()),
            text: articles().find_map(|article| article.text.clone()),
        });
        builder
            // The first page's address is the thread's.
            .url(captures.iter().find_map(|thread| thread.url.clone()))
            .title(threads().find_map(|thread| thread.title.clone()))
            .article(article)
            .fetched(captures.iter().filter_map(|thread| thread.fetched).max());
        Self { builder }
    }

    fn build(
        mut self,
        mut entries: Vec<Entry>,
        shown: &[usize],
        gone: &HashSet<usize>,
        all_placed: bool,
        warnings: Vec<(Warning, Option<usize>)>,
    ) -> Thread {
        let ids = ids(&entries, shown, all_placed);
        let links: Vec<Link> = entries.iter().map(|entry| entry.link.clone()).collect();
        // What answered a stub that is gone answers what the stub answered.
        let parent = |slot: usize| {
            let mut link = links.get(slot);
            for _ in 0..links.len() {
                match link {
                    Some(Link::Slot(above)) if gone.contains(above) => link = links.get(*above),
                    _ => break,
                }
            }
            match link {
                Some(Link::Slot(above)) => ids
                    .get(above)
                    .cloned()
                    .map_or(ParentRef::Root, ParentRef::Id),
                Some(Link::Missing(id, depth)) => ParentRef::Missing {
                    id: id.clone(),
                    depth: *depth,
                },
                _ => ParentRef::Root,
            }
        };
        let mut places = HashMap::new();
        let mut lost = 0;
        let mut orphans = HashSet::new();
        for &slot in shown {
            let Some(entry) = entries.get_mut(slot) else {
                continue;
            };
            lost += usize::from(entry.lost);
            let mut draft = std::mem::take(&mut entry.draft);
            draft.parent = parent(slot);
            if matches!(draft.parent, ParentRef::Missing { .. }) {
                orphans.insert(slot);
            }
            draft.id = ids.get(&slot).cloned().unwrap_or_default();
            places.insert(slot, self.builder.push(draft));
        }
        self.warn(warnings, &places, &orphans);
        if lost > 0 {
            let (comments, were) = if lost == 1 {
                ("comment", "was")
            } else {
                ("comments", "were")
            };
            let message = format!(
                "{lost} {comments} {were} deleted or removed after an earlier capture; the text in that is left out"
            );
            self.builder.warn(codes::DELETED_COMMENTS, message, None);
        }
        self.builder.build()
    }

    /// Carries over the warnings that still hold, each once.
    fn warn(
        &mut self,
        warnings: Vec<(Warning, Option<usize>)>,
        places: &HashMap<usize, CommentIdx>,
        orphans: &HashSet<usize>,
    ) {
        // The builder counts these anew.
        const COUNTS: [&str; 3] = [
            codes::DELETED_COMMENTS,
            codes::HIDDEN_COMMENTS,
            codes::UNRESOLVED_COMMENTS,
        ];
        let mut told = HashSet::new();
        for (warning, slot) in warnings {
            let code = warning.code.as_ref();
            let comment = slot.and_then(|slot| places.get(&slot).copied());
            let is_settled = match code {
                codes::MISSING_PARENT => slot.is_none_or(|slot| !orphans.contains(&slot)),
                codes::PARTIAL_CAPTURE => slot.is_some_and(|slot| !orphans.contains(&slot)),
                _ => COUNTS.contains(&code) || (slot.is_some() && comment.is_none()),
            };
            if !is_settled && told.insert((code.to_owned(), warning.message.clone(), comment)) {
                let warning = Warning { comment, ..warning };
                self.builder.warnings().push(warning);
            }
        }
    }
}

/// The ids of the comments shown, by slot: the board's, or made from the place where it gave none.
fn ids(entries: &[Entry], shown: &[usize], all_placed: bool) -> HashMap<usize, String> {
    let mut taken = HashSet::new();
    let mut ids = HashMap::new();
    let own = |slot: usize| {
        entries
            .get(slot)
            .map(|entry| (entry.name == Name::Board, entry.draft.id.as_str()))
    };
    // The board's own ids first, so that no made one takes them away.
    for named in [true, false] {
        for (at, &slot) in shown.iter().enumerate() {
            let Some((is_named, id)) = own(slot) else {
                continue;
            };
            if is_named != named {
                continue;
            }
            let mut id = match all_placed {
                true => (at + 1).to_string(),
                false => id.to_owned(),
            };
            while !taken.insert(id.clone()) {
                id.push('~');
            }
            ids.insert(slot, id);
        }
    }
    ids
}

/// Whether only the place of a comment is known.
const fn is_stub(state: State) -> bool {
    matches!(state, State::Hidden | State::Unresolved)
}

/// Whether a comment was taken away.
const fn is_gone(state: State) -> bool {
    matches!(state, State::Deleted | State::Removed)
}

/// What a comment of a capture answers, its parent being in the slot that `slots` says.
fn link(parent: &Parent, depth: usize, slots: &[usize]) -> Link {
    match parent {
        Parent::Root => Link::Root,
        Parent::Known(idx) => slots.get(idx.get()).copied().map_or(Link::Root, Link::Slot),
        Parent::Missing(id) => Link::Missing(id.clone(), depth),
    }
}

#[cfg(test)]
mod tests;
