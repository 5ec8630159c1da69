//! The README tells the truth: its tables come from the program's own lists, and its example from a run.
//!
//! `UPDATE_README=1 cargo test --test readme` writes the sections anew.

use assert_cmd::Command;
use rejoinder::{export::EXPORTERS, label::LABEL_SETS, source::SOURCES};
use std::{fs, path::PathBuf};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// Compares the section between `<!-- name -->` and `<!-- end -->` with what it should be.
fn check(name: &str, expected: &str) {
    let readme = fs::read_to_string(path()).unwrap();
    let open = format!("<!-- {name} -->\n");
    let start = readme
        .find(&open)
        .unwrap_or_else(|| panic!("README.md has no section {name}"))
        + open.len();
    let end = start + readme[start..].find("<!-- end -->").unwrap();
    if readme[start..end] == *expected {
        return;
    }
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(
            path(),
            format!("{}{expected}{}", &readme[..start], &readme[end..]),
        )
        .unwrap();
        return;
    }
    let found = &readme[start..end];
    panic!(
        "the section {name} of README.md is out of date; run UPDATE_README=1 cargo test --test readme\n--- expected\n{expected}--- found\n{found}"
    );
}

/// One test, since sections are written into one file.
#[test]
fn the_readme_shows_what_the_program_does() {
    let run = Command::new(env!("CARGO_BIN_EXE_rejoinder"))
        .args(["analyze", "data/examples/leaked-signing-key.txt"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COLUMNS")
        .assert()
        .success();
    let output = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    check("analyze", &format!("```text\n{}\n```\n", output.trim_end()));

    let mut sources =
        String::from("| source | what | parts of a thread | witness |\n|---|---|---|---|\n");
    for source in SOURCES {
        let parts: Vec<_> = source.reads().iter().map(|part| part.as_str()).collect();
        sources += &format!(
            "| `{}` | {} | {} | {} |\n",
            source.id(),
            source.summary(),
            parts.join(", "),
            source.witness().as_str()
        );
    }
    check("sources", &sources);

    let mut formats = String::from("| format | what |\n|---|---|\n");
    for format in EXPORTERS {
        formats += &format!("| `{}` | {} |\n", format.id(), format.summary());
    }
    check("formats", &formats);

    let mut labels = String::from("| set | label | meaning |\n|---|---|---|\n");
    for set in LABEL_SETS {
        for label in set.labels {
            labels += &format!("| {} | `{}` | {} |\n", set.id, label.id, label.meaning);
        }
    }
    check("labels", &labels);
}
