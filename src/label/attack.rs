//! Whom a unit attacks in place of an argument.

use super::{Choice, Label, LabelSet, Level};

pub(super) static SET: LabelSet = LabelSet {
    id: "attack",
    level: Level::Unit,
    choice: Choice::AtMostOne,
    labels: &[
        Label {
            id: "ad_hominem",
            meaning: "Turns against a participant, or the people who hold the opposing view, in place of their argument.",
        },
        Label {
            id: "incivility",
            meaning: "Insults or shows contempt for people, companies or groups that do not take part.",
        },
    ],
};
