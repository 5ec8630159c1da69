//! Reads one post from its element, on the page for crawlers, in the browser's, or in the embedded one.

use super::super::{
    discourse,
    forum::{self, Post, Quote},
    markup::{attr, digits_after, has_class, instant},
};
use crate::{
    text::{Body, html},
    thread::{Author, Draft, ParentRef, Score, State},
};
use scraper::ElementRef;

/// Whether an element is a post.
pub(super) fn is_post(element: ElementRef<'_>) -> bool {
    let id = element.attr("id").unwrap_or_default();
    let numbered = id.strip_prefix("post_").is_some_and(is_number);
    let with = |class| has_class(element, class);
    if with("crawler-post") {
        // Links to the next page once bore the class too.
        return element.attr("role") != Some("navigation");
    }
    let in_browser =
        with("boxed") || with("onscreen-post") || with("small-action") || with("cloaked-post");
    let embedded = element.value().name() == "article" && with("post") && id.starts_with("post-");
    numbered && (in_browser || element.attr("data-post-id").is_some()) || embedded
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The numbers of topic and post in `…/t/some-words/57/12`.
pub(super) fn place(url: &str) -> Option<(&str, &str)> {
    let (_, path) = url.split_once("/t/")?;
    let mut parts = path
        .split(['?', '#'])
        .next()?
        .trim_end_matches('/')
        .rsplit('/');
    let (post, topic) = (parts.next()?, parts.next()?);
    (is_number(post) && is_number(topic)).then_some((topic, post))
}

/// Reads the post that `element` is; the flag says whether it is only the board's note.
pub(super) fn read(element: ElementRef<'_>, topic: Option<&str>) -> (Post, bool) {
    let elements = forum::elements(element, |inner| {
        is_post(inner) || has_class(inner, "embedded-posts")
    });
    let with = |class: &str| elements.iter().copied().find(|e| has_class(*e, class));
    let cooked = with("cooked").or_else(|| {
        let mut found = elements.iter().copied().skip(1);
        found.find(|e| {
            has_class(*e, "post") || matches!(e.attr("itemprop"), Some("text" | "articleBody"))
        })
    });
    let body = cooked.map(discourse::text).unwrap_or_default();
    let state = state(element, cooked, &body);
    let live = matches!(state, State::Live | State::Collapsed);
    let number = number(element, &elements);
    let mut quotes = match cooked.filter(|_| live) {
        Some(cooked) => discourse::quotes(cooked, topic),
        None => Vec::new(),
    };
    let mut parent = ParentRef::Root;
    let tab = with("reply-to-tab").or_else(|| with("in-reply-to"));
    if let Some(tab) = tab {
        match tab.attr("href").and_then(place) {
            Some((_, answered)) => parent = ParentRef::Id(answered.to_owned()),
            None => quotes = vec![named(tab, &quotes)],
        }
    }
    let is_empty = || cooked.is_some_and(|cooked| !cooked.has_children() || body_is_blank(cooked));
    let is_action =
        has_class(element, "small-action") || has_class(element, "crawler-post") && is_empty();
    let draft = Draft {
        id: number.map(str::to_owned).unwrap_or_default(),
        parent,
        author: author(element, &elements),
        posted: posted(&elements),
        edited: edited(&elements),
        score: score(&elements),
        state,
        body: if live { body.clone() } else { Body::default() },
        ..Draft::default()
    };
    (Post { draft, quotes }, is_action)
}

/// Whether an element holds neither words nor anything else.
fn body_is_blank(cooked: ElementRef<'_>) -> bool {
    let no_words = cooked.text().all(|text| text.trim().is_empty());
    no_words && cooked.child_elements().next().is_none()
}

/// The browser's page names the author answered; a quotation of the same author says which post it is.
fn named(tab: ElementRef<'_>, quotes: &[Quote]) -> Quote {
    let picture = tab.descendent_elements().find_map(|e| attr(e, "title"));
    let line = html::line(tab);
    let name = picture.map_or(line, str::to_owned);
    let same = |quote: &&Quote| {
        let author = quote.author.as_deref().unwrap_or_default();
        quote.post.is_some() && author.eq_ignore_ascii_case(&name)
    };
    let quoted = quotes.iter().rev().find(same);
    Quote {
        post: quoted.and_then(|quote| quote.post.clone()),
        author: Some(name.clone()).filter(|name| !name.is_empty()),
        answered: true,
    }
}

fn state(element: ElementRef<'_>, cooked: Option<ElementRef<'_>>, body: &Body) -> State {
    let around = std::iter::once(element).chain(element.parent().and_then(ElementRef::wrap));
    let with = |class: &str| around.clone().any(|e| has_class(e, class));
    let notice = discourse::notice(&body.text);
    if let Some(state) = notice {
        state
    } else if with("user-deleted") {
        State::Deleted
    } else if with("deleted") {
        State::Removed
    } else if with("post-hidden") {
        State::Hidden
    } else if cooked.is_none() && !has_class(element, "small-action") {
        // The browser takes posts far from the window off the page and keeps their places.
        match element.attr("data-post-id").is_some() || has_class(element, "cloaked-post") {
            true => State::Unresolved,
            false => State::Live,
        }
    } else {
        State::Live
    }
}

fn number<'a>(element: ElementRef<'a>, elements: &[ElementRef<'a>]) -> Option<&'a str> {
    let id = element.attr("id").and_then(|id| id.strip_prefix("post_"));
    if let Some(id) = id.filter(|id| is_number(id)) {
        return Some(id);
    }
    let linked = |class: &str| {
        let mut links = elements.iter().filter(|e| has_class(**e, class));
        links.find_map(|link| Some(place(link.attr("href")?)?.1))
    };
    let position = || {
        let mut found = elements
            .iter()
            .filter(|e| e.attr("itemprop") == Some("position"));
        let text = found.next()?.text().next()?;
        digits_after(text.trim(), "#").or_else(|| digits_after(text, ""))
    };
    linked("post-date").or_else(position)
}

fn author(element: ElementRef<'_>, elements: &[ElementRef<'_>]) -> Option<Author> {
    let card = elements.iter().find_map(|e| {
        let above = e.parent().and_then(ElementRef::wrap);
        let is_name =
            above.is_some_and(|above| has_class(above, "username") || has_class(above, "names"));
        attr(*e, "data-user-card").filter(|_| is_name)
    });
    let with = |class: &str| elements.iter().copied().find(|e| has_class(*e, class));
    let written = || {
        let creator = with("creator").or_else(|| {
            elements
                .iter()
                .copied()
                .find(|e| e.attr("itemprop") == Some("author"))
        });
        let name = creator.and_then(|creator| {
            let mut inner = creator.descendent_elements();
            inner.find(|e| e.attr("itemprop") == Some("name"))
        });
        let link = |e: ElementRef<'_>| {
            e.descendent_elements()
                .find(|e| e.value().name() == "a")
                .map(html::line)
        };
        let user = || with("username").map(|user| link(user).unwrap_or_else(|| html::line(user)));
        name.or(creator).map(html::line).or_else(user)
    };
    let name = card
        .map(str::to_owned)
        .or_else(written)
        .filter(|name| !name.is_empty())?;
    let badge = with("user-title")
        .map(html::line)
        .filter(|badge| !badge.is_empty());
    Some(Author {
        name,
        id: attr(element, "data-user-id").map(str::to_owned),
        anonymous: false,
        badge,
    })
}

/// The time beside the author, not one of a preview in the text.
fn posted(elements: &[ElementRef<'_>]) -> Option<jiff::Timestamp> {
    let dated = |e: &&ElementRef<'_>| {
        let is_time = e.value().name() == "time" && e.attr("itemprop") != Some("dateModified");
        let in_date = || {
            e.ancestors()
                .filter_map(ElementRef::wrap)
                .take(2)
                .any(|e| has_class(e, "post-date"))
        };
        is_time && !in_text(**e)
            || has_class(**e, "relative-date") && in_date()
            || has_class(**e, "post-date")
    };
    elements.iter().filter(dated).find_map(|e| instant(*e))
}

fn in_text(element: ElementRef<'_>) -> bool {
    let mut above = element.ancestors().filter_map(ElementRef::wrap);
    above.any(|e| has_class(e, "cooked") || has_class(e, "post"))
}

fn edited(elements: &[ElementRef<'_>]) -> Option<jiff::Timestamp> {
    let stated = |property: &str| {
        let mut found = elements
            .iter()
            .filter(|e| e.attr("itemprop") == Some(property));
        found.find_map(|e| {
            super::super::time::parse(attr(*e, "content").or_else(|| attr(*e, "datetime"))?)
        })
    };
    let published = stated("datePublished");
    stated("dateModified").filter(|edited| Some(*edited) != published)
}

fn score(elements: &[ElementRef<'_>]) -> Option<Score> {
    let digits = |text: &str| {
        let from = text.find(|c: char| c.is_ascii_digit())?;
        digits_after(&text[from..], "")?.parse::<i64>().ok()
    };
    let counted = |e: &ElementRef<'_>| match e.attr("itemprop") {
        Some("userInteractionCount") => digits(e.attr("content")?),
        Some("interactionCount") => digits(e.attr("content")?.strip_prefix("UserLikes:")?),
        _ => None,
    };
    let shown = |e: &ElementRef<'_>| {
        let likes = has_class(*e, "like-count") || has_class(*e, "post-likes");
        digits(&e.text().collect::<String>()).filter(|_| likes)
    };
    let points = elements.iter().find_map(counted).or_else(|| {
        let mut small = elements
            .iter()
            .filter(|e| has_class(**e, "like-count") || has_class(**e, "post-likes"));
        small.find_map(shown)
    });
    points.map(Score::of_points)
}
