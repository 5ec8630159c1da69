//! How many good and bad sentences the checks drop, by what is wrong with them: the texts of
//! `tests/data/prose.jsonl`, by one half of which no threshold and no list of words was chosen.
//! `docs/summaries.md` has the figures.

use super::{brief::Excerpt, *};
use crate::model;
use serde::Deserialize;

/// Two extracts, each with its author, and a sentence about them of each kind.
#[derive(Deserialize)]
struct Case {
    set: String,
    extracts: Vec<(String, String)>,
    supported: String,
    contradicted: String,
    invented: String,
    wrong_number: String,
    misattributed: String,
    embellished: String,
}

const KINDS: [&str; 7] = [
    "supported",
    "contradicted",
    "invented",
    "wrong number",
    "misattributed",
    "misattributed, with the named author cited too",
    "embellished",
];

impl Case {
    fn brief(&self) -> Brief<'_> {
        let excerpts = self.extracts.iter().enumerate();
        let excerpts = excerpts.map(|(unit, (author, text))| Excerpt {
            unit,
            author: Some(author),
            text,
            ..Excerpt::default()
        });
        let people = self.extracts.iter().map(|(author, _)| author.as_str());
        Brief {
            excerpts: excerpts.collect(),
            people: people.collect(),
        }
    }

    /// The sentences in the order of [`KINDS`].
    fn sentences(&self) -> [String; 7] {
        let (words, _) = self.misattributed.rsplit_once('[').unwrap();
        [
            self.supported.clone(),
            self.contradicted.clone(),
            self.invented.clone(),
            self.wrong_number.clone(),
            self.misattributed.clone(),
            format!("{words}[1, 2]."),
            self.embellished.clone(),
        ]
    }
}

/// How many of `cases` have a sentence of each kind that is dropped.
fn dropped(cases: &[&Case], judge: &dyn Model) -> [usize; 7] {
    let mut count = [0; 7];
    for case in cases {
        let brief = case.brief();
        for (at, sentence) in case.sentences().iter().enumerate() {
            let (told, dropped) = brief.check(sentence, judge);
            assert_eq!(told.len() + dropped.len(), 1, "{sentence}");
            count[at] += dropped.len();
            if let [dropped] = &dropped[..] {
                println!("{}: {:?}: {sentence}", KINDS[at], dropped.reason);
            }
        }
    }
    count
}

#[test]
fn most_of_what_is_wrong_is_dropped_and_most_of_what_is_right_is_kept() {
    let lines = include_str!("../../../tests/data/prose.jsonl").lines();
    let cases = lines.map(|line| serde_json::from_str(line).unwrap());
    let cases: Vec<Case> = cases.collect();
    for set in ["tuned", "held_out"] {
        let cases: Vec<&Case> = cases.iter().filter(|case| case.set == set).collect();
        for entry in model::MODELS {
            let count = dropped(&cases, entry.load().unwrap().as_ref());
            println!("{set}, {}: {count:?} of {}", entry.id, cases.len());
            assert!(cases.len() > 30);
            assert!(count[0] * 6 <= cases.len(), "{set}: {count:?}");
            assert!(count[1..].iter().all(|count| count * 4 >= cases.len() * 3));
        }
    }
}
