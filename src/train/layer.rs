//! The second layer of one level: its combiners, and the thresholds of its labels.

use super::{
    measure::best_threshold,
    samples::Samples,
    settings::Settings,
    softmax,
    targets::{Targets, sets},
};
use crate::{
    label::{self, LabelSet, Level},
    model::fast::{Choice, Combiner, Decision, HeadLine, LANES},
};
use rayon::prelude::*;

/// The combiners of one level with their heads.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) decisions: Vec<Decision>,
    pub(super) heads: Vec<HeadLine>,
}

impl Layer {
    /// Fits the combiners on `inputs`, the cross-fitted scores of `samples`, and the thresholds on
    /// probabilities of combiners that have not seen the sample's fold either.
    pub(super) fn fit(
        level: Level,
        inputs: &[Vec<f32>],
        samples: &Samples,
        folds: &[usize],
        settings: &Settings,
    ) -> Self {
        let learner = Learner {
            inputs,
            samples,
            settings,
        };
        let parts = 0..folds.iter().max().map_or(0, |last| last + 1);
        let mut jobs: Vec<Vec<usize>> = parts
            .map(|part| (0..inputs.len()).filter(|&at| folds[at] != part).collect())
            .collect();
        jobs.push((0..inputs.len()).collect());
        let jobs = jobs.par_iter();
        let mut fitted: Vec<_> = jobs.map(|kept| learner.decisions(level, kept)).collect();
        let decisions = fitted.pop().unwrap_or_default();
        let probabilities: Vec<_> = inputs
            .iter()
            .zip(folds)
            .map(|(inputs, &fold)| judge(&fitted[fold], inputs))
            .collect();
        let heads = sets(level).map(|(first, set)| head(first, set, &probabilities, samples));
        Self {
            heads: heads.collect(),
            decisions,
        }
    }
}

fn judge(decisions: &[Decision], inputs: &[f32]) -> Vec<f32> {
    let mut out = Vec::with_capacity(LANES);
    for decision in decisions {
        decision.probabilities(inputs, &mut out);
    }
    out
}

/// What all combiners of a level are fitted from.
struct Learner<'a> {
    inputs: &'a [Vec<f32>],
    samples: &'a Samples,
    settings: &'a Settings,
}

impl Learner<'_> {
    fn decisions(&self, level: Level, kept: &[usize]) -> Vec<Decision> {
        sets(level)
            .map(|(first, set)| self.decision(first, set, kept))
            .collect()
    }

    fn decision(&self, first: usize, set: &LabelSet, kept: &[usize]) -> Decision {
        let outputs: Vec<_> = (first..first + set.labels.len()).collect();
        let choice = choice(set);
        let combiners = match choice {
            Choice::One => vec![self.combiner(&outputs, outputs.len(), kept, self.settings.lift)],
            Choice::AtMostOne => vec![self.combiner(&outputs, outputs.len() + 1, kept, 0.0)],
            Choice::Any => {
                let outputs = outputs.iter();
                outputs
                    .map(|&output| self.combiner(&[output], 2, kept, 0.0))
                    .collect()
            }
        };
        Decision::new(choice, combiners)
    }

    fn combiner(&self, outputs: &[usize], classes: usize, kept: &[usize], lift: f64) -> Combiner {
        let known = kept
            .iter()
            .filter(|&&at| self.samples.list[at].targets[outputs[0]] != 0);
        let cases: Vec<_> = known
            .map(|&at| {
                let class = class(&self.samples.list[at].targets, outputs);
                (self.inputs[at].as_slice(), class)
            })
            .collect();
        // One more of each class, so that a class without a case has no infinite weight.
        let mut counts = vec![1.0; classes];
        cases.iter().for_each(|(_, class)| counts[*class] += 1.0);
        let weight = |count: &f64| (cases.len() as f64 / count).powf(lift);
        let weights: Vec<_> = counts.iter().map(weight).collect();
        let inputs = self.inputs.first().map_or(0, Vec::len);
        softmax::fit(inputs, &cases, &weights, self.settings.penalty)
    }
}

fn choice(set: &LabelSet) -> Choice {
    match set.choice {
        label::Choice::One => Choice::One,
        label::Choice::Any => Choice::Any,
        label::Choice::AtMostOne => Choice::AtMostOne,
    }
}

/// The first of `outputs` that holds; behind them, that none does.
fn class(targets: &Targets, outputs: &[usize]) -> usize {
    let held = outputs.iter().position(|&output| targets[output] == 1);
    held.unwrap_or(outputs.len())
}

fn head(first: usize, set: &LabelSet, probabilities: &[Vec<f32>], samples: &Samples) -> HeadLine {
    let threshold = |output: usize| {
        let judged = probabilities.iter().zip(&samples.list);
        let known = judged.filter(|(_, sample)| sample.targets[output] != 0);
        let judged = known.map(|(row, sample)| (row[output], sample.targets[output] == 1));
        best_threshold(&judged.collect::<Vec<_>>()).0
    };
    let outputs = first..first + set.labels.len();
    HeadLine {
        set: set.id.to_owned(),
        choice: choice(set),
        labels: set.labels.iter().map(|label| label.id.to_owned()).collect(),
        thresholds: outputs.map(threshold).collect(),
    }
}
