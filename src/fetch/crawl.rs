//! The crawl: a worker for each host, which asks, waits, keeps, and looks for what to ask next.

use super::{
    Options, Report, Wanted,
    address::objection,
    boards,
    client::{Answer, Client, Cut, Failure, Known},
    frontier::{Frontier, Job, host},
    gate::{Gate, retry_after},
    lock,
    page::Page,
    report::{Missing, Progress, State},
    robots::Rules,
    warc::{Archive, Exchange, is_transient},
};
use crate::error::{Error, Result};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    thread::{self, Scope},
};
use url::Url;

/// How often an address is asked for in all, when answers fail.
const ATTEMPTS: u32 = 4;

/// Redirects that are followed from one address.
const HOPS: usize = 10;

/// Time for which the rules of `robots.txt` may be kept (RFC 9309, 2.4).
const RULES_HOLD: SignedDuration = SignedDuration::from_hours(24);

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
                    hops: 0,
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
                301 | 302 | 303 | 307 | 308 => self.redirect(job, &page),
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
                hops: 0,
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
        if job.hops >= HOPS {
            return self.lack(job, format!("the host sends on more than {HOPS} times"));
        }
        if let Some(objection) = objection(&target) {
            return self.lack(job, format!("the host sends on to {target}: {objection}"));
        }
        self.add(Job {
            url: target,
            hops: job.hops + 1,
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
                    hops: 0,
                    instead: None,
                });
            }
        }
    }

    /// A page, from the archive or the host.
    fn obtain(&self, url: &Url) -> std::result::Result<Page, Lack> {
        if !self.options.refresh
            && let Some(page) = self.kept(url, |_| true)
        {
            lock(&self.report).kept += 1;
            return Ok(page);
        }
        let rules = self.rules(url);
        if let Some(objection) = rules.objection(url) {
            return Err(Lack(objection));
        }
        lock(&self.gate(url)).slow_down(rules.delay());
        self.ask(url)
    }

    /// What the archive holds for an address, if it is final and fits.
    fn kept(&self, url: &Url, fits: impl Fn(Timestamp) -> bool) -> Option<Page> {
        let archive = lock(&self.archive);
        let entry = archive
            .find(url)
            .filter(|entry| entry.is_final() && fits(entry.time))?;
        let (head, body) = archive.load(entry).ok()?;
        Some(Page::new(url.clone(), &head, body, self.options.max_size))
    }

    fn gate(&self, url: &Url) -> Arc<Mutex<Gate>> {
        let mut gates = lock(&self.gates);
        let gate = gates.entry(host(url));
        let gate = gate.or_insert_with(|| Arc::new(Mutex::new(Gate::new(self.options.delay))));
        Arc::clone(gate)
    }

    /// The rules for an address, asked for once for each origin.
    fn rules(&self, url: &Url) -> Arc<Rules> {
        let origin = url.origin().ascii_serialization();
        if let Some(rules) = lock(&self.rules).get(&origin) {
            return Arc::clone(rules);
        }
        let rules = Arc::new(self.ask_rules(url));
        lock(&self.rules).insert(origin, Arc::clone(&rules));
        rules
    }

    fn ask_rules(&self, url: &Url) -> Rules {
        let closed = |why: &str| Rules::Closed(format!("robots.txt cannot be had: {why}"));
        let Ok(mut url) = url.join("/robots.txt") else {
            return closed("it has no address");
        };
        let is_fresh = |time: Timestamp| (self.options.clock)().duration_since(time) < RULES_HOLD;
        for _ in 0..=HOPS {
            let kept = self.kept(&url, |time| !self.options.refresh && is_fresh(time));
            let page = match kept.map_or_else(|| self.ask(&url), Ok) {
                Ok(page) => page,
                Err(Lack(why)) => return closed(&why),
            };
            if !matches!(page.status, 301 | 302 | 303 | 307 | 308) {
                return Rules::read(&page, &self.options.agent);
            }
            let target = page.header("location").and_then(|to| url.join(to).ok());
            match target.filter(|target| objection(target).is_none()) {
                Some(target) => url = target,
                None => return closed("the host sends on to no address"),
            }
        }
        closed(&format!("the host sends on more than {HOPS} times"))
    }

    /// Asks for an address, again after a while where that may help, and keeps what came in the end.
    fn ask(&self, url: &Url) -> std::result::Result<Page, Lack> {
        let gate = self.gate(url);
        // Held while it waits: another worker sent here must wait too.
        let mut gate = lock(&gate);
        let is_named = self.named.contains(&host(url));
        let (known, before) = self.known(url);
        let mut backoff = self.options.backoff;
        let mut last = None;
        for attempt in 1..=ATTEMPTS {
            if let Err(why) = gate.pass(self.options.patience) {
                last = Some(give_up(last, why));
                break;
            }
            if !self.spend(url) {
                last = Some(give_up(
                    last,
                    "the limit of requests was reached".to_owned(),
                ));
                break;
            }
            let allow_private = self.options.allow_private && is_named;
            let answer = self.client.ask(url, &known, allow_private);
            gate.asked();
            match answer {
                Err(Failure::Refused(why)) => {
                    last = Some(Err(why));
                    break;
                }
                Err(Failure::Transient(why)) => last = Some(Err(why)),
                Ok(answer) => {
                    let may_improve = may_improve(&answer);
                    let page = self.page(url, &answer);
                    let pause = page.header("retry-after");
                    let pause = pause.and_then(|value| retry_after(value, (self.options.clock)()));
                    last = Some(Ok(answer));
                    if !may_improve {
                        break;
                    }
                    gate.wait(pause.unwrap_or_default());
                }
            }
            if attempt < ATTEMPTS {
                gate.wait(backoff);
            }
            backoff = backoff.saturating_mul(2);
        }
        let last = last.unwrap_or_else(|| Err("it was not asked for".to_owned()));
        gate.ended(matches!(&last, Ok(answer) if !may_improve(answer)));
        drop(gate);
        self.settle(url, last, before)
    }

    /// Keeps an answer; one that says that nothing changed stands for what the archive holds.
    fn settle(
        &self,
        url: &Url,
        last: std::result::Result<Answer, String>,
        before: Option<Page>,
    ) -> std::result::Result<Page, Lack> {
        let answer = last.map_err(Lack)?;
        let exchange = Exchange {
            url,
            time: (self.options.clock)(),
            answer: &answer,
        };
        if let Err(error) = lock(&self.archive).keep(&exchange) {
            let why = error.to_string();
            lock(&self.failed).get_or_insert(error);
            return Err(Lack(why));
        }
        match before {
            Some(before) if answer.status == 304 => Ok(before),
            _ => Ok(self.page(url, &answer)),
        }
    }

    fn page(&self, url: &Url, answer: &Answer) -> Page {
        let body = answer.body.clone();
        let mut page = Page::new(url.clone(), &answer.head, body, self.options.max_size);
        page.is_cut |= answer.cut.is_some();
        page
    }

    /// What the archive knows of the version that an address had, and the page itself.
    fn known(&self, url: &Url) -> (Known, Option<Page>) {
        let before = self.kept(url, |_| true).filter(|page| page.status == 200);
        let header = |name| before.as_ref()?.header(name).map(str::to_owned);
        let known = Known {
            etag: header("etag"),
            modified: header("last-modified"),
        };
        (known, before)
    }

    /// Counts a request, unless there may be no more.
    fn spend(&self, url: &Url) -> bool {
        let mut report = lock(&self.report);
        if report.requests >= self.options.max_requests {
            return false;
        }
        report.requests += 1;
        drop(report);
        let (done, known) = lock(&self.frontier).counts();
        let url = url.as_str();
        self.progress.update(&State { done, known, url });
        true
    }
}

/// What stands when an address is not asked for again: the page as far as it came, else the reason.
fn give_up(
    last: Option<std::result::Result<Answer, String>>,
    why: String,
) -> std::result::Result<Answer, String> {
    match last {
        None => Err(why),
        Some(Ok(answer)) if is_transient(answer.status) => Err(format!(
            "the host answered with status {}; then {why}",
            answer.status
        )),
        Some(Err(before)) => Err(format!("{before}; then {why}")),
        Some(whole_or_cut) => whole_or_cut,
    }
}

/// Whether the answer may be better when asked for again.
const fn may_improve(answer: &Answer) -> bool {
    is_transient(answer.status) || matches!(answer.cut, Some(Cut::Time | Cut::Disconnect))
}
