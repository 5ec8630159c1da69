//! Reads what stands around the comments: the article and its address.

use super::{
    super::markup::{address, attr, has_class},
    comment::{article_number, says},
    is_box,
};
use crate::{
    text::html::{self, Role, Step, walk},
    thread::{Article, ThreadBuilder, codes},
};
use scraper::ElementRef;
use std::collections::HashSet;

/// What stands around the comments.
#[derive(Debug, Default)]
pub(super) struct Frame<'a> {
    title: Option<String>,
    /// The page's own title, for pages without a headline.
    heading: Option<String>,
    url: Option<String>,
    /// The address as the form for logging in names it.
    target: Option<&'a str>,
    text: Option<String>,
    /// Pages that hold the comments on parts of this one.
    elsewhere: Vec<&'a str>,
}

impl<'a> Frame<'a> {
    /// Reads the page outside its comments.
    pub(super) fn read(root: ElementRef<'a>) -> Self {
        let mut frame = Self {
            url: address(root),
            ..Self::default()
        };
        let mut seen = HashSet::new();
        walk(root, |step| match step {
            Step::Open(element) if !is_box(element) => {
                if let Some(page) = attr(element, "href").filter(|url| url.ends_with("#Comments"))
                    && article_number(page).is_some()
                    && !says(element, "Comments (none posted)")
                    && seen.insert(page)
                {
                    frame.elsewhere.push(page);
                }
                frame.take(element);
                true
            }
            _ => false,
        });
        frame
    }

    fn take(&mut self, element: ElementRef<'a>) {
        let name = element.value().name();
        if name == "h1" && self.title.is_none() {
            self.title = Some(html::line(element)).filter(|title| !title.is_empty());
        } else if name == "title" && self.heading.is_none() {
            let line = html::line(element);
            let line = line.split(" [LWN.net]").next().unwrap_or_default();
            self.heading = Some(line.to_owned()).filter(|title| !title.is_empty());
        } else if has_class(element, "ArticleText") && self.text.is_none() {
            self.text = Some(article(element)).filter(|text| !text.is_empty());
        }
        let target = match name {
            "input" if element.attr("name") == Some("target") => attr(element, "value"),
            "a" => attr(element, "href").and_then(|url| Some(url.split_once("target=")?.1)),
            _ => None,
        };
        if let Some(target) = target.filter(|target| article_number(target).is_some()) {
            self.target.get_or_insert(target);
        }
    }

    /// Whether the page shows an article.
    pub(super) fn is_article(&self) -> bool {
        self.text.is_some()
    }

    /// Starts the thread; `bare` says that the page holds no comment.
    pub(super) fn start(self, source: &str, bare: bool) -> ThreadBuilder {
        let number = self.url.as_deref().and_then(article_number);
        let number = number.or_else(|| article_number(self.target?));
        let title = self.title.or(self.heading);
        let id = number.map(str::to_owned).or_else(|| title.clone());
        let made = || number.map(|number| format!("https://lwn.net/Articles/{number}/"));
        let url = self.url.clone().or_else(made);
        let mut builder = ThreadBuilder::new(source, id.unwrap_or_else(|| "lwn".to_owned()));
        if bare && !self.elsewhere.is_empty() {
            let pages = self.elsewhere.join(", ");
            let message = format!("the comments are on other pages: {pages}");
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        let article = Article {
            title: title.clone(),
            url: url.clone(),
            text: self.text,
        };
        builder.article((article != Article::default()).then_some(article));
        builder.url(url);
        builder.title(title);
        builder
    }
}

/// The article's text, without the comments that newer pages show in the same element.
fn article(element: ElementRef<'_>) -> String {
    let body = html::body_with(element, |part| {
        let is_anchor = attr(part, "name").is_some_and(|name| name.starts_with("Comm"));
        match is_box(part) || is_anchor || part.value().name() == "form" {
            true => Role::Skip,
            false => Role::Usual,
        }
    });
    let text = body.text.trim_end();
    let text = text
        .strip_suffix("(Log in to post comments)")
        .unwrap_or(text);
    text.trim_end().to_owned()
}
