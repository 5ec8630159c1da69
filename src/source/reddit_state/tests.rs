//! States written for these tests.

use super::{super::reddit::gathering::stubs, *};

const STATE: &str = r##"<!DOCTYPE html><script>__perfMark('reddit')</script><script id="data">window.___r = {"comments":{"models":{
    "t1_b":{"id":"t1_b","parentId":"t1_a","author":"[deleted]","isDeleted":true,"body":"","postId":"t3_l","created":1536257000},
    "t1_z":{"id":"t1_z","parentId":null,"author":"zed","body":"&lt;p&gt;outside&lt;/p&gt;","postId":"t3_l"},
    "t1_a":{"id":"t1_a","parentId":null,"author":"ada","authorId":"t2_1","isOp":true,"score":3,"created":1536256980,"editedAt":"odd",
      "media":{"richtextContent":{"document":[{"e":"blockquote","c":[{"e":"par","c":[{"e":"text","t":"theirs"}]}]},
      {"e":"par","c":[{"e":"text","t":"see "},{"e":"link","t":"this","u":"x"}]},
      {"e":"list","c":[{"e":"li","c":[{"e":"par","c":[{"e":"text","t":"one"}]}]},{"e":"li","c":[{"e":"par","c":[{"e":"text","t":"two"}]}]}]},
      {"e":"code","c":[{"e":"raw","t":"ls"},{"e":"raw","t":"ps"}]}]}}}}},
  "moreComments":{"models":{"moreComments-t1_c":{"id":"moreComments-t1_c","numComments":4}}},
  "continueThreads":{"models":{"continueThread-t1_b":{"parentId":"t1_b"}}},
  "commentsPage":{"keyToPostId":{"k":"t3_l"},"keyToHeadCommentId":{"k":"t1_a"},"keyToCommentThreadLinkSets":{"k":{
    "t1_a":{"depth":0,"next":{"type":"comment","id":"t1_b"}},
    "t1_b":{"depth":1,"next":{"type":"moreComments","id":"moreComments-t1_c"}},
    "moreComments-t1_c":{"depth":1,"next":null}}}},
  "posts":{"models":{"t3_other":{"id":"t3_other"},"t3_l":{"id":"t3_l","title":"Keys leak","permalink":"/r/x/comments/l/keys/",
    "source":{"url":"https://example.org/"},"media":null}}}}; window.___prefetches = ["x"];</script>"##;

fn thread(text: &str) -> Result<Thread> {
    assert!(SOURCE.detect(text.as_bytes()));
    SOURCE
        .threads(Box::new(text.as_bytes()))
        .next()
        .expect("one thread")
}

#[test]
fn comments_stand_in_the_order_of_the_page() {
    let thread = thread(STATE).unwrap();
    let seen: Vec<_> = thread
        .comments
        .iter()
        .map(|c| (c.id.as_str(), c.state, c.depth))
        .collect();
    assert_eq!(
        seen,
        [
            ("a", State::Live, 0),
            ("b", State::Deleted, 1),
            ("c", State::Unresolved, 1),
            ("z", State::Live, 0),
            ("_b", State::Unresolved, 2),
        ]
    );
    assert_eq!(stubs(&thread).len(), 2);
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("l", Some("Keys leak"))
    );
    assert_eq!(
        thread.url.as_deref(),
        Some("https://www.reddit.com/r/x/comments/l/keys/")
    );
    assert_eq!(
        thread.article.and_then(|article| article.url).as_deref(),
        Some("https://example.org/")
    );
    assert_eq!(thread.comments[3].body.text, "outside");
    assert!(thread.warnings.iter().any(|w| w.code == codes::BAD_VALUE));
}

#[test]
fn documents_of_the_editor_become_blocks() {
    let thread = thread(STATE).unwrap();
    let body = &thread.comments[0].body;
    let blocks: Vec<_> = body
        .blocks
        .iter()
        .map(|b| (b.kind.as_str(), b.span.slice(&body.text)))
        .collect();
    assert_eq!(
        blocks,
        [
            ("quote", "theirs"),
            ("paragraph", "see this"),
            ("list", "one"),
            ("list", "two"),
            ("code", "ls\nps"),
        ]
    );
    let author = thread.comments[0].author.as_ref().unwrap();
    assert_eq!(
        (author.id.as_deref(), author.badge.as_deref()),
        (Some("1"), Some("submitter"))
    );
}

#[test]
fn a_page_without_a_thread_is_an_error() {
    for text in ["<script>window.___r = {}</script>", "<p>reddit __perfMark"] {
        assert_eq!(thread(text).unwrap_err().kind(), ErrorKind::Malformed);
    }
    assert!(!SOURCE.detect(b"<p>window.___r and reddit"));
}
