//! Mentions: who is addressed by name, or spoken of as somebody who said something earlier.
//!
//! "@Name" addresses the author of that name, "as Name said" names one. Names count as they are written,
//! whole and in their own case; of several comments by an author the latest before the mention is meant.

use crate::{
    segment::Unit,
    text::BlockKind,
    thread::{CommentIdx, CommentKind, Thread},
};
use std::collections::HashMap;

/// Letters from which a name can be spoken of; shorter ones are words of all kinds.
const SHORTEST: usize = 3;
/// Words that a name may have.
const LONGEST: usize = 4;
/// What stands in front of a name that is spoken of.
const BEFORE: &[&str] = &["as", "like", "what"];
/// What stands behind it.
#[rustfmt::skip]
const BEHIND: &[&str] = &[
    "argued", "claimed", "explained", "mentioned", "noted", "points", "pointed", "said", "says", "showed",
    "stated", "suggested", "suggests", "wrote", "writes",
];

/// Every author's comments, by the author's name.
#[derive(Debug)]
pub(super) struct Names<'a> {
    comments: HashMap<&'a str, Vec<CommentIdx>>,
}

impl<'a> Names<'a> {
    /// Collects the names of a thread; anonymous comments are of nobody who could be named.
    pub(super) fn new(thread: &'a Thread) -> Self {
        let mut comments: HashMap<&str, Vec<CommentIdx>> = HashMap::new();
        for (idx, comment) in thread.iter() {
            if let Some(author) = &comment.author
                && !author.anonymous
                && comment.kind != CommentKind::Pingback
                && author.name.chars().count() >= SHORTEST
            {
                comments.entry(&author.name).or_default().push(idx);
            }
        }
        Self { comments }
    }

    /// The comment that a unit names an author of, other than its own; the first if it names several.
    pub(super) fn mentioned(&self, thread: &Thread, unit: &Unit) -> Option<CommentIdx> {
        if unit.block != BlockKind::Paragraph && unit.block != BlockKind::List {
            return None;
        }
        let text = unit.span.slice(&thread.comment(unit.comment).body.text);
        let addressed = text
            .match_indices(['@', '＠'])
            .map(|(at, sign)| &text[at + sign.len()..]);
        let words = text.match_indices(char::is_whitespace).map(|(at, _)| at);
        let starts = std::iter::once(0).chain(words.map(|at| at + 1));
        let spoken_of = starts.filter_map(|at| {
            let rest = text.get(at..)?;
            let (word, rest) = rest.split_once(' ')?;
            let is_before = BEFORE
                .iter()
                .any(|before| word.eq_ignore_ascii_case(before));
            is_before.then_some(rest)
        });
        let found = addressed
            .filter_map(|rest| self.leading(rest).map(|(comments, _)| comments))
            .chain(spoken_of.filter_map(|rest| {
                let (comments, rest) = self.leading(rest)?;
                let verb = rest.split_whitespace().next()?;
                let verb = verb.trim_end_matches(|c: char| !c.is_alphabetic());
                BEHIND.contains(&verb).then_some(comments)
            }));
        let before = |comments: &[CommentIdx]| {
            let count = comments.partition_point(|&idx| idx < unit.comment);
            count.checked_sub(1).map(|last| comments[last])
        };
        found
            .filter_map(before)
            .find(|&idx| thread.identity(idx) != thread.identity(unit.comment))
    }

    /// The comments of the author whose name a text begins with, the longest such name, and the rest.
    fn leading<'t>(&self, text: &'t str) -> Option<(&[CommentIdx], &'t str)> {
        let line = text.lines().next()?;
        let spaces = line.match_indices(' ').map(|(at, _)| at);
        let ends = spaces.take(LONGEST - 1).chain(std::iter::once(line.len()));
        let mut names: Vec<&str> = ends.map(|end| &line[..end]).collect();
        names.reverse();
        names.into_iter().find_map(|shown| {
            // Punctuation behind a name is not of it, unless it is.
            let bare = shown.trim_end_matches([',', ':', ';', '.', '!', '?', ')']);
            [shown, bare].into_iter().find_map(|name| {
                let comments = self.comments.get(name)?;
                Some((comments.as_slice(), &text[name.len()..]))
            })
        })
    }
}
