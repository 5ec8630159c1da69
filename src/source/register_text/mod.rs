//! The Register's threads as plain text: what a text browser or an extractor makes of a page.
//!
//! [`lines`] measures indents, [`outline`] finds the comments and their places, [`preamble`] reads
//! what stands above them, [`post`] and [`titles`] take each comment apart. A page that has lost its
//! numbers is left to [`flat`].

mod flat;
mod lines;
mod outline;
mod post;
mod preamble;
mod titles;

use super::{Feature, Page, Source, Threads, Witness, page, register};
use crate::{
    error::{Error, ErrorKind, Result},
    thread::{CommentIdx, Draft, ParentRef, Thread, ThreadBuilder, codes},
};
use lines::Line;
use outline::{Item, Outline};
use post::Post;
use preamble::Preamble;
use std::io::BufRead;

pub(super) static SOURCE: RegisterText = RegisterText;

/// See the module.
#[derive(Debug)]
pub(super) struct RegisterText;

impl Source for RegisterText {
    fn id(&self) -> &'static str {
        "register-text"
    }

    fn summary(&self) -> &'static str {
        "a forum page of The Register as plain text"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Deleted,
            Feature::Paging,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}');
        if text.contains('\0') || text.trim_start().starts_with(['<', '{', '[']) {
            return false;
        }
        is_register(&lines::read(text))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// Whether lines are a page of the board. Other texts have numbered lines as well: the board's have
/// their words two columns further in, and either what only comments have, or replies.
fn is_register(lines: &[Line<'_>]) -> bool {
    let outline = outline::read(lines);
    let shaped = outline.comments.iter().filter(|item| item.shaped).count();
    if shaped == 0 {
        return flat::is_flat(lines);
    }
    let above = &lines[..outline.preamble];
    let headline = above
        .iter()
        .any(|line| register::headline(line.text).is_some());
    let nested = outline
        .comments
        .iter()
        .any(|item| item.shaped && item.parent.is_some());
    headline || outline.certain || outline.footer || shaped > 1 && nested
}

fn read(page: &Page) -> Result<Thread> {
    let lines = lines::read(&page.text);
    let outline = outline::read(&lines);
    let flat = outline.comments.is_empty() && flat::is_flat(&lines);
    let above = match flat {
        true => flat::preamble(&lines),
        false => outline.preamble,
    };
    let preamble = preamble::read(&lines[..above]);
    let title = preamble.title.as_deref();
    if outline.comments.is_empty() && !outline.footer && title.is_none() {
        let remedy = "check that the whole forum page was saved, with the indent of its lines";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no comment").remedy(remedy));
    }
    let mut builder = ThreadBuilder::new(SOURCE.id(), register::thread_id(title));
    builder.title(preamble.title.clone());
    builder.article(preamble.article());
    page.warn_if_damaged(&mut builder);
    let headlines = lines
        .iter()
        .filter(|line| register::headline(line.text).is_some());
    if headlines.count() > 1 {
        let message = "the input holds more than one page, and they cannot be told apart for sure; give each as a file of its own";
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    if flat {
        flat::read(&lines[above..], &mut builder);
    } else {
        warn_if_partial(&outline, &preamble, &mut builder);
        push_comments(&lines, &outline.comments, &mut builder);
    }
    Ok(builder.build())
}

/// Warns if comments of the thread are on other pages.
fn warn_if_partial(outline: &Outline, preamble: &Preamble, builder: &mut ThreadBuilder) {
    let mut signs = Vec::new();
    if let Some(first) = outline.comments.first()
        && (first.depth > 0 || first.number > 1)
    {
        let (number, depth) = (first.number, first.depth);
        signs.push(format!(
            "the page begins in the middle of a thread, with number {number} of a list at depth {depth}"
        ));
    }
    if preamble.torn {
        signs.push("words of an earlier comment stand before the first number".to_owned());
    }
    if preamble.paged {
        signs.push("the page links to other pages of the thread".to_owned());
    }
    if !signs.is_empty() {
        builder.warn(codes::PARTIAL_CAPTURE, signs.join("; "), None);
    }
}

/// Adds the comments in document order, with their numbers in it as ids.
fn push_comments(lines: &[Line<'_>], items: &[Item], builder: &mut ThreadBuilder) {
    let mut posts: Vec<_> = items.iter().map(|item| Post::new(lines, item)).collect();
    titles::settle(items, &mut posts);
    let lost = titles::lost(items, &posts);
    for (at, (item, post)) in items.iter().zip(posts).enumerate() {
        let id = (at + 1).to_string();
        let parent = match item.parent {
            Some(parent) => ParentRef::Id((parent + 1).to_string()),
            None if item.depth == 0 => ParentRef::Root,
            None => {
                let message = format!("comment `{id}` answers a comment on an earlier page");
                builder.warn(codes::PARTIAL_CAPTURE, message, Some(CommentIdx::new(at)));
                let depth = item.depth;
                ParentRef::Missing { id: None, depth }
            }
        };
        let body = post.body();
        builder.push(Draft {
            id,
            parent,
            title: post.title.or(lost[at]).map(str::to_owned),
            author: post.author,
            state: post.state,
            body,
            ..Draft::default()
        });
    }
}

#[cfg(test)]
mod tests;
