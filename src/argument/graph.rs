//! The argument graph: units and relations in petgraph.

use crate::{
    relate::{Relation, Target},
    thread::CommentIdx,
};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// A node of the argument graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// A unit, by its number in the thread.
    Unit(usize),
    /// A whole comment that some relation is aimed at.
    Comment(CommentIdx),
}

/// Units and the relations between them.
///
/// Nodes are the units in order, so a unit's number is its node's index, and behind them the comments
/// that relations name as a whole. Edges are the relations in order, under their numbers. The graph is
/// built once and does not change.
#[derive(Debug, Clone)]
pub struct ArgumentGraph {
    graph: DiGraph<Node, usize>,
}

impl ArgumentGraph {
    /// Builds the graph of `n_units` units.
    #[must_use]
    pub fn new(n_units: usize, relations: &[Relation]) -> Self {
        let mut graph = DiGraph::with_capacity(n_units, relations.len());
        for unit in 0..n_units {
            graph.add_node(Node::Unit(unit));
        }
        let mut comments: BTreeMap<CommentIdx, NodeIndex> = BTreeMap::new();
        for (at, relation) in relations.iter().enumerate() {
            let to = match relation.to {
                Target::Unit(unit) => NodeIndex::new(unit),
                Target::Comment(idx) => *comments
                    .entry(idx)
                    .or_insert_with(|| graph.add_node(Node::Comment(idx))),
            };
            graph.add_edge(NodeIndex::new(relation.from), to, at);
        }
        Self { graph }
    }

    /// The graph itself; edge weights are the numbers of the relations.
    #[must_use]
    pub const fn graph(&self) -> &DiGraph<Node, usize> {
        &self.graph
    }
}
