//! Where results go: standard output, one file, or a folder with a file for each thread.

use anyhow::{Context, Result};
use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// A place for results.
pub(super) enum Output {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    /// The file keeps what it held until the first result comes.
    File(PathBuf, BufWriter<File>, Emptied),
    Folder(PathBuf, HashSet<String>),
}

/// Whether the old content of a file is gone.
type Emptied = bool;

/// Bytes of a file's name that are taken from a thread's id; file systems allow 255.
const STEM: usize = 100;

impl Output {
    /// A file, or standard output where none is named, or `-`.
    pub(super) fn file_or_stdout(path: Option<&Path>) -> Result<Self> {
        Ok(match path.filter(|path| !is_standard(path)) {
            None => Self::Stdout(BufWriter::new(io::stdout().lock())),
            Some(path) => {
                let open = File::options()
                    .write(true)
                    .create(true)
                    .truncate(false)
                    .open(path);
                let file = open.with_context(|| cannot_write(path))?;
                Self::File(path.to_owned(), BufWriter::new(file), false)
            }
        })
    }

    /// Like [`Self::file_or_stdout`], but a path that is a folder, or ends like one, gets a file for
    /// each thread.
    pub(super) fn new(path: Option<&Path>) -> Result<Self> {
        match path {
            Some(path) if is_folder(path) => {
                fs::create_dir_all(path).with_context(|| cannot_write(path))?;
                Ok(Self::Folder(path.to_owned(), HashSet::new()))
            }
            path => Self::file_or_stdout(path),
        }
    }

    /// Whether results are read on a terminal, or may be.
    pub(super) const fn is_stdout(&self) -> bool {
        matches!(self, Self::Stdout(_))
    }

    /// Whether each result gets a file of its own.
    pub(super) const fn is_folder(&self) -> bool {
        matches!(self, Self::Folder(..))
    }

    /// Writes one result; `id` and `extension` name its file in a folder.
    pub(super) fn write(
        &mut self,
        id: &str,
        extension: &str,
        result: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        match self {
            Self::Stdout(out) => Ok(result(out)?),
            Self::File(path, out, emptied) => empty(out, emptied)
                .and_then(|()| result(out))
                .with_context(|| cannot_write(path)),
            Self::Folder(folder, taken) => {
                let path = folder.join(free_name(id, extension, taken));
                let write = || -> io::Result<()> {
                    let mut out = BufWriter::new(File::create(&path)?);
                    result(&mut out)?;
                    out.flush()
                };
                write().with_context(|| cannot_write(&path))
            }
        }
    }

    /// Makes sure that all is written.
    pub(super) fn finish(self) -> Result<()> {
        match self {
            Self::Stdout(mut out) => Ok(out.flush()?),
            Self::File(path, mut out, mut emptied) => empty(&out, &mut emptied)
                .and_then(|()| out.flush())
                .with_context(|| cannot_write(&path)),
            Self::Folder(..) => Ok(()),
        }
    }
}

/// Whether a path stands for standard output.
pub(super) fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// Whether a path is a folder, or ends like one.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// Drops the old content of a file once; what is no plain file (a pipe, a terminal) has none.
fn empty(out: &BufWriter<File>, emptied: &mut Emptied) -> io::Result<()> {
    if !std::mem::replace(emptied, true) && out.get_ref().metadata()?.is_file() {
        out.get_ref().set_len(0)?;
    }
    Ok(())
}

fn cannot_write(path: &Path) -> String {
    format!("{}: cannot write the result", path.display())
}

/// A file name for a thread: letters, digits, `.`, `_` and `-` of its id, numbered when taken.
fn free_name(id: &str, extension: &str, taken: &mut HashSet<String>) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || ".-_".contains(c) {
            c
        } else {
            '-'
        }
    };
    let stem: String = id
        .trim_start_matches('.')
        .chars()
        .map(plain)
        .take(STEM)
        .collect();
    let stem = if stem.is_empty() {
        "thread".to_owned()
    } else {
        stem
    };
    let numbered = (2..).map(|n| format!("{stem}-{n}"));
    let mut names = std::iter::once(stem.clone()).chain(numbered);
    // Some file systems take names apart by letters alone, not by case.
    let free = names.find(|name| taken.insert(name.to_lowercase()));
    format!("{}.{extension}", free.unwrap_or(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain_and_distinct() {
        let mut taken = HashSet::new();
        let mut name = |id: &str| free_name(id, "json", &mut taken);
        assert_eq!(name("../etc/passwd"), "-etc-passwd.json");
        assert_eq!(name("A b"), "A-b.json");
        assert_eq!(name("a-B"), "a-B-2.json");
        assert_eq!(name(""), "thread.json");
    }
}
