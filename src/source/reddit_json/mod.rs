//! Answers of Reddit's JSON interface: `/comments/ID.json`, listings of comments, `/api/morechildren`.
//!
//! An input may hold several documents one behind the other, as a thread and the answers that resolve
//! its stubs; they are merged by the submission that their comments belong to. Flat answers may name
//! parents that come later or stand in another document.

use super::{
    Feature, Page, Source, Threads, Witness,
    deep_json::{self, Json, Value},
    recognize,
    reddit::{
        bare,
        gathering::{Gathering, Stub},
        object::{self, Frame, Thing},
    },
};
use crate::{
    error::Result,
    thread::{ParentRef, Thread, ThreadBuilder, codes},
};
use std::{collections::HashMap, io::BufRead, rc::Rc};

pub(super) static SOURCE: RedditJson = RedditJson;

/// See the module.
#[derive(Debug)]
pub(super) struct RedditJson;

impl Source for RedditJson {
    fn id(&self) -> &'static str {
        "reddit-json"
    }

    fn summary(&self) -> &'static str {
        "answers of Reddit's JSON interface: threads, listings, more children"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::json(head).is_some_and(|text| is_answer(&text))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        deep_json::threads(input, read)
    }
}

/// Whether JSON is an answer: it names kinds of things, and has what only the board's things have; or its
/// first value is a list of bare comments, as archives answer.
fn is_answer(text: &str) -> bool {
    let has = |key: &str| text.contains(&format!("\"{key}\""));
    let is_kind = |word: &str| {
        ["\"Listing\"", "\"t1\"", "\"t3\"", "\"more\""]
            .iter()
            .any(|kind| word.starts_with(kind))
    };
    let mut kinds = text.match_indices("\"kind\"").map(|(at, key)| {
        let behind = text[at + key.len()..].trim_start();
        behind.strip_prefix(':').unwrap_or_default().trim_start()
    });
    let of_things = kinds.any(is_kind)
        && (has("children") || has("things") || has("link_id") || has("selftext"));
    let board = has("subreddit_id")
        || has("subreddit")
        || has("link_id")
        || has("modhash")
        || has("things");
    let starts_with_data = || {
        let compact: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .take(10)
            .collect();
        compact.starts_with("{\"data\":[") && has("link_id") && has("parent_id") && has("subreddit")
    };
    of_things && board || starts_with_data()
}

/// A thread in the making.
#[derive(Default)]
struct Forming {
    frame: Frame,
    /// Whether a submission itself said what the frame holds.
    stated: bool,
    gathering: Gathering,
}

/// Threads in the order of their first appearance.
#[derive(Default)]
struct Forums {
    threads: Vec<(String, Forming)>,
    by_link: HashMap<String, usize>,
    /// The thread of each comment.
    of_comment: HashMap<String, usize>,
    /// The thread that was touched last.
    current: Option<usize>,
    /// Whether a listing goes on on another page.
    paged: bool,
}

impl Forums {
    fn of_link(&mut self, link: String) -> usize {
        let next = self.threads.len();
        let at = *self.by_link.entry(link.clone()).or_insert(next);
        if at == next {
            self.threads.push((link, Forming::default()));
        }
        self.current = Some(at);
        at
    }

    /// The thread of a thing that answers `parent` and may not name its submission.
    fn of(&mut self, link: Option<String>, parent: &ParentRef) -> usize {
        let known = match parent {
            ParentRef::Id(id) => self.of_comment.get(id).copied(),
            _ => None,
        };
        match (link, known.or(self.current)) {
            (Some(link), _) => self.of_link(link),
            (None, Some(at)) => at,
            (None, None) => self.of_link(String::new()),
        }
    }
}

fn read(page: &Page, json: &Json<'_>) -> Result<Vec<Thread>> {
    let mut forums = Forums::default();
    let mut early = Vec::new();
    for (document, value) in json.documents().enumerate() {
        gather(value, document, &mut forums, &mut early);
    }
    for stub in early {
        let at = forums.of(None, &stub.parent);
        forums.threads[at].1.gathering.stub(stub);
    }
    if forums.threads.is_empty() {
        let cause = match json.broken {
            None => "the JSON holds no thread of Reddit",
            Some(_) => "the JSON breaks off before the first comment",
        };
        let remedy = "save the address of the thread with `.json` behind it, and check that the answer is no error message";
        return Err(json.lacking(cause, remedy));
    }
    let paged = forums.paged;
    let threads = forums.threads.into_iter();
    Ok(threads
        .map(|(id, forming)| forming.build(id, page, json, paged))
        .collect())
}

/// Finds the things of a document, each before its replies. `early` takes the stubs that come before
/// anything says what thread they belong to.
fn gather(root: Value<'_>, document: usize, forums: &mut Forums, early: &mut Vec<Stub>) {
    let mut open: Vec<(Value<'_>, Option<Rc<str>>)> = vec![(root, None)];
    while let Some((value, above)) = open.pop() {
        match Thing::of(value) {
            Some(Thing::Link(link)) => {
                let Some(id) = object::id(link) else { continue };
                let at = forums.of_link(id);
                let forming = &mut forums.threads[at].1;
                if !forming.stated {
                    (forming.frame, forming.stated) = (Frame::of_link(link), true);
                }
            }
            Some(Thing::Comment(comment)) => {
                let (mut draft, odd) = object::comment(comment, above.as_deref());
                if draft.id.is_empty() {
                    draft.id = id_in_replies(comment).unwrap_or_default();
                }
                let id = draft.id.clone();
                let at = forums.of(object::link_id(comment), &draft.parent);
                forums.of_comment.insert(id.clone(), at);
                let forming = &mut forums.threads[at].1;
                if !forming.stated && forming.gathering.is_empty() {
                    forming.frame = Frame::of_comment(comment);
                }
                forming.gathering.comment(draft, odd, document);
                if let Some(replies) = comment
                    .get("replies")
                    .filter(|replies| replies.is_container())
                {
                    open.push((replies, Some(id.into())));
                }
            }
            Some(Thing::More(more)) => {
                let (link, stub) = (object::link_id(more), stub(more, above.as_deref()));
                if link.is_none() && forums.current.is_none() {
                    early.push(stub);
                } else {
                    let at = forums.of(link, &stub.parent);
                    forums.threads[at].1.gathering.stub(stub);
                }
            }
            None => {
                let after = value.get("after").and_then(Value::word);
                forums.paged |= after.is_some() && value.get("children").is_some();
                let inner = value.children().filter(|child| child.is_container());
                deep_json::stack(&mut open, inner.map(|child| (child, above.clone())));
            }
        }
    }
}

/// The id of a comment that is cut off before its own id, as its first reply names it.
fn id_in_replies(comment: Value<'_>) -> Option<String> {
    let replies = comment.path(&["replies", "data", "children"])?;
    let first = replies.children().next()?.get("data")?;
    match object::answered(first, None) {
        ParentRef::Id(id) => Some(id),
        _ => None,
    }
}

fn stub(value: Value<'_>, above: Option<&str>) -> Stub {
    let children = value.get("children");
    let ids = children
        .into_iter()
        .flat_map(Value::children)
        .filter_map(Value::word);
    let ids: Vec<_> = ids
        .map(|id| bare(id).to_owned())
        .filter(|id| !id.is_empty())
        .collect();
    Stub {
        parent: object::answered(value, above),
        all: ids.is_empty(),
        children: ids,
        count: value.integer("count"),
    }
}

impl Forming {
    fn build(self, id: String, page: &Page, json: &Json<'_>, paged: bool) -> Thread {
        let mut builder = ThreadBuilder::new(SOURCE.id(), id);
        builder
            .url(self.frame.url)
            .title(self.frame.title)
            .article(self.frame.article);
        page.warn_if_damaged(&mut builder);
        json.warn_if_broken(&mut builder);
        if paged {
            let message = "the answer says that the listing goes on on another page";
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        self.gathering.finish(&mut builder);
        builder.build()
    }
}

#[cfg(test)]
mod tests;
