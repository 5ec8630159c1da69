//! What a model or a baseline says of one unit or comment, in the order of the training outputs.

use crate::{
    label::{Choice, LABEL_SETS, LabelSet, Level, Stance, UnitLabels, decode},
    model::{Model, fast::LANES},
    train::{
        data::Example,
        targets::{output, sets},
    },
};

/// Probabilities and decisions, one per output.
#[derive(Debug, Clone, Copy, PartialEq)]
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
}

/// What `model` says, decoded as for any user.
#[must_use]
pub fn of_model(model: &dyn Model, examples: &[Example]) -> Verdicts {
    let replies: Vec<_> = examples.iter().map(Example::reply).collect();
    let mut verdicts = Verdicts::default();
    for (prediction, reply) in model.predict(&replies).iter().zip(&replies) {
        let (units, comment) = decode(prediction, model.info(), reply.is_reply);
        let stance = comment.stance.map(Stance::as_str);
        verdicts.units.extend(units.iter().map(of_unit));
        verdicts.comments.push(verdict(&comment.scores, stance));
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
    let mut verdict = Verdict {
        probabilities: [0.0; LANES],
        asserted: [false; LANES],
    };
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
    for (first, set) in sets(level) {
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
    let best = open.max_by(|&left, &right| probabilities[left].total_cmp(&probabilities[right]));
    if let Some(output) = best {
        asserted[output] = true;
    }
}

/// The label sets, each with its level's first output.
pub fn all_sets() -> impl Iterator<Item = (Level, usize, &'static LabelSet)> {
    let first = |set: &LabelSet| output(set.labels[0].id);
    LABEL_SETS
        .iter()
        .map(move |set| (set.level, first(set), *set))
}
