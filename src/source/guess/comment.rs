//! Reads one comment of an unknown page.

use super::{
    super::{forum::elements, markup::attr},
    signs,
};
use crate::{
    text::{
        Body,
        html::{self, Role},
    },
    thread::{Author, Draft},
};
use scraper::ElementRef;

/// Reads the comment that `element` is, without the comments that stand in it.
pub(super) fn read<'a>(
    element: ElementRef<'a>,
    is_comment: impl Fn(ElementRef<'a>) -> bool,
) -> Draft {
    let is_other = |inner: ElementRef<'a>| inner != element && is_comment(inner);
    let own = elements(element, is_other);
    let inner = || own.iter().copied().skip(1);
    let author = inner()
        .filter(|e| signs::is_author(*e) && !signs::is_time(*e))
        .find_map(|e| {
            let name = signs::author_name(e)?;
            let link = std::iter::once(e).chain(e.descendent_elements());
            let profile = link.into_iter().find_map(|e| attr(e, "href"));
            Some(Author {
                name,
                id: profile
                    .filter(|address| !address.starts_with('#'))
                    .map(str::to_owned),
                ..Author::default()
            })
        });
    let posted = inner()
        .filter(|e| signs::is_time(*e))
        .find_map(signs::time_of);
    Draft {
        id: id(element, &own).unwrap_or_default(),
        author,
        posted,
        body: text(element, &own, is_other),
        ..Draft::default()
    }
}

/// The comment's id: its element's, or the one in the link to itself.
fn id(element: ElementRef<'_>, own: &[ElementRef<'_>]) -> Option<String> {
    let names = [
        "data-comment-id",
        "data-id",
        "data-commentid",
        "data-post-id",
        "id",
    ];
    let stated = names.iter().find_map(|name| attr(element, name));
    let anchor = || {
        let mut inner = own.iter().skip(1);
        inner.find_map(|e| {
            let link = attr(*e, "href").and_then(|href| Some(href.split_once('#')?.1));
            let name = attr(*e, "name").filter(|_| e.value().name() == "a");
            let id = attr(*e, "id");
            [id, name, link]
                .into_iter()
                .flatten()
                .find(|name| numbered(name))
        })
    };
    stated.or_else(anchor).map(|name| bare(name).to_owned())
}

fn numbered(name: &str) -> bool {
    name.len() > 1 && name.ends_with(|c: char| c.is_ascii_digit())
}

/// An id without the word before its number.
pub(super) fn bare(name: &str) -> &str {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_label = word
        .chars()
        .all(|c| c.is_ascii_alphabetic() || "-_".contains(c));
    match word.len() < name.len() && is_label {
        true => &name[word.len()..],
        false => name,
    }
}

/// The text: of the element that says it holds one and neither author nor time, else all that does not
/// stand beside a text.
fn text<'a>(
    element: ElementRef<'a>,
    own: &[ElementRef<'a>],
    is_other: impl Fn(ElementRef<'a>) -> bool,
) -> Body {
    let is_clean = |e: &ElementRef<'a>| {
        let holds = |inner: ElementRef<'a>| {
            inner != *e
                && (signs::is_time(inner) || signs::is_author(inner) && inner.value().name() != "a")
        };
        e.text().any(|text| text.contains(char::is_alphanumeric))
            && !e.descendent_elements().any(holds)
    };
    let marked = own
        .iter()
        .copied()
        .skip(1)
        .filter(|e| signs::holds_text(*e));
    let content = marked.take(4).find(is_clean);
    html::body_with(content.unwrap_or(element), |inner| {
        let beside = content.is_none() && inner != element && signs::is_beside(inner);
        match is_other(inner) || beside {
            true => Role::Skip,
            false => Role::Usual,
        }
    })
}
