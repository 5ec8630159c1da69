//! What both forms of The Register's pages share: names, badges, icons, notices.

use crate::thread::{Author, State};

/// The name that stands for nobody in particular.
const ANONYMOUS: &str = "Anonymous Coward";

/// The ranks that the board shows behind a name.
const BADGES: [&str; 3] = ["Gold badge", "Silver badge", "Bronze badge"];

/// Names of the icons that an author can put beside a comment. Anonymous authors have one that is
/// called like them.
const ICONS: [&str; 46] = [
    ANONYMOUS,
    "Alert",
    "Alien",
    "Angel",
    "Big Brother",
    "Black Helicopters",
    "Boffin",
    "Childcatcher",
    "Coat",
    "Coffee/keyboard",
    "Dead Vulture",
    "Devil",
    "FAIL",
    "Facepalm",
    "Flame",
    "Gates Halo",
    "Gates Horns",
    "Gimp",
    "Go",
    "Grenade",
    "Happy",
    "Headmaster",
    "Heart",
    "Holmes",
    "IT Angle",
    "Jobs Halo",
    "Jobs Horns",
    "Joke",
    "Linux",
    "Megaphone",
    "Meh",
    "Mushroom",
    "Paris Hilton",
    "Pint",
    "Pirate",
    "Stop",
    "Terminator",
    "Thumb Down",
    "Thumb Up",
    "Thumbs Down",
    "Thumbs Up",
    "Trollface",
    "Unhappy",
    "WTF",
    "WTF?",
    "Windows",
];

/// Longest line that can be a title.
pub(super) const TITLE: usize = 100;

/// Whether a line is the name of an icon.
pub(super) fn is_icon(line: &str) -> bool {
    ICONS.contains(&line)
}

/// The author whom a line names, perhaps with a badge behind the name.
pub(super) fn author(line: &str) -> Option<Author> {
    let words: Vec<_> = line.split_whitespace().collect();
    let line = words.join(" ");
    let badge = BADGES.iter().find(|badge| line.ends_with(**badge));
    let name = badge.map_or(line.as_str(), |badge| &line[..line.len() - badge.len()]);
    let name = name.trim_end();
    (!name.is_empty()).then(|| Author {
        name: name.to_owned(),
        id: None,
        anonymous: name == ANONYMOUS,
        badge: badge.map(|badge| (*badge).to_owned()),
    })
}

/// The badge that an image's description names.
pub(super) fn badge(description: &str) -> Option<String> {
    let badge = BADGES
        .iter()
        .find(|badge| description.trim().eq_ignore_ascii_case(badge));
    badge.map(|badge| (*badge).to_owned())
}

/// What happened to a comment in whose place `line` stands; `None` if it is no such notice.
pub(super) fn notice(line: &str) -> Option<State> {
    let line = line.trim().trim_end_matches('.').to_lowercase();
    let who = line.strip_prefix("this post has been ")?;
    let who = ["deleted by ", "removed by "]
        .iter()
        .find_map(|what| who.strip_prefix(what))?;
    match who {
        "its author" | "the author" | "its owner" => Some(State::Deleted),
        "a moderator" | "the moderator" | "the moderators" | "moderators" => Some(State::Removed),
        _ => None,
    }
}

/// The title that `line` answers, if it is the title of an answer.
pub(super) fn answered_title(line: &str) -> Option<&str> {
    line.strip_prefix("Re: ").map(str::trim_start)
}

/// The article's headline, if the line leads back to the article.
pub(super) fn headline(line: &str) -> Option<&str> {
    const LEAD: &str = "back to article ";
    let lead = line.get(..LEAD.len())?;
    let title = line[LEAD.len()..].trim();
    (lead.eq_ignore_ascii_case(LEAD) && !title.is_empty()).then_some(title)
}

/// An id for a thread whose page does not tell one.
pub(super) fn thread_id(title: Option<&str>) -> String {
    const LONGEST: usize = 80;
    let mut id = String::new();
    for c in title
        .unwrap_or_default()
        .chars()
        .flat_map(char::to_lowercase)
    {
        if id.len() >= LONGEST {
            break;
        }
        match c {
            _ if c.is_alphanumeric() => id.push(c),
            '\'' | '\u{2019}' => {}
            _ if id.is_empty() || id.ends_with('-') => {}
            _ => id.push('-'),
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    if id.is_empty() {
        id.push_str("register-thread");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_badges() {
        let read = |line| author(line).map(|a| (a.name, a.badge, a.anonymous));
        let named = |name: &str, badge: Option<&str>, anonymous| {
            Some((name.to_owned(), badge.map(str::to_owned), anonymous))
        };
        assert_eq!(
            read("Ada\u{a0}Example Silver badge"),
            named("Ada Example", Some("Silver badge"), false)
        );
        assert_eq!(
            read("Anonymous Coward"),
            named("Anonymous Coward", None, true)
        );
        assert_eq!(read("badge"), named("badge", None, false));
        assert_eq!(read(" "), None);
    }

    #[test]
    fn notices() {
        assert_eq!(
            notice("This post has been deleted by its author"),
            Some(State::Deleted)
        );
        assert_eq!(
            notice("This post has been deleted by a moderator."),
            Some(State::Removed)
        );
        assert_eq!(notice("This post has been deleted by mistake"), None);
    }

    #[test]
    fn ids_from_titles() {
        assert_eq!(
            thread_id(Some("Vendor's key “leak”: 3 firms hit!")),
            "vendors-key-leak-3-firms-hit"
        );
        assert_eq!(thread_id(Some("…")), "register-thread");
        assert_eq!(thread_id(None), "register-thread");
    }
}
