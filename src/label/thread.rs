//! Labels every comment of a thread.

use super::{CommentLabels, UnitLabels, reply::label_reply};
use crate::{
    model::{Model, Reply, ReplyUnit},
    segment::Unit,
    span::Span,
    text::BlockKind,
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
    let view = |unit: &Unit| ReplyUnit {
        span: unit.span,
        is_quote: unit.block == BlockKind::Quote,
        is_code: unit.block == BlockKind::Code,
    };
    units.iter().map(view).collect()
}

/// Labels all comments of `thread`, whose `units` are ordered by comment.
///
/// Comments are judged in parallel and independently of each other, so the result is the same for any
/// number of threads of execution.
#[must_use]
pub fn label_thread(thread: &Thread, units: &[Unit], model: &dyn Model) -> ThreadLabels {
    let by_comment = CommentUnits::new(units);
    let count = thread.comments.len();
    let judged: Vec<_> = (0..count)
        .into_par_iter()
        .map(|at| label_comment(thread, CommentIdx::new(at), &by_comment, model))
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
    model: &dyn Model,
) -> (Vec<UnitLabels>, CommentLabels) {
    let comment = thread.comment(idx);
    let units = reply_units(by_comment.of(idx));
    let (answered, answered_units) = answered(thread, &comment.parent, by_comment);
    let is_reply = comment.parent != Parent::Root;
    let reply = Reply {
        text: &comment.body.text,
        title: comment.title.as_deref(),
        units: &units,
        answered,
        answered_units: &answered_units,
        is_reply,
    };
    label_reply(&reply, model)
}

/// The parent's text if the capture has it; for a top-level comment the article's title.
fn answered<'a>(
    thread: &'a Thread,
    parent: &Parent,
    by_comment: &CommentUnits<'_>,
) -> (Option<&'a str>, Vec<Span>) {
    match parent {
        Parent::Known(idx) => {
            let units = by_comment.of(*idx).iter().map(|unit| unit.span);
            (Some(&thread.comment(*idx).body.text), units.collect())
        }
        Parent::Missing(_) => (None, Vec::new()),
        Parent::Root => {
            let article = thread.article.as_ref();
            let title = article.and_then(|article| article.title.as_deref());
            (title.or(thread.title.as_deref()), Vec::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Head, ModelInfo, Prediction},
        text::{BlockKind, Body},
        thread::{Article, Draft, ParentRef, ThreadBuilder},
    };
    use std::sync::Mutex;

    /// Text, what is answered, whether it is a reply, how many units are answered.
    type Seen = (String, Option<String>, bool, usize);

    /// Notes what it is asked.
    struct Witness {
        info: ModelInfo,
        seen: Mutex<Vec<Seen>>,
    }

    impl Model for Witness {
        fn info(&self) -> &ModelInfo {
            &self.info
        }

        fn predict(&self, reply: &Reply<'_>) -> Prediction {
            let answered = reply.answered.map(str::to_owned);
            let units = reply.answered_units.len();
            let seen = (reply.text.to_owned(), answered, reply.is_reply, units);
            self.seen.lock().unwrap().push(seen);
            Prediction {
                units: vec![vec![]; reply.units.len()],
                comment: vec![0.9, 0.1],
            }
        }
    }

    fn thread() -> Thread {
        let mut builder = ThreadBuilder::new("test", "t");
        builder.article(Some(Article {
            title: Some("A breach".to_owned()),
            ..Article::default()
        }));
        let missing = ParentRef::Missing { id: None, depth: 1 };
        for (id, parent) in [
            ("a", ParentRef::Root),
            ("b", ParentRef::Id("a".to_owned())),
            ("c", missing),
        ] {
            let body = Body {
                text: format!("Text of {id}."),
                ..Body::default()
            };
            builder.push(Draft {
                id: id.to_owned(),
                parent,
                body,
                ..Draft::default()
            });
        }
        builder.build()
    }

    #[test]
    fn shows_each_comment_with_what_it_answers() {
        let thread = thread();
        let unit = |at: usize| Unit {
            comment: CommentIdx::new(at),
            span: Span::new(0, 10),
            block: BlockKind::Paragraph,
        };
        let stance = Head {
            set: "stance".to_owned(),
            labels: vec!["agree".to_owned(), "disagree".to_owned()],
            thresholds: vec![0.5; 2],
        };
        let model = Witness {
            info: ModelInfo {
                id: "witness".to_owned(),
                version: "1".to_owned(),
                sha256: String::new(),
                unit_heads: Vec::new(),
                comment_heads: vec![stance],
                languages: Vec::new(),
            },
            seen: Mutex::default(),
        };
        let labels = label_thread(&thread, &[unit(0), unit(0), unit(2)], &model);
        assert_eq!((labels.units.len(), labels.comments.len()), (3, 3));
        let stances: Vec<_> = labels.comments.iter().map(|c| c.stance.is_some()).collect();
        assert_eq!(stances, [false, true, true]);
        let mut seen = model.seen.into_inner().unwrap();
        seen.sort();
        let text = |text: &str| Some(text.to_owned());
        let expected = [
            ("Text of a.".to_owned(), text("A breach"), false, 0),
            ("Text of b.".to_owned(), text("Text of a."), true, 2),
            ("Text of c.".to_owned(), None, true, 0),
        ];
        assert_eq!(seen, expected);
    }
}
