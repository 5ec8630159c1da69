//! The encoder gives what it gave where it was trained, and gives it whatever stands beside a text.

use rejoinder::{
    model::{self, Model, Prediction, Reply, ReplyUnit},
    span::{CodePoints, Span},
};
use serde::Deserialize;
use serde_json::Value;
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

/// The network of the folder, without the linear model that the program pools it with, run from `graph`.
fn network(graph: &str) -> Box<dyn Model> {
    let copy = tempfile::tempdir().expect("a folder");
    for file in [graph, "heads.onnx", "tokenizer.json"] {
        fs::copy(folder().join(file), copy.path().join(file)).expect("a copy");
    }
    let manifest = fs::read(folder().join("model.json")).expect("a manifest");
    let mut manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    manifest["encoder"] = graph.into();
    manifest["pool"] = Value::Null;
    fs::write(copy.path().join("model.json"), manifest.to_string()).expect("a copy");
    model::load(&copy.path().display().to_string()).expect("it loads")
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

/// The 32-bit graph gives what torch gives; eight bits move probabilities, and seldom a role.
#[test]
fn full_precision_agrees_with_torch_and_eight_bits_nearly_so() {
    let texts = texts();
    assert_eq!(texts.len(), 200);
    let references: Vec<Reference> = lines(&folder().join("reference.jsonl"));
    let full = predict(network("encoder-fp32.onnx").as_ref(), &texts, texts.len());
    for ((reference, text), said) in references.iter().zip(&texts).zip(&full) {
        compare(reference, text, said);
    }
    let small = predict(network("encoder-int8.onnx").as_ref(), &texts, texts.len());
    let units = |said: &[Prediction]| -> Vec<Vec<f32>> {
        let units = said.iter().flat_map(|said| &said.units);
        units.filter(|unit| !unit.is_empty()).cloned().collect()
    };
    let (full, small) = (units(&full), units(&small));
    let role = |unit: &[f32]| (0..5).max_by(|&a, &b| unit[a].total_cmp(&unit[b]));
    let same = full
        .iter()
        .zip(&small)
        .filter(|(one, other)| role(one) == role(other));
    let same = same.count();
    assert!(same * 100 >= full.len() * 93, "{same} of {}", full.len());
}

fn compare(reference: &Reference, text: &Text, said: &Prediction) {
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
        // Logits, which are several times as large as probabilities.
        assert!(
            (one - other).abs() < 10.0 * TOLERANCE,
            "links of {id}: {one} {other}"
        );
    }
}

#[test]
fn neighbors_change_nothing() {
    let texts = &texts()[..40];
    let model = model::load(model::MODELS[0].id).expect("the embedded model");
    let together = predict(model.as_ref(), texts, texts.len());
    assert_eq!(together, predict(model.as_ref(), texts, 1));
}
