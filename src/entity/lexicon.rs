//! The lexicons of `data/lexicons`: tables that are built in, with their versions and sums.

use super::EntityKind;
use crate::digest::sha256;
use std::sync::LazyLock;

/// A table that is built in.
pub(super) struct Lexicon {
    id: &'static str,
    text: &'static str,
}

macro_rules! lexicon {
    ($file:literal) => {
        Lexicon {
            id: $file,
            text: include_str!(concat!("../../data/lexicons/", $file, ".tsv")),
        }
    };
}

/// Endings of domains.
pub(super) static TLDS: Lexicon = lexicon!("tlds");

/// Words by which authors blame, defend and praise.
pub(super) static CUES: Lexicon = lexicon!("cues");

/// Names with their kinds and rules.
static NAMES: [Lexicon; 6] = [
    lexicon!("actors"),
    lexicon!("agencies"),
    lexicon!("malware"),
    lexicon!("products"),
    lexicon!("protocols"),
    lexicon!("vendors"),
];

impl Lexicon {
    /// The rows, without the comments.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'static str> {
        let lines = self.text.lines();
        lines.filter(|line| !line.starts_with('#') && !line.is_empty())
    }

    /// The version that its header tells; empty without one.
    fn version(&self) -> &'static str {
        let mut lines = self.text.lines();
        let version = lines.find_map(|line| line.strip_prefix("# version: "));
        version.unwrap_or_default()
    }
}

/// The identity of a lexicon, for whoever must defend what was found with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconInfo {
    /// Its name: that of the file, without its ending.
    pub id: &'static str,
    /// Its version.
    pub version: &'static str,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// The lexicons that are built in, ordered by name.
#[must_use]
pub fn lexicons() -> &'static [LexiconInfo] {
    static ALL: LazyLock<Vec<LexiconInfo>> = LazyLock::new(|| {
        let mut all: Vec<&Lexicon> = NAMES.iter().chain([&TLDS, &CUES]).collect();
        all.sort_by_key(|lexicon| lexicon.id);
        let info = |lexicon: &Lexicon| LexiconInfo {
            id: lexicon.id,
            version: lexicon.version(),
            sha256: sha256(&[lexicon.text.as_bytes()]),
        };
        all.into_iter().map(info).collect()
    });
    &ALL
}

/// When a name is meant as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// In any case: it means nothing else.
    Any,
    /// As it is written.
    Exact,
    /// As it is written, amid words in lower case; else as for [`Rule::Context`].
    Name,
    /// As it is written, with a word of its context, a known name or a version beside it.
    Context,
}

/// A thing with names.
pub(super) struct Row {
    pub(super) kind: EntityKind,
    /// `<kind>:<id>`.
    pub(super) id: String,
    pub(super) name: &'static str,
    /// Words, in lower case, that show that it is meant.
    pub(super) context: Vec<&'static str>,
}

/// A name and when it is meant.
pub(super) struct Name {
    pub(super) text: &'static str,
    pub(super) rule: Rule,
    /// The thing that it names.
    pub(super) row: usize,
}

/// All things and all of their names, in the order of the files.
pub(super) fn names() -> (Vec<Row>, Vec<Name>) {
    let mut rows = Vec::new();
    let mut names = Vec::new();
    for line in NAMES.iter().flat_map(Lexicon::rows) {
        let Some((row, own)) = read(line) else {
            continue;
        };
        let row_at = rows.len();
        names.extend(own.into_iter().map(|(text, rule)| Name {
            text,
            rule,
            row: row_at,
        }));
        rows.push(row);
    }
    (rows, names)
}

/// A row with its names; `None` for a line that is no row, of which there are none (a test says so).
fn read(line: &'static str) -> Option<(Row, Vec<(&'static str, Rule)>)> {
    let mut columns = line.split('\t');
    let mut column = || columns.next();
    let (id, name) = (column()?, column()?);
    let kind = EntityKind::from_name(column()?)?;
    let rule = rule(column()?)?;
    let (aliases, context) = (column()?, column()?);
    let list = |text: &'static str| text.split('|').filter(|part| !part.is_empty());
    let mut names = vec![(name, rule)];
    for alias in list(aliases) {
        names.push(match alias.rsplit_once(':') {
            Some((alias, own)) => (alias, self::rule(own)?),
            None => (alias, rule),
        });
    }
    let row = Row {
        kind,
        id: format!("{}:{id}", kind.as_str()),
        name,
        context: list(context).collect(),
    };
    Some((row, names))
}

fn rule(name: &str) -> Option<Rule> {
    Some(match name {
        "any" => Rule::Any,
        "exact" => Rule::Exact,
        "name" => Rule::Name,
        "context" => Rule::Context,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_can_be_read_and_no_name_is_in_two() {
        let mut ids = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for line in NAMES.iter().flat_map(Lexicon::rows) {
            let (row, names) = read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(line.split('\t').count(), 6, "{line}");
            assert!(ids.insert(row.id), "twice: {line}");
            for (name, rule) in names {
                assert!(name.trim() == name && name.len() > 1, "{line}");
                assert!(seen.insert(name), "{name} names two things");
                let needs = rule == Rule::Context;
                assert!(!needs || !row.context.is_empty(), "{name} has no context");
            }
        }
    }

    #[test]
    fn headers_tell_version_and_license() {
        for lexicon in NAMES.iter().chain([&TLDS, &CUES]) {
            assert!(
                lexicon.text.contains("\n# license: CC0-1.0\n"),
                "{}",
                lexicon.id
            );
            assert!(lexicon.text.contains("\n# sources: "), "{}", lexicon.id);
        }
        for info in lexicons() {
            assert!(info.version.parse::<u32>().is_ok() && info.sha256.len() == 64);
        }
        assert!(lexicons().is_sorted_by_key(|info| info.id));
    }
}
