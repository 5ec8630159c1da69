//! Estimates on made corpora of which the truth is known.

use super::{
    estimate::{Cell, Figure, Judged, Knowledge, Table},
    stratum::Stratum,
};
use crate::train::dual::Random;
use rayon::prelude::*;

/// Samples that are drawn of each corpus.
const SEEDS: u64 = 200;

/// The strata of a corpus: for each of its units whether the label holds.
type Corpus = Vec<(Stratum, Vec<bool>)>;

/// A corpus of a classifier that asserts a label from 0.3 on. Of the units to which it gives a probability, the
/// share `truth` of that has the label.
fn corpus(units: usize, truth: impl Fn(f64) -> f64) -> Corpus {
    let mut random = Random(9);
    let mut uniform = || (random.below(1 << 20) as f64 + 0.5) / f64::from(1 << 20);
    let mut corpus: Corpus = Stratum::all()
        .map(|stratum| (stratum, Vec::new()))
        .collect();
    for _ in 0..units {
        let probability = uniform().powi(4);
        let stratum = Stratum::of(probability >= 0.3, probability as f32);
        let holds = uniform() < truth(probability);
        corpus[stratum.index()].1.push(holds);
    }
    corpus.retain(|(_, units)| !units.is_empty());
    corpus
}

/// What is known when `per_stratum` units of each stratum are judged.
fn judge(corpus: &Corpus, per_stratum: usize, seed: u64) -> Knowledge {
    let mut random = Random(seed << 32);
    let judged = corpus.iter().map(|(stratum, units)| {
        let mut units = units.clone();
        random.shuffle(&mut units);
        let judged = &units[..per_stratum.min(units.len())];
        let cells = [true, false].map(|holds| {
            let count = judged.iter().filter(|unit| **unit == holds).count();
            (Cell::of(stratum.asserted, holds), count as f64)
        });
        Judged {
            population: units.len(),
            cells: cells.to_vec(),
        }
    });
    Knowledge::of(&judged.collect::<Vec<_>>()).expect("all strata are judged")
}

/// A figure of a table, and its name.
type Named = (&'static str, fn(&Table) -> Option<f64>);

const FIGURES: [Named; 5] = [
    ("share", |table| Some(table.held())),
    ("precision", Table::precision),
    ("recall", Table::recall),
    ("F1", Table::f1),
    ("kappa", Table::kappa),
];

/// For each figure how often its interval holds the truth, and by how much its mean differs from it.
fn coverage(corpus: &Corpus, per_stratum: usize) -> [(f64, f64); 5] {
    let truth = judge(corpus, usize::MAX, 0);
    let known = (0..SEEDS).into_par_iter().map(|seed| {
        let knowledge = judge(corpus, per_stratum, seed);
        FIGURES.map(|(_, figure)| knowledge.figure(figure))
    });
    let known: Vec<_> = known.collect();
    let of_figure = |at: usize| {
        let truth = truth.figure(FIGURES[at].1).expect("it is defined").value;
        let figures: Vec<Figure> = known.iter().filter_map(|known| known[at]).collect();
        let held = figures.iter().filter(|figure| {
            let [low, high] = figure.interval;
            low <= truth && truth <= high
        });
        let count = figures.len() as f64;
        let mean = figures.iter().map(|figure| figure.value).sum::<f64>() / count;
        (held.count() as f64 / count, mean - truth)
    };
    std::array::from_fn(of_figure)
}

#[test]
fn the_corrected_share_is_near_the_truth_where_that_of_the_model_is_not() {
    // Much of what is asserted is wrong.
    let corpus = corpus(20_000, |probability| 0.02 + 0.4 * probability);
    let share = |is: fn(&Stratum, bool) -> bool| {
        let units = corpus
            .iter()
            .flat_map(|(stratum, units)| units.iter().map(move |unit| (stratum, *unit)));
        units.filter(|(stratum, unit)| is(stratum, *unit)).count() as f64 / 20_000.0
    };
    let [asserted, held] = [
        share(|stratum, _| stratum.asserted),
        share(|_, holds| holds),
    ];
    assert!(asserted - held > 0.1, "{asserted} {held}");
    let [(_, bias), ..] = coverage(&corpus, 25);
    assert!(bias.abs() < 0.005, "{bias}");
}

/// `cargo test --lib validate::tests -- --nocapture` prints the coverage of each figure.
#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let corpora = [
        ("calibrated", corpus(20_000, |probability| probability)),
        (
            "too sure",
            corpus(20_000, |probability| 0.02 + 0.6 * probability),
        ),
        (
            "rare",
            corpus(20_000, |probability| 0.3 * probability.powi(2)),
        ),
        ("small", corpus(120, |probability| probability)),
    ];
    let mut all = Vec::new();
    for (name, corpus) in &corpora {
        for per_stratum in [12, 50] {
            for ((figure, _), (held, bias)) in FIGURES.iter().zip(coverage(corpus, per_stratum)) {
                println!("{name}, {per_stratum} a stratum, {figure}: {held:.3}, off by {bias:+.3}");
                all.push(held);
            }
        }
    }
    // A coverage of 95 % over 200 seeds has a standard deviation of 1.5 points.
    assert!(all.iter().all(|held| *held >= 0.88), "{all:?}");
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    assert!((0.93..0.975).contains(&mean), "{mean}");
}
