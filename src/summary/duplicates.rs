//! Which units of a thread say nearly the same.

use super::{Material, matter::Matter};
use crate::{
    cluster::{Groups, opposed},
    label::Role,
};

/// Groups the units that have a part in the argument: with others of their role that they do not attack.
pub(super) fn groups(material: Material<'_>, matter: &Matter) -> Groups {
    let opposed = opposed(material.relations);
    let may_meet =
        |a: usize, b: usize| role(material, a) == role(material, b) && !opposed.contains(&(a, b));
    let grouped = |unit: usize| says_something(material, unit);
    Groups::new(matter.units(), matter.vocabulary(), grouped, may_meet)
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
