//! Cuts comments into argumentative discourse units.
//!
//! A unit is a sentence, or a whole quoted block, or a whole block of code; signatures and
//! attribution lines hold none. A comment that came with a segmentation of its own keeps it.

use crate::{
    span::Span,
    text::{BlockKind, Body, sentence::sentences},
    thread::{Comment, CommentIdx, CommentKind, State, Thread},
};

/// An argumentative discourse unit: the smallest piece of a comment that can claim something or give
/// a ground (Stab and Gurevych 2017 call it an argument component; here it is a sentence or a quotation).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// The comment it stands in.
    pub comment: CommentIdx,
    /// Its place in the comment's text.
    pub span: Span,
    /// The kind of block it stands in.
    pub block: BlockKind,
}

/// The units of a thread, in document order.
#[must_use]
pub fn units(thread: &Thread) -> Vec<Unit> {
    let comments = thread.iter().filter(|(_, comment)| is_analyzed(comment));
    let units = comments.flat_map(|(idx, comment)| {
        let found = match &comment.given_units {
            Some(given) => kinds_of(given, &comment.body),
            None => spans(&comment.body),
        };
        found.into_iter().map(move |(span, block)| Unit {
            comment: idx,
            span,
            block,
        })
    });
    units.collect()
}

/// The units of a text that stands in no thread: their places, and the kinds of block they stand in.
#[must_use]
pub fn spans(body: &Body) -> Vec<(Span, BlockKind)> {
    let mut units = Vec::new();
    for block in &body.blocks {
        match block.kind {
            BlockKind::Quote | BlockKind::Code => units.push((block.span, block.kind)),
            BlockKind::Paragraph | BlockKind::List => {
                let inner = sentences(block.span.slice(&body.text)).into_iter();
                units.extend(inner.map(|span| (span.shifted(block.span.start()), block.kind)));
            }
            BlockKind::Signature | BlockKind::Attribution => {}
        }
    }
    units
}

/// Whether the comment's words are there and are meant as a contribution.
pub(crate) fn is_analyzed(comment: &Comment) -> bool {
    let readable = match comment.state {
        State::Live | State::Collapsed | State::Unresolved => true,
        State::Deleted | State::Removed | State::Hidden => false,
    };
    readable && comment.kind != CommentKind::Pingback
}

/// Blocks that one given unit is compared with at most.
const BLOCKS: usize = 256;

/// Gives each span of a segmentation the kind of the block that it shares most with.
fn kinds_of(given: &[Span], body: &Body) -> Vec<(Span, BlockKind)> {
    let kind = |span: Span| {
        // Blocks are in order: those before the span are skipped, those behind it never seen. Units that
        // each span all of a long comment must not be compared with all of its blocks.
        let first = body
            .blocks
            .partition_point(|block| block.span.end() <= span.start());
        let met = body.blocks[first..]
            .iter()
            .take_while(|block| block.span.start() < span.end())
            .take(BLOCKS);
        let most = met.max_by_key(|block| block.span.overlap(span));
        most.map_or(BlockKind::Paragraph, |block| block.kind)
    };
    given.iter().map(|&span| (span, kind(span))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        span::CodePoints,
        text::{BodyBuilder, plain},
        thread::{Draft, ThreadBuilder},
    };
    use flate2::read::GzDecoder;
    use proptest::prelude::*;
    use serde_json::Value;
    use std::{collections::HashSet, fs::File, io::BufReader, io::prelude::*, path::Path};

    fn body() -> Body {
        let mut builder = BodyBuilder::default();
        builder
            .block(BlockKind::Attribution, "On Monday, Ada wrote:", vec![])
            .block(BlockKind::Quote, "It is slow. It is large.", vec![])
            .block(BlockKind::Paragraph, "It is neither. Look:", vec![])
            .block(BlockKind::Code, "time ls. Done.", vec![])
            .block(BlockKind::Signature, "-- Bob", vec![]);
        builder.build()
    }

    fn cut(draft: Draft) -> Vec<(String, BlockKind)> {
        let mut builder = ThreadBuilder::new("test", "t");
        builder.push(Draft {
            settled: true,
            ..draft
        });
        let thread = builder.build();
        let text = &thread.comments[0].body.text;
        let units = units(&thread);
        units
            .iter()
            .map(|unit| (unit.span.slice(text).to_owned(), unit.block))
            .collect()
    }

    #[test]
    fn quotations_and_code_are_one_unit_and_frames_are_none() {
        let units = cut(Draft {
            body: body(),
            ..Draft::default()
        });
        let units: Vec<_> = units
            .iter()
            .map(|(text, kind)| (text.as_str(), *kind))
            .collect();
        assert_eq!(
            units,
            [
                ("It is slow. It is large.", BlockKind::Quote),
                ("It is neither.", BlockKind::Paragraph),
                ("Look:", BlockKind::Paragraph),
                ("time ls. Done.", BlockKind::Code),
            ]
        );
    }

    #[test]
    fn a_given_segmentation_wins() {
        let given_units = Some(vec![Span::new(0, 30), Span::new(40, 60)]);
        let units = cut(Draft {
            body: body(),
            given_units,
            ..Draft::default()
        });
        let kinds: Vec<_> = units.iter().map(|unit| unit.1).collect();
        assert_eq!(kinds, [BlockKind::Attribution, BlockKind::Paragraph]);
    }

    #[test]
    fn what_is_gone_or_no_comment_holds_no_units() {
        for state in [State::Deleted, State::Removed, State::Hidden] {
            assert!(
                cut(Draft {
                    body: body(),
                    state,
                    ..Draft::default()
                })
                .is_empty()
            );
        }
        let kind = CommentKind::Pingback;
        assert!(
            cut(Draft {
                body: body(),
                kind,
                ..Draft::default()
            })
            .is_empty()
        );
    }

    proptest! {
        #[test]
        fn units_lie_in_their_block(text in "([.!?>` \n]|[A-Za-zé]|- ){0,60}") {
            let body = plain::body(&text);
            let mut at = 0;
            for (span, kind) in spans(&body) {
                prop_assert!(at <= span.start() && !span.is_empty());
                prop_assert!(body.blocks.iter().any(|b| b.kind == kind && b.span.contains(span)));
                prop_assert_eq!(span.trimmed(&text), span);
                at = span.end();
            }
        }
    }

    /// How our segmentation compares with one made by hand.
    #[derive(Default)]
    struct Agreement {
        ours: usize,
        gold: usize,
        shared_ends: usize,
        shared_units: usize,
    }

    impl Agreement {
        fn add(&mut self, ours: &[(usize, usize)], gold: &[(usize, usize)]) {
            let ends: HashSet<usize> = gold.iter().map(|unit| unit.1).collect();
            let whole: HashSet<_> = gold.iter().collect();
            self.ours += ours.len();
            self.gold += gold.len();
            self.shared_ends += ours.iter().filter(|unit| ends.contains(&unit.1)).count();
            self.shared_units += ours.iter().filter(|unit| whole.contains(unit)).count();
        }

        fn f1(&self) -> f64 {
            2.0 * self.shared_ends as f64 / (self.ours + self.gold) as f64
        }
    }

    /// Compares with the labelled threads where these are at hand.
    #[test]
    fn agrees_with_the_labelled_threads() {
        for set in ["secthreads", "forumthreads", "secblogs"] {
            let name = format!("../shared/datasets/{set}_train.jsonl.gz");
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
            let Ok(file) = File::open(path) else {
                println!("skipped: {name} is not here");
                return;
            };
            let mut agreement = Agreement::default();
            for line in BufReader::new(GzDecoder::new(file)).lines() {
                let thread: Value = serde_json::from_str(&line.unwrap()).unwrap();
                for comment in thread["comments"].as_array().unwrap() {
                    compare(comment, &mut agreement);
                }
            }
            let share = |of: usize| agreement.shared_ends as f64 / of as f64;
            println!(
                "{set}: boundaries P {:.3} R {:.3} F1 {:.3}, whole units {:.3}",
                share(agreement.ours),
                share(agreement.gold),
                agreement.f1(),
                agreement.shared_units as f64 / agreement.gold as f64
            );
            assert!(agreement.f1() > 0.95, "{set}");
        }
    }

    fn compare(comment: &Value, agreement: &mut Agreement) {
        let text = comment["text"].as_str().unwrap();
        let points = CodePoints::new(text);
        let number = |unit: &Value, key: &str| unit[key].as_u64().unwrap() as usize;
        let gold = comment["units"].as_array().unwrap().iter();
        let gold: Vec<_> = gold
            .map(|unit| (number(unit, "start"), number(unit, "end")))
            .collect();
        let ours = spans(&plain::body(text)).into_iter();
        let ours: Vec<_> = ours
            .map(|(span, _)| (points.from_byte(span.start()), points.from_byte(span.end())))
            .collect();
        agreement.add(&ours, &gold);
    }
}
