//! Flat forums (XenForo, vBulletin, phpBB, SMF): pages by number or by their first post.

use super::{Next, Page, Paging, util};
use std::collections::HashSet;
use url::Url;

pub(super) static BOARD: Flat = Flat;

pub(super) struct Flat;

/// A thread's name among addresses of one host, and the address of one of its pages without what does not
/// matter (sessions, words to highlight, single posts).
fn page(url: &Url) -> Option<(String, Url)> {
    let parts = util::parts(url);
    let last = parts.last()?;
    match *last {
        "viewtopic.php" => by_params(url, "start", "0"),
        "showthread.php" => by_params(url, "page", "1"),
        "index.php" if util::param(url, "topic").is_some() => {
            // SMF: ?topic=12.40, where the second number is the first post of the page.
            let topic = util::param(url, "topic")?;
            let (id, start) = topic.split_once('.').unwrap_or((&topic, "0"));
            let fit = util::is_number(id) && util::is_number(start);
            fit.then(|| {
                let topic = format!("{id}.{start}");
                (
                    format!("t{id}"),
                    util::with_params(url, &[("topic", &topic)]),
                )
            })
        }
        _ => by_path(url, &parts),
    }
}

/// phpBB: `?t=12&start=20`; vBulletin: `?t=12&page=3`. The first page has no such parameter, or `first`.
fn by_params(url: &Url, name: &str, first: &str) -> Option<(String, Url)> {
    let number = |name: &str| util::param(url, name).filter(|value| util::is_number(value));
    let thread = number("t")?;
    let mut params = vec![("t", thread.as_str())];
    let page = number(name);
    params.extend(
        page.as_deref()
            .filter(|page| *page != first)
            .map(|page| (name, page)),
    );
    Some((format!("t{thread}"), util::with_params(url, &params)))
}

/// XenForo: `/threads/slug.12/page-3`; vBulletin: `/threads/12-slug/page3`, `/forum/board/12-slug/page3`.
fn by_path(url: &Url, parts: &[&str]) -> Option<(String, Url)> {
    let (last, before) = parts.split_last()?;
    let number = last
        .strip_prefix("page")
        .map(|rest| rest.trim_start_matches('-'));
    let (thread, page) = match number.filter(|number| util::is_number(number)) {
        Some(number) => (before, Some(number)),
        None => (parts, None),
    };
    let name = thread.last()?;
    let (_, behind) = name.rsplit_once('.').unwrap_or(("", name));
    let (ahead, _) = name.split_once('-').unwrap_or((name, ""));
    let id = [behind, ahead].into_iter().find(|id| util::is_number(id))?;
    let is_first = page.is_none() || page == Some("1");
    let is_known = thread
        .iter()
        .any(|part| matches!(*part, "threads" | "forum" | "forums"));
    is_known.then(|| {
        let mut url = util::with_params(url, &[]);
        if is_first {
            // The first page's own address stays as the board writes it.
            let path = url.path().trim_end_matches('/');
            let own = page
                .and_then(|_| path.rsplit_once('/'))
                .map_or(path, |(own, _)| own);
            let own = format!("{own}/");
            url.set_path(&own);
        }
        (format!("t{id}"), url)
    })
}

impl Paging for Flat {
    fn id(&self) -> &'static str {
        "flat"
    }

    fn follows(&self) -> &'static str {
        "the pages of the thread"
    }

    fn entry(&self, url: &Url) -> Option<Url> {
        let (_, clean) = page(url)?;
        (clean != *url).then_some(clean)
    }

    fn knows(&self, page: &Page) -> bool {
        self::page(&page.url).is_some() && page.json().is_none()
    }

    fn next(&self, page: &Page) -> Next {
        let Some((own, address)) = self::page(&page.url) else {
            return Next::default();
        };
        let mut ask: Vec<Url> = Vec::new();
        let mut seen = HashSet::new();
        for link in page.links() {
            if let Some((other, url)) = self::page(&link.url)
                && other == own
                && url != address
                && !(is_first(&url) && is_first(&address))
                && seen.insert(url.clone())
            {
                ask.push(url);
            }
        }
        Next::ask(ask)
    }
}

/// Whether an address names no page: a thread's links to itself are many, and all mean its first page.
fn is_first(url: &Url) -> bool {
    let number = |name: &str| util::param(url, name).is_some_and(|value| value != "0");
    let later = util::param(url, "topic").is_some_and(|topic| !topic.ends_with(".0"));
    let last = util::parts(url)
        .last()
        .is_some_and(|last| last.starts_with("page"));
    !(number("start") || number("page") || later || last)
}
