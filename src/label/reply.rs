//! Labels one comment with what it answers: the one place where a model is asked.

use super::{CommentLabels, Role, Stance, UnitLabels, decode};
use crate::{
    model::{Model, Reply, ReplyUnit},
    segment,
    span::Span,
    text::{language, plain},
};

/// Labels a comment. One in a language that the model does not know gets no judgement: units of role
/// `none`, stance `neutral`, and no scores.
pub(super) fn label_reply(
    reply: &Reply<'_>,
    model: &dyn Model,
) -> (Vec<UnitLabels>, CommentLabels) {
    let language = language::detect(reply.text);
    let info = model.info();
    if language.is_some_and(|tag| !info.languages.iter().any(|known| known == tag)) {
        return unjudged(reply, language);
    }
    let (units, comment) = decode(&model.predict(reply), info, reply.is_reply);
    (
        units,
        CommentLabels {
            language,
            ..comment
        },
    )
}

fn unjudged(reply: &Reply<'_>, language: Option<&'static str>) -> (Vec<UnitLabels>, CommentLabels) {
    let unit = UnitLabels {
        role: Role::None,
        basis: Vec::new(),
        attack: None,
        sarcasm: false,
        scores: Vec::new(),
    };
    let comment = CommentLabels {
        stance: reply.is_reply.then_some(Stance::Neutral),
        scores: Vec::new(),
        technical: 0.0,
        ad_hominem: 0.0,
        incivility: 0.0,
        language,
    };
    (vec![unit; reply.units.len()], comment)
}

/// Labels a text that stands in no thread; `answered` is the text that it answers, empty where that
/// is not known, `None` where it answers nothing.
#[must_use]
pub fn label_text(
    text: &str,
    answered: Option<&str>,
    model: &dyn Model,
) -> (Vec<Span>, Vec<UnitLabels>, CommentLabels) {
    let own = segment::spans(&plain::body(text));
    let units: Vec<ReplyUnit> = own
        .iter()
        .map(|&(span, block)| ReplyUnit::new(span, block))
        .collect();
    let known = answered.filter(|text| !text.is_empty());
    let answered_units = known.map(|text| segment::spans(&plain::body(text)));
    let answered_units: Vec<Span> = answered_units
        .unwrap_or_default()
        .into_iter()
        .map(|(span, _)| span)
        .collect();
    let reply = Reply {
        text,
        title: None,
        units: &units,
        answered: known,
        answered_units: &answered_units,
        is_reply: answered.is_some(),
    };
    let (labels, comment) = label_reply(&reply, model);
    (
        own.into_iter().map(|(span, _)| span).collect(),
        labels,
        comment,
    )
}
