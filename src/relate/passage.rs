//! Cuts a comment into passages: the author's own words, each with the quotation that they answer.

use crate::{
    segment::Unit,
    text::BlockKind,
    thread::{Quotation, Thread},
};
use std::ops::Range;

/// Units in a row without a quotation between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passage {
    /// The units, by their numbers in the thread.
    pub(super) units: Range<usize>,
    /// The quotation right above, which the passage answers.
    pub(super) quoted: Option<Quotation>,
}

/// The passages of the comment whose units are `range`, and its quoting units with what they quote.
pub(super) fn passages(
    thread: &Thread,
    units: &[Unit],
    range: Range<usize>,
) -> (Vec<Passage>, Vec<(usize, Quotation)>) {
    let mut found: Vec<Passage> = Vec::new();
    let mut quotes = Vec::new();
    let Some(first) = units[range.clone()].first() else {
        return (found, quotes);
    };
    let quotations = thread.quotations_in(first.comment);
    let blocks = &thread.comment(first.comment).body.blocks;
    let mut quoted = None;
    let mut open = false;
    for at in range {
        let span = units[at].span;
        // Quotations are in the order of their blocks: those that end before the unit are behind us.
        let next = quotations.partition_point(|q| blocks[q.block].span.end() <= span.start());
        let meets = |q: &&Quotation| blocks[q.block].span.overlap(span) * 2 > span.len();
        if let Some(quotation) = quotations.get(next).filter(meets) {
            quotes.push((at, *quotation));
            quoted = Some(*quotation);
            open = false;
        } else if units[at].block == BlockKind::Quote {
            quoted = None;
            open = false;
        } else if open && let Some(passage) = found.last_mut() {
            passage.units.end = at + 1;
        } else {
            open = true;
            found.push(Passage {
                units: at..at + 1,
                quoted,
            });
        }
    }
    (found, quotes)
}
