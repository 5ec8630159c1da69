//! From an input to its threads, be it a page, a dump or an archive of pages.

use super::{
    expand::Input,
    open::open_within,
    peek::peek,
    same::merge_same,
    torn::Torn,
    unpack::Window,
    warc::{self, ArchivedPage, Pages},
};
use crate::{
    error::{ErrorKind, Result},
    source::{self, HEAD, Options, Source, Threads},
    thread::Thread,
};
use std::{
    collections::VecDeque,
    io::{BufRead, Cursor},
};

/// How inputs are read.
#[derive(Clone, Default)]
pub struct Reader {
    /// What every input is read as; without it each is recognized by its content.
    pub source: Option<&'static dyn Source>,
    /// What the user says about the inputs.
    pub options: Options,
    /// How much memory a compressed stream may ask for.
    pub window: Window,
}

/// What reading an input brings.
#[derive(Debug)]
pub enum Read {
    /// A thread.
    Thread {
        /// The input, or the page of an archive, that it was read from first.
        input: String,
        /// The thread.
        thread: Box<Thread>,
    },
    /// A file of a folder, or a page of an archive, that no source knows. Such are to be expected there.
    Unknown(String),
}

/// What reading an input brings, one by one.
pub type Reads = Box<dyn Iterator<Item = Result<Read>>>;

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("source", &self.source.map(Source::id))
            .field("options", &self.options)
            .field("window", &self.window)
            .finish()
    }
}

impl Reader {
    /// Reads an input. The pages of an archive that show one thread are merged; for this its threads are
    /// held in memory until its end. Errors name the input.
    #[must_use]
    pub fn read(&self, input: &Input) -> Reads {
        let name = input.name.clone();
        match self.open(input) {
            Ok(reads) => reads,
            Err(error) if input.found && is_unknown(error.kind()) => {
                Box::new(std::iter::once(Ok(Read::Unknown(name))))
            }
            Err(error) => Box::new(std::iter::once(Err(error.input(name)))),
        }
    }

    fn open(&self, input: &Input) -> Result<Reads> {
        let name = input.name.clone();
        let torn = Torn::default();
        let stream = torn.watch(open_within(&name, self.window)?);
        let (head, whole) = peek(Box::new(stream), HEAD)?;
        if head.is_empty()
            && let Some(error) = torn.take()
        {
            return Err(error);
        }
        if warc::is_archive(&head) {
            torn.let_fail();
            return Ok(Box::new(Archive::new(self.clone(), name, whole)));
        }
        let found = input.found;
        let broken = {
            let (name, torn) = (name.clone(), torn.clone());
            std::iter::from_fn(move || Some(Err(torn.take()?.input(&name))))
        };
        let threads = self.threads(whole)?.map(move |thread| match thread {
            Ok(thread) => Ok(Read::Thread {
                input: name.clone(),
                thread: Box::new(thread),
            }),
            // A source that guesses finds out on reading that there is nothing to guess.
            Err(error) if found && is_unknown(error.kind()) => Ok(Read::Unknown(name.clone())),
            // What fails at a break fails because of it.
            Err(error) => Err(torn.take().unwrap_or(error).input(&name)),
        });
        Ok(Box::new(threads.chain(broken)))
    }

    /// Reads an archive that has no name of its own: messages name its pages alone.
    pub fn read_answers(&self, archive: Box<dyn BufRead>) -> Reads {
        Box::new(Archive::new(self.clone(), String::new(), archive))
    }

    /// The threads of one page or dump.
    ///
    /// # Errors
    /// When no source knows it, it is empty, or it cannot be read.
    pub fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Result<Threads<'a>> {
        let (head, whole) = peek(input, HEAD)?;
        // Empty input is an error whatever it is said to be.
        let source = match self.source {
            Some(source) if !head.iter().all(u8::is_ascii_whitespace) => source,
            _ => source::detect(&head)
                .or_else(|error| source::detect(head.trim_ascii_start()).map_err(|_| error))?,
        };
        Ok(source.threads_with(whole, &self.options))
    }
}

/// Whether an error says that an input is no thread, rather than that it is a broken one.
const fn is_unknown(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::UnknownSource | ErrorKind::NotText)
}

/// The threads of an archive: errors and unknown pages as they come, the threads at the end.
struct Archive {
    reader: Reader,
    name: String,
    pages: Option<Pages<Box<dyn BufRead>>>,
    threads: Vec<(String, Thread)>,
    ready: VecDeque<Result<Read>>,
}

impl Archive {
    fn new(reader: Reader, name: String, stream: Box<dyn BufRead>) -> Self {
        Self {
            reader,
            name,
            pages: Some(Pages::new(stream)),
            threads: Vec::new(),
            ready: VecDeque::new(),
        }
    }

    /// The name of a page.
    fn place(&self, url: &str) -> String {
        match self.name.as_str() {
            "" => url.to_owned(),
            name => format!("{name}#{url}"),
        }
    }

    fn page(&mut self, page: ArchivedPage) {
        let name = self.place(&page.url);
        match self.reader.threads(Box::new(Cursor::new(page.body))) {
            Ok(threads) => {
                for thread in threads {
                    match thread {
                        Ok(mut thread) => {
                            thread.url.get_or_insert_with(|| page.url.clone());
                            thread.fetched = thread.fetched.or(page.fetched);
                            self.threads.push((name.clone(), thread));
                        }
                        Err(error) if is_unknown(error.kind()) => {
                            self.ready.push_back(Ok(Read::Unknown(name.clone())));
                        }
                        Err(error) => self.ready.push_back(Err(error.input(&name))),
                    }
                }
            }
            Err(error) if is_unknown(error.kind()) => self.ready.push_back(Ok(Read::Unknown(name))),
            Err(error) => self.ready.push_back(Err(error.input(name))),
        }
    }

    fn end(&mut self) {
        self.pages = None;
        let threads = merge_same(std::mem::take(&mut self.threads)).into_iter();
        self.ready.extend(threads.map(|(input, thread)| {
            Ok(Read::Thread {
                input,
                thread: Box::new(thread),
            })
        }));
    }
}

impl Iterator for Archive {
    type Item = Result<Read>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() {
            match self.pages.as_mut()?.next() {
                Some(Ok(page)) => self.page(page),
                Some(Err((url, error))) => {
                    let name = url.map_or_else(|| self.name.clone(), |url| self.place(&url));
                    self.ready.push_back(Err(error.input(name)));
                }
                None => self.end(),
            }
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests;
