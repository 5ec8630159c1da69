//! Compares the words of a sentence with those of what it cites.

use crate::{
    cluster::NEGATIONS,
    text::words::{folded, is_function_word},
};

/// Words that tell of a discussion rather than of its matter; what is cited need not hold them.
#[rustfmt::skip]
const TELLING: &[&str] = &[
    "according", "account", "accuse", "accused", "accuses", "add", "added", "adds", "admit", "admits",
    "advise", "advises", "again", "against", "agree", "agreed", "agreeing", "agrees", "although",
    "another", "answer", "answered", "answers", "anybody", "anyone", "argue", "argued", "argues",
    "argument", "ask", "asked", "asks", "assert", "asserts", "assume", "assumes", "author", "authors",
    "back", "backs", "believe", "believes", "blamed", "blames", "both", "call", "called", "calls",
    "challenge", "challenged", "challenges", "cite", "cited", "cites", "claim", "claimed", "claims",
    "comment", "commented", "commenter", "commenters", "comments", "complain", "complained", "complains",
    "concede", "concedes", "conclude", "concludes", "confirm", "confirmed", "confirms", "consider",
    "considers", "contend", "contends", "contradict", "contradicts", "counter", "counters", "criticize",
    "criticized", "criticizes", "debate", "debated", "denied", "denies", "deny", "describe", "describes",
    "disagree", "disagreed", "disagrees", "discussion", "dispute", "disputed", "disputes", "doubt",
    "doubts", "emphasize", "emphasizes", "explain", "explained", "explains", "express", "expresses",
    "find", "finds", "hold", "holds", "however", "insist", "insists", "maintain", "maintains", "mention",
    "mentions", "note", "noted", "notes", "object", "objects", "open", "others", "participant",
    "participants", "point", "pointed", "points", "propose", "proposed", "proposes", "question",
    "questions", "recall", "recalls", "recommend", "recommends", "regard", "regards", "reject",
    "rejected", "rejects", "remain", "remains", "replied", "replies", "reply", "report", "reported",
    "reports", "respond", "responded", "responding", "responds", "said", "say", "saying", "says",
    "somebody", "someone", "state", "stated", "states", "still", "stress", "stresses", "suggest",
    "suggests", "support", "supported", "supports", "suspect", "suspects", "tell", "tells", "think",
    "thinks", "though", "thread", "told", "unanswered", "unless", "urge", "urges", "user", "users",
    "view", "want", "wanted", "wants", "warn", "warns", "whether", "while", "whom", "wonder", "wonders",
    "worries", "worry", "write", "writes", "wrote",
];

/// Words by which somebody denies what follows.
#[rustfmt::skip]
const DENIALS: &[&str] = &[
    "denied", "denies", "deny", "dispute", "disputed", "disputes", "doubt", "doubted", "doubts",
    "refute", "refuted", "refutes", "reject", "rejected", "rejects",
];

/// Words that begin a clause.
const CLAUSES: &[&str] = &[
    "although", "and", "because", "but", "if", "since", "so", "though", "whereas", "while",
];

/// Pairs of which one word says the opposite of the other.
#[rustfmt::skip]
const OPPOSITES: &[(&str, &str)] = &[
    ("after", "before"), ("all", "none"), ("always", "never"), ("better", "worse"), ("closed", "open"),
    ("disabled", "enabled"), ("down", "up"), ("easy", "hard"), ("everybody", "nobody"),
    ("everyone", "nobody"), ("faster", "slower"), ("few", "many"), ("first", "last"), ("high", "low"),
    ("higher", "lower"), ("inside", "outside"), ("less", "more"), ("local", "remote"), ("new", "old"),
    ("private", "public"), ("right", "wrong"), ("safe", "dangerous"), ("with", "without"),
];

/// What turns a word around: `secure`, `insecure`.
const TURNS: &[&str] = &["un", "in", "im", "dis", "non", "mis"];

/// Endings by which forms of one word differ.
const ENDINGS: &[&str] = &[
    "", "s", "es", "d", "ed", "e", "ing", "er", "ers", "or", "ion", "ions", "ly", "y", "ies",
    "ied", "ment", "ments", "ation", "ations", "t",
];

/// Letters that forms of one word have in common at least.
const STEM: usize = 3;

/// Number words; "one" is mostly none.
const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// A part of a sentence that says one thing.
#[derive(Debug, Default)]
pub(super) struct Clause {
    /// Its words that carry matter, but for numbers.
    pub(super) content: Vec<String>,
    /// All its words.
    words: Vec<String>,
    /// The content words that come first behind a negation.
    denied: Vec<String>,
    /// Whether its negations turn it around.
    is_negated: bool,
    /// Whether a negation waits for its word.
    is_denying: bool,
    /// Whether somebody denies something in it.
    denies: bool,
}

impl Clause {
    /// The clauses of a text. They end at marks and before conjunctions.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let parts = text.split([',', ';', ':', '—', '–', '(', ')']);
        let mut clauses = Vec::new();
        for part in parts {
            let mut clause = Self::default();
            for word in words(part) {
                if CLAUSES.contains(&word.as_str()) {
                    clauses.push(std::mem::take(&mut clause));
                }
                clause.add(word);
            }
            clauses.push(clause);
        }
        clauses.retain(|clause| !clause.words.is_empty());
        clauses
    }

    fn add(&mut self, word: String) {
        let negates = is_negation(&word);
        self.is_negated ^= negates;
        self.is_denying |= negates;
        self.denies |= DENIALS.contains(&word.as_str());
        if is_content(&word) {
            self.content.push(word.clone());
            if std::mem::take(&mut self.is_denying) {
                self.denied.push(word.clone());
            }
        }
        self.words.push(word);
    }

    /// Whether somebody denies something in it: "Bob disputes that".
    pub(super) const fn denies(&self) -> bool {
        self.denies
    }

    /// Words of `self` that stand in `other`.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let stands = |word: &&String| other.content.iter().any(|of| is_form(word, of));
        self.content.iter().filter(stands).count()
    }

    /// Whether both say or both deny what they share. What a clause denies of several units may be the claim
    /// that one of them makes, and may be the words of the other.
    pub(super) fn agrees(&self, other: &Self, cites_one: bool) -> bool {
        let turned = self.is_negated ^ other.is_negated ^ self.is_opposite(other);
        match (self.denies, other.denies) {
            (true, false) | (false, true) => turned || !cites_one,
            _ => !turned,
        }
    }

    /// Whether it denies a word that all of `others` affirm that hold it, or one of these denies a word that
    /// it affirms: "no passwords leaked", "the passwords leaked".
    pub(super) fn denies_word(&self, others: &[Self]) -> bool {
        let holding = |word: &str| -> Vec<&Self> {
            let holds = |other: &&Self| other.content.iter().any(|of| is_form(word, of));
            others.iter().filter(holds).collect()
        };
        let is_affirmed = |word: &String| {
            let holding = holding(word);
            !holding.is_empty() && holding.iter().all(|other| other.affirms())
        };
        let is_denied = |word: &String| {
            let holding = holding(word);
            let denies = |other: &&Self| other.denied.iter().any(|of| is_form(word, of));
            !holding.is_empty() && holding.iter().all(denies)
        };
        // "Passwords were not exposed" says of passwords what "exposed addresses, no passwords" does.
        match self.content.iter().any(is_denied) {
            true => self.affirms(),
            false => !self.denies && self.denied.iter().any(is_affirmed),
        }
    }

    fn affirms(&self) -> bool {
        !self.is_negated && !self.denies
    }

    /// Whether a word of one says the opposite of a word of the other that the first lacks.
    fn is_opposite(&self, other: &Self) -> bool {
        let lacks = |clause: &Self, word: &str| !clause.words.iter().any(|of| of == word);
        let opposite = |a: &String, b: &String| {
            (opposes(a, b) || opposes(b, a)) && lacks(self, b) && lacks(other, a)
        };
        let mut words = self.words.iter();
        words.any(|a| other.words.iter().any(|b| opposite(a, b)))
    }
}

/// The words of a text, lower-cased, without the ending of the genitive.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    folded(text).map(bare)
}

fn bare(word: String) -> String {
    match word.strip_suffix("'s") {
        Some(bare) => bare.to_owned(),
        None => word,
    }
}

/// Whether a name of this word alone can be told from what any sentence may say.
pub(super) fn is_telling_name(word: &str) -> bool {
    is_content(word) || (number(word).is_some() && word.contains(char::is_alphabetic))
}

/// Whether a word carries matter that what is cited must hold. Numbers are compared by [`number`].
pub(super) fn is_content(word: &str) -> bool {
    let says_nothing = is_function_word(word) || TELLING.binary_search(&word).is_ok();
    !says_nothing && !is_negation(word) && number(word).is_none()
}

fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word) || word.ends_with("n't")
}

/// A number that a word is: `7`, `seven`, `2.3.1`, `sha256`.
pub(super) fn number(word: &str) -> Option<String> {
    if word.contains(|c: char| c.is_ascii_digit()) {
        return Some(word.to_owned());
    }
    let nth = NUMBERS.iter().position(|number| *number == word)?;
    Some((nth + 2).to_string())
}

/// Whether two words are forms of one: equal, or alike but for their endings (`leaked`, `leaks`, `shipping`,
/// `ship`).
pub(super) fn is_form(a: &str, b: &str) -> bool {
    let alike = a.char_indices().zip(b.chars());
    let alike = alike.take_while(|((_, a), b)| a == b);
    // Endings may begin within what is alike: "sign" is the stem of "signed" and "signer".
    let mut stems = alike.map(|((at, c), _)| at + c.len_utf8());
    a == b || stems.any(|stem| stem >= STEM && ends(a, stem) && ends(b, stem))
}

/// Whether what follows the stem is an ending, before which its last letter may be doubled.
fn ends(word: &str, stem: usize) -> bool {
    let (stem, ending) = word.split_at(stem);
    let single = || ending.strip_prefix(stem.chars().next_back()?);
    ENDINGS.contains(&ending) || single().is_some_and(|ending| ENDINGS.contains(&ending))
}

fn opposes(a: &str, b: &str) -> bool {
    let turned = || TURNS.iter().any(|turn| b.strip_prefix(turn) == Some(a));
    let lacking =
        || matches!((a.strip_suffix("ful"), b.strip_suffix("less")), (Some(a), Some(b)) if a == b);
    OPPOSITES.contains(&(a, b)) || turned() || lacking()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(TELLING.is_sorted());
    }

    #[test]
    fn forms_of_a_word_are_told_from_other_words() {
        for (a, b) in [
            ("leaked", "leak"),
            ("shipped", "ship"),
            ("signing", "signed"),
            ("encrypted", "encryption"),
            ("rotate", "rotating"),
            ("vulnerability", "vulnerabilities"),
            ("größe", "größe"),
        ] {
            assert!(is_form(a, b) && is_form(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("content", "contest"),
            ("key", "keyboard"),
            ("port", "portal"),
            ("a", "as"),
            ("größe", "größen"),
        ] {
            assert!(!is_form(a, b), "{a} {b}");
        }
    }

    #[test]
    fn clauses_agree_in_what_they_deny() {
        let agree = |a: &str, b: &str| {
            let (a, b) = (Clause::all(a), Clause::all(b));
            a[0].agrees(&b[0], true)
        };
        assert!(agree("the key leaked", "a key has leaked"));
        assert!(!agree("the key leaked", "the key never leaked"));
        assert!(agree(
            "Bob denies that the key leaked",
            "the key never leaked"
        ));
        assert!(!agree("Bob denies that the key leaked", "the key leaked"));
        assert!(!agree("the port is open", "the port is closed"));
        assert!(!agree("the mode is safe", "the mode is unsafe"));
        assert!(agree("the key didn't leak", "no key leaked"));
        assert!(!agree("the rule is useful", "the rule is useless"));
        let denies = |a: &str, b: &str| Clause::all(a)[0].denies_word(&Clause::all(b));
        let said = "The breach exposed addresses, no passwords";
        assert!(denies("the breach exposed passwords", said));
        assert!(denies("the breach did not expose addresses", said));
        assert!(!denies("the breach exposed addresses", said));
        assert!(!denies("passwords were not exposed", said));
    }

    #[test]
    fn numbers_are_read_in_both_ways() {
        let read = |word: &str| number(word);
        assert_eq!(read("seven").as_deref(), Some("7"));
        assert_eq!(read("v2.1").as_deref(), Some("v2.1"));
        assert_eq!(read("one"), None);
    }
}
