//! A status of Mastodon with its thread, as the web application shows it (saved from a browser).
//!
//! The page lists the statuses above the one asked for, that one, and those below it in the order of the
//! tree. Classes say which status answers the one before it and which begins a branch; whose status a
//! branch answers is told by the line drawn to it, or else by whom it mentions first.

use super::{
    Feature, Page, Source, Threads, Witness,
    markup::{address, attr, has_class, instant},
    page, recognize, status, time,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html::{self, Step, walk},
    thread::{Author, Draft, ParentRef, Score, State, Thread, ThreadBuilder, codes},
};
use jiff::Timestamp;
use scraper::ElementRef;
use std::{collections::HashMap, io::BufRead};

pub(super) static SOURCE: MastodonHtml = MastodonHtml;

/// See the module.
#[derive(Debug)]
pub(super) struct MastodonHtml;

impl Source for MastodonHtml {
    fn id(&self) -> &'static str {
        "mastodon-html"
    }

    fn summary(&self) -> &'static str {
        "a status of Mastodon with its thread as HTML, saved from a browser"
    }

    fn reads(&self) -> &'static [Feature] {
        &[Feature::Tree, Feature::Authors, Feature::Times]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::html(head).is_some_and(|page| {
            let is_application = [
                "id=\"mastodon\"",
                "id='mastodon'",
                "id=\"initial-state\"",
                "id='initial-state'",
            ]
            .iter()
            .any(|id| page.contains(id));
            is_application && page.contains("mastodon")
                || page.contains("detailed-status__") && page.contains("display-name__account")
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// A status as it stands on the page.
#[derive(Debug)]
struct Shown<'a> {
    element: ElementRef<'a>,
    /// Whether it is the one that the page is about.
    is_main: bool,
    name: Option<ElementRef<'a>>,
    account: Option<ElementRef<'a>>,
    when: Option<ElementRef<'a>>,
    favorites: Option<ElementRef<'a>>,
    content: Option<ElementRef<'a>>,
    text: Option<ElementRef<'a>>,
    warning: Option<ElementRef<'a>>,
    /// The class of the line drawn to it, if there is one.
    line: Option<&'a str>,
}

fn is_status(element: ElementRef<'_>) -> bool {
    has_class(element, "detailed-status")
        || has_class(element, "status") && attr(element, "data-id").is_some()
}

/// The statuses in document order.
fn find(root: ElementRef<'_>) -> Vec<Shown<'_>> {
    let mut found: Vec<Shown<'_>> = Vec::new();
    let mut open = 0_usize;
    walk(root, |step| match step {
        Step::Open(element) if is_status(element) => {
            open += 1;
            found.push(Shown {
                element,
                is_main: has_class(element, "detailed-status"),
                name: None,
                account: None,
                when: None,
                favorites: None,
                content: None,
                text: None,
                warning: None,
                line: None,
            });
            true
        }
        Step::Open(element) => match found.last_mut().filter(|_| open > 0) {
            Some(status) => status.take(element),
            None => true,
        },
        Step::Close(element) if is_status(element) => {
            open = open.saturating_sub(1);
            false
        }
        _ => false,
    });
    found
}

impl<'a> Shown<'a> {
    /// Takes an element of the status for what it is, and says whether to look into it.
    fn take(&mut self, element: ElementRef<'a>) -> bool {
        if has_class(element, "display-name__html") {
            self.name.get_or_insert(element);
        } else if has_class(element, "display-name__account") {
            self.account.get_or_insert(element);
        } else if element.value().name() == "time"
            || has_class(element, "detailed-status__datetime")
        {
            self.when.get_or_insert(element);
        } else if has_class(element, "detailed-status__favorites") {
            self.favorites.get_or_insert(element);
        } else if has_class(element, "content-warning")
            || has_class(element, "status__content__spoiler")
        {
            self.warning.get_or_insert(element);
        } else if has_class(element, "status__content__text") {
            self.text.get_or_insert(element);
            return false;
        } else if has_class(element, "status__content") {
            self.content.get_or_insert(element);
        } else if has_class(element, "status__line") {
            self.line = element.attr("class");
        } else if has_class(element, "status-card") || has_class(element, "status__quote") {
            return false;
        }
        true
    }

    /// The board's id; of the main status it is the end of its address.
    fn id(&self, url: Option<&'a str>) -> Option<&'a str> {
        let own = attr(self.element, "data-id");
        let link = || attr(self.when?, "href");
        own.or_else(|| last_number(link()?))
            .or_else(|| last_number(url.filter(|_| self.is_main)?))
    }

    /// The account without the sign before it.
    fn address(&self, domain: Option<&str>) -> Option<String> {
        let line = html::line(self.account?);
        let address = line.trim_start_matches('@');
        (!address.is_empty()).then(|| local(address, domain))
    }

    /// The account that the text mentions first.
    fn mentioned(&self, domain: Option<&str>) -> Option<String> {
        let mut links = self.text?.descendent_elements();
        let link =
            links.find(|link| has_class(*link, "mention") && !has_class(*link, "hashtag"))?;
        let (host, name) = attr(link, "href")?.rsplit_once("/@")?;
        let host = host.rsplit_once("//").map(|(_, host)| host);
        Some(match host.filter(|_| !name.contains('@')) {
            Some(host) => local(&format!("{name}@{host}"), domain),
            None => local(name, domain),
        })
    }

    fn posted(&self) -> Option<Timestamp> {
        let when = self.when?;
        instant(when).or_else(|| time::parse(&html::line(when)))
    }

    /// Whether a line of the page tells that it answers the main status.
    fn is_tied_to_main(&self) -> bool {
        let full = |line: &str| {
            line.split_whitespace()
                .any(|class| class == "status__line--full")
        };
        self.line.is_some_and(|line| !full(line))
    }

    fn draft(&self, id: String, parent: ParentRef, domain: Option<&str>) -> Draft {
        let address = self.address(domain);
        let name = self.name.map(html::line).filter(|name| !name.is_empty());
        let name = name.or_else(|| address.clone());
        let text = self.text.or(self.content);
        let is_folded = self
            .text
            .is_some_and(|text| !has_class(text, "status__content__text--visible"));
        let points = self
            .favorites
            .and_then(|count| html::line(count).parse().ok());
        Draft {
            id,
            parent,
            author: name.map(|name| Author {
                name,
                id: address,
                ..Author::default()
            }),
            title: self.warning().filter(|title| !title.is_empty()),
            posted: self.posted(),
            score: points.map(Score::of_points),
            state: if is_folded {
                State::Collapsed
            } else {
                State::Live
            },
            body: text.map(status::body).unwrap_or_default(),
            ..Draft::default()
        }
    }

    /// The warning before the text: an element of its own, or the paragraph before the text.
    fn warning(&self) -> Option<String> {
        if let Some(warning) = self.warning {
            let mut parts = warning.child_elements();
            return parts
                .find(|part| part.value().name() != "button")
                .map(html::line);
        }
        self.text?;
        let mut parts = self.content?.child_elements();
        let paragraph = parts.next().filter(|part| part.value().name() == "p")?;
        let words = paragraph
            .child_elements()
            .find(|part| part.value().name() == "span")?;
        Some(html::line(words))
    }
}

/// An account as its own board writes it.
fn local(address: &str, domain: Option<&str>) -> String {
    let own = domain.and_then(|domain| address.strip_suffix(domain)?.strip_suffix('@'));
    own.unwrap_or(address).to_lowercase()
}

/// The number at the end of an address.
fn last_number(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?.trim_end_matches('/');
    let last = path.rsplit('/').next()?;
    (!last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())).then_some(last)
}

fn read(page: &Page) -> Result<Thread> {
    let (html, _) = html::parse_document(&page.text);
    let root = html.root_element();
    let url = address(root);
    let found = find(root);
    if found.is_empty() {
        let remedy = "save the page when the browser has loaded it, or give the answer of the API";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no status").remedy(remedy));
    }
    let domain = url
        .as_deref()
        .and_then(|url| url.split_once("//")?.1.split('/').next());
    let ids: Vec<_> = found
        .iter()
        .enumerate()
        .map(|(at, status)| {
            status
                .id(url.as_deref())
                .map_or_else(|| (at + 1).to_string(), str::to_owned)
        })
        .collect();
    let mut builder = ThreadBuilder::new(SOURCE.id(), ids[0].clone());
    page.warn_if_damaged(&mut builder);
    builder.url(url.clone());
    let (parents, guessed) = parents(&found, domain);
    if guessed > 0 {
        let message = format!(
            "the page does not show what {guessed} statuses answer; they are taken to answer whom they mention first"
        );
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    for ((status, id), parent) in found.iter().zip(&ids).zip(parents) {
        let parent = parent.map_or(ParentRef::Root, |parent| ParentRef::Id(ids[parent].clone()));
        builder.push(status.draft(id.clone(), parent, domain));
    }
    Ok(builder.build())
}

/// The status that each one answers, and how many of these were guessed.
fn parents(found: &[Shown<'_>], domain: Option<&str>) -> (Vec<Option<usize>>, usize) {
    let main = found.iter().position(|status| status.is_main);
    let mut last: HashMap<String, usize> = HashMap::new();
    let mut guessed = 0;
    let mut parents = Vec::with_capacity(found.len());
    for (at, status) in found.iter().enumerate() {
        let before = at.checked_sub(1);
        let parent = match main {
            // Those above the main status, and that one, are a chain; where there is none, all are below.
            Some(main) if at <= main => before,
            _ if before == main => main,
            _ if has_class(status.element, "status--in-thread")
                && !has_class(status.element, "status--first-in-thread") =>
            {
                before
            }
            _ if status.is_tied_to_main() => main,
            _ => {
                let other = status
                    .mentioned(domain)
                    .and_then(|name| last.get(&name).copied());
                guessed += usize::from(other.is_some_and(|other| Some(other) != main));
                other.or(main)
            }
        };
        parents.push(parent);
        if let Some(address) = status.address(domain) {
            // The main author's first status counts: whoever mentions them answers it, unless tied elsewhere.
            match main
                .filter(|&main| at > main && found[main].address(domain).as_ref() == Some(&address))
            {
                Some(_) => {}
                None => _ = last.insert(address, at),
            }
        }
    }
    (parents, guessed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::Parent;

    fn status(id: u32, name: &str, classes: &str, line: &str, text: &str) -> String {
        format!(
            "<div class='status {classes}' data-id={id}>{line}<time datetime='2024-01-01T10:00:00Z'>1h</time>\
             <strong class=display-name__html>{name}</strong><span class=display-name__account>@{name}</span>\
             <div class=status__content><div class='status__content__text status__content__text--visible'>\
             <p>{text}</p></div></div></div>"
        )
    }

    #[test]
    fn lines_and_mentions_tell_what_a_branch_answers() {
        let branch = "status--in-thread status--first-in-thread";
        let (half, full) = (
            "<div class=status__line></div>",
            "<div class='status__line status__line--full'></div>",
        );
        let mention = |name: &str| {
            format!("<a class='u-url mention' href='/@{name}'>@<span>{name}</span></a> ")
        };
        let page = format!(
            "<!DOCTYPE html><meta property=og:url content='https://m.example/@ada/2'><div id=\"mastodon\">\
             {}<div class=detailed-status><strong class=display-name__html>Ada</strong>\
             <span class=display-name__account>@ada@m.example</span><div class=status__content>\
             <p><span>Leaks</span> <button>Show</button></p><div class=status__content__text>Keys.</div></div>\
             <span class=detailed-status__favorites>7</span></div>{}{}{}{}{}</div>",
            status(1, "zed", "", "", "First."),
            status(
                3,
                "bob",
                "status--in-thread",
                full,
                &(mention("ada") + "why?")
            ),
            status(
                4,
                "ada",
                "status--in-thread",
                half,
                &(mention("bob") + "so")
            ),
            status(5, "kex", branch, "", &(mention("bob") + "no")),
            status(6, "ada", branch, full, &(mention("kex") + "yes")),
            status(7, "joe", branch, half, &(mention("ada") + "hm")),
        );
        assert!(SOURCE.detect(page.as_bytes()));
        let thread = read(&Page::decode(page.into_bytes())).unwrap();
        let parents: Vec<_> = thread
            .comments
            .iter()
            .map(|comment| match &comment.parent {
                Parent::Known(idx) => thread.comment(*idx).id.as_str(),
                _ => "",
            })
            .collect();
        assert_eq!(parents, ["", "1", "2", "3", "3", "5", "2"]);
        let main = &thread.comments[1];
        assert_eq!(
            (main.id.as_str(), main.title.as_deref()),
            ("2", Some("Leaks"))
        );
        assert_eq!(main.state, State::Collapsed);
        assert_eq!(main.author.as_ref().unwrap().id.as_deref(), Some("ada"));
        assert_eq!(main.score.as_ref().unwrap().points, Some(7));
        assert_eq!(thread.comments[2].body.text, "why?");
        assert!(thread.comments[2].posted.is_some());
        assert_eq!(thread.warnings[0].code, codes::GUESSED_STRUCTURE);
    }

    #[test]
    fn a_page_that_was_not_loaded_is_an_error() {
        let page = "<html><script id=\"initial-state\">{\"repository\":\"mastodon/mastodon\"}</script></html>";
        assert!(SOURCE.detect(page.as_bytes()));
        assert!(read(&Page::decode(page.as_bytes().to_vec())).is_err());
    }
}
