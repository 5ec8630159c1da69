//! Stack Exchange: answers with comments that say to whom they are written, in one document or several,
//! and the page of a question.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, escape, forest, forests, read, read_as},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "stackexchange",
    page: |posts| answer(&flat(posts)),
};

fn answer(items: &[Value]) -> Vec<u8> {
    let answer = json!({"items": items, "has_more": false, "quota_remaining": 9});
    answer.to_string().into_bytes()
}

/// Answers and comments, every one by a user of its own, so that whom a comment addresses is one comment.
fn item(posts: &[Post], post: &Post, top: u64) -> Value {
    let mut item = json!({
        "owner": {"user_id": post.id, "display_name": escape(post.author), "user_type": "registered"},
        "creation_date": post.posted,
        "score": post.points,
        "body": post.html(),
    });
    match post.parent {
        None => {
            item["answer_id"] = json!(post.id);
            item["question_id"] = json!(4);
        }
        Some(parent) => {
            item["comment_id"] = json!(post.id);
            item["post_id"] = json!(top);
            if posts[parent].parent.is_some() {
                item["reply_to_user"] = json!({"user_id": posts[parent].id});
            }
        }
    }
    item
}

fn flat(posts: &[Post]) -> Vec<Value> {
    let mut last = 0;
    let with_top = posts.iter().map(|post| {
        if post.parent.is_none() {
            last = post.id;
        }
        (post, last)
    });
    with_top.map(|(post, top)| item(posts, post, top)).collect()
}

/// Answers that hold their comments, in their question.
fn nested(posts: &[Post]) -> Value {
    let mut answers: Vec<Value> = Vec::new();
    for (post, item) in posts.iter().zip(flat(posts)) {
        match (post.parent, answers.last_mut()) {
            (Some(_), Some(answer)) => {
                let comments = answer["comments"].as_array_mut().expect("a list");
                // The newest first.
                comments.insert(0, item);
            }
            _ => {
                let mut item = item;
                item["comments"] = json!([]);
                answers.push(item);
            }
        }
    }
    json!({"question_id": 4, "title": "Is &quot;x&quot; safe?", "owner": {"display_name": "q"}, "answers": answers,
        "creation_date": 1_217_600_000, "link": "https://s.example/questions/4/x"})
}

/// Comments that begin with the name of whom they answer, and authors that occur once.
fn with_names(posts: &[Post]) -> Vec<Post> {
    let named = posts.iter().map(|post| {
        let mut named = post.clone();
        let answered = post.parent.map(|parent| &posts[parent]);
        if let Some(answered) = answered.filter(|answered| answered.parent.is_some()) {
            named.paragraphs[0] = format!("@user{} {}", answered.id, post.paragraphs[0]);
        }
        named
    });
    named.collect()
}

fn page(posts: &[Post]) -> String {
    let mut out = "<!DOCTYPE html><html><head><link rel=\"canonical\" href=\"https://s.example/questions/4/x\">\
                   <link href=\"https://cdn.sstatic.net/x.css\"></head><body><div id=\"question-header\"><h1>\
                   <a class=\"question-hyperlink\">Is x safe?</a></h1></div><div id=\"question\" data-questionid=\"4\">\
                   <div class=\"s-prose js-post-body\"><p>It leaks.</p></div></div><div id=\"answers\">"
        .to_owned();
    let mut open = false;
    for post in posts {
        let (id, points, text) = (post.id, post.points, post.html());
        let time = jiff::Timestamp::from_second(post.posted).expect("a time");
        let time = time.strftime("%Y-%m-%d %H:%M:%SZ");
        if post.parent.is_some() {
            let _ = write!(
                out,
                "<li id=\"comment-{id}\" class=\"comment js-comment\"><div class=\"comment-score\"><span>{points}</span></div>\
                 <div class=\"comment-text\"><span class=\"comment-copy\">{text}</span> &ndash; \
                 <a href=\"/users/{id}/x\" class=\"comment-user\">user{id}</a> <span class=\"comment-date\">\
                 <span title=\"{time}, License: CC BY-SA 4.0\" class=\"relativetime-clean\">x</span></span></div></li>"
            );
            continue;
        }
        if open {
            out += "</ul></div>";
        }
        open = true;
        let _ = write!(
            out,
            "<div id=\"answer-{id}\" class=\"answer js-answer\" data-answerid=\"{id}\">\
             <div class=\"js-vote-count\" data-value=\"{points}\">{points}</div><div class=\"s-prose js-post-body\">{text}</div>\
             <div class=\"user-info\"><span title=\"{time}\" class=\"relativetime\">x</span><div class=\"user-details\">\
             <a href=\"/users/{id}/x\">user{id}</a></div></div><ul class=\"comments-list\">"
        );
    }
    out + "</ul></div></div></body></html>"
}

/// Authors are made of ids on these pages.
const NAMELESS: Tells = Tells {
    author: false,
    posted: true,
    points: true,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn answers_and_comments_come_back(posts in forests(30), order in 0..3_u8) {
        let input = match order {
            0 => answer(&flat(&posts)),
            1 => answer(&[nested(&posts)]),
            _ => {
                let (answers, comments): (Vec<_>, Vec<_>) =
                    flat(&posts).into_iter().partition(|item| item.get("answer_id").is_some());
                [answer(&comments), answer(&answers)].concat()
            }
        };
        assert_shows(&read(&input, "stackexchange"), &posts, ALL);
    }

    #[test]
    fn pages_come_back(posts in forests(30)) {
        let posts = with_names(&posts);
        assert_shows(&read(page(&posts).as_bytes(), "stackexchange-html"), &posts, NAMELESS);
    }
}

#[test]
fn pages_cut_anywhere_lose_only_what_is_missing() {
    let page = page(&forest(40));
    for end in (0..page.len()).step_by(499) {
        let cut: Vec<u8> = page.bytes().take(end).collect();
        let count = read_as(&cut, "stackexchange-html").map_or(0, |thread| thread.comments.len());
        assert!(count <= 40);
    }
}
