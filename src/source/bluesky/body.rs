//! Reads a post's text with its links, and the post that it quotes.

use super::{super::deep_json::Value, post::Odd};
use crate::{
    span::Span,
    text::{Block, BlockKind, Body, Link, plain},
    thread::codes,
};

/// The text of a record; `view` is the post's view, which holds what the post embeds.
pub(super) fn read(record: Value<'_>, view: Value<'_>, odd: &mut Vec<Odd>) -> Body {
    let mut body = plain::body(record.text("text").unwrap_or_default());
    let mut links = Vec::new();
    for facet in record.list("facets") {
        let Some(url) = facet
            .list("features")
            .find_map(|feature| feature.text("uri"))
        else {
            continue;
        };
        match place(facet, &body.text) {
            Some(span) => links.push(Link {
                span,
                url: url.to_owned(),
            }),
            None => {
                let message = format!("the link to `{url}` has no place in the text");
                odd.push((codes::BAD_SPAN, message));
            }
        }
    }
    // What the record says of a link is surer than what its words look like.
    links.sort_by_key(|link| (link.span.start(), link.span.end()));
    let marked = links.len();
    for link in std::mem::take(&mut body.links) {
        let at = links[..marked].partition_point(|other| other.span.end() <= link.span.start());
        let is_free = links[..marked]
            .get(at)
            .is_none_or(|other| other.span.start() >= link.span.end());
        if is_free {
            links.push(link);
        }
    }
    links.sort_by_key(|link| (link.span.start(), link.span.end()));
    body.links = links;
    if let Some(text) = quoted(view) {
        append_quote(&mut body, text);
    }
    body
}

/// The bytes of the text that a facet names.
fn place(facet: Value<'_>, text: &str) -> Option<Span> {
    let index = facet.get("index")?;
    let start = usize::try_from(index.integer("byteStart")?).ok()?;
    let end = usize::try_from(index.integer("byteEnd")?).ok()?;
    (start < end && text.get(start..end).is_some()).then(|| Span::new(start, end))
}

/// The text of the post that a post shows below its own words.
fn quoted(view: Value<'_>) -> Option<&str> {
    let embed = view.get("embed")?;
    let record = embed.get("record")?;
    let record = record.get("record").unwrap_or(record);
    Some(record.get("value")?.text("text")?.trim())
}

fn append_quote(body: &mut Body, text: &str) {
    if !body.text.is_empty() {
        body.text.push_str("\n\n");
    }
    let start = body.text.len();
    body.text.push_str(text);
    body.blocks.push(Block {
        kind: BlockKind::Quote,
        span: Span::new(start, body.text.len()),
    });
}
