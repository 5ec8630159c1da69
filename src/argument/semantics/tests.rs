//! Every semantics against its definition, by brute force over all sets of small frameworks.

use super::*;
use proptest::{collection::vec, prelude::*};

/// A set of up to 16 arguments, as bits.
type Set = u32;

/// Definitions of Dung (1995), looked up set by set.
struct Brute<'a>(&'a Framework);

impl Brute<'_> {
    fn sets(&self) -> impl Iterator<Item = Set> {
        0..1 << self.0.len()
    }

    fn members(&self, set: Set) -> Vec<usize> {
        (0..self.0.len()).filter(|&a| set >> a & 1 == 1).collect()
    }

    fn attacked_by(&self, set: Set) -> Set {
        let attacks = self.0.attacks();
        let hit = attacks.filter(|(from, _)| set >> from & 1 == 1);
        hit.fold(0, |hit, (_, to)| hit | 1 << to)
    }

    fn is_conflict_free(&self, set: Set) -> bool {
        self.attacked_by(set) & set == 0
    }

    /// The arguments whose attackers `set` attacks, each of them: Dung's characteristic function.
    fn defended_by(&self, set: Set) -> Set {
        let hit = self.attacked_by(set);
        let defended = |a: &usize| self.0.attackers(*a).iter().all(|b| hit >> b & 1 == 1);
        (0..self.0.len())
            .filter(defended)
            .fold(0, |all, a| all | 1 << a)
    }

    fn is_admissible(&self, set: Set) -> bool {
        self.is_conflict_free(set) && set & !self.defended_by(set) == 0
    }

    fn is_complete(&self, set: Set) -> bool {
        self.is_conflict_free(set) && set == self.defended_by(set)
    }

    fn complete(&self) -> Vec<Set> {
        self.sets().filter(|&set| self.is_complete(set)).collect()
    }

    fn preferred(&self) -> Vec<Vec<usize>> {
        let admissible: Vec<Set> = self.sets().filter(|&set| self.is_admissible(set)).collect();
        let part_of_none = |set: &&Set| !admissible.iter().any(|o| o != *set && *set & !o == 0);
        self.sorted(admissible.iter().filter(part_of_none).copied())
    }

    fn stable(&self) -> Vec<Vec<usize>> {
        let all = (1 << self.0.len()) - 1;
        let sets = self.sets();
        self.sorted(sets.filter(|&set| self.attacked_by(set) == all & !set))
    }

    fn sorted(&self, sets: impl Iterator<Item = Set>) -> Vec<Vec<usize>> {
        let mut sets: Vec<_> = sets.map(|set| self.members(set)).collect();
        sets.sort();
        sets
    }
}

fn accepted(labels: &[Label]) -> Vec<usize> {
    (0..labels.len())
        .filter(|&a| labels[a] == Label::In)
        .collect()
}

/// Pairs of arguments below `n`.
fn pairs(n: usize, most: usize) -> impl Strategy<Value = Vec<(usize, usize)>> {
    vec((0..n, 0..n), 0..=most)
}

fn frameworks(most: usize) -> impl Strategy<Value = Framework> {
    let of_size = |n: usize| pairs(n, 2 * n).prop_map(move |p| Framework::new(n, &p).unwrap());
    (1..=most).prop_flat_map(of_size)
}

fn bipolar() -> impl Strategy<Value = Bipolar> {
    (1_usize..=8).prop_flat_map(|n| {
        let built = (pairs(n, 8), pairs(n, 8));
        built.prop_map(move |(attacks, supports)| Bipolar::new(n, attacks, supports).unwrap())
    })
}

const ENOUGH: Bound = Bound {
    steps: u64::MAX,
    extensions: usize::MAX,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_grounded_extension_is_the_least_complete_one(framework in frameworks(8)) {
        let brute = Brute(&framework);
        let labels = grounded(&framework);
        let complete = brute.complete();
        let least = complete.iter().fold(Set::MAX, |least, set| least & set);
        prop_assert!(complete.contains(&least));
        prop_assert_eq!(accepted(&labels), brute.members(least));
        let hit = brute.attacked_by(least);
        for (argument, label) in labels.iter().enumerate() {
            prop_assert_eq!(*label == Label::Out, hit >> argument & 1 == 1);
        }
    }

    #[test]
    fn preferred_and_stable_are_those_of_the_definitions(framework in frameworks(8)) {
        let brute = Brute(&framework);
        let found = preferred(&framework, ENOUGH);
        prop_assert!(found.complete);
        prop_assert_eq!(found.extensions, brute.preferred());
        let found = stable(&framework, ENOUGH);
        prop_assert!(found.complete);
        prop_assert_eq!(found.extensions, brute.stable());
    }

    #[test]
    fn extensions_are_free_of_conflict_and_defend_themselves(framework in frameworks(40)) {
        let bound = Bound { steps: 200_000, extensions: 50 };
        let grounded = accepted(&grounded(&framework));
        for found in [preferred(&framework, bound), stable(&framework, bound)] {
            for extension in found.extensions {
                let inside = |a: &usize| extension.binary_search(a).is_ok();
                prop_assert!(grounded.iter().all(inside));
                for &member in &extension {
                    prop_assert!(!framework.targets(member).iter().any(inside));
                    for &attacker in framework.attackers(member) {
                        prop_assert!(framework.attackers(attacker).iter().any(inside));
                    }
                }
            }
        }
    }

    #[test]
    fn what_a_bound_leaves_is_right_and_said_to_be_all_only_if_it_is(
        framework in frameworks(8), steps in 0_u64..300, extensions in 0_usize..4,
    ) {
        let bound = Bound { steps, extensions };
        let brute = Brute(&framework);
        for (found, all) in [
            (preferred(&framework, bound), brute.preferred()),
            (stable(&framework, bound), brute.stable()),
        ] {
            prop_assert!(found.extensions.len() <= extensions);
            prop_assert!(found.extensions.iter().all(|extension| all.contains(extension)));
            if found.complete {
                prop_assert_eq!(found.extensions, all);
            }
        }
    }

    #[test]
    fn deductive_support_is_that_of_all_complex_attacks(bipolar in bipolar()) {
        let explicit = bipolar.complex_attacks(usize::MAX).unwrap();
        let deductive = bipolar.deductive();
        let reduced = deductive.framework();
        prop_assert_eq!(deductive.labels(&grounded(reduced)), grounded(&explicit));
        let given = |found: Enumeration| {
            let mut all: Vec<_> = found.extensions.iter().map(|e| deductive.extension(e)).collect();
            all.sort();
            all
        };
        prop_assert_eq!(given(preferred(reduced, ENOUGH)), Brute(&explicit).preferred());
        prop_assert_eq!(given(stable(reduced, ENOUGH)), Brute(&explicit).stable());
    }

    #[test]
    fn complex_attacks_are_those_of_the_definition(
        attacks in pairs(6, 5), supports in pairs(6, 6),
    ) {
        let bipolar = Bipolar::new(6, attacks.clone(), supports.clone()).unwrap();
        // Cayrol and Lagasquie-Schiex (2013), definition of d-attacks: direct ones, and what a support
        // before or behind makes of a d-attack, until there is nothing new.
        let mut all: std::collections::BTreeSet<(usize, usize)> = attacks.into_iter().collect();
        loop {
            let before = all.len();
            for (from, to) in all.clone() {
                for &(supporter, supported) in &supports {
                    if supported == from {
                        all.insert((supporter, to));
                    }
                    if supported == to {
                        all.insert((from, supporter));
                    }
                }
            }
            if all.len() == before {
                break;
            }
        }
        let found = bipolar.complex_attacks(usize::MAX).unwrap();
        prop_assert!(found.attacks().eq(all));
    }

    #[test]
    fn strengths_without_circles_solve_their_equation_and_more_attack_weakens(
        base in vec(0.0..=1.0, 7), edges in vec((0_usize..6, 0_usize..6, -1.0..=1.0), 0..12),
    ) {
        // Edges lead from a higher number to a lower one.
        let edges = edges.into_iter().filter(|(from, to, _)| from > to);
        let influences: Vec<_> = edges.map(|(from, to, weight)| Influence { from, to, weight }).collect();
        let strengths = quadratic_energy(&base, &influences, Settings::default()).unwrap();
        prop_assert!(strengths.settled);
        for (argument, &value) in strengths.values.iter().enumerate() {
            prop_assert!((0.0..=1.0).contains(&value));
            prop_assert_eq!(value, at_rest(&base, &influences, &strengths.values, argument));
        }
        let attacked = [influences, vec![Influence { from: 6, to: 0, weight: -1.0 }]].concat();
        let after = quadratic_energy(&base, &attacked, Settings::default()).unwrap();
        prop_assert!(after.values[0] <= strengths.values[0]);
        prop_assert_eq!(&after.values[1..], &strengths.values[1..]);
    }

    #[test]
    fn circles_that_come_to_rest_solve_their_equation(
        base in vec(0.0..=1.0, 5), edges in vec((0_usize..5, 0_usize..5, -1.0..=1.0), 0..12),
    ) {
        let edges = edges.into_iter();
        let influences: Vec<_> = edges.map(|(from, to, weight)| Influence { from, to, weight }).collect();
        let strengths = quadratic_energy(&base, &influences, Settings::default()).unwrap();
        if strengths.settled {
            for (argument, &value) in strengths.values.iter().enumerate() {
                let rest = at_rest(&base, &influences, &strengths.values, argument);
                prop_assert!((value - rest).abs() <= 1e-6);
            }
        }
    }
}

/// The strength that the model's equation gives, written as in the paper.
fn at_rest(base: &[f64], influences: &[Influence], strengths: &[f64], argument: usize) -> f64 {
    let on = influences
        .iter()
        .filter(|influence| influence.to == argument);
    let energy: f64 = on.map(|i| i.weight * strengths[i.from]).sum();
    let h = |x: f64| x.max(0.0).powi(2) / (1.0 + x.max(0.0).powi(2));
    let w = base[argument];
    (w + (1.0 - w) * h(energy) - w * h(-energy)).clamp(0.0, 1.0)
}

fn influence(from: usize, to: usize, weight: f64) -> Influence {
    Influence { from, to, weight }
}

#[test]
fn an_example_by_hand() {
    // c supports a; a and c attack b. h(0.2) = 1/26; a = 0.5 + 0.5/26.
    let edges = [
        influence(0, 1, -1.0),
        influence(2, 1, -1.0),
        influence(2, 0, 1.0),
    ];
    let found = quadratic_energy(&[0.5, 0.8, 0.2], &edges, Settings::default()).unwrap();
    let a = 0.5 + 0.5 / 26.0;
    let square = (a + 0.2) * (a + 0.2);
    let expected = [a, 0.8 - 0.8 * square / (1.0 + square), 0.2];
    for (value, expected) in found.values.iter().zip(expected) {
        assert!((value - expected).abs() < 1e-12, "{value} {expected}");
    }
}

#[test]
fn support_and_attack_are_alike_from_a_neutral_score() {
    let strengths = |weight| {
        let found = quadratic_energy(
            &[NEUTRAL; 2],
            &[influence(1, 0, weight)],
            Settings::default(),
        );
        found.unwrap().values[0]
    };
    assert!(strengths(0.8) > 0.5);
    assert!((strengths(0.8) + strengths(-0.8) - 1.0).abs() < 1e-12);
    assert_eq!(strengths(0.0), 0.5);
}

#[test]
fn mutual_attackers_settle_alike() {
    let edges = [influence(0, 1, -1.0), influence(1, 0, -1.0)];
    let found = quadratic_energy(&[NEUTRAL; 2], &edges, Settings::default()).unwrap();
    assert!(found.settled);
    assert_eq!(found.values[0], found.values[1]);
    assert!(found.values[0] < 0.5);
    let none = Settings {
        steps: 0,
        ..Settings::default()
    };
    assert!(
        !quadratic_energy(&[NEUTRAL; 2], &edges, none)
            .unwrap()
            .settled
    );
}

#[test]
fn numbers_that_mean_nothing_are_refused() {
    let of = |base: &[f64], edge: Influence| quadratic_energy(base, &[edge], Settings::default());
    assert_eq!(of(&[0.5], influence(0, 1, 1.0)), Err(Invalid::Argument(1)));
    assert_eq!(
        of(&[0.5, 1.5], influence(0, 1, 1.0)),
        Err(Invalid::Weight(1.5))
    );
    assert_eq!(
        of(&[0.5, 0.5], influence(0, 1, -2.0)),
        Err(Invalid::Weight(-2.0))
    );
    assert!(of(&[f64::NAN, 0.5], influence(0, 1, 1.0)).is_err());
    assert!(of(&[0.5, 0.5], influence(0, 1, f64::NAN)).is_err());
    assert_eq!(
        Bipolar::new(1, vec![], vec![(0, 3)]),
        Err(Invalid::Argument(3))
    );
}

#[test]
fn cycles_of_attacks_have_the_extensions_of_the_textbook() {
    let cycle = |n: usize| {
        let attacks: Vec<_> = (0..n).map(|a| (a, (a + 1) % n)).collect();
        Framework::new(n, &attacks).unwrap()
    };
    let even = preferred(&cycle(4), Bound::default());
    assert_eq!(even.extensions, [vec![0, 2], vec![1, 3]]);
    assert_eq!(stable(&cycle(4), Bound::default()), even);
    let odd = preferred(&cycle(3), Bound::default());
    assert_eq!(odd.extensions, [vec![0; 0]]);
    let none = stable(&cycle(3), Bound::default());
    assert_eq!((none.extensions.len(), none.complete), (0, true));
}

#[test]
fn a_bound_that_is_reached_is_told() {
    // Twenty pairs that attack each other: 2^20 extensions.
    let attacks: Vec<_> = (0..40).map(|a| (a, a ^ 1)).collect();
    let pairs = Framework::new(40, &attacks).unwrap();
    let found = preferred(&pairs, Bound::default());
    assert_eq!((found.extensions.len(), found.complete), (1_000, false));
    let short = stable(
        &pairs,
        Bound {
            steps: 10,
            ..Bound::default()
        },
    );
    assert_eq!((short.extensions.len(), short.complete), (0, false));
}

#[test]
fn what_is_long_or_wide_takes_neither_stack_nor_the_square_of_its_length() {
    let n = 200_000;
    let row: Vec<_> = (1..n).map(|a| (a, a - 1)).collect();
    let ring = [&row[..], &[(0, n - 1)]].concat();
    let even = preferred(&Framework::new(n, &ring).unwrap(), Bound::default());
    assert_eq!((even.extensions.len(), even.complete), (2, true));
    // All support their neighbor, and one in the middle attacks the last that it supports.
    let chain = Bipolar::new(n, vec![(n / 2, 0)], row.clone()).unwrap();
    assert!(chain.complex_attacks(1_000_000).is_none());
    let labels = chain
        .deductive()
        .labels(&grounded(chain.deductive().framework()));
    // The attacker supports what it attacks, so that nothing can be decided.
    assert!(labels.iter().all(|label| *label == Label::Undecided));
    let star = (2..n).map(|a| (a, 1)).collect();
    let wide = Bipolar::new(n, vec![(0, 1)], star).unwrap().deductive();
    assert_eq!(accepted(&wide.labels(&grounded(wide.framework()))), [0]);
    let edges: Vec<_> = row
        .iter()
        .map(|&(from, to)| influence(from, to, -1.0))
        .collect();
    let strengths = quadratic_energy(&vec![NEUTRAL; n], &edges, Settings::default()).unwrap();
    assert!(strengths.settled);
}

#[test]
fn who_supports_each_other_stands_together() {
    let both = Bipolar::new(3, vec![(2, 0)], vec![(0, 1), (1, 0)])
        .unwrap()
        .deductive();
    assert_eq!(accepted(&both.labels(&grounded(both.framework()))), [2]);
    let alone = Bipolar::new(2, vec![], vec![(0, 1), (1, 0)])
        .unwrap()
        .deductive();
    assert_eq!(
        accepted(&alone.labels(&grounded(alone.framework()))),
        [0, 1]
    );
}
