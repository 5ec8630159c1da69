//! What a unit rests on.

use super::{Choice, Label, LabelSet, Level};

pub(super) static SET: LabelSet = LabelSet {
    id: "basis",
    level: Level::Unit,
    choice: Choice::Any,
    labels: &[
        Label {
            id: "technical",
            meaning: "Says how systems, software, protocols, attacks, configuration or operations work or fail, at a level that could be checked.",
        },
        Label {
            id: "evidence",
            meaning: "Points to a source: a link, document, standard, report, named expert, figure or official statement.",
        },
        Label {
            id: "experience",
            meaning: "Tells of the author's own experience or test.",
        },
        Label {
            id: "speculation",
            meaning: "Makes a hedged guess about an unknown fact or motive.",
        },
        Label {
            id: "normative",
            meaning: "Says what should be done, who is to blame or deserves what, or what is good or bad.",
        },
    ],
};
