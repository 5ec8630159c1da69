//! Stack Exchange's question pages: pages made for the purpose.

use super::*;
use crate::source::testing::codes_of;
use crate::thread::Parent;

fn thread(page: &str) -> Thread {
    assert!(SOURCE.detect(page.as_bytes()));
    read(&Page::decode(page.as_bytes().to_vec())).unwrap()
}

fn comment(id: u32, user: &str, text: &str) -> String {
    format!(
        "<li id=\"comment-{id}\" class=\"comment js-comment\" data-comment-id={id}><div class=\"comment-score\">\
         <span>3</span></div><div class=\"comment-text\"><span class=\"comment-copy\">{text}</span> &ndash; \
         <a href=\"/users/{id}/{user}\" class=\"comment-user\">{user}</a><span class=\"comment-date\"><a>\
         <span title=\"2014-03-03 04:05:06Z, License: CC BY-SA 3.0\" class=\"relativetime-clean\">Mar 3</span></a></span></div></li>"
    )
}

fn page(question: &str, answer: &str, more: &str) -> String {
    let user = |name: &str, when: &str| {
        format!(
            "<div class=\"user-info\"><span title=\"{when}\" class=\"relativetime\">x</span>\
             <div class=\"user-details\"><a href=\"/users/9/{name}\">{name}</a><span>1,234</span></div></div>"
        )
    };
    format!(
        "<!DOCTYPE html><html><head><link rel=\"canonical\" href=\"https://s.example/questions/4/safe\">\
         <link href=\"https://cdn.sstatic.net/x.css\"></head><body><div id=\"question-header\"><h1>\
         <a href=\"/questions/4/safe\" class=\"question-hyperlink\">Is x safe?</a></h1></div>\
         <div id=\"question\" class=\"question js-question\" data-questionid=\"4\"><div class=\"s-prose js-post-body\"><p>It leaks.</p></div>\
         {}<ul class=\"comments-list\">{question}</ul></div><div id=\"answers\"><div class=\"pager-answers\">{more}</div>\
         <div id=\"answer-7\" class=\"answer accepted-answer\" data-answerid=\"7\">\
         <div class=\"js-vote-count\" data-value=\"1204\">1.2k</div><div class=\"post-text\"><p>No.</p></div>\
         {}{}<div id=\"comments-7\"><ul class=\"comments-list\">{answer}</ul>\
         <a class=\"js-show-link comments-link\">Show <b>5</b> more comments</a></div></div></div></body></html>",
        user("q", "2012-01-01 00:00:00Z"),
        user("editor", "2013-01-01 00:00:00Z"),
        user("Ada E", "2012-01-02 00:00:00Z"),
    )
}

#[test]
fn answers_comments_and_whom_they_answer() {
    let answer = comment(12, "bob", "why?") + &comment(13, "kex", "@bob so <code>x</code>");
    let thread = thread(&page(
        &comment(11, "zed", "hm"),
        &answer,
        "<a href=\"?page=2\">2</a>",
    ));
    assert_eq!(thread.id, "4");
    assert_eq!(thread.title.as_deref(), Some("Is x safe?"));
    assert_eq!(
        thread.article.as_ref().unwrap().text.as_deref(),
        Some("It leaks.")
    );
    let parents: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| match &comment.parent {
            Parent::Known(idx) => (comment.id.as_str(), thread.comment(*idx).id.as_str()),
            _ => (comment.id.as_str(), ""),
        })
        .collect();
    let expected = [
        ("11", ""),
        ("7", ""),
        ("12", "7"),
        ("13", "12"),
        ("more-7", "7"),
    ];
    assert_eq!(parents, expected);
    let answer = &thread.comments[1];
    assert_eq!(answer.kind, CommentKind::Answer);
    assert_eq!(answer.author.as_ref().unwrap().name, "Ada E");
    assert_eq!(answer.posted.unwrap().to_string(), "2012-01-02T00:00:00Z");
    assert_eq!(answer.edited.unwrap().to_string(), "2013-01-01T00:00:00Z");
    let score = answer.score.as_ref().unwrap();
    assert_eq!(
        (score.points, score.label.as_deref()),
        (Some(1204), Some("accepted"))
    );
    let comment = &thread.comments[3];
    assert_eq!(comment.body.text, "@bob so x");
    assert_eq!(comment.author.as_ref().unwrap().id.as_deref(), Some("13"));
    assert_eq!(comment.posted.unwrap().to_string(), "2014-03-03T04:05:06Z");
    assert_eq!(comment.score.as_ref().unwrap().points, Some(3));
    let codes = codes_of(&thread);
    assert_eq!(codes, ["partial_capture", "unresolved_comments"]);
}

#[test]
fn deleted_answers_keep_their_place() {
    let page = page("", "", "").replace("accepted-answer", "deleted-answer");
    let thread = thread(&page);
    assert_eq!(thread.comments[0].state, State::Deleted);
    assert!(thread.comments[0].body.text.is_empty());
}

#[test]
fn other_pages_are_not_taken() {
    assert!(!SOURCE.detect(b"<div id=\"question\">x</div><div id=\"answers\">"));
    assert!(read(&Page::decode(b"<p>x</p>".to_vec())).is_err());
}
