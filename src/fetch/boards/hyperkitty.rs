//! HyperKitty: a thread's page has the first message; the replies come as JSON, some at a time.

use super::{Next, Page, Paging, util};
use serde_json::Value;
use url::Url;

pub(super) static BOARD: HyperKitty = HyperKitty;

pub(super) struct HyperKitty;

/// Whether the address is a thread's, or its replies'.
fn is_thread(url: &Url) -> Option<bool> {
    let parts = util::parts(url);
    match parts.as_slice() {
        [.., "thread", _, "replies"] => Some(false),
        [.., "thread", _] => Some(true),
        _ => None,
    }
}

impl Paging for HyperKitty {
    fn id(&self) -> &'static str {
        "hyperkitty"
    }

    fn follows(&self) -> &'static str {
        "the replies of a thread, some at a time"
    }

    fn knows(&self, page: &Page) -> bool {
        match is_thread(&page.url) {
            Some(true) => page.holds("yperkitty") || page.holds("yperKitty"),
            Some(false) => page.holds("\"replies_html\""),
            None => false,
        }
    }

    fn next(&self, page: &Page) -> Next {
        if is_thread(&page.url) == Some(true) {
            let mut replies = page.url.clone();
            replies.set_path(&format!(
                "{}/replies",
                page.url.path().trim_end_matches('/')
            ));
            let params = [("sort", "thread"), ("offset", "0")];
            return Next::ask(vec![util::with_params(&replies, &params)]);
        }
        let Some(answer) = page.json() else {
            return Next::unread(page, util::NO_JSON);
        };
        let more = answer.get("more_pending").and_then(Value::as_bool) == Some(true);
        let offset = answer
            .get("next_offset")
            .and_then(util::id)
            .filter(|_| more);
        let next = offset.map(|offset| util::set_param(&page.url, "offset", &offset));
        Next::ask(next.into_iter().collect())
    }
}
