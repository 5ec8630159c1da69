//! `rejoinder parse`: threads as JSON Lines.

use crate::support::{EXAMPLE, THREAD, Workplace};

#[test]
fn what_parse_writes_it_reads_and_writes_again_to_the_letter() {
    let work = Workplace::with_thread();
    let oddities = r#"{"schema":"rejoinder/thread@1","comments":[{"id":"a","parent":"b","text":"x","posted":"soon","units":[{"start":0,"end":1},{"start":4,"end":9}]},{"id":"b","parent":"a","text":" y \r\n"},{"id":"b","parent":"zz","text":""},{"id":"","text":"> x\n\nNo"}]}"#;
    work.write("odd.jsonl", oddities);
    for input in ["thread.jsonl", "odd.jsonl", EXAMPLE] {
        let first = work.run(&["parse", "-q", input]).ends(0, &[]);
        assert_eq!(first.stderr, "");
        let second = work
            .run_on(&["parse", "-"], first.stdout.clone())
            .ends(0, &[]);
        assert_eq!(first.text(), second.text(), "{input}");
    }
}

#[test]
fn native_text_is_kept_to_the_letter() {
    let work = Workplace::new();
    let text = " \u{feff}é\u{301}\r\n\ttwo\u{0}  \n\n> \u{202e}q 🔑\n\n\u{2028}end \n";
    let line =
        serde_json::json!({"schema": "rejoinder/thread@1", "comments": [{"id": 1, "text": text}]});
    let lines = work
        .run_on(&["parse", "-"], line.to_string())
        .ends(0, &[])
        .lines();
    assert_eq!(lines[0]["comments"][0]["text"], text);
}

#[test]
fn oddities_are_told_once_a_kind_and_not_when_quiet() {
    let work = Workplace::new();
    let odd = r#"{"schema":"rejoinder/thread@1","comments":[{"id":"a","parent":"x","text":""},{"id":"b","parent":"x","text":""}]}"#;
    let ran = work.run_on(&["parse", "-"], odd).ends(
        0,
        &["warning: -: missing_parent: ", "(and 1 more of this kind)"],
    );
    assert_eq!(ran.lines()[0]["warnings"].as_array().map(Vec::len), Some(2));
    assert_eq!(work.run_on(&["parse", "--quiet", "-"], odd).stderr, "");
}

#[test]
fn the_result_may_go_to_a_file() {
    let work = Workplace::with_thread();
    let ran = work
        .run(&["parse", "thread.jsonl", "-o", "out.jsonl"])
        .ends(0, &[]);
    assert_eq!(ran.text(), "");
    assert_eq!(
        work.read("out.jsonl"),
        work.run(&["parse", "thread.jsonl"]).text()
    );
    work.run(&["parse", "thread.jsonl", "-o", "no/such/folder.jsonl"])
        .ends(2, &["no/such/folder.jsonl: cannot write"]);
}

#[test]
fn bad_lines_are_skipped_with_their_number() {
    let work = Workplace::new();
    let ran = work.run_on(
        &["parse", "-"],
        format!("{THREAD}\n\n{{\"schema\":3}}\n{THREAD}\n"),
    );
    let ran = ran.ends(
        1,
        &["error: -: line 3: no thread line", "1 skipped, 2 read"],
    );
    assert_eq!(ran.lines().len(), 2);
}
