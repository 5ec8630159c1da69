//! Which words moved a label: occlusion (Zeiler and Fergus 2014), the same for every model.
//!
//! The comment is judged again with each of its words blanked in turn; how far a label's probability
//! falls without a word is that word's effect. Words of the answered text are left as they are.

use super::{CommentLabels, UnitLabels};
use crate::{
    model::{Head, Model, Prediction, Reply},
    span::Span,
};
use std::iter;
use unicode_segmentation::UnicodeSegmentation;

/// Words of a comment that are tried, from its start; a pass of the model each.
const MOST_WORDS: usize = 200;

/// Words that are named for a label.
const NAMED: usize = 5;

/// An effect below this is noise.
const LEAST_EFFECT: f32 = 0.01;

/// A word, and by how much a label's probability falls when it is blanked: negative for a word that
/// speaks against the label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// Where the word stands in the comment.
    pub word: Span,
    /// The probability with the word less that without it.
    pub effect: f32,
}

/// For each asserted label the words that moved it most, the greatest effect first.
pub type Explanation = Vec<(&'static str, Vec<Influence>)>;

/// Explains the asserted labels of a reply.
pub(super) fn explain(
    reply: &Reply<'_>,
    units: &mut [UnitLabels],
    comment: &mut CommentLabels,
    model: &dyn Model,
) {
    let judged = !comment.scores.is_empty() || units.iter().any(|unit| !unit.scores.is_empty());
    if !judged {
        return;
    }
    let words: Vec<Span> = words(reply.text).take(MOST_WORDS).collect();
    let texts: Vec<String> = words
        .iter()
        .map(|&word| blanked(reply.text, word))
        .collect();
    let variants = texts.iter().map(|text| Reply { text, ..*reply });
    let mut said = model.predict(&iter::once(*reply).chain(variants).collect::<Vec<_>>());
    let without = said.split_off(1);
    let info = model.info();
    let influences = |probability: &dyn Fn(&Prediction) -> Option<f32>| {
        let whole = probability(&said[0])?;
        let effects = words
            .iter()
            .zip(&without)
            .filter_map(|(&word, prediction)| {
                Some(Influence {
                    word,
                    effect: whole - probability(prediction)?,
                })
            });
        Some(foremost(effects))
    };
    for (at, labels) in units.iter_mut().enumerate() {
        labels.explanation = labels
            .asserted()
            .filter_map(|label| {
                let place = place(&info.unit_heads, label)?;
                let of_unit = |said: &Prediction| said.units[at].get(place).copied();
                Some((label, influences(&of_unit)?))
            })
            .collect();
    }
    comment.explanation = comment
        .stance
        .filter(|_| !comment.scores.is_empty())
        .and_then(|stance| {
            let place = place(&info.comment_heads, stance.as_str())?;
            let of_comment = |said: &Prediction| said.comment.get(place).copied();
            Some((stance.as_str(), influences(&of_comment)?))
        })
        .into_iter()
        .collect();
}

/// Where a label's probability stands among those of all heads.
fn place(heads: &[Head], label: &str) -> Option<usize> {
    heads
        .iter()
        .flat_map(|head| &head.labels)
        .position(|name| name == label)
}

fn words(text: &str) -> impl Iterator<Item = Span> {
    text.unicode_word_indices()
        .map(|(start, word)| Span::new(start, start + word.len()))
}

/// The text with spaces in place of a word: every other word keeps its place.
fn blanked(text: &str, word: Span) -> String {
    let (before, behind) = (&text[..word.start()], &text[word.end()..]);
    [before, &" ".repeat(word.len()), behind].concat()
}

fn foremost(influences: impl Iterator<Item = Influence>) -> Vec<Influence> {
    let mut all: Vec<_> = influences
        .filter(|influence| influence.effect.abs() >= LEAST_EFFECT)
        .collect();
    all.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()));
    all.truncate(NAMED);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        label::{LooseText, label_texts},
        model::marked::Marked,
    };

    /// The explanation of a text in words.
    fn explained(text: &str) -> Vec<String> {
        let loose = LooseText::new(text.to_owned(), Some("It works.".to_owned()));
        let labels = label_texts(&[loose], &Marked::new(), true).remove(0);
        let of_units = labels.units.into_iter().flat_map(|unit| unit.explanation);
        let line = |(label, words): (&str, Vec<Influence>)| {
            let words = words.iter().map(|influence| {
                format!("{} {:+.2}", influence.word.slice(text), influence.effect)
            });
            format!("{label}: {}", words.collect::<Vec<_>>().join(", "))
        };
        of_units
            .chain(labels.comment.explanation)
            .map(line)
            .collect()
    }

    #[test]
    fn the_word_that_makes_a_label_is_named() {
        let lines = explained("CLAIM the TPM leaks. DISAGREE");
        assert_eq!(
            lines,
            ["claim: CLAIM +0.75", "none: ", "disagree: DISAGREE +0.75"]
        );
    }

    #[test]
    fn a_blanked_word_moves_no_other() {
        assert_eq!(
            blanked("Zürich ist nah", Span::new(0, 7)),
            "        ist nah"
        );
    }
}
