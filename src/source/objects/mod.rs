//! Divides JSON into the objects of its nested lists, however deep these nest, without recursion.
//!
//! Boards' answers hold replies in replies, and dumps hold object after object. [`objects`] takes
//! either apart in one pass: each object comes out by itself, without the lists in it, and knows in
//! whose list it stood. What is broken off or garbled costs the members that it stands in alone.
//!
//! `deep_json` reads nested answers too, and stops at the first error: of one answer that is cut,
//! nothing stands behind it. Here much does. Answers of these boards are collected by the thousand, one a
//! line, and a line that is cut must not cost the next ones, nor a garbled member its object.

mod reader;

pub(super) use reader::objects;

use super::{fields, time};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// An object, without the lists that were sought.
#[derive(Debug, Default)]
pub(super) struct Object {
    /// The object in whose list it stands, as its place among all.
    pub(super) above: Option<usize>,
    /// Whether some of it could not be read.
    pub(super) broken: bool,
    fields: Map<String, Value>,
}

impl Object {
    /// Whether it has a member of this name that is not null.
    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.get(key).is_some_and(|value| !value.is_null())
    }

    /// A member of any form.
    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.fields.get(key)
    }

    /// A text that is not empty.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        let text = self.fields.get(key)?.as_str()?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// An id, which may be written as a number.
    pub(super) fn id(&self, key: &str) -> Option<String> {
        fields::id(self.fields.get(key)?)
    }

    /// A whole number, which may be written as a text.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        match self.fields.get(key)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Whether a member is true.
    pub(super) fn flag(&self, key: &str) -> bool {
        match self.fields.get(key) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
            _ => false,
        }
    }

    /// The instant that the first of these members that has a value tells.
    pub(super) fn instant(&self, keys: &[&str]) -> Option<Timestamp> {
        keys.iter().find_map(|key| match self.fields.get(*key)? {
            Value::Number(number) => time::from_epoch(number.as_i64()?),
            Value::String(text) => time::parse(text),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
