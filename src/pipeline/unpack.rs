//! Compressed inputs as the bytes that they hold, recognized by their first bytes.

use super::peek::peek;
use crate::error::{Error, ErrorKind, Result};
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// Compression inside compression, as of a gzip file in a zstd archive; more layers are an attack.
const LAYERS: usize = 4;

/// How far back a zstd stream may refer: what its decoder must hold in memory. The dumps of large boards
/// need all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window(u32);

impl Window {
    /// Logarithms of the sizes that zstd knows; the largest is 2 GiB.
    const LOGS: std::ops::RangeInclusive<u32> = 10..=31;

    /// Reads a size in bytes, or its logarithm to base 2 where the number is 31 or less.
    ///
    /// # Errors
    /// When it is no number, or no size that zstd knows.
    pub fn parse(text: &str) -> Result<Self> {
        let number: Option<u64> = text.trim().parse().ok();
        let log = number.and_then(|number| match number {
            0..=31 => u32::try_from(number).ok(),
            _ => number.checked_ilog2(),
        });
        log.filter(|log| Self::LOGS.contains(log))
            .map(Self)
            .ok_or_else(|| {
                let cause = format!("{text:?} is no size of a window");
                Error::new(ErrorKind::Malformed, cause)
                    .remedy("give its logarithm to base 2, from 10 to 31, or bytes, from 1024 to 4294967295")
            })
    }
}

impl Default for Window {
    fn default() -> Self {
        Self(*Self::LOGS.end())
    }
}

/// What lies beneath all layers of compression.
pub(super) fn unpack(mut raw: Box<dyn BufRead>, window: Window) -> Result<Box<dyn BufRead>> {
    for _ in 0..=LAYERS {
        let (head, whole) = peek(raw, 6)?;
        raw = match Format::of(&head)? {
            None => return Ok(whole),
            Some(Format::Gzip) => Box::new(BufReader::new(MultiGzDecoder::new(whole))),
            Some(Format::Zstd) => Box::new(BufReader::new(Zstd::new(whole, window)?)),
        };
    }
    let cause = format!("the input is compressed more than {LAYERS} times over");
    Err(Error::new(ErrorKind::TooLarge, cause).remedy("unpack it by hand"))
}

#[derive(Debug, Clone, Copy)]
enum Format {
    Gzip,
    Zstd,
}

impl Format {
    /// The format whose mark stands at the beginning; none for what is not compressed.
    fn of(head: &[u8]) -> Result<Option<Self>> {
        Ok(match head {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            // A zstd stream may begin with a frame that readers skip.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            _ => {
                let unread = UNREAD.iter().find(|(mark, ..)| head.starts_with(mark));
                if let Some((_, name, remedy)) = unread {
                    let cause = format!("the input is packed with {name}, which is not read");
                    return Err(Error::new(ErrorKind::NotText, cause).remedy(*remedy));
                }
                None
            }
        })
    }
}

/// Marks of formats that are not read, with what unpacks them.
const UNREAD: [(&[u8], &str, &str); 4] = [
    (
        b"\xfd7zXZ\0",
        "xz",
        "unpack it with `xz -d`, or give it as `xz -dc FILE | rejoinder ... -`",
    ),
    (
        b"BZh",
        "bzip2",
        "unpack it with `bzip2 -d`, or give it as `bzip2 -dc FILE | rejoinder ... -`",
    ),
    (
        b"PK\x03\x04",
        "zip",
        "unpack it with `unzip` and give the folder",
    ),
    (
        b"7z\xbc\xaf\x27\x1c",
        "7-Zip",
        "unpack it with `7z x` and give the folder",
    ),
];

/// A zstd stream whose error about its window says what to do.
struct Zstd<R: BufRead> {
    inner: zstd::stream::read::Decoder<'static, R>,
    window: Window,
}

impl<R: BufRead> Zstd<R> {
    fn new(input: R, window: Window) -> Result<Self> {
        let mut inner = zstd::stream::read::Decoder::with_buffer(input)?;
        inner.window_log_max(window.0)?;
        Ok(Self { inner, window })
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read(into).map_err(|error| {
            if !error.to_string().contains("too much memory") {
                return error;
            }
            let log = self.window.0;
            io::Error::other(format!(
                "the zstd stream needs a window larger than 2^{log} bytes; allow it with --max-window 31, \
                 which may take 2 GiB of memory"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::{Cursor, Write};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    /// A zstd frame (RFC 8878) of one raw block, which says that it needs a window of 2^`log` bytes.
    fn zstd(bytes: &[u8], log: u8) -> Vec<u8> {
        let block = u32::try_from(bytes.len()).unwrap() << 3 | 1;
        let mark = [0x28, 0xb5, 0x2f, 0xfd];
        let head = [0, (log - 10) << 3];
        [&mark[..], &head, &block.to_le_bytes()[..3], bytes].concat()
    }

    fn unpacked(bytes: Vec<u8>, window: Window) -> Result<String> {
        let mut text = String::new();
        unpack(Box::new(Cursor::new(bytes)), window)?.read_to_string(&mut text)?;
        Ok(text)
    }

    fn read(bytes: Vec<u8>) -> String {
        unpacked(bytes, Window::default()).unwrap()
    }

    #[test]
    fn compression_is_recognized_by_its_bytes_and_may_have_several_members() {
        assert_eq!(
            read([gzip(b"one\n"), gzip(b"two\n")].concat()),
            "one\ntwo\n"
        );
        assert_eq!(
            read([zstd(b"one\n", 20), zstd(b"two\n", 20)].concat()),
            "one\ntwo\n"
        );
        let skipped = [b"\x50\x2a\x4d\x18\x02\0\0\0xx".to_vec(), zstd(b"one", 20)];
        assert_eq!(read(skipped.concat()), "one");
        for plain in ["", "\u{1f}", "text", "("] {
            assert_eq!(read(plain.into()), plain);
        }
    }

    #[test]
    fn layers_are_unpacked_up_to_a_bound() {
        assert_eq!(read(zstd(&gzip(b"x"), 20)), "x");
        let mut packed = b"x".to_vec();
        for _ in 0..LAYERS {
            packed = gzip(&packed);
        }
        assert_eq!(read(packed.clone()), "x");
        let error = unpacked(gzip(&packed), Window::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
    }

    #[test]
    fn windows_as_large_as_dumps_need_are_read_and_larger_ones_than_allowed_refused() {
        let dump = zstd(b"a dump", 31);
        assert_eq!(read(dump.clone()), "a dump");
        let error = unpacked(dump, Window::parse("27").unwrap())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("larger than 2^27") && error.contains("--max-window 31"),
            "{error}"
        );
        assert_eq!(
            unpacked(zstd(b"x", 27), Window::parse("27").unwrap()).unwrap(),
            "x"
        );
    }

    #[test]
    fn windows_are_given_in_bytes_or_as_a_logarithm() {
        for (text, log) in [
            ("31", 31),
            ("10", 10),
            ("1024", 10),
            ("134217728", 27),
            ("200000000", 27),
        ] {
            assert_eq!(Window::parse(text).unwrap(), Window(log), "{text}");
        }
        for text in ["", "x", "0", "9", "32", "1000", "8589934592", "-1", "1.5"] {
            assert!(Window::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_packed_otherwise_says_how_to_unpack_it() {
        let error = unpacked(b"BZh91AY&SY".to_vec(), Window::default())
            .unwrap_err()
            .to_string();
        assert!(error.contains("bzip2 -d"), "{error}");
    }
}
