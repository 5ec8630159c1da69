//! XenForo 1 and 2.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows_as, escape, forests, read},
    quoting::{date, quoting},
};
use proptest::prelude::*;
use rejoinder::thread::State;
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "xenforo",
    page: |posts| second(posts, false, &[]).into_bytes(),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

/// Version 2; `words` says whether quotations hold what they quote.
fn second(posts: &[Post], words: bool, states: &[State]) -> String {
    let mut out = "<!DOCTYPE html>\n<html id=\"XF\" lang=\"en-US\" data-content-key=\"thread-7\"><head>\
        <title>T | Forum</title></head><body><h1 class=\"p-title-value\"><span class=\"label\">Old</span>Keys</h1>"
        .to_owned();
    for (at, post) in posts.iter().enumerate() {
        let (id, author) = (post.id, escape(post.author));
        if states.get(at) == Some(&State::Removed) {
            let _ = write!(
                out,
                "<div class=\"message message--deleted js-post\" data-author=\"{author}\" data-content=\"post-{id}\" \
                 id=\"js-post-{id}\"><div class=\"messageNotice messageNotice--deleted\">Deleted by a moderator</div></div>"
            );
            continue;
        }
        let quote = post.parent.map(|parent| {
            let parent = &posts[parent];
            let name = escape(parent.author);
            let inside = match words {
                true => format!(
                    "<div class=\"bbCodeBlock-title\"><a href=\"/goto/post?id={0}\" class=\"bbCodeBlock-sourceJump\">\
                     {name} said:</a></div><div class=\"bbCodeBlock-content\"><div class=\"bbCodeBlock-expandContent\">\
                     {1}</div><div class=\"bbCodeBlock-expandLink\"><a>Click to expand...</a></div></div>",
                    parent.id,
                    escape(&parent.paragraphs[0])
                ),
                false => String::new(),
            };
            format!(
                "<blockquote data-attributes=\"member: 5\" data-quote=\"{name}\" data-source=\"post: {}\" \
                 class=\"bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote\">{inside}</blockquote>",
                parent.id
            )
        });
        let _ = write!(
            out,
            "<article class=\"message message--post js-post\" data-author=\"{author}\" data-content=\"post-{id}\" \
             id=\"js-post-{id}\"><section class=\"message-user\"><h4 class=\"message-name\">\
             <a href=\"/members/x.5/\" class=\"username\" data-user-id=\"5\">{author}</a></h4></section>\
             <header class=\"message-attribution\"><time class=\"u-dt\" datetime=\"{}\" data-time=\"{}\">then</time></header>\
             <article class=\"message-body js-selectToQuote\"><div class=\"bbWrapper\">{}{}</div>\
             <div class=\"js-selectToQuoteEnd\">&nbsp;</div></article></article>",
            date(post, "%Y-%m-%dT%H:%M:%S+0000"),
            post.posted,
            quote.unwrap_or_default(),
            post.html()
        );
    }
    out + "</body></html>"
}

fn first(posts: &[Post]) -> String {
    let mut out = "<!DOCTYPE html>\n<html id=\"XenForo\" lang=\"en-US\"><head></head><body>\
        <div class=\"titleBar\"><h1>Keys</h1></div><ol class=\"messageList\" id=\"messageList\">"
        .to_owned();
    for post in posts {
        let (id, author) = (post.id, escape(post.author));
        let _ = write!(
            out,
            "<li id=\"post-{id}\" class=\"sectionMain message\" data-author=\"{author}\"><h3 class=\"userText\">\
             <a href=\"members/x.5/\" class=\"username\">{author}</a></h3><div class=\"messageContent\"><article>\
             <blockquote class=\"messageText SelectQuoteContainer ugc baseHtml\">"
        );
        if let Some(parent) = post.parent.map(|parent| &posts[parent]) {
            let _ = write!(
                out,
                "<div class=\"bbCodeBlock bbCodeQuote\" data-author=\"{0}\"><aside><div class=\"attribution type\">{0} said: \
                 <a href=\"goto/post?id={1}#post-{1}\" class=\"AttributionLink\">&uarr;</a></div><blockquote class=\"quoteContainer\">\
                 <div class=\"quote\">{2}</div><div class=\"quoteExpand\">Click to expand...</div></blockquote></aside></div>",
                escape(parent.author),
                parent.id,
                escape(&parent.paragraphs[0])
            );
        }
        let _ = write!(
            out,
            "{}<div class=\"messageTextEndMarker\">&nbsp;</div></blockquote></article></div><div class=\"messageMeta\">\
             <a href=\"threads/keys.7/\" class=\"datePermalink\"><abbr class=\"DateTime\" data-time=\"{}\">then</abbr></a></div></li>",
            post.html(),
            post.posted
        );
    }
    out + "</ol></body></html>"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn any_thread_comes_back(posts in forests(30)) {
        let states: Vec<_> = posts
            .iter()
            .map(|post| if post.fate < 10 { State::Removed } else { State::Live })
            .collect();
        // What was deleted quotes nobody any more.
        let mut posts = posts;
        for at in 0..posts.len() {
            let parent = posts[at].parent.filter(|_| states[at] == State::Live);
            posts[at].parent = parent;
            posts[at].depth = parent.map_or(0, |parent| posts[parent].depth + 1);
        }
        let thread = read(second(&posts, true, &states).as_bytes(), "xenforo");
        assert_shows_as(&thread, &quoting(&posts, |name| format!("{name} said:")), &states, TELLS);
        prop_assert_eq!(thread.title.as_deref(), Some("Keys"));
        prop_assert_eq!(thread.id.as_str(), "7");
    }

    #[test]
    fn any_thread_comes_back_from_version_1(posts in forests(30)) {
        let thread = read(first(&posts).as_bytes(), "xenforo");
        let shown = quoting(&posts, |name| format!("{name} said: ↑"));
        assert_shows_as(&thread, &shown, &vec![State::Live; posts.len()], TELLS);
    }
}
