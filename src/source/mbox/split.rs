//! Parts a stream into messages.

use super::super::mail::{fields, headers};
use crate::error::Result;
use std::io::BufRead;

/// A message longer than this is cut: its text is at the front, and what follows is attachments.
pub(in super::super) const LONGEST: usize = 64 << 20;
/// Bytes read at a time.
const CHUNK: usize = 1 << 18;
/// Bytes that the lines that tell a message's beginning take at most.
const REACH: usize = 4096;

/// Which lines part messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Rule {
    /// `From ` behind an empty line, before a field.
    Mailbox,
    /// "From ada at a.example  Tue Apr  1 07:35:05 2008", wherever it stands before a field.
    Pipermail,
}

/// How the end of a message was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Framing {
    /// By the line that begins the next one.
    Lines,
    /// By a length that was stated, so that its lines are as they were.
    Length,
}

/// A message as it stands in an archive.
#[derive(Debug)]
pub(in super::super) struct Message {
    /// The line before it.
    pub(in super::super) envelope: Option<Vec<u8>>,
    pub(in super::super) raw: Vec<u8>,
    pub(in super::super) framing: Framing,
    /// Whether it was longer than [`LONGEST`].
    pub(in super::super) cut: bool,
}

/// Whether an input begins with the line before a message.
pub(in super::super) fn begins(head: &[u8], rule: Rule) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = head.trim_ascii_start();
    frame(head).is_some() && rule == Rule::Mailbox || parts(head, rule)
}

/// The messages of a stream; an error of the stream itself ends them.
pub(in super::super) struct Messages<R> {
    input: R,
    rule: Rule,
    /// What was read and does not belong to a message that was given out, from `start` on.
    window: Vec<u8>,
    start: usize,
    ended: bool,
}

impl<R: BufRead> Messages<R> {
    pub(in super::super) const fn new(input: R, rule: Rule) -> Self {
        Self {
            input,
            rule,
            window: Vec::new(),
            start: 0,
            ended: false,
        }
    }

    /// What was read and not given out.
    fn held(&self) -> &[u8] {
        &self.window[self.start..]
    }

    /// Holds `count` bytes, or all that is left.
    fn fill(&mut self, count: usize) -> Result<()> {
        if self.held().len() >= count || self.ended {
            return Ok(());
        }
        if self.start > 0 {
            self.window.drain(..self.start);
            self.start = 0;
        }
        while self.window.len() < count.max(CHUNK) && !self.ended {
            let read = self.input.fill_buf()?;
            let len = read.len();
            self.window.extend_from_slice(read);
            self.input.consume(len);
            self.ended = len == 0;
        }
        Ok(())
    }

    /// The end of the line that begins at `at`, which may be the end of the stream; the line is held.
    fn line_end(&mut self, at: usize) -> Result<usize> {
        let mut from = at;
        loop {
            let held = self.held();
            if let Some(end) = held
                .get(from..)
                .and_then(|rest| rest.iter().position(|&byte| byte == b'\n'))
            {
                return Ok(from + end + 1);
            }
            if self.ended || held.len() > at + LONGEST {
                return Ok(held.len());
            }
            from = held.len().max(at);
            self.fill(from + CHUNK)?;
        }
    }

    fn read(&mut self) -> Result<Option<Message>> {
        self.fill(REACH)?;
        if self.start == 0 && self.window.starts_with(b"\xef\xbb\xbf") {
            self.start = 3;
        }
        self.skip_empty()?;
        if self.held().is_empty() {
            return Ok(None);
        }
        self.fill(REACH)?;
        if let Some((line, len)) = frame(self.held()).filter(|_| self.rule == Rule::Mailbox) {
            return self.framed(line, len).map(Some);
        }
        let mut envelope = None;
        if parts(self.held(), self.rule) {
            let end = self.line_end(0)?;
            envelope = Some(self.held()[..end].to_vec());
            self.start += end;
        }
        self.parted(envelope).map(Some)
    }

    fn skip_empty(&mut self) -> Result<()> {
        loop {
            let held = self.held();
            let empty = held
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
            let all = empty == held.len();
            self.start += empty;
            if !all || self.ended {
                return Ok(());
            }
            self.fill(CHUNK)?;
        }
    }

    /// A message whose length stands in the line before it.
    fn framed(&mut self, line: usize, len: usize) -> Result<Message> {
        self.start += line;
        let kept = len.min(LONGEST);
        self.fill(kept)?;
        let kept = kept.min(self.held().len());
        let raw = self.held()[..kept].to_vec();
        self.start += kept;
        let mut left = len - kept;
        while left > 0 {
            self.fill(left.min(CHUNK))?;
            let passed = left.min(self.held().len());
            if passed == 0 {
                break;
            }
            self.start += passed;
            left -= passed;
        }
        Ok(Message {
            envelope: None,
            raw,
            framing: Framing::Length,
            cut: len > LONGEST,
        })
    }

    /// A message that ends where a line begins the next one, or where its own head says.
    fn parted(&mut self, envelope: Option<Vec<u8>>) -> Result<Message> {
        let mut raw = Vec::new();
        let mut cut = false;
        let mut at = 0;
        let mut in_head = true;
        let mut stated = None;
        let mut after_empty = false;
        loop {
            let end = self.line_end(at)?;
            if end == at {
                break;
            }
            let is_from = self.held()[at..end].starts_with(b"From ");
            if is_from && (after_empty || self.rule == Rule::Pipermail) && at + raw.len() > 0 {
                self.fill(at + REACH)?;
                if parts(&self.held()[at..], self.rule) {
                    break;
                }
            }
            let line = &self.held()[at..end];
            after_empty = line.trim_ascii().is_empty();
            at = end;
            if in_head && after_empty {
                in_head = false;
                if let Some(len) = stated.filter(|&len| len <= LONGEST && raw.is_empty())
                    && self.ends_at(at + len)?
                {
                    let raw = self.held()[..at + len].to_vec();
                    self.start += at + len;
                    return Ok(Message {
                        envelope,
                        raw,
                        framing: Framing::Length,
                        cut: false,
                    });
                }
            } else if in_head
                && headers::name(line)
                    .is_some_and(|name| name.eq_ignore_ascii_case(b"content-length"))
            {
                let value = &line["content-length:".len()..];
                stated = std::str::from_utf8(value)
                    .ok()
                    .and_then(|value| value.trim().parse::<usize>().ok());
            }
            if at >= CHUNK {
                self.keep(&mut raw, &mut cut, at);
                at = 0;
            }
        }
        self.keep(&mut raw, &mut cut, at);
        Ok(Message {
            envelope,
            raw,
            framing: Framing::Lines,
            cut,
        })
    }

    /// Moves the first `len` bytes held to a message, up to its limit.
    fn keep(&mut self, raw: &mut Vec<u8>, cut: &mut bool, len: usize) {
        let room = LONGEST.saturating_sub(raw.len());
        raw.extend_from_slice(&self.held()[..len.min(room)]);
        *cut |= len > room;
        self.start += len;
    }

    /// Whether a message may end at a place: the stream does, or the next message begins.
    fn ends_at(&mut self, at: usize) -> Result<bool> {
        self.fill(at + REACH)?;
        Ok(self.held().get(at..).is_some_and(|rest| {
            // Some lengths count the end of the last line.
            let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let next = &rest[ends.count()..];
            next.trim_ascii().is_empty() || next.len() < rest.len() && parts(next, self.rule)
        }))
    }
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = Result<Message>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read().transpose();
        if let Some(Err(_)) = read {
            self.window.clear();
            self.start = 0;
            self.ended = true;
        }
        read
    }
}

/// Whether `text` begins with the line before a message, and a field follows.
fn parts(text: &[u8], rule: Rule) -> bool {
    let line = headers::line(text);
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let next = headers::line(&text[line.len()..]);
    let next = next
        .strip_prefix(b">From ")
        .map_or(next, |_| headers::line(&text[line.len() + next.len()..]));
    let field = headers::name(next).is_some_and(|name| name.iter().all(|&byte| byte != b'/'));
    let rest = String::from_utf8_lossy(rest);
    field
        && match rule {
            Rule::Mailbox => is_envelope(rest.trim()),
            Rule::Pipermail => is_hidden_envelope(rest.trim()),
        }
}

/// Whether a sender and a time follow `From `, or one word that stands for both.
fn is_envelope(rest: &str) -> bool {
    let words: Vec<_> = rest.split_whitespace().take(16).collect();
    let clock = words.iter().any(|word| is_clock(word));
    clock && words.len() >= 4 || words.len() == 1
}

/// Whether an address without its `@` and a time in the C library's form follow `From `.
fn is_hidden_envelope(rest: &str) -> bool {
    let words: Vec<_> = rest.split_whitespace().take(16).collect();
    let [.., weekday, month, day, clock, year] = words.as_slice() else {
        return false;
    };
    let numeric = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    fields::is_weekday(weekday)
        && month.len() == 3
        && numeric(day)
        && is_clock(clock)
        && year.len() == 4
        && numeric(year)
        && words.len() <= 10
}

fn is_clock(word: &str) -> bool {
    let mut parts = word.split(':');
    let number = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    number(parts.next()) && number(parts.next())
}

/// What begins the line before each message of a Maildir folder.
const FRAME: &str = "From maildir@rejoinder.invalid Content-Length=";

/// The line before a message of `len` bytes, by which a mailbox made of files is read back as it was,
/// whatever its messages hold.
#[must_use]
pub fn mail_frame(len: usize) -> String {
    format!("{FRAME}{len}\n")
}

/// The length of such a line, and the length that it states.
fn frame(text: &[u8]) -> Option<(usize, usize)> {
    let line = headers::line(text);
    let rest = line.strip_prefix(FRAME.as_bytes())?;
    let len = std::str::from_utf8(rest).ok()?.trim().parse().ok()?;
    Some((line.len(), len))
}
