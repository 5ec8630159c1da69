//! Documents whole and broken.

use super::*;
use proptest::prelude::*;

/// The documents as another parser would write them.
fn rewritten(value: Value<'_>) -> String {
    match value.node() {
        Node::Null => "null".into(),
        Node::Flag(flag) => flag.to_string(),
        Node::Number(number) => (*number).into(),
        Node::Text(text) => serde_json::to_string(text).unwrap(),
        Node::List(_) => {
            let items: Vec<_> = value.items().map(rewritten).collect();
            format!("[{}]", items.join(","))
        }
        Node::Object(fields) => {
            let fields = fields.iter().map(|(key, at)| {
                let key = serde_json::to_string(key).unwrap();
                format!("{key}:{}", rewritten(value.value(*at)))
            });
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
    }
}

#[test]
fn documents_one_after_the_other() {
    let text = "{\"a\": [1, -2.5e3, true, null, {\"b\": \"x\"}]}\n[ ] \"t\"{}";
    let documents = Documents::read(text);
    let all: Vec<_> = documents.roots().map(rewritten).collect();
    let expected = [
        "{\"a\":[1,-2.5e3,true,null,{\"b\":\"x\"}]}",
        "[]",
        "\"t\"",
        "{}",
    ];
    assert_eq!(all, expected);
    assert_eq!(documents.broken, None);
}

#[test]
fn escapes() {
    let text = r#"["\u00e9\n\/\"\\", "\ud83d\ude00", "\ud83dx", "\ud83d\u0041", "\udc00"]"#;
    let documents = Documents::read(text);
    let all: Vec<_> = documents
        .roots()
        .flat_map(Value::items)
        .map(|value| match value.node() {
            Node::Text(text) => text.to_string(),
            _ => String::new(),
        })
        .collect();
    assert_eq!(
        all,
        ["é\n/\"\\", "😀", "\u{fffd}x", "\u{fffd}A", "\u{fffd}"]
    );
}

#[test]
fn fields_are_read_leniently() {
    let text = r#"{"id": 7, "name": " x ", "none": null, "points": "12", "when": 1536256980, "bad": "soon"}"#;
    let documents = Documents::read(text);
    let value = documents.roots().next().unwrap();
    assert_eq!(value.id("id"), Some("7"));
    assert_eq!(value.id("name"), Some("x"));
    assert_eq!(value.text("name"), Some(" x "));
    assert_eq!(value.text("none"), None);
    assert_eq!(value.integer("points"), Some(12));
    assert!(value.instant("when").unwrap().is_some());
    assert_eq!(value.instant("bad"), Err("soon"));
    assert_eq!(value.instant("none"), Ok(None));
}

#[test]
fn what_breaks_off_keeps_what_was_read() {
    for (text, at, kept) in [
        ("{\"a\": [1, {\"b\": \"cut", 17, "{\"a\":[1,{}]}"),
        ("[1, 2", 5, "[1,2]"),
        ("[1, x]", 4, "[1]"),
        ("{\"a\" 1}", 5, "{}"),
        ("{\"a\": 1, \"b\": \"\\u12", 17, "{\"a\":1}"),
    ] {
        let documents = Documents::read(text);
        let all: Vec<_> = documents.roots().map(rewritten).collect();
        assert_eq!(all, [kept], "{text}");
        assert_eq!(documents.broken, Some(at), "{text}");
    }
}

#[test]
fn nesting_is_bounded_by_memory_alone() {
    let text = "[{\"a\":".repeat(200_000);
    let documents = Documents::read(&text);
    assert_eq!(documents.roots().count(), 1);
    assert_eq!(documents.broken, Some(text.len()));
}

proptest! {
    #[test]
    fn any_text_ends(text in "[\\[\\]{},:\"\\\\ue0-9a-fé ]{0,60}") {
        let documents = Documents::read(&text);
        prop_assert!(documents.broken.is_none_or(|at| at <= text.len()));
    }
}
