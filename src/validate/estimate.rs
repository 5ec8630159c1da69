//! Figures about a population from the judged part of its strata, with intervals.
//!
//! Point estimates weigh each stratum by its population (Cochran 1977, chapter 5; the Horvitz-Thompson estimator
//! of this design). Intervals cannot come from a normal approximation or a bootstrap here: where none of twelve
//! judged units has the label, both find no variance and an interval of no width. So the shares of each stratum are
//! drawn from their posterior, and figures are computed of each draw. The prior is Kerman's (2011) neutral one: the
//! median of its posterior is close to the share that was seen, so that strata where nothing was found do not
//! add up to something, as they do under Jeffreys' prior. What the units are like that nobody judged is drawn from
//! these shares and added to those judged (Ericson 1969), so that a stratum that is judged in full leaves no doubt.

use super::random::{binomial, gamma};
use crate::{eval::middle, train::dual::Random};
use serde::Serialize;

/// Times that the shares are drawn.
const DRAWS: usize = 2000;

/// What the prior adds to the count of each cell.
const PRIOR: f64 = 1.0 / 3.0;

/// What two judges say of one unit: the model and people, or two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// Both that the label holds.
    Both,
    /// The first alone.
    First,
    /// The second alone.
    Second,
    /// Neither.
    Neither,
}

impl Cell {
    pub(super) const ALL: [Self; 4] = [Self::Both, Self::First, Self::Second, Self::Neither];

    pub(super) const fn of(first: bool, second: bool) -> Self {
        match (first, second) {
            (true, true) => Self::Both,
            (true, false) => Self::First,
            (false, true) => Self::Second,
            (false, false) => Self::Neither,
        }
    }
}

/// The share of each cell in the population.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Table([f64; 4]);

impl Table {
    fn share(&self, cell: Cell) -> f64 {
        self.0[cell as usize]
    }

    /// Of what the first asserts, the share that the second does too.
    pub(super) fn precision(&self) -> Option<f64> {
        let both = self.share(Cell::Both);
        ratio(both, both + self.share(Cell::First))
    }

    /// Of what the second asserts, the share that the first does too.
    pub(super) fn recall(&self) -> Option<f64> {
        let both = self.share(Cell::Both);
        ratio(both, both + self.share(Cell::Second))
    }

    pub(super) fn f1(&self) -> Option<f64> {
        let twice = 2.0 * self.share(Cell::Both);
        ratio(
            twice,
            twice + self.share(Cell::First) + self.share(Cell::Second),
        )
    }

    /// The share of the population that both judge alike.
    pub(super) fn agreement(&self) -> f64 {
        self.share(Cell::Both) + self.share(Cell::Neither)
    }

    /// The share of the population of which the second asserts the label.
    pub(super) fn held(&self) -> f64 {
        self.share(Cell::Both) + self.share(Cell::Second)
    }

    /// Agreement beyond chance (Cohen 1960).
    pub(super) fn kappa(&self) -> Option<f64> {
        let first = self.share(Cell::Both) + self.share(Cell::First);
        let second = self.held();
        let chance = first * second + (1.0 - first) * (1.0 - second);
        ratio(self.agreement() - chance, 1.0 - chance)
    }
}

/// `None` where there is nothing to take a share of, up to rounding.
fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 1e-12).then(|| part / whole)
}

/// The judged part of a stratum.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// Units in the stratum.
    pub(super) population: usize,
    /// The cells that are possible in it, and how many judged units fall into each. Units that several people judge
    /// fall into several in part.
    pub(super) cells: Vec<(Cell, f64)>,
}

impl Judged {
    /// How many units are judged.
    pub(super) fn count(&self) -> f64 {
        self.cells.iter().map(|(_, count)| count).sum()
    }

    /// How many units fall into each cell as estimated from those judged.
    fn expected(&self) -> Vec<f64> {
        let factor = self.population as f64 / self.count();
        let counts = self.cells.iter().map(|(_, count)| count * factor);
        counts.collect()
    }

    /// How many units may fall into each cell: those judged, and the others by shares drawn from the posterior.
    fn drawn(&self, random: &mut Random) -> Vec<f64> {
        let counts = self.cells.iter().map(|(_, count)| *count);
        let shape = counts.clone().map(|count| count + PRIOR);
        let weights: Vec<f64> = shape.map(|shape| gamma(random, shape)).collect();
        let judged = self.count().round() as usize;
        let mut others = self.population.saturating_sub(judged);
        let drawn = counts.enumerate().map(|(at, count)| {
            let left: f64 = weights[at..].iter().sum();
            let more = binomial(random, others, weights[at] / left);
            others -= more;
            count + more as f64
        });
        drawn.collect()
    }
}

/// A figure with its interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// The estimate.
    pub value: f64,
    /// From where to where the figure of the whole corpus lies with a probability of 95 %.
    pub interval: [f64; 2],
}

/// What is known of a population.
#[derive(Debug)]
pub(super) struct Knowledge {
    point: Table,
    draws: Vec<Table>,
}

impl Knowledge {
    /// `None` where there are no strata, or nothing of one is judged: then its share could be anything.
    pub(super) fn of(strata: &[Judged]) -> Option<Self> {
        if strata.is_empty() || strata.iter().any(|stratum| stratum.count() <= 0.0) {
            return None;
        }
        let whole: f64 = strata.iter().map(|stratum| stratum.population as f64).sum();
        let table = |units: &mut dyn FnMut(&Judged) -> Vec<f64>| {
            let mut table = Table::default();
            for stratum in strata {
                for ((cell, _), count) in stratum.cells.iter().zip(units(stratum)) {
                    table.0[*cell as usize] += count / whole;
                }
            }
            table
        };
        let mut random = Random(1);
        let draws = (0..DRAWS).map(|_| table(&mut |stratum| stratum.drawn(&mut random)));
        Some(Self {
            draws: draws.collect(),
            point: table(&mut Judged::expected),
        })
    }

    /// A figure with its interval, which holds it: with a share of 0 among those judged, all draws lie above.
    /// `None` where it is not defined.
    pub(super) fn figure(&self, figure: impl Fn(&Table) -> Option<f64>) -> Option<Figure> {
        let value = figure(&self.point)?;
        let drawn: Vec<f64> = self.draws.iter().filter_map(figure).collect();
        let [low, high] = match drawn.is_empty() {
            true => [value; 2],
            false => middle(drawn),
        };
        Some(Figure {
            value,
            interval: [low.min(value), high.max(value)],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stratum of a model that asserts the label or does not, with so many of `judged` units that have it.
    fn stratum(asserted: bool, population: usize, held: f64, judged: f64) -> Judged {
        Judged {
            population,
            cells: vec![
                (Cell::of(asserted, true), held),
                (Cell::of(asserted, false), judged - held),
            ],
        }
    }

    fn near(figure: Option<Figure>, value: f64) -> bool {
        figure.is_some_and(|figure| (figure.value - value).abs() < 1e-9)
    }

    #[test]
    fn strata_weigh_by_their_population() {
        // By hand: 100 asserted, of which 80 hold; 900 not asserted, of which 90 hold.
        let knowledge = Knowledge::of(&[
            stratum(true, 100, 8.0, 10.0),
            stratum(false, 900, 2.0, 20.0),
        ])
        .unwrap();
        assert!(near(knowledge.figure(Table::precision), 0.8));
        assert!(near(knowledge.figure(Table::recall), 80.0 / 170.0));
        assert!(near(knowledge.figure(Table::f1), 160.0 / 270.0));
        assert!(near(knowledge.figure(|table| Some(table.held())), 0.17));
        let (agreed, chance) = (0.89, 0.1 * 0.17 + 0.9 * 0.83);
        assert!(near(
            knowledge.figure(Table::kappa),
            (agreed - chance) / (1.0 - chance)
        ));
    }

    #[test]
    fn an_interval_has_a_width_where_nothing_is_found_and_none_where_all_is_judged() {
        let held = |population| {
            let strata = [stratum(false, population, 0.0, 12.0)];
            let knowledge = Knowledge::of(&strata).unwrap();
            knowledge.figure(|table| Some(table.held())).unwrap()
        };
        // The quantile of the beta distribution with 1/3 and 12 1/3 is 0.155.
        let [low, high] = held(1_000_000).interval;
        assert!(low == 0.0 && (high - 0.155).abs() < 0.02, "{high}");
        assert!(held(24).interval[1] < 0.1);
        assert_eq!(held(12).interval, [0.0, 0.0]);
    }

    #[test]
    fn what_is_not_known_or_not_defined_has_no_figure() {
        assert!(Knowledge::of(&[]).is_none());
        let strata = [stratum(true, 10, 1.0, 2.0), stratum(false, 10, 0.0, 0.0)];
        assert!(Knowledge::of(&strata).is_none());
        let none_asserted = Knowledge::of(&[stratum(false, 10, 1.0, 4.0)]).unwrap();
        assert!(none_asserted.figure(Table::precision).is_none());
        let none_holds = Knowledge::of(&[stratum(false, 10, 0.0, 4.0)]).unwrap();
        assert!(none_holds.figure(Table::recall).is_none());
        assert!(none_holds.figure(Table::kappa).is_none());
    }
}
