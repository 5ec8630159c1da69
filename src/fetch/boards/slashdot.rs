//! Slashdot: asked for with the lowest threshold; what is still folded lies behind links by comment.

use super::{Next, Page, Paging, util};
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
        let own = part(&page.url);
        let mut ask = Vec::new();
        for link in page.links() {
            let Some((sid, name, value)) = part(&link.url) else {
                continue;
            };
            let same = own.as_ref().is_none_or(|(own, ..)| *own == sid);
            // Links to each comment by itself lead to nothing new; those beneath the threshold do.
            let beneath = name == "pid" && link.text.contains("beneath");
            if same && (name == "startat" || beneath) {
                let params = [
                    ("sid", sid.as_str()),
                    (name, value.as_str()),
                    ("threshold", "-1"),
                    ("mode", "thread"),
                ];
                ask.push(util::with_params(&link.url, &params));
            }
        }
        Next::ask(ask)
    }
}
