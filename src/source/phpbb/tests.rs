//! Small pages in the markup of each style.

use super::*;
use crate::{
    source::by_id,
    text::BlockKind,
    thread::{Parent, State},
};

fn read_any(page: &str) -> Result<Thread> {
    let source = by_id("phpbb").unwrap();
    source.threads(Box::new(page.as_bytes())).next().unwrap()
}

fn page(posts: &str) -> Thread {
    let page =
        format!("<html><body id=\"phpbb\" class=\"section-viewtopic\">{posts}</body></html>");
    assert!(SOURCE.detect(page.as_bytes()));
    read_any(&page).unwrap()
}

fn post(id: u32, rest: &str) -> String {
    format!(
        "<div id=p{id} class=post><p class=author>von <strong><a class=username href='./m.php?mode=x&u=5'>Ada {id}</a></strong> \
         &raquo; 06.09.2018, 18:03</p>{rest}</div>"
    )
}

#[test]
fn what_a_post_carries() {
    let thread = page(&post(
        7,
        "<h3 class=first><a href=#p7>Keys</a></h3><div class=content>Try<dl class=codebox><dt>Code: <a>Select all</a></dt>\
         <dd><code>ls<br>ps</code></dd></dl><blockquote class=uncited><div>Somebody said so</div></blockquote>yes</div>\
         <div class=notice>Zuletzt ge&auml;ndert von <a href=x>May</a> am 07.09.2018, 10:00, insgesamt 1-mal ge&auml;ndert.</div>\
         <div class=signature>Sent by pigeon</div>",
    ));
    let comment = &thread.comments[0];
    let blocks: Vec<_> = comment
        .body
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.slice(&comment.body.text)))
        .collect();
    assert_eq!(
        blocks,
        [
            (BlockKind::Paragraph, "Try"),
            (BlockKind::Code, "ls\nps"),
            (BlockKind::Quote, "Somebody said so"),
            (BlockKind::Paragraph, "yes"),
            (BlockKind::Signature, "Sent by pigeon"),
        ]
    );
    assert_eq!(comment.posted.unwrap().to_string(), "2018-09-06T18:03:00Z");
    assert_eq!(comment.edited.unwrap().to_string(), "2018-09-07T10:00:00Z");
    assert_eq!(comment.author.as_ref().unwrap().id.as_deref(), Some("5"));
    assert_eq!(comment.title.as_deref(), Some("Keys"));
    assert_eq!(comment.parent, Parent::Root);
}

#[test]
fn deleted_and_ignored_posts() {
    let thread = page(
        &(post(1, "<div class=content>x</div>")
            + &post(
                2,
                "<div class=ignore>This post was made by Ada 2 who is on your ignore list.</div><div class=content>y</div>",
            )
            + &post(
                3,
                "<div class=ignore>This post by Ada 3 was deleted by Ada 3 on Thu.</div>",
            )
            .replace("class=post", "class='post deleted'")
            + &post(
                4,
                "<div class=ignore>This post by Ada 4 was deleted by Mod on Thu.</div>",
            )
            .replace("class=post", "class='post deleted'")),
    );
    let states: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.state)
        .collect();
    assert_eq!(
        states,
        [
            State::Live,
            State::Collapsed,
            State::Deleted,
            State::Removed
        ]
    );
    assert_eq!(thread.comments[1].body.text, "y");
}

#[test]
fn pages_of_this_topic_alone() {
    let thread = page(
        &("<h2 class=topic-title><a href='./viewtopic.php?f=1&amp;t=7'>Keys</a></h2><div class=pagination>\
           <a href='./viewtopic.php?f=1&amp;t=7&amp;start=10'>2</a></div>"
            .to_owned()
            + &post(1, "<div class=content>x</div>")
            + "<ul class=topiclist><li class=pagination><a href='./viewtopic.php?t=8&amp;start=10'>2</a></ul>"),
    );
    assert_eq!(thread.id, "7");
    let message = "the thread has other pages: ./viewtopic.php?f=1&t=7&start=10";
    assert_eq!(thread.warnings[0].message, message);
}

#[test]
fn a_signature_in_the_text_of_version_2() {
    let thread = page(
        "<table><tr><td class=row1><span class=name><a name=12></a><b>Ada</b></span></td><td><table><tr><td>\
         <span class=postdetails>Posted: Thu Sep 06, 2018 6:03 pm&nbsp; &nbsp;Post subject: Re: key: lost</span></td></tr>\
         <tr><td colspan=2><span class=postbody>Words.<br>_________________<br>Sent by pigeon</span>\
         <span class=gensmall><br>Last edited by Ada</span></td></tr></table></td></tr></table>",
    );
    let comment = &thread.comments[0];
    let kinds: Vec<_> = comment.body.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Signature]);
    assert_eq!(comment.id, "12");
    assert_eq!(comment.posted.unwrap().to_string(), "2018-09-06T18:03:00Z");
}

#[test]
fn pages_without_posts() {
    assert!(read_any("<html><p>A list of topics").is_err());
    assert!(!SOURCE.detect(b"<html><a href='https://www.phpbb.com/'>Powered by phpBB</a>"));
}
