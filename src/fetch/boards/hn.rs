//! Hacker News: a "More" link leads to the next page of a long thread.

use super::{Next, Page, Paging, util::param};

pub(super) static BOARD: HackerNews = HackerNews;

pub(super) struct HackerNews;

impl Paging for HackerNews {
    fn id(&self) -> &'static str {
        "hn"
    }

    fn follows(&self) -> &'static str {
        "the pages behind \"More\""
    }

    fn knows(&self, page: &Page) -> bool {
        page.url.domain() == Some("news.ycombinator.com")
            || page.url.path() == "/item" && page.holds("athing")
    }

    fn next(&self, page: &Page) -> Next {
        let item = param(&page.url, "id");
        let more = page.links().iter().filter(|link| {
            // In older markup the link has no class.
            let is_more = link.has_class("morelink") || link.has_rel("next") || link.text == "More";
            is_more && link.url.path() == page.url.path() && param(&link.url, "id") == item
        });
        Next::ask(more.map(|link| link.url.clone()).collect())
    }
}
