//! Pages of old.reddit.com of several years, and of the design of 2023.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, assert_shows_as, escape, forests, read},
    reddit::{capped, html, replies, state, tree},
};
use proptest::prelude::*;
use rejoinder::thread::State;
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "reddit-html",
    page: |posts| old(posts, Form::default(), usize::MAX).into_bytes(),
};

/// What differs between pages of old.reddit.com.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    /// Whether things have the attributes of 2015 and later.
    data: bool,
    /// Whether deleted comments have an anchor with their id.
    anchors: bool,
    /// Whether stubs lead to a page of their own instead of loading in place.
    deep: bool,
}

fn forms() -> impl Strategy<Value = Form> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(data, anchors, deep)| Form {
        data,
        anchors,
        deep,
    })
}

fn time(post: &Post) -> String {
    jiff::Timestamp::from_second(post.posted)
        .expect("a time")
        .to_string()
}

/// The ends of open elements, written when the next comment stands higher.
fn close(out: &mut String, open: &mut Vec<&'static str>, depth: usize) {
    while open.len() > depth {
        *out += open.pop().unwrap_or_default();
    }
}

fn old(posts: &[Post], form: Form, cap: usize) -> String {
    let mut out = "<!DOCTYPE html><html><head><title>T : x</title></head><body class=\"single-page comments-page\">\
        <div id=\"siteTable\" class=\"sitetable linklisting\"><div class=\"thing id-t3_l odd link\" data-fullname=\"t3_l\">\
        <p class=\"title\"><a class=\"title\" href=\"https://example.org/\">T</a></p></div></div>\
        <div class=\"commentarea\"><div id=\"siteTable_t3_l\" class=\"sitetable nestedlisting\">"
        .to_owned();
    let mut open = Vec::new();
    for (at, post) in posts
        .iter()
        .enumerate()
        .filter(|(_, post)| post.depth <= cap)
    {
        close(&mut out, &mut open, post.depth);
        old_comment(&mut out, post, posts, form);
        open.push(
            "</div></div><div class=\"clearleft\"></div></div><div class=\"clearleft\"></div>",
        );
        let children = replies(posts, at);
        if post.depth == cap && !children.is_empty() {
            let (kind, inner) = match form.deep {
                true => (
                    "morerecursion",
                    format!(
                        "<span class=\"deepthread\"><a href=\"/r/x/comments/l/t/{}\">continue this thread</a></span>",
                        post.id
                    ),
                ),
                false => (
                    "morechildren",
                    format!(
                        "<span class=\"morecomments\"><a id=\"more_t1_{}\" onclick=\"return morechildren(this, 't3_l', 'confidence', '{}', {cap}, '')\">load more comments (1 reply)</a></span>",
                        children[0],
                        children.join(",")
                    ),
                ),
            };
            let _ = write!(
                out,
                "<div class=\"thing id-t1_{} noncollapsed {kind}\"><p class=\"parent\"></p><div class=\"entry unvoted\">{inner}</div><div class=\"child\"></div></div>",
                children[0]
            );
        }
    }
    close(&mut out, &mut open, 0);
    out + "</div></div></body></html>"
}

fn old_comment(out: &mut String, post: &Post, posts: &[Post], form: Form) {
    let Post { id, points, .. } = post;
    let state = state(post);
    let folded = if state == State::Collapsed {
        "collapsed"
    } else {
        "noncollapsed"
    };
    let author = escape(post.author);
    let data = match form.data {
        true => format!("data-fullname=\"t1_{id}\" data-type=\"comment\" data-author=\"{author}\""),
        false => String::new(),
    };
    let anchor = format!("<a name=\"{id}\"></a>");
    if state == State::Deleted {
        let anchor = if form.anchors { &anchor } else { "" };
        let _ = write!(
            out,
            "<div class=\" thing {folded} deleted comment \"><p class=\"parent\">{anchor}</p><div class=\"entry unvoted\"><p class=\"tagline\"><em>[deleted]</em> <time datetime=\"{}\">x</time></p>",
            time(post)
        );
    } else {
        let _ = write!(
            out,
            "<div class=\" thing id-t1_{id} {folded} comment \" {data}><p class=\"parent\">{anchor}</p><div class=\"midcol unvoted\"></div><div class=\"entry unvoted\">\
             <p class=\"tagline\"><a href=\"#\" class=\"expand\">[–]</a><a href=\"/user/u\" class=\"author may-blank\">{author}</a><span class=\"userattrs\"></span> \
             <span class=\"score dislikes\">{} points</span><span class=\"score unvoted\">{points} points</span><span class=\"score likes\">{} points</span> \
             <time title=\"x\" datetime=\"{}\" class=\"live-timestamp\">5 years ago</time></p>",
            points - 1,
            points + 1,
            time(post)
        );
    }
    let _ = write!(
        out,
        "<form class=\"usertext\"><div class=\"usertext-body may-blank-within md-container\">{}</div></form><ul class=\"flat-list buttons\"><li><a href=\"/r/x/comments/l/t/{id}/\" class=\"bylink\">permalink</a></li>",
        html(post)
    );
    if let (Some(parent), false) = (post.parent, state == State::Deleted) {
        let _ = write!(
            out,
            "<li><a href=\"#{}\" data-event-action=\"parent\" class=\"bylink\">parent</a></li>",
            posts[parent].id
        );
    }
    *out += "</ul></div><div class=\"child\"><div class=\"sitetable listing\">";
}

/// The ids that the comments get: those of deleted ones are known by their anchor, or by a reply.
fn named(posts: &[Post], form: Form, cap: usize) -> Vec<String> {
    let mut number = 0;
    let shown = |post: &Post| post.depth <= cap;
    let names = posts.iter().enumerate().map(|(at, post)| {
        let told = |reply: &Post| {
            reply.parent == Some(at) && shown(reply) && state(reply) != State::Deleted
        };
        let lost = state(post) == State::Deleted && !form.anchors && !posts.iter().any(told);
        if !lost || !shown(post) {
            return post.id.to_string();
        }
        number += 1;
        format!("deleted-{number}")
    });
    names.collect()
}

fn shreddit(posts: &[Post], cap: usize, flat: bool) -> String {
    let mut out = "<!DOCTYPE html><html><body><shreddit-app><shreddit-post id=\"t3_l\" post-title=\"T\" author=\"nobody\" permalink=\"/r/x/comments/l/t/\"></shreddit-post><shreddit-comment-tree>".to_owned();
    let mut open = Vec::new();
    for (at, post) in posts
        .iter()
        .enumerate()
        .filter(|(_, post)| post.depth <= cap)
    {
        close(&mut out, &mut open, if flat { 0 } else { post.depth });
        let Post {
            id, points, depth, ..
        } = post;
        let parent = post.parent.map(|at| {
            format!(
                "parentid=\"t1_{0}\" slot=\"children-t1_{0}-0\"",
                posts[at].id
            )
        });
        let folded = if state(post) == State::Collapsed {
            "collapsed=\"\""
        } else {
            ""
        };
        let _ = write!(
            out,
            "<shreddit-comment author=\"{}\" thingId=\"t1_{id}\" depth=\"{depth}\" score=\"{points}\" created=\"{}\" postId=\"t3_l\" {} {folded}>\
             <div slot=\"commentMeta\"><a href=\"/user/u\">u</a></div><div id=\"t1_{id}-comment-rtjson-content\" slot=\"comment\">{}</div>",
            escape(post.author),
            time(post),
            parent.unwrap_or_default(),
            html(post)
        );
        open.push("</shreddit-comment>");
        if post.depth == cap && !replies(posts, at).is_empty() {
            let _ = write!(
                out,
                "<faceplate-partial src=\"/svc/shreddit/more-comments/x/t3_l?x=1\" slot=\"children-t1_{id}-1\"><button>3 more replies</button></faceplate-partial>"
            );
        }
    }
    close(&mut out, &mut open, 0);
    out + "</shreddit-comment-tree></shreddit-app></body></html>"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn old_threads_come_back(mut posts in forests(30), form in forms()) {
        for post in &mut posts {
            post.fate = 99;
        }
        assert_shows(&read(old(&posts, form, usize::MAX).as_bytes(), "reddit-html"), &posts, ALL);
    }

    #[test]
    fn deleted_comments_and_stubs_keep_their_place(posts in forests(30), form in forms(), cap in 0..4_usize) {
        let thread = read(old(&posts, form, cap).as_bytes(), "reddit-html");
        let names = named(&posts, form, cap);
        let name = |id: &str| {
            let at = posts.iter().position(|post| post.id.to_string() == id);
            at.map_or(id.to_owned(), |at| names[at].clone())
        };
        let mut expected = capped(&posts, cap, |parent, first| match form.deep {
            true => format!("_{}", name(parent)),
            false => first.to_owned(),
        });
        for (id, parent, _) in &mut expected {
            (*id, *parent) = (name(id), name(parent));
        }
        expected.sort();
        prop_assert_eq!(tree(&thread), expected);
    }

    #[test]
    fn threads_of_2023_come_back(mut posts in forests(30), flat in any::<bool>()) {
        for post in &mut posts {
            post.fate = 24 + post.fate % 70;
        }
        assert_shows(&read(shreddit(&posts, usize::MAX, flat).as_bytes(), "reddit-html"), &posts, ALL);
    }

    #[test]
    fn stubs_of_2023_keep_their_place(posts in forests(30), cap in 0..4_usize) {
        let thread = read(shreddit(&posts, cap, false).as_bytes(), "reddit-html");
        prop_assert_eq!(tree(&thread), capped(&posts, cap, |parent, _| format!("_{parent}")));
    }
}

#[test]
fn fates_are_told() {
    let mut posts = super::forest::forest(9);
    for (post, fate) in posts.iter_mut().zip([0, 10, 20, 30, 0, 10, 20, 30, 99]) {
        post.fate = fate;
    }
    let states: Vec<_> = posts.iter().map(state).collect();
    let form = Form {
        anchors: true,
        ..Form::default()
    };
    let tells = Tells { ..ALL };
    for page in [
        old(&posts, form, usize::MAX),
        shreddit(&posts, usize::MAX, false),
    ] {
        assert_shows_as(
            &read(page.as_bytes(), "reddit-html"),
            &posts,
            &states,
            tells,
        );
    }
}
