//! What the user may say about inputs that their content does not tell.

use crate::error::{Error, ErrorKind, Result};

/// What the user says about the inputs; each source takes what concerns it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Which columns of a table hold what.
    pub columns: Option<Columns>,
    /// Whether mails without reference to another join a thread by their subject, in every kind of archive.
    pub subject_threads: bool,
}

/// Which columns of a table hold what, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The comment's id.
    pub id: Option<String>,
    /// The id of the comment that is answered.
    pub parent: Option<String>,
    /// The comment's text.
    pub text: Option<String>,
    /// The author's name.
    pub author: Option<String>,
    /// When the comment was written.
    pub posted: Option<String>,
    /// The comment's net points.
    pub score: Option<String>,
    /// The id of the thread; without it all rows are one thread.
    pub thread: Option<String>,
    /// The thread's headline.
    pub title: Option<String>,
}

impl Columns {
    /// The names of what a column may hold, in the order of [`Columns::fields`].
    pub const FIELDS: [&str; 8] = [
        "id", "parent", "text", "author", "posted", "score", "thread", "title",
    ];

    /// Reads `id=ID,text=BODY,...`.
    ///
    /// # Errors
    /// When a part is no `field=column`, names no field or one twice, or the text has no column.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = |cause: String| {
            let remedy = format!(
                "write FIELD=COLUMN with commas between; the fields are {}",
                Self::FIELDS.join(", ")
            );
            Error::new(ErrorKind::Malformed, cause).remedy(remedy)
        };
        let mut columns = Self::default();
        for part in text.split(',') {
            let (field, column) = part
                .split_once('=')
                .map(|(field, column)| (field.trim(), column.trim()))
                .filter(|(_, column)| !column.is_empty())
                .ok_or_else(|| wrong(format!("{part:?} names no column")))?;
            let at = Self::FIELDS.iter().position(|name| *name == field);
            let slot = at.and_then(|at| columns.fields_mut().into_iter().nth(at));
            let slot = slot.ok_or_else(|| wrong(format!("there is no field {field:?}")))?;
            if slot.replace(column.to_owned()).is_some() {
                return Err(wrong(format!("the field {field:?} has two columns")));
            }
        }
        if columns.text.is_none() {
            return Err(wrong("the text has no column".to_owned()));
        }
        Ok(columns)
    }

    /// The columns in the order of [`Columns::FIELDS`].
    #[must_use]
    pub fn fields(&self) -> [Option<&str>; 8] {
        [
            &self.id,
            &self.parent,
            &self.text,
            &self.author,
            &self.posted,
            &self.score,
            &self.thread,
            &self.title,
        ]
        .map(Option::as_deref)
    }

    const fn fields_mut(&mut self) -> [&mut Option<String>; 8] {
        [
            &mut self.id,
            &mut self.parent,
            &mut self.text,
            &mut self.author,
            &mut self.posted,
            &mut self.score,
            &mut self.thread,
            &mut self.title,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_field() {
        let columns = Columns::parse("id=comment_id, text=body,thread=link").expect("columns");
        let named = [Some("comment_id"), None, Some("body"), None];
        assert_eq!(columns.fields()[..4], named);
        assert_eq!(columns.thread.as_deref(), Some("link"));
    }

    #[test]
    fn what_names_no_columns_says_why() {
        for (text, cause) in [
            ("", "names no column"),
            ("id", "names no column"),
            ("id=", "names no column"),
            ("text=a,karma=b", "no field \"karma\""),
            ("text=a,text=b", "two columns"),
            ("id=a", "the text has no column"),
        ] {
            let error = Columns::parse(text).expect_err(text).to_string();
            assert!(error.contains(cause), "{error}");
        }
    }
}
