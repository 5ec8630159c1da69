//! Reads what is measured on, whatever kind of file it is.

use super::public;
use crate::{
    error::{Error, ErrorKind, Result},
    pipeline,
    train::{
        collect,
        data::{Example, Labeled},
    },
};
use serde_json::Value;
use std::{io::BufRead, path::Path};

/// Labeled texts.
#[derive(Debug, Default)]
pub struct Input {
    /// The threads whose every unit is labeled.
    pub threads: Vec<Labeled>,
    /// All texts, those of the threads among them.
    pub examples: Vec<Example>,
}

/// Reads a file of labeled threads or a public set, told apart by its first line, or the project's own
/// threads in a folder.
///
/// # Errors
/// When a file cannot be read, breaks its schema, or has no label that is known.
pub fn read(path: &Path) -> Result<Input> {
    if path == Path::new("-") || (path.exists() && !path.is_dir() && !path.is_file()) {
        let cause = "labeled data is read twice, which a stream cannot give";
        return Err(Error::new(ErrorKind::Io, cause)
            .remedy("name a file or a folder")
            .input(path.display().to_string()));
    }
    if !path.is_dir() && !holds_threads(path)? {
        return Ok(Input {
            threads: Vec::new(),
            examples: public::read(path)?,
        });
    }
    let threads = collect::threads(path)?;
    let examples = threads.iter().flat_map(|thread| &thread.examples);
    Ok(Input {
        examples: examples.cloned().collect(),
        threads,
    })
}

/// Whether the file's first line is a thread. A line that is no JSON is left to whoever reads all lines.
fn holds_threads(path: &Path) -> Result<bool> {
    let name = path.display().to_string();
    for line in pipeline::open(&name)?.lines() {
        let line = line.map_err(|error| Error::from(error).input(&name))?;
        if !line.trim().is_empty() {
            let value: Option<Value> =
                serde_json::from_str(line.trim_start_matches('\u{feff}')).ok();
            return Ok(value.is_some_and(|value| value.get("thread").is_some()));
        }
    }
    Ok(false)
}
