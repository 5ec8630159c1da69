//! Archives of mail: mailboxes, Pipermail's months, single messages, in the many ways in which mailers write
//! messages.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, forests, read_as, trees},
};
use jiff::{Timestamp, civil::DateTime, tz::Offset};
use proptest::prelude::*;
use rejoinder::{
    source::{self, Options},
    text::BlockKind,
    thread::{Origin, Thread},
};
use std::fmt::Write as _;

pub(crate) const MBOX: Board = Board {
    source: "mbox",
    page: |posts| archive(posts, plain),
};

pub(crate) const PIPERMAIL: Board = Board {
    source: "pipermail",
    page: |posts| archive(posts, month),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

fn archive(posts: &[Post], message: fn(&[Post], &Post) -> String) -> Vec<u8> {
    let messages: String = posts.iter().map(|post| message(posts, post)).collect();
    messages.into_bytes()
}

fn civil(post: &Post) -> DateTime {
    let sent = Timestamp::from_second(post.posted).expect("a time");
    Offset::UTC.to_datetime(sent)
}

fn envelope(post: &Post, address: &str) -> String {
    format!(
        "From {address} {}\n",
        civil(post).strftime("%a %b %e %H:%M:%S %Y")
    )
}

fn date(post: &Post) -> String {
    let sent = civil(post).strftime("%a, %d %b %Y %H:%M:%S +0000");
    sent.to_string()
}

/// The ids above a post, the oldest first; no more than mailers keep.
fn references(posts: &[Post], post: &Post) -> Vec<String> {
    const KEPT: usize = 20;
    let above = std::iter::successors(post.parent, |&at| posts[at].parent);
    let mut ids: Vec<_> = above
        .take(KEPT)
        .map(|at| format!("<{}>", posts[at].id))
        .collect();
    ids.reverse();
    ids
}

/// The subject, which names the start of its thread.
fn subject(posts: &[Post], post: &Post) -> String {
    let at = posts
        .iter()
        .position(|other| other.id == post.id)
        .expect("a post");
    let start = posts[..=at]
        .iter()
        .rposition(|post| post.parent.is_none())
        .expect("a start");
    let reply = if post.parent.is_some() { "Re: " } else { "" };
    format!("{reply}Subject {}", posts[start].id)
}

/// A message as it is, in UTF-8.
fn plain(posts: &[Post], post: &Post) -> String {
    let mut out = envelope(post, "ada@a.example");
    let _ = write!(
        out,
        "From: \"{}\" <ada@a.example>\nDate: {}\nMessage-ID: <{}>\nContent-Type: text/plain; charset=utf-8\n",
        post.author,
        date(post),
        post.id,
    );
    if post.parent.is_some() {
        let _ = writeln!(out, "References: {}", references(posts, post).join("\n "));
    }
    out + "\n" + &post.text() + "\n\n"
}

/// A message of one of Pipermail's months. It loses nothing but `@`.
fn month(posts: &[Post], post: &Post) -> String {
    let mut out = envelope(post, "ada at a.example ");
    let start = post
        .parent
        .is_some_and(|parent| posts[parent].parent.is_none());
    let _ = write!(
        out,
        "From: ada at a.example (=?utf-8?b?{}?=)\nDate: {}\nMessage-ID: <{}>\n",
        base64(post.author.as_bytes()),
        date(post),
        post.id,
    );
    let parent = post.parent.map(|parent| posts[parent].id);
    match parent {
        Some(parent) if post.fate < 20 => _ = writeln!(out, "In-Reply-To: <{parent}>"),
        // Replies to the first message of a subject need not name it.
        Some(_) if start && post.fate < 40 => {}
        Some(_) => _ = writeln!(out, "References: {}", references(posts, post).join("\n\t")),
        None => {}
    }
    // In long chains the way to the subject is long.
    if posts.len() < 1000 {
        let _ = writeln!(out, "Subject: [keys] {}", subject(posts, post));
    }
    out + "\n" + &post.text() + "\n\n"
}

/// A message in one of the ways in which mailers write them, by its fate.
fn varied(posts: &[Post], post: &Post) -> String {
    let mut out = envelope(post, "ada@a.example");
    let _ = write!(
        out,
        "Received: by a.example; {}\nFrom: =?UTF-8?B?{}?= <ada@a.example>\nDate: {}\nMessage-Id:\n <{}>\nSubject: {}\n",
        date(post),
        base64(post.author.as_bytes()),
        date(post),
        post.id,
        subject(posts, post),
    );
    if let Some(parent) = post.parent {
        let (id, all) = (posts[parent].id, references(posts, post));
        let _ = match post.fate % 5 {
            0 => writeln!(out, "In-Reply-To: <{id}>"),
            1 => writeln!(
                out,
                "References: {}\nIn-Reply-To: Your message of Monday <ada@a.example>",
                all.join(" ")
            ),
            // Some trackers turn the order of references round.
            2 => writeln!(out, "In-Reply-To: <{id}>\nReferences: {}", reversed(&all)),
            3 => writeln!(
                out,
                "References: <gone@a.example> {} <lost-{}>",
                all.join("\n\t"),
                post.id
            ),
            _ => writeln!(out, "In-Reply-To: Message of Monday <{id}>"),
        };
    }
    let (text, page) = (post.text(), post.html());
    let _ = match post.fate % 7 {
        0 => write!(
            out,
            "Content-Type: text/plain; charset=\"UTF-8\"\nContent-Transfer-Encoding: base64\n\n{}",
            base64(text.as_bytes())
        ),
        1 => write!(
            out,
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{}",
            quoted(&text)
        ),
        2 => write!(
            out,
            "Content-Type: multipart/mixed; boundary=\"==o\"\n\n--==o\nContent-Type: multipart/alternative; boundary=\"==i\"\n\n--==i\n\
             Content-Type: text/plain; charset=utf-8\n\n{text}\n--==i\nContent-Type: text/html\n\n<p>Other\n--==i--\n\
             --==o\nContent-Type: image/png\nContent-Disposition: attachment\n\nFrom\n--==o--"
        ),
        3 => write!(
            out,
            "Content-Type: text/html; charset=utf-8\n\n<html><body>{page}</body></html>"
        ),
        4 => write!(
            out,
            "Content-Type: text/plain; charset=utf-8; format=flowed\n\n{}",
            flowed(&text)
        ),
        5 => write!(out, "Content-Length: {}\n\n{text}", text.len()),
        _ => write!(out, "\n{text}"),
    };
    out + "\n\n"
}

fn reversed(ids: &[String]) -> String {
    let ids: Vec<_> = ids.iter().rev().map(String::as_str).collect();
    ids.join(" ")
}

/// Breaks lines behind spaces, as `format=flowed` does.
fn flowed(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.replace(" a", " \na").replace("\n ", "\n  "));
    lines.collect::<Vec<_>>().join("\n")
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = bytes.chunks(3).map(|chunk| {
        let number = (0..3).fold(0, |number, at| {
            number << 8 | usize::from(*chunk.get(at).unwrap_or(&0))
        });
        let letter = |at: usize| match at <= chunk.len() {
            true => char::from(LETTERS[number >> (18 - 6 * at) & 63]),
            false => '=',
        };
        (0..4).map(letter).collect::<String>()
    });
    groups.collect()
}

fn quoted(text: &str) -> String {
    let letters = text.bytes().map(|byte| match byte {
        b'\n' => "\n".to_owned(),
        b' ' | b'.' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => format!("{}=\n", char::from(byte)),
        byte => format!("={byte:02X}"),
    });
    letters.collect()
}

fn read(page: &[u8], id: &str) -> Vec<Thread> {
    let head = &page[..page.len().min(source::HEAD)];
    let source = source::detect(head).expect("the archive is recognized");
    assert_eq!(source.id(), id);
    source
        .threads(Box::new(page))
        .map(|thread| thread.expect("a good archive"))
        .collect()
}

fn assert_trees(threads: &[Thread], posts: &[Post]) {
    let trees = trees(posts);
    assert_eq!(threads.len(), trees.len());
    for (thread, tree) in threads.iter().zip(&trees) {
        assert_shows(thread, tree, TELLS);
        assert_eq!(thread.id, tree[0].id.to_string());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn mailboxes(posts in forests(30)) {
        assert_trees(&read(&archive(&posts, plain), "mbox"), &posts);
        assert_trees(&read(&archive(&posts, varied), "mbox"), &posts);
        let lines = String::from_utf8(archive(&posts, plain)).expect("text").replace('\n', "\r\n");
        assert_trees(&read(lines.as_bytes(), "mbox"), &posts);
    }

    #[test]
    fn months(posts in forests(30)) {
        assert_trees(&read(&archive(&posts, month), "pipermail"), &posts);
        let twice = [archive(&posts, month), archive(&posts, month)].concat();
        assert_trees(&read(&twice, "pipermail"), &posts);
    }

    #[test]
    fn framed_files(posts in forests(20)) {
        let framed: String = posts
            .iter()
            .map(|post| {
                let message = plain(&posts, post);
                let (_, message) = message.split_once('\n').expect("a message");
                source::mail_frame(message.len()) + message + "\n"
            })
            .collect();
        assert_trees(&read(framed.as_bytes(), "mbox"), &posts);
    }

    #[test]
    fn single_messages(posts in forests(1)) {
        let message = varied(&posts, &posts[0]);
        let (_, message) = message.split_once('\n').expect("a message");
        assert_trees(&read(message.as_bytes(), "message"), &posts);
    }

    /// A message that quotes another one says so in its blocks, and the words are found there.
    #[test]
    fn quotations(posts in forests(20)) {
        let quoting = |posts: &[Post], post: &Post| {
            let message = plain(posts, post);
            let Some(parent) = post.parent else { return message };
            let (head, own) = message.split_once("\n\n").expect("a body");
            let quoted = posts[parent].text().replace('\n', "\n> ");
            format!("{head}\n\nOn Monday, {} wrote:\n> {quoted}\n\n{own}", posts[parent].author)
        };
        let threads = read(&archive(&posts, quoting), "mbox");
        for comment in threads.iter().flat_map(|thread| thread.iter().map(move |(idx, _)| (thread, idx))) {
            let (thread, idx) = comment;
            let Some(parent) = thread.tree.parent(idx) else { continue };
            let kinds: Vec<_> = thread.comment(idx).body.blocks.iter().map(|block| block.kind).collect();
            prop_assert_eq!(&kinds[..2], [BlockKind::Attribution, BlockKind::Quote]);
            let origins: Vec<_> = thread.quotations_in(idx).iter().map(|quotation| quotation.origin).collect();
            prop_assert!(origins.contains(&Origin::Comment(parent)), "{origins:?}");
        }
    }
}

#[test]
fn messages_without_references_are_joined_by_their_subject_if_asked() {
    let posts = super::forest::forest(6);
    let bare = |posts: &[Post], post: &Post| {
        let references = references(posts, post).join("\n ");
        let subject = format!("Subject: {}", subject(posts, post));
        plain(posts, post).replace(&format!("References: {references}"), &subject)
    };
    let page = archive(&posts, bare);
    let source = source::by_id("mbox").expect("a source");
    let count = |subject_threads| {
        let options = Options {
            subject_threads,
            ..Options::default()
        };
        source
            .threads_with(Box::new(page.as_slice()), &options)
            .count()
    };
    assert_eq!(count(false), 6);
    assert!(count(true) < 6);
}

#[test]
fn a_chain_of_fifty_thousand_messages_is_one_thread() {
    let posts = super::forest::chain(50_000);
    for board in [&MBOX, &PIPERMAIL] {
        let thread = read_as(&(board.page)(&posts), board.source).expect("a thread");
        assert_eq!(thread.comments.len(), 50_000);
        assert_eq!(thread.comments[49_999].depth, 49_999);
    }
}
