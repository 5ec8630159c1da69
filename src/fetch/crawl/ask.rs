//! How one address is had: from the archive, or from its host as its rules and its gate allow.

use super::{Crawl, HOPS, Lack};
use crate::fetch::{
    address::objection,
    client::{Answer, Cut, Failure, Known},
    frontier::host,
    gate::{Gate, retry_after},
    lock,
    page::Page,
    report::State,
    robots::Rules,
    warc::{Exchange, is_transient},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use url::Url;

/// How often an address is asked for in all, when answers fail.
const ATTEMPTS: u32 = 4;

/// Time for which the rules of `robots.txt` may be kept (RFC 9309, 2.4).
const RULES_HOLD: SignedDuration = SignedDuration::from_hours(24);

impl Crawl<'_> {
    /// A page, from the archive or the host.
    pub(super) fn obtain(&self, url: &Url) -> std::result::Result<Page, Lack> {
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

    pub(super) fn gate(&self, url: &Url) -> Arc<Mutex<Gate>> {
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
            if !page.is_redirect() {
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
        let (known, before) = self.known(url);
        let mut backoff = self.options.backoff;
        let mut last = None;
        for attempt in 1..=ATTEMPTS {
            if let Err(why) = gate.pass(self.options.patience) {
                last = Some(give_up(last, why));
                break;
            }
            let answer = self.attempt(url, &known);
            gate.asked();
            match answer {
                Err(Failure::Refused(why)) => {
                    last = Some(give_up(last, why));
                    break;
                }
                Err(Failure::Transient(why)) => last = Some(Err(why)),
                Ok(answer) => {
                    let may_improve = may_improve(&answer);
                    let pause = self.pause(url, &answer).filter(|_| may_improve);
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

    /// The time for which the host wants to be left alone.
    fn pause(&self, url: &Url, answer: &Answer) -> Option<Duration> {
        let page = Page::new(url.clone(), &answer.head, Vec::new(), 0);
        retry_after(page.header("retry-after")?, (self.options.clock)())
    }

    /// Sends a request, if the host may be connected to and there may be one more.
    fn attempt(&self, url: &Url, known: &Known) -> std::result::Result<Answer, Failure> {
        let is_named = self.named.contains(&host(url));
        let allow_private = self.options.allow_private && is_named;
        self.client.check(url, allow_private)?;
        if !self.spend(url) {
            let why = "the limit of requests was reached";
            return Err(Failure::Refused(why.to_owned()));
        }
        self.client.ask(url, known)
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
            _ => Ok(self.page(url, answer)),
        }
    }

    fn page(&self, url: &Url, answer: Answer) -> Page {
        let mut page = Page::new(
            url.clone(),
            &answer.head,
            answer.body,
            self.options.max_size,
        );
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
