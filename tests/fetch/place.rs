//! Crawls of a local server into a file of their own.

use super::server::Server;
use rejoinder::fetch::{Archive, Options, Progress, Report, State, crawl};
use std::{path::PathBuf, time::Duration};
use tempfile::TempDir;

/// Shows nothing.
pub(crate) struct Silent;

impl Progress for Silent {
    fn update(&self, _: &State<'_>) {}
}

/// A folder with the file of a crawl.
pub(crate) struct Place {
    _folder: TempDir,
    pub(crate) file: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            file: folder.path().join("crawl.warc.gz"),
            _folder: folder,
        }
    }

    /// Crawls into the file.
    pub(crate) fn crawl(&self, urls: &[String], options: &Options) -> Report {
        let mut archive = Archive::open(&self.file, (options.clock)()).unwrap();
        crawl(urls, options, &mut archive, &Silent).unwrap()
    }
}

/// No waiting, and this machine may be asked.
pub(crate) fn quick() -> Options {
    Options {
        delay: Duration::ZERO,
        backoff: Duration::ZERO,
        patience: Duration::from_secs(5),
        timeout: Duration::from_secs(20),
        allow_private: true,
        clock: || "2024-01-02T03:04:05Z".parse().unwrap(),
        ..Options::default()
    }
}

/// Crawls one address of a server into a new file.
pub(crate) fn fetch(server: &Server, path: &str, options: &Options) -> (Place, Report) {
    let place = Place::new();
    let report = place.crawl(&[server.url(path)], options);
    (place, report)
}

/// What is missing, in words.
pub(crate) fn missing(report: &Report) -> String {
    let all = report.wanted.iter().flat_map(|wanted| &wanted.missing);
    all.map(|missing| format!("{} {}\n", missing.url, missing.why))
        .collect()
}
