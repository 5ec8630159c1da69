//! What a model or a baseline says of one unit or comment, in the order of the training outputs.

use super::whole::{self, WHOLE};
use crate::{
    label::{Choice, LABEL_SETS, LabelSet, Level, Stance, UnitLabels, decode},
    model::{Model, fast::LANES},
    train::{
        data::Example,
        targets::{Targets, output},
    },
};

/// Probabilities and decisions, one per output.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Verdict {
    /// How probable each label is.
    pub probabilities: [f32; LANES],
    /// Which labels are asserted.
    pub asserted: [bool; LANES],
}

/// Verdicts on the units of all examples, and on the examples.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    /// One per unit, in the order of the examples.
    pub units: Vec<Verdict>,
    /// One per example.
    pub comments: Vec<Verdict>,
}

impl Verdicts {
    /// Those of a level.
    #[must_use]
    pub fn of(&self, level: Level) -> &[Verdict] {
        match level {
            Level::Unit => &self.units,
            Level::Comment => &self.comments,
        }
    }

    /// The same among the labels that are offered: see [`Verdict::among`].
    #[must_use]
    pub fn offered(mut self, examples: &[Example]) -> Self {
        let targets = examples.iter().flat_map(|example| &example.unit_targets);
        for (verdict, targets) in self.units.iter_mut().zip(targets) {
            *verdict = verdict.among(Level::Unit, targets);
        }
        for (verdict, example) in self.comments.iter_mut().zip(examples) {
            *verdict = verdict.among(Level::Comment, &example.targets);
        }
        self
    }
}

impl Verdict {
    /// The decision where annotators chose from a part of a set of which exactly one label holds: the most
    /// probable label among those that `targets` know. Probabilities are shares of what those have.
    #[must_use]
    pub fn among(mut self, level: Level, targets: &Targets) -> Self {
        for (first, set) in sets_of(level).filter(|(_, set)| set.choice == Choice::One) {
            let outputs = first..first + set.labels.len();
            let (offered, others): (Vec<_>, Vec<_>) =
                outputs.partition(|&output| targets[output] != 0);
            if offered.is_empty() || others.is_empty() {
                continue;
            }
            for output in others {
                self.probabilities[output] = 0.0;
                self.asserted[output] = false;
            }
            let sum: f32 = offered.iter().map(|&at| self.probabilities[at]).sum();
            let best = most_probable(offered.iter().copied(), &self.probabilities);
            for output in offered {
                self.probabilities[output] /= sum.max(f32::MIN_POSITIVE);
                self.asserted[output] = best == Some(output);
            }
        }
        self
    }
}

/// What `model` says, decoded as for any user.
#[must_use]
pub fn of_model(model: &dyn Model, examples: &[Example]) -> Verdicts {
    let replies: Vec<_> = examples.iter().map(Example::reply).collect();
    let mut verdicts = Verdicts::default();
    for (prediction, reply) in model.predict(&replies).iter().zip(&replies) {
        let (units, comment) = decode(prediction, model.info(), reply.is_reply);
        let stance = comment.stance.map(Stance::as_str);
        let mut comment = verdict(&comment.scores, stance);
        let units: Vec<_> = units.iter().map(of_unit).collect();
        whole::sum_up(&units, &mut comment);
        verdicts.units.extend(units);
        verdicts.comments.push(comment);
    }
    verdicts
}

fn of_unit(unit: &UnitLabels) -> Verdict {
    verdict(&unit.scores, unit.asserted())
}

fn verdict<'a>(
    scores: &[(&'static str, f32)],
    asserted: impl IntoIterator<Item = &'a str>,
) -> Verdict {
    let mut verdict = Verdict::default();
    for (label, probability) in scores {
        verdict.probabilities[output(label)] = *probability;
    }
    for label in asserted {
        verdict.asserted[output(label)] = true;
    }
    verdict
}

/// Decides by the sets' rules on probabilities that come without a model's heads.
#[must_use]
pub fn decide(level: Level, probabilities: [f32; LANES], thresholds: &[f32; LANES]) -> Verdict {
    let mut asserted = [false; LANES];
    for (first, set) in sets_of(level) {
        decide_set(first, set, &probabilities, thresholds, &mut asserted);
    }
    Verdict {
        probabilities,
        asserted,
    }
}

fn decide_set(
    first: usize,
    set: &LabelSet,
    probabilities: &[f32; LANES],
    thresholds: &[f32; LANES],
    asserted: &mut [bool; LANES],
) {
    let outputs = first..first + set.labels.len();
    let reaches = |&output: &usize| probabilities[output] >= thresholds[output];
    if set.choice == Choice::Any {
        outputs
            .filter(reaches)
            .for_each(|output| asserted[output] = true);
        return;
    }
    let open = outputs.filter(|output| set.choice == Choice::One || reaches(output));
    if let Some(output) = most_probable(open, probabilities) {
        asserted[output] = true;
    }
}

fn most_probable(
    outputs: impl Iterator<Item = usize>,
    probabilities: &[f32; LANES],
) -> Option<usize> {
    outputs.max_by(|&left, &right| probabilities[left].total_cmp(&probabilities[right]))
}

/// The label sets and [`WHOLE`], each with the output of its first label.
pub fn all_sets() -> impl Iterator<Item = (usize, &'static LabelSet)> {
    let own = LABEL_SETS
        .iter()
        .map(|set| (output(set.labels[0].id), *set));
    own.chain(std::iter::once((whole::first_output(), &WHOLE)))
}

/// Those of a level.
pub fn sets_of(level: Level) -> impl Iterator<Item = (usize, &'static LabelSet)> {
    all_sets().filter(move |(_, set)| set.level == level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decision_falls_among_what_is_offered() {
        let mut verdict = Verdict::default();
        let (agree, disagree, neutral) = (output("agree"), output("disagree"), output("neutral"));
        verdict.probabilities[agree] = 0.1;
        verdict.probabilities[disagree] = 0.3;
        verdict.probabilities[neutral] = 0.6;
        verdict.asserted[neutral] = true;
        let mut targets = [0; LANES];
        assert_eq!(verdict.among(Level::Comment, &targets), verdict);
        targets[agree] = 1;
        targets[disagree] = -1;
        let among = verdict.among(Level::Comment, &targets);
        assert!(among.asserted[disagree] && !among.asserted[neutral]);
        assert!((among.probabilities[agree] - 0.25).abs() < 1e-6);
        targets[neutral] = -1;
        assert_eq!(verdict.among(Level::Comment, &targets), verdict);
    }

    #[test]
    fn outputs_of_a_level_do_not_overlap() {
        for level in [Level::Unit, Level::Comment] {
            let outputs = sets_of(level).flat_map(|(first, set)| first..first + set.labels.len());
            let outputs: Vec<_> = outputs.collect();
            assert!(outputs.windows(2).all(|pair| pair[0] + 1 == pair[1]));
            assert!(*outputs.last().unwrap() < LANES);
        }
    }
}
