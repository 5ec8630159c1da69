//! Hacker News through Algolia (`/api/v1/items/ID` is whole, search answers have pages) and Firebase
//! (`/v0/item/ID.json`, which names its replies).

use super::{Missing, Next, Page, Paging, util};
use serde_json::Value;
use url::Url;

pub(super) static BOARD: HackerNewsApi = HackerNewsApi;

pub(super) struct HackerNewsApi;

/// Hits that a search gives at most.
const HITS: u64 = 1000;

fn is_firebase(url: &Url) -> bool {
    let parts = util::parts(url);
    matches!(parts.as_slice(), ["v0", "item", item] if item.ends_with(".json"))
}

fn is_algolia(url: &Url) -> bool {
    let parts = util::parts(url);
    matches!(parts.as_slice(), ["api", "v1", kind, ..]
        if ["items", "search", "search_by_date"].contains(kind))
        && (util::is_at(url, "algolia.com") || util::parts(url).get(2) == Some(&"items"))
}

impl Paging for HackerNewsApi {
    fn id(&self) -> &'static str {
        "hn-api"
    }

    fn follows(&self) -> &'static str {
        "replies one by one (Firebase), pages of a search (Algolia)"
    }

    fn knows(&self, page: &Page) -> bool {
        is_firebase(&page.url) || is_algolia(&page.url)
    }

    fn next(&self, page: &Page) -> Next {
        // An answer with the whole tree may be nested more deeply than is looked at here.
        let is_whole = util::parts(&page.url).get(2) == Some(&"items");
        match page.json() {
            _ if is_whole => Next::default(),
            None => Next::unread(page, util::NO_JSON),
            Some(answer) if is_firebase(&page.url) => Next::ask(kids(page, answer)),
            Some(answer) => hits(page, answer),
        }
    }
}

fn kids(page: &Page, item: &Value) -> Vec<Url> {
    let kids = item.get("kids").and_then(Value::as_array);
    let ids = kids.into_iter().flatten().filter_map(util::id);
    ids.filter_map(|id| page.url.join(&format!("{id}.json")).ok())
        .collect()
}

fn hits(page: &Page, answer: &Value) -> Next {
    let number = |name: &str| answer.get(name).and_then(Value::as_u64).unwrap_or(0);
    let mut next = Next::default();
    if number("page") + 1 < number("nbPages") {
        next.ask.push(util::next_page(&page.url, 0));
    } else if number("nbHits") > HITS {
        next.missing.push(Missing {
            url: page.url.to_string(),
            why: format!(
                "the search gives {HITS} of {} hits; ask for /api/v1/items/ID",
                number("nbHits")
            ),
        });
    }
    next
}
