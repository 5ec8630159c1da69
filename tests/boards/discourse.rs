//! Discourse: JSON, and the pages for crawlers and of the browser.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows_as, escape, forests, read},
    quoting::{date, quoting},
};
use proptest::prelude::*;
use rejoinder::thread::{State, codes};
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(crate) const JSON: Board = Board {
    source: "discourse-json",
    page: |posts| answer(posts, posts).to_string().into_bytes(),
};

pub(crate) const CRAWLER: Board = Board {
    source: "discourse-html",
    page: |posts| crawler(posts, false).into_bytes(),
};

/// An answer with `part` of the topic's posts.
fn answer(part: &[Post], all: &[Post]) -> Value {
    let post = |post: &Post| {
        let parent = all
            .iter()
            .find(|other| other.id == post.id)
            .and_then(|post| post.parent);
        json!({
            "id": post.id + 5000, "topic_id": 7, "post_number": post.id, "username": post.author, "post_type": 1,
            "cooked": post.html(), "created_at": date(post, "%Y-%m-%dT%H:%M:%S.000Z"), "hidden": is_hidden(post),
            "reply_to_post_number": parent.map(|parent| all[parent].id),
            "actions_summary": [{"id": 2, "count": post.points}], "deleted_at": null,
        })
    };
    let posts: Vec<_> = part.iter().map(post).collect();
    let stream: Vec<_> = all.iter().map(|post| post.id + 5000).collect();
    json!({"post_stream": {"posts": posts, "stream": stream}, "id": 7, "title": "Keys", "fancy_title": "Keys"})
}

const fn is_hidden(post: &Post) -> bool {
    post.fate < 10
}

fn quote(parent: &Post, words: bool) -> String {
    let (title, text) = match words {
        true => (
            format!("{}:", escape(parent.author)),
            escape(&parent.paragraphs[0]),
        ),
        false => (String::new(), String::new()),
    };
    format!(
        "<aside class=\"quote no-group\" data-username=\"{}\" data-post=\"{}\" data-topic=\"7\"><div class=\"title\">\
         <div class=\"quote-controls\"></div>{title}</div><blockquote>{text}</blockquote></aside>",
        escape(parent.author),
        parent.id
    )
}

fn crawler(posts: &[Post], words: bool) -> String {
    let mut out = "<!DOCTYPE html>\n<html><head><meta name=\"generator\" content=\"Discourse 3.1.0\">\
        <link rel=\"canonical\" href=\"https://d.example/t/keys/7\"></head><body><div id=\"topic-title\"><h1>\
        <a href=\"/t/keys/7\">Keys</a></h1></div>"
        .to_owned();
    for post in posts {
        let quote = post.parent.map(|parent| quote(&posts[parent], words));
        let _ = write!(
            out,
            "<div id='post_{0}' itemprop='comment' itemscope class='topic-body crawler-post'><div class='crawler-post-meta'>\
             <span class=\"creator\" itemprop=\"author\"><a href='/u/x'><span itemprop='name'>{1}</span></a></span>\
             <time itemprop='datePublished' datetime='{2}' class='post-time'>then</time><span itemprop='position'>{0}</span></div>\
             <div class='post' itemprop='text'>{3}{4}</div><meta itemprop='userInteractionCount' content='{5}'></div>",
            post.id,
            escape(post.author),
            date(post, "%Y-%m-%dT%H:%M:%SZ"),
            quote.unwrap_or_default(),
            post.html(),
            post.points
        );
    }
    out + "</body></html>"
}

fn browser(posts: &[Post]) -> String {
    let mut out = "<!DOCTYPE html>\n<html><body><section id=\"topic\"><h1 data-topic-id=\"7\"><a class=\"fancy-title\">Keys</a></h1>".to_owned();
    for post in posts {
        let tab = post.parent.map(|parent| {
            let name = escape(posts[parent].author);
            format!("<a class=\"reply-to-tab\"><img title=\"{name}\"><span>{name}</span></a>")
        });
        let quote = post.parent.map(|parent| quote(&posts[parent], true));
        let _ = write!(
            out,
            "<div class=\"topic-post clearfix regular\"><article id=\"post_{0}\" data-post-id=\"9{0}\" data-topic-id=\"7\" class=\"boxed onscreen-post\">\
             <div class=\"names\"><span class=\"first username\"><a data-user-card=\"{1}\">{1}</a></span></div>{2}<div class=\"post-info post-date\">\
             <a class=\"post-date\" href=\"/t/keys/7/{0}\"><span class=\"relative-date\" data-time=\"{3}000\">x</span></a></div>\
             <div class=\"cooked\">{4}{5}</div></article></div>",
            post.id,
            escape(post.author),
            tab.unwrap_or_default(),
            post.posted,
            quote.unwrap_or_default(),
            post.html()
        );
    }
    out + "</section></body></html>"
}

const NO_POINTS: Tells = Tells {
    points: false,
    ..ALL
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn any_topic_comes_back_from_json(posts in forests(30), at in 0..30_usize) {
        let cut = at.min(posts.len());
        let states: Vec<_> = posts
            .iter()
            .map(|post| if is_hidden(post) { State::Hidden } else { State::Live })
            .collect();
        // The first answer holds a part of the posts, the second the rest and some again.
        let again = cut.saturating_sub(2);
        let both = format!("{}\n{}", answer(&posts[..cut], &posts), answer(&posts[again..], &posts));
        let thread = read(both.as_bytes(), "discourse-json");
        assert_shows_as(&thread, &posts, &states, ALL);
        let partial = |warning: &&rejoinder::thread::Warning| warning.code == codes::PARTIAL_CAPTURE;
        prop_assert_eq!(thread.warnings.iter().filter(partial).count(), 0);
        prop_assert_eq!(thread.title.as_deref(), Some("Keys"));
    }

    #[test]
    fn any_topic_comes_back_from_pages(posts in forests(30)) {
        let mut posts = posts;
        for post in &mut posts {
            // Likes are counted, and nothing is taken off.
            post.points = post.points.abs();
        }
        let shown = quoting(&posts, |name| format!("{name}:"));
        let states = vec![State::Live; posts.len()];
        let thread = read(crawler(&posts, true).as_bytes(), "discourse-html");
        assert_shows_as(&thread, &shown, &states, ALL);
        let thread = read(browser(&posts).as_bytes(), "discourse-html");
        assert_shows_as(&thread, &shown, &states, NO_POINTS);
        prop_assert_eq!(thread.id.as_str(), "7");
    }
}
