//! The records of a WARC file, one by one and bounded in size (ISO 28500, versions 0.17 to 1.1).

use crate::error::{Error, ErrorKind, Result};
use std::io::{self, BufRead, Read};

/// A record's or a message's named fields; longer ones are no header.
const HEADER_LIMIT: u64 = 256 * 1024;

/// How much of what stands between records is passed over in search of the next.
const GAP_LIMIT: usize = 16 * 1024 * 1024;

/// What every record begins with.
pub(super) const MARK: &[u8] = b"WARC/";

/// Named fields, as of a record or of an HTTP message.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of a header, one a line; a line that begins with white space goes on with the one before.
    pub(super) fn parse(header: &[u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in String::from_utf8_lossy(header).lines() {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Self(fields)
    }

    /// The first value of the field with this name, which is written in lower case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(key, _)| key == name);
        field
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

/// The end of a header that stands at the beginning of `bytes`, and where what follows it begins.
pub(super) fn header_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut start = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if line.trim_ascii().is_empty() && line.ends_with(b"\n") {
            return Some((start, start + line.len()));
        }
        start += line.len();
    }
    None
}

/// Reads records from a stream.
pub(super) struct Records<R> {
    input: R,
    /// Bytes of the current record that were not read.
    left: u64,
}

impl<R: BufRead> Records<R> {
    pub(super) const fn new(input: R) -> Self {
        Self { input, left: 0 }
    }

    /// The fields of the next record; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Fields>> {
        self.read_header().map_err(torn)
    }

    fn read_header(&mut self) -> Result<Option<Fields>> {
        self.skip(self.left)?;
        if !self.find_mark()? {
            return Ok(None);
        }
        let mut header = Vec::new();
        let mut limited = self.input.by_ref().take(HEADER_LIMIT);
        loop {
            let from = header.len();
            if limited.read_until(b'\n', &mut header)? == 0 {
                let (kind, cause) = match limited.limit() {
                    0 => (ErrorKind::Malformed, "a record's header is too long"),
                    _ => return Err(cut()),
                };
                return Err(Error::new(kind, cause).remedy(AGAIN));
            }
            if header
                .get(from..)
                .is_some_and(|line| line.trim_ascii().is_empty())
            {
                break;
            }
        }
        let fields = Fields::parse(&header);
        let length = fields
            .get("content-length")
            .and_then(|length| length.parse().ok());
        self.left = length.ok_or_else(|| {
            let cause = "a record does not say how long it is";
            Error::new(ErrorKind::Malformed, cause).remedy(AGAIN)
        })?;
        Ok(Some(fields))
    }

    /// The length of the current record's content.
    pub(super) const fn len(&self) -> u64 {
        self.left
    }

    /// The current record's content.
    pub(super) fn content(&mut self) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        let mut limited = self.input.by_ref().take(self.left);
        let read = limited.read_to_end(&mut content);
        let read = read.map_err(|error| torn(error.into()))?;
        self.left -= read as u64;
        if self.left > 0 {
            self.left = 0;
            return Err(cut());
        }
        Ok(content)
    }

    fn skip(&mut self, count: u64) -> Result<()> {
        self.left = 0;
        let skipped = io::copy(&mut self.input.by_ref().take(count), &mut io::sink())?;
        if skipped < count { Err(cut()) } else { Ok(()) }
    }

    /// Goes on to the next line that begins a record; whether there is one.
    fn find_mark(&mut self) -> Result<bool> {
        let mut passed = 0;
        loop {
            let mut line = Vec::new();
            let read = self
                .input
                .by_ref()
                .take(HEADER_LIMIT)
                .read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(false);
            }
            if line.starts_with(MARK) {
                return Ok(true);
            }
            passed += read;
            if passed > GAP_LIMIT {
                let cause = "what follows a record is no record";
                return Err(Error::new(ErrorKind::Malformed, cause).remedy(AGAIN));
            }
        }
    }
}

const AGAIN: &str = "what stood before it was read; make the archive again for the rest";

fn cut() -> Error {
    Error::new(ErrorKind::Malformed, "the archive's last record is cut").remedy(AGAIN)
}

/// An error of the stream beneath: compression that is cut or broken.
fn torn(error: Error) -> Error {
    match error.kind() {
        ErrorKind::Io => {
            let cause = format!("the archive breaks off: {error}");
            Error::new(ErrorKind::Malformed, cause).remedy(AGAIN)
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(archive: &[u8]) -> Vec<Result<Vec<u8>>> {
        let mut records = Records::new(archive);
        std::iter::from_fn(|| match records.next() {
            Ok(None) => None,
            Ok(Some(_)) => Some(records.content()),
            Err(error) => Some(Err(error)),
        })
        .take(9)
        .collect()
    }

    #[test]
    fn fields_have_names_in_any_case_and_may_go_on() {
        let fields = Fields::parse(b"Content-Length: 3\r\nX-Long: a\r\n  b\r\nodd\r\nEmpty:\r\n");
        assert_eq!(fields.get("content-length"), Some("3"));
        assert_eq!(fields.get("x-long"), Some("a b"));
        assert_eq!(fields.get("empty"), None);
    }

    #[test]
    fn records_are_told_apart_by_their_length() {
        let archive = b"WARC/1.0\r\nContent-Length: 12\r\n\r\nWARC/1.0\r\n\r\n\r\n\r\nWARC/1.1\nContent-Length: 1\n\nx";
        let contents: Vec<_> = contents(archive).into_iter().map(Result::unwrap).collect();
        assert_eq!(contents, [b"WARC/1.0\r\n\r\n".to_vec(), b"x".to_vec()]);
    }

    #[test]
    fn what_is_cut_or_broken_is_an_error_behind_what_is_whole() {
        let whole = b"WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n".to_vec();
        for broken in [
            "WARC/1.0\r\nContent-Length: 9\r\n\r\nabc",
            "WARC/1.0\r\nContent-Le",
            "WARC/1.0\r\nContent-Length: -1\r\n\r\n",
            "WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
        ] {
            let read = contents(&[whole.clone(), broken.into()].concat());
            assert_eq!(read[0].as_deref().unwrap(), b"x", "{broken}");
            assert!(read[1].is_err(), "{broken}");
        }
        let long = format!("WARC/1.0\r\n{}", "X: y\r\n".repeat(100_000));
        let error = contents(long.as_bytes()).remove(0).unwrap_err().to_string();
        assert!(error.contains("too long"), "{error}");
    }
}
