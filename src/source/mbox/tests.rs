//! Mailboxes as programs write them, and as they should not be.

use super::*;
use crate::thread::Thread;

fn read(text: &str) -> Vec<Thread> {
    SOURCE
        .threads(Box::new(text.as_bytes()))
        .flatten()
        .collect()
}

/// A message with its id, the id that it answers, and its text.
fn message(id: &str, parent: &str, text: &str) -> String {
    format!(
        "From ada@a.example Tue Apr  1 07:35:05 2008\nFrom: Ada <ada@a.example>\nSubject: Re: Keys\nDate: Tue, 1 Apr 2008 07:36:46 +0200\nMessage-ID: <{id}>\nReferences: <{parent}>\n\n{text}\n\n"
    )
}

fn texts(threads: &[Thread]) -> Vec<&str> {
    let comments = threads.iter().flat_map(|thread| &thread.comments);
    comments.map(|comment| comment.body.text.as_str()).collect()
}

#[test]
fn messages_and_lines_that_only_look_like_their_start() {
    let words = "From now on:\n\nFrom here to there\nit rains.\n\nFrom Ada at 10:30 to Bob\nsaid";
    let text = message("1", "", words) + &message("2", "1", "> a\n>From b\n\n>From c");
    let threads = read(&text);
    assert_eq!(texts(&threads), [words, "> a\n>From b\n\nFrom c"]);
    assert_eq!(threads[0].title.as_deref(), Some("Keys"));
}

#[test]
fn lines_before_messages_in_all_forms() {
    for line in [
        "From ada@a.example Tue Apr  1 07:35:05 2008",
        "From - Tue Apr 01 07:35:05 2008",
        "From 1234@xxx Tue Apr 01 07:35:05 +0000 2008",
        "From mboxrd@z Thu Jan  1 00:00:00 1970",
        "From -8571734398126425733",
        "From ada at a.example Tue Apr  1 07:35:05 2008",
        "From 0123456789abcdef Mon Sep 17 00:00:00 2001",
    ] {
        let text = format!(
            "{line}\nFrom: a\nMessage-ID: <1>\n\nx\n\n{line}\nX-Y: 1\nFrom: b\nMessage-ID: <2>\n\ny\n"
        );
        assert!(SOURCE.detect(text.as_bytes()), "{line}");
        assert_eq!(texts(&read(&text)), ["x", "y"], "{line}");
        assert_eq!(
            texts(&read(&text.replace('\n', "\r\n"))),
            ["x", "y"],
            "{line}"
        );
    }
}

#[test]
fn other_texts_are_no_mailboxes() {
    for text in [
        "From here on:\nit rains",
        "From: a\nTo: b\n",
        "From a",
        "",
        "From ada 10:30 is\n\nx",
    ] {
        assert!(!SOURCE.detect(text.as_bytes()), "{text}");
    }
    assert!(
        SOURCE
            .threads(Box::new(&b""[..]))
            .next()
            .is_some_and(|result| result.is_err())
    );
}

#[test]
fn a_stated_length_holds_if_a_message_ends_there() {
    let inner = "A\n\nFrom b@a.example Tue Apr  1 07:35:05 2008\nFrom: no\n\n>From x";
    let with = |len: usize| {
        let head = "From a Tue Apr  1 07:35:05 2008\nFrom: a\nMessage-ID: <1>\n";
        format!(
            "{head}Content-Length: {len}\n\n{inner}\n\n{}",
            message("2", "1", "B")
        )
    };
    assert_eq!(texts(&read(&with(inner.len()))), [inner, "B"]);
    assert_eq!(
        read(&with(7))
            .iter()
            .map(|thread| thread.comments.len())
            .sum::<usize>(),
        3
    );
    assert_eq!(read(&with(1 << 40)).len(), 2);
}

#[test]
fn framed_messages_are_read_as_they_are() {
    let hostile = "From: a\nMessage-ID: <1>\n\nFrom maildir@rejoinder.invalid Content-Length=3\n\nFrom x Tue Apr  1 07:35:05 2008\nFrom: b\n";
    let text = format!(
        "{}{hostile}\n{}",
        split::mail_frame(hostile.len()),
        split::mail_frame(9_999_999) + "From: b\n\nlast"
    );
    assert!(SOURCE.detect(text.as_bytes()));
    let threads = read(&text);
    assert_eq!(threads.len(), 2);
    assert!(threads[0].comments[0].body.text.ends_with("From: b"));
    assert_eq!(threads[1].comments[0].body.text, "last");
}

#[test]
fn copies_of_a_message_are_one_comment() {
    let threads =
        read(&(message("1", "", "A") + &message("1", "0", "B") + &message("2", "1", "C")));
    assert_eq!(texts(&threads), ["A", "C"]);
    let codes: Vec<_> = threads[0]
        .warnings
        .iter()
        .map(|warning| warning.code.as_ref())
        .collect();
    assert!(codes.contains(&codes::DUPLICATE_ID));
}

#[test]
fn subjects_bring_messages_together_only_if_asked() {
    let text = message("1", "", "A") + &message("2", "", "B");
    assert_eq!(read(&text).len(), 2);
    let options = Options {
        subject_threads: true,
        ..Options::default()
    };
    let threads = SOURCE.threads_with(Box::new(text.as_bytes()), &options);
    assert_eq!(threads.count(), 1);
}

#[test]
fn long_messages_are_cut_and_told() {
    let long = "x".repeat(1000) + "\n";
    let text =
        message("1", "", &long.repeat((split::LONGEST >> 10) + 70_000)) + &message("2", "1", "B");
    let messages: Vec<_> = split::Messages::new(text.as_bytes(), Rule::Mailbox)
        .flatten()
        .collect();
    assert_eq!(messages.len(), 2);
    assert!(messages[0].cut && messages[0].raw.len() == split::LONGEST);
}

/// Fails once it has given its text, as a cut gzip stream does.
struct Broken(&'static [u8]);

impl std::io::Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.0.is_empty() {
            true => Err(std::io::ErrorKind::UnexpectedEof.into()),
            false => self.0.read(buffer),
        }
    }
}

#[test]
fn a_stream_that_fails_gives_what_was_read_before() {
    let text = message("1", "", "A") + &message("2", "", "B");
    let broken = Broken(Box::leak(text.into_boxed_str()).as_bytes());
    let results: Vec<_> = SOURCE
        .threads(Box::new(std::io::BufReader::new(broken)))
        .collect();
    assert!(results.last().is_some_and(Result::is_err));
}
