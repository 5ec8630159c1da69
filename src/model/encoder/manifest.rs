//! `model.json`: what the network's files are, how texts are cut for it, and how its logits become labels.

use super::pool::PoolLine;
use crate::{
    error::{Error, ErrorKind, Result},
    model::{Head, fast::Choice},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The content of `model.json`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Manifest {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) languages: Vec<String>,
    pub(super) unit_heads: Vec<HeadLine>,
    pub(super) comment_heads: Vec<HeadLine>,
    pub(super) window: WindowSize,
    pub(super) tokens: Specials,
    /// Name of the encoder's graph.
    pub(super) encoder: String,
    /// Name of the graph of the heads.
    pub(super) heads: String,
    /// The model whose judgement is pooled with the network's, if any.
    pub(super) pool: Option<PoolLine>,
    /// SHA-256 of every file, in hexadecimal.
    pub(super) sha256: BTreeMap<String, String>,
}

/// A head: the labels of one decision.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct HeadLine {
    pub(super) set: String,
    pub(super) choice: Choice,
    pub(super) labels: Vec<String>,
    pub(super) thresholds: Vec<f32>,
    /// Divides the logits, so that probabilities are calibrated (Guo et al. 2017).
    pub(super) temperature: f32,
}

/// Sizes of a window, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct WindowSize {
    /// All that the network reads at once.
    pub(super) length: usize,
    /// What a long comment leaves to the answered text.
    pub(super) answered_least: usize,
    /// What a short one leaves.
    pub(super) answered_most: usize,
    /// What two windows of a long comment share.
    pub(super) overlap: usize,
}

/// Numbers of the tokens that mark a window.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Specials {
    pub(super) cls: u32,
    pub(super) sep: u32,
}

/// Special tokens of a window.
pub(super) const MARKS: usize = 3;

impl Manifest {
    /// Reads and checks `model.json`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        let wrong = |cause: String| Error::new(ErrorKind::Model, cause).input("model.json");
        let manifest: Self =
            serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
        let WindowSize {
            length,
            answered_least,
            answered_most,
            overlap,
        } = manifest.window;
        if answered_least > answered_most || answered_most + overlap + MARKS >= length {
            let cause = "a window must hold the answered text, the overlap and some of the comment";
            return Err(wrong(cause.to_owned()));
        }
        for head in manifest.unit_heads.iter().chain(&manifest.comment_heads) {
            if head.thresholds.len() != head.labels.len() {
                return Err(wrong(format!(
                    "`{}` needs one threshold per label",
                    head.set
                )));
            }
            if !head.temperature.is_finite() || head.temperature <= 0.0 {
                return Err(wrong(format!(
                    "the temperature of `{}` is not positive",
                    head.set
                )));
            }
        }
        Ok(manifest)
    }

    /// Logits that the unit heads take together.
    pub(super) fn unit_width(&self) -> usize {
        width(&self.unit_heads)
    }

    /// Logits that the comment heads take together.
    pub(super) fn comment_width(&self) -> usize {
        width(&self.comment_heads)
    }
}

fn width(heads: &[HeadLine]) -> usize {
    heads.iter().map(|head| head.labels.len()).sum()
}

impl From<&HeadLine> for Head {
    fn from(line: &HeadLine) -> Self {
        Self {
            set: line.set.clone(),
            labels: line.labels.clone(),
            thresholds: line.thresholds.clone(),
        }
    }
}
