//! Dumps of Reddit by Pushshift and Arctic Shift: a comment or a submission a line, in any order.
//!
//! A dump may hold far more than fits into memory, and the comments of one thread may stand anywhere in
//! it. [`spool`] therefore sorts its lines by thread into temporary files first. At any time memory
//! holds, besides fixed buffers:
//!
//! - while lines are sorted, the one line that was read last;
//! - while one of the [`spool::PARTS`] parts is put in order, 24 bytes for each line of that part, the ids
//!   of its threads, and one line;
//! - while threads are given out, the lines of one thread, and the thread.
//!
//! The disk holds the dump up to twice, in the folder for temporary files (`TMPDIR`).

mod spool;

use super::{
    Feature, HEAD, Page, Source, Threads, Witness,
    deep_json::{Json, Value},
    lines::Lines,
    recognize,
    reddit::{
        gathering::Gathering,
        object::{self, Frame, Thing},
    },
};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    thread::{Thread, ThreadBuilder, codes},
};
use spool::{Group, Sorted, Spool};
use std::io::BufRead;

pub(super) static SOURCE: RedditDump = RedditDump;

/// See the module.
#[derive(Debug)]
pub(super) struct RedditDump;

/// A comment has at most 40,000 letters; a line beyond this size is no comment.
const LINE_LIMIT: usize = 16 << 20;

/// Lines that are no comment are reported one by one up to this number, then counted.
const ERRORS: usize = 100;

impl Source for RedditDump {
    fn id(&self) -> &'static str {
        "reddit-dump"
    }

    fn summary(&self) -> &'static str {
        "dumps of Reddit (Pushshift, Arctic Shift): a comment or a submission a line"
    }

    fn reads(&self) -> &'static [Feature] {
        use Feature::{Authors, Deleted, Scores, Times, Tree};
        &[Tree, Authors, Times, Scores, Deleted]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let text = recognize::text(head);
        let line = text.lines().next().unwrap_or_default();
        let whole = line.len() < text.len() || head.len() < HEAD;
        if !line.starts_with('{') || !line.contains("\"subreddit") {
            return false;
        }
        let json = Json::first(line);
        let bare = json.documents().next().and_then(bare);
        bare.is_some() && (json.broken.is_none() || !whole)
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        Box::new(
            std::iter::once_with(|| sort(input)).flat_map(|(errors, sorted)| {
                let threads = sorted
                    .into_iter()
                    .flatten()
                    .map(|group| group.and_then(thread));
                errors.into_iter().map(Err).chain(threads)
            }),
        )
    }
}

/// A line's comment or submission; answers of the board wrap theirs in a kind and are another source's.
fn bare(value: Value<'_>) -> Option<Thing<'_>> {
    let wrapped = value.get("kind").is_some() && value.get("data").is_some();
    Thing::of(value).filter(|_| !wrapped)
}

/// The id of the thread that a line belongs to.
fn thread_of(line: &str) -> Option<String> {
    let json = Json::first(line.trim_start_matches('\u{feff}'));
    if json.broken.is_some() {
        return None;
    }
    match bare(json.documents().next()?)? {
        Thing::Comment(comment) => object::link_id(comment),
        Thing::Link(link) => object::id(link),
        Thing::More(_) => None,
    }
}

/// Sorts the lines by thread; what is wrong comes with it.
fn sort(input: Box<dyn BufRead + '_>) -> (Vec<Error>, Option<Sorted>) {
    let mut spool = Spool::default();
    let mut errors = Vec::new();
    let mut left_out = 0_usize;
    let mut last = 0;
    for (number, line) in Lines::new(input, LINE_LIMIT) {
        last = number;
        let read = line.and_then(|line| {
            let text = String::from_utf8_lossy(&line);
            let thread = thread_of(&text).ok_or_else(|| {
                Error::new(
                    ErrorKind::Malformed,
                    "the line is no comment or submission of Reddit",
                )
                .remedy("leave it out, or check that the dump was unpacked whole")
            })?;
            Ok((thread, line))
        });
        let read = read.map_err(|error| error.at(Place::Line(number)));
        let (thread, line) = match read {
            Ok(read) => read,
            Err(error) if errors.len() < ERRORS => {
                errors.push(error);
                continue;
            }
            Err(_) => {
                left_out += 1;
                continue;
            }
        };
        if let Err(error) = spool.add(&thread, number, &line) {
            errors.push(disk(error));
            return (errors, None);
        }
    }
    if left_out > 0 {
        let cause = format!("{left_out} more lines are no comments or submissions of Reddit");
        errors.push(Error::new(ErrorKind::Malformed, cause).at(Place::Line(last)));
    }
    if spool.is_empty() && errors.is_empty() {
        let remedy = "give a dump with a comment or a submission a line";
        errors.push(Error::new(ErrorKind::Empty, "the dump holds no line").remedy(remedy));
    }
    match spool.sort() {
        Ok(sorted) => (errors, Some(sorted)),
        Err(error) => {
            errors.push(disk(error));
            (errors, None)
        }
    }
}

/// An error of the temporary files.
fn disk(error: std::io::Error) -> Error {
    let cause = format!("the lines of the dump cannot be sorted on disk: {error}");
    Error::new(ErrorKind::Io, cause)
        .remedy("set TMPDIR to a folder with as much room as twice the unpacked dump")
}

fn thread(group: Group) -> Result<Thread> {
    let mut gathering = Gathering::default();
    let mut frame = Frame::default();
    let mut stated = false;
    let mut replaced = None;
    for (number, line) in group.lines {
        let page = Page::decode(line);
        replaced = replaced.or(page.invalid_utf8.map(|_| number));
        let json = Json::first(&page.text);
        match json.documents().next().and_then(bare) {
            Some(Thing::Link(link)) if !stated => (frame, stated) = (Frame::of_link(link), true),
            Some(Thing::Comment(comment)) => {
                let (draft, odd) = object::comment(comment, None);
                if frame.url.is_none() && !stated {
                    frame = Frame::of_comment(comment);
                }
                gathering.comment(draft, odd, number);
            }
            _ => {}
        }
    }
    let mut builder = ThreadBuilder::new(SOURCE.id(), group.id);
    builder
        .url(frame.url)
        .title(frame.title)
        .article(frame.article);
    if let Some(number) = replaced {
        let message = format!("bytes that are not UTF-8 were replaced, the first in line {number}");
        builder.warn(codes::INVALID_UTF8, message, None);
    }
    gathering.finish(&mut builder);
    Ok(builder.build())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::{Parent, State};

    fn threads(text: &str) -> Vec<Result<Thread>> {
        assert!(SOURCE.detect(text.as_bytes()), "{text}");
        SOURCE.threads(Box::new(text.as_bytes())).collect()
    }

    const DUMP: &str = r#"{"id":"b","link_id":"t3_l","parent_id":"t1_a","subreddit":"x","author":"bob","body":"two","created_utc":"1536257000","score":2}
{"id":"m","title":"Second","subreddit":"x","num_comments":0,"selftext":"[removed]","permalink":"/r/x/comments/m/second/"}
{"id":"a","link_id":"t3_l","parent_id":"t3_l","subreddit":"x","author":"ada","body":"one &gt; two","created_utc":1536256980}
not json
{"id":"l","title":"First","subreddit":"x","num_comments":2,"selftext":"text","url":"https://example.org/","permalink":"/r/x/comments/l/first/"}
{"id":"b","link_id":"t3_l","parent_id":"t1_a","subreddit":"x","author":"[deleted]","body":"[deleted]"}
{"id":"c","link_id":"t3_n","parent_id":1294,"subreddit":"x","body":"","_meta":{"removal_type":"deleted"}}
"#;

    #[test]
    fn lines_in_any_order_become_threads_in_the_order_of_their_first_lines() {
        let read = threads(DUMP);
        let error = read[0].as_ref().unwrap_err();
        assert_eq!(error.place(), Some(Place::Line(4)));
        let threads: Vec<_> = read.into_iter().filter_map(Result::ok).collect();
        let ids: Vec<_> = threads.iter().map(|thread| thread.id.as_str()).collect();
        assert_eq!(ids, ["l", "m", "n"]);
        let first: Vec<_> = threads[0]
            .comments
            .iter()
            .map(|c| (c.id.as_str(), c.depth, c.state))
            .collect();
        assert_eq!(first, [("b", 1, State::Live), ("a", 0, State::Live)]);
        assert_eq!(threads[0].title.as_deref(), Some("First"));
        assert_eq!(threads[0].comments[1].body.text, "one > two");
        assert_eq!(
            threads[1].article.as_ref().and_then(|a| a.text.as_deref()),
            None
        );
        assert_eq!(threads[2].comments[0].state, State::Deleted);
        assert_eq!(
            threads[2].comments[0].parent,
            Parent::Missing(Some("zy".into()))
        );
    }

    #[test]
    fn many_bad_lines_are_counted() {
        let line = DUMP.lines().next().unwrap();
        let text = format!("{line}\n{}", "{}\n".repeat(ERRORS + 5));
        let read = threads(&text);
        let errors: Vec<_> = read.iter().filter_map(|read| read.as_ref().err()).collect();
        assert_eq!(errors.len(), ERRORS + 1);
        assert!(errors[ERRORS].to_string().contains("5 more lines"));
        assert!(read.last().is_some_and(Result::is_ok));
    }

    #[test]
    fn what_is_no_dump_is_left_alone() {
        for text in [
            r#"{"kind": "t1", "data": {"id": "a", "link_id": "t3_l", "subreddit": "x", "body": "y"}}"#,
            r#"{"id": "a", "parent_id": "b", "body": "x", "subreddit": "y"}"#,
            "{\"id\": \"a\",\n\"link_id\": \"t3_l\", \"subreddit\": \"x\", \"body\": \"y\"}",
        ] {
            assert!(!SOURCE.detect(text.as_bytes()), "{text}");
        }
    }
}
