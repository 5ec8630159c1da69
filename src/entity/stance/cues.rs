//! Finds the cues of `data/lexicons/cues.tsv` in a text.

use super::Attitude;
use crate::{entity::lexicon::CUES, span::Span};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Where a cue stands to the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Before it.
    Before,
    /// Before it, at the start of the sentence.
    Start,
    /// Before it, with the author as its subject.
    Author,
    /// Behind it.
    After,
    /// Behind its possessive.
    Own,
    /// Behind a form of "to be" that follows it.
    Copula,
}

/// A cue in a text.
pub(super) struct Cue {
    pub(super) span: Span,
    pub(super) attitude: Attitude,
    pub(super) side: Side,
}

struct Row {
    words: &'static str,
    attitude: Attitude,
    side: Side,
}

static ROWS: LazyLock<(Vec<Row>, AhoCorasick)> = LazyLock::new(|| {
    let rows: Vec<Row> = CUES.rows().filter_map(read).collect();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(rows.iter().map(|row| row.words))
        .expect("the cues fit into an automaton");
    (rows, automaton)
});

fn read(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    Some(Row {
        words: columns.next()?,
        attitude: Attitude::from_name(columns.next()?)?,
        side: match columns.next()? {
            "before" => Side::Before,
            "start" => Side::Start,
            "author" => Side::Author,
            "after" => Side::After,
            "own" => Side::Own,
            "copula" => Side::Copula,
            _ => return None,
        },
    })
}

/// The cues in `text`, in order; those inside a longer one are left out.
pub(super) fn find(text: &str) -> Vec<Cue> {
    let (rows, automaton) = &*ROWS;
    let mut found: Vec<Cue> = Vec::new();
    for met in automaton.find_overlapping_iter(text) {
        let span = Span::new(met.start(), met.end());
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        if text[..span.start()].ends_with(inside) || text[span.end()..].starts_with(inside) {
            continue;
        }
        let row = &rows[met.pattern().as_usize()];
        found.push(Cue {
            span,
            attitude: row.attitude,
            side: row.side,
        });
    }
    found.sort_by_key(|cue| (cue.span.start(), usize::MAX - cue.span.end()));
    let mut end = 0;
    let mut last = Span::new(0, 0);
    found.retain(|cue| {
        let kept = cue.span == last || cue.span.end() > end;
        end = end.max(cue.span.end());
        if kept {
            last = cue.span;
        }
        kept
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_read() {
        for line in CUES.rows() {
            assert!(read(line).is_some(), "{line}");
        }
    }

    #[test]
    fn the_longer_cue_hides_what_it_holds() {
        let text = "It was not the fault of them.";
        let found: Vec<_> = find(text)
            .iter()
            .map(|cue| (cue.span.slice(text), cue.attitude))
            .collect();
        assert_eq!(found, [("not the fault of", Attitude::Defense)]);
    }
}
