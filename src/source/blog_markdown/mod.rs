//! Pages of blogs as Markdown with their comments, and comments that a blog keeps as data files.
//!
//! [`listing`] finds the comments of a page, [`data`] reads data files, [`inline`] turns Markdown into text.
//! Flat pages do not say what a comment answers; there names and quotations show it.

mod data;
mod inline;
mod listing;

use super::{
    Feature, Page, Source, Threads, Witness, fields::html_body, inferred, page, recognize, time,
};
use crate::{
    error::{Error, ErrorKind, Result},
    thread::{Article, Author, CommentIdx, Draft, ParentRef, Thread, ThreadBuilder, codes},
};
use listing::{Form, Found};
use std::{collections::BTreeSet, io::BufRead};

pub(super) static SOURCE: BlogMarkdown = BlogMarkdown;

/// See the module.
#[derive(Debug)]
pub(super) struct BlogMarkdown;

impl Source for BlogMarkdown {
    fn id(&self) -> &'static str {
        "blog-markdown"
    }

    fn summary(&self) -> &'static str {
        "a blog post with its comments as Markdown, or comments as data files of a static blog"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Paging,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let text = recognize::text(head);
        if text.starts_with(['<', '{']) {
            return false;
        }
        // The comments of a long post begin behind what is looked at.
        let announced = || text.starts_with("---") && text.contains("#comments)");
        data::is_data(&text) || text.lines().any(listing::is_stamp) || announced()
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

fn read(page: &Page) -> Result<Thread> {
    if data::is_data(&page.text) {
        return Ok(read_data(page));
    }
    let lines: Vec<&str> = page.text.lines().collect();
    let (form, found) = listing::find(&lines);
    let frame = Frame::read(&lines, found.first());
    if found.is_empty() && frame.announced.is_none() {
        let remedy = "check that the page was saved with its comments";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no comment").remedy(remedy));
    }
    let mut builder = frame.start();
    page.warn_if_damaged(&mut builder);
    let is_cut = page.text.trim_end().ends_with("...");
    let mut drafts: Vec<Draft> = Vec::with_capacity(found.len());
    for (at, comment) in found.iter().enumerate() {
        let next = found.get(at + 1);
        let mut text = listing::text_of(&lines, comment, next, form);
        if next.is_none() && is_cut {
            drop_begun_comment(&mut text);
        }
        drafts.push(Draft {
            id: comment.id.to_owned(),
            parent: comment.above.map_or(ParentRef::Root, |above| {
                ParentRef::Id(found[above].id.to_owned())
            }),
            author: Some(author(&inline::line(comment.name))),
            posted: comment.posted,
            // These blogs write their own time.
            posted_locally: true,
            body: inline::body(&text),
            ..Draft::default()
        });
    }
    warn_of_missing(&found, &frame, is_cut, &mut builder);
    if form == Form::Flat {
        inferred::parents(&mut drafts, frame.text.as_deref(), |_| true, |_, _| true)
            .warn(&mut builder);
    }
    for draft in drafts {
        builder.push(draft);
    }
    Ok(builder.build())
}

/// Says in one warning that comments are missing, and how that is known.
fn warn_of_missing(found: &[Found<'_>], frame: &Frame, is_cut: bool, builder: &mut ThreadBuilder) {
    let pages: BTreeSet<&str> = found
        .iter()
        .filter_map(|comment| listing::page_number(comment.url))
        .collect();
    let mut signs = Vec::new();
    if let Some(count) = frame.announced.filter(|count| *count > found.len()) {
        signs.push(format!(
            "it speaks of {count} comments and holds {}",
            found.len()
        ));
    }
    if !pages.is_empty() {
        let pages: Vec<_> = pages.into_iter().collect();
        signs.push(format!("its comments are of page {}", pages.join(", ")));
    }
    if is_cut {
        signs.push("it ends in the middle of a comment".to_owned());
    }
    if !signs.is_empty() {
        let message = format!(
            "the page does not hold the whole thread: {}",
            signs.join("; ")
        );
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
}

/// Takes away the header of a comment that begins where the text is cut off.
fn drop_begun_comment(text: &mut String) {
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let last = &text[start..];
    let begins_link = last.rfind('[').is_some_and(|at| !last[at..].contains(')'));
    if !begins_link {
        return;
    }
    let before = text[..start].trim_end();
    let name_at = before.rfind('\n').map_or(0, |at| at + 1);
    let name = before[name_at..].trim_end();
    let is_name = name.ends_with('•') || listing::is_item(name) && name.ends_with(':');
    if is_name && last.trim_start().starts_with('[') {
        text.truncate(name_at);
    } else if listing::is_item(last) {
        text.truncate(start);
    }
}

/// An author from the words of a header.
fn author(line: &str) -> Author {
    let name = line.trim_end_matches(['•', '·', '|', ':', ' ']);
    let name = ["says", "said"]
        .iter()
        .find_map(|says| name.strip_suffix(says))
        .unwrap_or(name)
        .trim();
    Author {
        name: if name.is_empty() { "Anonymous" } else { name }.to_owned(),
        anonymous: name.is_empty() || name.eq_ignore_ascii_case("anonymous"),
        ..Author::default()
    }
}

/// What stands before the comments.
#[derive(Debug, Default)]
struct Frame {
    title: Option<String>,
    url: Option<String>,
    text: Option<String>,
    /// How many comments the page says there are.
    announced: Option<usize>,
}

impl Frame {
    fn read(lines: &[&str], first: Option<&Found<'_>>) -> Self {
        let end = first.map_or(lines.len(), |first| first.header);
        let mut frame = Self::default();
        let front = front_matter(lines);
        for line in &lines[..front] {
            let value = |key: &str| {
                let value = line.strip_prefix(key)?.trim().trim_matches('"');
                (!value.is_empty()).then(|| value.to_owned())
            };
            frame.title = frame.title.take().or_else(|| value("title:"));
            frame.url = frame.url.take().or_else(|| value("url:"));
        }
        let before = lines.get(front..end).unwrap_or_default();
        let headings = || before.iter().filter_map(|line| heading(line));
        frame.title = frame.title.or_else(|| headings().next());
        let own = first.map(|first| first.url.split('#').next().unwrap_or_default());
        let own = own.map(|url| url.split("comment-page-").next().unwrap_or(url).to_owned());
        frame.url = frame.url.or(own);
        frame.announced = before.iter().rev().find_map(|line| announced(line));
        frame.text = frame
            .title
            .as_deref()
            .and_then(|title| post_text(before, title));
        frame
    }

    fn start(&self) -> ThreadBuilder {
        let slug = self
            .url
            .as_deref()
            .and_then(|url| url.trim_end_matches('/').rsplit('/').next());
        let slug = slug
            .map(|slug| slug.trim_end_matches(".html"))
            .filter(|slug| !slug.is_empty());
        let mut builder = ThreadBuilder::new(SOURCE.id(), slug.unwrap_or("post"));
        builder.url(self.url.clone());
        builder.title(self.title.clone());
        let article = Article {
            title: self.title.clone(),
            url: self.url.clone(),
            text: self.text.clone(),
        };
        builder.article((article != Article::default()).then_some(article));
        builder
    }
}

/// Number of lines of the front matter.
fn front_matter(lines: &[&str]) -> usize {
    if lines.first().is_none_or(|line| line.trim() != "---") {
        return 0;
    }
    let end = lines
        .iter()
        .skip(1)
        .take(40)
        .position(|line| line.trim() == "---");
    end.map_or(0, |end| end + 2)
}

/// The words of a heading.
fn heading(line: &str) -> Option<String> {
    let words = line
        .strip_prefix('#')?
        .trim_start_matches('#')
        .strip_prefix(' ')?;
    let words = inline::line(words);
    (!words.is_empty()).then_some(words)
}

/// The number of comments that a heading or link speaks of.
fn announced(line: &str) -> Option<usize> {
    let words = line.trim_start_matches(['#', ' ', '[']);
    let (number, rest) = words.split_once(' ')?;
    let rest = rest.trim_start().to_ascii_lowercase();
    let kinds = [
        "thoughts on",
        "thought on",
        "comment",
        "responses",
        "response to",
        "replies",
    ];
    let is_link = line.contains("#comments)");
    let is_heading = line.starts_with('#');
    let speaks = (is_link || is_heading) && kinds.iter().any(|kind| rest.starts_with(kind));
    number.replace(',', "").parse().ok().filter(|_| speaks)
}

/// The post's text: from the last heading that is its title to where its foot or the comments begin.
fn post_text(before: &[&str], title: &str) -> Option<String> {
    let is_title = |line: &str| heading(line).is_some_and(|heading| heading == title);
    let start = before.iter().rposition(|line| is_title(line))? + 1;
    let is_end = |line: &str| {
        let line = line.trim();
        let starts = [
            "Tags:",
            "Post navigation",
            "# Post navigation",
            "*This entry was posted",
            "[Posted on",
            "### Comments",
            "## Comments",
        ];
        starts.iter().any(|start| line.starts_with(start))
            || line.starts_with('#') && announced(line).is_some()
    };
    let rest = &before[start..];
    let end = rest
        .iter()
        .position(|line| is_end(line))
        .unwrap_or(rest.len());
    let text = inline::body(&rest[..end].join("\n")).text;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Reads comments as data files.
fn read_data(page: &Page) -> Thread {
    let slug = data::slug(&page.text).unwrap_or("comments");
    let mut builder = ThreadBuilder::new(SOURCE.id(), slug);
    page.warn_if_damaged(&mut builder);
    let entries = data::entries(&page.text);
    let says_parents = entries.iter().any(|entry| entry.answered.is_some());
    let mut drafts: Vec<Draft> = Vec::with_capacity(entries.len());
    for (at, entry) in entries.into_iter().enumerate() {
        let posted = entry.date.as_deref().and_then(time::parse);
        if let (None, Some(date)) = (posted, &entry.date) {
            let message = format!("comment {} has the time `{date}`, which is none", at + 1);
            builder.warn(codes::BAD_VALUE, message, Some(CommentIdx::new(at)));
        }
        drafts.push(Draft {
            id: bare(&entry.id),
            parent: entry
                .answered
                .map_or(ParentRef::Root, |id| ParentRef::Id(bare(&id))),
            author: entry.name.as_deref().map(author),
            posted,
            body: html_body(&entry.message),
            ..Draft::default()
        });
    }
    if !says_parents {
        inferred::parents(&mut drafts, None, |_| true, |_, _| true).warn(&mut builder);
    }
    for draft in drafts {
        builder.push(draft);
    }
    builder.build()
}

/// An id without the mark of the service from which a blog took its comments over.
fn bare(id: &str) -> String {
    id.strip_prefix("dsq-").unwrap_or(id).to_owned()
}

#[cfg(test)]
mod tests;
