//! Reads one post from its element.

use super::{super::register, has_class, nesting::Mark};
use crate::{
    text::{
        Body,
        html::{self, Role, Step, walk},
    },
    thread::{Author, Draft, ParentRef, Score, State},
};
use jiff::Timestamp;
use scraper::ElementRef;

/// A post, read; its place is not known here.
#[derive(Debug)]
pub(super) struct Post<'a> {
    pub(super) id: Option<String>,
    /// The id of the post that this one says it answers.
    pub(super) answered: Option<String>,
    pub(super) state: State,
    /// A time that could not be read.
    pub(super) bad_time: Option<String>,
    author: Option<Author>,
    title: Option<String>,
    posted: Option<Timestamp>,
    score: Option<Score>,
    body: Body,
    /// Where its own link leads.
    link: Option<&'a str>,
}

impl<'a> Post<'a> {
    /// Reads the post that `element` is. Posts inside are not its own.
    pub(super) fn read(element: ElementRef<'a>, mark: Mark) -> Self {
        let parts = Parts::of(element, mark);
        let title = parts.title();
        let body = parts.text(title);
        let notice = register::notice(&body.text);
        let state = match notice {
            Some(state) => state,
            None if !has_class(element, "deleted") => State::Live,
            None if body.text.contains("moderator") => State::Removed,
            None => State::Deleted,
        };
        let live = state == State::Live;
        let (posted, bad_time) = parts.time();
        Self {
            id: parts.id(),
            answered: parts.answered(),
            state,
            bad_time,
            author: parts.author(),
            title: title.map(html::line).filter(|title| !title.is_empty()),
            posted,
            score: parts.score(),
            body: if live { body } else { Body::default() },
            link: parts.permalinks().find_map(|link| link.attr("href")),
        }
    }

    /// The address of the thread, if the post's own link tells it.
    pub(super) fn thread_url(&self) -> Option<&'a str> {
        let url = self.link?.split('#').next()?;
        url.contains("/forum/").then_some(url)
    }

    /// The comment.
    pub(super) fn draft(self, id: String, parent: ParentRef) -> Draft {
        Draft {
            id,
            parent,
            author: self.author,
            title: self.title,
            posted: self.posted,
            score: self.score,
            state: self.state,
            body: self.body,
            ..Draft::default()
        }
    }
}

/// The elements of a post.
struct Parts<'a> {
    post: ElementRef<'a>,
    mark: Mark,
    /// All elements outside its text, in order, without other posts.
    around: Vec<ElementRef<'a>>,
    /// The element that holds its text.
    body: Option<ElementRef<'a>>,
}

impl<'a> Parts<'a> {
    fn of(post: ElementRef<'a>, mark: Mark) -> Self {
        let mut around = Vec::new();
        let mut body = None;
        walk(post, |step| match step {
            Step::Open(element) if element == post => {
                around.push(element);
                true
            }
            Step::Open(element) if mark.is_on(element) => false,
            Step::Open(element) if body.is_none() && has_class(element, "body") => {
                body = Some(element);
                false
            }
            Step::Open(element) => {
                around.push(element);
                true
            }
            _ => false,
        });
        Self {
            post,
            mark,
            around,
            body,
        }
    }

    fn find(&self, wanted: impl Fn(ElementRef<'a>) -> bool) -> Option<ElementRef<'a>> {
        self.around.iter().copied().find(|&element| wanted(element))
    }

    fn permalinks(&self) -> impl Iterator<Item = ElementRef<'a>> {
        let links = self.around.iter().copied();
        links.filter(|&link| has_class(link, "permalink"))
    }

    /// The id from the post's own link, or from any other element that bears it.
    fn id(&self) -> Option<String> {
        let anchor = |element: ElementRef<'a>| element.attr("id").and_then(anchored);
        let from_forms = || {
            self.around.iter().find_map(|element| {
                let action = element.attr("action").or(element.attr("href"))?;
                let (_, id) = [
                    "/post/vote/up/",
                    "/post/vote/down/",
                    "/post/report/",
                    "/post/reply/",
                ]
                .iter()
                .find_map(|path| action.split_once(path))?;
                digits(id)
            })
        };
        self.permalinks()
            .find_map(anchor)
            .or_else(|| self.around.iter().copied().find_map(anchor))
            .or_else(|| {
                self.permalinks()
                    .next()?
                    .attr("href")
                    .and_then(|url| anchored(url.split_once('#')?.1))
            })
            .or_else(from_forms)
            .map(str::to_owned)
    }

    /// The id of the post that this one answers: a link says so. In 2010 a second permanent link led
    /// there.
    fn answered(&self) -> Option<String> {
        let link = self
            .find(|element| has_class(element, "in-reply-to") && element.attr("href").is_some());
        if let Some(url) = link.and_then(|link| link.attr("href")) {
            return named_post(url).map(str::to_owned);
        }
        let second = self.permalinks().nth(1)?.attr("href")?;
        let (_, anchor) = second.split_once('#').unwrap_or(("", second));
        let answered = digits(anchor.trim_start_matches(|c: char| !c.is_ascii_digit()))?;
        (self.id().as_deref() != Some(answered)).then(|| answered.to_owned())
    }

    fn author(&self) -> Option<Author> {
        let element = self.find(|element| has_class(element, "author"))?;
        let profile = element
            .descendent_elements()
            .find_map(|link| digits(link.attr("href")?.split_once("/user/")?.1));
        let mut author = register::author(&html::line(element))?;
        author.id = profile.filter(|_| !author.anonymous).map(str::to_owned);
        if author.badge.is_none() {
            author.badge = self.badge();
        }
        Some(author)
    }

    /// The badge, which is a picture.
    fn badge(&self) -> Option<String> {
        let words = |element: &ElementRef<'a>| [element.attr("alt"), element.attr("title")];
        self.around
            .iter()
            .flat_map(words)
            .flatten()
            .find_map(register::badge)
    }

    /// The title's element: an `h4`, in 2010 an `h3`.
    fn title(&self) -> Option<ElementRef<'a>> {
        let named = |name| self.find(|element| element.value().name() == name);
        named("h4")
            .or_else(|| self.inner_title())
            .or_else(|| named("h3"))
    }

    /// The title where it stands in the text's element.
    fn inner_title(&self) -> Option<ElementRef<'a>> {
        let mut title = None;
        walk(self.body?, |step| {
            let Step::Open(element) = step else {
                return false;
            };
            if element.value().name() == "h4" {
                title.get_or_insert(element);
            }
            title.is_none() && !self.mark.is_on(element)
        });
        title
    }

    fn text(&self, title: Option<ElementRef<'a>>) -> Body {
        let root = self.body.unwrap_or(self.post);
        html::body_with(root, |element| {
            let other = element != self.post && self.mark.is_on(element);
            let around = self.body.is_none() && is_around_text(element);
            match other || around || title == Some(element) {
                true => Role::Skip,
                false => Role::Usual,
            }
        })
    }

    /// When the post was written, or what is written in that place.
    fn time(&self) -> (Option<Timestamp>, Option<String>) {
        let epoch = self
            .around
            .iter()
            .find_map(|element| element.attr("data-epoch"));
        if let Some(epoch) = epoch {
            let seconds = epoch.trim().parse().ok();
            let time = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
            return (time, time.is_none().then(|| epoch.to_owned()));
        }
        let written = self
            .around
            .iter()
            .find_map(|element| element.attr("datetime"));
        (written.and_then(|written| written.parse().ok()), None)
    }

    /// The votes, in the forms for voting or on their buttons.
    fn score(&self) -> Option<Score> {
        let score = Score {
            up: self.votes("up", '⬆'),
            down: self.votes("down", '⬇'),
            ..Score::default()
        };
        (score != Score::default()).then_some(score)
    }

    fn votes(&self, way: &str, arrow: char) -> Option<i64> {
        let path = format!("/post/vote/{way}/");
        self.around
            .iter()
            .find_map(|&element| match element.value().name() {
                "input" if has_class(element, way) => count(element.attr("value")?),
                "form"
                    if element
                        .attr("action")
                        .is_some_and(|url| url.contains(&path)) =>
                {
                    count(&element.text().collect::<String>())
                }
                "button" | "a" | "span" => {
                    let text: String = element.text().take(8).collect();
                    count(text.split_once(arrow)?.1)
                }
                _ => None,
            })
    }
}

/// Whether an element of a post that does not set its text apart is not the text.
fn is_around_text(element: ElementRef<'_>) -> bool {
    let classes = ["author", "permalink", "in-reply-to", "vote"];
    element.value().name() == "form"
        || element.attr("data-epoch").is_some()
        || classes.iter().any(|class| has_class(element, class))
}

/// The id in an anchor like "c_1234567".
fn anchored(anchor: &str) -> Option<&str> {
    digits(anchor.strip_prefix("c_")?)
}

/// The id of the post that an address leads to: in its anchor or at the end of its path.
fn named_post(url: &str) -> Option<&str> {
    let (url, anchor) = url.split_once('#').unwrap_or((url, ""));
    anchored(anchor).or_else(|| {
        let path = url.split('?').next()?;
        digits(path.trim_end_matches('/').rsplit('/').next()?)
    })
}

/// The digits that a text starts with.
fn digits(text: &str) -> Option<&str> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (length > 0).then(|| &text[..length])
}

/// The number that a text holds and nothing but marks before it.
fn count(text: &str) -> Option<i64> {
    let number = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits(number)?.parse().ok()
}
