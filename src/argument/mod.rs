//! The argument as a graph: who stands against whom, in which chains, over which claims, and what
//! stands in the end.

mod chains;
mod graph;
mod metrics;
mod people;
mod query;
pub mod semantics;
mod standing;
#[cfg(test)]
mod tests;
mod triggers;
mod verdict;

pub use chains::{Chain, Derailment, Polarity, Status, all_chains, chains};
pub use graph::{ArgumentGraph, Node};
pub use metrics::{Contested, Metrics, contested, metrics};
pub use people::{Exchange, People, Person, people};
pub use query::Query;
pub use standing::{Acceptance, Force, Standing, standing};
pub use triggers::{Features, Trigger, triggers};
pub use verdict::{Semantics, Support, Verdict};
