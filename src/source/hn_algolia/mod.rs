//! Hacker News's threads as its search at Algolia gives them: an item with all replies nested in it, or
//! what a search found, one after another.
//!
//! Found comments are gathered by story. Both forms give deleted comments without author and text.

use super::{
    Feature, Page, Source, Threads, Witness, hacker_news,
    objects::{self, Object},
    pages, recognize,
};
use crate::{
    error::{Error, ErrorKind, Result},
    thread::{Article, Draft, ParentRef, Score, Thread, ThreadBuilder, codes},
};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    io::BufRead,
};

pub(super) static SOURCE: HnAlgolia = HnAlgolia;

/// See the module.
#[derive(Debug)]
pub(super) struct HnAlgolia;

impl Source for HnAlgolia {
    fn id(&self) -> &'static str {
        "hn-algolia"
    }

    fn summary(&self) -> &'static str {
        "a thread or found comments of Hacker News from its search API"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let Some(json) = recognize::json(head) else {
            return false;
        };
        let has = |key| recognize::has_key(&json, key);
        let is_item = || has("children") && (has("parent_id") || has("story_id")) && has("type");
        let is_found = || has("objectID") && (has("story_id") || has("num_comments"));
        has("created_at_i") && has("author") && (is_item() || is_found())
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        pages(input, read)
    }
}

/// Members that are lists of items.
const LISTS: [&str; 2] = ["children", "hits"];

fn read(page: &Page) -> Result<Vec<Thread>> {
    let (objects, cut) = objects::objects(&page.text, &LISTS);
    let mut found = Found::default();
    let mut builders = Vec::new();
    for tree in trees(&objects) {
        let Some(root) = objects.get(tree.start) else {
            continue;
        };
        if root.has("hits") {
            found.note_size(root);
            let hits = objects.get(tree.start + 1..tree.end).unwrap_or_default();
            hits.iter().for_each(|hit| found.add(hit));
        } else if root.has("objectID") {
            found.add(root);
        } else if root.has("id") || root.has("children") {
            builders.push(item(&objects, tree));
        }
    }
    builders.extend(found.threads());
    if builders.is_empty() {
        let remedy = "ask for /api/v1/items/ID, or search with tags=comment";
        return Err(Error::new(ErrorKind::Malformed, "the answer holds no item").remedy(remedy));
    }
    for builder in &mut builders {
        page.warn_if_damaged(builder);
    }
    if let Some(last) = builders.last_mut().filter(|_| cut) {
        last.warn(
            codes::PARTIAL_CAPTURE,
            "the answer ends within an item",
            None,
        );
    }
    Ok(builders.into_iter().map(ThreadBuilder::build).collect())
}

/// The objects that stand outside any other, each with all below it.
fn trees(objects: &[Object]) -> Vec<std::ops::Range<usize>> {
    let outer = objects
        .iter()
        .enumerate()
        .filter(|(_, object)| object.above.is_none());
    let starts: Vec<usize> = outer.map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([objects.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| start..end)
        .collect()
}

/// Reads an item with its replies.
fn item(objects: &[Object], tree: std::ops::Range<usize>) -> ThreadBuilder {
    let ids = ids(objects, &tree);
    let root = &objects[tree.start];
    let root_id = ids.first().cloned().unwrap_or_default();
    let is_comment = is_comment(root);
    let story = match is_comment {
        true => root
            .id("story_id")
            .or_else(|| root.id("parent_id"))
            .unwrap_or(root_id),
        false => root_id,
    };
    let article = match is_comment {
        true => None,
        false => Some(Article {
            title: root.text("title").map(str::to_owned),
            url: root.text("url").map(str::to_owned),
            text: text_with_options(root),
        }),
    };
    let mut builder = start(story.clone(), article);
    let is_option = |object: &Object| object.text("type") == Some("pollopt");
    for at in tree.clone() {
        let object = &objects[at];
        let id = ids.get(at - tree.start).cloned().unwrap_or_default();
        if at == tree.start && !is_comment || is_option(object) {
            continue;
        }
        let above = object
            .above
            .and_then(|above| ids.get(above.checked_sub(tree.start)?));
        let parent = above.cloned().or_else(|| object.id("parent_id"));
        push(
            object,
            id,
            parent.filter(|parent| *parent != story),
            &mut builder,
        );
    }
    builder
}

/// The ids of a tree's items. One that has lost its own is known by the replies that name it.
fn ids(objects: &[Object], tree: &std::ops::Range<usize>) -> Vec<String> {
    let mut ids: Vec<String> = tree
        .clone()
        .map(|at| objects[at].id("id").unwrap_or_default())
        .collect();
    for at in tree.clone() {
        if let Some(above) = objects[at]
            .above
            .and_then(|above| above.checked_sub(tree.start))
            && let Some(id) = ids.get_mut(above).filter(|id| id.is_empty())
            && let Some(named) = objects[at].id("parent_id")
        {
            *id = named;
        }
    }
    ids
}

fn start(story: String, article: Option<Article>) -> ThreadBuilder {
    let url = hacker_news::address(&story);
    let mut builder = ThreadBuilder::new(SOURCE.id(), story);
    builder.url(Some(url));
    builder.title(article.as_ref().and_then(|article| article.title.clone()));
    builder.article(article.filter(|article| *article != Article::default()));
    builder
}

/// The text of a story, and what a poll lets choose.
fn text_with_options(story: &Object) -> Option<String> {
    let own = story.text("text").or_else(|| story.text("story_text"));
    let options = story
        .value("options")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let options = options.filter_map(|option| option.get("text")?.as_str());
    let parts = own.into_iter().chain(options);
    let texts: Vec<String> = parts.map(|text| hacker_news::body(text).text).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn is_comment(item: &Object) -> bool {
    match item.text("type") {
        Some(kind) => kind == "comment",
        None => item.has("parent_id"),
    }
}

/// Adds a comment; `parent` is none where it answers the story.
fn push(item: &Object, id: String, parent: Option<String>, builder: &mut ThreadBuilder) {
    let name = item.text("author");
    let text = item.text("text").or_else(|| item.text("comment_text"));
    let (state, body) = hacker_news::content(text, name.is_some(), item.flag("dead"));
    let posted = item.instant(&["created_at_i", "created_at"]);
    let points = item.number("points");
    let idx = builder.push(Draft {
        id: id.clone(),
        parent: parent.map_or(ParentRef::Root, ParentRef::Id),
        author: name.map(hacker_news::author),
        posted,
        score: points.map(Score::of_points),
        state,
        body,
        ..Draft::default()
    });
    if item.broken || posted.is_none() && item.has("created_at_i") {
        let message = format!("parts of the comment `{id}` could not be read");
        builder.warn(codes::BAD_VALUE, message, Some(idx));
    }
}

/// What searches found, by story.
#[derive(Default)]
struct Found<'a> {
    /// The stories in the order in which they come.
    stories: Vec<(String, Vec<&'a Object>)>,
    story_of: HashMap<String, usize>,
    seen: HashSet<String>,
    /// How many there are, where the answer holds fewer.
    total: Option<i64>,
    /// How many were read.
    count: i64,
}

impl<'a> Found<'a> {
    fn note_size(&mut self, answer: &Object) {
        self.total = self.total.max(answer.number("nbHits"));
    }

    fn add(&mut self, hit: &'a Object) {
        self.count += 1;
        let id = hit
            .id("objectID")
            .or_else(|| hit.id("id"))
            .unwrap_or_default();
        let story = match is_story(hit) {
            true => Some(id.clone()),
            false => hit.id("story_id").or_else(|| hit.id("parent_id")),
        };
        // Pages of one search overlap when new comments come in between.
        if !id.is_empty() && !self.seen.insert(id) {
            return;
        }
        let story = story.unwrap_or_default();
        let place = *self.story_of.entry(story.clone()).or_insert_with(|| {
            self.stories.push((story, Vec::new()));
            self.stories.len() - 1
        });
        self.stories[place].1.push(hit);
    }

    /// The threads; comments stand in the order in which they were written.
    fn threads(self) -> Vec<ThreadBuilder> {
        let missing = self.total.filter(|&total| total > self.count);
        let mut builders = Vec::new();
        for (story, mut hits) in self.stories {
            hits.sort_by_key(|hit| hit.number("objectID"));
            let own = hits.iter().find(|hit| is_story(hit));
            let told = |key| hits.iter().find_map(|hit| hit.text(key)).map(str::to_owned);
            let article = Article {
                title: own
                    .and_then(|own| own.text("title"))
                    .map(str::to_owned)
                    .or_else(|| told("story_title")),
                url: own
                    .and_then(|own| own.text("url"))
                    .map(str::to_owned)
                    .or_else(|| told("story_url")),
                text: own.and_then(|own| text_with_options(own)),
            };
            let mut builder = start(story.clone(), Some(article));
            if let Some(total) = missing {
                let message = format!("the search found {total}, of which {} are here", self.count);
                builder.warn(codes::PARTIAL_CAPTURE, message, None);
            }
            for hit in hits.iter().filter(|hit| !is_story(hit)) {
                let id = hit.id("objectID").unwrap_or_default();
                let parent = hit.id("parent_id").filter(|parent| *parent != story);
                push(hit, id, parent, &mut builder);
            }
            builders.push(builder);
        }
        builders
    }
}

/// Whether something found is a story, a poll or a job; its tags say so.
fn is_story(hit: &Object) -> bool {
    let tags = hit.value("_tags").and_then(Value::as_array);
    match tags {
        Some(tags) => !tags
            .iter()
            .any(|tag| matches!(tag.as_str(), Some("comment" | "pollopt"))),
        None => !hit.has("comment_text") && !hit.has("parent_id"),
    }
}

#[cfg(test)]
mod tests;
