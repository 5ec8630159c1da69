//! The arguments that name inputs, and the loop over their threads.

use super::{
    Outcome,
    message::Messages,
    output::{is_folder, is_standard},
    web,
};
use crate::{
    error::{Error, ErrorKind},
    fetch,
    pipeline::{self, Read, Reader, Window},
    source::{self, Columns, Options, Source},
    thread::Thread,
};
use anyhow::Result;
use std::path::Path;

/// Which inputs to read, and as what.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Inputs {
    /// Files, folders, addresses of threads on the web, or `-` for standard input; gzip, zstd
    /// and WARC are unpacked
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<String>,
    /// Read every input as this source instead of recognizing it by its content
    #[arg(long, value_name = "SOURCE", value_parser = parse_source)]
    source: Option<&'static dyn Source>,
    /// Read tables, and say which column (of CSV) or key (of JSON Lines) holds what: FIELD=NAME with
    /// commas between, of id, parent, text, author, posted, score, thread, title
    #[arg(long, value_name = "FIELD=NAME,...", value_parser = Columns::parse)]
    columns: Option<Columns>,
    /// Join mails by their subjects too where they refer to no other mail
    #[arg(long)]
    subject_threads: bool,
    /// Refuse zstd streams that need a larger window in memory than this: bytes, or their
    /// logarithm to base 2
    #[arg(long, value_name = "BYTES|LOG", default_value = "31", value_parser = Window::parse)]
    max_window: Window,
    /// Make one thread of all that are the same: pages, crawls and forms of a board's thread, by
    /// its id. All threads are held in memory. Pages of one WARC are merged without it
    #[arg(long)]
    merge: bool,
}

impl std::fmt::Debug for dyn Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

fn parse_source(id: &str) -> Result<&'static dyn Source, String> {
    let known = || {
        source::SOURCES
            .iter()
            .map(|source| source.id())
            .collect::<Vec<_>>()
            .join(", ")
    };
    source::by_id(id).ok_or_else(|| format!("there is no such source; it is one of {}", known()))
}

/// What the loop over the inputs met.
#[derive(Default)]
struct Tally {
    read: usize,
    skipped: usize,
    /// The last error, which is left for the end.
    last: Option<Error>,
    unknown: Unknown,
}

impl Inputs {
    /// One input, read as it is without any option.
    pub(super) fn of(name: String) -> Self {
        Self {
            inputs: vec![name],
            ..Self::default()
        }
    }

    /// See [`keep_apart`].
    pub(super) fn keep_apart(&self, output: Option<&Path>) -> Result<()> {
        keep_apart(&self.inputs, output)
    }

    /// Hands each thread of the inputs to `each`. An input or a thread that cannot be read is reported
    /// and skipped; files of folders that no source knows are counted in a note.
    ///
    /// # Errors
    /// When `each` fails, or nothing at all could be read.
    pub(super) fn for_each(
        &self,
        messages: &Messages,
        mut each: impl FnMut(Thread) -> Result<()>,
    ) -> Result<Outcome> {
        let reader = self.reader();
        if self.inputs.iter().any(|input| pipeline::is_address(input)) {
            messages.note(
                "what the web answers is not kept; `rejoinder fetch` keeps it, and tells boards how to reach you",
            );
        }
        let mut tally = Tally::default();
        let mut held = Vec::new();
        let mut hand_over = |input: &str, thread: Thread| {
            messages.warnings(input, &thread.warnings);
            each(thread)
        };
        let reads = pipeline::expand(&self.inputs).into_iter();
        let reads = reads.flat_map(|input| -> pipeline::Reads {
            match input {
                Ok(input) if pipeline::is_address(&input.name) => {
                    web::read(&input.name, &fetch::Options::default(), &reader, messages)
                }
                Ok(input) => reader.read(&input),
                Err(error) => Box::new(std::iter::once(Err(error))),
            }
        });
        for read in reads {
            match read {
                Ok(Read::Thread { input, thread }) => {
                    tally.read += 1;
                    match self.merge {
                        true => held.push((input, *thread)),
                        false => hand_over(&input, *thread)?,
                    }
                }
                Ok(Read::Unknown(name)) => tally.unknown.add(name),
                Err(error) => {
                    tally.skipped += 1;
                    tally.last = messages.keep(tally.last, error);
                }
            }
        }
        for (input, thread) in pipeline::merge_same(held) {
            hand_over(&input, thread)?;
        }
        tally.end(messages)
    }

    fn reader(&self) -> Reader {
        let as_table = self.columns.is_some().then(|| source::by_id("table"));
        Reader {
            source: self.source.or(as_table.flatten()),
            options: Options {
                columns: self.columns.clone(),
                subject_threads: self.subject_threads,
            },
            window: self.max_window,
        }
    }
}

impl Tally {
    fn end(self, messages: &Messages) -> Result<Outcome> {
        let unknown = self.unknown.message();
        if let Some(message) = unknown
            .as_ref()
            .filter(|_| self.read > 0 || self.last.is_some())
        {
            messages.note(message);
        }
        match (self.last, unknown) {
            // The only error is the command's own; with others it was a skipped input like them.
            (Some(error), _) if self.read == 0 => Err(error.into()),
            (Some(error), _) => {
                messages.error(&error);
                messages.note(&format!("{} skipped, {} read", self.skipped, self.read));
                Ok(Outcome::Skipped)
            }
            (None, Some(message)) if self.read == 0 => {
                let remedy = "name a source with --source; `rejoinder list sources` shows them";
                Err(Error::new(ErrorKind::UnknownSource, message)
                    .remedy(remedy)
                    .into())
            }
            (None, _) => Ok(Outcome::Done),
        }
    }
}

/// Files of folders and pages of archives that no source knows.
#[derive(Default)]
struct Unknown {
    count: usize,
    first: Vec<String>,
}

impl Unknown {
    fn add(&mut self, name: String) {
        const SHOWN: usize = 3;
        self.count += 1;
        if self.first.len() < SHOWN {
            self.first.push(name);
        }
    }

    fn message(&self) -> Option<String> {
        let names = self.first.join(", ");
        let more = match self.count - self.first.len() {
            0 => "",
            _ => ", ...",
        };
        match self.count {
            0 => None,
            1 => Some(format!("no source knows {names}; it was passed over")),
            count => Some(format!(
                "no source knows {count} files or pages; they were passed over: {names}{more}"
            )),
        }
    }
}

/// Refuses a result file that is an input too, by whatever name: it would be overwritten while it is read, or
/// read while it is written.
///
/// # Errors
/// When `output` is one of the inputs, or a file below one of them.
pub(super) fn keep_apart(inputs: &[String], output: Option<&Path>) -> Result<()> {
    let Some(output) = output.filter(|path| !is_standard(path)) else {
        return Ok(());
    };
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    let is_file = !is_folder(output);
    for input in inputs
        .iter()
        .filter(|input| is_file && Path::new(input).is_dir())
    {
        let input_folder = Path::new(input).canonicalize();
        if let (Ok(folder), Ok(input_folder)) = (&folder, input_folder)
            && folder.starts_with(input_folder)
        {
            anyhow::bail!(
                "{input}: the result would lie in this folder of inputs and be read as one; name a file \
                 outside of it with -o"
            );
        }
    }
    let Some(path) = output.canonicalize().ok().filter(|path| path.is_file()) else {
        return Ok(());
    };
    for input in pipeline::expand(inputs).into_iter().flatten() {
        // A folder may be one input.
        let name = match input.name.as_str() {
            "-" => "/dev/stdin",
            name => name,
        };
        let real = Path::new(name).canonicalize();
        if same_file(Path::new(name), &path) || real.is_ok_and(|real| path.starts_with(real)) {
            let name = input.name;
            anyhow::bail!(
                "{name}: the result would overwrite this input; name another file with -o"
            );
        }
    }
    Ok(())
}

/// Whether two names are of one file, also by hard links.
#[cfg(unix)]
fn same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |path: &Path| {
        let data = path.metadata().ok()?;
        Some((data.dev(), data.ino()))
    };
    id(one).is_some_and(|one| Some(one) == id(other))
}

/// Whether two names are of one file; hard links are not seen here.
#[cfg(not(unix))]
fn same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok() == other.canonicalize().ok()
}
