//! Blocks of mails.

use super::{super::BlockKind::*, *};
use proptest::prelude::*;

fn blocks(text: &str) -> Vec<(BlockKind, String)> {
    let body = body(text);
    let blocks = body.blocks.iter();
    blocks
        .map(|block| (block.kind, block.span.slice(&body.text).to_owned()))
        .collect()
}

fn kinds(text: &str) -> Vec<BlockKind> {
    blocks(text).into_iter().map(|(kind, _)| kind).collect()
}

#[test]
fn quotations_and_whose_words_they_are() {
    let text = "Hi,\r\n\r\nOn Tue, 1 Apr 2008, Ada Example\r\n<ada@a.example> wrote:\r\n\r\n> On Monday Bob wrote:\r\n>> Old.\r\n> New.\r\nMine.\r\n";
    let expected = [
        (Paragraph, "Hi,"),
        (
            Attribution,
            "On Tue, 1 Apr 2008, Ada Example\n<ada@a.example> wrote:",
        ),
        (Attribution, "> On Monday Bob wrote:"),
        (Quote, ">> Old."),
        (Quote, "> New."),
        (Paragraph, "Mine."),
    ];
    let expected = expected.map(|(kind, text)| (kind, text.to_owned()));
    assert_eq!(blocks(text), expected);
}

#[test]
fn an_attribution_takes_no_words_along() {
    let text = "I see.\nAda wrote:\n> New.";
    let expected = [
        (Paragraph, "I see."),
        (Attribution, "Ada wrote:"),
        (Quote, "> New."),
    ];
    assert_eq!(
        blocks(text),
        expected.map(|(kind, text)| (kind, text.to_owned()))
    );
    assert_eq!(kinds("My question is this:\n> New."), [Paragraph, Quote]);
}

#[test]
fn signatures_end_where_a_quotation_begins() {
    assert_eq!(
        kinds("Yes.\n\n-- \nAda\n+49 1\n\nBob wrote:\n> Well?"),
        [Paragraph, Signature, Attribution, Quote]
    );
    assert_eq!(kinds("Yes.\n--\nAda"), [Paragraph, Signature]);
    let long = format!("Yes.\n--\n{}", "A line.\n".repeat(20));
    assert_eq!(kinds(&long), [Paragraph]);
}

#[test]
fn footers_of_lists_and_of_archives() {
    let footer =
        "_______________________________________________\nKeys mailing list\nkeys@a.example";
    assert_eq!(kinds(&format!("Yes.\n{footer}")), [Paragraph, Signature]);
    assert_eq!(
        kinds(
            "Yes.\n-------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: http://a.example/1\n\nAnd so on."
        ),
        [Paragraph, Signature, Paragraph]
    );
}

#[test]
fn messages_that_follow_in_full_are_quotations() {
    for head in [
        "-----Original Message-----\nFrom: Bob\nSent: Monday\nTo: Ada\nSubject: Keys\n",
        "________________________________\nFrom: Bob\nSent: Monday\nTo: Ada\nSubject: Keys\n",
        "---------- Forwarded message ----------\nFrom: Bob <b@a.example>\nDate: 1 Apr 2008\n",
    ] {
        let kinds = kinds(&format!("Yes.\n\n{head}\nOld words.\n\nMore."));
        let kinds: Vec<_> = kinds
            .into_iter()
            .filter(|kind| *kind != Paragraph)
            .collect();
        assert_eq!(kinds, [Attribution, Quote, Quote], "{head}");
    }
    assert_eq!(kinds("From: here on it rains.\nSo what?"), [Paragraph]);
}

#[test]
fn patches_armor_and_files_are_no_words() {
    let patch = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
    assert_eq!(
        kinds(&format!("Fixes it.\n\n{patch}-- \n2.1")),
        [Paragraph, Code, Signature]
    );
    let signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nYes.\n\n-----BEGIN PGP SIGNATURE-----\n\niQ\n-----END PGP SIGNATURE-----";
    assert_eq!(kinds(signed), [Signature, Paragraph, Signature]);
    let key =
        "See.\n-----BEGIN PGP PUBLIC KEY BLOCK-----\nmQ\n-----END PGP PUBLIC KEY BLOCK-----\nEnd.";
    assert_eq!(kinds(key), [Paragraph, Code, Paragraph]);
    assert_eq!(
        kinds("See.\nbegin 644 x\n#0V%T\n`\nend\nEnd."),
        [Paragraph, Code, Paragraph]
    );
    assert_eq!(kinds("begin 644 x\nbegin 644 y"), [Paragraph]);
}

#[test]
fn initials_and_bars_quote() {
    assert_eq!(
        kinds("AE> Rotate it.\nAE> At once.\n\nWhy?"),
        [Quote, Paragraph]
    );
    assert_eq!(kinds("A> once only"), [Paragraph]);
    assert_eq!(
        kinds("Ada wrote:\n| Rotate it.\n| At once.\nWhy?"),
        [Attribution, Quote, Paragraph]
    );
    assert_eq!(kinds("A table:\n| a | b |\n| 1 | 2 |"), [Paragraph]);
}

#[test]
fn html_of_mailers() {
    let page = "<html><head><title>t</title></head><body><div>Yes.</div><div class=gmail_quote>\
        <div class=gmail_attr>On Monday Ada wrote:<br></div><blockquote class=gmail_quote>Well?</blockquote></div>\
        <div class=gmail_signature>Bob</div></body></html>";
    let (body, flattened) = html(page);
    let kinds: Vec<_> = body.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Paragraph, Attribution, Quote, Signature]);
    assert!(!flattened);
}

#[test]
fn large_input_takes_linear_time() {
    for piece in [
        "> ",
        ">\n",
        "-- \n",
        "---\n",
        "begin 644 x\n",
        "-----BEGIN PGP X\n",
        "From: a\n",
        "AB> x\n",
        "\n",
        "-----Original Message-----\n",
        "a wrote:\n> b\n",
        "@@ -1,9 +1,9 @@\n",
        "--------------------\n",
        "| x\n",
        "--- a\n+++ b\n@@ -1 +1 @@\n",
        " x | 3\n",
    ] {
        let _ = body(&piece.repeat(400_000 / piece.len()));
    }
}

proptest! {
    #[test]
    fn blocks_keep_the_invariants(text in "([>\\-|:@+ \r\n]|-- \n|A wrote:\n|AE> |From: x\n|Date: y\n|To: z\n|[a-zé]){0,60}") {
        let body = body(&text);
        let text = &body.text;
        let mut at = 0;
        for block in &body.blocks {
            prop_assert!(text[at..block.span.start()].trim().is_empty());
            prop_assert!(!block.span.is_empty());
            prop_assert_eq!(block.span.trimmed(text), block.span);
            at = block.span.end();
        }
        prop_assert!(text[at..].trim().is_empty());
    }
}
