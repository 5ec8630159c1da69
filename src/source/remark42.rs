//! Answers and backups of Remark42: comments in a tree, or in a list.

use super::{
    Feature, Page, Source, Threads, Witness,
    deep_json::{self, Json, Value, stack},
    fields::{self, Groups, html_body},
    recognize,
};
use crate::{
    error::Result,
    text::{Body, plain},
    thread::{Article, Author, Draft, ParentRef, Score, State, Thread, ThreadBuilder},
};
use std::io::BufRead;

pub(super) static SOURCE: Remark42 = Remark42;

/// See the module.
#[derive(Debug)]
pub(super) struct Remark42;

impl Source for Remark42 {
    fn id(&self) -> &'static str {
        "remark42"
    }

    fn summary(&self) -> &'static str {
        "comments as the server Remark42 answers, as a tree or a list, or its backup; a thread for each page"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Scores,
            Feature::Deleted,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::json(head)
            .is_some_and(|head| recognize::has_keys(&head, &["pid", "locator", "user"]))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        deep_json::threads(input, read)
    }
}

fn read(page: &Page, json: &Json<'_>) -> Result<Vec<Thread>> {
    let mut pages = Groups::new();
    // A backup has a comment a line.
    for value in json.documents() {
        for comment in comments(value) {
            let locator = comment.get("locator");
            let url = locator.and_then(|locator| locator.text("url"));
            pages.push(url.unwrap_or_default().trim(), comment);
        }
    }
    let pages = pages.into_groups();
    if pages.is_empty() {
        let remedy = "ask for /api/v1/find?site=SITE&url=URL&format=plain";
        return Err(json.lacking("the answer holds no comment", remedy));
    }
    let threads = pages.into_iter();
    Ok(threads
        .map(|(url, comments)| thread(page, json, url, &comments))
        .collect())
}

/// The comments of an answer in document order, each before its replies.
fn comments(answer: Value<'_>) -> Vec<Value<'_>> {
    let mut open = Vec::new();
    let list = Some(answer).filter(|answer| answer.is_list());
    match list.or_else(|| answer.get("comments").filter(|list| list.is_list())) {
        Some(list) => stack(&mut open, list.items()),
        None => open.push(answer),
    }
    let mut comments = Vec::new();
    while let Some(value) = open.pop() {
        let inner = value.get("comment").filter(|inner| inner.is_object());
        let comment = inner.unwrap_or(value);
        let names_parent = comment.get("pid").and_then(Value::string).is_some();
        if names_parent || comment.get("locator").is_some_and(Value::is_object) {
            comments.push(comment);
        }
        stack(&mut open, value.list("replies"));
    }
    comments
}

fn thread(page: &Page, json: &Json<'_>, url: String, comments: &[Value<'_>]) -> Thread {
    let id = if url.is_empty() {
        "remark42"
    } else {
        url.as_str()
    };
    let mut builder = ThreadBuilder::new(SOURCE.id(), id);
    let title = comments.iter().find_map(|comment| comment.text("title"));
    let title = title.map(|title| title.trim().to_owned());
    let url = Some(url).filter(|url| !url.is_empty());
    builder.url(url.clone());
    builder.title(title.clone());
    let article = Article {
        title,
        url,
        text: None,
    };
    builder.article((article != Article::default()).then_some(article));
    page.warn_if_damaged(&mut builder);
    json.warn_if_broken(&mut builder);
    let mut drafts: Vec<_> = comments.iter().copied().map(draft).collect();
    fields::oldest_first(&mut drafts);
    for draft in drafts {
        builder.push(draft);
    }
    builder.build()
}

fn draft(comment: Value<'_>) -> Draft {
    let state = if comment.flag("delete") {
        State::Deleted
    } else {
        State::Live
    };
    let body = match (comment.text("text"), comment.text("orig")) {
        _ if state == State::Deleted => Body::default(),
        (Some(html), _) => html_body(html),
        (None, original) => plain::body(original.unwrap_or_default().trim()),
    };
    let edit = comment.get("edit");
    Draft {
        id: comment.id("id").unwrap_or_default().to_owned(),
        parent: comment
            .id("pid")
            .map_or(ParentRef::Root, |id| ParentRef::Id(id.to_owned())),
        author: comment
            .get("user")
            .and_then(author)
            .filter(|_| state != State::Deleted),
        posted: comment.instant("time").unwrap_or_default(),
        edited: edit.and_then(|edit| edit.instant("time").unwrap_or_default()),
        score: comment.integer("score").map(Score::of_points),
        state,
        body,
        ..Draft::default()
    }
}

fn author(user: Value<'_>) -> Option<Author> {
    Some(Author {
        name: user.text("name")?.trim().to_owned(),
        id: user.id("id").map(str::to_owned),
        anonymous: false,
        badge: user.flag("admin").then(|| "admin".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(text: &str) -> Result<Vec<Thread>> {
        SOURCE
            .threads(Box::new(std::io::Cursor::new(text.as_bytes().to_vec())))
            .collect()
    }

    fn comment(id: &str, parent: &str, url: &str) -> Value {
        json!({"id": id, "pid": parent, "text": format!("<p>Text {id}.</p>"), "user": {"name": "Ann", "id": "github_1", "admin": true},
            "locator": {"site": "s", "url": url}, "score": 2, "time": "2018-09-06T18:03:00.123-05:00"})
    }

    /// Ids and depths.
    fn shown(thread: &Thread) -> Vec<(&str, usize)> {
        thread
            .comments
            .iter()
            .map(|comment| (comment.id.as_str(), comment.depth))
            .collect()
    }

    #[test]
    fn trees_lists_and_backups_tell_the_same() {
        let (one, two, three) = (
            comment("1", "", "u"),
            comment("2", "1", "u"),
            comment("3", "", "u"),
        );
        let tree = json!({"comments": [
            {"comment": one, "replies": [{"comment": two}]}, {"comment": three, "replies": null}], "info": {"url": "u"}});
        let list = json!({"comments": [one, two, three]});
        let backup = format!(
            "{}\n{one}\n{two}\n{three}\n",
            json!({"version": 1, "users": [], "posts": []})
        );
        for text in [
            tree.to_string(),
            list.to_string(),
            json!([one, two, three]).to_string(),
            backup,
        ] {
            assert!(SOURCE.detect(text.as_bytes()));
            let threads = read(&text).unwrap();
            assert_eq!(threads.len(), 1);
            assert_eq!(shown(&threads[0]), [("1", 0), ("2", 1), ("3", 0)], "{text}");
            let first = &threads[0].comments[0];
            assert_eq!(first.body.text, "Text 1.");
            assert_eq!(
                first.author.as_ref().unwrap().badge.as_deref(),
                Some("admin")
            );
            assert_eq!(first.posted, "2018-09-06T23:03:00.123Z".parse().ok());
        }
    }

    #[test]
    fn deleted_comments_and_other_pages() {
        let mut gone = comment("1", "", "u");
        gone["delete"] = json!(true);
        let list = json!([gone, comment("2", "1", "u"), comment("9", "", "v")]);
        let threads = read(&list.to_string()).unwrap();
        let [u, v] = threads.as_slice() else {
            panic!("{threads:?}")
        };
        assert_eq!(shown(u), [("1", 0), ("2", 1)]);
        let gone = &u.comments[0];
        assert!(gone.state == State::Deleted && gone.author.is_none() && gone.body.text.is_empty());
        assert_eq!(v.id, "v");
        assert!(read("{\"comments\": []}").is_err());
        assert!(read(&"{\"replies\":[".repeat(9999)).is_err());
    }
}
