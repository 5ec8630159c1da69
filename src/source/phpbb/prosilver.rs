//! Posts in the markup of prosilver, the usual style of version 3, and of the styles made after it.

use super::{
    super::{
        date_order::DateOrder,
        forum::{self, Post, Quote},
        markup::{attr, has_class, instant},
        time,
    },
    author,
};
use crate::{
    text::{
        BlockKind, Body,
        html::{self, Role},
    },
    thread::{Draft, State},
};
use scraper::ElementRef;

/// The posts of a page in order.
pub(super) fn posts(root: ElementRef<'_>) -> Vec<Post> {
    let found: Vec<_> = root
        .descendent_elements()
        .filter_map(|element| Some(Parts::of(element, id(element)?)))
        .collect();
    let dates: Vec<_> = found.iter().filter_map(Parts::date).collect();
    let order = DateOrder::of(dates.iter().map(String::as_str));
    found.iter().map(|parts| parts.read(order)).collect()
}

/// The id of the post that an element is, if it is one.
fn id(element: ElementRef<'_>) -> Option<&str> {
    let id = attr(element, "id").filter(|_| has_class(element, "post"))?;
    let number = id.strip_prefix('p')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(number)
}

/// The elements of a post.
struct Parts<'a> {
    id: &'a str,
    post: ElementRef<'a>,
    elements: Vec<ElementRef<'a>>,
}

impl<'a> Parts<'a> {
    fn of(post: ElementRef<'a>, own: &'a str) -> Self {
        Self {
            id: own,
            post,
            elements: forum::elements(post, |inner| id(inner).is_some()),
        }
    }

    fn with(&self, class: &str) -> Option<ElementRef<'a>> {
        self.elements.iter().copied().find(|e| has_class(*e, class))
    }

    /// When the post was written, as the line of its author says it.
    fn date(&self) -> Option<String> {
        let line = html::line(self.with("author")?);
        let date = line.rsplit('»').next()?.trim();
        Some(date.to_owned())
    }

    fn read(&self, order: Option<DateOrder>) -> Post {
        let settle = |date: &str| {
            let settled = order.map(|order| order.settle(date));
            time::parse(settled.as_deref().unwrap_or(date))
        };
        let head = self.with("author");
        let stated = head.and_then(|head| {
            let mut times = head.descendent_elements();
            times.find(|e| e.value().name() == "time").and_then(instant)
        });
        let author = self.author(head);
        let name = author.as_ref().map(|author| author.name.as_str());
        let ignored = self.with("ignore");
        let state = match ignored {
            _ if has_class(self.post, "deleted") => {
                let notice = ignored
                    .or_else(|| self.with("post-deleted"))
                    .map(html::line);
                // The notice names whose post it is, and who deleted it.
                let twice = |name: &&str| {
                    notice
                        .as_deref()
                        .is_some_and(|words| words.matches(name).count() > 1)
                };
                forum::taken_away(name.filter(twice), notice.as_deref().unwrap_or_default())
            }
            Some(_) => State::Collapsed,
            None => State::Live,
        };
        let readable = matches!(state, State::Live | State::Collapsed);
        let content = self.with("content").filter(|_| readable);
        let mut body = content.map(text).unwrap_or_default();
        let signature = self.with("signature").filter(|_| readable).map(html::body);
        forum::append(
            &mut body,
            signature.unwrap_or_default(),
            BlockKind::Signature,
        );
        let quotes = content.map(|content| forum::quotes(content, origin, is_noise));
        Post {
            draft: Draft {
                id: self.id.to_owned(),
                title: self.title(),
                posted: stated.or_else(|| settle(&self.date()?)),
                posted_locally: stated.is_none()
                    && self.date().is_some_and(|date| time::is_local(&date)),
                edited: self.edited().and_then(|date| settle(&date)),
                author,
                state,
                body,
                ..Draft::default()
            },
            quotes: quotes.unwrap_or_default(),
        }
    }

    fn author(&self, head: Option<ElementRef<'a>>) -> Option<crate::thread::Author> {
        let is_name =
            |e: &ElementRef<'a>| has_class(*e, "username") || has_class(*e, "username-coloured");
        let in_head = head.and_then(|head| head.descendent_elements().find(is_name));
        let strong = || {
            let mut inner = head?.descendent_elements();
            inner.find(|e| e.value().name() == "strong")
        };
        let anywhere = || self.elements.iter().copied().find(is_name);
        let badge = self.with("profile-rank").map(html::line);
        let mut found = author(in_head.or_else(strong).or_else(anywhere)?)?;
        found.badge = badge.filter(|badge| !badge.is_empty());
        Some(found)
    }

    fn title(&self) -> Option<String> {
        let mut headings = self.elements.iter().filter(|e| e.value().name() == "h3");
        let line = headings.find_map(|heading| {
            let line = html::line(*heading);
            (!line.is_empty()).then_some(line)
        })?;
        Some(line)
    }

    /// The words of "Last edited by Ada on …" without the name, which may hold anything.
    fn edited(&self) -> Option<String> {
        let notice = self.with("notice")?;
        let words = html::body_with(notice, |e| match e.value().name() {
            "a" | "strong" => Role::Skip,
            _ if has_class(e, "username") => Role::Skip,
            _ => Role::Usual,
        });
        words.text.lines().next().map(str::to_owned)
    }
}

/// What an element of the text means.
fn text(content: ElementRef<'_>) -> Body {
    html::body_with(content, |element| {
        let name = element.value().name();
        if is_noise(element) {
            Role::Skip
        } else if name == "cite" && in_quote(element) {
            Role::As(BlockKind::Attribution)
        } else if name == "dd" && above(element).is_some_and(|above| has_class(above, "codebox")) {
            Role::As(BlockKind::Code)
        } else {
            Role::Usual
        }
    })
}

fn above(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    element.parent().and_then(ElementRef::wrap)
}

fn in_quote(element: ElementRef<'_>) -> bool {
    let mut around = element.ancestors().filter_map(ElementRef::wrap).take(3);
    around.any(|e| e.value().name() == "blockquote")
}

/// Words to click on above code, and boxes of attached files.
fn is_noise(element: ElementRef<'_>) -> bool {
    let boxes = ["attachbox", "inline-attachment", "spoilbtn"];
    let label = matches!(element.value().name(), "dt" | "p")
        && above(element).is_some_and(|above| has_class(above, "codebox"));
    label || boxes.iter().any(|class| has_class(element, class))
}

/// What the forum says of a quotation's origin.
fn origin(element: ElementRef<'_>) -> Option<Quote> {
    if element.value().name() != "blockquote" {
        return None;
    }
    let line = element
        .child_elements()
        .flat_map(|child| std::iter::once(child).chain(child.child_elements()))
        .find(|e| e.value().name() == "cite");
    let mut links = line.into_iter().flat_map(|line| line.descendent_elements());
    let linked = links.find_map(|link| {
        let id = attr(link, "data-post-id");
        id.or_else(|| forum::id_in(attr(link, "href")?, &["#p", "?p=", "&p="]))
    });
    let cited = || forum::id_in(attr(element, "cite")?, &["#p", "?p=", "&p="]);
    Some(Quote {
        post: linked.or_else(cited).map(str::to_owned),
        author: line.map(html::line).filter(|line| !line.is_empty()),
        answered: false,
    })
}
