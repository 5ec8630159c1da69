//! Answers of Isso: comments with their replies inside.

use super::{
    Feature, Page, Source, Threads, Witness,
    deep_json::{self, Json, Value, stack},
    fields::html_body,
    recognize,
};
use crate::{
    error::Result,
    text::Body,
    thread::{Author, Draft, ParentRef, Score, State, Thread, ThreadBuilder, codes},
};
use std::io::BufRead;

pub(super) static SOURCE: Isso = Isso;

/// See the module.
#[derive(Debug)]
pub(super) struct Isso;

impl Source for Isso {
    fn id(&self) -> &'static str {
        "isso"
    }

    fn summary(&self) -> &'static str {
        "comments as the commenting server Isso answers"
    }

    fn reads(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let keys = ["replies", "hidden_replies", "total_replies"];
        recognize::json(head)
            .is_some_and(|head| head.starts_with('{') && recognize::has_keys(&head, &keys))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        deep_json::threads(input, read)
    }
}

fn read(page: &Page, json: &Json<'_>) -> Result<Vec<Thread>> {
    let answer = json.documents().next();
    let Some(answer) = answer.filter(|answer| answer.get("replies").is_some_and(Value::is_list))
    else {
        let remedy = "ask for /?uri=PATH&nested_limit=0 of the server";
        return Err(json.lacking("the answer holds no comment", remedy));
    };
    let uri = answer.text("uri").map(|uri| uri.trim().to_owned());
    let mut builder = ThreadBuilder::new(
        SOURCE.id(),
        uri.clone().unwrap_or_else(|| "isso".to_owned()),
    );
    builder.url(uri);
    page.warn_if_damaged(&mut builder);
    json.warn_if_broken(&mut builder);
    let mut open = vec![Open::Replies(answer, None)];
    let mut hidden = 0;
    while let Some(step) = open.pop() {
        match step {
            Open::Comment(value, above) => {
                builder.push(draft(value, above));
                open.push(Open::Replies(value, value.id("id")));
            }
            Open::Replies(value, above) => {
                let count = value.integer("hidden_replies").unwrap_or(0).max(0);
                hidden = count.saturating_add(hidden);
                // What is not loaded stands behind the replies that are.
                open.extend((count > 0).then_some(Open::Stub(above)));
                let replies = value.list("replies");
                stack(&mut open, replies.map(|reply| Open::Comment(reply, above)));
            }
            Open::Stub(above) => _ = builder.push(stub(above)),
        }
    }
    if hidden > 0 {
        let message = format!(
            "the server holds back {hidden} replies; ask for the rest, or with `nested_limit=0`"
        );
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    Ok(vec![builder.build()])
}

/// What is still to be read, with the id of the comment above it.
enum Open<'a> {
    Comment(Value<'a>, Option<&'a str>),
    Replies(Value<'a>, Option<&'a str>),
    /// Replies that the server holds back.
    Stub(Option<&'a str>),
}

fn parent(above: Option<&str>) -> ParentRef {
    above.map_or(ParentRef::Root, |id| ParentRef::Id(id.to_owned()))
}

fn stub(above: Option<&str>) -> Draft {
    Draft {
        id: above.map_or_else(|| "hidden".to_owned(), |id| format!("{id}-hidden")),
        parent: parent(above),
        state: State::Unresolved,
        ..Draft::default()
    }
}

fn draft(value: Value<'_>, above: Option<&str>) -> Draft {
    // Modes are bits: 1 is shown, 2 waits for a moderator, 4 is deleted and has replies.
    let state = match value.integer("mode").unwrap_or(1) {
        4 => State::Deleted,
        2 => State::Collapsed,
        _ => State::Live,
    };
    let name = value.text("author").map(str::trim);
    let (up, down) = (value.integer("likes"), value.integer("dislikes"));
    let score = Score {
        points: up.zip(down).map(|(up, down)| up.saturating_sub(down)),
        up,
        down,
        label: None,
    };
    let body = match state {
        State::Deleted => Body::default(),
        _ => value.text("text").map(html_body).unwrap_or_default(),
    };
    Draft {
        id: value.id("id").unwrap_or_default().to_owned(),
        parent: parent(above.or_else(|| value.id("parent"))),
        author: (state != State::Deleted).then(|| Author {
            name: name.unwrap_or("Anonymous").to_owned(),
            // A hash of the address that the author gave; without a name, of where they wrote from.
            id: value
                .id("hash")
                .filter(|_| name.is_some())
                .map(str::to_owned),
            anonymous: name.is_none(),
            badge: None,
        }),
        posted: value.instant("created").unwrap_or_default(),
        edited: value.instant("modified").unwrap_or_default(),
        score: (score != Score::default()).then_some(score),
        state,
        body,
        ..Draft::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::{self, codes_of, states};
    use serde_json::json;

    fn read(answer: &serde_json::Value) -> Result<Thread> {
        Ok(testing::threads(&SOURCE, answer)?.remove(0))
    }

    #[test]
    fn replies_and_what_is_held_back() {
        let answer = json!({"id": null, "total_replies": 3, "hidden_replies": 1, "replies": [
            {"id": 1, "parent": null, "text": "<p>One.</p>", "author": "Ann", "hash": "a1", "mode": 1, "created": 1_536_256_980.5,
             "modified": null, "likes": 3, "dislikes": 1, "total_replies": 4, "hidden_replies": 2, "replies": [
                {"id": 2, "parent": 1, "text": "", "author": null, "mode": 4, "created": 1_536_256_990},
                {"id": 3, "parent": 1, "text": "<p>Three.</p>", "author": null, "hash": "b2", "mode": 2, "created": "x"}]},
            {"id": "4", "parent": 9, "text": 5}
        ]});
        assert!(SOURCE.detect(&serde_json::to_vec(&answer).unwrap()));
        let thread = read(&answer).unwrap();
        let shown = states(&thread)
            .into_iter()
            .map(|(id, parent, state)| (id, parent.unwrap_or_default(), state));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                ("1", "", State::Live),
                ("2", "1", State::Deleted),
                ("3", "1", State::Collapsed),
                ("1-hidden", "1", State::Unresolved),
                ("4", "9", State::Live),
                ("hidden", "", State::Unresolved),
            ]
        );
        assert_eq!(thread.comments[0].score.as_ref().unwrap().points, Some(2));
        assert!(thread.comments[2].author.as_ref().unwrap().anonymous);
        assert!(
            thread
                .warnings
                .iter()
                .any(|warning| warning.message.contains("holds back 3 replies"))
        );
    }

    #[test]
    fn an_answer_that_is_cut_keeps_what_it_holds() {
        let cut = r#"{"total_replies": 2, "replies": [{"id": 1, "text": "One."}, {"id": 2, "te"#;
        let thread = SOURCE
            .threads(Box::new(cut.as_bytes()))
            .next()
            .unwrap()
            .unwrap();
        let ids: Vec<_> = thread
            .comments
            .iter()
            .map(|comment| comment.id.as_str())
            .collect();
        assert_eq!(ids, ["1", "2"]);
        assert_eq!(codes_of(&thread), [codes::PARTIAL_CAPTURE]);
    }

    #[test]
    fn answers_without_comments() {
        assert!(read(&json!({"replies": 1})).is_err());
        assert!(
            read(&json!({"replies": [], "hidden_replies": 0}))
                .unwrap()
                .comments
                .is_empty()
        );
    }
}
