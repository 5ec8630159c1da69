//! Relations of threads whose labels are marked in their words.

use super::{case::Case, *};
use crate::{
    model::marked::{draft, thread},
    thread::{Draft, State, ThreadBuilder},
};
use std::fmt::Write;

mod authors;

/// The relations of `thread` in words, a line each.
fn related(thread: Thread) -> String {
    let Case {
        thread,
        units,
        relations,
        ..
    } = &Case::new(thread);
    let name = |unit: usize| {
        let Unit { comment, .. } = units[unit];
        let nth = unit - CommentUnits::new(units).range(comment).start;
        format!("{}.{nth}", thread.comment(comment).id)
    };
    let mut out = String::new();
    for relation in relations {
        let to = match relation.to {
            Target::Unit(unit) => name(unit),
            Target::Comment(idx) => thread.comment(idx).id.clone(),
        };
        let subtype = relation.subtype.map_or("", Subtype::as_str);
        let evidence: Vec<_> = relation
            .evidence
            .iter()
            .map(|evidence| evidence.as_str())
            .collect();
        let kind = relation.kind.as_str();
        writeln!(
            out,
            "{} {kind} {to} {subtype}({})",
            name(relation.from),
            evidence.join(" ")
        )
        .unwrap();
    }
    out
}

fn related_texts(comments: &[(&str, &str, &str)]) -> String {
    related(thread(comments))
}

const KEY: &str = "CLAIM the signing key leaked. PREMISE it lay in a public container image.";

#[test]
fn stance_gives_the_kind_and_the_target_the_subtype() {
    let answers = [
        (
            "AGREE CLAIM yes, the signing key leaked.",
            "b.0 support a.0 agreement(reply model)",
        ),
        (
            "DISAGREE CLAIM no signing key leaked.",
            "b.0 attack a.0 rebut(reply model)",
        ),
        (
            "DISAGREE CLAIM that container image was never public.",
            "b.0 attack a.1 undermine(reply model)",
        ),
        (
            "QUESTION whose signing key leaked?",
            "b.0 answer a.0 (reply model)",
        ),
        (
            "DISAGREE CLAIM AD_HOMINEM you never saw a signing key.",
            "b.0 attack a.0 ad_hominem(reply model)",
        ),
    ];
    for (answer, expected) in answers {
        let found = related_texts(&[("a", "", KEY), ("b", "a", answer)]);
        assert_eq!(
            found,
            format!("a.1 support a.0 (inference)\n{expected}\n"),
            "{answer}"
        );
    }
}

#[test]
fn a_question_or_an_aside_is_attacked_without_subtype() {
    let found = related_texts(&[
        ("a", "", "QUESTION who leaked it?"),
        ("b", "a", "DISAGREE CLAIM nobody leaked it."),
    ]);
    assert_eq!(found, "b.0 attack a.0 (reply model)\n");
}

#[test]
fn quoted_words_are_what_is_answered() {
    let found = related_texts(&[
        (
            "a",
            "",
            "CLAIM the signing key leaked last winter.\n\nCLAIM nobody rotates keys of agents in time.",
        ),
        (
            "b",
            "a",
            "> CLAIM the signing key leaked last winter.\n\nDISAGREE CLAIM nobody rotates, but it was in spring.",
        ),
    ]);
    assert_eq!(
        found,
        "b.0 rephrase a.0 (quotation)\nb.1 attack a.0 rebut(reply quotation model)\n"
    );
}

#[test]
fn several_passages_answer_several_quotations() {
    let found = related_texts(&[
        (
            "a",
            "",
            "CLAIM the signing key leaked last winter. CLAIM nobody rotates keys of agents in time.",
        ),
        (
            "b",
            "a",
            "> CLAIM nobody rotates keys of agents in time.\n\nDISAGREE CLAIM we do.\n\n\
             > CLAIM the signing key leaked last winter.\n\nCLAIM it was spring. PREMISE the advisory says so.",
        ),
    ]);
    assert_eq!(
        found,
        "b.0 rephrase a.1 (quotation)\n\
         b.1 attack a.1 rebut(reply quotation model)\n\
         b.2 rephrase a.0 (quotation)\n\
         b.3 attack a.0 rebut(reply quotation model)\n\
         b.4 support b.3 (inference)\n"
    );
}

#[test]
fn words_of_a_third_comment_are_answered_where_they_stand() {
    let found = related_texts(&[
        (
            "a",
            "",
            "CLAIM the signing key leaked last winter, says the vendor.",
        ),
        ("b", "a", "AGREE CLAIM yes."),
        (
            "c",
            "b",
            "> CLAIM the signing key leaked last winter, says the vendor.\n\nDISAGREE CLAIM it did not.",
        ),
    ]);
    assert!(
        found.contains("c.1 attack a.0 rebut(quotation model)\n"),
        "{found}"
    );
}

#[test]
fn the_surest_claim_speaks_then_a_premise_then_a_question() {
    let voice = |text: &str| {
        let found = related_texts(&[("a", "", "CLAIM keys leak."), ("b", "a", text)]);
        found
            .lines()
            .find(|line| line.contains("(reply"))
            .map(|line| line[..3].to_owned())
    };
    assert_eq!(
        voice("CLAIM one. CLAIM SURELY two.").as_deref(),
        Some("b.1")
    );
    assert_eq!(
        voice("QUESTION why? PREMISE because it rains.").as_deref(),
        Some("b.1")
    );
    assert_eq!(voice("Hello there. QUESTION why?").as_deref(), Some("b.1"));
    assert_eq!(voice("Hello there. Good morning.").as_deref(), Some("b.0"));
}

#[test]
fn a_passage_of_asides_is_silent_beside_one_that_argues_and_speaks_where_none_does() {
    let quoting = |first: &str, second: &str| {
        let reply = format!(
            "> CLAIM the signing key leaked last winter.\n\n{first}\n\n\
             > CLAIM nobody rotates keys of agents in time.\n\n{second}"
        );
        let parent = "CLAIM the signing key leaked last winter. CLAIM nobody rotates keys of agents in time.";
        related_texts(&[("a", "", parent), ("b", "a", &reply)])
    };
    let argued = quoting("Ha ha.", "DISAGREE CLAIM we rotate them.");
    assert!(!argued.contains("b.1"), "{argued}");
    let asides = quoting("DISAGREE ha ha.", "Sigh.");
    assert!(asides.contains("b.1 attack a.0"), "{asides}");
    assert!(!asides.contains("b.3"), "{asides}");
}

#[test]
fn an_insult_beside_the_point_is_an_attack_on_the_comment() {
    let found = related_texts(&[
        ("a", "", KEY),
        (
            "b",
            "a",
            "AD_HOMINEM you fool. DISAGREE CLAIM the signing key never leaked. INCIVILITY vendors lie.",
        ),
    ]);
    assert_eq!(
        found,
        "a.1 support a.0 (inference)\n\
         b.0 attack a ad_hominem(reply model)\n\
         b.1 attack a.0 rebut(reply model)\n"
    );
}

#[test]
fn a_premise_supports_the_nearest_claim_the_one_before_where_two_are_near() {
    let found = related_texts(&[(
        "a",
        "",
        "CLAIM one. PREMISE two. CLAIM three. Well then. Hello. PREMISE six. CLAIM seven.",
    )]);
    assert_eq!(
        found,
        "a.1 support a.0 (inference)\na.5 support a.6 (inference)\n"
    );
    assert_eq!(related_texts(&[("a", "", "PREMISE alone.")]), "");
}

#[test]
fn nothing_is_said_of_what_the_capture_lacks() {
    assert_eq!(
        related_texts(&[
            ("a", "", "CLAIM one."),
            ("b", "gone", "DISAGREE CLAIM two.")
        ]),
        ""
    );
    assert_eq!(related_texts(&[("a", "", "")]), "");
    assert_eq!(related_texts(&[]), "");
}

#[test]
fn a_deleted_parent_is_answered_as_a_whole() {
    let mut builder = ThreadBuilder::new("test", "t");
    let mut gone = draft("a", "", "");
    gone.state = State::Deleted;
    builder.push(gone);
    builder.push(draft("b", "a", "DISAGREE CLAIM no."));
    assert_eq!(related(builder.build()), "b.0 attack a (reply model)\n");
}

#[test]
fn a_quotation_alone_answers_nothing() {
    let found = related_texts(&[
        ("a", "", "CLAIM the signing key leaked last winter."),
        ("b", "a", "> CLAIM the signing key leaked last winter."),
    ]);
    assert_eq!(found, "b.0 rephrase a.0 (quotation)\n");
}

#[test]
fn a_quotation_means_the_unit_that_it_shares_most_with() {
    let parent = "CLAIM keys leak. CLAIM nobody ever rotates the keys of backup agents in time.";
    let reply =
        "> leak. CLAIM nobody ever rotates the keys of backup agents\n\nAGREE CLAIM indeed.";
    let found = related_texts(&[("a", "", parent), ("b", "a", reply)]);
    assert!(found.starts_with("b.0 rephrase a.1"), "{found}");
}

#[test]
fn relations_are_ordered_and_the_same_each_time() {
    let case = Case::new(thread(&[
        ("a", "", KEY),
        (
            "b",
            "a",
            "DISAGREE AD_HOMINEM you fool. CLAIM the signing key never leaked. PREMISE I looked.",
        ),
        ("c", "b", "AGREE CLAIM true."),
    ]));
    let first = &case.relations;
    assert!(first.is_sorted_by_key(|relation| (relation.from, relation.to)));
    assert!(
        first
            .iter()
            .all(|relation| (0.0..=1.0).contains(&relation.score))
    );
    for _ in 0..3 {
        assert_eq!(&relate(&case.thread, &case.units, &case.labels), first);
    }
}

/// A target is one of a long comment's first units, so that the work for a reply has a bound.
#[test]
fn a_comment_of_any_length_can_be_answered() {
    let parent = "CLAIM it is so. ".repeat(3_000) + "CLAIM agents of backup vendors leak keys.";
    let reply = "DISAGREE CLAIM agents of backup vendors do not leak keys.";
    let found = related_texts(&[("a", "", parent.as_str()), ("b", "a", reply)]);
    assert_eq!(found, "b.0 attack a.1 rebut(reply model)\n");
}

#[test]
fn of_several_units_the_one_is_meant_whose_words_are_taken_up() {
    let meant = |parent: &str, reply: &str| {
        let found = related_texts(&[("a", "", parent), ("b", "a", reply)]);
        found.split(' ').nth(2).map(str::to_owned)
    };
    let keys_tapes = "CLAIM keys belong into a vault. CLAIM tapes are never tested by anybody.";
    assert_eq!(
        meant(keys_tapes, "AGREE CLAIM a vault for keys.").as_deref(),
        Some("a.0")
    );
    assert_eq!(
        meant(keys_tapes, "AGREE CLAIM nobody tested tapes.").as_deref(),
        Some("a.1")
    );
    // Without a shared word a question is answered rather than an aside.
    let asks = "Good morning to all of you. QUESTION what is it that leaked then?";
    assert_eq!(meant(asks, "CLAIM certificates.").as_deref(), Some("a.1"));
}

#[test]
fn a_reply_that_quotes_another_comment_still_answers_its_parent() {
    let found = related_texts(&[
        ("a", "", KEY),
        (
            "b",
            "",
            "CLAIM the vendor knew about this signing key for months.",
        ),
        (
            "c",
            "b",
            "> CLAIM the signing key leaked.\n\nDISAGREE CLAIM nobody has shown that.",
        ),
    ]);
    assert!(
        found.contains("c.1 attack a.0 rebut(quotation model)\n"),
        "{found}"
    );
    assert!(found.contains("c.1 answer b.0 (reply)\n"), "{found}");
}

#[test]
fn turns_of_phrase_tell_how_exactly_a_reply_relates() {
    let cases = [
        (
            "DISAGREE CLAIM that does not follow from a public container image.",
            "b.0 attack a.1 undercut(reply model)",
        ),
        (
            "Yes, but no signing key leaked DISAGREE CLAIM anyhow.",
            "b.0 attack a.0 concession(reply model)",
        ),
        (
            "You mean the test key, no signing key leaked DISAGREE CLAIM anyhow.",
            "b.0 attack a.0 correction(reply model)",
        ),
        ("+1 AGREE", "b.0 support a.0 agreement(reply model)"),
        (
            "Yes, the signing key leaked, and the next one will soon leak too AGREE CLAIM indeed.",
            "b.0 support a.0 (reply model)",
        ),
    ];
    for (answer, expected) in cases {
        let found = related_texts(&[("a", "", KEY), ("b", "a", answer)]);
        assert_eq!(
            found,
            format!("a.1 support a.0 (inference)\n{expected}\n"),
            "{answer}"
        );
    }
}

#[test]
fn what_is_granted_ahead_of_an_attack_supports() {
    let found = related_texts(&[
        ("a", "", "CLAIM the signing key leaked."),
        (
            "b",
            "a",
            "Granted, the image was public. But DISAGREE CLAIM the signing key was old.",
        ),
    ]);
    assert_eq!(
        found,
        "b.0 support a.0 concession(reply)\nb.1 attack a.0 rebut(reply model)\n"
    );
}
