//! Answers in JSON, read leniently: a value that is missing or of another type costs itself alone.

use super::{Page, time};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    text::{
        Body,
        html::{body, parse_document},
    },
    thread::Draft,
};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashMap;

/// Parses JSON.
///
/// # Errors
/// When it is cut, or none, or nests deeper than can be read safely.
pub(super) fn parse(page: &Page) -> Result<Value> {
    serde_json::from_str(&page.text).map_err(|error| refused(&error))
}

/// Says why JSON could not be read and where.
fn refused(error: &serde_json::Error) -> Error {
    let remedy = match error.to_string() {
        message if message.contains("recursion") => {
            "give the answer that lists comments without nesting them"
        }
        _ => "save the whole answer again",
    };
    let cause = error.to_string();
    let cause = cause.split(" at line ").next().unwrap_or_default();
    Error::new(
        ErrorKind::Malformed,
        format!("no JSON that can be read: {cause}"),
    )
    .remedy(remedy)
    .at(Place::Column(error.line(), error.column()))
}

/// An id, written as a number or as letters; none where there is none to be had.
pub(super) fn id(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.trim())
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        _ => None,
    }
}

/// A text that is not empty.
pub(super) fn text(value: &Value) -> Option<&str> {
    value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// A whole number, written as one or as letters.
pub(super) fn count(value: &Value) -> Option<i64> {
    let whole = || {
        value
            .as_f64()
            .filter(|number| number.fract() == 0.0 && number.abs() < 1e15)
    };
    value
        .as_i64()
        .or_else(|| whole().map(|number| number as i64))
        .or_else(|| value.as_str()?.trim().parse().ok())
}

/// Whether a value says yes, in any of the ways of saying it.
pub(super) fn flag(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => matches!(text.as_str(), "true" | "1"),
        _ => false,
    }
}

/// An instant, written as seconds since 1970 or in words.
pub(super) fn instant(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(number) => {
            let seconds = number.as_f64()?;
            let whole = number
                .as_i64()
                .or_else(|| (seconds.abs() < 1e17).then_some(seconds as i64));
            time::from_epoch(whole?)
        }
        Value::String(text) => time::parse(text),
        _ => None,
    }
}

/// What a fragment of HTML says.
pub(super) fn html_body(html: &str) -> Body {
    body(parse_document(html).0.root_element())
}

/// Things under keys, in the order in which the keys came.
#[derive(Debug)]
pub(super) struct Groups<T> {
    places: HashMap<String, usize>,
    groups: Vec<(String, Vec<T>)>,
}

impl<T> Groups<T> {
    pub(super) fn new() -> Self {
        Self {
            places: HashMap::new(),
            groups: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, key: &str, thing: T) {
        let place = *self
            .places
            .entry(key.to_owned())
            .or_insert(self.groups.len());
        match self.groups.get_mut(place) {
            Some((_, things)) => things.push(thing),
            None => self.groups.push((key.to_owned(), vec![thing])),
        }
    }

    pub(super) fn into_groups(self) -> Vec<(String, Vec<T>)> {
        self.groups
    }
}

/// Puts drafts that came with the newest first into the order in which they were written.
pub(super) fn oldest_first(drafts: &mut [Draft]) {
    let times: Option<Vec<_>> = drafts.iter().map(|draft| draft.posted).collect();
    let newest_first = times
        .is_some_and(|times| times.is_sorted_by(|a, b| a >= b) && times.first() > times.last());
    if newest_first {
        drafts.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_of_other_types_cost_themselves_alone() {
        assert_eq!(id(&json!(12)).as_deref(), Some("12"));
        assert_eq!(id(&json!(" a1 ")).as_deref(), Some("a1"));
        assert_eq!(id(&json!(null)), None);
        assert_eq!(text(&json!(" ")), None);
        assert_eq!(count(&json!("3")), Some(3));
        assert_eq!(count(&json!(3.0)), Some(3));
        assert_eq!(count(&json!(true)), None);
        assert!(flag(&json!(1)) && flag(&json!("true")) && !flag(&json!(null)));
        let instants = [
            json!(1_536_256_980),
            json!(1_536_256_980.25),
            json!("2018-09-06T18:03:00Z"),
        ];
        for value in instants {
            assert_eq!(instant(&value), "2018-09-06T18:03:00Z".parse().ok());
        }
        assert_eq!(instant(&json!(1e300)), None);
    }

    #[test]
    fn the_newest_last() {
        let draft = |day: i8| Draft {
            posted: format!("2020-01-{day:02}T00:00:00Z").parse().ok(),
            ..Draft::default()
        };
        let mut drafts = vec![draft(3), draft(2), draft(1)];
        oldest_first(&mut drafts);
        assert!(drafts.is_sorted_by_key(|draft| draft.posted));
        let mixed = vec![draft(2), draft(1), draft(3)];
        let mut kept = mixed.clone();
        oldest_first(&mut kept);
        let times = |drafts: &[Draft]| drafts.iter().map(|draft| draft.posted).collect::<Vec<_>>();
        assert_eq!(times(&kept), times(&mixed));
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_place() {
        let page = |text: &str| Page::decode(text.as_bytes().to_vec());
        let cut = parse(&page("{\"a\":\n 1")).unwrap_err();
        assert_eq!(cut.place(), Some(Place::Column(2, 2)));
        let deep = parse(&page(&"[".repeat(1000))).unwrap_err();
        assert!(deep.to_string().contains("without nesting"), "{deep}");
    }
}
