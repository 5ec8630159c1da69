//! Prose about an extract: written by a language model elsewhere, kept as far as the extract supports it.
//!
//! A [`Brief`] numbers the units of a summary and says what is asked of the writer. Of the answer each
//! sentence must cite units and say what they say, or it is dropped: by its words (`check`), and by the model
//! that judges the thread, which must not take it to disagree with all that it cites (SummaC, Laban et al.
//! 2022, tests summaries by such a judgment too). `docs/summaries.md` tells how well that works.

mod answer;
mod brief;
mod check;
#[cfg(test)]
mod measured;
mod words;

pub use brief::{Brief, INSTRUCTIONS};

use crate::{
    label::{LooseText, Stance, label_texts, probability},
    model::Model,
};
use answer::{Draft, drafts};
use brief::Excerpt;

/// Probability of disagreement from which the model contradicts that a sentence tells what its units say.
const DISAGREES: f32 = 0.85;

/// Sentences of an answer that are looked at, and extracts that one may cite: what cites everything is
/// supported by anything.
const MOST_SENTENCES: usize = 100;
const MOST_CITED: usize = 6;

/// Prose about an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// The address that was asked.
    pub endpoint: String,
    /// The name of the model that wrote.
    pub model: String,
    /// The sentences that the extract supports, in the writer's order.
    pub sentences: Vec<Told>,
    /// The others, in the same order.
    pub dropped: Vec<Dropped>,
}

/// A sentence that its units support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The sentence, without the marks of its citations.
    pub text: String,
    /// The units that it cites, in its order.
    pub units: Vec<usize>,
}

/// A sentence that was dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The sentence, without the marks of its citations.
    pub text: String,
    /// The first thing that was wrong with it.
    pub reason: Reason,
}

/// Why a sentence was dropped, in the order of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It cites nothing.
    Uncited,
    /// It cites a number that the extract does not have.
    UnknownCitation,
    /// It cites too much, or too many sentences stand before it.
    Excess,
    /// It names somebody or something that what it cites does not name.
    WrongName,
    /// It names a number that what it cites does not hold.
    WrongNumber,
    /// Too few of its words stand in what it cites.
    Unsupported,
    /// It denies what it cites says, or says what that denies.
    Negated,
    /// The model takes it to disagree with what it cites.
    Contradicted,
}

impl Reason {
    /// Its name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uncited => "uncited",
            Self::UnknownCitation => "unknown_citation",
            Self::Excess => "excess",
            Self::WrongName => "wrong_name",
            Self::WrongNumber => "wrong_number",
            Self::Unsupported => "unsupported",
            Self::Negated => "negated",
            Self::Contradicted => "contradicted",
        }
    }
}

impl Brief<'_> {
    /// Keeps the sentences of `answer` that the extract supports, by their words and by what `judge` says.
    #[must_use]
    pub fn check(&self, answer: &str, judge: &dyn Model) -> (Vec<Told>, Vec<Dropped>) {
        let drafts = drafts(answer);
        let mut reasons: Vec<Option<Reason>> = drafts
            .iter()
            .enumerate()
            .map(|(at, draft)| match at < MOST_SENTENCES {
                true => self.objection(draft),
                false => Some(Reason::Excess),
            })
            .collect();
        let open = reasons.iter_mut().zip(&drafts);
        let open: Vec<_> = open.filter(|(reason, _)| reason.is_none()).collect();
        let asked: Vec<&Draft> = open.iter().map(|(_, draft)| *draft).collect();
        let judged = self.disagreement(&asked, judge);
        for ((reason, _), disagrees) in open.into_iter().zip(judged) {
            *reason = (disagrees >= DISAGREES).then_some(Reason::Contradicted);
        }
        let mut told = Vec::new();
        let mut dropped = Vec::new();
        for (draft, reason) in drafts.into_iter().zip(reasons) {
            let Draft { text, cited } = draft;
            match reason {
                Some(reason) => dropped.push(Dropped { text, reason }),
                None => told.push(Told {
                    text,
                    units: self.cited(&cited).map(|excerpt| excerpt.unit).collect(),
                }),
            }
        }
        (told, dropped)
    }

    /// How probable it is by `judge` that each sentence, read as a reply, disagrees with all that it cites.
    fn disagreement(&self, drafts: &[&Draft], judge: &dyn Model) -> Vec<f32> {
        let replies = drafts.iter().flat_map(|draft| {
            let cited = self.cited(&draft.cited);
            cited.map(|excerpt| LooseText::new(draft.text.clone(), Some(excerpt.text.to_owned())))
        });
        let replies: Vec<LooseText> = replies.collect();
        let mut judged = label_texts(&replies, judge, false).into_iter();
        let least = |draft: &&Draft| {
            let of_draft = judged.by_ref().take(draft.cited.len());
            let disagrees =
                of_draft.map(|said| probability(&said.comment.scores, Stance::Disagree.as_str()));
            disagrees.fold(1.0, f32::min)
        };
        drafts.iter().map(least).collect()
    }

    /// The extracts with these numbers, as far as there are any.
    fn cited(&self, numbers: &[usize]) -> impl Iterator<Item = &Excerpt<'_>> {
        numbers.iter().filter_map(|&number| self.excerpt(number))
    }
}
