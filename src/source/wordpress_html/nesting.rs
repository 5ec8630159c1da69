//! Finds the comments of a page and which stands below which.
//!
//! WordPress gives every comment an element that bears its number or the classes of a comment, mostly one
//! inside the other; replies stand in a list inside that element, or behind it. Classes tell the depth as
//! well, which mends what unclosed elements tangle. Navigation menus have such depths, too, and are no
//! comments.

use crate::{
    source::markup::has_class,
    text::html::{Step, walk},
};
use scraper::ElementRef;

/// An element with its end among a comment's own elements.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) element: ElementRef<'a>,
    /// Its classes in lower case, without `-` and `_`.
    pub(super) classes: Vec<String>,
    /// Index behind the last part that stands inside this one.
    pub(super) end: usize,
}

impl Part<'_> {
    /// Whether it has one of these classes.
    pub(super) fn is_any(&self, classes: &[&str]) -> bool {
        self.classes
            .iter()
            .any(|class| classes.contains(&class.as_str()))
    }
}

/// A comment's place on the page.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// Its number on the site.
    pub(super) id: Option<String>,
    /// The elements that hold what it says: its own one, and one behind it in lists of definitions.
    pub(super) roots: Vec<ElementRef<'a>>,
    /// All elements that are its own, in document order.
    pub(super) parts: Vec<Part<'a>>,
    /// The comment above it.
    pub(super) above: Above,
    /// Depth by its class, counted from 1.
    level: Option<usize>,
    /// The comment around it.
    around: Option<usize>,
}

impl<'a> Place<'a> {
    /// Whether an element inside this comment is another one.
    pub(super) fn is_other(&self, element: ElementRef<'a>) -> bool {
        match (number(element), &self.id) {
            (Some((id, _)), Some(own)) => id != own,
            (Some(_), None) => false,
            (None, _) => is_classed(element) && self.level.is_some() && level(element) > self.level,
        }
    }
}

/// What stands above a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Above {
    /// Nothing.
    Article,
    /// The comment at this place.
    Comment(usize),
    /// The comment with this number, as the element's own id says.
    Named(String),
    /// A comment that the page lacks; with the depth of the one that answers it.
    Lost(usize),
}

/// The comments below `root`, in document order.
///
/// `flattened` says that what stands inside what may be our own doing.
pub(super) fn places(root: ElementRef<'_>, flattened: bool) -> Vec<Place<'_>> {
    let mut finder = Finder::default();
    walk(root, |step| match step {
        Step::Open(element) => finder.open(element),
        Step::Text(_) => false,
        Step::Close(element) => {
            finder.close(element);
            false
        }
    });
    let mut places = finder.places;
    settle(&mut places, flattened);
    places
}

/// Whether an element begins a comment.
pub(super) fn is_comment(element: ElementRef<'_>) -> bool {
    number(element).is_some() || is_classed(element)
}

/// An open element that belongs to a comment.
struct Open<'a> {
    element: ElementRef<'a>,
    comment: usize,
    /// Whether it holds nothing but the replies.
    is_list: bool,
}

#[derive(Default)]
struct Finder<'a> {
    places: Vec<Place<'a>>,
    open: Vec<Open<'a>>,
    /// For each open element its place among the parts of a comment, if it is one.
    parts: Vec<Option<(usize, usize)>>,
    last_closed: Option<(ElementRef<'a>, usize)>,
}

impl<'a> Finder<'a> {
    fn open(&mut self, element: ElementRef<'a>) -> bool {
        if !self.begins(element) {
            self.follows(element);
        }
        let part = self.open.last().filter(|open| !open.is_list).map(|open| {
            let parts = &mut self.places[open.comment].parts;
            let classes = element.value().classes();
            parts.push(Part {
                element,
                classes: classes.map(plain_class).collect(),
                end: parts.len() + 1,
            });
            (open.comment, parts.len() - 1)
        });
        self.parts.push(part);
        !matches!(element.value().name(), "script" | "style" | "template")
    }

    fn close(&mut self, element: ElementRef<'a>) {
        if let Some(Some((comment, part))) = self.parts.pop() {
            let parts = &mut self.places[comment].parts;
            parts[part].end = parts.len();
        }
        if let Some(open) = self.open.pop_if(|open| open.element == element) {
            self.last_closed = Some((element, open.comment));
        }
    }

    /// Notes the comment that an element begins, if it begins one; else what it tells of the one around.
    fn begins(&mut self, element: ElementRef<'a>) -> bool {
        let number = number(element);
        let classed = is_classed(element);
        if number.is_none() && !classed {
            return false;
        }
        let level = level(element);
        if let Some(open) = self.open.last()
            && !open.is_list
        {
            let around = &mut self.places[open.comment];
            let is_deeper = classed && around.level.is_some() && level > around.level;
            let is_same = match (number, &around.id) {
                (Some((id, _)), Some(other)) => id == other,
                _ => !is_deeper,
            };
            if is_same {
                around.level = around.level.or(level);
                around.id = around
                    .id
                    .take()
                    .or_else(|| number.map(|(id, _)| id.to_owned()));
                return false;
            }
        }
        let parent = number
            .and_then(|(_, parent)| parent)
            .filter(|id| *id != "0");
        self.places.push(Place {
            id: number.map(|(id, _)| id.to_owned()),
            roots: vec![element],
            parts: Vec::new(),
            above: parent.map_or(Above::Article, |id| Above::Named(id.to_owned())),
            level,
            around: self.open.last().map(|open| open.comment),
        });
        self.open.push(Open {
            element,
            comment: self.places.len() - 1,
            is_list: false,
        });
        true
    }

    /// Notes an element that belongs to the comment right before it: the list of its replies, or the
    /// definition of which it is the term.
    fn follows(&mut self, element: ElementRef<'a>) {
        let is_list = has_class(element, "children");
        let is_definition = element.value().name() == "dd";
        let Some((closed, comment)) = self.last_closed.filter(|_| is_list || is_definition) else {
            return;
        };
        let before = element.prev_siblings().find_map(ElementRef::wrap);
        if before == Some(closed) {
            let place = &mut self.places[comment];
            if !is_list {
                place.roots.push(element);
            }
            self.open.push(Open {
                element,
                comment,
                is_list,
            });
        }
    }
}

/// Says for every place which one is above it.
fn settle(places: &mut [Place<'_>], flattened: bool) {
    // The open comments by their classes' depths, each deeper than the one before it.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let shallowest = places.iter().filter_map(|place| place.level).min();
    for at in 0..places.len() {
        let level = places[at].level;
        let mut around = places[at].around.filter(|_| !flattened || level.is_none());
        let mut by_level = None;
        if let Some(level) = level {
            while open.pop_if(|(other, _)| *other >= level).is_some() {}
            by_level = open.last().copied();
            open.push((level, at));
            // An element that was not closed holds what does not belong to it.
            let fits = |above: usize| places[above].level.is_none_or(|other| other < level);
            around = around.filter(|&above| fits(above));
            // So does one that was not closed and another one followed.
            let nearer = by_level.filter(|(other, _)| other + 1 == level);
            around = nearer.map(|(_, above)| above).or(around);
        }
        let above = around.or(by_level.map(|(_, above)| above));
        if matches!(places[at].above, Above::Named(_)) {
            continue;
        }
        places[at].above = match (above, level) {
            (Some(above), _) => Above::Comment(above),
            (None, Some(level)) if Some(level) > shallowest => Above::Lost(level - 1),
            (None, _) => Above::Article,
        };
    }
}

/// Elements that hold a comment; anchors and fields have such ids, too.
fn may_hold_comment(element: ElementRef<'_>) -> bool {
    matches!(
        element.value().name(),
        "li" | "div" | "article" | "section" | "dt" | "tr" | "td" | "table" | "p" | "blockquote"
    )
}

/// The comment's number that an element's id bears, and with wpDiscuz that of the comment it answers.
fn number(element: ElementRef<'_>) -> Option<(&str, Option<&str>)> {
    let id = element.value().id().filter(|_| may_hold_comment(element))?;
    if let Some(id) = id.strip_prefix("wpd-comm-") {
        let (id, parent) = id.split_once('_')?;
        return (is_number(id) && is_number(parent)).then_some((id, Some(parent)));
    }
    let prefixes = [
        "comment-",
        "li-comment-",
        "div-comment-",
        "article-comment-",
        "dsq-comment-",
        "comment_",
        "comment-id-",
    ];
    let loose = ["comment", "c"];
    let of = |prefixes: &[&str]| {
        let mut rests = prefixes.iter().filter_map(|prefix| id.strip_prefix(prefix));
        rests.find(|rest| is_number(rest))
    };
    let number = of(&prefixes).or_else(|| of(&loose).filter(|_| names_comment(element)))?;
    Some((number, None))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an element has the class of a comment, of whatever kind.
fn names_comment(element: ElementRef<'_>) -> bool {
    let kinds = ["comment", "pingback", "trackback", "webmention"];
    kinds.iter().any(|class| has_class(element, class))
}

/// Whether an element has the classes that WordPress gives a comment, or is one in a list of comments.
fn is_classed(element: ElementRef<'_>) -> bool {
    let holds = matches!(
        element.value().name(),
        "li" | "div" | "article" | "section" | "dt"
    );
    if !holds || !names_comment(element) {
        return false;
    }
    let in_list = || {
        let list = element.parent().and_then(ElementRef::wrap);
        let lists = ["commentlist", "commentslist", "children"];
        list.is_some_and(|list| {
            let mut classes = list.value().classes().map(plain_class);
            classes.any(|class| lists.contains(&class.as_str()))
        })
    };
    let stripes = ["even", "odd", "alt", "byuser"];
    level(element).is_some() || stripes.iter().any(|class| has_class(element, class)) || in_list()
}

/// The depth that an element's class tells, counted from 1.
fn level(element: ElementRef<'_>) -> Option<usize> {
    let prefixes = ["depth-", "wpd_comment_level-"];
    let level = element.value().classes().find_map(|class| {
        let mut rests = prefixes
            .iter()
            .filter_map(|prefix| class.strip_prefix(prefix));
        rests.find_map(|level| level.parse().ok())
    });
    level.filter(|level| (1..=1_000_000).contains(level))
}

/// A class as themes differ in spelling it.
pub(super) fn plain_class(class: &str) -> String {
    class
        .chars()
        .filter(|c| !matches!(c, '-' | '_'))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
