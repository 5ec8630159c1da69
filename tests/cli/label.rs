//! `rejoinder label`: loose texts, a line each, in any number.

use crate::support::Workplace;

/// Every hundredth line is bad, in turn in each of these ways.
const BAD: [&[u8]; 5] = [
    b"{\"id\":1,\"text\":",
    b"{\"id\":1}",
    b"{\"id\":1,\"text\":[]}",
    b"{\"id\":1,\"text\":\"\xff\"}",
    b"no JSON",
];

#[test]
fn ten_thousand_lines_keep_their_order_and_bad_ones_are_named() {
    let mut input = Vec::new();
    let mut good = Vec::new();
    let mut bad = Vec::new();
    for number in 1..=10_000 {
        match number % 100 {
            7 => {
                input.extend(BAD[number / 100 % BAD.len()]);
                bad.push(number);
            }
            9 => input.extend(b"  "),
            _ => {
                input.extend(format!("{{\"id\":{number},\"text\":\"It fails on host {number}.\",\"parent\":\"It works.\"}}").bytes());
                good.push(number.to_string());
            }
        }
        input.push(b'\n');
    }
    let work = Workplace::new();
    let ran = work
        .run_on(&["label", "--model", "fast"], input)
        .ends(1, &["100 skipped, 9800 labeled"]);
    let ids: Vec<String> = ran
        .lines()
        .iter()
        .map(|line| line["id"].as_str().expect("an id").to_owned())
        .collect();
    assert!(ids == good, "the order changed");
    let errors = ran
        .stderr
        .lines()
        .filter(|line| line.starts_with("error: "));
    let places: Vec<String> = errors
        .map(|line| line.split(": ").nth(2).expect("a place").to_owned())
        .collect();
    assert_eq!(
        places,
        bad.iter()
            .map(|number| format!("line {number}"))
            .collect::<Vec<_>>()
    );
}

#[test]
fn exit_codes_tell_none_from_some_from_all() {
    let work = Workplace::new();
    work.write("good.jsonl", "{\"id\":1,\"text\":\"Yes.\"}\n");
    work.write("bad.jsonl", "oops\n");
    work.write("empty.jsonl", "");
    assert_eq!(
        work.run(&["label", "good.jsonl", "-o", "out.jsonl"])
            .ends(0, &[])
            .text(),
        ""
    );
    assert!(
        work.read("out.jsonl")
            .starts_with("{\"id\":\"1\",\"stance\":null,")
    );
    work.run(&["label", "bad.jsonl", "good.jsonl", "missing.jsonl"])
        .ends(1, &["bad.jsonl: line 1", "missing.jsonl"]);
    work.run(&["label", "bad.jsonl"])
        .ends(2, &["nothing could be labeled"]);
    work.run(&["label", "missing.jsonl"])
        .ends(2, &["missing.jsonl: "]);
    // No lines in, no lines out: a filter's empty input is no mistake.
    assert_eq!(work.run(&["label", "empty.jsonl"]).ends(0, &[]).text(), "");
    let loud = work
        .run(&["label", "-q", "bad.jsonl", "good.jsonl"])
        .ends(1, &["bad.jsonl"]);
    assert!(!loud.stderr.contains("skipped"));
}

#[test]
fn texts_in_other_languages_are_counted() {
    let german =
        "Das Passwort stand im Klartext auf dem Server, und niemand hat die Protokolle gelesen.";
    let lines = format!("{{\"id\":1,\"text\":\"{german}\"}}\n{{\"id\":2,\"text\":\"Yes.\"}}\n");
    let work = Workplace::new();
    work.run_on(&["label"], lines.clone())
        .ends(0, &["unsupported_language: 1 of 2 texts"]);
    let quiet = work.run_on(&["label", "-q"], lines).ends(0, &[]);
    assert_eq!(quiet.stderr, "");
}

#[test]
fn what_is_answered_decides_whether_there_is_a_stance() {
    let work = Workplace::new();
    let ran = work.run_on(
        &["label", "-"],
        "{\"id\":\"a\",\"text\":\"That is wrong.\"}\n{\"id\":\"b\",\"text\":\"That is wrong.\",\"parent\":\"\"}\n",
    );
    let lines = ran.ends(0, &[]).lines();
    assert!(lines[0]["stance"].is_null() && lines[0]["scores"] == serde_json::json!({}));
    assert!(lines[1]["stance"].is_string());
}

/// The high water mark of memory over a run that reads `lines` lines, in KiB; the program is asked while
/// it waits for the end of its input.
#[cfg(target_os = "linux")]
fn high_water(lines: usize) -> usize {
    use std::{
        io::{BufRead, BufReader, Write},
        process::{Command, Stdio},
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_rejoinder"))
        .args(["label", "--model", "fast"])
        .env("RAYON_NUM_THREADS", "2")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let results = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let (told, half_done) = std::sync::mpsc::channel();
    // Results are read all the time, or the program would wait for its reader and we for the program.
    let reader = std::thread::spawn(move || {
        for (at, line) in results.enumerate() {
            line.expect("a line");
            if at == lines / 2 {
                told.send(()).expect("somebody waits");
            }
        }
    });
    let mut input = child.stdin.take().expect("a pipe");
    for number in 0..lines {
        writeln!(
            input,
            "{{\"id\":{number},\"text\":\"It fails on the host with number {number}.\"}}"
        )
        .expect("it reads on");
    }
    half_done.recv().expect("results come");
    let status =
        std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("the program runs");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .expect("a high water mark");
    let high = line
        .split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .expect("a number");
    drop(input);
    reader.join().expect("results are read");
    assert!(child.wait().expect("it ends").success());
    high
}

/// Fifteen times the lines may cost no more than noise: holding them would take several times as much.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_lines() {
    let (few, many) = (high_water(4_000), high_water(60_000));
    assert!(
        many < few + 8 * 1024,
        "{few} KiB for 4,000 lines, {many} KiB for 60,000"
    );
}
