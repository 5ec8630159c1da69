//! Small answers, made for the tests.

use super::*;
use crate::source::testing::{codes_of, states};

fn parse(text: &str) -> Thread {
    assert!(SOURCE.detect(text.as_bytes()));
    SOURCE
        .threads(Box::new(text.as_bytes()))
        .next()
        .expect("a thread")
        .expect("a thread")
}

#[test]
fn comments_say_what_they_answer() {
    let thread = parse(
        r#"{"short_id":"abc123","short_id_url":"https://lobste.rs/s/abc123","title":"Keys","url":"https://example.org/","comment_count":6,
        "description":"<p>Why?</p>","submitter_user":"op","comments":[
        {"short_id":"c1","created_at":"2024-01-02T03:04:05.000-06:00","last_edited_at":"2024-01-02T03:04:05.000-06:00","is_deleted":false,"is_moderated":false,"score":4,"flags":1,"parent_comment":null,"comment":"<blockquote><p>q</p></blockquote><p>x</p>","comment_plain":"> q\n\nx","depth":0,"commenting_user":"ann"},
        {"short_id":"c2","created_at":"2024-01-02T03:05:05.000-06:00","is_deleted":true,"is_moderated":false,"score":1,"parent_comment":"c1","comment":"<em>Comment removed by author</em>","depth":1,"commenting_user":"bo"},
        {"short_id":"c3","created_at":"2024-01-02T03:06:05.000-06:00","last_edited_at":"2024-01-02T03:09:05.000-06:00","is_deleted":true,"is_moderated":true,"score":1,"parent_comment":"c2","comment":"<em>Comment removed by moderator mo: Rude</em>","depth":2,"commenting_user":"cy"},
        {"short_id":"c4","created_at":"never","is_deleted":false,"is_moderated":false,"parent_comment":"gone","comment_plain":"plain only","depth":3,"commenting_user":"di"}]}"#,
    );
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("abc123", Some("Keys"))
    );
    assert_eq!(
        states(&thread),
        [
            ("c1", None, State::Live),
            ("c2", Some("c1"), State::Deleted),
            ("c3", Some("c2"), State::Removed),
            ("c4", Some("gone"), State::Live),
        ]
    );
    let first = &thread.comments[0];
    assert_eq!((first.body.text.as_str(), first.edited), ("q\n\nx", None));
    assert_eq!(
        first.posted.map(|t| t.to_string()).as_deref(),
        Some("2024-01-02T09:04:05Z")
    );
    assert!(thread.comments[1].body.text.is_empty() && thread.comments[2].edited.is_some());
    assert_eq!(thread.comments[3].body.text, "plain only");
    let codes = codes_of(&thread);
    for code in [
        codes::BAD_VALUE,
        codes::MISSING_PARENT,
        codes::PARTIAL_CAPTURE,
    ] {
        assert!(codes.contains(&code), "{code} {codes:?}");
    }
}

#[test]
fn older_comments_have_an_indent_alone() {
    let comment = |id: &str, indent: usize| {
        format!(
            r#"{{"short_id":"{id}","created_at":"2012-12-23T14:48:17.000-06:00","updated_at":"2012-12-23T14:50:17.000-06:00","is_deleted":false,"upvotes":3,"downvotes":1,"score":2,"comment":"<p>{id}</p>","indent_level":{indent},"commenting_user":{{"username":"u{id}","is_admin":false}}}}"#
        )
    };
    let comments = [
        comment("a", 1),
        comment("b", 2),
        comment("c", 3),
        comment("d", 2),
        comment("e", 1),
    ];
    let thread = parse(&format!(
        r#"{{"short_id":"xyz","submitter_user":{{"username":"op"}},"comments":[{}],"comments_url":"https://lobste.rs/s/xyz/t"}}"#,
        comments.join(",")
    ));
    let links: Vec<_> = states(&thread)
        .iter()
        .map(|(id, parent, _)| (*id, *parent))
        .collect();
    let expected = [
        ("a", None),
        ("b", Some("a")),
        ("c", Some("b")),
        ("d", Some("a")),
        ("e", None),
    ];
    assert_eq!(links, expected);
    let first = &thread.comments[0];
    assert_eq!(
        first.author.as_ref().map(|author| author.name.as_str()),
        Some("ua")
    );
    assert!(first.edited.is_some());
}

#[test]
fn lists_of_stories_hold_no_comments() {
    let list = r#"[{"short_id":"a","comments_url":"https://lobste.rs/s/a","submitter_user":"x","comment_count":3}]"#;
    assert!(SOURCE.detect(list.as_bytes()));
    let read = SOURCE.threads(Box::new(list.as_bytes())).next();
    assert!(
        read.is_some_and(|read| read.is_err_and(|error| error.to_string().contains("/s/ID.json")))
    );
    assert!(!SOURCE.detect(br#"{"short_id":"a","comments":[]}"#));
}
