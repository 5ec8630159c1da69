//! phpBB: prosilver of several years, subsilver2, and version 2.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, escape, forests, read},
    quoting::{date, named_is_enough, quoting},
};
use proptest::prelude::*;
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "phpbb",
    page: |posts| page(posts, Form::Linked, false).into_bytes(),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// Version 3.2 and later: quotations link to their posts.
    Linked,
    /// Version 3.0: they name the author alone.
    Named,
    Subsilver,
    Second,
}

const FORMS: [Form; 4] = [Form::Linked, Form::Named, Form::Subsilver, Form::Second];

fn page(posts: &[Post], form: Form, words: bool) -> String {
    let mut out = "<!DOCTYPE html>\n<html><head><link rel=\"canonical\" href=\"https://forum.example/viewtopic.php?t=7\">\
        </head><body id=\"phpbb\" class=\"nojs section-viewtopic ltr\"><h2 class=\"topic-title\">\
        <a class=\"titles\" href=\"./viewtopic.php?f=1&amp;t=7\">Keys</a></h2><table>"
        .to_owned();
    for post in posts {
        let parent = post.parent.map(|parent| &posts[parent]);
        let quote = parent.map_or_else(String::new, |parent| {
            let name = escape(parent.author);
            let text = if words { escape(&parent.paragraphs[0]) } else { String::new() };
            match form {
                Form::Linked if words => format!(
                    "<blockquote><div><cite><a href=\"./memberlist.php?mode=viewprofile&amp;u=5\">{name}</a> wrote: \
                     <a href=\"./viewtopic.php?p={0}#p{0}\" data-post-id=\"{0}\">↑</a></cite>{text}</div></blockquote>",
                    parent.id
                ),
                Form::Linked => format!("<blockquote cite=\"./viewtopic.php?p={0}#p{0}\"></blockquote>", parent.id),
                Form::Named => format!("<blockquote><div><cite>{name} wrote:</cite>{text}</div></blockquote>"),
                Form::Subsilver => format!(
                    "<div class=\"quotetitle\">{name} wrote:</div><div class=\"quotecontent\">{text}</div>"
                ),
                Form::Second => format!(
                    "</span><table><tr><td><span class=\"genmed\"><b>{name} wrote:</b></span></td></tr>\
                     <tr><td class=\"quote\">{text}</td></tr></table><span class=\"postbody\">"
                ),
            }
        });
        write_post(&mut out, post, form, &quote);
    }
    out + "</table></body></html>"
}

fn write_post(out: &mut String, post: &Post, form: Form, quote: &str) {
    let (id, author) = (post.id, escape(post.author));
    let english = date(post, "%a %b %d, %Y %-I:%M %P");
    let broken = post
        .paragraphs
        .iter()
        .map(|text| escape(text))
        .collect::<Vec<_>>()
        .join("<br><br>");
    let _ = match form {
        Form::Linked | Form::Named => write!(
            out,
            "<div id=\"p{id}\" class=\"post has-profile bg2\"><dl class=\"postprofile\"><dt><a class=\"username\" href=\"./m.php?u=5\">{author}</a></dt></dl>\
             <div class=\"postbody\"><h3><a href=\"#p{id}\">Re: Keys</a></h3><p class=\"author\">by <strong><a href=\"./memberlist.php?mode=viewprofile&amp;u=5\" \
             class=\"username\">{author}</a></strong> &raquo; {english} </p><div class=\"content\">{quote}{broken}</div></div></div>"
        ),
        Form::Subsilver => write!(
            out,
            "<tr class=\"row1\"><td><a name=\"p{id}\"></a><b class=\"postauthor\">{author}</b></td><td><table><tr><td class=\"gensmall\">\
             <div style=\"float: left;\"><b>Post subject:</b> Re: Keys</div><div style=\"float: right;\"><b>Posted:</b> {english}&nbsp;</div></td></tr></table></td></tr>\
             <tr class=\"row1\"><td class=\"profile\">x</td><td><table><tr><td><div class=\"postbody\">{quote}{broken}</div></td></tr></table></td></tr>"
        ),
        Form::Second => write!(
            out,
            "<tr><td class=\"row1\"><span class=\"name\"><a name=\"{id}\"></a><b>{author}</b></span><br><span class=\"postdetails\">Joined</span></td>\
             <td class=\"row1\"><table><tr><td><a href=\"viewtopic.php?p={id}#{id}\"><img src=\"p.gif\"></a><span class=\"postdetails\">Posted: {english}\
             <span class=\"gen\">&nbsp;</span>&nbsp; &nbsp;Post subject: Keys</span></td></tr><tr><td colspan=\"2\"><hr></td></tr>\
             <tr><td colspan=\"2\"><span class=\"postbody\">{quote}{broken}</span><span class=\"gensmall\"></span></td></tr></table></td></tr>"
        ),
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_topic_comes_back(posts in forests(30), form in prop::sample::select(&FORMS[..])) {
        let mut posts = posts;
        for at in 0..posts.len() {
            let understood = form == Form::Linked || named_is_enough(&posts, &posts[at]);
            let parent = posts[at].parent.filter(|_| understood);
            posts[at].parent = parent;
            posts[at].depth = parent.map_or(0, |parent| posts[parent].depth + 1);
        }
        let thread = read(page(&posts, form, true).as_bytes(), "phpbb");
        let line = |name: &str| match form {
            Form::Linked => format!("{name} wrote: ↑"),
            _ => format!("{name} wrote:"),
        };
        assert_shows(&thread, &quoting(&posts, line), TELLS);
        prop_assert_eq!(thread.title.as_deref(), Some("Keys"));
        prop_assert_eq!(thread.id.as_str(), "7");
    }
}
