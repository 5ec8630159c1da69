//! What all forms of a Discourse topic share: cooked texts, their quotations, notices, actions.
//!
//! A post's id here is its number in the topic, since that alone stands in every form: the JSON answers
//! also have a number that runs through the whole board, and the pages for crawlers do not.

use super::{
    forum::{self, Post, Quote},
    markup::{attr, has_class},
};
use crate::{
    text::{
        BlockKind, Body,
        html::{self, Role},
    },
    thread::{ParentRef, State},
};
use scraper::ElementRef;
use std::collections::HashSet;

/// The text of a cooked post.
pub(super) fn text(cooked: ElementRef<'_>) -> Body {
    html::body_with(cooked, |element| {
        if is_noise(element) {
            Role::Skip
        } else if has_class(element, "title") && above(element).is_some_and(is_quote) {
            Role::As(BlockKind::Attribution)
        } else {
            Role::Usual
        }
    })
}

/// The quotations of a cooked post; those of other topics say nothing of this one.
pub(super) fn quotes(cooked: ElementRef<'_>, topic: Option<&str>) -> Vec<Quote> {
    let quotes = forum::quotes(cooked, |element| origin(element, topic), is_noise);
    let says = |quote: &Quote| quote.post.is_some() || quote.author.is_some();
    quotes.into_iter().filter(says).collect()
}

fn above(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    element.parent().and_then(ElementRef::wrap)
}

fn is_quote(element: ElementRef<'_>) -> bool {
    element.value().name() == "aside" && has_class(element, "quote")
}

fn origin(element: ElementRef<'_>, topic: Option<&str>) -> Option<Quote> {
    if !is_quote(element) {
        return None;
    }
    let of = attr(element, "data-topic");
    if of.is_some() && topic.is_some() && of != topic {
        return Some(Quote::default());
    }
    Some(Quote {
        post: attr(element, "data-post").map(str::to_owned),
        author: attr(element, "data-username").map(str::to_owned),
        answered: false,
    })
}

/// What is no part of a text: buttons, counts of clicks, sizes of pictures, what a link's target says of
/// itself beyond its name.
fn is_noise(element: ElementRef<'_>) -> bool {
    const NOISE: [&str; 8] = [
        "quote-controls",
        "onebox-body",
        "onebox-metadata",
        "clicks",
        "meta",
        "cooked-selection-barrier",
        "codeblock-button-wrapper",
        "post-replies",
    ];
    // On embedded pages the author's name leads the text.
    let is_name = element.value().name() == "h3" && has_class(element, "username");
    is_name
        || NOISE.iter().any(|class| has_class(element, class))
        || element.value().name() == "summary"
            && above(element).is_some_and(|e| has_class(e, "elided"))
}

/// What a text that the board puts in place of a post's own says of it, in English.
pub(super) fn notice(text: &str) -> Option<State> {
    let begins = |notices: &[&str]| notices.iter().any(|notice| text.starts_with(notice));
    if begins(&[
        "(post deleted by author",
        "(post withdrawn by author",
        "(topic deleted by author",
    ]) {
        Some(State::Deleted)
    } else if begins(&["This post was flagged by the community and is temporarily hidden"]) {
        Some(State::Hidden)
    } else {
        None
    }
}

/// Leaves out the board's own notes that a topic was closed, pinned or moved, unless a post answers one.
pub(super) fn without_actions(posts: Vec<(Post, bool)>) -> Vec<Post> {
    let mut answered = HashSet::new();
    for (post, _) in &posts {
        if let ParentRef::Id(id) = &post.draft.parent {
            answered.insert(id.clone());
        }
        answered.extend(post.quotes.iter().filter_map(|quote| quote.post.clone()));
    }
    let kept = posts
        .into_iter()
        .filter(|(post, is_action)| !is_action || answered.contains(&post.draft.id));
    kept.map(|(post, _)| post).collect()
}
