//! Inputs that are broken, absurd or meant to hurt: a clear message, the right exit code, no crash.
//!
//! Sizes are what breaks a parser that recurses, holds what it need not, or is quadratic; a linear one
//! takes seconds at most even in the slow profile of tests. The large inputs come packed, so that no
//! time goes into writing them.

use crate::support::{Workplace, packed, thread_line};

const HUGE: usize = 100 << 20;

#[test]
fn nothing_and_no_text_are_errors() {
    let work = Workplace::new();
    for empty in ["", "   \n\t\r\n "] {
        work.run_on(&["parse", "-"], empty)
            .ends(2, &["-: the input is empty"]);
        work.run_on(&["analyze", "--source", "rejoinder", "-"], empty)
            .ends(2, &["the input is empty"]);
    }
    let image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0";
    work.run_on(&["parse", "-"], &image[..])
        .ends(2, &["binary data", "byte 8"]);
    work.run_on(&["parse", "-"], packed(image))
        .ends(2, &["binary data"]);
    work.run_on(&["parse", "-"], "Gr\u{fc}n".as_bytes()[..3].to_vec())
        .ends(2, &["no source"]);
}

#[test]
fn truncated_utf8_is_replaced_with_a_warning() {
    let work = Workplace::new();
    let line = b"{\"schema\":\"rejoinder/thread@1\",\"comments\":[{\"id\":1,\"text\":\"gr\xc3\"}]}";
    let ran = work
        .run_on(&["analyze", "-f", "json", "-"], &line[..])
        .ends(0, &["invalid_utf8"]);
    assert_eq!(
        ran.lines()[0]["thread"]["comments"][0]["text"],
        "gr\u{fffd}"
    );
}

#[test]
fn a_hundred_megabytes_on_one_line_are_refused_in_time() {
    let work = Workplace::new();
    let open = "{\"schema\":\"rejoinder/thread@1\",\"x\":\"";
    let endless = [open.as_bytes(), &vec![b'a'; HUGE]].concat();
    for (name, content) in [
        ("letters.gz", vec![b'a'; HUGE]),
        ("brackets.gz", vec![b'['; HUGE]),
        ("open.gz", endless),
    ] {
        work.write(name, packed(&content));
        work.run(&["parse", name]).ends(2, &[name]);
        work.run(&["label", name]).ends(2, &["longer than 16 MiB"]);
    }
    work.run(&["parse", "--source", "rejoinder", "brackets.gz"])
        .ends(2, &["line 1"]);
}

#[test]
fn deep_json_is_refused_or_passed_over() {
    let work = Workplace::new();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let ignored = format!(
        "{{\"schema\":\"rejoinder/thread@1\",\"x\":{deep},\"comments\":[{{\"id\":1,\"text\":\"Hi\"}}]}}"
    );
    let ran = work.run_on(&["parse", "-"], ignored);
    assert!(matches!(ran.code, Some(0 | 2)), "{}", ran.stderr);
    for known in ["id", "text", "comments", "article", "warnings"] {
        let line =
            format!("{{\"schema\":\"rejoinder/thread@1\",\"{known}\":{deep},\"comments\":[]}}");
        work.run_on(&["parse", "-"], line)
            .ends(if known == "text" { 0 } else { 2 }, &[]);
    }
    work.run_on(&["label"], format!("{{\"id\":{deep},\"text\":\"\"}}"))
        .ends(2, &["line 1"]);
}

#[test]
fn deep_html_is_read() {
    let work = Workplace::new();
    let page = format!(
        "<html><body>{}Hi{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    for source in ["register-html", "register-text"] {
        let ran = work.run_on(&["parse", "--source", source, "-"], page.as_str());
        assert!(matches!(ran.code, Some(0 | 2)), "{source}: {}", ran.stderr);
    }
}

#[test]
fn broken_reply_links_are_repaired_with_warnings() {
    let work = Workplace::new();
    let lost =
        thread_line((0..500).map(|at| (at.to_string(), Some(format!("x{at}")), "No, it leaks.")));
    let ran = work
        .run_on(&["analyze", "-f", "json", "-"], lost)
        .ends(0, &["missing_parent", "499 more"]);
    assert_eq!(ran.lines()[0]["metrics"]["roots"], 500);
    let circle = thread_line((0..500).map(|at| {
        (
            at.to_string(),
            Some(((at + 1) % 500).to_string()),
            "No, it leaks.",
        )
    }));
    let ran = work
        .run_on(&["analyze", "-f", "json", "-"], circle)
        .ends(0, &["reply_cycle"]);
    assert_eq!(ran.lines()[0]["metrics"]["max_depth"], 499);
    let same =
        thread_line((0..500).map(|_| ("a".to_owned(), Some("a".to_owned()), "No, it leaks.")));
    let ran = work
        .run_on(&["analyze", "-f", "json", "-"], same)
        .ends(0, &["duplicate_id", "reply_cycle"]);
    assert_eq!(ran.lines()[0]["metrics"]["comments"], 500);
}

#[test]
fn a_chain_of_fifty_thousand_replies_is_analyzed() {
    let work = Workplace::new();
    let chain = thread_line((0..50_000_usize).map(|at| {
        let parent = at.checked_sub(1).map(|parent| parent.to_string());
        (at.to_string(), parent, "No, it leaks.")
    }));
    work.write("deep.gz", packed(chain.as_bytes()));
    for format in ["json", "text", "dot", "iccma"] {
        let ran = work
            .run(&["analyze", "--model", "fast", "-f", format, "deep.gz"])
            .ends(0, &[]);
        assert!(ran.stdout.len() > 50_000, "{format}");
    }
}

#[test]
fn a_text_of_many_sentences_and_a_parent_of_many_replies_are_labeled() {
    let work = Workplace::new();
    for (model, sentences) in [("fast", 20_000), ("encoder", 2_000)] {
        let many = "It is so bad. ".repeat(sentences);
        let line = format!("{{\"id\":1,\"text\":\"{many}\"}}\n");
        let ran = work.run_on(&["label", "--model", model], line).ends(0, &[]);
        let line = &ran.lines()[0];
        let units = line["units"].as_array().unwrap();
        assert_eq!(units.len(), sentences);
        assert!(
            units.iter().all(|unit| unit["scores"]["claim"].is_number()),
            "{model}"
        );
    }

    let parent = "The vendor knew of the leaked key. ".repeat(5_000);
    let mut comments = format!("{{\"id\":\"r\",\"text\":\"{parent}\"}}");
    for reply in 0..300 {
        comments += &format!(",{{\"id\":{reply},\"parent\":\"r\",\"text\":\"No, nobody knew.\"}}");
    }
    let thread = format!("{{\"schema\":\"rejoinder/thread@1\",\"comments\":[{comments}]}}\n");
    let ran = work
        .run_on(&["analyze", "-f", "json", "-"], thread)
        .ends(0, &[]);
    assert_eq!(ran.lines()[0]["comments"].as_array().unwrap().len(), 301);
}
