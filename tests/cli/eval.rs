//! `rejoinder eval`: files of each kind in, figures out.

use crate::support::{Workplace, packed};
use serde_json::Value;

/// One line per number, each a group of its own.
fn lines(line: impl Fn(usize) -> String) -> String {
    (0..12).map(|at| line(at) + "\n").collect()
}

/// The report of `eval --json` on a file of these lines.
#[track_caller]
fn report(content: impl AsRef<[u8]>) -> Value {
    let work = Workplace::new();
    work.write("data", content);
    let ran = work.run(&["eval", "--model", "fast", "--json", "data"]);
    ran.ends(0, &[]).lines().remove(0)
}

#[track_caller]
fn set<'a>(report: &'a Value, id: &str) -> &'a Value {
    let mut sets = report["sets"].as_array().expect("sets").iter();
    sets.find(|set| set["id"] == id)
        .unwrap_or_else(|| panic!("{id} is not among the sets"))
}

fn ids(list: &Value) -> Vec<&str> {
    let entries = list.as_array().expect("a list").iter();
    entries.filter_map(|entry| entry["id"].as_str()).collect()
}

#[test]
fn labeled_threads_have_every_set_and_baselines() {
    let thread = |at: usize| {
        format!(
            r#"{{"thread":"t{at}","source":"blog","article":"Mail","comments":[{{"id":"a","parent":null,"title":"","text":"Ünder TLS? Use it.","stance":null,"units":[{{"start":0,"end":10,"role":"question","basis":["technical"],"attack":null,"sarcasm":false}},{{"start":11,"end":18,"role":"claim","basis":["normative"],"attack":null,"sarcasm":false}}]}},{{"id":"b","parent":"a","title":"","text":"No.","stance":"disagree","units":[]}}],"context":[]}}"#
        )
    };
    let report = report(packed(lines(thread).as_bytes()));
    assert_eq!(report["comments"], 24);
    assert_eq!(
        ids(&report["sets"]),
        ["role", "basis", "attack", "sarcasm", "stance"]
    );
    assert_eq!(
        report["baselines"],
        serde_json::json!(["majority", "word count", "TF-IDF words"])
    );
    // The sets of a labeled thread are whole, even where a label never holds.
    assert_eq!(ids(&set(&report, "role")["labels"]).len(), 5);
    assert_eq!(set(&report, "stance")["baselines"][0]["accuracy"], 1.0);
    assert!(set(&report, "basis")["labels"][0]["roc_auc"].is_number());
}

#[test]
fn units_of_public_sets_are_scored_among_the_labels_in_use() {
    let post = |at: usize| {
        let group = at / 2;
        match at % 2 {
            0 => format!(
                r#"{{"set":"m","group":"{group}","text":"Tea is hot. So it helps.","units":[{{"start":0,"end":11,"role":"premise"}},{{"start":12,"end":24,"role":"claim"}}],"relations":[{{"from":0,"to":1,"in":"self","kind":"support"}}]}}"#
            ),
            _ => format!(
                r#"{{"set":"m","group":"{group}","parent":"Tea is hot. So it helps.","text":"You are wrong.","units":[{{"start":0,"end":14,"role":"claim"}}],"relations":[{{"from":0,"to":1,"in":"parent","kind":"{}"}}]}}"#,
                if group == 0 { "support" } else { "attack" }
            ),
        }
    };
    let report = report(lines(post));
    assert_eq!(
        (&report["comments"], &report["groups"]),
        (&18.into(), &6.into())
    );
    assert_eq!(ids(&report["sets"]), ["role", "stance"]);
    let (role, stance) = (set(&report, "role"), set(&report, "stance"));
    assert_eq!(ids(&role["labels"]), ["claim", "premise"]);
    assert_eq!(ids(&stance["labels"]), ["agree", "disagree"]);
    assert_eq!(stance["cases"], 6);
    let confusion = stance["confusion"].as_array().expect("a table");
    let cells = confusion
        .iter()
        .flat_map(|row| row.as_array().expect("a row"));
    assert_eq!(cells.filter_map(Value::as_u64).sum::<u64>(), 6);
}

#[test]
fn propositions_are_scored_where_they_say_something() {
    let kinds = ["testimony", "policy", "value", "fact"];
    let row = |at: usize| {
        let kind = kinds[at % 4];
        format!(
            r#"{{"set":"c","group":"{at}","text":"I paid it twice.","units":[{{"start":0,"end":16,"proposition":"{kind}"}}]}}"#
        )
    };
    let report = report(lines(row));
    let basis = set(&report, "basis");
    assert_eq!(
        ids(&basis["labels"]),
        ["evidence", "experience", "normative"]
    );
    let cases: Vec<_> = basis["labels"].as_array().expect("labels").iter().collect();
    assert_eq!(
        (&cases[1]["cases"], &cases[2]["cases"]),
        (&12.into(), &9.into())
    );
    assert!(cases[0]["roc_auc"].is_null() && cases[1]["support"] == 3);
}

#[test]
fn whole_comments_are_scored_by_their_strongest_unit() {
    let row = |at: usize| {
        let (text, rude) = match at % 3 {
            0 => ("It rains. You are an idiot and a liar.", true),
            _ => ("The memory is freed twice here.", false),
        };
        format!(r#"{{"set":"g","group":"{at}","text":"{text}","uncivil":{rude},"mood":7}}"#)
    };
    let report = report(lines(row));
    let labels = &set(&report, "comment")["labels"];
    assert_eq!(ids(labels), ["uncivil"]);
    assert_eq!(labels[0]["roc_auc"], 1.0);
    assert_eq!(labels[0]["accuracy"], 1.0);
    assert!(labels[0]["baselines"][0]["accuracy"].as_f64() > Some(0.6));
}

#[test]
fn tables_show_what_json_holds() {
    let row = |at: usize| {
        let stance = ["agree", "disagree", "neutral"][at % 3];
        format!(
            r#"{{"set":"p","group":"{at}","parent":"It rains.","text":"It does.","stance":"{stance}"}}"#
        )
    };
    let work = Workplace::new();
    work.write("pairs.jsonl", lines(row));
    let ran = work.run(&["eval", "pairs.jsonl"]).ends(0, &[]);
    for words in [
        "12 comments",
        "| AUC | accuracy |",
        "TF-IDF words: F1 / AP",
        "stance: macro",
    ] {
        assert!(ran.text().contains(words), "{words}:\n{}", ran.text());
    }
    assert!(!ran.text().contains("role"), "{}", ran.text());
}

#[test]
fn files_without_known_labels_and_broken_ones_are_named() {
    let work = Workplace::new();
    work.write(
        "none.jsonl",
        "{\"text\":\"Hi\",\"mood\":3}\n{\"comments\":[\"Hi\"]}\n",
    );
    work.run(&["eval", "none.jsonl"]).ends(
        2,
        &[
            "none.jsonl: none of its 2 rows",
            "; docs/evaluation.md lists",
        ],
    );
    work.write("broken.jsonl", "{\"text\":\"Hi\",\"uncivil\":true}\noops\n");
    work.run(&["eval", "broken.jsonl"])
        .ends(2, &["broken.jsonl: line 2: "]);
    work.write(
        "odd.jsonl",
        "{\"text\":\"Hi\",\"parent\":\"Ho\",\"stance\":\"maybe\"}\n",
    );
    work.run(&["eval", "odd.jsonl"])
        .ends(2, &["odd.jsonl: line 1: `maybe` is no label of `stance`"]);
    work.run(&["eval", "missing.jsonl"])
        .ends(2, &["missing.jsonl: ", "check the path"]);
    work.run_on(&["eval", "-"], "{}")
        .ends(2, &["-: ", "read twice", "name a file"]);
}
