//! Strongly connected components, in the order in which influence flows.

use petgraph::{
    algo::kosaraju_scc,
    graph::{DiGraph, NodeIndex},
};

/// The strongly connected components of the graph of `n` nodes and `edges`: each in ascending order,
/// and a component behind all from which an edge leads into it. Takes time in nodes + edges, but for
/// the sorting; ends of edges must be below `n`.
pub(super) fn components(n: usize, edges: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut graph = DiGraph::<(), (), usize>::default();
    for _ in 0..n {
        graph.add_node(());
    }
    for (from, to) in edges {
        graph.add_edge(from.into(), to.into(), ());
    }
    // Kosaraju's algorithm with its own stack; petgraph's form of Tarjan's recurses.
    let found = kosaraju_scc(&graph).into_iter().rev();
    let sorted = found.map(|component| {
        let mut members: Vec<usize> = component.into_iter().map(NodeIndex::index).collect();
        members.sort_unstable();
        members
    });
    sorted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_stand_in_the_order_of_their_edges() {
        let edges = [(3, 2), (2, 3), (2, 0), (0, 1), (4, 4), (1, 0), (4, 3)];
        let found = components(5, edges.into_iter());
        assert_eq!(found, [vec![4], vec![2, 3], vec![0, 1]]);
    }

    #[test]
    fn a_long_path_takes_no_stack() {
        let n = 300_000;
        let found = components(n, (1..n).map(|node| (node, node - 1)));
        assert!(found.iter().map(|c| c[0]).eq((0..n).rev()));
    }
}
