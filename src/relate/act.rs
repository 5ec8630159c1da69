//! Questions that ask for evidence, and what is given in answer to them.
//!
//! A question counts as a challenge if its words say so ([`cue`](super::cue)); what answers the comment that
//! asked counts as grounds if it rests on something that can be checked.

use super::{Act, Kind, Phrases, Relation};
use crate::{
    label::{Basis, CommentUnits, Role, ThreadLabels, probability},
    segment::Unit,
    thread::{CommentIdx, Thread},
};
use std::collections::{BTreeMap, BTreeSet};

/// Marks the relations between comments that challenge, and those that answer a challenge with grounds; a
/// challenge that has no relation gets one. `relations` come in the order of the comments that they start from.
pub(super) fn find(
    thread: &Thread,
    units: &[Unit],
    labels: &ThreadLabels,
    relations: &mut Vec<Relation>,
) {
    let by_comment = CommentUnits::new(units);
    let text = |unit: usize| {
        let Unit { comment, span, .. } = units[unit];
        span.slice(&thread.comment(comment).body.text)
    };
    let challenges = |unit: usize| {
        let role = labels.units[unit].role;
        let is_question = role == Role::Question || text(unit).ends_with('?');
        role != Role::Quote && Phrases::new(text(unit)).challenges(is_question)
    };
    let challenges: BTreeSet<usize> = (0..units.len()).filter(|&unit| challenges(unit)).collect();
    let asking: BTreeSet<CommentIdx> = challenges.iter().map(|&unit| units[unit].comment).collect();
    if asking.is_empty() {
        return;
    }
    let rests = |unit: usize| {
        let Unit { comment, span, .. } = units[unit];
        let mut links = thread.comment(comment).body.links.iter();
        let basis = &labels.units[unit].basis;
        labels.units[unit].role != Role::Quote
            && (basis.contains(&Basis::Evidence)
                || basis.contains(&Basis::Experience)
                || links.any(|link| span.contains(link.span)))
    };
    let mut rests_of: BTreeMap<CommentIdx, bool> = BTreeMap::new();
    let mut rests_on_something = |idx: CommentIdx| {
        let found = || by_comment.range(idx).any(rests);
        *rests_of.entry(idx).or_insert_with(found)
    };
    for relation in relations
        .iter_mut()
        .filter(|relation| relation.crosses(units))
    {
        let from = units[relation.from].comment;
        let to = relation.to.comment(units);
        if challenges.contains(&relation.from) {
            relation.act = Some(Act::Challenge);
        // A comment that asks in return gives no grounds.
        } else if asking.contains(&to) && !asking.contains(&from) && rests_on_something(from) {
            relation.act = Some(Act::Grounds);
        }
    }
    // Beside a claim, a question does not speak for its comment and has no relation yet.
    let related: BTreeSet<usize> = relations.iter().map(|relation| relation.from).collect();
    let mut asked = Vec::new();
    for &unit in challenges.difference(&related) {
        let idx = units[unit].comment;
        let of = |relation: &Relation| units[relation.from].comment;
        let first = relations.partition_point(|relation| of(relation) < idx);
        let mut own = relations[first..]
            .iter()
            .take_while(|relation| of(relation) == idx);
        let Some(main) = own.find(|relation| relation.crosses(units) && !relation.is_on_person())
        else {
            continue;
        };
        asked.push(Relation {
            from: unit,
            kind: Kind::Answer,
            subtype: None,
            act: Some(Act::Challenge),
            // Never surer than what speaks for the comment.
            score: main.score * probability(&labels.units[unit].scores, Role::Question.as_str()),
            ..main.clone()
        });
    }
    relations.append(&mut asked);
}
