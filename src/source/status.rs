//! The text of a status as Mastodon's answers and pages hold it.

use super::markup::has_class;
use crate::text::{
    Body,
    html::{self, Role, Step, walk},
};
use scraper::ElementRef;
use std::collections::HashSet;

/// The text without the mentions that it begins with: they say to whom it goes and are no words of it. A
/// text of mentions alone stays as it is.
pub(super) fn body(content: ElementRef<'_>) -> Body {
    let mut leading = HashSet::new();
    let mut ended = false;
    walk(content, |step| match step {
        Step::Open(element) if !ended && is_mention(element) => {
            leading.insert(element.id());
            false
        }
        Step::Open(_) => !ended,
        Step::Text(text) => {
            ended |= !text.trim().is_empty();
            false
        }
        Step::Close(_) => false,
    });
    if !ended {
        leading.clear();
    }
    html::body_with(content, |element| match leading.contains(&element.id()) {
        true => Role::Skip,
        false => Role::Usual,
    })
}

/// Whether an element is a link to somebody; links to topics have the class too.
fn is_mention(element: ElementRef<'_>) -> bool {
    element.value().name() == "a" && has_class(element, "mention") && !has_class(element, "hashtag")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_mentions_are_no_words() {
        let mention = |name: &str| {
            format!(
                "<span class=h-card><a href=/@{name} class='u-url mention'>@<span>{name}</span></a></span>"
            )
        };
        let (ada, bob) = (mention("ada"), mention("bob"));
        let tag = "<a href=/tags/keys class='mention hashtag'>#<span>keys</span></a>";
        for (content, text) in [
            (
                format!("<p>{ada} {bob} Rotate, {ada}!</p><p>{bob} too</p>"),
                "Rotate, @ada!\n\n@bob too",
            ),
            (format!("<p>{tag} leak</p>"), "#keys leak"),
            (format!("<p>{ada}</p>"), "@ada"),
            (format!("<p>{ada}<br>Yes.<br>No.</p>"), "Yes.\nNo."),
            ("plain &amp; simple".to_owned(), "plain & simple"),
        ] {
            let (page, _) = html::parse_document(&content);
            assert_eq!(body(page.root_element()).text, text);
        }
    }
}
