//! Groups statements that say nearly the same in nearly the same words.
//!
//! Words are compared, not meanings: the encoder's vectors were measured and tell paraphrases from near misses
//! worse than words do (`docs/evaluation.md`). A statement joins the group whose first statement shares most
//! content words with it (Jaccard 1912), so groups do not chain. Only groups that share one of the
//! statement's rarest words are compared, and of each word's the first ones: by prefix filtering
//! (Chaudhuri et al. 2006) no other can be near enough, but for words that very many groups have.

mod words;

use crate::relate::{Kind, Relation, Target};
use std::collections::{BTreeMap, BTreeSet};
pub(crate) use words::{NEGATIONS, Vocabulary, Word, Words};

/// Share of common words, of the words of both, from which statements say nearly the same.
const NEAR: f64 = 0.75;

/// Content words below which statements are nearly the same only with equal words.
const FEW: usize = 3;

/// Groups that are compared with a statement for each of its words.
const COMPARED: usize = 32;

/// The group of each statement. Statements are told by their numbers.
#[derive(Debug)]
pub(crate) struct Groups {
    first: Vec<usize>,
    /// The statements of the groups of more than one, in their order.
    members: BTreeMap<usize, Vec<usize>>,
}

impl Groups {
    /// Groups the statements that have these `words`, of a vocabulary of this size. One that is not `grouped`
    /// stays alone, and two meet only where they `may_meet`.
    pub(crate) fn new(
        words: &[Words],
        vocabulary: usize,
        grouped: impl Fn(usize) -> bool,
        may_meet: impl Fn(usize, usize) -> bool,
    ) -> Self {
        let mut uses = vec![0_u32; vocabulary];
        for &word in words.iter().flat_map(|words| &words.content) {
            uses[word as usize] += 1;
        }
        let mut first: Vec<usize> = (0..words.len()).collect();
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        // The groups' first statements by word.
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); vocabulary];
        for (at, group) in first.iter_mut().enumerate() {
            if !grouped(at) {
                continue;
            }
            let own = &words[at];
            let mut rarest = own.content.clone();
            rarest.sort_unstable_by_key(|&word| (uses[word as usize], word));
            // Two sets of which this share is common agree in one of so many words of either.
            let sharing = (rarest.len() as f64 * NEAR).ceil() as usize;
            rarest.truncate(rarest.len() + 1 - sharing);
            let known = rarest.iter().flat_map(|&word| &holders[word as usize]);
            let known: BTreeSet<usize> = known.copied().collect();
            let near = known
                .into_iter()
                .filter(|&other| own.same_sense(&words[other]))
                .map(|other| (shared(&own.content, &words[other].content), other))
                .filter(|&(share, other)| share >= NEAR && may_meet(at, other));
            let nearest = near.reduce(|best, next| if next.0 > best.0 { next } else { best });
            if let Some((_, leader)) = nearest {
                *group = leader;
                let members = members.entry(leader).or_insert_with(|| vec![leader]);
                members.push(at);
                continue;
            }
            for word in rarest {
                let holders = &mut holders[word as usize];
                if holders.len() < COMPARED {
                    holders.push(at);
                }
            }
        }
        Self { first, members }
    }

    /// The first statement of the statement's group, which stands for the group.
    pub(crate) fn of(&self, statement: usize) -> usize {
        self.first[statement]
    }

    /// The statements of the group that `first` stands for, in their order.
    pub(crate) fn members(&self, first: usize) -> Vec<usize> {
        let several = self.members.get(&first);
        several.map_or_else(|| vec![first], Clone::clone)
    }

    /// The groups of more than one statement, each in the order of the statements.
    pub(crate) fn several(&self) -> impl Iterator<Item = &[usize]> {
        self.members.values().map(Vec::as_slice)
    }
}

/// Pairs of units that attack one another: however alike, they do not say the same.
pub(crate) fn opposed(relations: &[Relation]) -> BTreeSet<(usize, usize)> {
    let attacks = relations.iter().filter(|r| r.kind == Kind::Attack);
    attacks
        .filter_map(|relation| match relation.to {
            Target::Unit(to) => Some([(relation.from, to), (to, relation.from)]),
            Target::Comment(_) => None,
        })
        .flatten()
        .collect()
}

/// Share of the words of both texts that stand in each; 0 where that is below [`NEAR`], or for few words that
/// are not equal.
fn shared(a: &[Word], b: &[Word]) -> f64 {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let at_most = short.len() as f64 / long.len().max(1) as f64;
    if at_most < NEAR || (short.len() < FEW && short != long) {
        return 0.0;
    }
    let both = short
        .iter()
        .filter(|&word| long.binary_search(word).is_ok());
    let both = both.count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(texts: &[&str], may_meet: impl Fn(usize, usize) -> bool) -> Vec<usize> {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<Words> = texts.iter().map(|text| vocabulary.read(text)).collect();
        let size = vocabulary.is_content.len();
        let groups = Groups::new(&words, size, |_| true, may_meet);
        (0..texts.len()).map(|at| groups.of(at)).collect()
    }

    #[test]
    fn statements_meet_by_their_words_and_not_over_negations_numbers_or_objections() {
        let texts = [
            "The signing key leaked from the build server in March.",
            "In March the signing key leaked from their build server!",
            "The signing key never leaked from the build server in March.",
            "The signing key leaked from the build server in March 2019.",
            "The vendor paid the ransom within a day.",
        ];
        assert_eq!(groups(&texts, |_, _| true), [0, 0, 2, 3, 4]);
        assert_eq!(groups(&texts, |_, _| false), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn statements_of_few_words_meet_only_when_equal() {
        assert_eq!(
            groups(
                &["It leaked.", "It has leaked!", "They leaked keys."],
                |_, _| true
            ),
            [0, 0, 2]
        );
    }

    /// The figures of `docs/evaluation.md`.
    #[test]
    fn written_pairs_meet_as_the_evaluation_says() {
        let pairs = include_str!("../../tests/data/claim_pairs.jsonl").lines();
        let pairs = pairs.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let mut right = BTreeMap::new();
        let mut wrong = BTreeMap::new();
        for pair in pairs {
            let texts = ["a", "b"].map(|key| pair[key].as_str().unwrap());
            if groups(&texts, |_, _| true) == [0, 0] {
                let counts = if pair["same"] == true {
                    &mut right
                } else {
                    &mut wrong
                };
                *counts
                    .entry(pair["half"].as_str().unwrap().to_owned())
                    .or_insert(0) += 1;
            }
        }
        let counts = |counts: &BTreeMap<String, usize>| [counts["choose"], counts["report"]];
        assert_eq!((counts(&right), counts(&wrong)), ([5, 5], [1, 3]));
    }
}
