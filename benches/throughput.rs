//! How fast threads are read and analyzed: `cargo bench`.
//!
//! Threads are made here, so that the numbers need no data. Each figure is the best of several runs,
//! as whatever else the machine does only ever makes a run slower.

use rejoinder::{analysis::Analysis, model, source, thread::Thread};
use std::{
    fmt::Write,
    hint::black_box,
    time::{Duration, Instant},
};

const RUNS: usize = 5;

const SENTENCES: &[&str] = &[
    "The agent never checks the signature of its own configuration.",
    "That is not how the update works, because the host verifies the hash before it unpacks anything.",
    "Did anybody look at the logs of last winter?",
    "I ran it on forty machines, and every one of them kept the old certificate.",
    "See https://vendor.example/advisory for the list of fixed versions.",
    "You clearly have never run a server in your life.",
    "They should publish the report and let others judge.",
];

/// A thread of `count` comments in our own JSON; each answers the one at half its number, so that the
/// tree is broad at its foot and some branches are deep.
fn synthetic(count: usize) -> String {
    let mut json = String::from(r#"{"schema":"rejoinder/thread@1","comments":["#);
    for at in 0..count {
        let separator = if at == 0 { "" } else { "," };
        let parent = if at == 0 {
            "null".to_owned()
        } else {
            format!("\"{}\"", at / 2)
        };
        write!(
            json,
            r#"{separator}{{"id":"{at}","parent":{parent},"text":""#
        )
        .expect("a string takes all");
        if at > 0 && at % 3 == 0 {
            write!(json, "> {}\\n\\n", SENTENCES[(at / 2) % SENTENCES.len()])
                .expect("a string takes all");
        }
        let sentences = (0..=at % 5).map(|nth| SENTENCES[(at + nth) % SENTENCES.len()]);
        json.push_str(&sentences.collect::<Vec<_>>().join(" "));
        json.push_str("\"}");
    }
    json.push_str("]}");
    json
}

fn parse(json: &str) -> Thread {
    let source = source::detect(json.as_bytes()).expect("our own form is recognized");
    let mut threads = source.threads(Box::new(json.as_bytes()));
    threads.next().expect("one thread").expect("a good line")
}

/// The shortest of several runs.
fn best(mut work: impl FnMut()) -> Duration {
    let runs = (0..RUNS).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    runs.min().unwrap_or_default()
}

fn main() {
    let model = model::load(model::MODELS[0].id).expect("the embedded model loads");
    println!(
        "{:>8} {:>10} {:>14} {:>14} {:>12}",
        "comments", "input", "parse", "analyze", "comments/s"
    );
    for count in [37, 1_000, 10_000] {
        let json = synthetic(count);
        let thread = parse(&json);
        let reading = best(|| drop(black_box(parse(&json))));
        let whole = best(|| drop(black_box(Analysis::new(parse(&json), model.as_ref()))));
        println!(
            "{count:>8} {:>7} KiB {:>11.2} ms {:>11.2} ms {:>12.0}",
            json.len() >> 10,
            reading.as_secs_f64() * 1e3,
            whole.as_secs_f64() * 1e3,
            thread.comments.len() as f64 / whole.as_secs_f64(),
        );
    }
}
