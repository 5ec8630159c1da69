//! Threads of old.reddit.com as plain text: what a text browser or an extractor makes of a page.
//!
//! A comment begins with a line such as `[–]name 38 points39 points  (14 children)`. The indent is gone;
//! the number of children counts all comments below one, and comments come before their replies, so that
//! the counts tell the tree, wherever they fit ([`tree`]). [`header`] reads the lines that begin a
//! comment or stand for others.

mod header;
mod tree;

use super::{
    Feature, Page, Source, Threads, Witness, page, recognize,
    reddit::{badge, state_of},
    register,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::plain,
    thread::{
        Article, Author, CommentIdx, Draft, ParentRef, Score, State, Thread, ThreadBuilder, codes,
    },
};
use header::{Header, Line};
use std::io::BufRead;
use tree::{Place, Shape};

pub(super) static SOURCE: RedditText = RedditText;

/// See the module.
#[derive(Debug)]
pub(super) struct RedditText;

impl Source for RedditText {
    fn id(&self) -> &'static str {
        "reddit-text"
    }

    fn summary(&self) -> &'static str {
        "a page of old.reddit.com as plain text"
    }

    fn reads(&self) -> &'static [Feature] {
        use Feature::{Authors, Deleted, Scores, Tree};
        &[Tree, Authors, Scores, Deleted]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let text = recognize::text(head);
        if text.contains('\0') || text.starts_with(['<', '{']) {
            return false;
        }
        let headers = text.lines().filter_map(|line| match header::read(line) {
            Line::Comment(header) => Some(header),
            _ => None,
        });
        // One line with a count is enough, as no other board has it; without it, two lines are.
        headers
            .take(1000)
            .map(|header| if header.below.is_some() { 2 } else { 1 })
            .sum::<usize>()
            >= 2
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// A comment or a stub, with the lines below the one that begins it.
struct Item<'a> {
    line: Line<'a>,
    below: &'a str,
}

fn read(page: &Page) -> Result<Thread> {
    let (above, items) = items(&page.text);
    if items.is_empty() {
        let remedy = "save the text of the whole page, with the lines that name authors and points";
        return Err(Error::new(ErrorKind::Malformed, "the text holds no comment").remedy(remedy));
    }
    let title = title(above);
    let mut builder = ThreadBuilder::new(SOURCE.id(), register::thread_id(title.as_deref()));
    if let Some(title) = title {
        builder.title(Some(title.clone())).article(Some(Article {
            title: Some(title),
            ..Article::default()
        }));
    }
    page.warn_if_damaged(&mut builder);
    let (bodies, shapes): (Vec<_>, Vec<_>) = items.iter().map(parts).unzip();
    let places = tree::places(&shapes);
    for (at, (item, body)) in items.iter().zip(bodies).enumerate() {
        builder.push(draft(at, item, body, &places[at]));
    }
    warn(&shapes, &places, &mut builder);
    Ok(builder.build())
}

/// Says where the counts do not fit.
fn warn(shapes: &[Shape], places: &[Place], builder: &mut ThreadBuilder) {
    let lost = places
        .iter()
        .filter(|place| matches!(place, Place::Unknown { .. }))
        .count();
    if lost > 0 {
        let message = match shapes
            .iter()
            .any(|shape| matches!(shape, Shape::Comment { below: Some(_), .. }))
        {
            true => "the numbers of children do not fit the comments",
            false => "the text has no numbers of children",
        };
        let message = format!("{message}; for {lost} comments it is not known what they answer");
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    for (at, place) in places.iter().enumerate() {
        if let Place::Below { short, .. } | Place::Root { short } | Place::Unknown { short, .. } =
            place
            && *short > 0
        {
            let number = at + 1;
            let message = format!(
                "comment `{number}` has {short} comments below it that the text does not show"
            );
            builder.warn(codes::PARTIAL_CAPTURE, message, Some(CommentIdx::new(at)));
        }
    }
}

/// The text before the first comment, and the comments and stubs.
fn items(text: &str) -> (&str, Vec<Item<'_>>) {
    let mut begins: Vec<(usize, usize, Line<'_>)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let read = header::read(line);
        if !matches!(read, Line::Other) {
            begins.push((at, at + line.len(), read));
        }
        at += line.len();
    }
    let above = &text[..begins.first().map_or(text.len(), |begin| begin.0)];
    let ends: Vec<usize> = begins
        .iter()
        .skip(1)
        .map(|begin| begin.0)
        .chain([text.len()])
        .collect();
    let items = begins
        .into_iter()
        .zip(ends)
        .map(|((_, from, line), to)| Item {
            line,
            below: &text[from..to],
        });
    (above, items.collect())
}

/// An item's own words, and what it tells of the tree.
fn parts<'a>(item: &Item<'a>) -> (&'a str, Shape) {
    match &item.line {
        Line::Comment(header) => {
            let (words, is_reply) = words(item.below);
            let (below, folded) = (header.below, header.folded);
            (
                words,
                Shape::Comment {
                    below,
                    folded,
                    is_reply,
                },
            )
        }
        Line::More(count) => ("", Shape::More(*count)),
        Line::Deep | Line::Other => ("", Shape::Deep),
    }
}

/// The words above the links that end a comment, and whether these say that it answers another one.
fn words(below: &str) -> (&str, Option<bool>) {
    let mut at = 0;
    let mut found = None;
    for line in below.split_inclusive('\n') {
        if header::is_links(line) && line.trim().starts_with("permalink") {
            found = Some(at);
        }
        at += line.len();
    }
    let Some(end) = found else {
        return (below, None);
    };
    let mut links = below[end..]
        .lines()
        .take_while(|line| line.trim().is_empty() || header::is_links(line));
    (&below[..end], Some(links.any(header::names_parent)))
}

fn draft(at: usize, item: &Item<'_>, words: &str, place: &Place) -> Draft {
    let id = (at + 1).to_string();
    let parent = match *place {
        Place::Root { .. } => ParentRef::Root,
        Place::Below { parent, .. } => ParentRef::Id((parent + 1).to_string()),
        Place::Unknown { depth, .. } => ParentRef::Missing { id: None, depth },
    };
    let Line::Comment(header) = &item.line else {
        return Draft {
            id,
            parent,
            state: State::Unresolved,
            ..Draft::default()
        };
    };
    let (state, body) = state_of(plain::body(
        words.trim_end().trim_start_matches(['\n', '\r']),
    ));
    let state = match state {
        State::Live if header.folded => State::Collapsed,
        state => state,
    };
    Draft {
        id,
        parent,
        author: author(header),
        score: header.points.map(Score::of_points),
        state,
        body,
        ..Draft::default()
    }
}

fn author(header: &Header<'_>) -> Option<Author> {
    let has = |mark: char| header.marks.contains(mark);
    let marks = badge(&[
        (has('A'), "admin"),
        (has('M'), "moderator"),
        (has('S'), "submitter"),
    ]);
    super::reddit::author(header.name, None, marks)
}

/// The headline: the line above "submitted 5 years ago by name", without the site behind it.
fn title(above: &str) -> Option<String> {
    let mut last = None;
    for line in above.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("submitted ") && line.contains(" by ") {
            let title: &str = last?;
            let site = title.rfind(" (").filter(|_| title.ends_with(')'));
            return Some(title[..site.unwrap_or(title.len())].trim().to_owned());
        }
        last = Some(line);
    }
    None
}

#[cfg(test)]
mod tests;
