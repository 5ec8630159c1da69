//! Lemmy's answers: comments with their posts, of all versions of the programming interface.
//!
//! A comment's `path` names all its ancestors, so that the parent is known even where the answer does not
//! hold it; before 2022 there was `parent_id` alone. An answer may hold comments on many posts: each post
//! is a thread. Rows of a dump are comments without the views around them.

use super::{
    Feature, Page, Source, Threads, Witness,
    deep_json::{self, Json, Value},
    recognize::{self, has_key},
};
use crate::{
    error::Result,
    text::plain,
    thread::{Article, Author, Draft, ParentRef, Score, State, Thread, ThreadBuilder, codes},
};
use jiff::Timestamp;
use std::{
    collections::{HashMap, HashSet},
    io::BufRead,
};

pub(super) static SOURCE: Lemmy = Lemmy;

/// See the module.
#[derive(Debug)]
pub(super) struct Lemmy;

impl Source for Lemmy {
    fn id(&self) -> &'static str {
        "lemmy"
    }

    fn summary(&self) -> &'static str {
        "comments of Lemmy, as its API or a dump gives them, as JSON"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::json(head).is_some_and(|json| {
            let has = |keys: &[&str]| keys.iter().all(|key| has_key(&json, key));
            let is_row = has(&["creator_id", "post_id", "content", "ap_id"]);
            let is_post = has(&["post_view", "community"]) && has(&["ap_id"]);
            is_row && (has(&["path"]) || has(&["parent_id"])) || is_post
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        deep_json::threads(input, read)
    }
}

/// A comment's row and the view around it, which is the row itself in a dump.
#[derive(Debug, Clone, Copy)]
struct Row<'d> {
    comment: Value<'d>,
    view: Value<'d>,
}

/// What the input tells of one post.
#[derive(Debug, Default)]
struct Post<'d> {
    row: Option<Value<'d>>,
    /// Comments that the board counts.
    counted: Option<i64>,
    comments: Vec<Row<'d>>,
}

/// The posts of the input in the order of their first mention.
#[derive(Debug, Default)]
struct Posts<'d> {
    posts: Vec<(&'d str, Post<'d>)>,
    by_id: HashMap<&'d str, usize>,
}

impl<'d> Posts<'d> {
    fn of(&mut self, id: &'d str) -> &mut Post<'d> {
        let at = *self.by_id.entry(id).or_insert(self.posts.len());
        if at == self.posts.len() {
            self.posts.push((id, Post::default()));
        }
        &mut self.posts[at].1
    }

    /// Takes what a value is: a post's view, a comment, a comment's view.
    fn take(&mut self, value: Value<'d>) {
        if let Some(comment) = value.get("comment").filter(|comment| comment.is_object()) {
            self.take_comment(Row {
                comment,
                view: value,
            });
        } else if value.id("post_id").is_some() && value.get("content").is_some() {
            self.take_comment(Row {
                comment: value,
                view: value,
            });
        }
        if let Some(post) = value.get("post").filter(|post| post.is_object()) {
            self.take_post(post, value);
        }
    }

    fn take_comment(&mut self, row: Row<'d>) {
        if let Some(post) = row.comment.id("post_id") {
            self.of(post).comments.push(row);
        }
    }

    fn take_post(&mut self, row: Value<'d>, view: Value<'d>) {
        let Some(id) = row.id("id") else {
            return;
        };
        let post = self.of(id);
        post.row = post.row.or(Some(row));
        // A comment's view counts votes for the comment under the same key.
        if view.get("comment").is_none() {
            let counts = view.get("counts").unwrap_or(row);
            post.counted = counts.integer("comments").or(post.counted);
        }
    }
}

fn read(page: &Page, json: &Json<'_>) -> Result<Vec<Thread>> {
    let mut posts = Posts::default();
    for root in json.documents() {
        posts.take(root);
        for value in root.items() {
            posts.take(value);
        }
        for key in ["post_view", "comment_view"] {
            if let Some(view) = root.get(key) {
                posts.take(view);
            }
        }
        for key in ["comments", "items", "posts"] {
            root.list(key).for_each(|value| posts.take(value));
        }
    }
    if posts.posts.is_empty() {
        let remedy = "give an answer with `comments` or `post_view`";
        return Err(json.lacking("the JSON holds no comment of Lemmy", remedy));
    }
    let threads = posts.posts.iter().map(|(id, post)| {
        let mut builder = post.start(id);
        page.warn_if_damaged(&mut builder);
        json.warn_if_broken(&mut builder);
        post.push_comments(&mut builder);
        builder.build()
    });
    Ok(threads.collect())
}

impl Post<'_> {
    fn start(&self, id: &str) -> ThreadBuilder {
        let field = |key| self.row.and_then(|row| row.text(key)).map(str::to_owned);
        let mut builder = ThreadBuilder::new(SOURCE.id(), id);
        let article = Article {
            title: field("name"),
            url: field("url").or_else(|| field("ap_id")),
            text: field("body"),
        };
        builder.url(field("ap_id"));
        builder.title(field("name"));
        builder.article((article != Article::default()).then_some(article));
        builder
    }

    fn push_comments(&self, builder: &mut ThreadBuilder) {
        let mut seen = HashSet::new();
        let comments: Vec<_> = self
            .comments
            .iter()
            // Two pages of one thread may share comments.
            .filter(|row| row.comment.id("id").is_none_or(|id| seen.insert(id)))
            .collect();
        let mut missing = 0;
        for row in &comments {
            let parent = row.parent(&seen);
            missing += usize::from(matches!(parent, ParentRef::Missing { .. }));
            let (draft, bad) = row.draft(parent);
            let idx = builder.push(draft);
            for (key, written) in bad {
                let message = format!("`{key}` is `{written}`, which is no time");
                builder.warn(codes::BAD_VALUE, message, Some(idx));
            }
        }
        let lacking = self.counted.unwrap_or_default() - comments.len() as i64;
        if lacking > 0 || missing > 0 {
            let message = format!(
                "the board counts {} comments and the input holds {}; {missing} of these answer comments it does not hold",
                self.counted
                    .map_or_else(|| "more".to_owned(), |count| count.to_string()),
                comments.len(),
            );
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
    }
}

impl<'d> Row<'d> {
    /// What the comment answers, by its path or, before 2022, by the parent's id.
    fn parent(&self, seen: &HashSet<&str>) -> ParentRef {
        let Some(path) = self.comment.text("path") else {
            return match self.comment.id("parent_id") {
                Some(parent) => ParentRef::Id(parent.to_owned()),
                None => ParentRef::Root,
            };
        };
        let mut above = path.rsplit('.').skip(1);
        match above.next() {
            None | Some("0" | "") => ParentRef::Root,
            Some(parent) if seen.contains(parent) => ParentRef::Id(parent.to_owned()),
            Some(parent) => ParentRef::Missing {
                id: Some(parent.to_owned()),
                depth: above.count(),
            },
        }
    }

    /// The first of these fields that is there, in the row or in what counts its votes.
    fn count(&self, key: &str) -> Option<i64> {
        let counts = self.view.get("counts");
        counts
            .and_then(|counts| counts.integer(key))
            .or_else(|| self.comment.integer(key))
    }

    fn draft(&self, parent: ParentRef) -> (Draft, Vec<(&'static str, &'d str)>) {
        let comment = self.comment;
        let mut bad = Vec::new();
        let mut instant = |keys: [&'static str; 2]| -> Option<Timestamp> {
            keys.into_iter().find_map(|key| {
                comment.instant(key).unwrap_or_else(|written| {
                    bad.push((key, written));
                    None
                })
            })
        };
        let posted = instant(["published", "published_at"]);
        let edited = instant(["updated", "updated_at"]);
        let state = if comment.flag("removed") {
            State::Removed
        } else if comment.flag("deleted") {
            State::Deleted
        } else {
            State::Live
        };
        let text = comment.text("content").filter(|_| state == State::Live);
        let score = Score {
            points: self.count("score"),
            up: self.count("upvotes"),
            down: self.count("downvotes"),
            label: None,
        };
        let draft = Draft {
            id: comment.id("id").unwrap_or_default().to_owned(),
            parent,
            author: self.author(),
            posted,
            edited,
            score: (score != Score::default()).then_some(score),
            state,
            body: text.map(plain::body).unwrap_or_default(),
            ..Draft::default()
        };
        (draft, bad)
    }

    /// The author; a dump's row has a number alone, which stands for the name.
    fn author(&self) -> Option<Author> {
        let creator = self
            .view
            .get("creator")
            .filter(|creator| creator.is_object());
        let field = |key| creator.and_then(|creator| creator.text(key));
        let number = creator.and_then(|creator| creator.id("id"));
        let id = number.or_else(|| self.comment.id("creator_id"));
        let name = field("display_name").or_else(|| field("name")).or(id)?;
        let is_moderator = self.comment.flag("distinguished");
        Some(Author {
            name: name.trim().to_owned(),
            id: id.map(str::to_owned),
            anonymous: false,
            badge: is_moderator.then(|| "moderator".to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::Parent;

    fn threads(text: &str) -> Vec<Thread> {
        assert!(SOURCE.detect(text.as_bytes()), "{text}");
        let threads = SOURCE.threads(Box::new(text.as_bytes()));
        threads.map(|thread| thread.unwrap()).collect()
    }

    #[test]
    fn views_tell_all() {
        let text = r#"{"comments": [{
            "comment": {"id": 5, "creator_id": 9, "post_id": 2, "content": "> Rotate.\n\nWe did.", "removed": false,
                "deleted": false, "published": "2023-06-14T10:00:00.123456", "updated": "2023-06-14T11:00:00Z",
                "ap_id": "https://lemmy.example/comment/5", "path": "0.5", "distinguished": true},
            "creator": {"id": 9, "name": "ada", "display_name": "Ada E."},
            "post": {"id": 2, "name": "Keys", "body": "They leaked.", "ap_id": "https://lemmy.example/post/2"},
            "community": {"id": 1},
            "counts": {"score": 3, "upvotes": 4, "downvotes": 1, "child_count": 1}}]}"#;
        let thread = &threads(text)[0];
        let comment = &thread.comments[0];
        assert_eq!(thread.title.as_deref(), Some("Keys"));
        assert_eq!(
            thread.article.as_ref().unwrap().text.as_deref(),
            Some("They leaked.")
        );
        let author = comment.author.as_ref().unwrap();
        assert_eq!(author.name, "Ada E.");
        assert_eq!(author.badge.as_deref(), Some("moderator"));
        assert_eq!(
            comment.posted.unwrap().to_string(),
            "2023-06-14T10:00:00.123456Z"
        );
        assert!(comment.edited.is_some());
        let score = comment.score.as_ref().unwrap();
        assert_eq!(
            (score.points, score.up, score.down),
            (Some(3), Some(4), Some(1))
        );
        assert_eq!(comment.body.blocks.len(), 2);
        assert!(thread.warnings.is_empty(), "{:?}", thread.warnings);
    }

    #[test]
    fn each_post_is_a_thread_and_missing_ancestors_are_named() {
        let row = |id, post, path| {
            format!(
                r#"{{"id":{id},"creator_id":1,"post_id":{post},"content":"c","ap_id":"x","path":"{path}","published":"soon"}}"#
            )
        };
        let text = format!(
            "[{},{},{}]",
            row(9, 1, "0.4.7.9"),
            row(3, 2, "0.3"),
            row(11, 1, "0.4.7.9.11")
        );
        let threads = threads(&text);
        let ids: Vec<_> = threads.iter().map(|thread| thread.id.as_str()).collect();
        assert_eq!(ids, ["1", "2"]);
        let comments = &threads[0].comments;
        assert_eq!(comments[0].parent, Parent::Missing(Some("7".into())));
        assert_eq!((comments[0].depth, comments[1].depth), (2, 3));
        let codes: Vec<_> = threads[0]
            .warnings
            .iter()
            .map(|w| w.code.as_ref())
            .collect();
        assert_eq!(codes, ["bad_value", "bad_value", "partial_capture"]);
    }

    #[test]
    fn other_boards_are_not_taken() {
        for text in [
            r#"{"comments": [{"id": 1, "content": "x", "parent_id": null}]}"#,
            r#"[{"path": "0.1", "content": "x"}]"#,
        ] {
            assert!(!SOURCE.detect(text.as_bytes()));
        }
    }
}
