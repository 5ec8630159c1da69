//! Labels loose texts, line by line, in memory that does not grow with their number.

use crate::{
    analysis::wire::LabelLine,
    error::{Error, ErrorKind, Place, Result},
    label::{CommentLabels, UnitLabels, label_text},
    model::Model,
    source::lines::Lines,
    span::Span,
    thread::wire,
};
use rayon::prelude::*;
use serde::Deserialize;
use std::io::{BufRead, Write};

/// Lines that are labeled at a time: enough for all cores, little enough for memory.
const BATCH: usize = 512;

/// A comment has kilobytes; a line beyond this is no comment.
const LINE_LIMIT: usize = 16 << 20;

/// A line that could not be labeled, with its number.
pub type TextError = Error;

/// A line of input.
#[derive(Debug, Deserialize)]
struct Text {
    #[serde(deserialize_with = "wire::id")]
    id: String,
    text: String,
    /// The text that is answered; empty when it is not known.
    #[serde(default)]
    parent: Option<String>,
}

/// A text with its labels.
struct Labeled {
    text: Text,
    spans: Vec<Span>,
    units: Vec<UnitLabels>,
    comment: CommentLabels,
}

/// Labels every line of `input` and writes a line each to `out`, in order; bad lines go to `on_error`
/// and are passed over.
///
/// # Errors
/// When `out` cannot be written.
pub fn label_lines(
    input: impl BufRead,
    model: &dyn Model,
    out: &mut dyn Write,
    mut on_error: impl FnMut(TextError),
) -> std::io::Result<()> {
    let mut lines = Lines::new(input, LINE_LIMIT);
    loop {
        let batch: Vec<_> = lines.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let judged: Vec<Result<Labeled>> = batch
            .into_par_iter()
            .map(|(number, line)| {
                let judged = line.and_then(|line| label_line(&line, model));
                judged.map_err(|error| error.at(Place::Line(number)))
            })
            .collect();
        for judged in judged {
            match judged {
                Ok(Labeled {
                    text,
                    spans,
                    units,
                    comment,
                }) => {
                    let line = LabelLine::new(&text.id, &text.text, &spans, &units, &comment);
                    serde_json::to_writer(&mut *out, &line)?;
                    out.write_all(b"\n")?;
                }
                Err(error) => on_error(error),
            }
        }
    }
}

fn label_line(line: &[u8], model: &dyn Model) -> Result<Labeled> {
    let text: Text = serde_json::from_slice(line).map_err(|error| {
        let cause =
            format!("no text to label: {error}").replace(" at line 1 column", ", at column");
        Error::new(ErrorKind::Malformed, cause)
            .remedy("write {\"id\": ..., \"text\": ..., \"parent\": ...} on one line")
    })?;
    let (spans, units, comment) = label_text(&text.text, text.parent.as_deref(), model);
    Ok(Labeled {
        text,
        spans,
        units,
        comment,
    })
}
