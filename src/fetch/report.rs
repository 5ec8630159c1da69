//! What a crawl tells while it runs and when it ends.

use std::{collections::BTreeMap, fmt};

/// What became of a crawl.
#[derive(Debug, Default)]
pub struct Report {
    /// What was wanted, in the order given.
    pub wanted: Vec<Wanted>,
    /// Requests sent, those for `robots.txt` and repeated ones included.
    pub requests: usize,
    /// Answers that the archive held already.
    pub kept: usize,
}

/// What became of one address that the user gave.
#[derive(Debug, Default)]
pub struct Wanted {
    /// The address.
    pub url: String,
    /// Pages and answers had for it, in this run or before.
    pub pages: usize,
    /// What could not be had.
    pub missing: Vec<Missing>,
}

/// Something that could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its address.
    pub url: String,
    /// The reason: lower case, no final stop.
    pub why: String,
}

/// Sees how a crawl goes on.
pub trait Progress: Sync {
    /// Called before each request.
    fn update(&self, state: &State<'_>);
}

/// Where a crawl stands.
#[derive(Debug)]
pub struct State<'a> {
    /// Addresses done with.
    pub done: usize,
    /// Addresses known so far; more may come to light.
    pub known: usize,
    /// What is asked for now.
    pub url: &'a str,
}

impl Report {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.wanted.iter().all(|wanted| wanted.missing.is_empty())
    }

    /// Pages and answers had, in this run or before.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.wanted.iter().map(|wanted| wanted.pages).sum()
    }
}

/// How many addresses that lack for the same reason are named.
const NAMED: usize = 3;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pages, requests) = (count(self.pages(), "page"), count(self.requests, "request"));
        write!(f, "{pages}; {requests} sent")?;
        match self.kept {
            0 => {}
            1 => write!(f, ", 1 answer was in the file already")?,
            kept => write!(f, ", {kept} answers were in the file already")?,
        }
        for wanted in &self.wanted {
            let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for missing in &wanted.missing {
                reasons.entry(&missing.why).or_default().push(&missing.url);
            }
            if !reasons.is_empty() {
                let (url, pages) = (&wanted.url, count(wanted.pages, "page"));
                write!(f, "\n{url}: {pages}, {} missing", wanted.missing.len())?;
            }
            for (why, urls) in reasons {
                write!(f, "\n  {why}:")?;
                for url in urls.iter().take(NAMED) {
                    write!(f, "\n    {url}")?;
                }
                if urls.len() > NAMED {
                    write!(f, "\n    and {} more", urls.len() - NAMED)?;
                }
            }
        }
        Ok(())
    }
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lacks_for_one_reason_is_said_once() {
        let missing = |n: usize| Missing {
            url: format!("http://forum.example/{n}"),
            why: "status 404".to_owned(),
        };
        let wanted = Wanted {
            url: "http://forum.example/".to_owned(),
            pages: 2,
            missing: (0..5).map(missing).collect(),
        };
        let report = Report {
            wanted: vec![wanted, Wanted::default()],
            requests: 9,
            kept: 1,
        };
        let text = "2 pages; 9 requests sent, 1 answer was in the file already\n\
            http://forum.example/: 2 pages, 5 missing\n  status 404:\n    \
            http://forum.example/0\n    http://forum.example/1\n    \
            http://forum.example/2\n    and 2 more";
        assert_eq!(report.to_string(), text);
        assert!(!report.is_whole());
    }
}
