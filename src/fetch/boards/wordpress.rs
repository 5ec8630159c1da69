//! WordPress: `/comment-page-N/` or `?cpage=N` behind the post's own address.

use super::{Next, Page, Paging, util};
use url::Url;

pub(super) static BOARD: WordPress = WordPress;

pub(super) struct WordPress;

/// The post's address, and whether this is that of one of its comment pages.
fn post(url: &Url) -> (String, bool) {
    let path = url.path().trim_end_matches('/');
    let (before, last) = path.rsplit_once('/').unwrap_or(("", path));
    let page = last.strip_prefix("comment-page-");
    let is_page = page.is_some_and(util::is_number);
    let path = if is_page { before } else { path };
    let post = util::param(url, "p").unwrap_or_default();
    let is_page = is_page || util::param(url, "cpage").is_some_and(|page| util::is_number(&page));
    (format!("{path}?{post}"), is_page)
}

impl Paging for WordPress {
    fn id(&self) -> &'static str {
        "wordpress"
    }

    fn follows(&self) -> &'static str {
        "the pages of comments"
    }

    fn knows(&self, page: &Page) -> bool {
        post(&page.url).1 || page.holds("comment-page-") || page.holds("cpage=")
    }

    fn next(&self, page: &Page) -> Next {
        let (own, _) = post(&page.url);
        let mut ask = Vec::new();
        for link in page.links() {
            // Links that open the form for a reply lead to the same comments.
            let is_reply = util::param(&link.url, "replytocom").is_some();
            let (other, is_page) = post(&link.url);
            if is_page && other == own && !is_reply {
                ask.push(link.url.clone());
            }
        }
        Next::ask(ask)
    }
}
