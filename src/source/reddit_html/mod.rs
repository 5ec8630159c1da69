//! Reddit's threads as HTML: the pages of old.reddit.com, and of the design of 2023.
//!
//! Both nest replies in what they answer. [`old`] and [`shreddit`] find comments, stubs and the
//! submission in one markup each; what they find is put together here.

mod old;
mod shreddit;

use super::{
    Feature, Page, Source, Threads, Witness, page, recognize,
    reddit::{
        bare,
        gathering::{Gathering, Stub},
        object::{Frame, thread_address},
    },
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html::{self, Step, walk},
    thread::{Draft, ParentRef, Thread, ThreadBuilder, codes},
};
use scraper::ElementRef;
use std::{collections::HashSet, io::BufRead};

pub(super) static SOURCE: RedditHtml = RedditHtml;

/// See the module.
#[derive(Debug)]
pub(super) struct RedditHtml;

impl Source for RedditHtml {
    fn id(&self) -> &'static str {
        "reddit-html"
    }

    fn summary(&self) -> &'static str {
        "a page of old.reddit.com, or of Reddit's design of 2023, as HTML"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::html(head).is_some_and(|page| old::is_page(&page) || shreddit::is_page(&page))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// What a page holds, in document order.
#[derive(Default)]
struct Found {
    /// The id of the submission.
    link: Option<String>,
    frame: Frame,
    items: Vec<Item>,
    /// Signs that the page shows a part of the thread.
    partial: Vec<&'static str>,
}

/// A comment or a stub.
struct Item {
    /// The item in whose replies it stands.
    above: Option<usize>,
    /// What the item itself says that it answers.
    answered: Option<ParentRef>,
    /// Where the address of the comment is known.
    permalink: Option<String>,
    what: What,
}

enum What {
    Comment(Box<Draft>),
    Stub(Stub),
}

fn read(page: &Page) -> Result<Thread> {
    let (html, flattened) = html::parse_document(&page.text);
    let root = html.root_element();
    let mut found = shreddit::read(root);
    if found.items.is_empty() && found.link.is_none() {
        found = old::read(root);
    }
    if found.items.is_empty() && found.link.is_none() {
        let remedy = "save the page of the thread while it shows its comments; the page may ask for a login instead";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no comment").remedy(remedy));
    }
    name_by_replies(&mut found.items);
    let permalink = found
        .items
        .iter()
        .find_map(|item| item.permalink.as_deref());
    let address = super::markup::address(root)
        .filter(|url| url.contains("/comments/"))
        .or_else(|| permalink.map(str::to_owned));
    let address = address.and_then(|url| thread_address(&url));
    let link = found.link.or_else(|| {
        let (_, behind) = address.as_deref()?.split_once("/comments/")?;
        behind.split('/').next().map(str::to_owned)
    });
    let mut builder = ThreadBuilder::new(SOURCE.id(), link.unwrap_or_default());
    builder
        .url(found.frame.url.or(address))
        .title(found.frame.title)
        .article(found.frame.article);
    page.warn_if_damaged(&mut builder);
    if flattened {
        let message = "the page nests too deeply to be read as it is; comments far inside may have \
                       lost the comment they answer";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    for sign in found.partial {
        builder.warn(codes::PARTIAL_CAPTURE, sign, None);
    }
    gather(found.items, flattened).finish(&mut builder);
    Ok(builder.build())
}

/// Deleted comments lose their ids; their replies may name them in the link to what they answer.
fn name_by_replies(items: &mut [Item]) {
    let ids = items.iter().filter_map(|item| match &item.what {
        What::Comment(draft) if !draft.id.is_empty() => Some(draft.id.clone()),
        _ => None,
    });
    let mut known: HashSet<String> = ids.collect();
    for at in 0..items.len() {
        let (Some(above), Some(ParentRef::Id(id))) = (items[at].above, items[at].answered.clone())
        else {
            continue;
        };
        if let What::Comment(draft) = &mut items[above].what
            && draft.id.is_empty()
            && known.insert(id.clone())
        {
            draft.id = id;
        }
    }
    let mut number = 0;
    for item in items {
        if let What::Comment(draft) = &mut item.what
            && draft.id.is_empty()
        {
            // The board's ids have no sign but letters and digits.
            number += 1;
            draft.id = format!("deleted-{number}");
        }
    }
}

fn gather(items: Vec<Item>, flattened: bool) -> Gathering {
    let ids: Vec<Option<String>> = items
        .iter()
        .map(|item| match &item.what {
            What::Comment(draft) => Some(draft.id.clone()),
            What::Stub(_) => None,
        })
        .collect();
    let mut gathering = Gathering::default();
    for item in items {
        let above = item.above.and_then(|above| ids[above].clone());
        let parent = match (above, item.answered) {
            // Where a comment stands may be our own doing.
            (_, Some(answered)) if flattened => answered,
            (Some(above), _) => ParentRef::Id(above),
            (None, Some(answered)) => answered,
            (None, None) => ParentRef::Root,
        };
        match item.what {
            What::Comment(draft) => gathering.comment(Draft { parent, ..*draft }, Vec::new(), 0),
            What::Stub(stub) => gathering.stub(Stub { parent, ..stub }),
        }
    }
    gathering
}

/// The elements of an item, in order, without what stands inside those that `leave` names.
fn own<'a>(item: ElementRef<'a>, leave: impl Fn(ElementRef<'a>) -> bool) -> Vec<ElementRef<'a>> {
    let mut elements = Vec::new();
    walk(item, |step| match step {
        Step::Open(element) if element == item => true,
        Step::Open(element) if leave(element) => false,
        Step::Open(element) => {
            elements.push(element);
            true
        }
        _ => false,
    });
    elements
}

/// Elements that `is_item` knows, each with its place among them and that of the nearest around it for
/// which `holds` is true.
fn nested<'a>(
    root: ElementRef<'a>,
    is_item: impl Fn(ElementRef<'a>) -> bool,
    holds: impl Fn(ElementRef<'a>) -> bool,
) -> Vec<(ElementRef<'a>, Option<usize>)> {
    let mut items: Vec<(ElementRef<'a>, Option<usize>)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    walk(root, |step| {
        match step {
            Step::Open(element) if is_item(element) => {
                let above = open.last().copied();
                if holds(element) {
                    open.push(items.len());
                }
                items.push((element, above));
            }
            Step::Close(element) if open.last().is_some_and(|&at| items[at].0 == element) => {
                open.pop();
            }
            _ => {}
        }
        true
    });
    items
}

/// The first whole number in a text ("load more comments (9 replies)").
fn number(text: &str) -> Option<i64> {
    let mut words = text.split(|c: char| !c.is_ascii_digit() && c != ',');
    words.find_map(|word| word.replace(',', "").parse().ok())
}

/// The id in an attribute that names a thing in full.
fn id_in(name: Option<&str>, prefix: &str) -> Option<String> {
    let name = name?.trim();
    let id = name.strip_prefix(prefix)?;
    (!id.is_empty()).then(|| bare(id).to_owned())
}

#[cfg(test)]
mod tests;
