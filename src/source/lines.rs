//! Lines of a stream one by one, with a bound on their length.

use crate::error::{Error, ErrorKind, Place, Result};
use std::io::{BufRead, Read};

/// The lines of a stream with their numbers, counted from 1; empty lines are passed over.
///
/// A line over the limit is reported and skipped without being held in memory.
pub struct Lines<R> {
    input: R,
    number: usize,
    limit: usize,
    /// Whether the stream itself failed; some fail again at every call and would never end.
    failed: bool,
}

impl<R: BufRead> Lines<R> {
    /// Reads lines of at most `limit` bytes.
    pub const fn new(input: R, limit: usize) -> Self {
        Self {
            input,
            number: 0,
            limit,
            failed: false,
        }
    }

    /// The next line as bytes; `None` at the end.
    fn read(&mut self) -> Result<Option<Vec<u8>>> {
        self.number += 1;
        let mut line = Vec::new();
        let bound = self.limit as u64 + 1;
        let read = self
            .input
            .by_ref()
            .take(bound)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') && line.len() > self.limit {
            self.input.skip_until(b'\n')?;
            let cause = format!("the line is longer than {} MiB", self.limit >> 20);
            return Err(Error::new(ErrorKind::TooLarge, cause).remedy("split it, or leave it out"));
        }
        Ok(Some(line))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    /// The line's number and its bytes; an error of the stream itself ends the iteration.
    type Item = (usize, Result<Vec<u8>>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            match self.read().transpose()? {
                Ok(line) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(line) => return Some((self.number, Ok(line))),
                Err(error) => {
                    self.failed = error.kind() == ErrorKind::Io;
                    return Some((self.number, Err(error.at(Place::Line(self.number)))));
                }
            }
        }
        None
    }
}

impl<R> std::fmt::Debug for Lines<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_reported_and_skipped() {
        let text = "ab\n\nabcdefgh\r\nlast";
        let seen: Vec<_> = Lines::new(text.as_bytes(), 4)
            .map(|(number, line)| (number, line.map_err(|error| error.kind())))
            .collect();
        let expected = [
            (1, Ok(b"ab\n".to_vec())),
            (3, Err(ErrorKind::TooLarge)),
            (4, Ok(b"last".to_vec())),
        ];
        assert_eq!(seen, expected);
    }

    /// Fails at every call, as a cut gzip stream does.
    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::UnexpectedEof.into())
        }
    }

    #[test]
    fn a_stream_that_fails_ends_behind_one_error() {
        let input = b"one\ntw".chain(std::io::BufReader::new(Broken));
        let seen: Vec<_> = Lines::new(input, 9)
            .take(9)
            .map(|(number, line)| (number, line.map_err(|error| error.kind())))
            .collect();
        assert_eq!(seen, [(1, Ok(b"one\n".to_vec())), (2, Err(ErrorKind::Io))]);
    }
}
