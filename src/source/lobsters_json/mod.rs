//! Lobsters' stories as its JSON gives them: comments in the order of the page, each with what it answers
//! (since 2022) or with its indent alone (before).

use super::{
    Feature, Page, Source, Threads, Witness, lobsters,
    objects::{self, Object},
    pages, recognize,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::{Body, html, plain},
    thread::{
        Article, Author, CommentIdx, Draft, ParentRef, Score, State, Thread, ThreadBuilder, codes,
    },
};
use serde_json::Value;
use std::{collections::HashSet, io::BufRead};

pub(super) static SOURCE: LobstersJson = LobstersJson;

/// See the module.
#[derive(Debug)]
pub(super) struct LobstersJson;

impl Source for LobstersJson {
    fn id(&self) -> &'static str {
        "lobsters-json"
    }

    fn summary(&self) -> &'static str {
        "a story of Lobsters with its comments as JSON"
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
        let Some(json) = recognize::json(head) else {
            return false;
        };
        let has = |key| recognize::has_key(&json, key);
        has("short_id") && (has("commenting_user") || has("submitter_user") && has("comments_url"))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        pages(input, read)
    }
}

fn read(page: &Page) -> Result<Vec<Thread>> {
    let (objects, cut) = objects::objects(&page.text, &["comments"]);
    let mut builders = Vec::new();
    let mut loose: Vec<&Object> = Vec::new();
    let mut at = 0;
    while let Some(object) = objects.get(at) {
        let below = objects[at + 1..]
            .iter()
            .take_while(|below| below.above.is_some());
        let comments: Vec<&Object> = below.collect();
        at += 1 + comments.len();
        if object.has("comments") || !comments.is_empty() {
            let mut builder = start(object);
            push_all(&comments, &mut builder);
            warn_if_fewer(object, comments.len(), &mut builder);
            builders.push(builder);
        } else if object.has("commenting_user") {
            loose.push(object);
        }
    }
    if !loose.is_empty() {
        let url = loose.iter().find_map(|comment| comment.text("url"));
        let id = url.and_then(lobsters::story_in).unwrap_or("comments");
        let mut builder = ThreadBuilder::new(SOURCE.id(), id);
        push_all(&loose, &mut builder);
        builders.push(builder);
    }
    if builders.is_empty() {
        let remedy = "save the story itself, /s/ID.json";
        return Err(
            Error::new(ErrorKind::Malformed, "the answer holds no comments").remedy(remedy),
        );
    }
    for builder in &mut builders {
        page.warn_if_damaged(builder);
    }
    if let Some(last) = builders.last_mut().filter(|_| cut) {
        last.warn(
            codes::PARTIAL_CAPTURE,
            "the answer ends within a comment",
            None,
        );
    }
    Ok(builders.into_iter().map(ThreadBuilder::build).collect())
}

/// Starts a thread with its story.
fn start(story: &Object) -> ThreadBuilder {
    let url = ["short_id_url", "comments_url"]
        .iter()
        .find_map(|key| story.text(key));
    let id = story.id("short_id");
    let id = id.or_else(|| url.and_then(lobsters::story_in).map(str::to_owned));
    let mut builder = ThreadBuilder::new(SOURCE.id(), id.unwrap_or_else(|| "story".to_owned()));
    let text = story.text("description").map(|html| html_body(html).text);
    let article = Article {
        title: story.text("title").map(str::to_owned),
        url: story.text("url").map(str::to_owned),
        text: text.or_else(|| story.text("description_plain").map(str::to_owned)),
    };
    builder.url(url.map(str::to_owned));
    builder.title(article.title.clone());
    builder.article((article != Article::default()).then_some(article));
    builder
}

fn warn_if_fewer(story: &Object, read: usize, builder: &mut ThreadBuilder) {
    let stated = story
        .number("comment_count")
        .and_then(|count| usize::try_from(count).ok());
    if let Some(stated) = stated.filter(|&stated| stated > read) {
        let message = format!("the story has {stated} comments, of which {read} are here");
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
}

fn html_body(text: &str) -> Body {
    let (page, _) = html::parse_document(text);
    html::body(page.root_element())
}

/// Adds the comments. Where they do not say what they answer, their indent does.
fn push_all(comments: &[&Object], builder: &mut ThreadBuilder) {
    let ids: HashSet<String> = comments
        .iter()
        .filter_map(|comment| comment.id("short_id"))
        .collect();
    // The last comment of each depth; none where it has no id.
    let mut open: Vec<Option<String>> = Vec::new();
    for comment in comments {
        let id = comment.id("short_id").unwrap_or_default();
        let depth = depth(comment);
        let above = depth.and_then(|depth| depth.checked_sub(1));
        let standing = above.and_then(|above| open.get(above).cloned().flatten());
        let answered = comment.id("parent_comment");
        let known = answered
            .clone()
            .or_else(|| standing.clone())
            .filter(|id| ids.contains(id));
        let is_answer = answered.is_some() || above.is_some();
        let parent = match known {
            Some(id) => ParentRef::Id(id),
            None if is_answer => ParentRef::Missing {
                id: answered.clone(),
                depth: depth.unwrap_or(0),
            },
            None => ParentRef::Root,
        };
        let odd = oddity(&id, &parent, answered, standing);
        let depth = depth.unwrap_or(0).min(open.len() + 1);
        open.truncate(depth);
        open.resize(depth, None);
        open.push(Some(id.clone()).filter(|id| !id.is_empty()));
        let idx = push(comment, id, parent, builder);
        if let Some((code, message)) = odd {
            builder.warn(code, message, Some(idx));
        }
    }
}

/// What is odd about the place of a comment that names what it answers and stands below something.
fn oddity(
    id: &str,
    parent: &ParentRef,
    answered: Option<String>,
    standing: Option<String>,
) -> Option<(&'static str, String)> {
    match (parent, answered, standing) {
        (ParentRef::Missing { .. }, Some(answered), _) => {
            let message =
                format!("comment `{id}` answers `{answered}`, which the capture does not hold");
            Some((codes::MISSING_PARENT, message))
        }
        (ParentRef::Missing { depth, .. }, None, _) => {
            let message = format!(
                "comment `{id}` stands at depth {depth} below nothing that the capture holds"
            );
            Some((codes::MISSING_PARENT, message))
        }
        (_, Some(answered), Some(standing)) if answered != standing => {
            let message = format!(
                "comment `{id}` names `{answered}` as what it answers and stands below `{standing}`; the name was followed"
            );
            Some((codes::PARENT_CONFLICT, message))
        }
        _ => None,
    }
}

/// Replies above a comment; the older indent counts from 1.
fn depth(comment: &Object) -> Option<usize> {
    let indent = || {
        comment
            .number("indent_level")
            .map(|indent| (indent - 1).max(0))
    };
    let depth = comment.number("depth").or_else(indent)?;
    usize::try_from(depth).ok()
}

fn push(
    comment: &Object,
    id: String,
    parent: ParentRef,
    builder: &mut ThreadBuilder,
) -> CommentIdx {
    let text = comment.text("comment");
    let plain = || {
        comment
            .text("comment_plain")
            .map(plain::body)
            .unwrap_or_default()
    };
    let body = text.map_or_else(plain, html_body);
    let is_gone = comment.flag("is_deleted") || comment.flag("is_moderated");
    let notice = lobsters::notice(&body.text).filter(|_| is_gone);
    let state = match (comment.flag("is_moderated"), is_gone) {
        (true, _) => State::Removed,
        (false, true) => notice.unwrap_or(State::Deleted),
        (false, false) => State::Live,
    };
    let posted = comment.instant(&["created_at"]);
    let edited = comment.instant(&["last_edited_at", "updated_at"]);
    let score = Score {
        points: comment.number("score"),
        up: comment.number("upvotes"),
        down: comment
            .number("downvotes")
            .or_else(|| comment.number("flags")),
        label: None,
    };
    let idx = builder.push(Draft {
        id: id.clone(),
        parent,
        author: author(comment),
        posted,
        edited: edited.filter(|edited| posted.is_none_or(|posted| *edited > posted)),
        score: (score != Score::default()).then_some(score),
        state,
        body: if notice.is_some() {
            Body::default()
        } else {
            body
        },
        ..Draft::default()
    });
    if comment.broken || posted.is_none() && comment.has("created_at") {
        let message = format!("parts of the comment `{id}` could not be read");
        builder.warn(codes::BAD_VALUE, message, Some(idx));
    }
    idx
}

/// The author: a name, or in older answers an object with a name.
fn author(comment: &Object) -> Option<Author> {
    let name = match comment.value("commenting_user")? {
        Value::String(name) => name.as_str(),
        Value::Object(user) => user.get("username")?.as_str()?,
        _ => return None,
    };
    lobsters::author(name)
}

#[cfg(test)]
mod tests;
