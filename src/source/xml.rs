//! Exports in XML, read as a stream: one record after the other, and never an entity that the file defines.

use quick_xml::{Reader, events::Event};
use std::{
    cell::Cell,
    collections::HashMap,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// How deep the elements of a record are told apart.
const DEPTH: usize = 3;
/// How far back an end is matched with its start where they are mixed up.
const REACH: usize = 64;

/// A step through a file.
#[derive(Debug)]
pub(super) enum Step {
    /// An element begins: its name without the prefix `wp:`, and its id.
    Start(String, Option<String>),
    /// An element ends.
    End(String),
    /// Text, as far as it comes in one piece.
    Text(String),
    /// The file ends, at its end or where it breaks off.
    Eof,
}

/// A file of XML.
pub(super) struct Xml<'a> {
    reader: Reader<Utf8<'a>>,
    buffer: Vec<u8>,
    replaced: Rc<Cell<Option<u64>>>,
    broken: Option<String>,
    /// Elements that are open.
    depth: usize,
    ended: bool,
}

impl<'a> Xml<'a> {
    pub(super) fn new(input: Box<dyn BufRead + 'a>) -> Self {
        let replaced = Rc::new(Cell::new(None));
        let mut reader = Reader::from_reader(Utf8::new(input, Rc::clone(&replaced)));
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            replaced,
            broken: None,
            depth: 0,
            ended: false,
        }
    }

    /// Byte offset of the first byte that was not UTF-8 since this was asked last.
    pub(super) fn replaced(&self) -> Option<u64> {
        self.replaced.take()
    }

    /// Why the file ends before its end.
    pub(super) fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    /// The next step; comments, processing instructions and declarations are passed over.
    pub(super) fn step(&mut self) -> Step {
        while !self.ended {
            self.buffer.clear();
            let step = match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    let mut attributes = start.html_attributes();
                    let mut attributes = attributes.with_checks(false).flatten();
                    let id =
                        attributes.find(|attribute| attribute.key.local_name().as_ref() == "id");
                    let id = id.map(|id| id.value.trim().to_owned());
                    Step::Start(name(start.name().as_ref()), id)
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::End(name(end.name().as_ref()))
                }
                Ok(Event::Text(text)) => Step::Text(text.xml10_content().into_owned()),
                Ok(Event::CData(text)) => Step::Text(text.xml10_content().into_owned()),
                Ok(Event::GeneralRef(reference)) => Step::Text(resolved(&reference)),
                Ok(Event::Eof) => {
                    self.ended = true;
                    if self.depth > 0 {
                        self.broken = Some("the file ends in the middle of an element".to_owned());
                    }
                    Step::Eof
                }
                Ok(_) => continue,
                Err(error) => {
                    self.ended = true;
                    self.broken = Some(error.to_string());
                    Step::Eof
                }
            };
            return step;
        }
        Step::Eof
    }

    /// Reads on to the end of the element `element` that has just begun.
    pub(super) fn record(&mut self, element: &str, id: Option<String>) -> Record {
        let mut record = Record::default();
        record.ids.extend(id.map(|id| (String::new(), id)));
        let mut open: Vec<String> = Vec::new();
        loop {
            match self.step() {
                Step::Eof => return record,
                Step::Start(name, id) => {
                    open.push(name);
                    if open.len() <= DEPTH {
                        record.ids.extend(id.map(|id| (open.join("/"), id)));
                    }
                }
                Step::End(name) => {
                    let from = open.len().saturating_sub(REACH);
                    match open[from..].iter().rposition(|other| *other == name) {
                        Some(at) => open.truncate(from + at),
                        None if name == element => return record,
                        None => {}
                    }
                }
                Step::Text(text) => {
                    for depth in 0..=open.len().min(DEPTH) {
                        record
                            .texts
                            .entry(open[..depth].join("/"))
                            .or_default()
                            .push_str(&text);
                    }
                }
            }
        }
    }
}

/// An element with all that it holds, by the path to it.
#[derive(Debug, Default)]
pub(super) struct Record {
    texts: HashMap<String, String>,
    ids: HashMap<String, String>,
}

impl Record {
    /// The text of the element at a path (the empty one is the record's own), without white space around it; none where it is empty.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        let text = self.texts.get(path).map(|text| text.trim());
        text.filter(|text| !text.is_empty())
    }

    /// The id that the element at a path has as an attribute.
    pub(super) fn id(&self, path: &str) -> Option<&str> {
        self.ids
            .get(path)
            .map(String::as_str)
            .filter(|id| !id.is_empty())
    }

    /// Whether the element at a path says yes.
    pub(super) fn flag(&self, path: &str) -> bool {
        matches!(self.text(path), Some("true" | "1"))
    }
}

fn name(name: &str) -> String {
    name.strip_prefix("wp:").unwrap_or(name).to_owned()
}

/// What a reference to a character stands for; one to an entity of the file stays as it is written.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    let name = reference.xml10_content();
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}

/// A stream in which bytes that are not UTF-8 are replaced.
struct Utf8<'a> {
    input: Box<dyn BufRead + 'a>,
    /// Bytes read that do not yet make a letter.
    rest: Vec<u8>,
    ready: Vec<u8>,
    /// How much of `ready` is used up.
    used: usize,
    /// Bytes read before `rest`.
    read: u64,
    replaced: Rc<Cell<Option<u64>>>,
}

impl<'a> Utf8<'a> {
    fn new(input: Box<dyn BufRead + 'a>, replaced: Rc<Cell<Option<u64>>>) -> Self {
        Self {
            input,
            rest: Vec::new(),
            ready: Vec::new(),
            used: 0,
            read: 0,
            replaced,
        }
    }

    /// Makes ready what can be decoded of the next bytes.
    fn decode(&mut self) -> io::Result<()> {
        let chunk = self.input.fill_buf()?;
        let (length, at_end) = (chunk.len(), chunk.is_empty());
        self.rest.extend_from_slice(chunk);
        self.input.consume(length);
        self.ready.clear();
        self.used = 0;
        let mut start = 0;
        while start < self.rest.len() {
            let Err(error) = std::str::from_utf8(&self.rest[start..]) else {
                self.ready.extend_from_slice(&self.rest[start..]);
                start = self.rest.len();
                break;
            };
            let valid = start + error.valid_up_to();
            self.ready.extend_from_slice(&self.rest[start..valid]);
            start = valid;
            let bad = match error.error_len() {
                Some(bad) => bad,
                None if at_end => self.rest.len() - valid,
                None => break,
            };
            self.ready.extend_from_slice("\u{fffd}".as_bytes());
            let first = self.replaced.get().unwrap_or(self.read + valid as u64);
            self.replaced.set(Some(first));
            start += bad;
        }
        self.rest.drain(..start);
        self.read += start as u64;
        Ok(())
    }
}

impl Read for Utf8<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Utf8<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.used == self.ready.len() {
            let waiting = self.rest.len();
            self.decode()?;
            let at_end = self.ready.is_empty() && self.rest.len() == waiting;
            if at_end {
                break;
            }
        }
        Ok(&self.ready[self.used..])
    }

    fn consume(&mut self, count: usize) {
        self.used = (self.used + count).min(self.ready.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &[u8]) -> (Record, Option<u64>, bool) {
        let mut xml = Xml::new(Box::new(io::BufReader::with_capacity(3, text)));
        loop {
            match xml.step() {
                Step::Start(name, id) if name == "post" => {
                    let record = xml.record("post", id);
                    return (record, xml.replaced(), xml.broken().is_some());
                }
                Step::Eof => panic!("no post: {:?}", xml.broken()),
                _ => {}
            }
        }
    }

    #[test]
    fn records_hold_texts_by_their_paths() {
        let (record, replaced, broken) = record(
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x><post dsq:id=' 7 '><wp:who> Zo\u{eb} </wp:who>\
             <m><![CDATA[<p>1 & 2</p>]]>&lt;&#65;&b; & more</m><parent dsq:id='3'/><a><b><c><d>deep</d></c></b></a></post></x>"
                .as_bytes(),
        );
        assert_eq!(record.id(""), Some("7"));
        assert_eq!(record.id("parent"), Some("3"));
        assert_eq!(record.text("who"), Some("Zo\u{eb}"));
        assert_eq!(record.text("m"), Some("<p>1 & 2</p><A&b; & more"));
        assert_eq!(record.text("a/b/c"), Some("deep"));
        assert_eq!(record.text("parent"), None);
        assert!(record.text("").is_some_and(|text| text.ends_with("deep")));
        assert!(replaced.is_none() && !broken);
    }

    #[test]
    fn what_is_broken_costs_itself_alone() {
        let (latin, replaced, broken) = record(b"<x><post><a>Zo\xeb</b></a><c>1</c></post></x>");
        assert_eq!(
            (latin.text("a"), latin.text("c")),
            (Some("Zo\u{fffd}"), Some("1"))
        );
        assert_eq!((replaced, broken), (Some(14), false));
        let (cut, _, broken) = record(b"<x><post><a>some te");
        assert!(broken && cut.text("b").is_none());
    }
}
