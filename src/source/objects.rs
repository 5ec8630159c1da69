//! Divides JSON into the objects of its nested lists, however deep these nest, without recursion.
//!
//! Boards' answers hold replies in replies, and dumps hold object after object. [`objects`] takes
//! either apart in one pass: each object comes out by itself, without the lists in it, and knows in
//! whose list it stood. What is broken off or garbled costs the members that it stands in alone.

use super::{Page, Threads, time};
use crate::{error::Result, thread::Thread};
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::{fmt::Write as _, io::BufRead};

/// An object, without the lists that were sought.
#[derive(Debug, Default)]
pub(super) struct Object {
    /// The object in whose list it stands, as its place among all.
    pub(super) above: Option<usize>,
    /// Whether some of it could not be read.
    pub(super) broken: bool,
    fields: Map<String, Value>,
}

impl Object {
    /// Whether it has a member of this name that is not null.
    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.get(key).is_some_and(|value| !value.is_null())
    }

    /// A member of any form.
    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.fields.get(key)
    }

    /// A text that is not empty.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        let text = self.fields.get(key)?.as_str()?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// An id, which may be written as a number.
    pub(super) fn id(&self, key: &str) -> Option<String> {
        id(self.fields.get(key)?)
    }

    /// A whole number, which may be written as a text.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        match self.fields.get(key)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Whether a member is true.
    pub(super) fn flag(&self, key: &str) -> bool {
        match self.fields.get(key) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
            _ => false,
        }
    }

    /// The instant that the first of these members that has a value tells.
    pub(super) fn instant(&self, keys: &[&str]) -> Option<Timestamp> {
        keys.iter().find_map(|key| match self.fields.get(*key)? {
            Value::Number(number) => time::from_epoch(number.as_i64()?),
            Value::String(text) => time::parse(text),
            _ => None,
        })
    }
}

/// The id that a value is.
pub(super) fn id(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// The beginning of an input as text, if it can be JSON.
pub(super) fn beginning(head: &[u8]) -> Option<String> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = head.trim_ascii_start();
    matches!(head.first(), Some(b'{' | b'[')).then(|| String::from_utf8_lossy(head).into_owned())
}

/// What stands behind each member of this name in JSON that may be cut off.
pub(super) fn values<'a>(json: &'a str, key: &str) -> impl Iterator<Item = &'a str> {
    let key = format!("\"{key}\"");
    let mut rest = json;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find(&key)? + key.len()..];
            if let Some(value) = rest.trim_start().strip_prefix(':') {
                return Some(value.trim_start());
            }
        }
    })
}

/// Whether JSON that may be cut off has a member of this name.
pub(super) fn has_key(json: &str, key: &str) -> bool {
    values(json, key).next().is_some()
}

/// Reads an input whole and parses it as any number of threads.
pub(super) fn several<'a>(
    input: Box<dyn BufRead + 'a>,
    parse: impl FnOnce(&Page) -> Result<Vec<Thread>> + 'a,
) -> Threads<'a> {
    let read = move || match Page::read(input).and_then(|page| parse(&page)) {
        Ok(threads) => threads.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    };
    Box::new(std::iter::once_with(read).flatten())
}

/// All objects of a text that stand outside any other, or in lists under these names in such objects,
/// and so on down; in document order, each before those in its lists. The flag says whether the text
/// ends within one.
pub(super) fn objects(text: &str, lists: &[&str]) -> (Vec<Object>, bool) {
    let mut reader = Reader {
        text,
        lists,
        frames: Vec::new(),
        open: Vec::new(),
        objects: Vec::new(),
        copied: 0,
        last: b' ',
    };
    reader.read();
    let cut = !reader.open.is_empty();
    reader.leave_all(text.len());
    (reader.objects, cut)
}

/// What encloses a place in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// An object that comes out by itself.
    Object,
    /// A list of such objects.
    List { above: Option<usize> },
    /// Any other object.
    InnerObject,
    /// Any other list.
    InnerList,
}

/// An object whose end is not reached yet.
struct Open {
    place: usize,
    /// Its text so far, without its lists.
    own: String,
    /// Where its members end in `own`.
    commas: Vec<usize>,
    /// The last string in it, which may be the name of a member.
    word: (usize, usize),
}

struct Reader<'a> {
    text: &'a str,
    lists: &'a [&'a str],
    frames: Vec<Frame>,
    open: Vec<Open>,
    objects: Vec<Object>,
    /// Bytes of the text that the innermost open object has or that are not its own.
    copied: usize,
    /// The last byte that is neither white space nor in a string.
    last: u8,
}

impl Reader<'_> {
    fn read(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let next = if byte == b'"' {
                self.string(at)
            } else {
                self.mark(byte, at);
                at + 1
            };
            if !byte.is_ascii_whitespace() {
                self.last = byte;
            }
            at = next;
        }
    }

    /// Passes over the string that begins at `at`. A line break ends it too: JSON has none in strings,
    /// and so a line that is broken off leaves the next one whole.
    fn string(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at + 1;
        while let Some(&byte) = bytes.get(end) {
            match byte {
                b'"' => break,
                b'\n' => return end,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        let end = end.min(bytes.len());
        if self.frames.last() == Some(&Frame::Object)
            && let Some(open) = self.open.last_mut()
        {
            open.word = (at + 1, end);
        }
        end + 1
    }

    fn mark(&mut self, byte: u8, at: usize) {
        let top = self.frames.last().copied();
        match (byte, top) {
            (b'{', top) => self.open_object(top, at),
            (b'[', None) => self.frames.push(Frame::List { above: None }),
            (b'[', Some(Frame::Object)) if self.is_list() => {
                self.copy(at);
                if let Some(open) = self.open.last_mut() {
                    open.own.push_str("[]");
                    let above = Some(open.place);
                    self.frames.push(Frame::List { above });
                }
            }
            (b'[', _) => self.frames.push(Frame::InnerList),
            (b'}', Some(Frame::Object)) => {
                self.frames.pop();
                self.leave(at + 1, false);
            }
            (b'}', Some(Frame::InnerObject)) | (b']', Some(Frame::InnerList)) => {
                self.frames.pop();
            }
            (b']', Some(Frame::List { .. })) => {
                self.frames.pop();
                self.copied = at + 1;
            }
            (b',', Some(Frame::Object)) => {
                self.copy(at);
                if let Some(open) = self.open.last_mut() {
                    open.commas.push(open.own.len());
                }
            }
            _ => {}
        }
    }

    /// Whether the list that begins here is one of those sought.
    fn is_list(&self) -> bool {
        let Some(open) = self.open.last() else {
            return false;
        };
        let word = self.text.get(open.word.0..open.word.1);
        self.last == b':' && word.is_some_and(|word| self.lists.contains(&word))
    }

    fn open_object(&mut self, top: Option<Frame>, at: usize) {
        let fits = match top {
            None | Some(Frame::List { above: None }) => true,
            Some(Frame::Object | Frame::InnerObject) => self.last == b':',
            Some(Frame::List { .. } | Frame::InnerList) => matches!(self.last, b',' | b'['),
        };
        if !fits {
            self.leave_all(at);
        }
        match self.frames.last() {
            None => self.enter(None, at),
            Some(&Frame::List { above }) => self.enter(above, at),
            Some(_) => self.frames.push(Frame::InnerObject),
        }
    }

    fn enter(&mut self, above: Option<usize>, at: usize) {
        self.open.push(Open {
            place: self.objects.len(),
            own: String::new(),
            commas: Vec::new(),
            word: (at, at),
        });
        self.objects.push(Object {
            above,
            ..Object::default()
        });
        self.frames.push(Frame::Object);
        self.copied = at;
    }

    /// Gives the innermost open object the text up to `at`.
    fn copy(&mut self, at: usize) {
        if let (Some(open), Some(own)) = (self.open.last_mut(), self.text.get(self.copied..at)) {
            open.own.push_str(own);
        }
        self.copied = at;
    }

    /// Ends the innermost open object.
    fn leave(&mut self, at: usize, cut: bool) {
        self.copy(at);
        let Some(open) = self.open.pop() else { return };
        let object = &mut self.objects[open.place];
        match serde_json::from_str(&open.own) {
            Ok(fields) => object.fields = fields,
            Err(_) => {
                object.broken = true;
                object.fields = members(&open, cut);
            }
        }
    }

    /// Ends everything but the outermost list: what comes next stands in nothing.
    fn leave_all(&mut self, at: usize) {
        while let Some(frame) = self.frames.pop() {
            match frame {
                Frame::Object => self.leave(at, true),
                Frame::List { above: Some(_) } => self.copied = at,
                Frame::List { above: None } if self.frames.is_empty() && at < self.text.len() => {
                    self.frames.push(frame);
                    return;
                }
                _ => {}
            }
        }
    }
}

/// The members of an object that can be read, each by itself; the last one only if the object is not
/// cut off in it.
fn members(open: &Open, cut: bool) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut start = 1;
    let ends = open.commas.iter().copied().chain([open.own.len()]);
    let mut member = String::new();
    for end in ends {
        let is_last = end == open.own.len();
        let own = open.own.get(start..end).unwrap_or_default();
        start = end + 1;
        member.clear();
        let closed = is_last && !cut;
        let _ = write!(member, "{{{own}{}", if closed { "" } else { "}" });
        if let Ok(read) = serde_json::from_str::<Map<String, Value>>(&member) {
            fields.extend(read);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    type Shown = Vec<(Option<usize>, Map<String, Value>)>;

    fn read(text: &str) -> (Shown, bool) {
        let (objects, cut) = objects(text, &["children", "hits"]);
        let shown = objects
            .into_iter()
            .map(|object| (object.above, object.fields));
        (shown.collect(), cut)
    }

    fn shown(objects: &[(Option<usize>, &str)]) -> Shown {
        let objects = objects.iter();
        let fields = |json| serde_json::from_str(json).expect("an object");
        objects
            .map(|&(above, json)| (above, fields(json)))
            .collect()
    }

    #[test]
    fn lists_nest() {
        let text = r#"{"a":"}[\"children\":[{","children":[{"id":2,"children":[{"id":3}], "x":{"children":[{}]}},{"id":4}],"id":1}"#;
        let expected = shown(&[
            (None, r#"{"a":"}[\"children\":[{","children":[],"id":1}"#),
            (Some(0), r#"{"children":[],"id":2,"x":{"children":[{}]}}"#),
            (Some(1), r#"{"id":3}"#),
            (Some(0), r#"{"id":4}"#),
        ]);
        assert_eq!(read(text), (expected, false));
    }

    #[test]
    fn streams_and_outer_lists() {
        let expected = shown(&[(None, r#"{"id":1}"#), (None, r#"{"id":2}"#)]);
        for text in [
            "{\"id\":1}\n{\"id\":2}\n",
            "[{\"id\":1},\n{\"id\":2},\n",
            "[\n  {\n    \"id\": 1\n  },\n  {\"id\": 2}\n]",
            "null\n[{\"id\":1}]\n[{\"id\":2}]",
        ] {
            assert_eq!(read(text), (expected.clone(), false), "{text}");
        }
    }

    #[test]
    fn what_is_broken_costs_itself_alone() {
        let cut = r#"{"id":1,"children":[{"id":2,"text":"a"},{"id":3,"text":"bro"#;
        let expected = shown(&[
            (None, r#"{"children":[],"id":1}"#),
            (Some(0), r#"{"id":2,"text":"a"}"#),
            (Some(0), r#"{"id":3}"#),
        ]);
        assert_eq!(read(cut), (expected, true));
        let lines =
            "{\"id\":1,\"text\":\"bro\n{\"id\":2,\"kids\":[1,2\n{\"id\":3,\"x\":nonsense,\"y\":2}";
        let expected = shown(&[
            (None, r#"{"id":1}"#),
            (None, r#"{"id":2}"#),
            (None, r#"{"id":3,"y":2}"#),
        ]);
        assert_eq!(read(lines), (expected, false));
    }

    #[test]
    fn fifty_thousand_levels() {
        let count = 50_000;
        let text = format!(
            "{}{}",
            "{\"id\":1,\"children\":[".repeat(count),
            "]}".repeat(count)
        );
        let (objects, cut) = objects(&text, &["children"]);
        assert_eq!((objects.len(), cut), (count, false));
        assert_eq!(objects[count - 1].above, Some(count - 2));
    }

    #[test]
    fn members_are_read_leniently() {
        let text = r#"{"id":" 7 ","n":"12","time":1536256980,"at":"2018-09-06T18:03:00Z","ok":true,"none":null,"empty":""}"#;
        let (objects, _) = objects(text, &[]);
        let object = &objects[0];
        assert_eq!(object.id("id").as_deref(), Some("7"));
        assert_eq!(object.number("n"), Some(12));
        assert_eq!(
            object.instant(&["lacking", "time"]),
            object.instant(&["at"])
        );
        assert!(object.flag("ok") && !object.has("none") && object.text("empty").is_none());
        assert!(has_key(text, "ok") && !has_key(text, "7") && !has_key(text, "2018"));
    }
}
