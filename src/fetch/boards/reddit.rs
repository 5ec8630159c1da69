//! Reddit: a thread as JSON holds stubs (`more`) for what it leaves out; `/api/morechildren` gives them a
//! hundred at a time, and what lies too deep is at the address of its parent. The old HTML has both too.

use super::{Missing, Next, Page, Paging, util};
use serde_json::{Map, Value};
use url::Url;

pub(super) static BOARD: Reddit = Reddit;

pub(super) struct Reddit;

/// Comments that one request may ask for.
const AT_ONCE: usize = 100;

/// The id of the post, and the comment whose replies are shown, of a thread's address.
fn post(url: &Url) -> Option<&str> {
    let parts = util::parts(url);
    let at = parts.iter().position(|part| *part == "comments")?;
    let id = parts.get(at + 1)?.trim_end_matches(".json");
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (at <= 2 && is_id).then_some(id)
}

fn is_children(url: &Url) -> bool {
    url.path().starts_with("/api/morechildren")
}

impl Paging for Reddit {
    fn id(&self) -> &'static str {
        "reddit"
    }

    fn follows(&self) -> &'static str {
        "the thread as JSON, its `more` stubs and continued threads"
    }

    fn entry(&self, url: &Url) -> Option<Url> {
        let is_page = util::is_at(url, "reddit.com") && !url.path().ends_with(".json");
        post(url).filter(|_| is_page)?;
        let mut json = util::with_params(url, &[("limit", "500"), ("raw_json", "1")]);
        json.set_path(&format!("{}.json", url.path().trim_end_matches('/')));
        Some(json)
    }

    fn knows(&self, page: &Page) -> bool {
        let is_thread = post(&page.url).is_some();
        is_children(&page.url)
            || util::is_at(&page.url, "reddit.com") && is_thread
            || is_thread && page.holds("\"Listing\"")
    }

    fn next(&self, page: &Page) -> Next {
        if !page.links().is_empty() {
            return html(page);
        }
        let Some(answer) = page.json() else {
            return Next::unread(page, util::NO_JSON);
        };
        let link = util::param(&page.url, "link_id");
        let link = link.or_else(|| post(&page.url).map(|id| format!("t3_{id}")));
        let Some(link) = link else {
            return Next::unread(page, "the answer does not say to which thread it belongs");
        };
        let mut next = Next::default();
        let mut ids = Vec::new();
        for object in util::objects(answer) {
            if object.get("kind").and_then(Value::as_str) != Some("more") {
                continue;
            }
            let Some(more) = object.get("data").and_then(Value::as_object) else {
                continue;
            };
            let children = more.get("children").and_then(Value::as_array);
            let before = ids.len();
            ids.extend(children.into_iter().flatten().filter_map(util::id));
            if ids.len() == before {
                next.ask.extend(continued(page, &link, more));
            }
        }
        next.ask.extend(children(page, &link, &ids));
        next
    }
}

/// The addresses that give comments by their ids.
fn children(page: &Page, link: &str, ids: &[String]) -> Vec<Url> {
    let Ok(api) = page.url.join("/api/morechildren.json") else {
        return Vec::new();
    };
    let ask = |ids: &[String]| {
        let ids = ids.join(",");
        let params = [("api_type", "json"), ("link_id", link), ("raw_json", "1")];
        util::set_param(&util::with_params(&api, &params), "children", &ids)
    };
    ids.chunks(AT_ONCE).map(ask).collect()
}

/// The address of a thread that goes on below a comment.
fn continued(page: &Page, link: &str, more: &Map<String, Value>) -> Option<Url> {
    let parent = more.get("parent_id").and_then(Value::as_str)?;
    let parent = parent.strip_prefix("t1_")?;
    let id = link.strip_prefix("t3_").unwrap_or(link);
    let url = page
        .url
        .join(&format!("/comments/{id}/_/{parent}.json"))
        .ok()?;
    Some(util::with_params(
        &url,
        &[("limit", "500"), ("raw_json", "1")],
    ))
}

/// What a page of the old HTML leaves out. Its stubs hold ids in a script: they are asked for as JSON.
fn html(page: &Page) -> Next {
    let Some(id) = post(&page.url) else {
        return Next::default();
    };
    let text = String::from_utf8_lossy(page.body());
    let mut ids = Vec::new();
    for rest in text.split("morechildren(this,").skip(1) {
        // morechildren(this, 't3_post', 'sort', 'id,id,id', depth, 'False')
        let call = rest.split(')').next().unwrap_or_default();
        let call = call.replace("&#39;", "'");
        let quoted: Vec<&str> = call.split('\'').collect();
        let listed = quoted.get(5).into_iter().flat_map(|list| list.split(','));
        let fit = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        ids.extend(listed.map(str::trim).filter(fit).map(str::to_owned));
    }
    let deeper = page.links().iter().filter(|link| {
        link.text.to_lowercase().starts_with("continue this thread") && post(&link.url) == Some(id)
    });
    let mut next = Next::ask(deeper.map(|link| link.url.clone()).collect());
    next.ask.extend(children(page, &format!("t3_{id}"), &ids));
    let is_new = page.holds("shreddit-comment") && page.holds("more-comments");
    if is_new || page.holds("window.___r") && page.holds("\"moreComments\"") {
        next.missing.push(Missing {
            url: page.url.to_string(),
            why: "this form of the page loads comments by a script; ask for its .json".to_owned(),
        });
    }
    next
}
