//! Reads what stands around the comments: the story, links to further pages.

use super::{
    super::{
        hacker_news,
        markup::{attr, digits_after, has_class},
        register,
    },
    row::{Row, is_number},
};
use crate::{
    text::html::{self, Role, body_with},
    thread::{Article, ThreadBuilder, codes},
};
use scraper::ElementRef;

/// What stands around the comments.
#[derive(Debug, Default)]
pub(super) struct Story<'a> {
    pub(super) id: Option<String>,
    title: Option<String>,
    url: Option<String>,
    text: Option<String>,
    /// Comments as the board counts them.
    count: Option<usize>,
    /// Number of stories on the page.
    stories: usize,
    /// Whether the page has a subject.
    has_subject: bool,
    /// The page's title.
    page_title: Option<String>,
    /// Where the page goes on.
    more: Option<&'a str>,
}

impl<'a> Story<'a> {
    /// Looks at an element outside the comments, and says whether to enter it.
    pub(super) fn note(&mut self, element: ElementRef<'a>) -> bool {
        match element.value().name() {
            "title" => {
                let line = html_title(element);
                self.page_title = self.page_title.take().or(line);
            }
            "input" if element.attr("name") == Some("parent") => {
                let value = attr(element, "value").filter(|value| is_number(value));
                self.id = self.id.take().or_else(|| value.map(str::to_owned));
            }
            "a" => self.note_link(element),
            "td" if has_class(element, "title") => self.note_title(element),
            "td" if has_class(element, "subtext") => self.note_count(element),
            _ => {}
        }
        if has_class(element, "fatitem") {
            self.has_subject = true;
            self.text = self.text.take().or_else(|| text_of(element));
        }
        self.has_subject |= has_class(element, "comment-tree");
        true
    }

    fn note_link(&mut self, link: ElementRef<'a>) {
        let Some(url) = attr(link, "href") else {
            return;
        };
        let is_more =
            has_class(link, "morelink") || url.starts_with("/x?") && html::line(link) == "More";
        if is_more {
            self.more = self.more.or(Some(url));
        }
    }

    /// Reads the cell with the story's title; the cell with its rank has the same class.
    fn note_title(&mut self, cell: ElementRef<'a>) {
        let mut links = cell
            .descendent_elements()
            .filter(|inner| inner.value().name() == "a");
        let link =
            links.find(|link| !has_class(*link, "morelink") && !html::line(*link).is_empty());
        let Some((link, url)) = link.and_then(|link| Some((link, attr(link, "href")?))) else {
            return;
        };
        if url.starts_with("/x?") || html::line(link) == "More" {
            return;
        }
        let above = cell.ancestors().filter_map(ElementRef::wrap).take(4);
        let id = above
            .filter_map(|above| above.value().id())
            .find(|id| is_number(id));
        let own = digits_after(url, "item?id=").filter(|_| is_own(url));
        let id = id.or(own).map(str::to_owned);
        // Lists above a story repeat it.
        if self.title.is_some() && (id.is_none() || id == self.id) {
            return;
        }
        self.stories += 1;
        if self.stories > 1 {
            return;
        }
        self.title = Some(html::line(link));
        self.url = (!is_own(url)).then(|| url.to_owned());
        self.id = id.or_else(|| self.id.take());
    }

    /// Reads how many comments there are; and what the story says, where no class marks its table.
    fn note_count(&mut self, cell: ElementRef<'a>) {
        if !self.has_subject && self.text.is_none() && self.stories == 1 {
            let mut above = cell.ancestors().filter_map(ElementRef::wrap);
            let table = above.find(|above| above.value().name() == "table");
            self.text = table.and_then(text_of);
        }
        let links = cell
            .descendent_elements()
            .filter(|inner| inner.value().name() == "a");
        for link in links {
            let line = html::line(link);
            if let Some((count, "comment" | "comments")) = line.split_once(' ') {
                self.count = self.count.or_else(|| count.parse().ok());
                let id = link
                    .attr("href")
                    .and_then(|url| digits_after(url, "item?id="));
                self.id = self.id.take().or_else(|| id.map(str::to_owned));
            }
        }
    }

    /// Whether the page is about one story or comment, and no list of them.
    pub(super) fn is_one(&self) -> bool {
        self.has_subject || self.stories == 1 && self.count.is_some()
    }

    /// Whether the thread goes on behind the page.
    pub(super) const fn has_more(&self) -> bool {
        self.more.is_some()
    }

    /// Starts the thread with these rows; `whole` says that the page holds no other.
    pub(super) fn start(
        &self,
        source: &str,
        id: Option<String>,
        rows: &[Row<'_>],
        whole: bool,
    ) -> ThreadBuilder {
        let named = rows.iter().find_map(|row| row.story.as_ref());
        let named_title = named
            .map(|(_, title)| title.clone())
            .filter(|title| !title.is_empty());
        let own = whole && self.title.is_some();
        let page_title = || self.page_title.clone().filter(|_| whole);
        let title = self
            .title
            .clone()
            .filter(|_| own)
            .or(named_title.clone())
            .or_else(page_title);
        let main = rows.first().filter(|row| row.is_main);
        let id = match (named, id, main.and_then(|main| main.id.clone())) {
            (Some((story, _)), _, _) => story.clone(),
            (None, Some(id), _) | (None, None, Some(id)) => id,
            (None, None, None) => register::thread_id(title.as_deref()),
        };
        let mut builder = ThreadBuilder::new(source, id.clone());
        builder.url(is_number(&id).then(|| hacker_news::address(&id)));
        let article = match own {
            true => Article {
                title: title.clone(),
                url: self.url.clone(),
                text: self.text.clone(),
            },
            false => Article {
                title: named_title,
                ..Article::default()
            },
        };
        builder.title(title);
        builder.article((article != Article::default()).then_some(article));
        if let Some(more) = self.more.filter(|_| whole) {
            let message = format!("the thread goes on at {more}");
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        } else if main.is_some() {
            let message = "the page shows one comment and its replies, not the whole thread";
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        } else if let Some(count) = self.count.filter(|&count| own && count > rows.len()) {
            let message = format!(
                "the story has {count} comments, of which {} are here",
                rows.len()
            );
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        builder
    }
}

/// The page's title without the board's name.
fn html_title(element: ElementRef<'_>) -> Option<String> {
    let title: String = element.text().collect();
    let words: Vec<_> = title.split_whitespace().collect();
    let title = words.join(" ");
    let title = title.strip_suffix("| Hacker News").unwrap_or(&title).trim();
    (!title.is_empty() && title != "Hacker News").then(|| title.to_owned())
}

/// Whether an address is a page of the board and not what a story is about.
fn is_own(url: &str) -> bool {
    url.starts_with("item?id=")
        || url.starts_with("/item?id=")
        || url
            .split_once("://news.ycombinator.com/")
            .is_some_and(|(_, path)| path.starts_with("item?id="))
}

/// What the story itself says: a cell of its own above the field for comments, and the options of a poll.
fn text_of(item: ElementRef<'_>) -> Option<String> {
    let around = ["title", "subtext", "votelinks", "default", "comhead"];
    let body = body_with(item, |inner| {
        let is_form = matches!(inner.value().name(), "form" | "textarea");
        match is_form || around.iter().any(|class| has_class(inner, class)) {
            true => Role::Skip,
            false => Role::Usual,
        }
    });
    let text = body
        .text
        .trim_matches(|c: char| c.is_whitespace() || c == '|');
    (!text.is_empty()).then(|| text.to_owned())
}
