//! From the windows' logits to probabilities of the comment.

use super::{
    manifest::{HeadLine, Manifest},
    windows::Plan,
};
use crate::model::{Links, Prediction, Reply, fast::Choice};

/// Logits of one window.
#[derive(Debug)]
pub(super) struct Judgement {
    /// Per unit of the window those of the unit heads.
    pub(super) units: Vec<Vec<f32>>,
    /// Those of the comment heads.
    pub(super) comment: Vec<f32>,
    /// Per unit of the window one for each answered unit.
    pub(super) links: Vec<Vec<f32>>,
}

/// Joins the windows of a reply: stance is judged by the mean of their logits.
pub(super) fn join(
    reply: &Reply<'_>,
    plan: &Plan,
    judged: &[Judgement],
    manifest: &Manifest,
) -> Prediction {
    let mut units = vec![Vec::new(); reply.units.len()];
    let mut links = vec![Vec::new(); reply.units.len()];
    let mut comment = vec![0.0; manifest.comment_width()];
    for (window, said) in plan.windows.iter().zip(judged) {
        for (sum, logit) in comment.iter_mut().zip(&said.comment) {
            *sum += logit / judged.len() as f32;
        }
        for (at, (unit, _)) in window.units.iter().enumerate() {
            units[*unit] = probabilities(&said.units[at], &manifest.unit_heads);
            links[*unit].clone_from(&said.links[at]);
        }
    }
    Prediction {
        units,
        comment: probabilities(&comment, &manifest.comment_heads),
        links: Links {
            answered: plan.parents.clone(),
            logits: links,
        },
    }
}

/// The probabilities of all heads, whose logits stand one behind the other.
fn probabilities(logits: &[f32], heads: &[HeadLine]) -> Vec<f32> {
    let mut rest = logits;
    let mut all = Vec::with_capacity(logits.len());
    for head in heads {
        let (own, behind) = rest.split_at(head.labels.len());
        rest = behind;
        let scaled = own.iter().map(|logit| logit / head.temperature);
        match head.choice {
            Choice::One => all.extend(softmax(&scaled.collect::<Vec<_>>())),
            Choice::Any | Choice::AtMostOne => {
                all.extend(scaled.map(|logit| 1.0 / (1.0 + (-logit).exp())));
            }
        }
    }
    all
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let odds: Vec<f32> = logits.iter().map(|logit| (logit - highest).exp()).collect();
    let total: f32 = odds.iter().sum();
    odds.into_iter().map(|odds| odds / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_of_one_shares_its_probability_and_others_do_not() {
        let head = |choice, labels: &[&str]| HeadLine {
            set: "set".to_owned(),
            choice,
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            thresholds: vec![0.5; labels.len()],
            temperature: 2.0,
        };
        let heads = [head(Choice::One, &["a", "b"]), head(Choice::Any, &["c"])];
        let said = probabilities(&[2.0, -2.0, 0.0], &heads);
        assert!((said[0] + said[1] - 1.0).abs() < 1e-6 && (said[0] - 0.880_797).abs() < 1e-5);
        assert!((said[2] - 0.5).abs() < 1e-6);
    }
}
