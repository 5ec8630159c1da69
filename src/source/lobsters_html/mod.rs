//! Lobsters' pages of a story: lists in lists, each item with a comment and the list of its replies.

mod comment;

use super::{
    Feature, Page, Source, Threads, Witness, lobsters,
    markup::{self, attr, has_class},
    page, recognize,
};
use crate::{
    error::{Error, ErrorKind, Result},
    text::html::{self, Step, walk},
    thread::{Article, Thread, ThreadBuilder, codes},
};
use comment::Comment;
use scraper::ElementRef;
use std::{collections::HashSet, io::BufRead};

pub(super) static SOURCE: LobstersHtml = LobstersHtml;

/// See the module.
#[derive(Debug)]
pub(super) struct LobstersHtml;

impl Source for LobstersHtml {
    fn id(&self) -> &'static str {
        "lobsters-html"
    }

    fn summary(&self) -> &'static str {
        "a page of a story of Lobsters as HTML"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Scores,
            Feature::Deleted,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let Some(text) = recognize::html(head) else {
            return false;
        };
        let has = |mark: &str| text.contains(mark);
        let has_comments = has("comments_subtree") || has("comments1");
        has("data-shortid=") && (has("story_liner") || has_comments)
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        page(input, read)
    }
}

fn read(page: &Page) -> Result<Thread> {
    let (html, flattened) = html::parse_document(&page.text);
    let found = Found::of(html.root_element());
    if found.comments.is_empty() && found.stories.len() != 1 {
        let remedy = "save the page of one story, /s/ID";
        return Err(Error::new(ErrorKind::Malformed, "the page holds no comment").remedy(remedy));
    }
    let mut builder = found.start(html.root_element());
    page.warn_if_damaged(&mut builder);
    if flattened {
        let message = "the page nests too deeply to be read as it is; comments far inside may have \
                       lost the comment they answer";
        builder.warn(codes::GUESSED_STRUCTURE, message, None);
    }
    let ids: Vec<String> = found
        .comments
        .iter()
        .map(|comment| comment.id.clone())
        .collect();
    for comment in found.comments {
        let parent = comment.above.and_then(|above| ids.get(above).cloned());
        builder.push(comment.draft(parent));
    }
    Ok(builder.build())
}

/// An open element that comments can stand in.
#[derive(Clone, Copy)]
enum Holder {
    /// An item: what its list answers, and its own comment once it has come.
    Item {
        above: Option<usize>,
        own: Option<usize>,
    },
    /// A list: what it answers, and its last comment. In early pages the replies' list comes behind
    /// the item.
    List {
        above: Option<usize>,
        last: Option<usize>,
    },
}

impl Holder {
    /// The comment that what stands in here answers.
    fn above(self) -> Option<usize> {
        match self {
            Self::Item { above, own } => own.or(above),
            Self::List { above, last } => last.or(above),
        }
    }
}

/// What a page holds.
#[derive(Default)]
struct Found<'a> {
    comments: Vec<Comment<'a>>,
    stories: Vec<ElementRef<'a>>,
    story_text: Option<ElementRef<'a>>,
    title: Option<String>,
    holders: Vec<Holder>,
    /// Ids of comments whose box for folding is ticked.
    folded: HashSet<&'a str>,
}

impl<'a> Found<'a> {
    fn of(root: ElementRef<'a>) -> Self {
        let mut found = Self::default();
        walk(root, |step| match step {
            Step::Open(element) => found.open(element),
            Step::Close(element) => {
                if matches!(element.value().name(), "li" | "ol" | "ul")
                    && !has_class(element, "story")
                {
                    found.holders.pop();
                }
                false
            }
            Step::Text(_) => false,
        });
        found
    }

    /// Notes an element and says whether to enter it.
    fn open(&mut self, element: ElementRef<'a>) -> bool {
        let above = self.holders.last().and_then(|holder| holder.above());
        match element.value().name() {
            "title" if self.title.is_none() => self.title = Some(element.text().collect()),
            "li" if has_class(element, "story") => {
                self.stories.push(element);
                return false;
            }
            "li" => {
                let above = match self.holders.last() {
                    Some(Holder::List { above, .. }) => *above,
                    _ => above,
                };
                self.holders.push(Holder::Item { above, own: None });
            }
            "ol" | "ul" => self.holders.push(Holder::List { above, last: None }),
            "input"
                if has_class(element, "comment_folder_button")
                    && element.attr("checked").is_some() =>
            {
                let id = element
                    .value()
                    .id()
                    .and_then(|id| id.strip_prefix("comment_folder_"));
                self.folded.extend(id);
            }
            _ if has_class(element, "story_text") => {
                self.story_text = self.story_text.or(Some(element));
                return false;
            }
            _ if has_class(element, "comment") => {
                if let Some(id) = comment_id(element) {
                    self.comment(element, id);
                }
                return false;
            }
            _ => {}
        }
        true
    }

    fn comment(&mut self, element: ElementRef<'a>, id: &'a str) {
        let at = self.comments.len();
        let mut holders = self.holders.iter_mut().rev();
        let above = match holders.next() {
            Some(Holder::Item { above, own }) => {
                *own = Some(at);
                *above
            }
            Some(Holder::List { above, last }) => {
                *last = Some(at);
                *above
            }
            None => None,
        };
        if let Some(Holder::List { last, .. }) = holders.next() {
            *last = Some(at);
        }
        let is_folded = self.folded.contains(id);
        self.comments.push(Comment {
            element,
            id: id.to_owned(),
            above,
            is_folded,
        });
    }

    /// Starts the thread with its story.
    fn start(&self, root: ElementRef<'a>) -> ThreadBuilder {
        let story = self.stories.first().copied();
        let address = markup::address(root);
        let own_id = story.and_then(|story| {
            let id = story.value().id().and_then(|id| id.strip_prefix("story_"));
            attr(story, "data-shortid").or(id)
        });
        let linked = || self.comments.iter().find_map(Comment::story);
        let id = own_id
            .or_else(|| address.as_deref().and_then(lobsters::story_in))
            .or_else(linked)
            .unwrap_or("comments")
            .to_owned();
        let link = story.and_then(|story| {
            let mut inside = story.descendent_elements();
            let heading = inside.find(|inner| has_class(*inner, "link"))?;
            heading
                .descendent_elements()
                .find(|inner| inner.value().name() == "a")
        });
        let page_title = self.title.as_deref().map(str::trim).unwrap_or_default();
        let (named, board) = page_title.rsplit_once(" | ").unwrap_or((page_title, ""));
        let title = link.map(html::line).filter(|title| !title.is_empty());
        let title = title.or_else(|| (!named.is_empty()).then(|| named.to_owned()));
        let mut builder = ThreadBuilder::new(SOURCE.id(), id.clone());
        let guessed = || (board == "Lobsters").then(|| format!("https://lobste.rs/s/{id}"));
        builder.url(address.or_else(guessed));
        let url = link.and_then(|link| attr(link, "href"));
        let article = Article {
            title: title.clone(),
            url: url
                .filter(|url| url.contains("://") && lobsters::story_in(url) != Some(&id))
                .map(str::to_owned),
            text: self
                .story_text
                .map(|text| html::body(text).text)
                .filter(|text| !text.is_empty()),
        };
        builder.title(title);
        builder.article((article != Article::default()).then_some(article));
        let stated = story.and_then(comment_count);
        if let Some(stated) = stated.filter(|&stated| stated > self.comments.len()) {
            let message = format!(
                "the story has {stated} comments, of which {} are here",
                self.comments.len()
            );
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        builder
    }
}

/// The id of a comment; the fields for new ones have none.
fn comment_id(element: ElementRef<'_>) -> Option<&str> {
    let anchor = attr(element, "id").and_then(|id| id.strip_prefix("c_"));
    attr(element, "data-shortid")
        .or(anchor)
        .filter(|id| !id.is_empty())
}

/// The greatest number of comments that the story's head states: merged stories have one each, and a sum.
fn comment_count(story: ElementRef<'_>) -> Option<usize> {
    let labels = story
        .descendent_elements()
        .filter(|inner| has_class(*inner, "comments_label"));
    let numbers = labels.filter_map(|label| {
        let line = html::line(label);
        line.split(' ').find_map(|word| word.parse().ok())
    });
    numbers.max()
}

#[cfg(test)]
mod tests;
