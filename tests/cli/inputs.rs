//! Inputs of every kind, good and bad, and what the exit code says of them.

use crate::support::{EXAMPLE, THREAD, Workplace, packed, ran};
use std::fs;

#[test]
fn files_folders_streams_and_gzip_are_read() {
    let work = Workplace::with_thread();
    work.write("all/b/packed.gz", packed(THREAD.as_bytes()));
    work.write("all/a.json", THREAD);
    work.write("all/.hidden", "not looked at");
    assert_eq!(
        work.run(&["parse", "thread.jsonl"])
            .ends(0, &[])
            .lines()
            .len(),
        1
    );
    assert_eq!(work.run(&["parse", "all"]).ends(0, &[]).lines().len(), 2);
    assert_eq!(
        work.run_on(&["parse", "-"], THREAD)
            .ends(0, &[])
            .lines()
            .len(),
        1
    );
    assert_eq!(
        work.run_on(&["parse", "-"], packed(THREAD.as_bytes()))
            .ends(0, &[])
            .lines()
            .len(),
        1
    );
    let page = work.run(&["parse", EXAMPLE]).ends(0, &[]).lines();
    assert_eq!(page[0]["source"], "register-text");
}

#[test]
fn a_bad_input_among_good_ones_is_named_and_skipped() {
    let work = Workplace::with_thread();
    work.write("bad.txt", "just some words");
    for command in ["parse", "analyze", "chains"] {
        let ran = work.run(&[command, "bad.txt", "thread.jsonl", "missing.html"]);
        let ran = ran.ends(
            1,
            &[
                "error: bad.txt: no source",
                "error: missing.html: ",
                "2 skipped, 1 read",
            ],
        );
        assert!(!ran.stdout.is_empty(), "{command}");
        let quiet = work
            .run(&[command, "--quiet", "bad.txt", "thread.jsonl"])
            .ends(1, &["bad.txt"]);
        assert!(!quiet.stderr.contains("skipped"));
    }
}

#[test]
fn bad_inputs_alone_are_an_error() {
    let work = Workplace::new();
    work.write("bad.txt", "just some words");
    let ran = work
        .run(&["parse", "bad.txt", "missing.html"])
        .ends(2, &["bad.txt", "missing.html"]);
    assert!(ran.stdout.is_empty());
    work.run(&["analyze", "missing.html"])
        .ends(2, &["missing.html: ", "check the path"]);
    work.run(&["parse", "https://127.0.0.1/t/1"])
        .ends(2, &["no public address", "rejoinder fetch"]);
}

#[test]
fn what_is_not_known_is_answered_by_what_is() {
    let work = Workplace::with_thread();
    work.run(&["parse", "--source", "gopher", "thread.jsonl"])
        .ends(
            2,
            &[
                "it is one of rejoinder, register-html",
                "table, register-text",
            ],
        );
    work.run(&["analyze", "--format", "pdf", "thread.jsonl"])
        .ends(2, &["text, json, dot"]);
    work.run(&["analyze", "--model", "oracle", "thread.jsonl"])
        .ends(2, &["name one of encoder, fast"]);
    work.run(&["list", "wonders"])
        .ends(2, &["sources, formats, labels, models"]);
    work.run(&["parse"]).ends(2, &["INPUT"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    use std::{
        io::Read,
        process::{Command, Stdio},
    };
    let work = Workplace::new();
    // More than a pipe holds, so that the program is still writing when its reader goes.
    work.write("long.jsonl", format!("{THREAD}\n").repeat(2_000));
    for arguments in [
        &["parse", "long.jsonl"][..],
        &["chains", "--format", "json", "long.jsonl"],
        &["triggers", "--model", "fast", "-f", "csv", "long.jsonl"],
        &["sample", "--model", "fast", "long.jsonl"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rejoinder"))
            .args(arguments)
            .current_dir(&work.folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut first = [0; 64];
        child
            .stdout
            .take()
            .expect("a pipe")
            .read_exact(&mut first)
            .expect("some results");
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

/// Whoever closes stderr wants no messages, and still wants the results.
#[cfg(unix)]
#[test]
fn messages_that_nobody_reads_do_no_harm() {
    let work = Workplace::with_thread();
    work.write(
        "many.sh",
        "{ \"$1\" parse missing.txt thread.jsonl; echo \"code $?\"; } 2>&-",
    );
    let mut shell = assert_cmd::Command::new("sh");
    shell
        .current_dir(&work.folder)
        .args(["many.sh", env!("CARGO_BIN_EXE_rejoinder")]);
    assert!(ran(&mut shell).text().ends_with("code 1\n"));
    work.write("pipe.sh", "{ { sleep 0.3; \"$1\" parse missing.txt thread.jsonl; echo \"code $?\" >&3; } 2>&1 >/dev/null | true; } 3>&1");
    let mut shell = assert_cmd::Command::new("sh");
    shell
        .current_dir(&work.folder)
        .args(["pipe.sh", env!("CARGO_BIN_EXE_rejoinder")]);
    assert_eq!(ran(&mut shell).text(), "code 1\n");
}

#[test]
fn a_gzip_stream_that_is_cut_ends_behind_one_error() {
    let work = Workplace::new();
    let whole = packed(format!("{THREAD}\n").repeat(500).as_bytes());
    work.write("cut.gz", &whole[..whole.len() / 2]);
    let ran = work.run(&["parse", "cut.gz"]);
    assert!(matches!(ran.code, Some(1 | 2)), "{ran:?}");
    assert_eq!(ran.stderr.matches("error:").count(), 1, "{}", ran.stderr);
    let texts = packed(
        "{\"id\":1,\"text\":\"Hi there.\"}\n"
            .repeat(5_000)
            .as_bytes(),
    );
    work.write("texts.gz", &texts[..texts.len() / 2]);
    let ran = work.run(&["label", "texts.gz"]);
    assert!(matches!(ran.code, Some(1 | 2)), "{ran:?}");
    assert!(ran.stderr.contains("texts.gz: line "), "{}", ran.stderr);
}

#[test]
fn files_of_a_folder_that_no_source_knows_are_counted_and_are_no_error() {
    let work = Workplace::new();
    work.write("saved/page.jsonl", THREAD);
    for name in ["a.css", "b.js", "c.txt", "d.png"] {
        work.write(&format!("saved/{name}"), "p { color: red }");
    }
    let ran = work
        .run(&["parse", "saved"])
        .ends(0, &["no source knows 4 files", "saved/a.css", "..."]);
    assert_eq!(ran.lines().len(), 1);
    assert_eq!(work.run(&["parse", "-q", "saved"]).ends(0, &[]).stderr, "");
    work.write("others/a.css", "p { color: red }");
    work.run(&["parse", "others"])
        .ends(2, &["no source knows others/a.css", "--source"]);
    work.write("saved/empty.html", "");
    work.run(&["parse", "saved"]).ends(
        1,
        &["saved/empty.html: the input is empty", "1 skipped, 1 read"],
    );
}

#[test]
fn zstd_is_read_within_the_window_allowed() {
    let work = Workplace::new();
    // A frame (RFC 8878) of one raw block, which says that it needs a window of 2^28 bytes.
    let block = u32::try_from(THREAD.len()).expect("a short text") << 3 | 1;
    let head = [0x28, 0xb5, 0x2f, 0xfd, 0, (28 - 10) << 3];
    let dump = [&head[..], &block.to_le_bytes()[..3], THREAD.as_bytes()].concat();
    work.write("dump.zst", dump);
    assert_eq!(
        work.run(&["parse", "dump.zst"]).ends(0, &[]).lines().len(),
        1
    );
    work.run(&["parse", "--max-window", "27", "dump.zst"])
        .ends(2, &["dump.zst: ", "--max-window 31"]);
    work.run(&["parse", "--max-window", "40", "dump.zst"])
        .ends(2, &["no size of a window"]);
}

/// A response as crawlers keep it.
fn archived(url: &str, body: &str) -> String {
    let message = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{body}");
    let length = message.len();
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-02-03T04:05:06Z\r\n\
         Content-Length: {length}\r\n\r\n{message}\r\n\r\n"
    )
}

#[test]
fn pages_of_one_thread_become_one() {
    let work = Workplace::new();
    let page = |comment: &str| {
        format!(
            r#"{{"schema":"rejoinder/thread@1","id":"7","source":"board-json","comments":[{{"id":"{comment}","text":"Text."}}]}}"#
        )
    };
    let archive = ["a", "b"]
        .map(|id| archived(&format!("https://board.example/{id}"), &page(id)))
        .concat();
    work.write("crawl.warc", &archive);
    let lines = work.run(&["parse", "crawl.warc"]).ends(0, &[]).lines();
    assert_eq!(
        (lines.len(), &lines[0]["fetched"]),
        (1, &"2021-02-03T04:05:06Z".into())
    );
    assert_eq!(lines[0]["url"], "https://board.example/a");
    work.write("pages/1.json", page("a"));
    work.write("pages/2.json", page("b"));
    assert_eq!(work.run(&["parse", "pages"]).ends(0, &[]).lines().len(), 2);
    for command in ["parse", "chains", "analyze"] {
        work.run(&[command, "--merge", "pages"]).ends(0, &[]);
    }
    let lines = work
        .run(&["parse", "--merge", "pages"])
        .ends(0, &[])
        .lines();
    assert_eq!(lines[0]["comments"].as_array().map(Vec::len), Some(2));
}

#[test]
fn tables_are_read_by_the_columns_that_are_named() {
    let work = Workplace::new();
    work.write("table.csv", "nr,says,to\n1,Yes.,\n2,No.,1\n3\n");
    work.run(&["parse", "table.csv"])
        .ends(2, &["no source recognizes"]);
    let ran = work.run(&[
        "parse",
        "--columns",
        "id=nr,text=says,parent=to",
        "table.csv",
    ]);
    let lines = ran
        .ends(1, &["table.csv: line 4: the row has 1 fields"])
        .lines();
    assert_eq!(lines[0]["comments"][1]["parent"], "1");
    work.run(&["parse", "--columns", "id=nr,text=words", "table.csv"])
        .ends(2, &["its columns are nr, says, to"]);
    work.run(&["parse", "--columns", "id", "table.csv"])
        .ends(2, &["FIELD=COLUMN"]);
}

#[test]
fn results_never_overwrite_what_they_are_made_of() {
    let work = Workplace::with_thread();
    let line = "{\"thread\":\"t/1\",\"comment\":\"b\",\"stance\":\"agree\",\"by\":\"anna\"}\n";
    work.write("c.jsonl", line);
    let corrected = [
        "analyze",
        "--corrections",
        "c.jsonl",
        "thread.jsonl",
        "-o",
        "c.jsonl",
    ];
    work.run(&corrected).ends(2, &["c.jsonl", "overwrite"]);
    assert_eq!(work.read("c.jsonl"), line);
    fs::create_dir(work.path("in")).expect("a folder");
    fs::copy(work.path("thread.jsonl"), work.path("in/a.jsonl")).expect("a copy");
    work.run(&["parse", "in", "-o", "in/out.jsonl"])
        .ends(2, &["in: the result would lie in this folder"]);
    assert!(!work.path("in/out.jsonl").exists());
    work.write("kept.jsonl", "kept");
    work.run(&["label", "--model", "fast", "none.jsonl", "-o", "kept.jsonl"])
        .ends(2, &["none.jsonl"]);
    assert_eq!(work.read("kept.jsonl"), "kept");
    let ran = work.run(&["parse", "thread.jsonl", "-o", "-"]).ends(0, &[]);
    assert_eq!(ran.lines().len(), 1);
    assert!(!work.path("-").exists());
    work.run(&["parse", "in", "-o", "-"]).ends(0, &[]);
    let inside = work
        .command(&["parse", ".", "-o", "-"])
        .current_dir(work.path("in"))
        .output();
    assert_eq!(inside.expect("the program starts").status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn an_input_is_known_by_its_other_names() {
    let work = Workplace::with_thread();
    fs::hard_link(work.path("thread.jsonl"), work.path("other.jsonl")).expect("a link");
    work.run(&["parse", "thread.jsonl", "-o", "other.jsonl"])
        .ends(2, &["thread.jsonl", "overwrite"]);
}
