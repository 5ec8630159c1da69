//! From probabilities to labels, by the model's thresholds.

use super::{
    Attack, Basis, Choice, CommentLabels, LABEL_SETS, LabelSet, Level, Role, Scores, Stance,
    UnitLabels,
};
use crate::model::{Head, ModelInfo, Prediction};

/// Turns what a model predicted for one comment into labels.
///
/// Of `role` and `stance` the most probable label is asserted, of `basis` and `sarcasm` every label
/// that reaches its threshold, of `attack` the most probable of those that do. `is_reply` says whether
/// the comment answers another one, even one that the capture lacks: only then has it a stance.
#[must_use]
pub fn decode(
    prediction: &Prediction,
    info: &ModelInfo,
    is_reply: bool,
) -> (Vec<UnitLabels>, CommentLabels) {
    let units = prediction.units.iter();
    let units: Vec<_> = units
        .map(|unit| decode_unit(unit, &info.unit_heads))
        .collect();
    let stance = if is_reply {
        judge(&prediction.comment, &info.comment_heads, Level::Comment)
    } else {
        Judged::default()
    };
    let mut comment = CommentLabels {
        // A model without this head says nothing, and a reply that says nothing takes no side.
        stance: is_reply.then(|| stance.first(Stance::from_name).unwrap_or(Stance::Neutral)),
        scores: stance.scores,
        technical: 0.0,
        ad_hominem: 0.0,
        incivility: 0.0,
        language: None,
        explanation: Vec::new(),
    };
    comment.take_largest(&units);
    (units, comment)
}

fn decode_unit(probabilities: &[f32], heads: &[Head]) -> UnitLabels {
    let judged = judge(probabilities, heads, Level::Unit);
    let names = judged.asserted.iter();
    UnitLabels {
        role: judged.first(Role::from_name).unwrap_or(Role::None),
        basis: names.filter_map(|name| Basis::from_name(name)).collect(),
        attack: judged.first(Attack::from_name),
        sarcasm: judged.asserted.contains(&"sarcasm"),
        scores: judged.scores,
        explanation: Vec::new(),
    }
}

/// The labels that hold, and the probabilities of all, in the order of the label sets.
#[derive(Default)]
struct Judged {
    asserted: Vec<&'static str>,
    scores: Scores,
}

impl Judged {
    fn first<T>(&self, typed: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.asserted.iter().find_map(|name| typed(name))
    }
}

fn judge(probabilities: &[f32], heads: &[Head], level: Level) -> Judged {
    let mut judged = Judged::default();
    for set in LABEL_SETS.iter().filter(|set| set.level == level) {
        if let Some((head, values)) = find(heads, probabilities, set) {
            judge_set(set, head, values, &mut judged);
        }
    }
    judged
}

/// The head that answers `set`, with its part of the probabilities.
fn find<'a>(
    heads: &'a [Head],
    probabilities: &'a [f32],
    set: &LabelSet,
) -> Option<(&'a Head, &'a [f32])> {
    let at = heads.iter().position(|head| head.set == set.id)?;
    let start: usize = heads[..at].iter().map(|head| head.labels.len()).sum();
    let values = probabilities.get(start..start + heads[at].labels.len())?;
    Some((&heads[at], values))
}

fn judge_set(set: &LabelSet, head: &Head, values: &[f32], judged: &mut Judged) {
    let mut best: Option<(&'static str, f32)> = None;
    for label in set.labels {
        let Some(at) = head.labels.iter().position(|name| name == label.id) else {
            continue;
        };
        let probability = values[at];
        judged.scores.push((label.id, probability));
        let holds = set.choice == Choice::One || probability >= head.thresholds[at];
        if holds && set.choice == Choice::Any {
            judged.asserted.push(label.id);
        } else if holds && best.is_none_or(|(_, most)| probability > most) {
            best = Some((label.id, probability));
        }
    }
    judged.asserted.extend(best.map(|(id, _)| id));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Links;

    fn head(set: &str, labels: &[&str], threshold: f32) -> Head {
        Head {
            set: set.to_owned(),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            thresholds: vec![threshold; labels.len()],
        }
    }

    fn info() -> ModelInfo {
        ModelInfo {
            id: "test".to_owned(),
            version: "0".to_owned(),
            sha256: String::new(),
            unit_heads: vec![
                head("attack", &["ad_hominem", "incivility"], 0.4),
                head("role", &["claim", "question", "none"], 0.5),
                head("basis", &["technical", "normative"], 0.3),
            ],
            comment_heads: vec![head("stance", &["agree", "disagree", "neutral"], 0.9)],
            languages: vec!["en".to_owned()],
        }
    }

    fn predict(units: &[[f32; 7]]) -> Prediction {
        Prediction {
            units: units.iter().map(|unit| unit.to_vec()).collect(),
            comment: vec![0.2, 0.5, 0.3],
            links: Links::default(),
        }
    }

    #[test]
    fn asserts_by_choice_and_threshold() {
        let prediction = predict(&[
            [0.5, 0.6, 0.3, 0.4, 0.3, 0.3, 0.8],
            [0.39, 0.1, 0.6, 0.3, 0.1, 0.29, 0.1],
        ]);
        let (units, comment) = decode(&prediction, &info(), true);
        assert_eq!(units[0].role, Role::Question);
        assert_eq!(units[0].basis, [Basis::Technical, Basis::Normative]);
        assert_eq!(units[0].attack, Some(Attack::Incivility));
        assert_eq!(units[1].role, Role::Claim);
        assert_eq!((&units[1].basis[..], units[1].attack), (&[][..], None));
        assert_eq!(comment.stance, Some(Stance::Disagree));
        assert!((comment.ad_hominem - 0.5).abs() < 1e-6);
    }

    #[test]
    fn offers_only_what_the_model_has_in_the_order_of_the_sets() {
        let (units, _) = decode(&predict(&[[0.1; 7]]), &info(), true);
        let names: Vec<_> = units[0].scores.iter().map(|(name, _)| *name).collect();
        let expected = [
            "claim",
            "question",
            "none",
            "technical",
            "normative",
            "ad_hominem",
            "incivility",
        ];
        assert_eq!(names, expected);
        assert!(!units[0].sarcasm);
    }

    #[test]
    fn a_top_level_comment_has_no_stance() {
        let (_, comment) = decode(&predict(&[]), &info(), false);
        assert_eq!(comment.stance, None);
        assert!(comment.scores.is_empty());
    }
}
