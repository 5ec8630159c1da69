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
use std::collections::BTreeSet;

/// Marks the relations between comments that challenge, and those that answer a challenge with grounds; a
/// challenge that has no relation gets one.
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
    let asking: BTreeSet<CommentIdx> = (0..units.len())
        .filter(|&unit| challenges(unit))
        .map(|unit| units[unit].comment)
        .collect();
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
    for relation in relations
        .iter_mut()
        .filter(|relation| relation.crosses(units))
    {
        let from = units[relation.from].comment;
        let to = relation.to.comment(units);
        if challenges(relation.from) {
            relation.act = Some(Act::Challenge);
        // A comment that asks in return gives no grounds.
        } else if asking.contains(&to)
            && !asking.contains(&from)
            && by_comment.range(from).any(rests)
        {
            relation.act = Some(Act::Grounds);
        }
    }
    // Beside a claim, a question does not speak for its comment and has no relation yet.
    let related: BTreeSet<usize> = relations.iter().map(|relation| relation.from).collect();
    let mut asked = Vec::new();
    for &idx in &asking {
        let range = by_comment.range(idx);
        let of_comment = |relation: &&Relation| {
            range.contains(&relation.from) && relation.crosses(units) && !relation.is_on_person()
        };
        let Some(main) = relations.iter().find(of_comment) else {
            continue;
        };
        let open = range
            .clone()
            .filter(|&unit| challenges(unit) && !related.contains(&unit));
        asked.extend(open.map(|unit| Relation {
            from: unit,
            kind: Kind::Answer,
            subtype: None,
            act: Some(Act::Challenge),
            // Never surer than what speaks for the comment.
            score: main.score * probability(&labels.units[unit].scores, Role::Question.as_str()),
            ..main.clone()
        }));
    }
    relations.append(&mut asked);
}
