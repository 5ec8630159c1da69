//! Small pages in the markup of each version.

use super::*;
use crate::{source::by_id, text::BlockKind, thread::State};

fn read_any(page: &str) -> Result<Thread> {
    let source = by_id("vbulletin").unwrap();
    source.threads(Box::new(page.as_bytes())).next().unwrap()
}

fn page(posts: &str) -> Thread {
    let page = format!("<html><head><meta name=\"generator\" content=\"vBulletin 3.8\">{posts}");
    assert!(SOURCE.detect(page.as_bytes()));
    read_any(&page).unwrap()
}

#[test]
fn what_a_post_of_version_3_carries() {
    let thread = page(
        "<link rel=canonical href='showthread.php?t=12&page=2'><title>Keys - Forum</title>\
         <div class=pagenav><a href='showthread.php?t=12'>1</a></div>\
         <table id=post7><tr><td class=thead>13-09-2018, 06:03 PM</td></tr><tr><td><a class=bigusername href='member.php?u=4'>Ada</a></td>\
         <td id=td_post_7><div class=smallfont><strong>Re: Keys</strong></div><hr><div id=post_message_7>\
         <div><div class=smallfont>Code:</div><pre class=alt2>ls</pre></div>Words.</div>\
         <div>__________________<br>Sent by pigeon</div><div class=smallfont><hr><em>Last edited by May; 05-09-2018 at \
         <span class=time>06:05 PM</span>.</em></div></td></tr></table>",
    );
    let comment = &thread.comments[0];
    let blocks: Vec<_> = comment.body.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(
        comment.body.text,
        "ls\n\nWords.\n\n__________________\nSent by pigeon"
    );
    assert_eq!(
        blocks,
        [BlockKind::Code, BlockKind::Paragraph, BlockKind::Signature]
    );
    assert_eq!(comment.title.as_deref(), Some("Re: Keys"));
    assert_eq!(comment.posted.unwrap().to_string(), "2018-09-13T18:03:00Z");
    assert_eq!(comment.edited.unwrap().to_string(), "2018-09-05T18:05:00Z");
    assert_eq!(comment.author.as_ref().unwrap().id.as_deref(), Some("4"));
    assert_eq!(thread.id, "12");
    assert_eq!(
        thread.warnings[0].message,
        "the thread has other pages: showthread.php?t=12"
    );
}

#[test]
fn deleted_and_ignored_posts_keep_their_place() {
    let thread = page(
        "<ol id=posts><li class=postbitdeleted id=post_1><a class=username href='member.php?4-ada'>Ada</a>\
         <div class=deletedby>This message has been deleted by Ada.</div></li>\
         <li class=postbitdeleted id=post_2><a class=username href='member.php?5-bob'>Bob</a>\
         This message has been deleted by Ada.</li>\
         <li class=postbitignored id=post_3><a class=username href='member.php?5-bob'>Bob</a> is on your ignore list.</li></ol>",
    );
    let states: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.state)
        .collect();
    assert_eq!(states, [State::Deleted, State::Removed, State::Hidden]);
}

#[test]
fn comments_of_version_5_answer_the_post_that_holds_them() {
    let thread = page(
        "<ul><li class='b-post' data-node-id=5><div class=author><a data-vbnamecard=3>Ada</a></div>\
         <div class=js-post__content-text>Words.</div><ul><li class='js-comment-entry' data-node-id=6>\
         <div class=author><a data-vbnamecard=4>Bob</a></div><div class=js-post__content-text>More.</div></li></ul></li></ul>",
    );
    assert_eq!(thread.comments[1].depth, 1);
    assert_eq!(thread.comments[0].body.text, "Words.");
    assert_eq!(thread.comments[1].author.as_ref().unwrap().name, "Bob");
}

#[test]
fn ids_in_addresses() {
    for address in [
        "https://x.example/showthread.php?t=123&page=2",
        "https://x.example/showthread.php?123-Words",
        "https://x.example/threads/123-words",
        "https://x.example/forum/general/123-words",
    ] {
        assert_eq!(id_in_address(address), Some("123"), "{address}");
    }
    assert_eq!(id_in_address("https://x.example/forum/general"), None);
}

#[test]
fn pages_without_posts() {
    assert!(read_any("<html><p>A list of threads").is_err());
    assert!(!SOURCE.detect(b"<html><a href='https://vbulletin.com/'>vBulletin</a>"));
}
