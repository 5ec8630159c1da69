//! JSON of any depth, read without recursion and as far as it goes.
//!
//! Boards answer with replies nested in replies; a chain of them nests deeper than any stack allows. The
//! values stand in one flat list of places in the text, each before those in it, so that neither reading
//! nor dropping them recurses. What a cut or broken text holds before its first error is kept.

mod reader;
mod strings;

use super::{Page, Threads, pages, time};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    thread::{Thread, ThreadBuilder, codes},
};
use jiff::Timestamp;
use reader::Reader;
use std::io::BufRead;

/// Reads an input whole and parses it as JSON that holds any number of threads.
pub(super) fn threads<'a>(
    input: Box<dyn BufRead + 'a>,
    parse: impl FnOnce(&Page, &Json<'_>) -> Result<Vec<Thread>> + 'a,
) -> Threads<'a> {
    pages(input, move |page| parse(page, &Json::all(&page.text)))
}

/// Puts things on a stack so that the first of them comes off first.
pub(super) fn stack<T>(open: &mut Vec<T>, things: impl IntoIterator<Item = T>) {
    let from = open.len();
    open.extend(things);
    open[from..].reverse();
}

/// The documents of a text, one behind the other.
#[derive(Debug)]
pub(super) struct Json<'a> {
    text: &'a str,
    /// What the strings that are written with escapes stand for, one behind the other.
    decoded: String,
    /// The first node holds the documents.
    nodes: Vec<Node>,
    /// Byte offset of the first thing that could not be read; nothing behind it was.
    pub(super) broken: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    kind: Kind,
    key: Words,
    /// The digits of a number or the letters of a string.
    value: Words,
    /// The node behind this one and all that stands in it.
    end: u32,
}

/// Bytes of the text, or behind its end those of the decoded strings.
#[derive(Debug, Clone, Copy, Default)]
struct Words {
    start: u32,
    end: u32,
}

impl<'a> Json<'a> {
    /// Reads every document of `text`.
    pub(super) fn all(text: &'a str) -> Self {
        Reader::new(text).read(false)
    }

    /// Reads the document that `text` begins with; what stands behind it may be anything.
    pub(super) fn first(text: &'a str) -> Self {
        Reader::new(text).read(true)
    }

    /// The documents, in order.
    pub(super) fn documents(&self) -> impl Iterator<Item = Value<'_>> {
        Value { json: self, at: 0 }.children()
    }

    /// Tells the thread's reader where the text breaks off.
    pub(super) fn warn_if_broken(&self, builder: &mut ThreadBuilder) {
        if let Some(at) = self.broken {
            let message =
                format!("the input is no JSON from byte {at} on; what stands before it was read");
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
    }

    /// The error for an input that holds no thread: `cause` says what is lacking.
    pub(super) fn lacking(&self, cause: &str, remedy: &str) -> Error {
        let error = Error::new(ErrorKind::Malformed, cause).remedy(remedy);
        match self.broken {
            Some(at) => error.at(Place::Byte(at)),
            None => error,
        }
    }

    fn words(&self, words: Words) -> &str {
        let (start, end) = (words.start as usize, words.end as usize);
        let own = self.text.len();
        let found = match start < own {
            true => self.text.get(start..end),
            false => self.decoded.get(start - own..end.saturating_sub(own)),
        };
        found.unwrap_or_default()
    }
}

/// A value of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    json: &'a Json<'a>,
    at: u32,
}

impl<'a> Value<'a> {
    fn node(self) -> Node {
        self.json.nodes[self.at as usize]
    }

    /// The name under which it stands in its object.
    pub(super) fn key(self) -> &'a str {
        self.json.words(self.node().key)
    }

    /// Members of an object or items of an array, in order.
    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        let end = self.node().end;
        let step = move |at: u32| (at < end).then_some(Self { at, ..self });
        std::iter::successors(step(self.at + 1), move |value| step(value.node().end))
    }

    /// The items of a list; nothing where the value is none.
    pub(super) fn items(self) -> impl Iterator<Item = Self> {
        let list = Some(self).filter(|value| value.is_list());
        list.into_iter().flat_map(Self::children)
    }

    /// The items of a list in a field.
    pub(super) fn list(self, key: &str) -> impl Iterator<Item = Self> + use<'a> {
        self.get(key).into_iter().flat_map(Self::items)
    }

    /// The first member of this name that is not null.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        let mut members = Some(self)
            .filter(|value| value.is_object())
            .into_iter()
            .flat_map(Self::children);
        members.find(|member| member.node().kind != Kind::Null && member.key() == key)
    }

    /// The value at the end of a path of names.
    pub(super) fn path(self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(self, |value, key| value.get(key))
    }

    /// Whether it holds named values.
    pub(super) fn is_object(self) -> bool {
        self.node().kind == Kind::Object
    }

    /// Whether it holds values without names.
    pub(super) fn is_list(self) -> bool {
        self.node().kind == Kind::Array
    }

    /// Whether it holds values.
    pub(super) fn is_container(self) -> bool {
        self.is_object() || self.is_list()
    }

    /// Whether it is a number.
    pub(super) fn is_number(self) -> bool {
        self.node().kind == Kind::Number
    }

    /// A string.
    pub(super) fn string(self) -> Option<&'a str> {
        let node = self.node();
        (node.kind == Kind::String).then(|| self.json.words(node.value))
    }

    /// A string that is not empty, or a number as it is written.
    pub(super) fn word(self) -> Option<&'a str> {
        let node = self.node();
        let holds_words = matches!(node.kind, Kind::Number | Kind::String);
        let words = holds_words.then(|| self.json.words(node.value));
        words.filter(|words| !words.is_empty())
    }

    /// The text in a field; none where it is blank.
    pub(super) fn text(self, key: &str) -> Option<&'a str> {
        let text = self.get(key)?.string()?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// The id in a field, be it a number or a text.
    pub(super) fn id(self, key: &str) -> Option<&'a str> {
        let id = self.get(key)?.word()?.trim();
        (!id.is_empty()).then_some(id)
    }

    /// The whole number in a field, or the whole part of one, also where it is written as a text.
    pub(super) fn integer(self, key: &str) -> Option<i64> {
        let number = self.id(key)?;
        let whole = number.split_once('.').map_or(number, |(whole, _)| whole);
        whole.parse().ok()
    }

    /// Whether a field says yes, in any of the ways of saying it.
    pub(super) fn flag(self, key: &str) -> bool {
        self.get(key).is_some_and(|value| match value.node().kind {
            Kind::True => true,
            Kind::Number => {
                let number = value.word().and_then(|number| number.parse::<f64>().ok());
                number.is_some_and(|number| number != 0.0)
            }
            _ => matches!(value.string(), Some("true" | "1")),
        })
    }

    /// The instant in a field; what stands there instead where it is none.
    pub(super) fn instant(self, key: &str) -> Result<Option<Timestamp>, &'a str> {
        match self.id(key) {
            None => Ok(None),
            Some(written) => time::parse(written).map(Some).ok_or(written),
        }
    }
}

#[cfg(test)]
mod tests;
