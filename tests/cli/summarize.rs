//! `summarize`: what it writes, and that every sentence stands where it says.

use crate::support::{EXAMPLE, Workplace};
use serde_json::Value;

/// Every object under `value` that cites a unit.
fn sentences(value: &Value) -> Vec<&Value> {
    let mut open = vec![value];
    let mut found = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(keys) if keys.contains_key("unit") => found.push(value),
            Value::Object(keys) => open.extend(keys.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

#[test]
fn every_sentence_is_a_unit_of_its_comment() {
    let work = Workplace::new();
    let analysis = work.analysis_of_example();
    let line = work
        .run(&["summarize", "-f", "json", EXAMPLE])
        .ends(0, &[])
        .lines()
        .remove(0);
    // The analysis has the same summary, beside which a line has the thread and the model.
    for (key, value) in analysis["summary"].as_object().expect("a summary") {
        assert_eq!(&line[key], value, "{key}");
    }
    assert_eq!(line["thread"], analysis["thread"]["id"]);
    assert_eq!(line["model"], analysis["model"]);
    let comments = analysis["thread"]["comments"].as_array().expect("comments");
    let found = sentences(&line);
    assert!(found.len() > 5);
    let mut words = 0;
    for sentence in found {
        let text = |key: &str| sentence[key].as_str().expect("a text");
        let (comment, place) = text("unit").rsplit_once('@').expect("an id");
        let (start, end) = place.split_once('-').expect("a place");
        let number = |text: &str| text.parse::<usize>().expect("a number");
        let of = comments
            .iter()
            .find(|of| of["id"] == comment)
            .expect("the comment");
        let chars = of["text"].as_str().expect("a text").chars();
        let cited: String = chars
            .skip(number(start))
            .take(number(end) - number(start))
            .collect();
        assert_eq!((text("text"), text("comment")), (cited.as_str(), comment));
        assert_eq!(sentence["author"], of["author"]["name"]);
        words += cited.split_whitespace().count();
    }
    assert_eq!(line["words"], words);
    assert!(words <= 200);
}

#[test]
fn words_bound_the_summary() {
    let work = Workplace::new();
    for limit in ["1", "30", "75"] {
        let line = work
            .run(&["summarize", "--words", limit, "-f", "json", EXAMPLE])
            .ends(0, &[])
            .lines()
            .remove(0);
        let limit: u64 = limit.parse().expect("a number");
        assert_eq!(line["limit"], limit);
        assert!(line["words"].as_u64().expect("words") <= limit);
    }
    for wrong in ["0", "10001", "many"] {
        work.run(&["summarize", "--words", wrong, EXAMPLE])
            .ends(2, &["--words"]);
    }
}

#[test]
fn all_forms_tell_the_same() {
    let work = Workplace::new();
    let line = work
        .run(&["summarize", "--model", "fast", "-f", "json", EXAMPLE])
        .ends(0, &[])
        .lines()
        .remove(0);
    for (form, head) in [
        ("text", "CONTESTED CLAIMS"),
        ("markdown", "### Contested claims"),
        ("html", "<h2>Contested claims</h2>"),
    ] {
        let ran = work
            .run(&["summarize", "--model", "fast", "-f", form, EXAMPLE])
            .ends(0, &[]);
        assert!(ran.text().contains(head), "{form}:\n{}", ran.text());
        // Bare words, since forms break lines and escape what could be markup.
        let bare = |text: &str| {
            let text = text.replace("&quot;", "\"").replace("&#39;", "'");
            let kept = text.chars().filter(|c| c.is_alphanumeric());
            kept.collect::<String>()
        };
        let written = bare(ran.text());
        for sentence in sentences(&line) {
            let text = bare(sentence["text"].as_str().expect("a text"));
            assert!(written.contains(&text), "{form}: {sentence}");
        }
    }
    work.run(&["summarize", "--model", "fast", EXAMPLE, "-o", "summary.txt"])
        .ends(0, &[]);
    assert!(work.read("summary.txt").contains("CONTESTED CLAIMS"));
}

#[test]
fn pages_of_several_threads_have_one_head_and_no_markup_of_comments() {
    let work = Workplace::new();
    let thread = |id: &str| {
        serde_json::json!({"schema": "rejoinder/thread@1", "id": id, "title": "<b>Keys</b>", "comments": [
            {"id": "1", "text": "The signing key of <script>alert(1)</script> leaked from the server & the image."},
        ]})
    };
    let lines = format!("{}\n{}\n", thread("a"), thread("b"));
    let ran = work
        .run_on(&["summarize", "--model", "fast", "-f", "html", "-"], lines)
        .ends(0, &[]);
    assert_eq!(ran.text().matches("<!doctype html>").count(), 1);
    assert_eq!(ran.text().matches("<article>").count(), 2);
    assert!(!ran.text().contains("<script") && !ran.text().contains("<b>Keys"));
    assert!(ran.text().contains("&lt;script&gt;alert(1)"));
}
