//! Finds the words of one text again in another, to the letter or edited.
//!
//! Texts are compared as words without case, punctuation or apostrophes. Runs of shared words are looked
//! up through an index of word pairs, and the best chain of runs in the order of both texts is taken:
//! words may be left out, put in or replaced between two runs. Work is bounded, so that texts which
//! repeat one word a million times cost no more than others.

use crate::span::Span;

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Hash of the word in its normal form.
    pub hash: u64,
    /// Where it stands.
    pub span: Span,
}

/// The words of the part `span` of `text`.
pub fn words(text: &str, span: Span) -> impl Iterator<Item = Word> + '_ {
    let mut letters = span.slice(text).char_indices().peekable();
    std::iter::from_fn(move || {
        let mut word: Option<(Span, u64)> = None;
        while let Some(&(at, c)) = letters.peek() {
            let apostrophe = word.is_some() && matches!(c, '\'' | '’');
            let inside = c.is_alphanumeric() || apostrophe;
            // A script without blanks is compared letter by letter.
            if word.is_some() && (!inside || is_ideograph(c)) {
                break;
            }
            letters.next();
            if inside && !apostrophe {
                let (begun, hash) = word.unwrap_or((Span::new(at, at), OFFSET));
                let hash = c.to_lowercase().fold(hash, hashed);
                word = Some((Span::new(begun.start(), at + c.len_utf8()), hash));
            }
            if is_ideograph(c) {
                break;
            }
        }
        word.map(|(at, hash)| Word {
            hash,
            span: at.shifted(span.start()),
        })
    })
}

/// Start value of the hash FNV-1a, which is the same on every machine.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn hashed(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
}

/// Hash of a few words in a row.
#[must_use]
pub fn gram(words: &[Word]) -> u64 {
    let mix = |hash: u64, word: &Word| (hash.rotate_left(23) ^ word.hash).wrapping_mul(OFFSET | 1);
    words.iter().fold(words.len() as u64, mix)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2ffff}')
}

/// The words of a text, indexed so that others can be found in it.
#[derive(Debug, Default)]
pub struct Index {
    words: Vec<Word>,
    /// Places of all words, ordered by the word there and the one behind it, then by place.
    order: Vec<u32>,
}

/// Where one text's words were found in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// From the first to the last word found, in the text that was searched.
    pub span: Span,
    /// How many words agree.
    pub matched: usize,
    /// Length of the longest run of words that agree.
    pub longest: usize,
    /// How many words the span holds.
    pub width: usize,
}

/// A run of words that both texts share.
#[derive(Clone, Copy)]
struct Run {
    /// Its place among the words that are sought.
    at: usize,
    /// Its place among the words that are searched.
    to: usize,
    len: usize,
}

/// Places at which one pair of words is tried.
const TRIES: usize = 16;
/// Runs that are chained, beside one for each word.
const RUNS: usize = 128;
/// Runs back that a run may follow on.
const REACH: usize = 32;
/// What a word that agrees is worth in a chain; a word skipped costs one.
const WORTH: usize = 4;
/// What a gap costs at most where nothing marks it.
const GAP: usize = 3 * WORTH;

impl Index {
    /// Indexes the words of a text.
    #[must_use]
    pub fn new(words: Vec<Word>) -> Self {
        let mut order: Vec<u32> = (0..words.len() as u32).collect();
        order.sort_unstable_by_key(|&at| (pair(&words, at as usize), at));
        Self { words, order }
    }

    /// The words, in order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Finds `sought` here; `elided` says that marks in it show that words were left out.
    #[must_use]
    pub fn find(&self, sought: &[Word], elided: bool) -> Option<Found> {
        let runs = match sought {
            [] => return None,
            [word] => self.single(*word).into_iter().collect(),
            _ => self.runs(sought),
        };
        let mut chain = chain(&runs, elided);
        self.add_edges(sought, &mut chain);
        let (first, last) = (*chain.first()?, *chain.last()?);
        let end = last.to + last.len;
        let gaps = chain
            .windows(2)
            .map(|pair| self.agreeing(sought, pair[0], pair[1]));
        Some(Found {
            span: Span::new(
                self.words[first.to].span.start(),
                self.words[end - 1].span.end(),
            ),
            matched: chain.iter().map(|run| run.len).sum::<usize>() + gaps.sum::<usize>(),
            longest: chain.iter().map(|run| run.len).max().unwrap_or(0),
            width: end - first.to,
        })
    }

    fn single(&self, word: Word) -> Option<Run> {
        let hash = |at: u32| self.words[at as usize].hash;
        let first = self.order.partition_point(|&at| hash(at) < word.hash);
        let to = *self.order.get(first).filter(|&&at| hash(at) == word.hash)?;
        Some(Run {
            at: 0,
            to: to as usize,
            len: 1,
        })
    }

    /// The longest possible runs of two words or more that are shared, ordered by where they begin.
    fn runs(&self, sought: &[Word]) -> Vec<Run> {
        let mut runs = Vec::new();
        // Texts that repeat themselves share runs without number; the first ones will do.
        let mut budget = 64 * sought.len() + 1024;
        let most = RUNS + sought.len();
        for at in 0..sought.len() - 1 {
            let wanted = pair(sought, at);
            let first = self
                .order
                .partition_point(|&to| pair(&self.words, to as usize) < wanted);
            for &to in self.order[first..].iter().take(TRIES) {
                let to = to as usize;
                if pair(&self.words, to) != wanted || runs.len() == most || budget == 0 {
                    break;
                }
                let continues = at > 0 && to > 0 && sought[at - 1].hash == self.words[to - 1].hash;
                if !continues {
                    let both = sought[at..].iter().zip(&self.words[to..]);
                    let len = both.take_while(|(a, b)| a.hash == b.hash).count();
                    budget = budget.saturating_sub(len);
                    runs.push(Run { at, to, len });
                }
            }
        }
        runs
    }

    /// Adds the words at both ends that agree behind a single word that does not.
    fn add_edges(&self, sought: &[Word], chain: &mut Vec<Run>) {
        // Words apart from the end in both texts: one put in, one left out, one replaced.
        const STEPS: [(usize, usize); 3] = [(1, 2), (2, 1), (2, 2)];
        let agree = |at: usize, to: usize| {
            let both = sought.get(at).zip(self.words.get(to));
            both.is_some_and(|(a, b)| a.hash == b.hash)
        };
        let (Some(first), Some(last)) = (chain.first().copied(), chain.last().copied()) else {
            return;
        };
        let mut places = STEPS
            .iter()
            .map(|step| (first.at.wrapping_sub(step.0), first.to.wrapping_sub(step.1)));
        if let Some((at, to)) = places.find(|&(at, to)| agree(at, to)) {
            chain.insert(0, Run { at, to, len: 1 });
        }
        let end = (last.at + last.len - 1, last.to + last.len - 1);
        let mut places = STEPS.iter().map(|step| (end.0 + step.0, end.1 + step.1));
        if let Some((at, to)) = places.find(|&(at, to)| agree(at, to)) {
            chain.push(Run { at, to, len: 1 });
        }
    }

    /// How many single words agree between two runs.
    fn agreeing(&self, sought: &[Word], before: Run, behind: Run) -> usize {
        let near = |from: usize, to: usize| from..to.min(from + 16).max(from);
        let mut to = before.to + before.len;
        let mut count = 0;
        for word in &sought[near(before.at + before.len, behind.at)] {
            let rest = &self.words[near(to, behind.to)];
            if let Some(skipped) = rest.iter().position(|other| other.hash == word.hash) {
                to += skipped + 1;
                count += 1;
            }
        }
        count
    }
}

/// The word at `at` and the one behind it; 0 stands for the end.
fn pair(words: &[Word], at: usize) -> (u64, u64) {
    (
        words[at].hash,
        words.get(at + 1).map_or(0, |word| word.hash),
    )
}

/// The runs that together agree most, each behind the one before it in both texts.
fn chain(runs: &[Run], elided: bool) -> Vec<Run> {
    let most = if elided { WORTH } else { GAP };
    // For each run: what the best chain up to it is worth, the run before it, and its own part in it.
    let mut best: Vec<(usize, Option<usize>, Run)> = Vec::with_capacity(runs.len());
    for (nth, &run) in runs.iter().enumerate() {
        let mut here = (WORTH * run.len, None, run);
        let reach = nth.saturating_sub(REACH);
        for (back, &(worth, _, end)) in best[reach..].iter().enumerate() {
            let (at, to) = (end.at + end.len, end.to + end.len);
            // Runs may overlap where a word stands twice; the later one gives way.
            let cut = at.saturating_sub(run.at).max(to.saturating_sub(run.to));
            if cut >= run.len || run.to <= end.to {
                continue;
            }
            let own = Run {
                at: run.at + cut,
                to: run.to + cut,
                len: run.len - cut,
            };
            let skipped = (own.to - to).abs_diff(own.at - at);
            let worth = (worth + WORTH * own.len).saturating_sub(skipped.min(most));
            if worth > here.0 {
                here = (worth, Some(reach + back), own);
            }
        }
        best.push(here);
    }
    let mut taken = Vec::new();
    // The first of equals, so that the same words are found at the same place always.
    let mut at = (0..best.len()).rev().max_by_key(|&at| best[at].0);
    while let Some(nth) = at {
        taken.push(best[nth].2);
        at = best[nth].1;
    }
    taken.reverse();
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<Word> {
        words(text, Span::new(0, text.len())).collect()
    }

    fn find(sought: &str, text: &str) -> Option<(String, usize)> {
        let found = Index::new(all(text)).find(&all(sought), sought.contains("[...]"))?;
        Some((found.span.slice(text).to_owned(), found.matched))
    }

    fn check(sought: &str, text: &str, place: &str, matched: usize) {
        assert_eq!(find(sought, text), Some((place.to_owned(), matched)));
    }

    #[test]
    fn words_have_no_case_and_no_marks() {
        let hashes = |text: &str| all(text).iter().map(|word| word.hash).collect::<Vec<_>>();
        assert_eq!(hashes("“Don’t” PANIC!"), hashes("don't panic"));
        assert_eq!(hashes("日本 go"), hashes("日, 本 Go"));
        assert_ne!(hashes("ab c"), hashes("a bc"));
    }

    #[test]
    fn exact_words_are_found_where_they_stand() {
        let text = "The cat sat. The dog, though, ran off. The end.";
        check("the dog though ran", text, "The dog, though, ran", 4);
        check("the", text, "The", 1);
        check("the dog", text, "The dog", 2);
        assert_eq!(find("a bird", text), None);
        assert_eq!(find("", text), None);
    }

    #[test]
    fn edited_words_are_found() {
        let text =
            "Servers that nobody patches will be found by somebody who wants them sooner or later.";
        check(
            "Servers nobody patches will get found by someone who wants them",
            text,
            "Servers that nobody patches will be found by somebody who wants them",
            9,
        );
    }

    #[test]
    fn words_may_be_left_out() {
        let text = "One key opens every door in the house, which was built by my uncle in a bad year, and nobody knew.";
        check(
            "One key opens every door [...] and nobody knew",
            text,
            &text[..text.len() - 1],
            8,
        );
        check(
            "one key opens every door, nobody knew",
            text,
            "One key opens every door",
            5,
        );
    }

    #[test]
    fn repeated_words_cost_no_more_than_others() {
        let many = "a ".repeat(200_000);
        let index = Index::new(all(&many));
        for sought in [many.as_str(), &"a a b ".repeat(50_000)] {
            let found = index.find(&all(sought), false);
            assert!(found.is_some_and(|found| found.matched > 1));
        }
        assert_eq!(index.find(&all(&"b a ".repeat(50_000)), false), None);
    }

    proptest! {
        #[test]
        fn a_part_is_found_in_its_whole(text in "([a-e]{1,2} ){4,40}", from in 0..40_usize, len in 2..20_usize) {
            let whole = all(&text);
            let from = from.min(whole.len() - 2);
            let sought = &whole[from..(from + len).min(whole.len())];
            let found = Index::new(whole.clone()).find(sought, false);
            prop_assert!(found.is_some_and(|found| found.matched == sought.len() && found.width == sought.len()));
        }

        #[test]
        fn finding_is_total(text in "([ab ]|\\PC){0,60}", sought in "([ab ]|\\PC){0,60}", elided: bool) {
            if let Some(found) = Index::new(all(&text)).find(&all(&sought), elided) {
                let inner = all(found.span.slice(&text));
                prop_assert_eq!(inner.len(), found.width);
                prop_assert!(found.matched <= all(&sought).len().min(found.width));
            }
        }
    }
}
