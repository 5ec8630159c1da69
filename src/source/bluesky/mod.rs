//! Bluesky's threads: the answers of `getPostThread` and of the newer `getPostThreadV2`.
//!
//! The first holds the posts above the one asked for in `parent` and those below it in `replies`; the
//! second lists them all with their depths. What cannot be shown keeps its place: posts not found are
//! deleted, posts of people who block each other are hidden. Every post is a comment, the first one too:
//! they are of one kind, and one may ask for a thread from any of them.

mod body;
mod post;

use super::{
    Feature, Page, Source, Threads, Witness,
    deep_json::{self, Json, Value},
    recognize::{self, has_key},
};
use crate::{
    error::Result,
    thread::{Thread, ThreadBuilder, codes},
};
use post::Post;
use std::{collections::HashSet, io::BufRead};

pub(super) static SOURCE: Bluesky = Bluesky;

/// See the module.
#[derive(Debug)]
pub(super) struct Bluesky;

impl Source for Bluesky {
    fn id(&self) -> &'static str {
        "bluesky"
    }

    fn summary(&self) -> &'static str {
        "a thread of Bluesky, as its API gives it, as JSON"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::json(head).is_some_and(|json| {
            has_key(&json, "thread")
                && has_key(&json, "uri")
                && (json.contains("app.bsky.feed.") || json.contains("app.bsky.unspecced."))
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        deep_json::threads(input, read)
    }
}

fn read(page: &Page, json: &Json<'_>) -> Result<Vec<Thread>> {
    let mut threads = Vec::new();
    for root in json.documents() {
        let posts = match root.get("thread") {
            Some(thread) if thread.is_list() => post::listed(thread),
            Some(thread) if thread.is_object() => post::nested(thread),
            _ => continue,
        };
        if !posts.is_empty() {
            threads.push(thread(&posts, page, json));
        }
    }
    if threads.is_empty() {
        let remedy = "give the answer of `getPostThread` with its key `thread`";
        return Err(json.lacking("the JSON holds no thread of Bluesky", remedy));
    }
    Ok(threads)
}

fn thread(posts: &[Post<'_>], page: &Page, json: &Json<'_>) -> Thread {
    let first = posts.iter().find_map(Post::root).or_else(|| posts[0].uri());
    let id = first.map_or("bluesky", post::key);
    let mut builder = ThreadBuilder::new(SOURCE.id(), id);
    let top = posts
        .iter()
        .find(|post| post.uri().map(post::key) == Some(id));
    let handle = top.and_then(Post::handle);
    builder.url(first.and_then(|uri| post::web_address(uri, handle)));
    page.warn_if_damaged(&mut builder);
    json.warn_if_broken(&mut builder);
    let on_page: HashSet<&str> = posts.iter().filter_map(Post::id).collect();
    let mut lacking = 0;
    for post in posts {
        lacking += post.lacking;
        let (draft, bad) = post.draft(&on_page);
        let idx = builder.push(draft);
        for (code, message) in bad {
            builder.warn(code, message, Some(idx));
        }
    }
    if lacking > 0 {
        let message = format!("the board counts {lacking} more replies than the input holds");
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    builder.build()
}

/// Whether a value's type ends in this name.
fn is_type(value: Value<'_>, name: &str) -> bool {
    value
        .text("$type")
        .is_some_and(|found| found.rsplit('#').next() == Some(name))
}

#[cfg(test)]
mod tests;
