//! Threads of phpBB as HTML: version 3 with the styles prosilver and subsilver2, version 2 with subSilver.
//!
//! Styles made after prosilver keep its classes ([`prosilver`]); subsilver2 and version 2 write tables in
//! which an anchor leads a post ([`subsilver`]). The module `forum` tells how a parent is made of
//! quotations; the first post is the first comment, since the forum does not set it apart.

mod prosilver;
mod subsilver;

use super::{
    Feature, Page, Source, Threads, Witness,
    forum::{self, Frame},
    markup::{address, attr, first, selector},
    page, recognize,
};
use crate::{
    error::Result,
    text::html,
    thread::{Author, Thread},
};
use scraper::{ElementRef, Selector};
use std::{io::BufRead, sync::LazyLock};

pub(super) static SOURCE: Phpbb = Phpbb;

/// See the module.
#[derive(Debug)]
pub(super) struct Phpbb;

impl Source for Phpbb {
    fn id(&self) -> &'static str {
        "phpbb"
    }

    fn summary(&self) -> &'static str {
        "a topic of a phpBB forum as HTML"
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
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let Some(page) = recognize::html(head) else {
            return false;
        };
        let signs = [
            "<body id=\"phpbb\"",
            "section-viewtopic",
            "Powered by phpBB",
            "Based on style:   prosilver",
            "phpBB Group\"",
        ];
        let topic = ["viewtopic.php", "class=\"postbody\"", "section-viewtopic"];
        let posts = [
            "class=\"postbody\"",
            "class=\"postdetails\"",
            "class=\"postauthor\"",
        ];
        topic.iter().any(|sign| page.contains(sign))
            && (signs.iter().any(|sign| page.contains(sign))
                || page.contains("viewtopic.php") && posts.iter().any(|sign| page.contains(sign)))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

fn read(page: &Page) -> Result<Thread> {
    let (html, flattened) = html::parse_document(&page.text);
    let root = html.root_element();
    let mut posts = prosilver::posts(root);
    if posts.is_empty() {
        posts = subsilver::posts(root);
    }
    let frame = Frame {
        flattened,
        ..frame(root)
    };
    forum::thread(SOURCE.id(), page, frame, posts)
}

static TITLE: LazyLock<Selector> = LazyLock::new(|| {
    selector(
        ".topic-title a, .topic-title, h2 a[href*=viewtopic], a.titles, a.maintitle, #pageheader h2",
    )
});
static LINKS: LazyLock<Selector> = LazyLock::new(|| selector("a[href*='start=']"));
static PAGINATION: LazyLock<Selector> = LazyLock::new(|| selector(".pagination a[href]"));

fn frame(root: ElementRef<'_>) -> Frame {
    let url = address(root);
    let heading = first(root, &TITLE);
    let in_heading = || {
        let heading = heading?;
        let mut links = std::iter::once(heading).chain(heading.descendent_elements());
        links.find_map(|link| id_in_address(attr(link, "href")?))
    };
    let id = url.as_deref().and_then(id_in_address).or_else(in_heading);
    let title = heading.map(html::line).filter(|title| !title.is_empty());
    let is_page = |link: &ElementRef<'_>| {
        let address = attr(*link, "href").unwrap_or_default();
        // Lists of other topics on the page have links to those topics' pages.
        let other = id_in_address(address).is_some_and(|topic| id.is_some_and(|id| id != topic));
        let is_view = address.contains("viewtopic") || address.contains("topic");
        let is_sorted = address.contains("view=") || address.contains("#");
        is_view && !other && !is_sorted
    };
    let mut pages = forum::addresses(root.select(&LINKS).filter(is_page));
    if pages.is_empty() {
        pages = forum::addresses(root.select(&PAGINATION).filter(is_page));
    }
    Frame {
        id: id.map(str::to_owned),
        title,
        pages,
        url,
        begins: forum::begins(root),
        flattened: false,
    }
}

/// The number in `viewtopic.php?f=4&t=167` or, with readable addresses, in `words-t167.html`.
fn id_in_address(url: &str) -> Option<&str> {
    forum::id_in(url, &["?t=", "&t=", "-t", "/topic"])
}

/// An author by the element that shows the name.
fn author(shown: ElementRef<'_>) -> Option<Author> {
    let name = html::line(shown);
    let link = std::iter::once(shown).chain(shown.descendent_elements());
    let above = shown.parent().and_then(ElementRef::wrap);
    let addresses = link.chain(above).filter_map(|e| e.attr("href"));
    let marks = ["&u=", "?u=", "-u", "member"];
    let id = addresses
        .into_iter()
        .find_map(|address| forum::id_in(address, &marks));
    (!name.is_empty()).then(|| Author {
        name,
        id: id.map(str::to_owned),
        ..Author::default()
    })
}

#[cfg(test)]
mod tests;
