//! Tests with threads made up for the purpose.

use super::*;
use crate::{
    text::plain,
    thread::{Article, Author, Draft, ParentRef, ThreadBuilder},
};
use proptest::prelude::*;

const KETTLE: &str = "My kettle joined the neighbor's network on its own. It now brews tea for \
    strangers, and the vendor calls that a feature. I want my tea back.";
const ROUTER: &str = "Routers older than my cat should be taken off the net. The cat agrees and \
    has been awake since four, which is more than the firmware team can say.";

/// Builds a thread from (parent, author, text), parents counted from 0.
fn thread(article: &str, comments: &[(Option<usize>, &str, &str)]) -> Thread {
    let mut builder = ThreadBuilder::new("test", "t");
    let text = Some(article.to_owned());
    builder.article(Some(Article {
        text,
        ..Article::default()
    }));
    for (at, (parent, name, text)) in comments.iter().enumerate() {
        let author = Author {
            name: (*name).to_owned(),
            ..Author::default()
        };
        builder.push(Draft {
            id: at.to_string(),
            parent: parent.map_or(ParentRef::Root, |parent| ParentRef::Id(parent.to_string())),
            author: Some(author),
            body: plain::body(text),
            ..Draft::default()
        });
    }
    builder.build()
}

/// The quote blocks of the comment `at`, each with its origin (-1 is the article) and the words there.
fn quotes(thread: &Thread, at: usize) -> Vec<(&str, Option<(i64, &str)>)> {
    let idx = CommentIdx::new(at);
    let body = &thread.comment(idx).body;
    let blocks = body.blocks.iter().enumerate();
    let quoted = blocks.filter(|(_, block)| block.kind == BlockKind::Quote);
    let origin = |nth: usize| {
        let found = thread.quotations_in(idx).iter().find(|q| q.block == nth)?;
        let from = match found.origin {
            Origin::Comment(idx) => idx.get() as i64,
            Origin::Article => -1,
        };
        Some((from, found.span.slice(text_of(thread, found.origin))))
    };
    quoted
        .map(|(nth, block)| (block.span.slice(&body.text), origin(nth)))
        .collect()
}

/// What a reply to [`KETTLE`] quotes.
#[track_caller]
fn check(reply: &str, expected: &[(&str, Option<(i64, &str)>)]) {
    let thread = thread("", &[(None, "ann", KETTLE), (Some(0), "bob", reply)]);
    assert_eq!(quotes(&thread, 1), expected);
}

#[test]
fn marks_of_all_kinds() {
    let want = "I want my tea back.";
    for quoted in [
        "\"I want my tea back.\"",
        "“I want my tea back.”",
        "> I want my tea back.",
        ">\"I want my tea back.\"",
        ">” I want my tea back.”",
        "> > i want MY tea back.",
    ] {
        check(
            &format!("{quoted}\n\nYou will not get it."),
            &[(quoted, Some((0, want)))],
        );
    }
}

#[test]
fn a_part_of_a_sentence() {
    check(
        "\"the vendor calls that a feature\"\n\nOf course it does.",
        &[(
            "\"the vendor calls that a feature\"",
            Some((0, "the vendor calls that a feature")),
        )],
    );
    check("> tea\n\nCoffee.", &[("> tea", Some((0, "tea")))]);
}

#[test]
fn edited_and_elided() {
    check(
        "> It now makes tea for total strangers and the vendor calls this a feature.\n\nIt is.",
        &[(
            "> It now makes tea for total strangers and the vendor calls this a feature.",
            Some((
                0,
                "It now brews tea for strangers, and the vendor calls that a feature.",
            )),
        )],
    );
    check(
        "\"My kettle joined the neighbor's network [...] and the vendor calls that a feature.\"\n\nOh.",
        &[(
            "\"My kettle joined the neighbor's network [...] and the vendor calls that a feature.\"",
            Some((0, KETTLE.strip_suffix(" I want my tea back.").unwrap())),
        )],
    );
}

#[test]
fn without_a_mark() {
    check(
        "My kettle joined the neighbor's network on its own.\n\nMine did, too.",
        &[(
            "My kettle joined the neighbor's network on its own.",
            Some((0, "My kettle joined the neighbor's network on its own.")),
        )],
    );
    // The words of a paragraph's beginning, followed by one's own.
    check(
        "It now brews tea for strangers, and the vendor calls that a feature. Some feature!",
        &[(
            "It now brews tea for strangers, and the vendor calls that a feature.",
            Some((
                0,
                "It now brews tea for strangers, and the vendor calls that a feature.",
            )),
        )],
    );
}

#[test]
fn a_marked_sentence_before_ones_own() {
    check(
        "\"My kettle joined the neighbor's network on its own.\" How clever of it.",
        &[(
            "\"My kettle joined the neighbor's network on its own.\"",
            Some((0, "My kettle joined the neighbor's network on its own.")),
        )],
    );
}

#[test]
fn of_unknown_origin() {
    check(
        "\"The moon is made of cheese entirely.\"\n\nSo they say.",
        &[("\"The moon is made of cheese entirely.\"", None)],
    );
    check(
        "> Nobody said this here\n\nTrue.",
        &[("> Nobody said this here", None)],
    );
    check("\"Not so.\"\n\nI said.", &[]);
}

#[test]
fn no_quotations() {
    for reply in [
        "* My kettle has joined nothing yet.\n\nI am glad.",
        "--> the one with the kettle\n\nThat.",
        "@ann what a kettle!\n\nReally.",
        ">sigh< my kettle again.",
        "They call that \"a feature\" and \"tea\" these days.",
        "I want my tea.",
        "My kettle did not join the neighbor's network on its own.\n\nPlease believe me.",
        "I think the vendor calls that a feature because nobody tests a kettle.",
    ] {
        check(reply, &[]);
    }
}

#[test]
fn words_of_an_ancestor_are_not_given_to_who_repeats_them() {
    let thread = thread(
        "",
        &[
            (None, "ann", KETTLE),
            (Some(0), "bob", "> I want my tea back.\n\nBuy a pot."),
            (
                Some(1),
                "cleo",
                "> > I want my tea back.\n> Buy a pot.\n\nPots leak.",
            ),
        ],
    );
    assert_eq!(
        quotes(&thread, 2),
        [
            ("> > I want my tea back.", Some((0, "I want my tea back."))),
            ("> Buy a pot.", Some((1, "Buy a pot."))),
        ]
    );
}

#[test]
fn the_nearest_of_equals_is_the_origin() {
    let same = "Kettles belong in the kitchen and nowhere else at all.";
    let quoted = "> Kettles belong in the kitchen and nowhere else at all.";
    let reply = format!("{quoted}\n\nWhy?");
    let thread = thread(
        same,
        &[
            (None, "ann", same),
            (Some(0), "bob", "Nonsense, they are furniture."),
            (
                Some(0),
                "cleo",
                &format!("As they say: {}", same.to_lowercase()),
            ),
            (Some(2), "dora", &reply),
            (Some(1), "emil", &reply),
            (None, "finn", &reply),
        ],
    );
    let origin = |at| quotes(&thread, at)[0].1.unwrap().0;
    assert_eq!([origin(3), origin(4), origin(5)], [2, 0, 0]);
}

#[test]
fn siblings_and_the_article_are_origins() {
    let article = "The ministry of kettles has opened an inquiry. No tea was harmed, it says.";
    let thread = thread(
        article,
        &[
            (None, "ann", KETTLE),
            (Some(0), "bob", ROUTER),
            (
                Some(0),
                "cleo",
                "\"Routers older than my cat should be taken off the net.\"\n\nAnd cats?",
            ),
            (None, "dora", "> No tea was harmed, it says.\n\nI doubt it."),
            (
                None,
                "emil",
                "The ministry of kettles has opened an inquiry.\n\nAt last.",
            ),
        ],
    );
    let origins: Vec<_> = (2..5)
        .map(|at| quotes(&thread, at)[0].1.unwrap().0)
        .collect();
    assert_eq!(origins, [1, -1, -1]);
}

#[test]
fn the_comment_that_says_it_all_wins_over_the_parent() {
    let thread = thread(
        "",
        &[
            (None, "ann", ROUTER),
            (
                Some(0),
                "bob",
                "My cat should be taken off the couch, says the router.",
            ),
            (
                Some(1),
                "cleo",
                "> Routers older than my cat should be taken off the net.\n\nNo.",
            ),
        ],
    );
    assert_eq!(quotes(&thread, 2)[0].1.unwrap().0, 0);
}

#[test]
fn stock_phrases_and_double_posts_are_no_quotations() {
    let stock = "Please read the rules of this forum before you post here.";
    let with_stock = |own: &str| format!("{stock}\n\n{own}");
    let posts = ["Tea.", "Milk.", "Sugar.", "Lemon.", "Honey.", "Rum."].map(with_stock);
    let comments: Vec<_> = posts
        .iter()
        .map(|text| (None, "mod", text.as_str()))
        .collect();
    let first = thread("", &comments);
    assert!((0..6).all(|at| quotes(&first, at).is_empty()));
    let twice = thread(
        "",
        &[
            (None, "ann", ROUTER),
            (None, "bob", ROUTER),
            (Some(0), "eve", ROUTER),
        ],
    );
    assert!((0..3).all(|at| quotes(&twice, at).is_empty()));
}

#[test]
fn pages_that_show_the_newest_first() {
    let mut builder = ThreadBuilder::new("test", "t");
    for (second, text) in [
        (20, "> I want my tea back.\n\nNo."),
        (10, KETTLE),
        (30, KETTLE),
    ] {
        builder.push(Draft {
            posted: jiff::Timestamp::from_second(second).ok(),
            body: plain::body(text),
            ..Draft::default()
        });
    }
    assert_eq!(
        quotes(&builder.build(), 0)[0].1,
        Some((1, "I want my tea back."))
    );
}

#[test]
fn settled_comments_stay_as_they_are() {
    let mut builder = ThreadBuilder::new("test", "t");
    for text in [KETTLE, "\"I want my tea back.\"\n\nNo."] {
        builder.push(Draft {
            body: plain::body(text),
            settled: true,
            ..Draft::default()
        });
    }
    let thread = builder.build();
    assert!(thread.quotations.is_empty() && quotes(&thread, 1).is_empty());
}

#[test]
fn deep_and_wide_threads_take_near_linear_time() {
    let reply = format!("> I want my tea back.\n\n{KETTLE}");
    let chain: Vec<_> = (0..20_000_usize)
        .map(|at| (at.checked_sub(1), "ann", reply.as_str()))
        .collect();
    assert_eq!(thread("", &chain).quotations.len(), 19_999);
    let wide: Vec<_> = (0..20_000_usize)
        .map(|at| ((at > 0).then_some(0), "ann", "\"tea a tea a tea\""))
        .collect();
    assert!(thread("", &wide).quotations.is_empty());
}

proptest! {
    /// A sentence of one comment, with a word changed, is found there again.
    #[test]
    fn planted_quotations_are_found(
        words in prop::collection::vec(prop::collection::vec("[a-z]{4,9}", 10..20), 3..8),
        who in 0..8_usize,
        change in prop::option::of(0..10_usize),
    ) {
        let texts: Vec<String> = words.iter().map(|words| format!("{}.", words.join(" "))).collect();
        let who = who % texts.len();
        let mut edited = words[who].clone();
        if let Some(at) = change {
            edited[at] = "Zebra".to_owned();
        }
        let reply = format!("\"{}\"\n\nIndeed.", edited.join(" "));
        let mut comments: Vec<_> = texts.iter().map(|text| (None, "ann", text.as_str())).collect();
        comments.push((Some(0), "bob", &reply));
        let thread = thread("", &comments);
        let found = quotes(&thread, comments.len() - 1);
        let (from, words) = found[0].1.unwrap();
        prop_assert_eq!(from, who as i64);
        prop_assert!(words.len() + 25 >= texts[who].len());
    }

    /// Blocks cover the text in order, whatever is found.
    #[test]
    fn detection_is_total(texts in prop::collection::vec("([a-c]{1,2} |[>\"“”.\n]|\\PC){0,40}", 1..8)) {
        let comments: Vec<_> = texts.iter().enumerate()
            .map(|(at, text)| (at.checked_sub(1), "ann", text.as_str())).collect();
        let thread = thread(&texts[0], &comments);
        for ((_, comment), text) in thread.iter().zip(&texts) {
            prop_assert_eq!(&comment.body.text, text);
            let mut at = 0;
            for block in &comment.body.blocks {
                prop_assert!(text[at..block.span.start()].trim().is_empty());
                prop_assert!(!block.span.is_empty());
                at = block.span.end();
            }
            prop_assert!(text[at..].trim().is_empty());
        }
        for found in &thread.quotations {
            let blocks = &thread.comment(found.comment).body.blocks;
            prop_assert_eq!(blocks[found.block].kind, BlockKind::Quote);
            prop_assert!(!found.span.slice(text_of(&thread, found.origin)).is_empty());
        }
    }
}
