//! Plain text of old.reddit.com: the tree is in the numbers of children.

use super::{
    Board,
    forest::{Post, forests, read},
    reddit::{state, text},
};
use proptest::prelude::*;
use rejoinder::thread::{Parent, State, Thread};
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "reddit-text",
    page: |posts| page(posts, Form::default(), usize::MAX).into_bytes(),
};

/// What differs between texts.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    /// How many of the three forms of a score are shown.
    scores: usize,
    /// Whether the links below a comment stand in lines of their own, in one, or are gone.
    links: usize,
}

fn forms() -> impl Strategy<Value = Form> {
    (0..3_usize, 0..3_usize).prop_map(|(scores, links)| Form { scores, links })
}

/// The comments below each.
fn below(posts: &[Post]) -> Vec<usize> {
    let mut counts = vec![0; posts.len()];
    for at in (0..posts.len()).rev() {
        if let Some(parent) = posts[at].parent {
            counts[parent] += counts[at] + 1;
        }
    }
    counts
}

fn name(post: &Post) -> String {
    format!("user_{}", post.author.len())
}

/// Comments below `cap` replies are folded into a stub for each comment.
fn page(posts: &[Post], form: Form, cap: usize) -> String {
    let mut out = "T (example.org)\n\nsubmitted 5 years ago by nobody\n\n".to_owned();
    for (post, count) in posts
        .iter()
        .zip(below(posts))
        .filter(|(post, _)| post.depth <= cap)
    {
        let (sign, name) = match state(post) {
            State::Deleted => ("[–]", "[deleted]".to_owned()),
            State::Collapsed => ("[+]", name(post)),
            _ => ("[-]", name(post)),
        };
        let points = match form.scores {
            0 => format!("{} points", post.points),
            1 => format!("{} points{} points", post.points, post.points + 1),
            _ => format!(
                "{} points{} points{} points",
                post.points - 1,
                post.points,
                post.points + 1
            ),
        };
        let children = if count == 1 { "child" } else { "children" };
        let _ = write!(
            out,
            "{sign}{name} {points} 5 years ago  ({count} {children})\n\n{}\n\n",
            text(post)
        );
        let parent = if post.parent.is_some() { "parent" } else { "" };
        match form.links {
            0 => {}
            1 => _ = writeln!(out, "permalinkembedsave{parent}reportgive awardreply\n"),
            _ => _ = writeln!(out, "    permalink\n    save\n    {parent}\n    reply\n"),
        }
        if post.depth == cap && count > 0 {
            let _ = writeln!(out, "load more comments (1 reply)\n");
            let from = out.len() - "(1 reply)\n\n".len();
            out.truncate(from);
            let _ = writeln!(out, "({count} replies)\n");
        }
    }
    out
}

/// Texts and depths of what is shown, and of the stubs.
fn shown(thread: &Thread) -> Vec<(String, usize, State)> {
    let comments = thread.comments.iter();
    comments
        .map(|comment| (comment.body.text.clone(), comment.depth, comment.state))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn counts_tell_the_tree(posts in forests(30), form in forms(), cap in 0..9_usize) {
        let thread = read(page(&posts, form, cap).as_bytes(), "reddit-text");
        let mut expected = Vec::new();
        for (post, count) in posts.iter().zip(below(&posts)).filter(|(post, _)| post.depth <= cap) {
            let state = state(post);
            let gone = matches!(state, State::Deleted | State::Removed);
            expected.push((if gone { String::new() } else { post.text() }, post.depth, state));
            if post.depth == cap && count > 0 {
                expected.push((String::new(), cap + 1, State::Unresolved));
            }
        }
        prop_assert_eq!(shown(&thread), expected);
        for (comment, post) in thread.comments.iter().zip(posts.iter().filter(|_| cap == 8)) {
            let points = comment.score.as_ref().and_then(|score| score.points);
            prop_assert_eq!(points, Some(post.points));
        }
    }

    /// A comment that the text leaves out costs the certainty of its own thread alone.
    #[test]
    fn what_is_missing_is_not_guessed(posts in forests(30), gone in 0..30_usize) {
        let gone = gone % posts.len();
        let counts = below(&posts);
        prop_assume!(posts[gone].parent.is_some() && counts[gone] == 0);
        let form = Form { scores: 0, links: 1 };
        let whole = page(&posts, form, usize::MAX);
        let start = |at: usize| whole.find(&posts[at].text()).and_then(|text| whole[..text].rfind("\n["));
        prop_assume!(posts.iter().all(|post| !matches!(state(post), State::Deleted | State::Removed)));
        let from = start(gone).expect("a comment");
        let to = if gone + 1 < posts.len() { start(gone + 1).expect("a comment") } else { whole.len() };
        let thread = read(format!("{}{}", &whole[..from], &whole[to..]).as_bytes(), "reddit-text");
        let left: Vec<_> = posts.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, post)| post).collect();
        prop_assert_eq!(thread.comments.len(), left.len());
        for (comment, post) in thread.comments.iter().zip(left) {
            prop_assert_eq!(comment.parent == Parent::Root, post.parent.is_none());
        }
    }
}
