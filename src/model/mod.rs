//! What a model reads and says, and the models that the project ships.
//!
//! A [`Model`] reads a comment together with what it answers and gives probabilities; what the
//! labels mean, and when one is asserted, is decided by [`label`](crate::label).

pub mod fast;
#[cfg(test)]
pub(crate) mod marked;

use crate::{
    error::{Error, ErrorKind, Result},
    span::Span,
    text::BlockKind,
};
use std::{fs, path::Path};

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

impl ReplyUnit {
    /// The unit at `span`, which stands in a block of the kind `block`.
    #[must_use]
    pub fn new(span: Span, block: BlockKind) -> Self {
        Self {
            span,
            is_quote: block == BlockKind::Quote,
            is_code: block == BlockKind::Code,
        }
    }
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

/// A model that is embedded in the program.
#[derive(Debug, Clone, Copy)]
pub struct ModelEntry {
    /// Its name, as [`load`] takes it.
    pub id: &'static str,
    /// Its version.
    pub version: &'static str,
    /// What it is good for, in a sentence.
    pub summary: &'static str,
    manifest: &'static [u8],
    weights: &'static [u8],
}

/// The embedded models; the first is the default.
pub static MODELS: &[ModelEntry] = &[ModelEntry {
    id: "fast",
    version: "0.1.0",
    summary: "Linear models over hashed n-grams; for any amount of text.",
    manifest: include_bytes!("../../data/models/fast/0.1.0/model.json"),
    weights: include_bytes!("../../data/models/fast/0.1.0/weights.bin"),
}];

/// Loads an embedded model by its name, or a model from the folder of this path.
///
/// # Errors
/// When there is no such model, or its files are damaged.
pub fn load(name: &str) -> Result<Box<dyn Model>> {
    if let Some(entry) = MODELS.iter().find(|entry| entry.id == name) {
        let model = fast::Fast::from_bytes(entry.manifest, entry.weights)?;
        return Ok(Box::new(model));
    }
    let folder = Path::new(name);
    if !folder.is_dir() {
        let known: Vec<_> = MODELS.iter().map(|entry| entry.id).collect();
        return Err(Error::new(ErrorKind::Model, "there is no such model")
            .input(name)
            .remedy(format!(
                "name one of {}, or a folder with model.json",
                known.join(", ")
            )));
    }
    load_folder(folder).map_err(|error| error.input(name))
}

fn load_folder(folder: &Path) -> Result<Box<dyn Model>> {
    let read = |file: &str| {
        fs::read(folder.join(file))
            .map_err(|error| Error::from(error).input(folder.join(file).display().to_string()))
    };
    let model = fast::Fast::from_bytes(&read("model.json")?, &read("weights.bin")?)?;
    Ok(Box::new(model))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_model_loads_and_is_what_the_list_says() {
        for entry in MODELS {
            let model = load(entry.id).unwrap();
            let info = model.info();
            assert_eq!(
                (info.id.as_str(), info.version.as_str()),
                (entry.id, entry.version)
            );
            let folder = format!("data/models/{}/{}", entry.id, entry.version);
            assert_eq!(load(&folder).unwrap().info().sha256, info.sha256);
        }
    }

    #[test]
    fn an_unknown_model_is_named_with_those_that_exist() {
        let error = load("clever").err().unwrap().to_string();
        assert_eq!(
            error,
            "clever: there is no such model; name one of fast, or a folder with model.json"
        );
    }
}
