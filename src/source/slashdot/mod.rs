//! Slashdot's stories with their comments, and the pages of other boards that run its software.
//!
//! A comment is a list item `tree_N` that holds the list of its replies. Those beneath the reader's
//! threshold are items without content, so their place is known and their text is not; a script of the
//! page ([`script`]) tells their headlines and scores. In 2006 the items had the same parts and no script,
//! before that comments were rows of tables ([`table`]).
//! The board writes times in the reader's own zone without naming it; they are read as they stand.

mod comment;
mod script;
mod story;
mod table;

use super::{
    Feature, Page, Source, Threads, Witness, page,
    recognize::{self, lives_at},
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html,
    thread::{Draft, ParentRef, State, Thread, ThreadBuilder, codes},
};
use comment::Found;
use script::Script;
use std::{collections::HashSet, io::BufRead};
use story::Story;

pub(super) static SOURCE: Slashdot = Slashdot;

/// See the module.
#[derive(Debug)]
pub(super) struct Slashdot;

impl Source for Slashdot {
    fn id(&self) -> &'static str {
        "slashdot"
    }

    fn summary(&self) -> &'static str {
        "a story of Slashdot, or a page of its comments, as HTML"
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
        recognize::html(head).is_some_and(|page| {
            lives_at(&page, "slashdot.org")
                || page.contains("id=\"commentlisting\"")
                    && (page.contains("id=\"comment_top_") || page.contains("id=\"tree_"))
                || is_titled(&page) && page.contains("comments.pl?sid=") && page.contains("(Score:")
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// Whether the board's name stands in the page's title.
fn is_titled(page: &str) -> bool {
    let lower = page.to_ascii_lowercase();
    let title = lower.split_once("<title>").map(|(_, rest)| rest);
    let title = title.and_then(|rest| rest.split('<').next());
    title.is_some_and(|title| title.contains("slashdot"))
}

fn read(page: &Page) -> Result<Thread> {
    let (html, flattened) = html::parse_document(&page.text);
    let root = html.root_element();
    let found = comment::find(root);
    let story = Story::read(root);
    let rows = match found.is_empty() && !story.has_list {
        true => table::drafts(root),
        false => Vec::new(),
    };
    if found.is_empty() && !story.has_list && rows.is_empty() {
        let remedy = "save a story or a page of its comments, not a list of stories";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no comment").remedy(remedy));
    }
    let script = Script::read(&page.text);
    let year = story.year();
    let mut builder = story.start(SOURCE.id(), script.discussion.as_deref());
    page.warn_if_damaged(&mut builder);
    if flattened {
        let message = "the page nests too deeply to be read as it is; comments far inside may have \
                       lost the comment they answer";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    if script.more > 0 {
        let message = format!("the page says that {} more comments exist", script.more);
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    for draft in rows {
        builder.push(draft);
    }
    push_comments(&found, &script, year.as_deref(), flattened, &mut builder);
    Ok(builder.build())
}

/// Adds the comments in document order, and behind them the stubs of replies that the page only counts.
fn push_comments(
    found: &[Found<'_>],
    script: &Script<'_>,
    year: Option<&str>,
    flattened: bool,
    builder: &mut ThreadBuilder,
) {
    let on_page: HashSet<&str> = found.iter().map(|found| found.id).collect();
    for comment in found {
        let id = comment.id;
        let told = comment.parent_link().or_else(|| script.parent(id));
        let nested = comment.parent.map(|parent| found[parent].id);
        let mut conflict = None;
        let parent = match (told, nested) {
            (None, None) => ParentRef::Root,
            (None, Some(nested)) => ParentRef::Id(nested.to_owned()),
            (Some(told), Some(nested)) if !on_page.contains(told) => {
                ParentRef::Id(nested.to_owned())
            }
            (Some(told), nested) => {
                // Where a page is flattened, where a comment stands is our own doing.
                conflict = nested.filter(|&nested| nested != told && !flattened);
                ParentRef::Id(told.to_owned())
            }
        };
        let idx = builder.push(comment.draft(parent, script.comments.get(id), year));
        if let (Some(nested), Some(told)) = (conflict, told) {
            let message = format!(
                "comment `{id}` links to `{told}` as what it answers and stands below `{nested}`; the link was followed"
            );
            builder.warn(codes::PARENT_CONFLICT, message, Some(idx));
        }
    }
    let mut hidden = vec![0; found.len()];
    for comment in found.iter().filter(|comment| comment.hidden) {
        if let Some(parent) = comment.parent {
            hidden[parent] += 1;
        }
    }
    for (comment, hidden) in found.iter().zip(hidden) {
        if comment.beneath > hidden {
            builder.push(Draft {
                id: format!("more-{}", comment.id),
                parent: ParentRef::Id(comment.id.to_owned()),
                state: State::Unresolved,
                ..Draft::default()
            });
        }
    }
}

#[cfg(test)]
mod tests;
