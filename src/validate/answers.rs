//! Reads a sample that people filled in, as [`sheet`](super::sheet) wrote it and a spreadsheet saved it.
//!
//! Only the columns are read that an estimate needs. Their cells are such that no spreadsheet changes them, and
//! more columns, another order of rows or columns, `;` or tabs in place of commas, and other encodings do no harm.

use super::sheet::HUMAN;
use crate::{
    error::{Error, ErrorKind, Place, Result},
    label::LABEL_SETS,
    pipeline,
};
use csv::{ByteRecord, ReaderBuilder};
use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
    path::Path,
};

/// A stratum as the sample tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sampled {
    pub(super) asserted: bool,
    /// Units in the stratum.
    pub(super) population: usize,
    /// Units that were drawn from it.
    pub(super) drawn: usize,
    /// Units in all strata of the label.
    corpus: usize,
}

/// A label by its place among all, and the name of one of its strata.
pub(super) type StratumName = (usize, String);

/// What one person said.
#[derive(Debug)]
pub(super) struct Judge {
    /// The file's name.
    pub(super) name: String,
    /// Whether the label of a row holds, for the rows that are judged.
    pub(super) said: HashMap<String, bool>,
}

/// A sample with the judgements of one or more people.
#[derive(Debug, Default)]
pub struct Answers {
    pub(super) model: String,
    pub(super) strata: BTreeMap<StratumName, Sampled>,
    /// The stratum of each row.
    pub(super) rows: BTreeMap<String, StratumName>,
    pub(super) judges: Vec<Judge>,
}

/// Reads the judgements of `files`, each by one person, on a sample whose model's part is in `key`, or in the
/// files themselves where there is no key.
///
/// # Errors
/// When a file cannot be read, lacks a column, has a cell that says neither yes nor no or contradicts another, a row
/// that is not in the sample, or when all rows of a stratum are missing.
pub fn read(files: &[impl AsRef<Path>], key: Option<&Path>) -> Result<Answers> {
    let mut answers = Answers::default();
    let files: Vec<Table> = files
        .iter()
        .map(|file| Table::open(file.as_ref()))
        .collect::<Result<_>>()?;
    let key = key.map(Table::open).transpose()?;
    let sample = key.as_ref().map_or(&files[..], std::slice::from_ref);
    for table in sample {
        answers.take_sample(table)?;
    }
    let names: Vec<_> = sample.iter().map(|table| table.name.as_str()).collect();
    answers
        .check_whole()
        .map_err(|error| error.input(names.join(", ")))?;
    for file in &files {
        answers.take_judge(file)?;
    }
    Ok(answers)
}

impl Answers {
    /// Takes what the model said, and the design.
    fn take_sample(&mut self, table: &Table) -> Result<()> {
        let needed = [
            "row",
            "label",
            "asserted",
            "stratum",
            "population",
            "drawn",
            "corpus",
            "model",
        ];
        let places = table.places(
            needed,
            "name the file that `rejoinder sample --hide` wrote with --key, or leave the columns as they were",
        )?;
        for row in &table.rows {
            let [
                id,
                label,
                asserted,
                stratum,
                population,
                drawn,
                corpus,
                model,
            ] = places.map(|column| Cell { table, row, column });
            let sampled = Sampled {
                asserted: asserted
                    .answer()?
                    .ok_or_else(|| asserted.wrong("yes or no"))?,
                population: population.number()?,
                drawn: drawn.number()?,
                corpus: corpus.number()?,
            };
            let name = (label.label()?, stratum.text());
            let known = self
                .strata
                .entry(name.clone())
                .or_insert_with(|| sampled.clone());
            if *known != sampled {
                return Err(
                    stratum.odd("the numbers of its stratum differ from those of a row before")
                );
            }
            if self.model.is_empty() {
                self.model = model.text();
            } else if self.model != model.text() {
                return Err(model.odd(&format!("a row before is of the model `{}`", self.model)));
            }
            let before = self.rows.insert(id.text(), name.clone());
            if before.is_some_and(|before| before != name) {
                return Err(id.odd("it was of another label or stratum before"));
            }
        }
        Ok(())
    }

    /// A stratum without rows would be left out of every figure, unseen.
    fn check_whole(&self) -> Result<()> {
        let mut corpus = BTreeMap::new();
        for ((label, _), stratum) in &self.strata {
            let (sum, whole) = corpus.entry(*label).or_insert((0, stratum.corpus));
            *sum += stratum.population;
            *whole = stratum.corpus.max(*whole);
        }
        match corpus.into_iter().find(|(_, (sum, whole))| sum != whole) {
            None => Ok(()),
            Some((label, (sum, whole))) => {
                let label = label_names().nth(label).unwrap_or_default();
                let cause = format!(
                    "the strata of `{label}` hold {sum} units or replies, and the corpus {whole}: all rows of a stratum are missing"
                );
                Err(Error::new(ErrorKind::Malformed, cause).remedy(
                    "keep all rows of the sample, and leave `human` empty where nothing is judged",
                ))
            }
        }
    }

    /// Takes what a person said.
    fn take_judge(&mut self, table: &Table) -> Result<()> {
        let places = table.places(
            ["row", HUMAN],
            "leave the columns as `rejoinder sample` wrote them",
        )?;
        let mut said = HashMap::new();
        let mut lines = HashMap::new();
        for row in &table.rows {
            let [id, human] = places.map(|column| Cell { table, row, column });
            if !self.rows.contains_key(&id.text()) {
                return Err(id.odd("the sample has no such row"));
            }
            if let Some(line) = lines.insert(id.text(), row.line) {
                return Err(id.odd(&format!("line {line} has the same row")));
            }
            if let Some(holds) = human.answer()? {
                said.insert(id.text(), holds);
            }
        }
        self.judges.push(Judge {
            name: table.name.clone(),
            said,
        });
        Ok(())
    }
}

/// The names of all labels, in the order of the documentation.
pub(super) fn label_names() -> impl Iterator<Item = &'static str> {
    let labels = LABEL_SETS.iter().flat_map(|set| set.labels);
    labels.map(|label| label.id)
}

/// A file of rows.
struct Table {
    name: String,
    header: Vec<String>,
    rows: Vec<TableRow>,
}

struct TableRow {
    /// Where it begins, counted from 1.
    line: usize,
    cells: Vec<String>,
}

impl Table {
    fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let mut bytes = Vec::new();
        let read = pipeline::open(&name)?.read_to_end(&mut bytes);
        read.map_err(|error| Error::from(error).input(&name))?;
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(bytes))
            .from_reader(bytes);
        let mut rows = Vec::new();
        let mut record = ByteRecord::new();
        let (mut line, mut seen) = (1, 0);
        while reader
            .read_byte_record(&mut record)
            .map_err(|error| Error::new(ErrorKind::Malformed, error.to_string()).input(&name))?
        {
            let cell = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
            // The reader lets a row begin before the LF of the CRLF that ends the row before.
            let begin = record.position().map_or(0, |at| at.byte() as usize);
            let breaks = bytes[begin..].iter();
            let begin = begin + breaks.take_while(|byte| b"\r\n".contains(byte)).count();
            let passed = bytes[seen..begin].iter();
            line += passed.filter(|byte| **byte == b'\n').count();
            seen = begin;
            let row = TableRow {
                line,
                cells: record.iter().map(cell).collect(),
            };
            // Spreadsheets keep rows that were emptied.
            if row.cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(row);
            }
        }
        if rows.is_empty() {
            let error = Error::new(ErrorKind::Empty, "the file holds no rows").input(name);
            return Err(error.remedy("name a file that `rejoinder sample` wrote"));
        }
        let header = rows.remove(0).cells;
        Ok(Self { name, header, rows })
    }

    /// Where the columns of these names stand.
    fn places<const N: usize>(&self, names: [&str; N], remedy: &str) -> Result<[usize; N]> {
        let place = |name: &str| self.header.iter().position(|column| column == name);
        if let Some(missing) = names.iter().find(|name| place(name).is_none()) {
            let error = Error::new(
                ErrorKind::Malformed,
                format!("there is no column `{missing}`"),
            );
            return Err(error.input(&self.name).at(Place::Line(1)).remedy(remedy));
        }
        Ok(names.map(|name| place(name).unwrap_or_default()))
    }
}

/// What stands between cells: spreadsheets of many countries save CSV with semicolons.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |delimiter: &u8| header.iter().filter(|byte| *byte == delimiter).count();
    b"\t;,".iter().copied().max_by_key(count).unwrap_or(b',')
}

/// A cell with its place.
#[derive(Clone, Copy)]
struct Cell<'a> {
    table: &'a Table,
    row: &'a TableRow,
    column: usize,
}

impl Cell<'_> {
    /// What it holds; a row that ends before it has it empty.
    fn text(self) -> String {
        self.row.cells.get(self.column).cloned().unwrap_or_default()
    }

    fn odd(self, cause: &str) -> Error {
        let cause = format!(
            "`{}` is `{}`: {cause}",
            self.table.header[self.column],
            self.text()
        );
        Error::new(ErrorKind::Malformed, cause)
            .input(&self.table.name)
            .at(Place::Column(self.row.line, self.column + 1))
            .remedy("restore the row from the file that `rejoinder sample` wrote")
    }

    fn wrong(self, expected: &str) -> Error {
        let name = &self.table.header[self.column];
        let cause = format!("`{name}` is `{}`", self.text());
        Error::new(ErrorKind::Malformed, cause)
            .input(&self.table.name)
            .at(Place::Column(self.row.line, self.column + 1))
            .remedy(format!("write {expected}"))
    }

    /// Yes, no, or nothing.
    fn answer(self) -> Result<Option<bool>> {
        match self.text().to_lowercase().as_str() {
            "" => Ok(None),
            "yes" | "y" | "1" | "true" => Ok(Some(true)),
            "no" | "n" | "0" | "false" => Ok(Some(false)),
            _ => Err(self.wrong("yes or no, or leave it empty where nothing is judged")),
        }
    }

    fn number(self) -> Result<usize> {
        let number = self.text().parse();
        number.map_err(|_| self.wrong("a whole number"))
    }

    fn label(self) -> Result<usize> {
        let name = self.text();
        let place = label_names().position(|label| label == name);
        place.ok_or_else(|| self.wrong("a label of `rejoinder list labels`"))
    }
}

#[cfg(test)]
mod tests;
