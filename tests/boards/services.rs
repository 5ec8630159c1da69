//! Services that keep the comments of other sites: Disqus, Isso, Remark42, Commento.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, assert_shows_as, chain, escape, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::{State, codes};
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(crate) const DISQUS_JSON: Board = Board {
    source: "disqus-json",
    page: |posts| disqus_json(posts).into_bytes(),
};

pub(crate) const DISQUS_XML: Board = Board {
    source: "disqus-xml",
    page: |posts| disqus_xml(posts).into_bytes(),
};

pub(crate) const ISSO: Board = Board {
    source: "isso",
    page: |posts| isso(posts).into_bytes(),
};

pub(crate) const REMARK42: Board = Board {
    source: "remark42",
    page: |posts| remark42_list(posts).into_bytes(),
};

pub(crate) const COMMENTO: Board = Board {
    source: "commento",
    page: |posts| commento(posts).into_bytes(),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

/// The state that a draw gives a comment, where a service only deletes.
fn deleted(posts: &[Post]) -> Vec<State> {
    let state = |post: &Post| {
        if post.fate < 15 {
            State::Deleted
        } else {
            State::Live
        }
    };
    posts.iter().map(state).collect()
}

fn is_deleted(post: &Post) -> bool {
    post.fate < 15
}

fn time(post: &Post, format: &str) -> String {
    let time = jiff::Timestamp::from_second(post.posted).expect("a time");
    time.strftime(format).to_string()
}

fn parent(posts: &[Post], post: &Post) -> Option<u64> {
    post.parent.map(|parent| posts[parent].id)
}

fn disqus_json(posts: &[Post]) -> String {
    let list = posts.iter().map(|post| {
        json!({"id": post.id.to_string(), "parent": parent(posts, post), "thread": "5", "forum": "f",
            "author": {"name": post.author, "isAnonymous": true}, "message": post.html(), "raw_message": post.text(),
            "createdAt": time(post, "%Y-%m-%dT%H:%M:%S"), "isDeleted": is_deleted(post), "isSpam": false,
            "likes": 1, "dislikes": 0, "points": post.points})
    });
    json!({"cursor": {"hasNext": false, "next": "x"}, "code": 0, "response": list.collect::<Vec<_>>()}).to_string()
}

fn disqus_xml(posts: &[Post]) -> String {
    let mut out = "<?xml version=\"1.0\"?>\n<disqus xmlns=\"http://disqus.com\" xmlns:dsq=\"http://disqus.com/disqus-internals\">\
         <thread dsq:id=\"5\"><id>keys</id><link>https://b.example/keys</link><title>Keys</title></thread>"
        .to_owned();
    for post in posts {
        let message = match post.fate % 2 {
            0 => format!("<![CDATA[{}]]>", post.html()),
            _ => escape(&post.html()),
        };
        let _ = write!(
            out,
            "<post dsq:id=\"{}\"><id/><message>{message}</message><createdAt>{}</createdAt><isDeleted>{}</isDeleted>\
             <isSpam>false</isSpam><author><name>{}</name></author><thread dsq:id=\"5\"/>",
            post.id,
            time(post, "%Y-%m-%dT%H:%M:%SZ"),
            is_deleted(post),
            escape(post.author),
        );
        if let Some(parent) = parent(posts, post) {
            let _ = write!(out, "<parent dsq:id=\"{parent}\"/>");
        }
        out += "</post>";
    }
    out + "</disqus>"
}

/// Comments that stand inside one another, each as `open` begins it, with its replies behind that, in a
/// list, at the end of its object. It is written without recursion, as deep as the comments nest.
fn nested(posts: &[Post], open: impl Fn(usize, &Post) -> Value) -> String {
    let mut out = "[".to_owned();
    let mut depth = 0;
    for (at, post) in posts.iter().enumerate() {
        out += &"]}".repeat(depth - post.depth);
        depth = post.depth + 1;
        if out.ends_with('}') {
            out += ",";
        }
        let value = open(at, post).to_string();
        out += value.strip_suffix('}').expect("an object");
        out += ",\"replies\":[";
    }
    out + &"]}".repeat(depth) + "]"
}

fn isso(posts: &[Post]) -> String {
    let mut counts = vec![0; posts.len()];
    for parent in posts.iter().filter_map(|post| post.parent) {
        counts[parent] += 1;
    }
    let replies = nested(posts, |at, post| {
        let mode = if is_deleted(post) { 4 } else { 1 };
        json!({"id": post.id, "parent": parent(posts, post), "author": post.author, "text": post.html(), "mode": mode, "hash": "h",
            "created": post.posted as f64, "modified": null, "likes": post.points.max(0), "dislikes": (-post.points).max(0),
            "hidden_replies": 0, "total_replies": counts[at]})
    });
    let total = posts.len();
    format!("{{\"id\":null,\"hidden_replies\":0,\"total_replies\":{total},\"replies\":{replies}}}")
}

fn remark42(posts: &[Post], post: &Post) -> Value {
    let parent = parent(posts, post).map_or_else(String::new, |parent| parent.to_string());
    json!({"id": post.id.to_string(), "pid": parent, "text": post.html(), "orig": post.text(),
        "user": {"name": post.author, "id": "anonymous_1", "admin": false}, "locator": {"site": "s", "url": "https://b.example/"},
        "score": post.points, "time": time(post, "%Y-%m-%dT%H:%M:%S.000Z"), "delete": is_deleted(post)})
}

fn remark42_list(posts: &[Post]) -> String {
    let list = posts.iter().map(|post| remark42(posts, post));
    json!({"comments": list.collect::<Vec<_>>(), "info": {"count": posts.len()}}).to_string()
}

fn remark42_tree(posts: &[Post]) -> String {
    let tree = nested(posts, |_, post| json!({"comment": remark42(posts, post)}));
    format!("{{\"comments\":{tree}}}")
}

fn commento(posts: &[Post]) -> String {
    let list = posts.iter().map(|post| {
        let parent = parent(posts, post).map_or_else(|| "root".to_owned(), |parent| parent.to_string());
        json!({"commentHex": post.id.to_string(), "parentHex": parent, "commenterHex": post.author, "html": post.html(),
            "markdown": post.text(), "score": post.points, "state": "approved", "deleted": is_deleted(post),
            "creationDate": time(post, "%Y-%m-%dT%H:%M:%SZ")})
    });
    let commenters = posts
        .iter()
        .map(|post| (post.author.to_owned(), json!({"name": post.author})));
    json!({"domain": "b.example", "comments": list.collect::<Vec<_>>(), "commenters": commenters.collect::<serde_json::Map<_, _>>()}).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn answers_and_exports_bring_threads_back(posts in forests(30)) {
        let states = deleted(&posts);
        let pages = [
            ("disqus-json", disqus_json(&posts), ALL),
            ("disqus-xml", disqus_xml(&posts), TELLS),
            ("isso", isso(&posts), ALL),
            ("remark42", remark42_list(&posts), ALL),
            ("remark42", remark42_tree(&posts), ALL),
            ("commento", commento(&posts), ALL),
        ];
        for (source, page, tells) in pages {
            let thread = read(page.as_bytes(), source);
            assert_shows_as(&thread, &posts, &states, tells);
            assert!(thread.warnings.iter().all(|warning| warning.code == codes::DELETED_COMMENTS), "{:?}", thread.warnings);
        }
    }

    #[test]
    fn the_newest_may_come_first(posts in forests(30)) {
        let mut posts = posts;
        for (at, post) in posts.iter_mut().enumerate() {
            post.posted += at as i64;
            post.fate = 50;
        }
        let answer: Value = serde_json::from_str(&disqus_json(&posts)).expect("JSON");
        let mut answer = answer;
        if let Some(list) = answer["response"].as_array_mut() {
            list.reverse();
        }
        let thread = read(answer.to_string().as_bytes(), "disqus-json");
        assert_shows(&thread, &posts, ALL);
    }
}

#[test]
fn fifty_thousand_nested_replies() {
    let posts = chain(50_000);
    for (source, page) in [("isso", isso(&posts)), ("remark42", remark42_tree(&posts))] {
        let thread = read(page.as_bytes(), source);
        assert_eq!(thread.comments.len(), 50_000, "{source}");
        assert_eq!(thread.comments[49_999].depth, 49_999, "{source}");
    }
}
