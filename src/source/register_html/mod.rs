//! The Register's threads as HTML: the forum's own pages, of 2010 and later.
//!
//! The board has changed its markup more than once, so every fact is sought in several places, the
//! surest first. [`nesting`] finds the posts and which stands below which, [`post`] reads one of them,
//! [`frame`] what stands around them. Where a post names the post it answers, that counts more than
//! where it stands.

mod frame;
mod nesting;
mod post;

use super::{
    Feature, Page, Source, Threads, Witness,
    markup::has_class,
    page,
    recognize::{self, lives_at},
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html,
    thread::{CommentIdx, ParentRef, State, Thread, ThreadBuilder, codes},
};
use frame::Frame;
use nesting::Mark;
use post::Post;
use std::{collections::HashSet, io::BufRead};

pub(super) static SOURCE: RegisterHtml = RegisterHtml;

/// See the module.
#[derive(Debug)]
pub(super) struct RegisterHtml;

impl Source for RegisterHtml {
    fn id(&self) -> &'static str {
        "register-html"
    }

    fn summary(&self) -> &'static str {
        "a forum page of The Register as HTML"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::html(head).is_some_and(|page| is_register(&page))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// Whether HTML is a page of the board: it has the board's list of posts, or says where it lives. That
/// a page links to the board means nothing.
fn is_register(page: &str) -> bool {
    let has_id = |id: &str| {
        let mut found = page.match_indices(id);
        found.any(|(at, _)| page[..at].trim_end_matches(['"', '\'']).ends_with("id="))
    };
    let hosts = ["forums.theregister.com", "forums.theregister.co.uk"];
    let lives_there = || hosts.iter().any(|host| lives_at(page, host));
    has_id("forum_posts") || has_id("main-col") && has_id("c_") || lives_there()
}

fn read(page: &Page) -> Result<Thread> {
    let (html, flattened) = html::parse_document(&page.text);
    let root = html.root_element();
    let with_id = |id| {
        let mut elements = root.descendent_elements();
        elements.find(|element| element.value().id() == Some(id))
    };
    let container = with_id("forum_posts").or_else(|| with_id("main-col"));
    let mark = Mark::of(container.unwrap_or(root));
    let places = nesting::places(container.unwrap_or(root), mark);
    if places.is_empty() && container.is_none() {
        let remedy = "check that the forum page itself was saved, not the article";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no comment").remedy(remedy));
    }
    let posts: Vec<_> = places
        .iter()
        .map(|place| Post::read(place.element, mark))
        .collect();
    let frame = Frame::read(root, mark);
    let address = posts.iter().find_map(Post::thread_url);
    let mut builder = frame.start(SOURCE.id(), address);
    page.warn_if_damaged(&mut builder);
    if flattened {
        let message = "the page nests too deeply to be read as it is; comments far inside may have \
                       lost the comment they answer";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    let mut nested: Vec<_> = places.iter().map(|place| place.parent).collect();
    if flattened && posts.iter().any(|post| post.answered.is_some()) {
        // The links tell all, and where a post stands may be our own doing.
        nested.fill(None);
    }
    push_comments(posts, &nested, &mut builder);
    Ok(builder.build())
}

/// Adds the comments in document order.
fn push_comments(posts: Vec<Post<'_>>, nested: &[Option<usize>], builder: &mut ThreadBuilder) {
    let on_board: HashSet<String> = posts.iter().filter_map(|post| post.id.clone()).collect();
    let ids: Vec<String> = posts
        .iter()
        .enumerate()
        .map(|(at, post)| post.id.clone().unwrap_or_else(|| (at + 1).to_string()))
        .collect();
    for (at, post) in posts.into_iter().enumerate() {
        let idx = Some(CommentIdx::new(at));
        let id = &ids[at];
        // The board gives deleted posts no link of their own.
        if post.id.is_none() && post.state == State::Live && !on_board.is_empty() {
            let message = format!("comment {id} has no link of its own; it is called `{id}`");
            builder.warn(codes::MISSING_ID, message, idx);
        }
        let above = nested[at].map(|above| &ids[above]);
        let parent = match (&post.answered, above) {
            (None, None) => ParentRef::Root,
            (None, Some(above)) => ParentRef::Id(above.clone()),
            // A deleted post has lost the id that its replies name, and keeps its place above them.
            (Some(answered), Some(above))
                if !on_board.contains(answered) && !on_board.contains(above) =>
            {
                ParentRef::Id(above.clone())
            }
            (Some(answered), above) => {
                if let Some(above) = above.filter(|above| *above != answered) {
                    let message = format!(
                        "comment `{id}` links to `{answered}` as what it answers and stands below `{above}`; the link was followed"
                    );
                    builder.warn(codes::PARENT_CONFLICT, message, idx);
                }
                ParentRef::Id(answered.clone())
            }
        };
        if let Some(time) = &post.bad_time {
            let message = format!("comment `{id}` has the time `{time}`, which is none");
            builder.warn(codes::BAD_VALUE, message, idx);
        }
        builder.push(post.draft(id.clone(), parent));
    }
}

#[cfg(test)]
mod tests;
