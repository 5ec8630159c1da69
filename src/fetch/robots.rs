//! What a host's `robots.txt` allows.

use super::page::Page;
use std::time::Duration;
use texting_robots::Robot;
use url::Url;

/// Bytes of `robots.txt` that are read; RFC 9309 asks for no more.
const LIMIT: usize = 500 * 1024;

/// The rules of one origin for this crawl.
#[derive(Debug)]
pub(super) enum Rules {
    /// There are none.
    Free,
    /// Those written in `robots.txt`.
    Written(Box<Robot>),
    /// Nothing may be asked for, for this reason.
    Closed(String),
}

impl Rules {
    /// The rules that an answer states. By RFC 9309, 2.3.1: what is not there forbids nothing, and what
    /// cannot be had forbids all; a host that is asked too much (429) wants no crawl either.
    pub(super) fn read(page: &Page, agent: &str) -> Self {
        match page.status {
            200..=299 => {
                let body = page.body();
                let body = body.get(..LIMIT).unwrap_or(body);
                match Robot::new(token(agent), body) {
                    Ok(robot) => Self::Written(Box::new(robot)),
                    Err(_) => Self::Closed("robots.txt cannot be understood".to_owned()),
                }
            }
            status @ (429 | 500..) => Self::Closed(format!(
                "robots.txt answered with status {status}, so nothing may be asked for"
            )),
            _ => Self::Free,
        }
    }

    /// Why a URL may not be asked for, if it may not.
    pub(super) fn objection(&self, url: &Url) -> Option<String> {
        match self {
            Self::Free => None,
            Self::Written(robot) if robot.allowed(url.as_str()) => None,
            Self::Written(_) => Some("robots.txt forbids it".to_owned()),
            Self::Closed(why) => Some(why.clone()),
        }
    }

    /// The time that is to pass between requests.
    pub(super) fn delay(&self) -> Duration {
        let Self::Written(robot) = self else {
            return Duration::ZERO;
        };
        // Numbers that are no time (negative, infinite) ask for nothing.
        let delay = robot.delay.map(Duration::try_from_secs_f32);
        delay.and_then(Result::ok).unwrap_or_default()
    }
}

/// The name in `robots.txt` for a crawl that calls itself `agent`: its first word, without version.
fn token(agent: &str) -> &str {
    let end = agent.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
    match agent.get(..end.unwrap_or(agent.len())) {
        Some("") | None => agent,
        Some(token) => token,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(status: u16, body: &str) -> Rules {
        let url = Url::parse("http://forum.example/robots.txt").unwrap();
        let head = format!("HTTP/1.1 {status} \r\n\r\n");
        let page = Page::new(url, head.as_bytes(), body.into(), 1 << 20);
        Rules::read(&page, "rejoinder/1.0 (+mailto:me@example.org)")
    }

    fn allows(rules: &Rules, path: &str) -> bool {
        let url = Url::parse("http://forum.example/").unwrap();
        rules.objection(&url.join(path).unwrap()).is_none()
    }

    #[test]
    fn the_own_group_wins_over_that_of_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: Rejoinder\nDisallow: /vote\nAllow: /vote/x\nCrawl-delay: 30\n";
        let rules = rules(200, text);
        assert!(allows(&rules, "/t/1") && allows(&rules, "/vote/x"));
        assert!(!allows(&rules, "/vote/up/1"));
        assert_eq!(rules.delay(), Duration::from_secs(30));
        assert!(!allows(
            &self::rules(200, "User-agent: *\nDisallow: /t?page="),
            "/t?page=2"
        ));
    }

    #[test]
    fn what_is_not_there_forbids_nothing_and_what_cannot_be_had_forbids_all() {
        for status in [400, 401, 403, 404, 410] {
            assert!(allows(&rules(status, "Disallow: /"), "/"), "{status}");
        }
        for status in [429, 500, 503] {
            assert!(!allows(&rules(status, ""), "/"), "{status}");
        }
    }

    #[test]
    fn odd_delays_ask_for_nothing() {
        for delay in ["-5", "NaN", "inf", "soon", "1e40"] {
            let rules = rules(200, &format!("User-agent: *\nCrawl-delay: {delay}"));
            assert_eq!(rules.delay(), Duration::ZERO, "{delay}");
        }
    }

    #[test]
    fn an_agent_is_known_by_its_first_word() {
        assert_eq!(token("My-Bot/2.0 (x)"), "My-Bot");
        assert_eq!(token("(odd)"), "(odd)");
    }
}
