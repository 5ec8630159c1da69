//! The file of a crawl: what was had is found in it again, by a later run too.

use super::{
    read::{self, Counted},
    write::{self, Record},
};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    fetch::client::{Answer, Cut},
};
use jiff::Timestamp;
use std::{
    collections::HashMap,
    fs::{File, TryLockError},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::Path,
};
use url::Url;

/// Bytes of a record that are read when the file is opened: enough for the status.
const PEEK: u64 = 4096;

/// Bytes of a record that are read to look for links.
const WHOLE: u64 = 1 << 30;

/// How the first record begins.
const BEGIN: &[u8] = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n";

const SOFTWARE: &str = concat!("rejoinder/", env!("CARGO_PKG_VERSION"));

/// A WARC file that grows, and what it holds by address.
#[derive(Debug)]
pub struct Archive {
    file: File,
    end: u64,
    warcinfo: String,
    entries: HashMap<String, Entry>,
}

/// A response in the file.
#[derive(Debug, Clone, Copy)]
pub(in crate::fetch) struct Entry {
    place: u64,
    pub(in crate::fetch) status: u16,
    pub(in crate::fetch) time: Timestamp,
    is_cut: bool,
}

/// A request and its answer.
#[derive(Debug)]
pub(in crate::fetch) struct Exchange<'a> {
    pub(in crate::fetch) url: &'a Url,
    pub(in crate::fetch) time: Timestamp,
    pub(in crate::fetch) answer: &'a Answer,
}

impl Entry {
    /// Whether the answer was whole and one that will not be another soon.
    pub(in crate::fetch) const fn is_final(&self) -> bool {
        !self.is_cut && !is_transient(self.status)
    }
}

/// Whether asking again may help.
pub(in crate::fetch) const fn is_transient(status: u16) -> bool {
    matches!(status, 0 | 408 | 425 | 429 | 500..)
}

impl Archive {
    /// Opens or makes the file. A last record that is not whole, as a killed run leaves it, is dropped.
    ///
    /// # Errors
    /// When the file cannot be read or written, another run writes to it, or it holds anything but records
    /// of an earlier crawl: it is then left as it is.
    pub fn open(path: &Path, now: Timestamp) -> Result<Self> {
        Self::open_file(path, now).map_err(|error| error.input(path.display().to_string()))
    }

    fn open_file(path: &Path, now: Timestamp) -> Result<Self> {
        let mut options = File::options();
        let file = options.read(true).append(true).create(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let error = Error::new(ErrorKind::Io, "another run is writing to this file");
                return Err(error.remedy("wait for it, or name another file"));
            }
            // Some file systems know no locks.
            Err(TryLockError::Error(_)) => {}
        }
        let mut archive = Self {
            file,
            end: 0,
            warcinfo: String::new(),
            entries: HashMap::new(),
        };
        archive.scan()?;
        archive.file.set_len(archive.end)?;
        if archive.end == 0 {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            archive.begin(&name, now)?;
        }
        Ok(archive)
    }

    /// Finds the records of the file and the end of the last whole one.
    fn scan(&mut self) -> Result<()> {
        let mut input = Counted::new(BufReader::new(self.file.try_clone()?));
        while !input.fill_buf()?.is_empty() {
            let place = input.at;
            match read::record(&mut input, PEEK) {
                Ok(record) => self.note(place, &record)?,
                Err(error) if self.is_cut(place, &error)? => break,
                Err(error) => {
                    let cause = format!("this is no record of a crawl: {error}");
                    return Err(Error::new(ErrorKind::Malformed, cause)
                        .at(Place::Byte(usize::try_from(place).unwrap_or(usize::MAX)))
                        .remedy("name a new file with -o"));
                }
            }
            self.end = input.at;
        }
        Ok(())
    }

    /// Whether the record that begins at `place` is the last and was not written to its end. A damaged one
    /// can look like that too, but others follow it: they must not be dropped with it. So can the file of
    /// somebody else, which must be left alone.
    fn is_cut(&self, place: u64, error: &io::Error) -> Result<bool> {
        if error.kind() != io::ErrorKind::UnexpectedEof {
            return Ok(false);
        }
        let mut file = &self.file;
        let mut rest = Vec::new();
        file.seek(SeekFrom::Start(place))?;
        file.read_to_end(&mut rest)?;
        if place == 0 && !read::may_begin(&rest, BEGIN) {
            return Ok(false);
        }
        let rest = rest.get(1..).unwrap_or_default();
        let begins = rest.windows(3).enumerate();
        let mut begins = begins.filter(|(_, bytes)| *bytes == [0x1f, 0x8b, 8]);
        let is_record = |(at, _)| {
            let mut rest = rest.get(at..).unwrap_or_default();
            read::record(&mut rest, 0).is_ok()
        };
        Ok(!begins.any(is_record))
    }

    fn note(&mut self, place: u64, record: &read::Record) -> Result<()> {
        let kind = record.field("warc-type").unwrap_or_default();
        if place == 0 {
            let content = String::from_utf8_lossy(&record.content);
            if kind != "warcinfo" || !content.contains("software: rejoinder/") {
                let error = Error::new(ErrorKind::Malformed, "another program wrote this file");
                return Err(error.remedy("name a new file with -o"));
            }
            self.warcinfo = record
                .field("warc-record-id")
                .unwrap_or_default()
                .to_owned();
        }
        let url = record.field("warc-target-uri");
        let time = record.field("warc-date").and_then(|time| time.parse().ok());
        if let (Some(url), Some(time), "response") = (url, time, kind) {
            let status = record.content.split(|byte| *byte == b' ').nth(1);
            let status = status.and_then(|status| str::from_utf8(status).ok()?.trim().parse().ok());
            let entry = Entry {
                place,
                status: status.unwrap_or(0),
                time,
                is_cut: record.field("warc-truncated").is_some(),
            };
            self.entries.insert(url.to_owned(), entry);
        }
        Ok(())
    }

    fn begin(&mut self, name: &str, now: Timestamp) -> Result<()> {
        let content = format!(
            "software: {SOFTWARE}\r\nformat: WARC File Format 1.1\r\n\
             conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
             robots: obey\r\n"
        );
        let record = Record {
            kind: "warcinfo",
            content_type: "application/warc-fields",
            fields: vec![("WARC-Filename", name.to_owned())],
            head: content.as_bytes(),
            payload: b"",
        };
        let id = write::id(now, 0, record.kind, content.as_bytes());
        let mut out = Vec::new();
        write::append(&record, &id, &write::date(now), &mut out)?;
        self.warcinfo = id;
        self.write(&out)
    }

    /// Writes whole records at once, so that what a killed run leaves is at worst one cut record.
    fn write(&mut self, records: &[u8]) -> Result<()> {
        self.file.write_all(records)?;
        self.end += records.len() as u64;
        Ok(())
    }

    /// What the file holds for an address: the last answer.
    pub(in crate::fetch) fn find(&self, url: &Url) -> Option<Entry> {
        self.entries.get(url.as_str()).copied()
    }

    /// Reads an answer back: its head and its body.
    pub(in crate::fetch) fn load(&self, entry: Entry) -> Result<(Vec<u8>, Vec<u8>)> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(entry.place))?;
        let mut head = read::record(&mut BufReader::new(file), WHOLE)?.content;
        let end = head.windows(4).position(|bytes| bytes == b"\r\n\r\n");
        let body = head.split_off(end.map_or(head.len(), |end| end + 4));
        Ok((head, body))
    }

    /// Keeps a request and its answer.
    pub(in crate::fetch) fn keep(&mut self, exchange: &Exchange<'_>) -> Result<()> {
        let (url, time, answer) = (exchange.url, exchange.time, exchange.answer);
        let before = self.find(url);
        let is_same = answer.status == 304;
        let date = write::date(time);
        let answer_id = write::id(time, self.end, "response", url.as_str().as_bytes());
        let request_id = write::id(time, self.end, "request", url.as_str().as_bytes());
        let common = |other: &str| {
            vec![
                ("WARC-Target-URI", url.as_str().to_owned()),
                ("WARC-Warcinfo-ID", self.warcinfo.clone()),
                ("WARC-Concurrent-To", other.to_owned()),
            ]
        };
        let mut fields = common(&request_id);
        fields.extend(answer.from.map(|ip| ("WARC-IP-Address", ip.to_string())));
        if let (true, Some(before)) = (is_same, before) {
            let profile = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
            fields.push(("WARC-Profile", profile.to_owned()));
            fields.push(("WARC-Refers-To-Target-URI", url.as_str().to_owned()));
            fields.push(("WARC-Refers-To-Date", write::date(before.time)));
        } else {
            fields.push(("WARC-Payload-Digest", write::digest(&[&answer.body])));
        }
        fields.extend(
            answer
                .cut
                .map(|cut| ("WARC-Truncated", Cut::as_str(cut).to_owned())),
        );
        let response = Record {
            kind: if is_same { "revisit" } else { "response" },
            content_type: "application/http;msgtype=response",
            fields,
            head: &answer.head,
            payload: &answer.body,
        };
        let request = Record {
            kind: "request",
            content_type: "application/http;msgtype=request",
            fields: common(&answer_id),
            head: &answer.sent,
            payload: b"",
        };
        let mut out = Vec::new();
        write::append(&response, &answer_id, &date, &mut out)?;
        write::append(&request, &request_id, &date, &mut out)?;
        if !is_same {
            let entry = Entry {
                place: self.end,
                status: answer.status,
                time,
                is_cut: answer.cut.is_some(),
            };
            self.entries.insert(url.as_str().to_owned(), entry);
        }
        self.write(&out)
    }
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
