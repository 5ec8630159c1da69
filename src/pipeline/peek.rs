//! A look at the beginning of a stream.

use crate::error::Result;
use std::io::{self, BufRead, Cursor, Read};

/// The first `len` bytes of a stream, or all where there are fewer, and the whole stream.
///
/// A stream that fails behind its first bytes, as a cut archive does, fails when it is read up to there.
///
/// # Errors
/// When the stream fails at its first byte.
pub(super) fn peek<'a>(
    mut input: Box<dyn BufRead + 'a>,
    len: usize,
) -> Result<(Vec<u8>, Box<dyn BufRead + 'a>)> {
    let mut head = Vec::new();
    let failure = input.by_ref().take(len as u64).read_to_end(&mut head).err();
    if head.is_empty()
        && let Some(error) = failure
    {
        return Err(error.into());
    }
    let begun = Cursor::new(head.clone());
    Ok(match failure {
        None => (head, Box::new(begun.chain(input))),
        // What failed once may end without a word at the next call.
        Some(error) => (head, Box::new(begun.chain(Failure(Some(error))))),
    })
}

/// Fails once, and then is at its end.
struct Failure(Option<io::Error>);

impl Read for Failure {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Failure {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: Box<dyn BufRead>) -> (Vec<u8>, Option<String>) {
        let mut text = Vec::new();
        let (_, mut whole) = peek(input, 4).unwrap();
        let error = whole.read_to_end(&mut text).err();
        (text, error.map(|error| error.to_string()))
    }

    #[test]
    fn a_look_takes_nothing_away() {
        assert_eq!(peek(Box::new(&b"one two"[..]), 4).unwrap().0, b"one ");
        assert_eq!(read(Box::new(&b"one two"[..])), (b"one two".to_vec(), None));
        assert_eq!(read(Box::new(&b""[..])), (Vec::new(), None));
    }

    #[test]
    fn a_failure_comes_in_its_place() {
        let failure = || Failure(Some(io::Error::other("torn")));
        let (text, error) = read(Box::new((&b"on"[..]).chain(failure())));
        assert_eq!(
            (text.as_slice(), error.as_deref()),
            (&b"on"[..], Some("torn"))
        );
        assert!(peek(Box::new(failure()), 4).is_err());
    }
}
