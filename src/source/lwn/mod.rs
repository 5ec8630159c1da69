//! LWN's articles with their comments.
//!
//! A comment is a box, a `details` from 2020 on and a `div` before, that holds the boxes of its replies.
//! All comments of an article stand on one page; an edition has them on the pages of its articles.

mod comment;
mod frame;

use super::{
    Feature, Page, Source, Threads, Witness,
    markup::has_class,
    page,
    recognize::{self, lives_at},
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html,
    thread::{ParentRef, Thread, ThreadBuilder, codes},
};
use comment::Found;
use frame::Frame;
use scraper::ElementRef;
use std::{collections::HashSet, io::BufRead};

pub(super) static SOURCE: Lwn = Lwn;

/// See the module.
#[derive(Debug)]
pub(super) struct Lwn;

impl Source for Lwn {
    fn id(&self) -> &'static str {
        "lwn"
    }

    fn summary(&self) -> &'static str {
        "an article of LWN with its comments as HTML"
    }

    fn reads(&self) -> &'static [Feature] {
        &[Feature::Tree, Feature::Authors, Feature::Times]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::html(head).is_some_and(|page| {
            let titled = page.contains("[LWN.net]</title>") || page.contains("@lwnnet");
            let is_article = page.contains("PageHeadline") || page.contains("ArticleText");
            titled && is_article
                || lives_at(&page, "lwn.net")
                || page.contains("CommentBox") && page.contains("CommentPoster")
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// Whether an element is the box of a comment.
fn is_box(element: ElementRef<'_>) -> bool {
    has_class(element, "CommentBox")
}

fn read(page: &Page) -> Result<Thread> {
    let (html, flattened) = html::parse_document(&page.text);
    let root = html.root_element();
    let found = comment::find(root);
    let frame = Frame::read(root);
    if found.is_empty() && !frame.is_article() {
        let remedy = "save the page of one article";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no article").remedy(remedy));
    }
    let mut builder = frame.start(SOURCE.id(), found.is_empty());
    page.warn_if_damaged(&mut builder);
    if flattened {
        let message = "the page nests too deeply to be read as it is; comments far inside may have \
                       lost the comment they answer";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    push_comments(&found, &mut builder);
    Ok(builder.build())
}

/// Adds the comments in document order.
fn push_comments(found: &[Found<'_>], builder: &mut ThreadBuilder) {
    let ids: Vec<_> = found.iter().map(Found::id).collect();
    let on_page: HashSet<&str> = ids.iter().copied().flatten().collect();
    // Where a comment has no id of its own, the builder makes one of its place.
    let name = |at: usize| ids[at].map_or_else(|| (at + 1).to_string(), str::to_owned);
    for (at, comment) in found.iter().enumerate() {
        let told = comment
            .parent_link()
            .filter(|told| on_page.contains(told) || !comment.answers_article());
        let parent = match (comment.parent, told) {
            (Some(above), _) => ParentRef::Id(name(above)),
            (None, Some(told)) => ParentRef::Id(told.to_owned()),
            (None, None) => ParentRef::Root,
        };
        let id = match on_page.is_empty() {
            true => String::new(),
            false => ids[at].unwrap_or_default().to_owned(),
        };
        builder.push(comment.draft(id, parent));
    }
}

#[cfg(test)]
mod tests;
