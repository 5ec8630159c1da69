//! What the labels mean, and which of them are asserted.
//!
//! A model gives probabilities under names; this module knows the names. [`LABEL_SETS`] lists them with
//! their meanings, [`decode`] turns a `Prediction` into typed labels by the model's thresholds, and
//! [`label_thread`] does so for every comment of a thread.

mod decode;
mod explain;
#[cfg(test)]
mod obvious;
mod reply;
mod thread;
mod types;

pub use decode::decode;
pub use explain::{Explanation, Influence};
pub use reply::{LooseText, ReplyLabels, label_texts};
pub(crate) use thread::answered;
pub use thread::{CommentUnits, ThreadLabels, label_thread, reply_units};
pub use types::{Attack, Basis, CommentLabels, Role, Scores, Stance, UnitLabels, probability};

use crate::registry::registry;

/// A question that a model answers with labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LabelSet {
    /// Its name in models and in JSON.
    pub id: &'static str,
    /// What is labeled.
    pub level: Level,
    /// How many of the labels hold at once.
    pub choice: Choice,
    /// The labels, in the order of the documentation.
    pub labels: &'static [Label],
}

/// One label of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Its name in models and in JSON.
    pub id: &'static str,
    /// What it says of a unit or a comment, in a sentence.
    pub meaning: &'static str,
}

/// What a label set is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A unit of a comment.
    Unit,
    /// A whole comment.
    Comment,
}

/// How many labels of a set hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Exactly one: the most probable.
    One,
    /// Any number: each that reaches its threshold.
    Any,
    /// None or one: the most probable of those that reach their thresholds.
    AtMostOne,
}

registry! {
    /// The label sets, in the order in which they are shown.
    pub static LABEL_SETS: [LabelSet] = SET in { role, basis, attack, sarcasm, stance }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_names_are_unique_across_sets() {
        let labels = LABEL_SETS.iter().flat_map(|set| set.labels);
        let mut names: Vec<_> = labels.map(|label| label.id).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn typed_labels_follow_the_sets() {
        let names = |id: &str| -> Vec<&str> {
            let set = LABEL_SETS.iter().find(|set| set.id == id).unwrap();
            set.labels.iter().map(|label| label.id).collect()
        };
        let same = |id: &str, typed: Vec<&str>| assert_eq!(names(id), typed);
        same("role", Role::ALL.iter().map(|l| l.as_str()).collect());
        same("basis", Basis::ALL.iter().map(|l| l.as_str()).collect());
        same("attack", Attack::ALL.iter().map(|l| l.as_str()).collect());
        same("stance", Stance::ALL.iter().map(|l| l.as_str()).collect());
    }
}
