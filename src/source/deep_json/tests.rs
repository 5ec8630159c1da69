//! Documents whole, cut and broken.

use super::*;
use proptest::prelude::*;

/// The documents as another parser would write them.
fn rewritten(value: Value<'_>) -> String {
    let parts = |parts: Vec<String>| parts.join(",");
    match value.node().kind {
        Kind::Null => "null".into(),
        Kind::False => "false".into(),
        Kind::True => "true".into(),
        Kind::Number => value.word().unwrap().into(),
        Kind::String => serde_json::to_string(value.string().unwrap()).unwrap(),
        Kind::Array => format!("[{}]", parts(value.items().map(rewritten).collect())),
        Kind::Object => {
            let members = value.children().map(|member| {
                let key = serde_json::to_string(member.key()).unwrap();
                format!("{key}:{}", rewritten(member))
            });
            format!("{{{}}}", parts(members.collect()))
        }
    }
}

#[test]
fn members_items_and_words() {
    let text = r#"{"a": [1, -2.5e3, "x\"\u00e9\ud83d\udd11\ud83d"], "b": null, "b": {"c": true}, "n": "12"} [7] junk"#;
    let json = Json::all(text);
    let documents: Vec<_> = json.documents().collect();
    assert_eq!(documents.len(), 2);
    let items: Vec<_> = documents[0]
        .get("a")
        .unwrap()
        .children()
        .map(|item| item.word().unwrap())
        .collect();
    assert_eq!(items, ["1", "-2.5e3", "x\"é🔑\u{fffd}"]);
    assert!(documents[0].path(&["b", "c"]).is_some());
    assert!(documents[0].get("b").unwrap().flag("c"));
    assert_eq!(documents[0].integer("n"), Some(12));
    assert_eq!(json.broken, text.find("junk"));
    assert_eq!(Json::first(text).broken, None);
}

#[test]
fn what_stands_before_the_first_error_is_kept() {
    for (text, broken) in [
        (r#"{"a": 1, "b": "cu"#, 14),
        (r#"{"a": 1, "b""#, 9),
        (r#"{"a": 1]"#, 7),
        (r#"{"a": 1, 2}"#, 9),
        (r#"{"a": 1"#, 7),
    ] {
        let json = Json::all(text);
        let value = json.documents().next().and_then(|value| value.integer("a"));
        assert_eq!((value, json.broken), (Some(1), Some(broken)), "{text}");
    }
}

#[test]
fn a_million_brackets() {
    let text = "[{\"a\":".repeat(500_000);
    let json = Json::all(&text);
    assert_eq!(json.documents().count(), 1);
    assert_eq!(json.broken, Some(text.len()));
}

#[test]
fn documents_one_after_the_other() {
    let text = "{\"a\": [1, -2.5e3, true, null, {\"b\": \"x\"}]}\n[ ] \"t\"{}";
    let json = Json::all(text);
    let all: Vec<_> = json.documents().map(rewritten).collect();
    let expected = [
        "{\"a\":[1,-2.5e3,true,null,{\"b\":\"x\"}]}",
        "[]",
        "\"t\"",
        "{}",
    ];
    assert_eq!(all, expected);
    assert_eq!(json.broken, None);
}

#[test]
fn escapes() {
    let text = r#"["\u00e9\n\/\"\\", "\ud83d\ude00", "\ud83dx", "\ud83d\u0041", "\udc00"]"#;
    let json = Json::all(text);
    let all: Vec<_> = json
        .documents()
        .flat_map(Value::items)
        .map(|value| value.string().unwrap())
        .collect();
    assert_eq!(
        all,
        ["é\n/\"\\", "😀", "\u{fffd}x", "\u{fffd}A", "\u{fffd}"]
    );
}

#[test]
fn fields_are_read_leniently() {
    let text = r#"{"id": 7, "name": " x ", "none": null, "points": "12", "when": 1536256980, "bad": "soon"}"#;
    let json = Json::all(text);
    let value = json.documents().next().unwrap();
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
fn names_may_have_escapes() {
    let json = Json::all(r#"{"\u0061\n": "", "b": 2}"#);
    let value = json.documents().next().unwrap();
    assert_eq!(
        value.children().map(Value::key).collect::<Vec<_>>(),
        ["a\n", "b"]
    );
    assert_eq!(
        (value.get("a\n").and_then(Value::string), value.integer("b")),
        (Some(""), Some(2))
    );
}

#[test]
fn there_are_many_ways_to_say_yes() {
    let yes = Json::all(r#"{"a": true} {"a": 1} {"a": "true"} {"a": "1"}"#);
    assert!(yes.documents().all(|value| value.flag("a")));
    let no = Json::all(
        r#"{"a": false} {"a": 0} {"a": 0.0} {"a": "false"} {"a": ""} {"a": null} {"a": [1]} {}"#,
    );
    assert!(!no.documents().any(|value| value.flag("a")));
}

#[test]
fn what_breaks_off_keeps_what_was_read() {
    for (text, at, kept) in [
        ("{\"a\": [1, {\"b\": \"cut", 16, "{\"a\":[1,{}]}"),
        ("[1, 2", 5, "[1,2]"),
        ("[1, x]", 4, "[1]"),
        ("{\"a\" 1}", 1, "{}"),
        ("{\"a\": 1, \"b\": \"\\u12", 14, "{\"a\":1}"),
    ] {
        let json = Json::all(text);
        let all: Vec<_> = json.documents().map(rewritten).collect();
        assert_eq!(all, [kept], "{text}");
        assert_eq!(json.broken, Some(at), "{text}");
    }
}

proptest! {
    #[test]
    fn reads_what_serde_reads(value in prop::collection::vec(".{0,12}", 0..6)) {
        let text = serde_json::to_string(&value).unwrap();
        let json = Json::all(&text);
        let read: Vec<_> = json.documents().next().unwrap().children().map(|item| item.string().unwrap().to_owned()).collect();
        prop_assert_eq!(read, value);
    }

    #[test]
    fn reading_is_total(text in "[\\[\\]{}\",:\\\\utrefalsn0-9é ]{0,60}") {
        let json = Json::all(&text);
        prop_assert!(json.broken.is_none_or(|at| at <= text.len()));
        let mut open: Vec<_> = json.documents().collect();
        while let Some(value) = open.pop() {
            let _ = (value.word(), value.key(), value.id("a"), value.integer("a"));
            open.extend(value.children());
        }
    }
}
