//! From the names that a user gives to the inputs that they stand for.

use super::{corpus, maildir};
use crate::error::{Error, ErrorKind, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The name of standard input among inputs.
pub(super) const STDIN: &str = "-";

/// One input: a file, standard input, or a folder that is read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name for opening and for messages.
    pub name: String,
    /// Whether it was found in a folder, where files of other kinds are to be expected.
    pub found: bool,
}

/// Replaces every folder among `inputs` by the files below it, in the order of their paths.
///
/// Hidden files are left out. A folder that is read as one input stands as such. An input that cannot be
/// listed stands as its error.
#[must_use]
pub fn expand(inputs: &[String]) -> Vec<Result<Input>> {
    let mut found = Vec::new();
    for input in inputs {
        let path = Path::new(input);
        if input == STDIN || !path.is_dir() || is_one(path) {
            found.push(Ok(Input {
                name: input.clone(),
                found: false,
            }));
            continue;
        }
        let before = found.len();
        walk(path, &mut found);
        if found.len() == before {
            let remedy = "name a folder with saved pages; hidden files are passed over";
            let error = Error::new(ErrorKind::Empty, "the folder holds no file");
            found.push(Err(error.remedy(remedy).input(input)));
        }
    }
    found
}

/// Whether a folder is one input.
fn is_one(folder: &Path) -> bool {
    corpus::is_corpus(folder) || maildir::is_maildir(folder)
}

/// Lists files below a folder without recursion; links to folders are not followed, so that the walk ends.
fn walk(folder: &Path, found: &mut Vec<Result<Input>>) {
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if !path.is_dir() || is_one(&path) {
            found.push(Ok(Input {
                name: path.display().to_string(),
                found: true,
            }));
            continue;
        }
        match entries(&path) {
            Ok(mut inner) => {
                inner.sort_by(|a, b| b.cmp(a));
                open.append(&mut inner);
            }
            Err(error) => {
                let error = Error::from(error).remedy("check the permissions");
                found.push(Err(error.input(path.display().to_string())));
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    #[test]
    fn folders_become_their_files_in_the_order_of_their_paths() {
        let folder = tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("b/inner")).unwrap();
        fs::create_dir_all(at("d")).unwrap();
        for name in ["c.txt", "b/inner/x", "b/2", "a", ".hidden"] {
            fs::write(at(name), "").unwrap();
        }
        for name in ["d/utterances.jsonl", "d/speakers.json"] {
            fs::write(at(name), "{}").unwrap();
        }
        fs::create_dir_all(at("e/cur")).unwrap();
        fs::write(at("e/cur/1:2,S"), "From: a\n\nx").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("b/loop")).unwrap();
        let whole = folder.path().display().to_string();
        let inputs = expand(&["-".to_owned(), whole, "missing".to_owned()]);
        let inputs: Vec<Input> = inputs.into_iter().map(Result::unwrap).collect();
        let names: Vec<_> = inputs.iter().map(|input| input.name.clone()).collect();
        let expected = ["a", "b/2", "b/inner/x", "c.txt", "d", "e"];
        assert_eq!(
            names[1..7],
            expected.map(|name| at(name).display().to_string())
        );
        assert_eq!((names[0].as_str(), names[7].as_str()), ("-", "missing"));
        assert!(inputs[1].found && !inputs[0].found && !inputs[7].found);
    }

    #[test]
    fn an_empty_folder_is_an_error() {
        let folder = tempdir().unwrap();
        let inputs = expand(&[folder.path().display().to_string()]);
        assert_eq!(inputs[0].as_ref().unwrap_err().kind(), ErrorKind::Empty);
    }
}
