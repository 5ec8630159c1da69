//! The argument as a graph: who stands against whom, in which chains, over which claims.

mod chains;
mod graph;
mod metrics;
pub mod semantics;
#[cfg(test)]
mod tests;

pub use chains::{Chain, Polarity, Status, chains};
pub use graph::{ArgumentGraph, Node};
pub use metrics::{Contested, Metrics, contested, metrics};
