//! The level of a reply, which versions of the archive write in three ways.

use super::attr;
use scraper::{ElementRef, Node};

/// The level of a reply: in a comment before it, a class around it, or its margin of two em a level.
pub(super) fn level(email: ElementRef<'_>) -> usize {
    let mut comments = email
        .prev_siblings()
        .take(8)
        .filter_map(|node| match node.value() {
            Node::Comment(comment) => level_in(&comment.comment),
            _ => None,
        });
    let around = email.parent().and_then(ElementRef::wrap);
    let class = || around?.value().classes().find_map(level_class);
    let style = || margin(attr(around?, "style")?);
    comments.next().or_else(class).or_else(style).unwrap_or(0)
}

/// "email level: 3"
fn level_in(comment: &str) -> Option<usize> {
    comment
        .trim()
        .strip_prefix("email level:")?
        .trim()
        .parse()
        .ok()
}

/// "reply-level-3", "level3", "indent-3"
fn level_class(class: &str) -> Option<usize> {
    let name = class.trim_end_matches(|c: char| c.is_ascii_digit());
    let known = name.contains("level") || name.contains("indent");
    class[name.len()..].parse().ok().filter(|_| known)
}

/// "margin-left:6em;"
fn margin(style: &str) -> Option<usize> {
    let (_, value) = style.split_once("margin-left:")?;
    let number: f32 = value.split_once("em")?.0.trim().parse().ok()?;
    (0.0..1000.0)
        .contains(&number)
        .then(|| (number / 2.0).round() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_in_all_ways() {
        assert_eq!(level_in(" email level: 3 "), Some(3));
        assert_eq!(level_in(" Start email "), None);
        assert_eq!(
            (level_class("reply-level-4"), level_class("even")),
            (Some(4), None)
        );
        assert_eq!(
            (margin("margin-left:6em;"), margin("margin-left: 0em")),
            (Some(3), Some(0))
        );
        assert_eq!(margin("color: red"), None);
    }
}
