//! People and what passes between them, in JSON.

use super::{Names, probability};
use crate::analysis::Analysis;
use serde::Serialize;

/// One author.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct PersonObject<'a> {
    pub name: &'a str,
    pub id: Option<&'a str>,
    pub anonymous: bool,
    /// Id of the first comment.
    pub first: &'a str,
    pub comments: usize,
    pub technical: usize,
    pub ad_hominem: usize,
    #[serde(serialize_with = "probability")]
    pub centrality: f32,
}

/// What one person says to another; both by their places among the people.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ExchangeObject {
    pub from: usize,
    pub to: usize,
    pub replies: usize,
    pub attacks: usize,
    pub supports: usize,
    pub on_person: usize,
    pub turns: usize,
}

pub(super) fn people<'a>(analysis: &'a Analysis, names: &Names<'a>) -> Vec<PersonObject<'a>> {
    let people = analysis.people.people.iter();
    let object = |person: &crate::argument::Person| {
        let author = analysis.thread.comment(person.first).author.as_ref();
        PersonObject {
            name: author.map_or("", |author| &author.name),
            id: author.and_then(|author| author.id.as_deref()),
            anonymous: author.is_some_and(|author| author.anonymous),
            first: names.comment(person.first),
            comments: person.comments,
            technical: person.technical,
            ad_hominem: person.ad_hominem,
            centrality: person.centrality,
        }
    };
    people.map(object).collect()
}

pub(super) fn exchanges(analysis: &Analysis) -> Vec<ExchangeObject> {
    let exchanges = analysis.people.exchanges.iter();
    exchanges
        .map(|exchange| ExchangeObject {
            from: exchange.from,
            to: exchange.to,
            replies: exchange.replies,
            attacks: exchange.attacks,
            supports: exchange.supports,
            on_person: exchange.on_person,
            turns: exchange.turns,
        })
        .collect()
}
