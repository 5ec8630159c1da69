//! Reads a WARC file apart, by its specification rather than by the code under test.

use flate2::read::MultiGzDecoder;
use std::{collections::HashMap, fs::File, io::Read, path::Path};

#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) fields: HashMap<String, String>,
    pub(crate) content: Vec<u8>,
}

impl Record {
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// What follows the HTTP head.
    pub(crate) fn body(&self) -> &[u8] {
        let end = self.content.windows(4).position(|four| four == b"\r\n\r\n");
        &self.content[end.expect("a head") + 4..]
    }
}

pub(crate) fn records(path: &Path) -> Vec<Record> {
    let mut bytes = Vec::new();
    let mut file = MultiGzDecoder::new(File::open(path).unwrap());
    file.read_to_end(&mut bytes).unwrap();
    let mut rest = &bytes[..];
    let mut records = Vec::new();
    while !rest.is_empty() {
        let end = rest
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let head = str::from_utf8(&rest[..end]).unwrap();
        let mut lines = head.split("\r\n");
        assert_eq!(lines.next(), Some("WARC/1.1"));
        let fields: HashMap<String, String> = lines
            .map(|line| line.split_once(": ").expect(line))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let length: usize = fields["Content-Length"].parse().unwrap();
        let content = rest[end + 4..][..length].to_vec();
        rest = rest[end + 4 + length..].strip_prefix(b"\r\n\r\n").unwrap();
        records.push(Record { fields, content });
    }
    records
}

/// The records of one kind.
pub(crate) fn of_kind(path: &Path, kind: &str) -> Vec<Record> {
    let mut records = records(path);
    records.retain(|record| record.field("WARC-Type") == kind);
    records
}
