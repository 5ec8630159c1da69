//! Finds the rows of a page and reads one comment from each.

use super::{
    super::{
        hacker_news,
        markup::{attr, digits_after, has_class},
        time,
    },
    story::Story,
};
use crate::{
    text::{
        Body,
        html::{self, Role, Step, walk},
    },
    thread::{Draft, ParentRef, Score, State},
};
use jiff::Timestamp;
use scraper::ElementRef;

/// A comment, read; its place is not known here.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) id: Option<String>,
    /// Replies above it, by its indent.
    pub(super) depth: Option<usize>,
    /// The id of what it links to as what it answers.
    pub(super) parent: Option<String>,
    /// The story that it links to as its own: id and title.
    pub(super) story: Option<(String, String)>,
    /// Whether the page is about this comment, and the others answer it.
    pub(super) is_main: bool,
    /// Comments in its branch, itself included, as the board counts them.
    pub(super) size: Option<usize>,
    /// A time that could not be read.
    pub(super) bad_time: Option<&'a str>,
    author: Option<crate::thread::Author>,
    posted: Option<Timestamp>,
    score: Option<Score>,
    /// Whether neither author, nor text, nor what became of it is there.
    pub(super) is_bare: bool,
    pub(super) state: State,
    body: Body,
}

/// The comments of a page in document order, and its story.
pub(super) fn find(root: ElementRef<'_>) -> (Vec<Row<'_>>, Story<'_>) {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut story = Story::default();
    // Open elements that hold the page's subject.
    let mut heads = 0_usize;
    walk(root, |step| match step {
        Step::Open(element) if is_comment(element) => {
            rows.push(Row::read(element, heads > 0 && rows.is_empty()));
            false
        }
        Step::Open(element) => {
            heads += usize::from(has_class(element, "fatitem"));
            story.note(element)
        }
        Step::Close(element) => {
            heads -= usize::from(has_class(element, "fatitem") && heads > 0);
            false
        }
        Step::Text(_) => false,
    });
    // In early pages nothing but the lack of an indent tells the subject from its replies.
    if let [first, others @ ..] = rows.as_mut_slice()
        && first.depth.is_none()
        && first.story.is_some()
        && others.iter().all(|row| row.story.is_none())
    {
        first.is_main = true;
    }
    (rows, story)
}

/// Whether an element holds one comment and nothing else.
fn is_comment(element: ElementRef<'_>) -> bool {
    has_class(element, "comtr")
        || has_class(element, "default")
            && element
                .descendent_elements()
                .any(|inner| inner != element && has_class(inner, "comment"))
}

impl<'a> Row<'a> {
    fn read(element: ElementRef<'a>, is_main: bool) -> Self {
        let parts = Parts::of(element);
        let body = parts.text();
        let mark = parts.state().or_else(|| hacker_news::state(&body.text));
        let author = parts.author();
        let is_folded = ["coll", "noshow"]
            .iter()
            .any(|class| has_class(element, class));
        let state = match mark {
            Some(state) => state,
            None if author.is_none() && body.text.is_empty() => State::Deleted,
            None if is_folded => State::Collapsed,
            None => State::Live,
        };
        let is_bare = mark.is_none() && state == State::Deleted;
        let has_text = hacker_news::state(&body.text).is_none() && state != State::Deleted;
        let (posted, bad_time) = parts.time();
        Self {
            id: parts.id(),
            is_bare,
            depth: parts.depth(),
            parent: parts.parent(),
            story: parts.story(),
            is_main,
            size: parts.size(),
            bad_time,
            author,
            posted,
            score: parts.score(),
            state,
            body: if has_text { body } else { Body::default() },
        }
    }

    /// Whether the board shows the comment.
    pub(super) fn is_live(&self) -> bool {
        self.state == State::Live
    }

    /// The comment.
    pub(super) fn draft(self, id: String, parent: ParentRef) -> Draft {
        Draft {
            id,
            parent,
            author: self.author,
            posted: self.posted,
            score: self.score,
            state: self.state,
            body: self.body,
            ..Draft::default()
        }
    }
}

/// The elements of a row.
struct Parts<'a> {
    element: ElementRef<'a>,
    /// All elements outside the comment's text, in order.
    around: Vec<ElementRef<'a>>,
    /// What is written around the text and is no link.
    words: String,
    /// The link behind the word "on:".
    story: Option<ElementRef<'a>>,
    /// The element that holds the text.
    text: Option<ElementRef<'a>>,
}

impl<'a> Parts<'a> {
    fn of(element: ElementRef<'a>) -> Self {
        let mut parts = Self {
            element,
            around: Vec::new(),
            words: String::new(),
            story: None,
            text: None,
        };
        walk(element, |step| match step {
            Step::Open(inner) if parts.text.is_none() && has_class(inner, "comment") => {
                parts.text = Some(inner);
                false
            }
            Step::Open(inner) => {
                let is_link = inner.value().name() == "a";
                if is_link && parts.words.trim_end().ends_with("on:") && parts.story.is_none() {
                    parts.story = Some(inner);
                }
                parts.around.push(inner);
                !is_link
            }
            Step::Text(text) => {
                parts.words.push_str(text);
                false
            }
            Step::Close(_) => false,
        });
        parts
    }

    fn links(&self) -> impl Iterator<Item = (ElementRef<'a>, &'a str)> {
        let links = self
            .around
            .iter()
            .filter(|element| element.value().name() == "a");
        links.filter_map(|link| Some((*link, attr(*link, "href")?)))
    }

    /// The id of the row, or of what it is for: voting, the link to the comment itself.
    fn id(&self) -> Option<String> {
        let number = |id: &'a str| is_number(id).then_some(id);
        let own = self.element.attr("id").and_then(number);
        let outer = || {
            // A table of its own stands in the row that has the id.
            let above = self
                .element
                .ancestors()
                .take(8)
                .filter_map(ElementRef::wrap);
            let mut rows = above.filter(|above| above.value().name() == "tr");
            rows.find_map(|row| number(row.value().id()?))
        };
        let prefixed = || {
            let row = self.element.parent().and_then(ElementRef::wrap)?;
            let row = if row.value().name() == "tr" {
                row
            } else {
                self.element
            };
            row.descendent_elements().find_map(|inner| {
                let (kind, id) = inner.value().id()?.split_once('_')?;
                number(id).filter(|_| matches!(kind, "up" | "down" | "un" | "unv" | "score"))
            })
        };
        let linked = || {
            self.links().find_map(|(link, url)| {
                let line = html::line(link);
                let is_own = line == "link" || line.ends_with("ago") || line.starts_with("on ");
                digits_after(url, "item?id=").filter(|_| is_own && Some(link) != self.story)
            })
        };
        own.or_else(outer)
            .or_else(prefixed)
            .or_else(linked)
            .map(str::to_owned)
    }

    /// Replies above the comment: stated, or the width of the empty picture before it.
    fn depth(&self) -> Option<usize> {
        const STEP: usize = 40;
        let marked = self
            .around
            .iter()
            .copied()
            .find(|inner| has_class(*inner, "ind"));
        let cell = marked.or_else(|| {
            let row = self.element.parent().and_then(ElementRef::wrap)?;
            let mut cells = row.child_elements();
            cells
                .find(|cell| cell.value().name() == "td")
                .filter(|cell| *cell != self.element)
        })?;
        let stated = attr(cell, "indent").and_then(|indent| indent.parse().ok());
        stated.or_else(|| {
            let mut pictures = cell.descendent_elements();
            let picture = pictures.find(|inner| {
                let source = inner.attr("src").unwrap_or_default();
                inner.value().name() == "img"
                    && (source.contains("s.gif") || has_class(cell, "ind"))
            })?;
            let width: usize = attr(picture, "width")?
                .trim_end_matches("px")
                .parse()
                .ok()?;
            width.is_multiple_of(STEP).then_some(width / STEP)
        })
    }

    /// The link to what the comment answers: an anchor on the page, or an item.
    fn parent(&self) -> Option<String> {
        let mut links = self.links();
        let (_, url) = links.find(|(link, _)| html::line(*link) == "parent")?;
        let anchor = url.split_once('#').map(|(_, anchor)| anchor);
        let anchor = anchor.filter(|anchor| is_number(anchor));
        anchor
            .or_else(|| digits_after(url, "item?id="))
            .map(str::to_owned)
    }

    fn story(&self) -> Option<(String, String)> {
        let link = self.story?;
        let id = digits_after(link.attr("href")?, "item?id=")?;
        let title = attr(link, "title").map_or_else(|| html::line(link), str::to_owned);
        Some((id.to_owned(), title))
    }

    fn size(&self) -> Option<usize> {
        let link = self
            .around
            .iter()
            .find(|inner| has_class(**inner, "togg"))?;
        attr(*link, "n")?.parse().ok()
    }

    /// The author; the name of a new one stands in a color.
    fn author(&self) -> Option<crate::thread::Author> {
        let named = self
            .around
            .iter()
            .copied()
            .find(|inner| has_class(*inner, "hnuser"));
        let linked = || {
            self.links()
                .find(|(_, url)| url.contains("user?id="))
                .map(|(link, _)| link)
        };
        let link = named.or_else(linked)?;
        let name = html::line(link);
        if name.is_empty() {
            return None;
        }
        let mut author = hacker_news::author(&name);
        let is_new = |font: ElementRef<'_>| {
            let color = font.attr("color").unwrap_or_default();
            color.eq_ignore_ascii_case("#3c963c")
        };
        if link.descendent_elements().any(is_new) {
            author.badge = Some("new user".to_owned());
        }
        Some(author)
    }

    /// When the comment was written: an instant in newer pages, a day in some of the older.
    fn time(&self) -> (Option<Timestamp>, Option<&'a str>) {
        let Some(age) = self
            .around
            .iter()
            .copied()
            .find(|inner| has_class(*inner, "age"))
        else {
            return (None, None);
        };
        let Some(stated) = attr(age, "title") else {
            return (time::parse(&html::line(age)), None);
        };
        // The instant itself is followed by seconds since 1970.
        let posted = stated.split_whitespace().rev().find_map(time::parse);
        (posted, posted.is_none().then_some(stated))
    }

    fn score(&self) -> Option<Score> {
        let is_score = |inner: &&ElementRef<'a>| {
            has_class(**inner, "score")
                || inner
                    .value()
                    .id()
                    .is_some_and(|id| id.starts_with("score_"))
        };
        let line = html::line(*self.around.iter().find(is_score)?);
        let points = line.split(' ').next()?.parse().ok()?;
        Some(Score::of_points(points))
    }

    /// What the words around the text say became of the comment.
    fn state(&self) -> Option<State> {
        let has = |mark: &str| self.words.contains(mark);
        match () {
            () if has("[deleted]") => Some(State::Deleted),
            () if has("[dead]") || has("[flagged]") => Some(State::Removed),
            () if has("[delayed]") => Some(State::Hidden),
            () => None,
        }
    }

    /// The text, without the link to answer it.
    fn text(&self) -> Body {
        let Some(text) = self.text else {
            return Body::default();
        };
        html::body_with(text, |inner| {
            let is_small = inner.value().name() == "font" && inner.attr("size") == Some("1");
            match is_small || has_class(inner, "reply") {
                true => Role::Skip,
                false => Role::Usual,
            }
        })
    }
}

/// Whether a text is an item's id.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
