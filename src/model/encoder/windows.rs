//! Cuts a reply into windows `[CLS] answered [SEP] comment [SEP]`, as training does.
//!
//! The answered text gets what a short comment leaves, within bounds, and loses its middle. A long comment
//! is read in overlapping windows; each unit belongs to the window that holds most of its tokens, to the
//! earlier of two that hold the same.

use super::{
    manifest::{MARKS, WindowSize},
    tokens::Texts,
};
use crate::model::Reply;
use std::ops::Range;

/// One pass of the network: tokens without marks, and where things stand among them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// All tokens, with `None` for `[CLS]` at the start and `[SEP]` elsewhere.
    pub(super) ids: Vec<Option<u32>>,
    /// Places of the answered text's tokens.
    pub(super) answered: Range<usize>,
    /// Places of the comment's tokens.
    pub(super) comment: Range<usize>,
    /// The comment's units that are judged here, with their places.
    pub(super) units: Vec<(usize, Range<usize>)>,
    /// Places of the answered units, as in [`Plan::parents`].
    pub(super) parents: Vec<Range<usize>>,
}

/// How a reply is read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) windows: Vec<Window>,
    /// The answered units that still have tokens, by their numbers.
    pub(super) parents: Vec<usize>,
}

/// Cuts a reply.
pub(super) fn cut(reply: &Reply<'_>, texts: &Texts, size: &WindowSize) -> Plan {
    let room = size.length - MARKS;
    let own = &texts.comment.ids;
    let left = room.saturating_sub(own.len());
    let budget = size.answered_least.max(size.answered_most.min(left));
    let kept = Kept::new(texts.answered.ids.len(), budget);
    let places = reply.answered_units.iter().map(|&span| {
        let tokens = texts.answered.within(span);
        kept.place(tokens.start) + 1..kept.place(tokens.end) + 1
    });
    let (parents, parent_places): (Vec<_>, Vec<_>) = places
        .enumerate()
        .filter(|(_, place)| !place.is_empty())
        .unzip();
    let first = kept.len() + 2;
    let spans: Vec<_> = reply
        .units
        .iter()
        .map(|unit| texts.comment.within(unit.span))
        .collect();
    let ranges = ranges(own.len(), room - kept.len(), size.overlap);
    let mut units: Vec<Vec<_>> = vec![Vec::new(); ranges.len()];
    for (unit, span) in spans.iter().enumerate() {
        if let Some(window) = holder(span, &ranges) {
            let Range { start, end } = ranges[window];
            let place = span.start.max(start) - start + first..span.end.min(end) - start + first;
            units[window].push((unit, place));
        }
    }
    let answered: Vec<_> = kept
        .tokens()
        .map(|at| Some(texts.answered.ids[at]))
        .collect();
    let windows = ranges.into_iter().zip(units).map(|(range, units)| {
        let mut ids = vec![None];
        ids.extend(&answered);
        ids.push(None);
        ids.extend(own[range.clone()].iter().map(|&id| Some(id)));
        ids.push(None);
        Window {
            ids,
            answered: 1..kept.len() + 1,
            comment: first..first + range.len(),
            units,
            parents: parent_places.clone(),
        }
    });
    Plan {
        windows: windows.collect(),
        parents,
    }
}

/// The tokens that stay of the answered text: all, or the first and the last ones.
struct Kept {
    head: usize,
    tail: Range<usize>,
}

impl Kept {
    fn new(length: usize, budget: usize) -> Self {
        if length <= budget {
            return Self {
                head: length,
                tail: length..length,
            };
        }
        let head = budget / 2;
        Self {
            head,
            tail: length - (budget - head)..length,
        }
    }

    fn len(&self) -> usize {
        self.head + self.tail.len()
    }

    fn tokens(&self) -> impl Iterator<Item = usize> {
        (0..self.head).chain(self.tail.clone())
    }

    /// How many kept tokens stand before the token `at`.
    fn place(&self, at: usize) -> usize {
        at.min(self.head) + at.clamp(self.tail.start, self.tail.end) - self.tail.start
    }
}

/// Overlapping ranges of at most `size` that cover `length`; the last one is full.
fn ranges(length: usize, size: usize, overlap: usize) -> Vec<Range<usize>> {
    if length <= size {
        return std::iter::once(0..length).collect();
    }
    let last = length - size;
    let starts = (0..last).step_by(size - overlap).chain([last]);
    starts.map(|start| start..start + size).collect()
}

/// The range that holds most of `span`; none for a span without tokens.
fn holder(span: &Range<usize>, ranges: &[Range<usize>]) -> Option<usize> {
    let shared = |range: &Range<usize>| {
        range
            .end
            .min(span.end)
            .saturating_sub(range.start.max(span.start))
    };
    let first = ranges.partition_point(|range| range.end <= span.start);
    let met = ranges
        .iter()
        .enumerate()
        .skip(first)
        .take_while(|(_, range)| range.start < span.end);
    let mut best = (None, 0);
    for (at, range) in met {
        if shared(range) > best.1 {
            best = (Some(at), shared(range));
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_text_keeps_its_ends() {
        let kept = Kept::new(10, 5);
        assert_eq!(kept.tokens().collect::<Vec<_>>(), [0, 1, 7, 8, 9]);
        let places: Vec<_> = (0..=10).map(|at| kept.place(at)).collect();
        assert_eq!(places, [0, 1, 2, 2, 2, 2, 2, 2, 3, 4, 5]);
        let all = Kept::new(3, 5);
        assert_eq!((all.len(), all.place(3)), (3, 3));
    }

    #[test]
    fn windows_overlap_and_the_last_is_full() {
        for length in [0, 4] {
            let whole: Vec<_> = std::iter::once(0..length).collect();
            assert_eq!(ranges(length, 4, 1), whole);
        }
        assert_eq!(ranges(9, 4, 1), [0..4, 3..7, 5..9]);
        assert_eq!(holder(&(3..5), &ranges(9, 4, 1)), Some(1));
        assert_eq!(holder(&(5..7), &ranges(9, 4, 1)), Some(1));
        assert_eq!(holder(&(2..2), &ranges(9, 4, 1)), None);
    }

    proptest! {
        #[test]
        fn every_token_is_read_and_every_unit_has_the_best_window(
            length in 0_usize..600, size in 50_usize..200, at in 0_usize..600, len in 1_usize..90,
        ) {
            let ranges = ranges(length, size, 48);
            prop_assert!((0..length).all(|token| ranges.iter().any(|range| range.contains(&token))));
            let span = at.min(length)..(at + len).min(length);
            let shared = |range: &Range<usize>| span.clone().filter(|token| range.contains(token)).count();
            let most = ranges.iter().map(shared).max().unwrap_or(0);
            let first = ranges.iter().position(|range| shared(range) == most).filter(|_| most > 0);
            prop_assert_eq!(holder(&span, &ranges), first);
        }
    }
}
