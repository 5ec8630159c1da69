//! Answers of Disqus's interface: lists of posts, and what the frame of comments loads.

use super::{
    Feature, Page, Source, Threads, Witness,
    disqus::{Post, Topic},
    fields::{self, Groups, count, flag, html_body, id, instant, text},
    pages, recognize,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::plain,
    thread::{Score, Thread, codes},
};
use serde_json::Value;
use std::io::BufRead;

pub(super) static SOURCE: DisqusJson = DisqusJson;

/// See the module.
#[derive(Debug)]
pub(super) struct DisqusJson;

impl Source for DisqusJson {
    fn id(&self) -> &'static str {
        "disqus-json"
    }

    fn summary(&self) -> &'static str {
        "posts as Disqus's interface answers (threads/listPosts), a thread for each topic"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::json(head).is_some_and(|head| {
            let has = |keys: &[&str]| recognize::has_keys(&head, keys);
            let is_answer = head.starts_with('{') && has(&["response"]);
            is_answer
                && (has(&["createdAt", "isDeleted"])
                    || has(&["raw_message"])
                    || has(&["cursor", "code"]))
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        pages(input, read)
    }
}

fn read(page: &Page) -> Result<Vec<Thread>> {
    let answer = fields::parse(page)?;
    let response = &answer["response"];
    // The frame of comments holds the topic as well.
    let posts = response.as_array().or_else(|| response["posts"].as_array());
    let Some(posts) = posts.filter(|posts| !posts.is_empty()) else {
        let said = text(response).map_or_else(String::new, |said| format!(": {said}"));
        let error = Error::new(
            ErrorKind::Malformed,
            format!("the answer holds no post{said}"),
        );
        return Err(error.remedy("ask for threads/listPosts of the thread"));
    };
    let mut topics = Groups::new();
    for post in posts {
        let thread = &post["thread"];
        topics.push(
            &id(thread).or_else(|| id(&thread["id"])).unwrap_or_default(),
            post,
        );
    }
    let cursor = &answer["cursor"];
    let has_more = flag(&cursor["hasNext"]) || flag(&cursor["more"]) || flag(&cursor["hasPrev"]);
    let framed = &response["thread"];
    let topics = topics.into_groups().into_iter();
    Ok(topics
        .map(|(topic, posts)| thread(page, topic, framed, &posts, has_more))
        .collect())
}

fn thread(page: &Page, id: String, framed: &Value, posts: &[&Value], has_more: bool) -> Thread {
    let related = posts
        .iter()
        .map(|post| &post["thread"])
        .find(|thread| thread.is_object());
    let known = related.unwrap_or(framed);
    let string = |key: &str| text(&known[key]).map(str::to_owned);
    let topic = Topic {
        id: match (id.as_str(), fields::id(&known["id"])) {
            ("", known) => known.unwrap_or_else(|| "disqus".to_owned()),
            _ => id,
        },
        title: string("clean_title").or_else(|| string("title")),
        url: string("link"),
        text: text(&known["message"]).map(|message| html_body(message).text),
    };
    let mut builder = topic.start(SOURCE.id());
    page.warn_if_damaged(&mut builder);
    if has_more {
        let message = "the answer says that there are further pages of posts (`cursor`)";
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    let mut drafts: Vec<_> = posts.iter().map(|value| post(value).draft()).collect();
    fields::oldest_first(&mut drafts);
    for draft in drafts {
        builder.push(draft);
    }
    builder.build()
}

fn post(value: &Value) -> Post {
    let author = &value["author"];
    let parent = &value["parent"];
    let score = Score {
        points: count(&value["points"]),
        up: count(&value["likes"]),
        down: count(&value["dislikes"]),
        label: None,
    };
    let body = match (text(&value["message"]), text(&value["raw_message"])) {
        (Some(html), _) => html_body(html),
        (None, raw) => plain::body(raw.unwrap_or_default()),
    };
    Post {
        id: id(&value["id"]),
        parent: id(parent).or_else(|| id(&parent["id"])),
        name: text(&author["name"]).map(str::to_owned),
        username: text(&author["username"]).map(str::to_owned),
        posted: instant(&value["createdAt"]),
        score: (score != Score::default()).then_some(score),
        is_deleted: flag(&value["isDeleted"]),
        is_spam: flag(&value["isSpam"]),
        is_pending: value["isApproved"].as_bool() == Some(false),
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing;
    use crate::thread::State;
    use serde_json::json;

    fn read(answer: &Value) -> Result<Vec<Thread>> {
        testing::threads(&SOURCE, answer)
    }

    #[test]
    fn lists_of_posts() {
        let answer = json!({"cursor": {"hasNext": true, "next": "1:0:0"}, "code": 0, "response": [
            {"id": "12", "parent": 11, "thread": "5", "author": {"name": "Bob", "username": "bob1", "isAnonymous": false},
             "message": "<p>Two.</p>", "createdAt": "2020-01-02T03:04:05", "likes": 3, "dislikes": 1, "points": 2, "isDeleted": false},
            {"id": "11", "parent": null, "thread": "5", "author": {"name": "Ann", "isAnonymous": true}, "raw_message": "One.",
             "createdAt": "2020-01-01T03:04:05", "isDeleted": true, "isSpam": false},
            {"id": "13", "parent": null, "thread": {"id": "6", "link": "https://b.example/", "clean_title": "Locks"}, "isApproved": false,
             "message": 7, "author": []}
        ]});
        assert!(SOURCE.detect(&serde_json::to_vec(&answer).unwrap()));
        let threads = read(&answer).unwrap();
        let [five, six] = threads.as_slice() else {
            panic!("{threads:?}")
        };
        let ids: Vec<_> = five
            .comments
            .iter()
            .map(|comment| (comment.id.as_str(), comment.depth, comment.state))
            .collect();
        assert_eq!(ids, [("11", 0, State::Deleted), ("12", 1, State::Live)]);
        let bob = &five.comments[1];
        assert_eq!(bob.posted, "2020-01-02T03:04:05Z".parse().ok());
        let score = bob.score.as_ref().unwrap();
        assert_eq!(
            (score.points, score.up, score.down),
            (Some(2), Some(3), Some(1))
        );
        assert_eq!(five.warnings[0].code, codes::PARTIAL_CAPTURE);
        assert_eq!(
            (six.title.as_deref(), six.comments[0].state),
            (Some("Locks"), State::Collapsed)
        );
    }

    #[test]
    fn what_the_frame_loads_and_refusals() {
        let threads = read(
            &json!({"cursor": {"hasNext": false}, "code": 0, "response": {
                "posts": [{"id": 1, "parent": 0, "thread": 5, "message": "One", "createdAt": "2020-01-01T00:00:00", "isDeleted": false}],
                "thread": {"id": "5", "title": "Keys", "link": "https://b.example/keys"}
            }}),
        );
        let threads = threads.unwrap();
        assert_eq!(
            (threads[0].id.as_str(), threads[0].title.as_deref()),
            ("5", Some("Keys"))
        );
        assert!(threads[0].warnings.is_empty());
        let error =
            read(&json!({"code": 2, "response": "You must provide an argument"})).unwrap_err();
        assert!(error.to_string().contains("You must"), "{error}");
    }
}
