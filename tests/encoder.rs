//! The encoder gives what it gave where it was trained, and gives it whatever stands beside a text.

use rejoinder::{
    model::{self, Model, Prediction, Reply, ReplyUnit},
    span::{CodePoints, Span},
};
use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What 32-bit numbers may differ by between two programs.
const TOLERANCE: f32 = 1e-3;

/// A line of `tests/data/replies.jsonl`.
#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
    parent: Option<String>,
    units: Vec<[usize; 2]>,
    parent_units: Vec<[usize; 2]>,
}

/// What torch says of it.
#[derive(Deserialize)]
struct Reference {
    id: String,
    units: Vec<Vec<f32>>,
    stance: Vec<f32>,
    links: Vec<Option<f32>>,
}

fn folder() -> PathBuf {
    let entry = &model::MODELS[0];
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/models/reply-encoder")
        .join(entry.version)
}

fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Vec<T> {
    let content = fs::read_to_string(path).expect("a file of the project");
    let lines = content.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a good line"))
        .collect()
}

fn texts() -> Vec<Text> {
    lines(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/replies.jsonl"))
}

fn spans(text: &str, places: &[[usize; 2]]) -> Vec<Span> {
    let points = CodePoints::new(text);
    let byte = |point: usize| points.to_byte(point).expect("a place in the text");
    places
        .iter()
        .map(|[start, end]| Span::new(byte(*start), byte(*end)))
        .collect()
}

/// What `model` says of the texts, `size` of them at a time.
fn predict(model: &dyn Model, texts: &[Text], size: usize) -> Vec<Prediction> {
    let units: Vec<Vec<ReplyUnit>> = texts
        .iter()
        .map(|text| {
            let spans = spans(&text.text, &text.units).into_iter();
            spans
                .map(|span| ReplyUnit {
                    span,
                    is_quote: false,
                    is_code: false,
                })
                .collect()
        })
        .collect();
    let answered: Vec<Vec<Span>> = texts
        .iter()
        .map(|text| {
            spans(
                text.parent.as_deref().unwrap_or_default(),
                &text.parent_units,
            )
        })
        .collect();
    let replies: Vec<Reply<'_>> = texts
        .iter()
        .zip(units.iter().zip(&answered))
        .map(|(text, (units, answered_units))| Reply {
            text: &text.text,
            title: None,
            units,
            answered: text.parent.as_deref().filter(|parent| !parent.is_empty()),
            answered_units,
            is_reply: true,
        })
        .collect();
    replies
        .chunks(size)
        .flat_map(|chunk| model.predict(chunk))
        .collect()
}

/// The model of the folder with its 32-bit graph in place of the one that ships in the program.
fn full_precision() -> (tempfile::TempDir, Box<dyn Model>) {
    let copy = tempfile::tempdir().expect("a folder");
    for file in ["encoder-fp32.onnx", "heads.onnx", "tokenizer.json"] {
        fs::copy(folder().join(file), copy.path().join(file)).expect("a copy");
    }
    let manifest = fs::read_to_string(folder().join("model.json")).expect("a manifest");
    let manifest = manifest.replace(
        r#""encoder": "encoder-int8.onnx""#,
        r#""encoder": "encoder-fp32.onnx""#,
    );
    assert!(manifest.contains(r#""encoder": "encoder-fp32.onnx""#));
    fs::write(copy.path().join("model.json"), manifest).expect("a copy");
    let model = model::load(&copy.path().display().to_string()).expect("it loads");
    (copy, model)
}

/// The greatest difference of two lists of numbers of the same length.
fn gap(one: &[f32], other: &[f32]) -> f32 {
    assert_eq!(one.len(), other.len());
    one.iter()
        .zip(other)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max)
}

/// The logits of the answered units: the logarithm of the summed odds over the comment's units.
fn links(said: &Prediction, count: usize) -> Vec<Option<f32>> {
    let mut all = vec![None; count];
    for (at, &unit) in said.links.answered.iter().enumerate() {
        let odds = said.links.logits.iter().filter_map(|row| row.get(at));
        let total: f64 = odds.map(|logit| f64::from(*logit).exp()).sum();
        all[unit] = (total > 0.0).then(|| total.ln() as f32);
    }
    all
}

#[test]
fn full_precision_agrees_with_torch() {
    let texts = texts();
    assert_eq!(texts.len(), 200);
    let (_folder, model) = full_precision();
    let references: Vec<Reference> = lines(&folder().join("reference.jsonl"));
    let said = predict(model.as_ref(), &texts, texts.len());
    for ((reference, text), said) in references.iter().zip(&texts).zip(&said) {
        let id = &reference.id;
        assert_eq!((id, reference.units.len()), (&text.id, said.units.len()));
        for (one, other) in reference.units.iter().zip(&said.units) {
            // A unit without a token is judged by neither.
            if !other.is_empty() {
                assert!(
                    gap(one, other) < TOLERANCE,
                    "units of {id}: {one:?} {other:?}"
                );
            }
        }
        assert!(
            gap(&reference.stance, &said.comment) < TOLERANCE,
            "stance of {id}"
        );
        for (one, other) in reference
            .links
            .iter()
            .zip(links(said, reference.links.len()))
        {
            let (Some(one), Some(other)) = (one, other) else {
                assert_eq!(one.is_some(), other.is_some(), "links of {id}");
                continue;
            };
            assert!(
                (one - other).abs() < 10.0 * TOLERANCE,
                "links of {id}: {one} {other}"
            );
        }
    }
}

/// Eight bits move probabilities; what matters is that labels seldom change.
#[test]
fn eight_bits_change_few_roles() {
    let texts = texts();
    let (_folder, full) = full_precision();
    let small = model::load(model::MODELS[0].id).expect("the embedded model");
    let most = |values: &[f32]| (0..5).max_by(|&a, &b| values[a].total_cmp(&values[b]));
    let judged = |model: &dyn Model| -> Vec<_> {
        let said = predict(model, &texts, texts.len()).into_iter();
        said.flat_map(|said| said.units)
            .filter(|unit| !unit.is_empty())
            .collect()
    };
    let (full, small) = (judged(full.as_ref()), judged(small.as_ref()));
    let same = full
        .iter()
        .zip(&small)
        .filter(|(one, other)| most(one) == most(other))
        .count();
    assert!(same * 100 >= full.len() * 93, "{same} of {}", full.len());
}

#[test]
fn neighbors_change_nothing() {
    let texts = &texts()[..40];
    let model = model::load(model::MODELS[0].id).expect("the embedded model");
    let together = predict(model.as_ref(), texts, texts.len());
    assert_eq!(together, predict(model.as_ref(), texts, 1));
}
