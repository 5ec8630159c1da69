//! Reads a question, an answer or a comment from its element.

use super::super::{
    markup::{attr, digits_after, has_class},
    time,
};
use crate::{
    text::{Body, html},
    thread::{Author, CommentKind, Draft, Score, State},
};
use jiff::Timestamp;
use scraper::ElementRef;

/// A question or an answer.
#[derive(Debug)]
pub(super) struct Post<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) is_question: bool,
    pub(super) comments: Vec<Comment<'a>>,
    /// Comments that the page leaves out.
    pub(super) more: usize,
    element: ElementRef<'a>,
    text: Option<ElementRef<'a>>,
    votes: Option<ElementRef<'a>>,
    /// Who wrote it, or who edited it before; the author comes last.
    users: Vec<ElementRef<'a>>,
    times: Vec<ElementRef<'a>>,
}

/// A comment on a post.
#[derive(Debug)]
pub(super) struct Comment<'a> {
    pub(super) id: &'a str,
    element: ElementRef<'a>,
    text: Option<ElementRef<'a>>,
    votes: Option<ElementRef<'a>>,
    user: Option<ElementRef<'a>>,
    when: Option<ElementRef<'a>>,
}

/// Whether an element is a question or an answer.
pub(super) fn is_post(element: ElementRef<'_>) -> bool {
    let id = element.value().id().unwrap_or_default();
    id == "question" || has_class(element, "answer") && id.starts_with("answer-")
}

impl<'a> Post<'a> {
    /// Starts with a post's element; what it holds comes by [`Post::take`].
    pub(super) fn new(element: ElementRef<'a>) -> Self {
        let id = element.value().id().unwrap_or_default();
        let data = attr(element, "data-questionid").or(attr(element, "data-answerid"));
        let is_question = id == "question";
        Self {
            id: data
                .filter(|_| is_question)
                .or(id.strip_prefix("answer-"))
                .or(data),
            is_question,
            comments: Vec::new(),
            more: 0,
            element,
            text: None,
            votes: None,
            users: Vec::new(),
            times: Vec::new(),
        }
    }

    /// Takes an element of the post for what it is, and says whether to look into it.
    pub(super) fn take(&mut self, element: ElementRef<'a>) -> bool {
        let id = element.value().id().unwrap_or_default();
        if let Some(id) = id.strip_prefix("comment-")
            && has_class(element, "comment")
        {
            self.comments.push(Comment::new(id, element));
            return false;
        }
        if has_class(element, "comments-link") {
            let line = html::line(element);
            let mut words = line.split_whitespace();
            self.more = words.find_map(|word| word.parse().ok()).unwrap_or_default();
            return false;
        }
        if has_class(element, "js-post-body") || has_class(element, "post-text") {
            self.text.get_or_insert(element);
            return false;
        }
        if has_class(element, "js-vote-count") || has_class(element, "vote-count-post") {
            self.votes.get_or_insert(element);
        } else if has_class(element, "user-details") {
            self.users.push(element);
        } else if has_class(element, "relativetime") {
            self.times.push(element);
        }
        true
    }

    /// The text.
    pub(super) fn body(&self) -> Body {
        self.text.map(html::body).unwrap_or_default()
    }

    /// The answer; its id and place are not known here.
    pub(super) fn draft(&self) -> Draft {
        let is_deleted = has_class(self.element, "deleted-answer");
        let is_accepted = has_class(self.element, "accepted-answer");
        let score = Score {
            points: self.votes.and_then(count),
            label: is_accepted.then(|| "accepted".to_owned()),
            ..Score::default()
        };
        let posted = self.times.last().copied().and_then(instant);
        // The time of the last edit comes before that of the answer.
        let edited = self
            .times
            .split_last()
            .and_then(|(_, before)| before.last().copied());
        Draft {
            author: self.users.last().copied().and_then(author),
            posted,
            edited: edited.and_then(instant),
            score: (score != Score::default()).then_some(score),
            state: if is_deleted {
                State::Deleted
            } else {
                State::Live
            },
            kind: CommentKind::Answer,
            body: if is_deleted {
                Body::default()
            } else {
                self.body()
            },
            ..Draft::default()
        }
    }
}

impl<'a> Comment<'a> {
    fn new(id: &'a str, element: ElementRef<'a>) -> Self {
        let mut comment = Self {
            id,
            element,
            text: None,
            votes: None,
            user: None,
            when: None,
        };
        for part in element.descendent_elements() {
            let slot = if has_class(part, "comment-copy") {
                &mut comment.text
            } else if has_class(part, "comment-score") {
                &mut comment.votes
            } else if has_class(part, "comment-user") {
                &mut comment.user
            } else if has_class(part, "relativetime-clean") {
                &mut comment.when
            } else {
                continue;
            };
            slot.get_or_insert(part);
        }
        comment
    }

    /// The comment; its parent is not known here.
    pub(super) fn draft(&self, id: String) -> Draft {
        let is_deleted = has_class(self.element, "deleted-comment");
        let points = self.votes.and_then(count);
        Draft {
            id,
            author: self.user.and_then(author),
            posted: self.when.and_then(instant),
            // A comment without votes shows none.
            score: Some(Score {
                points: Some(points.unwrap_or_default()),
                ..Score::default()
            }),
            state: if is_deleted {
                State::Deleted
            } else {
                State::Live
            },
            body: match is_deleted {
                true => Body::default(),
                false => self.text.map(html::body).unwrap_or_default(),
            },
            ..Draft::default()
        }
    }
}

/// A number of votes; thousands may be written short in the text, in full in the attribute.
fn count(element: ElementRef<'_>) -> Option<i64> {
    let written = attr(element, "data-value").map(str::to_owned);
    let line = written.unwrap_or_else(|| html::line(element));
    line.replace([',', '+'], "").replace('−', "-").parse().ok()
}

/// The time in the title, "2014-03-03 04:05:06Z, License: CC BY-SA 3.0".
fn instant(element: ElementRef<'_>) -> Option<Timestamp> {
    let title = attr(element, "title")?;
    time::parse(title.split(',').next()?)
}

/// The author of a post or comment: the link to the profile, or a name alone where it is deleted.
fn author(element: ElementRef<'_>) -> Option<Author> {
    let profile =
        |link: ElementRef<'_>| attr(link, "href").is_some_and(|url| url.contains("/users/"));
    let link = match profile(element) {
        true => Some(element),
        false => element.descendent_elements().find(|link| profile(*link)),
    };
    let name = match link {
        Some(link) => html::line(link),
        None => {
            let mut words = element.text().map(str::trim);
            words.find(|words| !words.is_empty())?.to_owned()
        }
    };
    let id = link.and_then(|link| digits_after(attr(link, "href")?, "/users/"));
    (!name.is_empty()).then(|| Author {
        name,
        id: id.map(str::to_owned),
        ..Author::default()
    })
}
