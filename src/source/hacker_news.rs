//! What all forms of Hacker News's threads share: texts, marks in their place, addresses.

use crate::{
    text::{Body, html},
    thread::{Author, State},
};

/// The body of a comment's HTML, in which `<p>` stands between paragraphs.
pub(super) fn body(text: &str) -> Body {
    let (page, _) = html::parse_document(text);
    html::body(page.root_element())
}

/// What became of a comment that has nothing but this for its text.
pub(super) fn state(text: &str) -> Option<State> {
    match text.trim() {
        "[deleted]" => Some(State::Deleted),
        "[dead]" | "[flagged]" | "[flagged] [dead]" | "[dead] [flagged]" => Some(State::Removed),
        "[delayed]" => Some(State::Hidden),
        _ => None,
    }
}

/// An author; the name is the profile's id.
pub(super) fn author(name: &str) -> Author {
    Author {
        name: name.to_owned(),
        id: Some(name.to_owned()),
        ..Author::default()
    }
}

/// Where an item is on the web.
pub(super) fn address(id: &str) -> String {
    format!("https://news.ycombinator.com/item?id={id}")
}

/// The text and state of an answer's comment: what was taken away has a mark in place of its text, or no
/// text and no author.
pub(super) fn content(text: Option<&str>, has_author: bool, dead: bool) -> (State, Body) {
    let body = text.map(body).unwrap_or_default();
    if let Some(state) = state(&body.text) {
        return (state, Body::default());
    }
    let state = match (dead, body.text.is_empty() && !has_author) {
        (true, _) => State::Removed,
        (false, true) => State::Deleted,
        (false, false) => State::Live,
    };
    (state, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_marks() {
        let (state, body) = content(Some("&gt; a &amp; b<p>No: <i>c</i>."), true, false);
        assert_eq!(
            (state, body.text.as_str()),
            (State::Live, "> a & b\n\nNo: c.")
        );
        assert_eq!(
            content(Some("[flagged]"), true, true),
            (State::Removed, Body::default())
        );
        assert_eq!(content(None, false, false).0, State::Deleted);
        assert_eq!(
            content(Some("still there"), true, true).1.text,
            "still there"
        );
    }
}
