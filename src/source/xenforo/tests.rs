//! Small pages in the markup of each version.

use super::*;
use crate::{
    source::by_id,
    text::BlockKind,
    thread::{Parent, State},
};

fn read_any(page: &str) -> Result<Thread> {
    let source = by_id("xenforo").unwrap();
    source.threads(Box::new(page.as_bytes())).next().unwrap()
}

fn page(posts: &str) -> Thread {
    let page = format!(
        "<!DOCTYPE html>\n<!-- saved from url -->\n<html id=\"XF\" data-content-key=\"thread-7\">\
         <h1 class=p-title-value>Keys</h1>{posts}"
    );
    assert!(SOURCE.detect(page.as_bytes()));
    read_any(&page).unwrap()
}

fn post(id: u32, text: &str) -> String {
    format!(
        "<article class='message message--post' data-author='Ada {id}' data-content='post-{id}'>\
         <header class=message-attribution><a class=username data-user-id=3>x</a><time class=u-dt datetime='2018-09-06T20:03:00+0200'>\
         </time></header><div class=bbWrapper>{text}</div></article>"
    )
}

fn quote(id: u32, inside: &str) -> String {
    format!(
        "<blockquote class='bbCodeBlock bbCodeBlock--quote' data-source='post: {id}'>{inside}</blockquote>"
    )
}

fn blocks(thread: &Thread, at: usize) -> Vec<(BlockKind, &str)> {
    let body = &thread.comments[at].body;
    body.blocks
        .iter()
        .map(|block| (block.kind, block.span.slice(&body.text)))
        .collect()
}

#[test]
fn quotations_within_quotations_say_nothing() {
    let nested = quote(2, &format!("{}their answer", quote(1, "first words")));
    let thread = page(&(post(1, "first words") + &post(2, "x") + &post(3, &(nested + "mine"))));
    assert_eq!(
        thread.comments[2].parent,
        Parent::Known(crate::thread::CommentIdx::new(1))
    );
    assert_eq!(
        blocks(&thread, 2),
        [
            (BlockKind::Quote, "first words"),
            (BlockKind::Quote, "their answer"),
            (BlockKind::Paragraph, "mine"),
        ]
    );
}

#[test]
fn posts_on_other_pages_are_missing_with_their_id() {
    let pages = "<nav class=pageNavWrapper><ul class=pageNav><li class='pageNav-page pageNav-page--current'>\
                 <a href=/threads/keys.7/page-2>2</a><li class=pageNav-page><a href=/threads/keys.7/>1</a></ul></nav>";
    let thread = page(&(pages.to_owned() + &post(31, &(quote(4, "gone") + "mine"))));
    assert_eq!(
        thread.comments[0].parent,
        Parent::Missing(Some("4".to_owned()))
    );
    assert_eq!(
        thread.warnings[0].message,
        "the thread has other pages: /threads/keys.7/"
    );
}

#[test]
fn deleted_posts_keep_their_place() {
    let deleted = |by: &str| {
        format!(
            "<div class='message message--deleted' data-author=Ada data-content='post-9'>\
             <div class='messageNotice messageNotice--deleted'>Deleted by {by}</div></div>"
        )
    };
    let state = |by| {
        page(&(post(1, "x") + &deleted(by) + &post(10, &(quote(9, "") + "y")))).comments[1].state
    };
    assert_eq!(state("Ada"), State::Deleted);
    assert_eq!(state("a moderator"), State::Removed);
}

#[test]
fn signatures_codes_and_reactions() {
    let text = "Try<div class='bbCodeBlock bbCodeBlock--code'><div class=bbCodeBlock-title>Bash:</div>\
                <div class=bbCodeBlock-content><pre class=bbCodeCode><code>ls -l</code></pre></div></div></div>\
                <aside class=message-signature><div class=bbWrapper>Sent by pigeon</div></aside>\
                <div class=message-lastEdit>Last edited: <time class=u-dt datetime='2018-09-07T00:00:00Z'></time></div>\
                <a class=reactionsBar-link><bdi>A</bdi>, <bdi>B</bdi> and 5 others</a><div>";
    let thread = page(&post(1, text));
    assert_eq!(
        blocks(&thread, 0),
        [
            (BlockKind::Paragraph, "Try"),
            (BlockKind::Code, "ls -l"),
            (BlockKind::Signature, "Sent by pigeon"),
        ]
    );
    let comment = &thread.comments[0];
    assert_eq!(
        comment.score.as_ref().and_then(|score| score.points),
        Some(7)
    );
    assert_eq!(comment.posted.unwrap().to_string(), "2018-09-06T18:03:00Z");
    assert_eq!(comment.edited.unwrap().to_string(), "2018-09-07T00:00:00Z");
    assert_eq!(comment.author.as_ref().unwrap().id.as_deref(), Some("3"));
}

#[test]
fn a_post_shown_twice_is_one() {
    let thread = page(&(post(1, "q") + &post(3, "best") + &post(2, "x") + &post(3, "best")));
    let ids: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.id.as_str())
        .collect();
    assert_eq!(ids, ["1", "2", "3"]);
}

#[test]
fn comments_on_a_message_stand_in_it() {
    let thread = page(
        "<article class=message data-content='profile-post-3'><div class=bbWrapper>Hi</div>\
         <div class=comment data-content='profile-post-comment-3'><div class=bbWrapper>Hello</div></div></article>",
    );
    assert_eq!(thread.comments[0].body.text, "Hi");
    assert_eq!(thread.comments[1].id, "profile-post-comment-3");
    assert_eq!(thread.comments[1].depth, 1);
}

#[test]
fn ids_in_addresses() {
    assert_eq!(
        id_in_address("https://x.example/threads/a-b.123/page-2"),
        Some("123")
    );
    assert_eq!(
        id_in_address("https://x.example/index.php?threads/123/"),
        Some("123")
    );
    assert_eq!(id_in_address("https://x.example/threads/words/"), None);
}

#[test]
fn pages_without_posts() {
    assert!(read_any("<html id=\"XF\"><p>A list of threads").is_err());
    assert!(!SOURCE.detect(b"<html><a href='https://xenforo.com/'>XenForo</a>"));
}
