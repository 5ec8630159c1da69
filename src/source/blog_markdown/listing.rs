//! Finds the comments in a page as Markdown: each has a link to itself that shows when it was written.

use crate::source::{markup::digits_after, time};
use jiff::Timestamp;

/// A comment and the lines that it takes up.
#[derive(Debug, PartialEq)]
pub(super) struct Found<'a> {
    pub(super) id: &'a str,
    /// The author's name in Markdown, with the words around it.
    pub(super) name: &'a str,
    pub(super) posted: Option<Timestamp>,
    /// Where its own link leads.
    pub(super) url: &'a str,
    /// The comment above it, in nested lists.
    pub(super) above: Option<usize>,
    /// Columns before its text.
    pub(super) indent: usize,
    /// The line that its header begins with, and the first line behind the header.
    pub(super) header: usize,
    pub(super) start: usize,
}

/// How a page sets its comments apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// "Name •" before the time, one comment after the other.
    Flat,
    /// Items of nested lists.
    Nested,
}

/// The comments of a page.
pub(super) fn find<'a>(lines: &[&'a str]) -> (Form, Vec<Found<'a>>) {
    let stamps: Vec<_> = (0..lines.len())
        .filter_map(|at| Some((at, stamp(lines[at])?)))
        .collect();
    let mut flat = Vec::new();
    let mut nested = Vec::new();
    // The open items: where each one's number stands, and its comment.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut free = 0;
    for (at, stamp) in stamps {
        let (header, name) = header(lines, at, &stamp, free);
        let item = item(lines[header]);
        let found = Found {
            id: stamp.id,
            name,
            posted: stamp.posted,
            url: stamp.url,
            above: None,
            indent: 0,
            header,
            start: at + 1,
        };
        if let Some((column, width)) = item {
            while open.pop_if(|(other, _)| *other >= column).is_some() {}
            let above = open.last().map(|(_, above)| *above);
            open.push((column, nested.len()));
            nested.push(Found {
                above,
                indent: column + width,
                ..found
            });
        } else if name.trim_end().ends_with(['•', '·', '|']) {
            flat.push(found);
        } else {
            continue;
        }
        free = at + 1;
    }
    if flat.len() >= nested.len() {
        (Form::Flat, flat)
    } else {
        (Form::Nested, nested)
    }
}

/// The line that a comment begins with, and the name that stands there: right before the time, or above it.
fn header<'a>(lines: &[&'a str], at: usize, stamp: &Stamp<'a>, free: usize) -> (usize, &'a str) {
    let own = without_marker(stamp.before);
    if !own.trim().is_empty() {
        return (at, own);
    }
    let is_name = |&line: &usize| !lines[line].trim().is_empty();
    match (free..at).rev().take(2).find(is_name) {
        Some(line) => (line, without_marker(lines[line])),
        None => (at, own),
    }
}

/// A link of a comment to itself.
struct Stamp<'a> {
    id: &'a str,
    url: &'a str,
    posted: Option<Timestamp>,
    /// What stands before it in its line.
    before: &'a str,
}

/// The link that a line ends with, if it is one of a comment to itself.
fn stamp(line: &str) -> Option<Stamp<'_>> {
    let inner = line.trim_end().strip_suffix(')')?;
    let (shown, url) = inner.rsplit_once("](")?;
    let (before, label) = shown.rsplit_once('[')?;
    let (_, anchor) = url.rsplit_once('#')?;
    let id = anchor
        .strip_prefix("comment-")
        .or_else(|| anchor.strip_prefix('c'))?;
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let posted = time::parse(label).filter(|_| is_id)?;
    Some(Stamp {
        id,
        url,
        posted: Some(posted),
        before,
    })
}

/// Whether a line ends with a link of a comment to itself.
pub(super) fn is_stamp(line: &str) -> bool {
    stamp(line).is_some()
}

/// Whether a line begins an item of a list.
pub(super) fn is_item(line: &str) -> bool {
    item(line).is_some()
}

/// Where the number or bullet of a list's item stands, and the columns that it takes up.
fn item(line: &str) -> Option<(usize, usize)> {
    let words = line.trim_start();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let mark = words[digits..].chars().next()?;
    let is_mark = match digits {
        0 => matches!(mark, '*' | '-' | '+'),
        1..=6 => matches!(mark, '.' | ')'),
        _ => false,
    };
    let is_item = is_mark && words[digits + 1..].starts_with(' ');
    is_item.then(|| (line.len() - words.len(), digits + 2))
}

fn without_marker(line: &str) -> &str {
    match item(line) {
        Some((column, width)) => &line[column + width..],
        None => line,
    }
}

/// The lines of a comment's text, without what leads them in; the last comment ends where the page's foot
/// begins.
pub(super) fn text_of(
    lines: &[&str],
    found: &Found<'_>,
    next: Option<&Found<'_>>,
    form: Form,
) -> String {
    let end = next.map_or(lines.len(), |next| next.header);
    let body = lines.get(found.start..end).unwrap_or_default();
    let ends = |line: &str| match form {
        Form::Flat => is_foot(line),
        Form::Nested => is_foot(line) || !line.trim().is_empty() && indent_of(line) == 0,
    };
    let foot = match next {
        None => body
            .iter()
            .position(|line| ends(line))
            .unwrap_or(body.len()),
        Some(_) => body.len(),
    };
    let lines = body[..foot].iter().map(|line| {
        let columns = indent_of(line).min(found.indent);
        &line[columns..]
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn indent_of(line: &str) -> usize {
    line.bytes().take_while(|&byte| byte == b' ').count()
}

/// Whether a line begins what stands below the comments.
fn is_foot(line: &str) -> bool {
    let words = line.trim().trim_start_matches('#').trim_start();
    let starts = [
        "Leave a comment",
        "Leave a Comment",
        "Leave a reply",
        "Leave a Reply",
        "Comments are closed",
        "Comments on this entry are closed",
        "Comment navigation",
        "Post navigation",
        "Sidebar photo of",
        "Subscribe to comments",
        "[Atom Feed",
        "[←",
        "←",
    ];
    words == "Advertisement" || starts.iter().any(|start| words.starts_with(start))
}

/// The number of the page of comments in an address.
pub(super) fn page_number(url: &str) -> Option<&str> {
    digits_after(url, "/comment-page-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each comment's id, name and the comment above it.
    fn found(page: &str) -> (Form, Vec<(String, String, Option<usize>)>) {
        let lines: Vec<_> = page.lines().collect();
        let (form, found) = find(&lines);
        let told = found
            .iter()
            .map(|found| (found.id.to_owned(), found.name.to_owned(), found.above));
        (form, told.collect())
    }

    #[test]
    fn flat_pages_have_the_name_above_the_time() {
        let (form, found) = found(
            "### Comments\n\nAnn •\n[October 1, 2022 6:50 AM](http://x/#comment-1)\n\nOne, see\n\
             [October 1, 2022 6:50 AM](http://x/#comment-1)\n\nBob • [October 2, 2022 6:50 AM](http://x/#comment-2)\n\nTwo.",
        );
        assert_eq!(form, Form::Flat);
        assert_eq!(
            found,
            [
                ("1".to_owned(), "Ann •".to_owned(), None),
                ("2".to_owned(), "Bob • ".to_owned(), None)
            ]
        );
    }

    #[test]
    fn lists_in_texts_are_no_replies() {
        let page = "9. Ann [May 1, 2022](u#comment-1)\n\n   One:\n   1. first\n   2. second\n\n   1. Bob [May 2, 2022](u#comment-2)\n\n      Two.\n\
            10. ![](a) **Cy** says:\n\n    [May 3, 2022 at 06:00](u#comment-3)\n\n    Three.\n\n    1. Di [May 4, 2022](u#comment-4)\n\n       Four.\n\nFoot";
        let (form, shown) = found(page);
        assert_eq!(form, Form::Nested);
        let above: Vec<_> = shown
            .iter()
            .map(|(id, _, above)| (id.as_str(), *above))
            .collect();
        assert_eq!(
            above,
            [("1", None), ("2", Some(0)), ("3", None), ("4", Some(2))]
        );
        let lines: Vec<_> = page.lines().collect();
        let (_, all) = find(&lines);
        let text = |at: usize| text_of(&lines, &all[at], all.get(at + 1), form);
        assert_eq!(text(0).trim(), "One:\n1. first\n2. second");
        assert_eq!(text(2).trim(), "Three.");
        assert_eq!(text(3).trim(), "Four.");
    }
}
