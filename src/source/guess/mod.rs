//! Any other page of HTML: what on it repeats like comments is taken for comments.
//!
//! [`group`] finds the elements, [`signs`] holds what tells comments, authors, times and texts, [`place`]
//! finds which answers which, and [`comment`] reads one. Every thread has a warning that says what was
//! taken for a comment. A page on which nothing repeats so is refused: an article is no thread.

mod comment;
mod group;
mod place;
mod signs;

use super::{
    Feature, Page, Source, Threads, Witness, inferred, linked,
    markup::{address, selector, words},
    page, recognize, register,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html,
    thread::{Article, Draft, ParentRef, Thread, ThreadBuilder, codes},
};
use place::Parent;
use scraper::Selector;
use std::{collections::HashSet, io::BufRead, sync::LazyLock};

pub(super) static SOURCE: Guess = Guess;

/// See the module.
#[derive(Debug)]
pub(super) struct Guess;

impl Source for Guess {
    fn id(&self) -> &'static str {
        "guess"
    }

    fn summary(&self) -> &'static str {
        "any page of HTML: what repeats like comments on it"
    }

    fn reads(&self) -> &'static [Feature] {
        &[Feature::Tree, Feature::Authors, Feature::Times]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let Some(page) = recognize::html(head) else {
            return false;
        };
        let page = page.get(..4096).unwrap_or(&page).to_ascii_lowercase();
        let signs = ["<!doctype html", "<html", "<head", "<body"];
        !page.starts_with("<?xml") && signs.iter().any(|sign| page.contains(sign))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

static HEADING: LazyLock<Selector> = LazyLock::new(|| selector("h1"));
static TITLE: LazyLock<Selector> = LazyLock::new(|| selector("head > title"));

fn read(page: &Page) -> Result<Thread> {
    let (document, flattened) = html::parse_document(&page.text);
    let root = document.root_element();
    let Some(group) = group::comments(root) else {
        let cause = "no source recognizes the page, and nothing on it repeats like comments";
        let remedy =
            "check that the page was saved with its comments, or name its source with --source";
        return Err(Error::new(ErrorKind::UnknownSource, cause).remedy(remedy));
    };
    let members: HashSet<_> = group.elements.iter().map(|element| element.id()).collect();
    let mut drafts: Vec<Draft> = group
        .elements
        .iter()
        .map(|element| comment::read(*element, |inner| members.contains(&inner.id())))
        .collect();
    let url = address(root);
    let title = words(root, &HEADING).or_else(|| words(root, &TITLE));
    let made = || register::thread_id(Some(title.as_deref().unwrap_or("thread")));
    let id = url.as_deref().map(linked::plain).unwrap_or_else(made);
    let mut builder = ThreadBuilder::new(SOURCE.id(), id);
    page.warn_if_damaged(&mut builder);
    let parents = place::parents(root, &group.elements);
    let is_flat = parents.iter().all(|parent| *parent == Parent::None);
    let message = format!(
        "the board is not known; each of the {} elements `{}` was taken for a comment, {}{}",
        drafts.len(),
        group.mark,
        match is_flat {
            true => "and the page does not show which answers which",
            false => "which answers which was taken from where they stand",
        },
        match flattened {
            true => "; the page nests too deeply to be read as it is",
            false => "",
        }
    );
    builder.warn(codes::GUESSED_STRUCTURE, message, None);
    let article = Article {
        title: title.clone(),
        url: url.clone(),
        text: None,
    };
    builder.url(url).title(title);
    builder.article((article != Article::default()).then_some(article));
    set_parents(&mut drafts, parents);
    if is_flat {
        inferred::parents(&mut drafts, None, |_| true, |_, _| true).warn(&mut builder);
    }
    for draft in drafts {
        builder.push(draft);
    }
    Ok(builder.build())
}

/// Gives each draft its parent; one without an id, or with another's, is called by its number.
fn set_parents(drafts: &mut [Draft], parents: Vec<Parent>) {
    let mut taken = HashSet::new();
    for (at, draft) in drafts.iter_mut().enumerate() {
        if draft.id.is_empty() || !taken.insert(draft.id.clone()) {
            let mut id = (at + 1).to_string();
            while !taken.insert(id.clone()) {
                id.push('~');
            }
            draft.id = id;
        }
    }
    let ids: Vec<String> = drafts.iter().map(|draft| draft.id.clone()).collect();
    for (draft, parent) in drafts.iter_mut().zip(parents) {
        draft.parent = match parent {
            Parent::Comment(above) => ParentRef::Id(ids[above].clone()),
            Parent::Named(id) => ParentRef::Id(id),
            Parent::None => ParentRef::Root,
        };
    }
}

#[cfg(test)]
mod tests;
