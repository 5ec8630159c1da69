//! Threads of vBulletin 3, 4 and 5 as HTML.
//!
//! The three versions share nothing but the numbers of posts in `id`s, so every fact is sought in the
//! places of all three. The module `forum` tells how a parent is made of quotations; the first post is the
//! first comment, since the forum does not set it apart. In version 5, comments on a post stand inside it.

mod post;

use super::{
    Feature, Page, Source, Threads, Witness,
    date_order::DateOrder,
    forum::{self, Frame},
    markup::{address, attr, first, selector, words},
    page, recognize,
};
use crate::{
    error::Result,
    text::html,
    thread::{ParentRef, Thread},
};
use post::Parts;
use scraper::{ElementRef, Selector};
use std::{io::BufRead, sync::LazyLock};

pub(super) static SOURCE: Vbulletin = Vbulletin;

/// See the module.
#[derive(Debug)]
pub(super) struct Vbulletin;

impl Source for Vbulletin {
    fn id(&self) -> &'static str {
        "vbulletin"
    }

    fn summary(&self) -> &'static str {
        "a thread of a vBulletin forum as HTML"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Deleted,
            Feature::Paging,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let signs = [
            "content=\"vBulletin",
            "content='vBulletin",
            "id=\"vbulletin_html\"",
            "vbulletin_global.js",
            "vbulletin-core.js",
            "clientscript/vbulletin",
            "vBulletin.version",
            "id=\"td_post_",
            "class=\"b-post__",
            "class=\"bbcode_postedby\"",
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
    let found: Vec<(Parts<'_>, Option<String>)> = forum::nested(root, post::id)
        .into_iter()
        .map(|(element, id, above)| (Parts::of(element, &id), above))
        .collect();
    let dates: Vec<_> = found.iter().filter_map(|(parts, _)| parts.date()).collect();
    let order = DateOrder::of(dates.iter().map(String::as_str));
    let posts = found
        .iter()
        .map(|(parts, above)| {
            let mut read = parts.read(order);
            if let Some(above) = above {
                read.draft.parent = ParentRef::Id(above.clone());
            }
            read
        })
        .collect();
    let frame = Frame {
        flattened,
        ..frame(root)
    };
    forum::thread(SOURCE.id(), page, frame, posts)
}

static TITLE: LazyLock<Selector> = LazyLock::new(|| {
    selector(".threadtitle, #pagetitle h1, h1.main-title, h1.b-post__title, td.navbar > strong")
});
static PAGE_TITLE: LazyLock<Selector> = LazyLock::new(|| selector("head > title"));
static PAGES: LazyLock<Selector> =
    LazyLock::new(|| selector(".pagenav a, .pagination a, .pagenav-container a, .pagenav-form a"));
static THREAD_INPUT: LazyLock<Selector> =
    LazyLock::new(|| selector("input[name=t], input[name=threadid]"));

fn frame(root: ElementRef<'_>) -> Frame {
    let url = address(root);
    let in_input = || attr(first(root, &THREAD_INPUT)?, "value");
    let id = url.as_deref().and_then(id_in_address).or_else(in_input);
    let name = words(root, &PAGE_TITLE);
    let of_page = || {
        let name = name.as_deref()?;
        let title = name.rsplit_once(" - ").map_or(name, |(title, _)| title);
        Some(title.to_owned())
    };
    Frame {
        id: id.map(str::to_owned),
        title: words(root, &TITLE).or_else(of_page),
        pages: forum::linked_pages(root, &PAGES, is_current),
        url,
        begins: forum::begins(root),
        flattened: false,
    }
}

/// Whether an element marks the page shown, or none, among the links to all.
fn is_current(element: ElementRef<'_>) -> bool {
    let classes = element.attr("class").unwrap_or_default();
    let marks = ["selected", "current", "h-disabled", "primary"];
    classes
        .split_whitespace()
        .any(|class| marks.contains(&class))
}

/// The number in `showthread.php?t=12`, `showthread.php?12-Words`, `/threads/12-words` or, in version 5,
/// `/forum/section/12-words`; with readable addresses, `/section/words-12.html`.
fn id_in_address(url: &str) -> Option<&str> {
    let marked = forum::id_in(
        url,
        &[
            "?t=",
            "&t=",
            "showthread.php?",
            "showthread.php/",
            "threads/",
        ],
    );
    marked.or_else(|| {
        let path = url.split(['?', '#']).next()?;
        path.rsplit('/').find_map(|part| {
            let part = part.strip_suffix(".html").unwrap_or(part);
            let words = part.trim_end_matches(|c: char| c.is_ascii_digit());
            let behind = words.ends_with('-').then(|| &part[words.len()..]);
            let before = part.split_once('-').map(|(id, _)| id);
            let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
            before.filter(is_id).or(behind.filter(is_id))
        })
    })
}

#[cfg(test)]
mod tests;
