//! The grounded labeling: what every reasonable reader must accept, what must be rejected, and what is
//! left open.

use super::Framework;

/// How an argument stands in a labeling (Caminada 2006).
///
/// Martin Caminada (2006): On the issue of reinstatement in argumentation. JELIA 2006.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// Accepted: all of its attackers are rejected.
    In,
    /// Rejected: one of its attackers is accepted.
    Out,
    /// Neither.
    Undecided,
}

/// The grounded labeling; its arguments that are in are the grounded extension. Each framework has
/// exactly one. Takes time and memory in arguments + attacks.
///
/// The grounded extension is the least fixed point of Dung's characteristic function F, which maps a
/// set of arguments to those that it defends: F(S) holds an argument when each of its attackers is
/// attacked from S. The loop below builds it from the empty set. It accepts an argument when the last
/// of its attackers has been rejected, and rejects what an accepted argument attacks; so what it has
/// accepted is at any time a part of the least fixed point, by induction. When nothing is left to
/// accept, each other argument has an attacker that no accepted argument attacks: the accepted set
/// defends exactly itself, and is that fixed point. Each argument counts its attackers that are not yet
/// rejected; each attack lowers one count once.
///
/// The same labeling comes from going through the strongly connected components in topological order
/// (the schema of Baroni, Giacomin and Guida 2005): a component takes part once its outside attackers
/// are known. Counting does that without looking for components, and what is left undecided is the
/// cycles (and self-attackers) that nothing accepted breaks, with all that only they attack.
#[must_use]
pub fn grounded(framework: &Framework) -> Vec<Label> {
    let n = framework.len();
    let mut labels = vec![Label::Undecided; n];
    let mut open: Vec<usize> = (0..n).map(|a| framework.attackers(a).len()).collect();
    let mut ready: Vec<usize> = (0..n).filter(|&a| open[a] == 0).collect();
    while let Some(accepted) = ready.pop() {
        labels[accepted] = Label::In;
        for &beaten in framework.targets(accepted) {
            if labels[beaten] == Label::Out {
                continue;
            }
            labels[beaten] = Label::Out;
            for &freed in framework.targets(beaten) {
                open[freed] -= 1;
                if open[freed] == 0 {
                    ready.push(freed);
                }
            }
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::{Label::*, *};

    fn labels(n: usize, attacks: &[(usize, usize)]) -> Vec<Label> {
        grounded(&Framework::new(n, attacks).unwrap())
    }

    #[test]
    fn an_attacker_that_is_attacked_reinstates() {
        assert_eq!(labels(3, &[(2, 1), (1, 0)]), [In, Out, In]);
        assert_eq!(labels(0, &[]), []);
    }

    #[test]
    fn cycles_stay_open_until_something_accepted_breaks_them() {
        assert_eq!(labels(2, &[(0, 1), (1, 0)]), [Undecided; 2]);
        assert_eq!(labels(1, &[(0, 0)]), [Undecided]);
        let broken = labels(4, &[(0, 1), (1, 2), (2, 0), (3, 0)]);
        assert_eq!(broken, [Out, In, Out, In]);
        // What only a cycle attacks is open too, though it is in no cycle.
        assert_eq!(labels(3, &[(0, 1), (1, 0), (1, 2)]), [Undecided; 3]);
    }

    #[test]
    fn a_long_chain_takes_no_stack() {
        let chain: Vec<_> = (1..200_000).map(|a| (a, a - 1)).collect();
        let labels = labels(200_000, &chain);
        assert!((0..200_000).all(|a| labels[a] == if (199_999 - a) % 2 == 0 { In } else { Out }));
    }
}
