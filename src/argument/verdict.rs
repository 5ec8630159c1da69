//! The verdict of a semantics of choice on the arguments of a thread.

use super::{
    semantics::{Bipolar, Bound, Enumeration, Framework, Label, grounded, preferred, stable},
    standing::{Acceptance, Standing},
};
use crate::registry::names;

names! {
    /// A way to say which arguments hold.
    pub enum Semantics {
        /// The one position that every reasonable reader must accept (Dung 1995).
        Grounded = "grounded",
        /// The largest positions that defend themselves (Dung 1995).
        Preferred = "preferred",
        /// The positions that attack all else; there may be none (Dung 1995).
        Stable = "stable",
        /// A strength for each argument, no positions (Potyka 2018).
        Gradual = "gradual",
    }

    /// What supports count for where positions are sought. Strengths weigh them always.
    pub enum Support {
        /// Nothing: attacks alone decide.
        None = "none",
        /// Who accepts the supporter must accept what it supports (Boella et al. 2010; Cayrol and
        /// Lagasquie-Schiex 2013).
        Deductive = "deductive",
    }
}

/// What a semantics says of the arguments of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What judged.
    pub semantics: Semantics,
    /// What supports counted for.
    pub support: Support,
    /// Of each argument, by its place in [`Standing::arguments`]. Grounded: its label. Preferred and
    /// stable: accepted in every extension, rejected in none, undecided in some; `None` where that cannot
    /// be said, because there is no extension or not all were found. Gradual: `None`.
    pub acceptance: Vec<Option<Acceptance>>,
    /// The extensions, as places in [`Standing::arguments`], in lexicographic order.
    pub extensions: Vec<Vec<usize>>,
    /// Whether these are all; of strengths, whether they came to rest.
    pub complete: bool,
}

impl Standing {
    /// Judges the arguments by `semantics`, within `bound`.
    #[must_use]
    pub fn verdict(&self, semantics: Semantics, support: Support, bound: Bound) -> Verdict {
        let n = self.arguments.len();
        let Found { labels, sets } = match support {
            Support::None => found(&self.framework(), semantics, bound),
            Support::Deductive => {
                let bipolar = Bipolar::of_known(n, self.attacks(), self.supports());
                let deductive = bipolar.deductive();
                let mut found = found(deductive.framework(), semantics, bound);
                found.labels = deductive.labels(&found.labels);
                for extension in &mut found.sets.extensions {
                    *extension = deductive.extension(extension);
                }
                found.sets.extensions.sort_unstable();
                found
            }
        };
        let acceptance = match semantics {
            Semantics::Grounded => labels.into_iter().map(|label| Some(label.into())).collect(),
            Semantics::Preferred | Semantics::Stable => over_all(n, &sets),
            Semantics::Gradual => vec![None; n],
        };
        Verdict {
            semantics,
            support,
            acceptance,
            extensions: sets.extensions,
            complete: match semantics {
                Semantics::Gradual => self.settled,
                _ => sets.complete,
            },
        }
    }
}

/// The grounded labels of a framework, and the extensions that were asked for.
struct Found {
    labels: Vec<Label>,
    sets: Enumeration,
}

fn found(framework: &Framework, semantics: Semantics, bound: Bound) -> Found {
    let labels = grounded(framework);
    let sets = match semantics {
        Semantics::Grounded => {
            let accepted = (0..labels.len()).filter(|&a| labels[a] == Label::In);
            Enumeration {
                extensions: vec![accepted.collect()],
                complete: true,
            }
        }
        Semantics::Preferred => preferred(framework, bound),
        Semantics::Stable => stable(framework, bound),
        Semantics::Gradual => Enumeration {
            extensions: Vec::new(),
            complete: true,
        },
    };
    Found { labels, sets }
}

/// How each of `n` arguments stands over all of these extensions.
fn over_all(n: usize, sets: &Enumeration) -> Vec<Option<Acceptance>> {
    let mut times = vec![0; n];
    for &argument in sets.extensions.iter().flatten() {
        times[argument] += 1;
    }
    let all = sets.extensions.len();
    let verdict = |times: usize| match times {
        _ if all == 0 => None,
        times if times > 0 && times < all => Some(Acceptance::Undecided),
        _ if !sets.complete => None,
        0 => Some(Acceptance::Rejected),
        _ => Some(Acceptance::Accepted),
    };
    times.into_iter().map(verdict).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::Force, Acceptance::*, *};

    /// Arguments that attack (above 0) and support each other.
    fn standing(n: usize, attacks: &[(usize, usize)], supports: &[(usize, usize)]) -> Standing {
        let force = |attacks: bool| {
            move |&(from, to): &(usize, usize)| Force {
                from,
                to,
                attacks,
                score: 1.0,
            }
        };
        let attacks = attacks.iter().map(force(true));
        let forces = attacks.chain(supports.iter().map(force(false)));
        Standing::new((0..n).collect(), forces.collect())
    }

    fn verdict(standing: &Standing, semantics: Semantics, support: Support) -> Verdict {
        standing.verdict(semantics, support, Bound::default())
    }

    #[test]
    fn preferred_positions_decide_what_they_agree_on() {
        // 0 and 1 attack each other and both 2, which attacks 3.
        let open = standing(4, &[(0, 1), (1, 0), (0, 2), (1, 2), (2, 3)], &[]);
        let grounded = verdict(&open, Semantics::Grounded, Support::None);
        assert_eq!(grounded.acceptance, [Some(Undecided); 4]);
        assert_eq!(grounded.extensions, [vec![0; 0]]);
        for semantics in [Semantics::Preferred, Semantics::Stable] {
            let found = verdict(&open, semantics, Support::None);
            assert_eq!(found.extensions, [[0, 3], [1, 3]]);
            let expected = [Undecided, Undecided, Rejected, Accepted].map(Some);
            assert_eq!(found.acceptance, expected);
        }
        let cut = Bound {
            extensions: 1,
            ..Bound::default()
        };
        let cut = open.verdict(Semantics::Preferred, Support::None, cut);
        assert_eq!((cut.acceptance, cut.complete), (vec![None; 4], false));
    }

    #[test]
    fn without_a_stable_position_nothing_is_said() {
        let odd = standing(3, &[(0, 1), (1, 2), (2, 0)], &[]);
        let found = verdict(&odd, Semantics::Stable, Support::None);
        assert_eq!(found.acceptance, [None; 3]);
        assert!(found.complete && found.extensions.is_empty());
    }

    #[test]
    fn deductive_support_carries_a_refutation_back_to_the_supporter() {
        // 2 supports 1, which supports 0; 3 attacks 0.
        let chain = standing(4, &[(3, 0)], &[(2, 1), (1, 0)]);
        let alone = verdict(&chain, Semantics::Grounded, Support::None);
        assert_eq!(alone.extensions, [[1, 2, 3]]);
        for semantics in [Semantics::Grounded, Semantics::Preferred, Semantics::Stable] {
            let found = verdict(&chain, semantics, Support::Deductive);
            assert_eq!(found.extensions, [[3]]);
            assert_eq!(
                found.acceptance,
                [Rejected, Rejected, Rejected, Accepted].map(Some)
            );
        }
    }

    #[test]
    fn gradual_gives_strengths_alone() {
        let found = verdict(
            &standing(2, &[(1, 0)], &[]),
            Semantics::Gradual,
            Support::None,
        );
        assert_eq!(
            (found.acceptance, found.extensions),
            (vec![None; 2], vec![])
        );
        assert!(found.complete);
    }
}
