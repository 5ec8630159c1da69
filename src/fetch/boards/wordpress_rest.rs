//! WordPress through its API: a header says how many pages there are.

use super::{Next, Page, Paging, util};

pub(super) static BOARD: WordPressRest = WordPressRest;

pub(super) struct WordPressRest;

impl Paging for WordPressRest {
    fn id(&self) -> &'static str {
        "wordpress-rest"
    }

    fn follows(&self) -> &'static str {
        "pages of comments, as many as the answer says"
    }

    fn knows(&self, page: &Page) -> bool {
        let path = page.url.path().trim_end_matches('/');
        let route = util::param(&page.url, "rest_route").unwrap_or_default();
        path.ends_with("/wp/v2/comments") || route.starts_with("/wp/v2/comments")
    }

    fn next(&self, page: &Page) -> Next {
        let number = |text: Option<&str>| text.and_then(|text| text.trim().parse::<u64>().ok());
        let pages = number(page.header("x-wp-totalpages")).unwrap_or(0);
        let own = number(util::param(&page.url, "page").as_deref()).unwrap_or(1);
        let next = (own < pages).then(|| util::next_page(&page.url, 1));
        Next::ask(next.into_iter().collect())
    }
}
