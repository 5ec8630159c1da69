//! How a table of text is written: what stands between fields and around them.

use super::fields::Fields;
use crate::source::Columns;
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::Read;

/// What stands between fields and around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    delimiter: u8,
    quote: Option<u8>,
    /// Whether `\"` is a mark inside a field.
    escapes: bool,
}

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Marks around fields and escapes of them, the most usual first.
const QUOTES: [(Option<u8>, bool); 4] = [
    (Some(b'"'), false),
    (Some(b'"'), true),
    (None, false),
    (Some(b'\''), false),
];

impl Dialect {
    /// The dialect in which the table's beginning makes most sense: the columns that are sought are there,
    /// and rows have as many fields as the header.
    pub(super) fn of(head: &[u8], is_cut: bool, columns: Option<&Columns>) -> Self {
        let mut best = ((false, 0, 0, 0), None);
        for delimiter in DELIMITERS {
            for (quote, escapes) in QUOTES {
                let dialect = Self {
                    delimiter,
                    quote,
                    escapes,
                };
                let sense = dialect.sense(head, is_cut, columns);
                if best.1.is_none() || sense > best.0 {
                    best = (sense, Some(dialect));
                }
            }
        }
        best.1.unwrap_or(Self {
            delimiter: b',',
            quote: Some(b'"'),
            escapes: false,
        })
    }

    /// Whether a table in some dialect begins here whose columns have usual names.
    pub(super) fn has_usual_header(head: &[u8]) -> bool {
        let end = head
            .iter()
            .position(|&byte| byte == b'\n')
            .unwrap_or(head.len());
        let line = head.get(..end).unwrap_or_default();
        DELIMITERS.into_iter().any(|delimiter| {
            let dialect = Self {
                delimiter,
                quote: Some(b'"'),
                escapes: false,
            };
            let mut header = ByteRecord::new();
            let read = dialect.reader(line).read_byte_record(&mut header);
            read.is_ok_and(|found| found) && Fields::guess(&names(&header)).is_some()
        })
    }

    /// How well the beginning fits: whether the columns are there, the share of rows that are like the header,
    /// how many these are, since a mark that is none takes rows for a field, and how few marks speak against it.
    fn sense(
        &self,
        head: &[u8],
        is_cut: bool,
        columns: Option<&Columns>,
    ) -> (bool, usize, usize, isize) {
        let mut records: Vec<ByteRecord> =
            self.reader(head).into_byte_records().flatten().collect();
        if is_cut && records.len() > 1 {
            records.pop();
        }
        let Some((header, rows)) = records.split_first() else {
            return (false, 0, 0, 0);
        };
        let header_names = names(header);
        let has_columns = match columns {
            Some(columns) => Fields::named(&header_names, columns).is_ok(),
            None => Fields::guess(&header_names).is_some(),
        };
        let whole = rows.iter().filter(|row| row.len() == header.len()).count();
        let share = (whole * 1000).checked_div(rows.len()).unwrap_or(1000);
        let is_table = header.len() > 1;
        let clashes = self.clashes(head).cast_signed();
        (
            has_columns,
            usize::from(is_table) * (share + 1),
            whole,
            -clashes,
        )
    }

    /// Marks inside fields that are written in the other of the two ways, `""` or `\"`.
    fn clashes(&self, head: &[u8]) -> usize {
        let ends = |byte: Option<&u8>| {
            byte.is_none_or(|byte| *byte == self.delimiter || b"\r\n".contains(byte))
        };
        let inside = |at: usize| {
            !ends(head.get(at + 2))
                && at
                    .checked_sub(1)
                    .is_some_and(|before| !ends(head.get(before)))
        };
        let other = if self.escapes { b"\"\"" } else { b"\\\"" };
        let pairs = head.windows(2).enumerate();
        pairs
            .filter(|(at, pair)| *pair == other && inside(*at))
            .count()
    }

    /// Reads a table, its header as the first record.
    pub(super) fn reader<R: Read>(&self, table: R) -> Reader<R> {
        ReaderBuilder::new()
            .delimiter(self.delimiter)
            .quoting(self.quote.is_some())
            .quote(self.quote.unwrap_or(b'"'))
            .double_quote(!self.escapes)
            .escape(self.escapes.then_some(b'\\'))
            .flexible(true)
            .has_headers(false)
            .from_reader(table)
    }
}

/// The fields of a header as text.
pub(super) fn names(header: &ByteRecord) -> Vec<String> {
    let names = header
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned());
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(head: &str) -> (char, Option<char>, bool) {
        let dialect = Dialect::of(head.as_bytes(), false, None);
        (
            dialect.delimiter.into(),
            dialect.quote.map(char::from),
            dialect.escapes,
        )
    }

    #[test]
    fn dialects_are_told_by_what_makes_sense() {
        assert_eq!(
            dialect("id,text\n1,\"a, \"\"b\"\"\"\n"),
            (',', Some('"'), false)
        );
        assert_eq!(
            dialect("id\ttext\tx\n1\t\"a\tx\n2\tb\tx\n3\tc\"\tx\n"),
            ('\t', None, false)
        );
        assert_eq!(
            dialect("id;text;x\n1;\"a \\\"b; c\\\"\";x\n2;d;x\n"),
            (';', Some('"'), true)
        );
        assert_eq!(
            dialect("'id','text'\n'1','it''s, so'\n"),
            (',', Some('\''), false)
        );
        assert_eq!(dialect("id|text\n1|a\n"), ('|', Some('"'), false));
        assert_eq!(dialect("").0, ',');
    }
}
