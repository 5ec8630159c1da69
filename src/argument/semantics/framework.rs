//! An abstract argumentation framework (Dung 1995): arguments, and which of them attack which.

use std::{fmt, ops::Range};

/// Arguments, numbered from 0, and the attacks between them.
///
/// Phan Minh Dung (1995): On the acceptability of arguments and its fundamental role in nonmonotonic
/// reasoning, logic programming and n-person games. Artificial Intelligence 77.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    targets: Rows,
    attackers: Rows,
}

/// Why numbers are no framework.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Invalid {
    /// An end of an attack or a support that is no argument.
    Argument(usize),
    /// A weight or a base score that is not between the bounds that it must keep.
    Weight(f64),
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(number) => write!(f, "there is no argument {number}"),
            Self::Weight(weight) => write!(f, "{weight} is no weight"),
        }
    }
}

impl std::error::Error for Invalid {}

impl Framework {
    /// The framework of `n` arguments with these attacks, each from the first to the second of its
    /// pair; an attack that is named twice counts once. Takes time and memory in n + attacks.
    ///
    /// # Errors
    /// [`Invalid::Argument`] where an end of an attack is not below `n`.
    pub fn new(n: usize, attacks: &[(usize, usize)]) -> Result<Self, Invalid> {
        ends_below(n, attacks)?;
        Ok(Self::of_known(n, attacks))
    }

    /// Like [`Self::new`], for attacks whose ends are known to be below `n`.
    pub(in crate::argument) fn of_known(n: usize, attacks: &[(usize, usize)]) -> Self {
        // Sorting by target and then by source leaves each row in ascending order.
        let by_target = Rows::new(n, attacks.iter().map(|&(from, to)| (to, from)));
        let targets = by_target.transposed().without_repetition();
        let attackers = targets.transposed();
        Self { targets, attackers }
    }

    /// How many arguments there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Whether there is no argument.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What `argument` attacks, in ascending order.
    ///
    /// # Panics
    /// Like the index of a slice, where there is no such argument.
    #[must_use]
    pub fn targets(&self, argument: usize) -> &[usize] {
        self.targets.of(argument)
    }

    /// What attacks `argument`, in ascending order.
    ///
    /// # Panics
    /// Like the index of a slice, where there is no such argument.
    #[must_use]
    pub fn attackers(&self, argument: usize) -> &[usize] {
        self.attackers.of(argument)
    }

    /// Every attack once, ordered by attacker and then by target.
    pub fn attacks(&self) -> impl Iterator<Item = (usize, usize)> + Clone {
        self.targets.pairs()
    }
}

/// Checks that each end of `pairs` is one of `n` arguments.
pub(super) fn ends_below(n: usize, pairs: &[(usize, usize)]) -> Result<(), Invalid> {
    let mut ends = pairs.iter().flat_map(|&(from, to)| [from, to]);
    match ends.find(|&end| end >= n) {
        Some(end) => Err(Invalid::Argument(end)),
        None => Ok(()),
    }
}

/// A list of numbers for each argument, all in one piece of memory (compressed sparse rows).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// Where each row starts among the items, and at last where the last one ends.
    starts: Vec<usize>,
    items: Vec<usize>,
}

impl Rows {
    /// `n` rows of these pairs of row and item; the items of a row keep their order. Rows must be
    /// below `n`.
    pub(super) fn new(n: usize, pairs: impl Iterator<Item = (usize, usize)> + Clone) -> Self {
        let mut starts = vec![0; n + 1];
        for (row, _) in pairs.clone() {
            starts[row + 1] += 1;
        }
        for row in 0..n {
            starts[row + 1] += starts[row];
        }
        let mut free = starts.clone();
        let mut items = vec![0; starts[n]];
        for (row, item) in pairs {
            items[free[row]] = item;
            free[row] += 1;
        }
        Self { starts, items }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The items of a row.
    pub(super) fn of(&self, row: usize) -> &[usize] {
        &self.items[self.range(row)]
    }

    /// Where the items of a row stand among all.
    pub(super) fn range(&self, row: usize) -> Range<usize> {
        self.starts[row]..self.starts[row + 1]
    }

    /// The items of all rows.
    pub(super) fn items(&self) -> &[usize] {
        &self.items
    }

    /// Row and item of all items.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + Clone {
        (0..self.len()).flat_map(move |row| self.of(row).iter().map(move |&item| (row, item)))
    }

    /// Rows and items the other way round; each row is in ascending order.
    fn transposed(&self) -> Self {
        Self::new(self.len(), self.pairs().map(|(row, item)| (item, row)))
    }

    /// Without the items that equal the one before them in their row.
    fn without_repetition(&self) -> Self {
        let mut starts = vec![0];
        let mut items = Vec::with_capacity(self.items.len());
        for row in 0..self.len() {
            let start = items.len();
            for &item in self.of(row) {
                if items[start..].last() != Some(&item) {
                    items.push(item);
                }
            }
            starts.push(items.len());
        }
        Self { starts, items }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attacks_are_known_from_both_ends_and_once() {
        let framework = Framework::new(3, &[(2, 0), (0, 1), (2, 0), (1, 1), (0, 2)]).unwrap();
        assert_eq!(framework.targets(0), [1, 2]);
        assert_eq!(framework.attackers(1), [0, 1]);
        assert_eq!(framework.attackers(0), [2]);
        let all: Vec<_> = framework.attacks().collect();
        assert_eq!(all, [(0, 1), (0, 2), (1, 1), (2, 0)]);
        assert!(Framework::new(0, &[]).unwrap().is_empty());
    }

    #[test]
    fn ends_that_are_no_arguments_are_refused() {
        assert_eq!(Framework::new(2, &[(0, 2)]), Err(Invalid::Argument(2)));
        assert_eq!(Invalid::Argument(2).to_string(), "there is no argument 2");
    }
}
