//! JSON of any depth and in any state: documents one after the other, read without recursion.
//!
//! Replies nest as deep as people argue, and a parser that calls itself ends with the stack. Here all
//! values of an input lie in one list. Where the text breaks off or is no JSON, what was read until there
//! counts, and [`Documents::broken`] says where that was.

mod parser;

use super::{Page, Threads, pages, time};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    thread::{Thread, ThreadBuilder, codes},
};
use jiff::Timestamp;
use parser::Parser;
use std::{borrow::Cow, io::BufRead};

/// Reads an input whole and parses it as JSON that holds any number of threads.
pub(super) fn threads<'a>(
    input: Box<dyn BufRead + 'a>,
    parse: impl FnOnce(&Page, &Documents<'_>) -> Result<Vec<Thread>> + 'a,
) -> Threads<'a> {
    pages(input, move |page| parse(page, &Documents::read(&page.text)))
}

/// The values of an input.
#[derive(Debug, Default)]
pub(super) struct Documents<'a> {
    nodes: Vec<Node<'a>>,
    roots: Vec<usize>,
    /// The byte from which the text is no JSON.
    pub(super) broken: Option<usize>,
}

#[derive(Debug)]
enum Node<'a> {
    Null,
    Flag(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<usize>),
    Object(Vec<(Cow<'a, str>, usize)>),
}

/// One value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'d> {
    documents: &'d Documents<'d>,
    at: usize,
}

impl<'a> Documents<'a> {
    /// Reads a text.
    pub(super) fn read(text: &'a str) -> Self {
        Parser::new(text).documents()
    }

    /// The documents in order.
    pub(super) fn roots(&self) -> impl Iterator<Item = Value<'_>> {
        self.roots.iter().map(|&at| Value {
            documents: self,
            at,
        })
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
}

impl<'d> Value<'d> {
    fn node(self) -> &'d Node<'d> {
        self.documents.nodes.get(self.at).unwrap_or(&Node::Null)
    }

    fn value(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// The field of an object; none where it is null.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        let Node::Object(fields) = self.node() else {
            return None;
        };
        let (_, at) = fields.iter().find(|(name, _)| name == key)?;
        let value = self.value(*at);
        (!matches!(value.node(), Node::Null)).then_some(value)
    }

    /// The items of a list; nothing where the value is none.
    pub(super) fn items(self) -> impl DoubleEndedIterator<Item = Self> {
        let items: &[usize] = match self.node() {
            Node::List(items) => items,
            _ => &[],
        };
        items.iter().map(move |&at| self.value(at))
    }

    /// The items of a list in a field.
    pub(super) fn list(self, key: &str) -> impl DoubleEndedIterator<Item = Self> {
        self.get(key).into_iter().flat_map(Self::items)
    }

    pub(super) fn is_list(self) -> bool {
        matches!(self.node(), Node::List(_))
    }

    pub(super) fn is_object(self) -> bool {
        matches!(self.node(), Node::Object(_))
    }

    /// The text in a field; none where it is empty.
    pub(super) fn text(self, key: &str) -> Option<&'d str> {
        match self.get(key)?.node() {
            Node::Text(text) => Some(text.as_ref()).filter(|text| !text.trim().is_empty()),
            _ => None,
        }
    }

    /// The id in a field, be it a number or a text.
    pub(super) fn id(self, key: &str) -> Option<&'d str> {
        match self.get(key)?.node() {
            Node::Number(number) => Some(number),
            Node::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The whole number in a field.
    pub(super) fn integer(self, key: &str) -> Option<i64> {
        match self.get(key)?.node() {
            Node::Number(number) => number.parse().ok(),
            Node::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Whether a field is true.
    pub(super) fn flag(self, key: &str) -> bool {
        let value = self.get(key).map(Self::node);
        matches!(value, Some(Node::Flag(true)))
    }

    /// The instant in a field; what stands there instead where it is none.
    pub(super) fn instant(self, key: &str) -> Result<Option<Timestamp>, &'d str> {
        match self.id(key) {
            None => Ok(None),
            Some(written) => time::parse(written).map(Some).ok_or(written),
        }
    }
}

#[cfg(test)]
mod tests;
