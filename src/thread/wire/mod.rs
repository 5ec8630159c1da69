//! The JSON form of a thread, `rejoinder/thread@1`, both ways.
//!
//! These types mirror `docs/schema/thread.json` and are kept apart from the core types, so that the
//! core can change without the format. Offsets count code points. Reading asks for `schema`,
//! `comments`, and each comment's `id` and `text`; any other key may be absent or null, and unknown
//! keys are ignored. Writing leaves no key out.

mod read;
mod write;

pub use write::{span_object, warning_objects};

use serde::{Deserialize, Deserializer, Serialize};
use std::io::{self, Write};

/// The value of `schema` in a thread line.
pub const SCHEMA: &str = "rejoinder/thread@1";

/// Writes one line of JSON Lines.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_line(out: &mut (impl Write + ?Sized), line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

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
    #[serde(default)]
    pub inferred: Option<InferenceObject>,
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

/// How a parent was found that the board does not state.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct InferenceObject {
    pub by: String,
    pub score: f64,
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
