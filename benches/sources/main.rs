//! How fast saved pages are read, beside what a researcher would write in Python for the same extraction, in the
//! same run: `cargo bench --bench sources`.
//!
//! The neighbors are BeautifulSoup over lxml for HTML, and the standard library's `mailbox`; they need `python3`
//! with `beautifulsoup4` and `lxml` (`PYTHON` names another interpreter). Pages are made by the generators of the
//! tests. Each figure is the best of several runs of extraction alone, without the start of a process.
//! `DUMP_MB=1024` also makes a compressed Reddit dump of that size and reads it as a process of its own.

#[path = "../../tests/boards/main.rs"]
#[allow(dead_code, unused_imports)]
mod boards;

mod dump;

use rejoinder::source;
use std::{env, fs, hint::black_box, path::Path, process::Command, time::Instant};

const COMMENTS: usize = 2_000;
const RUNS: usize = 5;
/// Forms that `neighbors.py` knows.
const FORMS: [&str; 7] = [
    "hn-html",
    "wordpress-html",
    "slashdot",
    "reddit-html",
    "xenforo",
    "register-html",
    "mbox",
];

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    println!(
        "{:<16} {:>9} {:>10} {:>12} {:>12} {:>7}",
        "source", "comments", "input", "rejoinder", "python", "ratio"
    );
    let posts = boards::forest::forest(COMMENTS);
    for board in boards::BOARDS
        .iter()
        .filter(|board| FORMS.contains(&board.source))
    {
        let page = (board.page)(&posts);
        let (count, own) = rejoinder(board.source, &page);
        let path = folder.path().join(board.source);
        fs::write(&path, &page).expect("a page is written");
        let python = python(board.source, &path);
        let (seconds, ratio) = match python {
            Some((found, seconds)) => {
                assert_eq!(
                    found, count,
                    "{}: the neighbor finds other comments",
                    board.source
                );
                (
                    format!("{:.2} ms", seconds * 1e3),
                    format!("{:.1}", seconds / own),
                )
            }
            None => ("-".to_owned(), "-".to_owned()),
        };
        println!(
            "{:<16} {count:>9} {:>6} KiB {:>9.2} ms {seconds:>12} {ratio:>7}",
            board.source,
            page.len() >> 10,
            own * 1e3
        );
    }
    match env::var("DUMP_MB").ok().and_then(|size| size.parse().ok()) {
        Some(size) => dump::run(size, folder.path()),
        None => println!("DUMP_MB=1024 also reads a Reddit dump of a gigabyte"),
    }
}

/// How many comments the source reads, and the seconds of its quickest run.
fn rejoinder(id: &str, page: &[u8]) -> (usize, f64) {
    let source = source::by_id(id).expect("a source");
    let mut best = f64::INFINITY;
    let mut count = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        let threads: Vec<_> = source.threads(Box::new(page)).flatten().collect();
        best = best.min(start.elapsed().as_secs_f64());
        count = black_box(&threads)
            .iter()
            .map(|thread| thread.comments.len())
            .sum();
    }
    (count, best)
}

/// The same of the neighbor; none, and a word why, where it cannot run.
fn python(form: &str, path: &Path) -> Option<(usize, f64)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/sources/neighbors.py");
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let ran = Command::new(python)
        .arg(script)
        .arg(form)
        .arg(path)
        .arg(RUNS.to_string())
        .output();
    let output = ran
        .map_err(|error| eprintln!("no neighbor: {error}"))
        .ok()?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        eprintln!(
            "no neighbor: {}",
            message.lines().last().unwrap_or("it failed")
        );
        return None;
    }
    let said = String::from_utf8(output.stdout).ok()?;
    let (count, seconds) = said.trim().split_once(' ')?;
    Some((count.parse().ok()?, seconds.parse().ok()?))
}
