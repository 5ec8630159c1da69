//! Preferred and stable extensions: the largest positions that can be held, and those that leave
//! nothing open.

use super::{
    Framework, Label, grounded,
    search::{Goal, Search},
};

/// How much work an enumeration may take. A framework of n arguments can have 3^(n/3) preferred
/// extensions, so there must be a bound; it counts work and not time, so that results stay the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Steps: labels set, attacks looked at, and numbers written, together. The count is looked at
    /// between two decisions, so a single round through the framework may exceed it.
    pub steps: u64,
    /// Extensions that are given back at most.
    pub extensions: usize,
}

impl Default for Bound {
    /// Ten million steps (below a second), a thousand extensions.
    fn default() -> Self {
        Self {
            steps: 10_000_000,
            extensions: 1_000,
        }
    }
}

/// Extensions, and whether they are all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration {
    /// Sets of arguments, each in ascending order, all of them in lexicographic order.
    pub extensions: Vec<Vec<usize>>,
    /// Whether there is no other. Where not, the bound was reached: what is there is right, and there
    /// may be more.
    pub complete: bool,
}

/// The preferred extensions: the admissible sets (free of conflict, and attacking all that attack them)
/// that are part of no larger one (Dung 1995). There is always at least one, if only the empty set.
///
/// The grounded labeling is taken out first, as it is part of all of them. What it leaves undecided
/// falls into parts that no attack connects; each is searched by itself, with labels that are propagated
/// and taken back (Modgil and Caminada 2009; Nofal, Atkinson and Dunne 2014), and the results are
/// combined.
#[must_use]
pub fn preferred(framework: &Framework, bound: Bound) -> Enumeration {
    enumerate(framework, Goal::Preferred, bound)
}

/// The stable extensions: the sets free of conflict that attack everything else (Dung 1995). There may
/// be none; then `extensions` is empty and `complete` holds.
///
/// Found as [`preferred`] ones are.
#[must_use]
pub fn stable(framework: &Framework, bound: Bound) -> Enumeration {
    enumerate(framework, Goal::Stable, bound)
}

fn enumerate(framework: &Framework, goal: Goal, bound: Bound) -> Enumeration {
    let labels = grounded(framework);
    let mut steps = bound.steps;
    let mut searched = Vec::new();
    let mut complete = true;
    for part in parts(framework, &labels) {
        let mut search = Search::new(&part.framework, goal, bound.extensions, &mut steps);
        let all = search.run();
        let sets = search.found();
        if all && sets.is_empty() {
            // A part that has none leaves none to the whole, whatever the others have.
            return Enumeration {
                extensions: Vec::new(),
                complete: true,
            };
        }
        complete &= all;
        let named = sets.into_iter().map(|set| {
            let members = set.into_iter().map(|place| part.arguments[place]);
            members.collect::<Vec<usize>>()
        });
        searched.push(named.collect::<Vec<_>>());
    }
    let is_in = |argument: &usize| labels[*argument] == Label::In;
    let common: Vec<usize> = (0..framework.len()).filter(is_in).collect();
    let (mut extensions, combined) = combinations(&common, &searched, bound.extensions, steps);
    extensions.sort_unstable();
    Enumeration {
        extensions,
        complete: complete && combined,
    }
}

/// Undecided arguments that attacks connect, and the attacks among them.
struct Part {
    arguments: Vec<usize>,
    framework: Framework,
}

/// The parts into which the undecided arguments fall, in the order of their first arguments. Attacks
/// from other arguments play no role: those that attack an undecided argument are out.
fn parts(framework: &Framework, labels: &[Label]) -> Vec<Part> {
    let undecided = |argument: &usize| labels[*argument] == Label::Undecided;
    let mut seen = vec![false; framework.len()];
    let mut place = vec![0; framework.len()];
    let mut parts = Vec::new();
    for first in (0..framework.len()).filter(undecided) {
        if seen[first] {
            continue;
        }
        seen[first] = true;
        let mut arguments = vec![first];
        let mut next = 0;
        while let Some(&argument) = arguments.get(next) {
            next += 1;
            let beside = framework.targets(argument).iter();
            let beside = beside.chain(framework.attackers(argument));
            for &other in beside.filter(|other| undecided(other)) {
                if !std::mem::replace(&mut seen[other], true) {
                    arguments.push(other);
                }
            }
        }
        arguments.sort_unstable();
        for (at, &argument) in arguments.iter().enumerate() {
            place[argument] = at;
        }
        let attacks = arguments.iter().flat_map(|&from| {
            let inside = framework.targets(from).iter().filter(|to| undecided(to));
            inside.map(move |&to| (from, to))
        });
        let attacks: Vec<_> = attacks.map(|(from, to)| (place[from], place[to])).collect();
        let framework = Framework::of_known(arguments.len(), &attacks);
        parts.push(Part {
            arguments,
            framework,
        });
    }
    parts
}

/// Every choice of one set from each of `searched`, together with `common`; `limit` at most, and as many
/// as `steps` allow. Also whether these are all.
fn combinations(
    common: &[usize],
    searched: &[Vec<Vec<usize>>],
    limit: usize,
    steps: u64,
) -> (Vec<Vec<usize>>, bool) {
    let mut combined = Vec::new();
    if searched.iter().any(Vec::is_empty) {
        return (combined, false);
    }
    let mut left = steps;
    let mut choice = vec![0; searched.len()];
    loop {
        if combined.len() == limit || (left == 0 && !combined.is_empty()) {
            return (combined, false);
        }
        let chosen = searched.iter().zip(&choice).map(|(sets, &at)| &sets[at]);
        let mut extension = common.to_vec();
        extension.extend(chosen.flatten());
        extension.sort_unstable();
        left = left.saturating_sub((extension.len() + choice.len()) as u64);
        combined.push(extension);
        let mut places = (0..choice.len()).rev();
        let Some(at) = places.find(|&at| choice[at] + 1 < searched[at].len()) else {
            return (combined, true);
        };
        choice[at] += 1;
        choice[at + 1..].fill(0);
    }
}
