//! What each board's pages ask for next, one board a file.

mod util;

use super::{
    page::{Link, Page},
    report::Missing,
};
use crate::registry::registry;
use std::time::Duration;
use url::Url;

registry! {
    /// Every board whose paging is known, the surest in recognizing its pages first.
    pub static BOARDS: [dyn Paging] = BOARD in {
        the_register,
        hn,
        hn_api,
        reddit,
        lobsters,
        slashdot,
        stackexchange,
        bluesky,
        mastodon,
        lemmy,
        discourse,
        hyperkitty,
        wordpress_rest,
        wordpress,
        flat,
        rel_next,
    }
}

/// Knows how a board splits its threads.
pub trait Paging: Sync {
    /// The board's name: the file's name with `-` for `_`.
    fn id(&self) -> &'static str;

    /// What is asked for, in a few words.
    fn follows(&self) -> &'static str;

    /// The address to ask for in place of a thread's, where the board has one that shows more. It must be
    /// told by the address alone, and where it cannot be had the thread's own is asked for.
    fn entry(&self, _url: &Url) -> Option<Url> {
        None
    }

    /// Whether the page is one of this board's.
    fn knows(&self, page: &Page) -> bool;

    /// What the page asks for. Addresses that were asked for already do no harm; those on other hosts are
    /// left out by the crawl.
    fn next(&self, page: &Page) -> Next;
}

/// What is to come after a page.
#[derive(Debug, Default)]
pub struct Next {
    /// Addresses of further parts of the thread.
    pub ask: Vec<Url>,
    /// Parts that the page speaks of and that cannot be asked for.
    pub missing: Vec<Missing>,
    /// Time that the host wants to be left alone.
    pub pause: Option<Duration>,
}

/// What a crawl would do with an address.
#[derive(Debug)]
pub struct Step {
    /// The address to begin with.
    pub url: Url,
    /// The board, where the address tells it.
    pub board: Option<&'static dyn Paging>,
}

/// What a crawl would do with an address that the user gives; asks nobody, not even what a name means.
///
/// # Errors
/// When the text is no address, or one that is not fetched, such as one of this machine or its own network
/// without `allow_private`; says why.
pub fn plan(text: &str, allow_private: bool) -> Result<Step, String> {
    let (given, entry) = super::crawl::start(text)?;
    if let Some(host) = super::address::private(&entry).filter(|_| !allow_private) {
        return Err(format!(
            "{host} is no public address; --allow-private lets it be asked"
        ));
    }
    let empty = Page::new(entry.clone(), b"", Vec::new(), 0);
    let is_entry = |board: &&&dyn Paging| board.entry(&given).is_some();
    let known = |board: &&&dyn Paging| board.knows(&empty);
    let board = BOARDS.iter().find(is_entry);
    let board = board.or_else(|| BOARDS.iter().find(known)).copied();
    Ok(Step { url: entry, board })
}

/// The address to begin with, where it is another than the thread's own.
pub(super) fn entry(url: &Url) -> Option<Url> {
    BOARDS.iter().find_map(|board| board.entry(url))
}

/// What a page asks for next.
pub(super) fn next(page: &Page) -> Next {
    let board = BOARDS.iter().find(|board| board.knows(page));
    board.map(|board| board.next(page)).unwrap_or_default()
}

impl std::fmt::Debug for dyn Paging {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl Next {
    fn ask(ask: Vec<Url>) -> Self {
        Self {
            ask,
            ..Self::default()
        }
    }

    /// Nothing more, for the page is not what it should be.
    fn unread(page: &Page, why: &str) -> Self {
        let missing = Missing {
            url: page.url.to_string(),
            why: why.to_owned(),
        };
        Self {
            missing: vec![missing],
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests;
