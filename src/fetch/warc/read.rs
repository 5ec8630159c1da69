//! Reads back the records of a file that `fetch` wrote.

use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// Bytes of a record's header.
const HEAD: u64 = 1 << 20;

/// A record's header, and its content as far as it was asked for.
#[derive(Debug, Default)]
pub(super) struct Record {
    fields: Vec<(String, String)>,
    pub(super) content: Vec<u8>,
}

impl Record {
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let field = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.fields
            .iter()
            .find(field)
            .map(|(_, value)| value.as_str())
    }
}

/// Counts what is read, so that the places of records are known.
#[derive(Debug)]
pub(super) struct Counted<R> {
    inner: R,
    pub(super) at: u64,
}

impl<R> Counted<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self { inner, at: 0 }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.at += count as u64;
        self.inner.consume(count);
    }
}

/// Reads the record that begins here; `input` then stands behind it. At most `keep` bytes of its content
/// are kept.
///
/// # Errors
/// `UnexpectedEof` when the record is not whole, `InvalidData` when this is none that `fetch` wrote.
pub(super) fn record(input: &mut impl BufRead, keep: u64) -> io::Result<Record> {
    let mut member = BufReader::new(GzDecoder::new(input));
    let mut record = Record::default();
    let mut head = (&mut member).take(HEAD);
    let mut line = String::new();
    head.read_line(&mut line)?;
    if !line.starts_with("WARC/1.") {
        return Err(invalid("it does not begin with WARC/1."));
    }
    loop {
        line.clear();
        if head.read_line(&mut line)? == 0 {
            return Err(invalid("its header does not end"));
        }
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        record
            .fields
            .push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let length: u64 = record
        .field("content-length")
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| invalid("it has no length"))?;
    let kept = length.min(keep);
    (&mut member).take(kept).read_to_end(&mut record.content)?;
    // To the end, so that the checksum is checked and the next record found.
    let rest = io::copy(&mut member, &mut io::sink())?;
    if record.content.len() as u64 + rest != length + 4 {
        return Err(invalid("its length is not as it says"));
    }
    Ok(record)
}

/// Whether these bytes, packed and perhaps cut, are those of a record that begins with `text`.
pub(super) fn may_begin(bytes: &[u8], text: &[u8]) -> bool {
    const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
    let mut head = Vec::new();
    let mut member = GzDecoder::new(bytes).take(text.len() as u64);
    // It fails at the cut; what was unpacked before is what counts.
    let _ = member.read_to_end(&mut head);
    bytes.iter().zip(MAGIC).all(|(byte, magic)| *byte == magic) && text.starts_with(&head)
}

fn invalid(cause: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, cause.to_owned())
}
