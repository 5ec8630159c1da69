//! The reply tree, as a petgraph graph.

use super::CommentIdx;
use petgraph::{
    Direction::{Incoming, Outgoing},
    graph::{DiGraph, NodeIndex},
};

/// Who answers whom: a forest with an edge from each comment to each of its replies.
///
/// Node indices equal comment indices. All walks are iterative, so depth is bounded by memory alone.
#[derive(Debug, Clone)]
pub struct ReplyTree {
    graph: DiGraph<CommentIdx, ()>,
}

impl ReplyTree {
    /// Builds the tree from each comment's parent; `parents` must hold no cycle.
    pub(super) fn new(parents: &[Option<CommentIdx>]) -> Self {
        let mut graph = DiGraph::with_capacity(parents.len(), parents.len());
        for at in 0..parents.len() {
            graph.add_node(CommentIdx::new(at));
        }
        // petgraph lists the youngest edge first: adding backwards gives children in document order.
        for (at, parent) in parents.iter().enumerate().rev() {
            if let Some(parent) = parent {
                graph.add_edge(node(*parent), NodeIndex::new(at), ());
            }
        }
        Self { graph }
    }

    /// The graph itself, for algorithms of petgraph.
    #[must_use]
    pub const fn graph(&self) -> &DiGraph<CommentIdx, ()> {
        &self.graph
    }

    /// The replies to a comment, in document order.
    pub fn replies(&self, idx: CommentIdx) -> impl Iterator<Item = CommentIdx> + '_ {
        let nodes = self.graph.neighbors_directed(node(idx), Outgoing);
        nodes.map(|reply| self.graph[reply])
    }

    /// The comment that `idx` answers, if the capture holds it.
    #[must_use]
    pub fn parent(&self, idx: CommentIdx) -> Option<CommentIdx> {
        let mut parents = self.graph.neighbors_directed(node(idx), Incoming);
        parents.next().map(|parent| self.graph[parent])
    }

    /// The comments above `idx`, nearest first.
    pub fn ancestors(&self, idx: CommentIdx) -> impl Iterator<Item = CommentIdx> + '_ {
        std::iter::successors(self.parent(idx), |&above| self.parent(above))
    }

    /// The comments that answer no comment of the capture, in document order.
    pub fn roots(&self) -> impl Iterator<Item = CommentIdx> + '_ {
        let nodes = self.graph.externals(Incoming);
        nodes.map(|root| self.graph[root])
    }

    /// Every comment before its replies; siblings in document order.
    #[must_use]
    pub fn preorder(&self) -> Vec<CommentIdx> {
        let mut order = Vec::with_capacity(self.graph.node_count());
        let mut open: Vec<_> = self.roots().collect();
        open.reverse();
        while let Some(idx) = open.pop() {
            order.push(idx);
            let from = open.len();
            open.extend(self.replies(idx));
            open[from..].reverse();
        }
        order
    }
}

fn node(idx: CommentIdx) -> NodeIndex {
    NodeIndex::new(idx.get())
}
