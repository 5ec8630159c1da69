//! Reads the text of documents into one list of values.

use super::{Json, Kind, Node, Words, strings};

/// Reads one thing after the other; `open` holds the lists and objects that are not closed yet.
pub(super) struct Reader<'a> {
    json: Json<'a>,
    open: Vec<u32>,
    /// The name of the member whose value comes next.
    key: Option<Words>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let documents = Node {
            kind: Kind::Array,
            key: Words::default(),
            value: Words::default(),
            end: 1,
        };
        Self {
            json: Json {
                text,
                decoded: String::new(),
                nodes: vec![documents],
                broken: None,
            },
            open: vec![0],
            key: None,
        }
    }

    /// Reads all documents, or the first one only, as far as the text is JSON.
    pub(super) fn read(mut self, only_first: bool) -> Json<'a> {
        self.json.broken = self.read_to_end(only_first).err();
        while let Some(node) = self.open.pop() {
            self.end(node);
        }
        self.json
    }

    /// Reads to the end; where that fails, says at which byte.
    fn read_to_end(&mut self, only_first: bool) -> Result<(), usize> {
        let bytes = self.json.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at = self.token(bytes, at, byte).ok_or(at)?;
            let begun = self.json.nodes.len() > 1;
            if only_first && begun && self.open.len() == 1 {
                return Ok(());
            }
        }
        match self.open.len() {
            1 => Ok(()),
            _ => Err(at),
        }
    }

    /// Reads what begins at `at` and gives where it ends; none if it is no JSON.
    fn token(&mut self, bytes: &[u8], at: usize, byte: u8) -> Option<usize> {
        match byte {
            // Commas between values and before ends are not missed.
            b' ' | b'\t' | b'\n' | b'\r' | b',' => Some(at + 1),
            b'{' => self.container(Kind::Object, at),
            b'[' => self.container(Kind::Array, at),
            b'}' => self.close(Kind::Object, at),
            b']' => self.close(Kind::Array, at),
            b'"' => self.string(bytes, at + 1),
            b'-' | b'0'..=b'9' => {
                let digits = bytes[at..]
                    .iter()
                    .take_while(|b| b"+-.eE".contains(b) || b.is_ascii_digit());
                let end = at + digits.count();
                self.add(Kind::Number, words(at, end)?)?;
                Some(end)
            }
            _ => {
                let names = [
                    ("true", Kind::True),
                    ("false", Kind::False),
                    ("null", Kind::Null),
                ];
                let (name, kind) = names
                    .iter()
                    .find(|(name, _)| bytes[at..].starts_with(name.as_bytes()))?;
                self.add(*kind, Words::default())?;
                Some(at + name.len())
            }
        }
    }

    /// Reads the string that begins at `at`, behind its quotation mark: a value or a member's name.
    fn string(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let (end, has_escapes) = strings::end(bytes, at)?;
        let is_key = self.in_object() && self.key.is_none();
        let behind = match is_key {
            false => end + 1,
            true => {
                let blank = bytes[end + 1..]
                    .iter()
                    .take_while(|b| b.is_ascii_whitespace());
                let colon = end + 1 + blank.count();
                (bytes.get(colon) == Some(&b':')).then_some(colon + 1)?
            }
        };
        let words = match has_escapes {
            false => words(at, end)?,
            true => self.decoded(at, end)?,
        };
        match is_key {
            true => self.key = Some(words),
            false => _ = self.add(Kind::String, words)?,
        }
        Some(behind)
    }

    fn decoded(&mut self, at: usize, end: usize) -> Option<Words> {
        let Json { text, decoded, .. } = &mut self.json;
        let start = text.len() + decoded.len();
        strings::decode(text.get(at..end)?, decoded);
        words(start, text.len() + decoded.len())
    }

    fn in_object(&self) -> bool {
        self.open
            .last()
            .is_some_and(|&open| self.kind(open) == Kind::Object)
    }

    fn kind(&self, node: u32) -> Kind {
        self.json.nodes[node as usize].kind
    }

    fn container(&mut self, kind: Kind, at: usize) -> Option<usize> {
        let node = self.add(kind, Words::default())?;
        self.open.push(node);
        Some(at + 1)
    }

    fn close(&mut self, kind: Kind, at: usize) -> Option<usize> {
        let open = *self.open.last()?;
        if self.open.len() == 1 || self.kind(open) != kind {
            return None;
        }
        self.open.pop();
        self.end(open);
        self.key = None;
        Some(at + 1)
    }

    /// Ends a list or an object before the next node.
    fn end(&mut self, node: u32) {
        self.json.nodes[node as usize].end = self.json.nodes.len() as u32;
    }

    /// Adds a value to the innermost container; a member of an object must have a key.
    fn add(&mut self, kind: Kind, value: Words) -> Option<u32> {
        let key = match self.in_object() {
            true => self.key.take()?,
            false => Words::default(),
        };
        let node = u32::try_from(self.json.nodes.len()).ok()?;
        self.json.nodes.push(Node {
            kind,
            key,
            value,
            end: node.checked_add(1)?,
        });
        Some(node)
    }
}

/// The bytes from `start` to `end`; none beyond 4 GiB, far beyond which no page reaches.
fn words(start: usize, end: usize) -> Option<Words> {
    Some(Words {
        start: u32::try_from(start).ok()?,
        end: u32::try_from(end).ok()?,
    })
}
