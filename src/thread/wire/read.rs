//! From the JSON form of a thread to the thread.

use super::{BlockObject, CommentObject, InferenceObject, LinkObject, OriginObject, ThreadLine};
use crate::{
    span::{CodePoints, Span},
    text::{Block, BlockKind, Body, Link, plain},
    thread::{
        Article, Author, CommentIdx, CommentKind, Draft, Inference, Origin, ParentRef, Quotation,
        Score, Sign, State, Thread, ThreadBuilder, Warning, codes,
    },
};
use jiff::Timestamp;
use std::collections::HashMap;

impl ThreadLine {
    /// Makes the thread that the line describes; `builder` may hold warnings of the reader already.
    ///
    /// Values that cannot be read are left out with a warning. A comment that brings blocks is taken
    /// at its word; for others blocks and quotations are found in the text, which stays as it is.
    #[must_use]
    pub fn into_thread(self, mut builder: ThreadBuilder) -> Thread {
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (at, comment) in self.comments.iter().enumerate() {
            first.entry(&comment.id).or_insert(at);
        }
        let reader = Reader {
            points: self
                .comments
                .iter()
                .map(|c| CodePoints::new(&c.text))
                .collect(),
            article: CodePoints::new(
                self.article
                    .as_ref()
                    .and_then(|a| a.text.as_deref())
                    .unwrap_or_default(),
            ),
            first: first
                .into_iter()
                .map(|(id, at)| (id.to_owned(), at))
                .collect(),
        };
        for warning in self.warnings {
            let idx = warning
                .comment
                .and_then(|id| reader.first.get(&id).copied());
            builder.warnings().push(Warning {
                code: warning.code.into(),
                message: warning.message,
                comment: idx.map(CommentIdx::new),
            });
        }
        builder
            .url(self.url)
            .title(self.title)
            .article(self.article.map(|article| Article {
                title: article.title,
                url: article.url,
                text: article.text,
            }));
        let fetched = time(&mut builder, "fetched", self.fetched, None);
        builder.fetched(fetched);
        for (at, comment) in self.comments.into_iter().enumerate() {
            let draft = reader.draft(CommentIdx::new(at), comment, &mut builder);
            builder.push(draft);
        }
        builder.build()
    }
}

/// What is needed of all comments to read one.
struct Reader {
    points: Vec<CodePoints>,
    article: CodePoints,
    /// The first comment with each id.
    first: HashMap<String, usize>,
}

impl Reader {
    fn draft(&self, idx: CommentIdx, comment: CommentObject, builder: &mut ThreadBuilder) -> Draft {
        let parent = match (comment.parent, comment.parent_missing) {
            (id, true) => ParentRef::Missing {
                id,
                depth: comment.depth,
            },
            (Some(id), false) => ParentRef::Id(id),
            (None, false) => ParentRef::Root,
        };
        let inferred = comment
            .inferred
            .and_then(|object| inference(&object, idx, builder));
        let points = &self.points[idx.get()];
        let settled = !comment.blocks.is_empty();
        let body = if settled {
            self.settled_body(idx, comment.text, comment.blocks, comment.links, builder)
        } else {
            plain::body(&comment.text)
        };
        let units = comment.units.map(|units| {
            let spans = units.into_iter().map(|unit| (unit.start, unit.end));
            let mut units: Vec<Span> = spans
                .filter_map(|(start, end)| checked(points, start, end, "unit", idx, builder))
                .collect();
            units.sort();
            units.dedup();
            units
        });
        Draft {
            id: comment.id,
            parent,
            inferred,
            author: comment.author.map(|author| Author {
                name: author.name.unwrap_or_default(),
                id: author.id,
                anonymous: author.anonymous,
                badge: author.badge,
            }),
            title: comment.title.filter(|title| !title.is_empty()),
            posted: time(builder, "posted", comment.posted, Some(idx)),
            // Its own warnings tell that.
            posted_locally: false,
            edited: time(builder, "edited", comment.edited, Some(idx)),
            score: comment.score.map(|score| Score {
                points: score.points,
                up: score.up,
                down: score.down,
                label: score.label,
            }),
            state: named(
                builder,
                "state",
                comment.state,
                State::ALL,
                State::as_str,
                idx,
            ),
            kind: named(
                builder,
                "kind",
                comment.kind,
                CommentKind::ALL,
                CommentKind::as_str,
                idx,
            ),
            body,
            settled,
            given_units: units,
        }
    }

    fn settled_body(
        &self,
        idx: CommentIdx,
        text: String,
        mut blocks: Vec<BlockObject>,
        links: Vec<LinkObject>,
        builder: &mut ThreadBuilder,
    ) -> Body {
        let points = &self.points[idx.get()];
        let mut body = Body {
            text,
            ..Body::default()
        };
        blocks.sort_by_key(|block| block.start);
        for object in blocks {
            let Some(span) = checked(points, object.start, object.end, "block", idx, builder)
            else {
                continue;
            };
            if body
                .blocks
                .last()
                .is_some_and(|last| last.span.end() > span.start())
            {
                let message = format!(
                    "the block at {} overlaps the one before it and was left out",
                    object.start
                );
                builder.warn(codes::BAD_SPAN, message, Some(idx));
                continue;
            }
            let kind = named(
                builder,
                "blocks.kind",
                Some(object.kind),
                BlockKind::ALL,
                BlockKind::as_str,
                idx,
            );
            body.blocks.push(Block { kind, span });
            if let Some(of) = object.of {
                self.origin(idx, body.blocks.len() - 1, of, builder);
            }
        }
        for link in links {
            if let Some(span) = checked(points, link.start, link.end, "link", idx, builder) {
                body.links.push(Link {
                    span,
                    url: link.url,
                });
            }
        }
        body
    }

    fn origin(&self, idx: CommentIdx, block: usize, of: OriginObject, builder: &mut ThreadBuilder) {
        let (origin, points) = match &of.comment {
            None => (Origin::Article, &self.article),
            Some(id) => match self.first.get(id) {
                Some(&at) if at == idx.get() => {
                    let message = "a block quotes its own comment; its origin was left out";
                    builder.warn(codes::BAD_VALUE, message, Some(idx));
                    return;
                }
                Some(&at) => (Origin::Comment(CommentIdx::new(at)), &self.points[at]),
                None => {
                    let message = format!("a block quotes `{id}`, which the capture does not hold");
                    builder.warn(codes::BAD_VALUE, message, Some(idx));
                    return;
                }
            },
        };
        if let Some(span) = checked(points, of.start, of.end, "origin", idx, builder) {
            builder.quotation(Quotation {
                comment: idx,
                block,
                origin,
                span,
            });
        }
    }
}

/// How a parent was found; nothing where the sign is unknown or the score is no share.
fn inference(
    object: &InferenceObject,
    idx: CommentIdx,
    builder: &mut ThreadBuilder,
) -> Option<Inference> {
    let by = Sign::from_name(&object.by);
    if let Some(by) = by
        && (0.0..=1.0).contains(&object.score)
    {
        let score = object.score as f32;
        return Some(Inference { by, score });
    }
    let (by, score) = (&object.by, object.score);
    let message =
        format!("`inferred` has an unknown sign or score, {by:?} and {score}; it was left out");
    builder.warn(codes::BAD_VALUE, message, Some(idx));
    None
}

/// The byte span of a range of code points that lies inside the text.
fn checked(
    points: &CodePoints,
    start: usize,
    end: usize,
    what: &str,
    idx: CommentIdx,
    builder: &mut ThreadBuilder,
) -> Option<Span> {
    match (points.to_byte(start), points.to_byte(end)) {
        (Some(start), Some(end)) if start < end => Some(Span::new(start, end)),
        _ => {
            let message =
                format!("the {what} {start}..{end} does not lie inside the text and was left out");
            builder.warn(codes::BAD_SPAN, message, Some(idx));
            None
        }
    }
}

fn time(
    builder: &mut ThreadBuilder,
    key: &str,
    text: Option<String>,
    idx: Option<CommentIdx>,
) -> Option<Timestamp> {
    let text = text?;
    let time = text.parse().ok();
    if time.is_none() {
        let message = format!("`{key}` is no RFC 3339 time: {text:?}");
        builder.warn(codes::BAD_VALUE, message, idx);
    }
    time
}

fn named<T: Copy + Default>(
    builder: &mut ThreadBuilder,
    key: &str,
    text: Option<String>,
    all: &[T],
    name: fn(T) -> &'static str,
    idx: CommentIdx,
) -> T {
    let Some(text) = text else {
        return T::default();
    };
    let found = all.iter().copied().find(|value| name(*value) == text);
    found.unwrap_or_else(|| {
        let default = name(T::default());
        let message = format!("`{key}` has the unknown value {text:?}; taken as {default:?}");
        builder.warn(codes::BAD_VALUE, message, Some(idx));
        T::default()
    })
}
