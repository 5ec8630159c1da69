//! What corrections by people make of an analysis.

use super::*;
use crate::{
    correct::read,
    label::{Attack, Basis, Role, probability},
    model::marked::Marked,
    relate::{Kind, Subtype, Target},
    text::plain,
    thread::{CommentIdx, Draft, ParentRef, ThreadBuilder},
};

fn thread() -> Thread {
    let mut builder = ThreadBuilder::new("test", "t");
    for (id, parent, text) in [
        ("a", None, "CLAIM The key leaked."),
        ("b", Some("a"), "DISAGREE CLAIM It did not."),
        ("c", Some("a"), "AGREE CLAIM It did."),
    ] {
        builder.push(Draft {
            id: id.to_owned(),
            parent: parent.map_or(ParentRef::Root, |parent| ParentRef::Id(parent.to_owned())),
            body: plain::body(text),
            ..Draft::default()
        });
    }
    builder.build()
}

fn analyzed(corrections: &str) -> Analysis {
    let corrections = read(corrections).unwrap();
    let how = How {
        corrections: Some(&corrections),
        ..How::default()
    };
    Analysis::judged(thread(), &Marked::new(), how)
}

fn cause(line: &str) -> String {
    read(line).unwrap_err().to_string()
}

#[test]
fn labels_of_a_person_are_certain_and_replace_their_set() {
    let before = Analysis::new(thread(), &Marked::new());
    let after = analyzed(
        r#"{"thread":"t","unit":"a@0-21","role":"premise","basis":["technical","evidence"],"attack":"ad_hominem","by":"ann"}"#,
    );
    let labels = &after.labels.units[0];
    assert_eq!(
        (labels.role, labels.attack),
        (Role::Premise, Some(Attack::AdHominem))
    );
    assert_eq!(labels.basis, [Basis::Technical, Basis::Evidence]);
    assert_eq!(labels.sarcasm, before.labels.units[0].sarcasm);
    let score = |name: &str| probability(&labels.scores, name);
    assert_eq!(
        (score("premise"), score("claim"), score("technical")),
        (1.0, 0.0, 1.0)
    );
    assert_eq!(after.labels.comments[0].ad_hominem, 1.0);
    let whose = &after.provenance.units[&0];
    assert_eq!(whose["role"], "human:ann");
    assert!(!whose.contains_key("sarcasm"));
    assert_eq!(after.labels.units[1], before.labels.units[1]);
}

#[test]
fn a_corrected_stance_changes_relation_and_chain() {
    let after = analyzed(r#"{"thread":"t","comment":"b","stance":"agree","by":"ann"}"#);
    let from_b = after.relations.iter().find(|relation| relation.from == 1);
    assert_eq!(from_b.unwrap().kind, Kind::Support);
    let attacks = Analysis::new(thread(), &Marked::new()).metrics.attacks;
    assert_eq!((attacks, after.metrics.attacks), (1, 0));
}

#[test]
fn a_corrected_parent_moves_the_comment() {
    let after = analyzed(
        "{\"thread\":\"t\",\"comment\":\"c\",\"parent\":\"b\",\"by\":\"ann\"}\n\
         {\"thread\":\"t\",\"comment\":\"b\",\"parent\":null,\"by\":\"bob\"}\n",
    );
    let idx = CommentIdx::new;
    assert_eq!(after.thread.tree.parent(idx(2)), Some(idx(1)));
    assert_eq!(after.thread.tree.parent(idx(1)), None);
    assert_eq!(after.labels.comments[1].stance, None);
    assert_eq!(after.provenance.comments[&idx(1)]["parent"], "human:bob");
    assert_eq!(after.provenance.people().len(), 2);
}

#[test]
fn a_parent_that_would_make_a_circle_is_not_put_in() {
    let after = analyzed(
        "{\"thread\":\"t\",\"comment\":\"a\",\"parent\":\"b\",\"by\":\"ann\"}\n\
         {\"thread\":\"t\",\"comment\":\"c\",\"parent\":\"c\",\"by\":\"ann\"}\n",
    );
    assert!(after.provenance.lines.is_empty());
    let before = Analysis::new(thread(), &Marked::new());
    assert_eq!(after.relations, before.relations);
    // Those that make none together are.
    let after = analyzed(
        "{\"thread\":\"t\",\"comment\":\"a\",\"parent\":\"b\",\"by\":\"ann\"}\n\
         {\"thread\":\"t\",\"comment\":\"b\",\"parent\":null,\"by\":\"ann\"}\n",
    );
    assert_eq!(after.provenance.lines.len(), 2);
    let idx = CommentIdx::new;
    assert_eq!(after.thread.tree.parent(idx(0)), Some(idx(1)));
}

#[test]
fn relations_are_put_in_changed_and_taken_out() {
    let before = Analysis::new(thread(), &Marked::new());
    let of = |analysis: &Analysis, from: usize| {
        let relations = analysis.relations.iter();
        relations
            .filter(|relation| relation.from == from)
            .map(|relation| (relation.to, relation.kind, relation.subtype))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&before, 1).len(), 1);
    let after = analyzed(
        "{\"thread\":\"t\",\"from\":\"b@0-26\",\"to\":\"a@0-21\",\"kind\":null,\"by\":\"ann\"}\n\
         {\"thread\":\"t\",\"from\":\"c@0-19\",\"to\":\"a@0-21\",\"kind\":\"attack\",\"subtype\":\"undercut\",\"by\":\"ann\"}\n\
         {\"thread\":\"t\",\"from\":\"c@0-19\",\"to\":\"b\",\"kind\":\"attack\",\"by\":\"ann\"}",
    );
    assert_eq!(of(&after, 1), []);
    let found = of(&after, 2);
    assert!(found.contains(&(Target::Unit(0), Kind::Attack, Some(Subtype::Undercut))));
    assert!(found.contains(&(Target::Comment(CommentIdx::new(1)), Kind::Attack, None)));
    let sorted = after.relations.is_sorted_by_key(|relation| relation.from);
    assert!(sorted);
    assert_eq!(after.provenance.lines.len(), 3);
}

#[test]
fn a_relation_to_itself_or_the_end_of_none_is_not_put_in() {
    let after = analyzed(
        "{\"thread\":\"t\",\"from\":\"a@0-21\",\"to\":\"a@0-21\",\"kind\":\"attack\",\"by\":\"ann\"}\n\
         {\"thread\":\"t\",\"from\":\"a@0-21\",\"to\":\"a\",\"kind\":\"attack\",\"by\":\"ann\"}\n\
         {\"thread\":\"t\",\"from\":\"a@0-21\",\"to\":\"b\",\"kind\":null,\"by\":\"ann\"}",
    );
    assert!(after.provenance.lines.is_empty());
    assert_eq!(
        after.relations,
        Analysis::new(thread(), &Marked::new()).relations
    );
}

#[test]
fn the_later_of_two_corrections_holds_and_others_threads_are_left_alone() {
    let after = analyzed(
        "{\"thread\":\"t\",\"unit\":\"a@0-21\",\"role\":\"none\",\"by\":\"ann\"}\n\n\
         {\"thread\":\"t\",\"unit\":\"a@0-21\",\"role\":\"question\",\"by\":\"bob\"}\n\
         {\"thread\":\"other\",\"unit\":\"a@0-21\",\"role\":\"quote\",\"by\":\"bob\"}\n\
         {\"thread\":\"t\",\"unit\":\"a@0-20\",\"role\":\"quote\",\"by\":\"bob\"}\n\
         {\"thread\":\"t\",\"comment\":\"a\",\"stance\":\"agree\",\"by\":\"bob\"}\n\
         {\"thread\":\"t\",\"comment\":\"a\",\"parent\":\"zz\",\"by\":\"bob\"}",
    );
    assert_eq!(after.labels.units[0].role, Role::Question);
    let lines: Vec<_> = after.provenance.lines.iter().copied().collect();
    assert_eq!(lines, [1, 3]);
}

#[test]
fn no_corrections_change_nothing() {
    let before = Analysis::new(thread(), &Marked::new());
    let after = analyzed("");
    assert_eq!(before.labels, after.labels);
    assert_eq!(before.relations, after.relations);
}

#[test]
fn lines_that_are_no_corrections_are_named_with_cause_and_remedy() {
    let unknown = cause("\n{\"thread\":\"t\",\"unit\":\"a@0-1\",\"role\":\"clam\",\"by\":\"ann\"}");
    assert_eq!(
        unknown,
        "line 2: `role` has the unknown value \"clam\"; name one of claim, premise, question, quote, none"
    );
    let of_other = cause(r#"{"thread":"t","unit":"a@0-1","stance":"agree","by":"ann"}"#);
    assert!(
        of_other.contains("`stance` is not a matter of what the line corrects"),
        "{of_other}"
    );
    let nothing = cause(r#"{"thread":"t","comment":"a","by":"ann"}"#);
    assert!(
        nothing.contains("says nothing; give `stance` or `parent`"),
        "{nothing}"
    );
    let nobody = cause(r#"{"thread":"t","comment":"a","stance":"agree","by":" "}"#);
    assert!(nobody.contains("say who judged"), "{nobody}");
    let typo = cause(r#"{"thread":"t","comment":"a","stanze":"agree","by":"ann"}"#);
    assert!(typo.contains("unknown field `stanze`"), "{typo}");
    let odd = cause(
        r#"{"thread":"t","from":"b@0-26","to":"a","kind":"support","subtype":"undercut","by":"ann"}"#,
    );
    assert!(
        odd.contains("`undercut` is one of the kind `attack`"),
        "{odd}"
    );
    let two = cause(r#"{"thread":"t","comment":"a","unit":"a@0-1","by":"ann"}"#);
    assert!(two.contains("corrects one thing"), "{two}");
}
