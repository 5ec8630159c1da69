//! What a model reads and says, and the models that the project ships.
//!
//! A [`Model`] reads a comment together with what it answers and gives probabilities; what the
//! labels mean, and when one is asserted, is decided by [`label`](crate::label).

use crate::{error::Result, span::Span};

/// One comment with what it answers: all that a model may look at.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// The comment's text.
    pub text: &'a str,
    /// The comment's own headline.
    pub title: Option<&'a str>,
    /// The comment's units.
    pub units: &'a [ReplyUnit],
    /// What is answered: the parent's text, or the article's title for a top-level comment.
    pub answered: Option<&'a str>,
    /// The units of the answered text; empty for an article.
    pub answered_units: &'a [Span],
    /// Whether the comment answers another comment, even one that the capture lacks.
    pub is_reply: bool,
}

/// A unit of a comment, as a model sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyUnit {
    /// Its place in the comment's text.
    pub span: Span,
    /// Whether it stands in a block that is known to be a quotation.
    pub is_quote: bool,
    /// Whether it stands in a block of code.
    pub is_code: bool,
}

/// Probabilities for one comment.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// For each unit the probabilities of [`ModelInfo::unit_heads`], one head after the other.
    pub units: Vec<Vec<f32>>,
    /// The probabilities of [`ModelInfo::comment_heads`], one head after the other.
    pub comment: Vec<f32>,
}

/// One decision that a model takes: the labels of one set.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The label set's id ("role").
    pub set: String,
    /// The labels, in the order of the probabilities.
    pub labels: Vec<String>,
    /// Per label the calibrated probability from which it is asserted; unused in a set of which
    /// exactly one label holds.
    pub thresholds: Vec<f32>,
}

/// What a model is.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelInfo {
    /// The model's name ("fast").
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its artefact, in hexadecimal.
    pub sha256: String,
    /// The decisions on each unit.
    pub unit_heads: Vec<Head>,
    /// The decisions on the whole comment.
    pub comment_heads: Vec<Head>,
    /// The languages that it was trained on, as BCP 47 tags.
    pub languages: Vec<String>,
}

/// Gives probabilities of labels.
pub trait Model: Send + Sync {
    /// What the model is.
    fn info(&self) -> &ModelInfo;

    /// Judges one comment. The result depends on `reply` alone.
    fn predict(&self, reply: &Reply<'_>) -> Prediction;
}

/// Loads the model of the given name.
///
/// # Errors
/// When there is no such model.
pub fn load(name: &str) -> Result<Box<dyn Model>> {
    let _ = name;
    todo!("with the fast model")
}
