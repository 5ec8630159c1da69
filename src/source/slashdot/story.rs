//! Reads the story that the comments are about.

use super::super::markup::{address, attr, digits_after, has_class};
use crate::{
    text::html::{self, Step, walk},
    thread::{Article, ThreadBuilder},
};
use scraper::ElementRef;

/// The story, as far as the page shows it.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// Whether the page has a list for comments.
    pub(super) has_list: bool,
    url: Option<String>,
    title: Option<String>,
    text: Option<String>,
    /// The number of the discussion in a link to a comment.
    discussion: Option<String>,
    heading: Option<String>,
}

impl Story {
    /// Reads the page outside its comments.
    pub(super) fn read(root: ElementRef<'_>) -> Self {
        let mut story = Self {
            url: address(root),
            ..Self::default()
        };
        walk(root, |step| match step {
            Step::Open(element) => story.take(element),
            _ => false,
        });
        story
    }

    /// Takes an element for what it is, and says whether to look into it.
    fn take(&mut self, element: ElementRef<'_>) -> bool {
        let id = attr(element, "id").unwrap_or_default();
        if id == "commentlisting" {
            self.has_list = true;
            let mut links = element.descendent_elements();
            let of_list = links.find_map(|link| discussion(attr(link, "href")?));
            self.discussion = of_list.or(self.discussion.take());
            return false;
        }
        if element.value().name() == "a" && self.discussion.is_none() {
            self.discussion = attr(element, "href").and_then(discussion);
        }
        if has_class(element, "story-title") && self.title.is_none() {
            let mut links = element.child_elements();
            let link = links.find(|element| element.value().name() == "a");
            self.title =
                Some(html::line(link.unwrap_or(element))).filter(|title| !title.is_empty());
            return false;
        }
        if element.value().name() == "link" && element.attr("rel") == Some("canonical") {
            // Other addresses of the page may say whence its reader came.
            self.url = attr(element, "href").map(str::to_owned).or(self.url.take());
        }
        let is_text = id.starts_with("text-") || id.starts_with("fhbody-");
        if is_text && self.text.is_none() {
            self.text = Some(html::body(element).text).filter(|text| !text.is_empty());
            return false;
        }
        if element.value().name() == "title" && self.heading.is_none() {
            let line = html::line(element);
            let title = match line.strip_prefix("Slashdot | ") {
                Some(title) => title,
                None => line.split(" - Slashdot").next().unwrap_or_default(),
            };
            self.heading = Some(title.to_owned()).filter(|title| !title.is_empty());
        }
        true
    }

    /// The year in the story's address, `/story/18/09/06/1921222/title`.
    pub(super) fn year(&self) -> Option<String> {
        let year = digits_after(self.url.as_deref()?, "/story/")?;
        match year.len() {
            2 if year < "90" => Some(format!("20{year}")),
            2 => Some(format!("19{year}")),
            _ => None,
        }
    }

    /// Starts the thread; `discussion` is its number as the script tells it.
    pub(super) fn start(self, source: &str, discussion: Option<&str>) -> ThreadBuilder {
        let title = self.title.or(self.heading);
        let in_address = || {
            let (_, path) = self.url.as_deref()?.split_once("/story/")?;
            let path: Vec<_> = path.split('/').take(4).collect();
            (path.len() == 4).then(|| path.join("/"))
        };
        let id = discussion
            .map(str::to_owned)
            .or(self.discussion)
            .or_else(|| discussion_in(self.url.as_deref()))
            .or_else(in_address)
            .or_else(|| title.clone())
            .unwrap_or_else(|| "slashdot".to_owned());
        let mut builder = ThreadBuilder::new(source, id);
        let article = Article {
            title: title.clone(),
            url: self.url.clone(),
            text: self.text,
        };
        builder.article((article != Article::default()).then_some(article));
        builder.url(self.url);
        builder.title(title);
        builder
    }
}

fn discussion_in(url: Option<&str>) -> Option<String> {
    discussion(url?)
}

/// The discussion's number in the address of one of its pages; stories of before 2001 have a path there.
fn discussion(url: &str) -> Option<String> {
    let (_, query) = url.split_once("comments.pl?")?;
    let mut fields = query.split(['&', '#']);
    let sid = fields.find_map(|field| field.strip_prefix("sid="))?;
    (!sid.is_empty()).then(|| sid.to_owned())
}
