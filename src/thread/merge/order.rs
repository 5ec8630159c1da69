//! The order of the comments of a merged thread.

use crate::thread::{Parent, Thread};

/// A list of slots into which others can be inserted anywhere.
#[derive(Debug)]
pub(super) struct Order {
    /// The first slot and the last.
    ends: (usize, usize),
    /// For each slot the one behind it and the one before it.
    links: Vec<(usize, usize)>,
}

/// Stands before the first slot and behind the last.
const END: usize = usize::MAX;

impl Default for Order {
    fn default() -> Self {
        Self {
            ends: (END, END),
            links: Vec::new(),
        }
    }
}

impl Order {
    /// Puts a slot that is not in the list behind another, or at the end.
    pub(super) fn put_behind(&mut self, slot: usize, before: Option<usize>) {
        if self.links.len() <= slot {
            self.links.resize(slot + 1, (END, END));
        }
        let before = before.unwrap_or(self.ends.1);
        let behind = self.at(before).0;
        *self.at_mut(slot) = (behind, before);
        self.at_mut(before).0 = slot;
        self.at_mut(behind).1 = slot;
    }

    /// Puts a slot that is not in the list before another.
    pub(super) fn put_before(&mut self, slot: usize, behind: usize) {
        let before = self.at(behind).1;
        self.put_behind(slot, Some(before));
    }

    /// The slots in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let next = |slot: usize| Some(self.at(slot).0).filter(|&slot| slot != END);
        std::iter::successors(next(END), move |&slot| next(slot))
    }

    /// What stands behind and before a slot.
    fn at(&self, slot: usize) -> (usize, usize) {
        self.links.get(slot).copied().unwrap_or(self.ends)
    }

    fn at_mut(&mut self, slot: usize) -> &mut (usize, usize) {
        self.links.get_mut(slot).unwrap_or(&mut self.ends)
    }
}

/// Whether the board shows comments in the order of their times, and not of the tree.
pub(super) fn by_time(captures: &[Thread]) -> bool {
    let rises = |capture: &Thread| {
        let times: Option<Vec<_>> = capture
            .comments
            .iter()
            .map(|comment| comment.posted)
            .collect();
        times.is_some_and(|times| times.is_sorted())
    };
    let is_flat = |capture: &Thread| !capture.tree.preorder().is_sorted();
    let answers = |capture: &Thread| {
        let mut comments = capture.comments.iter();
        comments.any(|comment| matches!(comment.parent, Parent::Known(_)))
    };
    captures.iter().all(rises) && (captures.iter().any(is_flat) || !captures.iter().any(answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_inserted_anywhere() {
        let mut order = Order::default();
        order.put_behind(0, None);
        order.put_behind(5, None);
        order.put_behind(2, Some(0));
        order.put_before(3, 0);
        order.put_before(4, 5);
        order.put_behind(1, None);
        assert_eq!(order.iter().collect::<Vec<_>>(), [3, 0, 2, 4, 5, 1]);
        assert_eq!(Order::default().iter().count(), 0);
    }
}
