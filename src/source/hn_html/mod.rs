//! Hacker News's pages of a story or a comment, from its first years until today.
//!
//! The board's pages are tables in tables; comments stand flat one below the other, and how far a row
//! is indented says what it answers. [`row`] finds and reads the rows, [`story`] what stands above
//! them. Newer pages also link to what a comment answers and count the comments below it: both are
//! held against the tree.

mod row;
mod story;

use super::{Feature, Page, Source, Threads, Witness, pages, recognize};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html,
    thread::{CommentIdx, ParentRef, State, Thread, ThreadBuilder, codes},
};
use row::Row;
use std::{
    collections::{HashMap, HashSet},
    io::BufRead,
};
use story::Story;

pub(super) static SOURCE: HnHtml = HnHtml;

/// See the module.
#[derive(Debug)]
pub(super) struct HnHtml;

impl Source for HnHtml {
    fn id(&self) -> &'static str {
        "hn-html"
    }

    fn summary(&self) -> &'static str {
        "a page of a story or comment of Hacker News as HTML"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let Some(text) = recognize::html(head) else {
            return false;
        };
        let has = |mark: &str| text.contains(mark);
        let is_table = ["id=\"hnmain\"", "id='hnmain'", "id=hnmain"]
            .into_iter()
            .any(has);
        let is_named = || has("| Hacker News</title>") || has("| Hacker News</TITLE>");
        // Early pages have no table of this name; an article about the board may have its name.
        let has_rows = || has("s.gif") || has("user?id=");
        has("item?id=") && (is_table || is_named() && has_rows())
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        pages(input, read)
    }
}

fn read(page: &Page) -> Result<Vec<Thread>> {
    let (html, _) = html::parse_document(&page.text);
    let (mut rows, story) = row::find(html.root_element());
    if let Some(last) = rows.last_mut().filter(|last| page.is_cut() && last.is_bare) {
        // Its author and words stand behind the break.
        last.state = State::Unresolved;
    }
    if rows.is_empty() && !story.is_one() {
        let remedy = "save the page of one story, item?id=...";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no comment").remedy(remedy));
    }
    let groups = groups(rows, story.id.as_deref());
    let whole = groups.len() == 1;
    let threads = groups.into_iter().map(|(id, rows)| {
        let mut builder = story.start(SOURCE.id(), id, &rows, whole);
        page.warn_if_damaged(&mut builder);
        push_all(rows, &story, &mut builder);
        builder.build()
    });
    Ok(threads.collect())
}

/// The rows by the story that they stand below. A page of a story is one; a list of comments names the
/// story at each comment that is listed, and not at those below it.
fn groups<'a>(rows: Vec<Row<'a>>, own: Option<&str>) -> Vec<(Option<String>, Vec<Row<'a>>)> {
    let mut groups: Vec<(Option<String>, Vec<Row<'a>>)> = Vec::new();
    let mut group_of = HashMap::new();
    let mut story = own.map(str::to_owned);
    for row in rows {
        if let Some((id, _)) = &row.story {
            story = Some(id.clone());
        }
        let group = *group_of.entry(story.clone()).or_insert_with(|| {
            groups.push((story.clone(), Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(row);
    }
    if groups.is_empty() {
        groups.push((story, Vec::new()));
    }
    groups
}

/// Where a comment stands.
struct Place {
    id: String,
    /// The comment that it stands below, as its place among all.
    above: Option<usize>,
    parent: ParentRef,
}

/// Adds the comments in document order.
fn push_all(rows: Vec<Row<'_>>, story: &Story<'_>, builder: &mut ThreadBuilder) {
    let places = places(&rows, story.id.as_deref(), builder);
    let begins_inside = rows
        .iter()
        .zip(&places)
        .filter(|(row, place)| !row.is_main && matches!(place.parent, ParentRef::Missing { .. }));
    let count = begins_inside.count();
    if count > 0 {
        let message =
            format!("{count} comments answer comments that stand on another page of the thread");
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    check_sizes(&rows, &places, story.has_more(), builder);
    for (at, (row, place)) in rows.into_iter().zip(places).enumerate() {
        let idx = Some(CommentIdx::new(at));
        if let Some(time) = &row.bad_time {
            let message = format!(
                "comment `{}` has the time `{time}`, which is none",
                place.id
            );
            builder.warn(codes::BAD_VALUE, message, idx);
        }
        builder.push(row.draft(place.id, place.parent));
    }
}

/// Finds what each comment answers, by its indent and by its link to it.
fn places(rows: &[Row<'_>], story: Option<&str>, builder: &mut ThreadBuilder) -> Vec<Place> {
    let on_page: HashSet<&str> = rows.iter().filter_map(|row| row.id.as_deref()).collect();
    let named = rows.iter().find_map(|row| row.story.as_ref());
    let story = named.map(|(id, _)| id.as_str()).or(story);
    let any_indent = rows.iter().any(|row| row.depth.is_some());
    if !any_indent && rows.iter().filter(|row| !row.is_main).count() > 1 {
        let message = "no row is indented; comments without a link to what they answer stand alone";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    let mut places: Vec<Place> = Vec::with_capacity(rows.len());
    // The last comment of each depth.
    let mut open: Vec<Option<usize>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let idx = Some(CommentIdx::new(at));
        let id = row.id.clone().unwrap_or_else(|| (at + 1).to_string());
        if row.id.is_none() && row.is_live() {
            let message = format!("comment {} has no id; it is called `{id}`", at + 1);
            builder.warn(codes::MISSING_ID, message, idx);
        }
        let main = places.first().filter(|_| rows[0].is_main);
        let depth = match (row.is_main, row.depth.unwrap_or(0)) {
            (true, _) => 0,
            (false, depth) => depth.min(open.len().max(MOST)) + usize::from(main.is_some()),
        };
        let above = depth
            .checked_sub(1)
            .and_then(|above| open.get(above).copied().flatten());
        let standing = above.map(|above| places[above].id.as_str());
        let link = row.parent.as_deref().filter(|link| Some(*link) != story);
        let parent = match (standing, link) {
            (Some(standing), Some(link)) if standing != link && on_page.contains(link) => {
                let message = format!(
                    "comment `{id}` links to `{link}` as what it answers and stands below `{standing}`; the link was followed"
                );
                builder.warn(codes::PARENT_CONFLICT, message, idx);
                ParentRef::Id(link.to_owned())
            }
            (Some(standing), _) => ParentRef::Id(standing.to_owned()),
            (None, Some(link)) if on_page.contains(link) => ParentRef::Id(link.to_owned()),
            (None, Some(link)) if depth > 0 || story.is_some() => ParentRef::Missing {
                id: Some(link.to_owned()),
                depth: depth.max(1),
            },
            (None, None) if depth > 0 => ParentRef::Missing { id: None, depth },
            (None, _) => ParentRef::Root,
        };
        open.truncate(depth);
        open.resize(depth, None);
        open.push(Some(at));
        places.push(Place { id, above, parent });
    }
    places
}

/// Indents beyond this many replies are taken at their word only where the rows above lead there.
const MOST: usize = 1000;

/// Holds the board's counts of comments against the tree: each comment's against those right below it,
/// so that a row that is missing shows once.
fn check_sizes(rows: &[Row<'_>], places: &[Place], more: bool, builder: &mut ThreadBuilder) {
    let mut sizes = vec![1_usize; rows.len()];
    // Whether the comments below reach the end of the page, and may go on behind it.
    let mut last = vec![false; rows.len()];
    let mut odd = Vec::new();
    for at in (0..rows.len()).rev() {
        last[at] |= at + 1 == rows.len();
        let size = sizes[at];
        let stated = rows[at].size.unwrap_or(size);
        if stated != size && !(stated > size && more && last[at]) {
            odd.push((at, stated, size));
        }
        if let Some(above) = places[at].above {
            sizes[above] = sizes[above].saturating_add(stated);
            last[above] |= last[at];
        }
    }
    for (at, stated, size) in odd.into_iter().rev() {
        let id = &places[at].id;
        let (code, what) = match stated > size {
            true => (codes::PARTIAL_CAPTURE, "some are missing"),
            false => (codes::PARENT_CONFLICT, "some may stand in the wrong place"),
        };
        let message = format!(
            "the board counts {stated} comments in the branch of `{id}`, the page holds {size}: {what}"
        );
        builder.warn(code, message, Some(CommentIdx::new(at)));
    }
}

#[cfg(test)]
mod tests;
