//! Lemmy: views of all versions, rows of a dump, and answers that lack ancestors.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, assert_shows_as, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::{Parent, State};
use serde_json::{Value, json};

pub(crate) const BOARD: Board = Board {
    source: "lemmy",
    page: |posts| page(posts, Form::Views),
};

/// How an answer holds comments.
#[derive(Debug, Clone, Copy)]
enum Form {
    Views,
    /// Before 2022: parents in place of paths.
    Parents,
    /// The rows of a dump.
    Rows,
}

fn path(posts: &[Post], post: &Post) -> String {
    let mut ids = vec![post.id.to_string()];
    let mut above = post.parent;
    while let Some(at) = above {
        ids.push(posts[at].id.to_string());
        above = posts[at].parent;
    }
    ids.push("0".to_owned());
    ids.reverse();
    // A path of fifty thousand ids is longer than the board stores.
    let kept = ids.len().saturating_sub(300).max(1);
    if ids.len() > 300 {
        ids.drain(1..kept);
    }
    ids.join(".")
}

fn state(post: &Post) -> State {
    match post.fate {
        0..15 => State::Deleted,
        15..30 => State::Removed,
        _ => State::Live,
    }
}

fn view(posts: &[Post], post: &Post, form: Form) -> Value {
    let time = jiff::Timestamp::from_second(post.posted).expect("a time");
    let state = state(post);
    let mut comment = json!({
        "id": post.id, "creator_id": 9, "post_id": 2, "content": post.text(),
        "published": time.strftime("%Y-%m-%dT%H:%M:%S.000000").to_string(), "updated": null,
        "deleted": state == State::Deleted, "removed": state == State::Removed, "ap_id": "https://l.example/c",
    });
    match form {
        Form::Parents => comment["parent_id"] = json!(post.parent.map(|parent| posts[parent].id)),
        _ => comment["path"] = json!(path(posts, post)),
    }
    match form {
        Form::Rows => comment,
        _ => json!({
            "comment": comment,
            "creator": {"id": 9, "name": post.author},
            "post": {"id": 2, "name": "Keys"},
            "community": {"id": 3},
            "counts": {"score": post.points},
        }),
    }
}

fn page(posts: &[Post], form: Form) -> Vec<u8> {
    let views: Vec<_> = posts.iter().map(|post| view(posts, post, form)).collect();
    let answer = match form {
        Form::Rows => json!(views),
        _ => json!({ "comments": views }),
    };
    answer.to_string().into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn threads_come_back(posts in forests(30), form in prop::sample::select(vec![Form::Views, Form::Parents, Form::Rows])) {
        let states: Vec<_> = posts.iter().map(state).collect();
        let thread = read(&page(&posts, form), "lemmy");
        let tells = match form {
            Form::Rows => Tells { author: false, posted: true, points: false },
            _ => ALL,
        };
        assert_shows_as(&thread, &posts, &states, tells);
    }

    /// Any order will do, as the board sorts by votes.
    #[test]
    fn order_does_not_matter(posts in forests(30)) {
        let posts: Vec<_> = posts.into_iter().map(|post| Post { fate: 99, ..post }).collect();
        let mut views: Vec<_> = posts.iter().map(|post| view(&posts, post, Form::Views)).collect();
        views.reverse();
        let thread = read(json!({ "comments": views }).to_string().as_bytes(), "lemmy");
        let mut back = thread;
        prop_assert!(back.warnings.is_empty());
        let count = back.comments.len();
        for comment in &mut back.comments {
            if let Parent::Known(idx) = &mut comment.parent {
                *idx = rejoinder::thread::CommentIdx::new(count - 1 - idx.get());
            }
        }
        back.comments.reverse();
        assert_shows(&back, &posts, ALL);
    }

    #[test]
    fn ancestors_that_the_answer_lacks_are_named(posts in forests(30)) {
        let held = |post: &Post| post.fate >= 40;
        let views: Vec<_> = posts.iter().filter(|post| held(post)).map(|post| view(&posts, post, Form::Rows)).collect();
        prop_assume!(!views.is_empty());
        let thread = read(json!(views).to_string().as_bytes(), "lemmy");
        let kept: Vec<_> = posts.iter().filter(|post| held(post)).collect();
        for (comment, post) in thread.comments.iter().zip(kept) {
            prop_assert_eq!(comment.id.clone(), post.id.to_string());
            prop_assert_eq!(comment.depth, post.depth);
            let parent = match &comment.parent {
                Parent::Known(idx) => Some(thread.comment(*idx).id.clone()),
                Parent::Missing(id) => id.clone(),
                Parent::Root => None,
            };
            prop_assert_eq!(parent, post.parent.map(|parent| posts[parent].id.to_string()));
        }
    }
}
