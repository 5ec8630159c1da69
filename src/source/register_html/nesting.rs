//! Finds the posts of a page, and which post each stands below.

use super::has_class;
use crate::text::html::{Step, walk};
use scraper::ElementRef;

/// How a page marks its posts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    /// By a class.
    Class,
    /// Not at all: an item of a list with an author is one.
    Item,
}

impl Mark {
    /// How the page that has its posts in `container` marks them.
    pub(super) fn of(container: ElementRef<'_>) -> Self {
        let mut elements = container.descendent_elements();
        match elements.any(|element| Self::Class.is_on(element)) {
            true => Self::Class,
            false => Self::Item,
        }
    }

    /// Whether an element is a post.
    pub(super) fn is_on(self, element: ElementRef<'_>) -> bool {
        match self {
            Self::Class => has_class(element, "post"),
            Self::Item => {
                let is_author = |element: ElementRef<'_>| has_class(element, "author");
                element.value().name() == "li"
                    && element
                        .child_elements()
                        .any(|child| is_author(child) || child.child_elements().any(is_author))
            }
        }
    }
}

/// A post and where it stands.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) element: ElementRef<'a>,
    /// The post that it stands below, if any: the one that holds it, or holds its list, or comes right
    /// before its list in an outer list.
    pub(super) parent: Option<usize>,
}

/// An open element that posts can stand in.
enum Holder {
    /// A post; all in it answers it.
    Post(usize),
    /// A list whose posts answer `above`.
    List {
        above: Option<usize>,
        last: Option<usize>,
    },
}

impl Holder {
    /// The post that a list in this holder answers.
    fn above_list(&self) -> Option<usize> {
        match *self {
            Self::Post(post) => Some(post),
            Self::List { above, last } => last.or(above),
        }
    }
}

/// The posts in document order.
pub(super) fn places<'a>(container: ElementRef<'a>, mark: Mark) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    let mut open: Vec<Holder> = Vec::new();
    let is_list = |element: ElementRef<'_>| matches!(element.value().name(), "ol" | "ul");
    walk(container, |step| {
        match step {
            Step::Open(element) if mark.is_on(element) => {
                let post = places.len();
                let parent = match open.last_mut() {
                    None => None,
                    Some(Holder::Post(outer)) => Some(*outer),
                    Some(Holder::List { above, last }) => {
                        *last = Some(post);
                        *above
                    }
                };
                places.push(Place { element, parent });
                open.push(Holder::Post(post));
            }
            Step::Open(element) if is_list(element) => {
                let above = open.last().and_then(Holder::above_list);
                open.push(Holder::List { above, last: None });
            }
            Step::Close(element) if mark.is_on(element) || is_list(element) => {
                open.pop();
            }
            _ => {}
        }
        true
    });
    places
}
