//! Items as classes of elements.

use super::{
    super::markup::{attr, has_class, instant},
    Item, Items, Relation,
};
use crate::{
    text::{
        Body,
        html::{Role, Step, body_with, line, parse_document, walk},
    },
    thread::Author,
};
use scraper::ElementRef;

/// An item while its elements are read.
struct Open<'a> {
    element: ElementRef<'a>,
    kind: Kind,
    item: Item,
    content: Option<ElementRef<'a>>,
    summary: Option<ElementRef<'a>>,
    name: Option<ElementRef<'a>>,
    /// Names that are no addresses; they come behind these.
    uids: Vec<String>,
}

/// What an element with a class `h-…` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An entry or a citation, which may be a comment.
    Entry,
    /// A person.
    Card,
    /// A list of entries, which holds nothing of its own.
    Feed,
    Other,
}

fn kind(element: ElementRef<'_>) -> Option<Kind> {
    let mut classes = element.value().classes();
    let root = |class: &str| {
        class
            .strip_prefix("h-")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    if has_class(element, "h-entry") || has_class(element, "h-cite") {
        Some(Kind::Entry)
    } else if has_class(element, "h-card") {
        Some(Kind::Card)
    } else if has_class(element, "h-feed") {
        Some(Kind::Feed)
    } else {
        classes.any(root).then_some(Kind::Other)
    }
}

/// Reads the items of a page.
pub(super) fn read(page: &str) -> Items {
    let (document, flattened) = parse_document(page);
    let mut items: Vec<Item> = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    // The places of the entries that are open.
    let mut places: Vec<usize> = Vec::new();
    walk(document.root_element(), |step| {
        match step {
            Step::Open(element) => {
                if let Some(last) = open.last_mut() {
                    last.take(element);
                }
                if let Some(kind) = kind(element) {
                    let item = Item {
                        relation: relation(element),
                        within: places.last().copied(),
                        ..Item::default()
                    };
                    if kind == Kind::Entry {
                        // Its place is kept while what stands in it is read.
                        places.push(items.len());
                        items.push(Item::default());
                    }
                    let mut read = Open {
                        element,
                        kind,
                        item,
                        content: None,
                        summary: None,
                        name: None,
                        uids: Vec::new(),
                    };
                    if kind == Kind::Card || element.value().name() == "a" {
                        read.item
                            .urls
                            .extend(attr(element, "href").map(str::to_owned));
                    }
                    open.push(read);
                }
            }
            Step::Close(element) => {
                if open.last().is_some_and(|last| last.element == element)
                    && let Some(last) = open.pop()
                {
                    close(last, &mut open, &mut items, &mut places);
                }
            }
            Step::Text(_) => {}
        }
        true
    });
    Items { items, flattened }
}

/// Puts an item that has ended where it belongs.
fn close(last: Open<'_>, open: &mut [Open<'_>], items: &mut [Item], places: &mut Vec<usize>) {
    match last.kind {
        Kind::Entry => {
            let item = last.finish();
            if let Some(place) = places.pop().and_then(|place| items.get_mut(place)) {
                *place = item;
            }
        }
        Kind::Card
            if has_class(last.element, "p-author") || has_class(last.element, "u-author") =>
        {
            let holder = open.iter_mut().rev().find(|open| open.kind == Kind::Entry);
            if let Some(holder) = holder {
                holder.item.author = last.author();
            }
        }
        _ => {}
    }
}

fn relation(element: ElementRef<'_>) -> Relation {
    let with = |name: &str| {
        has_class(element, &format!("p-{name}")) || has_class(element, &format!("u-{name}"))
    };
    if with("comment") {
        Relation::Comment
    } else if with("mention") {
        Relation::Mention
    } else if with("in-reply-to") {
        Relation::Answered
    } else {
        // Whatever else it is to its holder, it is not an entry of its own.
        let is_property = |class: &str| {
            ["p-", "u-", "e-", "dt-"]
                .iter()
                .any(|prefix| class.starts_with(prefix))
        };
        match element.value().classes().any(is_property) {
            true => Relation::Other,
            false => Relation::None,
        }
    }
}

impl<'a> Open<'a> {
    /// Takes an element inside as what its classes say.
    fn take(&mut self, element: ElementRef<'a>) {
        let is_item = kind(element).is_some();
        for class in element.value().classes() {
            match class {
                "u-in-reply-to" | "p-in-reply-to" => {
                    let inside = || {
                        let mut inner = element.descendent_elements();
                        inner.find_map(|e| attr(e, "href"))
                    };
                    let address = attr(element, "href")
                        .or_else(|| attr(element, "value"))
                        .or_else(inside);
                    self.item.answers.extend(address.map(str::to_owned));
                }
                _ if is_item && self.kind != Kind::Card => {
                    // A person without more to it than a name still is the author.
                }
                "u-url" | "u-uid" | "p-uid" => {
                    let stated = ["href", "value", "src", "content"];
                    let stated = stated.iter().find_map(|name| attr(element, name));
                    let address = stated.map_or_else(|| line(element), str::to_owned);
                    let names = match class {
                        "p-uid" => &mut self.uids,
                        _ => &mut self.item.urls,
                    };
                    if !address.is_empty() && !names.contains(&address) {
                        names.push(address);
                    }
                }
                // Who says that they will come says nothing of what they answer.
                "p-rsvp" | "u-rsvp" => self.item.relation = Relation::Other,
                "p-name" => _ = self.name.get_or_insert(element),
                "e-content" | "p-content" => _ = self.content.get_or_insert(element),
                "p-summary" => _ = self.summary.get_or_insert(element),
                "dt-published" => {
                    self.item.published = self.item.published.or_else(|| instant(element));
                }
                "dt-updated" => self.item.updated = self.item.updated.or_else(|| instant(element)),
                "p-author" | "u-author" if self.item.author.is_none() => {
                    self.item.author = by_line(element);
                }
                _ => {}
            }
        }
    }

    /// The finished entry. Its name is a title where it is not the text itself or a part of it.
    fn finish(self) -> Item {
        let mut item = self.item;
        item.urls.extend(self.uids);
        let text = self.content.or(self.summary);
        let inside = |name: ElementRef<'a>, text: ElementRef<'a>| {
            name == text || name.ancestors().any(|above| above == *text)
        };
        let title = self
            .name
            .filter(|name| text.is_none_or(|text| !inside(*name, text)));
        item.body = match text.or(title) {
            Some(element) => body(element),
            // An entry with no more than a link or words: they are its name.
            None if self.name.is_none() && item.relation != Relation::Answered => Body::default(),
            None => body(self.element),
        };
        if text.is_some() || item.relation == Relation::Answered {
            item.name = title.map(line).filter(|line| !line.is_empty());
            item.name = item.name.filter(|name| *name != item.body.text);
        }
        if item.relation == Relation::Answered && item.name.is_none() {
            let words = line(self.element);
            item.name = (!words.is_empty()).then_some(words);
        }
        item
    }

    /// The person whom a card shows.
    fn author(&self) -> Option<Author> {
        let name = line(self.name.unwrap_or(self.element));
        let picture = || {
            let mut inner = self.element.descendent_elements();
            inner.find_map(|e| attr(e, "alt")).map(str::to_owned)
        };
        let name = Some(name)
            .filter(|name| !name.is_empty())
            .or_else(picture)?;
        Some(Author {
            name,
            id: self.item.urls.first().cloned(),
            ..Author::default()
        })
    }
}

/// The text of an element without comments and other entries inside it.
fn body(element: ElementRef<'_>) -> Body {
    body_with(element, |inner| {
        let apart = inner != element
            && kind(inner) == Some(Kind::Entry)
            && !matches!(relation(inner), Relation::None | Relation::Other);
        match apart {
            true => Role::Skip,
            false => Role::Usual,
        }
    })
}

/// An author who is no card: a name, maybe with a link.
fn by_line(element: ElementRef<'_>) -> Option<Author> {
    let name = line(element);
    (!name.is_empty()).then(|| Author {
        name,
        id: attr(element, "href").map(str::to_owned),
        ..Author::default()
    })
}
