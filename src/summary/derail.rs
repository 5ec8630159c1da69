//! Where a thread turned on persons, and what came right before.

use super::{Derailment, Material, matter::Matter, ranked};
use crate::{
    label::{Attack, CommentUnits, probability},
    relate::Target,
    thread::CommentIdx,
};

/// The first attack on a person of each branch, the surest first. What attacks follow below it are part of
/// the quarrel that it began.
pub(super) fn derailments(material: Material<'_>, matter: &Matter) -> Vec<Derailment> {
    let thread = material.thread;
    let by_comment = CommentUnits::new(material.units);
    let sure = |unit: usize| {
        f64::from(probability(
            &material.labels.units[unit].scores,
            Attack::AdHominem.as_str(),
        ))
    };
    let mut is_below = vec![false; thread.comments.len()];
    let mut first: Vec<usize> = Vec::new();
    for idx in thread.tree.preorder() {
        let above = thread.tree.parent(idx);
        if above.is_some_and(|above| is_below[above.get()]) {
            is_below[idx.get()] = true;
            continue;
        }
        let attacks = by_comment.range(idx).filter(|&unit| {
            material.attacks_person(unit) && material.is_own(unit) && matter.size(unit) > 0
        });
        let surest = attacks.reduce(|best, unit| if sure(unit) > sure(best) { unit } else { best });
        if let Some(unit) = surest {
            is_below[idx.get()] = true;
            first.push(unit);
        }
    }
    let found = ranked(first.into_iter(), sure).into_iter();
    found
        .map(|at| Derailment {
            at,
            before: before(material, &by_comment, at),
        })
        .collect()
}

/// The unit that an attack answers: by its own relation, else by one of its comment, else the last words of
/// the comment above.
fn before(material: Material<'_>, by_comment: &CommentUnits<'_>, at: usize) -> Option<usize> {
    let idx = material.units[at].comment;
    let above = material.thread.tree.parent(idx)?;
    let answered = |unit: usize| {
        let start = material.relations.partition_point(|r| r.from < unit);
        let own = material.relations[start..].iter();
        own.take_while(move |relation| relation.from == unit)
            .find_map(|relation| match relation.to {
                Target::Unit(to) if material.units[to].comment == above => Some(to),
                _ => None,
            })
    };
    let by_relation = answered(at).or_else(|| by_comment.range(idx).find_map(answered));
    by_relation
        .filter(|&unit| material.is_own(unit))
        .or_else(|| last_words(material, by_comment, above))
}

fn last_words(
    material: Material<'_>,
    by_comment: &CommentUnits<'_>,
    idx: CommentIdx,
) -> Option<usize> {
    let mut units = by_comment.range(idx).rev();
    units.find(|&unit| material.is_own(unit))
}
