//! Fetches threads: a crawl that asks little, keeps all it got, and says what is missing.
//!
//! Every answer goes as it came into a WARC file ([`Archive`]), from which threads are parsed as from any
//! other input; the file is also all that a later run needs to go on where this one stopped. A crawl only
//! ever sends GET: it does not log in, post or vote.
//!
//! [`BOARDS`] know what a page asks for next. `robots` says whether a host may be asked, `gate` when, and
//! `address` which machines may be connected to at all; `crawl` holds these together. [`Chat`] is no part of a
//! crawl: it asks the language model that the user names.

mod address;
mod boards;
mod chat;
mod client;
mod crawl;
mod frontier;
mod gate;
mod page;
mod report;
mod robots;
mod warc;

use jiff::Timestamp;
use std::time::Duration;

pub use boards::{BOARDS, Next, Paging, Step, plan};
pub use chat::Chat;
pub use crawl::crawl;
pub use page::{Link, Page};
pub use report::{Missing, Progress, Report, State, Wanted};
pub use warc::Archive;

/// How a crawl behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the crawl calls itself in every request; begins with its name, and should hold a way to reach
    /// whoever runs it.
    pub agent: String,
    /// The least time between two requests to a host; a longer `Crawl-delay` of the host wins.
    pub delay: Duration,
    /// The time before an answer that failed is asked for again; it doubles with each failure.
    pub backoff: Duration,
    /// The longest that a host may make the crawl wait before it is given up.
    pub patience: Duration,
    /// Requests in all, those for `robots.txt` and repeated ones included.
    pub max_requests: usize,
    /// Bytes of an answer, as sent and as unpacked.
    pub max_size: u64,
    /// The time for one answer.
    pub timeout: Duration,
    /// Whether hosts that the user named may have private addresses. Hosts that only a redirect or a page
    /// names never may.
    pub allow_private: bool,
    /// Whether to ask again for what the archive holds; what has not changed is not sent again.
    pub refresh: bool,
    /// Tells the time that records bear.
    pub clock: fn() -> Timestamp,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            agent: agent(None),
            delay: Duration::from_secs(2),
            backoff: Duration::from_secs(4),
            patience: Duration::from_secs(600),
            max_requests: 1000,
            max_size: 64 << 20,
            timeout: Duration::from_secs(60),
            allow_private: false,
            refresh: false,
            clock: Timestamp::now,
        }
    }
}

/// The name of this program for boards, with the address of whoever runs it.
#[must_use]
pub fn agent(contact: Option<&str>) -> String {
    let name = concat!("rejoinder/", env!("CARGO_PKG_VERSION"));
    match contact {
        Some(contact) if contact.contains("://") => format!("{name} (+{contact})"),
        Some(contact) => format!("{name} (+mailto:{contact})"),
        None => name.to_owned(),
    }
}

/// Takes a lock; a thread that panicked while it held it left nothing half done that matters.
fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
