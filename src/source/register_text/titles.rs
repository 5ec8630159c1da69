//! Tells titles from first paragraphs, which look alike in plain text.
//!
//! An answer's title is its parent's with "Re: " before it unless its author changes it, so that the
//! answers show what the title was.

use super::{super::register::answered_title, outline::Item, post::Post};
use std::collections::HashMap;

/// Takes every first line that is a title out of its comment's words.
pub(super) fn settle(items: &[Item], posts: &mut [Post<'_>]) {
    let answers = answers(posts);
    let ends = subtree_ends(items);
    for at in 0..items.len() {
        if posts[at].title.is_some() {
            continue;
        }
        let Some(line) = posts[at].short_line() else {
            continue;
        };
        let answered = answers.get(line).is_some_and(|answers| {
            let next = answers.partition_point(|&answer| answer <= at);
            answers.get(next).is_some_and(|&answer| answer < ends[at])
        });
        if answered || items[at].depth == 0 && posts[at].has_second_paragraph() {
            posts[at].take_title();
        }
    }
}

/// The title that the answers to a comment of depth 0 agree on, for each that has lost its own.
pub(super) fn lost<'a>(items: &[Item], posts: &[Post<'a>]) -> Vec<Option<&'a str>> {
    let mut found: Vec<Option<&str>> = vec![None; items.len()];
    let mut disagree = vec![false; items.len()];
    for (item, post) in items.iter().zip(posts) {
        if let Some(parent) = item.parent
            && let Some(title) = post.title.and_then(answered_title)
        {
            let first = *found[parent].get_or_insert(title);
            disagree[parent] |= first != title;
        }
    }
    for at in 0..items.len() {
        if disagree[at] || items[at].depth > 0 || posts[at].title.is_some() {
            found[at] = None;
        }
    }
    found
}

/// The answers to each title, in order.
fn answers<'a>(posts: &[Post<'a>]) -> HashMap<&'a str, Vec<usize>> {
    let mut answers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, post) in posts.iter().enumerate() {
        if let Some(title) = post.title.and_then(answered_title) {
            answers.entry(title).or_default().push(at);
        }
    }
    answers
}

/// For every comment, the first behind its replies and their replies.
fn subtree_ends(items: &[Item]) -> Vec<usize> {
    let mut ends = vec![items.len(); items.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        while let Some(done) = open.pop_if(|above| items[*above].depth >= item.depth) {
            ends[done] = at;
        }
        open.push(at);
    }
    ends
}
