//! How tests of sources look at the threads that they read.

use super::Source;
use crate::{
    error::Result,
    thread::{Comment, Parent, State, Thread},
};

/// The threads that a source reads in an answer of a board.
pub(super) fn threads(source: &dyn Source, answer: &serde_json::Value) -> Result<Vec<Thread>> {
    let text = answer.to_string();
    source.threads(Box::new(text.as_bytes())).collect()
}

/// Each comment's id, depth and text.
pub(super) fn rows(thread: &Thread) -> Vec<(&str, usize, &str)> {
    let comments = thread.comments.iter();
    comments
        .map(|comment| {
            (
                comment.id.as_str(),
                comment.depth,
                comment.body.text.as_str(),
            )
        })
        .collect()
}

/// The id of what a comment answers; `?` where it answers a comment of which nothing is known.
fn parent<'a>(thread: &'a Thread, comment: &'a Comment) -> Option<&'a str> {
    match &comment.parent {
        Parent::Root => None,
        Parent::Known(idx) => Some(thread.comment(*idx).id.as_str()),
        Parent::Missing(id) => Some(id.as_deref().unwrap_or("?")),
    }
}

/// Each comment's id and that of its parent.
pub(super) fn parents(thread: &Thread) -> Vec<(&str, Option<&str>)> {
    let comments = thread.comments.iter();
    comments
        .map(|comment| (comment.id.as_str(), parent(thread, comment)))
        .collect()
}

/// Each comment's id, that of its parent, and its state.
pub(super) fn states(thread: &Thread) -> Vec<(&str, Option<&str>, State)> {
    let comments = thread.comments.iter();
    comments
        .map(|comment| (comment.id.as_str(), parent(thread, comment), comment.state))
        .collect()
}

/// Each comment's id, that of its parent, its author and its text; empty where there is none.
pub(super) fn comments(thread: &Thread) -> Vec<(&str, &str, &str, &str)> {
    let comments = thread.comments.iter().map(|comment| {
        let author = comment.author.as_ref();
        (
            comment.id.as_str(),
            parent(thread, comment).unwrap_or_default(),
            author.map_or("", |author| author.name.as_str()),
            comment.body.text.as_str(),
        )
    });
    comments.collect()
}

/// The codes of the thread's warnings.
pub(super) fn codes_of(thread: &Thread) -> Vec<&str> {
    let warnings = thread.warnings.iter();
    warnings.map(|warning| warning.code.as_ref()).collect()
}
