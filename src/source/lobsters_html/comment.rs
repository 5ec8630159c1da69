//! Reads one comment from its element.

use super::super::{
    lobsters,
    markup::{attr, has_class},
    time,
};
use crate::{
    text::{
        Body,
        html::{self, Role, Step, walk},
    },
    thread::{Author, Draft, ParentRef, Score, State},
};
use jiff::Timestamp;
use scraper::ElementRef;

/// A comment and where it stands.
#[derive(Debug)]
pub(super) struct Comment<'a> {
    pub(super) element: ElementRef<'a>,
    pub(super) id: String,
    /// The comment that it answers, as its place among all.
    pub(super) above: Option<usize>,
    /// Whether the box that folds it is ticked.
    pub(super) is_folded: bool,
}

impl<'a> Comment<'a> {
    fn find(&self, wanted: impl Fn(ElementRef<'a>) -> bool) -> Option<ElementRef<'a>> {
        self.element
            .descendent_elements()
            .find(|inner| wanted(*inner))
    }

    /// The elements that say who wrote the comment and when.
    fn byline(&self) -> impl Iterator<Item = ElementRef<'a>> {
        let byline = self.find(|inner| has_class(inner, "byline"));
        byline
            .into_iter()
            .flat_map(|byline| byline.descendent_elements())
    }

    /// The story whose page the comment's own link leads to.
    pub(super) fn story(&self) -> Option<&'a str> {
        self.byline()
            .find_map(|inner| lobsters::story_in(inner.attr("href")?))
    }

    /// The comment, which answers `parent`.
    pub(super) fn draft(self, parent: Option<String>) -> Draft {
        let (state, body) = self.content();
        let time = self.time();
        let (posted, edited) = match self.is_edited() {
            true => (None, time),
            false => (time, None),
        };
        Draft {
            parent: parent.map_or(ParentRef::Root, ParentRef::Id),
            author: self.author(),
            posted,
            edited,
            score: self.score(),
            state,
            body,
            id: self.id,
            ..Draft::default()
        }
    }

    /// State and text. A notice stands in place of what is gone; moderators see the text behind it.
    fn content(&self) -> (State, Body) {
        let Some(text) = self.find(|inner| has_class(inner, "comment_text")) else {
            return (State::Deleted, Body::default());
        };
        let mut gone = None;
        let body = html::body_with(text, |inner| {
            let is_notice = has_class(inner, "na") || inner.value().name() == "em";
            match is_notice && lobsters::notice(&inner.text().collect::<String>()).is_some() {
                true => Role::Skip,
                false => Role::Usual,
            }
        });
        walk(text, |step| {
            if let Step::Text(words) = step {
                // Nothing but white space comes before a notice.
                let words = words.trim();
                gone = gone.or_else(|| (!words.is_empty()).then(|| lobsters::notice(words)));
            }
            gone.is_none()
        });
        let gone = gone.flatten().filter(|_| {
            body.text.is_empty() || self.find(|inner| has_class(inner, "na")).is_some()
        });
        match gone {
            Some(state) => (state, body),
            None if self.is_folded => (State::Collapsed, body),
            None => (State::Live, body),
        }
    }

    fn author(&self) -> Option<Author> {
        let mut links = self.byline().filter(|inner| {
            let url = inner.attr("href").unwrap_or_default();
            inner.value().name() == "a" && ["/~", "/u/"].iter().any(|path| url.contains(path))
        });
        let mut author = links.find_map(|link| lobsters::author(&html::line(link)))?;
        let hat = self.byline().find(|inner| has_class(*inner, "hat"));
        author.badge = hat.map(html::line).filter(|hat| !hat.is_empty());
        Some(author)
    }

    /// The time shown: of the last edit, where there was one.
    fn time(&self) -> Option<Timestamp> {
        let stated = self.byline().filter(|inner| !has_class(*inner, "hat"));
        stated
            .filter_map(|inner| {
                let epoch = attr(inner, "data-at-unix").and_then(time::parse);
                let dated = || {
                    ["datetime", "title"]
                        .iter()
                        .find_map(|name| attr(inner, name).and_then(time::parse))
                };
                epoch.or_else(dated)
            })
            .next()
    }

    fn is_edited(&self) -> bool {
        let Some(byline) = self.find(|inner| has_class(inner, "byline")) else {
            return false;
        };
        let mut edited = false;
        walk(byline, |step| match step {
            Step::Text(words) => {
                edited |= words.split_whitespace().any(|word| word == "edited");
                false
            }
            Step::Open(inner) => {
                !matches!(inner.value().name(), "a" | "time") && !has_class(inner, "hat")
            }
            Step::Close(_) => false,
        });
        edited
    }

    fn score(&self) -> Option<Score> {
        let number = |class: &str| {
            let element = self.find(|inner| has_class(inner, class))?;
            html::line(element).parse().ok()
        };
        let points = number("score").or_else(|| number("upvoter"))?;
        Some(Score::of_points(points))
    }
}
