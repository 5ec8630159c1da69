//! Discourse: a topic as JSON holds twenty posts and the ids of all; the others are asked for by id.

use super::{Next, Page, Paging, util};
use serde_json::Value;
use std::collections::HashSet;
use url::Url;

pub(super) static BOARD: Discourse = Discourse;

pub(super) struct Discourse;

/// Posts that one request may ask for.
const AT_ONCE: usize = 20;

/// The id of the topic: `/t/ID`, `/t/slug/ID`, `/t/slug/ID/POST`.
fn topic(url: &Url) -> Option<&str> {
    let parts = util::parts(url);
    let number = |at: usize| {
        parts
            .get(at)
            .filter(|part| util::is_number(part.trim_end_matches(".json")))
    };
    match parts.first() {
        Some(&"t") if parts.len() <= 4 => number(1).or_else(|| number(2)),
        _ => None,
    }
    .map(|id| id.trim_end_matches(".json"))
}

impl Paging for Discourse {
    fn id(&self) -> &'static str {
        "discourse"
    }

    fn follows(&self) -> &'static str {
        "the topic as JSON, and its posts twenty at a time"
    }

    fn entry(&self, url: &Url) -> Option<Url> {
        let id = topic(url).filter(|_| !url.path().ends_with(".json"))?;
        url.join(&format!("/t/{id}.json")).ok()
    }

    fn knows(&self, page: &Page) -> bool {
        topic(&page.url).is_some() && (page.holds("\"post_stream\"") || page.holds("iscourse"))
    }

    fn next(&self, page: &Page) -> Next {
        if !page.links().is_empty() {
            return Next::ask(html(page));
        }
        let Some(answer) = page.json() else {
            return Next::unread(page, util::NO_JSON);
        };
        let Some(stream) = answer.get("post_stream") else {
            return Next::default();
        };
        let list = |name: &str| {
            stream
                .get(name)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let had: HashSet<String> = list("posts")
            .filter_map(|post| util::id(post.get("id")?))
            .collect();
        let wanted = list("stream").filter_map(util::id);
        let missing: Vec<String> = wanted.filter(|id| !had.contains(id)).collect();
        let id = topic(&page.url).unwrap_or_default();
        let Ok(posts) = page.url.join(&format!("/t/{id}/posts.json")) else {
            return Next::default();
        };
        let ask = |ids: &[String]| {
            let params: Vec<_> = ids.iter().map(|id| ("post_ids[]", id.as_str())).collect();
            util::with_params(&posts, &params)
        };
        Next::ask(missing.chunks(AT_ONCE).map(ask).collect())
    }
}

/// The pages that search engines see.
fn html(page: &Page) -> Vec<Url> {
    let id = topic(&page.url);
    let next = page.links().iter().filter(|link| {
        topic(&link.url) == id && link.has_rel("next") && util::param(&link.url, "page").is_some()
    });
    next.map(|link| link.url.clone()).collect()
}
