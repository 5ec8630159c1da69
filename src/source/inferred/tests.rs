//! Small threads whose parents their words show.

use super::*;
use crate::{text::plain, thread::Author};

fn draft(at: usize, author: &str, text: &str) -> Draft {
    Draft {
        id: at.to_string(),
        author: Some(Author {
            name: author.to_owned(),
            ..Author::default()
        }),
        body: plain::body(text),
        ..Draft::default()
    }
}

fn inferred(comments: &[(&str, &str)], article: &str) -> (Vec<Option<usize>>, Inferred) {
    let mut drafts: Vec<_> = comments
        .iter()
        .enumerate()
        .map(|(at, (author, text))| draft(at, author, text))
        .collect();
    let found = parents(&mut drafts, Some(article), |_| true, |_, _| true);
    let parents = drafts.into_iter().map(|draft| match draft.parent {
        ParentRef::Id(id) => id.parse().ok(),
        _ => None,
    });
    (parents.collect(), found)
}

#[test]
fn names_are_found_whatever_their_case_and_length() {
    let (parents, found) = inferred(
        &[
            ("Ann", "One."),
            ("J. Random Admin", "Two."),
            ("J. Random", "Three."),
            ("x", "@ j random admin: so you say"),
            ("y", "Hello all,\n@Ann's idea is good"),
            ("Ann", "More of mine"),
            ("z", "@Bruce, @ANN\nThe latest counts"),
            ("w", "mail Ann@example.org or an@Ann"),
            ("Ann", "@Ann talks to herself"),
            ("Clive Example", "Four."),
            ("v", "@Clive thanks"),
        ],
        "",
    );
    assert_eq!(
        parents,
        [
            None,
            None,
            None,
            Some(1),
            Some(0),
            None,
            Some(5),
            None,
            None,
            None,
            Some(9)
        ]
    );
    assert_eq!((found.by_name, found.by_quotation), (4, 0));
}

#[test]
fn who_is_told_something_comes_before_who_is_called() {
    let (parents, _) = inferred(
        &[
            ("Ann", "One."),
            ("Bob", "Two, with words enough, don't say."),
            ("x", "@Bob\n\n@Ann\nyour idea is good"),
            ("y", "@Ann\n@Bob"),
            ("z", "I agree with @Ann on this"),
            ("w", "mail ann@Bob or not"),
            ("v", "Re: Bob\nNo."),
            ("u", "‘with words enough, don’t say’\n\nWell."),
        ],
        "",
    );
    assert_eq!(
        parents,
        [
            None,
            None,
            Some(0),
            Some(1),
            Some(0),
            None,
            Some(1),
            Some(1)
        ]
    );
}

#[test]
fn quoted_words_lead_to_who_wrote_them_first() {
    let article = "Plates are dear and their makers dearer still.";
    let (parents, found) = inferred(
        &[
            ("a", "Keys leak from every box that is sold here."),
            ("b", "> Keys leak from every box\n\nNot from mine."),
            ("c", "“every box that is sold here”\n\nNo."),
            ("d", "> Plates are dear and their makers\n\nIndeed."),
            ("e", "\"Not words of anyone at all\" is what I say."),
            ("a", "Another thing of mine altogether, too long."),
            ("f", "@a\n\n> Keys leak from every box\n\nReally?"),
        ],
        article,
    );
    assert_eq!(parents, [None, Some(0), Some(0), None, None, None, Some(0)]);
    assert_eq!((found.by_name, found.by_quotation), (1, 2));
}

#[test]
fn times_say_what_was_written_before() {
    let mut drafts = vec![draft(0, "b", "@a yes"), draft(1, "a", "One.")];
    drafts[0].posted = "2020-01-02T00:00:00Z".parse().ok();
    drafts[1].posted = "2020-01-01T00:00:00Z".parse().ok();
    let found = parents(&mut drafts, None, |_| true, |_, _| true);
    assert_eq!(drafts[0].parent, ParentRef::Id("1".to_owned()));
    let mut builder = ThreadBuilder::new("test", "t");
    found.warn(&mut builder);
    Inferred::default().warn(&mut builder);
    let warnings = builder.build().warnings;
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].message.contains("in 1 it is"), "{warnings:?}");
}
