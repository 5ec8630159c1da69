//! Answers and exports of Commento: a list of comments, and who wrote them beside it.

use super::{
    Feature, Page, Source, Threads, Witness,
    fields::{self, Groups, count, flag, html_body, id, instant, text},
    pages, recognize,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::{Body, plain},
    thread::{Author, Draft, ParentRef, Score, State, Thread, ThreadBuilder},
};
use serde_json::Value;
use std::{collections::HashMap, io::BufRead};

pub(super) static SOURCE: Commento = Commento;

/// See the module.
#[derive(Debug)]
pub(super) struct Commento;

impl Source for Commento {
    fn id(&self) -> &'static str {
        "commento"
    }

    fn summary(&self) -> &'static str {
        "comments as the server Commento answers, or its export; a thread for each page"
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
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::json(head)
            .is_some_and(|head| recognize::has_keys(&head, &["commentHex", "parentHex"]))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        pages(input, read)
    }
}

fn read(page: &Page) -> Result<Vec<Thread>> {
    let answer = fields::parse(page)?;
    let list = answer.as_array().or_else(|| answer["comments"].as_array());
    let mut pages = Groups::new();
    for comment in list.into_iter().flatten() {
        // An answer to a page's reader is about that page and does not say which it is.
        let path = text(&comment["path"]).or_else(|| text(&comment["url"]));
        let domain = text(&comment["domain"]).or_else(|| text(&answer["domain"]));
        let parts: Vec<_> = [domain, path].into_iter().flatten().collect();
        pages.push(&parts.concat(), comment);
    }
    let pages = pages.into_groups();
    if pages.is_empty() {
        let error = Error::new(ErrorKind::Malformed, "the answer holds no comment");
        return Err(error.remedy("give the answer to /api/comment/list, or an export"));
    }
    let commenters = commenters(&answer["commenters"]);
    let threads = pages.into_iter();
    Ok(threads
        .map(|(key, comments)| thread(page, &key, &comments, &commenters))
        .collect())
}

/// Who wrote comments, by their ids: an answer has them under their ids, an export in a list.
fn commenters(value: &Value) -> HashMap<String, &Value> {
    let keyed = value.as_object().into_iter().flatten();
    let keyed = keyed.map(|(id, commenter)| (id.clone(), commenter));
    let listed = value.as_array().into_iter().flatten();
    let listed = listed.filter_map(|commenter| Some((id(&commenter["commenterHex"])?, commenter)));
    keyed.chain(listed).collect()
}

fn thread(
    page: &Page,
    key: &str,
    comments: &[&Value],
    commenters: &HashMap<String, &Value>,
) -> Thread {
    let mut builder =
        ThreadBuilder::new(SOURCE.id(), if key.is_empty() { "commento" } else { key });
    page.warn_if_damaged(&mut builder);
    builder.url(
        Some(key)
            .filter(|key| !key.is_empty())
            .map(|key| match key.contains("://") {
                true => key.to_owned(),
                false => format!("https://{key}"),
            }),
    );
    let mut drafts: Vec<_> = comments
        .iter()
        .map(|comment| draft(comment, commenters))
        .collect();
    fields::oldest_first(&mut drafts);
    for draft in drafts {
        builder.push(draft);
    }
    builder.build()
}

fn draft(comment: &Value, commenters: &HashMap<String, &Value>) -> Draft {
    let state = match text(&comment["state"]) {
        _ if flag(&comment["deleted"]) => State::Deleted,
        Some("unapproved" | "flagged") => State::Collapsed,
        _ => State::Live,
    };
    let body = match (text(&comment["html"]), text(&comment["markdown"])) {
        _ if state == State::Deleted => Body::default(),
        (Some(html), _) => html_body(html),
        (None, markdown) => plain::body(markdown.unwrap_or_default()),
    };
    let hex = id(&comment["commenterHex"]).unwrap_or_default();
    let commenter = commenters.get(&hex).copied().unwrap_or(&Value::Null);
    let is_nobody = hex.is_empty() || hex == "anonymous";
    let author = Author {
        name: text(&commenter["name"]).unwrap_or("Anonymous").to_owned(),
        anonymous: is_nobody,
        badge: flag(&commenter["isModerator"]).then(|| "moderator".to_owned()),
        id: Some(hex).filter(|_| !is_nobody),
    };
    Draft {
        id: id(&comment["commentHex"]).unwrap_or_default(),
        parent: id(&comment["parentHex"])
            .filter(|id| id != "root")
            .map_or(ParentRef::Root, ParentRef::Id),
        author: (state != State::Deleted).then_some(author),
        posted: instant(&comment["creationDate"]),
        score: count(&comment["score"]).map(Score::of_points),
        state,
        body,
        ..Draft::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing;
    use serde_json::json;

    fn read(answer: &Value) -> Result<Vec<Thread>> {
        testing::threads(&SOURCE, answer)
    }

    #[test]
    fn an_answer() {
        let answer = json!({"success": true, "domain": "b.example", "comments": [
            {"commentHex": "c1", "commenterHex": "u1", "markdown": "One.", "html": "<p>One.</p>", "parentHex": "root", "score": 4,
             "state": "approved", "creationDate": "2020-01-02T03:04:05.678Z", "direction": 0, "deleted": false},
            {"commentHex": "c2", "commenterHex": "anonymous", "markdown": "Two.", "html": "", "parentHex": "c1", "state": "unapproved",
             "creationDate": "2020-01-02T04:04:05Z"},
            {"commentHex": "c3", "commenterHex": "u1", "html": "[deleted]", "parentHex": "c2", "deleted": true}
        ], "commenters": {"u1": {"name": "Ann", "isModerator": true}}});
        assert!(SOURCE.detect(&serde_json::to_vec(&answer).unwrap()));
        let threads = read(&answer).unwrap();
        let thread = &threads[0];
        assert_eq!(
            (thread.id.as_str(), thread.url.as_deref()),
            ("b.example", Some("https://b.example"))
        );
        let shown = thread.comments.iter().map(|comment| {
            let author = comment
                .author
                .as_ref()
                .map_or("", |author| author.name.as_str());
            (
                comment.id.as_str(),
                comment.depth,
                comment.state,
                author,
                comment.body.text.as_str(),
            )
        });
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                ("c1", 0, State::Live, "Ann", "One."),
                ("c2", 1, State::Collapsed, "Anonymous", "Two."),
                ("c3", 2, State::Deleted, "", ""),
            ]
        );
    }

    #[test]
    fn an_export_holds_several_pages() {
        let answer = json!({"version": 1, "comments": [
            {"commentHex": "c1", "domain": "b.example", "url": "/keys", "commenterHex": "u1", "markdown": "> One\n\nTwo.", "parentHex": "root"},
            {"commentHex": "c2", "domain": "b.example", "url": "/locks", "commenterHex": "u2", "markdown": "Three.", "parentHex": "root"}
        ], "commenters": [{"commenterHex": "u1", "name": "Ann"}, {"name": 3}]});
        let threads = read(&answer).unwrap();
        let ids: Vec<_> = threads.iter().map(|thread| thread.id.as_str()).collect();
        assert_eq!(ids, ["b.example/keys", "b.example/locks"]);
        assert_eq!(threads[0].comments[0].author.as_ref().unwrap().name, "Ann");
        assert_eq!(threads[0].comments[0].body.blocks.len(), 2);
        assert!(read(&json!({"comments": []})).is_err());
    }
}
