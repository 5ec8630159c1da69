//! vBulletin 3, 4 and 5.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, escape, forests, read},
    quoting::{date, named_is_enough, quoting},
};
use proptest::prelude::*;
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "vbulletin",
    page: |posts| page(posts, Form::Fourth, false).into_bytes(),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Third,
    Fourth,
    Fifth,
}

const FORMS: [Form; 3] = [Form::Third, Form::Fourth, Form::Fifth];

/// A page in the markup of a version; `words` says whether quotations hold what they quote. A draw decides
/// whether a quotation links to its post or names the author alone.
fn page(posts: &[Post], form: Form, words: bool) -> String {
    let mut out = "<!DOCTYPE html>\n<html><head><meta name=\"generator\" content=\"vBulletin\" />\
        <title>Keys - Forum</title></head><body>"
        .to_owned();
    for post in posts {
        let quote = post.parent.map(|parent| {
            let parent = &posts[parent];
            let link = match words && post.fate < 40 && named_is_enough(posts, post) {
                true => String::new(),
                false => format!(
                    " <a href=\"showthread.php?p={0}#post{0}\" rel=\"nofollow\"><img src=\"v.gif\" alt=\"View Post\"></a>",
                    parent.id
                ),
            };
            let by = match words {
                true => format!("Originally Posted by <strong>{}</strong>{link}", escape(parent.author)),
                false => link,
            };
            let text = if words { escape(&parent.paragraphs[0]) } else { String::new() };
            match form {
                Form::Third => format!(
                    "<div style=\"margin:20px; margin-top:5px; \"><div class=\"smallfont\" style=\"margin-bottom:2px\">Quote:</div>\
                     <table><tr><td class=\"alt2\"><div>{by}</div><div style=\"font-style:italic\">{text}</div></td></tr></table></div>"
                ),
                _ => format!(
                    "<div class=\"bbcode_container\"><div class=\"bbcode_quote\"><div class=\"quote_container\">\
                     <div class=\"bbcode_quote_container\"></div><div class=\"bbcode_postedby\">{by}</div>\
                     <div class=\"message\">{text}</div></div></div></div>"
                ),
            }
        });
        let text = quote.unwrap_or_default() + &post.html();
        write_post(&mut out, post, form, &text);
    }
    out + "</body></html>"
}

fn write_post(out: &mut String, post: &Post, form: Form, text: &str) {
    let (id, author) = (post.id, escape(post.author));
    let _ = match form {
        Form::Third => write!(
            out,
            "<div id=\"edit{id}\"><table id=\"post{id}\" class=\"tborder\"><tr><td class=\"thead\"><a name=\"post{id}\">\
             <img src=\"old.gif\"></a> {}</td><td class=\"thead\">#<a href=\"showpost.php?p={id}\" id=\"postcount{id}\">1</a></td></tr>\
             <tr><td class=\"alt2\"><div id=\"postmenu_{id}\"><a class=\"bigusername\" href=\"member.php?u=5\">{author}</a></div></td>\
             <td class=\"alt1\" id=\"td_post_{id}\"><div id=\"post_message_{id}\">{text}</div></td></tr></table></div>",
            date(post, "%d.%m.%Y, %I:%M %p")
        ),
        Form::Fourth => write!(
            out,
            "<li class=\"postbitlegacy postbitim postcontainer old\" id=\"post_{id}\"><div class=\"posthead\"><span class=\"postdate old\">\
             <span class=\"date\">{},&nbsp;<span class=\"time\">{}</span></span></span><a name=\"post{id}\" href=\"#post{id}\">#1</a></div>\
             <div class=\"username_container\"><a class=\"username offline\" href=\"member.php?5-x\"><strong>{author}</strong></a></div>\
             <div class=\"content\"><div id=\"post_message_{id}\"><blockquote class=\"postcontent restore\">{text}</blockquote></div></div></li>",
            date(post, "%Y-%m-%d"),
            date(post, "%I:%M %p")
        ),
        Form::Fifth => write!(
            out,
            "<li class=\"b-post js-post\" data-node-id=\"{id}\"><div class=\"author\"><strong><a href=\"member/5-x\" data-vbnamecard=\"5\">\
             {author}</a></strong></div><div class=\"b-post__timestamp\"><time datetime=\"{}\">then</time></div>\
             <div class=\"js-post__content-text restore\">{text}</div></li>",
            date(post, "%Y-%m-%dT%H:%M:%S")
        ),
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn any_thread_comes_back(posts in forests(30), form in prop::sample::select(&FORMS[..])) {
        let thread = read(page(&posts, form, true).as_bytes(), "vbulletin");
        assert_shows(&thread, &quoting(&posts, |name| format!("Originally Posted by {name}")), TELLS);
        prop_assert_eq!(thread.title.as_deref(), Some("Keys"));
    }
}
