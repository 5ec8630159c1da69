//! Chooses units that together say most of what many people say, each thing once.
//!
//! The gain of a unit is the weight of its words, less for words that were said already: a monotone
//! submodular function of the chosen units (Lin and Bilmes 2011), which greedy choice by gain over cost
//! approximates. A word's weight by the number of people who use it follows the concepts of Gillick and
//! Favre (2009). Gains only fall while units are chosen, so old ones are bounds, and few are computed anew
//! (Minoux 1978).

use super::{Material, matter::Matter};
use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
};

/// What a word still gains each time that it was said before.
const SAID_BEFORE: f64 = 0.6;

/// What a unit still gains for each chosen unit of its comment.
const SAME_COMMENT: f64 = 0.3;

/// A unit's gain is divided by its words to this power: between 0, which prefers long units, and 1, which
/// prefers short ones.
const COST_POWER: f64 = 0.5;

/// Units that are looked at: this many, and [`PER_WORD`] for each word that there is room for. Others gain
/// too little by themselves.
const LEAST: usize = 1024;
const PER_WORD: usize = 4;

/// What was said so far.
#[derive(Debug)]
pub(super) struct Cover<'a> {
    material: Material<'a>,
    matter: &'a Matter,
    /// By word, how often it was said.
    said: Vec<i32>,
    /// By comment, how many units of it were chosen.
    chosen: Vec<i32>,
}

impl<'a> Cover<'a> {
    pub(super) fn new(material: Material<'a>, matter: &'a Matter) -> Self {
        Self {
            material,
            matter,
            said: vec![0; matter.vocabulary()],
            chosen: vec![0; material.thread.comments.len()],
        }
    }

    /// Counts a unit as chosen.
    pub(super) fn take(&mut self, unit: usize) {
        for &word in self.matter.words(unit) {
            self.said[word as usize] += 1;
        }
        self.chosen[self.material.units[unit].comment.get()] += 1;
    }

    /// What a unit adds to what is chosen, for its cost.
    pub(super) fn gain(&self, unit: usize) -> f64 {
        let words = self.matter.words(unit).iter();
        let new: f64 = words
            .map(|&word| self.matter.weight(word) * SAID_BEFORE.powi(self.said[word as usize]))
            .sum();
        let of_comment = self.chosen[self.material.units[unit].comment.get()];
        let cost = (self.matter.size(unit).max(1) as f64).powf(COST_POWER);
        new * self.matter.prior(unit) * SAME_COMMENT.powi(of_comment) / cost
    }

    /// Chooses among `units` what has room in `room` words, in the order of choice.
    pub(super) fn choose(&mut self, units: &[usize], mut room: usize) -> Vec<usize> {
        let fits = |unit: &usize, room: usize| self.matter.size(*unit) <= room;
        let fitting = units.iter().copied().filter(|unit| fits(unit, room));
        let mut bounds: Vec<Bound> = fitting
            .map(|unit| Bound(self.gain(unit), Reverse(unit)))
            .collect();
        bounds.sort_unstable_by(|a, b| b.cmp(a));
        bounds.truncate(LEAST + PER_WORD * room);
        let mut bounds = BinaryHeap::from(bounds);
        let mut chosen = Vec::new();
        while let Some(Bound(_, Reverse(unit))) = bounds.pop() {
            if self.matter.size(unit) > room {
                continue;
            }
            let now = Bound(self.gain(unit), Reverse(unit));
            if bounds.peek().is_some_and(|next| *next > now) {
                bounds.push(now);
                continue;
            }
            room -= self.matter.size(unit);
            self.take(unit);
            chosen.push(unit);
        }
        chosen
    }
}

/// What a unit can gain at most; of equal ones the first in the document is the greatest.
#[derive(Debug)]
struct Bound(f64, Reverse<usize>);

impl Ord for Bound {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Bound {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Bound {}
