//! What WordPress's exports and answers share: states, kinds, texts as they are stored.

use super::fields::html_body;
use crate::{
    text::Body,
    thread::{Author, CommentKind, State},
};

/// The state that a word for "approved" means; what waits for a moderator is kept with its text.
pub(super) fn state(approved: &str) -> State {
    match approved {
        "0" | "hold" | "unapproved" | "pending" => State::Collapsed,
        "spam" | "trash" | "post-trashed" => State::Removed,
        _ => State::Live,
    }
}

/// The kind that a comment's type means.
pub(super) fn kind(name: &str) -> CommentKind {
    match name {
        "pingback" | "trackback" => CommentKind::Pingback,
        _ => CommentKind::Comment,
    }
}

/// An author by name and number; the number 0 stands for a reader without an account.
pub(super) fn author(name: Option<&str>, id: Option<&str>) -> Author {
    Author {
        name: name.unwrap_or("Anonymous").to_owned(),
        id: id.filter(|id| *id != "0").map(str::to_owned),
        anonymous: name.is_none(),
        badge: None,
    }
}

/// The body of a text as it is stored: HTML in which an empty line parts paragraphs and a newline breaks one.
pub(super) fn stored_body(text: &str) -> Body {
    let text = text.replace("\r\n", "\n");
    if text.contains("<p>") || text.contains("<p ") || text.contains("<!-- wp:") {
        return html_body(&text);
    }
    let mut html = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let pre = rest.find("<pre").unwrap_or(rest.len());
        html.push_str(&rest[..pre].replace("\n\n", "<p>").replace('\n', "<br>"));
        rest = &rest[pre..];
        let end = rest
            .find("</pre>")
            .map_or(rest.len(), |end| end + "</pre>".len());
        html.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    html_body(&html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_texts_break_where_they_are_broken() {
        let body = stored_body(
            "One &lt;b>\r\ntwo\n\n\nThree\n<pre>a\n\n  b</pre>\n<blockquote>four</blockquote>",
        );
        assert_eq!(body.text, "One <b>\ntwo\n\nThree\n\na\n\n  b\n\nfour");
        assert_eq!(stored_body("<p>One\ntwo</p>").text, "One two");
    }

    #[test]
    fn states_and_authors() {
        assert_eq!(state("1"), State::Live);
        assert_eq!(state("spam"), State::Removed);
        assert_eq!(state("hold"), State::Collapsed);
        assert!(author(None, Some("0")).anonymous);
        assert_eq!(author(Some("Ann"), Some("4")).id.as_deref(), Some("4"));
    }
}
