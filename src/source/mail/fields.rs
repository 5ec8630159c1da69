//! Reads the values of fields: ids, authors, dates, words.

use super::super::time;
use crate::thread::Author;
use jiff::Timestamp;
use mail_parser::{HeaderValue, parsers::MessageStream};

/// Bytes beyond which something in angle brackets is no id.
const LONGEST_ID: usize = 998;

/// The words of a value on one line, with encoded words decoded.
pub(in super::super) fn words(value: &str) -> String {
    let ended = format!("{}\n", value.trim());
    let decoded = match value.contains("=?") {
        true => MessageStream::new(ended.as_bytes())
            .parse_unstructured()
            .into_text(),
        false => None,
    };
    let words: Vec<_> = decoded
        .as_deref()
        .unwrap_or(value)
        .split_whitespace()
        .collect();
    words.join(" ")
}

/// The ids in a value, without their brackets; mailers break lines inside them, and archives write `@`
/// as " at ".
pub(in super::super) fn ids(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = value;
    while let Some((_, inner)) = rest.split_once('<') {
        let Some((id, behind)) = inner.split_once('>') else {
            break;
        };
        // A bracket that nothing closed stands before one that is an id.
        let id = id.rsplit('<').next().unwrap_or(id);
        found.extend(tidy(id));
        rest = behind;
    }
    if found.is_empty() {
        let bare = value.replace(" at ", "@");
        let words = bare
            .split_whitespace()
            .filter(|word| word.contains('@') && !word.contains(['<', '"', '(']));
        found.extend(words.filter_map(tidy));
    }
    found
}

fn tidy(id: &str) -> Option<String> {
    let id: String = id.replace(" at ", "@").split_whitespace().collect();
    (!id.is_empty() && id.len() <= LONGEST_ID).then_some(id)
}

/// The id that `In-Reply-To` states, if it holds nothing else, and those that it may name among other words
/// ("Your message of Monday <ada@a.example>").
pub(in super::super) fn in_reply_to(value: &str) -> (Option<String>, Vec<String>) {
    let ids = ids(value);
    let inner = value
        .trim()
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    let sure = inner.is_some_and(|inner| !inner.contains(['<', '>']));
    match ids.as_slice() {
        [id] if sure || !value.contains('<') && !value.trim().contains(' ') => {
            (Some(id.clone()), Vec::new())
        }
        _ => (None, ids),
    }
}

/// The author of a message, by the function that gives a field's words.
pub(in super::super) fn author(value: &mut dyn FnMut(&str) -> Option<String>) -> Option<Author> {
    let from = value("from").or_else(|| value("sender"))?;
    let (mut name, mut address) = mailbox(&from);
    // Lists that rewrite senders ("Ada via Keys <keys@a.example>") put the author elsewhere.
    if let Some(own) = name
        .as_deref()
        .and_then(|name| name.split_once(" via "))
        .map(|(own, _)| own.trim())
    {
        let own = own.trim_matches(['"', '\'']).to_owned();
        let original = value("x-original-from").or_else(|| value("reply-to"));
        if let Some((_, original)) = original.as_deref().map(mailbox) {
            address = original;
        }
        name = Some(own).filter(|own| !own.is_empty()).or(name);
    }
    let shown = name.or_else(|| address.clone())?;
    let lower = shown.to_lowercase();
    let anonymous =
        lower.starts_with("anonymous") || matches!(lower.as_str(), "nobody" | "unknown");
    Some(Author {
        name: shown,
        id: address
            .map(|address| address.to_lowercase())
            .filter(|_| !anonymous),
        anonymous,
        badge: None,
    })
}

/// Name and address of the first mailbox of a value, whose " at " becomes `@`.
fn mailbox(value: &str) -> (Option<String>, Option<String>) {
    // The name, in brackets, may hold the address once more.
    let named = value.split('(').next().unwrap_or(value);
    let value = match named.contains('@') {
        true => value.to_owned(),
        false => repaired(value),
    };
    let ended = format!("{value}\n");
    let parsed = MessageStream::new(ended.as_bytes()).parse_address();
    let first = match &parsed {
        HeaderValue::Address(address) => address.first(),
        _ => None,
    };
    let text = |part: Option<&str>| {
        let part = part?.trim().trim_matches(['"', '\'']);
        let words: Vec<_> = part.split_whitespace().collect();
        Some(words.join(" ")).filter(|words| !words.is_empty())
    };
    let name = text(first.and_then(|first| first.name.as_deref()));
    let address = text(first.and_then(|first| first.address.as_deref()));
    match address {
        Some(address) if !address.contains('@') => (name.or_else(|| Some(address.clone())), None),
        // Archives that hide addresses repeat them in place of names.
        address => (name.filter(|name| Some(repaired(name)) != address), address),
    }
}

/// A value with the `@` that an archive wrote as " at " or "(a)".
fn repaired(value: &str) -> String {
    let Some((before, after)) = value.split_once(" at ").or_else(|| value.split_once("(a)")) else {
        return value.to_owned();
    };
    let local = before.rsplit(['<', ' ']).next().unwrap_or(before);
    let host = after.split(['>', ' ']).next().unwrap_or(after);
    let fits = |part: &str| !part.is_empty() && !part.contains(['"', '(', ')', ',']);
    if !fits(local)
        || !fits(host)
        || !host.contains('.') && !after[host.len()..].starts_with(['>', ' '])
    {
        return value.to_owned();
    }
    format!("{before}@{after}")
}

/// The instant that `Date` names.
pub(in super::super) fn date(value: &str) -> Option<Timestamp> {
    let value = value.trim();
    if let Some(instant) = time::parse(value) {
        return Some(instant).filter(|instant| is_likely(*instant));
    }
    let ended = format!("{value}\n");
    let HeaderValue::DateTime(read) = MessageStream::new(ended.as_bytes()).parse_date() else {
        return None;
    };
    let instant = read
        .is_valid()
        .then(|| Timestamp::from_second(read.to_timestamp()).ok())?;
    instant.filter(|instant| is_likely(*instant))
}

/// Whether there was mail at an instant, or will be before long.
fn is_likely(instant: Timestamp) -> bool {
    const BEGIN: i64 = 0;
    const END: i64 = 4_102_444_800;
    (BEGIN..END).contains(&instant.as_second())
}

/// Whether a word is a day's name as archives write it.
pub(in super::super) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    DAYS.contains(&word.trim_end_matches(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_all_states() {
        assert_eq!(ids("<a@b> <c\n d@e>\t<f at g>"), ["a@b", "cd@e", "f@g"]);
        assert_eq!(ids("1207@a.example"), ["1207@a.example"]);
        assert_eq!(ids("Message of Monday"), [""; 0]);
        assert_eq!(ids("<< a@b> <open"), ["a@b"]);
    }

    #[test]
    fn what_a_reply_states_and_what_it_may_name() {
        assert_eq!(in_reply_to(" <a@b> "), (Some("a@b".into()), vec![]));
        assert_eq!(
            in_reply_to("Your message of \"Mon\" <a@b>"),
            (None, vec!["a@b".into()])
        );
        assert_eq!(
            in_reply_to("<a@b> (Ada's message of Monday)"),
            (None, vec!["a@b".into()])
        );
        assert_eq!(
            in_reply_to("<a@b> <c@d>"),
            (None, vec!["a@b".into(), "c@d".into()])
        );
        assert_eq!(in_reply_to("a@b"), (Some("a@b".into()), vec![]));
        assert_eq!(in_reply_to(""), (None, vec![]));
    }

    fn read(from: &str) -> (String, Option<String>) {
        let author = author(&mut |name| (name == "from").then(|| words(from))).expect("an author");
        (author.name, author.id)
    }

    #[test]
    fn authors() {
        for (from, name, id) in [
            (
                "Ada Example <Ada@a.example>",
                "Ada Example",
                Some("ada@a.example"),
            ),
            (
                "ada@a.example (Ada Example)",
                "Ada Example",
                Some("ada@a.example"),
            ),
            (
                "ada at a.example (Ada Example)",
                "Ada Example",
                Some("ada@a.example"),
            ),
            (
                "ada at localhost (Ada Example)",
                "Ada Example",
                Some("ada@localhost"),
            ),
            (
                "ada at a.example (ada at a.example)",
                "ada@a.example",
                Some("ada@a.example"),
            ),
            (
                "ada at a.example (ada@a.example)",
                "ada@a.example",
                Some("ada@a.example"),
            ),
            (
                "Ada Example <ada at a.example>",
                "Ada Example",
                Some("ada@a.example"),
            ),
            ("ada(a)a.example", "ada@a.example", Some("ada@a.example")),
            (
                "\"Example, Ada\" <ada@a.example>",
                "Example, Ada",
                Some("ada@a.example"),
            ),
            (
                "=?utf-8?q?Zo=C3=AB?= <zoe@a.example>",
                "Zoë",
                Some("zoe@a.example"),
            ),
            (
                "=?utf-8?b?5Lit5paH?= <z@a.example>",
                "中文",
                Some("z@a.example"),
            ),
            ("ada@a.example", "ada@a.example", Some("ada@a.example")),
            ("Anonymous <nobody@a.example>", "Anonymous", None),
            ("Ada", "Ada", None),
        ] {
            assert_eq!(
                read(from),
                (name.to_owned(), id.map(str::to_owned)),
                "{from}"
            );
        }
    }

    #[test]
    fn lists_that_rewrite_senders() {
        let author = author(&mut |name| match name {
            "from" => Some("Ada via Keys <keys@a.example>".into()),
            "reply-to" => Some("Ada <ada@b.example>".into()),
            _ => None,
        });
        let author = author.expect("an author");
        assert_eq!(
            (author.name.as_str(), author.id.as_deref()),
            ("Ada", Some("ada@b.example"))
        );
    }

    #[test]
    fn dates_in_all_states() {
        for text in [
            "Tue, 1 Apr 2008 07:36:46 +0200",
            "1 Apr 2008 05:36:46 GMT",
            "Tue, 01 Apr 2008 07:36:46 +0200 (CEST)",
            "Tue Apr  1 05:36:46 2008",
            "Tue, 01 Apr 08 01:36:46 EDT",
            "Tue,  1 Apr 2008 05:36:46",
            "2008-04-01T05:36:46Z",
            "Tue Apr  1 07:36:46 CEST 2008",
        ] {
            let read = date(text).map(|instant| instant.to_string());
            assert_eq!(read.as_deref(), Some("2008-04-01T05:36:46Z"), "{text}");
        }
        for text in ["", "soon", "Tue, 99 Foo 2008", "1 Jan 1904 00:00:00 GMT"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
