//! What two captures of one comment say together.

use super::{Age, Entry, Link, is_gone, is_stub};
use crate::thread::{Author, CommentKind, Draft, Inference, Score};

impl Entry {
    /// Takes in what a capture of this age says about the comment; whether it disagrees on what the comment
    /// answers.
    pub(super) fn take(&mut self, draft: Draft, link: Link, capture: usize, age: Age) -> bool {
        self.captures.push(capture);
        let is_newer = age >= self.age;
        let (conflict, inferred) = self.relink(link, draft.inferred, is_newer);
        let before = std::mem::take(&mut self.draft);
        // A stub says nothing about a comment that is known, however new it is.
        let takes_over = match (is_stub(before.state), is_stub(draft.state)) {
            (true, false) => true,
            (false, true) => false,
            // Nobody can tell which was first, and a deletion is to be honored.
            _ if !age.is_known && is_gone(before.state) != is_gone(draft.state) => {
                is_gone(draft.state)
            }
            _ => is_newer,
        };
        if takes_over {
            self.age = age;
        }
        let (mut now, other) = if takes_over {
            (draft, before)
        } else {
            (before, draft)
        };
        self.lost |= is_gone(now.state) && !is_gone(other.state) && !other.body.text.is_empty();
        self.lost &= is_gone(now.state);
        fill(&mut now, other);
        self.draft = Draft { inferred, ..now };
        conflict
    }

    /// Keeps what says more about the comment's parent, and of two parents that of the newer capture; gives
    /// whether both name one and disagree, and how the one kept was found.
    fn relink(
        &mut self,
        link: Link,
        inferred: Option<Inference>,
        is_newer: bool,
    ) -> (bool, Option<Inference>) {
        /// A parent that is named.
        const NAMED: u8 = 3;
        const fn says(link: &Link, inferred: Option<Inference>) -> u8 {
            match (link, inferred) {
                (Link::Root, _) => 0,
                (Link::Missing(None, _), _) => 1,
                (Link::Missing(Some(_), _), _) => 2,
                (Link::Slot(_), Some(_)) => NAMED,
                // What the board states is surer than what words show.
                (Link::Slot(_), None) => NAMED + 1,
            }
        }
        let before = says(&self.link, self.draft.inferred);
        let now = says(&link, inferred);
        let conflict = before >= NAMED && before == now && self.link != link;
        if now > before || (now == before && is_newer) {
            self.link = link;
            return (conflict, inferred);
        }
        (conflict, self.draft.inferred)
    }
}

/// Fills what is not known of a comment from another capture of it.
fn fill(now: &mut Draft, other: Draft) {
    now.posted = now.posted.or(other.posted);
    if now.kind == CommentKind::default() {
        now.kind = other.kind;
    }
    // What was taken away stays away.
    if is_gone(now.state) {
        return;
    }
    now.author = author(now.author.take(), other.author);
    now.title = now.title.take().or(other.title);
    now.edited = now.edited.or(other.edited);
    now.score = score(now.score.take(), other.score);
    if now.body.text.is_empty() {
        now.body = other.body;
        now.given_units = other.given_units;
    }
}

fn author(now: Option<Author>, other: Option<Author>) -> Option<Author> {
    match (now, other) {
        (Some(now), Some(other)) if now.name == other.name => Some(Author {
            id: now.id.or(other.id),
            badge: now.badge.or(other.badge),
            ..now
        }),
        (now, other) => now.or(other),
    }
}

fn score(now: Option<Score>, other: Option<Score>) -> Option<Score> {
    match (now, other) {
        (Some(now), Some(other)) => Some(Score {
            points: now.points.or(other.points),
            up: now.up.or(other.up),
            down: now.down.or(other.down),
            label: now.label.or(other.label),
        }),
        (now, other) => now.or(other),
    }
}
