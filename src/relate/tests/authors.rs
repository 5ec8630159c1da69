//! Relations that rest on who wrote what, and on parents that are not certain.

use super::*;
use crate::thread::{Author, Inference, Sign};

/// A comment by an author.
fn by(author: &str, id: &str, parent: &str, text: &str) -> Draft {
    let mut draft = draft(id, parent, text);
    draft.author = Some(Author {
        name: author.to_owned(),
        ..Author::default()
    });
    draft
}

fn related_drafts(drafts: impl IntoIterator<Item = Draft>) -> String {
    let mut builder = ThreadBuilder::new("test", "t");
    for draft in drafts {
        builder.push(draft);
    }
    related(builder.build())
}

#[test]
fn whoever_is_named_is_related_to() {
    let found = related_drafts([
        by("Ada", "a", "", "CLAIM the signing key leaked."),
        by("Bob", "b", "", "CLAIM images are public."),
        by(
            "Cyd",
            "c",
            "b",
            "DISAGREE CLAIM @Bob, no. PREMISE as Ada said, the key leaked.",
        ),
        by(
            "Ada",
            "d",
            "",
            "CLAIM I am not @Ada. CLAIM nor is he who wrote as Nobody said.",
        ),
    ]);
    assert_eq!(
        found,
        "c.0 attack b.0 rebut(reply mention model)\n\
         c.1 answer a.0 (mention)\n\
         c.1 support c.0 (inference)\n"
    );
}

#[test]
fn authors_go_on_with_themselves_and_set_themselves_right() {
    let found = related_drafts([
        by("Ada", "a", "", "CLAIM the signing key leaked."),
        by("Ada", "b", "a", "It leaked twice AGREE CLAIM indeed."),
        by("Ada", "c", "a", "DISAGREE CLAIM it was the test key."),
    ]);
    assert_eq!(
        found,
        "b.0 support a.0 (reply continuation model)\n\
         c.0 attack a.0 correction(reply continuation model)\n"
    );
}

#[test]
fn a_relation_is_no_surer_than_the_parent_that_it_rests_on() {
    let scores = |inferred| {
        let mut builder = ThreadBuilder::new("test", "t");
        builder.push(draft("a", "", "CLAIM the signing key leaked."));
        builder.push(Draft {
            inferred,
            ..draft("b", "a", "DISAGREE CLAIM it did not.")
        });
        let case = Case::new(builder.build());
        assert_eq!(case.relations.len(), 1);
        case.relations[0].score
    };
    let inferred = Inference {
        by: Sign::Mention,
        score: 0.5,
    };
    assert_eq!(scores(Some(inferred)), scores(None) * 0.5);
}

#[test]
fn challenges_and_their_grounds_are_told() {
    let acts = |answer: &str| {
        let case = Case::new(thread(&[
            ("a", "", "CLAIM the signing key leaked."),
            ("b", "a", "CLAIM I doubt it. QUESTION Do you have a source?"),
            ("c", "b", answer),
        ]));
        let of = |relation: &Relation| (relation.from, relation.act);
        case.relations.iter().map(of).collect::<Vec<_>>()
    };
    let asked = [(1, None), (2, Some(Act::Challenge))];
    let with = |last| [&asked[..], &[(3, last)]].concat();
    assert_eq!(
        acts("CLAIM EVIDENCE The vendor's advisory says so."),
        with(Some(Act::Grounds))
    );
    assert_eq!(acts("CLAIM It is so."), with(None));
    assert_eq!(
        acts("QUESTION EVIDENCE Says who?"),
        with(Some(Act::Challenge))
    );
}
