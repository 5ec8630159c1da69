//! Tables of comments: CSV and its kin, or JSON Lines, with a column for each thing.

mod dialect;
mod fields;

use super::{
    Columns, Feature, HEAD, Options, Page, Source, Threads, Witness,
    lines::Lines,
    rows::{self, Row},
    time,
};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    thread::{Draft, ParentRef, Score},
};
use csv::ByteRecord;
use dialect::Dialect;
use fields::{Field, Fields};
use serde_json::{Map, Value};
use std::{
    cell::Cell,
    io::{self, BufRead, Cursor, Read},
    rc::Rc,
};

#[derive(Debug)]
pub(super) struct Table;

pub(super) static SOURCE: Table = Table;

/// A row is a comment; what is longer is a table with a quotation mark too many.
const ROW_LIMIT: usize = 64 * 1024 * 1024;

impl Source for Table {
    fn id(&self) -> &'static str {
        "table"
    }

    fn summary(&self) -> &'static str {
        "CSV or TSV with a header, or JSON Lines, with a column for each part of a comment"
    }

    fn reads(&self) -> &'static [Feature] {
        use Feature::{Authors, Deleted, Scores, Times, Tree};
        &[Tree, Authors, Times, Scores, Deleted]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let head = head
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(head)
            .trim_ascii_start();
        !matches!(head.first(), None | Some(b'<' | b'{' | b'[')) && Dialect::has_usual_header(head)
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        self.threads_with(input, &Options::default())
    }

    fn threads_with<'a>(&self, input: Box<dyn BufRead + 'a>, options: &Options) -> Threads<'a> {
        let columns = options.columns.clone();
        let rows = std::iter::once_with(move || rows(input, columns)).flat_map(|rows| match rows {
            Ok(rows) => rows,
            Err(error) => Box::new(std::iter::once(Err(error))),
        });
        rows::threads(self.id(), rows)
    }
}

type Rows<'a> = Box<dyn Iterator<Item = Result<Row>> + 'a>;

fn rows<'a>(mut input: Box<dyn BufRead + 'a>, columns: Option<Columns>) -> Result<Rows<'a>> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    if head.starts_with(b"\xef\xbb\xbf") {
        head.drain(..3);
    }
    let is_cut = head.len() + 3 >= HEAD;
    let is_json = head.trim_ascii_start().first() == Some(&b'{');
    let dialect = Dialect::of(&head, is_cut, columns.as_ref());
    let whole = Cursor::new(head).chain(input);
    match (is_json, columns) {
        (true, Some(columns)) => Ok(Box::new(json_rows(whole, columns))),
        (true, None) => {
            let cause = "the keys of JSON Lines are not known";
            Err(Error::new(ErrorKind::Malformed, cause).remedy("name them with --columns"))
        }
        (false, columns) => text_rows(whole, dialect, columns.as_ref()),
    }
}

fn json_rows<'a>(
    input: impl BufRead + 'a,
    columns: Columns,
) -> impl Iterator<Item = Result<Row>> + 'a {
    Lines::new(input, ROW_LIMIT).map(move |(number, line)| {
        let read = line.and_then(|line| {
            let page = Page::decode(line);
            let line: Map<String, Value> = serde_json::from_str(&page.text).map_err(|error| {
                let cause = format!("no row: {error}");
                Error::new(ErrorKind::Malformed, cause).remedy("the line is skipped; mend it")
            })?;
            let names = columns.fields();
            let value = |field| {
                let name: Option<&str> = names.get(field as usize).copied().flatten();
                rows::text(find(&line, name?)?)
            };
            if value(Field::Text).is_none() {
                let name = columns.text.as_deref().unwrap_or_default();
                let cause = format!("the line has no text under {name:?}");
                return Err(Error::new(ErrorKind::Malformed, cause).remedy("the line is skipped"));
            }
            Ok(row(value, page.invalid_utf8.map(|_| number)))
        });
        read.map_err(|error| error.at(Place::Line(number)))
    })
}

/// The value under a name, or under a path of names with dots between.
fn find<'a>(line: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    if let Some(value) = line.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    rest.split('.')
        .try_fold(line.get(first)?, |value, name| value.get(name))
}

fn text_rows<'a>(
    input: impl Read + 'a,
    dialect: Dialect,
    columns: Option<&Columns>,
) -> Result<Rows<'a>> {
    let left = Rc::new(Cell::new(ROW_LIMIT));
    let mut reader = dialect.reader(Bounded {
        input,
        left: Rc::clone(&left),
    });
    let mut header = ByteRecord::new();
    reader.read_byte_record(&mut header).map_err(broken)?;
    let header = dialect::names(&header);
    let fields = match columns {
        Some(columns) => Fields::named(&header, columns)?,
        None => Fields::guess(&header).ok_or_else(|| {
            let cause = "the columns for ids and texts are not known by their names";
            let remedy = format!("name them with --columns; they are {}", header.join(", "));
            Error::new(ErrorKind::Malformed, cause).remedy(remedy)
        })?,
    };
    let mut failed = false;
    Ok(Box::new(std::iter::from_fn(move || {
        if failed {
            return None;
        }
        let mut record = ByteRecord::new();
        loop {
            left.set(ROW_LIMIT);
            return match reader.read_byte_record(&mut record) {
                Ok(false) => None,
                // Tables that were put behind one another repeat their header.
                Ok(true) if dialect::names(&record) == header => continue,
                Ok(true) => Some(text_row(&record, header.len(), fields)),
                Err(error) => {
                    failed = true;
                    Some(Err(broken(error)))
                }
            };
        }
    })))
}

fn text_row(record: &ByteRecord, count: usize, fields: Fields) -> Result<Row> {
    let number = record
        .position()
        .map_or(0, |place| usize::try_from(place.line()).unwrap_or(0));
    let surplus = record
        .iter()
        .skip(count)
        .any(|field| !field.trim_ascii().is_empty());
    if record.len() < fields.least() || surplus {
        let fields = record.len();
        let cause = format!("the row has {fields} fields and the header {count}");
        return Err(Error::new(ErrorKind::Malformed, cause)
            .remedy("the row is skipped; check its quotation marks")
            .at(Place::Line(number)));
    }
    let is_replaced = record
        .iter()
        .any(|field| std::str::from_utf8(field).is_err());
    let value = |field| {
        let bytes = record.get(fields.get(field)?)?;
        Some(Page::decode(bytes.to_vec()).text)
    };
    Ok(row(value, is_replaced.then_some(number)))
}

/// The comment whose fields have these values.
fn row(value: impl Fn(Field) -> Option<String>, replaced: Option<usize>) -> Row {
    let given = |field| {
        value(field)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    };
    let mut bad = Vec::new();
    let mut read = |name: &str, text: &Option<String>, is_read: bool| {
        if let Some(text) = text.as_ref().filter(|_| !is_read) {
            bad.push(format!(
                "`{name}` could not be read and was left out: {text:?}"
            ));
        }
    };
    let (when, votes) = (given(Field::Posted), given(Field::Score));
    let posted = when.as_deref().and_then(time::parse);
    read("posted", &when, posted.is_some());
    let points = votes.as_deref().and_then(whole);
    read("score", &votes, points.is_some());
    let (state, body) = rows::body(&value(Field::Text).unwrap_or_default());
    Row {
        thread: given(Field::Thread).map(|id| rows::bare(&id).to_owned()),
        title: given(Field::Title),
        draft: Draft {
            id: given(Field::Id)
                .map(|id| rows::bare(&id).to_owned())
                .unwrap_or_default(),
            parent: given(Field::Parent).map_or(ParentRef::Root, |id| rows::parent(&id)),
            author: given(Field::Author).and_then(|name| rows::author(&name)),
            posted,
            score: points.map(Score::of_points),
            state,
            body,
            ..Draft::default()
        },
        replaced,
        bad,
    }
}

/// A number of votes; tools that know no whole numbers write a fraction.
fn whole(text: &str) -> Option<i64> {
    let fraction = || text.parse::<f64>().ok().filter(|number| number.is_finite());
    text.parse()
        .ok()
        .or_else(|| fraction().map(|number| number as i64))
}

fn broken(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        _ => Error::new(ErrorKind::Malformed, "the table breaks off"),
    }
}

/// A stream that fails when a row has taken too much of it.
struct Bounded<R> {
    input: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            let limit = ROW_LIMIT >> 20;
            return Err(io::Error::other(format!(
                "a row is longer than {limit} MiB; check the quotation marks before it"
            )));
        }
        let most = into.len().min(left);
        let read = into
            .get_mut(..most)
            .map_or(Ok(0), |into| self.input.read(into))?;
        self.left.set(left - read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests;
