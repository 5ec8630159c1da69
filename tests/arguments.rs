//! Chains as a reader sees them, beside those that the default model leads to: ten threads that were written
//! for this, and real pages where they lie beside the repository.
//!
//! The threads and what is expected of them were written before anything was tuned, and nothing was tuned to
//! them; the shares below which the test fails lie a few points below what was measured. `cargo test --test arguments -- --nocapture` prints what is met and what is not.

use rejoinder::{
    analysis::Analysis,
    argument::{Chain, Query},
    model, source,
    thread::{CommentIdx, Thread},
};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What a reader expects of a thread; comments by their ids.
#[derive(Deserialize)]
struct Expected {
    chains: Vec<ExpectedChain>,
    /// Attacks on persons: the comment that attacks, and that of the person.
    on_person: Vec<OnPerson>,
    /// The first of them, and the comment before it.
    derailed: Option<Derailed>,
}

#[derive(Deserialize)]
struct ExpectedChain {
    comments: Vec<String>,
    /// Of each comment after the first, how it relates to the one before.
    kinds: Vec<String>,
}

#[derive(Deserialize)]
struct OnPerson {
    from: String,
    to: String,
}

#[derive(Deserialize)]
struct Derailed {
    at: String,
    before: String,
}

#[derive(Deserialize)]
struct Line {
    expected: Expected,
}

/// How many of some expectations are met.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Met {
    met: usize,
    all: usize,
}

impl Met {
    fn count(&mut self, what: &str, is_met: bool) {
        self.met += usize::from(is_met);
        self.all += 1;
        if !is_met {
            println!("  not met: {what}");
        }
    }

    fn share(self) -> f64 {
        self.met as f64 / self.all.max(1) as f64
    }
}

#[derive(Debug, Default)]
struct Tally {
    steps: Met,
    chains: Met,
    on_person: Met,
    derailed: Met,
}

impl Tally {
    fn compare(&mut self, analysis: &Analysis, expected: &Expected) {
        println!("{}", analysis.thread.title.as_deref().unwrap_or_default());
        let id = |idx: CommentIdx| analysis.thread.comment(idx).id.as_str();
        let chains: Vec<Chain> = analysis.chains_where(Query::default()).collect();
        for wanted in &expected.chains {
            let ids: Vec<&str> = wanted.comments.iter().map(String::as_str).collect();
            let found = chains.iter().find(|chain| {
                let comments: Vec<&str> = chain.comments.iter().map(|&idx| id(idx)).collect();
                comments.windows(ids.len()).any(|part| part == ids)
            });
            let kinds = found.map(|chain| {
                let first = chain.comments.iter().position(|&idx| id(idx) == ids[0]);
                let relations = chain.relations.iter().skip(first.unwrap_or(0));
                let kinds = relations.map(|&at| analysis.relations[at].kind.as_str());
                kinds.take(wanted.kinds.len()).collect::<Vec<_>>()
            });
            let kinds = kinds.unwrap_or_default();
            for (at, kind) in wanted.kinds.iter().enumerate() {
                let said = kinds.get(at).copied().unwrap_or("nothing");
                let what = format!("{} {kind} {}, but {said}", ids[at + 1], ids[at]);
                self.steps.count(&what, said == kind);
            }
            self.chains.count(&ids.join(" > "), kinds == wanted.kinds);
        }
        for OnPerson { from, to } in &expected.on_person {
            let is_met = analysis.relations.iter().any(|relation| {
                let target = relation.to.comment(&analysis.units);
                relation.is_on_person()
                    && id(analysis.units[relation.from].comment) == from
                    && id(target) == to
            });
            self.on_person
                .count(&format!("{from} attacks the person of {to}"), is_met);
        }
        if let Some(Derailed { at, before }) = &expected.derailed {
            let is_met = chains
                .iter()
                .filter_map(|chain| chain.derailment)
                .any(|found| {
                    id(analysis.units[found.at].comment) == at
                        && found.before.map(id) == Some(before)
                });
            self.derailed
                .count(&format!("derailed at {at}, {before} before it"), is_met);
        }
    }

    fn print(&self) {
        for (name, met) in [
            ("steps", self.steps),
            ("whole chains", self.chains),
            ("attacks on persons", self.on_person),
            ("derailments", self.derailed),
        ] {
            println!("{name}: {} of {}", met.met, met.all);
        }
    }
}

fn threads(source: &str, bytes: &[u8]) -> Vec<Thread> {
    let source = source::by_id(source).expect("a source");
    source
        .threads(Box::new(bytes))
        .map(|thread| thread.expect("a good thread"))
        .collect()
}

fn analyze(thread: Thread) -> Analysis {
    let model = model::load("encoder").expect("the embedded model");
    Analysis::new(thread, model.as_ref())
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn threads_written_for_this() {
    let path = project().join("tests/data/arguments.jsonl");
    let content = std::fs::read(path).expect("a file of the project");
    let lines = serde_json::Deserializer::from_slice(&content).into_iter::<Line>();
    let expected: Vec<Expected> = lines.map(|line| line.expect("a line").expected).collect();
    let threads = threads("rejoinder", &content);
    assert_eq!(threads.len(), expected.len());
    let mut tally = Tally::default();
    for (thread, expected) in threads.into_iter().zip(&expected) {
        tally.compare(&analyze(thread), expected);
    }
    tally.print();
    assert!(tally.steps.share() >= 0.7, "{tally:?}");
    assert!(tally.on_person.share() >= 0.75, "{tally:?}");
    assert!(tally.derailed.share() >= 0.75, "{tally:?}");
}

/// What a reader sees on the page, by the numbers of the comments.
fn of_page() -> Expected {
    let chain = |comments: &[&str], kinds: &[&str]| ExpectedChain {
        comments: comments.iter().map(|&id| id.to_owned()).collect(),
        kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
    };
    Expected {
        chains: vec![
            chain(&["8", "9", "11"], &["attack", "attack"]),
            chain(&["3", "6"], &["attack"]),
            chain(&["3", "7"], &["attack"]),
            chain(&["13", "14", "15"], &["support", "support"]),
            chain(&["19", "20", "21", "22"], &["attack", "attack", "attack"]),
        ],
        on_person: vec![OnPerson {
            from: "3".to_owned(),
            to: "2".to_owned(),
        }],
        derailed: Some(Derailed {
            at: "3".to_owned(),
            before: "2".to_owned(),
        }),
    }
}

#[test]
fn real_pages() {
    let Ok(entries) = project().join("../shared/seeds").read_dir() else {
        eprintln!("SKIPPED: no real pages at ../shared/seeds");
        return;
    };
    for entry in entries {
        let page = std::fs::read(entry.expect("an entry").path()).expect("a page");
        let mut tally = Tally::default();
        for thread in threads("register-text", &page) {
            tally.compare(&analyze(thread), &of_page());
        }
        tally.print();
    }
}
