//! The words of every unit, what each word matters to the thread, and what speaks for a unit beside its
//! words.

use super::Material;
use crate::{
    cluster::{Vocabulary, Word, Words},
    label::Role,
    relate::Target,
    text::words::folded,
    thread::{CommentIdx, Identity},
};
use std::collections::BTreeMap;

/// A word weighs the number of people who use it to this power.
const PEOPLE_POWER: f64 = 1.5;

/// A word of the headline weighs so many times more.
const IN_TITLE: f64 = 2.0;

/// Weight of a function word, against 2.8 of a word that two people use: running text is preferred to
/// lists of names.
const FUNCTION_WORD: f64 = 0.7;

/// Words of the article that are counted as its headline, for boards whose first post is the article.
const LEAD: usize = 100;

/// A comment's first own unit.
const FIRST: f64 = 2.0;

/// What a unit with the most votes of its thread has over one without.
const MOST_VOTED: f64 = 1.25;

/// What a unit loses for each level of the tree, down to [`DEEPEST`].
const PER_LEVEL: f64 = 0.06;
const DEEPEST: usize = 10;

/// What a unit gains when it is taken up by `n` relations from other comments: this times `ln(1 + n)`.
const TAKEN_UP: f64 = 0.25;

/// The words of a thread's units.
#[derive(Debug)]
pub(super) struct Matter {
    units: Vec<Words>,
    /// By unit, words as white space parts them: what the limit of a summary counts.
    sizes: Vec<usize>,
    /// By word.
    weights: Vec<f64>,
    /// By unit.
    priors: Vec<f64>,
}

impl Matter {
    pub(super) fn new(material: Material<'_>) -> Self {
        let mut vocabulary = Vocabulary::default();
        let texts = (0..material.units.len()).map(|unit| material.text(unit));
        let units: Vec<Words> = texts.clone().map(|text| vocabulary.read(text)).collect();
        let mut weights = weights(material, &units, &vocabulary.is_content);
        for word in headline(material) {
            if let Some(word) = vocabulary.get(&word)
                && vocabulary.is_content[word as usize]
            {
                weights[word as usize] *= IN_TITLE;
            }
        }
        Self {
            units,
            sizes: texts.map(|text| text.split_whitespace().count()).collect(),
            weights,
            priors: priors(material),
        }
    }

    /// Distinct words of the thread.
    pub(super) const fn vocabulary(&self) -> usize {
        self.weights.len()
    }

    /// The distinct words of a unit, ascending.
    pub(super) fn words(&self, unit: usize) -> &[Word] {
        &self.units[unit].distinct
    }

    /// The words of each unit.
    pub(super) fn units(&self) -> &[Words] {
        &self.units
    }

    pub(super) fn weight(&self, word: Word) -> f64 {
        self.weights[word as usize]
    }

    /// Words that a unit takes of a summary's limit.
    pub(super) fn size(&self, unit: usize) -> usize {
        self.sizes[unit]
    }

    /// What speaks for a unit beside its words: role, place, votes, and how much it is taken up.
    pub(super) fn prior(&self, unit: usize) -> f64 {
        self.priors[unit]
    }
}

/// The weight of each word by how many people use it in their own words. A word that one person uses tells
/// nothing of the thread.
fn weights(material: Material<'_>, units: &[Words], is_content: &[bool]) -> Vec<f64> {
    let mut people: BTreeMap<Identity<'_>, u32> = BTreeMap::new();
    let comments = material.thread.iter();
    let people: Vec<u32> = comments
        .map(|(idx, _)| {
            let next = people.len() as u32;
            *people.entry(material.thread.identity(idx)).or_insert(next)
        })
        .collect();
    let mut used: Vec<(Word, u32)> = Vec::new();
    for (at, words) in units.iter().enumerate() {
        if material.is_own(at) {
            let person = people[material.units[at].comment.get()];
            used.extend(words.distinct.iter().map(|&word| (word, person)));
        }
    }
    used.sort_unstable();
    used.dedup();
    let mut weights: Vec<f64> = is_content
        .iter()
        .map(|&content| if content { 0.0 } else { FUNCTION_WORD })
        .collect();
    for same in used.chunk_by(|a, b| a.0 == b.0) {
        let word = same[0].0 as usize;
        if is_content[word] && same.len() > 1 {
            weights[word] = (same.len() as f64).powf(PEOPLE_POWER);
        }
    }
    weights
}

/// The distinct words of what the comments comment on.
fn headline(material: Material<'_>) -> Vec<String> {
    let thread = material.thread;
    let article = thread.article.as_ref();
    let titles = [
        thread.title.as_deref(),
        article.and_then(|article| article.title.as_deref()),
    ];
    let titles = titles.into_iter().flatten().flat_map(folded);
    let lead = article.and_then(|article| article.text.as_deref());
    let lead = lead.into_iter().flat_map(folded).take(LEAD);
    let mut words: Vec<String> = titles.chain(lead).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn priors(material: Material<'_>) -> Vec<f64> {
    let mut taken_up = vec![0_u32; material.units.len()];
    for relation in material.relations.iter().filter(|r| material.crosses(r)) {
        if let Target::Unit(to) = relation.to {
            taken_up[to] += 1;
        }
    }
    let points = |idx: CommentIdx| {
        let score = material.thread.comment(idx).score.as_ref()?;
        let net = || Some(score.up? - score.down.unwrap_or(0));
        score.points.or_else(net).map(|points| points.max(0) as f64)
    };
    let all = material.thread.iter().filter_map(|(idx, _)| points(idx));
    let most = all.fold(0.0, f64::max);
    let mut begun = None;
    let units = material.units.iter().enumerate();
    let prior = |(at, unit): (usize, &crate::segment::Unit)| {
        let idx = unit.comment;
        let is_first = begun != Some(idx) && material.is_own(at);
        if is_first {
            begun = Some(idx);
        }
        let votes = points(idx).filter(|_| most > 0.0).map_or(0.0, |points| {
            // Votes are spread so unevenly that their root tells more.
            (points / most).sqrt()
        });
        let depth = material.thread.comment(idx).depth.min(DEEPEST);
        of_role(material.labels.units[at].role)
            * if is_first { FIRST } else { 1.0 }
            * (1.0 + (MOST_VOTED - 1.0) * votes)
            * (1.0 - PER_LEVEL * depth as f64)
            * (1.0 + TAKEN_UP * f64::from(taken_up[at]).ln_1p())
    };
    units.map(prior).collect()
}

fn of_role(role: Role) -> f64 {
    match role {
        Role::Claim => 1.6,
        Role::Premise | Role::Question => 1.0,
        Role::None => 0.5,
        Role::Quote => 0.0,
    }
}
