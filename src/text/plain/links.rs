//! Finds bare URLs in text.

use crate::{span::Span, text::Link};

/// The bare URLs of `text` (`http://`, `https://`, `www.`) as links that lead where they say.
#[must_use]
pub fn links(text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = next_url(text, from) {
        let end = start + url_len(&text[start..]);
        let url = &text[start..end];
        let host = url.split_once("//").map(|(_, rest)| rest).or(url.get(4..));
        if host.is_some_and(|host| host.starts_with(char::is_alphanumeric)) {
            let span = Span::new(start, end);
            let url = url.to_owned();
            found.push(Link { span, url });
        }
        // Every URL begins with an ASCII letter and a second one.
        from = end.max(start + 1);
    }
    found
}

/// Where the next URL begins at or after `from`.
fn next_url(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let lead = |at: usize, prefix: &str| {
        let head = bytes.get(at..at + prefix.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    (from..bytes.len()).find(|&at| {
        matches!(bytes[at], b'h' | b'H' | b'w' | b'W')
            && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
            && (lead(at, "http://") || lead(at, "https://") || lead(at, "www."))
    })
}

/// Length of the URL that `text` begins with; punctuation and brackets around it are left out.
fn url_len(text: &str) -> usize {
    let stop = |c: char| c.is_whitespace() || c.is_control() || "<>\"“”«»`|\\^".contains(c);
    let run = &text[..text.find(stop).unwrap_or(text.len())];
    let count = |wanted: char| run.chars().filter(|&c| c == wanted).count();
    let mut spare = [('(', ')'), ('[', ']'), ('{', '}')]
        .map(|(open, close)| (close, count(close).saturating_sub(count(open))));
    let mut end = run.len();
    for c in run.chars().rev() {
        let bracket = spare
            .iter_mut()
            .find(|(close, left)| *close == c && *left > 0);
        match bracket {
            Some((_, left)) => *left -= 1,
            None if ".,;:!?'’‘*_~…。，".contains(c) => {}
            None => break,
        }
        end -= c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn urls_end_before_punctuation() {
        let urls = |text: &str| -> Vec<String> { links(text).into_iter().map(|l| l.url).collect() };
        assert_eq!(
            urls("See https://a.example/x. Or (http://b.example/y_(z))!"),
            ["https://a.example/x", "http://b.example/y_(z)"]
        );
        assert_eq!(
            urls("WWW.c.example, <https://d.example>"),
            ["WWW.c.example", "https://d.example"]
        );
        assert!(urls("http:// https://). xhttp://e.example www...").is_empty());
    }

    proptest! {
        #[test]
        fn links_are_in_order_and_to_the_letter(text in "(https?://|www\\.|[a-z/.()é ]){0,30}") {
            let mut at = 0;
            for link in links(&text) {
                prop_assert!(at <= link.span.start() && !link.span.is_empty());
                prop_assert_eq!(link.span.slice(&text), link.url);
                at = link.span.end();
            }
        }
    }
}
