//! Keeps a page from nesting deeper, and its tags from growing longer, than a parser can bear.
//!
//! The HTML standard makes a parser look up its stack of open elements at every block, so that time
//! grows with the square of the nesting: 100,000 nested `div`s cost half a minute. Browsers therefore
//! attach what is deeper than 512 elements to the last of these, as siblings. [`limit`] does the same
//! to the page's source, in one pass over its tags and with no tree.

use std::collections::HashMap;

/// Deepest nesting of lists that is kept.
const LIMIT: usize = 512;

/// How much deeper other elements may nest, so that the last items of lists keep what they hold.
const SLACK: usize = 64;

/// Pieces of one tag beyond which its attributes are dropped: a parser compares each attribute with
/// all before it, and no tag that says anything has so many.
const PIECES: usize = 2_000;

/// A page that shows the same, nests not much deeper than [`LIMIT`] and has no tag of too many
/// [`PIECES`]; `None` where the page itself is so.
pub(super) fn limit(page: &str) -> Option<String> {
    let mut flattener = Flattener::default();
    let mut at = 0;
    while let Some(tag) = Tag::next(page, at) {
        flattener.tag(page, &tag);
        if tag.pieces > PIECES && !tag.closes {
            flattener.replace(page, tag.start, tag.end, &format!("<{}>", tag.name));
        }
        at = tag.end;
        if !tag.closes && is_raw(&tag.name) {
            at = raw_end(page, at, &tag.name);
        }
    }
    flattener.out.map(|mut out| {
        out.push_str(&page[flattener.copied..]);
        out
    })
}

/// A tag and where it stands.
struct Tag {
    name: String,
    start: usize,
    end: usize,
    closes: bool,
    /// Whether it is written `<name/>`.
    empty: bool,
    /// Attributes that it has at the most.
    pieces: usize,
}

impl Tag {
    /// The first tag behind `at`.
    fn next(page: &str, mut at: usize) -> Option<Self> {
        loop {
            let start = at + page[at..].find('<')?;
            let rest = &page[start + 1..];
            if rest.starts_with("!--") {
                at = start + 1 + rest[1..].find("-->").map_or(rest.len(), |end| end + 4);
                continue;
            }
            let closes = rest.starts_with('/');
            let named = &rest[usize::from(closes)..];
            if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
                at = start + 1;
                continue;
            }
            let length = named
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
                .unwrap_or(named.len());
            let (end, pieces) = tag_end(page, start + 1);
            return Some(Self {
                name: named[..length].to_ascii_lowercase(),
                start,
                end,
                closes,
                empty: page[..end].ends_with("/>"),
                pieces,
            });
        }
    }
}

/// First byte behind the tag whose name starts at `at`, and the number of its pieces; `>` in a quoted
/// value does not end it.
fn tag_end(page: &str, at: usize) -> (usize, usize) {
    let mut pieces = 0;
    let mut quote = None;
    let mut value = false;
    for (offset, byte) in page.as_bytes()[at..].iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => {
                pieces += 1;
                quote = None;
            }
            (Some(_), _) => {}
            (None, b'"' | b'\'') if value => quote = Some(byte),
            (None, b'>') => return (at + offset + 1, pieces),
            (None, b'=') => {
                value = true;
                continue;
            }
            (None, byte) if byte.is_ascii_whitespace() => {
                pieces += 1;
                continue;
            }
            (None, b'/') => pieces += 1,
            _ => {}
        }
        value = false;
    }
    (page.len(), pieces)
}

/// Elements whose content is no markup.
fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "textarea"
            | "title"
            | "noscript"
            | "iframe"
            | "xmp"
            | "noembed"
            | "noframes"
    )
}

/// Where the content of a raw element ends: at its end tag.
fn raw_end(page: &str, mut at: usize, name: &str) -> usize {
    while let Some(found) = page[at..].find("</") {
        at += found + 2;
        let rest = page.as_bytes()[at..].get(..name.len());
        if rest.is_some_and(|rest| rest.eq_ignore_ascii_case(name.as_bytes())) {
            return at - 2;
        }
    }
    page.len()
}

/// Elements without content.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether an open `outer` ends where `inner` begins.
fn ends_before(outer: &str, inner: &str) -> bool {
    match outer {
        "p" => super::writer::is_block(inner),
        "li" | "option" | "tr" | "a" => inner == outer,
        "dd" | "dt" => matches!(inner, "dd" | "dt"),
        "td" | "th" => matches!(inner, "td" | "th" | "tr"),
        _ => false,
    }
}

/// An open element.
struct Open {
    name: String,
    /// Whether its end tag was written early, to make room for what it should hold.
    ended: bool,
}

#[derive(Default)]
struct Flattener {
    open: Vec<Open>,
    /// Number of open elements by name.
    count: HashMap<String, usize>,
    /// Number of open elements that have not ended early.
    depth: usize,
    /// The page as changed so far; `None` before the first change.
    out: Option<String>,
    /// Bytes of the page that are in `out` or were left out of it.
    copied: usize,
}

impl Flattener {
    fn tag(&mut self, page: &str, tag: &Tag) {
        let empty = is_void(&tag.name) || tag.empty && self.in_drawing();
        match tag.closes {
            true => self.close(page, tag),
            false if empty => {}
            false => self.open(page, tag),
        }
    }

    fn open(&mut self, page: &str, tag: &Tag) {
        while self
            .open
            .last()
            .is_some_and(|top| ends_before(&top.name, &tag.name))
        {
            self.pop();
        }
        let limit = match tag.name.as_str() {
            "ol" | "ul" | "li" => LIMIT,
            _ => LIMIT + SLACK,
        };
        if self.depth >= limit
            && let Some(top) = self.open.iter_mut().rev().find(|open| !open.ended)
        {
            top.ended = true;
            self.depth -= 1;
            let end_tag = format!("</{}>", top.name);
            self.replace(page, tag.start, tag.start, &end_tag);
        }
        *self.count.entry(tag.name.clone()).or_default() += 1;
        self.depth += 1;
        self.open.push(Open {
            name: tag.name.clone(),
            ended: false,
        });
    }

    /// Ends the innermost element of the tag's name and all in it; a stray end tag is let be.
    fn close(&mut self, page: &str, tag: &Tag) {
        if self.count.get(&tag.name).is_none_or(|&count| count == 0) {
            return;
        }
        while let Some(open) = self.pop() {
            if open.name == tag.name {
                if open.ended {
                    self.replace(page, tag.start, tag.end, "");
                }
                return;
            }
        }
    }

    fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        self.depth -= usize::from(!open.ended);
        if let Some(count) = self.count.get_mut(&open.name) {
            *count -= 1;
        }
        Some(open)
    }

    /// Puts `text` in place of `start..end` of the page.
    fn replace(&mut self, page: &str, start: usize, end: usize, text: &str) {
        let out = self.out.get_or_insert_default();
        out.push_str(&page[self.copied..start]);
        out.push_str(text);
        self.copied = end;
    }

    /// Whether `<name/>` is an element without content, as it is in vector graphics and formulas.
    fn in_drawing(&self) -> bool {
        ["svg", "math"]
            .iter()
            .any(|name| self.count.get(*name).is_some_and(|&count| count > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_are_let_be() {
        let omitted = "<ul><li>a<p>b".repeat(3) + &"<li>x<p>y<br><img src='>'>".repeat(2_000);
        assert_eq!(limit(&omitted), None);
        let drawing = format!("<svg>{}</svg>", "<path d=''/>".repeat(2_000));
        assert_eq!(limit(&drawing), None);
        let script = format!("<script>{}</script>", "'<div>'".repeat(2_000));
        assert_eq!(limit(&script), None);
        let comment = format!("<!-- {} -->", "<div>".repeat(2_000));
        assert_eq!(limit(&comment), None);
    }

    #[test]
    fn what_is_too_deep_becomes_a_sibling() {
        let deep = 700;
        let page = format!(
            "{}core{}<p>after",
            "<div title='a > b'>".repeat(deep),
            "</div>".repeat(deep)
        );
        let flatter = limit(&page).unwrap_or_default();
        assert_eq!(flatter.matches("<div").count(), deep);
        assert_eq!(flatter.matches("</div>").count(), deep);
        let html = scraper::Html::parse_document(&flatter);
        let depth = |text: &str| {
            let mut nodes = html.tree.nodes();
            let node = nodes.find(|node| node.value().as_text().is_some_and(|t| &**t == text));
            node.map(|node| node.ancestors().count())
        };
        assert_eq!(depth("core"), Some(LIMIT + SLACK + 3));
        assert_eq!(depth("after"), Some(4));
    }

    #[test]
    fn tags_of_very_many_attributes_lose_them() {
        for attribute in ["a=1 ", "a/", "a=''"] {
            let page = format!("<p>one<div {}>two</div>", attribute.repeat(PIECES + 1));
            assert_eq!(limit(&page).as_deref(), Some("<p>one<div>two</div>"));
        }
        let image = format!("<img src='data:{}'>", "a b ".repeat(PIECES));
        assert_eq!(limit(&image), None);
    }

    #[test]
    fn items_keep_what_they_hold() {
        let page = "<ol><li><p><b>x</b></p>".repeat(1_000);
        let html = scraper::Html::parse_document(&limit(&page).unwrap_or_default());
        let mut items = html.tree.nodes().filter(|node| {
            let element = node.value().as_element();
            element.is_some_and(|element| element.name() == "li")
        });
        assert_eq!(items.clone().count(), 1_000);
        assert!(items.all(|item| item.children().any(|child| {
            let element = child.value().as_element();
            element.is_some_and(|element| element.name() == "p")
        })));
    }

    #[test]
    fn cut_tags_do_not_matter() {
        for tail in [
            "<",
            "</",
            "<div",
            "<div a='",
            "<!--",
            "<!-",
            "<script>",
            "<script></scr",
        ] {
            let page = "<div>".repeat(700) + tail;
            assert!(limit(&page).is_some_and(|out| out.ends_with(tail)));
        }
    }
}
