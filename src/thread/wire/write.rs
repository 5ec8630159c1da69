//! From a thread to its JSON form.

use super::{
    ArticleObject, AuthorObject, BlockObject, CommentObject, InferenceObject, LinkObject,
    OriginObject, SCHEMA, ScoreObject, SpanObject, ThreadLine, WarningObject,
};
use crate::{
    span::{CodePoints, Span},
    thread::{Comment, Origin, Parent, Thread, Warning},
};

impl From<&Thread> for ThreadLine {
    fn from(thread: &Thread) -> Self {
        let points: Vec<_> = thread
            .comments
            .iter()
            .map(|c| CodePoints::new(&c.body.text))
            .collect();
        let article = thread.article.as_ref();
        let article_points =
            CodePoints::new(article.and_then(|a| a.text.as_deref()).unwrap_or_default());
        let comments = thread.iter().map(|(idx, comment)| {
            let mut object = comment_object(thread, comment, &points[idx.get()]);
            for quotation in thread.quotations_in(idx) {
                let (comment, points) = match quotation.origin {
                    Origin::Comment(idx) => {
                        (Some(thread.comment(idx).id.clone()), &points[idx.get()])
                    }
                    Origin::Article => (None, &article_points),
                };
                let SpanObject { start, end } = span_object(points, quotation.span);
                object.blocks[quotation.block].of = Some(OriginObject {
                    comment,
                    start,
                    end,
                });
            }
            object
        });
        Self {
            schema: SCHEMA.to_owned(),
            id: Some(thread.id.clone()),
            source: Some(thread.source.clone()),
            url: thread.url.clone(),
            title: thread.title.clone(),
            article: article.map(|article| ArticleObject {
                title: article.title.clone(),
                url: article.url.clone(),
                text: article.text.clone(),
            }),
            fetched: thread.fetched.map(|time| time.to_string()),
            comments: comments.collect(),
            warnings: warning_objects(thread, &thread.warnings),
        }
    }
}

/// The JSON form of warnings about `thread`.
#[must_use]
pub fn warning_objects(thread: &Thread, warnings: &[Warning]) -> Vec<WarningObject> {
    let object = |warning: &Warning| WarningObject {
        code: warning.code.to_string(),
        message: warning.message.clone(),
        comment: warning.comment.map(|idx| thread.comment(idx).id.clone()),
    };
    warnings.iter().map(object).collect()
}

fn comment_object(thread: &Thread, comment: &Comment, points: &CodePoints) -> CommentObject {
    let (parent, parent_missing) = match &comment.parent {
        Parent::Root => (None, false),
        Parent::Known(idx) => (Some(thread.comment(*idx).id.clone()), false),
        Parent::Missing(id) => (id.clone(), true),
    };
    let body = &comment.body;
    let blocks = body.blocks.iter().map(|block| {
        let SpanObject { start, end } = span_object(points, block.span);
        BlockObject {
            kind: block.kind.as_str().to_owned(),
            start,
            end,
            of: None,
        }
    });
    let links = body.links.iter().map(|link| {
        let SpanObject { start, end } = span_object(points, link.span);
        LinkObject {
            start,
            end,
            url: link.url.clone(),
        }
    });
    let units = comment.given_units.as_ref();
    CommentObject {
        id: comment.id.clone(),
        parent,
        parent_missing,
        inferred: comment.inferred.map(|inferred| InferenceObject {
            by: inferred.by.as_str().to_owned(),
            // Two decimals are all that is known; as `f32` they would be written with more.
            score: (f64::from(inferred.score) * 100.0).round() / 100.0,
        }),
        depth: comment.depth,
        author: comment.author.as_ref().map(|author| AuthorObject {
            name: Some(author.name.clone()),
            id: author.id.clone(),
            anonymous: author.anonymous,
            badge: author.badge.clone(),
        }),
        title: comment.title.clone(),
        posted: comment.posted.map(|time| time.to_string()),
        edited: comment.edited.map(|time| time.to_string()),
        score: comment.score.as_ref().map(|score| ScoreObject {
            points: score.points,
            up: score.up,
            down: score.down,
            label: score.label.clone(),
        }),
        state: Some(comment.state.as_str().to_owned()),
        kind: Some(comment.kind.as_str().to_owned()),
        text: body.text.clone(),
        blocks: blocks.collect(),
        links: links.collect(),
        units: units.map(|units| {
            units
                .iter()
                .map(|span| span_object(points, *span))
                .collect()
        }),
    }
}

/// A span in code points.
#[must_use]
pub fn span_object(points: &CodePoints, span: Span) -> SpanObject {
    SpanObject {
        start: points.from_byte(span.start()),
        end: points.from_byte(span.end()),
    }
}
