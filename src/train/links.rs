//! Learns which unit of a comment a reply means, and measures how often it is found.
//!
//! The weights of [`relate::target`](crate::relate::target) are those of a conditional logit (McFadden
//! 1974): of a parent's units the probability of each is proportional to the exponential of its weighted
//! features, and the weights make the labeled targets as probable as they can be.

use super::{data::Labeled, targets::output};
use crate::{
    label::{Attack, CommentLabels, CommentUnits, Role, ThreadLabels, UnitLabels, label_thread},
    model::Model,
    relate::{
        Kind, Target, relate,
        target::{N_FEATURES, Targets},
    },
    segment::{self, Unit},
    text::BlockKind,
    thread::{CommentIdx, Parent},
};
use std::{collections::HashSet, ops::Range};

/// A parent's units as candidates, and which of them are labeled as targets.
type Choice = Vec<([f64; N_FEATURES], bool)>;

/// Steps of gradient ascent; the weights change in the fourth digit no more.
const STEPS: usize = 3_000;

/// Length of a step.
const RATE: f64 = 0.5;

/// Pull of the weights to zero.
const PENALTY: f64 = 1e-4;

/// The weights that labeled threads give, with the roles that annotators gave.
#[must_use]
pub fn fit(threads: &[Labeled]) -> [f32; N_FEATURES] {
    let choices: Vec<Choice> = threads.iter().flat_map(choices).collect();
    let mut weights = [0.0; N_FEATURES];
    for _ in 0..STEPS {
        let mut slope = weights.map(|weight| -PENALTY * weight);
        for choice in &choices {
            add_slope(choice, &weights, 1.0 / choices.len() as f64, &mut slope);
        }
        for (weight, slope) in weights.iter_mut().zip(slope) {
            *weight += RATE * slope;
        }
    }
    weights.map(|weight| weight as f32)
}

/// Adds how the log-probability of a choice's targets changes with the weights, times `share`.
fn add_slope(
    choice: &Choice,
    weights: &[f64; N_FEATURES],
    share: f64,
    slope: &mut [f64; N_FEATURES],
) {
    let score = |features: &[f64; N_FEATURES]| -> f64 {
        features.iter().zip(weights).map(|(f, w)| f * w).sum()
    };
    let scores: Vec<f64> = choice.iter().map(|(features, _)| score(features)).collect();
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
    let total: f64 = odds.iter().sum();
    let right: f64 = odds
        .iter()
        .zip(choice)
        .filter(|(_, c)| c.1)
        .map(|(o, _)| o)
        .sum();
    for ((features, is_right), odds) in choice.iter().zip(odds) {
        let wanted = if *is_right { odds / right } else { 0.0 };
        let pull = share * (wanted - odds / total);
        for (slope, feature) in slope.iter_mut().zip(features) {
            *slope += pull * feature;
        }
    }
}

/// The choices of a thread: replies with labeled targets in a parent of two units or more.
fn choices(labeled: &Labeled) -> Vec<Choice> {
    let units = segment::units(&labeled.thread);
    let by_comment = CommentUnits::new(&units);
    let gold = gold(labeled, &units);
    let targets = Targets::new(&labeled.thread, &units, &gold);
    let mut choices = Vec::new();
    for (reply, parent, answered) in answers(labeled) {
        let own = own_words(&units, by_comment.range(reply));
        let candidates = targets.candidates(parent, own);
        let choice: Choice = candidates
            .iter()
            .enumerate()
            .map(|(at, features)| (features.map(f64::from), answered.contains(&at)))
            .collect();
        if choice.len() > 1 && choice.iter().any(|(_, is_right)| *is_right) {
            choices.push(choice);
        }
    }
    choices
}

/// A reply's units from its first own words on; quotations in between do no harm.
fn own_words(units: &[Unit], range: Range<usize>) -> Range<usize> {
    let first = range
        .clone()
        .find(|&unit| units[unit].block != BlockKind::Quote);
    first.unwrap_or(range.start)..range.end
}

/// Labeled replies to labeled comments, with the units of the parent that they answer.
fn answers(labeled: &Labeled) -> impl Iterator<Item = (CommentIdx, CommentIdx, &[usize])> {
    let first = labeled.comment(0);
    let all = labeled.answers.iter().enumerate();
    all.filter_map(move |(at, answered)| {
        let reply = labeled.comment(at);
        match labeled.thread.comment(reply).parent {
            Parent::Known(parent) if parent >= first && !answered.is_empty() => {
                Some((reply, parent, answered.as_slice()))
            }
            _ => None,
        }
    })
}

/// The labels that annotators gave to the units of labeled comments.
fn gold(labeled: &Labeled, units: &[Unit]) -> ThreadLabels {
    let mut labels = vec![UnitLabels::unjudged(); units.len()];
    let by_comment = CommentUnits::new(units);
    for (at, example) in labeled.examples.iter().enumerate() {
        let range = by_comment.range(labeled.comment(at));
        for (unit, targets) in range.zip(&example.unit_targets) {
            let holds = |name: &str| targets[output(name)] == 1;
            let role = Role::ALL.iter().find(|role| holds(role.as_str()));
            labels[unit].role = role.copied().unwrap_or(Role::None);
            let attacks = holds(Attack::AdHominem.as_str());
            labels[unit].attack = attacks.then_some(Attack::AdHominem);
        }
    }
    ThreadLabels {
        units: labels,
        comments: Vec::<CommentLabels>::new(),
        links: Vec::new(),
    }
}

/// How often the surest relation of a reply to its parent names a labeled target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct HitRate {
    /// Replies with labeled targets.
    pub replies: usize,
    /// Those whose surest relation names one of them.
    pub hits: usize,
    /// Those where the parent's last unit is one of them: the baseline.
    pub last: usize,
    /// Units of parents that relations of these replies name, each once for a reply.
    pub named: usize,
    /// Those of them that are labeled targets.
    pub right: usize,
    /// Labeled targets.
    pub labeled: usize,
}

/// Measures the relations that `model` leads to.
#[must_use]
pub fn hit_rate(threads: &[Labeled], model: &dyn Model) -> HitRate {
    let mut rate = HitRate::default();
    for labeled in threads {
        let units = segment::units(&labeled.thread);
        let labels = label_thread(&labeled.thread, &units, model, false);
        let relations = relate(&labeled.thread, &units, &labels);
        let by_comment = CommentUnits::new(&units);
        for (reply, parent, answered) in answers(labeled) {
            let range = by_comment.range(parent);
            let named: Vec<(f32, usize)> = relations
                .iter()
                .filter(|relation| units[relation.from].comment == reply)
                .filter(|relation| relation.kind != Kind::Rephrase)
                .filter_map(|relation| match relation.to {
                    Target::Unit(unit) if range.contains(&unit) => {
                        Some((relation.score, unit - range.start))
                    }
                    _ => None,
                })
                .collect();
            let surest = named.iter().max_by(|a, b| a.0.total_cmp(&b.0));
            let distinct: HashSet<usize> = named.iter().map(|(_, unit)| *unit).collect();
            rate.replies += 1;
            rate.hits += usize::from(surest.is_some_and(|(_, unit)| answered.contains(unit)));
            rate.last += usize::from(answered.contains(&(range.len().saturating_sub(1))));
            rate.named += distinct.len();
            rate.right += distinct
                .iter()
                .filter(|unit| answered.contains(unit))
                .count();
            rate.labeled += answered.len();
        }
    }
    rate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        relate::target::WEIGHTS,
        train::{
            collect,
            split::{Side, side},
        },
    };
    use std::path::Path;

    #[test]
    fn the_weights_in_use_are_those_that_training_gives() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/datasets");
        if !folder.is_dir() {
            eprintln!("SKIPPED: no labeled data at ../shared/datasets");
            return;
        }
        let mut threads = collect::threads(&folder).unwrap();
        threads.retain(|thread| side(&thread.group) == Side::Train);
        for (fitted, used) in fit(&threads).into_iter().zip(WEIGHTS) {
            assert!((fitted - used).abs() < 0.02, "{fitted} is not {used}");
        }
    }

    #[test]
    fn a_feature_that_tells_targets_gets_the_weight() {
        let candidate = |feature: f64| {
            let mut features = [0.0; N_FEATURES];
            features[3] = feature;
            features
        };
        let choice: Choice = vec![(candidate(1.0), true), (candidate(0.0), false)];
        let mut slope = [0.0; N_FEATURES];
        add_slope(&choice, &[0.0; N_FEATURES], 1.0, &mut slope);
        assert!((slope[3] - 0.5).abs() < 1e-12);
        assert_eq!(slope[0], 0.0);
    }
}
