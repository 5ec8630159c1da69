//! Small questions about elements that every source of HTML asks.

use super::time;
use crate::text::html;
use jiff::Timestamp;
use scraper::{CaseSensitivity, ElementRef, Selector};

/// Whether an element has a class.
pub(super) fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    element
        .value()
        .has_class(class, CaseSensitivity::CaseSensitive)
}

/// A CSS selector that is written in the code.
///
/// # Panics
/// When it is none; keep it in a `LazyLock` and read a page in a test.
pub(super) fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector that is right")
}

/// The first element below `element` that `selector` selects.
pub(super) fn first<'a>(element: ElementRef<'a>, selector: &Selector) -> Option<ElementRef<'a>> {
    element.select(selector).next()
}

/// The words of the first selected element on one line; none where there are none.
pub(super) fn words(element: ElementRef<'_>, selector: &Selector) -> Option<String> {
    let line = html::line(first(element, selector)?);
    (!line.is_empty()).then_some(line)
}

/// The value of an attribute, without white space around it; none where it is empty.
pub(super) fn attr<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    element
        .attr(name)
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

/// The instant that a `time` element, or one with such attributes, names.
pub(super) fn instant(element: ElementRef<'_>) -> Option<Timestamp> {
    let stated = [
        "datetime",
        "data-time",
        "data-timestamp",
        "data-epoch",
        "title",
    ];
    stated
        .iter()
        .filter_map(|name| attr(element, name))
        .find_map(time::parse)
        .or_else(|| time::parse(&html::line(element)))
}

/// The run of digits that follows `prefix`, wherever it first stands in `text` with one.
pub(super) fn digits_after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    text.match_indices(prefix).find_map(|(at, _)| {
        let rest = &text[at + prefix.len()..];
        let end = rest.bytes().take_while(u8::is_ascii_digit).count();
        (end > 0).then(|| &rest[..end])
    })
}

/// The address that a page gives itself.
pub(super) fn address(root: ElementRef<'_>) -> Option<String> {
    let mut elements = root.descendent_elements();
    elements.find_map(|element| {
        let address = match element.value().name() {
            "link" if element.attr("rel") == Some("canonical") => attr(element, "href"),
            "meta" if element.attr("property") == Some("og:url") => attr(element, "content"),
            _ => None,
        };
        address.map(str::to_owned)
    })
}
