//! Pages and JSON in microformats2: `h-entry` with comments (`u-comment h-cite`), and replies that name
//! what they answer (`u-in-reply-to`).
//!
//! The entry that holds comments is the article. A comment answers the one that its `in-reply-to` names
//! among those here, or the one it stands in. Where no entry holds comments, entries that answer something
//! are the comments, and what they answer is the article. Likes and reposts say nothing and are no
//! comments; mentions are pingbacks.

mod html;
mod json;

use super::{
    Feature, Page, Source, Threads, Witness,
    linked::{self, Found},
    page, recognize, register,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::Body,
    thread::{Article, Author, CommentKind, Draft, Thread, ThreadBuilder, codes},
};
use jiff::Timestamp;
use std::{collections::HashSet, io::BufRead};

pub(super) static SOURCE: Microformats = Microformats;

/// See the module.
#[derive(Debug)]
pub(super) struct Microformats;

impl Source for Microformats {
    fn id(&self) -> &'static str {
        "microformats"
    }

    fn summary(&self) -> &'static str {
        "an entry with its comments in microformats2, as HTML or JSON"
    }

    fn reads(&self) -> &'static [Feature] {
        &[Feature::Tree, Feature::Authors, Feature::Times]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let text = recognize::text(head);
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        match text.chars().next() {
            Some('<') => {
                has(&["h-entry", "h-cite"])
                    && has(&["u-comment", "p-comment", "u-in-reply-to", "p-in-reply-to"])
            }
            Some('{' | '[') => {
                has(&["\"h-entry\"", "\"h-cite\""])
                    && has(&["\"properties\""])
                    && has(&["\"comment\"", "\"in-reply-to\""])
            }
            _ => false,
        }
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// What an item is to the one that holds it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Relation {
    #[default]
    None,
    Comment,
    Mention,
    /// What the item answers: a citation of it.
    Answered,
    /// A like, a repost, a thing quoted, a person.
    Other,
}

/// An `h-entry` or `h-cite`.
#[derive(Debug, Default)]
struct Item {
    relation: Relation,
    /// The item that holds it, by its place in the list.
    within: Option<usize>,
    urls: Vec<String>,
    /// Its title, where that is not its text.
    name: Option<String>,
    author: Option<Author>,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    answers: Vec<String>,
    body: Body,
}

/// The items of a page in order.
#[derive(Debug, Default)]
struct Items {
    items: Vec<Item>,
    flattened: bool,
}

fn read(page: &Page) -> Result<Thread> {
    let text = page.text.trim_start();
    let found = match text.starts_with(['{', '[']) {
        true => json::read(text)?,
        false => html::read(text),
    };
    let items = found.items;
    let article = article(&items);
    let is_comment = comments(&items, article);
    if !is_comment.contains(&true) {
        let cause = "no entry of the page holds a comment or answers anything";
        let remedy = "check that the page of the entry itself was saved, with its comments";
        return Err(Error::new(ErrorKind::Malformed, cause).remedy(remedy));
    }
    let described = describe(&items, article, &is_comment);
    let url = described.url.clone();
    let made = || register::thread_id(Some(described.title.as_deref().unwrap_or("thread")));
    let id = url.as_deref().map(linked::plain).unwrap_or_else(made);
    let mut builder = ThreadBuilder::new(SOURCE.id(), id);
    page.warn_if_damaged(&mut builder);
    if found.flattened {
        let message = "the page nests too deeply to be read as it is; comments far inside may have \
                       lost the comment they answer";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    builder.url(url).title(described.title.clone());
    builder.article((described != Article::default()).then_some(described));
    linked::push(drafts(items, &is_comment), &mut builder);
    Ok(builder.build())
}

/// The entry that is the article: the one that holds comments, or that others answer.
fn article(items: &[Item]) -> Option<usize> {
    let is_root = |at: &usize| items[*at].within.is_none() && items[*at].relation == Relation::None;
    let holder = items.iter().find_map(|item| {
        let comment = matches!(item.relation, Relation::Comment | Relation::Mention);
        item.within.filter(|_| comment)
    });
    let top = holder.map(|mut at| {
        while let Some(above) = items[at].within {
            at = above;
        }
        at
    });
    top.filter(is_root).or_else(|| {
        let named: HashSet<String> = items
            .iter()
            .flat_map(|item| item.answers.iter().map(|name| linked::plain(name)))
            .collect();
        let answered = |at: &usize| {
            let item = &items[*at];
            item.answers.is_empty()
                && item
                    .urls
                    .iter()
                    .any(|url| named.contains(&linked::plain(url)))
        };
        (0..items.len()).filter(is_root).find(answered)
    })
}

/// Which items are comments.
fn comments(items: &[Item], article: Option<usize>) -> Vec<bool> {
    let held = |item: &Item| matches!(item.relation, Relation::Comment | Relation::Mention);
    let any_held = items.iter().any(held);
    let of = |at: usize, item: &Item| {
        let loose = item.relation == Relation::None && Some(at) != article;
        let answers = loose && !item.answers.is_empty();
        held(item) || answers && (!any_held || item.within.is_some() || article.is_some())
    };
    items
        .iter()
        .enumerate()
        .map(|(at, item)| of(at, item))
        .collect()
}

/// The article, or what the first comment says of what it answers.
fn describe(items: &[Item], article: Option<usize>, is_comment: &[bool]) -> Article {
    if let Some(item) = article.map(|at| &items[at]) {
        let text = item.body.text.clone();
        return Article {
            title: item.name.clone(),
            url: item.urls.first().cloned(),
            text: (!text.is_empty()).then_some(text),
        };
    }
    let first = is_comment.iter().position(|is_comment| *is_comment);
    let url = first.and_then(|at| items[at].answers.first().cloned());
    let cited = items
        .iter()
        .find(|item| item.relation == Relation::Answered && item.within == first);
    Article {
        title: cited.and_then(|item| item.name.clone()),
        text: cited
            .map(|item| item.body.text.clone())
            .filter(|text| !text.is_empty()),
        url,
    }
}

fn drafts(items: Vec<Item>, is_comment: &[bool]) -> Vec<Found> {
    let mut place = vec![None; items.len()];
    let mut count = 0;
    for (at, is_comment) in is_comment.iter().enumerate() {
        if *is_comment {
            place[at] = Some(count);
            count += 1;
        }
    }
    let above: Vec<_> = items.iter().map(|item| item.within).collect();
    let comments = items
        .into_iter()
        .enumerate()
        .filter(|(at, _)| is_comment[*at]);
    comments
        .map(|(at, item)| {
            let mut within = above[at];
            while let Some(holder) = within.filter(|holder| place[*holder].is_none()) {
                within = above[holder];
            }
            Found {
                within: within.and_then(|holder| place[holder]),
                names: item.urls,
                answers: item.answers,
                draft: Draft {
                    author: item.author,
                    title: item.name,
                    posted: item.published,
                    edited: item
                        .updated
                        .filter(|updated| Some(*updated) != item.published),
                    kind: match item.relation {
                        Relation::Mention => CommentKind::Pingback,
                        _ => CommentKind::Comment,
                    },
                    body: item.body,
                    ..Draft::default()
                },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
