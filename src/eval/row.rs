//! A line of a public set, as it stands in the file. Keys that are not named here are passed over.

use serde::Deserialize;

/// A text with the labels that the set gives it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Row {
    pub(super) set: Option<String>,
    pub(super) id: Option<String>,
    pub(super) group: Option<String>,
    /// The text that this one answers.
    pub(super) parent: Option<String>,
    /// The text before this one, in sets of flat threads.
    pub(super) previous: Option<String>,
    /// The position that `stance_to_topic` is about.
    pub(super) topic: Option<String>,
    /// A row without a text is passed over.
    pub(super) text: Option<String>,
    pub(super) units: Option<Vec<UnitRow>>,
    pub(super) relations: Option<Vec<RelationRow>>,
    pub(super) stance: Option<String>,
    pub(super) sdqc: Option<Sdqc>,
    pub(super) stance_to_topic: Option<i64>,
    pub(super) ad_hominem: Option<Said>,
    pub(super) personal_attack: Option<Said>,
    pub(super) uncivil: Option<Said>,
    pub(super) sarcasm: Option<Said>,
    pub(super) experiential: Option<Said>,
}

/// A unit; its place is in code points of the text.
#[derive(Debug, Deserialize)]
pub(super) struct UnitRow {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) role: Option<String>,
    pub(super) proposition: Option<Proposition>,
}

/// A relation from a unit of this text to one of the post `in`.
#[derive(Debug, Deserialize)]
pub(super) struct RelationRow {
    pub(super) from: usize,
    pub(super) to: usize,
    #[serde(rename = "in")]
    pub(super) post: String,
    pub(super) kind: Kind,
}

/// What a unit does to another.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Support,
    Attack,
}

/// How a message stands to a rumour or to the message that it answers (Derczynski et al. 2017).
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Sdqc {
    Support,
    Deny,
    Query,
    Comment,
}

/// Kinds of proposition (Park and Cardie 2018).
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Proposition {
    Testimony,
    Reference,
    Policy,
    Fact,
    Value,
}

/// A yes or no, in any of the ways that sets write it; a number is the mean over annotators.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Said {
    Flag(bool),
    Mean(f64),
    Word(String),
}

impl Said {
    /// Whether the label holds; `reached` says so of a mean. `None` where the word is neither yes nor no.
    pub(super) fn holds(&self, reached: impl Fn(f64) -> bool) -> Option<bool> {
        match self {
            Self::Flag(holds) => Some(*holds),
            Self::Mean(mean) => Some(reached(*mean)),
            Self::Word(word) => match word.to_ascii_lowercase().as_str() {
                "true" | "yes" => Some(true),
                "false" | "no" => Some(false),
                _ => None,
            },
        }
    }
}
