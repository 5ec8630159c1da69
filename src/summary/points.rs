//! The best points for and against a claim.

use super::Material;
use crate::{
    label::Basis,
    relate::{Kind, Target},
};

/// Points of a side that are kept.
const KEPT: usize = 8;

/// Words of a point from which length makes it no better: "No." is none.
const FULL: usize = 12;

/// Which side of a claim is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    For,
    Against,
}

/// Finds points.
#[derive(Debug)]
pub(super) struct Points<'a> {
    material: Material<'a>,
    /// For each premise, the unit of its comment that it supports and the relation; ordered by that unit.
    reasons: Vec<(usize, usize)>,
}

impl<'a> Points<'a> {
    pub(super) fn new(material: Material<'a>) -> Self {
        let relations = material.relations.iter().enumerate();
        let inner = relations
            .filter(|(_, relation)| relation.kind == Kind::Support && !material.crosses(relation));
        let mut reasons: Vec<(usize, usize)> = inner
            .filter_map(|(at, relation)| match relation.to {
                Target::Unit(to) => Some((to, at)),
                Target::Comment(_) => None,
            })
            .collect();
        reasons.sort_unstable();
        Self { material, reasons }
    }

    /// The best points of one side, the best first: the units that take it with `sided` relations to a unit
    /// of `members`, and the premises given for them; on the claim's side also the premises of its authors.
    pub(super) fn best(
        &self,
        members: &[usize],
        sided: &[(usize, Side)],
        side: Side,
    ) -> Vec<usize> {
        let mut found: Vec<(f64, usize)> = Vec::new();
        let taken = sided.iter().filter(|(_, taken)| *taken == side);
        for &(at, _) in taken {
            let relation = &self.material.relations[at];
            let sure = f64::from(relation.score);
            found.push((sure, relation.from));
            found.extend(self.reasons(relation.from, sure));
        }
        if side == Side::For {
            for &member in members {
                found.extend(self.reasons(member, 1.0));
            }
        }
        found.retain(|(_, unit)| {
            self.material.argues(*unit) && members.binary_search(unit).is_err()
        });
        for (worth, unit) in &mut found {
            *worth *= self.weight(*unit);
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best: Vec<usize> = Vec::with_capacity(KEPT);
        for (_, unit) in found {
            if best.len() < KEPT && !best.contains(&unit) {
                best.push(unit);
            }
        }
        best
    }

    /// The premises given for `unit` in its own comment, each as sure as its relation and `sure`.
    fn reasons(&self, unit: usize, sure: f64) -> impl Iterator<Item = (f64, usize)> + '_ {
        let start = self.reasons.partition_point(|(to, _)| *to < unit);
        let given = self.reasons[start..].iter();
        let given = given.take_while(move |(to, _)| *to == unit);
        given.map(move |&(_, at)| {
            let relation = &self.material.relations[at];
            (sure * f64::from(relation.score), relation.from)
        })
    }

    /// What makes a unit a good point: that it says enough, rests on something that can be checked, and
    /// was voted for.
    fn weight(&self, unit: usize) -> f64 {
        let words = self.material.text(unit).split_whitespace();
        let length = words.take(FULL).count() as f64 / FULL as f64;
        let basis = &self.material.labels.units[unit].basis;
        let checked = basis.contains(&Basis::Technical) || basis.contains(&Basis::Evidence);
        let lived = basis.contains(&Basis::Experience);
        let ground = 1.0 + 0.5 * f64::from(u8::from(checked)) + 0.25 * f64::from(u8::from(lived));
        let score = self.material.comment(unit).score.as_ref();
        let net = score
            .and_then(|score| score.points.or(score.up))
            .unwrap_or(0);
        let votes = 1.0 + 0.1 * (net.max(0) as f64).ln_1p();
        length * ground * votes
    }
}
