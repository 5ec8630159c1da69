//! What a model reads and says, and the models that the project ships.
//!
//! A [`Model`] reads a comment together with what it answers and gives probabilities; what the
//! labels mean, and when one is asserted, is decided by [`label`](crate::label).

pub mod encoder;
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
    /// For each unit the probabilities of [`ModelInfo::unit_heads`], one head after the other; nothing for
    /// a unit that the model cannot read (of control characters, say).
    pub units: Vec<Vec<f32>>,
    /// The probabilities of [`ModelInfo::comment_heads`], one head after the other.
    pub comment: Vec<f32>,
    /// Which units of the answered text the units answer.
    pub links: Links,
}

/// How strongly units of a comment are linked to units of what it answers. A model that does not judge
/// this gives none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Links {
    /// The answered units that were read, by their numbers; the middle of a long text is not.
    pub answered: Vec<usize>,
    /// For each unit of the comment a logit for each of [`Self::answered`].
    pub logits: Vec<Vec<f32>>,
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

impl ModelInfo {
    /// Whether the model can judge a text in `language`; one that does not show its language is tried.
    #[must_use]
    pub fn knows(&self, language: Option<&str>) -> bool {
        language.is_none_or(|tag| self.languages.iter().any(|known| known == tag))
    }
}

/// Gives probabilities of labels.
pub trait Model: Send + Sync {
    /// What the model is.
    fn info(&self) -> &ModelInfo;

    /// Judges comments, on all cores, and gives a prediction for each. It depends on its reply alone: neither
    /// the others nor the number of cores change it.
    fn predict(&self, replies: &[Reply<'_>]) -> Vec<Prediction>;
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
    load: fn() -> Result<Box<dyn Model>>,
}

impl ModelEntry {
    /// Loads the model.
    ///
    /// # Errors
    /// When its files are damaged, which no release has.
    pub fn load(&self) -> Result<Box<dyn Model>> {
        (self.load)()
    }
}

/// A file of an embedded model.
macro_rules! file {
    ($path:literal) => {
        include_bytes!(concat!("../../data/models/", $path))
    };
}

/// The embedded models; the first is the default.
pub static MODELS: &[ModelEntry] = &[
    ModelEntry {
        id: "encoder",
        version: "0.2.0",
        summary: "A small transformer that reads a comment together with what it answers.",
        load: || {
            let files = encoder::Files {
                manifest: file!("reply-encoder/0.2.0/model.json").into(),
                encoder: file!("reply-encoder/0.2.0/encoder-int8.onnx").into(),
                heads: file!("reply-encoder/0.2.0/heads.onnx").into(),
                tokenizer: file!("reply-encoder/0.2.0/tokenizer.json").into(),
            };
            Ok(Box::new(encoder::Encoder::new(files)?))
        },
    },
    ModelEntry {
        id: "fast",
        version: "0.1.0",
        summary: "Linear models over hashed n-grams; for millions of comments.",
        load: || {
            let (manifest, weights) = (
                file!("fast/0.1.0/model.json"),
                file!("fast/0.1.0/weights.bin"),
            );
            Ok(Box::new(fast::Fast::from_bytes(manifest, weights)?))
        },
    },
];

/// Loads an embedded model by its name, or a model from the folder of this path.
///
/// # Errors
/// When there is no such model, or its files are damaged.
pub fn load(name: &str) -> Result<Box<dyn Model>> {
    if let Some(entry) = MODELS.iter().find(|entry| entry.id == name) {
        return entry.load();
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

/// The kind of a model is told by what its manifest names: weights of linear models, or an encoder's graph.
fn load_folder(folder: &Path) -> Result<Box<dyn Model>> {
    let read = |file: &str| {
        fs::read(folder.join(file))
            .map_err(|error| Error::from(error).input(folder.join(file).display().to_string()))
    };
    let manifest = read("model.json")?;
    let is_fast = serde_json::from_slice::<serde_json::Value>(&manifest)
        .is_ok_and(|value| value.get("weights_sha256").is_some());
    if is_fast {
        return Ok(Box::new(fast::Fast::from_bytes(
            &manifest,
            &read("weights.bin")?,
        )?));
    }
    let files = encoder::Files::read(manifest, read)?;
    Ok(Box::new(encoder::Encoder::new(files)?))
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
            let name = if entry.id == "encoder" {
                "reply-encoder"
            } else {
                entry.id
            };
            let folder = format!("data/models/{name}/{}", entry.version);
            assert_eq!(load(&folder).unwrap().info().sha256, info.sha256);
        }
    }

    #[test]
    fn an_unknown_model_is_named_with_those_that_exist() {
        let error = load("clever").err().unwrap().to_string();
        assert_eq!(
            error,
            "clever: there is no such model; name one of encoder, fast, or a folder with model.json"
        );
    }
}
