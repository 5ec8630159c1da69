//! Cuts objects out of JSON in one pass over its bytes.

use super::Object;
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// All objects of a text that stand outside any other, or in lists under these names in such objects,
/// and so on down; in document order, each before those in its lists. The flag says whether the text
/// ends within one.
pub(in crate::source) fn objects(text: &str, lists: &[&str]) -> (Vec<Object>, bool) {
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
