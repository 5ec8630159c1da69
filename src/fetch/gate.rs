//! When a host may be asked next. All requests to a host go through its one gate, one at a time.

use jiff::{Timestamp, fmt::rfc2822};
use std::time::{Duration, Instant};

/// Addresses of a host that fail one after the other before the host is given up.
const FAILURES: usize = 3;

/// The state of one host.
#[derive(Debug)]
pub(super) struct Gate {
    open_at: Instant,
    delay: Duration,
    failures: usize,
    closed: Option<String>,
}

impl Gate {
    pub(super) fn new(delay: Duration) -> Self {
        Self {
            open_at: Instant::now(),
            delay,
            failures: 0,
            closed: None,
        }
    }

    /// Asks for more time between requests; the longest wish holds.
    pub(super) fn slow_down(&mut self, delay: Duration) {
        self.delay = self.delay.max(delay);
    }

    /// Waits until the host may be asked.
    ///
    /// # Errors
    /// When that takes more than `patience`, or the host was given up; says why.
    pub(super) fn pass(&mut self, patience: Duration) -> Result<(), String> {
        if let Some(why) = &self.closed {
            return Err(why.clone());
        }
        let wait = self.open_at.saturating_duration_since(Instant::now());
        if wait > patience {
            let why = format!("the host asks to wait {} s, too long", wait.as_secs());
            self.closed = Some(why.clone());
            return Err(why);
        }
        std::thread::sleep(wait);
        Ok(())
    }

    /// Notes that a request has just ended.
    pub(super) fn asked(&mut self) {
        self.wait(self.delay);
    }

    /// Lets nothing pass for this time.
    pub(super) fn wait(&mut self, time: Duration) {
        // A time too far away for the clock is as good as never, and `pass` sees the longest one there is.
        let far = Duration::from_secs(u64::from(u32::MAX));
        let then = Instant::now() + time.min(far);
        self.open_at = self.open_at.max(then);
    }

    /// Notes whether an address could be had in the end; a host that fails again and again is given up.
    pub(super) fn ended(&mut self, well: bool) {
        self.failures = if well { 0 } else { self.failures + 1 };
        if self.failures >= FAILURES {
            let why =
                format!("the host was given up after {FAILURES} failures one after the other");
            self.closed.get_or_insert(why);
        }
    }
}

/// The time that a `Retry-After` header asks for: seconds, or a date.
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = rfc2822::parse(value).ok()?.timestamp();
    Some(then.duration_since(now).try_into().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "2024-01-02T03:04:05Z".parse().unwrap();
        let seconds = |value| retry_after(value, now).map(|time| time.as_secs());
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("Tue, 02 Jan 2024 03:05:05 GMT"), Some(60));
        assert_eq!(seconds("Tue, 02 Jan 2024 03:03:05 GMT"), Some(0));
        assert_eq!(seconds("soon"), None);
    }

    #[test]
    fn a_host_that_asks_for_too_much_patience_is_given_up() {
        let mut gate = Gate::new(Duration::ZERO);
        assert!(gate.pass(Duration::ZERO).is_ok());
        gate.wait(Duration::MAX);
        assert!(gate.pass(Duration::from_secs(600)).is_err());
        assert!(gate.pass(Duration::MAX).is_err());
    }

    #[test]
    fn a_host_that_fails_again_and_again_is_given_up() {
        let mut gate = Gate::new(Duration::ZERO);
        for well in [false, false, true, false, false] {
            gate.ended(well);
        }
        assert!(gate.pass(Duration::ZERO).is_ok());
        gate.ended(false);
        assert!(gate.pass(Duration::ZERO).is_err());
    }
}
