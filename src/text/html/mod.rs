//! Turns HTML into [`Body`]s, as a reader sees it: blocks, line breaks, links, decoded entities.
//!
//! [`parse_document`] parses a page in bounded time whatever its nesting, [`walk`] visits a tree
//! without recursion, and [`body`] makes the text. Boards mark quotations and noise in ways of their
//! own; [`body_with`] lets a source say what an element is.

mod nesting;
mod writer;

use super::{BlockKind, Body};
use scraper::{ElementRef, Html, Node};

/// What an element means for the text of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// What its name says.
    Usual,
    /// Nothing: it is left out with all that it holds.
    Skip,
    /// A block of this kind.
    As(BlockKind),
}

/// A step of [`walk`].
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// An element begins; it is entered if the visitor says so.
    Open(ElementRef<'a>),
    /// A piece of text.
    Text(&'a str),
    /// An element ends, entered or not.
    Close(ElementRef<'a>),
}

/// Parses a page. The flag says whether it nests so deeply that elements were made siblings.
#[must_use]
pub fn parse_document(page: &str) -> (Html, bool) {
    match nesting::limit(page) {
        None => (Html::parse_document(page), false),
        Some(flatter) => (Html::parse_document(&flatter), true),
    }
}

/// Visits `root` and all below it in document order; `visit` says whether to enter an opened element.
pub fn walk<'a>(root: ElementRef<'a>, mut visit: impl FnMut(Step<'a>) -> bool) {
    let mut node = *root;
    loop {
        let entered = match node.value() {
            Node::Element(_) => {
                ElementRef::wrap(node).is_some_and(|element| visit(Step::Open(element)))
            }
            Node::Text(text) => {
                visit(Step::Text(text));
                false
            }
            _ => false,
        };
        if let Some(child) = node.first_child().filter(|_| entered) {
            node = child;
            continue;
        }
        loop {
            if let Some(element) = ElementRef::wrap(node) {
                visit(Step::Close(element));
            }
            if node == *root {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return,
            }
        }
    }
}

/// The text of an element with its blocks and links.
///
/// # Example
/// ```
/// use rejoinder::text::{BlockKind, html};
///
/// let (page, _) = html::parse_document("<blockquote>All is well.</blockquote><p>It is&nbsp;not.");
/// let body = html::body(page.root_element());
/// assert_eq!(body.text, "All is well.\n\nIt is\u{a0}not.");
/// assert_eq!(body.blocks[0].kind, BlockKind::Quote);
/// ```
#[must_use]
pub fn body(element: ElementRef<'_>) -> Body {
    body_with(element, |_| Role::Usual)
}

/// Like [`body`], with `role` saying what elements mean beyond their names.
#[must_use]
pub fn body_with<'a>(element: ElementRef<'a>, role: impl Fn(ElementRef<'a>) -> Role) -> Body {
    writer::write(element, role)
}

/// The words of an element on one line.
#[must_use]
pub fn line(element: ElementRef<'_>) -> String {
    let body = body(element);
    let words: Vec<_> = body.text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Body {
        let (page, _) = parse_document(page);
        body(page.root_element())
    }

    fn blocks(body: &Body) -> Vec<(&'static str, &str)> {
        let blocks = body.blocks.iter();
        blocks
            .map(|block| (block.kind.as_str(), block.span.slice(&body.text)))
            .collect()
    }

    #[test]
    fn paragraphs_quotes_lists_and_code() {
        let body = read(
            "<div>Lead <b>in</b></div>\n<blockquote><p>Keys\n leak.</p><ul><li>q</li></ul></blockquote>\
             <ol><li>rotate<li>revoke</ol><pre>$ ls\n  -la\n\n# end</pre>Use <code>ls</code>.",
        );
        assert_eq!(
            blocks(&body),
            [
                ("paragraph", "Lead in"),
                ("quote", "Keys leak."),
                ("quote", "q"),
                ("list", "rotate"),
                ("list", "revoke"),
                ("code", "$ ls\n  -la\n\n# end"),
                ("paragraph", "Use ls."),
            ]
        );
    }

    #[test]
    fn line_breaks() {
        let body = read("<p>one<br>\n two <br> <br><br>three<br></p>four");
        assert_eq!(body.text, "one\ntwo\n\nthree\n\nfour");
        assert_eq!(body.blocks.len(), 3);
    }

    #[test]
    fn marks_lead_quotes() {
        let body = read("<p>&gt; They patched it.<br>They did not.</p>");
        assert_eq!(
            blocks(&body),
            [
                ("quote", "> They patched it."),
                ("paragraph", "They did not.")
            ]
        );
    }

    #[test]
    fn links_hold_their_words_exactly() {
        let body = read(
            "<p>é: see <a href='/x?a=1&amp;b=2'> the\n advisory</a>, <a href=y><br>or<br><br>this</a> \
             and <a href=z></a>no.",
        );
        assert_eq!(body.text, "é: see the advisory,\nor\n\nthis and no.");
        let links: Vec<_> = body
            .links
            .iter()
            .map(|link| (link.span.slice(&body.text), link.url.as_str()))
            .collect();
        assert_eq!(
            links,
            [("the advisory", "/x?a=1&b=2"), ("or", "y"), ("this", "y")]
        );
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        let body = read(
            "<style>p{}</style><p>a<script>x()</script><noscript>n</noscript>\
             <img alt='smile' src=s.png><!-- c -->b</p><p hidden>gone</p>",
        );
        assert_eq!(body.text, "ab");
    }

    #[test]
    fn tables_are_readable() {
        let body = read("<table><tr><th>Host<th>State</tr><tr><td>a</td><td>up</td></tr></table>");
        assert_eq!(body.text, "Host | State\na | up");
    }

    #[test]
    fn roles_skip_and_name() {
        let (page, _) = parse_document("<h4>T</h4><div class=quote><p>theirs</p></div>mine");
        let body = body_with(page.root_element(), |element| {
            match element.value().name() {
                "h4" => Role::Skip,
                "div" => Role::As(BlockKind::Quote),
                _ => Role::Usual,
            }
        });
        assert_eq!(blocks(&body), [("quote", "theirs"), ("paragraph", "mine")]);
    }

    #[test]
    fn a_hundred_thousand_nested_elements() {
        for tag in [
            "div",
            "b",
            "li",
            "blockquote",
            "ol><li",
            "p",
            "table",
            "a href=x",
            "pre",
        ] {
            let page = format!("<p>start</p>{}end", format!("<{tag}>").repeat(100_000));
            let (html, flattened) = parse_document(&page);
            let body = body(html.root_element());
            assert!(body.text.starts_with("start"), "{tag}");
            assert!(body.text.ends_with("end"), "{tag}");
            assert!(flattened || matches!(tag, "p" | "li" | "a href=x"), "{tag}");
        }
    }
}
