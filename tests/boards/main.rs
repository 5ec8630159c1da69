//! Threads of any shape survive the way through every board's pages: each module renders random threads
//! in a board's markup, and the source brings them back. What one board's page can suffer, all suffer.

mod blog;
mod bluesky;
mod convokit;
mod crawl;
mod discourse;
pub(crate) mod forest;
mod guess;
mod hacker_news;
mod hacker_news_json;
mod hostile;
mod hyperkitty;
mod lemmy;
mod lobsters;
mod lwn;
mod mail;
mod mastodon;
mod microformats;
mod phpbb;
mod quoting;
mod reddit;
mod reddit_dump;
mod reddit_html;
mod reddit_json;
mod reddit_state;
mod reddit_text;
mod register;
mod schema_org;
mod services;
mod slashdot;
mod stackexchange;
mod table;
mod usenet;
mod vbulletin;
mod wordpress;
mod xenforo;

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
    convokit::BOARD,
    table::BOARD,
    wordpress::HTML,
    hacker_news::HTML,
    hacker_news_json::ALGOLIA,
    hacker_news_json::FIREBASE,
    hacker_news_json::HACKERWEB,
    lobsters::HTML,
    lobsters::JSON,
    reddit_dump::BOARD,
    reddit_html::BOARD,
    reddit_json::BOARD,
    reddit_state::BOARD,
    discourse::JSON,
    discourse::CRAWLER,
    xenforo::BOARD,
    vbulletin::BOARD,
    phpbb::BOARD,
    schema_org::BOARD,
    microformats::BOARD,
    guess::BOARD,
    hyperkitty::BOARD,
    mail::MBOX,
    mail::PIPERMAIL,
    usenet::BOARD,
    slashdot::BOARD,
    lwn::BOARD,
    lemmy::BOARD,
    mastodon::BOARD,
    bluesky::BOARD,
    stackexchange::BOARD,
    wordpress::REST,
    wordpress::WXR,
    blog::BLOG,
    services::DISQUS_JSON,
    services::DISQUS_XML,
    services::ISSO,
    services::REMARK42,
    services::COMMENTO,
];
