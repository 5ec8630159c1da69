//! Writers of analyses: an [`Analysis`] in, bytes out.
//!
//! Adding a format is a new file beside this one and its name in [`EXPORTERS`].

mod summary;

pub use summary::{SUMMARY_HTML_HEAD, SummaryForm, write_summary};

use crate::{
    analysis::Analysis,
    argument::{Chain, Verdict},
    cross::Cross,
    registry::registry,
};
use std::io::{Result, Write};

registry! {
    /// Every format, the default first.
    pub static EXPORTERS: [dyn Exporter] = EXPORTER in { text, json, dot, iccma }
}

/// Writes one format.
pub trait Exporter: Sync {
    /// The name in `--format`: the file's name with `-` for `_`.
    fn id(&self) -> &'static str;

    /// What it is for, in one line.
    fn summary(&self) -> &'static str;

    /// The ending of files, without a dot.
    fn extension(&self) -> &'static str;

    /// Whether a file can hold no more than one thread. Of other formats, analyses written one behind
    /// another must stay readable.
    fn holds_one_thread(&self) -> bool {
        false
    }

    /// Writes the analysis of one thread.
    ///
    /// # Errors
    /// When `out` cannot be written.
    fn write(&self, analysis: &Analysis, out: &mut dyn Write, style: &Style<'_>) -> Result<()>;

    /// How it writes what is said in several threads, if it can.
    fn cross(&self) -> Option<CrossWriter> {
        None
    }
}

/// Writes what is said in several threads.
pub type CrossWriter = fn(&Cross<'_>, &mut dyn Write, &Style<'_>) -> Result<()>;

/// How text for people is to look; formats for programs ignore it.
pub struct Style<'a> {
    /// Columns of a line.
    pub width: usize,
    /// Puts marks on words, with colors on a terminal; must add no visible character.
    pub paint: &'a dyn Fn(Mark, &str) -> String,
}

impl std::fmt::Debug for Style<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Style")
            .field("width", &self.width)
            .finish_non_exhaustive()
    }
}

/// What a marked word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A heading.
    Heading,
    /// A name of a person.
    Author,
    /// Something said less loudly.
    Faint,
    /// Agreement, support.
    Support,
    /// Disagreement, attack on an argument.
    Attack,
    /// An attack on a person.
    Person,
}

/// Writes the first `limit` of some chains of a thread for reading, and says whether there are more.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_chains(
    analysis: &Analysis,
    chains: &[Chain],
    limit: usize,
    out: &mut dyn Write,
    style: &Style<'_>,
) -> Result<()> {
    text::write_chains(analysis, chains, limit, out, style)
}

/// Writes how the arguments of a thread stand by `verdict`, a line for each.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_standing(
    analysis: &Analysis,
    verdict: &Verdict,
    out: &mut dyn Write,
    style: &Style<'_>,
) -> Result<()> {
    text::write_standing(analysis, verdict, out, style)
}

/// Whether a character turns the direction of writing, by which a comment could show what it does not say.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// The format with the given id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static dyn Exporter> {
    EXPORTERS
        .iter()
        .copied()
        .find(|exporter| exporter.id() == id)
}
