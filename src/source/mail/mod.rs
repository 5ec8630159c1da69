//! What all sources of mail share: a message taken apart, and threads made of many.
//!
//! [`headers`] finds the fields of a message, [`fields`] reads their values, [`mime`] chooses the text
//! among the parts, [`decode`] undoes how it was sent, [`archive`] makes threads of an archive's messages.

pub(super) mod archive;
mod decode;
pub(super) mod fields;
pub(super) mod headers;
mod mime;

use super::{threading::subject_key, time};
use crate::{
    digest::sha256,
    text::{Body, mail},
    thread::{Author, codes},
};
use headers::Headers;
use jiff::Timestamp;

/// A message as it was read, before it has a place among others.
#[derive(Debug, Default)]
pub(super) struct Letter {
    /// The Message-ID without brackets, or one made from the message where it has none.
    pub(super) id: String,
    pub(super) references: Vec<String>,
    pub(super) in_reply_to: Option<String>,
    pub(super) doubtful: Vec<String>,
    pub(super) subject: Option<String>,
    pub(super) author: Option<Author>,
    pub(super) posted: Option<Timestamp>,
    /// Where the message is on the web.
    pub(super) url: Option<String>,
    pub(super) content: Content,
    /// What was odd, as code and words.
    pub(super) odd: Vec<(&'static str, String)>,
}

/// The text of a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    Plain(String),
    Html(String),
}

impl Default for Content {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl Content {
    /// The body, and whether its HTML had to be flattened.
    pub(super) fn body(&self) -> (Body, bool) {
        match self {
            Self::Plain(text) => (mail::body(text), false),
            Self::Html(page) => mail::html(page),
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Plain(text) | Self::Html(text) => text.trim().is_empty(),
        }
    }
}

impl Letter {
    /// Reads a message. `envelope` is the line that parts it from the one before in an archive, if any.
    pub(super) fn read(raw: &[u8], envelope: Option<&[u8]>) -> Self {
        let headers = Headers::read(raw);
        let mut odd = Vec::new();
        let mut guessed = false;
        let mut value = |name: &str| {
            let (text, was_utf8) = headers.text(name)?;
            guessed |= !was_utf8;
            Some(text)
        };
        let subject = value("subject");
        let author = fields::author(&mut value);
        let stated = headers.raw("date").map(decode::lossy);
        let posted = stated.as_deref().and_then(fields::date);
        let in_reply_to = headers
            .raw("in-reply-to")
            .map(decode::lossy)
            .unwrap_or_default();
        let (in_reply_to, doubtful) = fields::in_reply_to(&in_reply_to);
        let references = headers.all("references").map(decode::lossy);
        let references = references.flat_map(|value| fields::ids(&value)).collect();
        let url = value("archived-at").map(|url| url.trim_matches(['<', '>']).to_owned());
        let id = headers.raw("message-id").map(decode::lossy);
        let id = id.and_then(|id| fields::ids(&id).into_iter().next());
        if let Some(date) = stated.filter(|_| posted.is_none()) {
            odd.push((
                codes::BAD_VALUE,
                format!("the date `{}` is none", date.trim()),
            ));
        }
        let posted = posted
            .or_else(|| received(&headers))
            .or_else(|| envelope.and_then(sent));
        let mime::Chosen {
            content,
            guessed: other,
        } = mime::choose(&headers);
        let content = match &content {
            Content::Plain(text) => decode::undeclared_base64(text).map(Content::Plain),
            Content::Html(_) => None,
        }
        .unwrap_or(content);
        if guessed || other {
            let message = "bytes that are not UTF-8 were replaced, or read as windows-1252";
            odd.push((codes::INVALID_UTF8, message.to_owned()));
        }
        let id = id.unwrap_or_else(|| {
            let id = made_id(raw);
            odd.push((
                codes::MISSING_ID,
                format!("a message has no id; it is called `{id}`"),
            ));
            id
        });
        let url = url.filter(|url| url.starts_with("http"));
        Self {
            id,
            references,
            in_reply_to,
            doubtful,
            subject,
            author,
            posted,
            url,
            content,
            odd,
        }
    }

    /// The subject in the form by which messages are brought together.
    pub(super) fn subject_key(&self) -> String {
        self.subject.as_deref().map(subject_key).unwrap_or_default()
    }
}

/// An id for a message without one; the same for the same message.
fn made_id(raw: &[u8]) -> String {
    format!("message-{}", &sha256(&[raw.trim_ascii()])[..16])
}

/// When the first mailer on the way got the message.
fn received(headers: &Headers<'_>) -> Option<Timestamp> {
    let last = decode::lossy(headers.all("received").last()?);
    fields::date(last.rsplit_once(';')?.1)
}

/// The time in the line before a message of an archive: "From ada@a.example  Tue Apr  1 07:35:05 2008".
fn sent(envelope: &[u8]) -> Option<Timestamp> {
    let line = decode::lossy(envelope);
    let mut words = line.split_whitespace().skip(2);
    words.find(|word| fields::is_weekday(word))?;
    let rest: Vec<_> = words.collect();
    time::parse(&rest.join(" "))
}

#[cfg(test)]
mod tests;
