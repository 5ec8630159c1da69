//! Reads what stands around the comments: the post, its number and address, links to further pages.

use super::nesting::{is_comment, plain_class};
use crate::{
    source::markup::{address, attr, digits_after},
    text::html::{self, Role, Step, walk},
    thread::{Article, ThreadBuilder, codes},
};
use scraper::ElementRef;
use std::collections::BTreeSet;

/// Classes of the element that holds the post's text.
const POST_TEXT: &[&str] = &[
    "entrycontent",
    "postcontent",
    "wpblockpostcontent",
    "articlecontent",
    "postentry",
    "postbody",
    "tdpostcontent",
    "entry",
    "articlebody",
];

/// Classes of the headline.
const TITLE: &[&str] = &[
    "entrytitle",
    "posttitle",
    "wpblockposttitle",
    "articletitle",
];

/// Classes of what plugins put into a post.
const NOT_POST: &[&str] = &[
    "sharedaddy",
    "jprelatedposts",
    "jplikes",
    "addtoanyshare",
    "postnavigation",
    "wpblockbuttons",
];

/// What stands around the comments.
#[derive(Debug, Default)]
pub(super) struct Frame {
    url: Option<String>,
    id: Option<String>,
    title: Option<String>,
    text: Option<String>,
    /// Addresses of the other pages of comments.
    pages: Vec<String>,
    /// Whether the page has a place for comments.
    pub(super) has_comments: bool,
    /// The service that keeps the comments in place of the site.
    pub(super) service: Option<&'static str>,
}

impl Frame {
    /// Reads the page outside its comments.
    pub(super) fn read(root: ElementRef<'_>) -> Self {
        let mut elements = Vec::new();
        walk(root, |step| match step {
            Step::Open(element) if !is_comment(element) => {
                elements.push(element);
                true
            }
            _ => false,
        });
        let url = address(root);
        let url = url.as_deref().map(|url| without_page(url).to_owned());
        let text = elements.iter().find(|element| is_any(**element, POST_TEXT));
        let text = text.map(|&element| post_text(element));
        Self {
            id: elements
                .iter()
                .find_map(|&element| post_number(element))
                .or_else(|| slug(url.as_deref()?)),
            title: title(&elements),
            text: text.filter(|text| !text.is_empty()),
            pages: pages(&elements),
            has_comments: elements.iter().any(|&element| is_comment_area(element)),
            service: elements.iter().find_map(|&element| service(element)),
            url,
        }
    }

    /// Starts the thread. `here` are the numbers of the pages on which the comments say they are.
    pub(super) fn start(&self, source: &str, here: &BTreeSet<String>) -> ThreadBuilder {
        let mut builder = ThreadBuilder::new(source, self.id.as_deref().unwrap_or("wordpress"));
        let article = Article {
            title: self.title.clone(),
            url: self.url.clone(),
            text: self.text.clone(),
        };
        builder.url(self.url.clone());
        builder.title(self.title.clone());
        builder.article((article != Article::default()).then_some(article));
        let is_other =
            |page: &&String| page_number(page).is_some_and(|number| !here.contains(number));
        let pages: Vec<_> = self
            .pages
            .iter()
            .filter(is_other)
            .map(String::as_str)
            .collect();
        if !pages.is_empty() {
            let message = format!("the thread has other pages: {}", pages.join(", "));
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        builder
    }

    /// The post's text.
    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

fn is_any(element: ElementRef<'_>, classes: &[&str]) -> bool {
    let mut own = element.value().classes().map(plain_class);
    own.any(|class| classes.contains(&class.as_str()))
}

fn post_text(element: ElementRef<'_>) -> String {
    let body = html::body_with(element, |inner| {
        let is_around = inner != element && (is_comment(inner) || is_any(inner, NOT_POST));
        if is_around || is_comment_area(inner) {
            Role::Skip
        } else {
            Role::Usual
        }
    });
    body.text
}

/// The number of a page of comments in a link to it.
pub(super) fn page_number(url: &str) -> Option<&str> {
    digits_after(url, "/comment-page-").or_else(|| digits_after(url, "cpage="))
}

/// An address without the number of the page of comments.
fn without_page(url: &str) -> &str {
    url.split_once("comment-page-").map_or(url, |(url, _)| url)
}

/// Links to pages of comments; a link to one comment is none.
fn pages(elements: &[ElementRef<'_>]) -> Vec<String> {
    let mut pages: Vec<String> = Vec::new();
    for element in elements
        .iter()
        .filter(|element| element.value().name() == "a")
    {
        let Some(href) = attr(*element, "href").filter(|href| page_number(href).is_some()) else {
            continue;
        };
        let (url, anchor) = href.split_once('#').unwrap_or((href, ""));
        if !anchor.starts_with("comment-")
            && pages.len() < 100
            && pages.iter().all(|page| page != url)
        {
            pages.push(url.to_owned());
        }
    }
    pages
}

/// The post's number, wherever the page says it.
fn post_number(element: ElementRef<'_>) -> Option<String> {
    let number = match element.value().name() {
        "link" if element.attr("rel") == Some("shortlink") => {
            digits_after(attr(element, "href")?, "?p=")?
        }
        "body" => element
            .value()
            .classes()
            .find_map(|class| class.strip_prefix("postid-"))?,
        "input" if element.attr("name") == Some("comment_post_ID") => attr(element, "value")?,
        "article" | "div" => element.value().id()?.strip_prefix("post-")?,
        _ => return None,
    };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| number.to_owned())
}

/// The last part of an address's path.
fn slug(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let slug = path.trim_end_matches('/').rsplit('/').next()?;
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// The headline, or else what the page is called.
fn title(elements: &[ElementRef<'_>]) -> Option<String> {
    let line =
        |element: &ElementRef<'_>| Some(html::line(*element)).filter(|line| !line.is_empty());
    let heading = |element: &&ElementRef<'_>| {
        let name = element.value().name();
        matches!(name, "h1" | "h2" | "h3") && is_any(**element, TITLE)
    };
    let named = |name: &str| {
        let mut elements = elements
            .iter()
            .filter(|element| element.value().name() == name);
        elements.find_map(line)
    };
    let meta = || {
        let mut metas = elements
            .iter()
            .filter(|element| element.attr("property") == Some("og:title"));
        metas
            .find_map(|element| attr(*element, "content"))
            .map(str::to_owned)
    };
    let heading = elements.iter().filter(heading).find_map(line);
    heading
        .or_else(meta)
        .or_else(|| named("h1"))
        .or_else(|| page_title(elements))
}

/// What the head of the page calls it; `html::line` shows nothing of a head.
fn page_title(elements: &[ElementRef<'_>]) -> Option<String> {
    let title = elements
        .iter()
        .find(|element| element.value().name() == "title")?;
    let words: Vec<_> = title.text().flat_map(str::split_whitespace).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn is_comment_area(element: ElementRef<'_>) -> bool {
    let id = element.value().id().unwrap_or_default();
    matches!(id, "comments" | "respond" | "commentform")
        || is_any(
            element,
            &[
                "commentsarea",
                "commentrespond",
                "commentlist",
                "wpblockcomments",
            ],
        )
}

fn service(element: ElementRef<'_>) -> Option<&'static str> {
    match element.value().id()? {
        "disqus_thread" => Some("Disqus"),
        "fb-comments" => Some("Facebook"),
        "isso-thread" => Some("Isso"),
        "remark42" => Some("Remark42"),
        "commento" => Some("Commento"),
        _ => None,
    }
}
