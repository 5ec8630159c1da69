//! What can go wrong, said so that a reader can act on it.
//!
//! Every error names the input, the place in it, the cause and the remedy. The library returns
//! [`Error`]; the binary only prints it. What can be repaired is no error but a
//! [`Warning`](crate::thread::Warning) of the thread.

use std::fmt;

/// Result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input could not be opened, read or written.
    Io,
    /// The input holds nothing.
    Empty,
    /// The input is no text: an image, an archive, a program.
    NotText,
    /// No source recognizes the input.
    UnknownSource,
    /// The input is of a known form and breaks its rules.
    Malformed,
    /// The input is larger than a limit that protects memory.
    TooLarge,
    /// The model cannot be loaded.
    Model,
}

/// An error with its input, place, cause and remedy.
#[derive(Debug, thiserror::Error)]
pub struct Error {
    kind: ErrorKind,
    input: Option<String>,
    place: Option<Place>,
    cause: String,
    remedy: Option<String>,
}

/// Where in an input something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line, counted from 1.
    Line(usize),
    /// A line and a column, both counted from 1.
    Column(usize, usize),
    /// A byte offset, counted from 0.
    Byte(usize),
}

impl Error {
    /// An error of `kind` with its cause: lower case, no final stop.
    pub fn new(kind: ErrorKind, cause: impl Into<String>) -> Self {
        Self {
            kind,
            input: None,
            place: None,
            cause: cause.into(),
            remedy: None,
        }
    }

    /// Adds what the user can do about it: an imperative, lower case, no final stop.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// Adds the input's name, unless a deeper layer has named it already.
    #[must_use]
    pub fn input(mut self, name: impl Into<String>) -> Self {
        self.input.get_or_insert_with(|| name.into());
        self
    }

    /// Adds the place, unless a deeper layer knew it better.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place.get_or_insert(place);
        self
    }

    /// What kind of error it is.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Where in the input it is, if that is known.
    #[must_use]
    pub const fn place(&self) -> Option<Place> {
        self.place
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, error.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(input) = &self.input {
            write!(f, "{input}: ")?;
        }
        if let Some(place) = self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.cause)?;
        if let Some(remedy) = &self.remedy {
            write!(f, "; {remedy}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Column(line, column) => write!(f, "line {line}, column {column}"),
            Self::Byte(byte) => write!(f, "byte {byte}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_input_place_cause_and_remedy() {
        let error = Error::new(ErrorKind::Malformed, "no key `comments`")
            .remedy("see docs/json.md")
            .at(Place::Line(3))
            .at(Place::Line(9))
            .input("a.jsonl");
        let text = error.to_string();
        assert_eq!(text, "a.jsonl: line 3: no key `comments`; see docs/json.md");
    }
}
