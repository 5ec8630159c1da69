//! `sample` and `eval --human`: a sample out, judgements in, figures out.

use crate::support::{EXAMPLE, Workplace, thread_line};
use serde_json::Value;

/// The rows of a file that `sample` wrote, the header first.
fn rows(work: &Workplace, name: &str) -> Vec<Vec<String>> {
    let text = work.read(name);
    let table = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

/// A thread of replies, every third of them technical.
fn thread() -> String {
    let texts = [
        "The parser reads past the end of the buffer and leaks memory.",
        "I do not think so at all.",
        "Who would have thought of that?",
    ];
    thread_line((0..60).map(|at: usize| {
        let parent = (at > 0).then(|| (at / 2).to_string());
        (at.to_string(), parent, texts[at % 3])
    }))
}

/// Fills in the column `human` by what `judge` says of a row, and keeps nothing else but `row` with `bare`.
fn judged(
    work: &Workplace,
    name: &str,
    bare: bool,
    judge: impl Fn(&[String]) -> &'static str,
) -> String {
    let rows = rows(work, name);
    let mut out = String::from("row,human,rest\n");
    if !bare {
        out = rows[0].join(",") + "\n";
    }
    for row in &rows[1..] {
        let answer = judge(row);
        let cells: Vec<String> = match bare {
            true => vec![row[0].clone(), answer.to_owned(), "a note".to_owned()],
            false => {
                let quoted = row[..row.len() - 1]
                    .iter()
                    .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
                quoted.chain([answer.to_owned()]).collect()
            }
        };
        out += &(cells.join(",") + "\n");
    }
    out
}

fn place(header: &[String], name: &str) -> usize {
    let place = header.iter().position(|column| column == name);
    place.unwrap_or_else(|| panic!("there is no column {name}"))
}

#[test]
fn a_judged_sample_gives_figures() {
    let work = Workplace::new();
    work.write("t.jsonl", thread());
    let sample = [
        "sample",
        "--model",
        "fast",
        "--label",
        "technical",
        "--label",
        "agree",
    ];
    work.run(
        &[
            &sample[..],
            &["--per-label", "20", "t.jsonl", "-o", "s.csv"],
        ]
        .concat(),
    )
    .ends(0, &[]);
    let table = rows(&work, "s.csv");
    let header = &table[0];
    let expected = "row,label,meaning,text,context,answers,author,thread,comment,unit,url,asserted,probability,\
                    stratum,population,drawn,corpus,model,human";
    assert_eq!(header.join(","), expected);
    let [label, text, unit, human] =
        ["label", "text", "unit", "human"].map(|name| place(header, name));
    let labels: Vec<&str> = table[1..].iter().map(|row| row[label].as_str()).collect();
    assert_eq!(
        labels.iter().filter(|label| **label == "technical").count(),
        20
    );
    assert!(labels.is_sorted_by_key(|label| *label != "technical"));
    for row in &table[1..] {
        assert!(row[human].is_empty());
        assert_eq!(row[unit].is_empty(), row[label] == "agree");
    }
    // All that is technical by its words is said to be, and stances are not judged.
    work.write(
        "j.csv",
        judged(&work, "s.csv", false, |row| {
            match (row[label].as_str(), row[text].contains("parser")) {
                ("agree", _) => "",
                (_, true) => "yes",
                (_, false) => "n",
            }
        }),
    );
    let ran = work.run(&["eval", "--human", "j.csv", "--json"]);
    let report = ran
        .ends(0, &["agree: no figures, for no row of the stratum"])
        .lines()
        .remove(0);
    let technical = &report["labels"][0];
    assert_eq!(
        (&technical["label"], &technical["corpus"]),
        (&"technical".into(), &60.into())
    );
    assert_eq!(
        (&technical["judged"], &technical["drawn"]),
        (&20.into(), &20.into())
    );
    let number = |value: &Value| value.as_f64().expect("a number");
    let share = &technical["corrected_share"];
    let [low, high] = [0, 1].map(|at| number(&share["interval"][at]));
    assert!(
        low <= 1.0 / 3.0 && 1.0 / 3.0 <= high && low < high,
        "{share}"
    );
    assert!(technical["kappa"]["value"].is_number());
    assert!(report["labels"][1]["kappa"].is_null() && report["labels"][1]["judged"] == 0);
    let table = work.run(&["eval", "--human", "j.csv"]).ends(0, &[]);
    assert!(table.text().contains("| technical | 60 | 20 | "));
}

#[test]
fn a_hidden_sample_is_joined_with_its_key_and_judges_are_compared() {
    let work = Workplace::new();
    work.write("t.jsonl", thread());
    let sample = [
        "sample",
        "--model",
        "fast",
        "--label",
        "technical",
        "--seed",
        "3",
        "t.jsonl",
    ];
    work.run(&[&sample[..], &["--hide", "key.csv", "-o", "s.csv"]].concat())
        .ends(0, &[]);
    let header = &rows(&work, "s.csv")[0];
    assert_eq!(
        header.join(","),
        "row,label,meaning,text,context,answers,author,thread,comment,unit,url,human"
    );
    assert!(
        !work.read("s.csv").contains("fast 0.1.0") && work.read("key.csv").contains("fast 0.1.0")
    );
    let text = place(header, "text");
    let technical = |row: &[String]| {
        if row[text].contains("parser") {
            "1"
        } else {
            "0"
        }
    };
    work.write("ada.csv", judged(&work, "s.csv", true, technical));
    work.write(
        "bob.csv",
        judged(&work, "s.csv", true, |row| {
            if row[text].contains("Who") {
                ""
            } else {
                technical(row)
            }
        }),
    );
    work.run(&["eval", "--human", "ada.csv"])
        .ends(2, &["ada.csv: line 1", "--key"]);
    let ran = work.run(&[
        "eval", "--json", "--human", "ada.csv", "bob.csv", "--key", "key.csv",
    ]);
    let report = ran.ends(0, &[]).lines().remove(0);
    assert_eq!(report["judges"], serde_json::json!(["ada.csv", "bob.csv"]));
    let pair = &report["pairs"][0];
    assert_eq!(
        (&pair["first"], &pair["second"]),
        (&"ada.csv".into(), &"bob.csv".into())
    );
    let kappa = pair["kappa"]["value"].as_f64().expect("a number");
    assert!((kappa - 1.0).abs() < 1e-9, "{kappa}");
    assert!(pair["judged"].as_u64() < report["labels"][0]["judged"].as_u64());
}

#[test]
fn samples_are_the_same_in_any_order_and_a_run_says_what_is_wrong() {
    let work = Workplace::new();
    work.write("t.jsonl", thread());
    let sample = |arguments: &[&str]| {
        let ran = work.run(
            &[
                &["sample", "--model", "fast", "--per-label", "8"],
                arguments,
            ]
            .concat(),
        );
        ran.ends(0, &[]).text().to_owned()
    };
    assert_eq!(sample(&["t.jsonl", EXAMPLE]), sample(&[EXAMPLE, "t.jsonl"]));
    assert_ne!(sample(&["t.jsonl"]), sample(&["t.jsonl", "--seed", "1"]));
    let fails = |arguments: &[&str], words: &[&str]| {
        work.run(arguments).ends(2, words);
    };
    fails(&["sample", "--per-label", "5", "t.jsonl"], &["at least 6"]);
    fails(
        &["sample", "--label", "clever", "t.jsonl"],
        &["no such label", "technical"],
    );
    fails(
        &[
            "sample", "--model", "fast", "t.jsonl", "-o", "x.csv", "--hide", "x.csv",
        ],
        &["would overwrite the sample"],
    );
    fails(
        &["sample", "--model", "fast", "t.jsonl", "--hide", "t.jsonl"],
        &["would overwrite this input"],
    );
    fails(&["eval"], &["DATA"]);
    fails(
        &["eval", "t.jsonl", "--human", "s.csv"],
        &["cannot be used with"],
    );
    work.write("s.csv", sample(&["t.jsonl"]).replace("\r\n", "maybe\r\n"));
    fails(
        &["eval", "--human", "s.csv"],
        &["s.csv: line 1: there is no column `human`"],
    );
    fails(
        &["eval", "--key", "k.csv", "t.jsonl"],
        &["cannot be used with"],
    );
    work.write(
        "s.csv",
        sample(&["t.jsonl"]).replacen(",\r\n", ",maybe\r\n", 1),
    );
    fails(
        &["eval", "--human", "s.csv"],
        &["s.csv: line 2, column 19: `human` is `maybe`; write yes or no"],
    );
}
