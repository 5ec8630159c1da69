//! Threads of news groups as Markdown: an archive that writes each thread as a file, each message with its
//! headers as a list and its text as fenced code.
//!
//! Headings show depth by arrows, of which there are three at most; a line below them tells a greater depth.
//! Where references name a message of the file, they say what is answered.

use super::{
    Feature, Page, Source, Threads, Witness,
    mail::fields,
    page,
    threading::{self, Above, Link},
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::mail,
    thread::{CommentIdx, Draft, ParentRef, Thread, ThreadBuilder, codes},
};
use std::{borrow::Cow, collections::HashMap, io::BufRead};

pub(super) static SOURCE: UsenetMarkdown = UsenetMarkdown;

/// See the module.
#[derive(Debug)]
pub(super) struct UsenetMarkdown;

impl Source for UsenetMarkdown {
    fn id(&self) -> &'static str {
        "usenet-markdown"
    }

    fn summary(&self) -> &'static str {
        "a thread of a news group as Markdown"
    }

    fn reads(&self) -> &'static [Feature] {
        &[Feature::Tree, Feature::Authors, Feature::Times]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let text = String::from_utf8_lossy(head);
        let begins = |lead: &str| text.lines().any(|line| line.starts_with(lead));
        begins("- **Message-ID:**")
            && begins("- **From:**")
            && begins("- **Newsgroups:**")
            && begins("### ")
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// A message as it stands in the file.
#[derive(Default)]
struct Message<'a> {
    /// Replies above it, as the heading or the line below it says.
    depth: usize,
    subject: &'a str,
    /// The values of its list, by name.
    fields: HashMap<&'a str, &'a str>,
    text: String,
}

impl<'a> Message<'a> {
    fn field(&self, name: &str) -> Option<&'a str> {
        self.fields.get(name).copied()
    }
}

fn read(page: &Page) -> Result<Thread> {
    let lines: Vec<_> = page.text.lines().collect();
    let messages = messages(&lines);
    if messages.is_empty() {
        let remedy = "check that the file holds the messages, not an index of threads";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no message").remedy(remedy));
    }
    let ids = ids(&messages);
    let links: Vec<_> = messages
        .iter()
        .zip(&ids)
        .map(|(message, id)| link(message, id))
        .collect();
    let (above, _) = threading::thread(&links, false);
    let title = lines
        .iter()
        .find_map(|line| line.strip_prefix("# "))
        .map(|title| title.trim().to_owned());
    let first = ids.first().cloned().unwrap_or_default();
    let mut builder = ThreadBuilder::new(SOURCE.id(), first);
    builder.title(title);
    page.warn_if_damaged(&mut builder);
    // The last message at each depth.
    let mut open: Vec<usize> = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        open.truncate(message.depth);
        let shown = open.last().copied();
        let parent = match (&above[at], shown) {
            (Above::Message(above) | Above::First(above), _) => ParentRef::Id(ids[*above].clone()),
            // References that lead nowhere, below a message that is there.
            (_, Some(shown)) => ParentRef::Id(ids[shown].clone()),
            (Above::Ghost(id), None) => ParentRef::Id(id.clone()),
            (Above::Nothing, None) => ParentRef::Root,
        };
        if open.len() == message.depth {
            open.push(at);
        }
        let date = message.field("Date");
        let posted = date.and_then(fields::date);
        if let Some(date) = date.filter(|_| posted.is_none()) {
            let text = format!("message `{}` has the date `{date}`, which is none", ids[at]);
            builder.warn(codes::BAD_VALUE, text, Some(CommentIdx::new(at)));
        }
        builder.push(Draft {
            id: ids[at].clone(),
            parent,
            author: fields::author(&mut |name| {
                message
                    .field("From")
                    .filter(|_| name == "from")
                    .map(str::to_owned)
            }),
            title: Some(message.subject.to_owned()).filter(|subject| !subject.is_empty()),
            posted,
            body: mail::body(&message.text),
            ..Draft::default()
        });
    }
    Ok(builder.build())
}

/// The ids of messages; one without an id is called by its number.
fn ids(messages: &[Message<'_>]) -> Vec<String> {
    let ids = messages.iter().enumerate().map(|(at, message)| {
        let stated = message.field("Message-ID").map(fields::ids);
        stated
            .into_iter()
            .flatten()
            .next()
            .unwrap_or_else(|| (at + 1).to_string())
    });
    ids.collect()
}

fn link(message: &Message<'_>, id: &str) -> Link {
    Link {
        id: id.to_owned(),
        references: message
            .field("References")
            .map(fields::ids)
            .unwrap_or_default(),
        ..Link::default()
    }
}

/// The messages of the file: each a heading, a list of fields, and a fence that the next heading or the end
/// of the file follows.
fn messages<'a>(lines: &[&'a str]) -> Vec<Message<'a>> {
    let starts: Vec<_> = (0..lines.len()).filter(|&at| begins(lines, at)).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| message(&lines[start..end]))
        .collect()
}

/// Whether a message begins at a line: a heading, and the list of its fields behind it, with nothing between
/// them but its depth.
fn begins(lines: &[&str], at: usize) -> bool {
    const GAP: usize = 6;
    let heading =
        lines[at].starts_with("###") && lines[at].trim_start_matches('#').starts_with(' ');
    let between = |line: &&&str| line.trim().is_empty() || stated_depth(line).is_some();
    let mut next = lines[at + 1..].iter().take(GAP).skip_while(between);
    heading
        && next
            .next()
            .is_some_and(|line| line.starts_with("- **From:**"))
}

/// "_(reply depth: 5)_"
fn stated_depth(line: &str) -> Option<usize> {
    let number = line
        .trim()
        .strip_prefix("_(reply depth:")?
        .strip_suffix(")_")?;
    number.trim().parse().ok()
}

fn message<'a>(lines: &[&'a str]) -> Message<'a> {
    let mut message = Message::default();
    let heading = lines
        .first()
        .copied()
        .unwrap_or_default()
        .trim_start_matches('#')
        .trim();
    message.subject = heading.trim_start_matches(['↳', ' ']);
    message.depth = heading[..heading.len() - message.subject.len()]
        .matches('↳')
        .count();
    let mut rest = lines.iter().copied().enumerate().skip(1);
    let fence = rest.by_ref().find_map(|(at, line)| {
        if let Some((name, value)) = line
            .strip_prefix("- **")
            .and_then(|line| line.split_once(":**"))
        {
            let value = value.trim().trim_matches('`').trim();
            message.fields.insert(name, value);
        }
        message.depth = stated_depth(line).unwrap_or(message.depth);
        let ticks = line.len() - line.trim_start_matches('`').len();
        (ticks >= 3).then(|| (at, &line[..ticks]))
    });
    if let Some((open, fence)) = fence {
        let inner = &lines[open + 1..];
        let close = inner.iter().rposition(|line| line.trim_end() == fence);
        let lines = &inner[..close.unwrap_or(inner.len())];
        let lines: Vec<_> = lines.iter().map(|line| quoted(line)).collect();
        message.text = lines.join("\n");
    }
    message
}

/// A line as it was written, or the archive's own line in place of quoted lines that it left out, as a part
/// of the quotation: "…[23 more quoted lines elided]…".
fn quoted(line: &str) -> Cow<'_, str> {
    let count = line
        .trim()
        .strip_prefix("…[")
        .and_then(|rest| rest.strip_suffix(" elided]…"))
        .and_then(|rest| {
            rest.strip_suffix(" more quoted lines")
                .or(rest.strip_suffix(" more quoted line"))
        });
    match count.is_some_and(|count| count.bytes().all(|byte| byte.is_ascii_digit())) {
        true => format!("> {line}").into(),
        false => line.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::BlockKind;

    const THREAD: &str = "# Rotate\n\n_3 messages_\n\n---\n\n### Rotate\n\n- **From:** ada@a.example (Ada)\n- **Date:** 2012-12-05T15:40:41-08:00\n- **Newsgroups:** comp.keys\n- **Message-ID:** `<1@a.example>`\n\n```\nRotate them.\n```\n\n#### ↳ Re: Rotate\n\n- **From:** Bob <bob@a.example>\n- **Newsgroups:** comp.keys\n- **Message-ID:** `<2@a.example>`\n- **References:** `<0@a.example> <1@a.example>`\n\n````\nAda wrote:\n>Rotate them.\n\n```\nls\n```\n````\n\n#### ↳ Re: Rotate\n\n- **From:** Eve\n- **Message-ID:** `<3@a.example>`\n\n```\nNo.\n```\n\n---\n\n[Index](x)\n";

    fn read_text(text: &str) -> Thread {
        read(&Page::decode(text.as_bytes().to_vec())).expect("a thread")
    }

    #[test]
    fn what_the_archive_left_out_of_a_quotation_is_part_of_it() {
        let text = "### Rotate\n\n- **From:** Ada\n\n```\nBob wrote:\n> [posted and emailed]\n…[23 more quoted lines elided]…\n>\n\nRotate them.\n…[sic] elided]…\n```\n";
        let body = &read_text(text).comments[0].body;
        let of = |kind| {
            let blocks = body.blocks.iter().filter(move |block| block.kind == kind);
            blocks
                .map(|block| block.span.slice(&body.text))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of(BlockKind::Quote),
            ["> [posted and emailed]\n> …[23 more quoted lines elided]…\n>"]
        );
        assert_eq!(of(BlockKind::Paragraph), ["Rotate them.\n…[sic] elided]…"]);
    }

    #[test]
    fn a_thread() {
        assert!(SOURCE.detect(THREAD.as_bytes()));
        let thread = read_text(THREAD);
        let parents: Vec<_> = thread
            .comments
            .iter()
            .map(|comment| comment.depth)
            .collect();
        assert_eq!(parents, [0, 1, 1]);
        assert_eq!(
            (thread.id.as_str(), thread.title.as_deref()),
            ("1@a.example", Some("Rotate"))
        );
        assert_eq!(
            thread.comments[1].body.text,
            "Ada wrote:\n>Rotate them.\n\n```\nls\n```"
        );
        assert_eq!(thread.quotations.len(), 1);
        assert_eq!(thread.comments[2].body.text, "No.");
        assert_eq!(
            thread.comments[0]
                .posted
                .map(|at| at.to_string())
                .as_deref(),
            Some("2012-12-05T23:40:41Z")
        );
    }

    #[test]
    fn other_markdown_is_no_thread() {
        assert!(!SOURCE.detect(b"# Title\n\n- **From:** a\n\n### Heading\n"));
        assert!(read(&Page::decode(b"# Title".to_vec())).is_err());
    }
}
