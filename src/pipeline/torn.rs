//! Streams that break off: what came before the break is read like any input, and the break is told after it.

use crate::error::{Error, ErrorKind};
use std::{
    cell::{Cell, RefCell},
    io::{self, BufRead, Read},
    rc::Rc,
};

/// Where and why a stream broke off, once it has.
#[derive(Debug, Clone, Default)]
pub(super) struct Torn(Rc<State>);

#[derive(Debug, Default)]
struct State {
    /// After how many bytes, and why; the cause is gone once it was told.
    broken: RefCell<Option<(u64, Option<io::Error>)>>,
    fails: Cell<bool>,
}

impl Torn {
    /// The stream with an end where it would fail.
    pub(super) fn watch<R: BufRead>(&self, input: R) -> Watched<R> {
        Watched {
            input,
            read: 0,
            torn: self.clone(),
        }
    }

    /// Lets the stream fail as it would without being watched, for those who know what to do then.
    pub(super) fn let_fail(&self) {
        self.0.fails.set(true);
    }

    /// The break, if there was one that was not told yet.
    pub(super) fn take(&self) -> Option<Error> {
        let mut broken = self.0.broken.borrow_mut();
        let (read, error) = broken.as_mut()?;
        let error = error.take()?;
        if *read == 0 {
            return Some(error.into());
        }
        let cause = format!("the input breaks off after {read} bytes of text: {error}");
        let remedy = "what came before is read; get the file again to have the rest";
        Some(Error::new(ErrorKind::Io, cause).remedy(remedy))
    }
}

/// See [`Torn::watch`].
pub(super) struct Watched<R> {
    input: R,
    read: u64,
    torn: Torn,
}

impl<R: BufRead> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Watched<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let state = &self.torn.0;
        // Streams that failed once may end without a word at the next call.
        if state.broken.borrow().is_none() {
            match self.input.fill_buf() {
                Ok(_) => return self.input.fill_buf(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
                Err(error) => state.broken.replace(Some((self.read, Some(error)))),
            };
        }
        let mut broken = state.broken.borrow_mut();
        let cause = broken.as_mut().filter(|_| state.fails.get());
        cause
            .and_then(|(_, cause)| cause.take())
            .map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, count: usize) {
        self.read += count as u64;
        self.input.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, bufread::MultiGzDecoder, write::GzEncoder};
    use std::io::{BufReader, Write};

    #[test]
    fn what_comes_before_a_break_is_read() {
        let text: String = (0..50_000).map(|n| format!("{n}\n")).collect();
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        let packed = packer.finish().unwrap();
        let read = |packed: &[u8]| {
            let torn = Torn::default();
            let mut read = String::new();
            let stream = BufReader::new(MultiGzDecoder::new(packed));
            torn.watch(stream).read_to_string(&mut read).unwrap();
            (
                read,
                torn.take().map(|error| error.to_string()),
                torn.take().is_none(),
            )
        };
        assert_eq!(read(&packed), (text.clone(), None, true));
        let (half, error, is_told) = read(&packed[..packed.len() / 2]);
        assert!(text.starts_with(&half) && half.len() > text.len() / 4 && is_told);
        let words = format!("breaks off after {} bytes", half.len());
        assert!(error.unwrap().contains(&words));
        assert!(read(b"no gzip").1.is_some());
    }
}
