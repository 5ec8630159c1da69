//! The words of a text that carry its matter, for comparing texts.

use std::hash::{DefaultHasher, Hash, Hasher};
use unicode_segmentation::UnicodeSegmentation;

/// English function words, and those that more than one comment in twelve on security boards holds:
/// sharing them says nothing.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been",
    "being", "but", "by", "can", "could", "did", "do", "does", "don't", "even", "for", "from", "get",
    "had", "has", "have", "he", "her", "him", "his", "how", "i", "i'm", "if", "in", "into", "is", "it",
    "it's", "its", "just", "know", "like", "make", "me", "more", "most", "my", "no", "not", "of", "on",
    "one", "only", "or", "other", "our", "out", "over", "people", "re", "s", "see", "she", "should", "so",
    "some", "such", "t", "than", "that", "that's", "the", "their", "them", "then", "there", "these", "they",
    "think", "this", "those", "time", "to", "too", "up", "us", "use", "very", "want", "was", "way", "we",
    "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// The distinct content words of a text, lower-cased and hashed, in ascending order.
#[must_use]
pub fn content_words(text: &str) -> Vec<u64> {
    let mut words: Vec<u64> = folded(text)
        .filter(|word| !is_function_word(word))
        .map(|word| hash(&word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of a text in their order, lower-cased, with one form of the apostrophe.
pub fn folded(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.unicode_words();
    words.map(|word| word.to_lowercase().replace('’', "'"))
}

/// Whether a word of [`folded`] says nothing about the matter.
#[must_use]
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
    }

    #[test]
    fn case_and_function_words_do_not_count() {
        assert_eq!(
            content_words("The KEY was leaked"),
            content_words("it’s leaked: key, key")
        );
        assert_eq!(content_words("It is what it is").len(), 0);
    }
}
