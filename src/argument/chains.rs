//! Chains: how an argument ran from a claim through the replies to its last word.
//!
//! Each comment takes at most one step upwards, by its surest relation to the comment it answers. The
//! steps form a forest, and a chain is a path in it from a root to a leaf. Chains are ranked before
//! they are written out, so a thread of any size costs time in its length.

use crate::{
    label::{Attack, CommentUnits, ThreadLabels},
    registry::names,
    relate::{Kind, Relation, Target},
    segment::Unit,
    thread::{CommentIdx, Thread},
};

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
    /// The first unit of its comments that attacks a person.
    pub derailed_at: Option<usize>,
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Steps that take a side: the argument proper.
    sided: usize,
    steps: usize,
}

/// The chains of a thread, the richest in steps that take a side first, `limit` at most.
#[must_use]
pub fn chains(
    thread: &Thread,
    units: &[Unit],
    labels: &ThreadLabels,
    relations: &[Relation],
    limit: usize,
) -> Vec<Chain> {
    let steps = steps(thread, units, relations);
    let mut answered = vec![false; steps.len()];
    for step in steps.iter().flatten() {
        answered[step.to.get()] = true;
    }
    let ranks = ranks(thread, relations, &steps);
    let ends = (0..steps.len()).filter(|&at| steps[at].is_some() && !answered[at]);
    let mut leaves: Vec<usize> = ends.collect();
    leaves.sort_by_key(|&at| (std::cmp::Reverse(ranks[at]), at));
    leaves.truncate(limit);
    let writer = Writer {
        by_comment: CommentUnits::new(units),
        labels,
        relations,
        steps: &steps,
    };
    let leaves = leaves.into_iter().map(CommentIdx::new);
    leaves.map(|leaf| writer.chain(leaf)).collect()
}

/// Each comment's surest relation to its parent that stands for the reply as a whole.
fn steps(thread: &Thread, units: &[Unit], relations: &[Relation]) -> Vec<Option<Step>> {
    let mut steps: Vec<Option<Step>> = vec![None; thread.comments.len()];
    for (at, relation) in relations.iter().enumerate() {
        let from = units[relation.from].comment;
        let to = match relation.to {
            Target::Unit(unit) => units[unit].comment,
            Target::Comment(idx) => idx,
        };
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
            let sided = matches!(relations[step.relation].kind, Kind::Attack | Kind::Support);
            ranks[idx.get()] = Rank {
                sided: above.sided + usize::from(sided),
                steps: above.steps + 1,
            };
        }
    }
    ranks
}

/// Writes chains out, from their last comment upwards.
struct Writer<'a> {
    by_comment: CommentUnits<'a>,
    labels: &'a ThreadLabels,
    relations: &'a [Relation],
    steps: &'a [Option<Step>],
}

impl Writer<'_> {
    fn chain(&self, leaf: CommentIdx) -> Chain {
        let mut path = Vec::new();
        let mut comments = vec![leaf];
        let mut at = leaf;
        while let Some(step) = self.steps[at.get()] {
            path.push(step.relation);
            comments.push(step.to);
            at = step.to;
        }
        path.reverse();
        comments.reverse();
        let root = path
            .first()
            .and_then(|&first| match self.relations[first].to {
                Target::Unit(unit) => Some(unit),
                Target::Comment(idx) => self.by_comment.range(idx).next(),
            });
        let answering = path.iter().map(|&at| self.relations[at].from);
        let is_attack = |at: &usize| self.relations[*at].kind == Kind::Attack;
        let attacks = path.iter().filter(|at| is_attack(at)).count();
        Chain {
            units: root.into_iter().chain(answering).collect(),
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
            derailed_at: comments.iter().find_map(|&idx| self.attack_on_person(idx)),
            comments,
            relations: path,
        }
    }

    fn attack_on_person(&self, idx: CommentIdx) -> Option<usize> {
        let attacks = |unit: &usize| self.labels.units[*unit].attack == Some(Attack::AdHominem);
        self.by_comment.range(idx).find(attacks)
    }
}
