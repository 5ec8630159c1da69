//! Chains: how an argument ran from a claim through the replies to its last word.
//!
//! Each comment takes at most one step upwards, by its surest relation to the comment it answers. The
//! steps form a forest, and a chain is a path in it from a root to a leaf: there are as many as leaves.
//! Chains are ranked before they are written out, and written out one at a time, so that a thread of any
//! size costs time in its length and no more memory than the chains that are kept.

use super::query::Query;
use crate::{
    label::{CommentUnits, Role, ThreadLabels},
    registry::names,
    relate::{Kind, Relation, Target},
    segment::Unit,
    thread::{CommentIdx, Thread},
};
use std::collections::BTreeSet;

/// A path of replies from a root claim to a comment that nobody answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// The root claim, then of each reply the unit that answers; by their numbers in the thread. A root
    /// comment without units (a deleted one) has none.
    pub units: Vec<usize>,
    /// The comments that it runs through, the root's first.
    pub comments: Vec<CommentIdx>,
    /// The relations from each comment to the one before it, one fewer than the comments.
    pub relations: Vec<usize>,
    /// How the last unit stands to the root claim.
    pub polarity: Polarity,
    /// How the argument was left.
    pub status: Status,
    /// Where it turned from the argument to persons.
    pub derailment: Option<Derailment>,
    /// The people who wrote its comments; every anonymous comment counts as a person.
    pub participants: usize,
    /// How much is argued in it: the sum of the scores of its steps that take a side, those against a
    /// person left out.
    pub weight: f32,
}

/// Where a chain turned from the argument to persons, and what came before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derailment {
    /// The first unit of its comments that attacks a person.
    pub at: usize,
    /// The comment before it in the chain.
    pub before: Option<CommentIdx>,
    /// The first comment behind it that argues, and attacks nobody.
    pub back: Option<CommentIdx>,
}

names! {
    /// How the end of a chain stands to its root.
    pub enum Polarity {
        /// An even number of attacks: on the root's side.
        Support = "support",
        /// An odd number of attacks: against the root.
        Attack = "attack",
    }

    /// How an argument was left.
    pub enum Status {
        /// Nobody attacked anything.
        Uncontested = "uncontested",
        /// The last step is an attack that nobody answered.
        Unanswered = "unanswered",
        /// There were attacks, and the last word is none.
        Answered = "answered",
    }
}

/// A comment's step to the comment above it.
#[derive(Debug, Clone, Copy)]
struct Step {
    relation: usize,
    to: CommentIdx,
}

/// What is known of the path that ends in a comment.
#[derive(Debug, Clone, Copy, Default)]
struct Rank {
    /// See [`Chain::weight`].
    weight: f32,
    steps: usize,
    attacks: usize,
}

impl Rank {
    /// By weight, then length, then contest.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let by_weight = self.weight.total_cmp(&other.weight);
        by_weight.then((self.steps, self.attacks).cmp(&(other.steps, other.attacks)))
    }
}

/// The chains of a thread, by weight, then length, then attacks, the greatest first, `limit` at most.
#[must_use]
pub fn chains(
    thread: &Thread,
    units: &[Unit],
    labels: &ThreadLabels,
    relations: &[Relation],
    limit: usize,
) -> Vec<Chain> {
    let all = all_chains(thread, units, labels, relations, Query::default());
    all.take(limit).collect()
}

/// All chains that meet `query`, in the same order, written out one by one as they are asked for.
pub fn all_chains<'a>(
    thread: &'a Thread,
    units: &'a [Unit],
    labels: &'a ThreadLabels,
    relations: &'a [Relation],
    query: Query,
) -> impl Iterator<Item = Chain> + use<'a> {
    let steps = steps(thread, units, relations);
    let mut answered = vec![false; steps.len()];
    for step in steps.iter().flatten() {
        answered[step.to.get()] = true;
    }
    let ranks = ranks(thread, relations, &steps);
    let long_enough = |at: usize| ranks[at].steps + 1 >= query.min_length;
    let ends = (0..steps.len()).filter(|&at| steps[at].is_some() && !answered[at]);
    let mut leaves: Vec<usize> = ends.filter(|&at| long_enough(at)).collect();
    leaves.sort_by(|&one, &other| ranks[other].cmp(&ranks[one]).then(one.cmp(&other)));
    let writer = Writer {
        thread,
        by_comment: CommentUnits::new(units),
        labels,
        relations,
        steps,
    };
    leaves.into_iter().filter_map(move |leaf| {
        let chain = writer.chain(CommentIdx::new(leaf), query.root)?;
        query.meets(&chain, thread, relations).then_some(chain)
    })
}

/// Each comment's surest relation to its parent that stands for the reply as a whole.
fn steps(thread: &Thread, units: &[Unit], relations: &[Relation]) -> Vec<Option<Step>> {
    let mut steps: Vec<Option<Step>> = vec![None; thread.comments.len()];
    for (at, relation) in relations.iter().enumerate() {
        let from = units[relation.from].comment;
        let to = relation.to.comment(units);
        if relation.kind == Kind::Rephrase || thread.tree.parent(from) != Some(to) {
            continue;
        }
        let slot = &mut steps[from.get()];
        // A unit as target says more than a comment, whatever its score.
        let weight = |at: usize| {
            (
                matches!(relations[at].to, Target::Unit(_)),
                relations[at].score,
            )
        };
        if slot.is_none_or(|step| weight(at) > weight(step.relation)) {
            *slot = Some(Step { relation: at, to });
        }
    }
    steps
}

fn ranks(thread: &Thread, relations: &[Relation], steps: &[Option<Step>]) -> Vec<Rank> {
    let mut ranks = vec![Rank::default(); steps.len()];
    for idx in thread.tree.preorder() {
        if let Some(step) = steps[idx.get()] {
            let above = ranks[step.to.get()];
            let relation = &relations[step.relation];
            ranks[idx.get()] = Rank {
                weight: above.weight + force(relation),
                steps: above.steps + 1,
                attacks: above.attacks + usize::from(relation.kind == Kind::Attack),
            };
        }
    }
    ranks
}

/// What a step adds to the argument.
fn force(relation: &Relation) -> f32 {
    match relation.kind {
        Kind::Attack | Kind::Support if !relation.is_on_person() => relation.score,
        _ => 0.0,
    }
}

/// Writes chains out, from their last comment upwards.
struct Writer<'a> {
    thread: &'a Thread,
    by_comment: CommentUnits<'a>,
    labels: &'a ThreadLabels,
    relations: &'a [Relation],
    steps: Vec<Option<Step>>,
}

impl Writer<'_> {
    /// The chain that ends in a comment, from `root` on where that is given; `None` if it does not run through it.
    fn chain(&self, leaf: CommentIdx, root: Option<Target>) -> Option<Chain> {
        let mut path = Vec::new();
        let mut comments = vec![leaf];
        let mut at = leaf;
        let mut found = false;
        while let Some(step) = self.steps[at.get()] {
            path.push(step.relation);
            comments.push(step.to);
            at = step.to;
            found = match root {
                None => false,
                Some(Target::Comment(idx)) => at == idx,
                Some(unit) => self.relations[step.relation].to == unit,
            };
            if found {
                break;
            }
        }
        if root.is_some() && !found {
            return None;
        }
        path.reverse();
        comments.reverse();
        let start = path
            .first()
            .and_then(|&first| match self.relations[first].to {
                Target::Unit(unit) => Some(unit),
                Target::Comment(idx) => self.by_comment.range(idx).next(),
            });
        let answering = path.iter().map(|&at| self.relations[at].from);
        let is_attack = |at: &usize| self.relations[*at].kind == Kind::Attack;
        let attacks = path.iter().filter(|at| is_attack(at)).count();
        let people: BTreeSet<_> = comments
            .iter()
            .map(|&idx| self.thread.identity(idx))
            .collect();
        Some(Chain {
            units: start.into_iter().chain(answering).collect(),
            polarity: if attacks % 2 == 0 {
                Polarity::Support
            } else {
                Polarity::Attack
            },
            status: match (attacks, path.last().is_some_and(is_attack)) {
                (0, _) => Status::Uncontested,
                (_, true) => Status::Unanswered,
                (_, false) => Status::Answered,
            },
            derailment: self.derailment(&comments),
            participants: people.len(),
            weight: path.iter().map(|&at| force(&self.relations[at])).sum(),
            comments,
            relations: path,
        })
    }

    fn derailment(&self, comments: &[CommentIdx]) -> Option<Derailment> {
        let attacks = comments.iter().map(|&idx| self.attack_on_person(idx));
        let (place, at) = attacks
            .enumerate()
            .find_map(|(place, unit)| Some((place, unit?)))?;
        let argues = |idx: &&CommentIdx| {
            let mut units = self.by_comment.range(**idx);
            let says =
                |unit: usize| matches!(self.labels.units[unit].role, Role::Claim | Role::Premise);
            self.attack_on_person(**idx).is_none() && units.any(says)
        };
        Some(Derailment {
            at,
            before: place.checked_sub(1).map(|before| comments[before]),
            back: comments[place + 1..].iter().find(argues).copied(),
        })
    }

    fn attack_on_person(&self, idx: CommentIdx) -> Option<usize> {
        let attacks = |unit: &usize| self.labels.units[*unit].attacks_person();
        self.by_comment.range(idx).find(attacks)
    }
}
