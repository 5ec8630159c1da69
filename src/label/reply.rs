//! Labels comments with what they answer: the one place where a model is asked.

use super::{CommentLabels, Stance, UnitLabels, decode, explain::explain};
use crate::{
    model::{Links, Model, Reply, ReplyUnit},
    segment,
    span::Span,
    text::{language, plain},
};
use rayon::prelude::*;

/// What is said of a comment.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplyLabels {
    /// Per unit.
    pub units: Vec<UnitLabels>,
    /// Of the comment as a whole.
    pub comment: CommentLabels,
    /// Which units of the answered text the units answer, as far as the model tells.
    pub links: Links,
}

/// Labels comments. One in a language that the model does not know gets no judgement: units of role
/// `none`, stance `neutral`, and no scores. With `explained` the words are found that moved the labels.
pub(super) fn label_replies(
    replies: &[Reply<'_>],
    model: &dyn Model,
    explained: bool,
) -> Vec<ReplyLabels> {
    let info = model.info();
    let languages: Vec<_> = replies
        .par_iter()
        .map(|reply| language::detect(reply.text))
        .collect();
    let both = replies.iter().zip(&languages);
    let judged: Vec<Reply<'_>> = both
        .filter(|(_, language)| info.knows(**language))
        .map(|(reply, _)| *reply)
        .collect();
    let mut predictions = model.predict(&judged).into_iter();
    let label = |(reply, language): (&Reply<'_>, Option<&'static str>)| {
        let prediction = info.knows(language).then(|| predictions.next()).flatten();
        let Some(prediction) = prediction else {
            return unjudged(reply, language);
        };
        let (units, comment) = decode(&prediction, info, reply.is_reply);
        ReplyLabels {
            units,
            comment: CommentLabels {
                language,
                ..comment
            },
            links: prediction.links,
        }
    };
    let mut labels: Vec<_> = replies.iter().zip(languages).map(label).collect();
    if explained {
        for (reply, said) in replies.iter().zip(&mut labels) {
            explain(reply, &mut said.units, &mut said.comment, model);
        }
    }
    labels
}

fn unjudged(reply: &Reply<'_>, language: Option<&'static str>) -> ReplyLabels {
    ReplyLabels {
        units: vec![UnitLabels::unjudged(); reply.units.len()],
        comment: CommentLabels {
            stance: reply.is_reply.then_some(Stance::Neutral),
            scores: Vec::new(),
            technical: 0.0,
            ad_hominem: 0.0,
            incivility: 0.0,
            language,
            explanation: Vec::new(),
        },
        links: Links::default(),
    }
}

/// A text that stands in no thread, cut into units.
#[derive(Debug)]
pub struct LooseText {
    text: String,
    answered: Option<String>,
    units: Vec<ReplyUnit>,
    answered_units: Vec<Span>,
}

impl LooseText {
    /// Cuts `text`; `answered` is the text that it answers, empty where that is not known, `None` where it
    /// answers nothing.
    #[must_use]
    pub fn new(text: String, answered: Option<String>) -> Self {
        let units = segment::spans(&plain::body(&text)).into_iter();
        let answered_units = segment::spans(&plain::body(answered.as_deref().unwrap_or_default()));
        Self {
            units: units
                .map(|(span, block)| ReplyUnit::new(span, block))
                .collect(),
            answered_units: answered_units.into_iter().map(|(span, _)| span).collect(),
            text,
            answered,
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where its units stand.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.units.iter().map(|unit| unit.span)
    }

    /// The text as a model reads it.
    #[must_use]
    pub fn reply(&self) -> Reply<'_> {
        Reply {
            text: &self.text,
            title: None,
            units: &self.units,
            answered: self.answered.as_deref().filter(|text| !text.is_empty()),
            answered_units: &self.answered_units,
            is_reply: self.answered.is_some(),
        }
    }
}

/// Labels texts that stand in no thread; with `explained` the words are found that moved the labels.
#[must_use]
pub fn label_texts(texts: &[LooseText], model: &dyn Model, explained: bool) -> Vec<ReplyLabels> {
    let replies: Vec<_> = texts.iter().map(LooseText::reply).collect();
    label_replies(&replies, model, explained)
}
