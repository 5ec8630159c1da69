//! Mastodon: a status and its `context`, which holds all that was said around it.

use super::{Next, Page, Paging, util};
use url::Url;

pub(super) static BOARD: Mastodon = Mastodon;

pub(super) struct Mastodon;

impl Paging for Mastodon {
    fn id(&self) -> &'static str {
        "mastodon"
    }

    fn follows(&self) -> &'static str {
        "the status and its context as JSON"
    }

    fn entry(&self, url: &Url) -> Option<Url> {
        let parts = util::parts(url);
        match parts.as_slice() {
            [who, id] if who.starts_with('@') && util::is_number(id) => {
                url.join(&format!("/api/v1/statuses/{id}")).ok()
            }
            _ => None,
        }
    }

    fn knows(&self, page: &Page) -> bool {
        let parts = util::parts(&page.url);
        matches!(parts.as_slice(), ["api", "v1", "statuses", ..])
    }

    fn next(&self, page: &Page) -> Next {
        let parts = util::parts(&page.url);
        let other = match parts.as_slice() {
            [_, _, _, id] => format!("/api/v1/statuses/{id}/context"),
            [_, _, _, id, "context"] => format!("/api/v1/statuses/{id}"),
            _ => return Next::default(),
        };
        Next::ask(page.url.join(&other).into_iter().collect())
    }
}
