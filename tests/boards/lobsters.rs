//! Lobsters: its pages of today and of its first years, its JSON of today and before 2022.

use super::{
    Board,
    forest::{ALL, Post, assert_shows, assert_shows_as, escape, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::{State, codes};
use std::fmt::Write as _;

pub(crate) const HTML: Board = Board {
    source: "lobsters-html",
    page: |posts| today(posts, &|_| Fate::Live),
};

pub(crate) const JSON: Board = Board {
    source: "lobsters-json",
    page: |posts| json(posts, true, &|_| Fate::Live),
};

/// What becomes of a comment.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Live,
    Gone,
    Moderated,
    Folded,
}

fn fate(post: &Post) -> Fate {
    match post.fate {
        0..12 => Fate::Gone,
        12..24 => Fate::Moderated,
        24..36 => Fate::Folded,
        _ => Fate::Live,
    }
}

fn states(posts: &[Post], folds: bool) -> Vec<State> {
    let state = |post| match fate(post) {
        Fate::Gone => State::Deleted,
        Fate::Moderated => State::Removed,
        Fate::Folded if folds => State::Collapsed,
        Fate::Folded | Fate::Live => State::Live,
    };
    posts.iter().map(state).collect()
}

const BY_AUTHOR: &str = "Comment removed by author";
const BY_MODERATOR: &str = "Comment removed by moderator mo: Off topic";

fn time(post: &Post) -> jiff::Timestamp {
    jiff::Timestamp::from_second(post.posted).expect("a time")
}

fn story(count: usize) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Keys | Lobsters</title></head><body><ol class=\"stories list\"><li id=\"story_abc123\" data-shortid=\"abc123\" class=\"story\"><div class=\"story_liner h-entry\">\
         <span class=\"link h-cite\"><a class=\"u-url\" href=\"https://example.org/\">Keys</a></span><div class=\"byline\"><span class=\"comments_label\">| <a href=\"/s/abc123/keys\">{count} comments</a></span></div></div></li></ol>"
    )
}

/// A comment of today's markup without the list of its replies.
fn comment(post: &Post, fate: Fate) -> String {
    let id = post.id;
    let gone = |notice: &str| format!("<p>\n<span class=\"na\">\n[{notice}]\n</span>\n</p>");
    let (voters, text) = match fate {
        Fate::Gone => (String::new(), gone(BY_AUTHOR)),
        Fate::Moderated => (String::new(), gone(BY_MODERATOR)),
        _ => {
            let points = post.points;
            let voters =
                format!("<a class=\"upvoter\" title=\"{points}\" href=\"/login\">{points}</a>");
            (voters, post.html())
        }
    };
    let checked = if fate == Fate::Folded { "checked" } else { "" };
    format!(
        "<input id=\"comment_folder_{id}\" class=\"comment_folder_button\" type=\"checkbox\" {checked}><div class=\"comment_parent_tree_line\"></div>\
         <div id=\"c_{id}\" data-shortid=\"{id}\" class=\"comment\"><div class=\"voters\"><label for=\"comment_folder_{id}\" class=\"comment_folder\"></label>{voters}</div><div class=\"details\"><div class=\"byline\"><a name=\"c_{id}\"></a>\
         <span><a href=\"/~x\"><img class=\"avatar\"></a> <a href=\"/~x\">{}</a> <a href=\"/c/{id}\"><time datetime=\"2001-01-01 00:00:00\" data-at-unix=\"{}\">1 day ago</time></a></span></div>\
         <div role=\"heading\" aria-level=\"3\" class=\"comment_text\">{text}</div></div></div>",
        escape(post.author),
        post.posted
    )
}

/// A page of today: each item holds the list of its replies.
fn today(posts: &[Post], fate: &dyn Fn(&Post) -> Fate) -> Vec<u8> {
    let mut out = story(posts.len());
    out += "<ol class=\"comments comments1\"><li class=\"comments_subtree\"><div class=\"comment comment_form_container\" data-shortid=\"\"></div></li><li class=\"comments_subtree\" id=\"story_comments\"><ol class=\"comments\">";
    let mut open = Vec::new();
    for post in posts {
        while open.pop_if(|depth| *depth >= post.depth).is_some() {
            out += "</ol></li>";
        }
        let _ = write!(
            out,
            "<li class=\"comments_subtree\">{}<ol class=\"comments\">",
            comment(post, fate(post))
        );
        open.push(post.depth);
    }
    out += &"</ol></li>".repeat(open.len());
    out += "</ol></li></ol></body></html>";
    out.into_bytes()
}

/// A page of the first years: the list of replies stands behind the item, in the same list.
fn early(posts: &[Post], fate: &dyn Fn(&Post) -> Fate) -> Vec<u8> {
    let mut out = story(posts.len());
    out += "<ol class=\"comments comments1\">";
    let mut depth = 0;
    for post in posts {
        for _ in depth..post.depth {
            out += "<ol class=\"comments\">";
        }
        for _ in post.depth..depth {
            out += "</ol>";
        }
        depth = post.depth;
        let text = match fate(post) {
            Fate::Gone => format!("<p><em>[{BY_AUTHOR}]</em></p>"),
            Fate::Moderated => format!("<p><em>[{BY_MODERATOR}]</em></p>"),
            _ => post.html(),
        };
        let _ = write!(
            out,
            "<li><div id=\"c_{0}\" data-shortid=\"{0}\" class=\"comment\"><div class=\"voters\"><div class=\"score\">{1}</div></div><div class=\"details\"><div class=\"byline\"><a href=\"/u/x\">{2}</a> <span title=\"{3}\">1 day ago</span> | <a href=\"/s/abc123/t/comments/{0}#c_{0}\">link</a></div>\
             <div class=\"comment_text\">{text}</div></div></div></li>",
            post.id,
            post.points,
            escape(post.author),
            time(post).strftime("%Y-%m-%d %H:%M:%S +0000")
        );
    }
    out += &"</ol>".repeat(depth + 1);
    out += "</body></html>";
    out.into_bytes()
}

/// The JSON of today, or of before 2022.
fn json(posts: &[Post], today: bool, fate: &dyn Fn(&Post) -> Fate) -> Vec<u8> {
    let text = |text: &str| serde_json::to_string(text).expect("a string");
    let comments: Vec<_> = posts
        .iter()
        .map(|post| {
            let fate = fate(post);
            let html = match fate {
                Fate::Gone => format!("<em>{BY_AUTHOR}</em>"),
                Fate::Moderated => format!("<em>{BY_MODERATOR}</em>"),
                _ => post.html(),
            };
            let parent = post.parent.map_or("null".to_owned(), |parent| text(&posts[parent].id.to_string()));
            let place = match today {
                true => format!("\"parent_comment\":{parent},\"depth\":{},\"commenting_user\":{}", post.depth, text(post.author)),
                false => format!("\"indent_level\":{},\"commenting_user\":{{\"username\":{}}}", post.depth + 1, text(post.author)),
            };
            format!(
                "{{\"short_id\":\"{}\",\"created_at\":\"{}\",\"is_deleted\":{},\"is_moderated\":{},\"score\":{},\"comment\":{},{place}}}",
                post.id,
                time(post),
                fate == Fate::Gone,
                fate == Fate::Moderated,
                post.points,
                text(&html)
            )
        })
        .collect();
    let page = format!(
        "{{\"short_id\":\"abc123\",\"short_id_url\":\"https://lobste.rs/s/abc123\",\"title\":\"Keys\",\"comment_count\":{},\"submitter_user\":\"op\",\"comments\":[{}]}}",
        posts.len(),
        comments.join(",")
    );
    page.into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn pages_and_answers(posts in forests(30)) {
        let pages = [
            (today(&posts, &|_| Fate::Live), HTML.source),
            (early(&posts, &|_| Fate::Live), HTML.source),
            (json(&posts, true, &|_| Fate::Live), JSON.source),
            (json(&posts, false, &|_| Fate::Live), JSON.source),
        ];
        for (page, source) in pages {
            let thread = read(&page, source);
            assert_shows(&thread, &posts, ALL);
            prop_assert!(thread.warnings.is_empty(), "{:?}", thread.warnings);
            prop_assert_eq!(thread.id.as_str(), "abc123");
        }
    }

    #[test]
    fn what_was_taken_away_keeps_its_place(posts in forests(30)) {
        let pages = [
            (today(&posts, &fate), HTML.source, true),
            (early(&posts, &fate), HTML.source, false),
            (json(&posts, true, &fate), JSON.source, false),
            (json(&posts, false, &fate), JSON.source, false),
        ];
        for (page, source, folds) in pages {
            let thread = read(&page, source);
            assert_shows_as(&thread, &posts, &states(&posts, folds), ALL);
            for (comment, post) in thread.comments.iter().zip(&posts) {
                let kept = matches!(fate(post), Fate::Live | Fate::Folded);
                prop_assert_eq!(&comment.body.text, &if kept { post.text() } else { String::new() });
            }
            prop_assert!(thread.warnings.iter().all(|w| w.code == codes::DELETED_COMMENTS));
        }
    }
}
