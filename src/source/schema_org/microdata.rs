//! Comments described by attributes of the page's elements.

use super::{
    super::{
        forum::elements,
        linked::Found,
        markup::{attr, instant},
    },
    Described,
};
use crate::{
    text::html::{self, Role, Step, walk},
    thread::{Article, Author, CommentKind, Draft, Score},
};
use scraper::ElementRef;

/// Types of which every item is a comment.
const COMMENTS: [&str; 3] = ["Comment", "UserComments", "CorrectionComment"];
/// Types that are comments where several stand side by side: forums mark every post so.
const POSTS: [&str; 2] = ["DiscussionForumPosting", "SocialMediaPosting"];
const ARTICLES: [&str; 6] = [
    "Article",
    "NewsArticle",
    "BlogPosting",
    "TechArticle",
    "Question",
    "Blog",
];

/// Whether a page begins to mark comments so.
pub(super) fn is_in(page: &str) -> bool {
    let marks = |name: &&str| {
        let kind = format!("schema.org/{name}");
        page.match_indices(&kind).any(|(at, _)| {
            let before = &page[page[..at].rfind('<').unwrap_or(0)..at];
            let ends = page[at + kind.len()..].starts_with(['"', '\'', ' ', '>']);
            ends && before.contains("itemtype")
        })
    };
    let several = |name: &&str| page.matches(&format!("schema.org/{name}")).count() > 1;
    COMMENTS.iter().any(&marks)
        || !page.contains("schema.org/FAQPage") && marks(&"Answer")
        || POSTS.iter().any(|name| marks(name) && several(name))
}

/// The name of an item's type.
fn type_of(element: ElementRef<'_>) -> Option<&str> {
    element.attr("itemscope")?;
    let kinds = attr(element, "itemtype")?;
    let kind = kinds
        .split_whitespace()
        .find(|kind| kind.contains("schema.org"))?;
    kind.rsplit('/').next()
}

fn has_property(element: ElementRef<'_>, name: &str) -> bool {
    let names = element.attr("itemprop").unwrap_or_default();
    names.split_whitespace().any(|own| own == name)
}

/// Reads what a page's attributes describe.
pub(super) fn read(root: ElementRef<'_>) -> Described {
    let mut found: Vec<(ElementRef<'_>, Option<usize>)> = Vec::new();
    let mut posts: Vec<ElementRef<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut article = None;
    walk(root, |step| match step {
        Step::Open(element) => {
            if has_property(element, "parentItem") {
                return false;
            }
            if is_comment(element) {
                found.push((element, open.last().copied()));
                open.push(found.len() - 1);
            } else if let Some(kind) = type_of(element) {
                if POSTS.contains(&kind) {
                    posts.push(element);
                }
                if article.is_none() && (ARTICLES.contains(&kind) || POSTS.contains(&kind)) {
                    article = Some(element);
                }
            }
            true
        }
        Step::Close(element) => {
            if is_comment(element) && !has_property(element, "parentItem") {
                open.pop();
            }
            false
        }
        Step::Text(_) => false,
    });
    let mut described = Described::default();
    if found.is_empty() && posts.len() > 1 {
        found = posts.into_iter().map(|post| (post, None)).collect();
        article = None;
    }
    if let Some(article) = article {
        described.article = read_article(article);
        described.count = count(article);
    }
    described.comments = found
        .into_iter()
        .map(|(element, within)| comment(element, within))
        .collect();
    described
}

fn is_comment(element: ElementRef<'_>) -> bool {
    type_of(element).is_some_and(|kind| COMMENTS.contains(&kind) || kind == "Answer")
}

/// An item's own elements; those of items inside it are theirs.
fn own<'a>(item: ElementRef<'a>) -> Vec<ElementRef<'a>> {
    elements(item, |inner| {
        let is_item = inner.attr("itemscope").is_some();
        is_item && (is_comment(inner) || type_of(inner).is_some_and(|kind| POSTS.contains(&kind)))
            || has_property(inner, "parentItem")
    })
}

/// The value of an element that is a property.
fn value(element: ElementRef<'_>) -> Option<String> {
    let stated = ["content", "datetime", "href", "src", "itemid"];
    let stated = stated.iter().find_map(|name| attr(element, name));
    let value = stated.map_or_else(|| html::line(element), str::to_owned);
    (!value.is_empty()).then_some(value)
}

fn property<'a>(elements: &[ElementRef<'a>], names: &[&str]) -> Option<ElementRef<'a>> {
    names.iter().find_map(|name| {
        let mut found = elements.iter().copied().skip(1);
        found.find(|element| has_property(*element, name))
    })
}

fn comment(item: ElementRef<'_>, within: Option<usize>) -> Found {
    let own = own(item);
    let content = property(
        &own,
        &[
            "text",
            "articleBody",
            "commentText",
            "description",
            "reviewBody",
        ],
    );
    let body = content.map(|content| match attr(content, "content") {
        Some(text) => crate::text::plain::body(text),
        None => html::body_with(content, |inner| {
            match inner != content && is_comment(inner) {
                true => Role::Skip,
                false => Role::Usual,
            }
        }),
    });
    let number = |name: &str| value(property(&own, &[name])?)?.parse::<i64>().ok();
    let (up, down) = (number("upvoteCount"), number("downvoteCount"));
    let likes = || number("userInteractionCount");
    let score = Score {
        points: up.map(|up| up - down.unwrap_or(0)).or_else(likes),
        up,
        down,
        ..Score::default()
    };
    let mut names: Vec<String> = Vec::new();
    names.extend(attr(item, "itemid").map(str::to_owned));
    names.extend(
        property(&own, &["url"])
            .filter(|url| !in_person(*url, item))
            .and_then(value),
    );
    names.extend(property(&own, &["identifier"]).and_then(value));
    // Anchors of elements are names too, and the only ones where the page gives no address.
    let anchor = item.attr("id").or_else(|| {
        let mut above = item.ancestors().filter_map(ElementRef::wrap).take(1);
        above.find_map(|e| {
            e.attr("id")
                .filter(|id| id.ends_with(|c: char| c.is_ascii_digit()))
        })
    });
    names.extend(anchor.map(|id| format!("#{id}")));
    let kind = match type_of(item) {
        Some("Answer") => CommentKind::Answer,
        _ => CommentKind::Comment,
    };
    let draft = Draft {
        author: author(&own),
        title: property(&own, &["headline"]).and_then(value),
        posted: property(&own, &["dateCreated", "datePublished", "commentTime"]).and_then(date),
        edited: property(&own, &["dateModified"]).and_then(date),
        score: (score != Score::default()).then_some(score),
        kind,
        body: body.unwrap_or_default(),
        ..Draft::default()
    };
    Found {
        draft,
        within,
        names,
        answers: answers(item),
    }
}

fn date(element: ElementRef<'_>) -> Option<jiff::Timestamp> {
    let stated = attr(element, "content").and_then(super::super::time::parse);
    stated.or_else(|| instant(element))
}

/// Whether an element stands in the description of a person within the item.
fn in_person(element: ElementRef<'_>, item: ElementRef<'_>) -> bool {
    let above = element.ancestors().filter_map(ElementRef::wrap);
    let mut inside = std::iter::once(element)
        .chain(above)
        .take_while(|e| *e != item);
    inside.any(|e| {
        ["author", "creator"]
            .iter()
            .any(|name| has_property(e, name))
    })
}

fn author(own: &[ElementRef<'_>]) -> Option<Author> {
    let element = property(own, &["author", "creator"])?;
    let inner = |name: &'static str| {
        let mut inner = element.descendent_elements().skip(1);
        inner.find(|e| has_property(*e, name)).and_then(value)
    };
    let named = || {
        element
            .descendent_elements()
            .skip(1)
            .find(|e| has_property(*e, "name"))
    };
    let shown = || {
        let named = named()?;
        let line = attr(named, "content").map_or_else(|| html::line(named), str::to_owned);
        (!line.is_empty()).then_some(line)
    };
    let whole = || {
        let line = attr(element, "content").map_or_else(|| html::line(element), str::to_owned);
        (!line.is_empty()).then_some(line)
    };
    let link = || {
        let mut links = element.descendent_elements();
        links.find_map(|e| attr(e, "href")).map(str::to_owned)
    };
    Some(Author {
        name: shown().or_else(whole)?,
        id: inner("url").or_else(link),
        ..Author::default()
    })
}

/// What the item says that it answers.
fn answers(item: ElementRef<'_>) -> Vec<String> {
    let mut answers = Vec::new();
    walk(item, |step| match step {
        Step::Open(element)
            if element != item && is_comment(element) && !has_property(element, "parentItem") =>
        {
            false
        }
        Step::Open(element) if has_property(element, "parentItem") => {
            let inside = || {
                let mut inner = element.descendent_elements();
                inner.find(|e| has_property(*e, "url"))
            };
            let stated = ["href", "itemid", "content"];
            let stated = stated
                .iter()
                .find_map(|name| attr(element, name))
                .map(str::to_owned);
            answers.extend(stated.or_else(|| value(inside()?)));
            false
        }
        Step::Open(_) => true,
        _ => false,
    });
    answers
}

fn read_article(item: ElementRef<'_>) -> Article {
    let own = own(item);
    let text = property(&own, &["articleBody", "text"]).map(|element| html::body(element).text);
    Article {
        title: property(&own, &["headline", "name"]).and_then(value),
        url: property(&own, &["mainEntityOfPage", "url"])
            .and_then(value)
            .filter(|url| url.contains("://")),
        text: text.filter(|text| !text.is_empty()),
    }
}

fn count(item: ElementRef<'_>) -> Option<u64> {
    let own = own(item);
    let count = property(&own, &["commentCount", "answerCount"]).and_then(value)?;
    count.trim().parse().ok()
}
