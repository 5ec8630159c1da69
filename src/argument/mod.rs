//! The argument as a graph: who stands against whom, in which chains, over which claims.

mod chains;
mod graph;
mod metrics;
mod people;
mod query;
#[cfg(test)]
mod tests;
mod triggers;

pub use chains::{Chain, Derailment, Polarity, Status, all_chains, chains};
pub use graph::{ArgumentGraph, Node};
pub use metrics::{Contested, Metrics, contested, metrics};
pub use people::{Exchange, People, Person, people};
pub use query::Query;
pub use triggers::{Features, Trigger, triggers};
