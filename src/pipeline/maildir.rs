//! Opens a folder of mail as one mailbox: its messages name each other, whatever files they stand in.
//!
//! Folders within the folder belong to it, as mail programs keep them, and so do single messages beside
//! them. Each message is led by a line with its length ([`mail_frame`]), so that nothing in it can be taken
//! for the next one.

use crate::{
    error::{Error, ErrorKind, Result},
    source::mail_frame,
};
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Cursor, Read},
    path::{Path, PathBuf},
};

/// Whether a folder is a Maildir: it has a folder `cur`, or a folder `new` that begins with messages, since
/// other folders may have one of that name.
#[must_use]
pub(super) fn is_maildir(path: &Path) -> bool {
    const LOOKED_AT: usize = 5;
    let holds_messages = |new: PathBuf| {
        let entries = fs::read_dir(new).into_iter().flatten().flatten();
        let mut paths = entries.map(|entry| entry.path()).take(LOOKED_AT);
        paths.any(|path| path.is_file() && is_message(&path))
    };
    path.join("cur").is_dir() || holds_messages(path.join("new"))
}

/// The messages of a Maildir folder as a mailbox that the source `mbox` reads, in the order of their paths.
///
/// # Errors
/// When the folder cannot be listed, or holds no message. A message that cannot be read is an error of the
/// stream.
pub(super) fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let name = || path.display().to_string();
    let files = messages(path).map_err(|error| Error::from(error).input(name()))?;
    if files.is_empty() {
        let error = Error::new(ErrorKind::Empty, "the mail folder holds no message");
        return Err(error
            .remedy("name a folder with messages in `cur` or `new`")
            .input(name()));
    }
    let files = files.into_iter();
    Ok(Box::new(BufReader::new(Folder {
        files,
        open: Cursor::default(),
    })))
}

/// The files below a folder that are messages. Links to folders are not followed, so that the walk ends.
fn messages(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        let is_store = folder
            .file_name()
            .is_some_and(|name| name == "cur" || name == "new");
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            let name = entry.file_name();
            let hidden = name.as_encoded_bytes().starts_with(b".");
            if entry.file_type()?.is_dir() {
                // Deliveries that have not ended stand in `tmp`; folders of mail may be hidden (Maildir++).
                if name != "tmp" && (!hidden || is_maildir(&path)) {
                    open.push(path);
                }
            } else if !hidden && path.is_file() && (is_store || is_message(&path)) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Whether a file begins with a field, as messages do.
fn is_message(path: &Path) -> bool {
    const HEAD: u64 = 512;
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let name = line
        .iter()
        .position(|&byte| byte == b':')
        .map(|end| &line[..end]);
    let is_name = |name: &[u8]| {
        !name.is_empty()
            && name
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    read.is_ok() && (name.is_some_and(is_name) || line.starts_with(b"From "))
}

/// The messages, one after another.
struct Folder {
    files: std::vec::IntoIter<PathBuf>,
    /// The rest of the message that is being read, with its frame.
    open: Cursor<Vec<u8>>,
}

impl Read for Folder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.open.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(path) = self.files.next() else {
                return Ok(0);
            };
            let named = |error: io::Error| {
                io::Error::new(error.kind(), format!("{}: {error}", path.display()))
            };
            let message = fs::read(&path).map_err(named)?;
            let framed = [mail_frame(message.len()).as_bytes(), &message, b"\n"].concat();
            self.open = Cursor::new(framed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;
    use tempfile::tempdir;

    fn message(id: u8, parent: u8, text: &str) -> String {
        format!(
            "From: Ada <a@a.example>\nDate: Tue, 1 Apr 2008 07:36:46 +0200\nMessage-ID: <{id}>\nReferences: <{parent}>\n\n{text}"
        )
    }

    #[test]
    fn a_folder_is_one_mailbox() {
        let root = tempdir().expect("a folder");
        for folder in ["cur", "new", "tmp", "sub/cur", ".hidden/new", ".notmuch"] {
            fs::create_dir_all(root.path().join(folder)).expect("a folder");
        }
        let hostile = "One.\n\nFrom ada@a.example Tue Apr  1 07:35:05 2008\nFrom: b\n\n>From here";
        for (path, text) in [
            ("cur/1:2,S", message(1, 0, hostile)),
            ("new/2", message(2, 1, "No end of line")),
            ("sub/cur/3", message(3, 2, "")),
            (".hidden/new/4", message(4, 1, "Four.\n")),
            ("01:2,", message(5, 1, "Five.")),
            ("tmp/6", message(6, 1, "Not yet.")),
            (".notmuch/config", "a: b".to_owned()),
            ("index.bin", "\0\0".to_owned()),
        ] {
            fs::write(root.path().join(path), text).expect("a file");
        }
        assert!(is_maildir(root.path()) && !is_maildir(&root.path().join("sub/cur")));
        let mut input = open(root.path()).expect("a mailbox");
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).expect("messages");
        let source = source::detect(&bytes).expect("a source");
        assert_eq!(source.id(), "mbox");
        let threads: Vec<_> = source
            .threads(Box::new(bytes.as_slice()))
            .flatten()
            .collect();
        assert_eq!(threads.len(), 1);
        let mut read: Vec<_> = threads[0]
            .comments
            .iter()
            .map(|comment| {
                (
                    comment.id.as_str(),
                    comment.body.text.as_str(),
                    comment.depth,
                )
            })
            .collect();
        read.sort_unstable();
        let expected = [
            ("1", hostile, 0),
            ("2", "No end of line", 1),
            ("3", "", 2),
            ("4", "Four.", 1),
            ("5", "Five.", 1),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn a_folder_of_pages_may_be_called_new() {
        let root = tempdir().expect("a folder");
        fs::create_dir(root.path().join("new")).expect("a folder");
        fs::write(root.path().join("new/page.html"), "<html><p>Date: 1").expect("a file");
        assert!(!is_maildir(root.path()));
    }

    #[test]
    fn an_empty_folder_is_an_error() {
        let root = tempdir().expect("a folder");
        fs::create_dir(root.path().join("cur")).expect("a folder");
        let error = open(root.path()).err().expect("an error");
        assert_eq!(error.kind(), ErrorKind::Empty);
    }
}
