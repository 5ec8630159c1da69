//! `rejoinder analyze`: formats, places for the result, colors, and the same bytes each time.

use crate::support::{EXAMPLE, THREAD, Workplace, names, ran};

#[test]
fn each_format_is_written() {
    let work = Workplace::with_thread();
    let text = work.run(&["analyze", "thread.jsonl"]).ends(0, &[]);
    for heading in [
        "OUTLINE",
        "CONTESTED CLAIMS",
        "ATTACKS ON PERSONS",
        "CHAINS (most argued first)",
    ] {
        assert!(text.text().contains(heading), "{heading}");
    }
    assert_eq!(
        text.text(),
        work.run(&["analyze", "--format", "text", "thread.jsonl"])
            .text()
    );
    let json = work
        .run(&["analyze", "--format=json", "thread.jsonl"])
        .ends(0, &[]);
    assert_eq!(json.lines()[0]["schema"], "rejoinder/analysis@1");
    assert_eq!(json.text().lines().count(), 1);
    let dot = work
        .run(&["analyze", "-f", "dot", "thread.jsonl"])
        .ends(0, &[]);
    assert!(dot.text().starts_with("digraph \"t/1\" {\n") && dot.text().ends_with("}\n"));
}

#[test]
fn a_folder_gets_a_file_for_each_thread() {
    let work = Workplace::new();
    work.write("two.jsonl", format!("{THREAD}\n{THREAD}\n"));
    for format in ["json", "text", "dot", "iccma"] {
        let ran = work
            .run(&[
                "analyze",
                "two.jsonl",
                "-f",
                format,
                "-o",
                &format!("{format}/"),
            ])
            .ends(0, &[]);
        assert_eq!(ran.text(), "");
    }
    let inside = |folder: &str| names(&work.folder.path().join(folder));
    assert_eq!(inside("json"), ["t-1-2.jsonl", "t-1.jsonl"]);
    assert_eq!(inside("text"), ["t-1-2.txt", "t-1.txt"]);
    assert_eq!(inside("dot"), ["t-1-2.dot", "t-1.dot"]);
    assert_eq!(inside("iccma"), ["t-1-2.af", "t-1.af"]);
    work.run(&["analyze", "two.jsonl", "-f", "json", "-o", "one.jsonl"])
        .ends(0, &[]);
    assert_eq!(work.read("one.jsonl").lines().count(), 2);
    // A folder that is there is one without the slash, too.
    work.run(&["analyze", "two.jsonl", "-o", "json"])
        .ends(0, &[]);
    assert_eq!(inside("json").len(), 4);
}

#[test]
fn a_format_that_holds_one_thread_refuses_a_second() {
    let work = Workplace::new();
    work.write("two.jsonl", format!("{THREAD}\n{THREAD}\n"));
    let analyze = ["analyze", "-f", "iccma", "two.jsonl"];
    let ran = work
        .run(&analyze)
        .ends(2, &["iccma", "-o FOLDER/", "--merge"]);
    let one = work
        .run(&[&analyze[..], &["--merge"]].concat())
        .ends(0, &[]);
    let mut lines = one.text().lines();
    assert!(lines.next().is_some_and(|line| line.starts_with("p af ")));
    assert_eq!(lines.next(), Some("# thread t/1"));
    assert_eq!(ran.text(), one.text());
}

#[test]
fn colors_are_there_when_asked_for_and_never_in_files() {
    let work = Workplace::with_thread();
    let colored = |arguments: &[&str]| work.run(arguments).text().contains('\u{1b}');
    assert!(
        !colored(&["analyze", "thread.jsonl"]),
        "a pipe is no terminal"
    );
    assert!(colored(&["analyze", "--color", "always", "thread.jsonl"]));
    assert!(!colored(&["analyze", "--color", "never", "thread.jsonl"]));
    assert!(!colored(&[
        "analyze",
        "--color",
        "always",
        "-f",
        "json",
        "thread.jsonl"
    ]));
    work.run(&[
        "analyze",
        "--color",
        "always",
        "thread.jsonl",
        "-o",
        "report.txt",
    ])
    .ends(0, &[]);
    assert!(!work.read("report.txt").contains('\u{1b}'));
    let mut forced = work.command(&["analyze", "thread.jsonl"]);
    assert!(
        ran(forced.env("CLICOLOR_FORCE", "1"))
            .text()
            .contains('\u{1b}')
    );
    let mut plain = work.command(&["analyze", "thread.jsonl"]);
    assert!(
        !ran(plain.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1"))
            .text()
            .contains('\u{1b}')
    );
}

#[test]
fn the_width_of_the_terminal_is_kept() {
    let work = Workplace::new();
    for columns in [60, 80, 120] {
        let mut command = work.command(&["analyze", EXAMPLE]);
        let ran = ran(command.env("COLUMNS", columns.to_string()));
        let longest = ran.text().lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(columns), "{longest:?} > {columns}");
    }
}

#[test]
fn a_model_is_named_in_two_ways_or_by_its_folder() {
    let work = Workplace::with_thread();
    let default = work
        .run(&["analyze", "-f", "json", "thread.jsonl"])
        .ends(0, &[]);
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/models/reply-encoder/0.2.0"
    );
    for model in [
        &["--model", "encoder"][..],
        &["--model=encoder"],
        &["--model", folder],
    ] {
        let arguments = [&["analyze", "-f", "json", "thread.jsonl"], model].concat();
        assert_eq!(work.run(&arguments).ends(0, &[]).text(), default.text());
    }
    let fast = work
        .run(&["analyze", "-f", "json", "thread.jsonl", "--model=fast"])
        .ends(0, &[])
        .lines();
    assert_eq!(fast[0]["model"]["id"], "fast");
    work.write("empty/nothing", "");
    work.run(&["analyze", "--model", "empty", "thread.jsonl"])
        .ends(2, &["model.json"]);
}

#[test]
fn a_model_folder_with_a_damaged_file_is_refused_by_its_name() {
    let work = Workplace::with_thread();
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/models/reply-encoder/0.2.0"
    );
    for file in [
        "model.json",
        "encoder-int8.onnx",
        "heads.onnx",
        "tokenizer.json",
    ] {
        let content = std::fs::read(format!("{folder}/{file}")).expect("a file of the model");
        let content = if file == "heads.onnx" {
            &content[1..]
        } else {
            &content[..]
        };
        work.write(&format!("damaged/{file}"), content);
    }
    let analyze = ["analyze", "--model", "damaged", "thread.jsonl"];
    work.run(&analyze).ends(
        2,
        &[
            "heads.onnx: SHA-256 is",
            "fetch all files of the same model",
        ],
    );
    std::fs::remove_file(work.path("damaged/tokenizer.json")).expect("a file");
    std::fs::copy(
        format!("{folder}/heads.onnx"),
        work.path("damaged/heads.onnx"),
    )
    .expect("a copy");
    work.run(&analyze).ends(2, &["tokenizer.json"]);
}

#[test]
fn explained_labels_name_words_of_their_comment() {
    let work = Workplace::with_thread();
    for model in ["encoder", "fast"] {
        let arguments = ["analyze", "--explain", "--model", model, "thread.jsonl"];
        let analysis = work
            .run(&[&arguments[..], &["-f", "json"]].concat())
            .ends(0, &[])
            .lines()
            .remove(0);
        let units = analysis["units"].as_array().expect("units").iter();
        let moved =
            units.flat_map(|unit| unit["explanation"].as_object().expect("labels").values());
        assert!(
            moved
                .flat_map(|words| words.as_array().expect("words"))
                .count()
                > 0,
            "{model}"
        );
        let text = work.run(&arguments).ends(0, &[]);
        assert!(text.text().contains(" +0."), "{}", text.text());
    }
    let plain = work
        .run(&["analyze", "-f", "json", "thread.jsonl"])
        .ends(0, &[])
        .lines();
    assert_eq!(plain[0]["units"][0]["explanation"], serde_json::json!({}));
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_cores() {
    let work = Workplace::new();
    for format in ["json", "text", "dot", "iccma"] {
        let on = |cores: &str| {
            let mut command = work.command(&["analyze", "-f", format, EXAMPLE]);
            ran(command.env("RAYON_NUM_THREADS", cores)).ends(0, &[])
        };
        let one = on("1");
        assert_eq!(one.text(), on("8").text());
        assert_eq!(one.text(), on("8").text());
    }
}

#[test]
fn an_analysis_can_be_analyzed_again() {
    let work = Workplace::with_thread();
    let first = work
        .run(&["analyze", "-f", "json", "thread.jsonl"])
        .ends(0, &[]);
    let second = work
        .run_on(&["analyze", "-f", "json", "-"], first.stdout.clone())
        .ends(0, &[]);
    assert_eq!(first.text(), second.text());
}
