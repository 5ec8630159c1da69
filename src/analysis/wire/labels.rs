//! The JSON of labels: of a unit, of a comment, of a loose text, and the model that gave them.

use crate::{
    analysis::{Analysis, ModelVersion},
    label::{
        Attack, CommentLabels, Explanation, Influence, LooseText, ReplyLabels, Scores, Stance,
        UnitLabels,
    },
    model::ModelInfo,
    span::CodePoints,
    thread::wire::{SpanObject, span_object},
};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// Which model judged.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs)]
pub struct ModelObject<'a> {
    pub id: &'a str,
    pub version: &'a str,
    pub sha256: &'a str,
}

impl<'a> From<&'a ModelInfo> for ModelObject<'a> {
    fn from(info: &'a ModelInfo) -> Self {
        Self {
            id: &info.id,
            version: &info.version,
            sha256: &info.sha256,
        }
    }
}

impl<'a> From<&'a ModelVersion> for ModelObject<'a> {
    fn from(model: &'a ModelVersion) -> Self {
        Self {
            id: &model.id,
            version: &model.version,
            sha256: &model.sha256,
        }
    }
}

/// The corrections of a file that were put in.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs)]
pub struct CorrectionsObject<'a> {
    pub sha256: &'a str,
    pub applied: usize,
}

/// Who judged a thread.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs)]
pub struct JudgesObject<'a> {
    pub model: ModelObject<'a>,
    pub corrections: Option<CorrectionsObject<'a>>,
}

impl<'a> From<&'a Analysis> for JudgesObject<'a> {
    fn from(analysis: &'a Analysis) -> Self {
        let sha256 = analysis.corrections.as_deref();
        Self {
            model: (&analysis.model).into(),
            corrections: sha256.map(|sha256| CorrectionsObject {
                sha256,
                applied: analysis.provenance.lines.len(),
            }),
        }
    }
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
    pub explanation: ExplanationObject,
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
    pub explanation: ExplanationObject,
}

/// The labels of a loose text.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct LabelLine<'a> {
    pub id: &'a str,
    #[serde(flatten)]
    pub labels: CommentLabelsObject<'a>,
    pub units: Vec<TextUnitObject<'a>>,
    pub model: ModelObject<'a>,
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

/// By label the words that moved it.
#[derive(Debug)]
pub struct ExplanationObject(Vec<(&'static str, Vec<InfluenceObject>)>);

/// A word and its effect.
#[derive(Debug, Serialize)]
struct InfluenceObject {
    #[serde(flatten)]
    word: SpanObject,
    #[serde(serialize_with = "probability")]
    effect: f32,
}

impl ExplanationObject {
    fn new(explanation: &Explanation, points: &CodePoints) -> Self {
        let influence = |influence: &Influence| InfluenceObject {
            word: span_object(points, influence.word),
            effect: influence.effect,
        };
        let labels = explanation.iter();
        Self(
            labels
                .map(|(label, all)| (*label, all.iter().map(influence).collect()))
                .collect(),
        )
    }
}

impl Serialize for ExplanationObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(label, influences)| (label, influences)))
    }
}

/// Four decimals are what a probability can bear.
pub(super) fn rounded(probability: f32) -> f64 {
    four_decimals(f64::from(probability))
}

pub(super) fn four_decimals(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

pub(super) fn probability<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(rounded(*value))
}

impl<'a> LabelLine<'a> {
    /// The line for `text` with the id `id`, which `model` judged.
    #[must_use]
    pub fn new(
        id: &'a str,
        text: &LooseText,
        labels: &'a ReplyLabels,
        model: ModelObject<'a>,
    ) -> Self {
        let points = &CodePoints::new(text.text());
        let units = text.spans().zip(&labels.units).map(|(span, labels)| {
            let span = span_object(points, span);
            TextUnitObject {
                id: unit_id(id, &span),
                labels: unit_object(labels, points, span),
            }
        });
        Self {
            id,
            labels: comment_labels(&labels.comment, points),
            units: units.collect(),
            model,
        }
    }
}

pub(super) fn unit_object<'a>(
    labels: &'a UnitLabels,
    points: &CodePoints,
    span: SpanObject,
) -> UnitObject<'a> {
    UnitObject {
        start: span.start,
        end: span.end,
        role: labels.role.as_str(),
        basis: labels.basis.iter().map(|basis| basis.as_str()).collect(),
        attack: labels.attack.map(Attack::as_str),
        sarcasm: labels.sarcasm,
        scores: ScoresObject(&labels.scores),
        explanation: ExplanationObject::new(&labels.explanation, points),
    }
}

pub(super) fn comment_labels<'a>(
    labels: &'a CommentLabels,
    points: &CodePoints,
) -> CommentLabelsObject<'a> {
    CommentLabelsObject {
        stance: labels.stance.map(Stance::as_str),
        scores: ScoresObject(&labels.scores),
        technical: labels.technical,
        ad_hominem: labels.ad_hominem,
        incivility: labels.incivility,
        language: labels.language,
        explanation: ExplanationObject::new(&labels.explanation, points),
    }
}

pub(super) fn unit_id(comment: &str, span: &SpanObject) -> String {
    format!("{comment}@{}-{}", span.start, span.end)
}
