//! Groups units that say nearly the same in nearly the same words.
//!
//! Words are compared, not meanings: no model gives vectors of units. A unit joins the group whose first
//! unit shares most content words with it (Jaccard 1912), so groups do not chain. Only groups that share
//! one of the unit's rarest words are compared, and of each word's the first ones: by prefix filtering
//! (Chaudhuri et al. 2006) no other can be near enough, but for words that very many groups have.

use super::{
    Material,
    matter::{Matter, Word},
};
use crate::{
    label::Role,
    relate::{Kind, Target},
};
use std::collections::{BTreeMap, BTreeSet};

/// Share of common words, of the words of both, from which units say nearly the same.
const NEAR: f64 = 0.75;

/// Content words below which units are nearly the same only with equal words.
const FEW: usize = 3;

/// Groups that are compared with a unit for each of its words.
const COMPARED: usize = 32;

/// The group of each unit.
#[derive(Debug)]
pub(super) struct Groups {
    first: Vec<usize>,
    /// The units of the groups of more than one unit, in document order.
    members: BTreeMap<usize, Vec<usize>>,
}

impl Groups {
    pub(super) fn new(material: Material<'_>, matter: &Matter) -> Self {
        let mut uses = vec![0_u32; matter.vocabulary()];
        for unit in 0..material.units.len() {
            for &word in matter.content(unit) {
                uses[word as usize] += 1;
            }
        }
        let attacks = attacks(material);
        let mut first: Vec<usize> = (0..material.units.len()).collect();
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        // The groups' first units by word.
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); matter.vocabulary()];
        for (unit, group) in first.iter_mut().enumerate() {
            if !says_something(material, unit) {
                continue;
            }
            let mut words = matter.content(unit).to_vec();
            words.sort_unstable_by_key(|&word| (uses[word as usize], word));
            // Two sets of which this share is common agree in one of so many words of either.
            let sharing = (words.len() as f64 * NEAR).ceil() as usize;
            words.truncate(words.len() + 1 - sharing);
            let known = words.iter().flat_map(|&word| &holders[word as usize]);
            let known: BTreeSet<usize> = known.copied().collect();
            let near = known
                .into_iter()
                .filter(|&other| matter.same_sense(unit, other))
                .map(|other| (shared(matter.content(unit), matter.content(other)), other))
                .filter(|&(share, other)| {
                    share >= NEAR && role(material, unit) == role(material, other)
                })
                .filter(|&(_, other)| !attacks.contains(&(unit, other)));
            let nearest = near.reduce(|best, next| if next.0 > best.0 { next } else { best });
            if let Some((_, leader)) = nearest {
                *group = leader;
                let members = members.entry(leader).or_insert_with(|| vec![leader]);
                members.push(unit);
                continue;
            }
            for word in words {
                let holders = &mut holders[word as usize];
                if holders.len() < COMPARED {
                    holders.push(unit);
                }
            }
        }
        Self { first, members }
    }

    /// The first unit of the unit's group, which stands for the group.
    pub(super) fn of(&self, unit: usize) -> usize {
        self.first[unit]
    }

    /// The units of the group that `first` stands for, in document order.
    pub(super) fn members(&self, first: usize) -> Vec<usize> {
        let several = self.members.get(&first);
        several.map_or_else(|| vec![first], Clone::clone)
    }
}

/// Pairs of units that attack one another: however alike, they do not say the same.
fn attacks(material: Material<'_>) -> BTreeSet<(usize, usize)> {
    let attacks = material.relations.iter().filter(|r| r.kind == Kind::Attack);
    attacks
        .filter_map(|relation| match relation.to {
            Target::Unit(to) => Some([(relation.from, to), (to, relation.from)]),
            Target::Comment(_) => None,
        })
        .flatten()
        .collect()
}

/// Whether the unit has a part in the argument that could be said twice.
fn says_something(material: Material<'_>, unit: usize) -> bool {
    material.argues(unit) && role(material, unit) != Role::None
}

/// Claims and premises are grouped together, since the same sentence is often both; questions are not.
fn role(material: Material<'_>, unit: usize) -> Role {
    match material.labels.units[unit].role {
        Role::Premise => Role::Claim,
        role => role,
    }
}

/// Share of the words of both texts that stand in each; 0 where that is below [`NEAR`], or for few words that
/// are not equal.
fn shared(a: &[Word], b: &[Word]) -> f64 {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let at_most = short.len() as f64 / long.len().max(1) as f64;
    if at_most < NEAR || (short.len() < FEW && short != long) {
        return 0.0;
    }
    let both = short
        .iter()
        .filter(|&word| long.binary_search(word).is_ok());
    let both = both.count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}
