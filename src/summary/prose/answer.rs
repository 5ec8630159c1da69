//! Reads an answer: its sentences, and the extracts that each cites.

use crate::text::sentence::sentences;
use regex::Regex;
use std::sync::LazyLock;

/// A sentence as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    /// Without the marks of citations, and of lists and emphasis.
    pub(super) text: String,
    /// The numbers cited, in order, each once; 0 stands for one that is too large.
    pub(super) cited: Vec<usize>,
}

/// `[3]`, `[3, 5]`.
static CITATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s*\[\s*(\d+(?:\s*[,;]\s*\d+)*)\s*\]").expect("a constant"));

/// Citations behind the end of their sentence.
static TRAILING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"([.!?]+["”)]?)((?:[ \t]*\[[ \t]*\d+(?:[ \t]*[,;][ \t]*\d+)*[ \t]*\])+)"#)
        .expect("a constant")
});

/// What begins an item of a list or a heading.
static LEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[-*•#>\s]+|\d{1,2}[.)]\s)+").expect("a constant"));

/// The sentences of an answer. What a model thought aloud before it (`<think>`, as DeepSeek-R1 and Qwen3
/// write it) is no part of it.
pub(super) fn drafts(answer: &str) -> Vec<Draft> {
    const THOUGHT: &str = "</think>";
    let answer = answer.rsplit_once(THOUGHT).map_or(answer, |(_, said)| said);
    let answer = TRAILING.replace_all(answer, "$2$1");
    let spans = sentences(&answer).into_iter();
    let drafts = spans.map(|span| draft(span.slice(&answer)));
    drafts.filter(|draft| !draft.text.is_empty()).collect()
}

fn draft(sentence: &str) -> Draft {
    let mut cited = Vec::new();
    for numbers in CITATION.captures_iter(sentence) {
        for number in numbers[1].split([',', ';']) {
            let number = number.trim().parse().unwrap_or(0);
            if !cited.contains(&number) {
                cited.push(number);
            }
        }
    }
    let text = CITATION.replace_all(sentence, "").replace("**", "");
    Draft {
        text: LEAD.replace(&text, "").trim().to_owned(),
        cited,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_with_what_they_cite() {
        let read = drafts(
            "<think>Who said it? [7]</think>## Summary\n\n\
             - **Ada** says the key leaked [3]. Bob, e.g., denies it. [4, 1][4]\n\
             2. Nobody [5; 6] knows [99999999999999999999].\n[8]\nSee [a] or a[0].",
        );
        let read: Vec<(&str, &[usize])> = read
            .iter()
            .map(|draft| (draft.text.as_str(), &draft.cited[..]))
            .collect();
        assert_eq!(
            read,
            [
                ("Summary", &[][..]),
                ("Ada says the key leaked.", &[3]),
                ("Bob, e.g., denies it.", &[4, 1]),
                ("Nobody knows.", &[5, 6, 0]),
                ("See [a] or a.", &[0]),
            ]
        );
    }
}
