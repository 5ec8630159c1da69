//! What a whole analysis with `fast` costs against the length of a thread: `cargo bench --bench cost`.
//!
//! Threads are made here, so that the numbers need no data: replies go mostly to what was written just before,
//! some to the article, as on busy boards, so that depth grows with length; words are drawn as in running text,
//! a few often and most seldom (Zipf 1949). The same number of comments gives the same thread.

mod draws;

use draws::Draws;
use rejoinder::{analysis::Analysis, argument::Query, model, source, thread::Thread};
use std::{fmt::Write, hint::black_box, time::Instant};

const SIZES: [usize; 10] = [
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000,
];

#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "key", "patch", "vendor", "log", "server", "password", "breach", "agent", "certificate", "report", "router",
    "token", "hash", "backup", "firewall", "signature", "kernel", "cookie", "advisory", "exploit", "admin",
    "cluster", "cipher", "update", "sandbox", "port", "domain", "image", "script", "audit", "tenant", "session",
    "driver", "proxy", "registry", "bucket", "payload", "database", "compiler", "schedule", "contract", "phone",
    "customer", "lawyer", "regulator", "researcher", "journalist", "board", "attacker", "insurer",
];

#[rustfmt::skip]
const VERBS: &[&str] = &[
    "leaks", "checks", "breaks", "ignores", "verifies", "stores", "rotates", "exposes", "trusts", "replaces",
    "signs", "blocks", "restarts", "copies", "hides", "reads", "deletes", "publishes", "delays", "explains",
];

const FORMS: &[&str] = &[
    "The {n} {v} the {n} before the {n} {v} it.",
    "That is not how it works, because the {n} {v} the {n}.",
    "Did anybody look at the {n} that {v} the {n}?",
    "I ran it on {d} machines, and the {n} {v} every {n}.",
    "See https://vendor.example/{n}/{d} for the {n}.",
    "You clearly have never run a {n} in your life.",
    "They should publish the {n} and let the {n} judge.",
    "Maybe the {n} {v} the {n}, but CVE-2031-{d} is about the {n}.",
    "Agreed, the {n} {v} the {n}.",
    "No, the {n} never {v} a {n} without a {n}.",
];

/// What a thread is drawn with.
struct Writer(Draws);

impl Writer {
    fn below(&mut self, bound: usize) -> usize {
        self.0.below(bound)
    }

    /// A share from 0 to 1.
    fn share(&mut self) -> f64 {
        (self.0.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of `words`, the first ones most often.
    fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let rank = (words.len() as f64 + 1.0).powf(self.share()) as usize;
        words[rank.clamp(1, words.len()) - 1]
    }

    fn sentence(&mut self, out: &mut String) {
        let form = FORMS[self.below(FORMS.len())];
        let mut rest = form;
        while let Some((before, behind)) = rest.split_once('{') {
            out.push_str(before);
            match &behind[..1] {
                "n" => out.push_str(self.word(NOUNS)),
                "v" => out.push_str(self.word(VERBS)),
                _ => _ = write!(out, "{}", 1000 + self.below(9000)),
            }
            rest = &behind[2..];
        }
        out.push_str(rest);
    }
}

/// A thread of `count` comments in our own JSON.
fn synthetic(count: usize) -> String {
    let mut draws = Writer(Draws(count as u64));
    let mut json = String::from(
        r#"{"schema":"rejoinder/thread@1","title":"A vendor's key leaked","comments":["#,
    );
    let mut first_sentences: Vec<String> = Vec::with_capacity(count);
    for at in 0..count {
        let parent = match at {
            0 => None,
            _ if draws.below(8) == 0 => None,
            // Among the last ones; seldom far back.
            _ => Some(at - 1 - (draws.share().powi(4) * at.min(400) as f64) as usize),
        };
        let mut text = String::new();
        if let Some(parent) = parent.filter(|_| draws.below(4) == 0) {
            let _ = write!(text, "> {}\\n\\n", first_sentences[parent]);
        }
        let mut first = String::new();
        draws.sentence(&mut first);
        text += &first;
        for _ in 0..draws.below(5) {
            text.push(' ');
            draws.sentence(&mut text);
        }
        first_sentences.push(first);
        let separator = if at == 0 { "" } else { "," };
        let parent = parent.map_or("null".to_owned(), |parent| format!("\"{parent}\""));
        let author = draws.below(1 + count / 5);
        let _ = write!(
            json,
            r#"{separator}{{"id":"{at}","parent":{parent},"author":{{"name":"person {author}"}},"text":"{text}"}}"#
        );
    }
    json.push_str("]}");
    json
}

fn parse(json: &str) -> Thread {
    let source = source::detect(json.as_bytes()).expect("our own form is recognized");
    let mut threads = source.threads(Box::new(json.as_bytes()));
    threads.next().expect("one thread").expect("a good line")
}

/// The most memory that the process has held so far, in MiB; nothing where the system does not tell.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib >> 10)
}

fn main() {
    let model = model::load("fast").expect("the embedded model loads");
    println!(
        "| comments | levels | units | reading ms | analysis s | ms a comment | chains s | peak MiB |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|");
    for count in SIZES {
        let json = synthetic(count);
        let start = Instant::now();
        let thread = parse(&json);
        let reading = start.elapsed();
        let start = Instant::now();
        let analysis = Analysis::new(thread, model.as_ref());
        let whole = start.elapsed();
        let start = Instant::now();
        black_box(analysis.chains_where(Query::default()).take(1000).count());
        let chains = start.elapsed();
        println!(
            "| {count} | {} | {} | {:.1} | {:.2} | {:.2} | {:.2} | {} |",
            analysis.metrics.max_depth + 1,
            analysis.units.len(),
            reading.as_secs_f64() * 1e3,
            whole.as_secs_f64(),
            whole.as_secs_f64() * 1e3 / count as f64,
            chains.as_secs_f64(),
            peak().map_or("-".to_owned(), |peak| peak.to_string()),
        );
    }
}
