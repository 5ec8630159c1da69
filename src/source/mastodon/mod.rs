//! Mastodon's answers, and those of boards that speak like it: statuses and the context of one.
//!
//! A context holds the statuses above one in `ancestors` and those below it in `descendants`; the status
//! itself is an answer of its own, which may come before or behind it in the input. Every status is a
//! comment, the first one too: they are of one kind, and one may ask for a context from any of them.

use super::{
    Feature, Page, Source, Threads, Witness,
    deep_json::{self, Json, Value},
    recognize::{self, has_key},
    status,
};
use crate::{
    error::Result,
    text::html,
    thread::{Author, Draft, ParentRef, Score, State, Thread, ThreadBuilder, codes},
};
use std::{
    collections::{HashMap, HashSet},
    io::BufRead,
};

pub(super) static SOURCE: Mastodon = Mastodon;

/// See the module.
#[derive(Debug)]
pub(super) struct Mastodon;

impl Source for Mastodon {
    fn id(&self) -> &'static str {
        "mastodon"
    }

    fn summary(&self) -> &'static str {
        "statuses of Mastodon and their context, as its API gives them, as JSON"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Scores,
            Feature::Paging,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::json(head).is_some_and(|json| {
            let keys = [
                "in_reply_to_id",
                "account",
                "content",
                "created_at",
                "visibility",
            ];
            keys.iter().all(|key| has_key(&json, key))
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        deep_json::threads(input, read)
    }
}

/// The statuses of the input, those above others first, and how many these are.
fn statuses<'d>(json: &'d Json<'_>) -> (Vec<Value<'d>>, usize) {
    let mut above = Vec::new();
    let mut own = Vec::new();
    let mut below = Vec::new();
    for root in json.documents() {
        let lists = [Some(root), root.get("context")];
        for context in lists.into_iter().flatten() {
            above.extend(context.list("ancestors"));
            below.extend(context.list("descendants"));
        }
        let single = [Some(root), root.get("status")].into_iter().flatten();
        own.extend(single.chain(root.items()).chain(root.list("statuses")));
    }
    let ancestors = above.len();
    let mut seen = HashSet::new();
    let all = above.into_iter().chain(own).chain(below);
    let is_status =
        |value: &Value<'_>| value.get("content").is_some() && value.get("account").is_some();
    let statuses = all
        .filter(is_status)
        .filter(|status| status.id("id").is_none_or(|id| seen.insert(id)));
    (statuses.collect(), ancestors)
}

fn read(page: &Page, json: &Json<'_>) -> Result<Vec<Thread>> {
    let (statuses, ancestors) = statuses(json);
    let ids: HashSet<&str> = statuses
        .iter()
        .filter_map(|status| status.id("id"))
        .collect();
    let Some(first) = statuses.first() else {
        let remedy = "give the answer of `/api/v1/statuses/ID/context`";
        return Err(json.lacking("the JSON holds no status of Mastodon", remedy));
    };
    // The status above all others, in the input or not, gives the thread its id.
    let top = first.id("in_reply_to_id").or_else(|| first.id("id"));
    let mut builder = ThreadBuilder::new(SOURCE.id(), top.unwrap_or("mastodon"));
    page.warn_if_damaged(&mut builder);
    json.warn_if_broken(&mut builder);
    if first.id("in_reply_to_id").is_none() {
        builder.url(
            first
                .text("url")
                .or_else(|| first.text("uri"))
                .map(str::to_owned),
        );
    }
    let mut replies: HashMap<&str, i64> = HashMap::new();
    for answered in statuses
        .iter()
        .filter_map(|status| status.id("in_reply_to_id"))
    {
        *replies.entry(answered).or_default() += 1;
    }
    let mut lacking = 0;
    for status in &statuses {
        let held = status.id("id").and_then(|id| replies.get(id)).copied();
        let counted = status.integer("replies_count").unwrap_or_default();
        lacking += (counted - held.unwrap_or_default()).max(0);
        let mut odd = Vec::new();
        let draft = draft(*status, &ids, ancestors + 1, &mut odd);
        let idx = builder.push(draft);
        for message in odd {
            builder.warn(codes::BAD_VALUE, message, Some(idx));
        }
    }
    let missing = replies.keys().filter(|id| !ids.contains(*id)).count();
    if lacking > 0 || missing > 0 {
        let message = format!(
            "the board counts {lacking} more replies than the input holds, and {missing} statuses that are answered are not in it"
        );
        builder.warn(codes::PARTIAL_CAPTURE, message, None);
    }
    Ok(vec![builder.build()])
}

/// The comment; `depth` is the depth of replies to a status that the input lacks.
fn draft(status: Value<'_>, ids: &HashSet<&str>, depth: usize, odd: &mut Vec<String>) -> Draft {
    let mut instant = |key: &str| {
        status.instant(key).unwrap_or_else(|written| {
            odd.push(format!("`{key}` is `{written}`, which is no time"));
            None
        })
    };
    let posted = instant("created_at");
    let edited = instant("edited_at");
    let parent = match status.id("in_reply_to_id") {
        None => ParentRef::Root,
        Some(parent) if ids.contains(parent) => ParentRef::Id(parent.to_owned()),
        Some(parent) => ParentRef::Missing {
            id: Some(parent.to_owned()),
            depth,
        },
    };
    let warning = status
        .text("spoiler_text")
        .map(|text| text.trim().to_owned());
    let (content, _) = html::parse_document(status.text("content").unwrap_or_default());
    Draft {
        id: status.id("id").unwrap_or_default().to_owned(),
        parent,
        author: status.get("account").and_then(author),
        posted,
        edited,
        score: status.integer("favourites_count").map(Score::of_points),
        state: match warning {
            Some(_) => State::Collapsed,
            None => State::Live,
        },
        title: warning,
        body: status::body(content.root_element()),
        ..Draft::default()
    }
}

fn author(account: Value<'_>) -> Option<Author> {
    let address = account.text("acct").or_else(|| account.text("username"));
    let name = account.text("display_name").or(address)?;
    Some(Author {
        name: name.trim().to_owned(),
        id: address.or_else(|| account.id("id")).map(str::to_owned),
        anonymous: false,
        badge: account.flag("bot").then(|| "bot".to_owned()),
    })
}

#[cfg(test)]
mod tests;
