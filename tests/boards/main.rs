//! Threads of any shape survive the way through every board's pages: each module renders random threads
//! in a board's markup, and the source brings them back. What one board's page can suffer, all suffer.

mod bluesky;
mod forest;
mod hostile;
mod lemmy;
mod lwn;
mod mastodon;
mod register;
mod slashdot;
mod stackexchange;

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
    slashdot::BOARD,
    lwn::BOARD,
    lemmy::BOARD,
    mastodon::BOARD,
    bluesky::BOARD,
    stackexchange::BOARD,
];
