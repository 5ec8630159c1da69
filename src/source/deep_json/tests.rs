//! Documents whole, cut and broken.

use super::*;
use proptest::prelude::*;

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
    assert!(documents[0].path(&["b", "c"]).unwrap().is_true());
    assert_eq!(documents[0].get("n").and_then(Value::integer), Some(12));
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
        let value = json
            .documents()
            .next()
            .and_then(|value| value.get("a")?.integer());
        assert_eq!((value, json.broken), (Some(1), Some(broken)), "{text}");
    }
}

#[test]
fn a_million_brackets() {
    let text = "[{\"a\":".repeat(500_000);
    let json = Json::all(&text);
    assert_eq!(json.broken, Some(text.len()));
}

proptest! {
    #[test]
    fn reads_what_serde_reads(value in prop::collection::vec(".{0,12}", 0..6)) {
        let text = serde_json::to_string(&value).unwrap();
        let json = Json::all(&text);
        let read: Vec<_> = json.documents().next().unwrap().children().map(|item| item.string().unwrap().into_owned()).collect();
        prop_assert_eq!(read, value);
    }

    #[test]
    fn reading_is_total(text in "[\\[\\]{}\",:\\\\utrefalsn0-9é]{0,60}") {
        let json = Json::all(&text);
        let mut open: Vec<_> = json.documents().collect();
        while let Some(value) = open.pop() {
            let _ = (value.word(), value.key(), value.integer());
            open.extend(value.children());
        }
    }
}
