//! What summaries show of threads whose labels are marked in their words.

mod choice;
mod prose;

use super::*;
use crate::{
    model::marked::draft,
    relate::case::Case,
    thread::{Author, Draft, State, ThreadBuilder},
};

impl Case {
    /// A thread of comments given as id, parent's id, author (none where empty) and text.
    fn with_authors(comments: &[(&str, &str, &str, &str)]) -> Self {
        let mut builder = ThreadBuilder::new("test", "t");
        for (id, parent, author, text) in comments {
            builder.push(by(author, draft(id, parent, text)));
        }
        Self::new(builder.build())
    }

    fn material(&self) -> Material<'_> {
        Material {
            thread: &self.thread,
            units: &self.units,
            labels: &self.labels,
            relations: &self.relations,
        }
    }

    fn summary(&self, limit: usize) -> Summary {
        summarize(self.material(), limit)
    }

    fn text(&self, unit: usize) -> &str {
        self.material().text(unit)
    }

    fn texts(&self, units: &[usize]) -> Vec<&str> {
        units.iter().map(|&unit| self.text(unit)).collect()
    }
}

fn by(author: &str, mut draft: Draft) -> Draft {
    let author = Author {
        name: author.to_owned(),
        ..Author::default()
    };
    draft.author = Some(author).filter(|author| !author.name.is_empty());
    draft
}

const QUARREL: &[(&str, &str, &str, &str)] = &[
    (
        "a",
        "",
        "Ada",
        "CLAIM The signing key leaked from the build server.",
    ),
    (
        "b",
        "a",
        "Bob",
        "DISAGREE CLAIM TECHNICAL The build server never had that key on its disk at any time.",
    ),
    ("c", "a", "Cid", "DISAGREE CLAIM No."),
    (
        "d",
        "a",
        "Bob",
        "DISAGREE CLAIM You still show no trace of it.",
    ),
    (
        "e",
        "a",
        "Eve",
        "AGREE CLAIM TECHNICAL I pulled the image and found the private key in its second layer.",
    ),
    (
        "f",
        "e",
        "Fay",
        "DISAGREE AD_HOMINEM CLAIM You are a fool and a liar.",
    ),
    (
        "g",
        "",
        "Gus",
        "QUESTION Who signs the updates from now on?",
    ),
    (
        "h",
        "",
        "Hal",
        "CLAIM EVIDENCE The advisory at example.org lists every affected version.",
    ),
    (
        "i",
        "",
        "Ida",
        "CLAIM The vendor should replace every signing key that the server ever held.",
    ),
];

#[test]
fn a_quarrel_is_told_with_its_sides() {
    let case = Case::with_authors(QUARREL);
    let summary = case.summary(200);
    let dispute = &summary.contested[0];
    assert!(case.text(dispute.claim).contains("key leaked"));
    // Bob attacks twice and is one author; Ada made the claim, Eve supports it.
    assert_eq!((dispute.authors_for, dispute.authors_against), (2, 2));
    let text = |unit: Option<usize>| unit.map_or("", |unit| case.text(unit));
    // A technical sentence is a better point than "No.".
    assert!(text(dispute.point_against).contains("never had"));
    assert!(text(dispute.point_for).contains("I pulled"));
    assert_eq!(case.texts(&summary.questions).len(), 1);
    assert!(case.texts(&summary.questions)[0].contains("Who signs"));
    assert!(case.texts(&summary.evidence)[0].contains("advisory"));
    let [derailment] = summary.derailments[..] else {
        panic!("{summary:?}");
    };
    assert!(case.text(derailment.at).contains("fool"));
    assert!(text(derailment.before).contains("I pulled"));
    assert!(
        case.texts(&summary.about)
            .iter()
            .any(|text| text.contains("vendor should"))
    );
}

#[test]
fn an_author_stands_where_the_last_word_stands() {
    let mut comments = QUARREL[..4].to_vec();
    comments.push((
        "x",
        "a",
        "Bob",
        "AGREE CLAIM Now I have seen the trace of it.",
    ));
    let summary = Case::with_authors(&comments).summary(200);
    let dispute = &summary.contested[0];
    assert_eq!((dispute.authors_for, dispute.authors_against), (2, 1));
}

#[test]
fn anonymous_authors_are_a_person_each() {
    let answer = |id| (id, "a", "", "DISAGREE CLAIM The server never had that key.");
    let case = Case::with_authors(&[QUARREL[0], answer("b"), answer("c"), answer("d")]);
    let dispute = &case.summary(200).contested[0];
    assert_eq!((dispute.authors_for, dispute.authors_against), (1, 3));
}

#[test]
fn near_duplicates_are_one_claim_and_opposites_are_not() {
    let claim = "CLAIM The signing key leaked from the build server in March";
    let said = |tail: &str| format!("{claim}{tail}");
    let texts = [
        said("."),
        said(" too."),
        "CLAIM The signing key never leaked from the build server in March.".to_owned(),
        said(" 2019."),
    ];
    let mut comments: Vec<(String, String, String, String)> = Vec::new();
    for (at, text) in texts.into_iter().enumerate() {
        comments.push((at.to_string(), String::new(), format!("P{at}"), text));
    }
    for at in 0..4 {
        let answer = "DISAGREE CLAIM Nobody looked at all of the logs.".to_owned();
        comments.push((format!("r{at}"), at.to_string(), "R".to_owned(), answer));
    }
    let comments: Vec<_> = comments
        .iter()
        .map(|(id, parent, author, text)| (&id[..], &parent[..], &author[..], &text[..]))
        .collect();
    let case = Case::with_authors(&comments);
    let matter = Matter::new(case.material());
    let groups = duplicates::groups(case.material(), &matter);
    let of: Vec<usize> = (0..4).map(|unit| groups.of(unit)).collect();
    assert_eq!(of, [0, 0, 2, 3]);
    let summary = case.summary(500);
    let first = summary
        .contested
        .iter()
        .find(|dispute| dispute.claim == 0)
        .expect("the first claim");
    assert_eq!(first.repeated, [1]);
    // Two make the claim, one attacks both of them.
    assert_eq!((first.authors_for, first.authors_against), (2, 1));
}

#[test]
fn answered_questions_are_not_open() {
    let case = Case::with_authors(&[
        (
            "a",
            "",
            "Ada",
            "QUESTION Who signs the updates from now on?",
        ),
        ("b", "a", "Bob", "CLAIM The release team signs all of them."),
        ("c", "", "Cid", "QUESTION When will the old key be revoked?"),
    ]);
    let questions = case.summary(200).questions;
    assert_eq!(case.texts(&questions).len(), 1);
    assert!(case.texts(&questions)[0].contains("revoked"));
}

#[test]
fn only_the_first_attack_of_a_branch_derails_it() {
    let case = Case::with_authors(&[
        ("a", "", "Ada", "CLAIM The key leaked."),
        ("b", "a", "Bob", "DISAGREE AD_HOMINEM You are a fool."),
        (
            "c",
            "b",
            "Ada",
            "DISAGREE AD_HOMINEM SURELY You are a fool yourself.",
        ),
        ("d", "", "Dan", "AD_HOMINEM All of you are fools."),
    ]);
    let summary = case.summary(200);
    let found: Vec<(&str, bool)> = summary
        .derailments
        .iter()
        .map(|found| (case.text(found.at), found.before.is_some()))
        .collect();
    assert_eq!(
        found,
        [
            ("DISAGREE AD_HOMINEM You are a fool.", true),
            ("AD_HOMINEM All of you are fools.", false)
        ]
    );
}

#[test]
fn threads_without_words_have_empty_summaries() {
    assert_eq!(Case::with_authors(&[]).summary(200).words, 0);
    let mut builder = ThreadBuilder::new("test", "t");
    let mut gone = draft("a", "", "");
    gone.state = State::Deleted;
    builder.push(gone);
    builder.push(draft("b", "a", "..."));
    let case = Case::new(builder.build());
    assert!(case.summary(200).contested.is_empty());
    // Nothing is cut to fit.
    let summary = Case::with_authors(QUARREL).summary(1);
    assert_eq!((summary.words, summary.about.len()), (0, 0));
}
