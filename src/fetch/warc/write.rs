//! Writes records.

use flate2::{Compression, write::GzEncoder};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::{
    fmt::Write as _,
    io::{self, Write},
};

/// A record that is to be written.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    /// `response`, `request` or the like.
    pub(super) kind: &'a str,
    pub(super) content_type: &'a str,
    /// Further header fields.
    pub(super) fields: Vec<(&'a str, String)>,
    /// The content up to the payload.
    pub(super) head: &'a [u8],
    pub(super) payload: &'a [u8],
}

/// A record's id. It is made of what the record holds and of its place, not of chance; it has the form of
/// a UUID of version 8 (RFC 9562, 5.8).
pub(super) fn id(date: Timestamp, place: u64, kind: &str, content: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{date} {place} {kind} ").as_bytes());
    hash.update(content);
    let hash = hash.finalize();
    let mut hex = String::new();
    for (at, byte) in hash.iter().take(16).enumerate() {
        let byte = match at {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if matches!(at, 4 | 6 | 8 | 10) {
            hex.push('-');
        }
        let _ = write!(hex, "{byte:02x}");
    }
    format!("<urn:uuid:{hex}>")
}

/// The form of times in records, to the second.
pub(super) fn date(time: Timestamp) -> String {
    let whole = Timestamp::from_second(time.as_second()).unwrap_or(time);
    whole.to_string()
}

/// A digest in the form of WARC files.
pub(super) fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    format!("sha256:{}", base32(&hash.finalize()))
}

/// RFC 4648, 6.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    for group in bytes.chunks(5) {
        let bits = (0..5).fold(0u64, |bits, at| {
            bits << 8 | u64::from(group.get(at).copied().unwrap_or(0))
        });
        let letters = (group.len() * 8).div_ceil(5);
        for at in 0..8 {
            let value = (bits >> (35 - 5 * at)) as usize & 31;
            text.push(if at < letters {
                LETTERS[value].into()
            } else {
                '='
            });
        }
    }
    text
}

/// Appends a record to `out` as one gzip member.
pub(super) fn append(
    record: &Record<'_>,
    id: &str,
    date: &str,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let mut text = format!(
        "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {date}\r\n",
        record.kind
    );
    for (name, value) in &record.fields {
        // A line end within a value would begin a field of its own.
        let value = value.replace(['\r', '\n'], " ");
        let _ = write!(text, "{name}: {value}\r\n");
    }
    let _ = write!(
        text,
        "WARC-Block-Digest: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
        digest(&[record.head, record.payload]),
        record.content_type,
        record.head.len() + record.payload.len()
    );
    let mut packer = GzEncoder::new(out, Compression::default());
    packer.write_all(text.as_bytes())?;
    packer.write_all(record.head)?;
    packer.write_all(record.payload)?;
    packer.write_all(b"\r\n\r\n")?;
    packer.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_is_that_of_the_rfc() {
        let cases = [
            ("", ""),
            ("f", "MY======"),
            ("fo", "MZXQ===="),
            ("foo", "MZXW6==="),
            ("foob", "MZXW6YQ="),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI======"),
        ];
        for (text, expected) in cases {
            assert_eq!(base32(text.as_bytes()), expected);
        }
    }

    #[test]
    fn ids_are_uuids_that_differ() {
        let time = Timestamp::UNIX_EPOCH;
        let id = |place| id(time, place, "response", b"x");
        let first = id(0);
        assert_eq!(first.len(), "<urn:uuid:>".len() + 36);
        assert_eq!(&first[23..25], "-8");
        assert_ne!(first, id(1));
        assert_eq!(first, id(0));
    }
}
