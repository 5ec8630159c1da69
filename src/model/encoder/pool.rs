//! Pools what the network says with what the linear model `fast` says: a logarithmic opinion pool (Genest and
//! Zidek 1986).
//!
//! The two err in different places, since one reads meaning and the other words, and the second costs
//! next to nothing. Log-odds are averaged with a weight, then divided by a temperature, so that the
//! probabilities are calibrated again.

use super::manifest::{HeadLine, Manifest};
use crate::{
    error::{Error, ErrorKind, Result},
    model::{Head, MODELS, Model, ModelEntry, Prediction, Reply, fast::Choice},
};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt};

/// Probabilities nearer to 0 or 1 than this are not believed.
const SURE: f32 = 1e-4;

/// The entry of `model.json`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PoolLine {
    /// Name of the embedded model.
    model: String,
    /// SHA-256 of the model that the weight and the temperatures were fitted with.
    sha256: String,
    /// The share of the embedded model, from 0 to 1.
    weight: f32,
    /// Per label set the temperature of the pooled log-odds.
    temperatures: BTreeMap<String, f32>,
}

/// The other model, ready to be asked.
pub(super) struct Pool {
    other: Box<dyn Model>,
    weight: f32,
    temperatures: BTreeMap<String, f32>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("weight", &self.weight)
            .finish_non_exhaustive()
    }
}

impl Pool {
    /// Loads the other model.
    ///
    /// # Errors
    /// When it is not the one that the manifest means, or judges otherwise than the network.
    pub(super) fn new(line: &PoolLine, manifest: &Manifest) -> Result<Self> {
        let wrong = |cause: String| {
            Error::new(ErrorKind::Model, cause)
                .input("model.json")
                .remedy("fit the pool again with this version of rejoinder")
        };
        let is_meant = |entry: &&ModelEntry| entry.id == line.model;
        let entry = MODELS
            .iter()
            .find(is_meant)
            .filter(|entry| entry.id != manifest.id);
        let entry = entry
            .ok_or_else(|| wrong(format!("there is no model `{}` to pool with", line.model)))?;
        let other = entry.load()?;
        if other.info().sha256 != line.sha256 {
            return Err(wrong(format!(
                "the pool was fitted with another version of `{}`",
                line.model
            )));
        }
        let same = |own: &[HeadLine], others: &[Head]| {
            own.iter()
                .map(|head| (&head.set, &head.labels))
                .eq(others.iter().map(|head| (&head.set, &head.labels)))
        };
        let info = other.info();
        if !same(&manifest.unit_heads, &info.unit_heads)
            || !same(&manifest.comment_heads, &info.comment_heads)
        {
            return Err(wrong(format!(
                "`{}` has other labels, or in another order",
                line.model
            )));
        }
        let heads = manifest.unit_heads.iter().chain(&manifest.comment_heads);
        let is_good = |head: &HeadLine| {
            line.temperatures
                .get(&head.set)
                .is_some_and(|&value| value > 0.0)
        };
        if !(0.0..=1.0).contains(&line.weight) || !heads.clone().all(is_good) {
            return Err(wrong(
                "the pool needs a weight from 0 to 1 and a temperature per label set".to_owned(),
            ));
        }
        Ok(Self {
            other,
            weight: line.weight,
            temperatures: line.temperatures.clone(),
        })
    }

    /// Pools the network's predictions with those of the other model.
    pub(super) fn pool(
        &self,
        replies: &[Reply<'_>],
        predictions: &mut [Prediction],
        manifest: &Manifest,
    ) {
        for (own, other) in predictions.iter_mut().zip(self.other.predict(replies)) {
            for (own, other) in own.units.iter_mut().zip(&other.units) {
                self.join(own, other, &manifest.unit_heads);
            }
            self.join(&mut own.comment, &other.comment, &manifest.comment_heads);
        }
    }

    /// A unit that the network could not read stays without probabilities.
    fn join(&self, own: &mut [f32], other: &[f32], heads: &[HeadLine]) {
        let (mut own, mut other) = (own, other);
        for head in heads {
            if own.is_empty() {
                return;
            }
            let (values, rest) = own.split_at_mut(head.labels.len());
            let (others, other_rest) = other.split_at(head.labels.len());
            (own, other) = (rest, other_rest);
            let temperature = self.temperatures[&head.set];
            let mean = |own: f32, other: f32| {
                ((1.0 - self.weight) * own + self.weight * other) / temperature
            };
            match head.choice {
                Choice::One => {
                    for (value, other) in values.iter_mut().zip(others) {
                        *value = mean(value.max(SURE).ln(), other.max(SURE).ln()).exp();
                    }
                    let total: f32 = values.iter().sum();
                    values.iter_mut().for_each(|value| *value /= total);
                }
                Choice::Any | Choice::AtMostOne => {
                    for (value, other) in values.iter_mut().zip(others) {
                        *value = 1.0 / (1.0 + (-mean(log_odds(*value), log_odds(*other))).exp());
                    }
                }
            }
        }
    }
}

fn log_odds(probability: f32) -> f32 {
    let probability = probability.clamp(SURE, 1.0 - SURE);
    (probability / (1.0 - probability)).ln()
}
