//! Cues: turns of phrase that show more of a relation than which side it takes.
//!
//! The model's stance tells support from attack. How exactly is now and then said in the open: "yes, but",
//! "that does not follow", "you mean port 443", "+1". The phrases are few, and stand here only if they mean
//! what they seem to mean nearly wherever they occur; where none is met, nothing is claimed.

/// Words in front of which the author grants something, at the beginning of a unit.
#[rustfmt::skip]
const GRANTS: &[&str] = &[
    "admittedly", "agreed", "certainly", "fair", "fair enough", "fair point", "good point", "granted",
    "i agree", "i accept", "i'll give you that", "i take your point", "it is true", "it's true", "no doubt",
    "of course", "ok", "okay", "point taken", "right", "sure", "that is true", "that's fair", "that's true",
    "to be fair", "true", "yeah", "yep", "yes", "you are right", "you're right",
];

/// Words with which what was granted is turned against.
#[rustfmt::skip]
const TURNS: &[&str] = &[
    "although", "but", "however", "nevertheless", "nonetheless", "that said", "though",
];

/// Words with which the author sets a detail right, at the beginning of a unit.
#[rustfmt::skip]
const CORRECTIONS: &[&str] = &[
    "a correction", "a small correction", "actually it is", "actually it was", "actually it's",
    "actually that's", "correction", "i think you mean", "i think you meant", "minor correction",
    "minor nitpick", "nit", "nitpick", "pedantic", "small correction", "surely you mean", "to be pedantic",
    "to correct", "typo", "you mean", "you meant",
];

/// Words that deny the step from a reason to what it is to show (Pollock 1987: undercutting defeaters).
#[rustfmt::skip]
const UNDERCUTS: &[&str] = &[
    "apples and oranges", "apples to oranges", "beside the point", "begs the question", "correlation is not",
    "correlation does not", "correlation isn't", "does not follow", "does not imply", "does not mean that",
    "does not prove", "doesn't follow", "doesn't imply", "doesn't mean that", "doesn't prove",
    "even if that is true", "even if that's true", "even if that were", "even if true",
    "how does that follow", "is irrelevant", "is not an argument", "isn't an argument", "is no argument",
    "is no reason", "isn't a reason", "is not a reason", "non sequitur", "nothing to do with",
    "proves nothing", "red herring", "straw man", "strawman", "that does not mean", "that doesn't mean",
    "that's irrelevant",
];

/// Words that agree, at the beginning of a reply.
#[rustfmt::skip]
const AGREEMENTS: &[&str] = &[
    "1", "absolutely", "agree", "agreed", "amen", "couldn't agree more", "exactly", "good point",
    "great point", "hear hear", "i agree", "i concur", "indeed", "me too", "my thoughts exactly", "same here",
    "seconded", "spot on", "this", "totally agree", "very true", "well put", "well said", "yep", "yes", "yup",
];

/// Words that ask what a claim rests on.
#[rustfmt::skip]
const CHALLENGES: &[&str] = &[
    "any evidence", "any proof", "any source", "any sources", "are you basing", "based on what", "back that up",
    "back this up", "citation needed", "citation please", "cite your source", "cite a source", "cite sources",
    "do you have a citation", "do you have a link", "do you have a source", "do you have a reference",
    "do you have data", "do you have evidence", "do you have numbers", "do you have proof", "do you know that",
    "does it say that", "does it say so", "evidence please", "have a citation",
    "have a source", "have any evidence", "how do you know", "how would you know", "got a link", "got a source",
    "got any evidence", "got evidence", "got proof", "link please", "on what basis", "on what evidence",
    "on what grounds", "proof please", "says who", "source on that", "source please", "sources please",
    "what evidence", "what is your evidence", "what is your source", "what proof",
    "what's your evidence", "what's your source", "where did you get", "where did you read",
    "where is the evidence", "where is the proof", "where is your evidence", "where is your proof",
    "where's the evidence", "where's the proof", "where's your evidence",
];

/// Questions of one word or two that ask the same.
#[rustfmt::skip]
const BARE_CHALLENGES: &[&str] = &[
    "citation", "citations", "cite", "evidence", "proof", "reference", "references", "source", "sources",
    "a source", "the source", "your source", "your sources", "source for that", "a link",
];

/// Words of a reply that agrees and adds nothing.
const MERE: usize = 10;

/// The words of a text, in lower case; apostrophes belong to words.
#[derive(Debug)]
pub(super) struct Phrases(String);

impl Phrases {
    /// Reads a text.
    pub(super) fn new(text: &str) -> Self {
        let mut words = String::with_capacity(text.len() + 2);
        words.push(' ');
        for c in text.chars() {
            match c {
                '’' | '\'' => words.push('\''),
                c if c.is_alphanumeric() => words.extend(c.to_lowercase()),
                _ if !words.ends_with(' ') => words.push(' '),
                _ => {}
            }
        }
        if !words.ends_with(' ') {
            words.push(' ');
        }
        Self(words)
    }

    /// How many words there are.
    pub(super) fn count(&self) -> usize {
        self.0.split_ascii_whitespace().count()
    }

    /// The text behind one of `phrases`, if it begins with one; behind the longest of several.
    fn behind(&self, phrases: &[&str]) -> Option<&str> {
        let rest = |phrase: &&str| {
            let rest = self.0[1..].strip_prefix(*phrase)?;
            rest.starts_with(' ').then_some(rest)
        };
        phrases
            .iter()
            .filter_map(rest)
            .min_by_key(|rest| rest.len())
    }

    fn begins_with(&self, phrases: &[&str]) -> bool {
        self.behind(phrases).is_some()
    }

    fn has(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| holds(&self.0, phrase))
    }

    /// Grants something and turns against it in one unit: "Yes, but ...".
    pub(super) fn concedes(&self) -> bool {
        self.behind(GRANTS)
            .is_some_and(|rest| TURNS.iter().any(|turn| holds(rest, turn)))
    }

    /// Grants something, and no more than that.
    pub(super) fn grants(&self) -> bool {
        self.begins_with(GRANTS) && !self.concedes()
    }

    /// Begins with the turn against what was granted before.
    pub(super) fn turns(&self) -> bool {
        self.begins_with(TURNS)
    }

    /// Sets a detail right.
    pub(super) fn corrects(&self) -> bool {
        self.begins_with(CORRECTIONS)
    }

    /// Denies that a reason shows what it is to show.
    pub(super) fn undercuts(&self) -> bool {
        self.has(UNDERCUTS)
    }

    /// Asks what a claim rests on; `is_question` says whether the text has the form of a question.
    pub(super) fn challenges(&self, is_question: bool) -> bool {
        // "Citation needed." and "Source please." ask without it.
        let asks = is_question || self.count() <= 3;
        (asks && self.has(CHALLENGES)) || (is_question && BARE_CHALLENGES.contains(&self.0.trim()))
    }

    /// Agrees, and says nothing else.
    pub(super) fn merely_agrees(&self) -> bool {
        self.count() <= MERE && self.begins_with(AGREEMENTS)
    }
}

/// Whether whole words of `text`, which has a space on either side of each, are `phrase`.
fn holds(text: &str, phrase: &str) -> bool {
    let mut met = text.match_indices(phrase);
    met.any(|(at, _)| text[..at].ends_with(' ') && text[at + phrase.len()..].starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(texts: &[&str], holds: impl Fn(&Phrases) -> bool) -> Vec<bool> {
        texts
            .iter()
            .map(|text| holds(&Phrases::new(text)))
            .collect()
    }

    #[test]
    fn concessions_grant_and_turn() {
        let texts = [
            "Yes, but the port was open.",
            "Fair enough. That said, nobody patched it.",
            "You’re right about TLS, though not about the cipher.",
            "Yes, the button is red.",
            "But yes, it was open.",
            "Rights are set by the admin, but not here.",
        ];
        assert_eq!(
            all(&texts, Phrases::concedes),
            [true, true, true, false, false, false]
        );
        assert!(Phrases::new("Granted.").grants());
        assert!(!Phrases::new("Granted, but no.").grants());
        assert!(Phrases::new("However, the key leaked.").turns());
    }

    #[test]
    fn challenges_ask_what_a_claim_rests_on() {
        let texts = [
            "Source?",
            "Do you have any evidence that it was exploited?",
            "On what basis?",
            "Where did you download the installer?",
            "Is the source open?",
        ];
        assert_eq!(
            all(&texts, |phrases| phrases.challenges(true)),
            [true, true, true, false, false]
        );
        let texts = [
            "Citation needed.",
            "Source:",
            "They asked what evidence there is and got it.",
        ];
        assert_eq!(
            all(&texts, |phrases| phrases.challenges(false)),
            [true, false, false]
        );
    }

    #[test]
    fn corrections_undercuts_and_agreement() {
        let texts = [
            "You mean port 443.",
            "Nitpick: it was SHA-1.",
            "What do you mean?",
        ];
        assert_eq!(all(&texts, Phrases::corrects), [true, true, false]);
        let texts = [
            "That doesn’t mean that it was exploited.",
            "It does not follow.",
            "They follow the news.",
            "A nonsequitur",
        ];
        assert_eq!(all(&texts, Phrases::undercuts), [true, true, false, false]);
        let texts = [
            "+1",
            "This.",
            "Exactly, well put!",
            "This router has had the same hole since it came to the market in 2019.",
            "Nobody agreed.",
            "",
        ];
        assert_eq!(
            all(&texts, Phrases::merely_agrees),
            [true, true, true, false, false, false]
        );
    }
}
