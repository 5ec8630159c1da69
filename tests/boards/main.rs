//! Threads of any shape survive the way through every board's pages: each module renders random threads
//! in a board's markup, and the source brings them back. What one board's page can suffer, all suffer.

mod forest;
mod hostile;
mod reddit;
mod reddit_dump;
mod reddit_html;
mod reddit_json;
mod reddit_state;
mod reddit_text;
mod register;

use forest::Post;

/// A page that a source should read, made for the tests.
pub(crate) struct Board {
    /// The source's id.
    pub(crate) source: &'static str,
    /// Shows a thread as the board does.
    pub(crate) page: fn(&[Post]) -> Vec<u8>,
}

/// Every form of page, for tests that concern all of them.
pub(crate) const BOARDS: &[Board] = &[
    register::BOARD,
    reddit_dump::BOARD,
    reddit_html::BOARD,
    reddit_json::BOARD,
    reddit_state::BOARD,
];
