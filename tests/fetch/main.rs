//! Crawls of a local server that plays boards, and all that a server can do to a crawl. That crawls end with
//! the whole tree is checked where the boards are rendered, in `tests/boards/crawl`.

mod boards;
mod limits;
mod place;
mod resume;
#[expect(
    dead_code,
    reason = "tests of language models read the bodies of requests"
)]
mod server;
mod trouble;
mod warc;

pub(crate) use place::{Place, fetch, missing, quick};
