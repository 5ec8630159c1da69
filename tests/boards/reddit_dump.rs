//! Dumps of Reddit: a comment or a submission a line, in any order.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, escape, forests, read},
    reddit::{capped, state, text, tree},
};
use proptest::prelude::*;
use rejoinder::{
    source,
    thread::{State, Thread},
};
use serde_json::json;

pub(crate) const BOARD: Board = Board {
    source: "reddit-dump",
    page: |posts| {
        let lines = lines(posts, "l", false);
        lines.join("\n").into_bytes()
    },
};

/// The lines of a thread; the oldest dumps have times as strings and parents as numbers.
fn lines(posts: &[Post], link: &str, oldest: bool) -> Vec<String> {
    let lines = posts.iter().map(|post| {
        let above = post.parent.map_or(format!("t3_{link}"), |at| format!("t1_{}", posts[at].id));
        let number = i64::from_str_radix(&above[3..], 36).expect("an id");
        let mut line = json!({
            "id": post.id.to_string(), "link_id": format!("t3_{link}"), "parent_id": above, "subreddit": "x",
            "author": post.author, "created_utc": post.posted, "score": post.points,
            "body": escape(&text(post)).replace("&quot;", "\""), "collapsed": state(post) == State::Collapsed,
        });
        if oldest {
            line["parent_id"] = number.into();
            line["created_utc"] = post.posted.to_string().into();
        }
        line.to_string()
    });
    lines.collect()
}

fn all(dump: &str) -> Vec<Thread> {
    let source = source::by_id("reddit-dump").expect("a source");
    source
        .threads(Box::new(dump.as_bytes()))
        .map(|thread| thread.expect("a good line"))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn a_thread_comes_back(mut posts in forests(30), oldest in any::<bool>()) {
        for post in &mut posts {
            post.fate = 99;
        }
        let dump = lines(&posts, "l", oldest).join("\n");
        assert_shows(&read(dump.as_bytes(), "reddit-dump"), &posts, Tells { ..ALL });
    }

    #[test]
    fn lines_in_any_order_are_sorted_by_thread(posts in forests(30), count in 1..9_usize, step in 1..50_usize) {
        let names: Vec<String> = (0..count).map(|number| format!("l{number}")).collect();
        let mut left: Vec<(usize, String)> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let submission = json!({"id": name, "title": name, "subreddit": "x", "num_comments": 1}).to_string();
            left.extend(lines(&posts, name, false).into_iter().chain([submission]).map(|line| (at, line)));
        }
        let mut dump = String::new();
        let mut first: Vec<usize> = Vec::new();
        let mut at = 0;
        while !left.is_empty() {
            at = (at + step) % left.len();
            let (thread, line) = left.remove(at);
            if !first.contains(&thread) {
                first.push(thread);
            }
            dump += &line;
            dump.push('\n');
        }
        let threads = all(&dump);
        prop_assert_eq!(threads.len(), count);
        for (thread, at) in threads.iter().zip(first) {
            prop_assert_eq!(&thread.id, &names[at]);
            prop_assert_eq!(thread.title.as_ref(), Some(&names[at]));
            prop_assert_eq!(tree(thread), capped(&posts, usize::MAX - 1, |_, _| String::new()));
        }
    }
}
