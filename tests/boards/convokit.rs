//! ConvoKit: utterances as JSON Lines in both spellings, with and without a list of conversations.

use super::{
    Board,
    forest::{ALL, Post, assert_shows_as, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::State;
use serde_json::{Value, json};

pub(crate) const BOARD: Board = Board {
    source: "convokit",
    page: |posts| corpus(posts, false, false),
};

/// Posts that a board deleted.
const fn is_deleted(post: &Post) -> bool {
    post.fate < 15
}

fn corpus(posts: &[Post], old: bool, listed: bool) -> Vec<u8> {
    let mut lines = Vec::new();
    if listed {
        lines.push(json!({"conversations": {"c": {"meta": {"title": "On keys"}}}}));
    }
    lines.extend(posts.iter().map(|post| utterance(posts, post, old)));
    let lines: Vec<_> = lines.iter().map(|line| format!("{line}\n")).collect();
    lines.concat().into_bytes()
}

fn utterance(posts: &[Post], post: &Post, old: bool) -> Value {
    let parent = post.parent.map(|parent| posts[parent].id.to_string());
    let id = post.id.to_string();
    let (text, author) = match is_deleted(post) {
        true => ("[deleted]".to_owned(), "[deleted]"),
        false => (post.text(), post.author),
    };
    let meta = json!({"score": post.points});
    match old {
        true => json!({"id": id, "root": "c", "reply-to": parent, "user": author, "text": text,
            "timestamp": post.posted.to_string(), "meta": meta}),
        false => {
            json!({"id": id, "conversation_id": "c", "reply_to": parent, "speaker": author, "text": text,
            "timestamp": post.posted, "meta": meta, "vectors": []})
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn corpora_come_back(posts in forests(30), old: bool, listed: bool) {
        let thread = read(&corpus(&posts, old, listed), "convokit");
        prop_assert_eq!(&thread.id, "c");
        prop_assert_eq!(thread.title.is_some(), listed);
        let states: Vec<_> = posts.iter().map(|post| match is_deleted(post) {
            true => State::Deleted,
            false => State::Live,
        }).collect();
        assert_shows_as(&thread, &posts, &states, ALL);
    }
}
