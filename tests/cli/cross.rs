//! `analyze --cross-thread`: what is said in several threads.

use crate::support::{Workplace, thread_line};
use serde_json::{Value, json};

const KEY: &str =
    "The attackers stole the signing key from the build server because nobody had locked it.";
const OTHER: &str = "I do not believe that the vendor will ever pay for any of this damage.";

/// A thread of one comment.
fn thread(id: &str, source: &str, author: &str, posted: Option<&str>, text: &str) -> String {
    let comment = json!({"id": "a", "author": {"name": author}, "posted": posted, "text": text});
    let line = json!({
        "schema": "rejoinder/thread@1", "id": id, "source": source, "title": format!("News of {source}"),
        "url": format!("https://{source}.example/{id}"), "comments": [comment],
    });
    line.to_string()
}

/// Three threads, two of which have one id; the first statement stands in the second.
fn threads() -> Workplace {
    let work = Workplace::new();
    let later = Some("2026-02-01T10:00:00Z");
    let first = Some("2026-01-31T10:00:00Z");
    let said = [
        thread("1", "hn", "Ada", later, KEY),
        thread(
            "1",
            "lobsters",
            "Bob \"the\" Builder",
            first,
            &format!("{KEY} {OTHER}"),
        ),
        thread(
            "2",
            "slashdot",
            "Cid",
            None,
            &format!("{KEY} Does the bank know?"),
        ),
    ];
    work.write("threads.jsonl", said.join("\n"));
    work
}

fn run(work: &Workplace, format: &str) -> crate::support::Ran {
    let command = [
        "analyze",
        "--cross-thread",
        "--model",
        "fast",
        "-f",
        format,
        "threads.jsonl",
    ];
    work.run(&command).ends(0, &[])
}

#[test]
fn the_last_line_of_json_tells_who_said_it_first_and_where() {
    let lines = run(&threads(), "json").lines();
    assert_eq!(lines.len(), 4);
    for (line, id) in lines.iter().zip(["1", "1", "2"]) {
        assert_eq!(
            (&line["schema"], &line["thread"]["id"]),
            (&json!("rejoinder/analysis@1"), &json!(id))
        );
    }
    let cross = &lines[3];
    assert_eq!(
        (&cross["schema"], &cross["model"]),
        (&json!("rejoinder/cross@1"), &lines[0]["model"])
    );
    let [cluster] = &cross["clusters"].as_array().expect("clusters")[..] else {
        panic!("{cross}");
    };
    let unit = format!("a@0-{}", KEY.len());
    assert_eq!(cluster["id"], format!("1/{unit}"));
    let counts = ["threads", "boards", "authors"].map(|key| cluster[key].as_u64());
    assert_eq!(counts, [Some(3); 3]);
    assert_eq!(
        cluster["first"],
        json!({
            "place": 1, "thread": "1", "source": "lobsters", "url": "https://lobsters.example/1", "unit": unit,
            "comment": "a", "author": "Bob \"the\" Builder", "posted": "2026-01-31T10:00:00Z", "text": KEY,
        })
    );
    let members = cluster["members"].as_array().expect("members");
    let places: Vec<&Value> = members.iter().map(|member| &member["place"]).collect();
    assert_eq!(places, [1, 0, 2]);
    assert_eq!(members[0], cluster["first"]);
}

#[test]
fn the_text_is_a_list_of_eighty_columns() {
    let ran = run(&threads(), "text");
    let text = ran.text();
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "1 statement · 3 threads · model fast",
        &format!("1. {KEY}"),
        "said in 3 threads on 3 boards by 3 people, first by Bob \"the\" Builder [a] in \"News of lobsters\" \
         (lobsters) on 2026-01-31",
        "then by Cid [a] in \"News of slashdot\" (slashdot) without a date",
    ] {
        assert!(flat.contains(part), "{part}\n{text}");
    }
    assert!(!flat.contains("ever pay"));
}

#[test]
fn the_graph_joins_the_threads() {
    let ran = run(&threads(), "dot");
    let dot = ran.text();
    assert_eq!(dot.matches("digraph").count(), 1);
    assert_eq!(dot.matches('{').count(), dot.matches('}').count());
    for place in 0..3 {
        let edge = format!("  \"{place}/a@0-{}\" -> \"said/0\" [dir=none", KEY.len());
        assert_eq!(dot.matches(&edge).count(), 1, "{dot}");
        assert!(dot.contains(&format!("subgraph \"cluster_{place}/a\" {{")));
    }
    assert!(dot.contains(r#"first Bob \"the\" Builder, 2026-01-31"#));
}

#[test]
fn one_thread_and_threads_that_share_nothing_have_no_clusters() {
    let work = Workplace::new();
    let lone = thread_line([("a", KEY), ("b", KEY)].map(|(id, text)| (id.to_owned(), None, text)));
    for content in [
        &lone,
        &format!("{lone}\n{}", thread("2", "hn", "Ada", None, OTHER)),
    ] {
        work.write("threads.jsonl", content);
        let lines = run(&work, "json").lines();
        assert_eq!(lines[lines.len() - 1]["clusters"], json!([]));
        assert!(run(&work, "text").text().contains("0 statements"));
    }
}

#[test]
fn what_cannot_be_written_is_an_error_and_skipped_inputs_are_told() {
    let work = threads();
    let command = [
        "analyze",
        "--cross-thread",
        "--model",
        "fast",
        "threads.jsonl",
    ];
    let with = |more: &[&str]| work.run(&[&command[..], more].concat());
    with(&["-f", "iccma"]).ends(2, &["iccma", "text, json, dot"]);
    with(&["-o", "."]).ends(2, &["one result of all threads"]);
    with(&["missing.html"]).ends(1, &["missing.html", "1 skipped, 3 read"]);
    with(&["-o", "cross.txt"]).ends(0, &[]);
    assert_eq!(work.read("cross.txt"), run(&work, "text").text());
}
