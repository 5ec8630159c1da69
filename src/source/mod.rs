//! Readers of the boards' pages, answers and dumps: bytes in, [`Thread`]s out.
//!
//! A source recognizes its input by content, never by file name, and parses without touching the
//! world. Adding one is a new file beside this one and its name in [`SOURCES`].

mod addressed;
mod board;
mod charset;
mod date_order;
mod deep_json;
mod discourse;
mod disqus;
mod fields;
mod forum;
mod hacker_news;
mod inferred;
mod linked;
mod lobsters;
mod mail;
mod markup;
mod objects;
mod recognize;
mod reddit;
mod register;
mod rows;
mod status;
#[cfg(test)]
mod testing;
mod threading;
mod time;
mod wordpress;
mod xml;

use crate::{
    error::{Error, ErrorKind, Place, Result},
    registry::registry,
    thread::Thread,
};
use std::io::BufRead;

pub mod lines;
mod options;

pub use board::{board, site};
pub use mbox::split::mail_frame;
pub use options::{Columns, Options};

registry! {
    /// Every source, the surest in recognizing its input first.
    pub static SOURCES: [dyn Source] = SOURCE in {
        rejoinder,
        register_html,
        hn_hackerweb,
        hn_algolia,
        hn_firebase,
        hn_html,
        reddit_json,
        reddit_state,
        reddit_html,
        reddit_dump,
        reddit_text,
        slashdot,
        lobsters_json,
        lobsters_html,
        lwn,
        discourse_json,
        discourse_html,
        stackexchange,
        stackexchange_html,
        lemmy,
        mastodon,
        mastodon_html,
        bluesky,
        disqus_json,
        disqus_xml,
        isso,
        remark42,
        commento,
        wordpress_rest,
        wordpress_wxr,
        wordpress_html,
        xenforo,
        vbulletin,
        phpbb,
        hyperkitty,
        pipermail,
        mbox,
        message,
        usenet_markdown,
        blog_markdown,
        convokit,
        table,
        register_text,
        schema_org,
        microformats,
        guess,
    }
}

/// Threads as a source reads them, one by one.
pub type Threads<'a> = Box<dyn Iterator<Item = Result<Thread>> + 'a>;

/// Reads one form of captured thread.
pub trait Source: Sync {
    /// The name in `--source` and in [`Thread::source`]: the file's name with `-` for `_`.
    fn id(&self) -> &'static str;

    /// What it reads, in one line.
    fn summary(&self) -> &'static str;

    /// Which parts of a thread the form holds.
    fn reads(&self) -> &'static [Feature];

    /// What it was tried on.
    fn witness(&self) -> Witness;

    /// Whether an input that begins with `head` (at most [`HEAD`] bytes) is of this form.
    fn detect(&self, head: &[u8]) -> bool;

    /// Reads the input's threads; memory need not hold more than one of them.
    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a>;

    /// Like [`Source::threads`], with what the user says about the inputs.
    fn threads_with<'a>(&self, input: Box<dyn BufRead + 'a>, options: &Options) -> Threads<'a> {
        let _ = options;
        self.threads(input)
    }
}

/// A part of a thread that a source can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// Who answers whom.
    Tree,
    /// Names of authors.
    Authors,
    /// Times of comments.
    Times,
    /// Votes.
    Scores,
    /// Comments that were deleted keep their place.
    Deleted,
    /// Threads over several pages are noticed.
    Paging,
}

impl Feature {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Tree,
        Self::Authors,
        Self::Times,
        Self::Scores,
        Self::Deleted,
        Self::Paging,
    ];

    /// The feature's name in lists.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tree => "tree",
            Self::Authors => "authors",
            Self::Times => "times",
            Self::Scores => "scores",
            Self::Deleted => "deleted",
            Self::Paging => "paging",
        }
    }
}

/// What a source was tried on: how sure one can be that it reads what the board writes today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// Pages or answers captured from boards.
    Capture,
    /// Only pages made for the tests, after the board's documentation or source code.
    OwnPages,
}

impl Witness {
    /// The witness in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Capture => "real capture",
            Self::OwnPages => "own pages only",
        }
    }
}

/// Number of leading bytes by which a source recognizes its input.
pub const HEAD: usize = 64 * 1024;

/// A page is held in memory whole; beyond this size it is no page.
const PAGE_LIMIT: u64 = 256 * 1024 * 1024;

/// The source with the given id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static dyn Source> {
    SOURCES.iter().copied().find(|source| source.id() == id)
}

/// The first source that recognizes an input by its first bytes.
///
/// # Errors
/// When the input is empty, is no text, or no source knows it.
pub fn detect(head: &[u8]) -> Result<&'static dyn Source> {
    if head.iter().all(u8::is_ascii_whitespace) {
        let remedy = "save the page again, or check the command that made the file";
        return Err(Error::new(ErrorKind::Empty, "the input is empty").remedy(remedy));
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        let remedy = "convert it, for example with `iconv -f UTF-16 -t UTF-8`";
        return Err(
            Error::new(ErrorKind::NotText, "the input is UTF-16, not UTF-8").remedy(remedy),
        );
    }
    if let Some(source) = SOURCES.iter().find(|source| source.detect(head)) {
        return Ok(*source);
    }
    if rejoinder::may_begin(head) {
        return Ok(&rejoinder::SOURCE);
    }
    Err(match head.iter().position(|&byte| byte == 0) {
        Some(at) => Error::new(ErrorKind::NotText, "the input is binary data, not text")
            .remedy("give the saved page itself, or the archive unpacked")
            .at(Place::Byte(at)),
        None => Error::new(ErrorKind::UnknownSource, "no source recognizes the input")
            .remedy(
                "name one with --source (`rejoinder list sources` shows them), or the columns of a table with --columns",
            ),
    })
}

/// Reads a page whole and parses it as one thread.
fn page<'a>(
    input: Box<dyn BufRead + 'a>,
    parse: impl FnOnce(&Page) -> Result<Thread> + 'a,
) -> Threads<'a> {
    Box::new(std::iter::once_with(move || parse(&Page::read(input)?)))
}

/// Reads a page whole and parses it as any number of threads.
fn pages<'a>(
    input: Box<dyn BufRead + 'a>,
    parse: impl FnOnce(&Page) -> Result<Vec<Thread>> + 'a,
) -> Threads<'a> {
    all(move || parse(&Page::read(input)?))
}

/// The threads that `read` reads all at once.
fn all<'a>(read: impl FnOnce() -> Result<Vec<Thread>> + 'a) -> Threads<'a> {
    Box::new(
        std::iter::once_with(read).flat_map(|threads| match threads {
            Ok(threads) => threads.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        }),
    )
}

/// A page's text.
#[derive(Debug)]
struct Page {
    text: String,
    /// Byte offset of the first byte that was not UTF-8 and had to be replaced.
    invalid_utf8: Option<usize>,
    /// Whether the text was taken for windows-1252, though nothing says that it is.
    is_assumed: bool,
}

impl Page {
    fn read(input: Box<dyn BufRead + '_>) -> Result<Self> {
        use std::io::Read;
        let mut bytes = Vec::new();
        input.take(PAGE_LIMIT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > PAGE_LIMIT {
            let cause = format!("the page is larger than {} MiB", PAGE_LIMIT >> 20);
            return Err(Error::new(ErrorKind::TooLarge, cause).remedy("split it into threads"));
        }
        Ok(Self::decode(bytes))
    }

    /// Decodes UTF-8 with or without a byte order mark, or else what the page itself says it is, or else
    /// windows-1252 where nothing in it is UTF-8 but ASCII; what does not decode becomes U+FFFD.
    fn decode(bytes: Vec<u8>) -> Self {
        let mut is_assumed = false;
        let (text, invalid_utf8) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.as_bytes();
                let declared = charset::declared(bytes).and_then(|charset| charset.decode(bytes));
                match declared {
                    Some(text) => (text, None),
                    None => {
                        let usual = charset::usual(bytes).and_then(|usual| usual.decode(bytes));
                        is_assumed = usual.is_some();
                        let lossy = || String::from_utf8_lossy(bytes).into_owned();
                        (usual.unwrap_or_else(lossy), Some(at))
                    }
                }
            }
        };
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        Self {
            text,
            invalid_utf8,
            is_assumed,
        }
    }

    /// Tells the thread's reader about replaced bytes, and about an end that is missing.
    fn warn_if_damaged(&self, builder: &mut crate::thread::ThreadBuilder) {
        use crate::thread::codes;
        if let Some(at) = self.invalid_utf8 {
            let message = match self.is_assumed {
                true => format!(
                    "the page is not UTF-8 from byte {at} on and names no character set; it is taken for windows-1252"
                ),
                false => format!("bytes that are not UTF-8 were replaced, the first at byte {at}"),
            };
            builder.warn(codes::INVALID_UTF8, message, None);
        }
        if self.is_cut() {
            let message = "the page breaks off before its end; save it again to have the rest";
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
    }

    /// Whether this is a page of HTML that opens its body and never closes it, as the boards' pages do.
    fn is_cut(&self) -> bool {
        let has = |name: &str| {
            let mut tags = self.text.split('<').skip(1);
            tags.any(|tag| {
                let found = tag.get(..name.len());
                found.is_some_and(|found| found.eq_ignore_ascii_case(name))
            })
        };
        self.text.trim_start().starts_with('<') && has("body") && !has("/body") && !has("/html")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_opens_its_body_and_never_closes_it_is_cut() {
        for (text, is_cut) in [
            ("<html><BODY class=x><p>Keys", true),
            ("\n<body>Keys</Body>", false),
            ("<body>Keys</html>", false),
            ("<p>Keys", false),
            ("{\"text\": \"Close your <body> tags\"}", false),
            ("They never close <body>", false),
        ] {
            assert_eq!(Page::decode(text.into()).is_cut(), is_cut, "{text}");
        }
    }
}
