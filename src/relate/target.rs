//! Which unit of a comment a reply means: a conditional logit over the units of the parent.
//!
//! Replies pick questions and claims rather than asides, long units rather than short ones, and above
//! all those whose words they take up. [`features`] puts that into numbers, [`WEIGHTS`] says how much
//! each counts; `rejoinder train` fits the weights (McFadden 1974) and prints them.

use super::Target;
use crate::{
    label::{Attack, CommentUnits, Role, ThreadLabels, UnitLabels},
    segment::Unit,
    text::words::content_words,
    thread::{CommentIdx, Thread},
};
use std::{collections::HashSet, ops::Range};

/// Number of features of a candidate.
pub const N_FEATURES: usize = 9;

/// What each feature adds to a candidate's log-odds, in the order of [`features`].
pub const WEIGHTS: [f32; N_FEATURES] = [2.55, 0.72, 0.09, -0.08, 1.52, 2.36, -2.10, 0.62, 0.09];

/// Units of one parent that are considered; a longer comment is cut here, to bound the work.
const CANDIDATES: usize = 400;

/// The units of a thread as targets of replies.
#[derive(Debug)]
pub struct Targets {
    /// Per unit its content words, hashed and sorted.
    words: Vec<Vec<u64>>,
    ranges: Vec<Range<usize>>,
    candidates: Vec<Candidate>,
}

/// What is known of a unit without the reply.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Its most probable role.
    pub role: Role,
    /// Whether it attacks a person.
    pub attacks: bool,
    /// Its length in bytes.
    pub len: usize,
    /// Whether it is the last unit of its comment.
    pub is_last: bool,
    /// Whether it is the first one.
    pub is_first: bool,
}

impl Candidate {
    /// The unit number `at` of the `range` of its comment.
    fn new(unit: &Unit, labels: &UnitLabels, at: usize, range: &Range<usize>) -> Self {
        Self {
            role: labels.role,
            attacks: labels.attack == Some(Attack::AdHominem),
            len: unit.span.len(),
            is_last: at + 1 == range.end,
            is_first: at == range.start,
        }
    }
}

/// The features of a candidate with content words `words` for a passage whose content words are `all`,
/// those of its first unit `opening`.
#[must_use]
pub fn features(
    candidate: &Candidate,
    words: &[u64],
    all: &HashSet<u64>,
    opening: &HashSet<u64>,
) -> [f32; N_FEATURES] {
    let shared = |set: &HashSet<u64>| words.iter().filter(|word| set.contains(word)).count();
    let scale = (words.len() as f32 + 1.0).sqrt();
    let flag = |holds: bool| f32::from(u8::from(holds));
    [
        shared(all) as f32 / scale,
        shared(opening) as f32 / scale,
        flag(candidate.is_last),
        flag(candidate.is_first),
        flag(candidate.role == Role::Claim),
        flag(candidate.role == Role::Question),
        flag(candidate.role == Role::Quote),
        (candidate.len as f32).ln_1p(),
        flag(candidate.attacks),
    ]
}

impl Targets {
    /// Looks at the units of a thread.
    #[must_use]
    pub fn new(thread: &Thread, units: &[Unit], labels: &ThreadLabels) -> Self {
        let by_comment = CommentUnits::new(units);
        let ranges: Vec<_> = thread
            .iter()
            .map(|(idx, _)| by_comment.range(idx))
            .collect();
        let text = |unit: &Unit| unit.span.slice(&thread.comment(unit.comment).body.text);
        let candidates = units.iter().enumerate().map(|(at, unit)| {
            Candidate::new(unit, &labels.units[at], at, &ranges[unit.comment.get()])
        });
        Self {
            words: units.iter().map(|unit| content_words(text(unit))).collect(),
            candidates: candidates.collect(),
            ranges,
        }
    }

    /// The features of each unit of `parent` for a passage of a reply, in order.
    #[must_use]
    pub fn candidates(&self, parent: CommentIdx, passage: Range<usize>) -> Vec<[f32; N_FEATURES]> {
        let opening = self
            .words
            .get(passage.start)
            .into_iter()
            .flatten()
            .copied()
            .collect();
        let all = self.words[passage].iter().flatten().copied().collect();
        let units = self.ranges[parent.get()].clone().take(CANDIDATES);
        units
            .map(|unit| features(&self.candidates[unit], &self.words[unit], &all, &opening))
            .collect()
    }

    /// The unit of `parent` that the `passage` most probably answers, with its probability among the
    /// parent's units; the comment itself where it has none.
    pub(super) fn best(&self, parent: CommentIdx, passage: Range<usize>) -> (Target, f32) {
        let range = self.ranges[parent.get()].clone();
        let score = |features: [f32; N_FEATURES]| -> f32 {
            features
                .iter()
                .zip(WEIGHTS)
                .map(|(value, weight)| value * weight)
                .sum()
        };
        let scores: Vec<f32> = self
            .candidates(parent, passage)
            .into_iter()
            .map(score)
            .collect();
        let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let Some(at) = scores.iter().position(|&score| score == highest) else {
            return (Target::Comment(parent), 1.0);
        };
        let total: f32 = scores.iter().map(|score| (score - highest).exp()).sum();
        (Target::Unit(range.start + at), 1.0 / total)
    }
}
