//! URLs in running text: where they end, and their normal form (WHATWG URL, RFC 3986).

use crate::span::Span;
use url::Url;

/// Marks that end a sentence or a stress rather than a URL.
const MARKS: &[char] = &['.', ',', ';', ':', '!', '?', '*', '_', '~', '\'', '’'];

/// `span` without the marks and the closing brackets at its end that belong to the sentence.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let mut end = span.end();
    let whole = span.slice(text);
    let count = |mark: char| whole.matches(mark).count();
    // Brackets that are closed and not opened stand around the URL: `[words](https://a.example)`.
    let extra = |open: char, close: char| count(close).saturating_sub(count(open));
    let mut round = extra('(', ')');
    let mut square = extra('[', ']');
    while let Some(last) = text[span.start()..end].chars().next_back() {
        let extra = match last {
            ')' => Some(&mut round),
            ']' => Some(&mut square),
            _ => None,
        };
        match extra {
            Some(0) => break,
            Some(extra) => *extra -= 1,
            None if MARKS.contains(&last) => {}
            None => break,
        }
        end -= last.len_utf8();
    }
    Span::new(span.start(), end)
}

/// A URL that could be read.
pub(super) struct Read {
    /// The normal form: scheme and host in lower case and ASCII, no default port, an absolute path.
    pub(super) id: String,
    /// Where its host stands in the text that was read.
    pub(super) host: Span,
}

/// Reads a URL with a host; `None` where it has none.
pub(super) fn read(text: &str) -> Option<Read> {
    let url = Url::parse(text).ok()?;
    url.host_str().filter(|host| !host.is_empty())?;
    let authority = text.find("://")? + 3;
    let rest = &text[authority..];
    let rest = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let start = rest.rfind('@').map_or(0, |at| at + 1);
    let host = &rest[start..];
    let end = if host.starts_with('[') {
        host.find(']')? + 1
    } else {
        host.find(':').unwrap_or(host.len())
    };
    let start = authority + start;
    Some(Read {
        id: url.into(),
        host: Span::new(start, start + end),
    })
}
