//! The JSON of entities, of stances to actors, and of the lexicons that found them.

use super::Names;
use crate::{
    entity::{self, ActorStance, Entity},
    text::BlockKind,
    thread::wire::{SpanObject, span_object},
};
use serde::Serialize;

/// A mention of an entity.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct EntityObject<'a> {
    pub kind: &'static str,
    pub id: &'a str,
    pub name: &'a str,
    pub text: &'a str,
    pub comment: &'a str,
    pub unit: Option<String>,
    #[serde(flatten)]
    pub span: SpanObject,
    pub block: &'static str,
    pub quoted: bool,
}

/// Where an author stands to an actor.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ActorStanceObject<'a> {
    pub author: Option<&'a str>,
    pub comment: &'a str,
    pub unit: Option<String>,
    pub entity: &'a str,
    pub stance: &'static str,
    pub cue: SpanObject,
}

/// A lexicon that is built in.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct LexiconObject {
    pub id: &'static str,
    pub version: &'static str,
    pub sha256: &'static str,
}

pub(super) fn entities<'a>(names: &Names<'a>) -> Vec<EntityObject<'a>> {
    let analysis = names.analysis;
    let object = |entity: &'a Entity| EntityObject {
        kind: entity.kind.as_str(),
        id: &entity.id,
        name: &entity.name,
        text: entity
            .span
            .slice(&analysis.thread.comment(entity.comment).body.text),
        comment: names.comment(entity.comment),
        unit: entity.unit.map(|unit| names.unit(unit)),
        span: span_object(names.points(entity.comment), entity.span),
        block: entity.block.as_str(),
        quoted: entity.block == BlockKind::Quote,
    };
    analysis.entities.iter().map(object).collect()
}

pub(super) fn actor_stances<'a>(names: &Names<'a>) -> Vec<ActorStanceObject<'a>> {
    let analysis = names.analysis;
    let object = |stance: &'a ActorStance| {
        let entity = &analysis.entities[stance.entity];
        ActorStanceObject {
            author: names.author(stance.comment),
            comment: names.comment(stance.comment),
            unit: entity.unit.map(|unit| names.unit(unit)),
            entity: &entity.id,
            stance: stance.attitude.as_str(),
            cue: span_object(names.points(stance.comment), stance.cue),
        }
    };
    analysis.actor_stances.iter().map(object).collect()
}

pub(super) fn lexicons() -> Vec<LexiconObject> {
    let all = entity::lexicons().iter();
    let object = |info: &'static entity::LexiconInfo| LexiconObject {
        id: info.id,
        version: info.version,
        sha256: &info.sha256,
    };
    all.map(object).collect()
}
