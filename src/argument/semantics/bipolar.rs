//! Supports beside attacks, read as deductive support: who accepts the supporter must accept what it
//! supports.

use super::{
    Framework, Invalid, Label,
    components::components,
    framework::{Rows, ends_below},
};

/// A bipolar argumentation framework (Cayrol and Lagasquie-Schiex 2005): arguments that attack and
/// arguments that support each other.
///
/// Support is deductive (Boella, Gabbay, van der Torre and Villata 2010): if the supporter is accepted,
/// so is what it supports. Attacks then have consequences, the *complex attacks* of Cayrol and
/// Lagasquie-Schiex (2013). With `a => x` for a chain of supports of any length, none included:
///
/// | attack | from `a` to `b` where |
/// |---|---|
/// | supported | `a => x`, and x attacks b |
/// | mediated | a attacks y, and `b => y` |
/// | super-mediated | `a => x`, x attacks y, and `b => y` |
///
/// The last has the others, and the direct attacks, as special cases where a chain is empty; applying
/// the definitions to complex attacks gives no others.
///
/// - Claudette Cayrol, Marie-Christine Lagasquie-Schiex (2005): On the acceptability of arguments in
///   bipolar argumentation frameworks. ECSQARU 2005.
/// - Guido Boella, Dov M. Gabbay, Leendert van der Torre, Serena Villata (2010): Support in abstract
///   argumentation. COMMA 2010.
/// - Claudette Cayrol, Marie-Christine Lagasquie-Schiex (2013): Bipolarity in argumentation graphs:
///   towards a better understanding. International Journal of Approximate Reasoning 54.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bipolar {
    n: usize,
    attacks: Vec<(usize, usize)>,
    supports: Vec<(usize, usize)>,
}

/// A framework in which supports have become attacks, and how its arguments stand for the given ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deductive {
    framework: Framework,
    /// Of each given argument the argument that stands for it.
    group_of: Vec<usize>,
}

impl Bipolar {
    /// `n` arguments with these attacks and supports, each from the first to the second of its pair.
    ///
    /// # Errors
    /// [`Invalid::Argument`] where an end is not below `n`.
    pub fn new(
        n: usize,
        attacks: Vec<(usize, usize)>,
        supports: Vec<(usize, usize)>,
    ) -> Result<Self, Invalid> {
        ends_below(n, &attacks)?;
        ends_below(n, &supports)?;
        Ok(Self::of_known(n, attacks, supports))
    }

    /// Like [`Self::new`], for pairs whose ends are known to be below `n`.
    pub(in crate::argument) const fn of_known(
        n: usize,
        attacks: Vec<(usize, usize)>,
        supports: Vec<(usize, usize)>,
    ) -> Self {
        Self {
            n,
            attacks,
            supports,
        }
    }

    /// All complex attacks, as a framework of the same arguments; `None` where finding them takes more
    /// than `limit` pairs and supports looked at. There can be n² of them: a hundred supporters of one
    /// claim against a hundred of another are ten thousand. [`Self::deductive`] has no such limit.
    #[must_use]
    pub fn complex_attacks(&self, limit: usize) -> Option<Framework> {
        let supporters = Rows::new(self.n, self.supports.iter().map(|&(from, to)| (to, from)));
        let mut left = limit;
        let mut seen = vec![false; self.n];
        let mut attacks = Vec::new();
        for &(from, to) in &self.attacks {
            let sources = reaching(&supporters, from, &mut seen, &mut left)?;
            let targets = reaching(&supporters, to, &mut seen, &mut left)?;
            left = left.checked_sub(sources.len().checked_mul(targets.len())?)?;
            let pairs = sources.iter();
            attacks.extend(pairs.flat_map(|&a| targets.iter().map(move |&b| (a, b))));
        }
        Some(Framework::of_known(self.n, &attacks))
    }

    /// A framework with the same complete, grounded, preferred and stable labelings as that of all
    /// complex attacks, in time and size linear in arguments + attacks + supports.
    ///
    /// Let D be the framework of all complex attacks. *First*, where `a => x`, each attacker of x in D
    /// attacks a too (mediated). So in a complete labeling a is accepted only if x is, and rejected if x
    /// is. What x attacks is attacked by a as well (supported), but that makes no difference: if a is
    /// accepted x is too, and if x is rejected so is a. Supported and super-mediated attacks can be left
    /// out beside the mediated ones. *Second*, the mediated attacks on b say: b is accepted if and only
    /// if its own attackers are rejected and everything it supports is accepted; rejected if and only if
    /// one of its attackers is accepted or something it supports rejected. An auxiliary argument for
    /// each supported d, attacked by d alone and attacking the supporters of d, says the same of an
    /// acyclic support (it is the meta-argument Z of Boella et al. 2010). *Third*, arguments that support
    /// each other in a circle are in D attacked by the same arguments and so are labeled alike: one
    /// argument stands for the whole strongly connected component of supports, without which a circle
    /// would wait for itself.
    #[must_use]
    pub fn deductive(&self) -> Deductive {
        let mut groups = components(self.n, self.supports.iter().copied());
        groups.sort_unstable_by_key(|members| members.first().copied());
        let mut group_of = vec![0; self.n];
        for (group, members) in groups.iter().enumerate() {
            for &member in members {
                group_of[member] = group;
            }
        }
        let between = |pairs: &[(usize, usize)]| -> Vec<(usize, usize)> {
            let grouped = pairs
                .iter()
                .map(|&(from, to)| (group_of[from], group_of[to]));
            grouped.collect()
        };
        let mut attacks = between(&self.attacks);
        let mut auxiliary: Vec<Option<usize>> = vec![None; groups.len()];
        let mut n = groups.len();
        for (supporter, supported) in between(&self.supports) {
            if supporter == supported {
                continue;
            }
            let denial = *auxiliary[supported].get_or_insert_with(|| {
                attacks.push((supported, n));
                n += 1;
                n - 1
            });
            attacks.push((denial, supporter));
        }
        Deductive {
            framework: Framework::of_known(n, &attacks),
            group_of,
        }
    }
}

impl Deductive {
    /// The framework: an argument for each given one or circle of supports, then the auxiliary ones.
    #[must_use]
    pub const fn framework(&self) -> &Framework {
        &self.framework
    }

    /// The labels of the given arguments, from those of [`Self::framework`].
    ///
    /// # Panics
    /// Where there are fewer labels than the framework has arguments.
    #[must_use]
    pub fn labels(&self, labels: &[Label]) -> Vec<Label> {
        self.group_of.iter().map(|&group| labels[group]).collect()
    }

    /// The given arguments that an extension of [`Self::framework`] holds, in ascending order.
    #[must_use]
    pub fn extension(&self, extension: &[usize]) -> Vec<usize> {
        let mut held = vec![false; self.framework.len()];
        for &argument in extension {
            if let Some(held) = held.get_mut(argument) {
                *held = true;
            }
        }
        let given = 0..self.group_of.len();
        given.filter(|&a| held[self.group_of[a]]).collect()
    }
}

/// The arguments from which a chain of supports leads to `end`, with itself. Each of them, and each
/// support looked at, is taken from `left`; `None` where that is used up. `seen` must hold false alone,
/// and does so afterwards.
fn reaching(
    supporters: &Rows,
    end: usize,
    seen: &mut [bool],
    left: &mut usize,
) -> Option<Vec<usize>> {
    let mut found = vec![end];
    seen[end] = true;
    let mut next = 0;
    while let Some(&argument) = found.get(next) {
        next += 1;
        *left = left.checked_sub(1 + supporters.of(argument).len())?;
        for &supporter in supporters.of(argument) {
            if !std::mem::replace(&mut seen[supporter], true) {
                found.push(supporter);
            }
        }
    }
    for &argument in &found {
        seen[argument] = false;
    }
    Some(found)
}
