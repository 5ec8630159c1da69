//! Discourse's JSON: topics (`/t/1.json`), parts of them (`/t/1/posts.json`), and lists of posts of any
//! topics (`/posts.json`, `/posts/1.json`).
//!
//! Several answers may stand one behind the other; posts of one topic make one thread, ordered by their
//! numbers, which are the comments' ids. A post answers the one in `reply_to_post_number`; where that is
//! null, what it quotes, as the module `forum` tells; else the topic as a whole. The first post is the
//! first comment, since the board does not set it apart.

mod post;

use super::{
    Feature, Page, Source, Threads, Witness, discourse::without_actions, forum, recognize,
};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    thread::{Thread, ThreadBuilder, codes},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashSet},
    io::BufRead,
};

pub(super) static SOURCE: DiscourseJson = DiscourseJson;

/// See the module.
#[derive(Debug)]
pub(super) struct DiscourseJson;

impl Source for DiscourseJson {
    fn id(&self) -> &'static str {
        "discourse-json"
    }

    fn summary(&self) -> &'static str {
        "a topic or posts of a Discourse forum as JSON"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let Some(text) = recognize::json(head) else {
            return false;
        };
        let has = |keys: &[&str]| keys.iter().all(|key| text.contains(key));
        has(&["\"post_stream\"", "\"posts\""])
            || has(&["\"post_number\"", "\"topic_id\"", "\"cooked\""])
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        let threads = std::iter::once_with(move || Page::read(input).and_then(|page| read(&page)));
        Box::new(threads.flat_map(|read| match read {
            Ok(threads) => threads.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(error) => vec![Err(error)],
        }))
    }
}

/// What is known of one topic.
#[derive(Debug, Default)]
struct Topic {
    title: Option<String>,
    /// The posts by their numbers; of two forms of one post the later counts.
    posts: BTreeMap<u64, Value>,
    /// Posts without a number.
    unnumbered: Vec<Value>,
    /// The board's ids of all posts of the topic.
    stream: Vec<u64>,
}

/// The topics of an input in their order, by their ids.
#[derive(Debug, Default)]
struct Topics {
    order: Vec<String>,
    by_id: BTreeMap<String, Topic>,
}

fn read(page: &Page) -> Result<Vec<Thread>> {
    let mut topics = Topics::default();
    let stream = serde_json::Deserializer::from_str(&page.text).into_iter::<Value>();
    let mut broken = None;
    for document in stream {
        match document {
            Ok(document) => topics.add(document),
            Err(error) => {
                let place = Place::Column(error.line(), error.column());
                broken = Some((error.to_string(), place));
                break;
            }
        }
    }
    if topics.order.is_empty() {
        let (cause, place) = match broken {
            Some((cause, place)) => (format!("the JSON cannot be read: {cause}"), Some(place)),
            None => ("the JSON holds no post of Discourse".to_owned(), None),
        };
        let error = Error::new(ErrorKind::Malformed, cause)
            .remedy("fetch the topic again, as `/t/ID.json`");
        return Err(match place {
            Some(place) => error.at(place),
            None => error,
        });
    }
    let mut by_id = topics.by_id;
    let mut threads = Vec::new();
    for id in topics.order {
        let topic = by_id.remove(&id).unwrap_or_default();
        threads.push(topic.thread(id, page, broken.as_ref()));
    }
    Ok(threads)
}

/// A number, also where it is written as a string.
fn number(value: &Value) -> Option<u64> {
    value
        .as_u64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

impl Topics {
    /// Takes one answer of the board.
    fn add(&mut self, document: Value) {
        match document {
            Value::Array(items) => {
                for item in items {
                    if item.get("post_stream").is_some() {
                        self.topic(item);
                    } else {
                        self.post(item, None);
                    }
                }
            }
            Value::Object(_) if document.get("post_stream").is_some() => self.topic(document),
            Value::Object(mut object) => match object
                .remove("latest_posts")
                .or_else(|| object.remove("posts"))
            {
                Some(Value::Array(posts)) => {
                    for post in posts {
                        self.post(post, None);
                    }
                }
                _ => self.post(Value::Object(object), None),
            },
            _ => {}
        }
    }

    fn topic(&mut self, mut document: Value) {
        let stream = document["post_stream"].take();
        let first = &stream["posts"][0]["topic_id"];
        let id = number(&document["id"]).or_else(|| number(first));
        let Some(id) = id.map(|id| id.to_string()) else {
            return;
        };
        let topic = self.entry(&id);
        if let Some(title) = document["title"].as_str() {
            topic.title = Some(title.to_owned());
        }
        let ids = stream["stream"].as_array().into_iter().flatten();
        topic.stream.extend(ids.filter_map(number));
        let Value::Object(mut stream) = stream else {
            return;
        };
        if let Some(Value::Array(posts)) = stream.remove("posts") {
            for post in posts {
                self.post(post, Some(&id));
            }
        }
    }

    fn post(&mut self, post: Value, topic: Option<&str>) {
        let own = number(&post["topic_id"]).map(|id| id.to_string());
        let is_post = post.get("cooked").is_some() || post.get("post_number").is_some();
        let Some(id) = topic.map(str::to_owned).or(own).filter(|_| is_post) else {
            return;
        };
        let topic = self.entry(&id);
        if let Some(title) = post["topic_title"].as_str() {
            topic.title.get_or_insert_with(|| title.to_owned());
        }
        match number(&post["post_number"]) {
            Some(at) => _ = topic.posts.insert(at, post),
            None => topic.unnumbered.push(post),
        }
    }

    fn entry(&mut self, id: &str) -> &mut Topic {
        if !self.by_id.contains_key(id) {
            self.order.push(id.to_owned());
        }
        self.by_id.entry(id.to_owned()).or_default()
    }
}

impl Topic {
    fn thread(self, id: String, page: &Page, broken: Option<&(String, Place)>) -> Thread {
        let mut builder = ThreadBuilder::new(SOURCE.id(), id.clone());
        page.warn_if_damaged(&mut builder);
        if let Some((cause, place)) = broken {
            let message =
                format!("the rest of the input, from {place} on, cannot be read: {cause}");
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        let loaded: HashSet<u64> = self
            .posts
            .values()
            .chain(&self.unnumbered)
            .filter_map(|post| number(&post["id"]))
            .collect();
        let named: HashSet<u64> = self.stream.iter().copied().collect();
        let lacking = named.difference(&loaded).count();
        if lacking > 0 {
            let message = format!(
                "the topic has {} posts and the capture lacks {lacking} of them; \
                 fetch them with `/t/{id}/posts.json?post_ids[]=…`",
                named.len()
            );
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        let starts_late = self.posts.keys().next().is_some_and(|first| *first > 1);
        if lacking == 0 && named.is_empty() && starts_late {
            let message = "the topic's first posts are not in the capture";
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        builder.title(self.title);
        let posts = self.posts.into_values().chain(self.unnumbered);
        let posts = posts.map(|value| post::read(&value, &id)).collect();
        let partial = lacking > 0 || broken.is_some() || starts_late;
        forum::push(without_actions(posts), partial, &mut builder);
        builder.build()
    }
}

#[cfg(test)]
mod tests;
