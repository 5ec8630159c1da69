//! The fields at the head of a message or of one of its parts.

use super::{decode, fields};

/// The fields of a message, as they stand, and what follows them.
#[derive(Debug, Clone)]
pub(crate) struct Headers<'a> {
    fields: Vec<(&'a [u8], &'a [u8])>,
    pub(crate) body: &'a [u8],
}

impl<'a> Headers<'a> {
    /// Reads fields up to an empty line, or to a line that is none. Empty lines before them are passed over.
    pub(crate) fn read(raw: &'a [u8]) -> Self {
        let start = raw.iter().position(|byte| !matches!(byte, b'\r' | b'\n'));
        Self::of_part(&raw[start.unwrap_or(raw.len())..])
    }

    /// Reads the fields of a part, which may have none.
    pub(crate) fn of_part(raw: &'a [u8]) -> Self {
        let mut fields: Vec<(&[u8], &[u8])> = Vec::new();
        let mut rest = raw;
        loop {
            let line = line(rest);
            let behind = &rest[line.len()..];
            if line.trim_ascii().is_empty() {
                return Self {
                    fields,
                    body: behind,
                };
            }
            if matches!(line[0], b' ' | b'\t') && !fields.is_empty() {
                if let Some((_, value)) = fields.last_mut() {
                    // The field and its continuation stand side by side in the message.
                    let start = raw.len() - rest.len() - value.len();
                    *value = &raw[start..raw.len() - behind.len()];
                }
            } else if let Some(name) = name(line) {
                fields.push((name.trim_ascii(), &line[name.len() + 1..]));
            } else if !line.starts_with(b"From ") && !line.starts_with(b">From ") {
                return Self { fields, body: rest };
            }
            rest = behind;
        }
    }

    /// The value of the first field of a name, as it stands.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    /// The values of all fields of a name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        let fields = self.fields.iter();
        fields.filter_map(move |(found, value)| {
            found
                .eq_ignore_ascii_case(name.as_bytes())
                .then_some(*value)
        })
    }

    /// The words of the first field of a name on one line, decoded, and whether they were UTF-8; none where
    /// there are none.
    pub(crate) fn text(&self, name: &str) -> Option<(String, bool)> {
        let (value, was_utf8) = decode::text(self.raw(name)?, None);
        let words = fields::words(&value);
        (!words.is_empty()).then_some((words, was_utf8))
    }

    /// How many fields of these names there are.
    pub(crate) fn count(&self, names: &[&str]) -> usize {
        names.iter().filter(|name| self.raw(name).is_some()).count()
    }

    /// Whether there are no fields.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

/// The first line of `text` with its end.
pub(crate) fn line(text: &[u8]) -> &[u8] {
    match text.iter().position(|&byte| byte == b'\n') {
        Some(end) => &text[..=end],
        None => text,
    }
}

/// The name of the field that a line begins, with white space behind it.
pub(crate) fn name(line: &[u8]) -> Option<&[u8]> {
    const LONGEST: usize = 80;
    let end = line.iter().take(LONGEST).position(|&byte| byte == b':')?;
    let name = &line[..end];
    let trimmed = name.trim_ascii_end();
    let printable = trimmed.iter().all(u8::is_ascii_graphic);
    (printable && !trimmed.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_their_continuations() {
        let raw = b"\nFrom a 1\r\nSubject: One\r\n two\r\nX : y\n\nBody: no\n";
        let headers = Headers::read(raw);
        assert_eq!(headers.text("SUBJECT"), Some(("One two".to_owned(), true)));
        assert_eq!(headers.raw("x").map(<[u8]>::trim_ascii), Some(&b"y"[..]));
        assert_eq!(headers.body, b"Body: no\n");
    }

    #[test]
    fn a_line_that_is_no_field_begins_the_body() {
        let headers = Headers::read(b"From: a\nWords here\n");
        assert_eq!(headers.body, b"Words here\n");
        assert!(Headers::read(b" only words").is_empty());
    }
}
