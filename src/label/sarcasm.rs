//! Whether a unit means what it says.

use super::{Choice, Label, LabelSet, Level};

pub(super) static SET: LabelSet = LabelSet {
    id: "sarcasm",
    level: Level::Unit,
    choice: Choice::Any,
    labels: &[Label {
        id: "sarcasm",
        meaning: "Is meant as the opposite of its literal content, or mocks it.",
    }],
};
