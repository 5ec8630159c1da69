//! The pages of a WARC file, which is what crawlers write.

mod http;
mod record;

use super::decode;
use crate::error::{Error, ErrorKind, Result};
use http::{Response, Unread};
use jiff::Timestamp;
use record::{Fields, MARK, Records};
use std::io::BufRead;

/// A page is held in memory whole; beyond this size it is no page.
const PAGE_LIMIT: u64 = 256 * 1024 * 1024;

/// A page of an archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ArchivedPage {
    /// Where it was found on the web.
    pub(super) url: String,
    /// When.
    pub(super) fetched: Option<Timestamp>,
    /// What it is, in UTF-8 as far as the server said how it is encoded.
    pub(super) body: Vec<u8>,
}

/// Whether an input that begins with `head` is a WARC file.
pub(super) fn is_archive(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(MARK)
}

/// The pages of an archive, in order. Requests, failures, images, styles and the like are passed over; an
/// error of the archive itself ends it.
pub(super) struct Pages<R> {
    records: Option<Records<R>>,
}

impl<R: BufRead> Pages<R> {
    pub(super) const fn new(archive: R) -> Self {
        let records = Some(Records::new(archive));
        Self { records }
    }
}

impl<R: BufRead> Iterator for Pages<R> {
    /// An error is about the page that it names, or about the archive.
    type Item = Result<ArchivedPage, (Option<String>, Error)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let records = self.records.as_mut()?;
            match page(records) {
                Ok(Step::Page(page)) => return Some(Ok(page)),
                Ok(Step::Lost(url, error)) => return Some(Err((Some(url), error))),
                Ok(Step::Passed) => {}
                Ok(Step::End) => self.records = None,
                Err(error) => {
                    self.records = None;
                    return Some(Err((None, error)));
                }
            }
        }
    }
}

enum Step {
    Page(ArchivedPage),
    /// A page that cannot be read.
    Lost(String, Error),
    /// A record that holds no page.
    Passed,
    End,
}

fn page<R: BufRead>(records: &mut Records<R>) -> Result<Step> {
    let Some(fields) = records.next()? else {
        return Ok(Step::End);
    };
    let is_response = match fields.get("warc-type") {
        Some("response") => true,
        Some("resource") => false,
        _ => return Ok(Step::Passed),
    };
    // Version 1.0 shows addresses between angle brackets, and some writers do.
    let url = fields.get("warc-target-uri").unwrap_or_default();
    let url = url.trim_start_matches('<').trim_end_matches('>').to_owned();
    if !is_page_address(&url) {
        return Ok(Step::Passed);
    }
    let too_large = |url| {
        let cause = format!("the page is larger than {} MiB", PAGE_LIMIT >> 20);
        let error = Error::new(ErrorKind::TooLarge, cause).remedy("give it as a file of its own");
        Step::Lost(url, error)
    };
    if records.len() > PAGE_LIMIT {
        return Ok(too_large(url));
    }
    let content = records.content()?;
    let (kind, body) = match is_response {
        false => (fields.get("content-type").map(str::to_owned), content),
        true => match Response::parse(&content, PAGE_LIMIT) {
            Ok(response) if response.status == 200 => (
                response.fields.get("content-type").map(str::to_owned),
                response.body,
            ),
            Ok(_) | Err(Unread::NoResponse) => return Ok(Step::Passed),
            Err(Unread::TooLarge) => return Ok(too_large(url)),
            Err(Unread::Coding(name)) => {
                let cause = format!("the page is packed as {name:?}, which is not read");
                let error = Error::new(ErrorKind::NotText, cause);
                return Ok(Step::Lost(
                    url,
                    error.remedy("fetch it again without that coding"),
                ));
            }
        },
    };
    if body.trim_ascii().is_empty() || !kind.as_deref().is_none_or(is_page_kind) {
        return Ok(Step::Passed);
    }
    Ok(Step::Page(ArchivedPage {
        url,
        fetched: date(&fields),
        body: decode::from_label(body, kind.as_deref().and_then(charset)),
    }))
}

fn date(fields: &Fields) -> Option<Timestamp> {
    fields.get("warc-date")?.parse().ok()
}

fn is_page_address(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let schemes = ["http://", "https://", "file:"];
    schemes.iter().any(|scheme| url.starts_with(scheme)) && !path.ends_with("/robots.txt")
}

/// Whether a kind of content may hold comments. Servers call pages by many names, so that only what surely
/// is something else is passed over.
fn is_page_kind(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let others = ["image/", "video/", "audio/", "font/", "text/css"];
    let is_other = others.iter().any(|other| kind.starts_with(other));
    !is_other && !kind.contains("javascript") && !kind.starts_with("application/pdf")
}

/// The character set that a content type names.
fn charset(kind: &str) -> Option<&str> {
    let at = kind.to_ascii_lowercase().find("charset=")? + "charset=".len();
    let value = kind.get(at..)?.trim_start_matches(['"', '\'', ' ']);
    value.split(['"', '\'', ';', ' ', ',']).next()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
    use std::io::{BufReader, Write};

    /// A record of an archive.
    pub(in crate::pipeline) fn record(kind: &str, url: &str, content: &[u8]) -> Vec<u8> {
        let length = content.len();
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-02-03T04:05:06Z\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
        );
        [head.as_bytes(), content, b"\r\n\r\n"].concat()
    }

    /// A record of a response.
    pub(in crate::pipeline) fn response(
        url: &str,
        status: u16,
        kind: &str,
        body: &[u8],
    ) -> Vec<u8> {
        let head = format!("HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n\r\n");
        record("response", url, &[head.as_bytes(), body].concat())
    }

    fn urls(archive: &[u8]) -> Vec<String> {
        let pages = Pages::new(archive).map(|page| match page {
            Ok(page) => page.url,
            Err((url, error)) => format!("{}: {error}", url.unwrap_or_default()),
        });
        pages.collect()
    }

    #[test]
    fn pages_are_found_among_other_records() {
        let html = "text/html; charset=utf-8";
        let archive = [
            record("warcinfo", "", b"software: x\r\n"),
            record(
                "request",
                "https://forum.example/t/1",
                b"GET /t/1 HTTP/1.1\r\n\r\n",
            ),
            response("<https://forum.example/t/1>", 200, html, b"<p>one"),
            response("https://forum.example/t/2", 404, html, b"<p>none"),
            response("https://forum.example/t/3", 301, html, b"<p>elsewhere"),
            response(
                "https://forum.example/robots.txt",
                200,
                "text/plain",
                b"User-agent: *",
            ),
            response("https://forum.example/logo", 200, "image/png", b"\x89PNG"),
            response("https://forum.example/empty", 200, html, b" \n"),
            response(
                "https://forum.example/api?page=2",
                200,
                "application/json",
                b"{}",
            ),
            record("resource", "file:///page.html", b"<p>two"),
            record("metadata", "https://forum.example/t/1", b"fetchTimeMs: 3"),
            record("response", "https://forum.example/odd", b"no response"),
        ]
        .concat();
        let expected = [
            "https://forum.example/t/1",
            "https://forum.example/api?page=2",
            "file:///page.html",
        ];
        assert_eq!(urls(&archive), expected);
        let page = Pages::new(archive.as_slice()).next().unwrap().unwrap();
        assert_eq!(page.fetched, Some("2021-02-03T04:05:06Z".parse().unwrap()));
        assert_eq!(page.body, b"<p>one");
    }

    #[test]
    fn every_record_may_be_packed_by_itself_and_the_last_may_be_cut() {
        let mut packed = Vec::new();
        for n in 0..3 {
            let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
            let url = format!("https://forum.example/{n}");
            packer
                .write_all(&response(&url, 200, "text/html", &b"<p>".repeat(500)))
                .unwrap();
            packed.extend(packer.finish().unwrap());
        }
        let read = |bytes: &[u8]| {
            let pages = Pages::new(BufReader::new(MultiGzDecoder::new(bytes)));
            pages.map(|page| page.is_ok()).collect::<Vec<_>>()
        };
        assert_eq!(read(&packed), [true, true, true]);
        assert_eq!(read(&packed[..packed.len() - 20]), [true, true, false]);
    }

    #[test]
    fn character_sets_of_the_server_count() {
        let archive = response(
            "https://forum.example/",
            200,
            "text/html; Charset=\"windows-1251\"",
            b"<p>\xcf\xf0",
        );
        let page = Pages::new(archive.as_slice()).next().unwrap().unwrap();
        assert_eq!(String::from_utf8(page.body).unwrap(), "<p>Пр");
    }

    #[test]
    fn a_page_that_cannot_be_read_costs_itself_alone() {
        let brotli = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x0b\x02";
        let archive = [
            record("response", "https://forum.example/a", brotli),
            response("https://forum.example/b", 200, "text/html", b"<p>"),
        ]
        .concat();
        let urls = urls(&archive);
        assert!(
            urls[0].starts_with("https://forum.example/a: the page is packed as \"br\""),
            "{}",
            urls[0]
        );
        assert_eq!(urls[1], "https://forum.example/b");
    }
}
