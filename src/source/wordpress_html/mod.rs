//! Pages of WordPress blogs, of any theme: nested lists of comments, and flat ones.
//!
//! [`nesting`] finds the comments and which stands below which, [`comment`] reads one of them, [`words`]
//! knows what themes write around them, [`frame`] reads the rest of the page. WordPress nests no deeper
//! than it is told to, and blogs without threads not at all: there the names that a comment addresses and
//! the words that it quotes show what it answers.

mod classes;
mod comment;
mod frame;
mod nesting;
mod words;

use super::{Feature, Page, Source, Threads, Witness, inferred, page, recognize};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html,
    thread::{CommentIdx, CommentKind, Draft, ParentRef, Thread, ThreadBuilder, codes},
};
use comment::Read;
use frame::Frame;
use nesting::{Above, Place};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    io::BufRead,
};

pub(super) static SOURCE: WordpressHtml = WordpressHtml;

/// See the module.
#[derive(Debug)]
pub(super) struct WordpressHtml;

impl Source for WordpressHtml {
    fn id(&self) -> &'static str {
        "wordpress-html"
    }

    fn summary(&self) -> &'static str {
        "a WordPress post with its comments as HTML"
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
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::html(head).is_some_and(|page| is_wordpress(&page))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// Whether HTML is made by WordPress: it says so, loads parts of it, or has its lists of comments. That a
/// page shows a picture of such a site means nothing.
fn is_wordpress(page: &str) -> bool {
    let mut tags = page
        .split('<')
        .map(|tag| tag.split('>').next().unwrap_or_default());
    tags.any(|tag| {
        let tag = tag.to_ascii_lowercase();
        let is = |name: &str| {
            tag.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(char::is_whitespace))
        };
        let loads = || tag.contains("/wp-content/") || tag.contains("/wp-includes/");
        let loads_style = || tag.contains("stylesheet") && loads();
        let is_api = || tag.contains("api.w.org") || tag.contains("/xmlrpc.php");
        let is_comment = || {
            let has = |word: &str| tag.contains(word);
            has("comment-")
                && has("depth-")
                && (has("thread-even") || has("thread-odd") || has("byuser"))
        };
        is("meta") && tag.contains("generator") && tag.contains("wordpress")
            || is("link") && (loads_style() || is_api())
            || is("script") && loads()
            || is("body") && (tag.contains("postid-") || tag.contains("wp-"))
            || (is("ol") || is("ul") || is("div")) && tag.contains("wp-block-comment-template")
            || (is("li") || is("div") || is("article")) && is_comment()
            || is("a") && tag.contains("comment-reply-link") && tag.contains("replytocom=")
    })
}

fn read(page: &Page) -> Result<Thread> {
    let (html, flattened) = html::parse_document(&page.text);
    let root = html.root_element();
    let places = nesting::places(root, flattened);
    let frame = Frame::read(root);
    if places.is_empty() && (!frame.has_comments || frame.service.is_some()) {
        return Err(no_comments(frame.service));
    }
    let mut builder = frame.start(SOURCE.id(), &pages_of(&places));
    page.warn_if_damaged(&mut builder);
    if flattened {
        let message = "the page nests too deeply to be read as it is; comments far inside may have \
                       lost the comment they answer";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    let comments: Vec<_> = places.iter().map(comment::read).collect();
    let above: Vec<_> = places.iter().map(|place| place.above.clone()).collect();
    let (mut drafts, links) = drafts(comments, &above, &mut builder);
    let open = open_comments(&drafts, &links);
    let may_answer = |reply: usize, earlier: usize| {
        let above = links[reply].above;
        above.is_none() || above == Some(earlier) || above == links[earlier].above
    };
    inferred::parents(&mut drafts, frame.text(), |at| open[at], may_answer).warn(&mut builder);
    for draft in drafts {
        builder.push(draft);
    }
    Ok(builder.build())
}

fn no_comments(service: Option<&str>) -> Error {
    let (cause, remedy) = match service {
        Some(service) => (
            format!("the page holds no comment; they are kept by {service}"),
            "give an export or an answer of that service",
        ),
        None => (
            "the page holds no comment".to_owned(),
            "check that the page of a post was saved, with its comments shown",
        ),
    };
    Error::new(ErrorKind::Malformed, cause).remedy(remedy)
}

/// Numbers of the pages of comments on which the comments' own links say that they are.
fn pages_of(places: &[Place<'_>]) -> BTreeSet<String> {
    let parts = places.iter().flat_map(|place| &place.parts);
    let links = parts.filter_map(|part| part.element.attr("href"));
    let own = links.filter(|href| href.contains("#comment-"));
    own.filter_map(frame::page_number)
        .map(str::to_owned)
        .collect()
}

/// How a comment stands on the page.
#[derive(Debug, Clone, Copy)]
struct Link {
    /// The comment above it.
    above: Option<usize>,
    depth: usize,
    has_reply_link: bool,
    /// Whether the comment itself says what it answers.
    is_stated: bool,
}

/// The comments in document order with their parents as the page shows them. What a page shows twice is
/// read once.
fn drafts(
    comments: Vec<Read>,
    above: &[Above],
    builder: &mut ThreadBuilder,
) -> (Vec<Draft>, Vec<Link>) {
    let any_id = comments.iter().any(|comment| !comment.draft.id.is_empty());
    let ids: Vec<String> = comments
        .iter()
        .enumerate()
        .map(|(at, comment)| match comment.draft.id.as_str() {
            "" => (at + 1).to_string(),
            id => id.to_owned(),
        })
        .collect();
    let on_page: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut links: Vec<Link> = Vec::new();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (at, comment) in comments.into_iter().enumerate() {
        let id = ids[at].as_str();
        let is_shown = |&earlier: &usize| drafts[earlier].body == comment.draft.body;
        if first.get(id).is_some_and(is_shown) {
            continue;
        }
        if comment.draft.id.is_empty() && any_id {
            let message = format!("comment {} has no id; it is called `{id}`", at + 1);
            builder.warn(
                codes::MISSING_ID,
                message,
                Some(CommentIdx::new(drafts.len())),
            );
        }
        let stated = comment
            .answered
            .filter(|answered| on_page.contains(answered.as_str()) || above[at] == Above::Article);
        let is_stated = stated.is_some();
        let parent = match (stated, &above[at]) {
            (Some(answered), _) => ParentRef::Id(answered),
            (None, Above::Comment(above)) => ParentRef::Id(ids[*above].clone()),
            (None, Above::Named(id)) => ParentRef::Id(id.clone()),
            (None, Above::Lost(depth)) => ParentRef::Missing {
                id: None,
                depth: *depth,
            },
            (None, Above::Article) => ParentRef::Root,
        };
        let above = match &parent {
            ParentRef::Id(parent) => first.get(parent.as_str()).copied(),
            _ => None,
        };
        links.push(Link {
            above,
            depth: above.map_or(0, |above| links[above].depth + 1),
            has_reply_link: comment.has_reply_link,
            is_stated,
        });
        first.entry(id).or_insert(drafts.len());
        drafts.push(Draft {
            id: id.to_owned(),
            parent,
            ..comment.draft
        });
    }
    (drafts, links)
}

/// Says for every comment whether it may answer another one than the page shows: on blogs without threads,
/// and at the depth at which a blog offers no link to reply any more.
fn open_comments(drafts: &[Draft], links: &[Link]) -> Vec<bool> {
    let deepest = links.iter().map(|link| link.depth).max().unwrap_or(0);
    let offers_reply = |link: &&Link| link.has_reply_link;
    let any_reply = links.iter().find(offers_reply).is_some();
    let mut lowest = links.iter().filter(|link| link.depth == deepest);
    let is_capped = match deepest {
        0 => !any_reply,
        1 => false,
        _ if any_reply => !lowest.any(|link| link.has_reply_link),
        // Without links the depths that WordPress suggests and allows at most are the sign.
        _ => matches!(deepest, 4 | 9),
    };
    let is_open = |(draft, link): (&Draft, &Link)| {
        let is_comment = draft.kind == CommentKind::Comment;
        is_capped && link.depth == deepest && is_comment && !link.is_stated
    };
    drafts.iter().zip(links).map(is_open).collect()
}

#[cfg(test)]
mod tests;
