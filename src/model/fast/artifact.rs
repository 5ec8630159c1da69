//! The stored form of the model: `model.json` says what it is, `weights.bin` holds the numbers.
//!
//! `weights.bin` starts with [`MAGIC`], then follow the table for units, the table for comments, and the
//! combiners in the order of the heads, all little-endian. `model.json` holds its SHA-256, so that a
//! pair that does not belong together is refused.

use super::{
    COMMENT_INPUTS, Combiner, Decision, Extractor, Fast, Table, UNIT_INPUTS,
    bytes::{Reader, Writer},
};
use crate::{
    digest::sha256,
    error::{Error, ErrorKind, Result},
    model::{Head, ModelInfo},
};
use serde::{Deserialize, Serialize};

/// First bytes of `weights.bin`; the last of them is the version of the form.
const MAGIC: &[u8; 8] = b"rejfast\x01";

/// How many labels of a head hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Choice {
    /// Exactly one.
    One,
    /// Any number.
    Any,
    /// None or one.
    AtMostOne,
}

/// The content of `model.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) languages: Vec<String>,
    pub(crate) unit_heads: Vec<HeadLine>,
    pub(crate) comment_heads: Vec<HeadLine>,
    /// SHA-256 of `weights.bin`, in hexadecimal.
    pub(crate) weights_sha256: String,
}

/// A head in `model.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct HeadLine {
    pub(crate) set: String,
    pub(crate) choice: Choice,
    pub(crate) labels: Vec<String>,
    pub(crate) thresholds: Vec<f32>,
}

impl HeadLine {
    /// Number of combiners, and of classes of each.
    const fn combiners(&self) -> (usize, usize) {
        match self.choice {
            Choice::One => (1, self.labels.len()),
            Choice::AtMostOne => (1, self.labels.len() + 1),
            Choice::Any => (self.labels.len(), 2),
        }
    }

    fn head(&self) -> Result<Head> {
        if self.thresholds.len() != self.labels.len() {
            let cause = format!("`{}` needs one threshold per label", self.set);
            return Err(Error::new(ErrorKind::Model, cause).input("model.json"));
        }
        Ok(Head {
            set: self.set.clone(),
            labels: self.labels.clone(),
            thresholds: self.thresholds.clone(),
        })
    }
}

/// All numbers of the model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parts {
    pub(crate) unit_table: Table,
    pub(crate) comment_table: Table,
    pub(crate) unit_decisions: Vec<Decision>,
    pub(crate) comment_decisions: Vec<Decision>,
}

impl Parts {
    /// The content of `weights.bin`.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.bytes.extend(MAGIC);
        self.unit_table.write(&mut out);
        self.comment_table.write(&mut out);
        let decisions = self.unit_decisions.iter().chain(&self.comment_decisions);
        decisions
            .flat_map(|decision| &decision.combiners)
            .for_each(|combiner| combiner.write(&mut out));
        out.bytes
    }

    fn from_bytes(bytes: &[u8], manifest: &Manifest) -> Result<Self> {
        let mut input = Reader::new(bytes);
        if input.take(MAGIC.len())? != MAGIC {
            let cause = "the weights are of another form or version";
            return Err(Error::new(ErrorKind::Model, cause)
                .remedy("train the model again with this version of rejoinder"));
        }
        let parts = Self {
            unit_table: Table::read(&mut input)?,
            comment_table: Table::read(&mut input)?,
            unit_decisions: read_decisions(&mut input, &manifest.unit_heads, UNIT_INPUTS)?,
            comment_decisions: read_decisions(&mut input, &manifest.comment_heads, COMMENT_INPUTS)?,
        };
        match input.left() {
            0 => Ok(parts),
            left => Err(Error::new(
                ErrorKind::Model,
                format!("{left} bytes too many at the end of the weights"),
            )),
        }
    }
}

fn read_decisions(
    input: &mut Reader<'_>,
    heads: &[HeadLine],
    inputs: usize,
) -> Result<Vec<Decision>> {
    let read = |head: &HeadLine| {
        let (count, classes) = head.combiners();
        let combiners = (0..count).map(|_| Combiner::read(input, inputs, classes));
        Ok(Decision::new(
            head.choice,
            combiners.collect::<Result<_>>()?,
        ))
    };
    heads.iter().map(read).collect()
}

impl Manifest {
    /// The content of `model.json`.
    pub(crate) fn to_json(&self) -> Result<String> {
        let text = serde_json::to_string_pretty(self);
        text.map(|text| text + "\n")
            .map_err(|error| Error::new(ErrorKind::Model, error.to_string()))
    }
}

impl Fast {
    /// Loads the model from the content of `model.json` and of `weights.bin`.
    ///
    /// # Errors
    /// When one of them is damaged, or they do not belong together.
    pub fn from_bytes(manifest: &[u8], weights: &[u8]) -> Result<Self> {
        let line: Manifest = serde_json::from_slice(manifest)
            .map_err(|error| Error::new(ErrorKind::Model, error.to_string()).input("model.json"))?;
        let found = sha256(&[weights]);
        if found != line.weights_sha256 {
            let cause = format!(
                "SHA-256 is {found} and model.json says {}",
                line.weights_sha256
            );
            return Err(Error::new(ErrorKind::Model, cause)
                .input("weights.bin")
                .remedy("fetch both files of the same model again"));
        }
        let parts =
            Parts::from_bytes(weights, &line).map_err(|error| error.input("weights.bin"))?;
        let heads = |lines: &[HeadLine]| -> Result<Vec<Head>> {
            lines.iter().map(HeadLine::head).collect()
        };
        let info = ModelInfo {
            unit_heads: heads(&line.unit_heads)?,
            comment_heads: heads(&line.comment_heads)?,
            sha256: sha256(&[manifest, weights]),
            id: line.id,
            version: line.version,
            languages: line.languages,
        };
        Ok(Self {
            info,
            extractor: Extractor::default(),
            parts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Model, Reply, ReplyUnit, fast::LANES};
    use crate::span::Span;

    fn head(set: &str, choice: Choice, labels: &[&str]) -> HeadLine {
        HeadLine {
            set: set.to_owned(),
            choice,
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            thresholds: vec![0.5; labels.len()],
        }
    }

    /// A model whose tables hold one made-up feature each, in its two files.
    fn files() -> (Vec<u8>, Vec<u8>) {
        let combiner = |inputs: usize, classes: usize| {
            let class = |at: usize| vec![at as f32 * 0.01; inputs + 1];
            Combiner::new(inputs, (0..classes).map(class).collect())
        };
        let table = Table::quantize(&[7, 70_000], &[[0.5; LANES], [-1.0; LANES]], 3);
        let parts = Parts {
            unit_table: table.clone(),
            comment_table: table,
            unit_decisions: vec![Decision::new(
                Choice::AtMostOne,
                vec![combiner(UNIT_INPUTS, 3)],
            )],
            comment_decisions: vec![Decision::new(
                Choice::One,
                vec![combiner(COMMENT_INPUTS, 2)],
            )],
        };
        let weights = parts.to_bytes();
        let manifest = Manifest {
            id: "test".to_owned(),
            version: "1".to_owned(),
            languages: vec!["en".to_owned()],
            unit_heads: vec![head(
                "attack",
                Choice::AtMostOne,
                &["ad_hominem", "incivility"],
            )],
            comment_heads: vec![head("stance", Choice::One, &["agree", "disagree"])],
            weights_sha256: sha256(&[&weights]),
        };
        (manifest.to_json().unwrap().into_bytes(), weights)
    }

    fn cause(manifest: &[u8], weights: &[u8]) -> String {
        Fast::from_bytes(manifest, weights).unwrap_err().to_string()
    }

    #[test]
    fn reads_what_it_wrote() {
        let (manifest, weights) = files();
        let model = Fast::from_bytes(&manifest, &weights).unwrap();
        assert_eq!(model.parts.to_bytes(), weights);
        assert_eq!(model.info().unit_heads[0].labels.len(), 2);
        let unit = ReplyUnit {
            span: Span::new(0, 2),
            is_quote: false,
            is_code: false,
        };
        let reply = Reply {
            text: "No",
            title: None,
            units: &[unit],
            answered: None,
            answered_units: &[],
            is_reply: true,
        };
        let said = model.predict(&[reply]).remove(0);
        assert_eq!((said.units[0].len(), said.comment.len()), (2, 2));
        assert!((said.comment.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }

    #[test]
    fn refuses_weights_of_another_model() {
        let (manifest, mut weights) = files();
        *weights.last_mut().unwrap() ^= 1;
        let cause = cause(&manifest, &weights);
        assert!(cause.starts_with("weights.bin: SHA-256 is "), "{cause}");
    }

    /// Damage that the checksum covers up, as a wrong tool might make it.
    #[test]
    fn refuses_damaged_weights() {
        let (manifest, weights) = files();
        let with_sum = |weights: &[u8]| {
            let text = String::from_utf8(manifest.clone()).unwrap();
            let old = text.split('"').rev().nth(1).unwrap().to_owned();
            cause(text.replace(&old, &sha256(&[weights])).as_bytes(), weights)
        };
        let short = with_sum(&weights[..weights.len() - 3]);
        assert!(short.contains("end early"), "{short}");
        let long = with_sum(&[&weights[..], &[0]].concat());
        assert!(long.contains("1 bytes too many"), "{long}");
        let mut other = weights.clone();
        other[7] = 9;
        assert!(with_sum(&other).contains("another form or version"));
        let mut sizes = weights;
        sizes[8] = 200;
        assert!(with_sum(&sizes).contains("200 outputs"));
    }

    #[test]
    fn refuses_a_manifest_that_is_none() {
        assert!(cause(b"{}", b"").starts_with("model.json: missing field"));
    }
}
