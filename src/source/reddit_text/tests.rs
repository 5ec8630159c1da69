//! Texts written for these tests.

use super::*;
use crate::source::testing::codes_of;
use crate::thread::Parent;

fn thread(text: &str) -> Thread {
    assert!(SOURCE.detect(text.as_bytes()), "{text}");
    SOURCE
        .threads(Box::new(text.as_bytes()))
        .next()
        .expect("a thread")
        .expect("a good text")
}

const TEXT: &str = "\
Keys leak (example.org)

submitted 5 years ago by ada

all 6 comments

[–]ada[S] 37 points38 points39 points 5 years ago  (4 children)

> theirs

mine, [-] as it is

permalinkembedsavereportreply

[–][deleted] 5 years ago (1 child)

[deleted]

[–]bob 0 points1 point2 points 5 years ago (0 children)

save the keys
    permalink
    embed
    save
    parent
    reply

[+]eve comment score below threshold-3 points-2 points-1 points 5 years ago (0 children)

low

permalinkembedsaveparentreportreply

load more comments (1 reply)

[–]zed 1 point2 points (0 children)

last

permalinksavereply

aboutblog
π Rendered by PID 1";

#[test]
fn a_text_with_all_that_is_folded() {
    let thread = thread(TEXT);
    let seen: Vec<_> = thread
        .comments
        .iter()
        .map(|c| (c.body.text.as_str(), c.state, c.depth))
        .collect();
    assert_eq!(
        seen,
        [
            ("> theirs\n\nmine, [-] as it is", State::Live, 0),
            ("", State::Deleted, 1),
            ("save the keys", State::Live, 2),
            ("low", State::Collapsed, 1),
            ("", State::Unresolved, 1),
            ("last", State::Live, 0),
        ]
    );
    let points: Vec<_> = thread
        .comments
        .iter()
        .map(|c| c.score.as_ref().and_then(|s| s.points))
        .collect();
    assert_eq!(points, [Some(38), None, Some(1), Some(-2), None, Some(1)]);
    assert_eq!(thread.title.as_deref(), Some("Keys leak"));
    let author = thread.comments[0].author.as_ref().unwrap();
    assert_eq!(
        (author.name.as_str(), author.badge.as_deref()),
        ("ada", Some("submitter"))
    );
    assert!(
        !thread
            .warnings
            .iter()
            .any(|w| w.code == codes::GUESSED_STRUCTURE)
    );
}

#[test]
fn counts_that_do_not_fit_are_told() {
    let thread = thread(
        "[–]a 1 point (4 children)\nx\npermalinkreply\n[–]b 1 point (0 children)\ny\npermalinkparentreply\n\
         [–]c 1 point (0 children)\nz\npermalinkparentreply\n[–]d 1 point (0 children)\nw\npermalinkreply\n",
    );
    let parents: Vec<_> = thread.comments.iter().map(|c| c.parent.clone()).collect();
    let first = Parent::Known(CommentIdx::new(0));
    assert_eq!(
        parents,
        [Parent::Root, first, Parent::Missing(None), Parent::Root]
    );
    let codes = codes_of(&thread);
    assert_eq!(codes, [codes::GUESSED_STRUCTURE, codes::PARTIAL_CAPTURE]);
}

#[test]
fn other_texts_are_left_alone() {
    for text in [
        "- [-] buy milk (2 children)",
        "name 3 hours ago | parent | next [–]\n\ntext",
        "[–] one remark only, 5 points, 2 days ago",
        "<p>[–]ada 38 points (14 children)",
    ] {
        assert!(!SOURCE.detect(text.as_bytes()), "{text}");
    }
}
