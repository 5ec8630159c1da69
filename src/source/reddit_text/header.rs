//! The lines that begin a comment, stand for others, or end one.

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// It begins a comment.
    Comment(Header<'a>),
    /// "load more comments (9 replies)".
    More(usize),
    /// "continue this thread".
    Deep,
    /// Anything else.
    Other,
}

/// What the line above a comment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    /// The letters in the brackets behind the name: S for the submitter, M, A.
    pub(super) marks: &'a str,
    pub(super) points: Option<i64>,
    /// How many comments stand below this one.
    pub(super) below: Option<usize>,
    /// Whether the page folds it.
    pub(super) folded: bool,
}

/// What a line is; white space around it says nothing.
pub(super) fn read(line: &str) -> Line<'_> {
    let line = line.trim();
    if let Some(header) = header(line) {
        return Line::Comment(header);
    }
    if let Some(rest) = line.strip_prefix("load more comments") {
        let count = counted(rest.trim(), "repl").filter(|_| rest.trim().ends_with(')'));
        return count.map_or(Line::Other, Line::More);
    }
    match line.trim_end_matches([' ', '\u{a0}', '→', '»', '>']) {
        "continue this thread" => Line::Deep,
        _ => Line::Other,
    }
}

fn header(line: &str) -> Option<Header<'_>> {
    let signs = [
        ("[–]", false),
        ("[-]", false),
        ("[—]", false),
        ("[−]", false),
        ("[+]", true),
    ];
    let (rest, folded) = signs
        .iter()
        .find_map(|(sign, folded)| Some((line.strip_prefix(sign)?, *folded)))?;
    let rest = rest.trim_start();
    let gone = "[deleted]";
    let end = match rest.starts_with(gone) {
        true => gone.len(),
        false => rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
            .unwrap_or(rest.len()),
    };
    let (name, rest) = rest.split_at(end);
    if name.is_empty() {
        return None;
    }
    let below = rest.rfind('(').and_then(|at| counted(&rest[at..], "child"));
    let points = points(rest);
    let scored =
        points.is_some() || rest.contains("score hidden") || rest.contains("score below threshold");
    // A deleted comment has a time or a count and no points.
    let told = below.is_some() || rest.contains(" ago");
    if !told || !scored && name != gone && below.is_none() {
        return None;
    }
    let marks = rest
        .trim_start()
        .strip_prefix('[')
        .and_then(|inner| inner.split_once(']'));
    let marks = marks.map(|(marks, _)| marks);
    let is_marks = |marks: &&str| marks.chars().all(|c| "SMAF, ".contains(c));
    Some(Header {
        name,
        marks: marks.filter(is_marks).unwrap_or_default(),
        points,
        below,
        folded,
    })
}

/// The number in "(14 children)".
fn counted(text: &str, what: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let (number, behind) = inner.split_once(|c: char| c.is_whitespace())?;
    behind.trim_start().starts_with(what).then_some(())?;
    number.replace(',', "").parse().ok()
}

/// The score. A page writes it as it would be with a vote against the comment, without one, and with a
/// vote for it; text browsers show all of these, or the last two, or the middle one.
fn points(text: &str) -> Option<i64> {
    let scores: Vec<i64> = text
        .match_indices(" point")
        .filter_map(|(at, _)| {
            let before = &text[..at];
            let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
            let number = before[digits.len()..]
                .replace(',', "")
                .parse::<i64>()
                .ok()?;
            Some(if digits.ends_with(['-', '\u{2212}']) {
                -number
            } else {
                number
            })
        })
        .collect();
    match scores[..] {
        [_, score, _] => Some(score),
        _ => scores.first().copied(),
    }
}

/// The links below a comment, as one word each.
const LINKS: [&str; 20] = [
    "permalink",
    "parent",
    "embed",
    "save-RES",
    "saved",
    "save",
    "unsave",
    "context",
    "fullcomments",
    "report",
    "givegold",
    "giveaward",
    "award",
    "reply",
    "source",
    "hidechildcomments",
    "showchildcomments",
    "crosspost",
    "share",
    "disableinboxreplies",
];

/// Whether a line holds nothing but links below a comment.
pub(super) fn is_links(line: &str) -> bool {
    links(line).is_some_and(|links| !links.is_empty())
}

/// Whether one of the links in a line leads to the parent.
pub(super) fn names_parent(line: &str) -> bool {
    links(line).is_some_and(|links| links.contains(&"parent"))
}

/// The links that a line holds, if it holds nothing else. They often stand without a space between them.
fn links(line: &str) -> Option<Vec<&'static str>> {
    if line.len() > 200 {
        return None;
    }
    let line: String = line
        .chars()
        .filter(|c| c.is_alphabetic() || *c == '-')
        .collect();
    let mut rest = line.as_str();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let link = LINKS.iter().find(|link| rest.starts_with(**link))?;
        found.push(*link);
        rest = &rest[link.len()..];
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_begin_a_comment() {
        let read = |line| match read(line) {
            Line::Comment(header) => Some((header.name, header.marks, header.points, header.below)),
            _ => None,
        };
        for (line, expected) in [
            (
                "[–]ada 38 points39 points  (14 children)",
                Some(("ada", "", Some(38), Some(14))),
            ),
            (
                "  [-] ada_x[S] 37 points38 points39 points 5 years ago* (1 child)\r\n",
                Some(("ada_x", "S", Some(38), Some(1))),
            ),
            (
                "[+]bob comment score below threshold-8 points-7 points-6 points 2 years ago (0 children)",
                Some(("bob", "", Some(-7), Some(0))),
            ),
            (
                "[–][deleted] 5 years ago (2 children)",
                Some(("[deleted]", "", None, Some(2))),
            ),
            (
                "[–]eve [score hidden] 2 hours ago",
                Some(("eve", "", None, None)),
            ),
            (
                "[–]adaTeam Blue[M] -1 points0 points1 point an hour ago  (0 children)",
                Some(("adaTeam", "", Some(0), Some(0))),
            ),
            ("[-] todo (2 children)", Some(("todo", "", None, Some(2)))),
            ("[-] buy milk 2 days ago", None),
            ("ada 38 points (14 children)", None),
            ("[–]", None),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn lines_that_stand_for_others() {
        assert_eq!(read("  load more comments  (12 replies)"), Line::More(12));
        assert_eq!(read("load more comments\u{a0}(1 reply)"), Line::More(1));
        assert_eq!(read("load more comments of yours"), Line::Other);
        assert_eq!(read("continue this thread →"), Line::Deep);
    }

    #[test]
    fn links_below_a_comment() {
        assert!(is_links("permalinkembedsaveparentreportgive awardreply"));
        assert!(names_parent("permalink embed save parent report reply"));
        assert!(!names_parent("permalinksavereply"));
        for line in ["", "save the whales", "parental"] {
            assert!(!is_links(line), "{line}");
        }
    }
}
