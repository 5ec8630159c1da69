//! How a reply stands to what it answers.

use super::{Choice, Label, LabelSet, Level};

pub(super) static SET: LabelSet = LabelSet {
    id: "stance",
    level: Level::Comment,
    choice: Choice::One,
    labels: &[
        Label {
            id: "agree",
            meaning: "Endorses or extends the parent's main position.",
        },
        Label {
            id: "disagree",
            meaning: "Rejects, corrects, rebuts or mocks the parent's main position.",
        },
        Label {
            id: "neutral",
            meaning: "Takes no side: a question, an answer, an explanation, a side topic.",
        },
    ],
};
