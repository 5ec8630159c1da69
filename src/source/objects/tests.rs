//! JSON that nests, streams and breaks.

use super::*;
use crate::source::recognize;
use serde_json::{Map, Value};

type Shown = Vec<(Option<usize>, Map<String, Value>)>;

fn read(text: &str) -> (Shown, bool) {
    let (objects, cut) = objects(text, &["children", "hits"]);
    let shown = objects
        .into_iter()
        .map(|object| (object.above, object.fields));
    (shown.collect(), cut)
}

fn shown(objects: &[(Option<usize>, &str)]) -> Shown {
    let objects = objects.iter();
    let fields = |json| serde_json::from_str(json).expect("an object");
    objects
        .map(|&(above, json)| (above, fields(json)))
        .collect()
}

#[test]
fn lists_nest() {
    let text = r#"{"a":"}[\"children\":[{","children":[{"id":2,"children":[{"id":3}], "x":{"children":[{}]}},{"id":4}],"id":1}"#;
    let expected = shown(&[
        (None, r#"{"a":"}[\"children\":[{","children":[],"id":1}"#),
        (Some(0), r#"{"children":[],"id":2,"x":{"children":[{}]}}"#),
        (Some(1), r#"{"id":3}"#),
        (Some(0), r#"{"id":4}"#),
    ]);
    assert_eq!(read(text), (expected, false));
}

#[test]
fn streams_and_outer_lists() {
    let expected = shown(&[(None, r#"{"id":1}"#), (None, r#"{"id":2}"#)]);
    for text in [
        "{\"id\":1}\n{\"id\":2}\n",
        "[{\"id\":1},\n{\"id\":2},\n",
        "[\n  {\n    \"id\": 1\n  },\n  {\"id\": 2}\n]",
        "null\n[{\"id\":1}]\n[{\"id\":2}]",
    ] {
        assert_eq!(read(text), (expected.clone(), false), "{text}");
    }
}

#[test]
fn what_is_broken_costs_itself_alone() {
    let cut = r#"{"id":1,"children":[{"id":2,"text":"a"},{"id":3,"text":"bro"#;
    let expected = shown(&[
        (None, r#"{"children":[],"id":1}"#),
        (Some(0), r#"{"id":2,"text":"a"}"#),
        (Some(0), r#"{"id":3}"#),
    ]);
    assert_eq!(read(cut), (expected, true));
    let lines =
        "{\"id\":1,\"text\":\"bro\n{\"id\":2,\"kids\":[1,2\n{\"id\":3,\"x\":nonsense,\"y\":2}";
    let expected = shown(&[
        (None, r#"{"id":1}"#),
        (None, r#"{"id":2}"#),
        (None, r#"{"id":3,"y":2}"#),
    ]);
    assert_eq!(read(lines), (expected, false));
}

#[test]
fn fifty_thousand_levels() {
    let count = 50_000;
    let text = format!(
        "{}{}",
        "{\"id\":1,\"children\":[".repeat(count),
        "]}".repeat(count)
    );
    let (objects, cut) = objects(&text, &["children"]);
    assert_eq!((objects.len(), cut), (count, false));
    assert_eq!(objects[count - 1].above, Some(count - 2));
}

#[test]
fn members_are_read_leniently() {
    let text = r#"{"id":" 7 ","n":"12","time":1536256980,"at":"2018-09-06T18:03:00Z","ok":true,"none":null,"empty":""}"#;
    let (objects, _) = objects(text, &[]);
    let object = &objects[0];
    assert_eq!(object.id("id").as_deref(), Some("7"));
    assert_eq!(object.number("n"), Some(12));
    assert_eq!(
        object.instant(&["lacking", "time"]),
        object.instant(&["at"])
    );
    assert!(object.flag("ok") && !object.has("none") && object.text("empty").is_none());
    assert!(
        recognize::has_key(text, "ok")
            && !recognize::has_key(text, "7")
            && !recognize::has_key(text, "2018")
    );
}
