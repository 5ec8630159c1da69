//! Words that themes put around names and texts.

use crate::{
    span::Span,
    text::{BlockKind, Body, BodyBuilder, Link},
};

/// Words between the name and the text.
const SAYS: &[&str] = &[
    "says", "said", "say", "wrote", "writes", "sagt", "sagte", "schreibt", "schrieb", "meint",
    "dit", "a dit", "a écrit", "dice", "dijo", "ha detto", "scrive", "disse", "diz", "zegt",
    "schreef", "skriver", "säger", "napisał", "pisze",
];

/// Words of links and prepositions that are left over around a text.
const LEFT_OVER: &[&str] = &[
    "on",
    "at",
    "am",
    "le",
    "el",
    "il",
    "reply",
    "permalink",
    "edit",
    "quote",
    "antworten",
    "zitieren",
    "répondre",
    "responder",
    "rispondi",
    "reageren",
    "beantwoorden",
    "svara",
    "odpowiedz",
    "link",
];

/// Words before a name.
const BEFORE_NAME: &[&str] = &[
    "posted by",
    "comment by",
    "by",
    "from",
    "von",
    "por",
    "par",
    "door",
];

/// Words before the name in what a link for replies is called ("Reply to Ann").
const REPLY_TO: &[&str] = &[
    "reply to ",
    "antworte auf ",
    "antwort auf ",
    "auf ",
    "répondre à ",
    "responder a ",
    "rispondi a ",
    "reageer op ",
    "svar till ",
    "svar til ",
    "odpowiedz na ",
    "odpowiedz użytkownikowi ",
];

/// The author's name in a line that holds it; none where the line is empty without the words around.
pub(super) fn name(line: &str) -> Option<String> {
    let mut name = trimmed(line);
    for before in BEFORE_NAME {
        let rest = name
            .get(..before.len())
            .filter(|start| start.eq_ignore_ascii_case(before));
        if rest.is_some()
            && let Some(rest) = name[before.len()..].strip_prefix([' ', ':', '\u{a0}'])
        {
            name = trimmed(rest);
            break;
        }
    }
    for says in SAYS {
        let start = name.len().saturating_sub(says.len());
        if start > 0
            && name
                .get(start..)
                .is_some_and(|end| end.eq_ignore_ascii_case(says))
            && name[..start].ends_with([' ', '\u{a0}'])
        {
            name = trimmed(&name[..start]);
            break;
        }
    }
    (!name.is_empty()).then(|| name.to_owned())
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '•' | '|' | '·' | ','))
}

/// The name in what a link for replies is called.
pub(super) fn name_in_label(label: &str) -> Option<String> {
    REPLY_TO.iter().find_map(|to| {
        let start = label.get(..to.len())?;
        start
            .eq_ignore_ascii_case(to)
            .then(|| name(&label[to.len()..]))?
    })
}

/// Whether a name stands for nobody in particular.
pub(super) fn is_nobody(name: &str) -> bool {
    let names = [
        "anonymous",
        "anonym",
        "anonyme",
        "anónimo",
        "anônimo",
        "anonimo",
        "anoniem",
    ];
    names.contains(&name.to_lowercase().as_str())
}

/// Puts bodies one behind the other and leaves out what plugins put before the text; where the text was
/// not told apart from what stands around (`wide`), also what is left over of that.
pub(super) fn cleaned(bodies: &[Body], wide: bool) -> Body {
    let mut blocks = Vec::new();
    for body in bodies {
        let mut links = body.links.iter().peekable();
        for block in &body.blocks {
            let mut inside = Vec::new();
            while let Some(link) = links.next_if(|link| link.span.start() < block.span.end()) {
                let from_start = |at: usize| at.saturating_sub(block.span.start());
                inside.push(Link {
                    span: Span::new(from_start(link.span.start()), from_start(link.span.end())),
                    url: link.url.clone(),
                });
            }
            blocks.push((block.kind, block.span.slice(&body.text), inside));
        }
    }
    let is_noise = |(kind, text, _): &(BlockKind, &str, Vec<Link>)| {
        is_notice(text) || wide && *kind != BlockKind::Quote && is_left_over(text)
    };
    let start = blocks.iter().take_while(|block| is_noise(block)).count();
    let behind = blocks[start..]
        .iter()
        .rev()
        .take_while(|block| is_noise(block))
        .count();
    let end = blocks.len() - behind;
    let mut builder = BodyBuilder::default();
    for (kind, text, links) in blocks.drain(start..end) {
        builder.block(kind, text, links);
    }
    builder.build()
}

/// Whether a block is a notice of the site.
fn is_notice(text: &str) -> bool {
    let notices = [
        "Your comment is awaiting moderation",
        "Hidden due to low comment rating",
    ];
    notices.iter().any(|notice| text.starts_with(notice))
}

/// Whether a short block is what remains of the words around a name or a link.
fn is_left_over(text: &str) -> bool {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    let word = word.to_lowercase();
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    SAYS.contains(&word.as_str())
        || LEFT_OVER.contains(&word.as_str())
        || is_number && word.len() < text.len() && text.len() < 8
        || matches!(text, "|" | "•" | "·" | ":" | "-" | "–" | "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    #[test]
    fn names_without_the_words_around_them() {
        for line in [
            "Ann Ex",
            "Ann Ex says:",
            "Posted by: Ann Ex",
            "By Ann Ex",
            " Ann Ex schreibt:",
            "Ann Ex •",
        ] {
            assert_eq!(name(line).as_deref(), Some("Ann Ex"), "{line}");
        }
        assert_eq!(name("Byron").as_deref(), Some("Byron"));
        assert_eq!(name("says").as_deref(), Some("says"));
        assert_eq!(name(" : "), None);
        assert_eq!(name_in_label("Reply to Zoë").as_deref(), Some("Zoë"));
        assert_eq!(name_in_label("Antworte auf Zoë").as_deref(), Some("Zoë"));
        assert_eq!(name_in_label("Zoë"), None);
        assert!(is_nobody("Anonymous") && !is_nobody("Anon"));
    }

    #[test]
    fn what_is_left_over_around_a_text_goes() {
        let body = plain::body(
            "Says:\n\n#12\n\nText, see http://example.org/ first.\n\nAt\n\nend.\n\n(Edit)",
        );
        let narrow = cleaned(std::slice::from_ref(&body), false);
        assert_eq!(narrow, body);
        let wide = cleaned(&[body], true);
        assert_eq!(
            wide.text,
            "Text, see http://example.org/ first.\n\nAt\n\nend."
        );
        assert_eq!(wide.links[0].span.slice(&wide.text), "http://example.org/");
        let notice = plain::body("Your comment is awaiting moderation.\n\nYes");
        assert_eq!(cleaned(&[notice], false).text, "Yes");
        let number = plain::body("12");
        assert_eq!(cleaned(&[number], true).text, "12");
    }
}
