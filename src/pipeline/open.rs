//! Opens inputs by name, whatever they are packed or encoded in.

use super::{
    corpus, decode,
    expand::STDIN,
    maildir,
    unpack::{Window, unpack},
};
use crate::error::{Error, ErrorKind, Result};
use std::{
    fs::File,
    io::{BufRead, BufReader, stdin},
    path::Path,
};

/// Opens an input by name. Compression and UTF-16 are recognized by the first bytes.
///
/// # Errors
/// When it does not exist, cannot be read, is an address on the web, or is packed in a way that is not read.
pub fn open(name: &str) -> Result<Box<dyn BufRead>> {
    open_within(name, Window::default())
}

/// Like [`open`], with a bound on the memory that a zstd stream may ask for.
///
/// # Errors
/// As [`open`], and when a zstd stream asks for more.
pub fn open_within(name: &str, window: Window) -> Result<Box<dyn BufRead>> {
    let opened = raw(name).and_then(|raw| decode::utf8(unpack(raw, window)?));
    opened.map_err(|error| error.input(name))
}

/// Whether an input is an address on the web.
#[must_use]
pub fn is_address(name: &str) -> bool {
    name.starts_with("http://") || name.starts_with("https://")
}

fn raw(name: &str) -> Result<Box<dyn BufRead>> {
    if is_address(name) {
        let error = Error::new(ErrorKind::Io, "an address on the web is no input here");
        return Err(
            error.remedy("fetch it with `rejoinder fetch`, or save the page and give the file")
        );
    }
    if name == STDIN {
        return Ok(Box::new(BufReader::new(stdin())));
    }
    let path = Path::new(name);
    if path.is_dir() {
        if corpus::is_corpus(path) {
            return corpus::open(path);
        }
        if maildir::is_maildir(path) {
            return maildir::open(path);
        }
    }
    let file = File::open(path).map_err(|error| {
        let remedy = match error.kind() {
            std::io::ErrorKind::NotFound => "check the path",
            _ => "check the permissions",
        };
        Error::from(error).remedy(remedy)
    })?;
    Ok(Box::new(BufReader::new(file)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, io::Read};
    use tempfile::tempdir;

    #[test]
    fn what_cannot_be_opened_says_why() {
        let error = |name: &str| open(name).map(drop).unwrap_err().to_string();
        let missing = error("no/such/file");
        assert!(missing.starts_with("no/such/file: "), "{missing}");
        assert!(missing.ends_with("; check the path"), "{missing}");
        assert!(error("https://forum.example/1").contains("save the page"));
    }

    #[test]
    fn a_corpus_is_one_stream() {
        let folder = tempdir().unwrap();
        fs::write(folder.path().join("utterances.jsonl"), "{\"id\":1}\n").unwrap();
        fs::write(
            folder.path().join("conversations.json"),
            "{\"c\":\n {\"meta\":{}}}",
        )
        .unwrap();
        let name = folder.path().display().to_string();
        let mut text = String::new();
        open(&name).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(
            text,
            "{\"conversations\":{\"c\":{\"meta\":{}}}}\n{\"id\":1}\n"
        );
        fs::write(folder.path().join("conversations.json"), "{").unwrap();
        let error = open(&name).map(drop).unwrap_err().to_string();
        assert!(
            error.contains("conversations.json: line 1: no JSON"),
            "{error}"
        );
    }
}
