//! Answers of Isso: comments with their replies inside.

use super::{
    Feature, Page, Source, Threads, Witness,
    fields::{self, count, html_body, id, instant, text},
    page, recognize};
use crate::{
    error::{Error, ErrorKind, Result},
    text::Body,
    thread::{Author, Draft, ParentRef, Score, State, Thread, ThreadBuilder, codes},
};
use serde_json::Value;
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
        page(input, read)
    }
}

fn read(page: &Page) -> Result<Thread> {
    let answer = fields::parse(page)?;
    if !answer["replies"].is_array() {
        let error = Error::new(ErrorKind::Malformed, "the answer holds no comment");
        return Err(error.remedy("ask for /?uri=PATH&nested_limit=0 of the server"));
    }
    let uri = text(&answer["uri"]).map(str::to_owned);
    let mut builder = ThreadBuilder::new(
        SOURCE.id(),
        uri.clone().unwrap_or_else(|| "isso".to_owned()),
    );
    builder.url(uri);
    page.warn_if_damaged(&mut builder);
    let mut open = vec![Open::Replies(&answer, None)];
    let mut hidden = 0;
    while let Some(step) = open.pop() {
        match step {
            Open::Comment(value, above) => {
                builder.push(draft(value, above));
                open.push(Open::Replies(value, id(&value["id"])));
            }
            Open::Replies(value, above) => {
                let count = count(&value["hidden_replies"]).unwrap_or(0).max(0);
                hidden += count;
                // What is not loaded stands behind the replies that are.
                open.extend((count > 0).then(|| Open::Stub(above.clone())));
                let replies = value["replies"].as_array().into_iter().flatten();
                open.extend(
                    replies
                        .rev()
                        .map(|reply| Open::Comment(reply, above.clone())),
                );
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
    Ok(builder.build())
}

/// What is still to be read, with the id of the comment above it.
enum Open<'a> {
    Comment(&'a Value, Option<String>),
    Replies(&'a Value, Option<String>),
    /// Replies that the server holds back.
    Stub(Option<String>),
}

fn parent(above: Option<String>) -> ParentRef {
    above.map_or(ParentRef::Root, ParentRef::Id)
}

fn stub(above: Option<String>) -> Draft {
    Draft {
        id: above
            .as_ref()
            .map_or_else(|| "hidden".to_owned(), |id| format!("{id}-hidden")),
        parent: parent(above),
        state: State::Unresolved,
        ..Draft::default()
    }
}

fn draft(value: &Value, above: Option<String>) -> Draft {
    // Modes are bits: 1 is shown, 2 waits for a moderator, 4 is deleted and has replies.
    let state = match count(&value["mode"]).unwrap_or(1) {
        4 => State::Deleted,
        2 => State::Collapsed,
        _ => State::Live,
    };
    let name = text(&value["author"]);
    let (up, down) = (count(&value["likes"]), count(&value["dislikes"]));
    let score = Score {
        points: up.zip(down).map(|(up, down)| up.saturating_sub(down)),
        up,
        down,
        label: None,
    };
    let body = match state {
        State::Deleted => Body::default(),
        _ => text(&value["text"]).map(html_body).unwrap_or_default(),
    };
    Draft {
        id: id(&value["id"]).unwrap_or_default(),
        parent: parent(above.or_else(|| id(&value["parent"]))),
        author: (state != State::Deleted).then(|| Author {
            name: name.unwrap_or("Anonymous").to_owned(),
            // A hash of the address that the author gave; without a name, of where they wrote from.
            id: id(&value["hash"]).filter(|_| name.is_some()),
            anonymous: name.is_none(),
            badge: None,
        }),
        posted: instant(&value["created"]),
        edited: instant(&value["modified"]),
        score: (score != Score::default()).then_some(score),
        state,
        body,
        ..Draft::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::states;
    use serde_json::json;

    fn read(answer: &Value) -> Result<Thread> {
        let bytes = serde_json::to_vec(answer).unwrap();
        SOURCE
            .threads(Box::new(std::io::Cursor::new(bytes)))
            .next()
            .unwrap()
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
        let shown = states(&thread).into_iter().map(|(id, parent, state)| (id, parent.unwrap_or_default(), state));
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
