//! The labels as types, for code that asks about one of them.

use super::{LABEL_SETS, explain::Explanation};
use crate::registry::names;

names! {
    /// What a unit does in the argument.
    pub enum Role {
        /// Asserts something that a reader could dispute.
        Claim = "claim",
        /// Is a reason, evidence, example or explanation.
        Premise = "premise",
        /// Asks for information.
        Question = "question",
        /// Repeats somebody else's words.
        Quote = "quote",
        /// Takes no part in the argument.
        None = "none",
    }

    /// What a unit rests on.
    pub enum Basis {
        /// How technology works or fails.
        Technical = "technical",
        /// A source.
        Evidence = "evidence",
        /// The author's own experience.
        Experience = "experience",
        /// A hedged guess.
        Speculation = "speculation",
        /// What should be, or what is good or bad.
        Normative = "normative",
    }

    /// Whom a unit attacks in place of an argument.
    pub enum Attack {
        /// A participant, or the people who hold the opposing view.
        AdHominem = "ad_hominem",
        /// People, companies or groups that do not take part.
        Incivility = "incivility",
    }

    /// How a reply stands to what it answers.
    pub enum Stance {
        /// Endorses or extends it.
        Agree = "agree",
        /// Rejects, corrects, rebuts or mocks it.
        Disagree = "disagree",
        /// Takes no side.
        Neutral = "neutral",
    }
}

/// Labels with their probabilities, in the order of the label sets; a label that the model does not
/// offer is missing.
pub type Scores = Vec<(&'static str, f32)>;

/// The probability of the label `name`; 0 where the model does not offer it.
#[must_use]
pub fn probability(scores: &Scores, name: &str) -> f32 {
    let found = scores.iter().find(|(label, _)| *label == name);
    found.map_or(0.0, |(_, probability)| *probability)
}

/// What is said of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitLabels {
    /// The most probable role.
    pub role: Role,
    /// Every basis that reaches its threshold, in the order of [`Basis::ALL`].
    pub basis: Vec<Basis>,
    /// The most probable attack that reaches its threshold.
    pub attack: Option<Attack>,
    /// Whether sarcasm reaches its threshold.
    pub sarcasm: bool,
    /// The probabilities.
    pub scores: Scores,
    /// The words that moved the asserted labels, where that was asked for.
    pub explanation: Explanation,
}

impl UnitLabels {
    /// A unit of which nothing is known.
    #[must_use]
    pub const fn unjudged() -> Self {
        Self {
            role: Role::None,
            basis: Vec::new(),
            attack: None,
            sarcasm: false,
            scores: Vec::new(),
            explanation: Vec::new(),
        }
    }

    /// Whether it attacks a person of the discussion in place of the argument.
    #[must_use]
    pub fn attacks_person(&self) -> bool {
        self.attack == Some(Attack::AdHominem)
    }

    /// Makes it certain which labels of the set `set` hold.
    pub fn settle(&mut self, set: &str, asserted: &[&str]) {
        settle(&mut self.scores, &mut self.explanation, set, asserted);
    }

    /// The names of the labels that hold.
    pub fn asserted(&self) -> impl Iterator<Item = &'static str> + use<> {
        let basis: Vec<_> = self.basis.iter().map(|basis| basis.as_str()).collect();
        let attack = self.attack.map(Attack::as_str);
        let sarcasm = self.sarcasm.then_some("sarcasm");
        let role = std::iter::once(self.role.as_str());
        role.chain(basis).chain(attack).chain(sarcasm)
    }
}

/// Gives the labels of a set that hold the probability 1, and its others 0; words do not explain that.
fn settle(scores: &mut Scores, explanation: &mut Explanation, set: &str, asserted: &[&str]) {
    let known = std::mem::take(scores);
    for known_set in LABEL_SETS {
        for label in known_set.labels {
            let probability = if known_set.id == set {
                Some(f32::from(u8::from(asserted.contains(&label.id))))
            } else {
                let of_label = known.iter().find(|(name, _)| *name == label.id);
                of_label.map(|(_, probability)| *probability)
            };
            scores.extend(probability.map(|probability| (label.id, probability)));
        }
        if known_set.id == set {
            explanation.retain(|(name, _)| known_set.labels.iter().all(|label| label.id != *name));
        }
    }
}

/// What is said of one comment.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentLabels {
    /// The most probable stance; `None` only for a top-level comment, which answers nobody.
    pub stance: Option<Stance>,
    /// The probabilities of the stances; empty for a top-level comment.
    pub scores: Scores,
    /// The largest probability of `technical` over the comment's units.
    pub technical: f32,
    /// The largest probability of `ad_hominem` over the comment's units.
    pub ad_hominem: f32,
    /// The largest probability of `incivility` over the comment's units.
    pub incivility: f32,
    /// The language, as a BCP 47 tag, where the text is long enough to tell.
    pub language: Option<&'static str>,
    /// The words that moved the stance, where that was asked for.
    pub explanation: Explanation,
}

impl CommentLabels {
    /// Makes it certain which labels of the set `set` hold.
    pub fn settle(&mut self, set: &str, asserted: &[&str]) {
        settle(&mut self.scores, &mut self.explanation, set, asserted);
    }

    /// Takes the largest probabilities of its `units`.
    pub fn take_largest(&mut self, units: &[UnitLabels]) {
        let largest = |label: &str| {
            let of_units = units.iter().map(|unit| probability(&unit.scores, label));
            of_units.fold(0.0, f32::max)
        };
        self.technical = largest(Basis::Technical.as_str());
        self.ad_hominem = largest(Attack::AdHominem.as_str());
        self.incivility = largest(Attack::Incivility.as_str());
    }
}
