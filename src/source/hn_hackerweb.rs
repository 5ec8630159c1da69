//! Hacker News's threads as the HackerWeb and HNPWA APIs give them: a story with all replies nested in it.
//!
//! Readers of the board on the web and in terminals are built on these, and keep their answers.

use super::{
    Feature, Page, Source, Threads, Witness, hacker_news,
    objects::{self, Object},
    pages, recognize,
};
use crate::{
    error::{Error, ErrorKind, Result},
    thread::{Article, Draft, ParentRef, State, Thread, ThreadBuilder, codes},
};
use std::io::BufRead;

pub(super) static SOURCE: HnHackerweb = HnHackerweb;

/// See the module.
#[derive(Debug)]
pub(super) struct HnHackerweb;

impl Source for HnHackerweb {
    fn id(&self) -> &'static str {
        "hn-hackerweb"
    }

    fn summary(&self) -> &'static str {
        "a thread of Hacker News from the HackerWeb or HNPWA API"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Deleted,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let Some(json) = recognize::json(head) else {
            return false;
        };
        let keys = ["id", "user", "time_ago", "comments"];
        let has = |key: &str| recognize::has_key(&json, key);
        keys.into_iter().all(has) && (has("comments_count") || has("content") && has("level"))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        pages(input, read)
    }
}

fn read(page: &Page) -> Result<Vec<Thread>> {
    let (objects, cut) = objects::objects(&page.text, &["comments"]);
    // A comment that has lost its id needs one all the same, for its replies to name it.
    let ids: Vec<String> = objects
        .iter()
        .enumerate()
        .map(|(at, object)| object.id("id").unwrap_or_else(|| format!("{at}~")))
        .collect();
    let mut builders: Vec<ThreadBuilder> = Vec::new();
    let mut root = 0;
    for (at, object) in objects.iter().enumerate() {
        let id = ids[at].clone();
        match (object.above, builders.last_mut()) {
            (None, _) if object.has("comments") => {
                root = at;
                let mut builder = start(object, &id);
                page.warn_if_damaged(&mut builder);
                if is_comment(object) {
                    // What it answers is not told.
                    let parent = ParentRef::Missing { id: None, depth: 1 };
                    push(object, id, parent, &mut builder);
                }
                builders.push(builder);
            }
            (Some(above), Some(builder)) => {
                let answers_story = above == root && !is_comment(&objects[root]);
                let parent = match answers_story {
                    true => ParentRef::Root,
                    false => ParentRef::Id(ids[above].clone()),
                };
                push(object, id, parent, builder);
            }
            _ => {}
        }
    }
    let Some(last) = builders.last_mut() else {
        let remedy = "save the answer for one story, item/ID";
        return Err(Error::new(ErrorKind::Malformed, "the answer holds no thread").remedy(remedy));
    };
    if cut {
        last.warn(
            codes::PARTIAL_CAPTURE,
            "the answer ends within an item",
            None,
        );
    }
    Ok(builders.into_iter().map(ThreadBuilder::build).collect())
}

fn is_comment(item: &Object) -> bool {
    item.text("type") == Some("comment")
}

/// Starts a thread with its story.
fn start(story: &Object, id: &str) -> ThreadBuilder {
    let mut builder = ThreadBuilder::new(SOURCE.id(), id);
    builder.url(Some(hacker_news::address(id)));
    if !is_comment(story) {
        // The address of a question is its own.
        let url = story.text("url").filter(|url| !url.starts_with("item?id="));
        let article = Article {
            title: story.text("title").map(str::to_owned),
            url: url.map(str::to_owned),
            text: story
                .text("content")
                .map(|text| hacker_news::body(text).text),
        };
        builder.title(article.title.clone());
        builder.article((article != Article::default()).then_some(article));
    }
    builder
}

fn push(comment: &Object, id: String, parent: ParentRef, builder: &mut ThreadBuilder) {
    let name = comment.text("user");
    let (state, body) = hacker_news::content(
        comment.text("content"),
        name.is_some(),
        comment.flag("dead"),
    );
    let posted = comment.instant(&["time"]);
    let idx = builder.push(Draft {
        id: id.clone(),
        parent,
        author: name.map(hacker_news::author),
        posted,
        state: if comment.flag("deleted") {
            State::Deleted
        } else {
            state
        },
        body,
        ..Draft::default()
    });
    if comment.broken || posted.is_none() && comment.has("time") {
        let message = format!("parts of the comment `{id}` could not be read");
        builder.warn(codes::BAD_VALUE, message, Some(idx));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::Parent;

    #[test]
    fn a_story_with_its_replies() {
        let text = r#"{"id":10,"title":"Ask","points":9,"user":"op","time":1536256980,"time_ago":"2 days ago","content":"<p>Why?","type":"ask","url":"item?id=10","comments":[
            {"id":11,"level":0,"user":"a","time":1536257000,"time_ago":"2 days ago","content":"<p>One<p>two","comments":[
              {"id":12,"level":1,"user":null,"time":1536257001,"time_ago":"2 days ago","content":"[deleted]","deleted":true,"comments":[
                {"id":13,"level":2,"user":"c","time":1536257002,"content":"deep","comments":[]}]}]},
            {"id":14,"level":0,"user":"d","time":"soon","content":"last","comments":[]}],"comments_count":4}"#;
        assert!(SOURCE.detect(text.as_bytes()));
        let read = SOURCE.threads(Box::new(text.as_bytes())).next();
        let thread = read.expect("a thread").expect("a thread");
        let links: Vec<_> = thread
            .comments
            .iter()
            .map(|comment| match comment.parent {
                Parent::Known(idx) => (
                    comment.id.as_str(),
                    thread.comment(idx).id.as_str(),
                    comment.state,
                ),
                _ => (comment.id.as_str(), "", comment.state),
            })
            .collect();
        let expected = [
            ("11", "", State::Live),
            ("12", "11", State::Deleted),
            ("13", "12", State::Live),
            ("14", "", State::Live),
        ];
        assert_eq!(links, expected);
        assert_eq!(thread.comments[0].body.text, "One\n\ntwo");
        let article = thread.article.as_ref().expect("a story");
        assert_eq!(
            (article.url.as_deref(), article.text.as_deref()),
            (None, Some("Why?"))
        );
        let codes: Vec<_> = thread.warnings.iter().map(|w| w.code.as_ref()).collect();
        assert_eq!(codes, [codes::BAD_VALUE, codes::DELETED_COMMENTS]);
    }

    #[test]
    fn other_json_is_not_taken() {
        assert!(!SOURCE.detect(br#"{"id":1,"user":"a","comments":[],"time":"now"}"#));
        assert!(
            SOURCE
                .threads(Box::new(&b"[]"[..]))
                .next()
                .is_some_and(|read| read.is_err())
        );
    }
}
