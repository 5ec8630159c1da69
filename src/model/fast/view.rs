//! A reply cut into tokens, with what the features ask about it.

use super::{
    hash::mix,
    token::{Kind, Token, Tokens},
};
use crate::model::{Reply, ReplyUnit};
use std::ops::Range;

/// A reply cut into tokens.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) reply: &'a Reply<'a>,
    pub(super) tokens: Tokens,
    /// Per unit its tokens.
    pub(super) units: Vec<Range<usize>>,
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
        answered.append(reply.answered.unwrap_or_default());
        let mut known_words: Vec<_> = content(&answered.list).map(|word| word.hash).collect();
        known_words.sort_unstable();
        let mut known_runs: Vec<_> = runs(&answered.list).collect();
        known_runs.sort_unstable();
        Self {
            reply,
            tokens,
            units,
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

    /// Whether unit `at` is quoted, by its block or by the sign before its line.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.reply.units[at].is_quote || line_start(self.reply.text, self.reply.units[at]) == '>'
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

/// The first sign of the line in which a unit starts.
fn line_start(text: &str, unit: ReplyUnit) -> char {
    let before = &text[..unit.span.start()];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let first = text[line..].trim_start().chars().next();
    first.unwrap_or(' ')
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
