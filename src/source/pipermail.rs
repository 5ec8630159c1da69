//! The months of Pipermail's archives as text (`2008-April.txt`), which hide addresses and escape nothing.

use super::{
    Feature, Source, Threads, Witness,
    mail::{
        Letter,
        archive::{self, Manner},
        headers::{self, Headers},
    },
    mbox::split::{self, Messages, Rule},
};
use std::io::BufRead;

pub(super) static SOURCE: Pipermail = Pipermail;

/// See the module.
#[derive(Debug)]
pub(super) struct Pipermail;

impl Source for Pipermail {
    fn id(&self) -> &'static str {
        "pipermail"
    }

    fn summary(&self) -> &'static str {
        "a month of a Pipermail archive as text"
    }

    fn reads(&self) -> &'static [Feature] {
        &[Feature::Tree, Feature::Authors, Feature::Times]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    /// Other archivers hide addresses, too, but leave the fields of the parts that Pipermail made text of.
    fn detect(&self, head: &[u8]) -> bool {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let head = head.trim_ascii_start();
        let envelope = headers::line(head);
        let hidden = envelope.windows(4).any(|window| window == b" at ");
        let message = Headers::read(&head[envelope.len()..]);
        split::begins(head, Rule::Pipermail)
            && hidden
            && message.raw("from").is_some()
            && message.count(&["mime-version", "content-type", "received"]) == 0
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        let manner = Manner {
            source: SOURCE.id(),
            by_subject: true,
        };
        let messages = Messages::new(input, Rule::Pipermail);
        let letters = messages.map(|message| {
            message.map(|message| Letter::read(&message.raw, message.envelope.as_deref()))
        });
        archive::threads(letters, manner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONTH: &str = "From ada at a.example  Tue Apr  1 07:35:05 2008\nFrom: ada at a.example (Ada)\nDate: Tue Apr  1 07:36:46 2008\nSubject: [keys] Rotate\nMessage-ID: <1@a.example>\n\nRotate them.\n\nFrom here on\nFrom now on: never.\n\n\nFrom bob at a.example  Tue Apr  1 08:35:05 2008\nFrom: bob at a.example (Bob)\nDate: Tue Apr  1 08:36:46 2008\nSubject: [keys] Rotate\nMessage-ID: 2@a.example\n\n> Rotate them.\n\nWhy?\n";

    #[test]
    fn a_month_with_lines_that_nothing_escapes() {
        assert!(SOURCE.detect(MONTH.as_bytes()));
        let threads: Vec<_> = SOURCE
            .threads(Box::new(MONTH.as_bytes()))
            .flatten()
            .collect();
        assert_eq!(threads.len(), 1);
        let thread = &threads[0];
        assert_eq!(
            thread.comments[0].body.text,
            "Rotate them.\n\nFrom here on\nFrom now on: never."
        );
        assert_eq!(thread.comments[1].depth, 1);
        let author = thread.comments[1].author.as_ref();
        assert_eq!(
            author.and_then(|author| author.id.as_deref()),
            Some("bob@a.example")
        );
        assert_eq!(thread.quotations.len(), 1);
    }

    #[test]
    fn other_archives_are_left_to_other_sources() {
        let sent = MONTH.replace("Subject:", "MIME-Version: 1.0\nSubject:");
        assert!(!SOURCE.detect(sent.as_bytes()));
        assert!(!SOURCE.detect(MONTH.replace(" at ", "@").as_bytes()));
        assert!(!SOURCE.detect(b"From here to there"));
    }
}
