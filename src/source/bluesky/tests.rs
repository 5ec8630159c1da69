//! Bluesky: answers made for the purpose.

use super::*;
use crate::source::testing::{codes_of, parents};
use crate::{text::BlockKind, thread::State};

fn thread(text: &str) -> Thread {
    assert!(SOURCE.detect(text.as_bytes()), "{text}");
    let mut threads = SOURCE.threads(Box::new(text.as_bytes()));
    threads.next().unwrap().unwrap()
}

fn uri(key: &str) -> String {
    format!("at://did:plc:x/app.bsky.feed.post/{key}")
}

/// A post's view; `more` goes into its record.
fn post(key: &str, parent: Option<&str>, more: &str) -> String {
    let reply = parent.map_or_else(String::new, |parent| {
        format!(
            ", \"reply\": {{\"root\": {{\"uri\": \"{}\"}}, \"parent\": {{\"uri\": \"{}\"}}}}",
            uri("a"),
            uri(parent)
        )
    });
    format!(
        "{{\"uri\": \"{}\", \"author\": {{\"did\": \"did:plc:x\", \"handle\": \"ada.example\", \"displayName\": \"\"}}, \
         \"record\": {{\"text\": \"é text {key}\", \"createdAt\": \"2024-05-01T10:00:00.000Z\"{reply}{more}}}, \
         \"likeCount\": 2, \"replyCount\": 1}}",
        uri(key)
    )
}

#[test]
fn above_below_and_stubs() {
    let text = format!(
        "{{\"thread\": {{\"$type\": \"app.bsky.feed.defs#threadViewPost\", \"post\": {}, \"parent\": \
         {{\"post\": {}}}, \"replies\": [{{\"$type\": \"app.bsky.feed.defs#notFoundPost\", \"uri\": \"{}\", \"notFound\": true}}, \
         {{\"post\": {}, \"replies\": [{{\"$type\": \"app.bsky.feed.defs#blockedPost\", \"uri\": \"{}\", \"blocked\": true}}]}}]}}}}",
        post("b", Some("a"), ""),
        post("a", None, ""),
        uri("c"),
        post("d", Some("b"), ""),
        uri("e")
    );
    let thread = thread(&text);
    assert_eq!(thread.id, "a");
    assert_eq!(
        thread.url.as_deref(),
        Some("https://bsky.app/profile/ada.example/post/a")
    );
    let expected = [
        ("a", None),
        ("b", Some("a")),
        ("c", Some("b")),
        ("d", Some("b")),
        ("e", Some("d")),
    ];
    assert_eq!(parents(&thread), expected);
    let states: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.state)
        .collect();
    use State::{Deleted, Hidden, Live};
    assert_eq!(states, [Live, Live, Deleted, Live, Hidden]);
    assert_eq!(
        thread.comments[0].author.as_ref().unwrap().name,
        "ada.example"
    );
    let codes = codes_of(&thread);
    assert_eq!(codes, ["deleted_comments", "hidden_comments"]);
}

#[test]
fn a_parent_that_is_not_found() {
    let text = format!(
        "{{\"thread\": {{\"post\": {}, \"parent\": {{\"$type\": \"app.bsky.feed.defs#notFoundPost\", \"uri\": \"{}\"}}}}}}",
        post("c", Some("b"), ""),
        uri("b")
    );
    let thread = thread(&text);
    assert_eq!(parents(&thread), [("b", None), ("c", Some("b"))]);
    assert_eq!(thread.id, "a");
    assert_eq!(thread.warnings[0].code, codes::PARTIAL_CAPTURE);
}

#[test]
fn a_list_with_depths() {
    let item = |key: &str, depth: i64, value: String| {
        format!(
            "{{\"uri\": \"{}\", \"depth\": {depth}, \"value\": {{{value}}}}}",
            uri(key)
        )
    };
    let text = format!(
        "{{\"thread\": [{}, {}, {}, {}]}}",
        item("a", -1, format!("\"post\": {}", post("a", None, ""))),
        item(
            "b",
            0,
            format!("\"post\": {}, \"moreReplies\": 4", post("b", Some("a"), ""))
        ),
        item(
            "c",
            1,
            "\"$type\": \"app.bsky.unspecced.defs#threadItemBlocked\"".into()
        ),
        item(
            "d",
            1,
            format!(
                "\"post\": {}, \"hiddenByThreadgate\": true",
                post("d", Some("b"), "")
            )
        )
    );
    let thread = thread(&text);
    let expected = [
        ("a", None),
        ("b", Some("a")),
        ("c", Some("b")),
        ("d", Some("b")),
    ];
    assert_eq!(parents(&thread), expected);
    assert_eq!(thread.comments[2].state, State::Hidden);
    assert_eq!(thread.comments[3].state, State::Collapsed);
    assert!(thread.warnings[0].message.contains(" 4 more"));
}

#[test]
fn links_and_quoted_posts() {
    let facet = |start: usize, end: usize, url: &str| {
        format!(
            "{{\"index\": {{\"byteStart\": {start}, \"byteEnd\": {end}}}, \"features\": [{{\"$type\": \
             \"app.bsky.richtext.facet#link\", \"uri\": \"{url}\"}}]}}"
        )
    };
    let facets = format!(
        ", \"facets\": [{}, {}]",
        facet(3, 7, "https://l.example/"),
        facet(1, 3, "bad")
    );
    let embed =
        "\"embed\": {\"record\": {\"value\": {\"text\": \"They said so.\"}}}, \"likeCount\"";
    let view = post("a", None, &facets).replace("\"likeCount\"", embed);
    let thread = thread(&format!("{{\"thread\": {{\"post\": {view}}}}}"));
    let body = &thread.comments[0].body;
    assert_eq!(body.text, "é text a\n\nThey said so.");
    assert_eq!(body.blocks[1].kind, BlockKind::Quote);
    assert_eq!(body.links.len(), 1);
    assert_eq!(body.links[0].span.slice(&body.text), "text");
    assert_eq!(thread.warnings[0].code, codes::BAD_SPAN);
}

#[test]
fn other_documents_are_not_taken() {
    assert!(!SOURCE.detect(b"{\"thread\": {\"posts\": []}}"));
    let empty = "{\"thread\": 1}".as_bytes();
    assert!(SOURCE.threads(Box::new(empty)).next().unwrap().is_err());
}
