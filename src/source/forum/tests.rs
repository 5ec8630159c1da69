//! Signatures, and which quotation is answered.

use super::*;
use crate::text::plain;

#[test]
fn a_line_of_underscores_parts_the_signature() {
    let mut body = plain::body("Rotate it.\n_________________\nAda\n\nof Example");
    part_signature(&mut body);
    let blocks: Vec<_> = body
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.slice(&body.text)))
        .collect();
    let expected = [
        (BlockKind::Paragraph, "Rotate it."),
        (BlockKind::Signature, "_________________\nAda"),
        (BlockKind::Signature, "of Example"),
    ];
    assert_eq!(blocks, expected);
}

fn quote(post: &str, author: &str, answered: bool) -> Quote {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Quote {
        post: some(post),
        author: some(author),
        answered,
    }
}

#[test]
fn the_last_quotation_with_words_behind_it_counts() {
    let present = ["1", "2", "3"].map(str::to_owned).into();
    let stated = |quotes: &[Quote], partial| stated("9", quotes, &present, partial);
    let two = [quote("1", "", true), quote("2", "", true)];
    assert_eq!(stated(&two, false).as_deref(), Some("2"));
    let unanswered = [quote("1", "", true), quote("2", "", false)];
    assert_eq!(stated(&unanswered, false).as_deref(), Some("1"));
    let silent = [quote("1", "", false), quote("2", "", false)];
    assert_eq!(stated(&silent, false).as_deref(), Some("2"));
    let elsewhere = [quote("1", "", true), quote("77", "", true)];
    assert_eq!(stated(&elsewhere, false).as_deref(), Some("1"));
    assert_eq!(stated(&elsewhere, true).as_deref(), Some("77"));
    assert_eq!(stated(&[quote("9", "", true)], false), None);
}
