//! Makes threads of the messages of an archive.

use super::{
    super::{
        Threads,
        inferred::FIRST_OF_SUBJECT,
        threading::{self, Above, Group, Link},
    },
    Letter,
};
use crate::{
    error::{Error, ErrorKind, Result},
    thread::{CommentIdx, Draft, ParentRef, Thread, ThreadBuilder, codes},
};
use std::collections::HashMap;

/// How the messages of an archive become threads.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Manner {
    /// The source that reads them.
    pub(in super::super) source: &'static str,
    /// Whether messages of one subject are one thread, where nothing else tells.
    pub(in super::super) by_subject: bool,
}

/// The threads of an archive. Who answers whom is known when all is read: the texts of its messages, without
/// attachments, are held in memory until their thread is made.
pub(in super::super) fn threads<'a>(
    messages: impl Iterator<Item = Result<Letter>> + 'a,
    manner: Manner,
) -> Threads<'a> {
    let whole = std::iter::once_with(move || Assembler::read(messages, manner));
    Box::new(whole.flatten())
}

/// The threads of an archive that is read, made one by one.
struct Assembler {
    manner: Manner,
    letters: Vec<Option<Letter>>,
    /// How often each message was in the archive.
    copies: Vec<usize>,
    above: Vec<Above>,
    groups: std::vec::IntoIter<Group>,
    ids: Vec<String>,
    error: Option<Error>,
}

impl Assembler {
    fn read(messages: impl Iterator<Item = Result<Letter>>, manner: Manner) -> Self {
        let mut letters: Vec<Letter> = Vec::new();
        let mut copies = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut error = None;
        for message in messages {
            let letter = match message {
                Ok(letter) => letter,
                Err(other) => {
                    error = Some(other);
                    break;
                }
            };
            match places.get(&letter.id) {
                Some(&at) => {
                    copies[at] += 1;
                    complete(&mut letters[at], letter);
                }
                None => {
                    places.insert(letter.id.clone(), letters.len());
                    letters.push(letter);
                    copies.push(1);
                }
            }
        }
        if letters.is_empty() && error.is_none() {
            let remedy =
                "check that it is a mailbox with messages, or name another source with --source";
            error = Some(
                Error::new(ErrorKind::Malformed, "the archive holds no message").remedy(remedy),
            );
        }
        let links: Vec<_> = letters.iter_mut().map(link).collect();
        let (above, groups) = threading::thread(&links, manner.by_subject);
        Self {
            manner,
            letters: letters.into_iter().map(Some).collect(),
            copies,
            above,
            groups: groups.into_iter(),
            ids: links.into_iter().map(|link| link.id).collect(),
            error,
        }
    }

    fn thread(&mut self, group: Group) -> Thread {
        let mut builder = ThreadBuilder::new(self.manner.source, group.root.clone());
        let first = group
            .members
            .iter()
            .copied()
            .find(|&at| self.ids[at] == group.root);
        let first = first.or_else(|| group.members.first().copied());
        let start = first.and_then(|at| self.letters[at].as_ref());
        let subject = start.and_then(|letter| letter.subject.as_deref());
        let title = subject.map(|subject| threading::without_prefixes(subject, false).to_owned());
        builder.title(title);
        builder.url(start.and_then(|letter| letter.url.clone()));
        for (place, &at) in group.members.iter().enumerate() {
            let Some(letter) = self.letters[at].take() else {
                continue;
            };
            let idx = Some(CommentIdx::new(place));
            let parent = match &self.above[at] {
                Above::Nothing => ParentRef::Root,
                Above::Message(above) | Above::First(above) => {
                    ParentRef::Id(self.ids[*above].clone())
                }
                Above::Ghost(id) => ParentRef::Id(id.clone()),
            };
            if self.copies[at] > 1 {
                let (id, copies) = (&self.ids[at], self.copies[at]);
                let message = format!(
                    "the message `{id}` is {copies} times in the archive; the first copy is kept"
                );
                builder.warn(codes::DUPLICATE_ID, message, idx);
            }
            let is_guess = matches!(self.above[at], Above::First(_));
            let place = Draft {
                id: self.ids[at].clone(),
                parent,
                inferred: is_guess.then_some(FIRST_OF_SUBJECT),
                ..Draft::default()
            };
            push(&mut builder, letter, place, idx);
        }
        builder.build()
    }
}

impl Iterator for Assembler {
    type Item = Result<Thread>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.groups.next() {
            Some(group) => Some(Ok(self.thread(group))),
            None => self.error.take().map(Err),
        }
    }
}

/// Takes from a second copy of a message what the first one lacks.
fn complete(first: &mut Letter, copy: Letter) {
    if first.content.is_blank() {
        first.content = copy.content;
    }
    if first.references.is_empty() && first.in_reply_to.is_none() {
        first.references = copy.references;
        first.in_reply_to = copy.in_reply_to;
    }
}

fn link(letter: &mut Letter) -> Link {
    Link {
        id: letter.id.clone(),
        references: std::mem::take(&mut letter.references),
        in_reply_to: letter.in_reply_to.take(),
        doubtful: std::mem::take(&mut letter.doubtful),
        subject: letter.subject_key(),
    }
}

/// Adds a message to its thread.
pub(in super::super) fn push(
    builder: &mut ThreadBuilder,
    letter: Letter,
    place: Draft,
    idx: Option<CommentIdx>,
) {
    let id = &place.id;
    let (body, flattened) = letter.content.body();
    for (code, message) in letter.odd {
        builder.warn(code, format!("message `{id}`: {message}"), idx);
    }
    if flattened {
        let message = format!("message `{id}` nests too deeply to be read as it is");
        builder.warn(codes::GUESSED_STRUCTURE, message, idx);
    }
    builder.push(Draft {
        author: letter.author,
        title: letter.subject,
        posted: letter.posted,
        body,
        ..place
    });
}
