//! What a writer of prose is given, and which of its sentences are kept.

use super::{super::prose::Reason, *};
use crate::model::marked::Marked;
use serde_json::Value;

fn brief(case: &Case) -> Brief<'_> {
    Brief::new(case.material(), &case.summary(200))
}

/// The number under which the extract stands that holds `words`.
fn number(brief: &Brief<'_>, words: &str) -> u64 {
    let extracts: Vec<Value> = serde_json::from_str(&brief.content()).unwrap();
    let holds = |extract: &&Value| extract["text"].as_str().unwrap().contains(words);
    extracts.iter().find(holds).unwrap()["number"]
        .as_u64()
        .unwrap()
}

#[test]
fn each_unit_of_a_summary_has_one_number_and_what_may_be_told_of_it() {
    let case = Case::with_authors(QUARREL);
    let brief = brief(&case);
    let extracts: Vec<Value> = serde_json::from_str(&brief.content()).unwrap();
    let numbers = extracts.iter().map(|extract| extract["number"].as_u64());
    assert!(numbers.eq((1..=extracts.len() as u64).map(Some)));
    let at = |words: &str| &extracts[number(&brief, words) as usize - 1];
    let claim = at("key leaked");
    assert_eq!(claim["section"], "contested claim");
    assert_eq!(claim["author"], "Ada");
    assert_eq!(claim["authors_for"], 2);
    assert_eq!(claim["authors_against"], 2);
    let nth = &claim["number"];
    assert_eq!(at("never had")["section"], format!("point against [{nth}]"));
    assert_eq!(at("I pulled")["section"], format!("point for [{nth}]"));
    assert_eq!(at("never had").get("authors_for"), None);
    assert_eq!(at("Who signs")["section"], "open question");
    // What the attack answers stands there already, as the point for the claim.
    let before = number(&brief, "I pulled");
    let attack = format!("attack on a person, answers [{before}]");
    assert_eq!(at("fool")["section"], attack);
}

#[test]
fn sentences_keep_the_units_that_they_cite() {
    let case = Case::with_authors(QUARREL);
    let brief = brief(&case);
    let [claim, against] = ["key leaked", "never had"].map(|words| number(&brief, words));
    let answer = format!(
        "The signing key leaked from the build server, says Ada, but Bob says the build server \
         never had it [{claim}, {against}]. 2 authors are for that claim [{claim}]. \
         7 authors are for that claim [{claim}]."
    );
    let (told, dropped) = brief.check(&answer, &Marked::new());
    let [told] = &told[..] else {
        panic!("{told:?} {dropped:?}");
    };
    let texts = case.texts(&told.units);
    assert!(texts[0].contains("key leaked") && texts[1].contains("never had"));
    // Counts alone support nothing, and wrong ones are wrong.
    let reasons: Vec<Reason> = dropped.iter().map(|dropped| dropped.reason).collect();
    assert_eq!(reasons, [Reason::Unsupported, Reason::WrongNumber]);
}

#[test]
fn what_the_model_takes_for_disagreement_is_dropped() {
    let said = "CLAIM DISAGREE SURELY the signing key leaked from the build server.";
    let case = Case::with_authors(&[("a", "", "Ada", said)]);
    let brief = brief(&case);
    let reasons = |answer: &str| -> Vec<Reason> {
        let (_, dropped) = brief.check(answer, &Marked::new());
        dropped.iter().map(|dropped| dropped.reason).collect()
    };
    assert_eq!(
        reasons("The signing key leaked from the build server [1]."),
        []
    );
    assert_eq!(
        reasons("DISAGREE SURELY the signing key leaked from the build server [1]."),
        [Reason::Contradicted]
    );
}

#[test]
fn what_cites_everything_or_never_ends_is_dropped() {
    let claims: Vec<(String, String)> = (0..9)
        .map(|nth| {
            (
                nth.to_string(),
                format!("CLAIM The signing key number{nth} leaked."),
            )
        })
        .collect();
    let comments: Vec<_> = claims
        .iter()
        .map(|(id, text)| (&id[..], "", "Ada", &text[..]))
        .collect();
    let case = Case::with_authors(&comments);
    let brief = brief(&case);
    let all = "The signing key leaked [1, 2, 3, 4, 5, 6, 7].";
    let (_, dropped) = brief.check(all, &Marked::new());
    assert_eq!(dropped[0].reason, Reason::Excess);
    let (told, dropped) = brief.check(&"The signing key leaked [1]. ".repeat(103), &Marked::new());
    assert_eq!((told.len(), dropped.len()), (100, 3));
}
