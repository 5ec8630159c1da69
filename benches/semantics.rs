//! How fast the semantics are on frameworks far larger than threads: `cargo bench --bench semantics`.
//!
//! Frameworks are made here by a generator with a fixed seed. Each figure is the best of several runs, as
//! whatever else the machine does only ever makes a run slower; building a framework is measured apart.

mod draws;

use draws::Draws;
use rejoinder::argument::semantics::{
    Bipolar, Bound, Framework, Influence, Label, NEUTRAL, Settings, grounded, preferred,
    quadratic_energy,
};
use std::{hint::black_box, time::Instant};

const RUNS: usize = 3;
const ARGUMENTS: usize = 100_000;

type Attacks = Vec<(usize, usize)>;

fn random(attacks: usize) -> Attacks {
    let mut numbers = Draws(7);
    let mut end = || numbers.below(ARGUMENTS);
    (0..attacks).map(|_| (end(), end())).collect()
}

fn chain() -> Attacks {
    (1..ARGUMENTS).map(|a| (a, a - 1)).collect()
}

fn ring() -> Attacks {
    (0..ARGUMENTS).map(|a| (a, (a + 1) % ARGUMENTS)).collect()
}

/// Milliseconds of the best run, and what it gave.
fn best<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut run = || {
        let start = Instant::now();
        let given = black_box(work());
        (start.elapsed().as_secs_f64() * 1e3, given)
    };
    let mut fastest = run();
    for _ in 1..RUNS {
        let next = run();
        if next.0 < fastest.0 {
            fastest = next;
        }
    }
    fastest
}

fn main() {
    println!("{ARGUMENTS} arguments; milliseconds");
    for (name, attacks) in [
        ("300,000 random attacks", random(300_000)),
        ("60,000 random attacks", random(60_000)),
        ("a chain", chain()),
        ("a ring", ring()),
    ] {
        let (building, framework) =
            best(|| Framework::new(ARGUMENTS, &attacks).expect("ends are below"));
        let (grounding, labels) = best(|| grounded(&framework));
        let count = |label| labels.iter().filter(|of| **of == label).count();
        println!(
            "{name}: build {building:.1}, grounded {grounding:.1} ({} in, {} out, {} undecided)",
            count(Label::In),
            count(Label::Out),
            count(Label::Undecided),
        );
        let (searching, found) = best(|| preferred(&framework, Bound::default()));
        println!(
            "{name}: preferred {searching:.1} ({} found, all: {})",
            found.extensions.len(),
            found.complete
        );
        let influences: Vec<_> = attacks
            .iter()
            .enumerate()
            .map(|(at, &(from, to))| Influence {
                from,
                to,
                weight: if at % 3 == 0 { 0.7 } else { -0.7 },
            })
            .collect();
        let base = vec![NEUTRAL; ARGUMENTS];
        let (weighing, strengths) =
            best(|| quadratic_energy(&base, &influences, Settings::default()));
        let settled = strengths.is_ok_and(|strengths| strengths.settled);
        println!("{name}: strengths {weighing:.1} (settled: {settled})");
        let supports = chain();
        let (deducing, labels) = best(|| {
            let bipolar = Bipolar::new(ARGUMENTS, attacks.clone(), supports.clone());
            let deductive = bipolar.expect("ends are below").deductive();
            deductive.labels(&grounded(deductive.framework()))
        });
        let undecided = labels
            .iter()
            .filter(|label| **label == Label::Undecided)
            .count();
        println!(
            "{name}, each supporting the next: grounded {deducing:.1} ({undecided} undecided)"
        );
    }
}
