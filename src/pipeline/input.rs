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
            let before = names.len();
            walk(Path::new(input), &mut names);
            if names.len() == before {
                let remedy = "name a folder with saved pages; hidden files are passed over";
                let error = Error::new(ErrorKind::Empty, "the folder holds no file");
                names.push(Err(error.remedy(remedy).input(input)));
            }
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
/// When no source does, the input is empty, or it cannot be read.
pub fn threads<'a>(
    mut input: Box<dyn BufRead + 'a>,
    source: Option<&'static dyn Source>,
) -> Result<Threads<'a>> {
    let head = head(&mut input, HEAD)?;
    // Empty input is an error whatever it is said to be.
    let source = match source {
        Some(source) if !head.iter().all(u8::is_ascii_whitespace) => source,
        _ => source::detect(&head)?,
    };
    Ok(source.threads(Box::new(Cursor::new(head).chain(input))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;
    use tempfile::tempdir;

    const THREAD: &str = r#"{"schema":"rejoinder/thread@1","comments":[{"id":"a","text":"Hi"}]}"#;

    fn packed(text: &str) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        packer.finish().unwrap()
    }

    fn unpacked(bytes: Vec<u8>) -> String {
        let mut text = String::new();
        let mut input = unpack(Box::new(Cursor::new(bytes))).unwrap();
        input.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn folders_become_their_files_in_the_order_of_their_paths() {
        let folder = tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("b/inner")).unwrap();
        for name in ["c.txt", "b/inner/x", "b/2", "a", ".hidden"] {
            fs::write(at(name), "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("b/loop")).unwrap();
        let whole = folder.path().display().to_string();
        let names = expand(&["-".to_owned(), whole, "missing".to_owned()]);
        let names: Vec<String> = names.into_iter().map(Result::unwrap).collect();
        let expected: Vec<String> = ["a", "b/2", "b/inner/x", "c.txt"]
            .map(|name| at(name).display().to_string())
            .to_vec();
        assert_eq!(names[1..5], expected);
        assert_eq!((names[0].as_str(), names[5].as_str()), ("-", "missing"));
    }

    #[test]
    fn gzip_is_recognized_by_its_bytes_and_may_have_several_members() {
        let both = [packed("one\n"), packed("two\n")].concat();
        assert_eq!(unpacked(both), "one\ntwo\n");
        for plain in ["", "\u{1f}", "text"] {
            assert_eq!(unpacked(plain.into()), plain);
        }
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let error = |name: &str| open(name).map(drop).unwrap_err().to_string();
        let missing = error("no/such/file");
        assert!(missing.starts_with("no/such/file: "), "{missing}");
        assert!(missing.ends_with("; check the path"), "{missing}");
        assert!(error("https://forum.example/1").contains("does not fetch pages"));
    }

    #[test]
    fn a_source_is_found_or_taken_as_said() {
        let read = |bytes: &'static str, source| {
            let mut threads = threads(Box::new(bytes.as_bytes()), source)?;
            threads.next().unwrap()
        };
        let native = source::by_id("rejoinder");
        assert_eq!(read(THREAD, None).unwrap().comments.len(), 1);
        assert_eq!(read(THREAD, native).unwrap().comments.len(), 1);
        assert_eq!(
            read("hello", None).unwrap_err().kind(),
            ErrorKind::UnknownSource
        );
        assert_eq!(
            read("hello", native).unwrap_err().kind(),
            ErrorKind::Malformed
        );
        for empty in ["", " \r\n\t\n"] {
            assert_eq!(read(empty, None).unwrap_err().kind(), ErrorKind::Empty);
            assert_eq!(read(empty, native).unwrap_err().kind(), ErrorKind::Empty);
        }
    }
}
