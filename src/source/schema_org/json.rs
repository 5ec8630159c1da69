//! Comments described as JSON-LD.

use super::{
    super::{linked::Found, time},
    Described,
};
use crate::{
    text::{Body, html, plain},
    thread::{Article, Author, CommentKind, Draft, Score},
};
use scraper::ElementRef;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// The properties that hold comments, each with what they are.
const HOLDERS: [(&str, CommentKind); 4] = [
    ("acceptedAnswer", CommentKind::Answer),
    ("suggestedAnswer", CommentKind::Answer),
    ("comment", CommentKind::Comment),
    ("comments", CommentKind::Comment),
];

/// Whether a text holds a property with at least one comment, or a comment that names its parent.
pub(super) fn is_in(text: &str) -> bool {
    let holds = |name: &str| {
        let key = format!("\"{name}\"");
        text.match_indices(&key).any(|(at, _)| {
            let rest = text[at + key.len()..].trim_start();
            let Some(value) = rest.strip_prefix(':').map(str::trim_start) else {
                return false;
            };
            let inside = value.strip_prefix('[').map(str::trim_start);
            value.starts_with('{') || inside.is_some_and(|inside| inside.starts_with('{'))
        })
    };
    let is_faq = text.contains("\"FAQPage\"");
    let answers = !is_faq && HOLDERS.iter().any(|(name, _)| holds(name));
    text.contains("\"@type\"") && (answers || holds("comment") || holds("parentItem"))
}

/// The texts of a page's JSON-LD.
pub(super) fn scripts(root: ElementRef<'_>) -> Vec<String> {
    let is_json = |e: &ElementRef<'_>| {
        e.value().name() == "script" && e.attr("type").is_some_and(|kind| kind.contains("ld+json"))
    };
    let scripts = root.descendent_elements().filter(is_json);
    scripts.map(|script| script.text().collect()).collect()
}

/// A value still to be read, where it stands.
struct Open {
    value: Value,
    /// The comment around it.
    within: Option<usize>,
    /// What the property that holds it says it is.
    kind: Option<CommentKind>,
}

/// Reads what the scripts describe; one that is no JSON is passed over.
pub(super) fn read<'a>(scripts: impl Iterator<Item = &'a str>) -> Described {
    let mut described = Described::default();
    for script in scripts {
        let script = script.trim();
        let script = script.strip_prefix("<![CDATA[").unwrap_or(script);
        let script = script.strip_suffix("]]>").unwrap_or(script);
        let mut values = serde_json::Deserializer::from_str(script).into_iter::<Value>();
        while let Some(Ok(value)) = values.next() {
            read_value(value, &mut described);
        }
    }
    described
}

fn read_value(value: Value, described: &mut Described) {
    let open = |value, within, kind| Open {
        value,
        within,
        kind,
    };
    let mut stack = vec![open(value, None, None)];
    while let Some(next) = stack.pop() {
        match next.value {
            Value::Array(items) => {
                // The stack gives back last what is put on it first.
                let items = items.into_iter().rev();
                stack.extend(items.map(|item| open(item, next.within, next.kind)));
            }
            Value::Object(mut object) => {
                if has_type(&object, &["FAQPage"]) {
                    continue;
                }
                let held: Vec<_> = HOLDERS
                    .iter()
                    .filter_map(|(name, kind)| Some((object.remove(*name)?, *kind)))
                    .collect();
                let within = match kind_of(&object, next.kind) {
                    Some(kind) => {
                        described.comments.push(comment(&object, kind, next.within));
                        Some(described.comments.len() - 1)
                    }
                    None => {
                        take_article(&object, !held.is_empty(), described);
                        next.within
                    }
                };
                for (value, kind) in held.into_iter().rev() {
                    stack.push(open(value, within, Some(kind)));
                }
                for name in ["mainEntityOfPage", "mainEntity", "hasPart", "@graph"] {
                    if let Some(value @ (Value::Object(_) | Value::Array(_))) = object.remove(name)
                    {
                        stack.push(open(value, within, None));
                    }
                }
            }
            _ => {}
        }
    }
}

fn has_type(object: &Object, types: &[&str]) -> bool {
    let is = |value: &Value| {
        let name = value.as_str().unwrap_or_default();
        let name = name.rsplit(['/', ':']).next().unwrap_or(name);
        types.contains(&name)
    };
    match &object.get("@type") {
        Some(Value::Array(names)) => names.iter().any(is),
        Some(name) => is(name),
        None => false,
    }
}

/// What sort of comment an object is, if it is one: by its type, or by the property that holds it.
fn kind_of(object: &Object, held_as: Option<CommentKind>) -> Option<CommentKind> {
    let says_something = [
        "text",
        "articleBody",
        "description",
        "name",
        "author",
        "commentText",
    ]
    .iter()
    .any(|key| object.contains_key(*key));
    if !says_something {
        // No more than a reference to what is described elsewhere.
        return None;
    }
    match held_as {
        Some(kind) => Some(kind),
        None if has_type(object, &["Answer"]) => Some(CommentKind::Answer),
        None if has_type(object, &["Comment", "UserComments"]) => Some(CommentKind::Comment),
        None => None,
    }
}

fn text<'a>(object: &'a Object, keys: &[&str]) -> Option<&'a str> {
    let mut values = keys.iter().filter_map(|key| object.get(*key)?.as_str());
    values.find(|text| !text.trim().is_empty())
}

fn number(value: Option<&Value>) -> Option<i64> {
    let value = value?;
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

/// What a value is called: itself, or the address of the object it is.
fn names(value: Option<&Value>) -> Vec<String> {
    let values = match value {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    let mut names = Vec::new();
    for value in values {
        match value {
            Value::String(name) => names.push(name.clone()),
            Value::Number(number) => names.push(number.to_string()),
            Value::Object(object) => names.extend(own_names(object)),
            _ => {}
        }
    }
    names.retain(|name| !name.trim().is_empty());
    names
}

fn own_names(object: &Object) -> Vec<String> {
    let mut names = Vec::new();
    for key in ["@id", "url", "identifier", "commentId"] {
        match object.get(key) {
            Some(Value::String(name)) if !name.trim().is_empty() => names.push(name.clone()),
            Some(Value::Number(number)) => names.push(number.to_string()),
            _ => {}
        }
    }
    names
}

fn comment(object: &Object, kind: CommentKind, within: Option<usize>) -> Found {
    let body = text(
        object,
        &["text", "articleBody", "commentText", "description"],
    )
    .map(body);
    let date = |keys: &[&str]| text(object, keys).and_then(time::parse);
    let draft = Draft {
        author: object
            .get("author")
            .or_else(|| object.get("creator"))
            .and_then(author),
        title: text(object, &["headline"]).map(str::to_owned),
        posted: date(&["dateCreated", "datePublished", "commentTime"]),
        edited: date(&["dateModified"]),
        score: score(object),
        kind,
        body: body.unwrap_or_default(),
        ..Draft::default()
    };
    Found {
        draft,
        within,
        names: own_names(object),
        answers: names(object.get("parentItem")),
    }
}

/// A text that may be HTML.
fn body(text: &str) -> Body {
    let is_html = ["</", "<br", "<p>"].iter().any(|tag| text.contains(tag)) || text.contains("&#");
    if !is_html {
        return plain::body(text.trim());
    }
    let (document, _) = html::parse_document(text);
    html::body(document.root_element())
}

fn author(value: &Value) -> Option<Author> {
    let value = match value {
        Value::Array(values) => values.first()?,
        value => value,
    };
    let (name, id) = match value {
        Value::String(name) => (name.as_str(), None),
        Value::Object(object) => (
            text(object, &["name", "alternateName"])?,
            text(object, &["url", "@id"]).map(str::to_owned),
        ),
        _ => return None,
    };
    (!name.trim().is_empty()).then(|| Author {
        name: name.trim().to_owned(),
        id,
        ..Author::default()
    })
}

fn score(object: &Object) -> Option<Score> {
    let up = number(object.get("upvoteCount"));
    let down = number(object.get("downvoteCount"));
    let likes = match object.get("interactionStatistic") {
        Some(Value::Array(counters)) => counters.iter().find_map(likes),
        Some(counter) => likes(counter),
        None => None,
    };
    let score = Score {
        points: up.map(|up| up - down.unwrap_or(0)).or(likes),
        up,
        down,
        ..Score::default()
    };
    (score != Score::default()).then_some(score)
}

fn likes(counter: &Value) -> Option<i64> {
    let kind = &counter["interactionType"];
    let kind = kind.as_str().or_else(|| kind["@type"].as_str())?;
    let count = || number(counter.get("userInteractionCount"));
    kind.ends_with("LikeAction").then(count).flatten()
}

/// Takes an object that is no comment as the article, if it is the first or the one that holds comments.
fn take_article(object: &Object, holds: bool, described: &mut Described) {
    const ARTICLES: [&str; 10] = [
        "Article",
        "NewsArticle",
        "BlogPosting",
        "DiscussionForumPosting",
        "SocialMediaPosting",
        "TechArticle",
        "Report",
        "Question",
        "VideoObject",
        "CreativeWork",
    ];
    if !holds && !has_type(object, &ARTICLES) {
        return;
    }
    let count = ["commentCount", "answerCount"];
    let count = count.iter().find_map(|key| number(object.get(*key)));
    described.count = described
        .count
        .or(count.and_then(|count| u64::try_from(count).ok()));
    let title = text(object, &["headline", "name"]).map(str::to_owned);
    if holds || described.article == Article::default() {
        described.article = Article {
            title,
            url: names(object.get("mainEntityOfPage"))
                .into_iter()
                .chain(own_names(object))
                .find(|name| name.contains("://")),
            text: text(object, &["articleBody", "text"]).map(|text| body(text).text),
        };
    }
}
