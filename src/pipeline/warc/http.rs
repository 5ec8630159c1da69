//! HTTP responses as archives keep them: status, kind, and the body without its transfer codings.

use super::record::{Fields, header_end};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// A response.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) fields: Fields,
    pub(super) body: Vec<u8>,
}

/// Why a response has no body that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is no HTTP response.
    NoResponse,
    /// Its body is coded in a way that is not read.
    Coding(String),
    /// Its body is larger than the limit when it is unpacked.
    TooLarge,
}

impl Response {
    /// Reads a message; its body may have `limit` bytes.
    pub(super) fn parse(message: &[u8], limit: u64) -> Result<Self, Unread> {
        let (end, start) = header_end(message).ok_or(Unread::NoResponse)?;
        let (head, body) = (message.get(..end), message.get(start..));
        let head = head.unwrap_or_default();
        let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let status = String::from_utf8_lossy(line);
        let mut words = status.split_ascii_whitespace();
        let is_http = words.next().is_some_and(|word| word.starts_with("HTTP/"));
        let status = words
            .next()
            .and_then(|word| word.parse().ok())
            .filter(|_| is_http);
        let fields = Fields::parse(head.get(line.len()..).unwrap_or_default());
        let body = body.unwrap_or_default();
        Ok(Self {
            status: status.ok_or(Unread::NoResponse)?,
            body: decoded(body, &fields, limit)?,
            fields,
        })
    }
}

/// A body without its codings. Archives are made with and without them, so that each is believed only where
/// the bytes bear it out.
fn decoded(body: &[u8], fields: &Fields, limit: u64) -> Result<Vec<u8>, Unread> {
    let says = |name, coding: &str| {
        let value: Option<&str> = fields.get(name);
        value.is_some_and(|value| value.to_ascii_lowercase().contains(coding))
    };
    let joined = match says("transfer-encoding", "chunked") {
        true => joined(body),
        false => None,
    };
    let body = joined.unwrap_or_else(|| body.to_vec());
    let coding = "content-encoding";
    let text_like = |body: &[u8]| {
        let first = body.trim_ascii_start().first();
        matches!(first, Some(b'<' | b'{' | b'[' | 0xef))
    };
    if says(coding, "gzip") && body.starts_with(b"\x1f\x8b") {
        bounded(MultiGzDecoder::new(body.as_slice()), limit)
    } else if says(coding, "deflate") && !text_like(&body) {
        // Servers send both what the standard says and the bare stream.
        match bounded(ZlibDecoder::new(body.as_slice()), limit) {
            Ok(text) if !text.is_empty() => Ok(text),
            Err(Unread::TooLarge) => Err(Unread::TooLarge),
            _ => bounded(DeflateDecoder::new(body.as_slice()), limit),
        }
    } else if says(coding, "zstd") && body.starts_with(b"\x28\xb5\x2f\xfd") {
        let decoder = zstd::stream::read::Decoder::new(body.as_slice());
        bounded(
            decoder.map_err(|_| Unread::Coding("zstd".to_owned()))?,
            limit,
        )
    } else {
        match fields.get(coding) {
            Some(name) if says(coding, "br") && !text_like(&body) => {
                Err(Unread::Coding(name.to_owned()))
            }
            _ => Ok(body),
        }
    }
}

/// What a decoder gives, up to the limit; of a broken stream what comes before the break.
fn bounded(decoder: impl Read, limit: u64) -> Result<Vec<u8>, Unread> {
    let mut text = Vec::new();
    // A page that was cut while it was sent is still a page.
    let _ = decoder.take(limit + 1).read_to_end(&mut text);
    if text.len() as u64 > limit {
        return Err(Unread::TooLarge);
    }
    Ok(text)
}

/// A body from its chunks; none where it is not in chunks. The last chunk may be cut.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        let end = rest.iter().take(1024).position(|&byte| byte == b'\n')?;
        let line = rest.get(..end)?.trim_ascii();
        let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
        let size = usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            break;
        }
        let (chunk, behind) = rest.split_at(size.min(rest.len()));
        joined.extend_from_slice(chunk);
        rest = behind
            .strip_prefix(b"\r\n")
            .or_else(|| behind.strip_prefix(b"\n"))
            .unwrap_or(behind);
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{
        Compression,
        write::{DeflateEncoder, GzEncoder, ZlibEncoder},
    };
    use std::io::Write;

    const PAGE: &[u8] = b"<html>a page</html>";

    fn body(fields: &str, body: &[u8]) -> Result<Vec<u8>, Unread> {
        let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\n");
        Response::parse(&[head.as_bytes(), body].concat(), 1000).map(|response| response.body)
    }

    #[test]
    fn codings_are_undone_where_they_are_there() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(PAGE).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(PAGE).unwrap();
        let zlib = zlib.finish().unwrap();
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(PAGE).unwrap();
        let deflate = deflate.finish().unwrap();
        let zstd = zstd::stream::encode_all(PAGE, 1).unwrap();
        let chunks = b"6;x=y\r\n<html>\r\nD\r\na page</html>\r\n0\r\n\r\n";
        let (head, tail) = gzip.split_at(9);
        let both = [
            b"9\r\n",
            head,
            b"\r\n",
            format!("{:x}\r\n", tail.len()).as_bytes(),
            tail,
            b"\r\n0\r\n\r\n",
        ]
        .concat();
        for (fields, bytes) in [
            ("", PAGE),
            ("Content-Encoding: gzip\r\n", &gzip),
            ("Content-Encoding: gzip\r\n", PAGE),
            ("content-encoding: deflate\r\n", &zlib),
            ("content-encoding: deflate\r\n", &deflate),
            ("content-encoding: deflate\r\n", PAGE),
            ("Content-Encoding: zstd\r\n", &zstd),
            ("Content-Encoding: br\r\n", PAGE),
            ("Transfer-Encoding: chunked\r\n", chunks),
            ("Transfer-Encoding: chunked\r\n", PAGE),
            (
                "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
                &both,
            ),
        ] {
            let read = body(fields, bytes).map(|text| String::from_utf8_lossy(&text).into_owned());
            assert_eq!(read.as_deref(), Ok("<html>a page</html>"), "{fields}");
        }
        assert_eq!(
            body("Content-Encoding: br\r\n", b"\x0b\x02"),
            Err(Unread::Coding("br".into()))
        );
        let cut = body("Transfer-Encoding: chunked\r\n", b"13\r\n<html>");
        assert_eq!(cut.as_deref(), Ok(&b"<html>"[..]));
    }

    #[test]
    fn bodies_that_grow_without_bound_are_refused() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&[b' '; 100_000]).unwrap();
        let gzip = gzip.finish().unwrap();
        assert_eq!(
            body("Content-Encoding: gzip\r\n", &gzip),
            Err(Unread::TooLarge)
        );
    }

    #[test]
    fn what_is_no_response_is_none() {
        for message in [
            "",
            "GET / HTTP/1.1\r\n\r\n",
            "HTTP/1.1\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
            "<html>\n\n",
        ] {
            assert!(Response::parse(message.as_bytes(), 9).is_err(), "{message}");
        }
        let response = Response::parse(b"HTTP/1.0 404\nA: b\n\nx", 9).unwrap();
        assert_eq!(
            (response.status, response.fields.get("a")),
            (404, Some("b"))
        );
    }
}
