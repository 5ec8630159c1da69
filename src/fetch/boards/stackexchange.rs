//! Stack Exchange: the API's answers say `has_more` and `backoff`; question pages have pages of answers and
//! leave out comments.

use super::{Next, Page, Paging, util};
use serde_json::Value;
use std::time::Duration;
use url::Url;

pub(super) static BOARD: StackExchange = StackExchange;

pub(super) struct StackExchange;

fn is_api(url: &Url) -> bool {
    let parts = util::parts(url);
    let is_version = parts.first().is_some_and(|part| part.starts_with("2."));
    util::is_at(url, "api.stackexchange.com") || is_version && util::param(url, "site").is_some()
}

fn question(url: &Url) -> Option<&str> {
    let parts = util::parts(url);
    match parts.as_slice() {
        ["questions", id, ..] if util::is_number(id) => Some(id),
        _ => None,
    }
}

impl Paging for StackExchange {
    fn id(&self) -> &'static str {
        "stackexchange"
    }

    fn follows(&self) -> &'static str {
        "pages, and comments that a page leaves out"
    }

    fn knows(&self, page: &Page) -> bool {
        is_api(&page.url) || question(&page.url).is_some() && page.holds("class=\"question")
    }

    fn next(&self, page: &Page) -> Next {
        if !is_api(&page.url) {
            return Next::ask(html(page));
        }
        let Some(answer) = page.json() else {
            return Next::unread(page, util::NO_JSON);
        };
        let mut next = Next::default();
        if answer.get("has_more").and_then(Value::as_bool) == Some(true) {
            next.ask.push(util::next_page(&page.url, 1));
        }
        let pause = answer.get("backoff").and_then(Value::as_u64);
        next.pause = pause.map(Duration::from_secs);
        next
    }
}

fn html(page: &Page) -> Vec<Url> {
    let own = question(&page.url);
    let same = |url: &Url| question(url) == own && util::param(url, "page").is_some();
    let links = page.links().iter().map(|link| &link.url);
    let mut ask: Vec<Url> = links.filter(|url| same(url)).cloned().collect();
    let text = String::from_utf8_lossy(page.body());
    // <div id="comments-link-123" ...><a class="js-show-link ...">Show <b>3</b> more comments</a>
    for rest in text.split("id=\"comments-link-").skip(1) {
        let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let block = rest.split("</div>").next().unwrap_or_default();
        if !id.is_empty() && block.contains("more comment") {
            ask.extend(page.url.join(&format!("/posts/{id}/comments")));
        }
    }
    ask
}
