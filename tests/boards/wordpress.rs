//! WordPress: pages of several themes, the REST interface, exports.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, assert_shows_as, escape, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::{Parent, State, codes};
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(crate) const HTML: Board = Board {
    source: "wordpress-html",
    page: |posts| Theme::Core.page(posts).into_bytes(),
};

pub(crate) const REST: Board = Board {
    source: "wordpress-rest",
    page: |posts| rest(posts).into_bytes(),
};

pub(crate) const WXR: Board = Board {
    source: "wordpress-wxr",
    page: |posts| wxr(posts).into_bytes(),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

/// A way to write a list of comments.
#[derive(Debug, Clone, Copy)]
enum Theme {
    /// `wp_list_comments` with HTML 5.
    Core,
    /// The same before HTML 5: a `div`, and no element for the text alone.
    Older,
    /// The class on the item, the number inside, the text in `comment-text`.
    Boxed,
    /// Elements without lists; replies behind what they answer.
    Divisions,
    /// Block themes.
    Blocks,
    /// wpDiscuz, which says the parent's number in the id.
    Discuz,
    /// Whoever forgets to close elements: the class tells the depth.
    Unclosed,
}

const THEMES: [Theme; 7] = [
    Theme::Core,
    Theme::Older,
    Theme::Boxed,
    Theme::Divisions,
    Theme::Blocks,
    Theme::Discuz,
    Theme::Unclosed,
];

impl Theme {
    fn page(self, posts: &[Post]) -> String {
        let mut out = "<!DOCTYPE html><html><head><link rel='https://api.w.org/' href='/wp-json/'>\
             <link rel=shortlink href='https://b.example/?p=77'></head><body><div id=comments>\
             <ul><li class='menu-item depth-1'><a href=/>Home</a></ul>"
            .to_owned();
        out += match self {
            Self::Blocks => "<div><ol class=wp-block-comment-template>",
            Self::Divisions | Self::Discuz | Self::Unclosed => "<div><div class=comment-list>",
            _ => "<div><ol class='commentlist clearfix'>",
        };
        for (at, post) in posts.iter().enumerate() {
            self.comment(posts, post, &mut out);
            let next = posts.get(at + 1).map_or(0, |next| next.depth);
            if next > post.depth {
                out += self.begin_replies();
            } else {
                out += self.end();
                for _ in next..post.depth {
                    out += self.end_replies();
                }
            }
        }
        out + "</div></div></body></html>"
    }

    fn comment(self, posts: &[Post], post: &Post, out: &mut String) {
        let (id, level, html) = (post.id, post.depth + 1, post.html());
        let author = escape(post.author);
        let time = jiff::Timestamp::from_second(post.posted).expect("a time");
        let words = time.strftime("%B %-d, %Y at %-I:%M %P");
        let classes = format!("comment even depth-{level}");
        let reply = format!(
            "<div class=reply><a class=comment-reply-link href='?replytocom={id}#respond'>Reply</a></div>"
        );
        let _ = match self {
            Self::Core => write!(
                out,
                "<li id=comment-{id} class='{classes}'><article id=div-comment-{id} class=comment-body>\
                 <footer class=comment-meta><div class='comment-author vcard'><b class=fn><a class=url href=x>{author}</a></b>\
                 <span class=says>says:</span></div><div class=comment-metadata><a href='#comment-{id}'>\
                 <time datetime='{time}'>{words}</time></a></div></footer><div class=comment-content>{html}</div>{reply}</article>"
            ),
            Self::Older => write!(
                out,
                "<li class='{classes}' id=comment-{id}><div id=div-comment-{id} class=comment-body>\
                 <div class='comment-author vcard'><cite class=fn>{author}</cite> <span class=says>says:</span></div>\
                 <div class='comment-meta commentmetadata'><a href='/x/#comment-{id}'>{words}</a> <a class=comment-edit-link>(Edit)</a></div>\
                 {html}{reply}</div>"
            ),
            Self::Boxed => write!(
                out,
                "<li class='{classes}'><div id=comment-{id} class=the-comment><div class='comment-author meta'>\
                 <strong>{author}</strong> {words} <a class=comment-reply-link href='?replytocom={id}#respond'> - Reply</a></div>\
                 <div class=comment-text>{html}</div></div>"
            ),
            Self::Divisions => write!(
                out,
                "<div class='{classes}' id=comment-{id}><p class=comment-author>{author}</p><p class=comment-date>{words}</p>\
                 <div class=comment-entry>{html}</div>{reply}</div>"
            ),
            Self::Blocks => write!(
                out,
                "<li id=comment-{id} class='{classes}'><div class=wp-block-group><div class=wp-block-comment-author-name>{author}</div>\
                 <div class=wp-block-comment-date><time datetime='{time}'><a href='/x/#comment-{id}'>{words}</a></time></div>\
                 <div class=wp-block-comment-content>{html}</div><div class=wp-block-comment-reply-link></div></div>"
            ),
            Self::Discuz => {
                let parent = post.parent.map_or(0, |parent| posts[parent].id);
                write!(
                    out,
                    "<div id=wpd-comm-{id}_{parent} class='comment wpd-comment wpd_comment_level-{level}'><div class=wpd-comment-wrap>\
                     <div id=comment-{id} class=wpd-comment-right><div class=wpd-comment-author>{author}</div>\
                     <div class=wpd-comment-date title='{words}'>ages ago</div><div class=wpd-comment-text>{html}</div>\
                     <span class=wpd-reply-button>Reply</span></div></div>"
                )
            }
            Self::Unclosed => write!(
                out,
                "<div class='{classes}' id=comment-{id}><div><div class=comment-author><b>{author}</b></div><span class=comment-date>{words}</span>\
                 <div class=comment-content>{html}</div>{reply}"
            ),
        };
    }

    fn begin_replies(self) -> &'static str {
        match self {
            Self::Core | Self::Blocks => "<ol class=children>",
            Self::Older | Self::Boxed => "<ul class=children>",
            Self::Divisions => "<div class=children>",
            Self::Discuz | Self::Unclosed => "",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::Core | Self::Older | Self::Boxed | Self::Blocks => "</li>",
            Self::Discuz => "</div>",
            Self::Divisions | Self::Unclosed => "",
        }
    }

    fn end_replies(self) -> &'static str {
        match self {
            Self::Core | Self::Blocks => "</ol></li>",
            Self::Older | Self::Boxed => "</ul></li>",
            Self::Divisions | Self::Discuz => "</div>",
            Self::Unclosed => "",
        }
    }
}

/// A page on which replies stand no deeper than two below the first, and quote what they answer.
fn capped(posts: &[Post]) -> String {
    const CAP: usize = 2;
    let mut shown = posts.to_vec();
    for post in &mut shown {
        if post.depth > CAP {
            let parent = &posts[post.parent.expect("a deep post has a parent")];
            post.paragraphs
                .insert(0, format!("“{}”", parent.paragraphs[0]));
            post.depth = CAP;
        }
    }
    let page = Theme::Core.page(&shown);
    // At that depth there is no link to reply.
    let mut parts = page.split("<li id=comment-");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += "<li id=comment-";
        match (
            part.contains("depth-3"),
            part.split_once("<div class=reply>"),
        ) {
            (true, Some((before, after))) => {
                let (_, after) = after.split_once("</div>").unwrap_or_default();
                out += before;
                out += after;
            }
            _ => out += part,
        }
    }
    out
}

/// A page without threads, on which a reply begins with a quotation of what it answers.
fn flat(posts: &[Post]) -> String {
    let mut out =
        "<html><head><script src=/wp-includes/js/x.js></script></head><body><div id=comments>"
            .to_owned();
    for post in posts {
        let quote = post.parent.map_or_else(String::new, |parent| {
            let quoted = &posts[parent].paragraphs[0];
            format!("<p>“{}”</p>", escape(quoted))
        });
        let time = jiff::Timestamp::from_second(post.posted).expect("a time");
        let _ = write!(
            out,
            "<article class=comment id=comment-{}><p class=comment-credit><span class=commenter>{}</span> • \
             <a href='/x.html/#comment-{}'>{}</a></p>{quote}{}</article>",
            post.id,
            escape(post.author),
            post.id,
            time.strftime("%B %-d, %Y %-I:%M %p"),
            post.html(),
        );
    }
    out + "</div></body></html>"
}

/// Each comment's parent, and the parent that is right, where that can be told by a quotation at all: one
/// does not quote oneself.
pub(crate) fn parents_agree(thread: &rejoinder::thread::Thread, posts: &[Post]) {
    assert_eq!(thread.comments.len(), posts.len());
    for (comment, post) in thread.comments.iter().zip(posts) {
        let parent = post.parent.map(|parent| &posts[parent]);
        if parent.is_some_and(|parent| parent.author == post.author) {
            continue;
        }
        let read = match &comment.parent {
            Parent::Known(idx) => Some(thread.comment(*idx).id.clone()),
            _ => None,
        };
        assert_eq!(read, parent.map(|parent| parent.id.to_string()), "{post:?}");
    }
}

/// What a draw does to a comment: its state in words, and as it is read.
fn fate(post: &Post) -> (&'static str, State) {
    match post.fate {
        0..10 => ("spam", State::Removed),
        10..20 => ("hold", State::Collapsed),
        _ => ("approved", State::Live),
    }
}

fn states(posts: &[Post]) -> Vec<State> {
    posts.iter().map(|post| fate(post).1).collect()
}

fn rest(posts: &[Post]) -> String {
    let list = posts.iter().map(|post| {
        let time = jiff::Timestamp::from_second(post.posted).expect("a time");
        json!({"id": post.id, "post": 77, "parent": post.parent.map_or(0, |parent| posts[parent].id), "author": 0,
            "author_name": post.author, "date_gmt": time.strftime("%Y-%m-%dT%H:%M:%S").to_string(), "status": fate(post).0,
            "content": {"rendered": post.html()}, "type": "comment", "link": format!("https://b.example/#comment-{}", post.id)})
    });
    Value::Array(list.collect()).to_string()
}

fn wxr(posts: &[Post]) -> String {
    let mut out =
        "<?xml version=\"1.0\"?><rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\
         <item><title>Keys</title><wp:post_id>77</wp:post_id>"
            .to_owned();
    for post in posts {
        let approved = match fate(post).1 {
            State::Removed => "spam",
            State::Collapsed => "0",
            _ => "1",
        };
        let text: Vec<_> = post.paragraphs.iter().map(|text| escape(text)).collect();
        let time = jiff::Timestamp::from_second(post.posted).expect("a time");
        let _ = write!(
            out,
            "<wp:comment><wp:comment_id>{}</wp:comment_id><wp:comment_author><![CDATA[{}]]></wp:comment_author>\
             <wp:comment_date_gmt>{}</wp:comment_date_gmt><wp:comment_content><![CDATA[{}]]></wp:comment_content>\
             <wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>comment</wp:comment_type>\
             <wp:comment_parent>{}</wp:comment_parent></wp:comment>",
            post.id,
            post.author,
            time.strftime("%Y-%m-%d %H:%M:%S"),
            text.join("\n\n"),
            post.parent.map_or(0, |parent| posts[parent].id),
        );
    }
    out + "</item></channel></rss>"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn themes_bring_threads_back(posts in forests(30)) {
        for theme in THEMES {
            let page = theme.page(&posts);
            let mut thread = read(page.as_bytes(), "wordpress-html");
            assert_shows(&thread, &posts, TELLS);
            thread.warnings.retain(|warning| warning.code != codes::LOCAL_TIMES);
            assert_eq!(thread.warnings, [], "{theme:?}");
        }
    }

    #[test]
    fn quotations_lead_beyond_the_greatest_depth(posts in forests(30)) {
        let thread = read(capped(&posts).as_bytes(), "wordpress-html");
        parents_agree(&thread, &posts);
    }

    #[test]
    fn quotations_lead_on_pages_without_threads(posts in forests(30)) {
        let mut thread = read(flat(&posts).as_bytes(), "wordpress-html");
        parents_agree(&thread, &posts);
        thread.warnings.retain(|warning| warning.code != codes::LOCAL_TIMES);
        let told = thread.warnings.iter().filter(|warning| warning.code == codes::INFERRED_PARENT).count();
        assert!(told <= 1 && thread.warnings.len() == told, "{:?}", thread.warnings);
    }

    #[test]
    fn answers_and_exports_bring_threads_back(posts in forests(30)) {
        for (source, page) in [("wordpress-rest", rest(&posts)), ("wordpress-wxr", wxr(&posts))] {
            let thread = read(page.as_bytes(), source);
            assert_shows_as(&thread, &posts, &states(&posts), TELLS);
            assert!(thread.warnings.iter().all(|warning| warning.code == codes::DELETED_COMMENTS), "{:?}", thread.warnings);
        }
    }
}
