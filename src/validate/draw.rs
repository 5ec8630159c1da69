//! The draw: for each label a stratified random sample of the units, or of the replies, that it judges.
//!
//! Every unit has a number that follows from the seed, its place and its words alone, and a stratum's sample are
//! those with the smallest ones: a simple random sample without replacement by permanent random numbers (Ohlsson
//! 1995). It does not depend on the order of inputs, memory holds what may still be drawn and no more, and since
//! all labels share the numbers, a unit that is drawn for one is likely drawn for others too and read once.

use super::{
    item::{Item, Place},
    stratum::Stratum,
};
use crate::{
    label::{LABEL_SETS, Label, Scores, label_thread},
    model::Model,
    segment::{self, is_analyzed},
    thread::Thread,
    train::split::stable_hash,
};
use std::{collections::BTreeMap, rc::Rc};

/// Takes a sample while threads pass by.
#[derive(Debug)]
pub struct Draw {
    pools: Vec<Pool>,
    per_label: usize,
    seed: u64,
}

/// The population of a label.
#[derive(Debug)]
struct Pool {
    label: &'static Label,
    strata: [Reservoir; Stratum::COUNT],
}

/// A stratum: how many it has, and those with the smallest numbers, with their probabilities.
#[derive(Debug, Default)]
struct Reservoir {
    population: usize,
    kept: BTreeMap<u64, (Rc<Item>, f32)>,
}

/// What was drawn.
#[derive(Debug)]
pub struct Sample {
    /// Name, version and SHA-256 of the model that judged.
    pub model: String,
    /// Label by label in the order of [`LABEL_SETS`], shuffled within a label.
    pub rows: Vec<Row>,
}

/// A label and a unit or reply of which is asked whether it holds.
#[derive(Debug)]
pub struct Row {
    /// The same in no other row, and in no other sample.
    pub id: String,
    /// The label.
    pub label: &'static Label,
    /// What is judged.
    pub item: Rc<Item>,
    /// The model's probability.
    pub probability: f32,
    /// Where it was drawn from.
    pub stratum: Stratum,
    /// How many units or replies the stratum has.
    pub population: usize,
    /// How many of them were drawn.
    pub drawn: usize,
    /// How many units or replies all strata have.
    pub corpus: usize,
}

impl Draw {
    /// A draw of `per_label` units or replies for each of the labels of these names; of all where none is
    /// named. From [`Stratum::COUNT`] on each stratum that has units gets one.
    #[must_use]
    pub fn new(labels: &[&str], per_label: usize, seed: u64) -> Self {
        let all = LABEL_SETS.iter().flat_map(|set| set.labels);
        let named = all.filter(|label| labels.is_empty() || labels.contains(&label.id));
        let pool = |label| Pool {
            label,
            strata: Default::default(),
        };
        Self {
            pools: named.map(pool).collect(),
            per_label,
            seed,
        }
    }

    /// Labels a thread and takes of it what may be drawn. What the model does not judge (units without words,
    /// other languages), replies that cannot be read, and pingbacks are in no population.
    pub fn add(&mut self, thread: &Thread, model: &dyn Model) {
        let units = segment::units(thread);
        let labels = label_thread(thread, &units, model, false);
        for (unit, said) in units.iter().zip(&labels.units) {
            let place = Place {
                thread,
                comment: unit.comment,
                unit: Some(unit.span),
            };
            self.offer(place, &said.scores, &said.asserted().collect::<Vec<_>>());
        }
        for ((comment, text), said) in thread.iter().zip(&labels.comments) {
            let place = Place {
                thread,
                comment,
                unit: None,
            };
            let stance = said.stance.filter(|_| is_analyzed(text));
            if let Some(stance) = stance.filter(|_| !place.words().trim().is_empty()) {
                self.offer(place, &said.scores, &[stance.as_str()]);
            }
        }
    }

    fn offer(&mut self, place: Place<'_>, scores: &Scores, asserted: &[&str]) {
        let number = place.number(self.seed);
        let mut item = None;
        for pool in &mut self.pools {
            let mut found = scores.iter().filter(|(name, _)| *name == pool.label.id);
            let Some(&(name, probability)) = found.next() else {
                continue;
            };
            let stratum = Stratum::of(asserted.contains(&name), probability);
            let reservoir = &mut pool.strata[stratum.index()];
            reservoir.population += 1;
            let kept = &mut reservoir.kept;
            let is_full = kept.len() >= self.per_label;
            if is_full
                && kept
                    .last_key_value()
                    .is_none_or(|(last, _)| number >= *last)
            {
                continue;
            }
            let item = item.get_or_insert_with(|| Rc::new(place.item()));
            kept.insert(number, (Rc::clone(item), probability));
            if kept.len() > self.per_label {
                kept.pop_last();
            }
        }
    }

    /// The sample; `model` is the one that judged.
    #[must_use]
    pub fn finish(self, model: &dyn Model) -> Sample {
        let info = model.info();
        let model = format!("{} {} {}", info.id, info.version, info.sha256);
        let mut drawn: Vec<(u64, Row)> = Vec::new();
        for pool in self.pools {
            let first = drawn.len();
            drawn.extend(pool.draw(self.per_label));
            // The numbers themselves would tell large strata from small ones.
            drawn[first..].sort_by_key(|(number, _)| stable_hash(&number.to_string()));
        }
        let content = drawn.iter().map(|(number, row)| (row.label.id, number));
        let digest = stable_hash(&format!("{model}{:?}", content.collect::<Vec<_>>()));
        let rows = drawn.into_iter().zip(1..).map(|((_, row), at)| Row {
            // A letter at the front keeps spreadsheets from making it a number or a date.
            id: format!("s{:06x}-{at}", digest >> 40),
            ..row
        });
        Sample {
            rows: rows.collect(),
            model,
        }
    }
}

impl Pool {
    fn draw(self, per_label: usize) -> Vec<(u64, Row)> {
        let label = self.label;
        let corpus = self.strata.iter().map(|stratum| stratum.population).sum();
        let shares = share_evenly(
            &self.strata.each_ref().map(|stratum| stratum.kept.len()),
            per_label,
        );
        let strata = Stratum::all().zip(self.strata).zip(shares);
        let rows = strata.flat_map(|((stratum, reservoir), drawn)| {
            let population = reservoir.population;
            let taken = reservoir.kept.into_iter().take(drawn);
            taken.map(move |(number, (item, probability))| {
                let row = Row {
                    id: String::new(),
                    label,
                    item,
                    probability,
                    stratum,
                    population,
                    drawn,
                    corpus,
                };
                (number, row)
            })
        });
        rows.collect()
    }
}

/// Shares out `total` among strata that can give so many; what one cannot give, the others do. What does not
/// divide goes to the first: to what is far below the threshold and weighs most.
fn share_evenly<const N: usize>(available: &[usize; N], total: usize) -> [usize; N] {
    let mut shares = [0; N];
    let mut left = total.min(available.iter().sum());
    while left > 0 {
        for (share, available) in shares.iter_mut().zip(available) {
            let one = usize::from(left > 0 && *share < *available);
            *share += one;
            left -= one;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::marked::{self, Marked};

    /// Threads of a comment each: of ten units one is technical, and one of these surely.
    fn threads(count: usize) -> Vec<Thread> {
        let text = |at: usize| match at % 10 {
            0 if at.is_multiple_of(100) => format!("SURELY TECHNICAL CLAIM number {at} of all."),
            0 => format!("TECHNICAL CLAIM number {at} of all."),
            _ => format!("CLAIM number {at} of all."),
        };
        let thread = |at: usize| marked::thread(&[(format!("c{at}"), String::new(), text(at))]);
        (0..count).map(thread).collect()
    }

    fn draw<'a>(
        threads: impl Iterator<Item = &'a Thread>,
        labels: &[&str],
        per_label: usize,
        seed: u64,
    ) -> Sample {
        let mut draw = Draw::new(labels, per_label, seed);
        for thread in threads {
            draw.add(thread, &Marked::new());
        }
        draw.finish(&Marked::new())
    }

    fn words(sample: &Sample) -> Vec<(&str, &str)> {
        let rows = sample.rows.iter();
        rows.map(|row| (row.id.as_str(), row.item.text.as_str()))
            .collect()
    }

    #[test]
    fn shares_are_even_and_pass_on_what_a_stratum_lacks() {
        assert_eq!(share_evenly(&[100, 2, 100], 50), [24, 2, 24]);
        assert_eq!(share_evenly(&[0, 5, 100], 8), [0, 4, 4]);
        assert_eq!(share_evenly(&[9, 9, 9], 10), [4, 3, 3]);
        assert_eq!(share_evenly(&[1, 0, 2], 50), [1, 0, 2]);
    }

    #[test]
    fn strata_are_counted_and_each_gives_its_share() {
        let threads = threads(200);
        let sample = draw(threads.iter(), &["technical"], 20, 0);
        assert_eq!(sample.rows.len(), 20);
        let count = |asserted: bool| {
            let rows = sample.rows.iter();
            let of_side: Vec<_> = rows
                .filter(|row| row.stratum.asserted == asserted)
                .collect();
            let first = of_side[0];
            assert!(of_side.iter().all(|row| row.drawn == of_side.len()));
            assert!(
                of_side
                    .iter()
                    .all(|row| row.item.text.contains("TECHNICAL") == asserted)
            );
            (first.population, first.drawn, first.corpus)
        };
        assert_eq!(count(false), (180, 10, 200));
        assert_eq!(count(true), (20, 10, 200));
    }

    #[test]
    fn the_order_of_inputs_does_not_matter_and_the_seed_does() {
        let threads = threads(150);
        let sample = draw(threads.iter(), &[], 12, 7);
        assert_eq!(
            words(&sample),
            words(&draw(threads.iter().rev(), &[], 12, 7))
        );
        assert_ne!(words(&sample), words(&draw(threads.iter(), &[], 12, 8)));
        // Rows do not come stratum by stratum.
        let technical = sample.rows.iter().filter(|row| row.label.id == "technical");
        let sides: Vec<bool> = technical.map(|row| row.stratum.asserted).collect();
        assert!(!sides.is_sorted() && !sides.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn every_unit_is_as_likely_to_be_drawn() {
        let threads = threads(40);
        let mut times = BTreeMap::new();
        for seed in 0..100 {
            for row in draw(threads.iter(), &["normative"], 10, seed).rows {
                *times.entry(row.item.comment.clone()).or_insert(0) += 1;
            }
        }
        // 100 draws of 10 among 40: 25 times each, with a standard deviation of 4.3.
        assert_eq!(times.len(), 40);
        assert!(
            times.values().all(|times| (8..=42).contains(times)),
            "{times:?}"
        );
    }

    #[test]
    fn labels_share_their_units() {
        let threads = threads(200);
        let sample = draw(threads.iter(), &["normative", "experience"], 20, 0);
        let of = |label: &str| {
            let rows = sample.rows.iter().filter(|row| row.label.id == label);
            let mut ids: Vec<_> = rows.map(|row| row.item.comment.as_str()).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(of("normative"), of("experience"));
    }

    #[test]
    fn stances_are_asked_of_replies_that_can_be_read() {
        let thread = marked::thread(&[
            ("a", "", "CLAIM the key leaked."),
            ("b", "a", "DISAGREE it did not."),
            ("c", "a", " "),
        ]);
        let sample = draw(std::iter::once(&thread), &["agree", "disagree"], 6, 0);
        let rows = sample.rows.iter();
        let rows: Vec<_> = rows
            .map(|row| {
                (
                    row.label.id,
                    row.item.comment.as_str(),
                    row.stratum.asserted,
                    row.corpus,
                )
            })
            .collect();
        assert_eq!(rows, [("agree", "b", false, 1), ("disagree", "b", true, 1)]);
    }
}
