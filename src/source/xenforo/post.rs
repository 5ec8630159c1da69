//! Reads one message from its element.

use super::super::{
    forum::{self, Post, Quote},
    markup::{attr, has_class, instant},
};
use crate::{
    text::{
        BlockKind, Body,
        html::{self, Role},
    },
    thread::{Author, Draft, Score, State},
};
use scraper::ElementRef;

/// The id of the message that an element is, if it is one: a post's number, or for messages of other kinds
/// the kind too, since their numbers run apart.
pub(super) fn id(element: ElementRef<'_>) -> Option<String> {
    if !has_class(element, "message") && !has_class(element, "comment") {
        return None;
    }
    let marked = attr(element, "data-content");
    let named = || {
        let id = attr(element, "id")?;
        Some(id.strip_prefix("js-").unwrap_or(id))
    };
    let key = marked.or_else(named)?;
    let (kind, number) = key.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        _ if !is_number => None,
        "post" => Some(number.to_owned()),
        _ => Some(key.to_owned()),
    }
}

/// Reads the message that `element` is.
pub(super) fn read(element: ElementRef<'_>, own: String) -> Post {
    let elements = forum::elements(element, |inner| id(inner).is_some());
    let with = |class: &str| elements.iter().copied().find(|e| has_class(*e, class));
    let author = author(element, &elements);
    let (state, content) = match notice(element, &elements) {
        Some(state) => (state(author.as_ref()), None),
        None => (State::Live, content(&elements)),
    };
    let mut body = content.map(text).unwrap_or_default();
    let quotes = content
        .map(|content| forum::quotes(content, origin, is_noise))
        .unwrap_or_default();
    if state == State::Live {
        let signature = with("message-signature").or_else(|| with("signature"));
        let signature = signature.map(text).unwrap_or_default();
        forum::append(&mut body, signature, BlockKind::Signature);
    }
    Post {
        draft: Draft {
            id: own,
            author,
            posted: posted(&elements),
            edited: edited(&elements),
            score: score(&elements),
            state,
            body,
            ..Draft::default()
        },
        quotes,
    }
}

/// What a message says in place of its text, when it was deleted or waits to be approved.
fn notice(
    element: ElementRef<'_>,
    elements: &[ElementRef<'_>],
) -> Option<impl Fn(Option<&Author>) -> State> {
    let deleted = ["message--deleted", "deleted"];
    if !deleted.iter().any(|class| has_class(element, class)) {
        return None;
    }
    let holds = |e: &&ElementRef<'_>| {
        has_class(**e, "messageNotice--deleted") || has_class(**e, "messageInfo")
    };
    let words = elements.iter().find(holds).map(|e| html::line(*e));
    Some(move |author: Option<&Author>| {
        let name = author.map(|author| author.name.as_str());
        forum::taken_away(name, words.as_deref().unwrap_or_default())
    })
}

/// The element that holds the message's text.
fn content<'a>(elements: &[ElementRef<'a>]) -> Option<ElementRef<'a>> {
    let outside = |element: &ElementRef<'a>| {
        let mut above = element.ancestors().filter_map(ElementRef::wrap);
        !above.any(|e| {
            has_class(e, "message-signature")
                || has_class(e, "bbCodeBlock")
                || has_class(e, "message-user")
        })
    };
    let with = |class: &'static str| {
        let found = elements
            .iter()
            .copied()
            .filter(move |e| has_class(*e, class));
        found.filter(outside).find(|e| !has_class(*e, "signature"))
    };
    with("bbWrapper")
        .or_else(|| with("messageText"))
        .or_else(|| with("message-body"))
        .or_else(|| with("comment-body"))
}

/// What an element of the text means.
fn text(content: ElementRef<'_>) -> Body {
    html::body_with(content, |element| {
        if element == content {
            // Version 1 puts every post's text into a `blockquote`.
            return Role::As(BlockKind::Paragraph);
        }
        let with = |class| has_class(element, class);
        if is_noise(element) {
            return Role::Skip;
        }
        if with("bbCodeBlock-title") || with("attribution") {
            let in_quote = element
                .ancestors()
                .filter_map(ElementRef::wrap)
                .take(4)
                .any(is_quote);
            return match in_quote {
                true => Role::As(BlockKind::Attribution),
                false => Role::Skip,
            };
        }
        match element.value().name() {
            "div" | "aside" if is_quote(element) => Role::As(BlockKind::Quote),
            _ => Role::Usual,
        }
    })
}

/// What is no part of a text: words to click on, ends of texts, what a link's target says of itself.
fn is_noise(element: ElementRef<'_>) -> bool {
    const NOISE: [&str; 9] = [
        "bbCodeBlock-expandLink",
        "bbCodeBlock-shrinkLink",
        "quoteExpand",
        "messageTextEndMarker",
        "js-selectToQuoteEnd",
        "bbCodeSpoiler-button",
        "ToggleTrigger",
        "contentRow-snippet",
        "contentRow-minor",
    ];
    NOISE.iter().any(|class| has_class(element, class))
        || has_class(element, "type") && !has_class(element, "attribution")
}

fn is_quote(element: ElementRef<'_>) -> bool {
    has_class(element, "bbCodeBlock--quote") || has_class(element, "bbCodeQuote")
}

/// What the forum says of a quotation's origin.
fn origin(element: ElementRef<'_>) -> Option<Quote> {
    if !is_quote(element) {
        return None;
    }
    let source = attr(element, "data-source").and_then(|source| source.strip_prefix("post: "));
    let link = || {
        let mut links = element.descendent_elements();
        links.find_map(|link| {
            let is_jump =
                has_class(link, "bbCodeBlock-sourceJump") || has_class(link, "AttributionLink");
            let address = attr(link, "href").filter(|_| is_jump)?;
            forum::id_in(address, &["post?id=", "#post-", "posts/", "id="])
        })
    };
    let author = attr(element, "data-quote").or_else(|| attr(element, "data-author"));
    Some(Quote {
        post: source.or_else(link).map(str::to_owned),
        author: author.map(str::to_owned),
        answered: false,
    })
}

fn author(element: ElementRef<'_>, elements: &[ElementRef<'_>]) -> Option<Author> {
    let shown = elements.iter().copied().find(|e| has_class(*e, "username"));
    let written = attr(element, "data-author").map(str::to_owned);
    let name = written
        .or_else(|| shown.map(html::line))
        .filter(|name| !name.is_empty())?;
    let id = shown.and_then(|shown| {
        let number = attr(shown, "data-user-id").filter(|id| *id != "0");
        number.or_else(|| {
            let (_, member) = attr(shown, "href")?.split_once("members/")?;
            let id = member.trim_end_matches('/').rsplit('.').next()?;
            id.bytes().all(|byte| byte.is_ascii_digit()).then_some(id)
        })
    });
    let badge = elements.iter().find(|e| has_class(**e, "userBanner"));
    Some(Author {
        name,
        id: id.map(str::to_owned),
        anonymous: false,
        badge: badge
            .map(|e| html::line(*e))
            .filter(|badge| !badge.is_empty()),
    })
}

/// The time in a message's head or, in version 1, below its text; not one inside the text.
fn posted(elements: &[ElementRef<'_>]) -> Option<jiff::Timestamp> {
    let is_time = |e: &&ElementRef<'_>| has_class(**e, "u-dt") || has_class(**e, "DateTime");
    let outside = |e: &&ElementRef<'_>| {
        let mut above = e.ancestors().filter_map(ElementRef::wrap);
        !above.any(|above| {
            [
                "bbWrapper",
                "messageText",
                "message-lastEdit",
                "editDate",
                "messageNotice",
            ]
            .iter()
            .any(|class| has_class(above, class))
        })
    };
    let mut times = elements.iter().filter(is_time).filter(outside);
    times.find_map(|time| instant(*time))
}

fn edited(elements: &[ElementRef<'_>]) -> Option<jiff::Timestamp> {
    let edit =
        |e: &&ElementRef<'_>| has_class(**e, "message-lastEdit") || has_class(**e, "editDate");
    let line = elements.iter().find(edit)?;
    line.descendent_elements()
        .filter(|e| has_class(*e, "u-dt") || has_class(*e, "DateTime"))
        .find_map(instant)
}

/// How many members reacted: those named, and the number of others.
fn score(elements: &[ElementRef<'_>]) -> Option<Score> {
    let bar = elements
        .iter()
        .copied()
        .find(|e| has_class(*e, "reactionsBar-link") || has_class(*e, "LikeText"))?;
    let is_name = |e: ElementRef<'_>| e.value().name() == "bdi" || has_class(e, "username");
    let names = bar.descendent_elements().filter(|e| is_name(*e)).count();
    let words = html::body_with(bar, |e| match is_name(e) {
        true => Role::Skip,
        false => Role::Usual,
    });
    let number = words
        .text
        .split(|c: char| !c.is_ascii_digit())
        .find_map(|number| number.parse::<i64>().ok());
    let points = i64::try_from(names).unwrap_or(0) + number.unwrap_or(0);
    (points > 0).then(|| Score::of_points(points))
}
