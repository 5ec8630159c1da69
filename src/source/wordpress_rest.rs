//! Answers of WordPress's REST interface: lists of comments.

use super::{
    Feature, Page, Source, Threads, Witness,
    fields::{self, Groups, html_body, id, instant, text},
    pages, recognize, wordpress,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::plain,
    thread::{Article, Draft, ParentRef, State, Thread, ThreadBuilder, codes},
};
use serde_json::Value;
use std::io::BufRead;

pub(super) static SOURCE: WordpressRest = WordpressRest;

/// See the module.
#[derive(Debug)]
pub(super) struct WordpressRest;

/// Comments that one answer holds at most.
const PAGE: usize = 100;

impl Source for WordpressRest {
    fn id(&self) -> &'static str {
        "wordpress-rest"
    }

    fn summary(&self) -> &'static str {
        "comments as WordPress's REST interface answers (/wp-json/wp/v2/comments), a thread for each post"
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
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::json(head).is_some_and(|head| {
            let keys = ["post", "parent", "author_name", "content", "rendered"];
            head.starts_with('[') && recognize::has_keys(&head, &keys)
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        pages(input, read)
    }
}

fn read(page: &Page) -> Result<Vec<Thread>> {
    let answer = fields::parse(page)?;
    let Some(comments) = answer.as_array().filter(|comments| !comments.is_empty()) else {
        let said = text(&answer["message"]).map_or_else(String::new, |said| format!(": {said}"));
        let error = Error::new(
            ErrorKind::Malformed,
            format!("the answer holds no comment{said}"),
        );
        return Err(error.remedy("ask for /wp-json/wp/v2/comments?post=ID&per_page=100"));
    };
    let mut posts = Groups::new();
    for comment in comments {
        posts.push(&id(&comment["post"]).unwrap_or_default(), comment);
    }
    let full = comments.len() == PAGE;
    let posts = posts.into_groups().into_iter();
    Ok(posts
        .map(|(post, comments)| thread(page, &post, &comments, full))
        .collect())
}

fn thread(page: &Page, post: &str, comments: &[&Value], full: bool) -> Thread {
    let mut builder = ThreadBuilder::new(SOURCE.id(), if post.is_empty() { "post" } else { post });
    page.warn_if_damaged(&mut builder);
    let address = comments.iter().find_map(|comment| text(&comment["link"]));
    let url = address.map(|url| url.split('#').next().unwrap_or(url));
    let url = url.map(|url| url.split("comment-page-").next().unwrap_or(url).to_owned());
    let embedded = comments
        .iter()
        .find_map(|comment| comment["_embedded"]["up"].get(0));
    let title = embedded.and_then(|post| text(&post["title"]["rendered"]));
    let title = title.map(|title| html_body(title).text);
    builder.url(url.clone());
    builder.title(title.clone());
    let article = Article {
        title,
        url,
        text: None,
    };
    builder.article((article != Article::default()).then_some(article));
    if full {
        let message = format!(
            "the answer holds {PAGE} comments, the most that one can; there may be further pages"
        );
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    let mut drafts: Vec<_> = comments.iter().map(|comment| draft(comment)).collect();
    fields::oldest_first(&mut drafts);
    for draft in drafts {
        builder.push(draft);
    }
    builder.build()
}

fn draft(comment: &Value) -> Draft {
    let state = wordpress::state(text(&comment["status"]).unwrap_or_default());
    let parent = id(&comment["parent"]).filter(|id| id != "0");
    let name = text(&comment["author_name"]).map(|name| html_body(name).text);
    let content = &comment["content"];
    let body = match (text(&content["rendered"]), text(&content["raw"])) {
        _ if state == State::Removed => Default::default(),
        (Some(html), _) => html_body(html),
        (None, Some(raw)) => wordpress::stored_body(raw),
        (None, None) => plain::body(text(content).unwrap_or_default()),
    };
    Draft {
        id: id(&comment["id"]).unwrap_or_default(),
        parent: parent.map_or(ParentRef::Root, ParentRef::Id),
        author: Some(wordpress::author(
            name.as_deref(),
            id(&comment["author"]).as_deref(),
        )),
        posted: instant(&comment["date_gmt"]).or_else(|| instant(&comment["date"])),
        state,
        kind: wordpress::kind(text(&comment["type"]).unwrap_or_default()),
        body,
        ..Draft::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing;
    use crate::thread::{CommentKind, Parent};
    use serde_json::json;

    fn read(answer: &Value) -> Result<Vec<Thread>> {
        testing::threads(&SOURCE, answer)
    }

    #[test]
    fn comments_of_several_posts() {
        let answer = json!([
            {"id": 9, "post": 2, "parent": 7, "author": 1, "author_name": "Bob &amp; Co", "date": "2020-01-02T04:00:00",
             "date_gmt": "2020-01-02T03:00:00", "content": {"rendered": "<p>Two.</p>\n"}, "status": "approved", "type": "comment",
             "link": "https://b.example/keys/comment-page-2/#comment-9"},
            {"id": 8, "post": 3, "parent": 0, "author": 0, "author_name": "", "date_gmt": "2020-01-02T02:00:00",
             "content": {"rendered": "<p>Else.</p>"}, "type": "pingback", "status": "spam"},
            {"id": "7", "post": 2, "parent": 0, "author": 0, "author_name": "Ann", "date_gmt": "2020-01-01T03:00:00",
             "content": {"rendered": "<p>One.</p>"}, "_embedded": {"up": [{"title": {"rendered": "Keys &#038; locks"}}]}},
            {"id": 6, "post": 3, "parent": 4, "author_name": 5, "content": null, "date_gmt": [], "status": "hold"}
        ]);
        assert!(SOURCE.detect(&serde_json::to_vec_pretty(&answer).unwrap()));
        let threads = read(&answer).unwrap();
        let [keys, other] = threads.as_slice() else {
            panic!("{threads:?}")
        };
        assert_eq!(
            (keys.id.as_str(), keys.url.as_deref()),
            ("2", Some("https://b.example/keys/"))
        );
        assert_eq!(keys.title.as_deref(), Some("Keys & locks"));
        let ids: Vec<_> = keys
            .comments
            .iter()
            .map(|comment| comment.id.as_str())
            .collect();
        assert_eq!(ids, ["7", "9"]);
        let bob = &keys.comments[1];
        assert_eq!((bob.depth, bob.body.text.as_str()), (1, "Two."));
        let author = bob.author.as_ref().unwrap();
        assert_eq!(
            (author.name.as_str(), author.id.as_deref()),
            ("Bob & Co", Some("1"))
        );
        assert_eq!(bob.posted, "2020-01-02T03:00:00Z".parse().ok());
        let [spam, held] = other.comments.as_slice() else {
            panic!("two comments")
        };
        assert_eq!(
            (spam.state, spam.kind),
            (State::Removed, CommentKind::Pingback)
        );
        assert!(spam.author.as_ref().unwrap().anonymous && spam.body.text.is_empty());
        assert_eq!(
            (held.state, &held.parent),
            (State::Collapsed, &Parent::Missing(Some("4".to_owned())))
        );
    }

    #[test]
    fn refusals_and_full_pages() {
        let error = read(&json!({"code": "no", "message": "Sorry, not allowed."})).unwrap_err();
        assert!(error.to_string().contains("Sorry"), "{error}");
        let many: Vec<_> = (1..=PAGE).map(|id| json!({"id": id, "post": 1})).collect();
        let threads = read(&Value::Array(many)).unwrap();
        assert_eq!(threads[0].warnings[0].code, codes::PARTIAL_CAPTURE);
        assert!(!SOURCE.detect(b"[{\"id\": 1, \"post\": 2}]"));
    }
}
