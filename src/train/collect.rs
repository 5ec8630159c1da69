//! Finds the labeled data in a folder.

use super::{
    data::{Example, LABELED, Labeled, read_threads},
    public,
};
use crate::error::Result;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// The file of a set in `folder`.
fn file(folder: &Path, set: &str) -> PathBuf {
    folder.join(format!("{set}.jsonl.gz"))
}

/// Threads whose every unit is labeled: those of a file, or of the project's files in a folder.
///
/// # Errors
/// When a file cannot be read or breaks the schema.
pub fn threads(path: &Path) -> Result<Vec<Labeled>> {
    let folder = if path.is_dir() {
        path
    } else {
        path.parent().unwrap_or(Path::new("."))
    };
    let discussions = discussions(folder)?;
    if !path.is_dir() {
        return read_threads(path, &discussions);
    }
    let mut threads = Vec::new();
    for set in LABELED {
        threads.extend(read_threads(&file(folder, set), &discussions)?);
    }
    Ok(threads)
}

/// Comments of the public sets that helped, whole comments with a label each.
///
/// # Errors
/// When a file cannot be read or breaks the schema.
pub fn public(folder: &Path) -> Result<Vec<Example>> {
    let mut examples = public::removed(&file(folder, public::REMOVED_SET))?;
    examples.extend(public::uncivil(&file(folder, public::UNCIVIL_SET))?);
    Ok(examples)
}

/// The groups that Change My View comments have in the public set, if it lies in the folder.
fn discussions(folder: &Path) -> Result<HashMap<String, String>> {
    let path = file(folder, public::REMOVED_SET);
    if path.exists() {
        public::discussions(&path)
    } else {
        Ok(HashMap::new())
    }
}
