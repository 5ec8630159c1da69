//! Finds the comments of a page with their parts, and reads one of them.

use super::{
    super::{
        markup::{attr, digits_after, has_class},
        time,
    },
    is_box,
};
use crate::{
    text::{
        Body,
        html::{self, Role, Step, walk},
    },
    thread::{Author, Draft, ParentRef, State},
};
use scraper::ElementRef;

/// A comment as it stands on the page.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// The comment whose box holds this one's.
    pub(super) parent: Option<usize>,
    element: ElementRef<'a>,
    title: Option<ElementRef<'a>>,
    poster: Option<ElementRef<'a>>,
    /// The anchor before the box, which bears its id.
    anchor: Option<&'a str>,
    /// The address of the form for replies.
    form: Option<&'a str>,
}

/// An open element that comments can stand in.
enum Holder {
    /// A box; all in it answers it.
    Box(usize),
    /// An indented part of the page, whose boxes answer `above`.
    Indent { above: Option<usize> },
}

/// The comments in document order.
pub(super) fn find(root: ElementRef<'_>) -> Vec<Found<'_>> {
    let mut found: Vec<Found<'_>> = Vec::new();
    let mut open: Vec<Holder> = Vec::new();
    // The last comment of the page outside all boxes, which an indent behind it belongs to.
    let mut last = None;
    let mut anchor = None;
    walk(root, |step| match step {
        Step::Open(element) if is_box(element) => {
            let parent = match open.last() {
                Some(Holder::Box(outer)) => Some(*outer),
                Some(Holder::Indent { above }) => *above,
                None => None,
            };
            found.push(Found {
                parent,
                element,
                title: None,
                poster: None,
                anchor: anchor.take(),
                form: None,
            });
            open.push(Holder::Box(found.len() - 1));
            true
        }
        Step::Open(element) => {
            if is_indent(element) {
                let above = match open.last() {
                    Some(Holder::Box(outer)) => Some(*outer),
                    _ => last,
                };
                open.push(Holder::Indent { above });
            }
            if let Some(name) = attr(element, "name").or(attr(element, "id"))
                && let Some(id) = name.strip_prefix("CommAnchor")
            {
                anchor = Some(id);
            }
            let top = open.iter().rev().find_map(|holder| match holder {
                Holder::Box(at) => Some(*at),
                Holder::Indent { .. } => None,
            });
            match top.and_then(|top| found.get_mut(top)) {
                Some(comment) => comment.take(element),
                None => true,
            }
        }
        Step::Close(element) if is_box(element) => {
            if let Some(Holder::Box(at)) = open.pop() {
                last = Some(at);
            }
            false
        }
        Step::Close(element) => {
            if is_indent(element) {
                open.pop();
            }
            false
        }
        Step::Text(_) => false,
    });
    found
}

/// Whether an element sets what it holds further in; the oldest pages show replies so.
fn is_indent(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "blockquote" | "ul" | "ol" | "dl")
}

impl<'a> Found<'a> {
    /// Takes an element of the box for what it is, and says whether to look into it.
    fn take(&mut self, element: ElementRef<'a>) -> bool {
        if has_class(element, "FormattedComment") {
            return false;
        }
        if has_class(element, "CommentTitle") {
            self.title.get_or_insert(element);
            return false;
        }
        if has_class(element, "CommentPoster") {
            self.poster.get_or_insert(element);
            return false;
        }
        if element.value().name() == "form" && self.form.is_none() {
            self.form = attr(element, "action");
        }
        true
    }

    /// The board's id: the number of the comment's own page.
    pub(super) fn id(&self) -> Option<&'a str> {
        let link = self.links().find(|link| says(*link, "Link"));
        link.and_then(|link| article_number(attr(link, "href")?))
            .or(self.anchor.filter(|id| !id.is_empty()))
            .or_else(|| article_number(self.form?))
    }

    fn links(&self) -> impl Iterator<Item = ElementRef<'a>> {
        let elements = self
            .poster
            .into_iter()
            .flat_map(|poster| poster.descendent_elements());
        elements.filter(|element| element.value().name() == "a")
    }

    fn parent_element(&self) -> Option<ElementRef<'a>> {
        self.links().find(|&link| begins(link, "Parent"))
    }

    /// The id of the comment or article that the link "Parent" leads to.
    pub(super) fn parent_link(&self) -> Option<&'a str> {
        article_number(attr(self.parent_element()?, "href")?)
    }

    /// Whether that link names the article.
    pub(super) fn answers_article(&self) -> bool {
        self.parent_element()
            .is_some_and(|link| says(link, "Parent article"))
    }

    /// The comment.
    pub(super) fn draft(&self, id: String, parent: ParentRef) -> Draft {
        let poster = self.poster.map(html::line).unwrap_or_default();
        let (when, who) = poster.split_once(" by ").unwrap_or((poster.as_str(), ""));
        let is_folded =
            self.element.value().name() == "details" && self.element.attr("open").is_none();
        Draft {
            id,
            parent,
            author: self.author(who),
            title: self.title.map(html::line).filter(|title| !title.is_empty()),
            posted: time::parse(when),
            state: if is_folded {
                State::Collapsed
            } else {
                State::Live
            },
            body: self.body(),
            ..Draft::default()
        }
    }

    /// The author in "name (subscriber, #123) [Link]".
    fn author(&self, line: &str) -> Option<Author> {
        let (mut name, mut rank, mut id) = (line, None, None);
        if let Some((before, inside)) = line.rsplit_once(", #")
            && let Some((before, badge)) = before.rsplit_once('(')
        {
            let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
            id = Some(&inside[..digits]).filter(|id| !id.is_empty());
            rank = Some(badge.trim_matches(|c: char| !c.is_alphanumeric()));
            name = before;
        } else if let Some((before, _)) = line.rsplit_once(" [") {
            name = before;
        }
        let bold = self
            .poster?
            .descendent_elements()
            .find(|e| e.value().name() == "b");
        let bold = bold.map(html::line).filter(|name| !name.is_empty());
        let name = bold.unwrap_or_else(|| name.trim().to_owned());
        (!name.is_empty()).then(|| Author {
            anonymous: id.is_none() && name.eq_ignore_ascii_case("anonymous"),
            name,
            id: id.map(str::to_owned),
            badge: rank.filter(|rank| !rank.is_empty()).map(str::to_owned),
        })
    }

    fn body(&self) -> Body {
        html::body_with(self.element, |part| {
            let noise = ["CommentTitle", "CommentPoster", "CommentReplyButton"];
            let is_noise = matches!(part.value().name(), "summary" | "form")
                || noise.iter().any(|class| has_class(part, class))
                || part.value().name() == "p" && says(part, "[ Reply to this comment ]");
            match is_noise || part != self.element && is_box(part) {
                true => Role::Skip,
                false => Role::Usual,
            }
        })
    }
}

/// The number in the address of an article's or a comment's page; subscribers share articles by links of
/// another form.
pub(super) fn article_number(url: &str) -> Option<&str> {
    digits_after(url, "/Articles/").or_else(|| digits_after(url, "/SubscriberLink/"))
}

/// Whether an element's text is `words` and no more.
pub(super) fn says(element: ElementRef<'_>, words: &str) -> bool {
    element
        .text()
        .flat_map(str::split_whitespace)
        .eq(words.split_whitespace())
}

fn begins(element: ElementRef<'_>, word: &str) -> bool {
    element.text().flat_map(str::split_whitespace).next() == Some(word)
}
