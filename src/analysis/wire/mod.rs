//! The JSON form of an analysis, `rejoinder/analysis@1`, and of the labels of a loose text.
//!
//! The types mirror `docs/schema/analysis.json` and `docs/schema/label.json`. Offsets count code
//! points, probabilities have four decimals, and no key is left out.

use super::Analysis;
use crate::{
    argument::{Chain, Metrics},
    label::{Attack, CommentLabels, Scores, Stance, UnitLabels},
    relate::{Relation, Subtype, Target},
    span::{CodePoints, Span},
    thread::{
        CommentIdx, CommentKind,
        wire::{SpanObject, ThreadLine, WarningObject, span_object, warning_objects},
    },
};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// The value of `schema` in an analysis line.
pub const SCHEMA: &str = "rejoinder/analysis@1";

/// An analysis line.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct AnalysisLine<'a> {
    pub schema: &'static str,
    pub thread: ThreadLine,
    pub model: ModelObject<'a>,
    pub units: Vec<ThreadUnitObject<'a>>,
    pub comments: Vec<CommentObject<'a>>,
    pub relations: Vec<RelationObject>,
    pub chains: Vec<ChainObject>,
    /// Entities are not sought yet.
    pub entities: [(); 0],
    pub metrics: MetricsObject,
    /// Summaries are not written yet.
    pub summary: Option<()>,
    pub warnings: Vec<WarningObject>,
}

/// Which model judged.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ModelObject<'a> {
    pub id: &'a str,
    pub version: &'a str,
    pub sha256: &'a str,
}

/// A unit of a thread.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ThreadUnitObject<'a> {
    pub id: String,
    pub comment: &'a str,
    #[serde(flatten)]
    pub labels: UnitObject<'a>,
}

/// What is said of a unit.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct UnitObject<'a> {
    pub start: usize,
    pub end: usize,
    pub role: &'static str,
    pub basis: Vec<&'static str>,
    pub attack: Option<&'static str>,
    pub sarcasm: bool,
    pub scores: ScoresObject<'a>,
}

/// What is said of a comment.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct CommentObject<'a> {
    pub id: &'a str,
    #[serde(flatten)]
    pub labels: CommentLabelsObject<'a>,
}

/// The labels of a comment, in a thread or alone.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct CommentLabelsObject<'a> {
    pub stance: Option<&'static str>,
    pub scores: ScoresObject<'a>,
    #[serde(serialize_with = "probability")]
    pub technical: f32,
    #[serde(serialize_with = "probability")]
    pub ad_hominem: f32,
    #[serde(serialize_with = "probability")]
    pub incivility: f32,
    pub language: Option<&'static str>,
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
    #[serde(serialize_with = "probability")]
    pub score: f32,
    pub evidence: Vec<&'static str>,
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
}

/// Counts.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct MetricsObject {
    pub comments: usize,
    pub authors: usize,
    pub roots: usize,
    pub max_depth: usize,
    pub units: usize,
    pub claims: usize,
    pub technical: usize,
    pub ad_hominem: usize,
    pub incivility: usize,
    pub attacks: usize,
    pub supports: usize,
    pub contested: usize,
}

/// The labels of a loose text.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct LabelLine<'a> {
    pub id: &'a str,
    #[serde(flatten)]
    pub labels: CommentLabelsObject<'a>,
    pub units: Vec<TextUnitObject<'a>>,
}

/// A unit of a loose text.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct TextUnitObject<'a> {
    pub id: String,
    #[serde(flatten)]
    pub labels: UnitObject<'a>,
}

/// Probabilities by label.
#[derive(Debug)]
pub struct ScoresObject<'a>(pub &'a Scores);

impl Serialize for ScoresObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (label, score) in self.0 {
            map.serialize_entry(label, &rounded(*score))?;
        }
        map.end()
    }
}

/// Four decimals are what a probability can bear.
fn rounded(probability: f32) -> f64 {
    (f64::from(probability) * 1e4).round() / 1e4
}

fn probability<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(rounded(*value))
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

    /// The unit's place in code points.
    #[must_use]
    pub fn span(&self, unit: usize) -> SpanObject {
        let unit = &self.analysis.units[unit];
        span_object(&self.points[unit.comment.get()], unit.span)
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
            score: relation.score,
            evidence: relation
                .evidence
                .iter()
                .map(|evidence| evidence.as_str())
                .collect(),
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
            derailed_at: chain.derailed_at.map(|unit| self.unit(unit)),
        }
    }
}

fn unit_id(comment: &str, span: &SpanObject) -> String {
    format!("{comment}@{}-{}", span.start, span.end)
}

impl<'a> From<&'a Analysis> for AnalysisLine<'a> {
    fn from(analysis: &'a Analysis) -> Self {
        let names = Names::new(analysis);
        let units = analysis.labels.units.iter().enumerate();
        let units = units.map(|(at, labels)| ThreadUnitObject {
            id: names.unit(at),
            comment: names.comment(analysis.units[at].comment),
            labels: unit_object(labels, names.span(at)),
        });
        let comments = analysis.thread.iter();
        let comments = comments.filter(|(_, comment)| comment.kind != CommentKind::Pingback);
        let comments = comments.map(|(idx, comment)| CommentObject {
            id: &comment.id,
            labels: comment_labels(&analysis.labels.comments[idx.get()]),
        });
        Self {
            schema: SCHEMA,
            thread: ThreadLine::from(&analysis.thread),
            model: ModelObject {
                id: &analysis.model.id,
                version: &analysis.model.version,
                sha256: &analysis.model.sha256,
            },
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
            entities: [],
            metrics: metrics_object(&analysis.metrics, analysis.contested.len()),
            summary: None,
            warnings: warning_objects(&analysis.thread, &analysis.warnings),
        }
    }
}

impl<'a> LabelLine<'a> {
    /// The line for the text `text` with the id `id`.
    #[must_use]
    pub fn new(
        id: &'a str,
        text: &str,
        spans: &[Span],
        units: &'a [UnitLabels],
        comment: &'a CommentLabels,
    ) -> Self {
        let points = CodePoints::new(text);
        let units = spans.iter().zip(units).map(|(&span, labels)| {
            let span = span_object(&points, span);
            TextUnitObject {
                id: unit_id(id, &span),
                labels: unit_object(labels, span),
            }
        });
        Self {
            id,
            labels: comment_labels(comment),
            units: units.collect(),
        }
    }
}

fn unit_object(labels: &UnitLabels, span: SpanObject) -> UnitObject<'_> {
    UnitObject {
        start: span.start,
        end: span.end,
        role: labels.role.as_str(),
        basis: labels.basis.iter().map(|basis| basis.as_str()).collect(),
        attack: labels.attack.map(Attack::as_str),
        sarcasm: labels.sarcasm,
        scores: ScoresObject(&labels.scores),
    }
}

fn comment_labels(labels: &CommentLabels) -> CommentLabelsObject<'_> {
    CommentLabelsObject {
        stance: labels.stance.map(Stance::as_str),
        scores: ScoresObject(&labels.scores),
        technical: labels.technical,
        ad_hominem: labels.ad_hominem,
        incivility: labels.incivility,
        language: labels.language,
    }
}

fn metrics_object(metrics: &Metrics, contested: usize) -> MetricsObject {
    MetricsObject {
        comments: metrics.comments,
        authors: metrics.authors,
        roots: metrics.roots,
        max_depth: metrics.max_depth,
        units: metrics.units,
        claims: metrics.claims,
        technical: metrics.technical,
        ad_hominem: metrics.ad_hominem,
        incivility: metrics.incivility,
        attacks: metrics.attacks,
        supports: metrics.supports,
        contested,
    }
}
