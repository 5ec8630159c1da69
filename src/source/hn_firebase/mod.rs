//! Hacker News's items as its own API gives them: one JSON object an item, in any order.
//!
//! A dump holds items of many stories, and often not the whole of any. Items are grouped under the
//! uppermost item that the dump leads to, be it there or not, and each group is a thread. Replies
//! that an item names and no line holds become stubs.

use super::{
    Feature, Page, Source, Threads, Witness, fields, hacker_news,
    objects::{self, Object},
    pages, recognize,
};
use crate::{
    error::{Error, ErrorKind, Result},
    thread::{Article, Draft, ParentRef, Score, State, Thread, ThreadBuilder, codes},
};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    io::BufRead,
};

pub(super) static SOURCE: HnFirebase = HnFirebase;

/// See the module.
#[derive(Debug)]
pub(super) struct HnFirebase;

impl Source for HnFirebase {
    fn id(&self) -> &'static str {
        "hn-firebase"
    }

    fn summary(&self) -> &'static str {
        "items of Hacker News as its own API or a dump gives them"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Deleted,
            Feature::Paging,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let Some(json) = recognize::json(head) else {
            return false;
        };
        let is_typed = recognize::values(&json, "type").any(|value| {
            let kind = value
                .strip_prefix('"')
                .and_then(|kind| kind.split('"').next());
            kind.is_some_and(|kind| TYPES.contains(&kind))
        });
        let is_timed = recognize::values(&json, "time").any(|value| {
            value
                .trim_start_matches('"')
                .starts_with(|c: char| c.is_ascii_digit())
        });
        let has = |key| recognize::has_key(&json, key);
        is_typed
            && is_timed
            && has("id")
            && (has("by") || has("kids") || has("parent") && has("deleted"))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        pages(input, read)
    }
}

/// What an item can be.
const TYPES: [&str; 5] = ["comment", "story", "job", "poll", "pollopt"];

fn read(page: &Page) -> Result<Vec<Thread>> {
    let (objects, cut) = objects::objects(&page.text, &[]);
    let items = Items::new(objects);
    if items.items.is_empty() {
        let remedy = "check that the file holds items with `id` and `type`, not ids alone";
        return Err(Error::new(ErrorKind::Malformed, "the input holds no item").remedy(remedy));
    }
    let mut threads = Vec::new();
    for group in items.groups() {
        let mut builder = items.start(&group);
        page.warn_if_damaged(&mut builder);
        items.push(&group, &mut builder);
        threads.push(builder);
    }
    if let Some(last) = threads.last_mut() {
        if cut {
            last.warn(
                codes::PARTIAL_CAPTURE,
                "the input ends within an item",
                None,
            );
        }
        if items.nameless > 0 {
            let message = format!("{} objects without an id were left out", items.nameless);
            last.warn(codes::MISSING_ID, message, None);
        }
    }
    Ok(threads.into_iter().map(ThreadBuilder::build).collect())
}

/// The uppermost item of a thread, and those of the thread that are there and answer nothing there.
struct Group {
    root: String,
    tops: Vec<usize>,
}

/// Every item of the input.
struct Items {
    items: Vec<Object>,
    ids: Vec<String>,
    by_id: HashMap<String, usize>,
    /// The replies to each item that are there, in the order in which they come in the input.
    replies: Vec<Vec<usize>>,
    /// Ids of items that the input has more than once; the last one counts.
    repeated: HashSet<String>,
    /// Number of objects without an id.
    nameless: usize,
}

impl Items {
    fn new(objects: Vec<Object>) -> Self {
        let mut items: Vec<Object> = Vec::new();
        let mut ids = Vec::new();
        let mut by_id = HashMap::new();
        let mut repeated = HashSet::new();
        let mut nameless = 0;
        for object in objects {
            let Some(id) = object.id("id") else {
                nameless += 1;
                continue;
            };
            match by_id.get(&id).and_then(|&at: &usize| items.get_mut(at)) {
                Some(earlier) => {
                    *earlier = object;
                    repeated.insert(id);
                }
                None => {
                    by_id.insert(id.clone(), items.len());
                    ids.push(id);
                    items.push(object);
                }
            }
        }
        let mut replies = vec![Vec::new(); items.len()];
        for (at, item) in items.iter().enumerate() {
            if let Some(&parent) = parent(item).and_then(|id| by_id.get(&id))
                && parent != at
            {
                replies[parent].push(at);
            }
        }
        Self {
            items,
            ids,
            by_id,
            replies,
            repeated,
            nameless,
        }
    }

    /// The threads, in the order in which the input first touches them.
    fn groups(&self) -> Vec<Group> {
        const OPEN: usize = usize::MAX;
        let mut top_of = vec![OPEN; self.items.len()];
        let mut groups: Vec<Group> = Vec::new();
        let mut group_of: HashMap<String, usize> = HashMap::new();
        for start in 0..self.items.len() {
            let mut path = Vec::new();
            let mut at = start;
            // A circle of replies ends where it meets itself.
            while top_of[at] == OPEN {
                top_of[at] = start;
                path.push(at);
                match parent(&self.items[at]).and_then(|id| self.by_id.get(&id)) {
                    Some(&above) => at = above,
                    None => break,
                }
            }
            if path.is_empty() {
                continue;
            }
            let is_new = top_of[at] == start;
            let top = if is_new { at } else { top_of[at] };
            for passed in path {
                top_of[passed] = top;
            }
            if is_new {
                let root = parent(&self.items[top]).filter(|id| !self.by_id.contains_key(id));
                let root = root.unwrap_or_else(|| self.ids[top].clone());
                let group = *group_of.entry(root.clone()).or_insert_with(|| {
                    groups.push(Group {
                        root,
                        tops: Vec::new(),
                    });
                    groups.len() - 1
                });
                groups[group].tops.push(top);
            }
        }
        groups
    }

    /// Starts a thread with what its uppermost item says.
    fn start(&self, group: &Group) -> ThreadBuilder {
        let mut builder = ThreadBuilder::new(SOURCE.id(), group.root.clone());
        builder.url(Some(hacker_news::address(&group.root)));
        let story = self.by_id.get(&group.root).map(|&at| &self.items[at]);
        if let Some(story) = story.filter(|story| !is_comment(story)) {
            let mut text = story.text("text").map(|text| hacker_news::body(text).text);
            for option in self.options(&group.root) {
                let text = text.get_or_insert_default();
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(&option);
            }
            let article = Article {
                title: story.text("title").map(str::to_owned),
                url: story.text("url").map(str::to_owned),
                text,
            };
            builder.title(article.title.clone());
            builder.article((article != Article::default()).then_some(article));
        }
        builder
    }

    /// What a poll lets choose.
    fn options(&self, poll: &str) -> Vec<String> {
        let parts = self
            .by_id
            .get(poll)
            .and_then(|&at| self.items[at].value("parts"));
        let ids = parts.and_then(Value::as_array).into_iter().flatten();
        let found = ids.filter_map(|id| self.by_id.get(&fields::id(id)?));
        found
            .filter_map(|&at| Some(hacker_news::body(self.items[at].text("text")?).text))
            .collect()
    }

    /// Adds the thread's comments, each before its replies, in the order that the board gives them.
    fn push(&self, group: &Group, builder: &mut ThreadBuilder) {
        let mut seen = HashSet::new();
        let mut open: Vec<Next> = group
            .tops
            .iter()
            .rev()
            .map(|&top| Next::Item(top))
            .collect();
        while let Some(next) = open.pop() {
            let at = match next {
                Next::Item(at) => at,
                Next::Stub { id, parent } => {
                    let parent = if parent == group.root {
                        ParentRef::Root
                    } else {
                        ParentRef::Id(parent)
                    };
                    builder.push(Draft {
                        id,
                        parent,
                        state: State::Unresolved,
                        ..Draft::default()
                    });
                    continue;
                }
            };
            if !seen.insert(at) {
                continue;
            }
            if is_comment(&self.items[at]) {
                self.push_comment(at, group, builder);
            }
            let from = open.len();
            open.extend(self.below(at));
            open[from..].reverse();
        }
    }

    /// The replies to an item: first those that it names, in its order.
    fn below(&self, at: usize) -> Vec<Next> {
        let mut named = HashSet::new();
        let mut below = Vec::new();
        let kids = self.items[at].value("kids").and_then(Value::as_array);
        for id in kids.into_iter().flatten().filter_map(fields::id) {
            if !named.insert(id.clone()) {
                continue;
            }
            match self.by_id.get(&id) {
                // An item counts where it says that it stands.
                Some(&kid) if parent(&self.items[kid]).as_ref() == Some(&self.ids[at]) => {
                    below.push(Next::Item(kid));
                }
                Some(_) => {}
                None => below.push(Next::Stub {
                    id,
                    parent: self.ids[at].clone(),
                }),
            }
        }
        let mut rest: Vec<usize> = self.replies[at]
            .iter()
            .copied()
            .filter(|&reply| !named.contains(&self.ids[reply]))
            .collect();
        rest.sort_by_key(|&reply| self.items[reply].number("id"));
        below.extend(rest.into_iter().map(Next::Item));
        below
    }

    fn push_comment(&self, at: usize, group: &Group, builder: &mut ThreadBuilder) {
        let item = &self.items[at];
        let id = self.ids[at].clone();
        let is_story = |id: &String| {
            let known = self.by_id.get(id).map(|&at| &self.items[at]);
            *id == group.root && known.is_some_and(|item| !is_comment(item))
        };
        let parent = match parent(item) {
            Some(parent) if !is_story(&parent) => ParentRef::Id(parent),
            _ => ParentRef::Root,
        };
        let name = item.text("by");
        let (state, body) = match item.flag("deleted") {
            true => (State::Deleted, crate::text::Body::default()),
            false => hacker_news::content(item.text("text"), name.is_some(), item.flag("dead")),
        };
        let points = item.number("score");
        let posted = item.instant(&["time", "timestamp"]);
        let idx = builder.push(Draft {
            id: id.clone(),
            parent,
            author: name.map(hacker_news::author),
            posted,
            score: points.map(Score::of_points),
            state,
            body,
            ..Draft::default()
        });
        if item.broken || posted.is_none() && item.has("time") {
            let message = format!("parts of the item `{id}` could not be read");
            builder.warn(codes::BAD_VALUE, message, Some(idx));
        }
        if self.repeated.contains(&id) {
            let message = format!("the item `{id}` comes more than once; the last one counts");
            builder.warn(codes::DUPLICATE_ID, message, Some(idx));
        }
    }
}

/// What comes next in a thread.
enum Next {
    Item(usize),
    /// A reply that is named and not there.
    Stub {
        id: String,
        parent: String,
    },
}

fn parent(item: &Object) -> Option<String> {
    item.id("parent").or_else(|| item.id("poll"))
}

/// Whether an item is a comment; what has lost its type and answers something is one.
fn is_comment(item: &Object) -> bool {
    match item.text("type") {
        Some(kind) => kind == "comment",
        None => item.has("parent"),
    }
}

#[cfg(test)]
mod tests;
