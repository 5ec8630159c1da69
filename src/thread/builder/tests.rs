//! Drafts in every state of disorder.

use super::*;
use proptest::prelude::*;

fn thread(links: &[(&str, Option<&str>)]) -> Thread {
    let mut builder = ThreadBuilder::new("test", "t");
    for (id, parent) in links {
        builder.push(Draft {
            id: (*id).to_owned(),
            parent: parent.map_or(ParentRef::Root, |id| ParentRef::Id(id.to_owned())),
            ..Draft::default()
        });
    }
    builder.build()
}

fn warned(thread: &Thread) -> Vec<(&str, Option<usize>)> {
    let warnings = thread.warnings.iter();
    warnings
        .map(|w| (w.code.as_ref(), w.comment.map(CommentIdx::get)))
        .collect()
}

#[test]
fn parents_may_come_after_their_replies() {
    let thread = thread(&[("b", Some("a")), ("a", None), ("c", Some("b"))]);
    let depths: Vec<_> = thread.comments.iter().map(|c| c.depth).collect();
    assert_eq!(depths, [1, 0, 2]);
    assert!(thread.warnings.is_empty());
}

#[test]
fn missing_parents_keep_their_id() {
    let thread = thread(&[("a", Some("gone"))]);
    assert_eq!(
        thread.comments[0].parent,
        Parent::Missing(Some("gone".into()))
    );
    assert_eq!(warned(&thread), [("missing_parent", Some(0))]);
}

#[test]
fn circles_are_cut_at_their_first_comment() {
    let thread = thread(&[
        ("x", Some("b")),
        ("a", Some("b")),
        ("b", Some("c")),
        ("c", Some("a")),
        ("s", Some("s")),
    ]);
    assert_eq!(thread.comments[1].parent, Parent::Root);
    assert_eq!(thread.comments[4].parent, Parent::Root);
    assert_eq!(thread.comments[0].depth, 3);
    assert_eq!(
        warned(&thread),
        [("reply_cycle", Some(1)), ("reply_cycle", Some(4))]
    );
}

#[test]
fn repeated_ids_are_renamed_and_replies_go_to_the_first() {
    let thread = thread(&[
        ("a", None),
        ("a", Some("a")),
        ("a~2", None),
        ("r", Some("a")),
    ]);
    let ids: Vec<_> = thread.comments.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["a", "a~2~", "a~2", "r"]);
    assert_eq!(
        thread.tree.parent(CommentIdx::new(3)),
        Some(CommentIdx::new(0))
    );
    assert_eq!(warned(&thread), [("duplicate_id", Some(1))]);
}

#[test]
fn depth_known_without_parent_is_kept() {
    let mut builder = ThreadBuilder::new("test", "t");
    let parent = ParentRef::Missing { id: None, depth: 2 };
    builder.push(Draft {
        id: "1".into(),
        parent,
        ..Draft::default()
    });
    builder.push(Draft {
        id: "2".into(),
        parent: ParentRef::Id("1".into()),
        ..Draft::default()
    });
    let thread = builder.build();
    assert_eq!(thread.comments[1].depth, 3);
}

#[test]
fn a_chain_of_fifty_thousand_replies_builds() {
    let ids: Vec<String> = (0..50_000).map(|n| n.to_string()).collect();
    let links: Vec<_> = (0..50_000)
        .map(|n| (ids[n].as_str(), n.checked_sub(1).map(|p| ids[p].as_str())))
        .collect();
    let thread = thread(&links);
    assert_eq!(thread.comments[49_999].depth, 49_999);
    assert_eq!(thread.tree.preorder().len(), 50_000);
}

proptest! {
    /// Whatever the links, every comment is in the tree once and every walk upwards ends.
    #[test]
    fn building_is_total(links in prop::collection::vec((0..12_u8, prop::option::of(0..14_u8)), 0..40)) {
        let text: Vec<_> = links.iter().map(|(id, parent)| (id.to_string(), parent.map(|p| p.to_string()))).collect();
        let links: Vec<_> = text.iter().map(|(id, parent)| (id.as_str(), parent.as_deref())).collect();
        let thread = thread(&links);
        let mut order = thread.tree.preorder();
        prop_assert_eq!(order.len(), links.len());
        order.sort();
        order.dedup();
        prop_assert_eq!(order.len(), links.len());
        for (idx, comment) in thread.iter() {
            prop_assert_eq!(thread.tree.ancestors(idx).count(), comment.depth);
        }
    }
}

#[test]
fn times_without_a_zone_are_counted_once() {
    let mut builder = ThreadBuilder::new("example", "t");
    for (id, posted) in [
        ("a", Some(Timestamp::UNIX_EPOCH)),
        ("b", None),
        ("c", Some(Timestamp::UNIX_EPOCH)),
    ] {
        builder.push(Draft {
            id: id.into(),
            posted,
            posted_locally: true,
            ..Draft::default()
        });
    }
    let [warning] = &builder.build().warnings[..] else {
        panic!("one warning is expected")
    };
    assert_eq!(warning.code, codes::LOCAL_TIMES);
    assert!(
        warning
            .message
            .starts_with("2 comments have their time without a zone")
    );
}

#[test]
fn how_many_were_not_loaded_stands_before_what_is_said_of_each() {
    let mut builder = ThreadBuilder::new("example", "t");
    for _ in 0..2 {
        let idx = builder.push(Draft {
            state: State::Unresolved,
            ..Draft::default()
        });
        builder.warn(codes::UNRESOLVED_COMMENTS, "it was not loaded", Some(idx));
    }
    let warnings = builder.build().warnings;
    assert!(
        warnings[0].message.starts_with("2 comments are not loaded"),
        "{warnings:?}"
    );
}
