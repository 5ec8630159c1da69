//! Threads of XenForo 1 and 2 as HTML.
//!
//! Posts stand one behind the other and quotations say which post they come from; the module `forum`
//! tells how a parent is made of them. The first post of a thread is its first comment: the forum does not
//! set it apart. Comments below a member's or a file's message stand inside it and answer it.

mod post;

use super::{
    Feature, Page, Source, Threads, Witness,
    forum::{self, Frame},
    markup::{address, attr, first, has_class, selector},
    page, recognize,
};
use crate::{
    error::Result,
    text::html::{self, Role},
    thread::{ParentRef, Thread},
};
use scraper::{ElementRef, Selector};
use std::{io::BufRead, sync::LazyLock};

pub(super) static SOURCE: Xenforo = Xenforo;

/// See the module.
#[derive(Debug)]
pub(super) struct Xenforo;

impl Source for Xenforo {
    fn id(&self) -> &'static str {
        "xenforo"
    }

    fn summary(&self) -> &'static str {
        "a thread of a XenForo forum as HTML"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let signs = [
            "<html id=\"XF\"",
            "<html id=\"XenForo\"",
            "data-template=\"thread_view",
            "data-message-selector=\".js-post",
            "var XenForo =",
            "js/xenforo/xenforo.js",
        ];
        recognize::html(head).is_some_and(|page| signs.iter().any(|sign| page.contains(sign)))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

fn read(page: &Page) -> Result<Thread> {
    let (html, flattened) = html::parse_document(&page.text);
    let root = html.root_element();
    let posts = forum::nested(root, post::id)
        .into_iter()
        .map(|(element, id, above)| {
            let mut read = post::read(element, id);
            if let Some(above) = above {
                read.draft.parent = ParentRef::Id(above);
            }
            read
        });
    let posts = posts.collect();
    let frame = Frame {
        flattened,
        ..frame(root)
    };
    forum::thread(SOURCE.id(), page, frame, posts)
}

static TITLE: LazyLock<Selector> =
    LazyLock::new(|| selector("h1.p-title-value, .titleBar h1, .p-title h1"));
static PAGES: LazyLock<Selector> =
    LazyLock::new(|| selector(".pageNav a, .pageNavSimple a, .PageNav a"));

fn frame(root: ElementRef<'_>) -> Frame {
    let url = address(root);
    let key = attr(root, "data-content-key").and_then(|key| key.strip_prefix("thread-"));
    let id = key.or_else(|| id_in_address(url.as_deref()?));
    Frame {
        id: id.map(str::to_owned),
        title: first(root, &TITLE).and_then(title),
        pages: forum::linked_pages(root, &PAGES, is_current),
        url,
        begins: forum::begins(root),
        flattened: false,
    }
}

/// A page's heading without the label that may stand before it.
fn title(heading: ElementRef<'_>) -> Option<String> {
    let label = |element| has_class(element, "label") || has_class(element, "prefix");
    let body = html::body_with(heading, |element| match label(element) {
        true => Role::Skip,
        false => Role::Usual,
    });
    let words: Vec<_> = body.text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether an element marks the page shown among the links to all.
fn is_current(element: ElementRef<'_>) -> bool {
    [
        "pageNav-page--current",
        "pageNavSimple-el--current",
        "currentPage",
    ]
    .iter()
    .any(|class| has_class(element, class))
}

/// The number in `…/threads/some-words.123/page-2`.
fn id_in_address(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("threads/")?;
    let slug = rest.split(['/', '#', '?', '&']).next()?;
    let id = slug.rsplit('.').next()?;
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).then_some(id)
}

#[cfg(test)]
mod tests;
