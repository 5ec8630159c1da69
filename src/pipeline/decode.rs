//! Text in other encodings than UTF-8 as UTF-8, while it streams.

use super::peek::peek;
use crate::error::Result;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

/// A stream without its byte order mark; UTF-16, with a mark or without, becomes UTF-8.
pub(super) fn utf8(input: Box<dyn BufRead>) -> Result<Box<dyn BufRead>> {
    let (head, mut whole) = peek(input, 4)?;
    let (encoding, mark) = match head.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => (None, 3),
        [0xff, 0xfe, ..] => (Some(UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Some(UTF_16BE), 2),
        // Pages and JSON begin with two ASCII characters.
        [1..=0x7f, 0, 1..=0x7f, 0] => (Some(UTF_16LE), 0),
        [0, 1..=0x7f, 0, 1..=0x7f] => (Some(UTF_16BE), 0),
        _ => (None, 0),
    };
    io::copy(&mut whole.by_ref().take(mark), &mut io::sink())?;
    Ok(match encoding {
        Some(encoding) => Box::new(Transcoded::new(whole, encoding)),
        None => whole,
    })
}

/// A text as UTF-8: as it is where it is that already, else from the encoding with this name.
pub(super) fn from_label(text: Vec<u8>, label: Option<&str>) -> Vec<u8> {
    let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    match encoding {
        Some(encoding) if std::str::from_utf8(&text).is_err() => {
            match encoding.decode_without_bom_handling_and_without_replacement(&text) {
                Some(text) => text.into_owned().into_bytes(),
                None => text,
            }
        }
        _ => text,
    }
}

/// How much is decoded at once.
const ROOM: usize = 32 * 1024;

/// Makes UTF-8 of another encoding; what does not decode becomes U+FFFD.
struct Transcoded<R> {
    input: R,
    decoder: Decoder,
    /// What was decoded, and how much of that was read.
    ready: Vec<u8>,
    read: usize,
    ended: bool,
}

impl<R: BufRead> Transcoded<R> {
    fn new(input: R, encoding: &'static Encoding) -> Self {
        Self {
            input,
            decoder: encoding.new_decoder_without_bom_handling(),
            ready: Vec::new(),
            read: 0,
            ended: false,
        }
    }
}

impl<R: BufRead> BufRead for Transcoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.read >= self.ready.len() && !self.ended {
            let bytes = self.input.fill_buf()?;
            let last = bytes.is_empty();
            self.ready.resize(ROOM, 0);
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(bytes, &mut self.ready, last);
            self.input.consume(read);
            self.ready.truncate(written);
            self.read = 0;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(self.ready.get(self.read..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.read += count;
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn decoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        utf8(Box::new(Cursor::new(bytes.to_vec())))
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let text = format!("<p>Größe 🔑</p>{}", "見る ".repeat(20_000));
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decoded(&utf16(&format!("\u{feff}{text}"), bytes)), text);
            assert_eq!(decoded(&utf16(&text, bytes)), text);
        }
        let cut = utf16("\u{feff}ab", u16::to_le_bytes);
        assert_eq!(decoded(&cut[..cut.len() - 1]), "a\u{fffd}");
    }

    #[test]
    fn utf8_loses_its_mark_alone() {
        for (bytes, text) in [
            ("\u{feff} <p>", " <p>"),
            ("<p>", "<p>"),
            ("", ""),
            ("é", "é"),
        ] {
            assert_eq!(decoded(bytes.as_bytes()), text);
        }
        assert_eq!(decoded(b"\xef\xbb\xbf"), "");
    }

    #[test]
    fn a_label_counts_where_the_text_is_not_utf8() {
        assert_eq!(
            from_label(b"Gr\xf6\xdfe".to_vec(), Some("ISO-8859-1")),
            "Größe".as_bytes()
        );
        assert_eq!(
            from_label("Größe".into(), Some("ISO-8859-1")),
            "Größe".as_bytes()
        );
        for label in [None, Some("nonsense"), Some("utf-8")] {
            assert_eq!(from_label(b"\xf6".to_vec(), label), b"\xf6");
        }
    }
}
