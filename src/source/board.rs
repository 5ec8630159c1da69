//! Which board a thread stands on.

use crate::thread::Thread;

/// Boards of a single site: an id means the same thread on all their hosts. The forums of all other boards
/// count their threads each by itself.
const SINGLE: [&str; 6] = ["hn", "lobsters", "lwn", "reddit", "register", "slashdot"];

/// What several sources of one board have in common: `reddit` of `reddit-json`.
#[must_use]
pub fn board(thread: &Thread) -> &str {
    let source = thread.source.as_str();
    source.split_once('-').map_or(source, |(board, _)| board)
}

/// The host on which a board that has many shows a thread; `address` is the thread's.
#[must_use]
pub fn site(thread: &Thread, address: Option<&str>) -> Option<String> {
    if SINGLE.contains(&board(thread)) {
        return None;
    }
    let (_, rest) = address?.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    Some(host.to_owned())
}
