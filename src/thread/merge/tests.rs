//! Tests of merging: pages, crawls, forms.

mod partial;

use super::*;
use crate::{
    text::plain,
    thread::{Author, Score},
};
use proptest::prelude::*;

/// A comment as a capture shows it: id, parent's id, text, and minutes since the first.
fn said(id: &str, parent: Option<&str>, text: &str, minute: i64) -> Draft {
    Draft {
        id: id.to_owned(),
        parent: parent.map_or(ParentRef::Root, |id| ParentRef::Id(id.to_owned())),
        author: Some(Author {
            name: format!("author of {text}"),
            ..Author::default()
        }),
        posted: jiff::Timestamp::from_second(1_600_000_000 + 60 * minute).ok(),
        body: plain::body(text),
        ..Draft::default()
    }
}

fn live(id: &str, parent: Option<&str>) -> Draft {
    said(id, parent, id, 0)
}

fn stub(id: &str, parent: Option<&str>) -> Draft {
    Draft {
        state: State::Unresolved,
        ..bare(id, parent)
    }
}

fn bare(id: &str, parent: Option<&str>) -> Draft {
    Draft {
        author: None,
        posted: None,
        body: plain::body(""),
        ..live(id, parent)
    }
}

fn deleted(id: &str, parent: Option<&str>) -> Draft {
    Draft {
        state: State::Deleted,
        ..bare(id, parent)
    }
}

fn capture(drafts: impl IntoIterator<Item = Draft>) -> Thread {
    let mut builder = ThreadBuilder::new("board", "t");
    for draft in drafts {
        builder.push(draft);
    }
    builder.build()
}

fn merged(captures: impl IntoIterator<Item = Thread>) -> Thread {
    merge(captures.into_iter().collect()).expect("a thread")
}

/// Ids and parents' ids, in document order.
fn shape(thread: &Thread) -> String {
    let comments = thread.comments.iter().map(|comment| match &comment.parent {
        Parent::Root => comment.id.clone(),
        Parent::Known(idx) => format!("{}<{}", comment.id, thread.comment(*idx).id),
        Parent::Missing(id) => format!("{}<?{}", comment.id, id.as_deref().unwrap_or_default()),
    });
    comments.collect::<Vec<_>>().join(" ")
}

fn codes_of(thread: &Thread) -> Vec<&str> {
    thread
        .warnings
        .iter()
        .map(|warning| warning.code.as_ref())
        .collect()
}

#[test]
fn pages_follow_each_other_and_complete_their_parents() {
    let first = || capture([live("a", None), live("b", Some("a"))]);
    let second = || capture([live("c", Some("b")), live("d", None)]);
    let both = merged([first(), second()]);
    assert_eq!(shape(&both), "a b<a c<b d");
    assert_eq!(both.comments[2].depth, 2);
    assert!(both.warnings.is_empty(), "{:?}", both.warnings);
    assert_eq!(shape(&merged([second(), first()])), "c<b d a b<a");
    assert_eq!(
        codes_of(&merged([second(), capture([live("x", None)])])),
        ["missing_parent"]
    );
}

#[test]
fn comments_are_inserted_where_another_capture_shows_them() {
    let first = capture([live("a", None), live("d", None)]);
    let second = capture([
        live("z", None),
        live("a", None),
        live("b", Some("a")),
        live("c", Some("b")),
    ]);
    assert_eq!(shape(&merged([first, second])), "z a b<a c<b d");
}

#[test]
fn boards_in_the_order_of_time_stay_so() {
    let post = |id: &str, minute| said(id, None, id, minute);
    let first = capture([post("1st", 1), post("2nd", 2), post("3rd", 3)]);
    let second = capture([post("1st", 1), post("4th", 4), post("5th", 5)]);
    assert_eq!(shape(&merged([first, second])), "1st 2nd 3rd 4th 5th");
}

#[test]
fn the_newer_crawl_says_what_a_comment_is_now() {
    let crawl = |text: &str, points, badge: Option<&str>, fetched: &str| {
        let mut draft = live("a", None);
        draft.body = plain::body(text);
        draft.score = Some(Score::of_points(points));
        draft.author = Some(Author {
            name: "N".into(),
            badge: badge.map(str::to_owned),
            ..Author::default()
        });
        let mut thread = capture([draft]);
        thread.fetched = fetched.parse().ok();
        thread
    };
    let old = || crawl("Text.", 1, Some("Bronze"), "2020-01-01T00:00:00Z");
    let new = || crawl("Edited text.", 7, Some("Gold"), "2021-01-01T00:00:00Z");
    for thread in [merged([old(), new()]), merged([new(), old()])] {
        let comment = &thread.comments[0];
        assert_eq!(comment.body.text, "Edited text.");
        assert_eq!(
            comment.score.as_ref().and_then(|score| score.points),
            Some(7)
        );
        let badge = comment
            .author
            .as_ref()
            .and_then(|author| author.badge.as_deref());
        assert_eq!(badge, Some("Gold"));
        assert_eq!(thread.fetched, "2021-01-01T00:00:00Z".parse().ok());
        assert!(thread.warnings.is_empty());
    }
}

#[test]
fn deletions_are_kept_as_such() {
    let before = || capture([live("a", None), live("b", Some("a"))]);
    let after = || capture([deleted("a", None), live("b", Some("a"))]);
    let thread = merged([before(), after()]);
    assert_eq!(thread.comments[0].state, State::Deleted);
    assert_eq!(
        (
            thread.comments[0].body.text.as_str(),
            &thread.comments[0].author
        ),
        ("", &None)
    );
    let messages: Vec<_> = thread.warnings.iter().map(|w| w.message.as_str()).collect();
    assert_eq!(messages.len(), 2);
    assert!(
        messages[1].starts_with("1 comment was deleted or removed after"),
        "{messages:?}"
    );
    // Nobody can tell which of two undated captures was first.
    let turned = merged([after(), before()]);
    assert_eq!(turned.comments[0].state, State::Deleted);
    assert_eq!(turned.comments[0].body.text, "");
    let at = |mut thread: Thread, time: &str| {
        thread.fetched = time.parse().ok();
        thread
    };
    let restored = merged([
        at(after(), "2020-01-01T00:00:00Z"),
        at(before(), "2021-01-01T00:00:00Z"),
    ]);
    assert_eq!(restored.comments[0].state, State::Live);
    assert!(restored.warnings.is_empty());
}

#[test]
fn stubs_give_way_to_what_they_stand_for() {
    let page = || {
        capture([
            live("a", None),
            live("b", Some("a")),
            stub("_", Some("a")),
            live("z", None),
        ])
    };
    let more = || {
        capture([
            live("c", Some("a")),
            live("d", Some("c")),
            live("e", Some("a")),
        ])
    };
    assert_eq!(shape(&merged([page(), more()])), "a b<a c<a d<c e<a z");
    assert!(merged([page(), more()]).warnings.is_empty());
    // The answer holds a stub of its own: something is missing still.
    let some = capture([live("c", Some("a")), stub("_", Some("a"))]);
    let thread = merged([page(), some]);
    assert_eq!(shape(&thread), "a b<a c<a _<a z");
    assert_eq!(codes_of(&thread), ["unresolved_comments"]);
    // The same page again completes nothing.
    assert_eq!(shape(&merged([page(), page()])), "a b<a _<a z");
}

#[test]
fn stubs_that_stand_for_one_comment_each_are_told_apart() {
    let first = || capture([live("a", None), stub("b", Some("a")), stub("c", Some("a"))]);
    let second = capture([
        live("a", None),
        live("b", Some("a")),
        stub("c", Some("a")),
        stub("d", Some("a")),
    ]);
    assert_eq!(shape(&merged([first(), first()])), "a b<a c<a");
    let thread = merged([first(), second]);
    assert_eq!(shape(&thread), "a b<a c<a d<a");
    assert_eq!(thread.comments[1].state, State::Live);
    assert_eq!(thread.comments[2].state, State::Unresolved);
}

#[test]
fn hidden_comments_are_shown_by_whoever_has_them() {
    let hidden = || Draft {
        state: State::Hidden,
        ..bare("a", None)
    };
    for captures in [
        [capture([hidden()]), capture([live("a", None)])],
        [capture([live("a", None)]), capture([hidden()])],
    ] {
        let thread = merged(captures);
        assert_eq!(
            (
                thread.comments[0].state,
                thread.comments[0].body.text.as_str()
            ),
            (State::Live, "a")
        );
    }
}

#[test]
fn comments_without_ids_meet_by_what_they_say() {
    let crawl = |texts: &[&str]| {
        let drafts = texts.iter().enumerate().map(|(at, text)| Draft {
            id: String::new(),
            posted: None,
            ..said("", (at > 0).then_some("1"), text, 0)
        });
        capture(drafts.collect::<Vec<_>>())
    };
    let thread = merged([
        crawl(&["one", "two", "four"]),
        crawl(&["one", "two", "three", "four"]),
    ]);
    let texts: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.body.text.as_str())
        .collect();
    assert_eq!(texts, ["one", "two", "three", "four"]);
    assert_eq!(shape(&thread), "1 2<1 3<1 4<1");
    assert!(thread.warnings.is_empty());
    // Pages that both count from 1 show different comments.
    let pages = merged([crawl(&["one", "two"]), crawl(&["three", "four"])]);
    assert_eq!(shape(&pages), "1 2<1 3 4<3");
}

#[test]
fn deleted_comments_without_ids_meet_by_parent_and_time() {
    let gone = |minute| Draft {
        id: String::new(),
        posted: said("", None, "", minute).posted,
        ..deleted("", Some("a"))
    };
    let before = capture([
        live("a", None),
        said("b", Some("a"), "b", 5),
        said("c", Some("a"), "c", 6),
    ]);
    let after = || capture([live("a", None), gone(5), gone(9)]);
    let thread = merged([before, after(), after()]);
    let states: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.state.as_str())
        .collect();
    assert_eq!(states, ["live", "deleted", "deleted", "live"]);
    assert_eq!(thread.comments[1].id, "b");
    // Nothing but their places is known of these.
    let bare = || {
        capture([
            live("a", None),
            Draft {
                id: String::new(),
                ..deleted("", Some("a"))
            },
        ])
    };
    assert_eq!(merged([bare(), bare()]).comments.len(), 2);
}

#[test]
fn what_captures_disagree_on_is_told() {
    let one = capture([live("a", None), live("b", None), live("c", Some("a"))]);
    let other = capture([live("a", None), live("b", None), live("c", Some("b"))]);
    let thread = merged([one, other]);
    assert_eq!(shape(&thread), "a b c<b");
    assert_eq!(codes_of(&thread), ["parent_conflict"]);
}

#[test]
fn title_and_article_are_those_of_the_richest_capture() {
    let with = |text: Option<&str>, title: Option<&str>| {
        let mut thread = capture([live("a", None)]);
        thread.title = title.map(str::to_owned);
        thread.article = Some(Article {
            text: text.map(str::to_owned),
            ..Article::default()
        });
        thread
    };
    let thread = merged([
        with(Some("Short."), Some("T")),
        with(Some("The whole story."), None),
        with(None, Some("U")),
    ]);
    assert_eq!(thread.title.as_deref(), Some("T"));
    assert_eq!(
        thread.article.and_then(|article| article.text).as_deref(),
        Some("The whole story.")
    );
}

#[test]
fn quotations_are_found_across_captures() {
    let words = "The agent stores its signing key in plain text on every host.";
    let first = capture([said("a", None, words, 0)]);
    let second = capture([said(
        "b",
        Some("a"),
        &format!("> {words}\n\nIt does not."),
        1,
    )]);
    let thread = merged([first, second]);
    assert_eq!(thread.quotations.len(), 1);
}

#[test]
fn thousands_of_comments_of_one_kind_end_soon() {
    let chain = || {
        let ids: Vec<String> = (0..20_000).map(|n| format!("c{n}")).collect();
        capture(ids.iter().enumerate().map(|(at, id)| {
            let parent = at.checked_sub(1).and_then(|at| ids.get(at));
            said(id, parent.map(String::as_str), "This.", 0)
        }))
    };
    assert_eq!(merged([chain(), chain()]).comments.len(), 20_000);
    let blank = || {
        capture((0..50_000).map(|_| Draft {
            id: String::new(),
            ..deleted("", None)
        }))
    };
    assert_eq!(merged([blank(), blank()]).comments.len(), 50_000);
}

/// Comments as (place of the parent before it, whether it is on the page).
fn drawn() -> impl Strategy<Value = Vec<(usize, u8)>> {
    prop::collection::vec((0..9_usize, 0..4_u8), 1..25)
}

proptest! {
    /// Whatever parts of a thread two captures hold, together they hold what either holds, once, with its
    /// parent and in the order of the whole.
    #[test]
    fn parts_make_the_whole(drawn in drawn()) {
        let ids: Vec<String> = (0..drawn.len()).map(|n| format!("c{n}")).collect();
        let parent = |at: usize| (drawn[at].0 < at).then(|| ids[at - 1 - drawn[at].0].as_str());
        let part = |fates: &[u8]| capture(
            (0..ids.len()).filter(|&at| fates.contains(&drawn[at].1)).map(|at| live(&ids[at], parent(at))),
        );
        let whole = part(&[0, 1, 2, 3]);
        let thread = merged([part(&[0, 1]), part(&[1, 2]), part(&[3])]);
        let mut found: Vec<_> = shape(&thread).split(' ').map(str::to_owned).collect();
        let mut expected: Vec<_> = shape(&whole).split(' ').map(str::to_owned).collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
        prop_assert!(thread.warnings.is_empty());
        prop_assert_eq!(shape(&merged([part(&[0, 1, 2, 3]), part(&[0, 2])])), shape(&whole));
    }
}
