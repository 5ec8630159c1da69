//! Bluesky: `getPostThread` gives a thread down to a depth; posts whose replies are not there are asked for
//! by themselves.

use super::{Next, Page, Paging, util};
use serde_json::Value;
use url::Url;

pub(super) static BOARD: Bluesky = Bluesky;

pub(super) struct Bluesky;

const METHOD: &str = "/xrpc/app.bsky.feed.getPostThread";

/// Replies below each other, and posts above, that one request may ask for.
const DEPTH: &str = "1000";

impl Paging for Bluesky {
    fn id(&self) -> &'static str {
        "bluesky"
    }

    fn follows(&self) -> &'static str {
        "the thread as JSON, and replies below those it shows"
    }

    fn entry(&self, url: &Url) -> Option<Url> {
        let parts = util::parts(url);
        match parts.as_slice() {
            ["profile", who, "post", key] if util::is_at(url, "bsky.app") => {
                let api = Url::parse("https://public.api.bsky.app")
                    .ok()?
                    .join(METHOD)
                    .ok()?;
                Some(thread(
                    &api,
                    &format!("at://{who}/app.bsky.feed.post/{key}"),
                ))
            }
            _ => None,
        }
    }

    fn knows(&self, page: &Page) -> bool {
        page.url.path() == METHOD
    }

    fn next(&self, page: &Page) -> Next {
        let Some(answer) = page.json() else {
            return Next::unread(page, util::NO_JSON);
        };
        let mut ask = Vec::new();
        // Posts above the one asked for come without their other replies; only what is below is looked at.
        let mut open: Vec<&Value> = answer.get("thread").into_iter().collect();
        while let Some(node) = open.pop() {
            let replies = node.get("replies").and_then(Value::as_array);
            let post = node.get("post");
            let count = post.and_then(|post| post.get("replyCount")?.as_u64());
            let uri = post.and_then(|post| post.get("uri")?.as_str());
            match (replies, uri) {
                (Some(replies), _) => open.extend(replies.iter().rev()),
                // An empty list would mean that the replies cannot be seen.
                (None, Some(uri)) if count.unwrap_or(0) > 0 => ask.push(thread(&page.url, uri)),
                (None, _) => {}
            }
        }
        Next::ask(ask)
    }
}

fn thread(api: &Url, uri: &str) -> Url {
    util::with_params(
        api,
        &[("uri", uri), ("depth", DEPTH), ("parentHeight", DEPTH)],
    )
}
