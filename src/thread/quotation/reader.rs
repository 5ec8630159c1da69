//! Judges whether a passage is a quotation, by how well its words agree with an origin.

use super::{
    Origin,
    corpus::{Corpus, Match, Reach, Sought},
    pieces, text_of,
};
use crate::{
    span::Span,
    text::{
        Body,
        align::{Word, words},
        sentence::sentences,
    },
    thread::{CommentIdx, Thread},
};

/// Words from which a paragraph in quotation marks is a quotation even if nobody here said them.
const LONG: usize = 5;
/// Words that an unmarked quotation of the parent needs.
const OF_PARENT: usize = 6;
/// Words that an unmarked quotation of anybody else needs.
const OF_OTHERS: usize = 8;
/// Sentences that are tried one by one at the beginning of a paragraph.
const SENTENCES: usize = 16;

/// What is needed to judge a passage of a comment.
pub(super) struct Reader<'a> {
    thread: &'a Thread,
    corpus: &'a Corpus,
    idx: CommentIdx,
    pub(super) body: &'a Body,
    /// Whether unmarked quotations are left alone.
    pub(super) marked_only: bool,
}

/// Somebody else's sentences at the beginning of a paragraph.
pub(super) struct Leading {
    pub(super) span: Span,
    pub(super) origin: (Origin, Span),
    /// Whether quotation marks show it.
    pub(super) marked: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(thread: &'a Thread, corpus: &'a Corpus, idx: CommentIdx) -> Self {
        let body = &thread.comment(idx).body;
        Self {
            thread,
            corpus,
            idx,
            body,
            marked_only: false,
        }
    }

    fn text(&self) -> &str {
        &self.body.text
    }

    fn words(&self, span: Span) -> Vec<Word> {
        words(self.text(), span).collect()
    }

    /// Whether a passage in quotation marks is a quotation even if nobody here said it.
    pub(super) fn is_long(&self, span: Span) -> bool {
        words(self.text(), span).nth(LONG - 1).is_some()
    }

    /// Where the words of a marked quotation come from.
    pub(super) fn marked(&self, span: Span, reach: Reach) -> Option<(Origin, Span)> {
        let sought = Sought {
            by: self.idx,
            words: self.words(span),
            elided: pieces::is_elided(span.slice(self.text())),
            reach,
        };
        let fits = |found: &Match| agrees(sought.words.len(), found);
        let best = self.corpus.best(self.thread, &sought, fits)?;
        Some((best.origin, self.with_stop(best, span)))
    }

    /// The sentences at the beginning of a paragraph that are somebody else's.
    pub(super) fn leading(&self, span: Span) -> Option<Leading> {
        let sentences = sentences(span.slice(self.text())).into_iter();
        let sentences = sentences.map(|sentence| sentence.shifted(span.start()));
        let mut taken: Option<(Span, Match)> = None;
        let mut marked = false;
        for (nth, sentence) in sentences.enumerate().take(SENTENCES) {
            let enclosed = pieces::in_quotation_marks(sentence.slice(self.text()));
            marked = if nth == 0 { enclosed } else { marked };
            let from = taken.map_or(sentence.start(), |(before, _)| before.start());
            let is_last = nth + 1 == SENTENCES;
            let end = if is_last { span.end() } else { sentence.end() };
            let whole = Span::new(from, end);
            let Some(found) = self.unmarked(whole, marked).filter(|_| enclosed == marked) else {
                break;
            };
            // A sentence must agree itself, and not only ride along with those before it.
            let before = taken.map_or(0, |(_, before)| before.matched);
            let own = self.words(Span::new(sentence.start(), end)).len();
            if 8 * found.matched.saturating_sub(before) < 7 * own {
                break;
            }
            taken = Some((whole, found));
        }
        let (span, found) = taken?;
        let origin = (found.origin, self.with_stop(found, span));
        Some(Leading {
            span,
            origin,
            marked,
        })
    }

    /// Where the words of a passage come from, if they agree so well that no chance explains it; less is
    /// asked for where quotation marks enclose it.
    fn unmarked(&self, span: Span, marked: bool) -> Option<Match> {
        let sought = Sought {
            by: self.idx,
            words: self.words(span),
            elided: false,
            reach: Reach::Sure,
        };
        let len = sought.words.len();
        let least = if marked { LONG } else { OF_PARENT };
        if len < least || !marked && self.is_ordinary(span, &sought.words) {
            return None;
        }
        let parent = self.thread.tree.parent(self.idx).map(Origin::Comment);
        let edits = len / 10;
        let negations = negations(span.slice(self.text()));
        let fits = |found: &Match| {
            let nearby = marked || Some(found.origin) == parent;
            (nearby || len >= OF_OTHERS)
                && found.matched + edits >= len
                && found.width <= len + edits
                && (marked || !self.is_own(found.origin))
                // "They do not" answers "they do" and does not quote it.
                && negations == self.negations_at(found)
        };
        self.corpus.best(self.thread, &sought, fits)
    }

    /// Whether several comments may hold the same words by chance: an address, a stock phrase.
    fn is_ordinary(&self, span: Span, words: &[Word]) -> bool {
        let text = span.slice(self.text());
        let is_url = text.contains("://") && !text.contains(char::is_whitespace);
        self.marked_only || is_url || self.corpus.is_common(words)
    }

    /// Whether whoever quotes wrote the origin too.
    fn is_own(&self, origin: Origin) -> bool {
        let Origin::Comment(idx) = origin else {
            return false;
        };
        self.thread.identity(idx) == self.thread.identity(self.idx)
    }

    fn negations_at(&self, found: &Match) -> usize {
        negations(found.span.slice(text_of(self.thread, found.origin)))
    }

    /// The place found, with the stop behind it if the quotation ends with one too.
    fn with_stop(&self, found: Match, quoted: Span) -> Span {
        let text = text_of(self.thread, found.origin);
        let behind = text.get(found.span.end()..).unwrap_or_default();
        let marks = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let quoted = quoted.slice(self.text());
        let ending = &quoted[quoted.trim_end_matches(marks).len()..];
        let tail = &behind[..behind.len() - behind.trim_start_matches(marks).len()];
        let stop = tail.rfind(['.', '!', '?']).map_or(0, |at| at + 1);
        let taken = if ending.contains(['.', '!', '?']) {
            stop
        } else {
            0
        };
        Span::new(found.span.start(), found.span.end() + taken)
    }
}

/// How many words of `text` deny something.
fn negations(text: &str) -> usize {
    let denies = |word: &&str| {
        let word = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        matches!(
            word.as_str(),
            "no" | "not" | "never" | "cannot" | "nobody" | "nothing" | "none"
        ) || word.ends_with("n't")
            || word.ends_with("n’t")
    };
    text.split_whitespace().filter(denies).count()
}

/// Whether so many words agree that a marked quotation of `sought` words has its origin there.
fn agrees(sought: usize, found: &Match) -> bool {
    match sought {
        0..=2 => found.matched == sought && found.is_above,
        3..=5 => found.matched + 1 >= sought && found.longest >= 2,
        _ => 5 * found.matched >= 3 * sought && found.longest >= 3,
    }
}
