//! Labels every comment of a thread.

use super::{CommentLabels, Role, UnitLabels, reply::label_replies};
use crate::{
    model::{Links, Model, Reply, ReplyUnit},
    segment::Unit,
    span::Span,
    text::BlockKind,
    thread::{Comment, CommentIdx, Parent, Thread},
};
use std::ops::Range;

/// What is said of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadLabels {
    /// Per unit, in the order of the units.
    pub units: Vec<UnitLabels>,
    /// Per comment, in document order.
    pub comments: Vec<CommentLabels>,
    /// Per comment which units of its parent its units answer.
    pub links: Vec<Links>,
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

/// Labels all comments of `thread`, whose `units` are ordered by comment; with `explained` the words are
/// found that moved the labels.
#[must_use]
pub fn label_thread(
    thread: &Thread,
    units: &[Unit],
    model: &dyn Model,
    explained: bool,
) -> ThreadLabels {
    let spans: Vec<Span> = units.iter().map(|unit| unit.span).collect();
    let views = reply_units(units);
    let replies = replies(thread, &CommentUnits::new(units), &views, &spans);
    let mut labels = ThreadLabels {
        units: Vec::with_capacity(units.len()),
        comments: Vec::with_capacity(replies.len()),
        links: Vec::with_capacity(replies.len()),
    };
    let judged = label_replies(&replies, model, explained);
    for ((idx, comment), said) in thread.iter().zip(judged) {
        let first = labels.units.len();
        labels.units.extend(said.units);
        let found = thread
            .quotations_in(idx)
            .iter()
            .map(|quotation| comment.body.blocks[quotation.block].span);
        let found: Vec<Span> = found.collect();
        let quoting: Vec<usize> = (first..labels.units.len())
            .filter(|&unit| {
                let Unit { span, block, .. } = units[unit];
                found.iter().any(|block| block.contains(span))
                    || (block == BlockKind::Quote
                        && !shows_quotation(span.slice(&comment.body.text)))
            })
            .collect();
        for unit in quoting {
            assert_quote(&mut labels.units[unit]);
        }
        labels.comments.push(said.comment);
        labels.links.push(said.links);
    }
    labels
}

/// Every comment with what it answers, as a model reads it; `views` and `spans` are those of the units.
fn replies<'a>(
    thread: &'a Thread,
    by_comment: &CommentUnits<'_>,
    views: &'a [ReplyUnit],
    spans: &'a [Span],
) -> Vec<Reply<'a>> {
    let reply = |(idx, comment): (CommentIdx, &'a Comment)| {
        let (answered, answering) = answered(thread, &comment.parent);
        Reply {
            text: &comment.body.text,
            title: comment.title.as_deref(),
            units: &views[by_comment.range(idx)],
            answered,
            answered_units: answering.map_or(&[][..], |parent| &spans[by_comment.range(parent)]),
            is_reply: comment.parent != Parent::Root,
        }
    };
    thread.iter().map(reply).collect()
}

/// Whether the words themselves show that they are quoted, by a mark that a model can read. A page shows it by
/// its layout instead.
fn shows_quotation(words: &str) -> bool {
    !words.starts_with(char::is_alphanumeric)
}

/// Words that were found in another comment, or stand in a block of quotation whose marks are not in the
/// text, are a quotation, whatever a model makes of them.
fn assert_quote(labels: &mut UnitLabels) {
    labels.role = Role::Quote;
    if !labels.scores.is_empty() {
        labels.settle("role", &[Role::Quote.as_str()]);
    }
}

/// The parent's text, and the parent, if the capture has it; for a top-level comment the article's title.
pub(crate) fn answered<'a>(
    thread: &'a Thread,
    parent: &Parent,
) -> (Option<&'a str>, Option<CommentIdx>) {
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
