//! Features of all examples, numbered densely: what the learner works on.

use super::{data::Example, targets::Targets};
use crate::model::fast::{Extractor, Features, Part};
use rayon::prelude::*;
use std::collections::HashMap;

/// One unit or comment as a sparse vector.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Which features it has, as numbers of the vocabulary, and their values.
    pub entries: Vec<(u32, f32)>,
    /// What the outputs are to say.
    pub targets: Targets,
}

/// The samples of one table.
#[derive(Debug)]
pub struct Samples {
    /// The features' keys, ascending; a feature's number is its place.
    pub keys: Vec<u32>,
    /// Per feature the factor that its values carry and that its weight must carry at the end.
    pub factors: Vec<f32>,
    /// In the order of the examples and their units.
    pub list: Vec<Sample>,
}

/// Features of one unit or comment before they are numbered: blocks of keys with a value each.
pub type Raw = Vec<(Vec<u32>, f32)>;

/// Reads the features of all examples: the samples of the units, and those of the comments.
#[must_use]
pub fn read(examples: &[Example], least: usize) -> (Samples, Samples) {
    let extractor = Extractor::default();
    let raw: Vec<_> = examples
        .par_iter()
        .map(|example| read_example(&extractor, example))
        .collect();
    let (units, comments): (Vec<_>, Vec<_>) = raw.into_iter().unzip();
    let units: Vec<Raw> = units.into_iter().flatten().collect();
    let unit_targets = examples.iter().flat_map(|example| &example.unit_targets);
    let targets = examples.iter().map(|example| &example.targets);
    (
        number(units, unit_targets, least),
        number(comments, targets, least),
    )
}

fn read_example(extractor: &Extractor, example: &Example) -> (Vec<Raw>, Raw) {
    let copy = |features: &Features| -> Raw {
        let blocks = features.blocks();
        blocks.map(|(keys, value)| (keys.to_vec(), value)).collect()
    };
    let (mut units, mut comment) = (Vec::new(), Raw::new());
    extractor.visit(&example.reply(), |part, features| match part {
        Part::Unit => units.push(copy(features)),
        Part::Comment => comment = copy(features),
    });
    (units, comment)
}

/// Keeps the features that at least `least` samples have, and numbers them.
#[must_use]
pub fn number<'a>(
    raw: Vec<Raw>,
    targets: impl Iterator<Item = &'a Targets>,
    least: usize,
) -> Samples {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    let mut own = Vec::new();
    for sample in &raw {
        own.clear();
        own.extend(sample.iter().flat_map(|(keys, _)| keys));
        own.sort_unstable();
        own.dedup();
        for &key in &own {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count as usize >= least);
    let mut keys: Vec<u32> = counts.keys().copied().collect();
    keys.sort_unstable();
    let factors: Vec<f32> = keys
        .iter()
        .map(|key| rarity(counts[key] as usize, raw.len()))
        .collect();
    let mut samples = Samples {
        keys,
        factors,
        list: Vec::new(),
    };
    let entries: Vec<_> = raw.par_iter().map(|raw| samples.entries(raw)).collect();
    let list = entries.into_iter().zip(targets);
    samples.list = list
        .map(|(entries, &targets)| Sample { entries, targets })
        .collect();
    samples
}

/// What a feature of `count` out of `all` samples weighs: rare ones say more (Sparck Jones 1972), under
/// a root since the blocks' norms do not know of it.
fn rarity(count: usize, all: usize) -> f32 {
    (1.0 + all as f32 / count as f32).ln().sqrt()
}

impl Samples {
    /// The sparse vector of features that are not numbered yet; those unknown are left out.
    #[must_use]
    pub fn entries(&self, raw: &Raw) -> Vec<(u32, f32)> {
        let mut entries = Vec::new();
        for (block, value) in raw {
            for key in block {
                if let Ok(at) = self.keys.binary_search(key) {
                    entries.push((at as u32, value * self.factors[at]));
                }
            }
        }
        // A feature may come twice, and memory is read in order.
        entries.sort_unstable_by_key(|&(at, _)| at);
        entries.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        entries
    }
}
