//! Comments that come one by one, each with the id of its thread: what corpora and tables have in common.
//!
//! Rows of one thread need not stand together, so that all are held in memory until the last.

use super::Threads;
use crate::{
    error::{Error, ErrorKind, Result},
    text::{Body, plain},
    thread::{Author, CommentIdx, Draft, ParentRef, State, Thread, ThreadBuilder, codes},
};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// A comment with what it says of its thread.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// The thread's id; without one all such rows are one thread.
    pub(super) thread: Option<String>,
    /// The thread's headline.
    pub(super) title: Option<String>,
    /// The comment.
    pub(super) draft: Draft,
    /// The line in which bytes that are not UTF-8 were replaced.
    pub(super) replaced: Option<usize>,
    /// Values that could not be read, in words.
    pub(super) bad: Vec<String>,
}

/// The id of a thread of which none is known.
const UNNAMED: &str = "thread";

/// Reads all rows and gives their threads in the order of their first rows. Rows that cannot be read are
/// reported as they are met.
pub(super) fn threads<'a>(
    source: &'static str,
    rows: impl Iterator<Item = Result<Row>> + 'a,
) -> Threads<'a> {
    let mut rows = Some(rows);
    let mut gathered = Gathered::default();
    let mut failed = false;
    let mut ready = Vec::new().into_iter();
    Box::new(std::iter::from_fn(move || {
        while let Some(left) = &mut rows {
            match left.next() {
                Some(Ok(row)) => gathered.add(row),
                Some(Err(error)) => {
                    failed = true;
                    return Some(Err(error));
                }
                None => {
                    rows = None;
                    let found = std::mem::take(&mut gathered).threads;
                    if found.is_empty() && !failed {
                        let error = Error::new(ErrorKind::Malformed, "the input holds no comment");
                        return Some(Err(error.remedy("check that it was written to its end")));
                    }
                    ready = found.into_iter();
                }
            }
        }
        ready.next().map(|group| Ok(group.build(source)))
    }))
}

#[derive(Default)]
struct Gathered {
    threads: Vec<Group>,
    by_id: HashMap<String, usize>,
}

/// The rows of one thread.
struct Group {
    id: String,
    title: Option<String>,
    drafts: Vec<Draft>,
    /// Values that could not be read, in words, with the number of the comment.
    bad: Vec<(usize, String)>,
    replaced: Option<usize>,
}

impl Gathered {
    fn add(&mut self, row: Row) {
        let id = row.thread.unwrap_or_else(|| UNNAMED.to_owned());
        let at = *self.by_id.entry(id).or_insert_with_key(|id| {
            self.threads.push(Group {
                id: id.clone(),
                title: None,
                drafts: Vec::new(),
                bad: Vec::new(),
                replaced: None,
            });
            self.threads.len() - 1
        });
        if let Some(group) = self.threads.get_mut(at) {
            group.title = group.title.take().or(row.title);
            group.replaced = group.replaced.or(row.replaced);
            let number = group.drafts.len();
            group
                .bad
                .extend(row.bad.into_iter().map(|bad| (number, bad)));
            group.drafts.push(row.draft);
        }
    }
}

impl Group {
    fn build(self, source: &str) -> Thread {
        let ids: HashSet<String> = self.drafts.iter().map(|draft| draft.id.clone()).collect();
        let mut builder = ThreadBuilder::new(source, self.id.as_str());
        builder.title(self.title);
        if let Some(line) = self.replaced {
            let message =
                format!("bytes that are not UTF-8 were replaced, the first in line {line}");
            builder.warn(codes::INVALID_UTF8, message, None);
        }
        for (number, message) in self.bad {
            builder.warn(codes::BAD_VALUE, message, Some(CommentIdx::new(number)));
        }
        for mut draft in self.drafts {
            // Some data sets name the thread as the parent of its first comments.
            if let ParentRef::Id(id) = &draft.parent
                && !ids.contains(id)
                && (*id == self.id || is_none(id))
            {
                draft.parent = ParentRef::Root;
            }
            builder.push(draft);
        }
        builder.build()
    }
}

/// What a comment answers by the value of a column. Many data sets keep Reddit's prefixes, of which `t3_` is
/// that of the story.
pub(super) fn parent(value: &str) -> ParentRef {
    match value.trim() {
        "" => ParentRef::Root,
        value if value.starts_with("t3_") => ParentRef::Root,
        value => ParentRef::Id(bare(value).to_owned()),
    }
}

/// Words and numbers that stand for no parent, unless a comment is called so.
fn is_none(parent: &str) -> bool {
    const NONE: [&str; 9] = ["null", "none", "nan", "na", "n/a", "nil", "root", "-1", "0"];
    NONE.iter().any(|none| parent.eq_ignore_ascii_case(none))
}

/// An id without Reddit's prefix.
pub(super) fn bare(id: &str) -> &str {
    let id = id.trim();
    let prefixed = ["t1_", "t3_"];
    prefixed
        .iter()
        .find_map(|prefix| id.strip_prefix(prefix))
        .unwrap_or(id)
}

/// The text of a comment, or the state that stands in its place.
pub(super) fn body(text: &str) -> (State, Body) {
    let body = || Body::default();
    match text.trim() {
        "[deleted]" => (State::Deleted, body()),
        "[removed]" => (State::Removed, body()),
        _ => (State::Live, plain::body(text)),
    }
}

/// An author by name; none for names that stand in the place of one who left.
pub(super) fn author(name: &str) -> Option<Author> {
    let name = name.trim();
    let is_none = matches!(name, "" | "[deleted]" | "[removed]");
    (!is_none).then(|| Author {
        name: name.to_owned(),
        ..Author::default()
    })
}

/// A string or a number as text.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A whole number, also where it is written with a fraction.
pub(super) fn whole(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_f64().map(|number| number as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(thread: Option<&str>, id: &str, parent: &str) -> Result<Row> {
        Ok(Row {
            thread: thread.map(str::to_owned),
            draft: Draft {
                id: id.to_owned(),
                parent: self::parent(parent),
                ..Draft::default()
            },
            ..Row::default()
        })
    }

    #[test]
    fn rows_are_gathered_by_thread() {
        let bad = Err(Error::new(ErrorKind::Malformed, "bad"));
        let rows = [
            row(Some("x"), "1", "x"),
            row(Some("y"), "2", "null"),
            bad,
            row(Some("x"), "3", "t1_1"),
            row(None, "4", "t3_x"),
        ];
        let read: Vec<_> = threads("table", rows.into_iter()).collect();
        let shapes: Vec<_> = read
            .iter()
            .map(|thread| match thread {
                Ok(thread) => {
                    let depths: Vec<_> = thread.comments.iter().map(|c| c.depth).collect();
                    format!("{} {depths:?} {}", thread.id, thread.warnings.len())
                }
                Err(error) => error.to_string(),
            })
            .collect();
        assert_eq!(shapes, ["bad", "x [0, 1] 0", "y [0] 0", "thread [0] 0"]);
    }

    #[test]
    fn no_row_is_an_error() {
        let read: Vec<_> = threads("table", std::iter::empty()).collect();
        assert!(read.len() == 1 && read[0].is_err());
    }

    #[test]
    fn what_stands_in_the_place_of_a_text_or_an_author() {
        assert_eq!(body(" [removed]\n").0, State::Removed);
        assert_eq!(body("[deleted] it").0, State::Live);
        assert_eq!(author("[deleted]"), None);
        assert_eq!(bare("t1_abc"), "abc");
    }
}
