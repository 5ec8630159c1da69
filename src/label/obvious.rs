//! Sentences that any shipped model must get right.

use super::{Attack, Basis, CommentLabels, Role, Stance, UnitLabels, decode};
use crate::{
    model::{MODELS, Reply, ReplyUnit, load},
    span::Span,
};

/// What the first embedded model says of a comment whose units are its lines.
fn judge_lines(text: &str, answered: &str) -> (Vec<UnitLabels>, CommentLabels) {
    let model = load(MODELS[0].id).unwrap();
    let mut start = 0;
    let units = text.lines().map(|line| {
        let span = Span::new(start, start + line.len());
        start = span.end() + 1;
        ReplyUnit {
            span,
            is_quote: false,
            is_code: false,
        }
    });
    let units: Vec<_> = units.collect();
    let reply = Reply {
        text,
        title: None,
        units: &units,
        answered: Some(answered),
        answered_units: &[],
        is_reply: true,
    };
    decode(&model.predict(&[reply]).remove(0), model.info(), true)
}

/// The same for a comment of one unit.
fn judge(text: &str, answered: &str) -> (UnitLabels, CommentLabels) {
    let (mut units, comment) = judge_lines(text, answered);
    (units.remove(0), comment)
}

const PARENT: &str = "The vendor patched the parser last week, so everybody is safe now.";

#[test]
fn roles() {
    let role = |text: &str| judge(text, PARENT).0.role;
    assert_eq!(
        role("Which version of the parser do you run?"),
        Role::Question
    );
    assert_eq!(
        role("> The vendor patched the parser last week"),
        Role::Quote
    );
    assert_eq!(role("Thanks!"), Role::None);
    assert_eq!(role("That is simply wrong."), Role::Claim);
    // A reason needs a claim beside it.
    let both = "Nobody is safe.\nFor example, I tested it and found the same bug in 3 libraries.";
    assert_eq!(judge_lines(both, PARENT).0[1].role, Role::Premise);
}

#[test]
fn bases() {
    let basis = |text: &str| judge(text, PARENT).0.basis;
    let technical =
        "The kernel checks the buffer length before the driver copies the packet to memory.";
    assert!(basis(technical).contains(&Basis::Technical));
    assert!(basis("I have used this router at my office for years.").contains(&Basis::Experience));
    assert!(basis("They should be held responsible for it.").contains(&Basis::Normative));
    assert!(basis("See https://example.org/report.pdf").contains(&Basis::Evidence));
    assert!(basis("Maybe they were probably just guessing.").contains(&Basis::Speculation));
}

#[test]
fn attacks_and_stances() {
    let (unit, comment) = judge("You are an idiot and you have no clue.", PARENT);
    assert_eq!(unit.attack, Some(Attack::AdHominem));
    assert_eq!(comment.stance, Some(Stance::Disagree));
    assert_eq!(
        judge("I agree, good point.", PARENT).1.stance,
        Some(Stance::Agree)
    );
    assert_eq!(
        judge("The memory is freed twice here.", PARENT).0.attack,
        None
    );
}
