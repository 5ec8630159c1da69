//! The search for all preferred or stable extensions of a connected framework.
//!
//! Arguments are tried as members of a set, what follows is propagated, and a choice that fails or is
//! used up is taken back and the argument left out: the labeling-based search of Modgil and Caminada
//! (2009, Proof theories and algorithms for abstract argumentation frameworks) with the labels of Nofal,
//! Atkinson and Dunne (2014, Algorithms for decision problems in argument systems under preferred
//! semantics, Artificial Intelligence 207). Choices stand on a stack of their own.

use super::Framework;

/// What is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    Preferred,
    Stable,
}

/// What is known of an argument on the present branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Nothing yet.
    Blank,
    /// A member of the set.
    In,
    /// Attacked by a member.
    Out,
    /// Attacks a member, or must be attacked for another reason, and no member attacks it yet.
    MustOut,
    /// Left out, though nothing attacks it: it stays undecided.
    Aside,
}

impl Mark {
    /// Whether an argument with this mark is no danger to what it attacks.
    const fn is_beaten(self) -> bool {
        matches!(self, Self::Out | Self::MustOut)
    }
}

/// A choice to take an argument in, which can be taken back.
struct Decision {
    argument: usize,
    /// Length of the trail before it.
    trail: usize,
    /// Place in the order of arguments.
    cursor: usize,
}

/// The state of a search.
pub(super) struct Search<'a> {
    framework: &'a Framework,
    goal: Goal,
    limit: usize,
    steps: &'a mut u64,
    marks: Vec<Mark>,
    /// Of each argument how many attackers are not beaten.
    open: Vec<usize>,
    /// Of each argument how many attackers are blank, and so may yet beat it.
    hope: Vec<usize>,
    /// How many arguments must be beaten and are not yet.
    owing: usize,
    /// Marks that were replaced, the last at the end.
    trail: Vec<(usize, Mark)>,
    /// Arguments whose own mark or whose attackers' marks changed.
    changed: Vec<usize>,
    /// Arguments in the order in which they are tried.
    order: Vec<usize>,
    /// Sets as bits.
    found: Vec<Vec<u64>>,
}

impl<'a> Search<'a> {
    /// A search in `framework` for `limit` sets at most, which takes its steps from `steps`.
    pub(super) fn new(
        framework: &'a Framework,
        goal: Goal,
        limit: usize,
        steps: &'a mut u64,
    ) -> Self {
        let n = framework.len();
        let attackers: Vec<usize> = (0..n).map(|a| framework.attackers(a).len()).collect();
        let mut order: Vec<usize> = (0..n).collect();
        // Those with many neighbors decide most.
        let degree = |a: usize| framework.targets(a).len() + attackers[a];
        order.sort_by_key(|&a| (std::cmp::Reverse(degree(a)), a));
        Self {
            framework,
            goal,
            limit,
            steps,
            marks: vec![Mark::Blank; n],
            open: attackers.clone(),
            hope: attackers,
            owing: 0,
            trail: Vec::new(),
            changed: (0..n).collect(),
            order,
            found: Vec::new(),
        }
    }

    /// Searches; says whether all sets were found.
    pub(super) fn run(&mut self) -> bool {
        for argument in 0..self.framework.len() {
            if self
                .framework
                .targets(argument)
                .binary_search(&argument)
                .is_ok()
            {
                self.leave_out(argument);
            }
        }
        let mut alive = self.settle();
        let mut decisions: Vec<Decision> = Vec::new();
        let mut cursor = 0;
        loop {
            if *self.steps == 0 {
                return false;
            }
            if alive {
                while cursor < self.order.len() && self.marks[self.order[cursor]] != Mark::Blank {
                    cursor += 1;
                }
                if let Some(&argument) = self.order.get(cursor) {
                    let trail = self.trail.len();
                    decisions.push(Decision {
                        argument,
                        trail,
                        cursor,
                    });
                    alive = self.accept(argument) && self.settle();
                    continue;
                }
                if !self.keep() {
                    return false;
                }
            }
            let Some(last) = decisions.pop() else {
                return true;
            };
            self.take_back(last.trail);
            cursor = last.cursor;
            self.leave_out(last.argument);
            alive = self.settle();
        }
    }

    /// The sets that were found, each in ascending order.
    pub(super) fn found(self) -> Vec<Vec<usize>> {
        let n = self.framework.len();
        let members = |set: &Vec<u64>| {
            (0..n)
                .filter(|&a| set[a / 64] >> (a % 64) & 1 == 1)
                .collect()
        };
        self.found.iter().map(members).collect()
    }

    /// Keeps the set of a branch that has come to its end, if it is one that is sought; says whether
    /// there was room for it.
    ///
    /// A set that comes later lacks an argument that all sets before it on that branch point have, so
    /// it holds none of them, and those that hold it have come before: it is maximal if and only if it
    /// is part of none of them.
    fn keep(&mut self) -> bool {
        if self.owing > 0 {
            return true;
        }
        let mut set = vec![0_u64; self.marks.len().div_ceil(64)];
        for (argument, _) in self
            .marks
            .iter()
            .enumerate()
            .filter(|(_, m)| **m == Mark::In)
        {
            set[argument / 64] |= 1 << (argument % 64);
        }
        self.charge(set.len() * (self.found.len() + 1));
        let inside = |other: &Vec<u64>| set.iter().zip(other).all(|(own, other)| own & !other == 0);
        if self.goal == Goal::Preferred && self.found.iter().any(inside) {
            return true;
        }
        if self.found.len() == self.limit {
            return false;
        }
        self.found.push(set);
        true
    }

    /// Takes a blank argument into the set; says whether that can be.
    fn accept(&mut self, argument: usize) -> bool {
        let framework = self.framework;
        self.set(argument, Mark::In);
        for &target in framework.targets(argument) {
            match self.marks[target] {
                Mark::In => return false,
                Mark::Out => {}
                Mark::Blank | Mark::MustOut | Mark::Aside => self.set(target, Mark::Out),
            }
        }
        self.charge(framework.attackers(argument).len());
        for &attacker in framework.attackers(argument) {
            match self.marks[attacker] {
                Mark::In => return false,
                Mark::Out | Mark::MustOut => {}
                Mark::Blank | Mark::Aside => self.set(attacker, Mark::MustOut),
            }
        }
        true
    }

    /// Leaves a blank argument out of the set. What is in no stable extension, that extension attacks.
    fn leave_out(&mut self, argument: usize) {
        self.set(
            argument,
            match self.goal {
                Goal::Preferred => Mark::Aside,
                Goal::Stable => Mark::MustOut,
            },
        );
    }

    /// Draws what follows from the changes; says whether the branch can still give a set.
    fn settle(&mut self) -> bool {
        while let Some(argument) = self.changed.pop() {
            let alive = match self.marks[argument] {
                // Nothing can beat it, so that a maximal set has it.
                Mark::Blank if self.open[argument] == 0 => self.accept(argument),
                Mark::Aside if self.open[argument] == 0 => false,
                Mark::Blank | Mark::Aside => {
                    if self.hope[argument] == 0 {
                        self.leave_targets_out(argument);
                    }
                    true
                }
                Mark::MustOut => match self.hope[argument] {
                    0 => false,
                    1 => self.accept_last_hope(argument),
                    _ => true,
                },
                Mark::In | Mark::Out => true,
            };
            if !alive {
                self.changed.clear();
                return false;
            }
        }
        true
    }

    /// Leaves out what `argument` attacks, as nothing can beat it any more and defend them.
    fn leave_targets_out(&mut self, argument: usize) {
        let targets = self.framework.targets(argument);
        self.charge(targets.len());
        for &target in targets {
            if self.marks[target] == Mark::Blank {
                self.leave_out(target);
            }
        }
    }

    /// Takes in the only attacker of `argument` that can still beat it.
    fn accept_last_hope(&mut self, argument: usize) -> bool {
        let attackers = self.framework.attackers(argument);
        self.charge(attackers.len());
        let blank = |attacker: &&usize| self.marks[**attacker] == Mark::Blank;
        match attackers.iter().find(blank) {
            Some(&attacker) => self.accept(attacker),
            None => false,
        }
    }

    fn set(&mut self, argument: usize, mark: Mark) {
        let old = self.replace(argument, mark);
        self.trail.push((argument, old));
        self.changed.push(argument);
        self.changed.extend(self.framework.targets(argument));
    }

    /// Goes back to when the trail was that long.
    fn take_back(&mut self, trail: usize) {
        while self.trail.len() > trail {
            if let Some((argument, old)) = self.trail.pop() {
                self.replace(argument, old);
            }
        }
        self.changed.clear();
    }

    /// Replaces a mark and keeps the counts; gives the mark that was there.
    fn replace(&mut self, argument: usize, new: Mark) -> Mark {
        let targets = self.framework.targets(argument);
        self.charge(1 + targets.len());
        let old = std::mem::replace(&mut self.marks[argument], new);
        self.owing += usize::from(new == Mark::MustOut);
        self.owing -= usize::from(old == Mark::MustOut);
        for &target in targets {
            self.open[target] += usize::from(old.is_beaten());
            self.open[target] -= usize::from(new.is_beaten());
            self.hope[target] += usize::from(new == Mark::Blank);
            self.hope[target] -= usize::from(old == Mark::Blank);
        }
        old
    }

    fn charge(&mut self, steps: usize) {
        *self.steps = self.steps.saturating_sub(steps as u64);
    }
}
