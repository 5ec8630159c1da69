//! A model for tests: it finds its labels in the text, as words in capitals.
//!
//! `CLAIM the key leaked.` is a claim, `PREMISE TECHNICAL it was public.` a technical premise, and
//! `DISAGREE` anywhere in an author's own words is the comment's stance. `SURELY` makes the labels of
//! its unit more probable. Tests thus say at one place what a thread holds and what it means, and do not
//! change with what a trained model thinks.

use super::{Head, Links, Model, ModelInfo, Prediction, Reply};
use crate::{
    text::plain,
    thread::{Draft, ParentRef, Thread, ThreadBuilder},
};

/// Probabilities of a label that is marked, of one that is marked as sure, and of all others.
const MARKED: f32 = 0.8;
const SURE: f32 = 0.95;
const OTHER: f32 = 0.05;

/// Reads marks.
#[derive(Debug)]
pub(crate) struct Marked(ModelInfo);

impl Marked {
    pub(crate) fn new() -> Self {
        let head = |set: &str, labels: &str| {
            let labels: Vec<String> = labels.split(' ').map(str::to_owned).collect();
            let thresholds = vec![0.5; labels.len()];
            Head {
                set: set.to_owned(),
                labels,
                thresholds,
            }
        };
        Self(ModelInfo {
            id: "marked".to_owned(),
            version: "0".to_owned(),
            sha256: "0".repeat(64),
            unit_heads: vec![
                head("role", "claim premise question quote none"),
                head(
                    "basis",
                    "technical evidence experience speculation normative",
                ),
                head("attack", "ad_hominem incivility"),
                head("sarcasm", "sarcasm"),
            ],
            comment_heads: vec![head("stance", "agree disagree neutral")],
            languages: vec!["en".to_owned()],
        })
    }
}

impl Model for Marked {
    fn info(&self) -> &ModelInfo {
        &self.0
    }

    fn predict(&self, replies: &[Reply<'_>]) -> Vec<Prediction> {
        replies.iter().map(|reply| self.judge(reply)).collect()
    }
}

impl Marked {
    fn judge(&self, reply: &Reply<'_>) -> Prediction {
        let words = |unit: &super::ReplyUnit| -> Vec<&str> {
            match unit.is_quote {
                true => vec!["QUOTE"],
                false => unit.span.slice(reply.text).split_whitespace().collect(),
            }
        };
        let units = reply
            .units
            .iter()
            .map(|unit| judge(&words(unit), &self.0.unit_heads, "none"));
        let all: Vec<&str> = reply.units.iter().flat_map(words).collect();
        Prediction {
            units: units.collect(),
            comment: judge(&all, &self.0.comment_heads, "neutral"),
            links: Links::default(),
        }
    }
}

/// Probabilities by the marks among `words`; `default` stands where a head's labels are not marked.
fn judge(words: &[&str], heads: &[Head], default: &str) -> Vec<f32> {
    let marked = |label: &String| words.contains(&label.to_uppercase().as_str());
    let probability = if words.contains(&"SURELY") {
        SURE
    } else {
        MARKED
    };
    let judged = heads.iter().flat_map(|head| {
        let silent = !head.labels.iter().any(marked);
        head.labels.iter().map(
            move |label| match marked(label) || (silent && label == default) {
                true => probability,
                false => OTHER,
            },
        )
    });
    judged.collect()
}

/// A thread of comments given as id, parent's id (empty for the article) and text.
pub(crate) fn thread<S: AsRef<str>>(comments: &[(S, S, S)]) -> Thread {
    let mut builder = ThreadBuilder::new("test", "t");
    for (id, parent, text) in comments {
        builder.push(draft(id.as_ref(), parent.as_ref(), text.as_ref()));
    }
    builder.build()
}

/// A comment as [`thread`] takes it, for tests that need more than words.
pub(crate) fn draft(id: &str, parent: &str, text: &str) -> Draft {
    Draft {
        id: id.to_owned(),
        parent: match parent {
            "" => ParentRef::Root,
            parent => ParentRef::Id(parent.to_owned()),
        },
        body: plain::body(text),
        ..Draft::default()
    }
}
