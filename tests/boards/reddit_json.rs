//! Reddit's JSON: nested listings of every year, stubs, and flat answers that resolve them.

use super::{
    Board,
    forest::{ALL, Post, assert_shows, escape, forests, read},
    reddit::{capped, html, replies, state, text, tree},
};
use proptest::prelude::*;
use rejoinder::thread::State;
use serde_json::{Value, json};

pub(crate) const BOARD: Board = Board {
    source: "reddit-json",
    page: |posts| page(posts, Form::default(), usize::MAX).into_bytes(),
};

/// What differs between answers.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    /// Whether `body_html` is there.
    html: bool,
    /// Whether HTML and Markdown are escaped once less, as `raw_json=1` asks.
    raw: bool,
    /// Whether the replies stand before the other fields.
    replies_first: bool,
}

fn forms() -> impl Strategy<Value = Form> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(html, raw, replies_first)| Form {
        html,
        raw,
        replies_first,
    })
}

/// The fields of a comment besides its replies.
fn fields(post: &Post, posts: &[Post], form: Form) -> Value {
    let parent = post
        .parent
        .map_or("t3_l".to_owned(), |at| format!("t1_{}", posts[at].id));
    let layer = |text: String| if form.raw { text } else { escape(&text) };
    let gone = matches!(state(post), State::Deleted);
    let mut fields = json!({
        "id": post.id.to_string(), "name": format!("t1_{}", post.id), "parent_id": parent, "link_id": "t3_l",
        "author": if gone { "[deleted]" } else { post.author }, "created_utc": post.posted as f64, "score": post.points,
        "body": layer(text(post)).replace("&quot;", "\""), "edited": false, "subreddit": "x",
        "collapsed": state(post) == State::Collapsed,
    });
    if form.html {
        fields["body_html"] = layer(html(post)).into();
    }
    fields
}

/// A thread whose comments below `cap` replies are not loaded.
fn page(posts: &[Post], form: Form, cap: usize) -> String {
    let mut out = r#"[{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"id":"l","subreddit":"x","title":"T","num_comments":9}}]}},
{"kind":"Listing","data":{"children":["#
        .to_owned();
    let mut open: Vec<String> = Vec::new();
    for (at, post) in posts
        .iter()
        .enumerate()
        .filter(|(_, post)| post.depth <= cap)
    {
        while open.len() > post.depth {
            out += &open.pop().unwrap_or_default();
        }
        let fields = fields(post, posts, form).to_string();
        let fields = &fields[1..fields.len() - 1];
        let children = replies(posts, at);
        let is_leaf = posts
            .get(at + 1)
            .is_none_or(|next| next.depth <= post.depth);
        let mut end = String::new();
        out += "{\"kind\":\"t1\",\"data\":{";
        if !form.replies_first {
            out += &format!("{fields},");
        } else {
            end = format!(",{fields}");
        }
        if is_leaf {
            out += "\"replies\":\"\"";
            open.push(format!("{end}}}}},"));
            continue;
        }
        out += "\"replies\":{\"kind\":\"Listing\",\"data\":{\"children\":[";
        if post.depth == cap {
            let more = json!({"kind": "more", "data": {"id": children[0], "parent_id": format!("t1_{}", post.id),
                "count": 1, "children": children}});
            out += &more.to_string();
        }
        open.push(format!("]}}}}{end}}}}},"));
    }
    while let Some(end) = open.pop() {
        out += &end;
    }
    // A comma behind the last item of a list is no JSON.
    out += "]}}]";
    out.replace("},]", "}]")
}

/// The flat answer that holds the comments below `cap` replies, the last first.
fn more(posts: &[Post], form: Form, cap: usize) -> String {
    let things = posts.iter().rev().filter(|post| post.depth > cap);
    let things: Vec<_> = things
        .map(|post| json!({"kind": "t1", "data": fields(post, posts, form)}))
        .collect();
    json!({"json": {"errors": [], "data": {"things": things}}}).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn threads_come_back(mut posts in forests(30), form in forms()) {
        for post in &mut posts {
            post.fate = 99;
        }
        assert_shows(&read(page(&posts, form, usize::MAX).as_bytes(), "reddit-json"), &posts, ALL);
    }

    #[test]
    fn stubs_stand_for_what_was_not_loaded(posts in forests(30), form in forms(), cap in 0..4_usize) {
        let thread = read(page(&posts, form, cap).as_bytes(), "reddit-json");
        prop_assert_eq!(tree(&thread), capped(&posts, cap, |_, first| first.to_owned()));
    }

    #[test]
    fn later_answers_resolve_stubs(posts in forests(30), form in forms(), cap in 0..4_usize) {
        let both = format!("{}\n{}", page(&posts, form, cap), more(&posts, form, cap));
        let thread = read(both.as_bytes(), "reddit-json");
        prop_assert_eq!(tree(&thread), capped(&posts, usize::MAX - 1, |_, _| String::new()));
    }
}

/// Far beyond the depth at which other readers of JSON give up.
#[test]
fn a_deep_chain_is_read_whole() {
    let posts = super::forest::chain(3000);
    assert_shows(&read(&(BOARD.page)(&posts), "reddit-json"), &posts, ALL);
}
