//! Counts over a thread, and the claims that are fought over.

use crate::{
    label::{Attack, Basis, Role, ThreadLabels},
    relate::{Kind, Relation, Target},
    segment::Unit,
    thread::{CommentKind, Thread},
};
use std::collections::{BTreeMap, BTreeSet};

/// Counts over one thread. Pingbacks count nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metrics {
    /// Comments, stubs and tombstones included.
    pub comments: usize,
    /// People who are named as authors; every anonymous comment counts as a person.
    pub authors: usize,
    /// Comments that answer the article.
    pub roots: usize,
    /// The largest depth, counted from 0.
    pub max_depth: usize,
    /// Comments that are answered.
    pub answered: usize,
    /// Units.
    pub units: usize,
    /// Units that claim something.
    pub claims: usize,
    /// Claims with something behind them: a premise in their comment, or a source that they point to. The
    /// other claims are bare assertions.
    pub backed_claims: usize,
    /// Comments with a technical unit.
    pub technical: usize,
    /// Comments with a unit that attacks a person of the discussion.
    pub ad_hominem: usize,
    /// Comments with a unit that insults somebody outside it.
    pub incivility: usize,
    /// Relations between comments that attack.
    pub attacks: usize,
    /// Those of them, attacks on persons left out, in comments that nobody answers.
    pub unanswered_attacks: usize,
    /// Relations between comments that support.
    pub supports: usize,
}

/// Counts over a thread and its analysis.
#[must_use]
pub fn metrics(
    thread: &Thread,
    units: &[Unit],
    labels: &ThreadLabels,
    relations: &[Relation],
) -> Metrics {
    let comments: Vec<_> = thread
        .iter()
        .filter(|(_, comment)| comment.kind != CommentKind::Pingback)
        .collect();
    // A capture that hides the author of a deleted comment gives no person to count.
    let people: BTreeSet<_> = comments
        .iter()
        .filter(|(_, comment)| comment.author.is_some())
        .map(|(idx, _)| thread.identity(*idx))
        .collect();
    let comments_where = |holds: &dyn Fn(usize) -> bool| {
        let met = (0..units.len()).filter(|&unit| holds(unit));
        met.map(|unit| units[unit].comment)
            .collect::<BTreeSet<_>>()
            .len()
    };
    let between = |kind: Kind| {
        let counted = relations
            .iter()
            .filter(|r| r.kind == kind && r.crosses(units));
        counted.count()
    };
    let label = &labels.units;
    let mut answered = vec![false; thread.comments.len()];
    for (idx, _) in &comments {
        if let Some(parent) = thread.tree.parent(*idx) {
            answered[parent.get()] = true;
        }
    }
    let is_claim = |unit: usize| label[unit].role == Role::Claim;
    let mut backed: Vec<bool> = (0..units.len())
        .map(|unit| is_claim(unit) && label[unit].basis.contains(&Basis::Evidence))
        .collect();
    for relation in relations
        .iter()
        .filter(|r| r.kind == Kind::Support && !r.crosses(units))
    {
        if let Target::Unit(claim) = relation.to {
            backed[claim] |= is_claim(claim);
        }
    }
    Metrics {
        comments: comments.len(),
        authors: people.len(),
        roots: comments
            .iter()
            .filter(|(idx, _)| thread.tree.parent(*idx).is_none())
            .count(),
        answered: answered.iter().filter(|answered| **answered).count(),
        max_depth: comments
            .iter()
            .map(|(_, comment)| comment.depth)
            .max()
            .unwrap_or(0),
        units: units.len(),
        claims: label.iter().filter(|unit| unit.role == Role::Claim).count(),
        backed_claims: backed.iter().filter(|backed| **backed).count(),
        technical: comments_where(&|unit| label[unit].basis.contains(&Basis::Technical)),
        ad_hominem: comments_where(&|unit| label[unit].attacks_person()),
        incivility: comments_where(&|unit| label[unit].attack == Some(Attack::Incivility)),
        attacks: between(Kind::Attack),
        unanswered_attacks: relations
            .iter()
            .filter(|r| r.kind == Kind::Attack && !r.is_on_person() && r.crosses(units))
            .filter(|r| !answered[units[r.from].comment.get()])
            .count(),
        supports: between(Kind::Support),
    }
}

/// A claim or premise that others attack, with how often it is attacked and supported from other comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contested {
    /// The unit, by its number in the thread.
    pub unit: usize,
    /// Attacks from other comments, those on a person left out.
    pub attacks: usize,
    /// Supports from other comments.
    pub supports: usize,
}

/// The claims and premises that other comments attack, the most fought over first.
#[must_use]
pub fn contested(units: &[Unit], labels: &ThreadLabels, relations: &[Relation]) -> Vec<Contested> {
    let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for relation in relations.iter().filter(|relation| relation.crosses(units)) {
        if let Target::Unit(unit) = relation.to {
            let (attacks, supports) = counts.entry(unit).or_default();
            match relation.kind {
                Kind::Attack if !relation.is_on_person() => *attacks += 1,
                Kind::Support => *supports += 1,
                _ => {}
            }
        }
    }
    let mut contested: Vec<_> = counts
        .into_iter()
        .filter(|(unit, (attacks, _))| {
            *attacks > 0 && matches!(labels.units[*unit].role, Role::Claim | Role::Premise)
        })
        .map(|(unit, (attacks, supports))| Contested {
            unit,
            attacks,
            supports,
        })
        .collect();
    contested.sort_by_key(|c| (std::cmp::Reverse(c.attacks + c.supports), c.unit));
    contested
}
