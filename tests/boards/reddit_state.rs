//! Reddit's redesign of 2018: the state in the page, its comments in any order.

use super::{
    Board,
    forest::{ALL, Post, assert_shows, escape, forests, read},
    reddit::{capped, html, replies, state, text, tree},
};
use proptest::prelude::*;
use rejoinder::thread::State;
use serde_json::{Map, Value, json};

pub(crate) const BOARD: Board = Board {
    source: "reddit-state",
    page: |posts| page(posts, Form::default(), usize::MAX).into_bytes(),
};

/// What differs between pages.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    /// Whether comments have HTML beside Markdown.
    html: bool,
    /// Whether stubs say what they answer.
    told: bool,
    /// Whether stubs lead to a page of their own.
    deep: bool,
}

fn forms() -> impl Strategy<Value = Form> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(html, told, deep)| Form {
        html,
        told,
        deep,
    })
}

fn comment(post: &Post, posts: &[Post], form: Form) -> Value {
    let state = state(post);
    let mut model = json!({
        "id": format!("t1_{}", post.id), "parentId": post.parent.map(|at| format!("t1_{}", posts[at].id)), "postId": "t3_l",
        "author": post.author, "authorId": "t2_1", "score": post.points, "created": post.posted, "editedAt": null,
        "isDeleted": state == State::Deleted, "collapsed": state == State::Collapsed, "isOp": false,
        "bodyMD": escape(&text(post)).replace("&quot;", "\""),
    });
    if form.html {
        model["body"] = html(post).into();
    }
    model
}

fn page(posts: &[Post], form: Form, cap: usize) -> String {
    let mut models = Vec::new();
    let mut stubs = Map::new();
    // Keys and depths in the order of the page.
    let mut order: Vec<(String, usize)> = Vec::new();
    for (at, post) in posts
        .iter()
        .enumerate()
        .filter(|(_, post)| post.depth <= cap)
    {
        let key = format!("t1_{}", post.id);
        models.push((key.clone(), comment(post, posts, form)));
        order.push((key.clone(), post.depth));
        if let Some(first) = replies(posts, at).first().filter(|_| post.depth == cap) {
            let name = match form.deep {
                true => format!("continueThread-{key}"),
                false => format!("moreComments-t1_{first}"),
            };
            let parent = form.told.then_some(key);
            stubs.insert(
                name.clone(),
                json!({"id": name, "parentId": parent, "numComments": 1, "depth": cap + 1}),
            );
            order.push((name, cap + 1));
        }
    }
    models.reverse();
    let links: Map<String, Value> = (0..order.len())
        .map(|at| {
            let next = order
                .get(at + 1)
                .map(|(key, _)| json!({"type": "comment", "id": key}));
            (
                order[at].0.clone(),
                json!({"depth": order[at].1, "next": next}),
            )
        })
        .collect();
    let kind = if form.deep {
        "continueThreads"
    } else {
        "moreComments"
    };
    let mut root = json!({
        "posts": {"models": {"t3_o": {"id": "t3_o"}, "t3_l": {"id": "t3_l", "title": "T", "permalink": "/r/x/comments/l/t/"}}},
        "comments": {"models": Map::from_iter(models)},
        "commentsPage": {"keyToCommentThreadLinkSets": {"k": links}, "keyToHeadCommentId": {"k": order[0].0}, "keyToPostId": {"k": "t3_l"}},
    });
    root[kind] = json!({"models": stubs});
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><script>function __perfMark(name) {{}}</script><title>T : x</title></head><body>\
         <script id=\"data\">window.___r = {root}; window.___prefetches = [\"https://www.redditstatic.com/x.js\"];</script></body></html>"
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn threads_come_back(mut posts in forests(30), form in forms()) {
        for post in &mut posts {
            post.fate = 99;
        }
        assert_shows(&read(page(&posts, form, usize::MAX).as_bytes(), "reddit-state"), &posts, ALL);
    }

    #[test]
    fn deleted_comments_and_stubs_keep_their_place(posts in forests(30), form in forms(), cap in 0..4_usize) {
        let thread = read(page(&posts, form, cap).as_bytes(), "reddit-state");
        let expected = capped(&posts, cap, |parent, first| match form.deep {
            true => format!("_{parent}"),
            false => first.to_owned(),
        });
        prop_assert_eq!(tree(&thread), expected);
    }
}
