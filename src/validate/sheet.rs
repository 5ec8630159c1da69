//! A sample as CSV (RFC 4180) for spreadsheets: with a byte order mark, by which Excel knows UTF-8.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and comments are written by
//! strangers. Such cells get an apostrophe in front, and so do those that begin with one; taking one apostrophe away
//! from each cell that begins with one gives all texts back to the letter.

use super::draw::{Row, Sample};
use std::io::{self, Write};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Questions, and what the model says.
    Whole,
    /// Questions alone.
    Questions,
    /// What the model says, by the rows of [`Sheet::Questions`].
    Key,
}

/// The column that people fill in.
pub const HUMAN: &str = "human";

/// A column: its name, and its cell of a row.
type Column = (&'static str, fn(&Row, &Sample) -> String);

const NAMES: &[Column] = &[
    ("row", |row, _| row.id.clone()),
    ("label", |row, _| row.label.id.to_owned()),
];
const TEXTS: &[Column] = &[
    ("meaning", |row, _| row.label.meaning.to_owned()),
    ("text", |row, _| row.item.text.clone()),
    ("context", |row, _| row.item.context.clone()),
    ("answers", |row, _| row.item.answers.clone()),
    ("author", |row, _| row.item.author.clone()),
    ("thread", |row, _| row.item.thread.clone()),
    ("comment", |row, _| row.item.comment.clone()),
    ("unit", |row, _| row.item.unit.clone()),
    ("url", |row, _| row.item.url.clone()),
];
const JUDGEMENTS: &[Column] = &[
    ("asserted", |row, _| {
        if row.stratum.asserted { "yes" } else { "no" }.to_owned()
    }),
    ("probability", |row, _| format!("{:.4}", row.probability)),
    ("stratum", |row, _| row.stratum.name()),
    ("population", |row, _| row.population.to_string()),
    ("drawn", |row, _| row.drawn.to_string()),
    ("corpus", |row, _| row.corpus.to_string()),
    ("model", |_, sample| sample.model.clone()),
];
const ANSWER: &[Column] = &[(HUMAN, |_, _| String::new())];

/// Writes a sample, or what `sheet` says of it.
///
/// # Errors
/// When `out` does not take it.
pub fn write(sample: &Sample, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
    let columns = match sheet {
        Sheet::Whole => [NAMES, TEXTS, JUDGEMENTS, ANSWER].concat(),
        Sheet::Questions => [NAMES, TEXTS, ANSWER].concat(),
        Sheet::Key => [NAMES, JUDGEMENTS].concat(),
    };
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(columns.iter().map(|(name, _)| *name))?;
    for row in &sample.rows {
        writer.write_record(columns.iter().map(|(_, cell)| harmless(cell(row, sample))))?;
    }
    writer.flush()
}

/// Puts an apostrophe before what a spreadsheet would take for a formula (OWASP's list, with the wide forms of
/// East Asian keyboards), and before apostrophes.
fn harmless(cell: String) -> String {
    const HARMFUL: &str = "=+-@\t\r\n＝＋－＠'";
    match cell.starts_with(|first| HARMFUL.contains(first)) {
        true => format!("'{cell}"),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::marked::{self, Marked},
        validate::Draw,
    };

    fn records(bytes: &[u8]) -> Vec<Vec<String>> {
        let text = std::str::from_utf8(bytes).unwrap();
        let table = text.strip_prefix('\u{feff}').expect("a byte order mark");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(table.as_bytes());
        let rows = reader.records().map(Result::unwrap);
        rows.map(|row| row.iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn texts_come_back_to_the_letter_and_none_is_a_formula() {
        let texts = [
            "=HYPERLINK(\"x\")",
            "-1, really",
            "'quoted'",
            "'=1",
            "@all: see",
            "plain\n\"lines\"",
        ];
        let mut builder = crate::thread::ThreadBuilder::new("test", "=t");
        for (at, text) in texts.iter().enumerate() {
            builder.push(marked::draft(
                &format!("c{at}"),
                if at == 0 { "" } else { "c0" },
                text,
            ));
        }
        let thread = builder.build();
        let mut draw = Draw::new(&["neutral"], 10, 0);
        draw.add(&thread, &Marked::new());
        let sample = draw.finish(&Marked::new());
        let mut out = Vec::new();
        write(&sample, Sheet::Whole, &mut out).unwrap();
        assert!(out.ends_with(b"\r\n"));
        let rows = records(&out);
        let place = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
        assert_eq!(rows.len(), texts.len());
        for (row, drawn) in rows[1..].iter().zip(&sample.rows) {
            assert!(
                !row.iter()
                    .any(|cell| cell.starts_with(['=', '+', '-', '@']))
            );
            let plain = |name: &str| {
                let cell = row[place(name)].as_str();
                cell.strip_prefix('\'').unwrap_or(cell).to_owned()
            };
            assert_eq!(plain("text"), drawn.item.text);
            assert_eq!(plain("answers"), texts[0]);
            assert_eq!(plain("thread"), "=t");
            assert_eq!(row[place("human")], "");
        }
    }

    #[test]
    fn questions_tell_nothing_of_the_model() {
        let thread = marked::thread(&[("a", "", "TECHNICAL it leaks.")]);
        let mut draw = Draw::new(&["technical"], 10, 0);
        draw.add(&thread, &Marked::new());
        let sample = draw.finish(&Marked::new());
        let (mut questions, mut key) = (Vec::new(), Vec::new());
        write(&sample, Sheet::Questions, &mut questions).unwrap();
        write(&sample, Sheet::Key, &mut key).unwrap();
        let (questions, key) = (records(&questions), records(&key));
        assert!(
            JUDGEMENTS
                .iter()
                .all(|(name, _)| !questions[0].iter().any(|c| c == name))
        );
        assert_eq!(questions[1][0], key[1][0]);
        assert_eq!(
            key[1][1..7],
            ["technical", "yes", "0.8000", "asserted 0.5-1", "1", "1"]
        );
    }
}
