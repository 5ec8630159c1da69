//! Which unit of a comment a reply means: a conditional logit over the units of the parent.
//!
//! Replies pick questions and claims rather than asides, long units rather than short ones, and above
//! all those whose words they take up. [`features`] puts that into numbers, [`WEIGHTS`] says how much
//! each counts; `rejoinder train` fits the weights (McFadden 1974) and prints them.

use super::Target;
use crate::{
    label::{CommentUnits, Role, ThreadLabels, UnitLabels},
    model::Links,
    segment::Unit,
    text::words::content_words,
    thread::{CommentIdx, Thread},
};
use std::{collections::HashSet, ops::Range};

/// Number of features of a candidate.
pub const N_FEATURES: usize = 9;

/// What each feature adds to a candidate's log-odds, in the order of [`features`].
pub const WEIGHTS: [f32; N_FEATURES] = [2.55, 0.72, 0.09, -0.08, 1.52, 2.36, -2.10, 0.62, 0.09];

/// What the logit of the model's own link adds to a candidate's log-odds, where the model judges links.
const LINK_WEIGHT: f32 = 0.5;

/// Units of one parent that are considered; a longer comment is cut here, to bound the work.
const CANDIDATES: usize = 400;

/// The units of a thread as targets of replies.
#[derive(Debug)]
pub struct Targets<'a> {
    /// Per unit its content words, hashed and sorted.
    words: Vec<Vec<u64>>,
    /// Per comment its units.
    ranges: Vec<Range<usize>>,
    candidates: Vec<Candidate>,
    /// Per comment the model's links to its parent.
    links: &'a [Links],
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
            attacks: labels.attacks_person(),
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

impl<'a> Targets<'a> {
    /// Looks at the units of a thread.
    #[must_use]
    pub fn new(thread: &Thread, units: &[Unit], labels: &'a ThreadLabels) -> Self {
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
            links: &labels.links,
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

    /// The unit of `parent` that the `passage` of `reply` most probably answers, with its probability among
    /// the parent's units; the comment itself where it has none.
    pub(super) fn best(
        &self,
        parent: CommentIdx,
        reply: CommentIdx,
        passage: Range<usize>,
    ) -> (Target, f32) {
        let count = self.ranges[parent.get()].len();
        let links = self.links(reply, passage.clone(), count);
        self.best_of(parent, passage, links)
    }

    /// The same for a comment that the reply does not answer, of which the model read nothing.
    pub(super) fn best_by_words(&self, of: CommentIdx, passage: Range<usize>) -> (Target, f32) {
        let count = self.ranges[of.get()].len();
        self.best_of(of, passage, vec![0.0; count])
    }

    fn best_of(&self, of: CommentIdx, passage: Range<usize>, links: Vec<f32>) -> (Target, f32) {
        let range = self.ranges[of.get()].clone();
        let candidates = self.candidates(of, passage).into_iter();
        let score = |(features, link): ([f32; N_FEATURES], f32)| -> f32 {
            let weighted = features.iter().zip(WEIGHTS);
            weighted.map(|(value, weight)| value * weight).sum::<f32>() + LINK_WEIGHT * link
        };
        let scores: Vec<f32> = candidates.zip(links).map(score).collect();
        let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let Some(at) = scores.iter().position(|&score| score == highest) else {
            return (Target::Comment(of), 1.0);
        };
        let total: f32 = scores.iter().map(|score| (score - highest).exp()).sum();
        (Target::Unit(range.start + at), 1.0 / total)
    }

    /// For each of `count` units of what `reply` answers the model's logit that the passage is about it: the
    /// logarithm of the summed odds of the passage's units. A unit that the model did not read counts as the
    /// least of those that it did.
    fn links(&self, reply: CommentIdx, passage: Range<usize>, count: usize) -> Vec<f32> {
        let Some(links) = self
            .links
            .get(reply.get())
            .filter(|links| !links.answered.is_empty())
        else {
            return vec![0.0; count];
        };
        let first = self.ranges[reply.get()].start;
        let own = &links.logits[passage.start - first..passage.end - first];
        let logits: Vec<f32> = (0..links.answered.len())
            .map(|to| {
                let of_units: Vec<f32> = own
                    .iter()
                    .filter_map(|unit| unit.get(to).copied())
                    .collect();
                log_sum_exp(&of_units)
            })
            .collect();
        let least = logits.iter().copied().fold(f32::INFINITY, f32::min);
        let mut all = vec![least; count];
        for (&unit, logit) in links.answered.iter().zip(logits) {
            all[unit] = logit;
        }
        all
    }
}

/// The logarithm of the sum of exponentials; of nothing, a logit that rules out.
fn log_sum_exp(logits: &[f32]) -> f32 {
    const NEVER: f32 = -20.0;
    let highest = logits.iter().copied().fold(NEVER, f32::max);
    let total: f32 = logits.iter().map(|logit| (logit - highest).exp()).sum();
    if logits.is_empty() {
        NEVER
    } else {
        highest + total.ln()
    }
}
