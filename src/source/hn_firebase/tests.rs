//! Small dumps, made for the tests.

use super::*;
use crate::source::testing::states;

fn parse(text: &str) -> Vec<Thread> {
    SOURCE
        .threads(Box::new(text.as_bytes()))
        .map(|thread| thread.expect("threads"))
        .collect()
}

const DUMP: &str = r#"{"by":"c","id":14,"kids":[15],"parent":12,"text":"deep","time":1536256990,"type":"comment"}
{"deleted":true,"id":12,"parent":10,"kids":[14],"time":1536256985,"type":"comment"}
{"by":"a","descendants":4,"id":10,"kids":[13,12],"score":7,"text":"Ask &amp; answer","time":1536256980,"title":"Ask HN: keys?","type":"story"}
{"by":"x","id":31,"parent":30,"text":"elsewhere","time":1536256999,"type":"comment"}
{"by":"b","dead":true,"id":13,"parent":10,"text":"spam","time":1536256986,"type":"comment"}
{"by":"y","id":32,"parent":30,"text":"there too","time":"1536257000","type":"comment"}
"#;

#[test]
fn items_in_any_order_of_several_stories() {
    assert!(SOURCE.detect(DUMP.as_bytes()));
    let threads = parse(DUMP);
    assert_eq!(threads.len(), 2);
    assert_eq!(
        states(&threads[0]),
        [
            ("13", None, State::Removed),
            ("12", None, State::Deleted),
            ("14", Some("12"), State::Live),
            ("15", Some("14"), State::Unresolved),
        ]
    );
    assert_eq!(
        (threads[0].id.as_str(), threads[0].title.as_deref()),
        ("10", Some("Ask HN: keys?"))
    );
    let article = threads[0].article.as_ref().expect("a story");
    assert_eq!(article.text.as_deref(), Some("Ask & answer"));
    assert_eq!(threads[1].id, "30");
    assert_eq!(
        states(&threads[1]),
        [
            ("31", Some("30"), State::Live),
            ("32", Some("30"), State::Live)
        ]
    );
}

#[test]
fn one_item_and_lists_of_items() {
    let item = "{\n  \"by\": \"a\",\n  \"id\": 5,\n  \"kids\": [6],\n  \"time\": 1536256980,\n  \"title\": \"T\",\n  \"type\": \"story\"\n}";
    assert!(SOURCE.detect(item.as_bytes()));
    assert_eq!(states(&parse(item)[0]), [("6", None, State::Unresolved)]);
    let list = format!("[{}]", DUMP.trim_end().replace('\n', ",\n"));
    assert!(SOURCE.detect(list.as_bytes()));
    assert_eq!(states(&parse(&list)[0]), states(&parse(DUMP)[0]));
}

#[test]
fn circles_repetitions_and_broken_lines() {
    let text = r#"{"by":"a","id":1,"parent":2,"text":"x","time":1536256980,"type":"comment"}
{"by":"b","id":2,"parent":1,"text":"y","time":1536256980,"type":"comment"}
{"by":"b","id":3,"parent":2,"text":"cut
{"by":"b","id":2,"parent":1,"text":"z","time":1536256980,"type":"comment"}
{"by":"c","id":4,"parent":4,"text":"self","time":1536256980,"type":"comment"}"#;
    let threads = parse(text);
    let count: usize = threads.iter().map(|thread| thread.comments.len()).sum();
    assert_eq!(count, 4);
    let codes: Vec<_> = threads
        .iter()
        .flat_map(|t| &t.warnings)
        .map(|w| w.code.as_ref())
        .collect();
    for code in [codes::REPLY_CYCLE, codes::DUPLICATE_ID, codes::BAD_VALUE] {
        assert!(codes.contains(&code), "{code}");
    }
}

#[test]
fn polls_have_options() {
    let text = r#"[{"by":"a","id":1,"parts":[2,3],"time":1536256980,"title":"Poll","type":"poll"},
{"by":"a","id":2,"poll":1,"text":"yes","time":1536256980,"type":"pollopt"},
{"by":"a","id":3,"poll":1,"text":"no","time":1536256980,"type":"pollopt"}]"#;
    let threads = parse(text);
    assert_eq!((threads.len(), threads[0].comments.len()), (1, 0));
    let article = threads[0].article.as_ref().expect("a poll");
    assert_eq!(article.text.as_deref(), Some("yes\n\nno"));
}

#[test]
fn other_json_is_not_taken() {
    for text in [
        "{}",
        r#"{"id":1,"type":"comment","time":12}"#,
        r#"[1,2,3]"#,
        r#"{"text":"\"id\": \"type\":\"comment\" \"time\":1 \"by\":"}"#,
    ] {
        assert!(!SOURCE.detect(text.as_bytes()), "{text}");
    }
    assert!(
        SOURCE
            .threads(Box::new(&b"[1,2]"[..]))
            .next()
            .is_some_and(|read| read.is_err())
    );
}
