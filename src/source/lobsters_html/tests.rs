//! Small pages in the markup of several years, made for the tests.

use super::*;
use crate::source::testing::states;
use crate::thread::State;
use jiff::Timestamp;

fn parse(page: &str) -> Thread {
    assert!(SOURCE.detect(page.as_bytes()));
    let read = SOURCE.threads(Box::new(page.as_bytes())).next();
    read.expect("a thread").expect("a page")
}

const STORY: &str = "<!DOCTYPE HTML><html><head><title>Keys | Lobsters</title></head><body><ol class=\"stories list\">\
    <li id=\"story_abc123\" data-shortid=\"abc123\" class=\"story\"><div class=\"story_liner h-entry\"><div class=\"voters\"><a class=\"upvoter\" href=\"/login\">15</a></div>\
    <div class=\"details\"><span role=\"heading\" class=\"link h-cite u-repost-of\"><a class=\"u-url\" href=\"https://example.org/keys\">Keys &amp; locks</a></span>\
    <div class=\"byline\"><a href=\"/~op\">op</a> <time datetime=\"2024-01-02 03:04:05\">1 day ago</time> <span class=\"comments_label\"> | <a href=\"/s/abc123/keys\">3 comments</a></span></div></div></div></li></ol>\
    <div class=\"story_content\"><div class=\"story_text\"><p>Which?</p></div></div>";

/// A comment of today's markup without the list of its replies.
fn comment(id: &str, words: &str, text: &str) -> String {
    format!(
        "<input id=\"comment_folder_{id}\" class=\"comment_folder_button\" type=\"checkbox\">\
         <div class=\"comment_parent_tree_line\"></div><div id=\"c_{id}\" data-shortid=\"{id}\" class=\"comment\">\
         <div class=\"voters\"><label for=\"comment_folder_{id}\" class=\"comment_folder\"></label><a class=\"upvoter\" title=\"7\" href=\"/login\">7</a></div>\
         <div class=\"details\"><div class=\"byline\"><a name=\"c_{id}\"></a> <span><a href=\"/~u{id}\"><img src=\"/avatars/u{id}-16.png\" class=\"avatar\"></a> <a href=\"/~u{id}\">u{id}</a>{words} \
         <a href=\"/c/{id}\"><time title=\"2024-01-02 03:04:05\" datetime=\"2024-01-02 03:04:05\" data-at-unix=\"1704186245\">2 days ago</time></a></span><span class=\"reason\"></span></div>\
         <div role=\"heading\" aria-level=\"3\" class=\"comment_text\">{text}</div></div></div>"
    )
}

fn item(comment: &str, replies: &str) -> String {
    format!("<li class=\"comments_subtree\">{comment}<ol class=\"comments\">{replies}</ol></li>")
}

#[test]
fn todays_markup() {
    let gone = comment(
        "bb",
        "",
        "<p><span class=\"na\">[Comment removed by author]</span></p>",
    );
    let deepest = comment(
        "cc",
        " <span class=\"hat\" title=\"Granted 2020-01-01\"><span class=\"crown\">Example Team</span></span> edited",
        "<blockquote><p>q</p></blockquote><ul><li>one</li><li>two</li></ul>",
    );
    let folded =
        comment("dd", "", "<p>low</p>").replace("type=\"checkbox\"", "type=\"checkbox\" checked");
    let list = [
        item(
            &comment("aa", "", "<p>x</p>"),
            &item(&gone, &item(&deepest, "")),
        ),
        item(&folded, ""),
        item(
            &comment(
                "ee",
                "",
                "<p><span class=\"na\">[Comment removed by moderator mo: Off topic]</span></p>",
            ),
            "",
        ),
    ];
    let page = format!(
        "{STORY}<ol class=\"comments comments1\"><li class=\"comments_subtree\"><div class=\"comment comment_form_container\" data-shortid=\"\"><form></form></div></li>\
         <li class=\"comments_subtree\" id=\"story_comments\"><ol class=\"comments\">{}</ol></li></ol></body></html>",
        list.concat()
    );
    let thread = parse(&page);
    assert_eq!(
        states(&thread),
        [
            ("aa", None, State::Live),
            ("bb", Some("aa"), State::Deleted),
            ("cc", Some("bb"), State::Live),
            ("dd", None, State::Collapsed),
            ("ee", None, State::Removed),
        ]
    );
    let first = &thread.comments[0];
    assert_eq!(
        first.author.as_ref().map(|author| author.name.as_str()),
        Some("uaa")
    );
    assert_eq!(first.score.as_ref().and_then(|score| score.points), Some(7));
    assert_eq!(first.posted.map(Timestamp::as_second), Some(1_704_186_245));
    let third = &thread.comments[2];
    assert_eq!(third.body.text, "q\n\none\n\ntwo");
    assert!(third.posted.is_none() && third.edited.is_some());
    let badge = third
        .author
        .as_ref()
        .and_then(|author| author.badge.as_deref());
    assert_eq!(badge, Some("Example Team"));
    assert!(thread.comments[1].body.text.is_empty());
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("abc123", Some("Keys & locks"))
    );
    assert_eq!(thread.url.as_deref(), Some("https://lobste.rs/s/abc123"));
    let article = thread.article.as_ref().expect("a story");
    assert_eq!(article.url.as_deref(), Some("https://example.org/keys"));
    assert_eq!(article.text.as_deref(), Some("Which?"));
}

#[test]
fn merged_stories_stand_in_lists_of_their_own() {
    let merged = comment("bb", "", "<p>y</p>").replace(
        "<a name=\"c_bb\"></a>",
        "<a name=\"c_bb\"></a><span class=\"merge\"></span>",
    );
    let merged = merged.replace(
        "<span class=\"reason\">",
        "| on: <a href=\"/s/def456/other\">Other</a> <span class=\"reason\">",
    );
    let list = |items: &str| {
        format!(
            "<ol class=\"comments comments1\"><li class=\"comments_subtree\" id=\"story_comments\"><ol class=\"comments\">{items}</ol></li></ol>"
        )
    };
    let page = format!(
        "{STORY}{}{}",
        list(&item(&comment("aa", "", "<p>x</p>"), "")),
        list(&item(&merged, &item(&comment("cc", "", "<p>z</p>"), "")))
    );
    let thread = parse(&page);
    let links: Vec<_> = states(&thread)
        .into_iter()
        .map(|(id, parent, _)| (id, parent))
        .collect();
    assert_eq!(links, [("aa", None), ("bb", None), ("cc", Some("bb"))]);
    assert_eq!(thread.id, "abc123");
}

#[test]
fn early_markup_has_lists_behind_their_items() {
    let early = |id: &str, text: &str| {
        format!(
            "<li><div id=\"c_{id}\" data-shortid=\"{id}\" class=\"comment\"><div class=\"voters\"><div class=\"score\">2</div></div><div class=\"details\"><div class=\"byline\">\
             <a href=\"/u/u{id}\">u{id}</a> <span title=\"2012-12-23 14:48:17 -0600\">5 years ago</span> | <a href=\"/s/abc123/t/comments/{id}#c_{id}\">link</a></div><div class=\"comment_text\"><p>{text}</p></div></div></div></li>"
        )
    };
    let page = format!(
        "<html><body><ol class=\"comments comments1\">{}<ol class=\"comments\">{}<ol class=\"comments\">{}</ol>{}</ol>{}</ol></body></html>",
        early("aa", "1"),
        early("bb", "2"),
        early("cc", "3"),
        early("dd", "4"),
        early("ee", "<em>[Comment removed by author]</em>")
    );
    let thread = parse(&page);
    assert_eq!(
        states(&thread),
        [
            ("aa", None, State::Live),
            ("bb", Some("aa"), State::Live),
            ("cc", Some("bb"), State::Live),
            ("dd", Some("aa"), State::Live),
            ("ee", None, State::Deleted),
        ]
    );
    assert_eq!(thread.id, "abc123");
    let posted = thread.comments[0].posted.map(|posted| posted.to_string());
    assert_eq!(posted.as_deref(), Some("2012-12-23T20:48:17Z"));
}

#[test]
fn pages_that_are_none() {
    let other = "<li class=\"comments_subtree\" id=\"comm_3\"><p>x</p></li>";
    assert!(!SOURCE.detect(other.as_bytes()));
    let list = STORY.replace("</ol>", "<li data-shortid=\"x\" class=\"story\"></li></ol>");
    assert!(SOURCE.detect(list.as_bytes()));
    let read = SOURCE.threads(Box::new(list.as_bytes())).next();
    assert!(read.is_some_and(|read| read.is_err()));
}
