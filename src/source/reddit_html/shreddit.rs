//! Pages of the design of 2023: every comment is a `shreddit-comment` whose attributes say all but its
//! text, and replies stand inside what they answer.

use super::{Found, Item, What, id_in, nested, number, own};
use crate::{
    source::{
        markup::{attr, instant},
        reddit::{
            author, badge, bare,
            gathering::Stub,
            notice,
            object::{Frame, absolute},
            parent, state_of,
        },
        time,
    },
    text::html,
    thread::{Article, Draft, ParentRef, Score, State},
};
use scraper::ElementRef;

/// Whether HTML is such a page.
pub(super) fn is_page(text: &str) -> bool {
    ["<shreddit-comment", "<shreddit-post", "<shreddit-app"]
        .iter()
        .any(|tag| text.contains(tag))
}

fn is_comment(element: ElementRef<'_>) -> bool {
    element.value().name() == "shreddit-comment"
}

/// Whether an element loads comments that the page does not hold: on a click, or on a page of its own.
fn is_stub(element: ElementRef<'_>) -> bool {
    let loads = || attr(element, "src").is_some_and(|src| src.contains("/more-comments/"));
    element.value().name() == "faceplate-partial" && loads() || is_deep(element)
}

fn is_deep(element: ElementRef<'_>) -> bool {
    element.value().name() == "a"
        && attr(element, "slot").is_some_and(|slot| slot.starts_with("more-comments"))
}

/// Reads the page.
pub(super) fn read(root: ElementRef<'_>) -> Found {
    let mut found = Found::default();
    let post = root
        .descendent_elements()
        .find(|element| element.value().name() == "shreddit-post");
    if let Some(post) = post {
        found.link = attr(post, "id").and_then(|id| id_in(Some(id), "t3_"));
        found.frame = frame(post);
    }
    let poster = post.and_then(|post| attr(post, "author"));
    let items = nested(
        root,
        |element| is_comment(element) || is_stub(element),
        is_comment,
    );
    let link = items
        .iter()
        .find_map(|(element, _)| id_in(attr(*element, "postid"), "t3_"));
    found.link = found.link.or(link);
    found.items = items
        .into_iter()
        .map(|(element, above)| match is_comment(element) {
            true => comment(element, above, poster),
            false => Item {
                above,
                answered: slot(element),
                permalink: None,
                what: What::Stub(stub(element)),
            },
        })
        .collect();
    found
}

fn comment(element: ElementRef<'_>, above: Option<usize>, poster: Option<&str>) -> Item {
    let parts = own(element, is_comment);
    let text = parts.iter().copied().find(|part| {
        attr(*part, "slot") == Some("comment")
            || attr(*part, "id").is_some_and(|id| id.ends_with("-rtjson-content"))
    });
    let (state, body) = state_of(text.map(html::body).unwrap_or_default());
    let name = attr(element, "author").unwrap_or_default();
    let has = |name: &str| element.attr(name).is_some_and(|value| value != "false");
    let state = match state {
        State::Live
            if body.text.is_empty()
                && (notice(name).is_some() || has("deleted") || has("is-comment-deleted")) =>
        {
            State::Deleted
        }
        State::Live if has("collapsed") => State::Collapsed,
        state => state,
    };
    let own_time = || {
        let times = parts
            .iter()
            .copied()
            .filter(|part| ["time", "faceplate-timeago"].contains(&part.value().name()));
        let mut times =
            times.filter_map(|part| instant(part).or_else(|| time::parse(attr(part, "ts")?)));
        times.next()
    };
    let points = attr(element, "score").and_then(|score| score.parse().ok());
    let id = id_in(attr(element, "thingid").or(attr(element, "id")), "t1_");
    let by_address = || {
        let path = attr(element, "permalink")?.trim_end_matches('/');
        path.rsplit('/').next().map(|id| bare(id).to_owned())
    };
    let depth = attr(element, "depth").and_then(|depth| depth.parse().ok());
    let answered = attr(element, "parentid")
        .map(parent)
        .or_else(|| slot(element));
    let lost = || {
        depth
            .filter(|&depth| depth > 0)
            .map(|depth| ParentRef::Missing { id: None, depth })
    };
    let marks = badge(&[(poster == Some(name), "submitter")]);
    let draft = Draft {
        id: id.or_else(by_address).unwrap_or_default(),
        author: author(name, None, marks),
        posted: attr(element, "created")
            .and_then(time::parse)
            .or_else(own_time),
        score: points.map(Score::of_points),
        state,
        body,
        ..Draft::default()
    };
    Item {
        above,
        answered: answered.or_else(lost),
        permalink: attr(element, "permalink").map(absolute),
        what: What::Comment(Box::new(draft)),
    }
}

/// The comment among whose replies an element is shown, by the name of its place: `children-t1_ID-0`.
fn slot(element: ElementRef<'_>) -> Option<ParentRef> {
    let name = attr(element, "slot")?.strip_prefix("children-t1_")?;
    let id = name.split('-').next().filter(|id| !id.is_empty())?;
    Some(ParentRef::Id(id.to_owned()))
}

fn stub(element: ElementRef<'_>) -> Stub {
    Stub {
        parent: ParentRef::Root,
        children: Vec::new(),
        all: is_deep(element),
        count: number(&html::line(element)),
    }
}

fn frame(post: ElementRef<'_>) -> Frame {
    let parts = own(post, is_comment);
    let part = |name: &str| {
        parts
            .iter()
            .copied()
            .find(|part| attr(*part, "slot") == Some(name))
    };
    let title = attr(post, "post-title")
        .map(str::to_owned)
        .or_else(|| part("title").map(html::line));
    let url = attr(post, "permalink").map(absolute);
    let text = part("text-body").map(|part| html::body(part).text);
    let article = Article {
        title: title.clone(),
        url: attr(post, "content-href")
            .map(absolute)
            .or_else(|| url.clone()),
        text: text.filter(|text| !text.is_empty() && notice(text).is_none()),
    };
    Frame {
        url,
        title,
        article: Some(article),
    }
}
