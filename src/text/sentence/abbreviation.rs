//! Knows what a stop behind a short word means.

/// How an abbreviation stands to the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Never ends one: "e.g.", "Dr."
    Inside,
    /// Goes on where a number follows: "No. 5", "Fig. 3".
    Number,
    /// Goes on with a name; a usual first word shows that a sentence begins: "J. Smith", "U.S. The".
    Name,
    /// Ends one where a capital follows: "etc. And", "etc. and".
    Either,
}

/// Abbreviations that the rest of their sentence always follows.
const INSIDE: &[&str] = &[
    "a.k.a", "aka", "approx", "bzw", "c.f", "ca", "cf", "d.h", "e.g", "eg", "esp", "et", "excl",
    "i.e", "i.i.d", "ie", "incl", "n.b", "p.ej", "p.p.s", "p.s", "resp", "s.t", "viz", "vs",
    "w.r.t", "z.b",
];

/// Titles before a name; in lower case most of them are words or units.
const TITLES: &[&str] = &[
    "Capt", "Cmdr", "Col", "Cpt", "Dr", "Gen", "Gov", "Hon", "Lt", "Maj", "Messrs", "Mr", "Mrs",
    "Ms", "Mt", "Mx", "Pres", "Prof", "Rep", "Rev", "Sen", "Sgt", "St", "Supt",
];

/// Abbreviations that stand before a number.
const NUMBER: &[&str] = &[
    "no", "nr", "nos", "fig", "figs", "sec", "sect", "ch", "chap", "eq", "eqs", "eqn", "vol",
    "vols", "p", "pp", "par", "para", "art", "ver", "v", "ex", "tab", "ref", "refs", "ln", "pt",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "app",
];

/// Abbreviations that may stand in a name or close it.
const NAME: &[&str] = &[
    "inc", "ltd", "corp", "co", "bros", "llc", "gmbh", "jr", "sr", "u.s", "u.k", "u.n", "e.u",
    "u.s.a", "u.s.s.r", "d.c", "l.a", "n.y", "ph.d", "m.d", "b.a", "m.a", "b.sc", "m.sc", "univ",
    "ft", "dept", "inst", "assn", "ave", "blvd", "rd",
];

/// Abbreviations that often close a sentence.
const EITHER: &[&str] = &[
    "etc", "al", "a.m", "p.m", "am", "pm", "est", "min", "max", "misc", "hrs", "hr", "sq", "orig",
    "temp", "govt", "a.d", "b.c", "ed", "eds", "transl", "i.t", "h.s", "o.s",
];

/// Names that are written with an exclamation mark.
const BRANDS: &[&str] = &["Yahoo", "Yum", "Jeopardy", "Joomla", "Oklahoma"];

/// Words that begin a sentence far more often than they follow an abbreviation in one.
const STARTERS: &[&str] = &[
    "A",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Any",
    "Are",
    "As",
    "At",
    "Be",
    "Because",
    "Before",
    "But",
    "By",
    "Can",
    "Did",
    "Do",
    "Does",
    "Don't",
    "Don’t",
    "Even",
    "Every",
    "For",
    "From",
    "Given",
    "Had",
    "Has",
    "Have",
    "He",
    "Hence",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "I'd",
    "I'll",
    "I'm",
    "I've",
    "If",
    "In",
    "Is",
    "It",
    "It's",
    "Its",
    "It’s",
    "I’d",
    "I’ll",
    "I’m",
    "I’ve",
    "Just",
    "Let",
    "Like",
    "Many",
    "Maybe",
    "More",
    "Most",
    "My",
    "No",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Our",
    "Perhaps",
    "Please",
    "Reply",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "Thanks",
    "That",
    "That's",
    "That’s",
    "The",
    "Their",
    "Then",
    "There",
    "There's",
    "There’s",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Thus",
    "To",
    "Unless",
    "Until",
    "We",
    "Well",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Without",
    "Would",
    "Yes",
    "Yet",
    "You",
    "Your",
];

/// What kind of abbreviation `head` is, the stop behind it left out.
pub(super) fn kind(head: &str) -> Option<Abbreviation> {
    // None of them is longer; a long word is not worth a copy.
    if head.len() > 12 {
        return None;
    }
    let lower = head.to_lowercase();
    // "the OP.", "in CA.": capitals throughout are a name made of initials.
    let is = |list: &[&str]| list.contains(&lower.as_str()) && !is_acronym(head);
    if is(INSIDE) || TITLES.contains(&head) {
        Some(Abbreviation::Inside)
    } else if is(NUMBER) {
        Some(Abbreviation::Number)
    } else if is(NAME) || is_initials(head) {
        Some(Abbreviation::Name)
    } else if is(EITHER) {
        Some(Abbreviation::Either)
    } else {
        None
    }
}

/// Whether `head` is one or more single capitals with stops between: "J", "J.R.R"; not the pronoun.
fn is_initials(head: &str) -> bool {
    let single = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    head != "I" && head.split('.').all(single)
}

fn is_acronym(head: &str) -> bool {
    head.len() > 1 && head.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether `head` is a name that is written with an exclamation mark behind it.
pub(super) fn is_brand(head: &str) -> bool {
    BRANDS.contains(&head)
}

/// Whether `word` is one that usually begins a sentence.
pub(super) fn is_starter(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    STARTERS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starters_are_in_the_order_that_the_search_needs() {
        assert!(STARTERS.is_sorted());
    }

    #[test]
    fn kinds() {
        assert_eq!(kind("E.g"), Some(Abbreviation::Inside));
        assert_eq!(kind("Fig"), Some(Abbreviation::Number));
        assert_eq!(kind("J.R.R"), Some(Abbreviation::Name));
        assert_eq!(kind("etc"), Some(Abbreviation::Either));
        assert_eq!(kind("Ms"), Some(Abbreviation::Inside));
        assert_eq!(kind("ms"), None);
        assert_eq!(kind("CA"), None);
        assert_eq!(kind("I"), None);
        assert_eq!(kind("word"), None);
    }
}
