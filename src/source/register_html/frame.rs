//! Reads what stands around the posts: the article, the thread's address, links to further pages.

use super::{super::register, has_class, nesting::Mark};
use crate::{
    text::html::{self, Step, walk},
    thread::{Article, ThreadBuilder, codes},
};
use scraper::ElementRef;
use std::collections::HashSet;

/// What stands around the posts.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    url: Option<&'a str>,
    title: Option<String>,
    article_url: Option<&'a str>,
    standfirst: Option<String>,
    /// Addresses of the thread's other pages.
    pages: Vec<&'a str>,
}

impl<'a> Frame<'a> {
    /// Reads the page outside its posts.
    pub(super) fn read(root: ElementRef<'a>, mark: Mark) -> Self {
        let mut elements = Vec::new();
        walk(root, |step| match step {
            Step::Open(element) if !mark.is_on(element) => {
                elements.push(element);
                true
            }
            _ => false,
        });
        let url = address(&elements);
        let back = elements.iter().find_map(|&element| headline_link(element));
        let standfirst = elements.iter().find(|element| {
            let classes = element.attr("class").unwrap_or_default();
            classes.contains("standfirst")
        });
        Self {
            url,
            article_url: back.as_ref().and_then(|(link, _)| link.attr("href")),
            title: back.map(|(_, title)| title).or_else(|| heading(&elements)),
            standfirst: standfirst.map(|element| html::line(*element)),
            pages: other_pages(&elements, url),
        }
    }

    /// Starts the thread; `address` is its address as far as the posts tell it.
    pub(super) fn start(self, source: &str, address: Option<&str>) -> ThreadBuilder {
        let url = self.url.or(address);
        let id = url.and_then(id_in_address);
        let id = id.unwrap_or_else(|| register::thread_id(self.title.as_deref()));
        let mut builder = ThreadBuilder::new(source, id);
        builder.url(url.map(str::to_owned));
        if !self.pages.is_empty() {
            let message = format!("the thread has other pages: {}", self.pages.join(", "));
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        let article = Article {
            title: self.title.clone(),
            url: self.article_url.map(str::to_owned),
            text: self.standfirst.filter(|text| !text.is_empty()),
        };
        builder.title(self.title);
        builder.article((article != Article::default()).then_some(article));
        builder
    }
}

/// The address that the page gives itself.
fn address<'a>(elements: &[ElementRef<'a>]) -> Option<&'a str> {
    elements
        .iter()
        .find_map(|element| match element.value().name() {
            "link" if element.attr("rel") == Some("canonical") => element.attr("href"),
            "meta" if element.attr("property") == Some("og:url") => element.attr("content"),
            _ => None,
        })
}

/// The link back to the article, with the article's headline.
fn headline_link(element: ElementRef<'_>) -> Option<(ElementRef<'_>, String)> {
    if element.value().name() != "a" {
        return None;
    }
    let line = html::line(element);
    let title = register::headline(&line)?.to_owned();
    Some((element, title))
}

/// The page's heading, or else its title; the board's own name is neither.
fn heading(elements: &[ElementRef<'_>]) -> Option<String> {
    let named = |name: &str| {
        let mut headings = elements.iter().filter(|e| e.value().name() == name);
        headings.find_map(|&element| {
            let words: Vec<_> = element.text().flat_map(str::split_whitespace).collect();
            let line = words.join(" ");
            let line = line.split(" • The Register").next()?.trim();
            (!line.is_empty() && !line.starts_with("The Register")).then(|| line.to_owned())
        })
    };
    named("h1").or_else(|| named("title"))
}

/// The pages that the page links to, but for itself. `/forum/all/` is every page in one: neither does
/// it have other pages, nor is it one.
fn other_pages<'a>(elements: &[ElementRef<'a>], url: Option<&str>) -> Vec<&'a str> {
    const WHOLE: &str = "/forum/all/";
    let navigations = elements
        .iter()
        .filter(|e| has_class(**e, "forums-page-nav"));
    let is_current = |element: ElementRef<'_>| has_class(element, "current");
    let mut numbered = false;
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    for navigation in navigations {
        walk(*navigation, |step| {
            let Step::Open(element) = step else {
                return false;
            };
            if is_current(element) {
                numbered |= element
                    .text()
                    .any(|text| text.trim().parse::<u32>().is_ok());
                return false;
            }
            if let Some(page) = element
                .attr("href")
                .filter(|_| element.value().name() == "a")
                && !page.contains(WHOLE)
                && seen.insert(page)
            {
                pages.push(page);
            }
            true
        });
    }
    if !numbered && url.is_some_and(|url| url.contains(WHOLE)) {
        pages.clear();
    }
    pages
}

/// The thread's id: the path of its address behind the number of the page.
fn id_in_address(url: &str) -> Option<String> {
    let (_, path) = url.split_once("/forum/")?;
    let path = path.split(['?', '#']).next()?;
    let (page, id) = path.split_once('/')?;
    let id = id.trim_matches('/');
    let is_page = page == "all" || page.bytes().all(|byte| byte.is_ascii_digit());
    (is_page && !id.is_empty()).then(|| id.to_owned())
}
