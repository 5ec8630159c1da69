//! Questions that sources ask about the first bytes of an input.

use std::borrow::Cow;

/// The head as text, without a byte order mark and white space before it.
pub(super) fn text(head: &[u8]) -> Cow<'_, str> {
    without(String::from_utf8_lossy(head), |text| {
        text.trim_start_matches('\u{feff}').trim_start()
    })
}

/// The head of an HTML or XML page as text; none where the input begins otherwise.
pub(super) fn html(head: &[u8]) -> Option<Cow<'_, str>> {
    Some(text(head)).filter(|text| text.starts_with('<'))
}

/// The head of a JSON document as text; none where the input begins otherwise.
pub(super) fn json(head: &[u8]) -> Option<Cow<'_, str>> {
    let text = without(String::from_utf8_lossy(head), |text| {
        text.strip_prefix('\u{feff}')
            .unwrap_or(text)
            .trim_ascii_start()
    });
    Some(text).filter(|text| text.starts_with(['{', '[']))
}

/// What `trim` leaves at the end of a text.
fn without(text: Cow<'_, str>, trim: impl Fn(&str) -> &str) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
        Cow::Owned(mut text) => {
            let lead = text.len() - trim(&text).len();
            text.drain(..lead);
            Cow::Owned(text)
        }
    }
}

/// Whether the page says that it lives at `host` or below it; that it links there means nothing.
pub(super) fn lives_at(page: &str, host: &str) -> bool {
    page.split('<').any(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        let says_where = (tag.starts_with("link") || tag.starts_with("meta"))
            && (tag.contains("canonical") || tag.contains("og:url"));
        says_where && {
            let mut found = tag.match_indices(host);
            found.any(|(at, _)| {
                let before = tag[..at].ends_with("//")
                    || tag[..at].ends_with('.')
                        && tag[..at]
                            .rsplit_once("//")
                            .is_some_and(|(_, sub)| !sub.contains(['/', '?']));
                let after = tag[at + host.len()..].starts_with(['/', '"', '\'', '?', '#']);
                before && after
            })
        }
    })
}

/// What stands behind each member of this name in JSON that may be cut off.
pub(super) fn values<'a>(json: &'a str, key: &str) -> impl Iterator<Item = &'a str> {
    let key = format!("\"{key}\"");
    let mut rest = json;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find(&key)? + key.len()..];
            if let Some(value) = rest.trim_start().strip_prefix(':') {
                return Some(value.trim_start());
            }
        }
    })
}

/// Whether JSON that may be cut off has a member of this name.
pub(super) fn has_key(json: &str, key: &str) -> bool {
    values(json, key).next().is_some()
}

/// Whether JSON that may be cut off has members of all these names.
pub(super) fn has_keys(json: &str, keys: &[&str]) -> bool {
    keys.iter().all(|key| has_key(json, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_documents() {
        assert!(html(b"\xef\xbb\xbf \n<!DOCTYPE html>").is_some());
        assert!(html(b"see <a>").is_none());
        assert!(json(b"\xef\xbb\xbf[{").is_some());
        assert!(json(b"12").is_none());
        assert!(json(b"\xef\xbb\xbf {}").is_some() && json(b"<html>").is_none());
    }

    #[test]
    fn a_page_tells_where_it_lives() {
        for tag in [
            "<link rel=canonical href='https://it.example.org/x'>",
            "<meta property=\"og:url\" content=\"//example.org\">",
        ] {
            assert!(lives_at(tag, "example.org"), "{tag}");
        }
        for tag in [
            "<a href='https://example.org/'>canonical</a>",
            "<link rel=canonical href='https://notexample.org/'>",
            "<link rel=canonical href='https://example.org.test/'>",
            "<link rel=canonical href='https://other.test/?a=b.example.org/'>",
        ] {
            assert!(!lives_at(tag, "example.org"), "{tag}");
        }
    }

    #[test]
    fn keys_are_not_values() {
        assert!(has_key("{\"a\" : 1}", "a"));
        assert!(!has_key("{\"b\": \"a\"}", "a"));
        assert!(!has_key("{\"ba\": 1}", "a"));
        assert!(has_keys("{\"a\" : 1, \"b\":2}", &["a", "b"]));
        assert!(!has_keys("{\"x\": \"a\"}", &["a"]));
    }
}
