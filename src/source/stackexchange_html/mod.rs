//! A question page of Stack Exchange with its answers and comments.
//!
//! The question is the article. Comments stand in a list below their post, in the order of their times, and
//! say by an `@name` to whom they are written, as `addressed` reads it. Older pages have the same ids and
//! other classes.

mod post;

use super::{
    Feature, Page, Source, Threads, Witness, addressed,
    markup::{address, attr, digits_after, has_class},
    page, recognize,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html::{self, Step, walk},
    thread::{Article, CommentKind, Draft, ParentRef, State, Thread, ThreadBuilder, codes},
};
use post::Post;
use scraper::ElementRef;
use std::{collections::HashSet, io::BufRead};

pub(super) static SOURCE: StackExchangeHtml = StackExchangeHtml;

/// See the module.
#[derive(Debug)]
pub(super) struct StackExchangeHtml;

impl Source for StackExchangeHtml {
    fn id(&self) -> &'static str {
        "stackexchange-html"
    }

    fn summary(&self) -> &'static str {
        "a question of Stack Exchange with answers and comments as HTML"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::html(head).is_some_and(|page| {
            let has = |words: &str| page.contains(words);
            let is_board = has("cdn.sstatic.net") || has("StackExchange.") || has("id=\"answers\"");
            let is_question = has("id=\"question\"") || has("id=\"question-header\"");
            is_board && is_question && (has("question-hyperlink") || has("data-questionid"))
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// What the page holds.
#[derive(Debug, Default)]
struct Found<'a> {
    /// The question, if it is there, and the answers.
    posts: Vec<Post<'a>>,
    title: Option<String>,
    /// Links to other pages of answers.
    pages: Vec<&'a str>,
}

fn find(root: ElementRef<'_>) -> Found<'_> {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    walk(root, |step| {
        let Step::Open(element) = step else {
            return false;
        };
        if post::is_post(element) {
            found.posts.push(Post::new(element));
            return true;
        }
        if has_class(element, "question-hyperlink")
            && found.title.is_none()
            && found.posts.is_empty()
        {
            found.title = Some(html::line(element)).filter(|title| !title.is_empty());
        }
        if has_class(element, "pager-answers") || has_class(element, "js-answer-page") {
            let links = element
                .descendent_elements()
                .filter_map(|link| attr(link, "href"));
            found.pages.extend(links.filter(|link| seen.insert(*link)));
        }
        match found.posts.last_mut() {
            Some(post) => post.take(element),
            None => true,
        }
    });
    found
}

fn read(page: &Page) -> Result<Thread> {
    let (html, _) = html::parse_document(&page.text);
    let root = html.root_element();
    let found = find(root);
    let Some(first) = found.posts.first() else {
        let remedy = "save the page of a question";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no question").remedy(remedy));
    };
    let url = address(root);
    let in_url = url
        .as_deref()
        .and_then(|url| digits_after(url, "/questions/"));
    let id = first.id.filter(|_| first.is_question).or(in_url);
    let mut builder = ThreadBuilder::new(SOURCE.id(), id.unwrap_or("question"));
    page.warn_if_damaged(&mut builder);
    if !found.pages.is_empty() {
        let message = format!("the thread has other pages: {}", found.pages.join(", "));
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    let question = found.posts.iter().find(|post| post.is_question);
    builder.article(question.map(|question| Article {
        title: found.title.clone(),
        url: url.clone(),
        text: Some(question.body().text).filter(|text| !text.is_empty()),
    }));
    builder.url(url);
    builder.title(found.title.clone());
    push_all(&found.posts, &mut builder);
    Ok(builder.build())
}

/// Adds each post with its comments.
fn push_all(posts: &[Post<'_>], builder: &mut ThreadBuilder) {
    let answers: HashSet<&str> = posts
        .iter()
        .filter(|post| !post.is_question)
        .filter_map(|post| post.id)
        .collect();
    // Comments and answers are counted apart, so that an id may occur twice.
    let name = |id: &str| match answers.contains(id) {
        true => format!("comment-{id}"),
        false => id.to_owned(),
    };
    for post in posts {
        let own = post.id.unwrap_or_default();
        let above = match post.is_question {
            true => ParentRef::Root,
            false => {
                let draft = post.draft();
                builder.push(Draft {
                    id: own.to_owned(),
                    kind: CommentKind::Answer,
                    ..draft
                });
                ParentRef::Id(own.to_owned())
            }
        };
        let drafts: Vec<_> = post
            .comments
            .iter()
            .map(|comment| comment.draft(name(comment.id)))
            .collect();
        let parents = addressed::parents(drafts.iter().map(|draft| (draft, None)));
        let parents: Vec<_> = parents
            .into_iter()
            .map(|id| id.map_or_else(|| above.clone(), |id| ParentRef::Id(id.to_owned())))
            .collect();
        for (draft, parent) in drafts.into_iter().zip(parents) {
            builder.push(Draft { parent, ..draft });
        }
        if post.more > 0 {
            // The page says how many comments it leaves out, and not where among the others they belong.
            builder.push(Draft {
                id: format!("more-{own}"),
                parent: above,
                state: State::Unresolved,
                ..Draft::default()
            });
        }
    }
}

#[cfg(test)]
mod tests;
