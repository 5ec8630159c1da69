//! The Register: `/forum/all/` shows a thread on one page, `/forum/N/` a part of it.

use super::{
    Next, Page, Paging,
    util::{is_at, is_number, parts},
};
use url::Url;

pub(super) static BOARD: Register = Register;

pub(super) struct Register;

/// Which part of a thread an address of the forum shows, and the thread.
fn thread(url: &Url) -> Option<(&str, Vec<&str>)> {
    let parts = parts(url);
    match parts.as_slice() {
        ["forum", part, rest @ ..] if !rest.is_empty() && (*part == "all" || is_number(part)) => {
            Some((part, rest.to_vec()))
        }
        _ => None,
    }
}

impl Paging for Register {
    fn id(&self) -> &'static str {
        "the-register"
    }

    fn follows(&self) -> &'static str {
        "the whole thread on one page, or page by page"
    }

    fn entry(&self, url: &Url) -> Option<Url> {
        if let Some((part, rest)) = thread(url) {
            let year = rest
                .first()
                .is_some_and(|year| is_number(year) && year.len() == 4);
            return (part != "all" && year)
                .then(|| url.join(&format!("/forum/all/{}/", rest.join("/"))).ok())?;
        }
        let board = ["theregister.com", "theregister.co.uk"]
            .into_iter()
            .find(|board| is_at(url, board))?;
        match parts(url).as_slice() {
            rest @ [year, _, _, ..] if is_number(year) && year.len() == 4 => {
                let path = rest.join("/");
                Url::parse(&format!("https://forums.{board}/forum/all/{path}/")).ok()
            }
            _ => None,
        }
    }

    fn knows(&self, page: &Page) -> bool {
        thread(&page.url).is_some() && (page.holds("forum_posts") || page.holds("forums-page-nav"))
    }

    fn next(&self, page: &Page) -> Next {
        let Some((part, rest)) = thread(&page.url) else {
            return Next::default();
        };
        // A page that shows all may still name the parts; only a "Next" says that something comes after.
        let asks = |link: &&super::Link| {
            let is_next = link.text.starts_with("Next") || link.has_rel("next");
            thread(&link.url).is_some_and(|(other, same)| {
                same == rest && other != "all" && (part != "all" || is_next)
            })
        };
        let links = page.links().iter().filter(asks);
        Next::ask(links.map(|link| link.url.clone()).collect())
    }
}
