//! What may be drawn: a unit or a reply, with what its judge must see.

use crate::{
    label::answered,
    span::Span,
    thread::{Comment, CommentIdx, Thread},
    train::split::stable_hash,
};

/// Code points of a text that is judged; a cell of a spreadsheet holds 32,767 characters.
const WORDS: usize = 30_000;
/// Code points of the comment that are shown before a unit, and as many behind it.
const AROUND: usize = 500;
/// Code points of what is answered.
const ANSWERED: usize = 1000;

/// A unit or a reply as its judge sees it. A text that is cut ends (or begins) with `…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Id of the thread.
    pub thread: String,
    /// Id of the comment.
    pub comment: String,
    /// Id of the unit; empty for a reply as a whole.
    pub unit: String,
    /// The words that are judged.
    pub text: String,
    /// The comment around a unit, or the headline of a reply.
    pub context: String,
    /// What the comment answers: the parent's text, or the article's title.
    pub answers: String,
    /// The name shown.
    pub author: String,
    /// Where the thread is on the web.
    pub url: String,
}

/// The place of an item in its thread.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) thread: &'a Thread,
    pub(super) comment: CommentIdx,
    /// `None` for a reply as a whole.
    pub(super) unit: Option<Span>,
}

impl<'a> Place<'a> {
    fn comment(self) -> &'a Comment {
        self.thread.comment(self.comment)
    }

    fn text(self) -> &'a str {
        &self.comment().body.text
    }

    /// The words that are judged.
    pub(super) fn words(self) -> &'a str {
        self.unit
            .map_or(self.text(), |span| span.slice(self.text()))
    }

    /// A number that looks random. The words take part, for boards without ids number the comments of every
    /// page anew.
    pub(super) fn number(self, seed: u64) -> u64 {
        let at = self.unit.map(|span| (span.start(), span.end()));
        let (thread, comment) = (&self.thread.id, &self.comment().id);
        stable_hash(&format!("{:?}", (seed, thread, comment, at, self.words())))
    }

    pub(super) fn item(self) -> Item {
        let comment = self.comment();
        let (answers, _) = answered(self.thread, &comment.parent);
        Item {
            thread: self.thread.id.clone(),
            comment: comment.id.clone(),
            unit: self.unit.map_or_else(String::new, |span| self.id(span)),
            text: start(self.words(), WORDS),
            context: match self.unit {
                Some(span) => around(self.text(), span),
                None => comment.title.clone().unwrap_or_default(),
            },
            answers: start(answers.unwrap_or_default(), ANSWERED),
            author: comment
                .author
                .as_ref()
                .map_or_else(String::new, |author| author.name.clone()),
            url: self.thread.url.clone().unwrap_or_default(),
        }
    }

    /// The unit's id, in code points as everywhere.
    fn id(self, span: Span) -> String {
        let points = |end: usize| self.text()[..end].chars().count();
        let (start, end) = (points(span.start()), points(span.end()));
        format!("{}@{start}-{end}", self.comment().id)
    }
}

/// The first `limit` code points.
fn start(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The last `limit` code points.
fn end(text: &str, limit: usize) -> String {
    match text.char_indices().rev().nth(limit) {
        Some((before, c)) => format!("…{}", &text[before + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

fn around(text: &str, span: Span) -> String {
    let (before, behind) = (&text[..span.start()], &text[span.end()..]);
    let words = start(span.slice(text), ANSWERED);
    format!("{}{words}{}", end(before, AROUND), start(behind, AROUND))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::marked, segment};

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(start("äöü", 2), "äö…");
        assert_eq!(end("äöü", 2), "…öü");
        assert_eq!(
            (start("äöü", 3), end("äöü", 3)),
            ("äöü".into(), "äöü".into())
        );
        let text = format!("{} It leaks. {}", "ä".repeat(600), "ü".repeat(600));
        let at = text.find("It").unwrap();
        let shown = around(&text, Span::new(at, at + 9));
        assert!(shown.starts_with("…ä") && shown.ends_with("ü…") && shown.contains(" It leaks. "));
        assert_eq!(shown.chars().count(), 2 * 500 + 9 + 2);
    }

    #[test]
    fn an_item_names_its_place_in_code_points_and_what_it_answers() {
        let thread = marked::thread(&[
            ("a", "", "The key leaked."),
            ("b", "a", "Größer. It did not."),
        ]);
        let unit = segment::units(&thread)[2];
        let place = Place {
            thread: &thread,
            comment: unit.comment,
            unit: Some(unit.span),
        };
        let item = place.item();
        assert_eq!(
            (item.unit.as_str(), item.text.as_str()),
            ("b@8-19", "It did not.")
        );
        assert_eq!(item.context, "Größer. It did not.");
        assert_eq!(item.answers, "The key leaked.");
        let whole = Place {
            unit: None,
            ..place
        };
        assert_eq!(whole.item().text, "Größer. It did not.");
        let numbers = [place.number(1), place.number(2), whole.number(1)];
        assert!(numbers[0] != numbers[1] && numbers[0] != numbers[2]);
    }
}
