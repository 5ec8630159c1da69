//! What a unit does in the argument.

use super::{Choice, Label, LabelSet, Level};

pub(super) static SET: LabelSet = LabelSet {
    id: "role",
    level: Level::Unit,
    choice: Choice::One,
    labels: &[
        Label {
            id: "claim",
            meaning: "Asserts something that a reader could dispute: a conclusion, judgment, diagnosis, prediction or recommendation.",
        },
        Label {
            id: "premise",
            meaning: "Is given as reason, evidence, example, mechanism or explanation for or against a claim of the thread.",
        },
        Label {
            id: "question",
            meaning: "Really asks for information, evidence or clarification.",
        },
        Label {
            id: "quote",
            meaning: "Repeats somebody else's words, marked or not; pasted logs and tool output too.",
        },
        Label {
            id: "none",
            meaning: "Takes no part in the argument: thanks, a greeting, an interjection, a joke without a position, code, a link's label.",
        },
    ],
};
