//! The JSON of prose about a summary: sentences with the units that they cite.

use super::Names;
use crate::summary::Prose;
use serde::Serialize;

/// Prose.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ProseObject<'a> {
    pub endpoint: &'a str,
    pub model: &'a str,
    pub sentences: Vec<ToldObject<'a>>,
    pub dropped: Vec<DroppedObject<'a>>,
}

/// A sentence that the extract supports.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ToldObject<'a> {
    pub text: &'a str,
    pub units: Vec<String>,
}

/// A sentence that was dropped.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct DroppedObject<'a> {
    pub text: &'a str,
    pub reason: &'static str,
}

impl Names<'_> {
    /// The JSON object of prose.
    #[must_use]
    pub fn prose<'p>(&self, prose: &'p Prose) -> ProseObject<'p> {
        let units = |units: &[usize]| units.iter().map(|&unit| self.unit(unit)).collect();
        let sentences = prose.sentences.iter().map(|told| ToldObject {
            text: &told.text,
            units: units(&told.units),
        });
        let dropped = prose.dropped.iter().map(|dropped| DroppedObject {
            text: &dropped.text,
            reason: dropped.reason.as_str(),
        });
        ProseObject {
            endpoint: &prose.endpoint,
            model: &prose.model,
            sentences: sentences.collect(),
            dropped: dropped.collect(),
        }
    }
}
