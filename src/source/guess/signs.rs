//! By what a page whose makers are unknown shows that something is a comment, an author, a time, a text.

use super::super::markup::{attr, has_class, instant};
use crate::text::html::line;
use scraper::ElementRef;

/// Words in classes and ids of comments, in the languages of common themes.
const COMMENT: [&str; 16] = [
    "comment",
    "kommentar",
    "commentaire",
    "comentario",
    "commento",
    "reactie",
    "reply",
    "replies",
    "response",
    "antwort",
    "respuesta",
    "discussion",
    "answer",
    "message",
    "forum",
    "guestbook",
];
/// Words in classes and ids of what stands around comments and is none.
const AROUND: [&str; 9] = [
    "form", "respond", "count", "recent", "related", "widget", "sidebar", "menu", "share",
];
const AUTHOR: [&str; 11] = [
    "author",
    "user",
    "username",
    "nick",
    "byline",
    "poster",
    "commenter",
    "name",
    "autor",
    "vcard",
    "fn",
];
const TIME: [&str; 9] = [
    "age",
    "date",
    "time",
    "posted",
    "published",
    "ago",
    "datum",
    "fecha",
    "when",
];
const TEXT: [&str; 8] = [
    "text", "content", "body", "message", "inhalt", "texte", "copy", "entry",
];
/// Words in classes of what stands beside a comment's text.
const BESIDE: [&str; 18] = [
    "author",
    "user",
    "avatar",
    "meta",
    "date",
    "time",
    "reply",
    "action",
    "button",
    "vote",
    "score",
    "permalink",
    "share",
    "report",
    "toolbar",
    "badge",
    "header",
    "footer",
];
/// Parts of addresses of profiles.
const PROFILE: [&str; 9] = [
    "/user",
    "user?id=",
    "member.php",
    "/profile",
    "/member",
    "/author/",
    "/u/",
    "/people/",
    "/@",
];

/// The parts of a class or an id: `commentBody` and `comment-body` are both "comment" and "body".
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before_lower = false;
    for letter in name.chars() {
        let is_new = !letter.is_alphanumeric() || letter.is_uppercase() && before_lower;
        if is_new {
            parts.push(String::new());
        }
        before_lower = letter.is_lowercase();
        if let Some(last) = parts.last_mut().filter(|_| letter.is_alphanumeric()) {
            last.extend(letter.to_lowercase());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether a part of a class or an id is one of the words, maybe in the plural or with a number behind it.
fn says(name: &str, words: &[&str]) -> bool {
    parts(name).iter().any(|part| {
        let part = part.trim_end_matches(|c: char| c.is_ascii_digit());
        let singular = part.strip_suffix('s').unwrap_or(part);
        words.iter().any(|word| *word == part || *word == singular)
    })
}

fn any_class(element: ElementRef<'_>, words: &[&str]) -> bool {
    element.value().classes().any(|class| says(class, words))
}

/// Whether a class is a word of these joined to one before it, as `postdate` is.
fn ends_so(element: ElementRef<'_>, words: &[&str]) -> bool {
    element.value().classes().any(|class| {
        let class = class.to_lowercase();
        class != "update" && words.iter().any(|word| class.ends_with(word))
    })
}

/// Whether a class or an id is of comments.
pub(super) fn names_comment(name: &str) -> bool {
    let joined = |part: &String| {
        let is_other = ["commentary", "commentator"].contains(&part.as_str());
        part.starts_with("comment") && !is_other && !AROUND.iter().any(|word| part.ends_with(word))
    };
    (says(name, &COMMENT) || parts(name).iter().any(joined)) && !says(name, &AROUND)
}

/// Whether an element or what it stands in is marked as comments.
pub(super) fn is_among_comments(element: ElementRef<'_>) -> bool {
    const LEVELS: usize = 10;
    let above = element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .take(LEVELS);
    std::iter::once(element).chain(above).any(|e| {
        let is_page = matches!(e.value().name(), "html" | "body");
        let id = e.attr("id").into_iter();
        !is_page && e.value().classes().chain(id).any(names_comment)
    })
}

/// Whether an element shows who wrote something.
pub(super) fn is_author(element: ElementRef<'_>) -> bool {
    let marked = || {
        let properties = ["rel", "itemprop"];
        properties.iter().any(|name| {
            element
                .attr(name)
                .is_some_and(|value| says(value, &["author", "creator"]))
        })
    };
    let linked = || {
        let address = element.attr("href").unwrap_or_default();
        PROFILE.iter().any(|part| address.contains(part))
    };
    let is_title = has_class(element, "p-name");
    let named =
        || !is_title && any_class(element, &AUTHOR) || ends_so(element, &["author", "username"]);
    let is_short = || {
        let letters: usize = element
            .text()
            .take(40)
            .map(|text| text.trim().chars().count())
            .sum();
        (1..=80).contains(&letters)
    };
    (marked() || named() || linked()) && is_short()
}

/// Whether an element shows when something was written.
pub(super) fn is_time(element: ElementRef<'_>) -> bool {
    let has_digit = || {
        let mut texts = element.text().take(20);
        texts.any(|text| text.contains(|c: char| c.is_ascii_digit()))
    };
    let is_short = || element.text().take(20).map(str::len).sum::<usize>() < 120;
    match element.value().name() {
        "time" => true,
        _ if attr(element, "data-time")
            .or_else(|| attr(element, "data-timestamp"))
            .is_some() =>
        {
            true
        }
        _ => {
            (any_class(element, &TIME) || ends_so(element, &["date"])) && has_digit() && is_short()
        }
    }
}

/// The instant that such an element names.
pub(super) fn time_of(element: ElementRef<'_>) -> Option<jiff::Timestamp> {
    instant(element).or_else(|| {
        let mut inner = element.descendent_elements();
        inner.find(|e| e.value().name() == "time").and_then(instant)
    })
}

/// Whether an element's class says that it holds a text: by its last part, as in `comment-body`.
pub(super) fn holds_text(element: ElementRef<'_>) -> bool {
    element.value().classes().any(|class| {
        let parts = parts(class);
        let last = parts.last().map(String::as_str).unwrap_or_default();
        TEXT.iter().any(|word| last.ends_with(word))
    })
}

/// Whether an element stands beside a comment's text and is no part of it.
pub(super) fn is_beside(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    matches!(name, "form" | "button" | "time" | "nav" | "img")
        || any_class(element, &BESIDE)
        || is_author(element)
        || is_time(element)
}

/// Whether an element is a headline that leads elsewhere, as in lists of articles.
pub(super) fn is_teaser(element: ElementRef<'_>) -> bool {
    let leads_away = |link: ElementRef<'_>| {
        let address = link.attr("href").unwrap_or_default();
        let is_profile = PROFILE.iter().any(|part| address.contains(part));
        link.value().name() == "a" && !address.is_empty() && !address.contains('#') && !is_profile
    };
    matches!(element.value().name(), "h1" | "h2" | "h3" | "h4")
        && (element.descendent_elements().any(leads_away)
            || element
                .parent()
                .and_then(ElementRef::wrap)
                .is_some_and(leads_away))
}

/// Whether an element is a place to write.
pub(super) fn is_field(element: ElementRef<'_>) -> bool {
    element.value().name() == "textarea"
}

/// The name that an author's element shows, without "says:" behind it.
pub(super) fn author_name(element: ElementRef<'_>) -> Option<String> {
    let inner = element.descendent_elements().skip(1).find(|e| {
        matches!(e.value().name(), "a" | "cite" | "b" | "strong")
            || any_class(*e, &["fn", "name", "username"])
    });
    let shown = inner.map(line).filter(|name| !name.is_empty());
    let name = shown.unwrap_or_else(|| line(element));
    let name = name.trim_end_matches(':').trim();
    let verbs = [
        " says",
        " said",
        " wrote",
        " sagt",
        " schreibt",
        " schrieb",
        " dit",
        " dice",
    ];
    let name = verbs
        .iter()
        .find_map(|verb| name.strip_suffix(verb))
        .unwrap_or(name);
    let name = ["By ", "by ", "von ", "par ", "por "]
        .iter()
        .find_map(|word| name.strip_prefix(word))
        .unwrap_or(name)
        .trim();
    let is_name = name.contains(char::is_alphanumeric) && !name.starts_with('#');
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_classes() {
        for name in [
            "comment",
            "comment-123",
            "commentItem",
            "user_comments",
            "comments__item",
            "reply2",
            "commentlist",
        ] {
            assert!(names_comment(name), "{name}");
        }
        for name in [
            "comment-form",
            "recent-comments",
            "commentary",
            "post",
            "comment-count",
            "commentform",
        ] {
            assert!(!names_comment(name), "{name}");
        }
    }
}
