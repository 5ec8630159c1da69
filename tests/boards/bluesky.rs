//! Bluesky: nested views asked for from any post, and lists with depths; posts that cannot be shown.

use super::{
    Board,
    forest::{ALL, Post, assert_shows_as, chain, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::State;
use serde_json::{Value, json};

pub(crate) const BOARD: Board = Board {
    source: "bluesky",
    page: |posts| {
        let items: Vec<_> = posts
            .iter()
            .map(|post| {
                let value = json!({"$type": "app.bsky.unspecced.defs#threadItemPost", "post": view(posts, post)});
                json!({"uri": uri(post), "depth": post.depth, "value": value})
            })
            .collect();
        json!({"thread": items}).to_string().into_bytes()
    },
};

fn uri(post: &Post) -> String {
    format!("at://did:plc:x/app.bsky.feed.post/{}", post.id)
}

fn view(posts: &[Post], post: &Post) -> Value {
    let time = jiff::Timestamp::from_second(post.posted).expect("a time");
    let mut record =
        json!({"$type": "app.bsky.feed.post", "text": post.text(), "createdAt": time.to_string()});
    if let Some(parent) = post.parent {
        record["reply"] =
            json!({"root": {"uri": uri(&posts[0])}, "parent": {"uri": uri(&posts[parent])}});
    }
    json!({
        "uri": uri(post),
        "author": {"did": "did:plc:x", "handle": "x.example", "displayName": post.author},
        "record": record,
        "likeCount": post.points,
    })
}

/// The posts of one thread: a view has one root.
fn one_thread(posts: Vec<Post>) -> Vec<Post> {
    let mut roots = posts
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, post)| post.parent.is_none());
    let end = roots.next().map_or(posts.len(), |(at, _)| at);
    posts.into_iter().take(end).collect()
}

/// What the board shows of each post: stubs say nothing of replies, so that only posts without any are such.
fn states(posts: &[Post]) -> Vec<State> {
    let answered = |at: usize| posts.iter().any(|post| post.parent == Some(at));
    let state = |(at, post): (usize, &Post)| match post.fate {
        _ if at == 0 || answered(at) => State::Live,
        0..25 => State::Deleted,
        25..50 => State::Hidden,
        _ => State::Live,
    };
    posts.iter().enumerate().map(state).collect()
}

/// What stands for a post in a view: its fields, without its replies and without the closing brace.
fn opened(posts: &[Post], at: usize, state: State) -> String {
    let post = &posts[at];
    let value = match state {
        State::Deleted => {
            json!({"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri(post), "notFound": true})
        }
        State::Hidden => {
            json!({"$type": "app.bsky.feed.defs#blockedPost", "uri": uri(post), "blocked": true,
            "author": {"did": "did:plc:y"}})
        }
        _ => json!({"$type": "app.bsky.feed.defs#threadViewPost", "post": view(posts, post)}),
    };
    let text = value.to_string();
    text[..text.len() - 1].to_owned()
}

/// The view of the post `asked` with all below it, and the indices of the posts below.
fn below(posts: &[Post], states: &[State], asked: usize) -> (String, Vec<usize>) {
    let mut out = opened(posts, asked, states[asked]);
    let mut shown = vec![asked];
    let mut open = 1;
    out += ",\"replies\":[";
    for (at, post) in posts.iter().enumerate().skip(asked + 1) {
        if post.depth <= posts[asked].depth {
            break;
        }
        let depth = post.depth - posts[asked].depth;
        while open > depth {
            out += "]}";
            open -= 1;
        }
        if out.ends_with('}') {
            out += ",";
        }
        out += &opened(posts, at, states[at]);
        out += ",\"replies\":[";
        open += 1;
        shown.push(at);
    }
    out += &"]}".repeat(open);
    (out, shown)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn lists_come_back(posts in forests(30)) {
        let states = vec![State::Live; posts.len()];
        assert_shows_as(&read(&(BOARD.page)(&posts), "bluesky"), &posts, &states, ALL);
    }

    #[test]
    fn views_come_back(posts in forests(30)) {
        let posts = one_thread(posts);
        let states = states(&posts);
        let (view, _) = below(&posts, &states, 0);
        let thread = read(format!("{{\"thread\":{view}}}").as_bytes(), "bluesky");
        assert_shows_as(&thread, &posts, &states, ALL);
        prop_assert_eq!(thread.id, posts[0].id.to_string());
    }

    #[test]
    fn a_view_from_any_post_holds_what_is_above_and_below(posts in forests(30), asked in any::<prop::sample::Index>()) {
        let posts = one_thread(posts);
        let states = vec![State::Live; posts.len()];
        let asked = asked.index(posts.len());
        let (mut view, mut shown) = below(&posts, &states, asked);
        view.pop();
        let mut above = posts[asked].parent;
        let mut open = 1;
        while let Some(at) = above {
            view += ",\"parent\":";
            view += &opened(&posts, at, State::Live);
            open += 1;
            shown.insert(0, at);
            above = posts[at].parent;
        }
        view += &"}".repeat(open);
        let thread = read(format!("{{\"thread\":{view}}}").as_bytes(), "bluesky");
        let kept: Vec<_> = shown
            .iter()
            .map(|&at| Post {
                parent: posts[at].parent.and_then(|parent| shown.iter().position(|&other| other == parent)),
                ..posts[at].clone()
            })
            .collect();
        assert_shows_as(&thread, &kept, &vec![State::Live; kept.len()], ALL);
        prop_assert_eq!(thread.id, posts[0].id.to_string());
    }
}

#[test]
fn fifty_thousand_nested_replies() {
    let posts = chain(50_000);
    let states = vec![State::Live; posts.len()];
    let (view, _) = below(&posts, &states, 0);
    let thread = read(format!("{{\"thread\":{view}}}").as_bytes(), "bluesky");
    assert_eq!(thread.comments.len(), 50_000);
    assert_eq!(thread.comments[49_999].depth, 49_999);
}
