//! The crawl: a worker for each host, which asks, waits, keeps, and looks for what to ask next.

mod ask;

use super::{
    Options, Report, Wanted,
    address::objection,
    boards,
    client::Client,
    frontier::{Frontier, Job, host},
    gate::Gate,
    lock,
    page::Page,
    report::{Missing, Progress},
    robots::Rules,
    warc::Archive,
};
use crate::error::{Error, Result};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    thread::{self, Scope},
};
use url::Url;

/// Redirects that are followed from one address.
const HOPS: usize = 10;

/// What the workers share.
struct Crawl<'a> {
    options: &'a Options,
    client: Client,
    progress: &'a dyn Progress,
    archive: Mutex<&'a mut Archive>,
    frontier: Mutex<Frontier>,
    gates: Mutex<HashMap<String, Arc<Mutex<Gate>>>>,
    rules: Mutex<HashMap<String, Arc<Rules>>>,
    report: Mutex<Report>,
    /// Hosts that the user named.
    named: HashSet<String>,
    /// What went wrong with the archive: the crawl ends.
    failed: Mutex<Option<Error>>,
}

/// Why a page is not to be had.
struct Lack(String);

/// Fetches threads until they are whole, as far as boards, limits and failures allow, and keeps all
/// answers in `archive`. What it holds already is not asked for again.
///
/// # Errors
/// When the archive cannot be written or no secure connections can be made at all. What a board does not
/// give is no error, but missing in the report.
pub fn crawl(
    urls: &[String],
    options: &Options,
    archive: &mut Archive,
    progress: &dyn Progress,
) -> Result<Report> {
    let mut frontier = Frontier::default();
    let mut report = Report::default();
    let mut named = HashSet::new();
    for (at, text) in urls.iter().enumerate() {
        let mut wanted = Wanted {
            url: text.clone(),
            ..Wanted::default()
        };
        match start(text) {
            Ok((given, entry)) => {
                named.extend([host(&given), host(&entry)]);
                frontier.add(Job {
                    instead: Some(given).filter(|given| *given != entry),
                    url: entry,
                    wanted: at,
                    via: Vec::new(),
                });
            }
            Err(why) => wanted.missing.push(Missing {
                url: text.clone(),
                why,
            }),
        }
        report.wanted.push(wanted);
    }
    let crawl = Crawl {
        options,
        client: Client::new(options)?,
        progress,
        archive: Mutex::new(archive),
        frontier: Mutex::new(frontier),
        gates: Mutex::default(),
        rules: Mutex::default(),
        report: Mutex::new(report),
        named,
        failed: Mutex::default(),
    };
    thread::scope(|scope| crawl.start_workers(scope));
    let into = |mutex: Mutex<Option<Error>>| {
        mutex
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    };
    match into(crawl.failed) {
        Some(error) => Err(error),
        None => Ok(std::mem::take(&mut *lock(&crawl.report))),
    }
}

/// The address that a text names, and the one to begin with.
pub(super) fn start(text: &str) -> std::result::Result<(Url, Url), String> {
    let mut given =
        Url::parse(text.trim()).map_err(|error| format!("this is no address: {error}"))?;
    if let Some(objection) = objection(&given) {
        return Err(objection.to_owned());
    }
    given.set_fragment(None);
    let entry = boards::entry(&given).unwrap_or_else(|| given.clone());
    Ok((given, entry))
}

impl Crawl<'_> {
    fn start_workers<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) {
        while let Some(host) = lock(&self.frontier).start() {
            scope.spawn(move || self.work(scope, &host));
        }
    }

    fn work<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>, host: &str) {
        loop {
            let Some(job) = lock(&self.frontier).next(host) else {
                break;
            };
            self.visit(&job);
            lock(&self.frontier).finish();
            self.start_workers(scope);
        }
        self.start_workers(scope);
    }

    fn visit(&self, job: &Job) {
        if lock(&self.failed).is_some() {
            return;
        }
        match self.obtain(&job.url) {
            Err(Lack(why)) => self.lack(job, why),
            Ok(page) => match page.status {
                _ if page.is_redirect() => self.redirect(job, &page),
                200..=299 => self.follow(job, &page),
                status => self.lack(job, format!("the host answered with status {status}")),
            },
        }
    }

    /// Notes that an address cannot be had, unless there is another to try.
    fn lack(&self, job: &Job, why: String) {
        match &job.instead {
            Some(url) => self.add(Job {
                url: url.clone(),
                wanted: job.wanted,
                via: Vec::new(),
                instead: None,
            }),
            None => self.miss(job.wanted, job.url.as_str(), why),
        }
    }

    fn miss(&self, wanted: usize, url: &str, why: String) {
        if let Some(wanted) = lock(&self.report).wanted.get_mut(wanted) {
            let url = url.to_owned();
            wanted.missing.push(Missing { url, why });
        }
    }

    fn add(&self, job: Job) {
        lock(&self.frontier).add(job);
    }

    fn redirect(&self, job: &Job, page: &Page) {
        let target = page.header("location").and_then(|to| job.url.join(to).ok());
        let Some(mut target) = target else {
            return self.lack(job, "the host sends on to no address".to_owned());
        };
        target.set_fragment(None);
        if target.path().split('/').any(|part| part == "login") {
            return self.lack(job, "the host wants a login".to_owned());
        }
        if target == job.url || job.via.contains(&target) {
            return self.lack(
                job,
                format!("the host sends in a circle, by way of {target}"),
            );
        }
        if job.via.len() >= HOPS {
            return self.lack(job, format!("the host sends on more than {HOPS} times"));
        }
        if let Some(objection) = objection(&target) {
            return self.lack(job, format!("the host sends on to {target}: {objection}"));
        }
        self.add(Job {
            url: target,
            via: [job.via.as_slice(), std::slice::from_ref(&job.url)].concat(),
            ..job.clone()
        });
    }

    /// Looks for what a page asks for next. Only what lies on the page's own host is: a page must not
    /// direct the crawl at others.
    fn follow(&self, job: &Job, page: &Page) {
        if let Some(wanted) = lock(&self.report).wanted.get_mut(job.wanted) {
            wanted.pages += 1;
        }
        if page.is_cut {
            let why = format!("the answer broke off after {} bytes", page.body().len());
            self.miss(job.wanted, page.url.as_str(), why);
        }
        if page.body().is_empty() {
            self.miss(
                job.wanted,
                page.url.as_str(),
                "the answer is empty".to_owned(),
            );
        }
        let next = boards::next(page);
        if let Some(pause) = next.pause {
            lock(&self.gate(&page.url)).wait(pause);
        }
        for missing in next.missing {
            self.miss(job.wanted, &missing.url, missing.why);
        }
        for mut url in next.ask {
            url.set_fragment(None);
            if host(&url) == host(&page.url) && objection(&url).is_none() {
                self.add(Job {
                    url,
                    wanted: job.wanted,
                    via: Vec::new(),
                    instead: None,
                });
            }
        }
    }
}
