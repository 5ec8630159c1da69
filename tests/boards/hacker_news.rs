//! Hacker News: its pages of three eras.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, assert_shows_as, escape, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::{Parent, State, Thread, codes};
use std::fmt::Write as _;

pub(crate) const HTML: Board = Board {
    source: "hn-html",
    page: |posts| today(posts, &sizes(posts), &|_| Fate::Live, ""),
};

/// The story's id; comments have greater ones.
pub(crate) const STORY: u64 = 7;

/// What becomes of a comment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fate {
    Live,
    Deleted,
    Flagged,
    Dead,
    Folded,
}

pub(crate) fn fate(post: &Post) -> Fate {
    match post.fate {
        0..8 => Fate::Deleted,
        8..16 => Fate::Flagged,
        16..24 => Fate::Dead,
        24..32 => Fate::Folded,
        _ => Fate::Live,
    }
}

/// The states of the comments, in a form that has folded ones or not.
pub(crate) fn states(posts: &[Post], folds: bool) -> Vec<State> {
    let state = |post| match fate(post) {
        Fate::Deleted => State::Deleted,
        Fate::Flagged | Fate::Dead => State::Removed,
        Fate::Folded if folds => State::Collapsed,
        Fate::Folded | Fate::Live => State::Live,
    };
    posts.iter().map(state).collect()
}

/// Comments in each branch, its first included.
fn sizes(posts: &[Post]) -> Vec<usize> {
    let mut sizes = vec![1; posts.len()];
    for at in (0..posts.len()).rev() {
        if let Some(parent) = posts[at].parent {
            sizes[parent] += sizes[at];
        }
    }
    sizes
}

/// The text as the board writes it: `<p>` between paragraphs.
pub(crate) fn text(post: &Post) -> String {
    let paragraphs: Vec<_> = post.paragraphs.iter().map(|text| escape(text)).collect();
    paragraphs.join("<p>")
}

pub(crate) fn parent_id(posts: &[Post], post: &Post) -> u64 {
    post.parent.map_or(STORY, |parent| posts[parent].id)
}

fn head(id: u64, count: usize) -> String {
    format!(
        "<html lang=\"en\" op=\"item\"><head><title>Keys | Hacker News</title></head><body><center><table id=\"hnmain\"><tr id=\"bigbox\"><td><table class=\"fatitem\" border=\"0\">\
         <tr class='athing submission' id='{id}'><td class=\"title\"><span class=\"rank\"></span></td><td class=\"title\"><span class=\"titleline\"><a href=\"https://example.org/\">Keys</a></span></td></tr>\
         <tr><td colspan=\"2\"></td><td class=\"subtext\"><span class=\"score\" id=\"score_{id}\">1 point</span> <a href=\"item?id={id}\">{count}&nbsp;comments</a></td></tr></table><br>"
    )
}

/// A page of today's markup.
fn today(posts: &[Post], sizes: &[usize], fate: &dyn Fn(&Post) -> Fate, more: &str) -> Vec<u8> {
    let mut out = head(STORY, posts.len());
    out += "<table border=\"0\" class='comment-tree'>";
    let mut folded_above = None;
    for (post, size) in posts.iter().zip(sizes) {
        // What stands below a folded comment is hidden with it.
        folded_above = folded_above.filter(|&depth| post.depth > depth);
        let class = match fate(post) {
            _ if folded_above.is_some() => " noshow",
            Fate::Folded => " coll",
            _ => "",
        };
        if class == " coll" {
            folded_above = Some(post.depth);
        }
        out += &row(posts, post, post.depth, *size, fate(post), class);
    }
    let _ = write!(
        out,
        "{more}</table></td></tr></table></center></body></html>"
    );
    out.into_bytes()
}

fn row(posts: &[Post], post: &Post, depth: usize, size: usize, fate: Fate, class: &str) -> String {
    let id = post.id;
    let nav = match depth {
        0 => String::new(),
        _ => format!(
            "<a href=\"#{}\" class=\"clicky\">parent</a> | ",
            parent_id(posts, post)
        ),
    };
    let author = match fate {
        Fate::Deleted => String::new(),
        _ => format!(
            "<a href=\"user?id=x\" class=\"hnuser\">{}</a> ",
            escape(post.author)
        ),
    };
    let (mark, body) = match fate {
        Fate::Deleted => ("", "[deleted]".to_owned()),
        Fate::Flagged => ("[flagged]", "[flagged]".to_owned()),
        Fate::Dead => (
            "[dead]",
            format!("<div class=\"commtext cdd\">{}</div>", text(post)),
        ),
        _ => (
            "",
            format!("<div class=\"commtext c00\">{}</div>", text(post)),
        ),
    };
    format!(
        "<tr class='athing comtr{class}' id='{id}'><td><table border='0'><tr><td class='ind' indent='{depth}'><img src=\"s.gif\" height=\"1\" width=\"{}\"></td><td valign=\"top\" class=\"votelinks\"><center></center></td>\
         <td class=\"default\"><div><span class=\"comhead\">{author}<span class=\"age\" title=\"{} {}\"><a href=\"item?id={id}\">2 hours ago</a></span> <span id=\"unv_{id}\"></span>{mark}<span class='navs'> | {nav}\
         <a class=\"togg clicky\" id=\"{id}\" n=\"{size}\" href=\"javascript:void(0)\">[–]</a><span class=\"onstory\"></span></span></span></div><br>\
         <div class=\"comment\">{body}<div class='reply'><p><font size=\"1\"><u><a href=\"reply?id={id}\">reply</a></u></font></p></div></div></td></tr></table></td></tr>",
        depth * 40,
        jiff::Timestamp::from_second(post.posted).expect("a time"),
        post.posted
    )
}

/// A page of about 2016: no class for the text, no instant, no link to the parent.
fn of_2016(posts: &[Post], fate: &dyn Fn(&Post) -> Fate) -> Vec<u8> {
    let mut out = "<html op=\"item\"><head><title>Keys | Hacker News</title></head><body><center><table id=\"hnmain\"><tr><td><table border=\"0\">".to_owned();
    let _ = write!(
        out,
        "<tr class='athing' id='{STORY}'><td class=\"title\"><a href=\"https://example.org/\" class=\"storylink\">Keys</a></td></tr><tr><td colspan=\"2\"></td><td class=\"subtext\"><a href=\"item?id={STORY}\">{}&nbsp;comments</a></td></tr>\
         <tr><td colspan=\"2\"></td><td><form><input type=\"hidden\" name=\"parent\" value=\"{STORY}\"></form></td></tr></table><br><br><table border=\"0\" class='comment-tree'>",
        posts.len()
    );
    for post in posts {
        let id = post.id;
        let (author, body) = match fate(post) {
            Fate::Deleted => (String::new(), "[deleted]".to_owned()),
            Fate::Flagged => (post.author.to_owned(), "[flagged]".to_owned()),
            Fate::Dead => (
                format!("{}</a> [dead]<a>", escape(post.author)),
                format!("<span class=\"cdd\">{}", text(post)),
            ),
            _ => (
                escape(post.author),
                format!("<span class=\"c00\">{}", text(post)),
            ),
        };
        let author = match author.as_str() {
            "" => String::new(),
            author => format!("<a href=\"user?id=x\" class=\"hnuser\">{author}</a>"),
        };
        let _ = write!(
            out,
            "<tr class='athing comtr ' id='{id}'><td><table border='0'><tr><td class='ind'><img src=\"s.gif\" height=\"1\" width=\"{}\"></td><td valign=\"top\" class=\"votelinks\"></td><td class=\"default\"><div><span class=\"comhead\">{author} \
             <span class=\"age\"><a href=\"item?id={id}\">2 hours ago</a></span> <span id=\"unv_{id}\"></span><span class=\"par\"></span><span class='storyon'></span></span></div><br>\
             <div class=\"comment\">{body}<span></span><div class='reply'><p><font size=\"1\"><u><a href=\"reply?id={id}\">reply</a></u></font></div></span></div></td></tr></table></td></tr>",
            post.depth * 40
        );
    }
    out += "</table></td></tr></table></center></body></html>";
    out.into_bytes()
}

/// A page of the first years, with votes and without classes for rows.
fn early(posts: &[Post]) -> Vec<u8> {
    let mut out = format!(
        "<html><head><title>Keys | Hacker News</title></head><body><center><table border=0><tr><td><table border=0><tr><td><center><a id=up_{STORY} href=\"vote?for={STORY}\"></a></center></td><td class=\"title\"><a href=\"http://example.org/\">Keys</a></td></tr>\
         <tr><td colspan=1></td><td class=\"subtext\"><span id=score_{STORY}>1 point</span> by <a href=\"user?id=op\">op</a> 2 days ago | <a href=\"item?id={STORY}\">{} comments</a></td></tr></table><br><br><table border=0>",
        posts.len()
    );
    for post in posts {
        let id = post.id;
        let _ = write!(
            out,
            "<tr><td><table border=0><tr><td><img src=\"http://ycombinator.com/images/s.gif\" height=1 width={}></td><td valign=top><center><a id=up_{id} href=\"vote?for={id}\"><img src=\"grayarrow.gif\"></a><span id=down_{id}></span></center></td><td class=\"default\">\
             <div><span class=\"comhead\"><span id=score_{id}>{} points</span> by <a href=\"user?id=x\">{}</a> 2 days ago | <a href=\"item?id={id}\">link</a></span></div><br><span class=\"comment\"><font color=#000000>{}</font></span>\
             <p><font size=1><u><a href=\"reply?id={id}\">reply</a></u></font></td></tr></table></td></tr>",
            post.depth * 40,
            post.points,
            escape(post.author),
            text(post)
        );
    }
    out += "</table></td></tr></table></center></body></html>";
    out.into_bytes()
}

const NO_POINTS: Tells = Tells {
    points: false,
    ..ALL
};

/// Asserts that nothing about the tree was found odd.
fn assert_at_ease(thread: &Thread) {
    let counts = [
        codes::DELETED_COMMENTS,
        codes::HIDDEN_COMMENTS,
        codes::UNRESOLVED_COMMENTS,
    ];
    let odd: Vec<_> = thread
        .warnings
        .iter()
        .filter(|w| !counts.contains(&w.code.as_ref()))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
}

/// Each comment's id, its parent's id and whether the parent is missing.
fn links(thread: &Thread) -> Vec<(String, Option<String>, bool)> {
    let link = |parent: &Parent| match parent {
        Parent::Root => (None, false),
        Parent::Known(idx) => (Some(thread.comment(*idx).id.clone()), false),
        Parent::Missing(id) => (id.clone(), true),
    };
    let comments = thread.comments.iter();
    comments
        .map(|comment| {
            let (parent, missing) = link(&comment.parent);
            (comment.id.clone(), parent, missing)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn pages_of_three_eras(posts in forests(30)) {
        let thread = read(&today(&posts, &sizes(&posts), &|_| Fate::Live, ""), "hn-html");
        assert_shows(&thread, &posts, NO_POINTS);
        assert_at_ease(&thread);
        let thread = read(&of_2016(&posts, &|_| Fate::Live), "hn-html");
        assert_shows(&thread, &posts, Tells { posted: false, ..NO_POINTS });
        assert_at_ease(&thread);
        let thread = read(&early(&posts), "hn-html");
        assert_shows(&thread, &posts, Tells { posted: false, ..ALL });
        assert_at_ease(&thread);
    }

    #[test]
    fn what_was_taken_away_keeps_its_place(posts in forests(30)) {
        let page = today(&posts, &sizes(&posts), &fate, "");
        let thread = read(&page, "hn-html");
        let mut expected = states(&posts, true);
        // A reply below a folded comment is folded too, whether the board folded it itself or not.
        for at in 0..posts.len() {
            let folded = posts[at].parent.is_some_and(|parent| {
                expected[parent] == State::Collapsed || below_folded(&posts, parent)
            });
            if folded && expected[at] == State::Live {
                expected[at] = State::Collapsed;
            }
        }
        assert_shows_as(&thread, &posts, &expected, NO_POINTS);
        for (comment, post) in thread.comments.iter().zip(&posts) {
            let kept = matches!(fate(post), Fate::Folded | Fate::Dead | Fate::Live);
            assert_eq!(comment.body.text, if kept { post.text() } else { String::new() });
        }
        let tells = Tells { posted: false, ..NO_POINTS };
        assert_shows_as(&read(&of_2016(&posts, &fate), "hn-html"), &posts, &states(&posts, false), tells);
    }

    #[test]
    fn pages_that_begin_and_end_in_mid_thread(posts in forests(30), at in any::<prop::sample::Index>()) {
        let at = at.index(posts.len());
        let sizes = sizes(&posts);
        let more = "<tr><td class='title'><a href='item?id=7&amp;p=2' class='morelink' rel='next'>More</a></td></tr>";
        let page = |from: usize, to: usize, more: &str| {
            let mut out = head(STORY, posts.len());
            for (post, size) in posts[from..to].iter().zip(&sizes[from..to]) {
                out += &row(&posts, post, post.depth, *size, Fate::Live, "");
            }
            read(format!("{out}{more}</table></body></html>").as_bytes(), "hn-html")
        };
        let whole = page(0, posts.len(), "");
        let mut expected = links(&whole);
        let first = page(0, at, more);
        assert_eq!(links(&first), expected[..at]);
        assert!(first.warnings.iter().all(|w| w.code == codes::PARTIAL_CAPTURE));
        assert!(first.warnings.len() == 1);
        let second = page(at, posts.len(), "");
        for (link, post) in expected[at..].iter_mut().zip(&posts[at..]) {
            link.2 = post.parent.is_some_and(|parent| parent < at);
        }
        assert_eq!(links(&second), expected[at..]);
        for (comment, post) in second.comments.iter().zip(&posts[at..]) {
            assert_eq!(comment.depth, post.depth);
        }
    }


}

/// Whether a comment stands below one that is folded.
fn below_folded(posts: &[Post], at: usize) -> bool {
    std::iter::successors(posts[at].parent, |&above| posts[above].parent)
        .any(|above| fate(&posts[above]) == Fate::Folded)
}
