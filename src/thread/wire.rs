//! The JSON form of a thread, `rejoinder/thread@1`, both ways.
//!
//! These types mirror `docs/schema/thread.json` and are kept apart from the core types, so that the
//! core can change without the format. Offsets count code points. Reading asks for `schema`,
//! `comments`, and each comment's `id` and `text`; any other key may be absent or null, and unknown
//! keys are ignored. Writing leaves no key out.

use super::{
    Article, Author, Comment, CommentIdx, CommentKind, Draft, Origin, Parent, ParentRef, Quotation,
    Score, State, Thread, ThreadBuilder, codes,
};
use crate::{
    span::{CodePoints, Span},
    text::{Block, BlockKind, Body, Link, plain},
};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::HashMap;

/// The value of `schema` in a thread line.
pub const SCHEMA: &str = "rejoinder/thread@1";

/// A thread line.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ThreadLine {
    pub schema: String,
    #[serde(default, deserialize_with = "id_or_null")]
    pub id: Option<String>,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub article: Option<ArticleObject>,
    #[serde(default)]
    pub fetched: Option<String>,
    pub comments: Vec<CommentObject>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub warnings: Vec<WarningObject>,
}

/// What the thread comments on.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ArticleObject {
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub text: Option<String>,
}

/// A comment of a thread.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CommentObject {
    #[serde(deserialize_with = "id")]
    pub id: String,
    #[serde(default, deserialize_with = "id_or_null")]
    pub parent: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub parent_missing: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub depth: usize,
    #[serde(default)]
    pub author: Option<AuthorObject>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub posted: Option<String>,
    #[serde(default)]
    pub edited: Option<String>,
    #[serde(default)]
    pub score: Option<ScoreObject>,
    #[serde(default)]
    pub state: Option<String>,
    #[serde(default)]
    pub kind: Option<String>,
    pub text: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub blocks: Vec<BlockObject>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub links: Vec<LinkObject>,
    /// A segmentation that is used in place of our own.
    #[serde(default)]
    pub units: Option<Vec<SpanObject>>,
}

/// Who wrote a comment.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct AuthorObject {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "id_or_null")]
    pub id: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub anonymous: bool,
    #[serde(default)]
    pub badge: Option<String>,
}

/// What readers voted.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ScoreObject {
    #[serde(default)]
    pub points: Option<i64>,
    #[serde(default)]
    pub up: Option<i64>,
    #[serde(default)]
    pub down: Option<i64>,
    #[serde(default)]
    pub label: Option<String>,
}

/// A block of a comment's text.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct BlockObject {
    pub kind: String,
    pub start: usize,
    pub end: usize,
    #[serde(default)]
    pub of: Option<OriginObject>,
}

/// Where a quotation comes from: a comment's text, or the article's where `comment` is null.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OriginObject {
    #[serde(default, deserialize_with = "id_or_null")]
    pub comment: Option<String>,
    pub start: usize,
    pub end: usize,
}

/// A link in a comment's text.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct LinkObject {
    pub start: usize,
    pub end: usize,
    pub url: String,
}

/// A part of a comment's text.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SpanObject {
    pub start: usize,
    pub end: usize,
}

/// Something odd that was repaired.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct WarningObject {
    pub code: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub message: String,
    #[serde(default, deserialize_with = "id_or_null")]
    pub comment: Option<String>,
}

fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Boards count in numbers, JSON made by hand shows it: a number is as good an id as a string.
#[derive(Deserialize)]
#[serde(untagged, expecting = "an id must be a string or a whole number")]
enum Id {
    Text(String),
    Signed(i64),
    Unsigned(u64),
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        match id {
            Id::Text(text) => text,
            Id::Signed(number) => number.to_string(),
            Id::Unsigned(number) => number.to_string(),
        }
    }
}

/// Reads an id, which may be a number.
///
/// # Errors
/// When it is neither a string nor a whole number.
pub(crate) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Id::deserialize(deserializer).map(String::from)
}

fn id_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Id>::deserialize(deserializer)?.map(String::from))
}

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
pub fn warning_objects(thread: &Thread, warnings: &[super::Warning]) -> Vec<WarningObject> {
    let object = |warning: &super::Warning| WarningObject {
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
            builder.warnings().push(super::Warning {
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
            author: comment.author.map(|author| Author {
                name: author.name.unwrap_or_default(),
                id: author.id,
                anonymous: author.anonymous,
                badge: author.badge,
            }),
            title: comment.title.filter(|title| !title.is_empty()),
            posted: time(builder, "posted", comment.posted, Some(idx)),
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
        blocks: Vec<BlockObject>,
        links: Vec<LinkObject>,
        builder: &mut ThreadBuilder,
    ) -> Body {
        let points = &self.points[idx.get()];
        let mut body = Body {
            text,
            ..Body::default()
        };
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
