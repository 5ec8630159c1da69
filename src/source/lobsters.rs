//! What all forms of Lobsters' threads share: authors, notices in place of comments, addresses.

use crate::thread::{Author, State};

/// An author; the name is the profile's id.
pub(super) fn author(name: &str) -> Option<Author> {
    let name = name.trim();
    (!name.is_empty()).then(|| Author {
        name: name.to_owned(),
        id: Some(name.to_owned()),
        ..Author::default()
    })
}

/// Who took a comment away, if its text is the board's notice of that.
pub(super) fn notice(text: &str) -> Option<State> {
    let text = text.trim().trim_start_matches('[');
    let begins = |notices: &[&str]| notices.iter().any(|notice| text.starts_with(notice));
    if begins(&["Comment removed by author", "Deleted by author"]) {
        return Some(State::Deleted);
    }
    let by_others = [
        "Comment removed by moderator",
        "Thread removed by moderator",
        "Comment from banned user removed",
    ];
    begins(&by_others).then_some(State::Removed)
}

/// The story's id in an address of it or of one of its comments.
pub(super) fn story_in(url: &str) -> Option<&str> {
    let (_, path) = url.split_once("/s/")?;
    let id = path.split(['/', '?', '#', '.']).next()?;
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_id.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_and_addresses() {
        assert_eq!(notice("[Comment removed by author]"), Some(State::Deleted));
        assert_eq!(
            notice("Comment from banned user removed"),
            Some(State::Removed)
        );
        assert_eq!(notice("The comment removed by author"), None);
        assert_eq!(
            story_in("https://lobste.rs/s/mbw0z5/slug#c_a"),
            Some("mbw0z5")
        );
        assert_eq!(story_in("/s/abc.json"), Some("abc"));
        assert_eq!(story_in("https://example.org/"), None);
    }
}
