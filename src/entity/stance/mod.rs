//! Where authors stand to those whom they name: who is blamed, defended, praised.
//!
//! A stance needs a cue in the same sentence and on the right side of the name: "kudos to X", "X screwed
//! up", "X's fault", "X is great" (`data/lexicons/cues.tsv`). Only few words may stand between, so that most
//! of what authors think of X is missed, and what is found can be shown. Questions, conditions, quotations
//! and what others are said to think count as nobody's stance. English alone.

mod clause;
mod cues;
mod words;

use super::{Entity, context::Context};
use crate::{
    registry::names,
    span::Span,
    text::BlockKind,
    thread::{CommentIdx, Thread},
};

names! {
    /// How an author stands to an actor, in one sentence.
    pub enum Attitude {
        /// Speaks against it: finds it guilty, or bad.
        Blame = "blame",
        /// Takes it under protection.
        Defense = "defense",
        /// Speaks well of it.
        Praise = "praise",
    }
}

/// An author's stance to an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorStance {
    /// The comment whose author takes it.
    pub comment: CommentIdx,
    /// The entity, as its place in what [`super::entities`] gave.
    pub entity: usize,
    /// The stance.
    pub attitude: Attitude,
    /// The words that show it, in the comment's text.
    pub cue: Span,
}

/// The stances of the authors to the actors among `entities`, in the order of these.
#[must_use]
pub fn actor_stances(thread: &Thread, entities: &[Entity]) -> Vec<ActorStance> {
    let mut found = Vec::new();
    let mut first = 0;
    while let Some(entity) = entities.get(first) {
        let count = entities[first..].partition_point(|other| other.comment == entity.comment);
        let own = |at: &usize| {
            let entity = &entities[*at];
            entity.kind.is_actor() && matches!(entity.block, BlockKind::Paragraph | BlockKind::List)
        };
        let actors: Vec<usize> = (first..first + count).filter(own).collect();
        if !actors.is_empty() {
            let context = Context::new(&thread.comment(entity.comment).body);
            let cues = cues::find(context.text());
            for at in actors {
                let span = entities[at].span;
                let stances = stances(&context, &cues, span);
                found.extend(stances.into_iter().map(|(attitude, cue)| ActorStance {
                    comment: entity.comment,
                    entity: at,
                    attitude,
                    cue,
                }));
            }
        }
        first += count;
    }
    found
}

/// Cues that are looked at for one name: those beside it.
const NEAR: usize = 6;

/// What the sentence says of the actor at `span`: each attitude once, with its first cue.
fn stances(context: &Context<'_>, cues: &[cues::Cue], span: Span) -> Vec<(Attitude, Span)> {
    let Some(sentence) = context.sentence(span.start()) else {
        return Vec::new();
    };
    let next = cues.partition_point(|cue| cue.span.start() < span.start());
    let near = next.saturating_sub(NEAR)..(next + NEAR).min(cues.len());
    let mut found: Vec<(Attitude, Span)> = Vec::new();
    for cue in &cues[near] {
        if !sentence.contains(cue.span) {
            continue;
        }
        let Some(attitude) = clause::attitude(context, sentence, span, cue) else {
            continue;
        };
        if found.iter().all(|(other, _)| *other != attitude) {
            found.push((attitude, cue.span));
        }
    }
    found
}

#[cfg(test)]
mod tests;
