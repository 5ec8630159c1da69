//! Finds the comments of a page: which numbered lines begin one, and which comment each answers.
//!
//! A comment of depth d has its number at column 2 + 2d and its words at 4 + 2d, and the numbers of a
//! list of replies run from 1. A numbered list that a comment's author wrote stands at the same column
//! as the replies, so it is told from them by what it lacks: a reply has words of its own, further in.

use super::{
    super::register,
    lines::{Line, number},
};

/// The comments of a page in document order, and what surrounds them.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) comments: Vec<Item>,
    /// Number of lines before the first comment.
    pub(super) preamble: usize,
    /// First line behind the last comment.
    pub(super) end: usize,
    /// Whether the page's own footer follows the comments.
    pub(super) footer: bool,
    /// Whether some comment bears a sign that only this board's comments have.
    pub(super) certain: bool,
}

/// A numbered line with what belongs to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// Its number line.
    pub(super) line: usize,
    /// First line that is not its own.
    pub(super) end: usize,
    pub(super) depth: usize,
    pub(super) number: u32,
    /// The comment it answers, as a place in [`Outline::comments`]; `None` for a comment of depth 0,
    /// and for one whose parent is on an earlier page.
    pub(super) parent: Option<usize>,
    /// Whether it has words where a comment has them.
    pub(super) shaped: bool,
    list: usize,
}

/// Numbered lines of one column in a row: replies, or a list in a comment.
#[derive(Debug)]
struct List {
    depth: usize,
    parent: Option<usize>,
    items: Vec<usize>,
    /// An item has words further in.
    shaped: bool,
    /// An item bears a sign that only comments have.
    certain: bool,
    /// Words of the comment above come behind it.
    inside: bool,
}

/// Column of the words of a comment of the given depth.
pub(super) const fn column(depth: usize) -> usize {
    4 + 2 * depth
}

/// Finds the comments.
pub(super) fn read(lines: &[Line<'_>]) -> Outline {
    let mut reader = Reader {
        lines,
        items: Vec::new(),
        lists: Vec::new(),
        open: Vec::new(),
        left: false,
    };
    let mut end = lines.len();
    for (at, line) in lines.iter().enumerate() {
        if is_footer(line) {
            end = at;
            break;
        }
        if !reader.begin(at) {
            reader.words(at);
        }
    }
    let footer = end < lines.len();
    reader.finish(end, footer)
}

/// Whether the page's own footer begins here; comments never stand so far left.
fn is_footer(line: &Line<'_>) -> bool {
    line.indent < column(0) && line.text.starts_with("POST COMMENT")
}

struct Reader<'a> {
    lines: &'a [Line<'a>],
    items: Vec<Item>,
    lists: Vec<List>,
    /// The lists around the current line, outermost first, one per depth.
    open: Vec<usize>,
    /// Whether lines at the margin have ended the comments, unless another begins.
    left: bool,
}

impl Reader<'_> {
    /// Takes a line as the beginning of an item; `false` if it cannot be one.
    fn begin(&mut self, at: usize) -> bool {
        let line = &self.lines[at];
        let Some((number, words)) = number(line.text) else {
            return false;
        };
        if line.indent < 2 || !line.indent.is_multiple_of(2) {
            return false;
        }
        let depth = (line.indent - 2) / 2;
        let Some(list) = self.list_for(at, depth, number, words) else {
            return false;
        };
        self.left = false;
        let parent = self.lists[list].parent;
        self.lists[list].items.push(self.items.len());
        self.items.push(Item {
            line: at,
            end: at,
            depth,
            number,
            parent,
            shaped: false,
            list,
        });
        if bears_sign(words) {
            self.note_certain();
        }
        true
    }

    /// The list that an item of this depth and number continues or begins.
    fn list_for(&mut self, at: usize, depth: usize, number: u32, words: &str) -> Option<usize> {
        let Some(&outermost) = self.open.first() else {
            let starts = self.has_words(at) || bears_sign(words) || number == 1 && depth == 0;
            return starts.then(|| self.new_list(0, depth, None));
        };
        let Some(level) = depth.checked_sub(self.lists[outermost].depth) else {
            return Some(self.new_list(0, depth, None));
        };
        let Some(&list) = self.open.get(level) else {
            let parent = self.current();
            let starts = level == self.open.len() && number == 1;
            return starts.then(|| self.new_list(level, depth, parent));
        };
        let last = self.lists[list]
            .items
            .last()
            .map(|&item| self.items[item].number);
        let next = last.unwrap_or_default() + 1;
        if number == next || number > next && (self.has_words(at) || bears_sign(words)) {
            self.open.truncate(level + 1);
            return Some(list);
        }
        if number != 1 {
            return None;
        }
        // A comment has one list of replies, and it is the last in it.
        let parent = self.lists[list].parent;
        self.lists[list].inside |= parent.is_some() && !self.lists[list].certain;
        Some(self.new_list(level, depth, parent))
    }

    fn new_list(&mut self, level: usize, depth: usize, parent: Option<usize>) -> usize {
        self.open.truncate(level);
        self.open.push(self.lists.len());
        self.lists.push(List {
            depth,
            parent,
            items: Vec::new(),
            shaped: false,
            certain: false,
            inside: false,
        });
        self.lists.len() - 1
    }

    /// The innermost item that is open.
    fn current(&self) -> Option<usize> {
        let list = self.open.last()?;
        self.lists[*list].items.last().copied()
    }

    /// Whether the line below the numbered line `at` stands further in.
    fn has_words(&self, at: usize) -> bool {
        let below = self.lines.get(at + 1);
        below.is_some_and(|below| below.indent >= self.lines[at].indent + 2)
    }

    /// Takes a line as words and finds out whose.
    fn words(&mut self, at: usize) {
        let Some(&list) = self.open.last() else {
            return;
        };
        let line = &self.lines[at];
        let own = column(self.lists[list].depth);
        self.left |= line.apart && line.indent < column(0);
        if self.left {
            return;
        }
        if line.indent >= own
            && let Some(item) = self.current()
        {
            let first = self.items[item].line + 1 == at;
            let icon = first && !line.apart && register::is_icon(line.text);
            if line.indent == own {
                self.items[item].shaped = true;
                self.note_shaped();
                if icon || first && register::answered_title(line.text).is_some() {
                    self.note_certain();
                }
            }
        } else if line.indent >= column(0) {
            self.return_to(line.indent);
        }
    }

    /// Words of an outer comment show that what stood between was a list in it. What bears signs of
    /// comments is none: the line then belongs to the innermost comment, as a badly indented one.
    fn return_to(&mut self, indent: usize) {
        let outer = |&list: &usize| column(self.lists[list].depth) <= indent;
        let level = self.open.partition_point(outer);
        let inner = self.open[level];
        if level > 0 && !self.lists[inner].certain {
            self.lists[inner].inside = true;
            self.open.truncate(level);
        }
    }

    fn note_shaped(&mut self) {
        for &list in self.open.iter().rev() {
            if std::mem::replace(&mut self.lists[list].shaped, true) {
                break;
            }
        }
    }

    fn note_certain(&mut self) {
        for &list in self.open.iter().rev() {
            if std::mem::replace(&mut self.lists[list].certain, true) {
                break;
            }
        }
    }

    /// Leaves the items that are comments and gives each its lines.
    fn finish(self, end: usize, footer: bool) -> Outline {
        let is_replies = self.judge();
        let mut place = vec![None; self.items.len()];
        let mut outline = Outline {
            preamble: self.items.first().map_or(end, |item| item.line),
            end,
            footer,
            ..Outline::default()
        };
        for (at, item) in self.items.iter().enumerate() {
            let parent = item.parent.map(|parent| place[parent]);
            if !is_replies[item.list] || parent == Some(None) {
                continue;
            }
            place[at] = Some(outline.comments.len());
            outline.certain |= self.lists[item.list].certain;
            if let Some(last) = outline.comments.last_mut() {
                last.end = item.line;
            }
            let parent = parent.flatten();
            outline.comments.push(Item { parent, ..*item });
        }
        if let Some(last) = outline.comments.last_mut() {
            // What stands at the margin behind the last comment is the page's, not the comment's.
            let own = last.line + 1..end;
            let left = |line: &Line<'_>| line.apart && line.indent < column(0);
            let past = self.lines[own.clone()].iter().position(left);
            outline.end = past.map_or(end, |past| own.start + past);
            last.end = outline.end;
        }
        outline
    }

    /// For every list, whether it holds comments.
    fn judge(&self) -> Vec<bool> {
        let sure =
            |list: &List| !list.inside && (list.certain || list.shaped || list.parent.is_none());
        let names: std::collections::HashSet<&str> = self
            .lists
            .iter()
            .filter(|list| sure(list))
            .flat_map(|list| &list.items)
            .map(|&item| self.name(item))
            .collect();
        let known = |list: &List| {
            list.items
                .iter()
                .all(|&item| names.contains(self.name(item)))
                || matches!(list.items[..], [item] if self.is_empty_comment(item))
        };
        let lists = self.lists.iter();
        lists
            .map(|list| sure(list) || !list.inside && known(list))
            .collect()
    }

    fn name(&self, item: usize) -> &str {
        number(self.lines[self.items[item].line].text).map_or("", |(_, words)| words)
    }

    /// Whether an item without words is rather a comment without words, such as one that was only a
    /// picture, than a list with one item: it stands apart and reads like a name.
    fn is_empty_comment(&self, item: usize) -> bool {
        let line = self.items[item].line;
        let apart = |at: usize| self.lines.get(at).is_none_or(|line| line.apart);
        let name = self.name(item);
        let reads_like_name = !name.is_empty()
            && name.len() <= 30
            && name.split_whitespace().count() <= 3
            && !name.ends_with(['.', ',', ';', ':', '!', '?']);
        apart(line) && apart(line + 1) && reads_like_name
    }
}

/// Whether the words of a numbered line are such as only comments have.
fn bears_sign(words: &str) -> bool {
    let author = register::author(words);
    author.is_some_and(|author| author.anonymous || author.badge.is_some())
        || register::notice(words).is_some()
}
