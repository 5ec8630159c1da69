//! Lobsters: `/s/ID.json` is the whole thread.

use super::{Next, Page, Paging, util};
use url::Url;

pub(super) static BOARD: Lobsters = Lobsters;

pub(super) struct Lobsters;

fn is_story(url: &Url) -> bool {
    util::is_at(url, "lobste.rs") && util::parts(url).first() == Some(&"s")
}

impl Paging for Lobsters {
    fn id(&self) -> &'static str {
        "lobsters"
    }

    fn follows(&self) -> &'static str {
        "the whole thread as JSON"
    }

    fn entry(&self, url: &Url) -> Option<Url> {
        let parts = util::parts(url);
        let id = parts
            .get(1)
            .filter(|id| is_story(url) && !id.ends_with(".json"))?;
        url.join(&format!("/s/{id}.json")).ok()
    }

    fn knows(&self, page: &Page) -> bool {
        is_story(&page.url)
    }

    fn next(&self, _page: &Page) -> Next {
        Next::default()
    }
}
