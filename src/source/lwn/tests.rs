//! LWN: pages made for the purpose.

use super::*;
use crate::source::testing::parents;
use crate::thread::State;

fn thread(page: &str) -> Thread {
    assert!(SOURCE.detect(page.as_bytes()));
    read(&Page::decode(page.as_bytes().to_vec())).unwrap()
}

/// The head and article of a page around `comments`.
fn page(comments: &str) -> String {
    format!(
        "<!DOCTYPE HTML><html><head><title>Keys considered [LWN.net]</title></head><body>\
         <div class=\"PageHeadline\"><h1>Keys considered</h1></div><div class=\"ArticleText\"><p>By <b>Ada</b></p>\
         <p>Keys leak.</p><hr width=\"60%\" align=\"left\">\
         (<a href=\"https://lwn.net/Login/?target=/Articles/500/\">Log in</a> to post comments)<p></div>\
         <p><a name=\"Comments\"></a>{comments}</body></html>"
    )
}

/// A comment of 2018, with the boxes of its replies.
fn old(id: u32, body: &str, replies: &str) -> String {
    format!(
        "<a name=\"CommAnchor{id}\"></a><div class=\"CommentBox\"><h3 class=\"CommentTitle\">Keys</h3>\
         <div class=\"CommentBody\"><p class=\"CommentPoster\">Posted Sep 6, 2018 18:03 UTC (Thu) by <b>bob</b> \
         (subscriber, #12{id}) [<a href=\"/Articles/{id}/\">Link</a>] <p>{body}\
         <div class=\"CommentReplyButton\"><form action=\"https://lwn.net/Articles/{id}/comment\" method=\"post\">\
         <input type=\"submit\" value=\"Reply to this comment\"></form></div></div><p>{replies}</div>"
    )
}

#[test]
fn boxes_in_boxes() {
    let inner = old(
        503,
        "<div class=\"FormattedComment\">&gt; Rotate.<br>No.</div>",
        "",
    );
    let comments = old(
        502,
        "Rotate.<p><blockquote>Keys leak.</blockquote>So?",
        &inner,
    ) + &old(504, "Yes.", "");
    let thread = thread(&page(&comments));
    assert_eq!(thread.id, "500");
    assert_eq!(thread.url.as_deref(), Some("https://lwn.net/Articles/500/"));
    assert_eq!(thread.title.as_deref(), Some("Keys considered"));
    let article = thread.article.as_ref().unwrap();
    assert_eq!(article.text.as_deref(), Some("By Ada\n\nKeys leak."));
    assert_eq!(
        parents(&thread),
        [("502", None), ("503", Some("502")), ("504", None)]
    );
    let comment = &thread.comments[0];
    assert_eq!(comment.body.text, "Rotate.\n\nKeys leak.\n\nSo?");
    assert_eq!(comment.title.as_deref(), Some("Keys"));
    assert_eq!(comment.posted.unwrap().to_string(), "2018-09-06T18:03:00Z");
    let author = comment.author.as_ref().unwrap();
    assert_eq!(author.name, "bob");
    assert_eq!(author.id.as_deref(), Some("12502"));
    assert_eq!(author.badge.as_deref(), Some("subscriber"));
    let kinds: Vec<_> = thread.comments[1]
        .body
        .blocks
        .iter()
        .map(|b| b.kind.as_str())
        .collect();
    assert_eq!(kinds, ["quote", "paragraph"]);
    assert!(thread.warnings.is_empty(), "{:?}", thread.warnings);
}

#[test]
fn boxes_that_fold() {
    let fold = |id: u32, open: &str, inner: &str| {
        format!(
            "<a name=\"CommAnchor{id}\"></a><details class=\"CommentBox\" {open}><summary>\
             <h3 class=\"CommentTitle\">Keys</h3><p class=\"CommentPoster\">Posted Feb 1, 2024 9:05 UTC (Thu) by \
             <b>A (b)</b> (✭ supporter ✭, #7) [<a href=\"/Articles/{id}/\">Link</a>] (1 response)</p></summary>\
             <p>Text {id}.</p><div class=\"CommentReplyButton\"><form><input value=\"Reply to this comment\">\
             </form></div>{inner}</details>"
        )
    };
    let page = page(&fold(502, "open", &fold(503, "", "")))
        .replace("</div><p><a name=\"Comments\">", "<p><a name=\"Comments\">");
    let thread = thread(&page);
    assert_eq!(parents(&thread), [("502", None), ("503", Some("502"))]);
    assert_eq!(thread.comments[0].body.text, "Text 502.");
    let states: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.state)
        .collect();
    assert_eq!(states, [State::Live, State::Collapsed]);
    let author = thread.comments[0].author.as_ref().unwrap();
    assert_eq!(
        (author.name.as_str(), author.badge.as_deref()),
        ("A (b)", Some("supporter"))
    );
    let article = thread.article.as_ref().unwrap();
    assert_eq!(article.text.as_deref(), Some("By Ada\n\nKeys leak."));
}

#[test]
fn a_comments_own_page_names_its_parent() {
    let link = |word: &str| {
        old(503, "No.", "").replace(
            ">Link</a>]",
            &format!(">Link</a>] [<a href=\"/Articles/502/\">{word}</a>]"),
        )
    };
    assert_eq!(
        parents(&thread(&page(&link("Parent")))),
        [("503", Some("502"))]
    );
    assert_eq!(
        parents(&thread(&page(&link("Parent article")))),
        [("503", None)]
    );
}

#[test]
fn indented_lists_hold_replies() {
    let comments = format!(
        "{}<ul><li>{}</li></ul>{}",
        old(1, "a", ""),
        old(2, "b", ""),
        old(3, "c", "")
    );
    assert_eq!(
        parents(&thread(&page(&comments))),
        [("1", None), ("2", Some("1")), ("3", None)]
    );
}

#[test]
fn editions_have_their_comments_elsewhere() {
    let page = page("").replace(
        "<p>Keys leak.</p>",
        "<p>Keys leak.</p><a href=\"/Articles/501/#Comments\">Comments (8 posted)</a>\
         <a href=\"/Articles/502/#Comments\">Comments (none posted)</a>",
    );
    let thread = thread(&page);
    assert!(thread.comments.is_empty());
    assert_eq!(thread.warnings[0].code, codes::PARTIAL_CAPTURE);
    assert!(
        thread.warnings[0]
            .message
            .ends_with("pages: /Articles/501/#Comments")
    );
}

#[test]
fn links_of_subscribers_name_the_article_too() {
    let page = page(&old(502, "Yes.", ""))
        .replace("target=/Articles/500/", "target=/SubscriberLink/500/1a2b/");
    assert_eq!(thread(&page).id, "500");
}

#[test]
fn pages_without_an_article_are_errors() {
    let page = "<title>Search [LWN.net]</title><div class=PageHeadline></div>";
    assert!(read(&Page::decode(page.into())).is_err());
    assert!(!SOURCE.detect(b"<p>see <a href=https://lwn.net/>[LWN.net]</a></p>"));
}
