//! Whether the extracts that a sentence cites hold what it says, as far as words tell.

use super::{
    Brief, MOST_CITED, Reason,
    answer::Draft,
    brief::Excerpt,
    words::{Clause, is_content, is_form, is_telling_name, number, words},
};
use unicode_segmentation::UnicodeSegmentation;

/// Share of a sentence's content words that must stand in what it cites.
const SUPPORT: f64 = 0.75;

/// The same of each of its clauses of some length, so that nothing is added to what is supported.
const IN_CLAUSE: f64 = 0.5;

/// Words that two clauses share at least where it is asked whether they deny each other, and that a clause
/// has of some length.
const SAME_MATTER: usize = 2;

/// The words of a sentence, each with what it is.
struct Sentence<'a> {
    /// As written.
    spoken: Vec<&'a str>,
    /// As compared.
    words: Vec<String>,
    /// Whether it belongs to the name of an author.
    is_name: Vec<bool>,
    clauses: Vec<Clause>,
}

impl Brief<'_> {
    /// What is wrong with a sentence, if words show it.
    pub(super) fn objection(&self, draft: &Draft) -> Option<Reason> {
        if draft.cited.is_empty() {
            return Some(Reason::Uncited);
        }
        let cited = draft.cited.iter().map(|&nth| self.excerpt(nth));
        let Some(cited) = cited.collect::<Option<Vec<&Excerpt<'_>>>>() else {
            return Some(Reason::UnknownCitation);
        };
        if cited.len() > MOST_CITED {
            return Some(Reason::Excess);
        }
        let mut sentence = Sentence::new(&draft.text);
        let Some(authors) = self.authors(&mut sentence, &cited) else {
            return Some(Reason::WrongName);
        };
        // Who is named must have said it; who has no name may have. What somebody denies another one says.
        let denies = sentence.clauses.iter().any(Clause::denies);
        let all = authors.is_empty() || denies;
        let is_meant = |author: &str| all || authors.contains(&author);
        let meant = cited
            .iter()
            .filter(|excerpt| excerpt.author.is_none_or(is_meant));
        let meant: Vec<&Excerpt<'_>> = meant.copied().collect();
        let texts: Vec<String> = meant
            .iter()
            .flat_map(|excerpt| words(excerpt.text))
            .collect();
        if sentence.has_wrong_name(&texts) {
            Some(Reason::WrongName)
        } else if sentence.has_wrong_number(&cited, &texts) {
            Some(Reason::WrongNumber)
        } else if !sentence.is_supported(&texts) {
            Some(Reason::Unsupported)
        } else if !agrees(&sentence.clauses, &meant) {
            Some(Reason::Negated)
        } else {
            None
        }
    }

    /// The cited authors that a sentence names, whose names are marked in it; `None` where it names another
    /// one of whom the cited texts do not speak, or does not say who speaks of this one.
    fn authors(&self, sentence: &mut Sentence<'_>, cited: &[&Excerpt<'_>]) -> Option<Vec<&str>> {
        let mut names: Vec<(bool, &str, Vec<String>)> = Vec::new();
        for name in &self.people {
            let is_cited = cited.iter().any(|excerpt| excerpt.author == Some(name));
            let parts: Vec<String> = words(name).collect();
            if parts.iter().any(|word| is_telling_name(word)) {
                names.push((is_cited, name, parts));
            }
        }
        // A longer name may hold a shorter one, and that of a cited author another's.
        names.sort_by_key(|(is_cited, _, parts)| (!is_cited, usize::MAX - parts.len()));
        let mut authors = Vec::new();
        let mut speaks_of_others = false;
        for (is_cited, name, parts) in names {
            let is_said = sentence.mark(&parts);
            let is_spoken_of = || {
                cited.iter().any(|excerpt| {
                    let words: Vec<String> = words(excerpt.text).collect();
                    words.windows(parts.len()).any(|words| words == parts)
                })
            };
            match (is_said, is_cited) {
                (true, true) => authors.push(name),
                (true, false) if !is_spoken_of() => return None,
                (said, _) => speaks_of_others |= said,
            }
        }
        // What somebody says of another must not be told as if it were so.
        (!speaks_of_others || !authors.is_empty()).then_some(authors)
    }
}

impl<'a> Sentence<'a> {
    fn new(text: &'a str) -> Self {
        let spoken: Vec<&str> = text.unicode_words().collect();
        Self {
            is_name: vec![false; spoken.len()],
            spoken,
            words: words(text).collect(),
            clauses: Clause::all(text),
        }
    }

    /// Marks the places of a name that belong to no other, and tells whether there are any.
    fn mark(&mut self, name: &[String]) -> bool {
        let mut is_said = false;
        for at in 0..(self.words.len() + 1).saturating_sub(name.len()) {
            let place = at..at + name.len();
            let is_free = !self.is_name[place.clone()].contains(&true);
            if is_free && self.words[place.clone()] == *name {
                self.is_name[place].fill(true);
                is_said = true;
            }
        }
        is_said
    }

    /// The words that belong to no author's name, as compared and as written, with their places.
    fn others(&self) -> impl Iterator<Item = (usize, &String, &'a str)> {
        let all = self.words.iter().zip(&self.spoken).enumerate();
        let others = all.filter(|(at, _)| !self.is_name[*at]);
        others.map(|(at, (word, spoken))| (at, word, *spoken))
    }

    /// Whether a number stands neither in what is cited nor among its counts.
    fn has_wrong_number(&self, cited: &[&Excerpt<'_>], texts: &[String]) -> bool {
        let counts = cited.iter().filter_map(|excerpt| excerpt.sides);
        let counts = counts.flat_map(|(a, b)| [a.to_string(), b.to_string()]);
        let written = texts.iter().filter_map(|word| number(word));
        let known: Vec<String> = counts.chain(written).collect();
        let mut numbers = self.others().filter_map(|(_, word, _)| number(word));
        numbers.any(|number| !known.contains(&number))
    }

    /// Whether a word that is a name by its form, or a host, stands not in what is cited. The first word of
    /// a sentence has a capital anyway.
    fn has_wrong_name(&self, texts: &[String]) -> bool {
        let is_name = |at: usize, spoken: &str| {
            spoken.contains('.') || (at > 0 && spoken.starts_with(char::is_uppercase))
        };
        let mut names = self
            .others()
            .filter(|(at, word, spoken)| is_name(*at, spoken) && is_content(word));
        names.any(|(_, word, _)| !stands(word, texts))
    }

    /// Whether enough of its content words stand in what is cited, in all and in each clause.
    fn is_supported(&self, texts: &[String]) -> bool {
        let content = self.others().filter(|(_, word, _)| is_content(word));
        let content: Vec<&String> = content.map(|(_, word, _)| word).collect();
        let share = |words: &[&String]| {
            let found = words.iter().filter(|word| stands(word, texts)).count();
            found as f64 / words.len().max(1) as f64
        };
        let by_clause = self.clauses.iter().all(|clause| {
            let of_clause = clause.content.iter().filter(|word| content.contains(word));
            let of_clause: Vec<&String> = of_clause.collect();
            of_clause.len() < SAME_MATTER || share(&of_clause) >= IN_CLAUSE
        });
        share(&content) >= SUPPORT && by_clause
    }
}

fn stands(word: &str, texts: &[String]) -> bool {
    texts.iter().any(|of| is_form(word, of))
}

/// Whether each clause of a sentence says what the cited clause says that shares most words with it (of several
/// such clauses one suffices), and no word is denied that the other side affirms.
fn agrees(clauses: &[Clause], cited: &[&Excerpt<'_>]) -> bool {
    // A question says nothing that could be denied.
    let stating = cited
        .iter()
        .filter(|excerpt| !excerpt.text.trim_end().ends_with('?'));
    let known = stating.flat_map(|excerpt| Clause::all(excerpt.text));
    let known: Vec<Clause> = known.collect();
    clauses.iter().all(|clause| {
        let shared: Vec<usize> = known.iter().map(|known| clause.shared(known)).collect();
        let most = shared.iter().copied().max().unwrap_or(0);
        let mut nearest = known.iter().zip(&shared);
        let agrees = most < SAME_MATTER
            || nearest
                .any(|(known, &shared)| shared == most && clause.agrees(known, cited.len() == 1));
        agrees && !clause.denies_word(&known)
    })
}
