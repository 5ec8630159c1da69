//! Checks on the source tree itself: which module may name which, and that every file is documented
//! and every extension registered.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The layers, lowest first. A module may name those of its own row that stand to its left, and all
/// those of the rows above.
const LAYERS: &[&[&str]] = &[
    &["registry", "span", "error", "digest"],
    &["text", "thread"],
    &["source", "segment", "entity", "fetch"],
    &["model", "label"],
    &["relate", "correct"],
    &["cluster"],
    &["argument"],
    &["summary"],
    &["analysis"],
    &["cross"],
    &["export"],
    &["pipeline"],
    &["train", "eval", "validate"],
    &["cli"],
];

fn rank() -> BTreeMap<&'static str, usize> {
    LAYERS
        .iter()
        .flat_map(|row| row.iter())
        .enumerate()
        .map(|(at, name)| (*name, at))
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The top-level modules that a file's code names through `crate::`, tests and comments left out.
fn named(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => names.push(first_word(rest)),
            Some(group) => names.extend(members(group)),
        }
    }
    names
}

/// The first word of each member of a `{...}` group, nested groups passed over.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut names = Vec::new();
    let mut member = String::new();
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(std::mem::take(&mut member)),
            _ if depth == 0 => member.push(c),
            _ => {}
        }
    }
    names.push(member);
    names
        .iter()
        .map(|name| first_word(name))
        .filter(|name| !name.is_empty())
        .collect()
}

fn first_word(text: &str) -> String {
    let word = |c: &char| c.is_alphanumeric() || *c == '_';
    text.trim_start().chars().take_while(word).collect()
}

/// What is wrong with the imports of `file`, whose path is relative to `src`.
fn against_direction(file: &Path, text: &str) -> Vec<String> {
    let rank = rank();
    let top = file
        .iter()
        .next()
        .unwrap()
        .to_str()
        .unwrap()
        .trim_end_matches(".rs")
        .to_owned();
    if top == "lib" || top == "main" {
        return Vec::new();
    }
    let Some(own) = rank.get(top.as_str()) else {
        return vec![format!(
            "{}: the module `{top}` stands in no layer",
            file.display()
        )];
    };
    let mut wrong = Vec::new();
    for name in named(text) {
        // Items that lib.rs re-exports (`crate::Error`) are not modules; tests do without them.
        match rank.get(name.as_str()) {
            Some(other) if other > own => wrong.push(format!("{} -> {name}", file.display())),
            Some(_) => {}
            None => wrong.push(format!(
                "{}: `crate::{name}` is no module of the layers",
                file.display()
            )),
        }
    }
    wrong
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn imports_point_down() {
    let src = source_folder();
    let mut wrong = Vec::new();
    for path in files(&src) {
        let text = fs::read_to_string(&path).unwrap();
        wrong.extend(against_direction(path.strip_prefix(&src).unwrap(), &text));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn an_import_against_the_direction_is_seen() {
    let planted = "use crate::{\n    span::Span,\n    export::{self, dot},\n};\nfn f() { crate::cli::main(); }";
    let wrong = against_direction(Path::new("thread/tree.rs"), planted);
    assert_eq!(wrong, ["thread/tree.rs -> export", "thread/tree.rs -> cli"]);
    let unknown = against_direction(Path::new("oracle.rs"), "");
    assert_eq!(
        unknown,
        ["oracle.rs: the module `oracle` stands in no layer"]
    );
    let fine =
        "// use crate::cli;\nuse crate::span::Span;\n#[cfg(test)]\nmod tests { use crate::cli; }";
    assert!(against_direction(Path::new("thread.rs"), fine).is_empty());
}

#[test]
fn outside_crates_stay_in_their_layers() {
    let homes = [
        ("clap", "cli"),
        ("anyhow", "cli"),
        ("anstream", "cli"),
        ("anstyle", "cli"),
        ("scraper", "source"),
        ("reqwest", "fetch"),
        ("indicatif", "cli"),
    ];
    let src = source_folder();
    let mut wrong = Vec::new();
    for path in files(&src) {
        let text = fs::read_to_string(&path).unwrap();
        let file = path.strip_prefix(&src).unwrap();
        let top = file.iter().next().unwrap().to_str().unwrap();
        for (dependency, home) in homes {
            let names = text.contains(&format!("use {dependency}::"))
                || text.contains(&format!(" {dependency}::"));
            // HTML becomes text in `text`, whose functions sources call; `fetch` looks for links.
            let reads_html = ["text", "fetch"].contains(&top);
            let allowed = top == home || (dependency == "scraper" && reads_html);
            if names && !allowed {
                wrong.push(format!("{} names {dependency}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_is_short() {
    let mut wrong = Vec::new();
    for path in files(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        let inner = path
            .strip_prefix(env!("CARGO_MANIFEST_DIR"))
            .unwrap()
            .to_owned();
        let first = inner.iter().next().unwrap().to_str().unwrap();
        if !["src", "benches"].contains(&first) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//!") {
            wrong.push(format!("{}: does not begin with //!", inner.display()));
        }
        if text.lines().count() > 450 {
            wrong.push(format!(
                "{}: {} lines; would two ideas be happier in two files?",
                inner.display(),
                text.lines().count()
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn ids_are_the_names_of_their_files() {
    let stems = |folder: &str| -> Vec<String> {
        let inner = fs::read_dir(source_folder().join(folder)).unwrap();
        let mut stems: Vec<String> = inner
            .map(|entry| {
                entry
                    .unwrap()
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('_', "-")
            })
            .collect();
        stems.sort();
        stems
    };
    // Files of `source` that hold what its extensions share.
    let shared = [
        "addressed",
        "board",
        "charset",
        "date-order",
        "deep-json",
        "discourse",
        "disqus",
        "fields",
        "forum",
        "hacker-news",
        "inferred",
        "lines",
        "linked",
        "lobsters",
        "mail",
        "markup",
        "objects",
        "options",
        "recognize",
        "reddit",
        "register",
        "rows",
        "status",
        "testing",
        "threading",
        "time",
        "wordpress",
        "xml",
    ];
    let on_disk = |folder: &str| -> Vec<String> {
        let helpers: &[&str] = if folder == "source" {
            &shared
        } else {
            &["tests", "util", "summary"]
        };
        let is_extension = |stem: &String| stem != "mod" && !helpers.contains(&stem.as_str());
        stems(folder).into_iter().filter(is_extension).collect()
    };
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    let sources = rejoinder::source::SOURCES
        .iter()
        .map(|source| source.id().to_owned());
    assert_eq!(sorted(sources.collect()), on_disk("source"));
    let boards = rejoinder::fetch::BOARDS
        .iter()
        .map(|board| board.id().to_owned());
    assert_eq!(sorted(boards.collect()), on_disk("fetch/boards"));
    let exporters = rejoinder::export::EXPORTERS
        .iter()
        .map(|format| format.id().to_owned());
    assert_eq!(sorted(exporters.collect()), on_disk("export"));
}

#[test]
fn lists_are_documented_and_without_repetition() {
    let mut ids: Vec<&str> = Vec::new();
    for source in rejoinder::source::SOURCES {
        assert!(
            !source.summary().is_empty() && !source.reads().is_empty(),
            "{}",
            source.id()
        );
        ids.push(source.id());
    }
    for format in rejoinder::export::EXPORTERS {
        assert!(
            !format.summary().is_empty() && !format.extension().is_empty(),
            "{}",
            format.id()
        );
        ids.push(format.id());
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id occurs twice");
}
