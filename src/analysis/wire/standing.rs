//! The JSON of `rejoinder standing`: what a semantics says of the arguments of a thread.

use super::{JudgesObject, Names, labels::four_decimals};
use crate::{
    analysis::Analysis,
    argument::{Acceptance, Verdict},
};
use serde::Serialize;

/// The line of a thread.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct StandingLine<'a> {
    pub thread: &'a str,
    pub semantics: &'static str,
    pub support: &'static str,
    pub arguments: Vec<ArgumentObject>,
    pub extensions: Vec<Vec<String>>,
    pub complete: bool,
    #[serde(flatten)]
    pub judges: JudgesObject<'a>,
}

/// An argument.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ArgumentObject {
    pub unit: String,
    pub standing: Option<&'static str>,
    pub strength: f64,
}

impl<'a> StandingLine<'a> {
    /// What `verdict`, of the analysis' own standing, says of the thread.
    #[must_use]
    pub fn new(analysis: &'a Analysis, verdict: &Verdict) -> Self {
        let names = Names::new(analysis);
        let standing = &analysis.standing;
        let units: Vec<String> = standing
            .arguments
            .iter()
            .map(|&at| names.unit(at))
            .collect();
        let arguments = units.iter().enumerate().map(|(at, unit)| ArgumentObject {
            unit: unit.clone(),
            standing: verdict.acceptance[at].map(Acceptance::as_str),
            strength: four_decimals(standing.strength[at]),
        });
        let named = |extension: &Vec<usize>| -> Vec<String> {
            extension.iter().map(|&at| units[at].clone()).collect()
        };
        Self {
            thread: &analysis.thread.id,
            semantics: verdict.semantics.as_str(),
            support: verdict.support.as_str(),
            arguments: arguments.collect(),
            extensions: verdict.extensions.iter().map(named).collect(),
            complete: verdict.complete,
            judges: analysis.into(),
        }
    }
}
