//! The JSON of a summary: sentences with the places they come from.

use super::Names;
use crate::summary::{Derailment, Dispute, Summary};
use serde::Serialize;

/// A summary.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct SummaryObject<'a> {
    pub limit: usize,
    pub words: usize,
    pub about: Vec<SentenceObject<'a>>,
    pub contested: Vec<DisputeObject<'a>>,
    pub questions: Vec<SentenceObject<'a>>,
    pub evidence: Vec<SentenceObject<'a>>,
    pub derailments: Vec<DerailmentObject<'a>>,
}

/// A unit as a sentence of a summary.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct SentenceObject<'a> {
    pub unit: String,
    pub comment: &'a str,
    pub author: Option<&'a str>,
    pub text: &'a str,
}

/// A contested claim.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct DisputeObject<'a> {
    pub claim: SentenceObject<'a>,
    pub repeated: Vec<String>,
    pub authors_for: usize,
    pub authors_against: usize,
    #[serde(rename = "for")]
    pub point_for: Option<SentenceObject<'a>>,
    #[serde(rename = "against")]
    pub point_against: Option<SentenceObject<'a>>,
}

/// An attack on a person and what it answers.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct DerailmentObject<'a> {
    pub at: SentenceObject<'a>,
    pub before: Option<SentenceObject<'a>>,
}

impl<'a> Names<'a> {
    /// The summary's JSON object.
    #[must_use]
    pub fn summary(&self, summary: &Summary) -> SummaryObject<'a> {
        let all = |units: &[usize]| units.iter().map(|&unit| self.sentence(unit)).collect();
        SummaryObject {
            limit: summary.limit,
            words: summary.words,
            about: all(&summary.about),
            contested: summary.contested.iter().map(|d| self.dispute(d)).collect(),
            questions: all(&summary.questions),
            evidence: all(&summary.evidence),
            derailments: summary
                .derailments
                .iter()
                .map(|d| self.derailment(d))
                .collect(),
        }
    }

    fn sentence(&self, unit: usize) -> SentenceObject<'a> {
        let idx = self.analysis.units[unit].comment;
        SentenceObject {
            unit: self.unit(unit),
            comment: self.comment(idx),
            author: self.author(idx),
            text: self.analysis.text(unit),
        }
    }

    fn dispute(&self, dispute: &Dispute) -> DisputeObject<'a> {
        DisputeObject {
            claim: self.sentence(dispute.claim),
            repeated: dispute
                .repeated
                .iter()
                .map(|&unit| self.unit(unit))
                .collect(),
            authors_for: dispute.authors_for,
            authors_against: dispute.authors_against,
            point_for: dispute.point_for.map(|unit| self.sentence(unit)),
            point_against: dispute.point_against.map(|unit| self.sentence(unit)),
        }
    }

    fn derailment(&self, derailment: &Derailment) -> DerailmentObject<'a> {
        DerailmentObject {
            at: self.sentence(derailment.at),
            before: derailment.before.map(|unit| self.sentence(unit)),
        }
    }
}
