//! Small threads whose parents their words show.

use super::*;
use crate::{
    source::{HEAD, detect, threading::subject_key},
    text::plain,
    thread::{Article, Author, Comment, CommentIdx, Parent, Thread},
};
use serde_json::Value;
use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

fn draft(at: usize, author: &str, text: &str) -> Draft {
    Draft {
        id: at.to_string(),
        author: Some(Author {
            name: author.to_owned(),
            ..Author::default()
        }),
        body: plain::body(text),
        ..Draft::default()
    }
}

fn inferred(comments: &[(&str, &str)], article: &str) -> (Vec<Option<usize>>, Inferred) {
    let mut drafts: Vec<_> = comments
        .iter()
        .enumerate()
        .map(|(at, (author, text))| draft(at, author, text))
        .collect();
    let found = parents(&mut drafts, Some(article), |_| true, |_, _| true);
    let parents = drafts.into_iter().map(|draft| match draft.parent {
        ParentRef::Id(id) => id.parse().ok(),
        _ => None,
    });
    (parents.collect(), found)
}

#[test]
fn names_are_found_whatever_their_case_and_length() {
    let (parents, found) = inferred(
        &[
            ("Ann", "One."),
            ("J. Random Admin", "Two."),
            ("J. Random", "Three."),
            ("x", "@ j random admin: so you say"),
            ("y", "Hello all,\n@Ann's idea is good"),
            ("Ann", "More of mine"),
            ("z", "@Bruce, @ANN\nThe latest counts"),
            ("w", "mail Ann@example.org or an@Ann"),
            ("Ann", "@Ann talks to herself"),
            ("Clive Example", "Four."),
            ("v", "@Clive thanks"),
        ],
        "",
    );
    assert_eq!(
        parents,
        [
            None,
            None,
            None,
            Some(1),
            Some(0),
            None,
            Some(5),
            None,
            None,
            None,
            Some(9)
        ]
    );
    assert_eq!((found.by_name, found.by_quotation), (4, 0));
}

#[test]
fn who_is_told_something_comes_before_who_is_called() {
    let (parents, _) = inferred(
        &[
            ("Ann", "One."),
            ("Bob", "Two, with words enough, don't say."),
            ("x", "@Bob\n\n@Ann\nyour idea is good"),
            ("y", "@Ann\n@Bob"),
            ("z", "I agree with @Ann on this"),
            ("w", "mail ann@Bob or not"),
            ("v", "Re: Bob\nNo."),
            ("u", "‘with words enough, don’t say’\n\nWell."),
        ],
        "",
    );
    assert_eq!(
        parents,
        [
            None,
            None,
            Some(0),
            Some(1),
            Some(0),
            None,
            Some(1),
            Some(1)
        ]
    );
}

#[test]
fn quoted_words_lead_to_who_wrote_them_first() {
    let article = "Plates are dear and their makers dearer still.";
    let (parents, found) = inferred(
        &[
            ("a", "Keys leak from every box that is sold here."),
            ("b", "> Keys leak from every box\n\nNot from mine."),
            ("c", "“every box that is sold here”\n\nNo."),
            ("d", "> Plates are dear and their makers\n\nIndeed."),
            ("e", "\"Not words of anyone at all\" is what I say."),
            ("a", "Another thing of mine altogether, too long."),
            ("f", "@a\n\n> Keys leak from every box\n\nReally?"),
        ],
        article,
    );
    assert_eq!(parents, [None, Some(0), Some(0), None, None, None, Some(0)]);
    assert_eq!((found.by_name, found.by_quotation), (1, 2));
}

#[test]
fn times_say_what_was_written_before() {
    let mut drafts = vec![draft(0, "b", "@a yes"), draft(1, "a", "One.")];
    drafts[0].posted = "2020-01-02T00:00:00Z".parse().ok();
    drafts[1].posted = "2020-01-01T00:00:00Z".parse().ok();
    let found = parents(&mut drafts, None, |_| true, |_, _| true);
    assert_eq!(drafts[0].parent, ParentRef::Id("1".to_owned()));
    let mut builder = ThreadBuilder::new("test", "t");
    found.warn(&mut builder);
    Inferred::default().warn(&mut builder);
    let warnings = builder.build().warnings;
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].message.contains("in 1 it is"), "{warnings:?}");
}

/// How many parents a sign finds, and how many of these are right.
type Shares = BTreeMap<String, (usize, usize)>;

fn count(shares: &mut Shares, sign: &str, is_right: bool) {
    let (all, right) = shares.entry(sign.to_owned()).or_default();
    *all += 1;
    *right += usize::from(is_right);
}

/// Counts the parents that each sign finds in a thread of which the board states the parents.
fn tally(thread: &Thread, shares: &mut Shares) {
    let drafts = thread.iter().map(|(idx, comment)| Draft {
        id: idx.get().to_string(),
        author: comment.author.clone(),
        posted: comment.posted,
        body: comment.body.clone(),
        ..Draft::default()
    });
    let mut drafts: Vec<Draft> = drafts.collect();
    let article = thread
        .article
        .as_ref()
        .and_then(|article| article.text.as_deref());
    parents(&mut drafts, article, |_| true, |_, _| true);
    let subject = |comment: &Comment| comment.title.as_deref().map(subject_key);
    let mut of_subject: HashMap<String, CommentIdx> = HashMap::new();
    let mut of_author: HashMap<&str, CommentIdx> = HashMap::new();
    let name = |at: CommentIdx| {
        let author = thread.comment(at).author.as_ref();
        author.map(|author| author.name.as_str())
    };
    for ((idx, comment), draft) in thread.iter().zip(&drafts) {
        // Where no parent is stated, on many boards nobody knows which would be right.
        if let Parent::Known(stated) = comment.parent {
            if let Some(Inference { by, score }) = draft.inferred {
                let found = ParentRef::Id(stated.get().to_string());
                let sign = format!("{} {score}", by.as_str());
                count(shares, &sign, found == draft.parent);
            }
            let latest = name(stated).and_then(|name| of_author.get(name).copied());
            if let Some(latest) = latest {
                if quotations(&comment.body).next().is_some() {
                    count(shares, "latest of the author quoted", latest == stated);
                }
                if comment.body.text.starts_with(AT) {
                    count(shares, "latest of the author named", latest == stated);
                }
            }
            if let Some(subject) = subject(comment).filter(|subject| !subject.is_empty())
                && let Some(first) = of_subject.get(&subject)
            {
                count(shares, "first of the subject", *first == stated);
            }
        }
        if let Some(subject) = subject(comment) {
            of_subject.entry(subject).or_insert(idx);
        }
        if let Some(name) = name(idx) {
            of_author.insert(name, idx);
        }
    }
}

/// The files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => found.push(path),
        }
    }
    found.sort();
    found
}

/// The threads of a file that some source knows.
fn captured(path: &Path) -> Vec<Thread> {
    let bytes = std::fs::read(path).unwrap();
    let head = &bytes[..bytes.len().min(HEAD)];
    let threads = detect(head).map(|source| source.threads(Box::new(&bytes[..])));
    threads.into_iter().flatten().flatten().collect()
}

/// Threads with labels of the blogs whose pages have reply links.
fn labeled(path: &Path) -> Vec<Thread> {
    let Ok(file) = std::fs::File::open(path) else {
        return Vec::new();
    };
    let mut lines = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut lines)
        .unwrap();
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let with_links = lines.filter(|line| line["source"] != "schneier");
    let thread = |line: Value| {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let source = text(&line["source"]).unwrap_or_default();
        let mut builder = ThreadBuilder::new(source, "thread");
        builder.article(Some(Article {
            text: text(&line["intro"]),
            ..Article::default()
        }));
        for comment in line["comments"].as_array().into_iter().flatten() {
            let name = text(&comment["author"]);
            builder.push(Draft {
                id: comment["id"].to_string(),
                parent: match &comment["parent"] {
                    Value::Null => ParentRef::Root,
                    parent => ParentRef::Id(parent.to_string()),
                },
                author: name.map(|name| Author {
                    name,
                    ..Author::default()
                }),
                body: plain::body(comment["text"].as_str().unwrap_or_default()),
                ..Draft::default()
            });
        }
        builder.build()
    };
    with_links.map(thread).collect()
}

/// `cargo test --lib inferred::tests::shares -- --nocapture` prints the table of docs/evaluation.md.
#[test]
fn shares() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !shared.is_dir() {
        eprintln!("SKIPPED: no real captures at ../shared");
        return;
    }
    let captures = files(&shared.join("fixtures"));
    let captures = captures.iter().flat_map(|path| captured(path));
    let mut boards: BTreeMap<String, Shares> = BTreeMap::new();
    for thread in captures.chain(labeled(&shared.join("datasets/secblogs_train.jsonl.gz"))) {
        let states_parents = thread
            .comments
            .iter()
            .all(|comment| comment.inferred.is_none())
            && thread.comments.iter().any(|comment| comment.depth > 0);
        if states_parents {
            tally(&thread, boards.entry(thread.source.clone()).or_default());
        }
    }
    let mut total = Shares::new();
    for (board, shares) in &boards {
        for (sign, (all, right)) in shares {
            eprintln!("{board:20} {sign:30} {right:5} of {all:5}");
            let (sum, sum_right) = total.entry(sign.clone()).or_default();
            *sum += all;
            *sum_right += right;
        }
    }
    for (sign, (all, right)) in &total {
        eprintln!("{:20} {sign:30} {right:5} of {all:5}", "all");
    }
}
