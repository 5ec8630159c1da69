//! `chains`, `standing`, `list` and `generate`.

use crate::support::{EXAMPLE, Workplace};

#[test]
fn chains_are_those_of_the_analysis() {
    let work = Workplace::new();
    let analysis = work.analysis_of_example();
    let all = work
        .run(&["chains", "-f", "json", "-n", "100", EXAMPLE])
        .ends(0, &[])
        .lines();
    assert_eq!(
        all.len(),
        analysis["chains"].as_array().expect("chains").len()
    );
    for (line, chain) in all
        .iter()
        .zip(analysis["chains"].as_array().expect("chains"))
    {
        assert_eq!(line["thread"], analysis["thread"]["id"]);
        for (key, value) in chain.as_object().expect("a chain") {
            assert_eq!(&line[key], value);
        }
    }
    let two = work
        .run(&["chains", "--format=json", "--limit", "2", EXAMPLE])
        .ends(0, &[])
        .lines();
    assert_eq!(two, all[..2]);
    let text = work.run(&["chains", EXAMPLE]).ends(0, &[]);
    assert!(text.text().contains("CHAINS (most argued first)") && !text.text().contains("OUTLINE"));
    let root = two[0]["comments"][0].as_str().expect("an id");
    let rooted = work
        .run(&["chains", "-f", "json", "--root", root, EXAMPLE])
        .ends(0, &[])
        .lines();
    assert!(rooted.iter().all(|chain| chain["comments"][0] == root) && !rooted.is_empty());
    let long = work
        .run(&[
            "chains",
            "-f",
            "json",
            "--min-length",
            "3",
            "--kind",
            "attack",
            EXAMPLE,
        ])
        .ends(0, &[])
        .lines();
    for chain in long {
        let steps = chain["steps"].as_array().expect("steps");
        assert!(steps.len() >= 3 && steps[1..].iter().all(|step| step["kind"] == "attack"));
    }
    work.run(&["chains", "--root", "nobody", EXAMPLE])
        .ends(2, &["nobody", "no thread has"]);
    work.run(&["chains", EXAMPLE, "-o", "chains.txt"])
        .ends(0, &[]);
    assert_eq!(work.read("chains.txt"), text.text());
}

#[test]
fn standing_is_that_of_the_analysis_and_extensions_agree_with_it() {
    let work = Workplace::new();
    let analysis = work.analysis_of_example();
    let line = |arguments: &[&str]| {
        let arguments = [&["standing", "-f", "json", EXAMPLE], arguments].concat();
        work.run(&arguments).ends(0, &[]).lines().remove(0)
    };
    let grounded = line(&[]);
    assert_eq!(grounded["thread"], analysis["thread"]["id"]);
    let units = analysis["units"].as_array().expect("units").iter();
    let judged: Vec<_> = units.filter(|unit| !unit["standing"].is_null()).collect();
    let arguments = grounded["arguments"].as_array().expect("arguments");
    assert_eq!(arguments.len(), judged.len());
    for (argument, unit) in arguments.iter().zip(judged) {
        assert_eq!(argument["unit"], unit["id"]);
        assert_eq!(argument["standing"], unit["standing"]);
        assert_eq!(argument["strength"], unit["strength"]);
    }
    // The example has no circle of attacks.
    for semantics in ["preferred", "stable"] {
        let found = line(&["--semantics", semantics]);
        assert_eq!(found["extensions"], grounded["extensions"]);
        assert_eq!(found["arguments"], grounded["arguments"]);
        assert_eq!(found["complete"], true);
    }
    let deductive = line(&["--support", "deductive"]);
    let accepted = |line: &serde_json::Value| line["extensions"][0].as_array().map(Vec::len);
    assert!(accepted(&deductive) <= accepted(&grounded));
    let gradual = line(&["--semantics", "gradual"]);
    assert_eq!(gradual["extensions"], serde_json::json!([]));
    assert!(gradual["arguments"][0]["standing"].is_null());
}

#[test]
fn standing_as_a_table_keeps_the_width_and_counts_what_it_found() {
    let work = Workplace::with_thread();
    // Paragraphs are broken anywhere.
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = work.run(&["standing", EXAMPLE]).ends(0, &[]);
    assert!(text.text().contains("\nSTANDING\n"));
    assert!(words(text.text()).contains("1 extension "));
    assert!(text.text().lines().all(|line| line.chars().count() <= 80));
    let none = work
        .run(&["standing", "--semantics", "preferred", "-n", "0", EXAMPLE])
        .ends(0, &[]);
    assert!(words(none.text()).contains("0 extensions · the bound was reached: there may be more"));
    work.run(&["standing", "--semantics", "ideal", EXAMPLE])
        .ends(2, &["grounded, preferred, stable, gradual"]);
    work.run(&["standing", EXAMPLE, "-o", "standing.txt"])
        .ends(0, &[]);
    assert_eq!(work.read("standing.txt"), text.text());
}

#[test]
fn lists_name_what_is_built_in() {
    let work = Workplace::new();
    let lists = [
        (
            "sources",
            &["rejoinder", "register-html", "register-text"][..],
        ),
        ("formats", &["text", "json", "dot", "iccma"]),
        (
            "labels",
            &[
                "role: claim",
                "basis: technical",
                "attack: ad_hominem",
                "sarcasm",
                "stance: disagree",
            ],
        ),
        ("models", &["encoder", "fast"]),
        ("lexicons", &["actors", "cues", "vendors"]),
    ];
    for (list, items) in lists {
        let ran = work.run(&["list", list]).ends(0, &[]);
        for item in items {
            assert!(
                ran.text().lines().any(|line| line.starts_with(item)),
                "{list}: {item}"
            );
        }
        assert!(
            ran.text().lines().all(|line| line.chars().count() <= 80),
            "{list}"
        );
    }
}

#[test]
fn completions_and_the_man_page_are_generated() {
    let work = Workplace::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = work.run(&["generate", shell]).ends(0, &[]);
        assert!(ran.text().contains("analyze"), "{shell}");
    }
    assert!(
        work.run(&["generate", "man"])
            .ends(0, &[])
            .text()
            .contains(".TH rejoinder")
    );
    work.run(&["generate", "clay"])
        .ends(2, &["bash, elvish, fish, powershell, zsh or man"]);
}

#[test]
fn help_tells_the_exit_codes() {
    let work = Workplace::new();
    let ran = work.run(&["--help"]).ends(0, &[]);
    assert!(
        ran.text()
            .contains("0 done, 1 done with inputs skipped, 2 error")
    );
    assert!(
        work.run(&["--version"])
            .ends(0, &[])
            .text()
            .starts_with("rejoinder ")
    );
}

#[test]
fn what_stands_before_attacks_is_a_table_or_a_row_a_reply() {
    let work = Workplace::new();
    let csv = work.run(&["triggers", "-f", "csv", EXAMPLE]).ends(0, &[]);
    let mut lines = csv
        .text()
        .lines()
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter();
    let head = lines.next().expect("a head");
    assert!(
        head.starts_with("thread,reply,answered,attacks,words,"),
        "{head}"
    );
    let fields = head.split(',').count();
    let rows: Vec<String> = lines.collect();
    assert!(!rows.is_empty());
    for row in &rows {
        assert_eq!(row.split(',').count(), fields, "{row}");
    }
    let text = work.run(&["triggers", EXAMPLE]).ends(0, &[]);
    assert!(
        text.text().contains(&format!("{} replies", rows.len())),
        "{}",
        text.text()
    );
    assert!(
        text.text().lines().all(|line| line.chars().count() <= 80),
        "{}",
        text.text()
    );
}
