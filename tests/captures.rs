//! Real captures, whose texts are not ours to publish: they lie beside the repository where there are any, and
//! the tests say so where there are none.
//!
//! `cargo test --test captures -- --nocapture` prints the table of docs/evaluation.md: comments read, and
//! replies whose parent is the right one, by board.

use rejoinder::{
    pipeline,
    thread::{CommentIdx, Parent, State, Thread},
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

/// A comment as it should be read.
struct Expected {
    id: String,
    parent: Option<String>,
    /// Whether it stands for comments that were not loaded; such stubs have no certain id.
    stub: bool,
}

/// What was found in the captures of one board.
#[derive(Default)]
struct Tally {
    captures: usize,
    comments: usize,
    expected: usize,
    right: usize,
    too_many: usize,
    empty: usize,
}

fn fixtures() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no real captures at ../shared/fixtures");
    None
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        match fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => found.push(path),
        }
    }
    found.sort();
    found
}

/// An id without what boards put before it in some places.
fn bare(id: &str) -> String {
    let prefixes = [
        "t1_",
        "t3_",
        "c_",
        "div-comment-",
        "li-comment-",
        "comment-",
        "tree_",
        "post-",
    ];
    let stripped = prefixes.iter().find_map(|prefix| id.strip_prefix(prefix));
    let id = stripped.filter(|rest| !rest.is_empty()).unwrap_or(id);
    id.trim_matches(['<', '>']).to_owned()
}

fn expected(table: &Path) -> Vec<Expected> {
    let text = fs::read_to_string(table).unwrap();
    let rows = text.lines().skip(1).filter(|row| !row.trim().is_empty());
    rows.map(|row| {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or_default().to_owned();
        let (id, parent, _depth, _author, extra) = (cell(), cell(), cell(), cell(), cell());
        Expected {
            id: bare(&id),
            parent: (!parent.is_empty()).then(|| bare(&parent)),
            stub: extra.starts_with("more"),
        }
    })
    .collect()
}

fn threads(path: &Path) -> Vec<Thread> {
    let name = path.display().to_string();
    let read = pipeline::open(&name).and_then(|input| pipeline::Reader::default().threads(input));
    match read {
        Ok(threads) => threads
            .filter_map(|thread| thread.map_err(|e| eprintln!("{name}: {e}")).ok())
            .collect(),
        Err(error) => {
            eprintln!("{name}: {error}");
            Vec::new()
        }
    }
}

fn parent_of(thread: &Thread, idx: CommentIdx) -> Option<String> {
    match &thread.comment(idx).parent {
        Parent::Known(parent) => Some(bare(&thread.comment(*parent).id)),
        Parent::Missing(id) => id.as_deref().map(bare),
        Parent::Root => None,
    }
}

/// Right and superfluous comments, by id and parent.
fn compare(threads: &[Thread], expected: &[Expected]) -> (usize, usize) {
    let known: HashSet<&str> = expected
        .iter()
        .filter(|e| !e.stub)
        .map(|e| e.id.as_str())
        .collect();
    let mut stubs: HashMap<Option<String>, usize> = HashMap::new();
    let mut found: HashMap<String, Option<String>> = HashMap::new();
    for thread in threads {
        for (idx, comment) in thread.iter() {
            let parent = parent_of(thread, idx);
            match comment.state {
                State::Unresolved => *stubs.entry(parent).or_default() += 1,
                _ => _ = found.insert(bare(&comment.id), parent),
            }
        }
    }
    let mut right = 0;
    for row in expected {
        if row.stub {
            if let Some(left) = stubs.get_mut(&row.parent).filter(|left| **left > 0) {
                *left -= 1;
                right += 1;
            }
            continue;
        }
        let outside = row
            .parent
            .as_deref()
            .is_some_and(|parent| !known.contains(parent));
        right += usize::from(
            found
                .get(&row.id)
                .is_some_and(|parent| outside || *parent == row.parent),
        );
    }
    let spare = stubs.values().sum::<usize>();
    let unknown = found
        .keys()
        .filter(|id| !known.contains(id.as_str()))
        .count();
    (right, spare + unknown)
}

/// The ids of an archive's messages, in order: a message begins with a line "From somebody at host".
fn message_ids(archive: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut in_header = false;
    let mut lines = archive.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("From ") && line.contains(" at ") {
            in_header = true;
        } else if line.is_empty() {
            in_header = false;
        } else if in_header && line.to_ascii_lowercase().starts_with("message-id:") {
            let next = lines.peek().copied().unwrap_or_default();
            let holder = if line.contains('<') { line } else { next };
            let id = holder
                .split('<')
                .nth(1)
                .and_then(|rest| rest.split('>').next());
            ids.push(id.unwrap_or_default().to_owned());
        }
    }
    ids
}

/// The list software numbers a month's messages in the order of the archive: the edges by those numbers.
fn compare_months(threads: &[Thread], expected: &mut [Expected], archive: &Path) -> (usize, usize) {
    expected.sort_by(|a, b| a.id.cmp(&b.id));
    let text = String::from_utf8_lossy(&fs::read(archive).unwrap()).into_owned();
    let keys: HashMap<String, String> = message_ids(&text)
        .into_iter()
        .zip(expected.iter().map(|row| row.id.clone()))
        .collect();
    let right: HashMap<&str, Option<&str>> = expected
        .iter()
        .map(|row| (row.id.as_str(), row.parent.as_deref()))
        .collect();
    let (mut good, mut count) = (0, 0);
    for thread in threads {
        for (idx, comment) in thread.iter() {
            count += 1;
            let key = |id: &str| keys.get(id.trim_matches(['<', '>'])).cloned();
            let parent = thread
                .tree
                .parent(idx)
                .and_then(|parent| key(&thread.comment(parent).id));
            let own = key(&comment.id);
            good += usize::from(
                own.is_some_and(|own| right.get(own.as_str()) == Some(&parent.as_deref())),
            );
        }
    }
    (good, count.max(expected.len()) - expected.len())
}

/// The capture that a table of edges belongs to.
fn capture(table: &Path) -> Option<PathBuf> {
    let name = table.file_name()?.to_str()?;
    let stem = name.strip_suffix(".tree.tsv")?;
    let stem = stem.strip_suffix("_thread").unwrap_or(stem);
    let found = fs::read_dir(table.parent()?).ok()?;
    let mut found: Vec<_> = found.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    found.into_iter().find(|path| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        name.starts_with(stem) && !name.ends_with(".tsv") && !name.contains("_thread")
    })
}

#[test]
fn trees_are_those_of_the_boards() {
    let Some(folder) = fixtures() else {
        return;
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for table in files(&folder)
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(".tree.tsv"))
    {
        let board = table.strip_prefix(&folder).unwrap().iter().next().unwrap();
        let path = capture(&table).expect("a capture for each table");
        let threads = threads(&path);
        let mut expected = expected(&table);
        let months = table.to_string_lossy().contains("pipermail");
        let (right, too_many) = match months {
            true => compare_months(&threads, &mut expected, &path),
            false => compare(&threads, &expected),
        };
        let tally = tallies
            .entry(board.to_string_lossy().into_owned())
            .or_default();
        tally.captures += 1;
        tally.comments += threads
            .iter()
            .map(|thread| thread.comments.len())
            .sum::<usize>();
        tally.expected += expected.len();
        tally.right += right;
        tally.too_many += too_many;
        if right < expected.len() {
            eprintln!("short: {}: {right} of {}", path.display(), expected.len());
        }
    }
    println!("| board | captures | comments read | expected | right edges | too many | share |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (board, tally) in &tallies {
        let share = tally.right as f64 / tally.expected as f64;
        println!(
            "| {board} | {} | {} | {} | {} | {} | {share:.3} |",
            tally.captures, tally.comments, tally.expected, tally.right, tally.too_many
        );
        let least = if board == "mail" { 0.98 } else { 0.99 };
        assert!(share >= least, "{board}: {share:.3}");
        assert!(
            tally.too_many * 100 <= tally.expected,
            "{board}: {} too many",
            tally.too_many
        );
    }
}

/// Files that are part of captures and hold no thread: what lists' software made of a month, other sites' forms.
const NO_THREADS: [&str; 4] = ["_thread.html", ".tree.tsv", ".md", "README"];

#[test]
fn every_capture_is_read() {
    let Some(folder) = fixtures() else {
        return;
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for path in files(&folder) {
        let inner = path.strip_prefix(&folder).unwrap().to_owned();
        let board = inner.iter().next().unwrap().to_string_lossy().into_owned();
        let name = inner.to_string_lossy();
        let no_thread = NO_THREADS.iter().any(|end| name.ends_with(end))
            && !name.starts_with("blogs")
            && !name.starts_with("usenet");
        if no_thread || name.starts_with("microformats") || name.ends_with(".tsv") {
            continue;
        }
        let threads = threads(&path);
        let tally = tallies.entry(board).or_default();
        tally.captures += 1;
        tally.comments += threads
            .iter()
            .map(|thread| thread.comments.len())
            .sum::<usize>();
        tally.empty += usize::from(threads.iter().all(|thread| thread.comments.is_empty()));
    }
    println!("| board | captures | comments read | captures without any |");
    println!("|---|--:|--:|--:|");
    for (board, tally) in &tallies {
        println!(
            "| {board} | {} | {} | {} |",
            tally.captures, tally.comments, tally.empty
        );
        // The captures of LWN are an edition and an article without comments.
        assert!(tally.comments > 0 || board == "lwn", "{board}");
    }
}
