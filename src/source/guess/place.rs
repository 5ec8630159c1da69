//! Which comment each comment of an unknown page answers: by what it names, by where it stands, by how far
//! it is moved to the right.

use super::super::markup::attr;
use crate::text::html::{Step, walk};
use scraper::ElementRef;
use std::collections::HashMap;

/// What shows a comment's parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parent {
    /// The comment at this place in the list.
    Comment(usize),
    /// The comment with this id.
    Named(String),
    None,
}

/// An open element that comments can stand in.
enum Holder {
    /// A comment; all in it answers it.
    Comment(usize),
    /// A list whose comments answer `above`.
    List {
        above: Option<usize>,
        last: Option<usize>,
    },
}

/// The parents of `comments`, elements of the page `root` in order.
pub(super) fn parents(root: ElementRef<'_>, comments: &[ElementRef<'_>]) -> Vec<Parent> {
    let mut parents = nested(root, comments);
    if parents.iter().all(|parent| *parent == Parent::None) {
        parents = by_depth(comments);
    }
    for (parent, comment) in parents.iter_mut().zip(comments) {
        if let Some(name) = named(*comment) {
            *parent = name;
        }
    }
    parents
}

/// By where they stand: in another, or in a list right behind it.
fn nested(root: ElementRef<'_>, comments: &[ElementRef<'_>]) -> Vec<Parent> {
    let places: HashMap<_, usize> = comments
        .iter()
        .enumerate()
        .map(|(at, comment)| (comment.id(), at))
        .collect();
    let mut parents = vec![Parent::None; comments.len()];
    let mut open: Vec<Holder> = Vec::new();
    walk(root, |step| {
        match step {
            Step::Open(element) => {
                if let Some(&at) = places.get(&element.id()) {
                    let above = match open.last_mut() {
                        None => None,
                        Some(Holder::Comment(outer)) => Some(*outer),
                        Some(Holder::List { above, last }) => {
                            *last = Some(at);
                            *above
                        }
                    };
                    parents[at] = above.map_or(Parent::None, Parent::Comment);
                    open.push(Holder::Comment(at));
                } else if is_list(element) {
                    let above = match open.last() {
                        Some(Holder::Comment(comment)) => Some(*comment),
                        Some(Holder::List { above, last }) => last.or(*above),
                        None => None,
                    };
                    open.push(Holder::List { above, last: None });
                }
            }
            Step::Close(element) => {
                if places.contains_key(&element.id()) || is_list(element) {
                    open.pop();
                }
            }
            Step::Text(_) => {}
        }
        true
    });
    parents
}

/// Whether an element is a list, or is marked as one of replies.
fn is_list(element: ElementRef<'_>) -> bool {
    let words = ["children", "replies", "nested", "subcomment", "thread"];
    matches!(element.value().name(), "ol" | "ul" | "dl")
        || element.value().classes().any(|class| {
            words
                .iter()
                .any(|word| class.to_ascii_lowercase().contains(word))
        })
}

/// By a depth that the page writes at each: a comment answers the last one before it that is less deep.
fn by_depth(comments: &[ElementRef<'_>]) -> Vec<Parent> {
    let mut open: Vec<(u64, usize)> = Vec::new();
    let mut parents = Vec::with_capacity(comments.len());
    for (at, comment) in comments.iter().enumerate() {
        let depth = depth(*comment).unwrap_or(0);
        while open.last().is_some_and(|(above, _)| *above >= depth) {
            open.pop();
        }
        parents.push(
            open.last()
                .map_or(Parent::None, |(_, above)| Parent::Comment(*above)),
        );
        open.push((depth, at));
    }
    parents
}

fn depth(comment: ElementRef<'_>) -> Option<u64> {
    let stated = ["data-depth", "data-level", "data-indent", "aria-level"];
    let stated = stated
        .iter()
        .find_map(|name| attr(comment, name)?.parse().ok());
    let in_class = || {
        comment.value().classes().find_map(|class| {
            let word = class.trim_end_matches(|c: char| c.is_ascii_digit());
            let is_depth = ["depth", "level", "indent", "lvl"]
                .iter()
                .any(|name| word.to_ascii_lowercase().contains(name));
            class[word.len()..].parse().ok().filter(|_| is_depth)
        })
    };
    let moved = || {
        let style = attr(comment, "style")?;
        let (_, rest) = style
            .split_once("margin-left")
            .or_else(|| style.split_once("padding-left"))?;
        let number = rest.trim_start_matches([':', ' ']);
        let end = number.bytes().take_while(u8::is_ascii_digit).count();
        number[..end].parse().ok()
    };
    stated.or_else(in_class).or_else(moved)
}

/// By the id that the page writes at it.
fn named(comment: ElementRef<'_>) -> Option<Parent> {
    let names = [
        "data-parent-id",
        "data-parent",
        "data-parentid",
        "data-reply-to",
        "data-in-reply-to",
    ];
    let name = names.iter().find_map(|name| attr(comment, name))?;
    let name = super::comment::bare(name);
    Some(match name {
        "" | "0" | "null" | "none" | "root" => Parent::None,
        name => Parent::Named(name.to_owned()),
    })
}
