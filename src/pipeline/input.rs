//! Opens files, folders, standard input and compressed streams.

use crate::{
    error::{Error, ErrorKind, Result},
    source::{self, HEAD, Source, Threads},
};
use flate2::bufread::MultiGzDecoder;
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Cursor, Read, stdin},
    path::{Path, PathBuf},
};

/// The name of standard input among inputs.
const STDIN: &str = "-";

/// Replaces every folder among `inputs` by the files below it, in the order of their paths.
///
/// Hidden files are left out. An input that cannot be listed stands as its error.
#[must_use]
pub fn expand(inputs: &[String]) -> Vec<Result<String>> {
    let mut names = Vec::new();
    for input in inputs {
        if input == STDIN || !Path::new(input).is_dir() {
            names.push(Ok(input.clone()));
        } else {
            walk(Path::new(input), &mut names);
        }
    }
    names
}

/// Lists files below a folder without recursion; links to folders are not followed, so that the walk ends.
fn walk(folder: &Path, names: &mut Vec<Result<String>>) {
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if !path.is_dir() {
            names.push(Ok(path.display().to_string()));
            continue;
        }
        match entries(&path) {
            Ok(mut inner) => {
                inner.sort_by(|a, b| b.cmp(a));
                open.append(&mut inner);
            }
            Err(error) => names.push(Err(Error::from(error).input(path.display().to_string()))),
        }
    }
}

fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut inner = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let loops = entry.file_type()?.is_symlink() && entry.path().is_dir();
        if !hidden && !loops {
            inner.push(entry.path());
        }
    }
    Ok(inner)
}

/// Opens an input by name; gzip is recognized by its first bytes and unpacked.
///
/// # Errors
/// When it does not exist, cannot be read, or is an address on the web.
pub fn open(name: &str) -> Result<Box<dyn BufRead>> {
    if name.starts_with("http://") || name.starts_with("https://") {
        return Err(
            Error::new(ErrorKind::Io, "this version does not fetch pages")
                .remedy("save the page and give the file")
                .input(name),
        );
    }
    let raw: Box<dyn BufRead> = if name == STDIN {
        Box::new(BufReader::new(stdin()))
    } else {
        let file = File::open(name).map_err(|error| {
            let remedy = match error.kind() {
                std::io::ErrorKind::NotFound => "check the path",
                _ => "check the permissions",
            };
            Error::from(error).remedy(remedy).input(name)
        })?;
        Box::new(BufReader::new(file))
    };
    unpack(raw).map_err(|error| error.input(name))
}

fn unpack(mut raw: Box<dyn BufRead>) -> Result<Box<dyn BufRead>> {
    let head = head(&mut raw, 2)?;
    let is_gzip = head == [0x1f, 0x8b];
    let whole = Cursor::new(head).chain(raw);
    Ok(match is_gzip {
        true => Box::new(BufReader::new(MultiGzDecoder::new(whole))),
        false => Box::new(whole),
    })
}

fn head(input: &mut dyn BufRead, len: usize) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    input.take(len as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The threads of an input, read by `source` or by whichever source recognizes it.
///
/// # Errors
/// When no source does, or the input cannot be read.
pub fn threads<'a>(
    mut input: Box<dyn BufRead + 'a>,
    source: Option<&'static dyn Source>,
) -> Result<Threads<'a>> {
    let head = head(&mut input, HEAD)?;
    let source = match source {
        Some(source) => source,
        None => source::detect(&head)?,
    };
    Ok(source.threads(Box::new(Cursor::new(head).chain(input))))
}
