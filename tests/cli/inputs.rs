//! Inputs of every kind, good and bad, and what the exit code says of them.

use crate::support::{EXAMPLE, THREAD, Workplace, packed, ran};

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
    work.run(&["parse", "https://forum.example/t/1"])
        .ends(2, &["save the page"]);
}

#[test]
fn what_is_not_known_is_answered_by_what_is() {
    let work = Workplace::with_thread();
    work.run(&["parse", "--source", "gopher", "thread.jsonl"])
        .ends(2, &["rejoinder, register-html, register-text"]);
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
