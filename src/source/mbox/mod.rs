//! Mailboxes: messages one after another, each behind a line that begins with `From `.
//!
//! What programs do to lines of messages that begin so differs, and files do not say which program wrote
//! them. [`split`] parts the messages, [`escape`] gives quoted `From ` lines back.

mod escape;
pub(super) mod split;

use super::{
    Feature, Options, Source, Threads, Witness,
    mail::{
        Letter,
        archive::{self, Manner},
        headers::Headers,
    },
};
use crate::thread::codes;
use split::{Messages, Rule};
use std::io::BufRead;

pub(super) static SOURCE: Mbox = Mbox;

/// See the module.
#[derive(Debug)]
pub(super) struct Mbox;

impl Source for Mbox {
    fn id(&self) -> &'static str {
        "mbox"
    }

    fn summary(&self) -> &'static str {
        "a mailbox (mbox), or a Maildir folder"
    }

    fn reads(&self) -> &'static [Feature] {
        &[Feature::Tree, Feature::Authors, Feature::Times]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        split::begins(head, Rule::Mailbox)
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        self.threads_with(input, &Options::default())
    }

    fn threads_with<'a>(&self, input: Box<dyn BufRead + 'a>, options: &Options) -> Threads<'a> {
        let manner = Manner {
            source: SOURCE.id(),
            by_subject: options.subject_threads,
        };
        let messages = Messages::new(input, Rule::Mailbox);
        let letters =
            messages.filter_map(|message| message.map(|message| letter(&message)).transpose());
        archive::threads(letters, manner)
    }
}

/// A message taken apart; none where words stand before the first message of a mailbox.
fn letter(message: &split::Message) -> Option<Letter> {
    if message.envelope.is_none() && Headers::read(&message.raw).is_empty() {
        return None;
    }
    let unescaped = escape::undo(message);
    let raw = unescaped.as_deref().unwrap_or(&message.raw);
    let mut letter = Letter::read(raw, message.envelope.as_deref());
    if message.cut {
        let words = format!(
            "what lies beyond {} MiB of it was left out",
            split::LONGEST >> 20
        );
        letter.odd.push((codes::BAD_VALUE, words));
    }
    Some(letter)
}

#[cfg(test)]
mod tests;
