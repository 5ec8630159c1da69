//! Finds the comments of a page with their parts, and reads one of them.

use super::{
    super::{
        markup::{attr, digits_after, has_class},
        time,
    },
    script::Known,
};
use crate::{
    text::{
        BlockKind, Body,
        html::{self, Role, Step, walk},
    },
    thread::{Author, Draft, ParentRef, Score, State},
};
use jiff::Timestamp;
use scraper::ElementRef;

/// A comment as it stands on the page.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) id: &'a str,
    /// The comment whose item holds this one's.
    pub(super) parent: Option<usize>,
    /// Whether the page shows nothing of it.
    pub(super) hidden: bool,
    /// Replies that the page says are beneath the threshold.
    pub(super) beneath: usize,
    /// Whether it is folded to one line.
    folded: bool,
    heading: Option<ElementRef<'a>>,
    score: Option<ElementRef<'a>>,
    details: Option<ElementRef<'a>>,
    other: Option<ElementRef<'a>>,
    body: Option<ElementRef<'a>>,
    parent_link: Option<&'a str>,
}

/// The comments in document order.
pub(super) fn find(root: ElementRef<'_>) -> Vec<Found<'_>> {
    let mut found: Vec<Found<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    walk(root, |step| match step {
        Step::Open(element) => {
            if let Some(id) = item_id(element) {
                let classes = element.attr("class").unwrap_or_default();
                let is = |wanted| classes.split_whitespace().any(|class| class == wanted);
                found.push(Found {
                    id,
                    parent: open.last().copied(),
                    hidden: is("hidden"),
                    beneath: 0,
                    folded: is("oneline"),
                    heading: None,
                    score: None,
                    details: None,
                    other: None,
                    body: None,
                    parent_link: None,
                });
                open.push(found.len() - 1);
                return true;
            }
            match open.last().and_then(|&top| found.get_mut(top)) {
                Some(comment) => comment.take(element),
                None => true,
            }
        }
        Step::Close(element) => {
            if item_id(element).is_some() {
                open.pop();
            }
            false
        }
        Step::Text(_) => false,
    });
    found
}

/// The id of the comment whose item an element is.
fn item_id(element: ElementRef<'_>) -> Option<&str> {
    let id = attr(element, "id")?.strip_prefix("tree_")?;
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && element.value().name() == "li" && id != "0").then_some(id)
}

impl<'a> Found<'a> {
    /// Takes an element of the comment's item for what it is, and says whether to look into it.
    fn take(&mut self, element: ElementRef<'a>) -> bool {
        let id = attr(element, "id").unwrap_or_default();
        let own = |prefix: &str| id.strip_prefix(prefix) == Some(self.id);
        let name = element.value().name();
        if has_class(element, "commentBody") || own("comment_body_") {
            self.body.get_or_insert(element);
            return false;
        }
        if name == "h4" {
            self.heading.get_or_insert(element);
        } else if own("comment_score_") {
            self.score.get_or_insert(element);
        } else if own("comment_otherdetails_") {
            self.other.get_or_insert(element);
        } else if has_class(element, "details") {
            self.details.get_or_insert(element);
        } else if name == "a" && self.parent_link.is_none() {
            self.parent_link = parent_link(element);
        } else if id.starts_with("hidestring_") {
            self.beneath = hidden_replies(element).unwrap_or_default();
            return false;
        }
        true
    }

    /// The id of the comment that its link "Parent" leads to.
    pub(super) fn parent_link(&self) -> Option<&'a str> {
        self.parent_link.filter(|&parent| parent != self.id)
    }

    /// The comment; `year` is the story's, for dates without one.
    pub(super) fn draft(
        &self,
        parent: ParentRef,
        known: Option<&Known>,
        year: Option<&str>,
    ) -> Draft {
        let title = self.heading.and_then(title);
        let body = self.body.map(body).unwrap_or_default();
        let score = self.score.map(html::line);
        let state = match (self.hidden, self.folded) {
            _ if self.body.is_none() => State::Hidden,
            (true, _) | (_, true) => State::Collapsed,
            _ => State::Live,
        };
        Draft {
            id: self.id.to_owned(),
            parent,
            author: self.details.and_then(author),
            title: title.or_else(|| known?.subject.clone()),
            posted: self.other.and_then(|other| posted(other, year)),
            // Slashdot writes none of its times with a zone.
            posted_locally: true,
            score: score.as_deref().and_then(read_score).or_else(|| {
                let points = Some(known?.points?);
                let label = None;
                Some(Score {
                    points,
                    label,
                    ..Score::default()
                })
            }),
            state,
            body,
            ..Draft::default()
        }
    }
}

/// Where a link with the word "Parent" leads.
pub(super) fn parent_link(link: ElementRef<'_>) -> Option<&str> {
    let url = attr(link, "href")?;
    let mut words = link.text().flat_map(str::split_whitespace);
    let is_parent = words.next() == Some("Parent") && words.next().is_none();
    digits_after(url, "cid=").filter(|_| is_parent)
}

/// The number of replies in "3 replies beneath your current threshold."; the words may stand in a
/// `noscript`, whose content is text.
fn hidden_replies(element: ElementRef<'_>) -> Option<usize> {
    let text: String = element.text().collect();
    let (before, _) = text.split_once(" repl")?;
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    before[before.len() - digits..].parse().ok()
}

/// The headline: the first link or anchor of the heading, which holds the score too.
fn title(heading: ElementRef<'_>) -> Option<String> {
    let mut links = heading.child_elements();
    let link = links.find(|element| element.value().name() == "a")?;
    let title = html::line(link);
    (!title.is_empty()).then_some(title)
}

pub(super) fn body(element: ElementRef<'_>) -> Body {
    html::body_with(element, |part| {
        if has_class(part, "quote") {
            Role::As(BlockKind::Quote)
        } else if has_class(part, "sig") {
            Role::As(BlockKind::Signature)
        } else if has_class(part, "commentshrunk") || has_class(part, "readrest") {
            Role::Skip
        } else {
            Role::Usual
        }
    })
}

/// The author in "by name ( 123 ) writes: on Thursday..."; in 2006 the number stood in the link.
fn author(details: ElementRef<'_>) -> Option<Author> {
    let skipped = ["otherdetails", "writes", "zooicon", "badgeicon"];
    let words = html::body_with(details, |part| {
        match skipped.iter().any(|class| has_class(part, class)) {
            true => Role::Skip,
            false => Role::Usual,
        }
    });
    let line: Vec<_> = words.text.split_whitespace().collect();
    let line = line.join(" ");
    // A star marks subscribers.
    let line = line
        .strip_prefix("by ")
        .unwrap_or(&line)
        .trim_end_matches([' ', '*']);
    let (name, id) = match line
        .strip_suffix(')')
        .and_then(|line| line.rsplit_once('('))
    {
        Some((name, id)) if id.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
            (name.trim(), Some(id.trim()).filter(|id| !id.is_empty()))
        }
        _ => (line, None),
    };
    let linked = details
        .descendent_elements()
        .any(|element| attr(element, "href").is_some_and(|url| url.contains("/~")));
    (!name.is_empty()).then(|| Author {
        name: name.to_owned(),
        id: id.map(str::to_owned),
        anonymous: id.is_none() && !linked && name.starts_with("Anonymous"),
        badge: None,
    })
}

/// The time in "on Thursday September 06, 2018 @06:03PM (#123)".
fn posted(other: ElementRef<'_>, year: Option<&str>) -> Option<Timestamp> {
    let line = html::line(other);
    posted_in(line.split_once("on ")?.1, year)
}

/// The time before a comment's number; older pages leave the year out.
pub(super) fn posted_in(line: &str, year: Option<&str>) -> Option<Timestamp> {
    let line = line.split("(#").next()?;
    time::parse(line).or_else(|| time::parse(&format!("{line} {}", year?)))
}

/// The score in "(Score:5, Insightful)".
pub(super) fn read_score(text: &str) -> Option<Score> {
    let (_, rest) = text.split_once("Score:")?;
    let rest = rest.split(')').next()?;
    let (points, label) = rest.split_once(',').unwrap_or((rest, ""));
    let label = Some(label.trim()).filter(|label| !label.is_empty());
    let score = Score {
        points: points.trim().parse().ok(),
        label: label.map(str::to_owned),
        ..Score::default()
    };
    (score != Score::default()).then_some(score)
}
