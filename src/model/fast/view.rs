//! A reply cut into tokens, with what the features ask about it.

use super::{
    hash::mix,
    token::{Kind, Token, Tokens},
};
use crate::model::Reply;
use std::ops::Range;

/// Tokens of a comment, and of what it answers, that stand for the whole: each unit looks at them, and a
/// text of any length must cost time in its length alone.
const CONTEXT: usize = 600;

/// Bytes of the answered text that are read: as many as [`CONTEXT`] tokens hardly ever have.
const ANSWERED: usize = 16 << 10;

/// A reply cut into tokens.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) reply: &'a Reply<'a>,
    pub(super) tokens: Tokens,
    /// Per unit its tokens.
    pub(super) units: Vec<Range<usize>>,
    /// Per unit whether it is quoted, by its block or by the sign before its line.
    quoted: Vec<bool>,
    pub(super) title: Tokens,
    pub(super) answered: Tokens,
    /// Hashes of the answered text's words and of its runs of four tokens, sorted.
    known_words: Vec<u64>,
    known_runs: Vec<u64>,
}

impl<'a> View<'a> {
    pub(super) fn new(reply: &'a Reply<'a>) -> Self {
        let mut tokens = Tokens::default();
        let mut units = Vec::with_capacity(reply.units.len());
        for unit in reply.units {
            let start = tokens.list.len();
            tokens.append(unit.span.slice(reply.text));
            units.push(start..tokens.list.len());
        }
        if units.is_empty() {
            tokens.append(reply.text);
        }
        let mut title = Tokens::default();
        title.append(reply.title.unwrap_or_default());
        let mut answered = Tokens::default();
        answered.append(beginning(reply.answered.unwrap_or_default()));
        let mut known_words: Vec<_> = content(&answered.list).map(|word| word.hash).collect();
        known_words.sort_unstable();
        let mut known_runs: Vec<_> = runs(&answered.list).collect();
        known_runs.sort_unstable();
        Self {
            reply,
            tokens,
            units,
            quoted: quoted(reply),
            title,
            answered,
            known_words,
            known_runs,
        }
    }

    /// The tokens of unit `at`; none for a unit that does not exist.
    pub(super) fn unit(&self, at: Option<usize>) -> &[Token] {
        let range = at.and_then(|at| self.units.get(at));
        range.map_or(&[], |range| &self.tokens.list[range.clone()])
    }

    /// The text of unit `at`.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.reply.units[at].span.slice(self.reply.text)
    }

    /// The first tokens of the comment.
    pub(super) fn context(&self) -> &[Token] {
        let all = &self.tokens.list;
        &all[..all.len().min(CONTEXT)]
    }

    /// The first tokens of what is answered.
    pub(super) fn answered_context(&self) -> &[Token] {
        let all = &self.answered.list;
        &all[..all.len().min(CONTEXT)]
    }

    /// Whether unit `at` is quoted, by its block or by the sign before its line.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.quoted[at]
    }

    /// The part of `tokens`' words that the answered text has too.
    pub(super) fn shared_words(&self, tokens: &[Token]) -> f32 {
        share(content(tokens).map(|word| word.hash), &self.known_words)
    }

    /// The part of `tokens`' runs of four that the answered text has too: near one for a quotation.
    pub(super) fn shared_runs(&self, tokens: &[Token]) -> f32 {
        share(runs(tokens), &self.known_runs)
    }
}

/// The part of a text that is read of it.
fn beginning(text: &str) -> &str {
    let end = (0..=ANSWERED.min(text.len())).rfind(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

/// Per unit whether its block is a quotation or its line begins with the sign of one. Units are in
/// order mostly, so that each line is looked up once.
fn quoted(reply: &Reply<'_>) -> Vec<bool> {
    let (mut seen, mut line) = (0, 0);
    let quoted = reply.units.iter().map(|unit| {
        let start = unit.span.start();
        if start < seen {
            (seen, line) = (0, 0);
        }
        if let Some(at) = reply.text[seen..start].rfind('\n') {
            line = seen + at + 1;
        }
        seen = start;
        unit.is_quote || reply.text[line..].trim_start().starts_with('>')
    });
    quoted.collect()
}

/// Words long enough to carry a topic.
fn content(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens
        .iter()
        .filter(|token| token.kind != Kind::Punctuation && token.len() > 3)
}

fn runs(tokens: &[Token]) -> impl Iterator<Item = u64> {
    let windows = tokens.windows(4);
    windows.map(|run| run.iter().fold(0, |hash, token| mix(hash, token.hash)))
}

fn share(hashes: impl Iterator<Item = u64>, known: &[u64]) -> f32 {
    let (mut all, mut shared) = (0_u32, 0_u32);
    for hash in hashes {
        all += 1;
        shared += u32::from(known.binary_search(&hash).is_ok());
    }
    shared as f32 / all.max(1) as f32
}
