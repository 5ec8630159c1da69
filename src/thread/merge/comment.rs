//! What two captures of one comment say together.

use super::{Age, Entry, Link, is_gone, is_stub};
use crate::thread::{Author, CommentKind, Draft, Score};

impl Entry {
    /// Takes in what a capture of this age says about the comment; whether it disagrees on what the comment
    /// answers.
    pub(super) fn take(&mut self, draft: Draft, link: Link, capture: usize, age: Age) -> bool {
        self.captures.push(capture);
        let is_newer = age >= self.age;
        let conflict = self.relink(link, is_newer);
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
        self.draft = now;
        conflict
    }

    /// Keeps what says more about the comment's parent, and of two parents that of the newer capture.
    fn relink(&mut self, link: Link, is_newer: bool) -> bool {
        const fn says(link: &Link) -> u8 {
            match link {
                Link::Root => 0,
                Link::Missing(None, _) => 1,
                Link::Missing(Some(_), _) => 2,
                Link::Slot(_) => 3,
            }
        }
        let (before, now) = (says(&self.link), says(&link));
        let conflict = before == 3 && now == 3 && self.link != link;
        if now > before || (now == before && is_newer) {
            self.link = link;
        }
        conflict
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
