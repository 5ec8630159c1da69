//! Questions that sources ask about the first bytes of an input.

use std::borrow::Cow;

/// The head of an HTML page as text; none where the input begins otherwise.
pub(super) fn html(head: &[u8]) -> Option<Cow<'_, str>> {
    starting_with(head, &['<'])
}

/// The head of a JSON document as text; none where the input begins otherwise.
pub(super) fn json(head: &[u8]) -> Option<Cow<'_, str>> {
    starting_with(head, &['{', '['])
}

fn starting_with<'a>(head: &'a [u8], first: &[char]) -> Option<Cow<'a, str>> {
    let text = String::from_utf8_lossy(head);
    let begins = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(first);
    begins.then_some(text)
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

/// Whether a JSON text has the key, as far as the text goes.
pub(super) fn has_key(json: &str, key: &str) -> bool {
    let mut found = json.match_indices(key);
    found.any(|(at, _)| {
        json[..at].ends_with('"')
            && json[at + key.len()..]
                .strip_prefix('"')
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
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
    }
}
