//! Writes the text of an element block by block while its tree is walked.

use super::{Role, Step, walk};
use crate::{
    span::Span,
    text::{BlockKind, Body, BodyBuilder, Link},
};
use scraper::ElementRef;

/// Makes the body of `root`.
pub(super) fn write<'a>(root: ElementRef<'a>, role: impl Fn(ElementRef<'a>) -> Role) -> Body {
    let mut writer = Writer::default();
    walk(root, |step| match step {
        Step::Open(element) => {
            let role = role(element);
            let skip = role == Role::Skip || !is_shown(element);
            if !skip {
                writer.open(element, role);
            }
            !skip
        }
        Step::Text(text) => {
            writer.text(text);
            false
        }
        Step::Close(element) => {
            let role = role(element);
            if role != Role::Skip && is_shown(element) {
                writer.close(element, role);
            }
            false
        }
    });
    writer.flush();
    writer.builder.build()
}

/// What stands between two words; the greater one wins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Cell,
    Line,
}

#[derive(Debug, Default)]
struct Writer {
    builder: BodyBuilder,
    /// The open block.
    text: String,
    links: Vec<Link>,
    gap: Gap,
    /// The link whose words are being written: where they start, once they do, and its address.
    link: Option<(Option<usize>, String)>,
    /// The kinds of the open elements that set one.
    kinds: Vec<BlockKind>,
    quotes: usize,
    /// Open elements that keep white space.
    verbatim: usize,
}

impl Writer {
    fn open(&mut self, element: ElementRef<'_>, role: Role) {
        let name = element.value().name();
        if is_block(name) || matches!(role, Role::As(_)) {
            self.flush();
        }
        if let Some(kind) = kind_of(name, role) {
            self.kinds.push(kind);
            self.quotes += usize::from(kind == BlockKind::Quote);
        }
        match name {
            "pre" => self.verbatim += 1,
            "br" => self.line_break(),
            "tr" => self.gap = self.gap.max(Gap::Line),
            "td" | "th" => self.gap = self.gap.max(Gap::Cell),
            "q" => self.word("\u{201c}"),
            "a" => {
                self.end_link();
                self.link = element.attr("href").map(|url| (None, url.to_owned()));
            }
            _ => {}
        }
    }

    fn close(&mut self, element: ElementRef<'_>, role: Role) {
        let name = element.value().name();
        if is_block(name) || matches!(role, Role::As(_)) {
            self.flush();
        }
        if let Some(kind) = kind_of(name, role) {
            self.kinds.pop();
            self.quotes -= usize::from(kind == BlockKind::Quote);
        }
        match name {
            "pre" => self.verbatim -= 1,
            "q" => {
                self.gap = Gap::None;
                self.word("\u{201d}");
            }
            "a" => self.end_link(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.verbatim > 0 {
            return self.word(text);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(is_collapsed).unwrap_or(rest.len());
            if end > 0 {
                self.word(&rest[..end]);
            }
            let after = rest[end..].trim_start_matches(is_collapsed);
            if after.len() < rest.len() - end {
                self.gap = self.gap.max(Gap::Space);
            }
            rest = after;
        }
    }

    /// Appends what holds no white space to collapse.
    fn word(&mut self, word: &str) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Cell => " | ",
                Gap::Line => "\n",
            });
        }
        self.gap = Gap::None;
        if let Some((start, _)) = &mut self.link {
            start.get_or_insert(self.text.len());
        }
        self.text.push_str(word);
    }

    /// A line break; the second in a row ends the paragraph.
    fn line_break(&mut self) {
        match self.gap {
            _ if self.verbatim > 0 => self.text.push('\n'),
            Gap::Line => self.flush(),
            _ => self.gap = Gap::Line,
        }
    }

    fn end_link(&mut self) {
        if let Some((Some(start), url)) = self.link.take() {
            let span = Span::new(start, self.text.len());
            self.links.push(Link { span, url });
        }
    }

    /// Ends the open block; a link that is open goes on in the next.
    fn flush(&mut self) {
        let url = self.link.as_ref().map(|(_, url)| url.clone());
        self.end_link();
        self.link = url.map(|url| (None, url));
        self.gap = Gap::None;
        let links = std::mem::take(&mut self.links);
        match self.kind() {
            BlockKind::Paragraph => self.builder.paragraph(&self.text, links),
            kind => self.builder.block(kind, &self.text, links),
        };
        self.text.clear();
    }

    /// What is quoted is somebody else's words, be it code or a list.
    fn kind(&self) -> BlockKind {
        match self.kinds.last() {
            Some(&kind @ (BlockKind::Attribution | BlockKind::Signature)) => kind,
            _ if self.quotes > 0 => BlockKind::Quote,
            Some(&kind) => kind,
            None => BlockKind::Paragraph,
        }
    }
}

/// White space that a browser collapses; a no-break space is not.
const fn is_collapsed(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

fn kind_of(name: &str, role: Role) -> Option<BlockKind> {
    match (role, name) {
        (Role::As(kind), _) => Some(kind),
        (_, "blockquote") => Some(BlockKind::Quote),
        (_, "pre") => Some(BlockKind::Code),
        (_, "li") => Some(BlockKind::List),
        _ => None,
    }
}

fn is_shown(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    let dropped = matches!(
        name,
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "textarea"
            | "select"
            | "button"
            | "iframe"
            | "object"
            | "audio"
            | "video"
            | "canvas"
            | "svg"
            | "math"
    );
    !dropped && element.attr("hidden").is_none()
}

/// Whether an element stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "ul"
    )
}
