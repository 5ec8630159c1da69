//! Slashdot: asked for with the lowest threshold; what is still folded lies behind links by comment.

use super::{Missing, Next, Page, Paging, util};
use url::Url;

pub(super) static BOARD: Slashdot = Slashdot;

pub(super) struct Slashdot;

/// The discussion and the part of it that an address shows, if it is one of `comments.pl`.
fn part(url: &Url) -> Option<(String, &'static str, String)> {
    let sid = util::param(url, "sid").filter(|_| url.path().ends_with("/comments.pl"))?;
    let part = ["startat", "pid", "cid"]
        .into_iter()
        .find_map(|name| util::param(url, name).map(|value| (name, value)));
    let (name, value) = part.filter(|(_, value)| util::is_number(value))?;
    Some((sid, name, value))
}

impl Paging for Slashdot {
    fn id(&self) -> &'static str {
        "slashdot"
    }

    fn follows(&self) -> &'static str {
        "all comments whatever their score, and those beneath the threshold"
    }

    fn entry(&self, url: &Url) -> Option<Url> {
        let is_thread = util::parts(url).first() == Some(&"story")
            || url.path().ends_with("/comments.pl") && util::param(url, "sid").is_some();
        let shown = util::is_at(url, "slashdot.org") && is_thread;
        let is_open = util::param(url, "threshold").is_some();
        (shown && !is_open).then(|| {
            let open = util::set_param(url, "threshold", "-1");
            util::set_param(&open, "mode", "thread")
        })
    }

    fn knows(&self, page: &Page) -> bool {
        util::is_at(&page.url, "slashdot.org") || page.holds("id=\"commentlisting\"")
    }

    fn next(&self, page: &Page) -> Next {
        let text = String::from_utf8_lossy(page.body());
        let own = part(&page.url).map(|(sid, ..)| sid);
        let own = own.or_else(|| util::param(&page.url, "sid"));
        let same = |sid: &String| own.as_ref().is_none_or(|own| own == sid);
        // <li id="hidestring_1"><noscript>... <a href="...&amp;pid=1">2 replies</a> beneath your current
        let beneath = text.split("id=\"hidestring_").skip(1).filter_map(|rest| {
            let (_, link) = rest.split_once("</noscript>")?.0.split_once("href=\"")?;
            let link = link.split('"').next()?.replace("&amp;", "&");
            page.url.join(&link).ok()
        });
        let further = page.links().iter().map(|link| link.url.clone());
        let further = further.filter(|url| util::param(url, "startat").is_some());
        let mut ask: Vec<Url> = Vec::new();
        for url in beneath.chain(further) {
            if let Some((sid, name, value)) = part(&url).filter(|(sid, ..)| same(sid)) {
                let params = [
                    ("sid", sid.as_str()),
                    (name, value.as_str()),
                    ("threshold", "-1"),
                    ("mode", "thread"),
                ];
                ask.push(util::with_params(&url, &params));
            }
        }
        let mut next = Next::ask(ask);
        next.missing.extend(folded(page, &text));
        next
    }
}

/// Comments of which a page that shows all it can has but the places.
fn folded(page: &Page, text: &str) -> Option<Missing> {
    let is_open = util::param(&page.url, "threshold").is_some_and(|value| value == "-1");
    let count = text.matches("class=\"comment hidden").count();
    (is_open && count > 0).then(|| Missing {
        url: page.url.to_string(),
        why: format!("the page loads {count} comments by a script"),
    })
}
