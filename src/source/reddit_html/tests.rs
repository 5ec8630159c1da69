//! Pages written for these tests, each with something of its own.

use super::*;
use crate::{
    source::reddit::gathering::stubs,
    thread::{Parent, State},
};

fn thread(text: &str) -> Thread {
    assert!(SOURCE.detect(text.as_bytes()), "{text}");
    SOURCE
        .threads(Box::new(text.as_bytes()))
        .next()
        .expect("a thread")
        .expect("a good page")
}

fn shape(thread: &Thread) -> Vec<(&str, State, usize)> {
    thread
        .comments
        .iter()
        .map(|comment| (comment.id.as_str(), comment.state, comment.depth))
        .collect()
}

/// A page of old.reddit.com with a deleted comment that only its reply names, both kinds of stubs and a
/// collapsed comment.
const OLD: &str = r##"<!doctype html><html><head><link rel="canonical" href="https://www.reddit.com/r/x/comments/l/keys/"></head>
<body class="comments-page"><div id="siteTable" class="sitetable linklisting">
<div class="thing id-t3_l link self" data-fullname="t3_l" data-permalink="/r/x/comments/l/keys/" data-url="/r/x/comments/l/keys/">
<div class="entry unvoted"><a class="title" href="/r/x/comments/l/keys/">Keys leak</a><div class="expando"><div class="usertext-body"><div class="md"><p>See below.</p></div></div></div></div></div></div>
<div class="commentarea"><div id="siteTable_t3_l" class="sitetable nestedlisting">
 <div class="thing id-t1_a noncollapsed comment stickied" id="thing_t1_a" data-fullname="t1_a" data-author-fullname="t2_7">
  <p class="parent"><a name="a"></a></p>
  <div class="entry likes"><p class="tagline"><a class="expand">[–]</a><a href="/user/ada" class="author submitter moderator">ada</a><span class="userattrs">[S,M]</span>
   <span class="score dislikes" title="6">6 points</span><span class="score unvoted" title="7">7 points</span><span class="score likes" title="8">8 points</span>
   <time title="x" datetime="2018-09-06T18:03:00+00:00" class="live-timestamp">1 year ago</time><time class="edited-timestamp" datetime="2018-09-06T18:04:00+00:00">1 year ago</time></p>
   <form class="usertext"><div class="usertext-body"><div class="md"><blockquote><p>theirs</p></blockquote><p>mine</p></div></div>
   <div class="usertext-edit"><div class="md">edit</div></div></form></div>
  <div class="child"><div id="siteTable_t1_a" class="sitetable listing">
   <div class="thing deleted noncollapsed comment"><p class="parent"></p><div class="entry unvoted"><p class="tagline"><em>[deleted]</em> <time datetime="2018-09-06T18:05:00+00:00">now</time></p>
    <div class="usertext-body"><div class="md"><p>[deleted]</p></div></div></div>
    <div class="child"><div id="siteTable_deleted" class="sitetable listing">
     <div class="thing id-t1_c collapsed comment" data-fullname="t1_c"><div class="entry unvoted"><p class="tagline"><span>[deleted]</span> <span class="score unvoted">-8 points</span></p>
      <div class="usertext-body"><div class="md"><p>low</p></div></div><ul class="flat-list buttons"><li><a href="#b" data-event-action="parent" class="bylink">parent</a></li></ul></div>
      <div class="child"><div class="thing id-t1_d morerecursion"><div class="entry"><span class="deepthread"><a href="/r/x/comments/l/keys/c/">continue this thread</a></span></div><div class="child"></div></div></div></div>
    </div></div></div>
   <div class="thing id-t1_e morechildren" data-fullname="t1_e"><div class="entry"><span class="morecomments"><a class="button" onclick="return morechildren(this, 't3_l', 'confidence', 'e,f', 3, '')">load more comments <span class="gray">(9 replies)</span></a></span></div><div class="child"></div></div>
  </div></div></div>
 <div class="thing id-t1_g morechildren"><span class="morecomments"><a onclick="return morechildren(this, 't3_l', 'g', 3)">load more comments (1 reply)</a></span></div>
</div></div></body></html>"##;

#[test]
fn old_pages_with_all_that_is_folded() {
    let thread = thread(OLD);
    assert_eq!(
        shape(&thread),
        [
            ("a", State::Live, 0),
            ("b", State::Deleted, 1),
            ("c", State::Collapsed, 2),
            ("_c", State::Unresolved, 3),
            ("e", State::Unresolved, 1),
            ("g", State::Unresolved, 0),
        ]
    );
    assert_eq!(stubs(&thread).len(), 3);
    assert!(
        thread
            .warnings
            .iter()
            .any(|w| w.message.contains("9 comments that were not loaded: e, f"))
    );
    let first = &thread.comments[0];
    assert_eq!(first.body.text, "theirs\n\nmine");
    assert_eq!(first.body.blocks[0].kind, crate::text::BlockKind::Quote);
    let author = first.author.as_ref().unwrap();
    assert_eq!(
        (author.id.as_deref(), author.badge.as_deref()),
        (Some("7"), Some("moderator, submitter, stickied"))
    );
    assert_eq!(first.score.as_ref().and_then(|score| score.points), Some(8));
    assert_eq!(
        first.posted.map(|t| t.to_string()).as_deref(),
        Some("2018-09-06T18:03:00Z")
    );
    assert_eq!(
        first.edited.map(|t| t.to_string()).as_deref(),
        Some("2018-09-06T18:04:00Z")
    );
    assert_eq!(
        thread.comments[2]
            .score
            .as_ref()
            .and_then(|score| score.points),
        Some(-8)
    );
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("l", Some("Keys leak"))
    );
    assert_eq!(
        thread.url.as_deref(),
        Some("https://www.reddit.com/r/x/comments/l/keys/")
    );
    assert_eq!(
        thread.article.and_then(|article| article.text).as_deref(),
        Some("See below.")
    );
}

#[test]
fn a_page_of_one_comment_says_that_it_is_a_part() {
    let thread = thread(
        r##"<body class="comments-page"><div class="infobar"><p>you are viewing a single comment's thread.</p></div>
        <div class="sitetable"><div class="thing id-t1_c comment" data-permalink="/r/x/comments/l/keys/c/"><div class="entry"><div class="md">x</div>
        <a href="https://old.reddit.com/r/x/comments/l/keys/#b" class="bylink">parent</a></div></div></div>"##,
    );
    assert_eq!(thread.comments[0].parent, Parent::Missing(Some("b".into())));
    assert!(
        thread
            .warnings
            .iter()
            .any(|w| w.code == codes::PARTIAL_CAPTURE)
    );
    assert_eq!(thread.id, "l");
}

#[test]
fn pages_of_2023() {
    let thread = thread(
        r#"<!DOCTYPE html><shreddit-app><shreddit-post id="t3_l" post-title="Keys leak" author="ada" permalink="/r/x/comments/l/keys/" content-href="https://example.org/">
        <div slot="text-body"><div class="md"><p>See below.</p></div></div></shreddit-post><shreddit-comment-tree>
        <shreddit-comment author="ada" thingId="t1_a" depth="0" score="7" created="2024-05-06T18:03:00.000000+0000" postId="t3_l" permalink="/r/x/comments/l/comment/a/">
          <div slot="commentMeta"><time datetime="2020-01-01T00:00:00Z">4y ago</time></div><div slot="comment" id="t1_a-comment-rtjson-content"><p>one</p></div>
          <shreddit-comment author="[deleted]" thingid="t1_b" parentid="t1_a" depth="1" slot="children-t1_a-0"><div slot="comment"><p>Comment deleted by user</p></div>
            <a slot="more-comments-permalink" href="/r/x/comments/l/comment/b/">Continue this thread</a></shreddit-comment>
          <faceplate-partial src="/svc/shreddit/more-comments/x/t3_l?sort=top" slot="children-t1_a-1"><button>3 more replies</button></faceplate-partial>
        </shreddit-comment>
        <shreddit-comment author="bob" thingid="t1_c" parentid="t1_z" depth="4" collapsed><div id="t1_c-post-rtjson-content">low</div></shreddit-comment>
        <shreddit-comment author="bob" thingid="t1_d" depth="2"><div slot="comment">late</div></shreddit-comment>
        <faceplate-partial src="/svc/shreddit/more-comments/x/t3_l?top-level=1"></faceplate-partial></shreddit-comment-tree>"#,
    );
    assert_eq!(
        shape(&thread),
        [
            ("a", State::Live, 0),
            ("b", State::Deleted, 1),
            ("_b", State::Unresolved, 2),
            ("_a", State::Unresolved, 1),
            ("c", State::Collapsed, 0),
            ("d", State::Live, 2),
            ("_", State::Unresolved, 0),
        ]
    );
    assert_eq!(
        thread.comments[0].posted.map(|t| t.to_string()).as_deref(),
        Some("2024-05-06T18:03:00Z")
    );
    assert_eq!(
        thread.comments[0]
            .author
            .as_ref()
            .and_then(|a| a.badge.as_deref()),
        Some("submitter")
    );
    assert_eq!(thread.comments[4].parent, Parent::Missing(Some("z".into())));
    assert_eq!(thread.comments[5].parent, Parent::Missing(None));
    assert_eq!(
        thread.article.and_then(|article| article.url).as_deref(),
        Some("https://example.org/")
    );
}

#[test]
fn pages_of_others_are_left_alone() {
    for page in [
        "<p class=thing>reddit",
        "<div class=\"comment\" id=\"t1_a\">x</div>",
        "<a href=\"https://www.reddit.com/r/x/comments/l/\">discuss on reddit</a><ol class=\"comments-page\">",
    ] {
        assert!(!SOURCE.detect(page.as_bytes()), "{page}");
    }
    let login = "<body class=\"login-page\">";
    let error = SOURCE
        .threads(Box::new(login.as_bytes()))
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
}
