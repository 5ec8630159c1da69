//! Small answers of the board.

use super::*;
use crate::source::testing::parents;
use crate::{source::by_id, text::BlockKind, thread::State};
use serde_json::json;

fn read_all(text: &str) -> Vec<Result<Thread>> {
    let source = by_id("discourse-json").unwrap();
    source.threads(Box::new(text.as_bytes())).collect()
}

fn read_one(text: &str) -> Thread {
    assert!(SOURCE.detect(text.as_bytes()));
    let [Ok(_)] = &read_all(text)[..] else {
        panic!("one thread");
    };
    read_all(text).remove(0).unwrap()
}

fn post(number: u64, cooked: &str, more: Value) -> Value {
    let mut post = json!({"id": 100 + number, "post_number": number, "topic_id": 7, "cooked": cooked,
        "username": format!("u{number}"), "created_at": "2018-09-06T18:03:00.000Z", "actions_summary": []});
    for (key, value) in more.as_object().unwrap() {
        post[key] = value.clone();
    }
    post
}

fn topic(posts: Vec<Value>, stream: &[u64]) -> String {
    json!({"id": 7, "title": "Keys", "post_stream": {"posts": posts, "stream": stream}}).to_string()
}

const QUOTE: &str = "<aside class=\"quote\" data-username=\"u1\" data-post=\"1\" data-topic=\"7\"><div class=\"title\">\
    <div class=\"quote-controls\"></div>u1:</div><blockquote><p>Rotate it.</p></blockquote></aside><p>Why?</p>";

#[test]
fn replies_and_quotations() {
    let elsewhere = QUOTE.replace("data-topic=\"7\"", "data-topic=\"8\"");
    let thread = read_one(&topic(
        vec![
            post(1, "<p>Rotate it.</p>", json!({})),
            post(2, "<p>No.</p>", json!({"reply_to_post_number": 1})),
            post(3, QUOTE, json!({})),
            post(4, &elsewhere, json!({})),
            post(5, QUOTE, json!({"reply_to_post_number": "3"})),
            post(6, "<p>Closed.</p>", json!({"post_type": 3})),
            post(7, "<p>Psst.</p>", json!({"post_type": 4})),
        ],
        &[],
    ));
    assert_eq!(
        parents(&thread),
        [
            ("1", None),
            ("2", Some("1")),
            ("3", Some("1")),
            ("4", None),
            ("5", Some("3")),
            ("7", None)
        ]
    );
    let body = &thread.comments[2].body;
    let blocks: Vec<_> = body
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.slice(&body.text)))
        .collect();
    assert_eq!(
        blocks,
        [
            (BlockKind::Attribution, "u1:"),
            (BlockKind::Quote, "Rotate it."),
            (BlockKind::Paragraph, "Why?"),
        ]
    );
    assert_eq!(thread.title.as_deref(), Some("Keys"));
    assert_eq!(thread.warnings, []);
}

#[test]
fn what_a_post_carries() {
    let more = json!({"version": 2, "updated_at": "2018-09-07T00:00:00Z", "user_id": 3, "user_title": "Leader",
        "actions_summary": [{"id": 2, "count": 4}]});
    let thread = read_one(&topic(vec![post(1, "<p>x</p>", more)], &[101]));
    let comment = &thread.comments[0];
    assert_eq!(comment.edited.unwrap().to_string(), "2018-09-07T00:00:00Z");
    assert_eq!(comment.score.as_ref().unwrap().points, Some(4));
    let author = comment.author.as_ref().unwrap();
    assert_eq!(
        (author.name.as_str(), author.id.as_deref()),
        ("u1", Some("3"))
    );
    assert_eq!(author.badge.as_deref(), Some("Leader"));
}

#[test]
fn posts_taken_away_keep_their_place() {
    let thread = read_one(&topic(
        vec![
            post(1, "<p>x</p>", json!({"user_deleted": true})),
            post(2, "<p>x</p>", json!({"deleted_at": "2018-09-07T00:00:00Z"})),
            post(
                3,
                "<p>x</p>",
                json!({"deleted_at": "2018-09-07T00:00:00Z", "deleted_by": {"username": "u3"}}),
            ),
            post(4, "<p>x</p>", json!({"hidden": true})),
            post(5, "<p>(post deleted by author)</p>", json!({})),
        ],
        &[],
    ));
    let states: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.state)
        .collect();
    let expected = [
        State::Deleted,
        State::Removed,
        State::Deleted,
        State::Hidden,
        State::Deleted,
    ];
    assert_eq!(states, expected);
}

#[test]
fn answers_one_behind_the_other_make_one_thread() {
    let first = topic(vec![post(1, "x", json!({}))], &[101, 102, 103]);
    let thread = read_one(&first);
    assert_eq!(thread.warnings.len(), 1);
    assert!(
        thread.warnings[0]
            .message
            .starts_with("the topic has 3 posts and the capture lacks 2")
    );
    let rest = json!({"id": 7, "post_stream": {"posts": [post(3, "z", json!({"reply_to_post_number": 2})), post(2, "y", json!({}))]}});
    let thread = read_one(&format!("{first}\n{rest}"));
    assert_eq!(
        parents(&thread),
        [("1", None), ("2", None), ("3", Some("2"))]
    );
    assert_eq!(thread.warnings, []);
}

#[test]
fn lists_of_posts_make_a_thread_for_each_topic() {
    let text = json!({"latest_posts": [post(1, "x", json!({"topic_title": "Keys"})), post(4, "y", json!({"topic_id": 9}))]}).to_string();
    assert!(SOURCE.detect(text.as_bytes()));
    let threads: Vec<_> = read_all(&text).into_iter().map(Result::unwrap).collect();
    let ids: Vec<_> = threads.iter().map(|thread| thread.id.as_str()).collect();
    assert_eq!(ids, ["7", "9"]);
    assert_eq!(threads[0].title.as_deref(), Some("Keys"));
    let single = post(3, "x", json!({})).to_string();
    assert_eq!(read_one(&single).comments[0].id, "3");
}

#[test]
fn broken_and_odd_answers() {
    let good = topic(
        vec![post(
            1,
            "x",
            json!({"user_id": [], "created_at": 5, "actions_summary": {}}),
        )],
        &[],
    );
    let thread = read_one(&format!("{good}{{\"post_stream\": "));
    assert_eq!(thread.comments.len(), 1);
    assert_eq!(thread.warnings[0].code, codes::PARTIAL_CAPTURE);
    let late = read_one(&topic(
        vec![post(9, "x", json!({"reply_to_post_number": 3}))],
        &[],
    ));
    assert_eq!(parents(&late), [("9", Some("3"))]);
    for text in [
        "{\"post_stream\": [",
        "{}",
        "[]",
        "7",
        "{\"post_stream\": {\"posts\": 3}}",
    ] {
        assert!(read_all(text)[0].is_err(), "{text}");
    }
    assert!(!SOURCE.detect(b"{\"posts\": [{\"id\": 1}]}"));
}
