//! The board's pages before 2006: a comment is two or three rows of a table, replies stand in a list behind.
//!
//! The first row holds an anchor with the comment's number, its headline, score, author and time; the next
//! its text; the last the links "Reply to This" and "Parent". Replies that the reader's settings fold are
//! items of the list with a link alone.

use super::{
    super::markup::{attr, digits_after},
    comment::{parent_link, posted_in, read_score},
};
use crate::{
    text::html::{self, Role, Step, walk},
    thread::{Author, Draft, ParentRef, State},
};
use scraper::ElementRef;

/// A comment as it stands on the page.
#[derive(Debug)]
struct Row<'a> {
    id: &'a str,
    /// The comment whose list it stands in.
    above: Option<usize>,
    title: ElementRef<'a>,
    /// The cell of headline, author and time, or the item of a folded reply.
    head: ElementRef<'a>,
    body: Option<ElementRef<'a>>,
    parent: Option<&'a str>,
}

/// What the walk over the page remembers.
#[derive(Debug, Default)]
struct Reader<'a> {
    rows: Vec<Row<'a>>,
    /// For each open list the comment that it answers, and its last comment so far.
    lists: Vec<(Option<usize>, Option<usize>)>,
    /// The last comment outside all lists.
    last: Option<usize>,
    /// Whether the head of the last comment has ended and its text is to come.
    awaits_body: bool,
}

/// The comments in document order; none where the page is of another form.
pub(super) fn drafts(root: ElementRef<'_>) -> Vec<Draft> {
    let mut reader = Reader::default();
    walk(root, |step| match step {
        Step::Open(element) => reader.open(element),
        Step::Close(element) => {
            reader.close(element);
            false
        }
        Step::Text(_) => false,
    });
    let rows = &reader.rows;
    rows.iter().map(|row| row.draft(rows)).collect()
}

impl<'a> Reader<'a> {
    fn open(&mut self, element: ElementRef<'a>) -> bool {
        match element.value().name() {
            "ul" => {
                let above = self
                    .lists
                    .last()
                    .map_or(self.last, |(above, last)| last.or(*above));
                self.lists.push((above, None));
            }
            "a" if self.awaits_body => {}
            "a" => {
                if let Some((id, head)) = anchor(element)
                    && self.rows.last().is_none_or(|row| row.head != head)
                {
                    self.push(id, element, head);
                } else if let Some(row) = self.rows.last_mut()
                    && row.body.is_some()
                {
                    row.parent = row.parent.or(parent_link(element));
                }
            }
            "td" if self.awaits_body => {
                if let Some(row) = self.rows.last_mut() {
                    row.body = Some(element);
                }
                self.awaits_body = false;
                return false;
            }
            "li" => {
                if let Some((id, link)) = folded(element) {
                    self.push(id, link, element);
                }
            }
            _ => {}
        }
        true
    }

    fn push(&mut self, id: &'a str, title: ElementRef<'a>, head: ElementRef<'a>) {
        let at = self.rows.len();
        let above = self.lists.last().and_then(|(above, _)| *above);
        match self.lists.last_mut() {
            Some((_, last)) => *last = Some(at),
            None => self.last = Some(at),
        }
        self.rows.push(Row {
            id,
            above,
            title,
            head,
            body: None,
            parent: None,
        });
    }

    fn close(&mut self, element: ElementRef<'a>) {
        match element.value().name() {
            "ul" => _ = self.lists.pop(),
            "td" => {
                let is_head = |row: &Row<'a>| row.head == element && row.body.is_none();
                self.awaits_body |= self.rows.last().is_some_and(is_head);
            }
            _ => {}
        }
    }
}

/// The number that an anchor bears, which is a comment's where a cell holds it, and that cell.
fn anchor(element: ElementRef<'_>) -> Option<(&str, ElementRef<'_>)> {
    let name = attr(element, "name")?;
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    let is_anchor = is_number && attr(element, "href").is_none();
    Some((name, cell(element).filter(|_| is_anchor)?))
}

/// The cell close around an element.
fn cell(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let mut around = element.ancestors().take(4).filter_map(ElementRef::wrap);
    around.find(|around| around.value().name() == "td")
}

/// A folded reply: an item that begins with a link to a comment, "Re:Keys by bob (Score:1) Monday...".
fn folded(item: ElementRef<'_>) -> Option<(&str, ElementRef<'_>)> {
    let link = item
        .child_elements()
        .next()
        .filter(|link| link.value().name() == "a")?;
    let url = attr(link, "href").filter(|url| url.contains("comments.pl?"))?;
    let id = digits_after(url, "#").or_else(|| digits_after(url, "cid="))?;
    let names_author = link.next_sibling().is_some_and(|behind| {
        let text = behind.value().as_text();
        text.is_some_and(|text| text.contains("by "))
    });
    names_author.then_some((id, link))
}

impl Row<'_> {
    fn draft(&self, rows: &[Self]) -> Draft {
        let told = self.parent.filter(|parent| *parent != self.id);
        let above = self.above.map(|above| rows[above].id);
        let parent = told.or(above).map(|id| ParentRef::Id(id.to_owned()));
        let line = words(self.head);
        let title = html::line(self.title);
        // What follows the headline, so that no word of it counts.
        let rest = line
            .split_once(title.as_str())
            .map_or(line.as_str(), |(_, rest)| rest);
        Draft {
            id: self.id.to_owned(),
            parent: parent.unwrap_or_default(),
            author: author(rest),
            posted: rest
                .rsplit_once(" on ")
                .and_then(|(_, when)| posted_in(when, None)),
            posted_locally: true,
            score: read_score(rest),
            state: if self.body.is_some() {
                State::Live
            } else {
                State::Hidden
            },
            title: Some(title).filter(|title| !title.is_empty()),
            body: self.body.map(super::comment::body).unwrap_or_default(),
            ..Draft::default()
        }
    }
}

/// The words of a head on one line, without the list of replies that an item may hold.
fn words(head: ElementRef<'_>) -> String {
    let body = html::body_with(head, |element| match element.value().name() {
        "ul" => Role::Skip,
        _ => Role::Usual,
    });
    let words: Vec<_> = body.text.split_whitespace().collect();
    words.join(" ")
}

/// The author in "(Score:2) by name (mail) on Friday April 13, 2001 @10:03AM (#12) (User #5 Info)".
fn author(line: &str) -> Option<Author> {
    let (_, rest) = line.split_once("by ")?;
    let end = [" on ", " (", " <"]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min();
    let name = rest[..end.unwrap_or(rest.len())].trim();
    let id = digits_after(rest, "User #");
    (!name.is_empty()).then(|| Author {
        name: name.to_owned(),
        id: id.map(str::to_owned),
        anonymous: id.is_none() && name.starts_with("Anonymous"),
        badge: None,
    })
}
