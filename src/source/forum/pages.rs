//! The pages over which a forum spreads a thread.

use super::super::markup::{attr, selector};
use crate::thread::{ThreadBuilder, codes};
use scraper::{ElementRef, Selector};
use std::{collections::HashSet, sync::LazyLock};

/// Other pages that a warning names; the rest are counted.
const PAGES_NAMED: usize = 8;

static NEIGHBORS: LazyLock<Selector> = LazyLock::new(|| selector("link[rel=next], link[rel=prev]"));

/// Whether a page of a thread says that there is one behind it and none before it.
pub(in crate::source) fn begins(root: ElementRef<'_>) -> bool {
    let mut links = root
        .descendent_elements()
        .filter(|e| e.value().name() == "link");
    let mut has_next = false;
    let has_prev = links.any(|link| {
        has_next |= link.attr("rel") == Some("next");
        link.attr("rel") == Some("prev")
    });
    has_next && !has_prev
}

/// The thread's other pages: those that `links` finds, without what leads to the page shown, as the link
/// or the element around it says; or else the neighbors that the head of the page names.
pub(in crate::source) fn linked_pages(
    root: ElementRef<'_>,
    links: &Selector,
    is_current: impl Fn(ElementRef<'_>) -> bool,
) -> Vec<String> {
    let leads_here = |link: &ElementRef<'_>| {
        let around = link.parent().and_then(ElementRef::wrap);
        is_current(*link) || around.is_some_and(&is_current)
    };
    let pages = addresses(root.select(links).filter(|link| !leads_here(link)));
    match pages.is_empty() {
        true => addresses(root.select(&NEIGHBORS)),
        false => pages,
    }
}

/// Addresses of links, each once, without those that lead to the page itself.
pub(in crate::source) fn addresses<'a>(links: impl Iterator<Item = ElementRef<'a>>) -> Vec<String> {
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    for link in links {
        let Some(address) = attr(link, "href") else {
            continue;
        };
        let is_page = !address.starts_with('#') && !address.starts_with("javascript:");
        if is_page && seen.insert(address) {
            pages.push(address.to_owned());
        }
    }
    pages
}

/// Tells of the thread's other pages, if the page links to any; gives whether it does.
pub(super) fn warn_of_pages(pages: &[String], builder: &mut ThreadBuilder) -> bool {
    if pages.is_empty() {
        return false;
    }
    let named = &pages[..pages.len().min(PAGES_NAMED)];
    let rest = match pages.len() - named.len() {
        0 => String::new(),
        rest => format!(" and {rest} more"),
    };
    let message = format!("the thread has other pages: {}{rest}", named.join(", "));
    builder.warn(codes::PARTIAL_CAPTURE, message, None);
    true
}
