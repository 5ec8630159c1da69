//! HyperKitty: pages and answers in the markup of its versions.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, escape, forests, read},
};
use jiff::Timestamp;
use proptest::prelude::*;
use rejoinder::thread::codes;

pub(crate) const BOARD: Board = Board {
    source: "hyperkitty",
    page: |posts| answer(posts, Version::Margin).into_bytes(),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

/// Level beyond which the archive indents no further.
const DEEPEST: usize = 5;

/// How a version tells the level of a reply.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Version {
    Margin,
    Comment,
    Class,
}

fn email(id: &str, author: &str, posted: i64, body: &str, first: &str) -> String {
    let sent = Timestamp::from_second(posted).expect("a time");
    format!(
        "<div class=\"email{first}\">\n<div id=\"{id}\" class=\"email-header\">\n<div class=\"gravatar-wrapper\"><div class=\"email-author\">\
         <h2 class=\"name\">\n{}\n</h2></div></div>\n<div class=\"email-date right\"><div class=\"time\"><span title=\"Sender&#39;s time: {sent}\">\
         18:03</span></div></div></div>\n<div class=\"email-body \">{body}</div>\n<div class=\"email-info\"><a class=\"reply\" href=\"#\">Reply</a></div></div>",
        escape(author),
    )
}

fn replies(posts: &[Post], version: Version) -> String {
    let replies = posts.iter().enumerate().map(|(at, post)| {
        let level = post.depth.min(DEEPEST);
        let style = match version {
            Version::Margin if level > 0 => format!(" style=\"margin-left:{}em;\"", level * 2),
            _ => String::new(),
        };
        let comment = match version {
            Version::Comment => format!("<!-- email level: {level} -->"),
            _ => String::new(),
        };
        let class = match version {
            Version::Class => format!(" reply-level-{level}"),
            _ => String::new(),
        };
        // Older versions show the text as it was sent.
        let body = match post.fate < 50 {
            true => format!("\n        {}\n    ", escape(&post.text())),
            false => post.html(),
        };
        let email = email(&post.id.to_string(), post.author, post.posted, &body, "");
        let parity = if at % 2 == 0 { "odd" } else { "even" };
        format!("<div class=\"{parity}{class}\"{style}>\n<!-- Start email -->\n{comment}\n{email}<!-- End of email -->\n</div>\n")
    });
    replies.collect()
}

fn answer(posts: &[Post], version: Version) -> String {
    serde_json::json!({"replies_html": replies(posts, version), "more_pending": false, "next_offset": null}).to_string()
}

fn page(posts: &[Post], version: Version) -> String {
    format!(
        "<!DOCTYPE HTML>\n<html><head><title>Keys - keys - Mailman 3</title></head><body><div class=\"thread-header\"><h3>Keys</h3></div>\
         <div id=\"thread-content\">{}<div class=\"replies\">{}</div></div></body></html>",
        email("START", "Start", 0, "<p>The first one.</p>", " email-first"),
        replies(posts, version),
    )
}

/// The posts whose level is told, and the places of the others' parents settled anew.
fn told(posts: Vec<Post>) -> Vec<Post> {
    let places: Vec<_> = posts
        .iter()
        .scan(0, |count, post| {
            let place = *count;
            *count += usize::from(post.depth <= DEEPEST);
            Some(place)
        })
        .collect();
    let told = posts.into_iter().filter(|post| post.depth <= DEEPEST);
    told.map(|post| Post {
        parent: post.parent.map(|parent| places[parent]),
        ..post
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn threads(posts in forests(30)) {
        let posts = told(posts);
        for version in [Version::Margin, Version::Comment, Version::Class] {
            assert_shows(&read(answer(&posts, version).as_bytes(), BOARD.source), &posts, TELLS);
            let thread = read(page(&posts, version).as_bytes(), BOARD.source);
            assert_shows(&thread, &posts, TELLS);
            assert_eq!(thread.id, "START");
        }
    }

    /// Beyond level five every mail is kept, and the guess is told.
    #[test]
    fn deep_replies(posts in forests(30)) {
        let thread = read(answer(&posts, Version::Margin).as_bytes(), BOARD.source);
        prop_assert_eq!(thread.comments.len(), posts.len());
        let deep = posts.iter().any(|post| post.depth >= DEEPEST);
        let told = thread.warnings.iter().any(|warning| warning.code == codes::GUESSED_STRUCTURE);
        prop_assert_eq!(deep, told);
    }
}
