//! Reads one answer or comment.

use super::super::{deep_json::Value, markup::digits_after};
use crate::{
    text::{Body, html, plain},
    thread::{Author, CommentKind, Draft, Score},
};

/// An answer or a comment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'d> {
    pub(super) kind: CommentKind,
    pub(super) id: Option<&'d str>,
    /// The question or answer that a comment is written to.
    pub(super) post: Option<&'d str>,
    pub(super) value: Value<'d>,
}

impl<'d> Item<'d> {
    pub(super) fn answer(value: Value<'d>) -> Self {
        Self {
            kind: CommentKind::Answer,
            id: value.id("answer_id"),
            post: None,
            value,
        }
    }

    /// A comment; `post` is the item that holds it.
    pub(super) fn comment(value: Value<'d>, post: Option<&'d str>) -> Self {
        Self {
            kind: CommentKind::Comment,
            id: value.id("comment_id"),
            post: value.id("post_id").or(post),
            value,
        }
    }

    /// The question in the address of a comment, `/questions/4/title#comment5_6`.
    pub(super) fn question_in_link(&self) -> Option<&'d str> {
        digits_after(self.value.text("link")?, "/questions/")
    }

    /// The id of the user to whom the board says that a comment is written.
    pub(super) fn to(&self) -> Option<&'d str> {
        self.value.get("reply_to_user")?.id("user_id")
    }

    /// The comment, and what was odd about it.
    pub(super) fn draft(&self, id: String) -> (Draft, Vec<String>) {
        let value = self.value;
        let mut odd = Vec::new();
        let mut instant = |key: &'static str| {
            value.instant(key).unwrap_or_else(|written| {
                odd.push(format!("`{key}` is `{written}`, which is no time"));
                None
            })
        };
        let posted = instant("creation_date");
        let edited = instant("last_edit_date");
        let score = Score {
            points: value.integer("score"),
            up: value.integer("up_vote_count"),
            down: value.integer("down_vote_count"),
            label: value.flag("is_accepted").then(|| "accepted".to_owned()),
        };
        let draft = Draft {
            id,
            author: author(value),
            posted,
            edited,
            score: (score != Score::default()).then_some(score),
            kind: self.kind,
            body: body(value),
            ..Draft::default()
        };
        (draft, odd)
    }
}

/// The author; of a deleted one the name is left.
fn author(value: Value<'_>) -> Option<Author> {
    let owner = value.get("owner")?;
    let name = unescaped(owner.text("display_name")?);
    let is_moderator = owner.text("user_type") == Some("moderator");
    (!name.is_empty()).then(|| Author {
        name,
        id: owner.id("user_id").map(str::to_owned),
        anonymous: false,
        badge: is_moderator.then(|| "moderator".to_owned()),
    })
}

/// The text, which an answer holds where its filter asks for it.
pub(super) fn body(value: Value<'_>) -> Body {
    if let Some(text) = value.text("body") {
        let (page, _) = html::parse_document(text);
        return html::body(page.root_element());
    }
    match value.text("body_markdown") {
        Some(text) => plain::body(&unescaped_lines(text)),
        None => Body::default(),
    }
}

/// A name or title, which the API escapes as HTML.
pub(super) fn unescaped(text: &str) -> String {
    let (page, _) = html::parse_document(text);
    html::line(page.root_element())
}

/// Markdown with its lines, which the API escapes as HTML too.
fn unescaped_lines(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let mut out = text.replace("\r\n", "\n");
    for (escaped, letter) in named {
        out = out.replace(escaped, letter);
    }
    out
}
