//! Labels every comment of a thread.

use super::{CommentLabels, Role, UnitLabels, reply::label_reply};
use crate::{
    model::{Model, Reply, ReplyUnit},
    segment::Unit,
    span::Span,
    thread::{CommentIdx, Parent, Thread},
};
use rayon::prelude::*;
use std::ops::Range;

/// What is said of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadLabels {
    /// Per unit, in the order of the units.
    pub units: Vec<UnitLabels>,
    /// Per comment, in document order.
    pub comments: Vec<CommentLabels>,
}

/// The units of a thread by comment. Units come in the order of comments, as a segmentation gives them.
#[derive(Debug)]
pub struct CommentUnits<'a> {
    units: &'a [Unit],
}

impl<'a> CommentUnits<'a> {
    /// Looks into `units`, which are ordered by comment.
    #[must_use]
    pub const fn new(units: &'a [Unit]) -> Self {
        Self { units }
    }

    /// Where the units of the comment at `idx` stand among all.
    #[must_use]
    pub fn range(&self, idx: CommentIdx) -> Range<usize> {
        let start = self.units.partition_point(|unit| unit.comment < idx);
        let end = self.units.partition_point(|unit| unit.comment <= idx);
        start..end
    }

    /// The units of the comment at `idx`.
    #[must_use]
    pub fn of(&self, idx: CommentIdx) -> &'a [Unit] {
        &self.units[self.range(idx)]
    }
}

/// Units in the form that a model reads.
#[must_use]
pub fn reply_units(units: &[Unit]) -> Vec<ReplyUnit> {
    let view = |unit: &Unit| ReplyUnit::new(unit.span, unit.block);
    units.iter().map(view).collect()
}

/// Labels all comments of `thread`, whose `units` are ordered by comment.
///
/// Comments are judged in parallel and independently of each other, so the result is the same for any
/// number of threads of execution.
#[must_use]
pub fn label_thread(thread: &Thread, units: &[Unit], model: &dyn Model) -> ThreadLabels {
    let by_comment = CommentUnits::new(units);
    let spans: Vec<Span> = units.iter().map(|unit| unit.span).collect();
    let count = thread.comments.len();
    let judged: Vec<_> = (0..count)
        .into_par_iter()
        .map(|at| label_comment(thread, CommentIdx::new(at), &by_comment, &spans, model))
        .collect();
    let mut labels = ThreadLabels {
        units: Vec::with_capacity(units.len()),
        comments: Vec::with_capacity(count),
    };
    for (of_units, of_comment) in judged {
        labels.units.extend(of_units);
        labels.comments.push(of_comment);
    }
    labels
}

fn label_comment(
    thread: &Thread,
    idx: CommentIdx,
    by_comment: &CommentUnits<'_>,
    spans: &[Span],
    model: &dyn Model,
) -> (Vec<UnitLabels>, CommentLabels) {
    let comment = thread.comment(idx);
    let units = reply_units(by_comment.of(idx));
    let (answered, answering) = answered(thread, &comment.parent);
    let answered_units = answering.map_or(&[][..], |parent| &spans[by_comment.range(parent)]);
    let is_reply = comment.parent != Parent::Root;
    let reply = Reply {
        text: &comment.body.text,
        title: comment.title.as_deref(),
        units: &units,
        answered,
        answered_units,
        is_reply,
    };
    let (mut labels, comment_labels) = label_reply(&reply, model);
    for quotation in thread.quotations_in(idx) {
        let block = comment.body.blocks[quotation.block].span;
        for (unit, labels) in by_comment.of(idx).iter().zip(&mut labels) {
            if block.contains(unit.span) {
                assert_quote(labels);
            }
        }
    }
    (labels, comment_labels)
}

/// Words that were found in another comment are a quotation, whatever a model makes of them.
fn assert_quote(labels: &mut UnitLabels) {
    labels.role = Role::Quote;
    for (label, probability) in &mut labels.scores {
        if let Some(role) = Role::from_name(label) {
            *probability = f32::from(u8::from(role == Role::Quote));
        }
    }
}

/// The parent's text, and the parent, if the capture has it; for a top-level comment the article's title.
fn answered<'a>(thread: &'a Thread, parent: &Parent) -> (Option<&'a str>, Option<CommentIdx>) {
    match parent {
        Parent::Known(idx) => (Some(&thread.comment(*idx).body.text), Some(*idx)),
        Parent::Missing(_) => (None, None),
        Parent::Root => {
            let article = thread.article.as_ref();
            let title = article.and_then(|article| article.title.as_deref());
            (title.or(thread.title.as_deref()), None)
        }
    }
}
