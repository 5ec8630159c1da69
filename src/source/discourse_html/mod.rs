//! Discourse's pages: the one for crawlers, the one that the program in the browser builds, and the one
//! that other sites embed.
//!
//! A post's id is its number in the topic. Crawlers are not told who answers whom, and a saved page of the
//! browser names only the author answered: what a post quotes is followed, as the module `forum` tells.

mod post;

use super::{
    Feature, Page, Source, Threads, Witness,
    discourse::without_actions,
    forum::{self, Frame},
    markup::{address, attr, digits_after, has_class, selector, words},
    page, recognize,
};
use crate::{
    error::Result,
    text::html::{self, Step, walk},
    thread::Thread,
};
use scraper::{ElementRef, Selector};
use std::{io::BufRead, sync::LazyLock};

pub(super) static SOURCE: DiscourseHtml = DiscourseHtml;

/// See the module.
#[derive(Debug)]
pub(super) struct DiscourseHtml;

impl Source for DiscourseHtml {
    fn id(&self) -> &'static str {
        "discourse-html"
    }

    fn summary(&self) -> &'static str {
        "a topic of a Discourse forum as HTML"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let signs = [
            "crawler-post",
            "content=\"Discourse ",
            "content='Discourse ",
            "id=\"data-discourse-setup\"",
            "id='data-discourse-setup'",
            "id=\"data-embedded\"",
            "id='data-embedded'",
            "class=\"topic-post ",
            "data-link-to-post=",
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
    let mut elements = Vec::new();
    walk(root, |step| match step {
        // Answers unfolded below a post, or above it, stand a second time in their own places.
        Step::Open(element) if has_class(element, "embedded-posts") => false,
        Step::Open(element) => {
            if post::is_post(element) {
                elements.push(element);
            }
            true
        }
        _ => false,
    });
    let mut frame = frame(root, &elements);
    frame.flattened = flattened;
    let topic = frame.id.as_deref();
    let posts = elements.iter().map(|element| post::read(*element, topic));
    let posts = without_actions(posts.collect());
    frame.begins = posts.first().is_some_and(|post| post.draft.id == "1");
    if frame.pages.is_empty() {
        frame.pages.extend(missing(root, &posts));
    }
    forum::thread(SOURCE.id(), page, frame, posts)
}

static TITLE: LazyLock<Selector> = LazyLock::new(|| {
    selector("#topic-title h1 a.fancy-title, a.fancy-title, #topic-title h1, h1 a[href*='/t/'], h1")
});
static PAGES: LazyLock<Selector> =
    LazyLock::new(|| selector("a[rel=next], a[rel=prev], link[rel=next], link[rel=prev]"));
static TIMELINE: LazyLock<Selector> = LazyLock::new(|| selector(".timeline-replies"));

fn frame(root: ElementRef<'_>, posts: &[ElementRef<'_>]) -> Frame {
    let url = address(root);
    let marked = || posts.iter().find_map(|post| attr(*post, "data-topic-id"));
    let linked = || {
        let mut inside = posts.iter().flat_map(ElementRef::descendent_elements);
        let (topic, _) = inside.find_map(|link| post::place(attr(link, "href")?))?;
        Some(topic)
    };
    let id = url
        .as_deref()
        .and_then(topic_in)
        .or_else(marked)
        .or_else(linked);
    Frame {
        id: id.map(str::to_owned),
        title: words(root, &TITLE),
        pages: forum::addresses(root.select(&PAGES)),
        url,
        begins: false,
        flattened: false,
    }
}

/// The number of the topic in `…/t/some-words/57/12` or `…/t/57`.
fn topic_in(url: &str) -> Option<&str> {
    if let Some((topic, _)) = post::place(url) {
        return Some(topic);
    }
    let (_, path) = url.split_once("/t/")?;
    let mut parts = path.split(['?', '#']).next()?.split('/');
    parts.find(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Says how many posts the browser had not loaded, where the page's timeline tells: "3 / 57".
fn missing(root: ElementRef<'_>, posts: &[forum::Post]) -> Option<String> {
    let line = words(root, &TIMELINE)?;
    let (_, count) = line.split_once('/')?;
    let count: u64 = digits_after(count.trim(), "")?.parse().ok()?;
    let last = posts
        .iter()
        .filter_map(|post| post.draft.id.parse().ok())
        .max();
    (last < Some(count))
        .then(|| format!("posts up to number {count}, which the browser had not loaded"))
}

#[cfg(test)]
mod tests;
