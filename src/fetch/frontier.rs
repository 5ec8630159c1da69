//! What is still to be asked for, host by host.

use std::collections::{HashMap, HashSet, VecDeque};
use url::Url;

/// Hosts that are asked at the same time.
const HOSTS: usize = 16;

/// One address to be had.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) url: Url,
    /// Which of the wanted addresses it belongs to.
    pub(super) wanted: usize,
    /// The addresses that sent on to it, the first of them first.
    pub(super) via: Vec<Url>,
    /// The address to ask for where this one cannot be had.
    pub(super) instead: Option<Url>,
}

/// The addresses known: each is asked for once.
#[derive(Debug, Default)]
pub(super) struct Frontier {
    waiting: HashMap<String, VecDeque<Job>>,
    /// Hosts with jobs that no worker has taken up.
    idle: VecDeque<String>,
    workers: usize,
    seen: HashSet<String>,
    done: usize,
}

impl Frontier {
    /// Adds a job, unless its address is known.
    pub(super) fn add(&mut self, job: Job) {
        if !self.seen.insert(job.url.as_str().to_owned()) {
            return;
        }
        let host = host(&job.url);
        if !self.waiting.contains_key(&host) {
            self.idle.push_back(host.clone());
        }
        self.waiting.entry(host).or_default().push_back(job);
    }

    /// A host that a new worker should take up; the worker counts as started.
    pub(super) fn start(&mut self) -> Option<String> {
        if self.workers >= HOSTS {
            return None;
        }
        let host = self.idle.pop_front()?;
        self.workers += 1;
        Some(host)
    }

    /// The host's next job; where there is none its worker is to stop.
    pub(super) fn next(&mut self, host: &str) -> Option<Job> {
        let job = self.waiting.get_mut(host).and_then(VecDeque::pop_front);
        if job.is_none() {
            self.waiting.remove(host);
            self.workers -= 1;
        }
        job
    }

    /// Notes that a job is done.
    pub(super) fn finish(&mut self) {
        self.done += 1;
    }

    /// Jobs done, and all that are known.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.done, self.seen.len())
    }
}

/// The name under which a host is asked one request at a time, whatever the scheme and port.
pub(super) fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(url: &str) -> Job {
        Job {
            url: Url::parse(url).unwrap(),
            wanted: 0,
            via: Vec::new(),
            instead: None,
        }
    }

    #[test]
    fn each_address_comes_once_and_each_host_has_one_worker() {
        let mut frontier = Frontier::default();
        for url in [
            "http://a.example/1",
            "https://a.example/2",
            "http://a.example/1",
        ] {
            frontier.add(job(url));
        }
        assert_eq!(frontier.start().as_deref(), Some("a.example"));
        assert_eq!(frontier.start(), None);
        assert!(frontier.next("a.example").is_some());
        frontier.add(job("http://a.example/3"));
        assert_eq!(frontier.start(), None);
        assert!(frontier.next("a.example").is_some());
        assert!(frontier.next("a.example").is_some());
        assert!(frontier.next("a.example").is_none());
        frontier.add(job("http://a.example/4"));
        assert_eq!(frontier.start().as_deref(), Some("a.example"));
        assert_eq!(frontier.counts(), (0, 4));
    }

    #[test]
    fn only_so_many_hosts_are_asked_at_a_time() {
        let mut frontier = Frontier::default();
        for host in 0..HOSTS + 1 {
            frontier.add(job(&format!("http://h{host}.example/")));
        }
        let started = (0..HOSTS).filter_map(|_| frontier.start()).count();
        assert_eq!((started, frontier.start()), (HOSTS, None));
        assert!(frontier.next("h0.example").is_some());
        assert!(frontier.next("h0.example").is_none());
        assert!(frontier.start().is_some());
    }
}
