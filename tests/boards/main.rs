//! Threads of any shape survive the way through every board's pages: each module renders random threads
//! in a board's markup, and the source brings them back. What one board's page can suffer, all suffer.

mod blog;
mod forest;
mod hostile;
mod register;
mod services;
mod wordpress;

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
    wordpress::HTML,
    wordpress::REST,
    wordpress::WXR,
    blog::BLOG,
    services::DISQUS_JSON,
    services::DISQUS_XML,
    services::ISSO,
    services::REMARK42,
    services::COMMENTO,
];
