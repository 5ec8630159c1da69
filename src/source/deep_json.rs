//! JSON of any depth, read without recursion and as far as it goes.
//!
//! Boards answer with replies nested in replies; a chain of them nests deeper than any stack allows. The
//! values stand in one flat list of places in the text, so that neither reading nor dropping them
//! recurses. What a cut or broken text holds before its first error is kept.

use std::borrow::Cow;

/// The documents of a text, one behind the other.
#[derive(Debug)]
pub(super) struct Json<'a> {
    text: &'a str,
    /// The first node holds the documents.
    nodes: Vec<Node>,
    /// Byte offset from which on nothing could be read.
    pub(super) broken: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    kind: Kind,
    key: Place,
    value: Place,
    first: u32,
    next: u32,
}

/// Bytes of the text. A page is far smaller than 4 GiB.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    start: u32,
    end: u32,
}

impl Place {
    const fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }
}

/// The index that stands for no node.
const NONE: u32 = u32::MAX;

impl<'a> Json<'a> {
    /// Reads every document of `text`.
    pub(super) fn all(text: &'a str) -> Self {
        Reader::new(text).read(false)
    }

    /// Reads the document that `text` begins with; what stands behind it may be anything.
    pub(super) fn first(text: &'a str) -> Self {
        Reader::new(text).read(true)
    }

    /// The documents, in order.
    pub(super) fn documents(&self) -> impl Iterator<Item = Value<'_>> {
        Value { json: self, at: 0 }.children()
    }
}

/// A container that is not closed yet.
struct Open {
    node: u32,
    last: u32,
}

struct Reader<'a> {
    json: Json<'a>,
    open: Vec<Open>,
    key: Option<Place>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let mut reader = Self {
            json: Json {
                text,
                nodes: Vec::new(),
                broken: None,
            },
            open: Vec::new(),
            key: None,
        };
        reader.json.nodes.push(Node {
            kind: Kind::Array,
            key: Place::default(),
            value: Place::default(),
            first: NONE,
            next: NONE,
        });
        reader.open.push(Open {
            node: 0,
            last: NONE,
        });
        reader
    }

    fn read(mut self, only_first: bool) -> Json<'a> {
        let bytes = self.json.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let Some(next) = self.token(bytes, at, byte) else {
                self.json.broken = Some(at);
                return self.json;
            };
            at = next;
            let begun = self.json.nodes.len() > 1;
            if only_first && begun && self.open.len() == 1 {
                return self.json;
            }
        }
        if self.open.len() > 1 {
            self.json.broken = Some(at);
        }
        self.json
    }

    /// Reads what begins at `at` and gives where it ends; none if it is no JSON.
    fn token(&mut self, bytes: &[u8], at: usize, byte: u8) -> Option<usize> {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => Some(at + 1),
            b'{' => self.container(Kind::Object, at),
            b'[' => self.container(Kind::Array, at),
            b'}' => self.close(Kind::Object, at),
            b']' => self.close(Kind::Array, at),
            b'"' => {
                let end = string_end(bytes, at + 1)?;
                let inner = Place::new(at + 1, end);
                if self.in_object() && self.key.is_none() {
                    let white = bytes[end + 1..]
                        .iter()
                        .take_while(|b| b.is_ascii_whitespace());
                    let colon = end + 1 + white.count();
                    self.key = (bytes.get(colon) == Some(&b':')).then_some(inner);
                    self.key.map(|_| colon + 1)
                } else {
                    self.add(Kind::String, inner)?;
                    Some(end + 1)
                }
            }
            b'-' | b'0'..=b'9' => {
                let digits = bytes[at..]
                    .iter()
                    .take_while(|b| b"+-.eE".contains(b) || b.is_ascii_digit());
                let end = at + digits.count();
                self.add(Kind::Number, Place::new(at, end))?;
                Some(end)
            }
            _ => {
                let words = [
                    ("true", Kind::Bool),
                    ("false", Kind::Bool),
                    ("null", Kind::Null),
                ];
                let (word, kind) = words
                    .iter()
                    .find(|(word, _)| bytes[at..].starts_with(word.as_bytes()))?;
                let end = at + word.len();
                self.add(*kind, Place::new(at, end))?;
                Some(end)
            }
        }
    }

    fn in_object(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| self.kind(open.node) == Kind::Object)
    }

    fn kind(&self, node: u32) -> Kind {
        self.json.nodes[node as usize].kind
    }

    fn container(&mut self, kind: Kind, at: usize) -> Option<usize> {
        let node = self.add(kind, Place::new(at, at))?;
        self.open.push(Open { node, last: NONE });
        Some(at + 1)
    }

    fn close(&mut self, kind: Kind, at: usize) -> Option<usize> {
        let open = self.open.last()?;
        if self.open.len() == 1 || self.kind(open.node) != kind {
            return None;
        }
        self.open.pop();
        self.key = None;
        Some(at + 1)
    }

    /// Adds a value to the innermost container; a member of an object must have a key.
    fn add(&mut self, kind: Kind, value: Place) -> Option<u32> {
        let key = match self.in_object() {
            true => self.key.take()?,
            false => Place::default(),
        };
        let node = u32::try_from(self.json.nodes.len())
            .ok()
            .filter(|&node| node != NONE)?;
        self.json.nodes.push(Node {
            kind,
            key,
            value,
            first: NONE,
            next: NONE,
        });
        let open = self.open.last_mut()?;
        match open.last {
            NONE => self.json.nodes[open.node as usize].first = node,
            last => self.json.nodes[last as usize].next = node,
        }
        open.last = node;
        Some(node)
    }
}

/// Where the string that begins at `at`, behind its quotation mark, ends.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// A value of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    json: &'a Json<'a>,
    at: u32,
}

impl<'a> Value<'a> {
    fn node(self) -> Node {
        self.json.nodes[self.at as usize]
    }

    fn slice(self, place: Place) -> &'a str {
        &self.json.text[place.start as usize..place.end as usize]
    }

    /// The name under which it stands in its object, as written.
    pub(super) fn key(self) -> &'a str {
        self.slice(self.node().key)
    }

    /// Members of an object or items of an array, in order.
    pub(super) fn children(self) -> impl Iterator<Item = Value<'a>> {
        let step = move |at: u32| (at != NONE).then_some(Value { at, ..self });
        std::iter::successors(step(self.node().first), move |value| {
            step(value.node().next)
        })
    }

    /// The first member of this name that is not null.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        let mut members = self.children();
        members.find(|member| member.key() == key && member.node().kind != Kind::Null)
    }

    /// The value at the end of a path of names.
    pub(super) fn path(self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(self, |value, key| value.get(key))
    }

    /// Whether it holds named values.
    pub(super) fn is_object(self) -> bool {
        self.node().kind == Kind::Object
    }

    /// Whether it holds values.
    pub(super) fn is_container(self) -> bool {
        matches!(self.node().kind, Kind::Object | Kind::Array)
    }

    /// A string.
    pub(super) fn string(self) -> Option<Cow<'a, str>> {
        let node = self.node();
        (node.kind == Kind::String).then(|| unescape(self.slice(node.value)))
    }

    /// A string that is not empty, or a number as it is written.
    pub(super) fn word(self) -> Option<Cow<'a, str>> {
        match self.node().kind {
            Kind::Number => Some(Cow::Borrowed(self.slice(self.node().value))),
            _ => self.string().filter(|text| !text.is_empty()),
        }
    }

    /// A number.
    pub(super) fn is_number(self) -> bool {
        self.node().kind == Kind::Number
    }

    /// A whole number, or the whole part of one, also where it is written as a string.
    pub(super) fn integer(self) -> Option<i64> {
        let word = self.word()?;
        let whole = word.split_once('.').map_or(&*word, |(whole, _)| whole);
        whole.parse().ok()
    }

    /// Whether it is `true`.
    pub(super) fn is_true(self) -> bool {
        let node = self.node();
        node.kind == Kind::Bool && self.slice(node.value) == "true"
    }
}

/// The text that a string literal stands for; half a surrogate pair becomes U+FFFD.
fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(escape) = rest.chars().next() else {
            break;
        };
        rest = &rest[escape.len_utf8()..];
        match escape {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'u' => {
                let (letter, behind) = code_unit(rest);
                out.push(letter);
                rest = behind;
            }
            other => out.push(other),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The letter whose code follows `\u`, and what stands behind it.
fn code_unit(text: &str) -> (char, &str) {
    const REPLACED: char = char::REPLACEMENT_CHARACTER;
    let hex = |text: &str| {
        let digits = text
            .get(..4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(high) = hex(text) else {
        return (REPLACED, text);
    };
    let rest = &text[4..];
    if !(0xd800..0xdc00).contains(&high) {
        return (char::from_u32(high).unwrap_or(REPLACED), rest);
    }
    let low = rest
        .strip_prefix("\\u")
        .and_then(hex)
        .filter(|low| (0xdc00..0xe000).contains(low));
    match low {
        Some(low) => {
            let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            (char::from_u32(code).unwrap_or(REPLACED), &rest[6..])
        }
        None => (REPLACED, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn members_items_and_words() {
        let text = r#"{"a": [1, -2.5e3, "x\"\u00e9\ud83d\udd11\ud83d"], "b": null, "b": {"c": true}, "n": "12"} [7] junk"#;
        let json = Json::all(text);
        let documents: Vec<_> = json.documents().collect();
        assert_eq!(documents.len(), 2);
        let items: Vec<_> = documents[0]
            .get("a")
            .unwrap()
            .children()
            .map(|item| item.word().unwrap())
            .collect();
        assert_eq!(items, ["1", "-2.5e3", "x\"é🔑\u{fffd}"]);
        assert!(documents[0].path(&["b", "c"]).unwrap().is_true());
        assert_eq!(documents[0].get("n").and_then(Value::integer), Some(12));
        assert_eq!(json.broken, text.find("junk"));
        assert_eq!(Json::first(text).broken, None);
    }

    #[test]
    fn what_stands_before_the_first_error_is_kept() {
        for (text, broken) in [
            (r#"{"a": 1, "b": "cu"#, 14),
            (r#"{"a": 1, "b""#, 9),
            (r#"{"a": 1]"#, 7),
            (r#"{"a": 1, 2}"#, 9),
            (r#"{"a": 1"#, 7),
        ] {
            let json = Json::all(text);
            let value = json
                .documents()
                .next()
                .and_then(|value| value.get("a")?.integer());
            assert_eq!((value, json.broken), (Some(1), Some(broken)), "{text}");
        }
    }

    #[test]
    fn a_million_brackets() {
        let text = "[{\"a\":".repeat(500_000);
        let json = Json::all(&text);
        assert_eq!(json.broken, Some(text.len()));
    }

    proptest! {
        #[test]
        fn reads_what_serde_reads(value in prop::collection::vec(".{0,12}", 0..6)) {
            let text = serde_json::to_string(&value).unwrap();
            let json = Json::all(&text);
            let read: Vec<_> = json.documents().next().unwrap().children().map(|item| item.string().unwrap().into_owned()).collect();
            prop_assert_eq!(read, value);
        }

        #[test]
        fn reading_is_total(text in "[\\[\\]{}\",:\\\\utrefalsn0-9é]{0,60}") {
            let json = Json::all(&text);
            let mut open: Vec<_> = json.documents().collect();
            while let Some(value) = open.pop() {
                let _ = (value.word(), value.key(), value.integer());
                open.extend(value.children());
            }
        }
    }
}
