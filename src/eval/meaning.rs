//! What the labels of public sets say of ours. What they do not say is left masked.

use super::{
    row::{Kind, Proposition, Row, Said, Sdqc, UnitRow},
    whole::whole_output,
};
use crate::{
    error::Result,
    model::fast::LANES,
    train::targets::{Targets, mark, output},
};

/// The mean, from -5 to 5, up to which a text of the Internet Argument Corpus is a personal attack. Its
/// stance is cut at the same distance from zero.
const ATTACKS: f64 = -1.0;
/// The share of annotators from which a text is sarcastic or anything else that they said yes or no to.
const HALF: f64 = 0.5;

/// The labels of a unit.
///
/// # Errors
/// When its role is none of ours.
pub(super) fn unit_targets(unit: &UnitRow) -> Result<Targets> {
    let mut targets = [0; LANES];
    if let Some(role) = &unit.role {
        mark(&mut targets, "role", [role.as_str()])?;
    }
    if let Some(proposition) = unit.proposition {
        mark_proposition(&mut targets, proposition);
    }
    Ok(targets)
}

/// What a kind of proposition says of three labels. A judgement of value may be normative or not.
fn mark_proposition(targets: &mut Targets, proposition: Proposition) {
    let basis = ["experience", "evidence", "normative"];
    let (held, known) = match proposition {
        Proposition::Testimony => (Some("experience"), &basis[..]),
        Proposition::Reference => (Some("evidence"), &basis[..]),
        Proposition::Policy => (Some("normative"), &basis[..]),
        Proposition::Fact => (None, &basis[..]),
        Proposition::Value => (None, &basis[..2]),
    };
    for label in known {
        targets[output(label)] = if held == Some(label) { 1 } else { -1 };
    }
}

/// The labels of the whole text; only one that answers something has a stance.
///
/// # Errors
/// When its stance is none of ours.
pub(super) fn targets(row: &Row, is_reply: bool) -> Result<Targets> {
    let mut targets = [0; LANES];
    if let (Some(stance), true) = (stance(row), is_reply) {
        mark(&mut targets, "stance", [stance])?;
    }
    let is_half = |mean: f64| mean >= HALF;
    let mut set = |label: &str, holds: Option<bool>| {
        if let Some(holds) = holds {
            targets[whole_output(label)] = if holds { 1 } else { -1 };
        }
    };
    let yes = |said: &Option<Said>| said.as_ref().and_then(|said| said.holds(is_half));
    let attack = row.personal_attack.as_ref();
    let attack = attack.and_then(|said| said.holds(|mean| mean <= ATTACKS));
    set("ad_hominem", yes(&row.ad_hominem).or(attack));
    set("uncivil", yes(&row.uncivil));
    set("sarcasm", yes(&row.sarcasm));
    set("experience", yes(&row.experiential));
    Ok(targets)
}

fn stance(row: &Row) -> Option<&str> {
    let of_message = |sdqc: Sdqc| match sdqc {
        Sdqc::Support => "agree",
        Sdqc::Deny => "disagree",
        Sdqc::Query | Sdqc::Comment => "neutral",
    };
    let to_topic = match row.stance_to_topic {
        Some(1) => Some("agree"),
        Some(-1) => Some("disagree"),
        _ => None,
    };
    let stance = row.stance.as_deref().or(row.sdqc.map(of_message));
    stance.or(to_topic)
}

/// The stance that a relation between posts is.
///
/// # Errors
/// Those of [`mark`].
pub(super) fn relation_targets(kind: Kind) -> Result<Targets> {
    let mut targets = [0; LANES];
    let stance = match kind {
        Kind::Support => "agree",
        Kind::Attack => "disagree",
    };
    mark(&mut targets, "stance", [stance])?;
    Ok(targets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn propositions_say_what_they_say_of_three_labels() {
        let unit = |kind: Proposition| {
            let mut targets = [0; LANES];
            mark_proposition(&mut targets, kind);
            ["experience", "evidence", "normative", "technical"].map(|name| targets[output(name)])
        };
        assert_eq!(unit(Proposition::Testimony), [1, -1, -1, 0]);
        assert_eq!(unit(Proposition::Reference), [-1, 1, -1, 0]);
        assert_eq!(unit(Proposition::Policy), [-1, -1, 1, 0]);
        assert_eq!(unit(Proposition::Fact), [-1, -1, -1, 0]);
        assert_eq!(unit(Proposition::Value), [-1, -1, 0, 0]);
    }
}
