//! Reads one post from its element, in the markup of each version.

use super::super::{
    date_order::DateOrder,
    forum::{self, Post, Quote},
    markup::{attr, has_class},
    time,
};
use crate::{
    text::{
        BlockKind, Body,
        html::{self, Role},
    },
    thread::{Author, Draft, State},
};
use jiff::Timestamp;
use scraper::ElementRef;

/// The id of the post that an element is, if it is one.
pub(super) fn id(element: ElementRef<'_>) -> Option<String> {
    let digits = |id: &str| {
        let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| id.to_owned())
    };
    let name = element.value().name();
    if !matches!(name, "li" | "table" | "div" | "article" | "section") {
        return None;
    }
    let classes = ["b-post", "js-comment-entry", "b-comment-entry", "js-post"];
    if let Some(node) = attr(element, "data-node-id")
        && classes.iter().any(|class| has_class(element, class))
    {
        return digits(node);
    }
    let id = attr(element, "id")?.strip_prefix("post")?;
    digits(id.strip_prefix('_').unwrap_or(id))
}

/// The elements of a post.
pub(super) struct Parts<'a> {
    id: String,
    post: ElementRef<'a>,
    elements: Vec<ElementRef<'a>>,
    /// The element that holds its text.
    content: Option<ElementRef<'a>>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(post: ElementRef<'a>, own: &str) -> Self {
        let elements = forum::elements(post, |inner| id(inner).is_some());
        let message = format!("post_message_{own}");
        let is_content = |e: &ElementRef<'a>| {
            e.attr("id") == Some(&message) || has_class(*e, "js-post__content-text")
        };
        let content = elements.iter().copied().find(is_content);
        let bare = || {
            elements
                .iter()
                .copied()
                .find(|e| has_class(*e, "postcontent"))
        };
        Self {
            id: own.to_owned(),
            post,
            content: content.or_else(bare),
            elements,
        }
    }

    fn with(&self, class: &str) -> Option<ElementRef<'a>> {
        self.elements.iter().copied().find(|e| has_class(*e, class))
    }

    /// The elements outside the text.
    fn around(&self) -> impl Iterator<Item = ElementRef<'a>> {
        let content = self.content;
        let outside = move |e: &ElementRef<'a>| {
            content.is_none_or(|content| {
                *e != content && !e.ancestors().any(|above| above == *content)
            })
        };
        self.elements.iter().copied().filter(outside)
    }

    /// When the post was written, as the page says it.
    pub(super) fn date(&self) -> Option<String> {
        let stated = self.around().find_map(|e| match e.value().name() {
            "time" => attr(e, "datetime").map(str::to_owned),
            _ => None,
        });
        let line = || {
            let shown = self
                .with("postdate")
                .or_else(|| self.with("b-post__timestamp"));
            let head = || self.around().find(|e| has_class(*e, "thead"));
            shown.or_else(head).map(html::line)
        };
        let epoch = || attr(self.post, "data-node-publishdate").map(str::to_owned);
        stated.or_else(epoch).or_else(line)
    }

    pub(super) fn read(&self, order: Option<DateOrder>) -> Post {
        let instant = |date: &str| -> Option<Timestamp> {
            let settled = order.map(|order| order.settle(date));
            time::parse(settled.as_deref().unwrap_or(date))
        };
        let author = self.author();
        let state = self.state(author.as_ref());
        let mut body = Body::default();
        let mut quotes = Vec::new();
        if let Some(content) = self.content.filter(|_| state == State::Live) {
            body = text(content);
            quotes = forum::quotes(content, |e| origin(e, content), is_label);
            forum::part_signature(&mut body);
            let signature = self.signature().map(text).unwrap_or_default();
            forum::append(&mut body, signature, BlockKind::Signature);
        }
        Post {
            draft: Draft {
                id: self.id.clone(),
                author,
                title: self.title(),
                posted: self.date().and_then(|date| instant(&date)),
                posted_locally: self.date().is_some_and(|date| time::is_local(&date)),
                edited: self.edited().and_then(|date| instant(&date)),
                state,
                body,
                ..Draft::default()
            },
            quotes,
        }
    }

    fn state(&self, author: Option<&Author>) -> State {
        let classes = self.post.attr("class").unwrap_or_default();
        let trash = || {
            let mut pictures = self.around().filter_map(|e| e.attr("src"));
            pictures.any(|src| src.contains("trashcan"))
        };
        if classes.contains("deleted") || self.content.is_none() && trash() {
            let notice = self.around().find(|e| has_class(*e, "deletedby"));
            let words = html::line(notice.unwrap_or(self.post));
            let author = author.map(|author| author.name.as_str());
            // Without a line of its own, the notice follows the author's name: two mentions, then.
            let twice = |name: &&str| notice.is_some() || words.matches(name).count() > 1;
            return forum::taken_away(author.filter(twice), &words);
        }
        match self.content {
            None if classes.contains("ignore") => State::Hidden,
            _ => State::Live,
        }
    }

    fn author(&self) -> Option<Author> {
        let around: Vec<_> = self.around().collect();
        let find =
            |fits: &dyn Fn(ElementRef<'a>) -> bool| around.iter().copied().find(|e| fits(*e));
        let menu = format!("postmenu_{}", self.id);
        let shown = find(&|e| has_class(e, "bigusername"))
            .or_else(|| find(&|e| has_class(e, "username")))
            .or_else(|| find(&|e| e.attr("data-vbnamecard").is_some() && !html::line(e).is_empty()))
            .or_else(|| find(&|e| has_class(e, "author")))
            .or_else(|| find(&|e| e.attr("id") == Some(&menu)))
            .or_else(|| find(&|e| is_profile(e) && !html::line(e).is_empty()))?;
        let name = html::line(shown);
        let link = std::iter::once(shown).chain(shown.descendent_elements());
        let in_address = |e: ElementRef<'a>| forum::id_in(e.attr("href")?, &PROFILES);
        let id = link
            .into_iter()
            .find_map(|e| attr(e, "data-vbnamecard").or_else(|| in_address(e)));
        let badge = self
            .with("usertitle")
            .or_else(|| self.with("b-userinfo__title"));
        (!name.is_empty()).then(|| Author {
            name,
            id: id.map(str::to_owned),
            anonymous: false,
            badge: badge.map(html::line).filter(|badge| !badge.is_empty()),
        })
    }

    /// The post's own headline: beside the text in versions 4 and 5, above it in version 3.
    fn title(&self) -> Option<String> {
        let above = || {
            let content = self.content?;
            let mut before = content.prev_siblings().filter_map(ElementRef::wrap);
            let line = before.find(|e| has_class(*e, "smallfont"))?;
            line.child_elements().find(|e| e.value().name() == "strong")
        };
        let beside = self.around().find(|e| {
            let classes = ["title", "posttitle", "b-post__title"];
            e.value().name() == "h2" && classes.iter().any(|class| has_class(*e, class))
        });
        let line = html::line(beside.or_else(above)?);
        (!line.is_empty()).then_some(line)
    }

    /// The date in "Last edited by Ada; 09-06-2018 at 06:05 PM. Reason: words".
    fn edited(&self) -> Option<String> {
        let is_note = |e: &ElementRef<'a>| {
            has_class(*e, "lastedited")
                || has_class(*e, "b-post__edit-info")
                || e.value().name() == "em" && html::line(*e).contains(';')
        };
        let line = html::line(self.around().find(is_note)?);
        let (_, date) = line.split_once(';')?;
        Some(date.split(". ").next().unwrap_or(date).to_owned())
    }

    fn signature(&self) -> Option<ElementRef<'a>> {
        let classed = self
            .around()
            .find(|e| has_class(*e, "signature") || has_class(*e, "post-signature"));
        classed.or_else(|| {
            // Version 3 marks it by a line of underscores alone.
            let mut behind = self.content?.next_siblings().filter_map(ElementRef::wrap);
            behind.find(|e| html::line(*e).starts_with("________"))
        })
    }
}

/// What stands before a profile's number in an address.
const PROFILES: [&str; 5] = [
    "member.php?u=",
    "member.php?",
    "member.php/",
    "members/",
    "member/",
];

fn is_profile(element: ElementRef<'_>) -> bool {
    let address = element.attr("href").unwrap_or_default();
    forum::id_in(address, &PROFILES).is_some()
}

/// What an element of the text means.
fn text(content: ElementRef<'_>) -> Body {
    html::body_with(content, |element| {
        // Version 4 puts every post's text and signature into a `blockquote`.
        if element == content || has_class(element, "postcontent") {
            Role::As(BlockKind::Paragraph)
        } else if is_label(element) {
            Role::Skip
        } else if is_attribution(element) {
            Role::As(BlockKind::Attribution)
        } else if is_quote(element, content) {
            Role::As(BlockKind::Quote)
        } else {
            Role::Usual
        }
    })
}

/// Whether an element only says "Quote:" or "Code:" above what is one.
fn is_label(element: ElementRef<'_>) -> bool {
    let next = || element.next_siblings().find_map(ElementRef::wrap);
    has_class(element, "bbcode_description")
        || has_class(element, "smallfont")
            && next().is_some_and(|next| matches!(next.value().name(), "table" | "pre" | "div"))
            && html::line(element).ends_with(':')
}

/// A quotation: by its class, and in version 3 a framed cell of a table.
fn is_quote(element: ElementRef<'_>, content: ElementRef<'_>) -> bool {
    has_class(element, "bbcode_quote")
        || match element.value().name() {
            "td" => is_frame(element),
            "blockquote" => element != content && !has_class(element, "postcontent"),
            _ => false,
        }
}

/// The cell in which version 3 frames a quotation; styles change its class and keep its border.
fn is_frame(element: ElementRef<'_>) -> bool {
    let inset = || {
        element
            .attr("style")
            .is_some_and(|style| style.contains("inset"))
    };
    element.value().name() == "td" && (has_class(element, "alt2") || inset())
}

/// The line that says who is quoted: by its class, and in version 3 the first part of the cell.
fn is_attribution(element: ElementRef<'_>) -> bool {
    if has_class(element, "bbcode_postedby") {
        return true;
    }
    let in_cell = || {
        let above = element.parent().and_then(ElementRef::wrap);
        above.is_some_and(is_frame)
    };
    let is_first = || {
        element
            .prev_siblings()
            .all(|before| ElementRef::wrap(before).is_none())
    };
    let has_next = || {
        element
            .next_siblings()
            .any(|next| ElementRef::wrap(next).is_some())
    };
    let mut inner = element.descendent_elements();
    element.value().name() == "div"
        && in_cell()
        && is_first()
        && has_next()
        && inner.any(|e| e.value().name() == "strong")
}

/// What the forum says of a quotation's origin.
fn origin(element: ElementRef<'_>, content: ElementRef<'_>) -> Option<Quote> {
    if !is_quote(element, content) {
        return None;
    }
    let line = element.descendent_elements().find(|e| is_attribution(*e));
    let inside = |name: &'static str| {
        let found = line.into_iter().flat_map(|line| line.descendent_elements());
        found.filter(move |e| e.value().name() == name)
    };
    let post = inside("a").find_map(|link| {
        let address = attr(link, "href")?;
        forum::id_in(address, &["#post", "?p=", "&p=", "post_id=", "node/"])
    });
    let author = inside("strong").next().map(html::line);
    Some(Quote {
        post: post.map(str::to_owned),
        author: author.filter(|name| !name.is_empty()),
        answered: false,
    })
}
