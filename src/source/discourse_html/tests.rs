//! Small pages of each kind.

use super::*;
use crate::source::testing::parents;
use crate::{source::by_id, thread::State};

fn read_any(page: &str) -> Result<Thread> {
    let source = by_id("discourse-html").unwrap();
    source.threads(Box::new(page.as_bytes())).next().unwrap()
}

fn read_page(page: &str) -> Thread {
    assert!(SOURCE.detect(page.as_bytes()));
    read_any(page).unwrap()
}

const QUOTE: &str = "<aside class=quote data-username=ada data-post=1 data-topic=7><div class=title>ada:</div>\
    <blockquote><p>Rotate it.</p></blockquote></aside><p>Why?</p>";

#[test]
fn the_page_for_crawlers() {
    let post = |number: u32, text: &str| {
        format!(
            "<div id='post_{number}' itemprop=comment itemscope class='topic-body crawler-post'><div class=crawler-post-meta>\
             <span class=creator itemprop=author><a href='/u/ada'><span itemprop=name>ada</span></a></span>\
             <time itemprop=datePublished datetime='2018-09-06T18:03:00Z' class=post-time>then</time>\
             <meta itemprop=dateModified content='2018-09-07T00:00:00Z'><span itemprop=position>{number}</span></div>\
             <div class=post itemprop=text>{text}</div><div itemprop=interactionStatistic>\
             <meta itemprop=userInteractionCount content=5><span class=post-likes>5 Likes</span></div></div>"
        )
    };
    let page = format!(
        "<html><head><link rel=canonical href='https://d.example/t/keys/7'><link rel=next href='/t/keys/7?page=2'></head>\
         <body class='crawler'><div id=topic-title><h1><a href='/t/keys/7'>Keys</a></h1></div>{}{}{}\
         <div role=navigation class='topic-body crawler-post'><a rel=next href='/t/keys/7?page=2'>next</a></div></body></html>",
        post(1, "<p>Rotate it.</p>"),
        post(2, ""),
        post(3, QUOTE)
    );
    let thread = read_page(&page);
    assert_eq!(parents(&thread), [("1", None), ("3", Some("1"))]);
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("7", Some("Keys"))
    );
    let comment = &thread.comments[0];
    assert_eq!(comment.author.as_ref().unwrap().name, "ada");
    assert_eq!(comment.posted.unwrap().to_string(), "2018-09-06T18:03:00Z");
    assert_eq!(comment.edited.unwrap().to_string(), "2018-09-07T00:00:00Z");
    assert_eq!(comment.score.as_ref().unwrap().points, Some(5));
    assert_eq!(
        thread.warnings[0].message,
        "the thread has other pages: /t/keys/7?page=2"
    );
}

fn in_browser(number: u32, author: &str, head: &str, rest: &str) -> String {
    format!(
        "<div class=\"topic-post clearfix\"><article id=post_{number} data-post-id=9{number} data-topic-id=7 data-user-id=3 class='boxed onscreen-post'>\
         <div class='names'><span class='first username'><a data-user-card={author}>{author}</a></span></div>{head}\
         <div class='post-info post-date'><a class=post-date href='/t/keys/7/{number}'><span class=relative-date data-time=1536256980000>x</span></a></div>\
         {rest}</article></div>"
    )
}

#[test]
fn the_page_that_the_browser_builds() {
    let tab =
        |name: &str| format!("<a class=reply-to-tab><img title={name}><span>{name}</span></a>");
    let text = |text: &str| format!("<div class=cooked>{text}</div>");
    let page = [
        "<html><h1 data-topic-id=7><a class=fancy-title>Keys</a></h1><div class=timeline-replies>5 / 9</div>".to_owned(),
        in_browser(1, "ada", "", &text("<p>Rotate it.</p>")),
        in_browser(2, "bob", "", &text("<p>No.</p>")),
        in_browser(3, "ada", "", &text("<p>Yes.</p>")),
        in_browser(4, "eve", &tab("ada"), &text("<p>Both.</p>")),
        in_browser(5, "dan", &tab("ada"), &text(QUOTE)),
        in_browser(6, "kim", "", "<section class=embedded-posts><article id=post_7 data-post-id=5></article></section>"),
        "<div class='small-action' id=post_8 data-post-id=8>closed</div>".to_owned(),
    ];
    let thread = read_page(&page.concat());
    assert_eq!(
        parents(&thread),
        [
            ("1", None),
            ("2", None),
            ("3", None),
            ("4", Some("3")),
            ("5", Some("1")),
            ("6", None)
        ]
    );
    assert_eq!(thread.comments[5].state, State::Unresolved);
    assert_eq!(
        thread.comments[3].posted.unwrap().to_string(),
        "2018-09-06T18:03:00Z"
    );
    assert_eq!(
        thread.comments[0].author.as_ref().unwrap().id.as_deref(),
        Some("3")
    );
    assert!(
        thread.warnings[0]
            .message
            .ends_with("posts up to number 9, which the browser had not loaded")
    );
}

#[test]
fn deleted_and_hidden_posts() {
    let text = "<div class=cooked><p>x</p></div>";
    let page = [
        in_browser(1, "ada", "", text).replace("topic-post", "topic-post deleted"),
        in_browser(2, "ada", "", text).replace("topic-post", "topic-post post-hidden"),
        in_browser(
            3,
            "ada",
            "",
            "<div class=cooked><p>(post deleted by author)</p></div>",
        ),
    ];
    let thread = read_page(&format!("<html>{}", page.concat()));
    let states: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.state)
        .collect();
    assert_eq!(states, [State::Removed, State::Hidden, State::Deleted]);
}

#[test]
fn the_page_that_other_sites_embed() {
    let post = |number: u32, reply: &str| {
        format!(
            "<article class=post id=post-9{number}><a class=post-date href='https://d.example/t/keys/7/{number}' title='2018-09-06 18:03'>x</a>\
             {reply}<div class=author><img></div><div class=cooked><h3 class=username><a>ada</a></h3><p>Words {number}.</p>\
             <a class='post-replies button' data-link-to-post=9>1 reply</a></div></article>"
        )
    };
    let reply = "<a class=in-reply-to href='https://d.example/t/keys/7/2' data-link-to-post=\"92\">in reply to ada</a>";
    let page = format!(
        "<html><meta id='data-embedded'>{}{}",
        post(2, ""),
        post(3, reply)
    );
    let thread = read_page(&page);
    assert_eq!(parents(&thread), [("2", None), ("3", Some("2"))]);
    assert_eq!(thread.comments[0].body.text, "Words 2.");
    assert_eq!(thread.comments[0].author.as_ref().unwrap().name, "ada");
    assert_eq!(thread.id, "7");
}

#[test]
fn pages_without_posts() {
    assert!(read_any("<html><p>Topics").is_err());
    assert!(!SOURCE.detect(b"<html><a href='https://www.discourse.org/'>Discourse</a>"));
}
