//! What flat forums share: posts that say whom they quote, pages of a thread, signatures.
//!
//! A flat forum does not say what a post answers, but for its quotations. The rule here: a post answers
//! the last post that it quotes with words of its own behind the quotation, or else the last one that it
//! quotes at all. Quotations within quotations say nothing. Where the forum names only the author quoted,
//! it is the earlier post of that author which holds the words, or else the author's latest. Other
//! quotations stay quotations. What quotes nobody answers the thread as a whole and has no parent; so has
//! the first post, which forums show as one among the others and which is the first comment here.

mod pages;

use super::{Page, inferred, register};
use crate::{
    error::{Error, ErrorKind, Result},
    span::Span,
    text::{
        Block, BlockKind, Body,
        html::{Step, walk},
    },
    thread::{Draft, ParentRef, State, Thread, ThreadBuilder, codes},
};
use pages::warn_of_pages;
use scraper::ElementRef;
use std::collections::{HashMap, HashSet};

pub(super) use pages::{addresses, begins, linked_pages};

/// Underscores that make a line which parts a signature from the text.
const RULE: usize = 8;

/// A post, read.
#[derive(Debug, Default)]
pub(super) struct Post {
    /// Its parent is the post that it stands in, where the board nests; else it is found by [`push`].
    pub(super) draft: Draft,
    pub(super) quotes: Vec<Quote>,
}

/// A quotation in a post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Quote {
    /// The post that the forum says it comes from.
    pub(super) post: Option<String>,
    /// The author that the forum says it comes from, or a line that begins with the name.
    pub(super) author: Option<String>,
    /// Whether words of the post's own come behind it, before the next quotation.
    pub(super) answered: bool,
}

/// What a page tells of its thread.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) title: Option<String>,
    /// Addresses of the thread's other pages.
    pub(super) pages: Vec<String>,
    /// Whether the page surely holds the thread's beginning, so that what it answers is on it.
    pub(super) begins: bool,
    /// Whether the page nests so deeply that elements were moved.
    pub(super) flattened: bool,
}

/// The posts below `root` in document order, each with its id and that of the post that it stands in; `id` says
/// whether an element is a post.
pub(super) fn nested<'a>(
    root: ElementRef<'a>,
    id: impl Fn(ElementRef<'a>) -> Option<String>,
) -> Vec<(ElementRef<'a>, String, Option<String>)> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    walk(root, |step| {
        match step {
            Step::Open(element) => {
                if let Some(id) = id(element) {
                    found.push((element, id.clone(), open.last().cloned()));
                    open.push(id);
                }
            }
            Step::Close(element) => {
                if id(element).is_some() {
                    open.pop();
                }
            }
            Step::Text(_) => {}
        }
        true
    });
    found
}

/// Makes the thread of a page's posts.
///
/// # Errors
/// When there is none.
pub(super) fn thread(source: &str, page: &Page, frame: Frame, posts: Vec<Post>) -> Result<Thread> {
    if posts.is_empty() {
        let remedy = "check that the page of the thread itself was saved, not a list or an article";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no post").remedy(remedy));
    }
    let made = || match frame.title.as_deref() {
        Some(title) => register::thread_id(Some(title)),
        None => "thread".to_owned(),
    };
    let id = frame.id.clone().unwrap_or_else(made);
    let mut builder = ThreadBuilder::new(source, id);
    page.warn_if_damaged(&mut builder);
    if frame.flattened {
        let message = "the page nests too deeply to be read as it is; parts of texts may be lost";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    let partial = warn_of_pages(&frame.pages, &mut builder) && !frame.begins;
    builder.url(frame.url).title(frame.title);
    push(posts, partial, &mut builder);
    Ok(builder.build())
}

/// The elements of a post in order, the post itself first, without those of posts inside it.
pub(super) fn elements<'a>(
    post: ElementRef<'a>,
    is_post: impl Fn(ElementRef<'a>) -> bool,
) -> Vec<ElementRef<'a>> {
    let mut elements = Vec::new();
    walk(post, |step| match step {
        Step::Open(element) if element == post || !is_post(element) => {
            elements.push(element);
            true
        }
        _ => false,
    });
    elements
}

/// The quotations in `root` that stand in no other; `named` says whether an element is a quotation and
/// what the forum says of its origin, `skip` what is no part of the post's text.
pub(super) fn quotes<'a>(
    root: ElementRef<'a>,
    named: impl Fn(ElementRef<'a>) -> Option<Quote>,
    skip: impl Fn(ElementRef<'a>) -> bool,
) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    walk(root, |step| match step {
        Step::Open(element) => match named(element).filter(|_| element != root) {
            Some(quote) => {
                quotes.push(quote);
                false
            }
            None => !skip(element),
        },
        Step::Text(text) => {
            if let Some(quote) = quotes.last_mut() {
                quote.answered |= text.chars().any(char::is_alphanumeric);
            }
            false
        }
        Step::Close(_) => false,
    });
    quotes
}

/// Adds the posts in their order, each with what it answers. Of posts that the page shows twice, such as
/// a first post on every page or a best answer on top, the last is kept.
pub(super) fn push(posts: Vec<Post>, partial: bool, builder: &mut ThreadBuilder) {
    let posts = without_repeats(posts);
    let mut present = HashSet::new();
    for post in &posts {
        present.insert(post.draft.id.clone());
    }
    let (mut drafts, quotes): (Vec<_>, Vec<_>) = posts
        .into_iter()
        .map(|post| (post.draft, post.quotes))
        .unzip();
    for (draft, quotes) in drafts.iter_mut().zip(&quotes) {
        if draft.parent == ParentRef::Root
            && let Some(id) = stated(&draft.id, quotes, &present, partial)
        {
            draft.parent = ParentRef::Id(id);
        }
    }
    let open: Vec<bool> = drafts
        .iter()
        .zip(&quotes)
        .map(|(draft, quotes)| draft.parent == ParentRef::Root && !quotes.is_empty())
        .collect();
    let authors: Vec<_> = drafts.iter().map(name_of).collect();
    let may_answer = |at: usize, parent: usize| {
        quotes[at]
            .iter()
            .any(|quote| match (&quote.author, &authors[parent]) {
                (None, _) => true,
                (Some(line), Some(author)) => names_in(line).any(|name| name == *author),
                (Some(_), None) => false,
            })
    };
    let found = inferred::parents(&mut drafts, None, |at| open[at], may_answer);
    by_author(&mut drafts, &quotes, &open, partial);
    found.warn(builder);
    for draft in drafts {
        builder.push(draft);
    }
}

fn without_repeats(mut posts: Vec<Post>) -> Vec<Post> {
    let mut seen = HashSet::new();
    posts.reverse();
    posts.retain(|post| post.draft.id.is_empty() || seen.insert(post.draft.id.clone()));
    posts.reverse();
    posts
}

/// The post that the quotations say is answered.
fn stated(own: &str, quotes: &[Quote], present: &HashSet<String>, partial: bool) -> Option<String> {
    let last = |fits: &dyn Fn(&str) -> bool| {
        let of = |answered: bool| {
            let quotes = quotes
                .iter()
                .rev()
                .filter(move |quote| quote.answered || !answered);
            let mut ids = quotes.filter_map(|quote| quote.post.as_deref());
            ids.find(|id| *id != own && fits(id))
        };
        of(true).or_else(|| of(false))
    };
    // On a whole thread, a post that is not there is another thread's.
    let here = || last(&|id| present.contains(id));
    let found = match partial {
        true => last(&|_| true),
        false => here().or_else(|| last(&|_| true)),
    };
    found.map(str::to_owned)
}

/// The names that a line such as "Ada Example wrote:" may begin with, the longest first.
fn names_in(line: &str) -> impl Iterator<Item = String> {
    const WORDS: usize = 12;
    let words: Vec<_> = line
        .split_whitespace()
        .take(WORDS)
        .map(str::to_lowercase)
        .collect();
    (1..=words.len()).rev().map(move |count| {
        let name = words[..count].join(" ");
        name.trim_end_matches(':').to_owned()
    })
}

fn name_of(draft: &Draft) -> Option<String> {
    draft
        .author
        .as_ref()
        .map(|author| author.name.to_lowercase())
}

/// Gives posts that quote an author by name, and whose words were not found, the author's latest post;
/// where the thread has other pages the post may stand there and is missing.
fn by_author(drafts: &mut [Draft], quotes: &[Vec<Quote>], open: &[bool], partial: bool) {
    let mut latest: HashMap<String, String> = HashMap::new();
    for (at, draft) in drafts.iter_mut().enumerate() {
        let named = quotes[at]
            .iter()
            .rev()
            .find_map(|quote| quote.author.as_deref());
        if let Some(line) = named.filter(|_| open[at] && draft.parent == ParentRef::Root) {
            match names_in(line).find_map(|name| latest.get(&name)) {
                _ if partial => draft.parent = ParentRef::Missing { id: None, depth: 0 },
                Some(id) => {
                    draft.parent = ParentRef::Id(id.clone());
                    draft.inferred = Some(inferred::LATEST_OF_QUOTED);
                }
                None => {}
            }
        }
        if let Some(name) = name_of(draft).filter(|_| !draft.id.is_empty()) {
            latest.insert(name, draft.id.clone());
        }
    }
}

/// Appends a body, all its blocks being of one kind.
pub(super) fn append(body: &mut Body, other: Body, kind: BlockKind) {
    if other.blocks.is_empty() {
        return;
    }
    if !body.text.is_empty() {
        body.text.push_str("\n\n");
    }
    let by = body.text.len();
    body.text.push_str(&other.text);
    for block in other.blocks {
        let span = block.span.shifted(by);
        body.blocks.push(Block { kind, span });
    }
    for mut link in other.links {
        link.span = link.span.shifted(by);
        body.links.push(link);
    }
}

/// Makes a signature of what stands behind a line of underscores, as older forums part it from the text.
pub(super) fn part_signature(body: &mut Body) {
    let is_rule = |line: &str| {
        let line = line.trim();
        line.len() >= RULE && line.bytes().all(|byte| byte == b'_')
    };
    let mut parted = None;
    for (at, block) in body.blocks.iter().enumerate().rev() {
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let mut start = block.span.start();
        for line in block.span.slice(&body.text).split_inclusive('\n') {
            if is_rule(line) {
                parted = Some((at, start));
            }
            start += line.len();
        }
        if parted.is_some() {
            break;
        }
    }
    let Some((at, start)) = parted else {
        return;
    };
    let cut = body.blocks[at].span;
    let own = Span::new(cut.start(), start).trimmed(&body.text);
    let signature = Block {
        kind: BlockKind::Signature,
        span: Span::new(start, cut.end()).trimmed(&body.text),
    };
    for block in &mut body.blocks[at + 1..] {
        block.kind = BlockKind::Signature;
    }
    let rest = body.blocks.split_off(at + 1);
    body.blocks.pop();
    if !own.is_empty() {
        let kind = BlockKind::Paragraph;
        body.blocks.push(Block { kind, span: own });
    }
    body.blocks.push(signature);
    body.blocks.extend(rest);
}

/// What a text says behind the board's notice in place of a post: whether a moderator or the author took
/// the post away cannot be told in most languages, so it is removed unless its author is named as the one.
pub(super) fn taken_away(author: Option<&str>, notice: &str) -> State {
    let by_author = author.is_some_and(|name| {
        // The author is named twice: as the author, and as the one who deleted.
        name.len() > 1 && notice.contains(name)
    });
    match by_author {
        true => State::Deleted,
        false => State::Removed,
    }
}

/// The id in an address such as `showthread.php?p=12#post12`: the number behind the first of the marks
/// that has one.
pub(super) fn id_in<'a>(address: &'a str, marks: &[&str]) -> Option<&'a str> {
    marks
        .iter()
        .find_map(|mark| super::markup::digits_after(address, mark))
}

#[cfg(test)]
mod tests;
