//! `--corrections`: people's judgements in place of the model's.

use crate::support::{EXAMPLE, Workplace};
use serde_json::{Value, json};

/// The example's analysis, and a file of corrections that turns the stance of its first reply and the role of
/// its first unit.
fn corrected() -> (Workplace, Value, Value) {
    let work = Workplace::new();
    let run = |arguments: &[&str]| {
        let analyze = ["analyze", "-f", "json", "--model", "fast", EXAMPLE];
        let ran = work.run(&[&analyze, arguments].concat());
        ran.ends(0, &[]).lines().remove(0)
    };
    let before = run(&[]);
    let reply = before["comments"]
        .as_array()
        .expect("comments")
        .iter()
        .find(|comment| !comment["stance"].is_null())
        .expect("a reply");
    let stance = if reply["stance"] == "agree" {
        "disagree"
    } else {
        "agree"
    };
    let thread = &before["thread"]["id"];
    let lines = [
        json!({"thread": thread, "comment": reply["id"], "stance": stance, "by": "anna"}),
        json!({"thread": thread, "unit": before["units"][0]["id"], "role": "question", "by": "bob", "note": 3}),
    ];
    work.write("c.jsonl", format!("{}\n\n{}\n", lines[0], lines[1]));
    let after = run(&["--corrections", "c.jsonl"]);
    (work, before, after)
}

#[test]
fn json_says_whose_judgement_is_whose() {
    let (_, before, after) = corrected();
    assert_eq!(before["corrections"], Value::Null);
    assert_eq!(after["corrections"]["applied"], 2);
    assert_eq!(after["units"][0]["role"], "question");
    assert_eq!(after["units"][0]["scores"]["question"], 1.0);
    assert_eq!(
        after["units"][0]["provenance"],
        json!({"role": "human:bob"})
    );
    assert_eq!(after["units"][1]["provenance"], json!({}));
    let pairs = before["comments"].as_array().into_iter().flatten();
    let pairs = pairs.zip(after["comments"].as_array().into_iter().flatten());
    let changed: Vec<_> = pairs
        .filter(|(one, other)| one["stance"] != other["stance"])
        .collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].1["provenance"], json!({"stance": "human:anna"}));
    assert_ne!(before["relations"], after["relations"]);
    assert_ne!(before["chains"], after["chains"]);
}

/// A text for people may break anywhere.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn reports_name_the_people() {
    let (work, ..) = corrected();
    for format in ["text", "dot", "iccma"] {
        let ran = work.run(&[
            "analyze",
            "-f",
            format,
            "--model",
            "fast",
            "--corrections",
            "c.jsonl",
            EXAMPLE,
        ]);
        let text = in_one_line(ran.ends(0, &[]).text());
        assert!(text.contains("2 corrections by anna, bob"), "{text}");
        if format == "text" {
            assert!(text.contains("(by anna)"), "{text}");
        }
    }
    let summary = [
        "summarize",
        "--model",
        "fast",
        "--corrections",
        "c.jsonl",
        EXAMPLE,
    ];
    let ran = work.run(&summary).ends(0, &[]);
    let text = in_one_line(ran.text());
    assert!(text.contains("2 corrections by anna, bob"), "{text}");
}

#[test]
fn lines_that_find_nothing_are_named_and_the_others_hold() {
    let (work, before, _) = corrected();
    let thread = before["thread"]["id"].as_str().expect("an id");
    let mut lines = work.read("c.jsonl");
    lines +=
        &json!({"thread": thread, "comment": "none", "parent": null, "by": "anna"}).to_string();
    lines += "\n{\"thread\":\"other\",\"unit\":\"1@0-3\",\"role\":\"claim\",\"by\":\"anna\"}\n";
    work.write("c.jsonl", lines);
    let arguments = [
        "chains",
        "--model",
        "fast",
        "--corrections",
        "c.jsonl",
        EXAMPLE,
    ];
    let ran = work.run(&arguments).ends(
        1,
        &[
            "c.jsonl: line 4: no input has a thread",
            "with the comment `none`",
            "c.jsonl: line 5: no input has a thread `other` with the unit `1@0-3`",
        ],
    );
    assert!(!ran.stdout.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_ends_the_run() {
    let work = Workplace::new();
    work.write(
        "c.jsonl",
        "{\"thread\":\"t\",\"unit\":\"a@0-1\",\"role\":\"clam\",\"by\":\"a\"}",
    );
    let run = |file: &str| work.run(&["analyze", "--corrections", file, EXAMPLE]);
    let cause = "c.jsonl: line 1: `role` has the unknown value \"clam\"; name one of claim";
    assert!(run("c.jsonl").ends(2, &[cause]).stdout.is_empty());
    run("none.jsonl").ends(2, &["none.jsonl: No such file"]);
}
