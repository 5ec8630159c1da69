//! Answers written for these tests, each with something of its own.

use super::*;
use crate::{error::ErrorKind, source::reddit::gathering::stubs, thread::State};

fn threads(text: &str) -> Vec<Thread> {
    assert!(SOURCE.detect(text.as_bytes()), "{text}");
    SOURCE
        .threads(Box::new(text.as_bytes()))
        .map(Result::unwrap)
        .collect()
}

fn shape(thread: &Thread) -> Vec<(&str, usize)> {
    thread
        .comments
        .iter()
        .map(|comment| (comment.id.as_str(), comment.depth))
        .collect()
}

/// A thread with a stub, and replies before the fields of their parent as answers of 2016 have them.
const THREAD: &str = r#"[
  {"kind": "Listing", "data": {"modhash": "", "children": [{"kind": "t3", "data": {"id": "l", "subreddit": "x",
    "title": "Keys &amp; locks", "is_self": true, "url": "https://www.reddit.com/r/x/comments/l/keys/",
    "permalink": "/r/x/comments/l/keys/", "selftext": "We &gt; they.", "num_comments": 5}}]}},
  {"kind": "Listing", "data": {"children": [
    {"kind": "t1", "data": {"replies": {"kind": "Listing", "data": {"children": [
        {"kind": "t1", "data": {"id": "b", "parent_id": "t1_a", "link_id": "t3_l", "body": "two", "replies": ""}},
        {"kind": "more", "data": {"id": "c", "name": "t1_c", "parent_id": "t1_a", "count": 3, "children": ["c", "d"]}}]}},
      "id": "a", "parent_id": "t3_l", "link_id": "t3_l", "body": "one", "author": "ada"}},
    {"kind": "more", "data": {"id": "_", "parent_id": "t3_l", "count": 0, "children": []}}]}}]"#;

#[test]
fn a_thread_with_stubs() {
    let threads = threads(THREAD);
    let thread = &threads[0];
    assert_eq!(shape(thread), [("a", 0), ("b", 1), ("c", 1), ("_", 0)]);
    assert_eq!(stubs(thread).len(), 2);
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("l", Some("Keys & locks"))
    );
    assert_eq!(
        thread.url.as_deref(),
        Some("https://www.reddit.com/r/x/comments/l/keys/")
    );
    assert_eq!(
        thread.article.as_ref().and_then(|a| a.text.as_deref()),
        Some("We > they.")
    );
    assert!(
        thread
            .warnings
            .iter()
            .any(|w| w.message.contains("3 comments that were not loaded: c, d"))
    );
}

#[test]
fn more_children_resolve_a_stub_in_any_order() {
    let more = r#"{"json": {"errors": [], "data": {"things": [
        {"kind": "t1", "data": {"id": "e", "parent_id": "t1_c", "link_id": "t3_l", "body": "five"}},
        {"kind": "t1", "data": {"id": "c", "parent_id": "t1_a", "link_id": "t3_l", "body": "three"}},
        {"kind": "t1", "data": {"id": "d", "parent_id": "t1_a", "link_id": "t3_l", "body": "four"}},
        {"kind": "more", "data": {"id": "f", "parent_id": "t1_d", "count": 1, "children": ["f"]}}]}}}"#;
    for input in [format!("{THREAD}\n{more}"), format!("{more}{THREAD}")] {
        let threads = threads(&input);
        assert_eq!(threads.len(), 1);
        let mut shape = shape(&threads[0]);
        shape.sort_unstable();
        assert_eq!(
            shape,
            [
                ("_", 0),
                ("a", 0),
                ("b", 1),
                ("c", 1),
                ("d", 1),
                ("e", 2),
                ("f", 2)
            ]
        );
        assert_eq!(stubs(&threads[0]).len(), 2);
    }
}

#[test]
fn a_listing_of_comments_of_several_threads() {
    let threads = threads(
        r#"{"kind": "Listing", "data": {"after": "t1_q", "children": [
        {"kind": "t1", "data": {"id": "a", "parent_id": "t1_0", "link_id": "t3_l", "body": "x", "link_title": "First",
          "link_permalink": "https://www.reddit.com/r/x/comments/l/f/", "subreddit": "x"}},
        {"kind": "t1", "data": {"id": "b", "parent_id": "t3_m", "link_id": "t3_m", "body": "y", "permalink": "/r/x/comments/m/s/b/"}},
        {"kind": "t1", "data": {"id": "c", "parent_id": "t1_a", "link_id": "t3_l", "body": "z"}}]}}"#,
    );
    assert_eq!(shape(&threads[0]), [("a", 0), ("c", 1)]);
    assert_eq!(threads[0].title.as_deref(), Some("First"));
    assert_eq!(
        threads[1].url.as_deref(),
        Some("https://www.reddit.com/r/x/comments/m/s/")
    );
    assert!(
        threads[0]
            .warnings
            .iter()
            .any(|w| w.code == codes::MISSING_PARENT)
    );
    let paged = |thread: &Thread| {
        let mut warnings = thread.warnings.iter();
        warnings.any(|w| w.code == codes::PARTIAL_CAPTURE)
    };
    assert!(threads.iter().all(paged));
}

#[test]
fn archives_answer_with_bare_comments() {
    let threads = threads(
        r#"{"data": [{"id": "a", "parent_id": null, "link_id": "t3_l", "subreddit": "x", "body": "x"},
        {"id": "b", "parent_id": "t1_a", "link_id": "t3_l", "subreddit": "x", "body": "[removed]"}]}"#,
    );
    assert_eq!(shape(&threads[0]), [("a", 0), ("b", 1)]);
    assert_eq!(threads[0].comments[1].state, State::Removed);
}

#[test]
fn what_a_cut_answer_still_holds_is_kept() {
    let cut = THREAD.find("\"kind\": \"more\"").unwrap();
    let threads = threads(&THREAD[..cut]);
    assert_eq!(shape(&threads[0]), [("a", 0), ("b", 1)]);
    assert!(
        threads[0]
            .warnings
            .iter()
            .any(|w| w.code == codes::PARTIAL_CAPTURE)
    );
}

#[test]
fn what_holds_no_thread_is_an_error() {
    let denied = r#"{"message": "Forbidden", "error": 403}"#;
    assert!(!SOURCE.detect(denied.as_bytes()));
    let error = SOURCE
        .threads(Box::new(denied.as_bytes()))
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
    for other in [
        r#"{"kind": "Listing of goods", "children": []}"#,
        r#"[{"id": 1, "parent_id": 0, "body": "x"}]"#,
        r#"{"comments": [{"parent_id": "t1_x", "subreddit": "y"}]}"#,
    ] {
        assert!(!SOURCE.detect(other.as_bytes()), "{other}");
    }
}
