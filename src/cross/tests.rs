//! What is found in threads whose labels are marked in their words.

use super::*;
use crate::{
    model::marked::{Marked, draft},
    thread::{Author, Thread, ThreadBuilder},
};

const KEY: &str = "CLAIM The signing key leaked from the build server in March.";

/// A thread of comments given as id, author, day of January 2026 (0 for none) and text.
fn thread(source: &str, url: Option<&str>, comments: &[(&str, &str, u8, &str)]) -> Thread {
    let mut builder = ThreadBuilder::new(source, "t");
    builder.url(url.map(str::to_owned));
    for &(id, author, day, text) in comments {
        let mut draft = draft(id, "", text);
        draft.author = Some(Author {
            name: author.to_owned(),
            anonymous: author.is_empty(),
            ..Author::default()
        });
        let posted = format!("2026-01-{day:02}T12:00:00Z");
        draft.posted = (day > 0).then(|| posted.parse().unwrap());
        builder.push(draft);
    }
    builder.build()
}

fn analyses(threads: Vec<Thread>) -> Vec<Analysis> {
    let analyze = |thread| Analysis::new(thread, &Marked::new());
    threads.into_iter().map(analyze).collect()
}

/// The comments of a cluster, as the thread's place and the comment's id.
fn comments<'a>(cross: &Cross<'a>, at: usize) -> Vec<(usize, &'a str)> {
    let members = cross.clusters[at].members.iter();
    members
        .map(|&member| (member.thread, cross.comment(member).id.as_str()))
        .collect()
}

#[test]
fn the_first_is_the_first_dated_and_undated_ones_follow() {
    let analyses = analyses(vec![
        thread("hn", None, &[("a", "Ada", 0, KEY), ("b", "Bob", 9, KEY)]),
        thread("reddit-json", None, &[("c", "Cid", 3, KEY)]),
        thread("slashdot", None, &[("d", "Dan", 0, KEY)]),
    ]);
    let cross = Cross::new(&analyses);
    assert_eq!(
        comments(&cross, 0),
        [(1, "c"), (0, "b"), (0, "a"), (2, "d")]
    );
    let Cluster {
        threads,
        boards,
        authors,
        ..
    } = cross.clusters[0];
    assert_eq!((threads, boards, authors), (3, 3, 4));
    // Where nothing is dated, the input's order decides.
    let cross = Cross::new(&analyses[2..]);
    assert!(cross.clusters.is_empty(), "one thread says nothing twice");
}

#[test]
fn a_person_is_known_on_one_board_and_an_anonymous_one_nowhere() {
    let said = |source, url, author| thread(source, url, &[("a", author, 1, KEY)]);
    let counts = |threads| {
        let analyses = analyses(threads);
        let Cluster {
            threads,
            boards,
            authors,
            ..
        } = Cross::new(&analyses).clusters[0];
        (threads, boards, authors)
    };
    // Two forms of one board.
    let one = vec![said("hn", None, "Ada"), said("hn-firebase", None, "Ada")];
    assert_eq!(counts(one), (2, 1, 1));
    let two = vec![said("hn", None, "Ada"), said("lobsters", None, "Ada")];
    assert_eq!(counts(two), (2, 2, 2));
    let hosts = ["https://one.example/t/1", "https://two.example/t/1"];
    let forums = hosts.map(|url| said("discourse", Some(url), "Ada"));
    assert_eq!(counts(forums.into()), (2, 2, 2));
    let hidden = vec![said("hn", None, ""), said("hn", None, "")];
    assert_eq!(counts(hidden), (2, 1, 2));
}

#[test]
fn what_is_no_statement_of_its_own_is_left_out() {
    let apart = |text: &str| {
        let threads = vec![
            thread("hn", None, &[("a", "Ada", 1, KEY)]),
            thread("hn", None, &[("b", "Bob", 2, text)]),
        ];
        Cross::new(&analyses(threads)).clusters.is_empty()
    };
    assert!(!apart(
        "PREMISE The signing key leaked from the build server in March."
    ));
    for text in [
        "QUESTION The signing key leaked from the build server in March?",
        "> The signing key leaked from the build server in March.",
        "CLAIM AD_HOMINEM The signing key leaked from the build server in March.",
        "CLAIM The signing key never leaked from the build server in March.",
    ] {
        assert!(apart(text), "{text}");
    }
}

#[test]
fn what_says_nothing_by_itself_is_left_out() {
    let said = || {
        thread(
            "hn",
            None,
            &[("a", "Ada", 1, "CLAIM This is simply not true.")],
        )
    };
    assert!(
        Cross::new(&analyses(vec![said(), said()]))
            .clusters
            .is_empty()
    );
}

#[test]
fn statements_that_name_other_things_are_apart() {
    let said = |vendor: &str| {
        let text = format!("CLAIM {vendor} knew for years of a backdoor in routers sold to banks.");
        thread("hn", None, &[("a", "Ada", 1, &text)])
    };
    let clusters = |second| {
        Cross::new(&analyses(vec![said("Cisco"), said(second)]))
            .clusters
            .len()
    };
    assert_eq!(clusters("Cisco"), 1);
    assert_eq!(clusters("Fortinet"), 0);
}

#[test]
fn most_threads_come_first_then_most_people_then_the_earliest() {
    let other = "CLAIM The vendor paid a ransom to its attackers within days.";
    let third = "CLAIM Backups without any test of restoring help nobody at all.";
    let analyses = analyses(vec![
        thread(
            "hn",
            None,
            &[("a", "Ada", 5, third), ("b", "Ada", 6, other)],
        ),
        thread(
            "hn",
            None,
            &[
                ("c", "Ada", 7, third),
                ("d", "Ada", 4, other),
                ("e", "Ada", 1, KEY),
            ],
        ),
        thread(
            "hn",
            None,
            &[
                ("f", "Ada", 1, KEY),
                ("g", "Bob", 1, KEY),
                ("h", "Cid", 9, third),
            ],
        ),
    ]);
    let cross = Cross::new(&analyses);
    let firsts: Vec<(usize, &str)> = (0..cross.clusters.len())
        .map(|at| comments(&cross, at)[0])
        .collect();
    assert_eq!(firsts, [(0, "a"), (1, "e"), (1, "d")]);
}
