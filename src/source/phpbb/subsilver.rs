//! Posts in the tables of subsilver2 and of version 2: an anchor leads each, and its parts have classes.

use super::{
    super::{
        date_order::DateOrder,
        forum::{self, Post, Quote},
        markup::{attr, has_class},
        time,
    },
    author,
};
use crate::{
    text::{
        BlockKind, Body,
        html::{self, Role},
    },
    thread::{Author, Draft},
};
use scraper::ElementRef;

/// The parts of a post.
struct Parts<'a> {
    id: String,
    author: Option<Author>,
    /// The line with the date and the subject.
    details: Option<String>,
    /// The cell that holds the text.
    content: Option<ElementRef<'a>>,
}

/// The posts of a page in order.
pub(super) fn posts(root: ElementRef<'_>) -> Vec<Post> {
    let mut found: Vec<Parts<'_>> = Vec::new();
    for element in root.descendent_elements() {
        if let Some(id) = anchor(element) {
            let is_new = found.last().is_none_or(|last| last.id != id);
            if is_new {
                found.push(Parts {
                    id,
                    author: None,
                    details: None,
                    content: None,
                });
            }
        } else if let Some(last) = found.last_mut() {
            last.take(element);
        }
    }
    found.retain(|parts| parts.author.is_some() || parts.content.is_some());
    let dates = found.iter().filter_map(|parts| parts.details.as_deref());
    let order = DateOrder::of(dates);
    found.into_iter().map(|parts| parts.read(order)).collect()
}

/// The id in an anchor before a post: `p12`, in version 2 `12`.
fn anchor(element: ElementRef<'_>) -> Option<String> {
    let name = attr(element, "name").filter(|_| element.value().name() == "a")?;
    let number = name.strip_prefix('p').unwrap_or(name);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| number.to_owned())
}

impl<'a> Parts<'a> {
    /// Takes an element behind the post's anchor as the part that it is.
    fn take(&mut self, element: ElementRef<'a>) {
        if self.author.is_none() {
            let shown = match has_class(element, "postauthor") {
                true => Some(element),
                false => in_name(element),
            };
            self.author = shown.and_then(author);
        }
        if self.details.is_none() {
            let line = line_of(element);
            self.details =
                line.filter(|line| time::parse(&date_in(line)).is_some() || line.contains(':'));
        }
        if self.content.is_none() && has_class(element, "postbody") {
            let mut cells = element.ancestors().filter_map(ElementRef::wrap);
            self.content = cells.find(|cell| cell.value().name() == "td");
        }
    }

    fn read(self, order: Option<DateOrder>) -> Post {
        let mut body = self.content.map(text).unwrap_or_default();
        forum::part_signature(&mut body);
        let quotes = self
            .content
            .map(|content| forum::quotes(content, origin, is_noise))
            .unwrap_or_default();
        let instant = |line: &str| {
            let date = date_in(line);
            let settled = order.map(|order| order.settle(&date));
            time::parse(settled.as_deref().unwrap_or(&date))
        };
        Post {
            draft: Draft {
                id: self.id,
                author: self.author,
                posted_locally: (self.details.as_deref())
                    .is_some_and(|line| time::is_local(&date_in(line))),
                posted: self.details.as_deref().and_then(instant),
                body,
                ..Draft::default()
            },
            quotes,
        }
    }
}

/// The name beside the anchor of version 2.
fn in_name(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let above = element.parent().and_then(ElementRef::wrap)?;
    (has_class(above, "name") && element.value().name() == "b").then_some(element)
}

/// The words of an element that may be the line with the date.
fn line_of(element: ElementRef<'_>) -> Option<String> {
    let is_line = match element.value().name() {
        "span" => has_class(element, "postdetails"),
        "td" | "div" => {
            let mut inner = element.child_elements().chain(
                element
                    .child_elements()
                    .flat_map(|child| child.child_elements()),
            );
            has_class(element, "gensmall") && inner.any(|e| e.value().name() == "b")
        }
        _ => false,
    };
    if !is_line {
        return None;
    }
    let line = html::line(element);
    line.contains(|c: char| c.is_ascii_digit()).then_some(line)
}

/// The date in "Posted: Thu Sep 06, 2018 6:03 pm Post subject: Words" or, in version 3, "Post subject:
/// Words Posted: Thu Sep 06, 2018 6:03 pm": the part between labels that is a date.
fn date_in(line: &str) -> String {
    let mut labels: Vec<usize> = line.match_indices(": ").map(|(at, _)| at + 2).collect();
    labels.insert(0, 0);
    let parts = labels.iter().enumerate().map(|(nth, &start)| {
        let end = labels.get(nth + 1).map_or(line.len(), |&next| next);
        &line[start..end]
    });
    let mut dates = parts.filter(|part| time::parse(part.trim_end_matches(": ")).is_some());
    dates.next_back().unwrap_or(line).to_owned()
}

/// What an element of the text means.
fn text(content: ElementRef<'_>) -> Body {
    html::body_with(content, |element| {
        if is_noise(element) {
            Role::Skip
        } else if has_class(element, "quotetitle") || is_title_cell(element) {
            match is_code_title(element) {
                true => Role::Skip,
                false => Role::As(BlockKind::Attribution),
            }
        } else if is_quote(element) {
            Role::As(BlockKind::Quote)
        } else if has_class(element, "codecontent")
            || element.value().name() == "td" && has_class(element, "code")
        {
            Role::As(BlockKind::Code)
        } else {
            Role::Usual
        }
    })
}

fn is_quote(element: ElementRef<'_>) -> bool {
    has_class(element, "quotecontent")
        || element.value().name() == "td" && has_class(element, "quote")
}

/// Notes on changes below the text, and files attached to it.
fn is_noise(element: ElementRef<'_>) -> bool {
    has_class(element, "gensmall")
        || has_class(element, "attachcontent")
        || has_class(element, "attachtitle")
}

/// The cell above a quotation or code in version 2.
fn is_title_cell(element: ElementRef<'_>) -> bool {
    let mut inner = element.child_elements();
    element.value().name() == "td" && inner.any(|e| has_class(e, "genmed"))
}

/// Whether a title says "Code:", which needs no saying.
fn is_code_title(title: ElementRef<'_>) -> bool {
    below_title(title).is_some_and(|below| !is_quote(below))
}

/// What a title stands above.
fn below_title(title: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let next = || title.next_siblings().find_map(ElementRef::wrap);
    next().or_else(|| {
        let row = title.parent().and_then(ElementRef::wrap)?;
        let next = row.next_siblings().find_map(ElementRef::wrap)?;
        next.child_elements().next()
    })
}

/// What the forum says of a quotation's origin: the line above it.
fn origin(element: ElementRef<'_>) -> Option<Quote> {
    if !is_quote(element) {
        return None;
    }
    let before = |node: ElementRef<'_>| {
        let mut before = node.prev_siblings();
        before.find_map(ElementRef::wrap).map(html::line)
    };
    let row = || element.parent().and_then(ElementRef::wrap).and_then(before);
    let title = before(element).or_else(row);
    // "Quote:" alone names nobody, and one word with a colon is no more than that in any language.
    let names = |title: &String| title.split_whitespace().count() > 1;
    Some(Quote {
        author: title.filter(names),
        ..Quote::default()
    })
}
