//! Lemmy: a post and its comments as JSON, fifty at a time.

use super::{Next, Page, Paging, util};
use serde_json::Value;
use url::Url;

pub(super) static BOARD: Lemmy = Lemmy;

pub(super) struct Lemmy;

/// Comments that an instance gives at most.
const AT_ONCE: &str = "50";

fn is_list(url: &Url) -> bool {
    url.path() == "/api/v3/comment/list"
}

impl Paging for Lemmy {
    fn id(&self) -> &'static str {
        "lemmy"
    }

    fn follows(&self) -> &'static str {
        "the post and its comments as JSON, page by page"
    }

    fn knows(&self, page: &Page) -> bool {
        let parts = util::parts(&page.url);
        let is_post = matches!(parts.as_slice(), ["post", id] if util::is_number(id));
        is_list(&page.url)
            || page.url.path() == "/api/v3/post"
            || is_post && (page.holds("lemmy") || page.holds("Lemmy"))
    }

    fn next(&self, page: &Page) -> Next {
        if is_list(&page.url) {
            let Some(answer) = page.json() else {
                return Next::unread(page, util::NO_JSON);
            };
            let comments = answer.get("comments").and_then(Value::as_array);
            let has_some = comments.is_some_and(|comments| !comments.is_empty());
            // With `max_depth` the answer is a tree down to there, without pages.
            let is_paged = util::param(&page.url, "max_depth").is_none();
            let next = (has_some && is_paged).then(|| util::next_page(&page.url, 1));
            return Next::ask(next.into_iter().collect());
        }
        let id = util::param(&page.url, "id");
        let id = id.or_else(|| util::parts(&page.url).get(1).map(|id| (*id).to_owned()));
        let Some(id) = id.filter(|id| util::is_number(id)) else {
            return Next::default();
        };
        let list = page.url.join("/api/v3/comment/list").map(|list| {
            let params = [
                ("post_id", id.as_str()),
                ("type_", "All"),
                ("sort", "Old"),
                ("limit", AT_ONCE),
                ("page", "1"),
            ];
            util::with_params(&list, &params)
        });
        let post = page.url.join("/api/v3/post");
        let post = post.map(|post| util::with_params(&post, &[("id", &id)]));
        Next::ask(post.into_iter().chain(list).collect())
    }
}
