//! What all forms of Reddit's threads share: names of things, markers of deleted text, badges.
//!
//! [`object`] reads comments and submissions from the JSON of answers and dumps, [`gathering`] puts a
//! thread together from one document or several.

pub(super) mod gathering;
pub(super) mod object;

use crate::{
    text::Body,
    thread::{Author, ParentRef, State},
};

/// Where the board is.
pub(super) const HOST: &str = "https://www.reddit.com";

/// A thing's id without the prefix that says what it is: `t1_` a comment, `t2_` an account, `t3_` a submission.
pub(super) fn bare(name: &str) -> &str {
    let name = name.trim();
    match name.as_bytes() {
        [b't', b'0'..=b'9', b'_', ..] => &name[3..],
        _ => name,
    }
}

/// What a comment answers, by the full name of its parent.
pub(super) fn parent(name: &str) -> ParentRef {
    let id = bare(name);
    match id.is_empty() || name.trim().starts_with("t3_") {
        true => ParentRef::Root,
        false => ParentRef::Id(id.to_owned()),
    }
}

/// Whether a word can be the id of a thing.
pub(super) fn is_id(word: &str) -> bool {
    (1..=13).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}

/// The author of this name; accounts that are gone have none.
pub(super) fn author(name: &str, id: Option<&str>, badge: Option<String>) -> Option<Author> {
    let name = name.trim();
    let name = name.strip_prefix("u/").unwrap_or(name);
    let gone = name.is_empty() || notice(name).is_some() || name == "[unknown]";
    (!gone).then(|| Author {
        name: name.to_owned(),
        id: id.map(|id| bare(id).to_owned()).filter(|id| !id.is_empty()),
        anonymous: false,
        badge,
    })
}

/// The badge made of the marks that hold, in the board's order.
pub(super) fn badge(marks: &[(bool, &str)]) -> Option<String> {
    let held: Vec<_> = marks
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, mark)| *mark)
        .collect();
    (!held.is_empty()).then(|| held.join(", "))
}

/// What has become of a comment whose text is nothing but the board's notice.
pub(super) fn notice(text: &str) -> Option<State> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    match inner.trim().to_ascii_lowercase().as_str() {
        "deleted" | "deleted by user" | "comment deleted by user" => Some(State::Deleted),
        "removed"
        | "removed by reddit"
        | "removed by moderator"
        | "comment removed by moderator" => Some(State::Removed),
        _ => None,
    }
}

/// Parts a body from the state that it says, which leaves no text.
pub(super) fn state_of(body: Body) -> (State, Body) {
    match notice(&body.text).or_else(|| sentence(&body.text)) {
        Some(state) => (state, Body::default()),
        None => (State::Live, body),
    }
}

/// Notices that today's pages show without brackets.
fn sentence(text: &str) -> Option<State> {
    match text.trim() {
        "Comment deleted by user" => Some(State::Deleted),
        "Comment removed by moderator" | "Comment removed by Reddit" => Some(State::Removed),
        _ => None,
    }
}

/// Decodes the entities in a text, once.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest[1..]
            .find(';')
            .filter(|&end| end <= 10)
            .map(|end| &rest[1..=end]);
        match entity.and_then(letter) {
            Some((letter, name)) => {
                out.push(letter);
                rest = &rest[name + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The letter that an entity stands for, and the length of the entity's name.
fn letter(name: &str) -> Option<(char, usize)> {
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            };
            char::from_u32(code?).filter(|&letter| letter != '\0')?
        }
    };
    Some((letter, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_prefix() {
        for (name, id) in [
            ("t1_cu5", "cu5"),
            ("t3_9l", "9l"),
            ("cu5", "cu5"),
            ("tx_1", "tx_1"),
            ("", ""),
        ] {
            assert_eq!(bare(name), id);
        }
        assert_eq!(parent("t3_9l"), ParentRef::Root);
        assert_eq!(parent("t1_cu5"), ParentRef::Id("cu5".into()));
    }

    #[test]
    fn entities_are_decoded_once() {
        let text = "a &amp; b &lt;i&gt; &amp;gt; &#39;&#x200B; &bogus; &; R&D;x &#xd800;";
        assert_eq!(
            unescape(text),
            "a & b <i> &gt; '\u{200b} &bogus; &; R&D;x &#xd800;"
        );
        assert_eq!(unescape("é&é;"), "é&é;");
    }

    #[test]
    fn notices() {
        assert_eq!(notice("[deleted]"), Some(State::Deleted));
        assert_eq!(notice(" [ Removed by Reddit ] "), Some(State::Removed));
        assert_eq!(notice("[deleted] it was"), None);
    }
}
