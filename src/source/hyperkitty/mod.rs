//! HyperKitty, the archive of Mailman 3: the page of a thread, or the replies that it loads as JSON
//! (`/thread/ID/replies`).
//!
//! Replies come in the order of the tree with their level, as a margin or in a comment or class; beyond
//! level five all have the same. The mail that starts the thread stands apart and is the article; the
//! replies to it are at level zero.

mod level;

use super::{
    Feature, Page, Source, Threads, Witness,
    markup::{self, attr, has_class, selector, words},
    page, recognize, time,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::{BlockKind, Body, html, html::Role, mail},
    thread::{Article, Author, CommentIdx, Draft, ParentRef, Score, Thread, ThreadBuilder, codes},
};
use scraper::{ElementRef, Selector};
use serde_json::Value;
use std::{io::BufRead, sync::LazyLock};

pub(super) static SOURCE: Hyperkitty = Hyperkitty;

/// See the module.
#[derive(Debug)]
pub(super) struct Hyperkitty;

/// The level beyond which the archive indents no further.
const DEEPEST: usize = 5;

static EMAIL: LazyLock<Selector> = LazyLock::new(|| selector("div.email"));
static HEADER: LazyLock<Selector> = LazyLock::new(|| selector("div.email-header[id]"));
static NAME: LazyLock<Selector> = LazyLock::new(|| selector(".email-author .name"));
static PROFILE: LazyLock<Selector> = LazyLock::new(|| selector(".email-author .name a[href]"));
static SENT: LazyLock<Selector> = LazyLock::new(|| selector(".email-date .time span[title]"));
static SUBJECT: LazyLock<Selector> = LazyLock::new(|| selector(".email-header .subject"));
static BODY: LazyLock<Selector> = LazyLock::new(|| selector("div.email-body"));
static LIKES: LazyLock<Selector> = LazyLock::new(|| selector("a.youlike, a.youdislike, .vote"));
static LOADING: LazyLock<Selector> = LazyLock::new(|| selector("img.ajaxloader"));
static HEADLINE: LazyLock<Selector> =
    LazyLock::new(|| selector(".thread-header h3, #thread-title h1, .thread-header h1"));

impl Source for Hyperkitty {
    fn id(&self) -> &'static str {
        "hyperkitty"
    }

    fn summary(&self) -> &'static str {
        "a thread of HyperKitty (Mailman 3), as its page or as the replies it loads"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Scores,
            Feature::Paging,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let text = recognize::text(head);
        let has_mails = text.contains("email-header") && text.contains("email-body");
        match text.as_bytes().first() {
            Some(b'{') => text.contains("\"replies_html\""),
            Some(b'<') => {
                has_mails
                    && (text.contains("thread-content")
                        || text.contains("message_id_hash")
                        || text.contains("hyperkitty"))
            }
            _ => false,
        }
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

fn read(page: &Page) -> Result<Thread> {
    if page.text.trim_start().starts_with('{') {
        return answer(page);
    }
    let (html, flattened) = html::parse_document(&page.text);
    let root = html.root_element();
    let url = markup::address(root);
    let id = url.as_deref().and_then(thread_id).map(str::to_owned);
    let emails: Vec<_> = root.select(&EMAIL).collect();
    let start = emails
        .iter()
        .find(|email| has_class(**email, "email-first"))
        .copied();
    let id = id
        .or_else(|| start.and_then(message_id))
        .unwrap_or_else(|| "thread".to_owned());
    let mut builder = ThreadBuilder::new(SOURCE.id(), id);
    page.warn_if_damaged(&mut builder);
    let title = words(root, &HEADLINE);
    builder.article(start.map(|email| Article {
        title: title.clone(),
        url: None,
        text: Some(body(email).text).filter(|text| !text.is_empty()),
    }));
    builder.title(title).url(url);
    if emails.is_empty() {
        return Err(empty());
    }
    if root.select(&LOADING).next().is_some() {
        let message = "the page loads the replies later; save the answer of /replies as well";
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    replies(
        emails.into_iter().filter(|email| Some(*email) != start),
        flattened,
        &mut builder,
    );
    Ok(builder.build())
}

/// Reads the JSON of `/replies`.
fn answer(page: &Page) -> Result<Thread> {
    let value: Value = serde_json::from_str(&page.text).map_err(|error| {
        let remedy = "save the answer again; it is cut or was changed";
        Error::new(ErrorKind::Malformed, format!("the JSON is broken: {error}")).remedy(remedy)
    })?;
    let Some(replies_html) = value.get("replies_html").and_then(Value::as_str) else {
        return Err(empty());
    };
    let (html, flattened) = html::parse_document(replies_html);
    let mut builder = ThreadBuilder::new(SOURCE.id(), "thread");
    page.warn_if_damaged(&mut builder);
    let mut missing = vec!["the mail that starts the thread is not among the replies".to_owned()];
    if value.get("more_pending").and_then(Value::as_bool) == Some(true) {
        let next = value.get("next_offset").and_then(Value::as_u64);
        let from = next
            .map(|next| format!(", from offset {next} on"))
            .unwrap_or_default();
        missing.push(format!("more replies follow{from}"));
    }
    builder.warn(codes::PARTIAL_CAPTURE, missing.join("; "), None);
    let root = html.root_element();
    replies(root.select(&EMAIL), flattened, &mut builder);
    Ok(builder.build())
}

fn empty() -> Error {
    let remedy = "check that the page of the thread, or the answer of /replies, was saved";
    Error::new(ErrorKind::Malformed, "the page holds no mail").remedy(remedy)
}

/// Adds the replies in their order.
fn replies<'a>(
    emails: impl Iterator<Item = ElementRef<'a>>,
    flattened: bool,
    builder: &mut ThreadBuilder,
) {
    // The last reply at each level, and whether the archive tells no more how deep one is.
    let mut open: Vec<String> = Vec::new();
    let mut capped = false;
    for (at, email) in emails.enumerate() {
        let idx = Some(CommentIdx::new(at));
        let id = message_id(email).unwrap_or_else(|| (at + 1).to_string());
        let level = level::level(email);
        capped |= level >= DEEPEST;
        if level > open.len() {
            let message = format!(
                "the mail `{id}` is at level {level}, and what it answers is on an earlier page"
            );
            builder.warn(codes::PARTIAL_CAPTURE, message, idx);
        }
        let parent = match level.checked_sub(1) {
            None => ParentRef::Root,
            Some(above) if above < open.len() => ParentRef::Id(open[above].clone()),
            Some(_) => ParentRef::Missing {
                id: None,
                depth: level,
            },
        };
        open.truncate(level);
        if open.len() == level {
            open.push(id.clone());
        }
        let stated = markup::first(email, &SENT).and_then(|sent| attr(sent, "title"));
        let posted = stated
            .and_then(|title| time::parse(title.split_once(':').map_or(title, |(_, time)| time)));
        builder.push(Draft {
            id,
            parent,
            author: author(email),
            title: words(email, &SUBJECT)
                .map(|line| line.trim_start_matches("New subject:").trim().to_owned()),
            posted,
            score: score(email),
            body: body(email),
            ..Draft::default()
        });
    }
    if capped || flattened {
        let message = "the archive indents replies no further than level five; deeper ones are taken as \
                       answers to the last one at level four";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
}

fn message_id(email: ElementRef<'_>) -> Option<String> {
    let header = markup::first(email, &HEADER)?;
    attr(header, "id").map(str::to_owned)
}

fn author(email: ElementRef<'_>) -> Option<Author> {
    let name = words(email, &NAME)?;
    let profile = markup::first(email, &PROFILE).and_then(|link| attr(link, "href"));
    let id = profile.and_then(|link| link.trim_end_matches('/').rsplit('/').next());
    Some(Author {
        anonymous: name == "(no name)",
        name,
        id: id.map(str::to_owned),
        badge: None,
    })
}

/// Likes and dislikes, which stand as numbers in two links.
fn score(email: ElementRef<'_>) -> Option<Score> {
    let mut numbers = email.select(&LIKES).filter_map(|link| {
        let text = html::line(link);
        text.trim_start_matches(['+', '-']).parse::<i64>().ok()
    });
    let (up, down) = (numbers.next()?, numbers.next());
    Some(Score {
        points: Some(up - down.unwrap_or(0)),
        up: Some(up),
        down,
        label: None,
    })
}

/// The text of a mail: older pages show it as it was sent, newer ones make quotations of it.
fn body(email: ElementRef<'_>) -> Body {
    let Some(body) = markup::first(email, &BODY) else {
        return Body::default();
    };
    let role = |element: ElementRef<'_>| match element
        .value()
        .classes()
        .find(|class| ["quoted-switch", "quoted-text", "text-muted"].contains(class))
    {
        Some("quoted-switch") => Role::Skip,
        Some("quoted-text") if has_class(element, "pgp") => Role::As(BlockKind::Signature),
        Some("quoted-text") => Role::As(BlockKind::Quote),
        Some("text-muted") => Role::As(BlockKind::Signature),
        _ => Role::Usual,
    };
    let is_marked = |element: ElementRef<'_>| {
        matches!(
            element.value().name(),
            "p" | "blockquote" | "br" | "div" | "pre"
        ) && element != body
    };
    match body.descendent_elements().any(is_marked) {
        true => html::body_with(body, role),
        false => mail::body(body.text().collect::<String>().trim()),
    }
}

/// The id of a thread in its address: `/list/keys@a.example/thread/ID/`.
fn thread_id(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("/thread/")?;
    rest.split('/').next().filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests;
