//! Who argues with whom, and what stands before attacks on persons.

use super::*;

/// A quarrel of Ada and Bob, with an anonymous voice.
fn quarrel() -> Case {
    let mut builder = ThreadBuilder::new("test", "t");
    let mut say = |id: &str, parent: &str, name: &str, text: &str| {
        let mut draft = draft(id, parent, text);
        draft.author = Some(crate::thread::Author {
            name: name.to_owned(),
            anonymous: name == "Coward",
            ..Default::default()
        });
        builder.push(draft);
    };
    say("a", "", "Ada", "CLAIM keys leak!");
    say("b", "a", "Bob", "DISAGREE CLAIM TECHNICAL no.");
    say("c", "b", "Ada", "DISAGREE CLAIM AD_HOMINEM you fool.");
    say("d", "c", "Bob", "AGREE CLAIM well, yes.");
    say("e", "c", "Coward", "DISAGREE CLAIM AD_HOMINEM no, you.");
    say("f", "e", "Coward", "QUESTION who?");
    Case::new(builder.build())
}

#[test]
fn people_and_what_passes_between_them() {
    let case = quarrel();
    let found = people(&case.thread, &case.units, &case.labels, &case.relations);
    let comments: Vec<_> = found.people.iter().map(|person| person.comments).collect();
    // The two anonymous comments are of two people.
    assert_eq!(comments, [2, 2, 1, 1]);
    assert_eq!(
        (found.people[0].ad_hominem, found.people[1].technical),
        (1, 1)
    );
    let exchange = |from, to| {
        let found = found
            .exchanges
            .iter()
            .find(|e| (e.from, e.to) == (from, to));
        let e = found.expect("an exchange");
        [e.replies, e.attacks, e.supports, e.on_person, e.turns]
    };
    assert_eq!(exchange(0, 1), [1, 0, 0, 1, 0]);
    assert_eq!(exchange(1, 0), [2, 1, 1, 0, 1]);
    assert_eq!(exchange(2, 0), [1, 0, 0, 1, 0]);
    // Ada and Bob answer each other; nobody answers for the others.
    assert!((found.reciprocity() - 0.5).abs() < 1e-6);
    assert!((found.people[0].centrality - 2.0 / 3.0).abs() < 1e-6);
    let nobody = Case::of::<&str>(&[]);
    let nobody = people(
        &nobody.thread,
        &nobody.units,
        &nobody.labels,
        &nobody.relations,
    );
    assert_eq!((nobody.people.len(), nobody.reciprocity()), (0, 0.0));
}

#[test]
fn what_stands_before_an_attack_on_a_person() {
    let case = quarrel();
    let found = triggers(&case.thread, &case.units, &case.labels);
    let ids = |trigger: &Trigger| {
        let id = |idx: CommentIdx| case.thread.comment(idx).id.clone();
        (
            id(trigger.reply) + &id(trigger.answered),
            trigger.attacks,
            trigger.attacks_above,
        )
    };
    let found_ids: Vec<_> = found.iter().map(ids).collect();
    let expected = [
        ("ba", false, 0),
        ("cb", true, 0),
        ("dc", false, 1),
        ("ec", true, 1),
        ("fe", false, 2),
    ];
    assert_eq!(
        found_ids,
        expected.map(|(ids, attacks, above)| (ids.to_owned(), attacks, above))
    );
    assert_eq!(
        (found[0].features.exclamations, found[1].features.technical),
        (1, 1)
    );
    assert_eq!(
        found[1].features.stance,
        Some(crate::label::Stance::Disagree)
    );
}
