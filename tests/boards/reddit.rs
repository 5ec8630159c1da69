//! What the forms of Reddit's threads share in these tests: fates, and trees to compare.

use super::forest::Post;
use rejoinder::thread::{Parent, State, Thread};

/// What the board does to a comment, by its fate.
pub(crate) fn state(post: &Post) -> State {
    match post.fate {
        0..8 => State::Deleted,
        8..16 => State::Removed,
        16..24 => State::Collapsed,
        _ => State::Live,
    }
}

/// The notice in place of a text, or the text.
pub(crate) fn text(post: &Post) -> String {
    match state(post) {
        State::Deleted => "[deleted]".to_owned(),
        State::Removed => "[removed]".to_owned(),
        _ => post.text(),
    }
}

/// The text as the board's HTML.
pub(crate) fn html(post: &Post) -> String {
    let inner = match state(post) {
        State::Deleted | State::Removed => format!("<p>{}</p>", text(post)),
        _ => post.html(),
    };
    format!("<div class=\"md\">{inner}\n</div>")
}

/// The ids, parents and states of a thread's comments, by id.
pub(crate) fn tree(thread: &Thread) -> Vec<(String, String, State)> {
    let comments = thread.comments.iter().map(|comment| {
        let parent = match &comment.parent {
            Parent::Known(idx) => thread.comment(*idx).id.clone(),
            Parent::Missing(id) => format!("missing {id:?}"),
            Parent::Root => String::new(),
        };
        (comment.id.clone(), parent, comment.state)
    });
    let mut tree: Vec<_> = comments.collect();
    tree.sort();
    tree
}

/// The tree of posts of which those below `cap` replies are folded into stubs, one for all replies to a
/// comment; `name` says how a stub is called by its parent and its first comment.
pub(crate) fn capped(
    posts: &[Post],
    cap: usize,
    name: impl Fn(&str, &str) -> String,
) -> Vec<(String, String, State)> {
    let mut tree = Vec::new();
    let mut folded = None;
    for post in posts {
        let id = post.id.to_string();
        let parent = post
            .parent
            .map_or(String::new(), |at| posts[at].id.to_string());
        if post.depth <= cap {
            tree.push((id, parent, state(post)));
        } else if post.depth == cap + 1 && folded.as_ref() != Some(&parent) {
            tree.push((name(&parent, &id), parent.clone(), State::Unresolved));
            folded = Some(parent);
        }
    }
    tree.sort();
    tree
}

/// The ids of the replies to the post at `at`.
pub(crate) fn replies(posts: &[Post], at: usize) -> Vec<String> {
    let replies = posts.iter().filter(|post| post.parent == Some(at));
    replies.map(|post| post.id.to_string()).collect()
}
