//! What Disqus's exports and answers share: threads put together from posts in any order.

use crate::{
    text::Body,
    thread::{Article, Author, Draft, ParentRef, Score, State, ThreadBuilder},
};
use jiff::Timestamp;

/// What is known of a thread beside its posts.
#[derive(Debug, Clone, Default)]
pub(super) struct Topic {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    /// What the site gave the service as the text, seldom any.
    pub(super) text: Option<String>,
}

impl Topic {
    /// Starts the thread that `source` reads.
    pub(super) fn start(self, source: &str) -> ThreadBuilder {
        let mut builder = ThreadBuilder::new(source, self.id);
        builder.url(self.url.clone());
        builder.title(self.title.clone());
        let article = Article {
            title: self.title,
            url: self.url,
            text: self.text,
        };
        builder.article((article != Article::default()).then_some(article));
        builder
    }
}

/// A post as both forms tell it.
#[derive(Debug, Default)]
pub(super) struct Post {
    pub(super) id: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) name: Option<String>,
    pub(super) username: Option<String>,
    pub(super) posted: Option<Timestamp>,
    pub(super) score: Option<Score>,
    pub(super) is_deleted: bool,
    pub(super) is_spam: bool,
    /// Whether a moderator has yet to see it.
    pub(super) is_pending: bool,
    pub(super) body: Body,
}

impl Post {
    /// The comment; what was taken away keeps its place alone.
    pub(super) fn draft(self) -> Draft {
        let state = match (self.is_spam, self.is_deleted, self.is_pending) {
            (true, ..) => State::Removed,
            (_, true, _) => State::Deleted,
            (.., true) => State::Collapsed,
            _ => State::Live,
        };
        let is_gone = matches!(state, State::Removed | State::Deleted);
        let author = self
            .name
            .or_else(|| self.username.clone())
            .map(|name| Author {
                name,
                id: self.username,
                ..Author::default()
            });
        Draft {
            id: self.id.unwrap_or_default(),
            parent: self
                .parent
                .filter(|id| id != "0")
                .map_or(ParentRef::Root, ParentRef::Id),
            author,
            posted: self.posted,
            score: self.score,
            state,
            body: if is_gone { Body::default() } else { self.body },
            ..Draft::default()
        }
    }
}
