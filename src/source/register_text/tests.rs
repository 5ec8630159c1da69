//! Small threads in the board's plain-text form.

mod outline;

use super::*;
use crate::{
    source::by_id,
    text::BlockKind,
    thread::{Parent, State},
};

fn read_bytes(page: &[u8]) -> Thread {
    let source = by_id("register-text").unwrap();
    let mut threads = source.threads(Box::new(page));
    threads.next().unwrap().unwrap()
}

fn read(page: &str) -> Thread {
    assert!(SOURCE.detect(page.as_bytes()), "not recognized:\n{page}");
    read_bytes(page.as_bytes())
}

/// Depth, author, title and text of every comment.
fn table(thread: &Thread) -> Vec<(usize, &str, &str, &str)> {
    let comments = thread.comments.iter();
    comments
        .map(|comment| {
            let author = comment.author.as_ref().map_or("-", |a| a.name.as_str());
            let title = comment.title.as_deref().unwrap_or("-");
            (comment.depth, author, title, comment.body.text.as_str())
        })
        .collect()
}

fn warnings(thread: &Thread) -> Vec<(&str, Option<usize>)> {
    let warnings = thread.warnings.iter();
    warnings
        .map(|w| (w.code.as_ref(), w.comment.map(CommentIdx::get)))
        .collect()
}

const THREAD: &str = "\
back to article Router maker ships the same key to everybody

A made-up firm in a made-up town says it is sorry. The key has been …

  1. Anonymous Coward
    Anonymous Coward

    Not again

    They had one job.

    And one key.

    1. Ada Example Silver badge
      Facepalm

      Re: Not again

      One key for all jobs.

      1. bob_ops

        No, two. See the advisory.

    2. kex42

      Who audits this?

      Nobody.

      1. Ada Example Silver badge

        Re: Who audits this?

        The attackers.

  2. J. Random Admin

    Is there a patch?

    1. bob_ops

      No.

POST COMMENT House rules

  1. Not a comment

    at all
";

#[test]
fn a_thread() {
    let thread = read(THREAD);
    assert_eq!(
        table(&thread),
        [
            (
                0,
                "Anonymous Coward",
                "Not again",
                "They had one job.\n\nAnd one key."
            ),
            (1, "Ada Example", "Re: Not again", "One key for all jobs."),
            (2, "bob_ops", "-", "No, two. See the advisory."),
            (1, "kex42", "Who audits this?", "Nobody."),
            (2, "Ada Example", "Re: Who audits this?", "The attackers."),
            (0, "J. Random Admin", "-", "Is there a patch?"),
            (1, "bob_ops", "-", "No."),
        ]
    );
    assert_eq!(warnings(&thread), []);
    assert_eq!(thread.id, "router-maker-ships-the-same-key-to-everybody");
    let article = thread.article.unwrap();
    assert_eq!(article.title, thread.title);
    let text = "A made-up firm in a made-up town says it is sorry. The key has been …";
    assert_eq!(article.text.as_deref(), Some(text));
    let author = thread.comments[1].author.as_ref().unwrap();
    assert_eq!(author.badge.as_deref(), Some("Silver badge"));
    assert!(thread.comments[0].author.as_ref().unwrap().anonymous);
    assert_eq!(thread.comments[6].parent, Parent::Known(CommentIdx::new(5)));
}

#[test]
fn white_space_of_other_systems() {
    let expected = read(THREAD);
    let no_break = THREAD.replace("  ", "\u{a0}\u{a0}");
    let tabs = THREAD.replace("        ", "\t");
    for page in [
        THREAD.replace('\n', "\r\n"),
        no_break,
        tabs,
        THREAD.replace("\n\n", "\n \n\n"),
    ] {
        assert_eq!(read(&page).comments, expected.comments);
    }
    let marked = format!("\u{feff}{THREAD}");
    assert_eq!(read_bytes(marked.as_bytes()).comments, expected.comments);
}

#[test]
fn a_page_without_preamble_and_footer() {
    let (_, list) = THREAD.split_once("…\n\n").unwrap();
    let (list, _) = list.split_once("POST").unwrap();
    for page in [list, list.trim()] {
        let thread = read(page);
        assert_eq!(thread.comments, read(THREAD).comments);
        assert_eq!(thread.id, "register-thread");
        assert!(thread.article.is_none());
        assert_eq!(warnings(&thread), []);
    }
}

#[test]
fn deleted_posts_keep_their_place() {
    let thread = read(
        "  1. This post has been deleted by its author

    1. bob_ops

      Why?

  2. Ada Example

    This post has been deleted by a moderator

    1. Anonymous Coward

      Rightly so.

  3.

    This post has been deleted by its author
",
    );
    let states: Vec<_> = thread.comments.iter().map(|c| c.state).collect();
    let expected = [
        State::Deleted,
        State::Live,
        State::Removed,
        State::Live,
        State::Deleted,
    ];
    assert_eq!(states, expected);
    assert!(thread.comments[0].author.is_none());
    assert!(thread.comments[2].body.text.is_empty());
    assert_eq!(thread.comments[1].parent, Parent::Known(CommentIdx::new(0)));
    assert_eq!(warnings(&thread), [("deleted_comments", None)]);
}

#[test]
fn icons_and_titles_below_the_name() {
    let thread = read(
        "  1. Ada Example
    Old form of a title

    Words that follow.

    1. bob_ops
      WTF?

      A picture.

      1. kex42
        Thumb Up

  2. Eve
    Trollface

    Trollface

    Is a word here.
",
    );
    assert_eq!(
        table(&thread),
        [
            (
                0,
                "Ada Example",
                "Old form of a title",
                "Words that follow."
            ),
            (1, "bob_ops", "-", "A picture."),
            (2, "kex42", "-", ""),
            (0, "Eve", "Trollface", "Is a word here."),
        ]
    );
}

#[test]
fn titles_that_were_dropped_come_back() {
    let thread = read(
        "  1. Ada Example

    Words.

    1. bob_ops

      Re: Key handling

      More words.

  2. Eve

    Words.

    1. bob_ops

      Re: This

      More.

    2. kex42

      Re: That

      More.
",
    );
    assert_eq!(thread.comments[0].title.as_deref(), Some("Key handling"));
    assert_eq!(thread.comments[2].title, None);
}

#[test]
fn blocks() {
    let thread = read(
        "  1. Anonymous Coward

    Some words that are far too long for a title, since a title has a hundred characters at the very most, or so.

    > They said so.
    And I say no.

    • first
    • second

    Fine.

        # rm -rf /
          --now
",
    );
    let body = &thread.comments[0].body;
    let blocks: Vec<_> = body
        .blocks
        .iter()
        .skip(1)
        .map(|block| (block.kind.as_str(), block.span.slice(&body.text)))
        .collect();
    assert_eq!(
        blocks,
        [
            ("quote", "> They said so."),
            ("paragraph", "And I say no."),
            ("list", "first"),
            ("list", "second"),
            ("paragraph", "Fine."),
            ("code", "# rm -rf /\n  --now"),
        ]
    );
}

#[test]
fn page_links() {
    let page = THREAD.replace(
        "  1. Anonymous",
        "Page:\n\n1\n\n2\n\nNext\n\n  1. Anonymous",
    );
    let thread = read(&page);
    assert_eq!(warnings(&thread), [("partial_capture", None)]);
    assert_eq!(thread.article, read(THREAD).article);
}

#[test]
fn what_follows_the_list_is_no_comment() {
    let (list, _) = THREAD.split_once("POST").unwrap();
    let thread = read(&format!(
        "{list}Other stories you might like\n\n    Indented\n"
    ));
    assert_eq!(thread.comments, read(THREAD).comments);
}

#[test]
fn a_page_that_lost_its_numbers() {
    let thread = read(
        "back to article A firm is sorry\n\nIt really is sorry about …\n\nNot again\n\nThey had one job.\n\n\
         12\n1\n\nRe: Not again\n\nOne key.\n\n3\n0\n\nRe: Lost\n\nWords\n\n0\n0\n\nPOST COMMENT House rules\n",
    );
    assert_eq!(
        table(&thread),
        [
            (0, "-", "Not again", "They had one job."),
            (1, "-", "Re: Not again", "One key."),
            (1, "-", "Re: Lost", "Words"),
        ]
    );
    assert_eq!(thread.comments[0].score.as_ref().unwrap().up, Some(12));
    assert_eq!(warnings(&thread), [("guessed_structure", None)]);
}

#[test]
fn other_texts_are_not_taken() {
    for text in [
        "",
        "Some words.\n\n1. One\n2. Two\n",
        "  1. Introduction\n\n     What it is.\n\n  2. Methods\n\n     How.\n",
        "# Title\n\n1. a\n   1. b\n\n      text\n",
        "<html><body>  1. Anonymous Coward\n\n    x",
        "{\"a\": \"  1. Anonymous Coward\n\n    x\"}",
        "On Monday, X wrote:\n> 1. y\n\nRe: z\n",
        "12\n3\n\nRe: words\n",
    ] {
        assert!(!SOURCE.detect(text.as_bytes()), "{text}");
    }
    assert!(!SOURCE.detect(b"\x7fELF\0  1. Anonymous Coward\n\n    x"));
}

#[test]
fn a_head_may_be_cut_anywhere() {
    let page = THREAD.as_bytes();
    let first_words = THREAD.find("Not again").unwrap() + 3;
    for end in first_words..page.len() {
        assert!(SOURCE.detect(&page[..end]), "{end}");
    }
}
