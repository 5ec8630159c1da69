//! Small answers of the search, made for the tests.

use super::*;
use crate::source::testing::states;
use crate::thread::{Parent, State};

fn parse(text: &str) -> Vec<Thread> {
    assert!(SOURCE.detect(text.as_bytes()));
    SOURCE
        .threads(Box::new(text.as_bytes()))
        .map(|thread| thread.expect("threads"))
        .collect()
}

const STORY: &str = r#"{"author":"op","children":[
  {"author":null,"children":[{"author":"b","children":[],"created_at":"2018-09-06T18:04:00.000Z","created_at_i":1536257040,
    "id":12,"options":[],"parent_id":11,"points":null,"story_id":10,"text":"Deep <i>one</i>","title":null,"type":"comment","url":null}],
    "created_at_i":1536257000,"id":11,"parent_id":10,"story_id":10,"text":null,"type":"comment"},
  {"author":"c","children":[],"created_at_i":1536257001,"id":13,"parent_id":10,"points":3,"story_id":10,"text":"Two<p>parts","type":"comment"}],
  "created_at_i":1536256980,"id":10,"options":[],"parent_id":null,"points":9,"text":"Why?","title":"Ask","type":"story","url":"https://example.org/"}"#;

#[test]
fn an_item_with_its_replies() {
    let threads = parse(STORY);
    let thread = &threads[0];
    assert_eq!(
        (threads.len(), thread.id.as_str(), thread.title.as_deref()),
        (1, "10", Some("Ask"))
    );
    assert_eq!(
        states(thread),
        [
            ("11", None, State::Deleted),
            ("12", Some("11"), State::Live),
            ("13", None, State::Live)
        ]
    );
    assert_eq!(thread.comments[2].body.text, "Two\n\nparts");
    assert_eq!(
        thread.comments[2]
            .score
            .as_ref()
            .and_then(|score| score.points),
        Some(3)
    );
    let posted = thread.comments[1].posted.map(|posted| posted.to_string());
    assert_eq!(posted.as_deref(), Some("2018-09-06T18:04:00Z"));
    assert_eq!(
        thread.article.as_ref().and_then(|a| a.text.as_deref()),
        Some("Why?")
    );
}

#[test]
fn a_comment_with_its_replies_is_a_part_of_its_story() {
    let text = r#"{"id":12,"created_at_i":1536257040,"author":"b","type":"comment","text":"x","parent_id":11,"story_id":10,
      "children":[{"id":14,"created_at_i":1536257041,"author":"d","type":"comment","text":"y","parent_id":12,"story_id":10,"children":[]}]}"#;
    let threads = parse(text);
    assert_eq!(threads[0].id, "10");
    assert_eq!(
        states(&threads[0]),
        [
            ("12", Some("11"), State::Live),
            ("14", Some("12"), State::Live)
        ]
    );
    assert!(matches!(threads[0].comments[0].parent, Parent::Missing(_)));
}

#[test]
fn an_answer_cut_off_keeps_what_is_whole() {
    let end = STORY
        .find("\"options\":[],\"parent_id\":null")
        .unwrap_or_default();
    let threads = parse(&STORY[..end]);
    assert_eq!(threads[0].comments.len(), 3);
    let end = STORY.find(",\"text\":null,\"type\"").unwrap_or_default();
    let thread = &parse(&STORY[..end])[0];
    assert_eq!((thread.id.as_str(), thread.comments.len()), ("10", 2));
    assert!(
        thread
            .warnings
            .iter()
            .any(|w| w.code == codes::PARTIAL_CAPTURE)
    );
}

#[test]
fn what_a_search_found() {
    let text = r#"{"exhaustive":{"nbHits":true},"hits":[
      {"_tags":["comment","author_b","story_10"],"author":"b","comment_text":"later","created_at_i":1536257040,"objectID":"12","parent_id":11,"story_id":10,"story_title":"Ask","story_url":"https://example.org/","children":[14]},
      {"_tags":["comment","author_x","story_20"],"author":"x","comment_text":"else","created_at_i":1536257040,"objectID":"21","parent_id":20,"story_id":20,"story_title":"Other"},
      {"_tags":["comment","author_a","story_10"],"author":"a","comment_text":"first","created_at_i":1536257000,"objectID":"11","parent_id":10,"story_id":10},
      {"_tags":["story","author_op","story_10"],"author":"op","title":"Ask","story_text":"Why?","num_comments":2,"created_at_i":1536256980,"objectID":"10","points":3}],
      "nbHits":9,"page":0,"nbPages":1}"#;
    let threads = parse(text);
    assert_eq!(threads.len(), 2);
    assert_eq!(
        states(&threads[0]),
        [("11", None, State::Live), ("12", Some("11"), State::Live)]
    );
    assert_eq!(
        threads[0].article.as_ref().and_then(|a| a.text.as_deref()),
        Some("Why?")
    );
    assert_eq!(
        (threads[1].id.as_str(), threads[1].title.as_deref()),
        ("20", Some("Other"))
    );
    assert!(
        threads
            .iter()
            .all(|thread| thread.warnings[0].code == codes::PARTIAL_CAPTURE)
    );
}

#[test]
fn other_json_is_not_taken() {
    for text in [
        r#"{"hits":[{"objectID":"1","title":"x"}]}"#,
        r#"{"id":1,"children":[],"author":"a","type":"page"}"#,
    ] {
        assert!(!SOURCE.detect(text.as_bytes()), "{text}");
    }
    assert!(
        SOURCE
            .threads(Box::new(&b"{}"[..]))
            .next()
            .is_some_and(|read| read.is_err())
    );
}
