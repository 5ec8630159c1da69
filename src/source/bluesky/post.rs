//! Finds the posts of an answer in the order of the thread, and reads one of them.

use super::{
    super::deep_json::{Value, stack},
    body, is_type,
};
use crate::thread::{Author, Draft, ParentRef, Score, State, codes};
use std::collections::HashSet;

/// A warning's code and words.
pub(super) type Odd = (&'static str, String);

/// A post, or what stands in its place.
#[derive(Debug)]
pub(super) struct Post<'d> {
    /// The post's view; none where it cannot be shown.
    view: Option<Value<'d>>,
    uri: Option<&'d str>,
    state: State,
    /// The id of the post above it in the answer.
    above: Option<&'d str>,
    /// Replies that the board counts and the answer does not hold.
    pub(super) lacking: i64,
}

impl<'d> Post<'d> {
    /// Reads a view of a post in a thread, or a stub.
    fn of(value: Value<'d>, above: Option<&'d str>) -> Self {
        let view = value.get("post").filter(|post| post.is_object());
        let uri = view
            .and_then(|view| view.text("uri"))
            .or_else(|| value.text("uri"));
        let is_blocked = [
            "blockedPost",
            "threadItemBlocked",
            "threadItemNoUnauthenticated",
        ]
        .iter()
        .any(|name| is_type(value, name));
        let state = match view {
            Some(_) if value.flag("hiddenByThreadgate") => State::Collapsed,
            Some(_) => State::Live,
            None if is_blocked || value.flag("blocked") => State::Hidden,
            None => State::Deleted,
        };
        Self {
            view,
            uri,
            state,
            above,
            lacking: 0,
        }
    }

    pub(super) const fn uri(&self) -> Option<&'d str> {
        self.uri
    }

    /// The last part of its address, which is the board's id.
    pub(super) fn id(&self) -> Option<&'d str> {
        self.uri.map(key)
    }

    pub(super) fn handle(&self) -> Option<&'d str> {
        self.view?.get("author")?.text("handle")
    }

    fn record(&self) -> Option<Value<'d>> {
        self.view?.get("record")
    }

    /// The address of the post that began the thread.
    pub(super) fn root(&self) -> Option<&'d str> {
        self.record()?.get("reply")?.get("root")?.text("uri")
    }

    fn parent(&self) -> Option<&'d str> {
        let told = self
            .record()
            .and_then(|record| record.get("reply")?.get("parent")?.text("uri"));
        told.map(key).or(self.above)
    }

    /// The comment, and what was odd about it.
    pub(super) fn draft(&self, on_page: &HashSet<&str>) -> (Draft, Vec<Odd>) {
        let mut odd = Vec::new();
        let record = self.record();
        let instant = |value: Option<Value<'d>>, key: &str, odd: &mut Vec<Odd>| {
            value?.instant(key).unwrap_or_else(|written| {
                let message = format!("`{key}` is `{written}`, which is no time");
                odd.push((codes::BAD_VALUE, message));
                None
            })
        };
        let posted = instant(record, "createdAt", &mut odd)
            .or_else(|| instant(self.view, "indexedAt", &mut odd));
        let parent = match self.parent() {
            Some(parent) if on_page.contains(parent) => ParentRef::Id(parent.to_owned()),
            Some(parent) => ParentRef::Missing {
                id: Some(parent.to_owned()),
                depth: 1,
            },
            // A post that cannot be shown does not say what it answers, if anything.
            None => ParentRef::Root,
        };
        let points = self.view.and_then(|view| view.integer("likeCount"));
        let draft = Draft {
            id: self.id().unwrap_or_default().to_owned(),
            parent,
            author: self.author(),
            posted,
            score: points.map(Score::of_points),
            state: self.state,
            body: match (record, self.view) {
                (Some(record), Some(view)) => body::read(record, view, &mut odd),
                _ => Default::default(),
            },
            ..Draft::default()
        };
        (draft, odd)
    }

    fn author(&self) -> Option<Author> {
        let author = self.view?.get("author")?;
        let handle = author.text("handle");
        let name = author.text("displayName").or(handle)?;
        Some(Author {
            name: name.trim().to_owned(),
            id: author.id("did").or(handle).map(str::to_owned),
            ..Author::default()
        })
    }
}

/// The posts of nested views: those above the one asked for, that one, and all below it.
pub(super) fn nested(thread: Value<'_>) -> Vec<Post<'_>> {
    let mut above = vec![thread];
    while let Some(parent) = above.last().and_then(|value| value.get("parent")) {
        above.push(parent);
    }
    let mut posts: Vec<Post<'_>> = Vec::new();
    for value in above.into_iter().rev() {
        let last = posts.last().and_then(Post::id);
        posts.push(Post::of(value, last));
    }
    // The replies of the post asked for, then those of each reply, the first on top.
    let last = posts.last().and_then(Post::id);
    let mut open = Vec::new();
    stack(&mut open, thread.list("replies").map(|value| (value, last)));
    let asked = posts.len().saturating_sub(1);
    if let Some(post) = posts.get_mut(asked) {
        post.lacking = lacking(thread);
    }
    while let Some((value, above)) = open.pop() {
        let mut post = Post::of(value, above);
        post.lacking = lacking(value);
        let id = post.id();
        posts.push(post);
        stack(&mut open, value.list("replies").map(|value| (value, id)));
    }
    posts
}

/// Replies to a post that the board counts and the view does not hold.
fn lacking(value: Value<'_>) -> i64 {
    let counted = value
        .get("post")
        .and_then(|post| post.integer("replyCount"));
    let held = value.list("replies").count() as i64;
    (counted.unwrap_or_default() - held).max(0)
}

/// The posts of a list with depths, in which each stands behind what it answers.
pub(super) fn listed(thread: Value<'_>) -> Vec<Post<'_>> {
    let mut open: Vec<(i64, Option<&str>)> = Vec::new();
    let mut posts = Vec::new();
    for item in thread.items() {
        let depth = item.integer("depth").unwrap_or_default();
        while open.last().is_some_and(|(above, _)| *above >= depth) {
            open.pop();
        }
        let above = open.last().and_then(|(_, id)| *id);
        let mut post = Post::of(item.get("value").unwrap_or(item), above);
        post.uri = post.uri.or_else(|| item.text("uri"));
        post.lacking = item
            .get("value")
            .and_then(|value| value.integer("moreReplies"))
            .unwrap_or_default()
            .max(0);
        open.push((depth, post.id()));
        posts.push(post);
    }
    posts
}

/// The last part of a post's address.
pub(super) fn key(uri: &str) -> &str {
    uri.trim_end_matches('/').rsplit('/').next().unwrap_or(uri)
}

/// Where a post is on the web, from its address in the protocol and its author's handle.
pub(super) fn web_address(uri: &str, handle: Option<&str>) -> Option<String> {
    let (author, rest) = uri.strip_prefix("at://")?.split_once('/')?;
    let author = handle.unwrap_or(author);
    Some(format!(
        "https://bsky.app/profile/{author}/post/{}",
        key(rest)
    ))
}
