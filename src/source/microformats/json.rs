//! Items as the JSON that parsers of microformats2 give.

use super::{super::time, Item, Items, Relation};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    text::{
        Body,
        html::{body, parse_document},
        plain,
    },
    thread::Author,
};
use serde_json::Value;

/// Reads the items of a parser's answer, or a single one.
pub(super) fn read(text: &str) -> Result<Items> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        Error::new(
            ErrorKind::Malformed,
            format!("the JSON cannot be read: {error}"),
        )
        .remedy("give the whole answer of the parser")
        .at(Place::Column(error.line(), error.column()))
    })?;
    let mut items = Vec::new();
    let mut stack: Vec<(&Value, Option<usize>, Relation)> = vec![(&value, None, Relation::None)];
    while let Some((value, within, relation)) = stack.pop() {
        match value {
            Value::Array(values) => {
                // The stack gives back last what is put on it first.
                stack.extend(values.iter().rev().map(|value| (value, within, relation)));
            }
            Value::Object(object) => {
                let children = object.get("items").or_else(|| object.get("children"));
                let mut held = within;
                if is_entry(value) {
                    held = Some(items.len());
                    items.push(item(value, within, relation));
                }
                if let Some(children) = children {
                    stack.push((children, held, Relation::None));
                }
                let properties = &value["properties"];
                let holders = [
                    ("in-reply-to", Relation::Answered),
                    ("mention", Relation::Mention),
                    ("comment", Relation::Comment),
                ];
                for (name, relation) in holders {
                    if let Some(Value::Array(values)) = properties.get(name) {
                        let objects = values.iter().filter(|value| value.is_object()).rev();
                        stack.extend(objects.map(|value| (value, held, relation)));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(Items {
        items,
        flattened: false,
    })
}

fn is_entry(value: &Value) -> bool {
    let types = value["type"].as_array().into_iter().flatten();
    let mut types = types.filter_map(Value::as_str);
    types.any(|kind| kind == "h-entry" || kind == "h-cite")
}

/// The values of a property.
fn values<'a>(item: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    item["properties"][name].as_array().into_iter().flatten()
}

/// The first value of a property that is text.
fn text<'a>(item: &'a Value, name: &str) -> Option<&'a str> {
    let mut texts =
        values(item, name).filter_map(|value| value.as_str().or_else(|| value["value"].as_str()));
    texts.find(|text| !text.trim().is_empty())
}

fn item(value: &Value, within: Option<usize>, relation: Relation) -> Item {
    let body = content(value);
    let name = text(value, "name")
        .map(str::trim)
        .filter(|_| !body.text.is_empty());
    let mut urls: Vec<String> = Vec::new();
    for property in ["url", "uid"] {
        let own = values(value, property).filter_map(Value::as_str);
        urls.extend(own.filter(|url| !url.is_empty()).map(str::to_owned));
    }
    let answers = values(value, "in-reply-to").filter_map(|value| {
        let address = value.as_str().or_else(|| value["value"].as_str());
        address.or_else(|| text(value, "url"))
    });
    let date = |name: &str| text(value, name).and_then(time::parse);
    // Who says that they will come says nothing of what they answer.
    let relation = match text(value, "rsvp") {
        Some(_) => Relation::Other,
        None => relation,
    };
    Item {
        relation,
        within,
        name: name
            .filter(|name| same_words(name, &body.text))
            .map(str::to_owned),
        author: author(value),
        published: date("published"),
        updated: date("updated"),
        answers: answers.map(str::to_owned).collect(),
        body: match body.text.is_empty() {
            true => plain::body(text(value, "name").unwrap_or_default().trim()),
            false => body,
        },
        urls,
    }
}

/// Whether a name says something else than the text does.
fn same_words(name: &str, text: &str) -> bool {
    !name.split_whitespace().eq(text.split_whitespace())
}

fn content(item: &Value) -> Body {
    let markup = values(item, "content").find_map(|value| value["html"].as_str());
    match markup {
        Some(markup) => {
            let (document, _) = parse_document(markup);
            body(document.root_element())
        }
        None => plain::body(
            text(item, "content")
                .or_else(|| text(item, "summary"))
                .unwrap_or_default()
                .trim(),
        ),
    }
}

fn author(item: &Value) -> Option<Author> {
    let author = values(item, "author").next()?;
    let name = author
        .as_str()
        .or_else(|| text(author, "name"))
        .or_else(|| author["value"].as_str())?;
    Some(Author {
        name: name.to_owned(),
        id: text(author, "url").map(str::to_owned),
        ..Author::default()
    })
    .filter(|author| !author.name.trim().is_empty())
}
