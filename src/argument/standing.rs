//! Standing: which arguments of a thread hold against what was said against them.
//!
//! Units and relations become numbers here, the [`semantics`](super::semantics) judge the numbers.

use super::semantics::{
    Framework, Influence, Label, NEUTRAL, Settings, Strengths, grounded, quadratic_energy,
};
use crate::{
    label::{CommentUnits, Role, ThreadLabels},
    registry::names,
    relate::{Kind, Relation, Target, voice},
    segment::Unit,
};

names! {
    /// How an argument stands in the grounded labeling of the thread's attacks (Dung 1995; Caminada 2006).
    pub enum Acceptance {
        /// All that attack it are rejected; nobody may have attacked it at all.
        Accepted = "accepted",
        /// An accepted argument attacks it.
        Rejected = "rejected",
        /// Neither: it stands or falls with a circle of attacks.
        Undecided = "undecided",
    }
}

/// An attack or a support between two arguments, by their places in [`Standing::arguments`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Force {
    /// What attacks or supports.
    pub from: usize,
    /// What is attacked or supported.
    pub to: usize,
    /// Whether it attacks; else it supports.
    pub attacks: bool,
    /// How sure the relation is, from 0 to 1.
    pub score: f32,
}

/// The arguments of a thread, what bears on them, and how each stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The units that are arguments, by their numbers in the thread, in ascending order.
    pub arguments: Vec<usize>,
    /// Attacks and supports between them, in the order of the relations.
    pub forces: Vec<Force>,
    /// How each argument stands in the grounded labeling of the attacks alone.
    pub acceptance: Vec<Acceptance>,
    /// The strength of each argument from 0 to 1, by the quadratic energy model over attacks and supports,
    /// weighted by their scores; each starts from [`NEUTRAL`].
    pub strength: Vec<f64>,
    /// Whether all strengths came to rest; see [`Strengths::settled`].
    pub settled: bool,
}

/// How the arguments of a thread stand.
///
/// Claims and premises are arguments, and so is any other unit that attacks or supports, or is attacked or
/// supported, with force. Relations of [`Kind::Attack`] and [`Kind::Support`] have force, inside a comment
/// and between comments. An attack on a person has none: it says nothing of what the person said. Those on
/// a whole comment are aimed at the unit that speaks for it ([`voice`]); where none does, and where a
/// relation leads from a unit to itself, nothing bears on anything.
///
/// Takes time in units + relations, and where attacks and supports run in circles more by a factor that
/// [`Settings`] bounds.
#[must_use]
pub fn standing(units: &[Unit], labels: &ThreadLabels, relations: &[Relation]) -> Standing {
    let bearing = bearing(units, labels, relations);
    let mut is_argument: Vec<bool> = labels
        .units
        .iter()
        .map(|unit| matches!(unit.role, Role::Claim | Role::Premise))
        .collect();
    for &(relation, to) in &bearing {
        is_argument[relation.from] = true;
        is_argument[to] = true;
    }
    let arguments: Vec<usize> = (0..units.len()).filter(|&unit| is_argument[unit]).collect();
    let mut place = vec![0; units.len()];
    for (at, &unit) in arguments.iter().enumerate() {
        place[unit] = at;
    }
    let forces = bearing.into_iter().map(|(relation, to)| Force {
        from: place[relation.from],
        to: place[to],
        attacks: relation.kind == Kind::Attack,
        score: relation.score,
    });
    Standing::new(arguments, forces.collect())
}

/// The relations that have force, each with the unit that it bears on.
fn bearing<'a>(
    units: &[Unit],
    labels: &ThreadLabels,
    relations: &'a [Relation],
) -> Vec<(&'a Relation, usize)> {
    let by_comment = CommentUnits::new(units);
    let aim = |relation: &Relation| match relation.to {
        Target::Unit(unit) => Some(unit),
        Target::Comment(idx) => voice(&labels.units, by_comment.range(idx)),
    };
    let sided = relations.iter().filter(|relation| {
        matches!(relation.kind, Kind::Attack | Kind::Support) && !relation.is_on_person()
    });
    let aimed = sided.filter_map(|relation| Some((relation, aim(relation)?)));
    aimed
        .filter(|(relation, to)| relation.from != *to)
        .collect()
}

impl Standing {
    /// Judges `arguments`, in ascending order, between which `forces` are.
    pub(super) fn new(arguments: Vec<usize>, forces: Vec<Force>) -> Self {
        let influences: Vec<Influence> = forces.iter().map(Force::influence).collect();
        let base = vec![NEUTRAL; arguments.len()];
        let strengths = quadratic_energy(&base, &influences, Settings::default());
        // Ends are arguments and weights are clamped, so that there is nothing to refuse.
        let strengths = strengths.unwrap_or(Strengths {
            values: base,
            settled: false,
        });
        let mut standing = Self {
            arguments,
            forces,
            acceptance: Vec::new(),
            strength: strengths.values,
            settled: strengths.settled,
        };
        let labels = grounded(&standing.framework()).into_iter();
        standing.acceptance = labels.map(Acceptance::from).collect();
        standing
    }

    /// Acceptance and strength of the unit with this number; `None` where it is no argument.
    #[must_use]
    pub fn of(&self, unit: usize) -> Option<(Acceptance, f64)> {
        let at = self.arguments.binary_search(&unit).ok()?;
        Some((self.acceptance[at], self.strength[at]))
    }

    /// The attacks, from the first to the second of each pair.
    #[must_use]
    pub fn attacks(&self) -> Vec<(usize, usize)> {
        self.pairs(true)
    }

    /// The supports, from the first to the second of each pair.
    #[must_use]
    pub fn supports(&self) -> Vec<(usize, usize)> {
        self.pairs(false)
    }

    /// The arguments and the attacks between them.
    #[must_use]
    pub fn framework(&self) -> Framework {
        Framework::of_known(self.arguments.len(), &self.attacks())
    }

    fn pairs(&self, attacks: bool) -> Vec<(usize, usize)> {
        let of_kind = self.forces.iter().filter(|force| force.attacks == attacks);
        of_kind.map(|force| (force.from, force.to)).collect()
    }
}

impl Force {
    fn influence(&self) -> Influence {
        // What is no number weighs nothing.
        let score = match self.score.is_nan() {
            true => 0.0,
            false => f64::from(self.score).clamp(0.0, 1.0),
        };
        Influence {
            from: self.from,
            to: self.to,
            weight: if self.attacks { -score } else { score },
        }
    }
}

impl From<Label> for Acceptance {
    fn from(label: Label) -> Self {
        match label {
            Label::In => Self::Accepted,
            Label::Out => Self::Rejected,
            Label::Undecided => Self::Undecided,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Acceptance::*, *};
    use crate::{
        model::marked::thread,
        relate::{Evidence, case::Case},
        thread::CommentIdx,
    };

    type Comments<'a> = [(&'a str, &'a str, &'a str)];

    fn parts(comments: &Comments<'_>) -> (Vec<Unit>, ThreadLabels, Vec<Relation>) {
        let case = Case::new(thread(comments));
        (case.units, case.labels, case.relations)
    }

    fn of(comments: &Comments<'_>) -> Standing {
        let (units, labels, relations) = parts(comments);
        standing(&units, &labels, &relations)
    }

    #[test]
    fn an_answered_attack_lets_its_target_stand() {
        let found = of(&[
            ("1", "", "CLAIM keys leak."),
            ("2", "1", "DISAGREE CLAIM they do not."),
            ("3", "2", "DISAGREE CLAIM one was found."),
        ]);
        assert_eq!(found.acceptance, [Accepted, Rejected, Accepted]);
        assert_eq!(found.attacks(), [(1, 0), (2, 1)]);
        assert!(found.settled);
        // The last word is unanswered and keeps its base score; what it attacks loses, and what that
        // attacks loses less.
        let [first, second, third] = found.strength[..] else {
            panic!("three arguments")
        };
        assert_eq!(third, NEUTRAL);
        assert!(second < first && first < NEUTRAL, "{:?}", found.strength);
    }

    #[test]
    fn an_attack_on_a_person_refutes_nothing() {
        let found = of(&[
            ("1", "", "CLAIM keys leak."),
            (
                "2",
                "1",
                "DISAGREE CLAIM AD_HOMINEM you are paid to say that.",
            ),
        ]);
        assert_eq!(
            (&found.forces[..], found.acceptance),
            (&[][..], vec![Accepted; 2])
        );
        assert_eq!(found.strength, [NEUTRAL; 2]);
    }

    #[test]
    fn supports_strengthen_but_do_not_decide() {
        let found = of(&[
            ("1", "", "CLAIM keys leak. PREMISE the layer is public."),
            ("2", "1", "AGREE CLAIM I saw one."),
            ("3", "1", "DISAGREE CLAIM it was a test key."),
        ]);
        assert_eq!(found.supports(), [(1, 0), (2, 0)]);
        assert_eq!(found.acceptance, [Rejected, Accepted, Accepted, Accepted]);
        let alone = of(&[
            ("1", "", "CLAIM keys leak."),
            ("3", "1", "DISAGREE CLAIM it was a test key."),
        ]);
        assert!(found.strength[0] > alone.strength[0]);
    }

    #[test]
    fn what_takes_no_side_is_no_argument_unless_a_side_is_taken_on_it() {
        let comments = [
            ("1", "", "Thanks. QUESTION which key?"),
            ("2", "1", "NEUTRAL QUESTION why?"),
        ];
        let (units, labels, relations) = parts(&comments);
        assert!(!relations.is_empty());
        let found = standing(&units, &labels, &relations);
        assert_eq!((found.arguments.len(), found.of(1)), (0, None));
        let found = of(&[
            ("1", "", "Thanks. QUESTION which key?"),
            ("2", "1", "DISAGREE CLAIM none."),
        ]);
        assert_eq!(found.arguments.len(), 2);
        assert_eq!(
            found.of(2).map(|(acceptance, _)| acceptance),
            Some(Accepted)
        );
    }

    #[test]
    fn a_relation_to_a_comment_is_aimed_at_the_unit_that_speaks_for_it() {
        let (units, labels, _) = parts(&[
            ("1", "", "Thanks. PREMISE logs show it. CLAIM keys leak."),
            ("2", "", "CLAIM they do not."),
            ("3", "", ""),
        ]);
        let attack = |from, comment| Relation {
            from,
            to: Target::Comment(CommentIdx::new(comment)),
            kind: Kind::Attack,
            subtype: None,
            act: None,
            score: f32::NAN,
            evidence: vec![Evidence::Model],
        };
        // At the claim of the first comment; at nothing, as the third has no units; at itself.
        let found = standing(&units, &labels, &[attack(3, 0), attack(3, 2), attack(3, 1)]);
        assert_eq!(found.arguments, [1, 2, 3]);
        assert_eq!(found.attacks(), [(2, 1)]);
        assert_eq!(found.acceptance, [Accepted, Rejected, Accepted]);
        // A score that is no number moves nothing.
        assert_eq!(found.strength, [NEUTRAL; 3]);
    }

    #[test]
    fn those_who_attack_each_other_are_undecided() {
        let (units, labels, _) = parts(&[
            ("1", "", "CLAIM keys leak."),
            ("2", "", "CLAIM they do not."),
        ]);
        let attack = |from, to| Relation {
            from,
            to: Target::Unit(to),
            kind: Kind::Attack,
            subtype: None,
            act: None,
            score: 0.9,
            evidence: vec![Evidence::Model],
        };
        let found = standing(&units, &labels, &[attack(0, 1), attack(1, 0)]);
        assert_eq!(found.acceptance, [Undecided; 2]);
        assert_eq!(found.strength[0], found.strength[1]);
    }
}
