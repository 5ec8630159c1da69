//! What stands around a mention: its sentence, the words beside it.

use crate::{
    span::Span,
    text::{BlockKind, Body, sentence::sentences},
};
use std::{borrow::Cow, cell::OnceCell};

/// Bytes on either side of a mention that are read for its context, so that a sentence without an end
/// costs no quadratic time.
const REACH: usize = 300;

/// A body with its sentences, which are sought when they are first asked for.
pub(super) struct Context<'a> {
    pub(super) body: &'a Body,
    sentences: OnceCell<Vec<Span>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(body: &'a Body) -> Self {
        Self {
            body,
            sentences: OnceCell::new(),
        }
    }

    pub(super) fn text(&self) -> &'a str {
        &self.body.text
    }

    /// The sentences of all blocks, in order.
    pub(super) fn sentences(&self) -> &[Span] {
        self.sentences.get_or_init(|| {
            let blocks = self.body.blocks.iter();
            let inner = blocks.flat_map(|block| {
                let found = sentences(block.span.slice(&self.body.text));
                let start = block.span.start();
                found.into_iter().map(move |span| span.shifted(start))
            });
            inner.collect()
        })
    }

    /// The sentence that holds the byte `at`.
    pub(super) fn sentence(&self, at: usize) -> Option<Span> {
        let all = self.sentences();
        let nth = all.partition_point(|sentence| sentence.end() <= at);
        all.get(nth)
            .copied()
            .filter(|sentence| sentence.start() <= at)
    }

    /// The kind of the block that holds the byte `at`.
    pub(super) fn block(&self, at: usize) -> BlockKind {
        let blocks = &self.body.blocks;
        let nth = blocks.partition_point(|block| block.span.end() <= at);
        blocks.get(nth).map(|block| block.kind).unwrap_or_default()
    }

    /// The words of the sentence before and behind `span`, as far as they are near.
    pub(super) fn beside(&self, span: Span) -> (&'a str, &'a str) {
        let sentence = self.sentence(span.start()).unwrap_or(span);
        let low = sentence.start().max(span.start().saturating_sub(REACH));
        let high = sentence.end().min(span.end() + REACH).max(span.end());
        (
            &self.text()[self.floor(low)..span.start()],
            &self.text()[span.end()..self.ceil(high)],
        )
    }

    /// The text before and behind `span`, across sentences and blocks.
    pub(super) fn around(&self, span: Span) -> (&'a str, &'a str) {
        let text = self.text();
        let low = self.floor(span.start().saturating_sub(REACH));
        let high = self.ceil((span.end() + REACH).min(text.len()));
        (&text[low..span.start()], &text[span.end()..high])
    }

    /// Whether a word of `words`, in lower case, or its plural stands near in the same sentence.
    pub(super) fn has_word(&self, span: Span, words: &[&str]) -> bool {
        let (before, behind) = self.beside(span);
        has_word(before, words) || has_word(behind, words)
    }

    /// Whether nothing but marks stands before `at` in its sentence or clause.
    pub(super) fn starts_sentence(&self, at: usize) -> bool {
        let low = self.floor(at.saturating_sub(REACH));
        let before = self.text()[low..at]
            .trim_end_matches([' ', '\t', '"', '\'', '“', '‘', '*', '(', '[', '_', '>']);
        before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '…', '-', '•', '—', '–'])
    }

    /// The last character boundary at or before `at`.
    fn floor(&self, at: usize) -> usize {
        self.text().floor_char_boundary(at)
    }

    fn ceil(&self, at: usize) -> usize {
        self.text().ceil_char_boundary(at)
    }
}

/// Whether one of the lower-cased `words` stands in `text` as a word, or with a plural's `s`.
pub(super) fn has_word(text: &str, words: &[&str]) -> bool {
    let found = text.split(|c: char| !c.is_alphanumeric() && !"-&'’".contains(c));
    let mut found = found.map(|word| word.trim_matches(['\'', '’', '-']));
    found.any(|word| {
        let straight = match word.contains('’') {
            true => Cow::Owned(word.replace('’', "'")),
            false => Cow::Borrowed(word),
        };
        let word = straight.strip_suffix("'s").unwrap_or(&straight);
        let singular = word.strip_suffix('s').unwrap_or(word);
        let met = |wanted: &&str| {
            word.eq_ignore_ascii_case(wanted) || singular.eq_ignore_ascii_case(wanted)
        };
        !word.is_empty() && words.iter().any(met)
    })
}

/// The last word of `text`, marks at its end left out; empty where other marks stand between.
pub(super) fn last_word(text: &str) -> &str {
    let text = text.trim_end_matches([' ', '\t']);
    let start = text.rfind(|c: char| !c.is_alphanumeric() && !"'’-./+#$".contains(c));
    &text[start.map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    })..]
}

/// The first word of `text`; empty where other marks stand before it.
pub(super) fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '\t']);
    let end = text.find(|c: char| !c.is_alphanumeric() && !"'’-./+#$".contains(c));
    &text[..end.unwrap_or(text.len())]
}
