//! Pages of boards not known here, where they name the next one by `rel=next`.

use super::{Next, Page, Paging, util};
use url::Url;

pub(super) static BOARD: RelNext = RelNext;

pub(super) struct RelNext;

/// An address without what may differ between two pages of one thread: parameters, and a page's number or
/// the word `page` with one at the end of the path.
fn thread(url: &Url) -> Vec<String> {
    let mut parts = util::parts(url);
    let numbered = |part: &str| {
        let rest = part.strip_prefix("page").or_else(|| part.strip_prefix("p"));
        rest.is_some_and(|rest| util::is_number(rest.trim_start_matches('-')))
    };
    match parts.as_slice() {
        [.., "page", number] if util::is_number(number) => parts.truncate(parts.len() - 2),
        [.., last] if numbered(last) => parts.truncate(parts.len() - 1),
        _ => {}
    }
    parts.into_iter().map(str::to_owned).collect()
}

impl Paging for RelNext {
    fn id(&self) -> &'static str {
        "rel-next"
    }

    fn follows(&self) -> &'static str {
        "the next page, where the page names one"
    }

    fn knows(&self, page: &Page) -> bool {
        page.links().iter().any(|link| link.has_rel("next"))
    }

    fn next(&self, page: &Page) -> Next {
        // On blogs the "next" of a post is another post: only addresses of the same thread are asked for.
        let own = thread(&page.url);
        let next = page
            .links()
            .iter()
            .filter(|link| link.has_rel("next") && thread(&link.url) == own);
        Next::ask(next.map(|link| link.url.clone()).collect())
    }
}
