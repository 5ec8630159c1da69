//! Reads the text of documents into one list of values.

use super::{Documents, Node};
use std::borrow::Cow;

/// Reads values one after the other; `open` holds the lists and objects that have not ended.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
    documents: Documents<'a>,
    open: Vec<usize>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            documents: Documents::default(),
            open: Vec::new(),
        }
    }

    /// The documents, as far as the text is JSON.
    pub(super) fn documents(mut self) -> Documents<'a> {
        if self.read().is_none() {
            self.documents.broken = Some(self.at.min(self.text.len()));
        }
        self.documents
    }

    /// Reads to the end; none where the text is no JSON or breaks off.
    fn read(&mut self) -> Option<()> {
        loop {
            self.skip_blank();
            let next = self.peek();
            if self.open.is_empty() && next.is_none() {
                return Some(());
            }
            // Commas between values and before ends are not missed.
            match next? {
                b',' if !self.open.is_empty() => self.at += 1,
                b']' | b'}' => {
                    self.open.pop()?;
                    self.at += 1;
                }
                _ => self.item()?,
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Reads a value, with its key where an object is open.
    fn item(&mut self) -> Option<()> {
        let holder = self.open.last().copied();
        let in_object =
            holder.is_some_and(|at| matches!(self.documents.nodes[at], Node::Object(_)));
        let key = match in_object {
            true => {
                let key = self.string()?;
                self.skip_blank();
                self.take(b':')?;
                self.skip_blank();
                Some(key)
            }
            false => None,
        };
        let node = self.scalar()?;
        let opens = matches!(node, Node::List(_) | Node::Object(_));
        let at = self.documents.nodes.len();
        self.documents.nodes.push(node);
        match (
            holder.and_then(|holder| self.documents.nodes.get_mut(holder)),
            key,
        ) {
            (Some(Node::Object(fields)), Some(key)) => fields.push((key, at)),
            (Some(Node::List(items)), _) => items.push(at),
            _ => self.documents.roots.push(at),
        }
        if opens {
            self.open.push(at);
        }
        Some(())
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    /// Reads a value; of lists and objects their opening sign.
    fn scalar(&mut self) -> Option<Node<'a>> {
        let rest = self.text.get(self.at..)?;
        let words = [
            ("[", Node::List(Vec::new())),
            ("{", Node::Object(Vec::new())),
            ("null", Node::Null),
            ("true", Node::Flag(true)),
            ("false", Node::Flag(false)),
        ];
        for (word, node) in words {
            if rest.starts_with(word) {
                self.at += word.len();
                return Some(node);
            }
        }
        if rest.starts_with('"') {
            return self.string().map(Node::Text);
        }
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let length = rest.find(|c| !is_number(c)).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        self.at += length;
        Some(Node::Number(&rest[..length]))
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.take(b'"')?;
        let rest = self.text.get(self.at..)?;
        let plain = rest.find(['"', '\\'])?;
        if rest.as_bytes()[plain] == b'"' {
            self.at += plain + 1;
            return Some(Cow::Borrowed(&rest[..plain]));
        }
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let end = rest.find(['"', '\\'])?;
            out.push_str(&rest[..end]);
            self.at += end + 1;
            if rest.as_bytes()[end] == b'"' {
                return Some(Cow::Owned(out));
            }
            let mark = self.text.get(self.at..)?.chars().next()?;
            self.at += mark.len_utf8();
            match mark {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'r' => out.push('\r'),
                'b' => out.push('\u{8}'),
                'f' => out.push('\u{c}'),
                'u' => {
                    let letter = self.letter()?;
                    out.push(letter);
                }
                other => out.push(other),
            }
        }
    }

    /// The letter that an escape names, of two halves where it needs them; half a letter is none.
    fn letter(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if !self.text[self.at..].starts_with("\\u") {
            return Some(char::REPLACEMENT_CHARACTER);
        }
        let before = self.at;
        self.at += 2;
        let second = self.unit()?;
        if !(0xdc00..0xe000).contains(&second) {
            self.at = before;
            return Some(char::REPLACEMENT_CHARACTER);
        }
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let unit = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(unit)
    }
}
