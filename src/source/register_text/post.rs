//! Reads one comment from its lines: author, icon, title, blocks.

use super::{
    super::register,
    lines::{Line, number},
    outline::{Item, column},
};
use crate::{
    text::{BlockKind, Body, BodyBuilder},
    thread::{Author, State},
};

/// A comment's lines, taken apart.
#[derive(Debug)]
pub(super) struct Post<'a> {
    pub(super) author: Option<Author>,
    pub(super) state: State,
    /// A line that is the title for where it stands or how it begins.
    pub(super) title: Option<&'a str>,
    /// The comment's words without that title.
    lines: &'a [Line<'a>],
    /// Where the comment's words stand.
    column: usize,
}

impl<'a> Post<'a> {
    /// Takes apart the lines of `item`, the number line first.
    pub(super) fn new(lines: &'a [Line<'a>], item: &Item) -> Self {
        let name = number(lines[item.line].text).map_or("", |(_, words)| words);
        let mut post = Self {
            author: register::author(name),
            state: State::Live,
            title: None,
            lines: &lines[item.line + 1..item.end],
            column: column(item.depth),
        };
        post.take_head();
        let notice = match post.lines {
            [] => None,
            [only] => register::notice(only.text),
            _ => None,
        };
        if let Some(state) = register::notice(name) {
            post.author = None;
            post.state = state;
        } else if let Some(state) = notice {
            post.state = state;
            post.lines = &[];
        }
        if post.title.is_none()
            && let Some(line) = post.first_line()
            && register::answered_title(line).is_some()
        {
            post.take_title();
        }
        post
    }

    /// Takes the icon, and on older pages the title, that stand right below the name.
    fn take_head(&mut self) {
        while let [first, rest @ ..] = self.lines
            && !first.apart
            && first.indent == self.column
        {
            if register::is_icon(first.text) {
                self.lines = rest;
                continue;
            }
            if is_short(first.text) && rest.first().is_none_or(|next| next.apart) {
                self.title = Some(first.text);
                self.lines = rest;
            }
            break;
        }
    }

    /// The first paragraph if it is one line of running text.
    pub(super) fn first_line(&self) -> Option<&'a str> {
        let (first, rest) = self.lines.split_first()?;
        let alone = rest.first().is_none_or(|next| next.apart);
        let plain = first.indent == self.column && !first.text.starts_with(['>', '•']);
        (alone && plain && number(first.text).is_none()).then_some(first.text)
    }

    /// The first paragraph if it is short enough for a title.
    pub(super) fn short_line(&self) -> Option<&'a str> {
        self.first_line().filter(|line| is_short(line))
    }

    /// Whether a second paragraph follows; a list does not make the line above it a title.
    pub(super) fn has_second_paragraph(&self) -> bool {
        let second = self.lines.get(1);
        second.is_some_and(|line| number(line.text).is_none() && !line.text.starts_with('•'))
    }

    /// Makes the first line the title.
    pub(super) fn take_title(&mut self) {
        if let [first, rest @ ..] = self.lines {
            self.title = Some(first.text);
            self.lines = rest;
        }
    }

    /// The comment's words.
    pub(super) fn body(&self) -> Body {
        let mut builder = BodyBuilder::default();
        let items = self.list_items();
        let mut in_list = false;
        let mut start = 0;
        for end in 1..=self.lines.len() {
            if end < self.lines.len() && !self.lines[end].apart && items[end].is_none() {
                continue;
            }
            let part = &self.lines[start..end];
            let left = part
                .iter()
                .map(|line| line.indent)
                .min()
                .unwrap_or_default();
            in_list = items[start].is_some() || in_list && left > self.column;
            if in_list {
                let text = join(items[start].unwrap_or(part[0].text), &part[1..]);
                builder.block(BlockKind::List, &text, vec![]);
            } else if left < self.column || left >= self.column + 2 {
                builder.block(BlockKind::Code, &self.verbatim(part), vec![]);
            } else {
                builder.paragraph(&join(part[0].text, &part[1..]), vec![]);
            }
            start = end;
        }
        builder.build()
    }

    /// For every line that begins an item of a list, the item's words. Numbers run from 1.
    fn list_items(&self) -> Vec<Option<&'a str>> {
        // The lists around the line: the column and the last number of each.
        let mut open: Vec<(usize, u32)> = Vec::new();
        let item = |line: &Line<'a>| {
            if line.indent < self.column {
                return None;
            }
            if let Some(words) = line.text.strip_prefix('•') {
                return Some(words.trim_start());
            }
            let (found, words) = number(line.text)?;
            while open.pop_if(|(column, _)| *column > line.indent).is_some() {}
            match open.last_mut() {
                Some((column, last)) if *column == line.indent => {
                    if found != *last + 1 && found != 1 {
                        return None;
                    }
                    *last = found;
                }
                _ if found == 1 => open.push((line.indent, 1)),
                _ => return None,
            }
            Some(words)
        };
        self.lines.iter().map(item).collect()
    }

    /// Lines with the white space that they have beyond their common margin. Browsers that indent
    /// only the first line of program text leave the others at the page's margin.
    fn verbatim(&self, part: &[Line<'_>]) -> String {
        let left = part.iter().map(|line| line.indent).min();
        let margin = left.filter(|&left| left >= self.column).unwrap_or_default();
        let mut text = part[0].text.to_owned();
        for line in &part[1..] {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', line.indent - margin));
            text.push_str(line.text);
        }
        text
    }
}

/// Whether a line is short enough for a title.
fn is_short(line: &str) -> bool {
    line.chars().take(register::TITLE + 1).count() <= register::TITLE
}

fn join(first: &str, rest: &[Line<'_>]) -> String {
    let mut text = first.to_owned();
    for line in rest {
        text.push('\n');
        text.push_str(line.text);
    }
    text
}
