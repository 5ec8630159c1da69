//! Which lines begin comments: lists in comments, pages in mid-tree, pages cut or broken.

use super::*;

#[test]
fn numbered_lists_in_a_comment() {
    let thread = read(
        "  1. Ada Example

    What to do:

    1. Rotate the key

    2. Revoke the old one

      and tell people

    3. Wait

    1. bob_ops

      First of all:

      1. Panic

      2. Do not

      Then sleep.

      1. kex42

        Agreed.

    2. Dan
      Pint

  2. Eve

    1. One
    2. Two

  3. bob_ops

    Last line

    1. Eve

    2. bob_ops
",
    );
    let shape: Vec<_> = table(&thread).iter().map(|row| (row.0, row.1)).collect();
    assert_eq!(
        shape,
        [
            (0, "Ada Example"),
            (1, "bob_ops"),
            (2, "kex42"),
            (1, "Dan"),
            (0, "Eve"),
            (0, "bob_ops"),
            (1, "Eve"),
            (1, "bob_ops"),
        ]
    );
    let body = &thread.comments[0].body;
    assert_eq!(
        body.text,
        "What to do:\n\nRotate the key\n\nRevoke the old one\n\nand tell people\n\nWait"
    );
    assert_eq!(body.blocks[3].kind, BlockKind::List);
    assert_eq!(
        thread.comments[1].body.text,
        "First of all:\n\nPanic\n\nDo not\n\nThen sleep."
    );
    assert_eq!(thread.comments[4].body.text, "One\n\nTwo");
    assert_eq!(warnings(&thread), []);
}

#[test]
fn numbers_that_are_no_list() {
    let thread = read(
        "  1. Anonymous Coward

    2019. What a year, and what a long line it deserves, so that nobody takes it for a title at all.

    42. That was the answer.

    1.5 million keys.
",
    );
    assert_eq!(thread.comments.len(), 1);
    assert_eq!(thread.comments[0].body.text.matches("2019.").count(), 1);
    assert_eq!(thread.comments[0].body.text.matches("42.").count(), 1);
}

#[test]
fn more_than_nine_comments() {
    let mut page = String::new();
    for number in 1..=12 {
        page += &format!(
            "  {number}. user{number}\n\n    Words.\n\n    1. Anonymous Coward\n\n      Reply.\n\n"
        );
    }
    let thread = read(&page);
    assert_eq!(thread.comments.len(), 24);
    assert_eq!(thread.tree.roots().count(), 12);
    assert_eq!(warnings(&thread), []);
}

#[test]
fn a_page_that_starts_in_mid_tree() {
    let thread = read(
        "      3. Ada Example

        And now?

        1. bob_ops

          Wait.

      4. kex42

        Why?

    2. Eve

      Elsewhere.

  7. Dan

    A new one.
",
    );
    let depths: Vec<_> = thread.comments.iter().map(|c| c.depth).collect();
    assert_eq!(depths, [2, 3, 2, 1, 0]);
    let missing = Parent::Missing(None);
    assert_eq!(thread.comments[0].parent, missing);
    assert_eq!(thread.comments[1].parent, Parent::Known(CommentIdx::new(0)));
    assert_eq!(thread.comments[2].parent, missing);
    assert_eq!(thread.comments[3].parent, missing);
    assert_eq!(thread.comments[4].parent, Parent::Root);
    let partial = "partial_capture";
    assert_eq!(
        warnings(&thread),
        [
            (partial, None),
            (partial, Some(0)),
            (partial, Some(2)),
            (partial, Some(3))
        ]
    );
}

#[test]
fn cut_and_broken_pages() {
    let page = THREAD.as_bytes();
    let mut last = 0;
    for percent in 8..=100 {
        let thread = read_bytes(&page[..page.len() * percent / 100]);
        // A number whose words are cut off may not be seen as a comment yet.
        assert!(thread.comments.len() + 1 >= last);
        last = thread.comments.len();
    }
    let source = by_id("register-text").unwrap();
    for junk in [
        &b""[..],
        b"\xff\xfe\x00",
        b"1.",
        b"  1.",
        b"\n\n\n",
        b"Page:",
        b"words",
    ] {
        let threads = source.threads(Box::new(junk));
        assert!(threads.count() == 1);
    }
    let broken = [&page[..500], b"\xe2\x80", &page[500..]].concat();
    assert_eq!(warnings(&read_bytes(&broken)), [("invalid_utf8", None)]);
}

#[test]
fn deep_chains_and_long_lines() {
    let mut page = String::new();
    for depth in 0..2_000 {
        let pad = " ".repeat(2 + 2 * depth);
        page += &format!("{pad}1. user\n\n{pad}  Words.\n\n");
    }
    let thread = read_bytes(page.as_bytes());
    assert_eq!(thread.comments.len(), 2_000);
    assert_eq!(thread.comments[1_999].depth, 1_999);
    let long = format!("  1. Anonymous Coward\n\n    {}", "word ".repeat(2_000_000));
    assert_eq!(read_bytes(long.as_bytes()).comments.len(), 1);
    let numbers = "    1. x\n".repeat(200_000);
    let thread = read_bytes(format!("  1. Anonymous Coward\n\n{numbers}").as_bytes());
    assert!(!thread.comments.is_empty());
}
