//! Chooses the text of a message among its parts.

use super::{Content, decode, headers::Headers};
use crate::text::mail;
use mail_parser::{ContentType, HeaderValue, parsers::MessageStream};
use std::{borrow::Cow, collections::HashSet};

/// Parts within parts beyond which a message is not read; more than mailers make.
const DEEPEST: usize = 40;
/// Parts of a message that are read.
const MOST: usize = 2000;

/// The text of a message.
#[derive(Default)]
pub(super) struct Chosen {
    pub(super) content: Content,
    /// Whether its bytes were not what was declared.
    pub(super) guessed: bool,
}

/// A part that is text.
struct Leaf {
    content: Content,
    guessed: bool,
    /// The innermost choice between parts of one meaning that it belongs to.
    choice: Option<usize>,
}

/// The plain text of a message, or else its HTML. Attachments and messages within the message are left out.
pub(super) fn choose(headers: &Headers<'_>) -> Chosen {
    let mut leaves = leaves(headers);
    let is_html = |leaf: &Leaf| matches!(leaf.content, Content::Html(_));
    leaves.retain(|leaf| !leaf.content.is_blank());
    let plain: HashSet<usize> = leaves
        .iter()
        .filter(|leaf| !is_html(leaf))
        .filter_map(|leaf| leaf.choice)
        .collect();
    leaves
        .retain(|leaf| !is_html(leaf) || leaf.choice.is_none_or(|choice| !plain.contains(&choice)));
    let any_plain = leaves.iter().any(|leaf| !is_html(leaf));
    let mut chosen = Chosen::default();
    let mut text = String::new();
    for leaf in leaves.iter().filter(|leaf| any_plain != is_html(leaf)) {
        let (Content::Plain(part) | Content::Html(part)) = &leaf.content;
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(part);
        chosen.guessed |= leaf.guessed;
    }
    chosen.content = match any_plain || leaves.is_empty() {
        true => Content::Plain(text),
        false => Content::Html(text),
    };
    chosen
}

/// The parts of a message that are text and are shown, in their order.
fn leaves(headers: &Headers<'_>) -> Vec<Leaf> {
    let mut found = Vec::new();
    let mut choices = 0;
    let mut read = 0;
    // The parts still to be read of every open part, the next one last.
    let mut open: Vec<Vec<(&[u8], Option<usize>)>> = Vec::new();
    let mut next = Some((headers.clone(), None));
    while let Some((headers, choice)) = next {
        let kind = headers.raw("content-type").and_then(content_type);
        let name = |kind: &ContentType<'_>| {
            format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
        };
        let media = kind.as_ref().map_or_else(|| "text/plain".to_owned(), name);
        let boundary = kind.as_ref().and_then(|kind| kind.attribute("boundary"));
        let parts = boundary.filter(|_| media.starts_with("multipart/") && open.len() < DEEPEST);
        let parts = parts
            .map(|boundary| split(headers.body, boundary.as_bytes()))
            .unwrap_or_default();
        if parts.is_empty() {
            found.extend(leaf(&headers, kind.as_ref(), &media, choice));
        } else {
            let choice = match media == "multipart/alternative" {
                true => {
                    choices += 1;
                    Some(choices)
                }
                false => choice,
            };
            open.push(parts.into_iter().rev().map(|part| (part, choice)).collect());
        }
        read += 1;
        next = None;
        while let Some(parts) = open.last_mut().filter(|_| read < MOST) {
            match parts.pop() {
                Some((part, choice)) => {
                    next = Some((Headers::of_part(part), choice));
                    break;
                }
                None => _ = open.pop(),
            }
        }
    }
    found
}

/// A part that is text, unless it is an attachment.
fn leaf(
    headers: &Headers<'_>,
    kind: Option<&ContentType<'_>>,
    media: &str,
    choice: Option<usize>,
) -> Option<Leaf> {
    let disposition = headers.raw("content-disposition").and_then(content_type);
    let attached = disposition.is_some_and(|disposition| disposition.is_attachment());
    let text = media.starts_with("text/") || media.starts_with("multipart/") || media == "/";
    if attached
        || !text
        || matches!(
            media,
            "text/calendar"
                | "text/x-vcard"
                | "text/vcard"
                | "text/rfc822-headers"
                | "text/enriched"
                | "text/x-amp-html"
        )
    {
        return None;
    }
    let encoding = headers
        .raw("content-transfer-encoding")
        .map(decode::lossy)
        .unwrap_or_default();
    let encoding = encoding.trim().to_ascii_lowercase();
    let sent = match encoding.as_str() {
        "base64" => Cow::Owned(decode::base64(headers.body)),
        "quoted-printable" => Cow::Owned(decode::quoted_printable(headers.body)),
        _ => Cow::Borrowed(headers.body),
    };
    let attribute = |name| kind.and_then(|kind| kind.attribute(name));
    let (text, declared) = decode::text(&sent, attribute("charset"));
    let is =
        |name, value: &str| attribute(name).is_some_and(|found| found.eq_ignore_ascii_case(value));
    let content = match media {
        "text/html" => Content::Html(text.into_owned()),
        _ if is("format", "flowed") => {
            let text = text.replace("\r\n", "\n");
            Content::Plain(mail::unflow(&text, is("delsp", "yes")))
        }
        _ => Content::Plain(text.into_owned()),
    };
    Some(Leaf {
        content,
        guessed: !declared,
        choice,
    })
}

fn content_type(value: &[u8]) -> Option<ContentType<'static>> {
    let ended = [value.trim_ascii(), b"\n"].concat();
    let HeaderValue::ContentType(kind) =
        MessageStream::new(&ended).parse_content_type().into_owned()
    else {
        return None;
    };
    Some(kind)
}

/// The parts between the lines that the boundary makes; none where there is no such line. The last part
/// need not be closed.
fn split<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut from: Option<usize> = None;
    let mut at = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let start = at;
        at += line.len();
        let Some(rest) = line
            .strip_prefix(b"--")
            .and_then(|rest| rest.strip_prefix(boundary))
        else {
            continue;
        };
        let closed = rest.starts_with(b"--");
        if !closed && !rest.trim_ascii().is_empty() {
            continue;
        }
        if let Some(from) = from {
            parts.push(&body[from..start]);
        }
        from = Some(at);
        if closed {
            return parts;
        }
    }
    parts.extend(from.map(|from| &body[from..]));
    parts
}
