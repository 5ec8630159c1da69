//! One message as mailers save it (RFC 5322): a thread of one comment, or of the message alone.

use super::{
    Feature, Source, Threads, Witness,
    mail::{
        Letter,
        archive::{self, Manner},
        headers::Headers,
    },
};
use std::io::{BufRead, Read};

pub(super) static SOURCE: Message = Message;

/// Bytes of a message that are read; its text is at the front.
const LONGEST: u64 = 256 << 20;

/// See the module.
#[derive(Debug)]
pub(super) struct Message;

impl Source for Message {
    fn id(&self) -> &'static str {
        "message"
    }

    fn summary(&self) -> &'static str {
        "one mail or news article (RFC 5322)"
    }

    fn reads(&self) -> &'static [Feature] {
        &[Feature::Tree, Feature::Authors, Feature::Times]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let headers = Headers::read(head);
        let known = [
            "to",
            "subject",
            "received",
            "return-path",
            "mime-version",
            "content-type",
            "delivered-to",
            "references",
            "in-reply-to",
            "newsgroups",
            "path",
            "list-id",
            "cc",
        ];
        let begins = head.first().is_some_and(u8::is_ascii_alphabetic);
        let dated = headers.count(&["date", "message-id"]) > 0;
        begins && dated && headers.raw("from").is_some() && headers.count(&known) > 0
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        let manner = Manner {
            source: SOURCE.id(),
            by_subject: false,
        };
        let letter = std::iter::once_with(move || {
            let mut raw = Vec::new();
            input.take(LONGEST).read_to_end(&mut raw)?;
            let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&raw);
            let headers = Headers::read(raw);
            Ok((!headers.is_empty()).then(|| Letter::read(raw, None)))
        });
        archive::threads(letter.filter_map(Result::transpose), manner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> crate::thread::Thread {
        let mut threads = SOURCE.threads(Box::new(text.as_bytes()));
        threads.next().expect("a thread").expect("a message")
    }

    #[test]
    fn one_message_is_one_comment() {
        let text = "From: Ada <ada@a.example>\nDate: Tue, 1 Apr 2008 07:36:46 +0200\nSubject: Re: Keys\nMessage-ID: <2@a.example>\nIn-Reply-To: <1@a.example>\n\nRotate them.\n";
        assert!(SOURCE.detect(text.as_bytes()));
        let thread = read(text);
        assert_eq!(
            (thread.id.as_str(), thread.title.as_deref()),
            ("1@a.example", Some("Keys"))
        );
        assert_eq!(thread.comments[0].id, "2@a.example");
        assert_eq!(thread.comments[0].body.text, "Rotate them.");
        assert_eq!(thread.warnings.len(), 1);
    }

    #[test]
    fn other_texts_with_colons_are_no_messages() {
        for text in [
            "title: x\ndate: today\n\nWords",
            "From: a\nTo: b\n\nWords",
            "HTTP/1.1 200 OK\nDate: x\nFrom: y\n\n",
            "<html>",
            "",
        ] {
            assert!(!SOURCE.detect(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_is_no_message_is_an_error() {
        let mut threads = SOURCE.threads(Box::new(&b"only words"[..]));
        assert!(threads.next().expect("a result").is_err());
    }
}
