//! Pages of old.reddit.com: every comment is a `div.thing.comment`, its replies stand in its `.child`.

use super::{Found, Item, What, id_in, nested, number, own};
use crate::{
    source::{
        markup::{attr, has_class, instant},
        reddit::{
            author, badge, bare,
            gathering::Stub,
            is_id, notice,
            object::{Frame, absolute},
            state_of,
        },
    },
    text::{Body, html},
    thread::{Article, Draft, ParentRef, Score, State},
};
use scraper::ElementRef;

/// Whether HTML is such a page. The sidebar stands before the comments and may fill the head.
pub(super) fn is_page(text: &str) -> bool {
    let has = |words: &str| text.contains(words);
    let things =
        (has("thing") || has("sitetable")) && (has("id-t1_") || has("data-fullname=\"t1_"));
    let frame = has("comments-page")
        && has("reddit")
        && (has("sitetable") || has("siteTable") || has("redditstatic"));
    let link = has("siteTable") && has("id-t3_");
    things || frame || link
}

fn is_comment(element: ElementRef<'_>) -> bool {
    has_class(element, "thing") && has_class(element, "comment")
}

fn is_item(element: ElementRef<'_>) -> bool {
    is_comment(element)
        || has_class(element, "thing")
            && (has_class(element, "morechildren") || has_class(element, "morerecursion"))
}

/// Reads the page.
pub(super) fn read(root: ElementRef<'_>) -> Found {
    let mut found = Found::default();
    let is_link = |element: &ElementRef<'_>| {
        has_class(*element, "thing")
            && has_class(*element, "link")
            && !has_class(*element, "promoted")
            && !has_class(*element, "promotedlink")
    };
    let items = nested(root, is_item, is_comment);
    let links: Vec<_> = root.descendent_elements().filter(is_link).take(2).collect();
    // A page with several submissions and no comment is a list of them.
    if let (Some(link), true) = (links.first(), links.len() == 1 || !items.is_empty()) {
        found.link = id(*link, "t3_", &own(*link, |_| false));
        found.frame = frame(*link);
    }
    found.items = items
        .into_iter()
        .map(|(element, above)| item(element, above))
        .collect();
    let mut notes = root
        .descendent_elements()
        .filter(|element| has_class(*element, "infobar"));
    if notes.any(|note| html::line(note).contains("single comment's thread")) {
        found.partial.push(
            "the page shows the thread of a single comment; the rest of the comments is missing",
        );
    }
    found
}

fn item(element: ElementRef<'_>, above: Option<usize>) -> Item {
    let parts = own(element, |inner| {
        has_class(inner, "child") || has_class(inner, "usertext-edit") || is_item(inner)
    });
    if !is_comment(element) {
        let stub = stub(&parts);
        return Item {
            above,
            answered: None,
            permalink: None,
            what: What::Stub(stub),
        };
    }
    let find =
        |wanted: &dyn Fn(ElementRef<'_>) -> bool| parts.iter().copied().find(|part| wanted(*part));
    let body = find(&|part| has_class(part, "md")).map(html::body);
    let gone = has_class(element, "deleted");
    let (state, body) = state_of(body.unwrap_or_default());
    let state = match state {
        State::Live if gone && body.text.is_empty() => State::Deleted,
        State::Live if has_class(element, "collapsed") => State::Collapsed,
        state => state,
    };
    let named = find(&|part| has_class(part, "author"));
    let pinned = has_class(element, "stickied")
        || find(&|part| has_class(part, "stickied-tagline")).is_some();
    let is = |class: &str| named.is_some_and(|name| has_class(name, class));
    let marks = badge(&[
        (is("admin"), "admin"),
        (is("moderator"), "moderator"),
        (is("submitter"), "submitter"),
        (pinned, "stickied"),
    ]);
    let name = named
        .map(html::line)
        .or_else(|| attr(element, "data-author").map(str::to_owned));
    let time = |edited: bool| {
        find(&|part| part.value().name() == "time" && has_class(part, "edited-timestamp") == edited)
            .and_then(instant)
    };
    let draft = Draft {
        id: id(element, "t1_", &parts).unwrap_or_default(),
        author: author(
            &name.unwrap_or_default(),
            attr(element, "data-author-fullname"),
            marks,
        ),
        posted: time(false),
        edited: time(true),
        score: score(&parts),
        state,
        body,
        ..Draft::default()
    };
    let permalink = attr(element, "data-permalink").or_else(|| {
        let link = find(&|part| {
            has_class(part, "bylink")
                && attr(part, "href").is_some_and(|url| url.contains("/comments/"))
        });
        attr(link?, "href")
    });
    Item {
        above,
        answered: answered(&parts),
        permalink: permalink.map(absolute),
        what: What::Comment(Box::new(draft)),
    }
}

/// The id of a thing; deleted ones may have it in their anchor alone, or not at all.
fn id(thing: ElementRef<'_>, prefix: &str, parts: &[ElementRef<'_>]) -> Option<String> {
    let by_class = || {
        let mut classes = thing.value().classes();
        classes.find_map(|class| id_in(class.strip_prefix("id-"), prefix))
    };
    let by_anchor = || {
        let mut names = parts.iter().filter(|part| part.value().name() == "a");
        names.find_map(|part| {
            attr(*part, "name")
                .filter(|name| is_id(name))
                .map(str::to_owned)
        })
    };
    let by_table = || {
        let child = thing
            .child_elements()
            .find(|child| has_class(*child, "child"))?;
        let table = child.child_elements().next()?;
        id_in(attr(table, "id")?.strip_prefix("siteTable_"), prefix)
    };
    id_in(attr(thing, "data-fullname"), prefix)
        .or_else(by_class)
        .or_else(|| id_in(attr(thing, "id")?.strip_prefix("thing_"), prefix))
        .or_else(by_anchor)
        .or_else(by_table)
}

/// What the link "parent" below a comment leads to.
fn answered(parts: &[ElementRef<'_>]) -> Option<ParentRef> {
    let link = parts.iter().find(|part| {
        part.value().name() == "a"
            && (attr(**part, "data-event-action") == Some("parent")
                || has_class(**part, "bylink") && html::line(**part) == "parent")
    })?;
    let (_, anchor) = attr(*link, "href")?.rsplit_once('#')?;
    let id = bare(anchor);
    is_id(id).then(|| ParentRef::Id(id.to_owned()))
}

/// The score in the form that the reader of the page saw: with their own vote, if they had one.
fn score(parts: &[ElementRef<'_>]) -> Option<Score> {
    let scores: Vec<_> = parts
        .iter()
        .copied()
        .filter(|part| has_class(*part, "score"))
        .collect();
    let entry = parts.iter().copied().find(|part| has_class(*part, "entry"));
    let votes = ["likes", "dislikes", "unvoted"];
    let vote = votes
        .iter()
        .find(|vote| entry.is_some_and(|entry| has_class(entry, vote)));
    let shown = scores
        .iter()
        .find(|score| has_class(**score, vote.unwrap_or(&"unvoted")));
    let shown = *shown.or(scores.first())?;
    let stated = attr(shown, "title").and_then(|title| title.parse().ok());
    let points = stated.or_else(|| points(&html::line(shown)))?;
    Some(Score::of_points(points))
}

/// The number in "38 points".
fn points(text: &str) -> Option<i64> {
    let word = text.split_whitespace().next()?;
    let word = word.replace(',', "").replace('\u{2212}', "-");
    word.parse().ok()
}

fn stub(parts: &[ElementRef<'_>]) -> Stub {
    let link = parts
        .iter()
        .copied()
        .find(|part| attr(*part, "onclick").is_some_and(|script| script.contains("morechildren(")));
    let children = link
        .and_then(|link| attr(link, "onclick"))
        .map(children)
        .unwrap_or_default();
    Stub {
        parent: ParentRef::Root,
        all: children.is_empty(),
        children,
        count: link.map(html::line).and_then(|words| number(&words)),
    }
}

/// The ids in `morechildren(this, 't3_l', 'confidence', 'c1,c2', 3, '')`; the oldest pages leave the order
/// of the comments out, later ones put it before the ids.
fn children(script: &str) -> Vec<String> {
    let words: Vec<&str> = script.split(['\'', '"']).skip(1).step_by(2).collect();
    let listed = words.get(2).or(words.get(1)).copied().unwrap_or_default();
    let listed = listed.rsplit_once(':').map_or(listed, |(_, ids)| ids);
    let ids = listed.split(',').map(|id| bare(id.trim()));
    ids.filter(|id| is_id(id)).map(str::to_owned).collect()
}

/// The submission.
fn frame(link: ElementRef<'_>) -> Frame {
    let parts = own(link, |inner| has_class(inner, "usertext-edit"));
    let find =
        |wanted: &dyn Fn(ElementRef<'_>) -> bool| parts.iter().copied().find(|part| wanted(*part));
    let headline = find(&|part| part.value().name() == "a" && has_class(part, "title"));
    let title = headline.map(html::line).filter(|title| !title.is_empty());
    let outside =
        attr(link, "data-url").or_else(|| headline.and_then(|headline| attr(headline, "href")));
    let comments = find(&|part| part.value().name() == "a" && has_class(part, "comments"));
    let address = attr(link, "data-permalink")
        .or_else(|| comments.and_then(|comments| attr(comments, "href")));
    let body = find(&|part| has_class(part, "md")).map(html::body);
    let text = body.map(|Body { text, .. }| text);
    let article = Article {
        title: title.clone(),
        url: outside.map(absolute),
        text: text.filter(|text| !text.is_empty() && notice(text).is_none()),
    };
    Frame {
        url: address.map(absolute),
        title,
        article: Some(article),
    }
}
