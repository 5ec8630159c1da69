//! Which units are chosen, and that a summary keeps to its limit whatever the thread.

use super::*;
use crate::thread::{Article, Score};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// All units that a summary shows, as often as it shows them.
fn shown(summary: &Summary) -> Vec<usize> {
    let mut units = summary.about.clone();
    for dispute in &summary.contested {
        units.push(dispute.claim);
        units.extend(dispute.point_for);
        units.extend(dispute.point_against);
    }
    units.extend(&summary.questions);
    units.extend(&summary.evidence);
    for found in &summary.derailments {
        units.extend(found.before);
        units.push(found.at);
    }
    units
}

#[test]
fn what_many_people_speak_of_comes_before_what_one_repeats() {
    let case = Case::with_authors(&[
        (
            "a",
            "",
            "Ada",
            "CLAIM Old routers need firmware updates from their vendors.",
        ),
        (
            "b",
            "",
            "Bob",
            "CLAIM Vendors rarely ship firmware for old routers anyway.",
        ),
        (
            "c",
            "",
            "Cid",
            "CLAIM Firmware of old routers is where vendors save money.",
        ),
        (
            "d",
            "",
            "Dan",
            "CLAIM Bananas bananas kiwis mangos papayas guavas plums pears.",
        ),
        (
            "e",
            "",
            "Dan",
            "CLAIM Kiwis guavas papayas bananas mangos pears plums figs.",
        ),
    ]);
    let about = case.summary(10).about;
    assert!(
        case.texts(&about)
            .iter()
            .all(|text| text.contains("routers")),
        "{about:?}"
    );
    assert_eq!(about.len(), 1);
}

const FIREWALL: &str = "CLAIM The firewall drops every second packet here.";
const ANTENNA: &str = "CLAIM The antenna drops every second packet here.";

/// Of a firewall and an antenna, each blamed by two people, the one that a summary of one sentence names.
fn blamed(votes: [i64; 2], title: &str) -> String {
    let mut builder = ThreadBuilder::new("test", "t");
    builder.article(Some(Article {
        title: Some(title.to_owned()),
        ..Article::default()
    }));
    for (at, text) in [FIREWALL, ANTENNA, FIREWALL, ANTENNA]
        .into_iter()
        .enumerate()
    {
        let mut draft = by(&format!("P{at}"), draft(&at.to_string(), "", text));
        draft.score = Some(Score::of_points(votes[at % 2]));
        builder.push(draft);
    }
    let case = Case::new(builder.build());
    let about = case.summary(9).about;
    case.texts(&about).concat()
}

#[test]
fn votes_and_the_headline_move_what_is_chosen() {
    assert_eq!(blamed([9, 1], "News"), FIREWALL);
    assert_eq!(blamed([1, 9], "News"), ANTENNA);
    assert_eq!(blamed([5, 5], "Antenna news"), ANTENNA);
    assert_eq!(blamed([5, 5], "Firewall news"), FIREWALL);
}

#[test]
fn a_chain_of_fifty_thousand_replies_is_summarized() {
    let mut builder = ThreadBuilder::new("test", "t");
    let stances = ["DISAGREE", "AGREE", "AD_HOMINEM DISAGREE", "QUESTION"];
    for at in 0..50_000_usize {
        let parent = at
            .checked_sub(1)
            .map_or_else(String::new, |above| above.to_string());
        let text = format!(
            "{} CLAIM word{} in layer{} leaks.",
            stances[at % 4],
            at % 97,
            at % 31
        );
        builder.push(by(
            &format!("P{}", at % 300),
            draft(&at.to_string(), &parent, &text),
        ));
    }
    let case = Case::new(builder.build());
    let summary = case.summary(200);
    assert!(summary.words > 150, "{}", summary.words);
    // Nobody attacks a person before the third comment, and all others stand below it.
    assert_eq!(summary.derailments.len(), 1);
    assert_eq!(case.units[summary.derailments[0].at].comment.get(), 2);
}

/// A comment of random words and marks.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "CLAIM",
        "PREMISE",
        "QUESTION",
        "AD_HOMINEM",
        "EVIDENCE",
        "AGREE",
        "DISAGREE",
        "SURELY",
        "the",
        "not",
        "key",
        "leak",
        "server",
        "image",
        "7",
        "zoë",
        "…",
        "log.",
        "why?",
        "\n\n",
        "> ",
    ]);
    prop::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn summaries_keep_to_their_limit_and_to_the_units(
        comments in prop::collection::vec((words(), any::<prop::sample::Index>(), 0..5_usize), 0..25),
        limit in 0..120_usize,
    ) {
        let mut builder = ThreadBuilder::new("test", "t");
        for (at, (text, parent, author)) in comments.iter().enumerate() {
            let parent = parent.index(at + 1);
            let parent = if parent == at { String::new() } else { parent.to_string() };
            let author = ["", "Ada", "Bob", "Cid", "Dan"][*author];
            builder.push(by(author, draft(&at.to_string(), &parent, text)));
        }
        let case = Case::new(builder.build());
        let summary = case.summary(limit);
        let units = shown(&summary);
        let size = |unit: usize| case.text(unit).split_whitespace().count();
        prop_assert_eq!(summary.words, units.iter().map(|&unit| size(unit)).sum::<usize>());
        prop_assert!(summary.words <= limit);
        let before: BTreeSet<usize> = summary.derailments.iter().filter_map(|d| d.before).collect();
        let mut once = BTreeSet::new();
        for unit in units {
            prop_assert!(once.insert(unit) || before.contains(&unit));
        }
        for dispute in &summary.contested {
            prop_assert!(dispute.authors_against > 0 || dispute.authors_for > 0);
            prop_assert!(!dispute.repeated.contains(&dispute.claim));
        }
        prop_assert_eq!(summary, case.summary(limit));
    }
}
