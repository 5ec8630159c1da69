//! Character sets other than UTF-8, as pages declare them.

use encoding_rs::Encoding;

/// A character set that a page says it is written in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Charset(&'static Encoding);

/// The character set that the beginning of an HTML or XML page declares.
pub(super) fn declared(page: &[u8]) -> Option<Charset> {
    /// Browsers look no further (HTML Living Standard, "prescan a byte stream").
    const PRESCAN: usize = 1024;
    let head = page.get(..PRESCAN).unwrap_or(page).trim_ascii_start();
    if head.first() != Some(&b'<') {
        return None;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let names = ["charset=", "encoding="].iter().filter_map(|key| {
        let at = head.find(key)? + key.len();
        let value = head[at..].trim_start_matches(['"', '\'']);
        value.split(['"', '\'', ' ', ';', '>', '?']).next()
    });
    named(names.map(str::as_bytes))
}

/// windows-1252, which browsers take a page for that declares nothing, where no character of a text is
/// UTF-8 of several bytes: one damaged byte must not turn all others into nonsense. JSON is UTF-8 always.
pub(super) fn usual(text: &[u8]) -> Option<Charset> {
    let is_utf8 = text.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let first = text.trim_ascii_start().first();
    let is_text = !text.contains(&0) && !matches!(first, Some(b'{' | b'['));
    (!is_utf8 && is_text).then_some(Charset(encoding_rs::WINDOWS_1252))
}

/// The first of these names that is a character set's.
fn named<'a>(names: impl IntoIterator<Item = &'a [u8]>) -> Option<Charset> {
    names.into_iter().find_map(Encoding::for_label).map(Charset)
}

impl Charset {
    /// The text of `bytes`; none where they are not of this character set.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        let text = self
            .0
            .decode_without_bom_handling_and_without_replacement(bytes);
        text.map(std::borrow::Cow::into_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(page: &[u8]) -> Option<String> {
        declared(page)?.decode(page)
    }

    #[test]
    fn pages_say_what_they_are_written_in() {
        let html = b"<html><meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>Gr\xfc\xdfe";
        assert!(decode(html).is_some_and(|text| text.ends_with("Gr\u{fc}\u{df}e")));
        let xml = b"<?xml version=\"1.0\" encoding=\"koi8-r\"?><a>\xcd\xc9\xd2</a>";
        assert!(decode(xml).is_some_and(|text| text.contains("\u{43c}\u{438}\u{440}")));
    }

    #[test]
    fn what_declares_nothing_is_windows_1252_unless_some_of_it_is_utf8() {
        let text = |bytes: &[u8]| usual(bytes)?.decode(bytes);
        assert_eq!(
            text(b"it\x92s Gr\xfc\xdfe").as_deref(),
            Some("it\u{2019}s Grüße")
        );
        assert_eq!(text("Grüße \u{2019}".as_bytes()), None);
        assert_eq!(text(b"Gr\xc3\xbc\xdfe"), None);
        assert_eq!(text(b"\0\xdf"), None);
        assert_eq!(text(b"{\"text\":\"Gr\xc3"), None);
    }

    #[test]
    fn what_is_not_declared_or_does_not_hold_is_not_decoded() {
        assert_eq!(decode(b"<html>\xfc"), None);
        assert_eq!(decode(b"charset=latin1 \xfc"), None);
        assert_eq!(decode(b"<meta charset=nonsense>\xfc"), None);
        assert_eq!(decode(b"<meta charset=utf-8>\xfc"), None);
    }
}
