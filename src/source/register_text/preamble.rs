//! Reads what stands before the comments: the article's headline and standfirst, and page links.

use super::{super::register::headline, lines::Line};
use crate::thread::Article;

/// What stands before the comments.
#[derive(Debug, Default)]
pub(super) struct Preamble {
    pub(super) title: Option<String>,
    /// The article's standfirst.
    text: Option<String>,
    /// Whether there are links to further pages.
    pub(super) paged: bool,
    /// Whether words of a comment stand there whose beginning is on an earlier page.
    pub(super) torn: bool,
}

/// Reads the lines before the first comment.
pub(super) fn read(lines: &[Line<'_>]) -> Preamble {
    let mut preamble = Preamble::default();
    let mut text = String::new();
    for line in lines {
        if let Some(title) = headline(line.text).filter(|_| preamble.title.is_none()) {
            preamble.title = Some(title.to_owned());
            text.clear();
        } else if line.text.starts_with("Page:") {
            preamble.paged = true;
        } else if preamble.paged && is_page_link(line.text) {
            // The numbers that belong to "Page:".
        } else if line.indent >= 4 {
            preamble.torn = true;
        } else {
            if !text.is_empty() {
                text.push_str(if line.apart { "\n\n" } else { "\n" });
            }
            text.push_str(line.text);
        }
    }
    preamble.text = (!text.is_empty()).then_some(text);
    preamble
}

fn is_page_link(line: &str) -> bool {
    line.split_whitespace().all(|word| {
        matches!(word, "Next" | "Prev" | "Previous" | "All" | "»" | "«" | "…")
            || word.bytes().all(|byte| byte.is_ascii_digit())
    })
}

impl Preamble {
    /// The article, if anything is said of it.
    pub(super) fn article(&self) -> Option<Article> {
        let (title, text) = (self.title.clone(), self.text.clone());
        (title.is_some() || text.is_some()).then_some(Article {
            title,
            url: None,
            text,
        })
    }
}
