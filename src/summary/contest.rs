//! The claims that are fought over: near-duplicates as one, with the people on either side.

use super::{
    Material,
    points::{Points, Side},
};
use crate::{
    cluster::Groups,
    label::Role,
    relate::{Kind, Target},
    thread::{CommentIdx, Identity},
};
use std::collections::BTreeMap;

/// A contested claim before its points are chosen.
#[derive(Debug)]
pub(super) struct Contest {
    pub(super) claim: usize,
    pub(super) repeated: Vec<usize>,
    pub(super) authors_for: usize,
    pub(super) authors_against: usize,
    /// Points for the claim, the best first.
    pub(super) points_for: Vec<usize>,
    /// Points against it, the best first.
    pub(super) points_against: Vec<usize>,
}

/// Every contested claim, those that split the most people most evenly first.
pub(super) fn disputes(material: Material<'_>, groups: &Groups, salience: &[f64]) -> Vec<Contest> {
    let mut sided: BTreeMap<usize, Vec<(usize, Side)>> = BTreeMap::new();
    for (at, relation) in material.relations.iter().enumerate() {
        let (Target::Unit(to), true) = (relation.to, material.crosses(relation)) else {
            continue;
        };
        let is_claim = matches!(material.labels.units[to].role, Role::Claim | Role::Premise);
        let side = match relation.kind {
            Kind::Support => Side::For,
            Kind::Attack if !relation.is_on_person() => Side::Against,
            _ => continue,
        };
        if is_claim && material.argues(to) {
            sided.entry(groups.of(to)).or_default().push((at, side));
        }
    }
    let points = Points::new(material);
    let attacked = sided
        .into_iter()
        .filter(|(_, sided)| sided.iter().any(|(_, side)| *side == Side::Against));
    let mut contests: Vec<(f64, Contest)> = attacked
        .map(|(first, sided)| {
            let members = groups.members(first);
            let contest = contest(material, &points, members, &sided);
            (heat(&contest), contest)
        })
        .collect();
    contests.sort_by(|(a_heat, a), (b_heat, b)| {
        let by_heat = b_heat.total_cmp(a_heat);
        let by_salience = salience[b.claim].total_cmp(&salience[a.claim]);
        by_heat.then(by_salience).then(a.claim.cmp(&b.claim))
    });
    contests.into_iter().map(|(_, contest)| contest).collect()
}

fn contest(
    material: Material<'_>,
    points: &Points<'_>,
    members: Vec<usize>,
    sided: &[(usize, Side)],
) -> Contest {
    let mut answers: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, _) in sided {
        if let Target::Unit(to) = material.relations[*at].to {
            *answers.entry(to).or_default() += 1;
        }
    }
    let answered = |unit: &usize| answers.get(unit).copied().unwrap_or(0);
    // Of several that are answered equally often the first.
    let most = members.iter().copied().reduce(|best, unit| {
        if answered(&unit) > answered(&best) {
            unit
        } else {
            best
        }
    });
    let claim = most.unwrap_or_default();
    let (authors_for, authors_against) = people(material, &members, sided);
    Contest {
        claim,
        authors_for,
        authors_against,
        points_for: points.best(&members, sided, Side::For),
        points_against: points.best(&members, sided, Side::Against),
        repeated: members.into_iter().filter(|&unit| unit != claim).collect(),
    }
}

/// How many authors make or support a claim, and how many attack it. Who did both stands where the later
/// of these comments stands.
fn people(material: Material<'_>, members: &[usize], sided: &[(usize, Side)]) -> (usize, usize) {
    let made = members.iter().map(|&unit| (unit, Side::For));
    let took = sided
        .iter()
        .map(|&(at, side)| (material.relations[at].from, side));
    let mut last: BTreeMap<Identity<'_>, (CommentIdx, Side)> = BTreeMap::new();
    for (unit, side) in made.chain(took) {
        let comment = material.units[unit].comment;
        let author = material.thread.identity(comment);
        let word = last.entry(author).or_insert((comment, side));
        *word = (*word).max((comment, side));
    }
    let against = last.values().filter(|(_, side)| *side == Side::Against);
    let against = against.count();
    (last.len() - against, against)
}

/// How much a claim splits people: the harmonic mean of both sides, halved, so that many on both sides
/// weigh more than the same number on one.
fn heat(contest: &Contest) -> f64 {
    let (a, b) = (contest.authors_for as f64, contest.authors_against as f64);
    a * b / (a + b).max(1.0)
}
