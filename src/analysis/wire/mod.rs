//! The JSON form of an analysis, `rejoinder/analysis@1`, and of the labels of a loose text.
//!
//! The types mirror `docs/schema/analysis.json` and `docs/schema/label.json`. Offsets count code
//! points, probabilities have four decimals, and no key is left out.

mod entities;
mod labels;
mod people;
mod prose;
mod standing;
mod summary;

pub use people::{ExchangeObject, PersonObject};

pub use entities::{ActorStanceObject, EntityObject, LexiconObject};
pub use labels::{
    CommentLabelsObject, CorrectionsObject, ExplanationObject, JudgesObject, LabelLine,
    ModelObject, ScoresObject, TextUnitObject, UnitObject,
};
pub use prose::{DroppedObject, ProseObject, ToldObject};
pub use standing::{ArgumentObject, StandingLine};
pub use summary::{DerailmentObject, DisputeObject, SentenceObject, SummaryObject};

use super::Analysis;
use crate::{
    argument::{Acceptance, Chain},
    correct::Whose,
    label::Stance,
    relate::{Act, Relation, Subtype, Target},
    span::CodePoints,
    thread::{
        CommentIdx, CommentKind,
        wire::{SpanObject, ThreadLine, WarningObject, span_object, warning_objects},
    },
};
use labels::{comment_labels, four_decimals, probability, rounded, unit_id, unit_object};
use serde::Serialize;
use std::collections::BTreeMap;

/// The value of `schema` in an analysis line.
pub const SCHEMA: &str = "rejoinder/analysis@1";

/// An analysis line.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct AnalysisLine<'a> {
    pub schema: &'static str,
    pub thread: ThreadLine,
    #[serde(flatten)]
    pub judges: JudgesObject<'a>,
    pub units: Vec<ThreadUnitObject<'a>>,
    pub comments: Vec<CommentObject<'a>>,
    pub relations: Vec<RelationObject>,
    pub chains: Vec<ChainObject>,
    pub entities: Vec<EntityObject<'a>>,
    pub actor_stances: Vec<ActorStanceObject<'a>>,
    pub lexicons: Vec<LexiconObject>,
    pub metrics: MetricsObject,
    pub people: Vec<PersonObject<'a>>,
    pub exchanges: Vec<ExchangeObject>,
    pub summary: SummaryObject<'a>,
    pub warnings: Vec<WarningObject>,
}

/// A unit of a thread.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ThreadUnitObject<'a> {
    pub id: String,
    pub comment: &'a str,
    #[serde(flatten)]
    pub labels: UnitObject<'a>,
    pub standing: Option<&'static str>,
    pub strength: Option<f64>,
    pub provenance: Whose,
}

/// What is said of a comment.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct CommentObject<'a> {
    pub id: &'a str,
    #[serde(flatten)]
    pub labels: CommentLabelsObject<'a>,
    pub provenance: Whose,
}

/// A relation between a unit and another, or a comment.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct RelationObject {
    pub from: String,
    pub to: String,
    pub to_kind: &'static str,
    pub kind: &'static str,
    pub subtype: Option<&'static str>,
    pub act: Option<&'static str>,
    #[serde(serialize_with = "probability")]
    pub score: f32,
    pub evidence: Vec<&'static str>,
    pub provenance: Whose,
}

/// A chain.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ChainObject {
    pub id: String,
    pub units: Vec<String>,
    pub comments: Vec<String>,
    pub polarity: &'static str,
    pub status: &'static str,
    pub derailed_at: Option<String>,
    pub derailment: Option<ChainDerailmentObject>,
    pub participants: usize,
    #[serde(serialize_with = "probability")]
    pub weight: f32,
    pub steps: Vec<StepObject>,
}

/// Where a chain turned from the argument to persons.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ChainDerailmentObject {
    pub at: String,
    pub before: Option<String>,
    pub back: Option<String>,
}

/// A comment of a chain, and how it relates to the one before it.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct StepObject {
    pub comment: String,
    pub author: Option<String>,
    pub stance: Option<&'static str>,
    pub kind: Option<&'static str>,
    pub subtype: Option<&'static str>,
    pub score: Option<f64>,
    pub provenance: Whose,
}

/// Counts.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct MetricsObject {
    pub comments: usize,
    pub authors: usize,
    pub roots: usize,
    pub answered: usize,
    pub max_depth: usize,
    #[serde(serialize_with = "probability")]
    pub branching: f32,
    #[serde(serialize_with = "probability")]
    pub reciprocity: f32,
    pub units: usize,
    pub claims: usize,
    pub backed_claims: usize,
    pub technical: usize,
    pub ad_hominem: usize,
    pub incivility: usize,
    pub attacks: usize,
    pub unanswered_attacks: usize,
    pub supports: usize,
    pub contested: usize,
}

/// Names units and comments in the JSON of one analysis.
#[derive(Debug)]
pub struct Names<'a> {
    analysis: &'a Analysis,
    points: Vec<CodePoints>,
}

impl<'a> Names<'a> {
    /// Indexes the texts of `analysis`.
    #[must_use]
    pub fn new(analysis: &'a Analysis) -> Self {
        let comments = analysis.thread.comments.iter();
        let points = comments.map(|c| CodePoints::new(&c.body.text)).collect();
        Self { analysis, points }
    }

    fn points(&self, idx: CommentIdx) -> &CodePoints {
        &self.points[idx.get()]
    }

    /// The unit's place in code points.
    #[must_use]
    pub fn span(&self, unit: usize) -> SpanObject {
        let unit = &self.analysis.units[unit];
        span_object(self.points(unit.comment), unit.span)
    }

    /// The unit's id.
    #[must_use]
    pub fn unit(&self, unit: usize) -> String {
        unit_id(
            self.comment(self.analysis.units[unit].comment),
            &self.span(unit),
        )
    }

    /// The comment's id.
    #[must_use]
    pub fn comment(&self, idx: CommentIdx) -> &'a str {
        &self.analysis.thread.comment(idx).id
    }

    /// The name of the comment's author.
    fn author(&self, idx: CommentIdx) -> Option<&'a str> {
        let author = self.analysis.thread.comment(idx).author.as_ref();
        author.map(|author| author.name.as_str())
    }

    /// The unit or comment with this id.
    #[must_use]
    pub fn target(&self, id: &str) -> Option<Target> {
        let unit = (0..self.analysis.units.len()).find(|&unit| self.unit(unit) == id);
        let comment = || {
            self.analysis
                .thread
                .iter()
                .find(|(_, comment)| comment.id == id)
        };
        unit.map(Target::Unit)
            .or_else(|| comment().map(|(idx, _)| Target::Comment(idx)))
    }

    fn relation(&self, relation: &Relation) -> RelationObject {
        let (to, to_kind) = match relation.to {
            Target::Unit(unit) => (self.unit(unit), "unit"),
            Target::Comment(idx) => (self.comment(idx).to_owned(), "comment"),
        };
        RelationObject {
            from: self.unit(relation.from),
            to,
            to_kind,
            kind: relation.kind.as_str(),
            subtype: relation.subtype.map(Subtype::as_str),
            act: relation.act.map(Act::as_str),
            score: relation.score,
            evidence: relation
                .evidence
                .iter()
                .map(|evidence| evidence.as_str())
                .collect(),
            provenance: whose(
                &self.analysis.provenance.relations,
                &(relation.from, relation.to),
            ),
        }
    }

    /// The chain's JSON object.
    #[must_use]
    pub fn chain(&self, chain: &Chain) -> ChainObject {
        let units: Vec<String> = chain.units.iter().map(|&unit| self.unit(unit)).collect();
        let comments = chain
            .comments
            .iter()
            .map(|&idx| self.comment(idx).to_owned());
        let comments: Vec<String> = comments.collect();
        let ends = (
            units.first().or(comments.first()),
            units.last().or(comments.last()),
        );
        let id = match ends {
            (Some(first), Some(last)) => format!("{first}..{last}"),
            _ => String::new(),
        };
        ChainObject {
            id,
            units,
            comments,
            polarity: chain.polarity.as_str(),
            status: chain.status.as_str(),
            derailed_at: chain.derailment.map(|found| self.unit(found.at)),
            derailment: chain.derailment.map(|found| ChainDerailmentObject {
                at: self.unit(found.at),
                before: found.before.map(|idx| self.comment(idx).to_owned()),
                back: found.back.map(|idx| self.comment(idx).to_owned()),
            }),
            participants: chain.participants,
            weight: chain.weight,
            steps: self.steps(chain),
        }
    }

    fn steps(&self, chain: &Chain) -> Vec<StepObject> {
        let relations = chain.relations.iter().map(Some);
        let steps = chain
            .comments
            .iter()
            .zip(std::iter::once(None).chain(relations));
        let object = |(&idx, relation): (&CommentIdx, Option<&usize>)| {
            let relation = relation.map(|&at| &self.analysis.relations[at]);
            let people = &self.analysis.provenance;
            let mut provenance = relation.map_or_else(Whose::new, |relation| {
                whose(&people.relations, &(relation.from, relation.to))
            });
            provenance.extend(whose(&people.comments, &idx));
            StepObject {
                comment: self.comment(idx).to_owned(),
                author: self.author(idx).map(str::to_owned),
                stance: self.analysis.labels.comments[idx.get()]
                    .stance
                    .map(Stance::as_str),
                kind: relation.map(|relation| relation.kind.as_str()),
                subtype: relation
                    .and_then(|relation| relation.subtype)
                    .map(Subtype::as_str),
                score: relation.map(|relation| rounded(relation.score)),
                provenance,
            }
        };
        steps.map(object).collect()
    }
}

impl<'a> From<&'a Analysis> for AnalysisLine<'a> {
    fn from(analysis: &'a Analysis) -> Self {
        let names = Names::new(analysis);
        let units = analysis.labels.units.iter().enumerate();
        let units = units.map(|(at, labels)| {
            let (standing, strength) = analysis.standing.of(at).unzip();
            ThreadUnitObject {
                id: names.unit(at),
                comment: names.comment(analysis.units[at].comment),
                labels: unit_object(
                    labels,
                    names.points(analysis.units[at].comment),
                    names.span(at),
                ),
                standing: standing.map(Acceptance::as_str),
                strength: strength.map(four_decimals),
                provenance: whose(&analysis.provenance.units, &at),
            }
        });
        let comments = analysis.thread.iter();
        let comments = comments.filter(|(_, comment)| comment.kind != CommentKind::Pingback);
        let comments = comments.map(|(idx, comment)| CommentObject {
            id: &comment.id,
            labels: comment_labels(&analysis.labels.comments[idx.get()], names.points(idx)),
            provenance: whose(&analysis.provenance.comments, &idx),
        });
        Self {
            schema: SCHEMA,
            thread: ThreadLine::from(&analysis.thread),
            judges: analysis.into(),
            units: units.collect(),
            comments: comments.collect(),
            relations: analysis
                .relations
                .iter()
                .map(|r| names.relation(r))
                .collect(),
            chains: analysis
                .chains
                .iter()
                .map(|chain| names.chain(chain))
                .collect(),
            entities: entities::entities(&names),
            actor_stances: entities::actor_stances(&names),
            lexicons: entities::lexicons(),
            metrics: metrics_object(analysis),
            people: people::people(analysis, &names),
            exchanges: people::exchanges(analysis),
            summary: names.summary(&analysis.summary),
            warnings: warning_objects(&analysis.thread, &analysis.warnings),
        }
    }
}

/// Who judged a thing where it was not the model.
fn whose<K: Ord>(all: &BTreeMap<K, Whose>, of: &K) -> Whose {
    all.get(of).cloned().unwrap_or_default()
}

fn metrics_object(analysis: &Analysis) -> MetricsObject {
    let metrics = &analysis.metrics;
    let replies = metrics.comments.saturating_sub(metrics.roots);
    MetricsObject {
        comments: metrics.comments,
        authors: metrics.authors,
        roots: metrics.roots,
        answered: metrics.answered,
        max_depth: metrics.max_depth,
        branching: replies as f32 / metrics.answered.max(1) as f32,
        reciprocity: analysis.people.reciprocity(),
        units: metrics.units,
        claims: metrics.claims,
        backed_claims: metrics.backed_claims,
        technical: metrics.technical,
        ad_hominem: metrics.ad_hominem,
        incivility: metrics.incivility,
        attacks: metrics.attacks,
        unanswered_attacks: metrics.unanswered_attacks,
        supports: metrics.supports,
        contested: analysis.contested.len(),
    }
}
