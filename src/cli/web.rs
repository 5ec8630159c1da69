//! Crawls as commands run them: with a bar, and for inputs that are addresses.

use super::message::Messages;
use crate::{
    error::{Error, ErrorKind},
    fetch::{self, Archive, Options, Progress, Report, State},
    pipeline::{self, Reader, Reads},
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, IsTerminal},
    path::Path,
};

/// Fetches addresses into a WARC file.
///
/// # Errors
/// When the file cannot be used.
pub(super) fn crawl(
    urls: &[String],
    path: &Path,
    options: &Options,
    messages: &Messages,
) -> crate::error::Result<Report> {
    let mut archive = Archive::open(path, (options.clock)())?;
    fetch::crawl(urls, options, &mut archive, &Bar::new(messages))
}

/// Reads the threads at an address; what cannot be had of them is an error each. The answers are not kept.
pub(super) fn read(url: &str, options: &Options, reader: &Reader, messages: &Messages) -> Reads {
    let read = || -> crate::error::Result<Vec<_>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("answers.warc.gz");
        let report = crawl(&[url.to_owned()], &path, options, messages)?;
        let missing = report.wanted.into_iter().flat_map(|wanted| wanted.missing);
        let missing = missing.map(|missing| {
            let error = Error::new(ErrorKind::Io, format!("cannot be had: {}", missing.why));
            let remedy = "`rejoinder fetch` has options for crawls, and keeps what it got";
            Err(error.remedy(remedy).input(missing.url))
        });
        let answers = reader.read_answers(pipeline::open(&path.display().to_string())?);
        Ok(answers.chain(missing).collect())
    };
    match read() {
        Ok(reads) => Box::new(reads.into_iter()),
        Err(error) => Box::new(std::iter::once(Err(error.input(url)))),
    }
}

/// A bar on stderr where somebody looks at it.
struct Bar(ProgressBar);

impl Bar {
    fn new(messages: &Messages) -> Self {
        if messages.is_quiet() || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{bar:20} {pos}/{len} {wide_msg}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        Self(ProgressBar::new(0).with_style(style))
    }
}

impl Progress for Bar {
    fn update(&self, state: &State<'_>) {
        self.0.set_length(state.known as u64);
        self.0.set_position(state.done as u64);
        self.0.set_message(state.url.to_owned());
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Read as Found;
    use std::{
        io::{Read, Write},
        net::TcpListener,
        time::Duration,
    };

    /// Serves a thread at `/1`, and nothing else; gives its address.
    fn serve() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut request = [0; 2048];
                let read = stream.read(&mut request).unwrap();
                let text = String::from_utf8_lossy(&request[..read]);
                let (status, body) = match text.starts_with("GET /1 ") {
                    true => (
                        200,
                        r#"{"schema":"rejoinder/thread@1","comments":[{"id":"a","text":"Hi"}]}"#,
                    ),
                    false => (404, "no"),
                };
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
                );
                stream.write_all((head + body).as_bytes()).unwrap();
            }
        });
        format!("http://{address}")
    }

    #[test]
    fn an_address_is_an_input_and_what_it_lacks_is_told() {
        let options = Options {
            allow_private: true,
            delay: Duration::ZERO,
            ..Options::default()
        };
        let server = serve();
        let read = |path: &str| {
            let url = format!("{server}{path}");
            let quiet = Messages::new(true);
            let mut reads = read(&url, &options, &Reader::default(), &quiet);
            let first = reads.next().expect("something");
            (url, first, reads.count())
        };
        let (url, first, more) = read("/1");
        let Ok(Found::Thread { input, thread }) = first else {
            panic!("{first:?}")
        };
        assert_eq!((input, thread.comments.len(), more), (url, 1, 0));
        let (url, first, _) = read("/2");
        let error = first.expect_err("an error").to_string();
        assert!(error.starts_with(&url) && error.contains("404"), "{error}");
    }

    #[test]
    fn own_machines_are_not_asked() {
        let quiet = Messages::new(true);
        let url = format!("{}/1", serve());
        let mut reads = read(&url, &Options::default(), &Reader::default(), &quiet);
        assert!(reads.all(|read| read.is_err()));
    }
}
