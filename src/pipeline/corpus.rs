//! A ConvoKit corpus: a folder whose files are read as one input.

use crate::error::{Error, ErrorKind, Place, Result};
use serde_json::{Map, Value};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Cursor, Read},
    path::Path,
};

const UTTERANCES: &str = "utterances.jsonl";
const CONVERSATIONS: &str = "conversations.json";

/// Whether a folder holds a ConvoKit corpus.
pub(super) fn is_corpus(folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).is_file();
    let beside = [CONVERSATIONS, "speakers.json", "users.json", "corpus.json"];
    has(UTTERANCES) && beside.into_iter().any(has)
}

/// The corpus as the source `convokit` reads it: one line with what is known of the conversations, then the
/// utterances.
///
/// # Errors
/// When the utterances cannot be opened, or the conversations are no JSON.
pub(super) fn open(folder: &Path) -> Result<Box<dyn BufRead>> {
    let utterances = BufReader::new(File::open(folder.join(UTTERANCES))?);
    let path = folder.join(CONVERSATIONS);
    let conversations = match path.is_file() {
        true => conversations(&path)?,
        false => Value::Object(Map::new()),
    };
    let first = Value::Object(Map::from_iter([(
        "conversations".to_owned(),
        conversations,
    )]));
    Ok(Box::new(
        Cursor::new(format!("{first}\n")).chain(utterances),
    ))
}

fn conversations(path: &Path) -> Result<Value> {
    serde_json::from_slice(&fs::read(path)?).map_err(|error| {
        let cause = format!("no JSON: {error}");
        Error::new(ErrorKind::Malformed, cause)
            .remedy("move the file out of the folder to do without titles")
            .at(Place::Line(error.line()))
            .input(path.display().to_string())
    })
}
