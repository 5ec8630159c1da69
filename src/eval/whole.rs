//! Labels of whole comments, as public sets give them: what a model says of a comment's units, together.

use super::verdict::Verdict;
use crate::{
    label::{Choice, Label, LabelSet, Level},
    train::targets::{label_outputs, output},
};

/// The labels of whole comments that units answer.
pub static WHOLE: LabelSet = LabelSet {
    id: "comment",
    level: Level::Comment,
    choice: Choice::Any,
    labels: &[
        Label {
            id: "ad_hominem",
            meaning: "Attacks a person in place of the argument, somewhere.",
        },
        Label {
            id: "uncivil",
            meaning: "Is rude to anybody, somewhere.",
        },
        Label {
            id: "sarcasm",
            meaning: "Mocks, or means the opposite of what it says, somewhere.",
        },
        Label {
            id: "experience",
            meaning: "Tells of the author's own experience, somewhere.",
        },
    ],
};

/// Per label of [`WHOLE`] the labels of units that make it hold.
const MADE_OF: [&[&str]; 4] = [
    &["ad_hominem"],
    &["ad_hominem", "incivility"],
    &["sarcasm"],
    &["experience"],
];

/// The output of a comment that the first label of [`WHOLE`] takes: behind those of the comment's own sets.
pub(super) fn first_output() -> usize {
    label_outputs(Level::Comment)
}

/// The output of a label of [`WHOLE`].
///
/// # Panics
/// When there is no such label.
pub(super) fn whole_output(label: &str) -> usize {
    let at = WHOLE.labels.iter().position(|other| other.id == label);
    first_output() + at.expect("a label of whole comments")
}

/// Adds to the verdict on a comment what those on its units come to: the largest probability of a label,
/// which is asserted where any unit asserts it.
pub(super) fn sum_up(units: &[Verdict], comment: &mut Verdict) {
    for (label, parts) in WHOLE.labels.iter().zip(MADE_OF) {
        let at = whole_output(label.id);
        for unit in units {
            for part in parts.iter().map(|part| output(part)) {
                comment.probabilities[at] = comment.probabilities[at].max(unit.probabilities[part]);
                comment.asserted[at] |= unit.asserted[part];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_unit_speaks_for_the_comment() {
        let unit = |attack: f32, rude: f32, asserted: bool| {
            let mut verdict = Verdict::default();
            verdict.probabilities[output("ad_hominem")] = attack;
            verdict.probabilities[output("incivility")] = rude;
            verdict.asserted[output("incivility")] = asserted;
            verdict
        };
        let mut comment = Verdict::default();
        sum_up(&[unit(0.2, 0.1, false), unit(0.1, 0.7, true)], &mut comment);
        let of = |label: &str| {
            let at = whole_output(label);
            (comment.probabilities[at], comment.asserted[at])
        };
        assert_eq!(of("ad_hominem"), (0.2, false));
        assert_eq!(of("uncivil"), (0.7, true));
        assert_eq!(of("sarcasm"), (0.0, false));
    }
}
