//! `fast`: linear models over hashed n-grams of words and letters, for dumps of millions of comments.
//!
//! Two layers. A `Table` scores every unit, and every comment, from its `Features`; `Combiner`s turn
//! the scores of a unit, its neighbors and its comment into probabilities. Training uses the same
//! extraction, so the two cannot drift apart.

mod artifact;
mod bytes;
mod combine;
mod comment;
mod features;
mod hash;
mod ngrams;
mod shape;
mod table;
mod token;
mod unit;
mod view;

pub(crate) use artifact::{Choice, HeadLine, Manifest, Parts};
pub(crate) use combine::{COMMENT_INPUTS, Combiner, Scores, UNIT_INPUTS};
pub(crate) use features::Features;
pub(crate) use table::{LANES, Row, Table};

use super::{Links, Model, ModelInfo, Prediction, Reply};
use comment::CommentSalts;
use rayon::prelude::*;
use unit::UnitSalts;
use view::View;

/// What a set of features describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A unit.
    Unit,
    /// The whole comment.
    Comment,
}

/// Reads the features of replies.
#[derive(Debug, Default)]
pub(crate) struct Extractor {
    unit: UnitSalts,
    comment: CommentSalts,
}

impl Extractor {
    /// Shows `see` the features of every unit in order, and then those of the comment.
    pub(crate) fn visit(&self, reply: &Reply<'_>, mut see: impl FnMut(Part, &Features)) {
        let view = View::new(reply);
        let mut features = Features::default();
        for at in 0..reply.units.len() {
            unit::extract(&mut features, &self.unit, &view, at);
            see(Part::Unit, &features);
        }
        comment::extract(&mut features, &self.comment, &view);
        see(Part::Comment, &features);
    }
}

/// A decision: how many labels hold, and what gives their probabilities.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decision {
    choice: Choice,
    /// One for all labels, or with [`Choice::Any`] one for each.
    combiners: Vec<Combiner>,
}

impl Decision {
    /// A decision among labels of which `choice` hold.
    pub(crate) const fn new(choice: Choice, combiners: Vec<Combiner>) -> Self {
        Self { choice, combiners }
    }

    /// Appends the probability of each label.
    pub(crate) fn probabilities(&self, inputs: &[f32], out: &mut Vec<f32>) {
        for combiner in &self.combiners {
            combiner.probabilities(inputs, out);
            // What is left is the probability that no label holds.
            if self.choice != Choice::One {
                out.pop();
            }
        }
    }
}

/// The `fast` model.
#[derive(Debug)]
pub struct Fast {
    info: ModelInfo,
    extractor: Extractor,
    parts: Parts,
}

impl Fast {
    fn scores(&self, reply: &Reply<'_>) -> Scores {
        let mut scores = Scores {
            units: Vec::with_capacity(reply.units.len()),
            comment: [0.0; LANES],
        };
        self.extractor.visit(reply, |part, features| match part {
            Part::Unit => scores.units.push(self.parts.unit_table.score(features)),
            Part::Comment => scores.comment = self.parts.comment_table.score(features),
        });
        scores
    }
}

impl Model for Fast {
    fn info(&self) -> &ModelInfo {
        &self.info
    }

    fn predict(&self, replies: &[Reply<'_>]) -> Vec<Prediction> {
        replies.par_iter().map(|reply| self.judge(reply)).collect()
    }
}

impl Fast {
    fn judge(&self, reply: &Reply<'_>) -> Prediction {
        let scores = self.scores(reply);
        let decide = |decisions: &[Decision], inputs: &[f32]| {
            let mut out = Vec::with_capacity(LANES);
            for decision in decisions {
                decision.probabilities(inputs, &mut out);
            }
            out
        };
        let mean = scores.mean();
        let units = 0..reply.units.len();
        Prediction {
            units: units
                .map(|at| decide(&self.parts.unit_decisions, &scores.unit_inputs(at, &mean)))
                .collect(),
            comment: decide(&self.parts.comment_decisions, &scores.comment_inputs()),
            links: Links::default(),
        }
    }
}
