//! Reads one post from its JSON.

use super::{
    super::{discourse, forum::Post, time},
    number,
};
use crate::{
    text::{Body, html},
    thread::{Author, Draft, ParentRef, Score, State},
};
use jiff::Timestamp;
use serde_json::Value;

/// The board's own notes: that a topic was closed, pinned, moved.
const SMALL_ACTION: u64 = 3;
/// The kind of action that a like is.
const LIKE: u64 = 2;

/// Reads a post of the topic `topic`; the flag says whether it is only the board's note.
pub(super) fn read(post: &Value, topic: &str) -> (Post, bool) {
    let cooked = post["cooked"].as_str().unwrap_or_default();
    let (document, _) = html::parse_document(cooked);
    let root = document.root_element();
    let body = discourse::text(root);
    let state = state(post, &body);
    let live = state == State::Live;
    let answered = number(&post["reply_to_post_number"]);
    let own = number(&post["post_number"]);
    let answered = answered.filter(|answered| Some(*answered) != own);
    let draft = Draft {
        id: own.map(|own| own.to_string()).unwrap_or_default(),
        parent: answered.map_or(ParentRef::Root, |id| ParentRef::Id(id.to_string())),
        author: author(post),
        posted: instant(&post["created_at"]),
        edited: instant(&post["updated_at"])
            .filter(|_| number(&post["version"]).is_some_and(|version| version > 1)),
        score: score(post),
        state,
        body: if live { body } else { Body::default() },
        ..Draft::default()
    };
    let quotes = match live {
        true => discourse::quotes(root, Some(topic)),
        false => Vec::new(),
    };
    let is_action = number(&post["post_type"]) == Some(SMALL_ACTION);
    (Post { draft, quotes }, is_action)
}

fn state(post: &Value, body: &Body) -> State {
    let flag = |key: &str| post[key].as_bool().unwrap_or(false);
    let by_author = || {
        let by = post["deleted_by"]["username"].as_str();
        by.is_some() && by == post["username"].as_str()
    };
    if flag("user_deleted") {
        State::Deleted
    } else if !post["deleted_at"].is_null() {
        match by_author() {
            true => State::Deleted,
            false => State::Removed,
        }
    } else if flag("hidden") {
        State::Hidden
    } else {
        discourse::notice(&body.text).unwrap_or_default()
    }
}

fn instant(value: &Value) -> Option<Timestamp> {
    time::parse(value.as_str()?)
}

fn author(post: &Value) -> Option<Author> {
    let text = |key: &str| post[key].as_str().filter(|text| !text.is_empty());
    let name = text("username").or_else(|| text("name"))?;
    let rank = [("admin", "admin"), ("moderator", "moderator")];
    let rank = rank
        .iter()
        .find(|(key, _)| post[*key].as_bool() == Some(true));
    let id = &post["user_id"];
    let id = id
        .as_i64()
        .map(|id| id.to_string())
        .or_else(|| id.as_str().map(str::to_owned));
    Some(Author {
        name: name.to_owned(),
        id,
        anonymous: false,
        badge: text("user_title")
            .or(rank.map(|(_, name)| *name))
            .map(str::to_owned),
    })
}

/// The likes; an answer that lists a post's actions and no like among them means none.
fn score(post: &Value) -> Option<Score> {
    let actions = post["actions_summary"].as_array()?;
    let like = actions
        .iter()
        .find(|action| number(&action["id"]) == Some(LIKE));
    let count = like.map_or(Some(0), |like| like["count"].as_i64().or(Some(0)));
    Some(Score {
        points: count,
        ..Score::default()
    })
}
