//! Pages of Reddit's redesign of 2018: the state of the page, `window.___r = {...}`, of which its script
//! makes the page. Class names there are hashed and say nothing.

use super::{
    Feature, Page, Source, Threads, Witness,
    deep_json::{Json, Value, stack},
    page, recognize,
    reddit::{
        author, badge, bare,
        gathering::{Gathering, Stub},
        notice,
        object::{absolute, from_html, from_markdown, thread_address},
        parent, state_of,
    },
    time,
};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    text::Body,
    thread::{Article, Draft, ParentRef, Score, State, Thread, ThreadBuilder, codes},
};
use std::{
    collections::{HashMap, HashSet},
    io::BufRead,
};

pub(super) static SOURCE: RedditState = RedditState;

/// See the module.
#[derive(Debug)]
pub(super) struct RedditState;

impl Source for RedditState {
    fn id(&self) -> &'static str {
        "reddit-state"
    }

    fn summary(&self) -> &'static str {
        "a page of Reddit's redesign of 2018, by the state it carries"
    }

    fn reads(&self) -> &'static [Feature] {
        use Feature::{Authors, Deleted, Scores, Times, Tree};
        &[Tree, Authors, Times, Scores, Deleted]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    /// The state itself stands far behind the head of the page; the script that measures the page's
    /// start comes first.
    fn detect(&self, head: &[u8]) -> bool {
        let Some(text) = recognize::html(head) else {
            return false;
        };
        let measures =
            || text.contains("__perfMark") && text.to_ascii_lowercase().contains("reddit");
        assignment(&text).is_some() || measures()
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

/// Where the state begins.
fn assignment(text: &str) -> Option<usize> {
    const NAME: &str = "window.___r";
    text.match_indices(NAME).find_map(|(at, name)| {
        let behind = &text[at + name.len()..];
        let value = behind.trim_start().strip_prefix('=')?.trim_start();
        value.starts_with('{').then(|| text.len() - value.len())
    })
}

fn read(page: &Page) -> Result<Thread> {
    let remedy =
        "save the page of the thread as the server sends it, not as the browser changed it";
    let Some(start) = assignment(&page.text) else {
        return Err(Error::new(
            ErrorKind::Malformed,
            "the page carries no state of its script",
        )
        .remedy(remedy));
    };
    let json = Json::first(&page.text[start..]);
    let root = json.documents().next();
    let Some(root) =
        root.filter(|root| models(*root, "comments").next().is_some() || link(*root).is_some())
    else {
        let error = Error::new(
            ErrorKind::Malformed,
            "the state of the page holds no thread",
        );
        return Err(error.remedy(remedy).at(Place::Byte(start)));
    };
    let mut builder = start_thread(root);
    page.warn_if_damaged(&mut builder);
    if let Some(at) = json.broken {
        let message = format!(
            "the page's state breaks off or is wrong at byte {}; what stands behind it is missing",
            start + at
        );
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    let mut gathering = Gathering::default();
    for entry in order(root) {
        match entry {
            Entry::Comment(model) => {
                let (draft, odd) = comment(model);
                gathering.comment(draft, odd, 0);
            }
            Entry::Stub(model, above) => gathering.stub(stub(model, above)),
        }
    }
    gathering.finish(&mut builder);
    Ok(builder.build())
}

/// The things of a kind that the state holds.
fn models<'a>(root: Value<'a>, kind: &str) -> impl Iterator<Item = Value<'a>> + use<'a> {
    let all = root
        .path(&[kind, "models"])
        .into_iter()
        .flat_map(Value::children);
    all.filter(|model| model.is_object())
}

/// The member `key` of the state's page of comments, for the thread that is shown.
fn of_page<'a>(root: Value<'a>, key: &str) -> Option<Value<'a>> {
    root.path(&["commentsPage", key])?.children().next()
}

/// The submission that the comments belong to; the state may hold others beside it.
fn link<'a>(root: Value<'a>) -> Option<Value<'a>> {
    let shown = of_page(root, "keyToPostId").and_then(Value::string);
    let answered = || models(root, "comments").find_map(|model| model.get("postId")?.string());
    let id = shown.or_else(answered)?;
    models(root, "posts").find(|model| model.key() == id)
}

fn start_thread(root: Value<'_>) -> ThreadBuilder {
    let link = link(root);
    let word = |keys: &[&str]| link?.path(keys)?.word().map(str::to_owned);
    let first = models(root, "comments").next();
    let of_first = |key: &str| first?.get(key)?.word();
    let id = word(&["id"]).or_else(|| of_first("postId").map(str::to_owned));
    let url = word(&["permalink"]).map(|path| absolute(&path));
    let url = url.or_else(|| thread_address(of_first("permalink")?));
    let title = word(&["title"]);
    let text = word(&["media", "content"])
        .map(|source| from_html(&source).text)
        .or_else(|| word(&["media", "markdownContent"]).map(|source| from_markdown(&source).text));
    let mut builder = ThreadBuilder::new(SOURCE.id(), bare(&id.unwrap_or_default()));
    if link.is_some() {
        builder.article(Some(Article {
            title: title.clone(),
            url: word(&["source", "url"]).or_else(|| url.clone()),
            text: text.filter(|text| !text.is_empty() && notice(text).is_none()),
        }));
    }
    builder.url(url).title(title);
    builder
}

/// What stands in the page's list of comments.
enum Entry<'a> {
    Comment(Value<'a>),
    /// A stub, and the comment above it by its place in the list.
    Stub(Value<'a>, Option<String>),
}

/// All comments and stubs in the order of the page; those outside its list come last.
fn order<'a>(root: Value<'a>) -> Vec<Entry<'a>> {
    let comments: HashMap<&str, Value<'a>> = models(root, "comments")
        .map(|model| (model.key(), model))
        .collect();
    let stubs: Vec<_> = models(root, "moreComments")
        .chain(models(root, "continueThreads"))
        .collect();
    let by_key: HashMap<&str, Value<'a>> =
        stubs.iter().map(|model| (model.key(), *model)).collect();
    let links: HashMap<&str, Value<'a>> = of_page(root, "keyToCommentThreadLinkSets")
        .into_iter()
        .flat_map(Value::children)
        .map(|link| (link.key(), link))
        .collect();
    let mut entries = Vec::new();
    let mut seen = HashSet::new();
    // The last comment of each depth.
    let mut path: Vec<&str> = Vec::new();
    let mut next = of_page(root, "keyToHeadCommentId").and_then(Value::string);
    while let Some((&key, link)) = next.and_then(|key| links.get_key_value(key))
        && seen.insert(key)
    {
        let depth = link.integer("depth");
        path.truncate(
            depth
                .and_then(|depth| usize::try_from(depth).ok())
                .unwrap_or(0),
        );
        if let Some(model) = comments.get(key) {
            entries.push(Entry::Comment(*model));
        } else if let Some(model) = by_key.get(key) {
            let above = path.last().map(|id| bare(id).to_owned());
            entries.push(Entry::Stub(*model, above));
        }
        path.push(key);
        next = link.path(&["next", "id"]).and_then(Value::string);
    }
    let rest = models(root, "comments").filter(|model| !seen.contains(model.key()));
    entries.extend(rest.map(Entry::Comment));
    let rest = stubs
        .into_iter()
        .filter(|model| !seen.contains(model.key()));
    entries.extend(rest.map(|model| Entry::Stub(model, None)));
    entries
}

fn comment(model: Value<'_>) -> (Draft, Vec<String>) {
    let word = |key: &str| model.get(key).and_then(Value::word);
    let mut odd = Vec::new();
    let mut instant = |key: &str| {
        let text = model.get(key)?.word()?;
        let read = time::parse(text);
        if read.is_none() {
            odd.push(format!(
                "`{key}` is `{text}`, which is no time, and was left out"
            ));
        }
        read
    };
    let (posted, edited) = (instant("created"), instant("editedAt"));
    let (state, body) = state_of(body(model));
    let state = match state {
        State::Live if model.flag("isDeleted") => State::Deleted,
        State::Live if model.flag("collapsed") => State::Collapsed,
        state => state,
    };
    let state = match word("deletedBy") {
        Some("moderator" | "admin" | "anti_evil_ops") => State::Removed,
        _ => state,
    };
    let rank = word("distinguishType").unwrap_or_default();
    let marks = badge(&[
        (!rank.is_empty(), rank),
        (model.flag("isOp"), "submitter"),
        (model.flag("isStickied"), "stickied"),
    ]);
    let points = model
        .integer("score")
        .filter(|_| !model.flag("isScoreHidden"));
    let id = word("id").unwrap_or(model.key());
    let draft = Draft {
        id: bare(id).to_owned(),
        parent: word("parentId").map_or(ParentRef::Root, parent),
        author: author(word("author").unwrap_or_default(), word("authorId"), marks),
        posted,
        edited,
        score: points.map(Score::of_points),
        state,
        body,
        ..Draft::default()
    };
    (draft, odd)
}

/// The text, of which the state has had three forms.
fn body(model: Value<'_>) -> Body {
    let word = |key: &str| model.get(key).and_then(Value::word);
    match (word("body"), word("bodyMD")) {
        (Some(source), _) => from_html(source),
        (None, Some(source)) => from_markdown(source),
        (None, None) => from_rich(model.path(&["media", "richtextContent", "document"])),
    }
}

/// The text of a document of the board's editor: nested lists of elements `e` with texts `t` and
/// contents `c`.
fn from_rich(document: Option<Value<'_>>) -> Body {
    use crate::text::{BlockKind, BodyBuilder};
    let mut builder = BodyBuilder::default();
    let mut text = String::new();
    let mut open: Vec<(Value<'_>, BlockKind)> = Vec::new();
    let top = document.into_iter().flat_map(Value::children);
    stack(&mut open, top.map(|value| (value, BlockKind::Paragraph)));
    let mut kind = BlockKind::Paragraph;
    while let Some((value, outer)) = open.pop() {
        let element = value.get("e").and_then(Value::string).unwrap_or_default();
        let (own, begins) = match element {
            "blockquote" => (BlockKind::Quote, true),
            "code" => (BlockKind::Code, true),
            "li" if outer == BlockKind::Paragraph => (BlockKind::List, true),
            "par" | "h" | "li" | "table" => (outer, true),
            _ => (outer, false),
        };
        if begins {
            builder.block(kind, &std::mem::take(&mut text), Vec::new());
        }
        kind = own;
        match element {
            "br" => text.push('\n'),
            "raw" if !text.is_empty() => text.push('\n'),
            _ => {}
        }
        if let Some(words) = value.get("t").and_then(Value::string) {
            text.push_str(words);
        }
        let inner = value.get("c").into_iter().flat_map(Value::children);
        stack(&mut open, inner.map(|value| (value, own)));
    }
    builder.block(kind, &text, Vec::new());
    builder.build()
}

fn stub(model: Value<'_>, above: Option<String>) -> Stub {
    let named = model.get("parentId").and_then(Value::word);
    let parent = match (named, above) {
        (Some(id), _) => parent(id),
        (None, Some(id)) => ParentRef::Id(id),
        (None, None) => ParentRef::Root,
    };
    let key = model.key();
    // The key of a stub names the first comment that it stands for; one that leads to a page of its own
    // names the comment above.
    let first = key
        .strip_prefix("moreComments-")
        .map(|id| bare(id).to_owned());
    Stub {
        all: first.is_none(),
        children: first.into_iter().collect(),
        count: model.integer("numComments"),
        parent,
    }
}

#[cfg(test)]
mod tests;
