//! The words of statements, numbered so that they are quick to compare.

use crate::text::words::{folded, is_function_word};
use std::collections::HashMap;

/// Words that turn a statement into its opposite.
pub(crate) const NEGATIONS: &[&str] = &[
    "cannot", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "without",
];

/// A word, by its number in the vocabulary: the order of first use.
pub(crate) type Word = u32;

/// The words of one statement.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// The distinct words, ascending.
    pub(crate) distinct: Vec<Word>,
    /// Those of them that are no function words, ascending.
    pub(crate) content: Vec<Word>,
    /// Words with a digit, ascending.
    numbers: Vec<Word>,
    is_negated: bool,
}

impl Words {
    /// Whether two statements agree in what a few letters turn around: negation and numbers.
    pub(super) fn same_sense(&self, other: &Self) -> bool {
        self.is_negated == other.is_negated && self.numbers == other.numbers
    }
}

/// All words that statements use.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    numbers: HashMap<String, Word>,
    /// By word, whether it is no function word.
    pub(crate) is_content: Vec<bool>,
}

impl Vocabulary {
    /// The number of a word, if a statement has it.
    pub(crate) fn get(&self, word: &str) -> Option<Word> {
        self.numbers.get(word).copied()
    }

    /// Reads a statement.
    pub(crate) fn read(&mut self, text: &str) -> Words {
        let mut words = Words::default();
        for word in folded(text) {
            if NEGATIONS.contains(&word.as_str()) || word.ends_with("n't") {
                words.is_negated = !words.is_negated;
            }
            let (is_function, has_digit) = (
                is_function_word(&word),
                word.contains(|c: char| c.is_ascii_digit()),
            );
            let next = self.numbers.len() as Word;
            let number = *self.numbers.entry(word).or_insert(next);
            if number == next {
                self.is_content.push(!is_function);
            }
            words.distinct.push(number);
            if !is_function {
                words.content.push(number);
            }
            if has_digit {
                words.numbers.push(number);
            }
        }
        for list in [&mut words.distinct, &mut words.content, &mut words.numbers] {
            list.sort_unstable();
            list.dedup();
        }
        words
    }
}
