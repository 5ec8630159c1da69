//! Pages that mark their comments with the vocabulary of schema.org: as JSON in the page (JSON-LD), or in
//! attributes (microdata).
//!
//! What holds the comments (an article, a question, a first post) is the article. A comment answers the
//! one in `parentItem`, or the one it stands in. Many boards describe only the first post of a thread as
//! JSON; where no comment is described, the page is not taken to be a thread.

mod json;
mod microdata;

use super::{
    Feature, Page, Source, Threads, Witness,
    linked::{self, Found},
    markup::address,
    page, recognize, register,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html,
    thread::{Article, Thread, ThreadBuilder, codes},
};
use std::io::BufRead;

pub(super) static SOURCE: SchemaOrg = SchemaOrg;

/// See the module.
#[derive(Debug)]
pub(super) struct SchemaOrg;

impl Source for SchemaOrg {
    fn id(&self) -> &'static str {
        "schema-org"
    }

    fn summary(&self) -> &'static str {
        "a page that marks its comments with schema.org, as JSON-LD or microdata"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Scores,
            Feature::Paging,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let text = recognize::text(head);
        match text.chars().next() {
            Some('<') => {
                microdata::is_in(&text)
                    || text.contains("application/ld+json") && json::is_in(&text)
            }
            Some('{' | '[') => text.contains("schema.org") && json::is_in(&text),
            _ => false,
        }
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// What a page describes.
#[derive(Debug, Default)]
struct Described {
    article: Article,
    comments: Vec<Found>,
    /// How many comments there are, as the page says.
    count: Option<u64>,
}

fn read(page: &Page) -> Result<Thread> {
    let is_json = page.text.trim_start().starts_with(['{', '[']);
    let (described, url, flattened) = if is_json {
        (json::read([page.text.as_str()].into_iter()), None, false)
    } else {
        let (document, flattened) = html::parse_document(&page.text);
        let root = document.root_element();
        let scripts: Vec<String> = json::scripts(root);
        let in_json = json::read(scripts.iter().map(String::as_str));
        let in_attributes = microdata::read(root);
        // Both may describe one thread, and the one that holds more of it counts.
        let fuller = match in_json.comments.len() > in_attributes.comments.len() {
            true => in_json,
            false => in_attributes,
        };
        (fuller, address(root), flattened)
    };
    if described.comments.is_empty() {
        let remedy = "what the page describes is at most the article or the first post; \
                      name the board's own source with --source, or `guess`";
        let cause = "the page describes no comment in schema.org's vocabulary";
        return Err(Error::new(ErrorKind::Malformed, cause).remedy(remedy));
    }
    let url = url.or_else(|| described.article.url.clone());
    let title = described.article.title.clone();
    let made = || register::thread_id(Some(title.as_deref().unwrap_or("thread")));
    let id = url.as_deref().map(linked::plain).unwrap_or_else(made);
    let mut builder = ThreadBuilder::new(SOURCE.id(), id);
    page.warn_if_damaged(&mut builder);
    if flattened {
        let message = "the page nests too deeply to be read as it is; comments far inside may have \
                       lost the comment they answer";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    builder.url(url).title(title);
    let article = described.article;
    builder.article((article != Article::default()).then_some(article));
    let held = described.comments.len();
    if let Some(count) = described.count.filter(|count| *count > held as u64) {
        let message = format!("the page says that there are {count} comments and describes {held}");
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    linked::push(described.comments, &mut builder);
    Ok(builder.build())
}

#[cfg(test)]
mod tests;
