//! The argument as a graph: who stands against whom, in which chains, over which claims, and what
//! stands in the end.

mod chains;
mod graph;
mod metrics;
pub mod semantics;
mod standing;
#[cfg(test)]
mod tests;
mod verdict;

pub use chains::{Chain, Polarity, Status, chains};
pub use graph::{ArgumentGraph, Node};
pub use metrics::{Contested, Metrics, contested, metrics};
pub use standing::{Acceptance, Force, Standing, standing};
pub use verdict::{Semantics, Support, Verdict};
