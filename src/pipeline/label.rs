//! Labels loose texts, line by line, in memory that does not grow with their number.

use crate::{
    analysis::wire::LabelLine,
    error::{Error, ErrorKind, Place, Result},
    label::{LooseText, label_texts},
    model::Model,
    source::lines::Lines,
    thread::wire,
};
use rayon::prelude::*;
use serde::Deserialize;
use std::io::{BufRead, Write};

/// Lines that are labeled at a time: enough for all cores, little enough for memory.
const BATCH: usize = 512;

/// A comment has kilobytes; a line beyond this is no comment.
const LINE_LIMIT: usize = 16 << 20;

/// What some editors put before the first line.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

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

/// How many lines were written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub written: usize,
    /// Those without labels, since the model does not know their language.
    pub unsupported: usize,
}

/// Labels every line of `input` and writes a line each to `out`, in order; bad lines go to `on_error`
/// and are passed over. With `explained` the words are said that moved the labels.
///
/// # Errors
/// When `out` cannot be written.
pub fn label_lines(
    input: impl BufRead,
    model: &dyn Model,
    explained: bool,
    out: &mut dyn Write,
    mut on_error: impl FnMut(Error),
) -> std::io::Result<Counts> {
    let info = model.info().into();
    let mut counts = Counts::default();
    let mut lines = Lines::new(input, LINE_LIMIT);
    loop {
        let batch: Vec<_> = lines.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(counts);
        }
        let read: Vec<Result<(String, LooseText)>> = batch
            .into_par_iter()
            .map(|(number, line)| {
                let read = line.and_then(|line| read_line(&line));
                read.map_err(|error| error.at(Place::Line(number)))
            })
            .collect();
        let mut ids = Vec::with_capacity(read.len());
        let mut texts = Vec::with_capacity(read.len());
        for read in read {
            match read {
                Ok((id, text)) => {
                    ids.push(id);
                    texts.push(text);
                }
                Err(error) => on_error(error),
            }
        }
        let labels = label_texts(&texts, model, explained);
        for ((id, text), labels) in ids.iter().zip(&texts).zip(&labels) {
            wire::write_line(out, &LabelLine::new(id, text, labels, info))?;
            counts.written += 1;
            let is_known = model.info().knows(labels.comment.language);
            counts.unsupported += usize::from(!is_known);
        }
    }
}

fn read_line(line: &[u8]) -> Result<(String, LooseText)> {
    let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
    let Text { id, text, parent } = serde_json::from_slice(line).map_err(|error| {
        let cause =
            format!("no text to label: {error}").replace(" at line 1 column", ", at column");
        Error::new(ErrorKind::Malformed, cause)
            .remedy("write {\"id\": ..., \"text\": ..., \"parent\": ...} on one line")
    })?;
    Ok((id, LooseText::new(text, parent)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::marked::Marked;
    use serde_json::Value;

    /// The lines written, and the errors in words.
    fn labeled(input: &[u8]) -> (Vec<Value>, Vec<String>) {
        let mut out = Vec::new();
        let mut errors = Vec::new();
        let on_error = |error: Error| errors.push(error.to_string());
        let written = label_lines(input, &Marked::new(), false, &mut out, on_error).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), written.written);
        (lines, errors)
    }

    #[test]
    fn order_is_kept_over_batches() {
        let count = 3 * BATCH + 7;
        let line = |n: usize| format!("{{\"id\":{n},\"text\":\"CLAIM number {n}.\"}}\n");
        let input: String = (0..count).map(line).collect();
        let (lines, errors) = labeled(input.as_bytes());
        let ids: Vec<usize> = lines
            .iter()
            .map(|line| line["id"].as_str().unwrap().parse().unwrap())
            .collect();
        assert!(ids.into_iter().eq(0..count));
        assert!(errors.is_empty());
    }

    #[test]
    fn a_parent_that_is_empty_is_unknown_and_none_is_none() {
        let (lines, _) = labeled(
            br#"{"id":"a","text":"DISAGREE CLAIM no."}
                {"id":"b","text":"DISAGREE CLAIM no.","parent":""}
                {"id":"c","text":"DISAGREE CLAIM no.","parent":"Yes.","more":[1]}
                {"id":"d","text":"","parent":null}"#,
        );
        let stances: Vec<_> = lines.iter().map(|line| line["stance"].as_str()).collect();
        assert_eq!(stances, [None, Some("disagree"), Some("disagree"), None]);
        assert_eq!(lines[0]["units"][0]["id"], "a@0-18");
        assert_eq!(lines[3]["units"], Value::Array(vec![]));
    }

    #[test]
    fn bad_lines_are_named_by_their_number_and_cost_themselves_alone() {
        let (lines, errors) = labeled(
            b"{\"id\":1,\"text\":\"one\"}\n\n{oops\n{\"id\":2}\n{\"id\":3,\"text\":4}\n\
              {\"id\":5,\"text\":\"\xff\"}\n[1]\n{\"id\":6,\"text\":\"six\"}",
        );
        assert_eq!(lines.len(), 2);
        let places: Vec<_> = errors
            .iter()
            .map(|error| error.split(':').next().unwrap())
            .collect();
        assert_eq!(places, ["line 3", "line 4", "line 5", "line 6", "line 7"]);
        assert!(errors[1].contains("missing field `text`"), "{}", errors[1]);
        assert!(errors[1].ends_with("on one line"), "{}", errors[1]);
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        let (lines, errors) = labeled("\u{feff}{\"id\":1,\"text\":\"CLAIM.\"}".as_bytes());
        assert_eq!((lines.len(), errors.len()), (1, 0));
    }

    #[test]
    fn the_places_of_units_count_code_points() {
        let (lines, _) = labeled("{\"id\":\"ü\",\"text\":\"Größe 🔑. CLAIM ja.\"}".as_bytes());
        let units = lines[0]["units"].as_array().unwrap();
        assert_eq!(units[1]["id"], "ü@9-18");
    }
}
