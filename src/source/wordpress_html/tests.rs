//! Pages in the ways of many themes.

use super::*;
use crate::source::testing::{codes_of, comments};
use crate::thread::State;

const HEAD: &str = "<html><head><meta name=generator content='WordPress 6.1'></head><body class='single postid-7'>";

fn thread(body: &str) -> Thread {
    let page = format!(
        "{HEAD}<h1 class=entry-title>Keys</h1><div class=entry-content><p>Keys leak, all of them.</div>{body}</body>"
    );
    assert!(SOURCE.detect(page.as_bytes()));
    let input = Box::new(std::io::Cursor::new(page.into_bytes()));
    SOURCE.threads(input).next().unwrap().unwrap()
}

#[test]
fn replies_stand_inside_what_they_answer() {
    let thread = thread(
        "<nav><ul><li class='menu-item depth-1' id=menu-1>Home<li class='menu-item depth-2'>Shop</ul></nav>
         <ol class=comment-list>
         <li id=comment-3 class='comment even thread-even depth-1 parent'><article id=div-comment-3 class=comment-body>
          <footer class=comment-meta><div class='comment-author vcard'><img class=avatar>
           <b class=fn><a href=http://a.example class=url>Ann</a></b> <span class=says>says:</span></div>
           <div class=comment-metadata><a href=/keys/#comment-3><time datetime='2020-01-02T03:04:05+00:00'>January</time></a>
           <span class=edit-link>(<a class=comment-edit-link href=x>Edit</a>)</span></div>
           <em class=comment-awaiting-moderation>Your comment is awaiting moderation.</em></footer>
          <div class=comment-content><p>One.</p><blockquote>quoted</blockquote></div>
          <div class=reply><a class=comment-reply-link href='/keys/?replytocom=3#respond'>Reply</a></div></article>
          <ol class=children>
          <li id=comment-5 class='comment byuser comment-author-root bypostauthor odd depth-2'><article class=comment-body>
           <div class='comment-author vcard'><b class=fn>Bob</b></div><div class=comment-content><p>Two.</div></article></li>
          </ol></li>
         <li id=comment-6 class='pingback even depth-1'><div class=comment-body>Pingback: <a class=url rel='external nofollow'
           href=http://c.example>A site</a></div></li></ol>",
    );
    assert_eq!(
        comments(&thread),
        [
            ("3", "", "Ann", "One.\n\nquoted"),
            ("5", "3", "Bob", "Two."),
            ("6", "", "A site", "Pingback: A site")
        ]
    );
    assert_eq!(thread.id, "7");
    let article = thread.article.as_ref().unwrap();
    assert_eq!(article.text.as_deref(), Some("Keys leak, all of them."));
    assert_eq!(thread.title.as_deref(), Some("Keys"));
    assert_eq!(
        thread.comments[0].posted,
        "2020-01-02T03:04:05Z".parse().ok()
    );
    let author = thread.comments[1].author.as_ref().unwrap();
    assert_eq!(author.id.as_deref(), Some("root"));
    assert_eq!(author.badge.as_deref(), Some("author"));
    assert_eq!(thread.comments[2].kind, CommentKind::Pingback);
    assert!(thread.warnings.is_empty(), "{:?}", thread.warnings);
}

#[test]
fn themes_of_two_decades() {
    let pages = [
        // 2005: no classes of comments, no element for the text.
        "<ol class=commentlist><li class=alt id=comment-3><cite><a href=x>Ann</a></cite> Says:<br>
         <small class=commentmetadata><a href=#comment-3>July 1st, 2006 at 1:10 pm</a> </small><p>One.</p></li></ol>",
        // The class of the comment on the item, its number inside.
        "<ul class=commentlist><li class='comment depth-1'><div id=div-comment-3><div class='comment-author meta'><strong>Ann</strong>
         1. Juli 2006 um 13:10 Uhr <a class=comment-reply-link href='?replytocom=3#respond'>Antworten</a></div>
         <div class=comment-text><p>One.</p></div></div></li></ul>",
        // A list of definitions.
        "<dl id=comment_list><dt class='comment even depth-1' id=comment-3><span class=comment_author>Ann</span>
         <span class=comment_time>July 1, 2006 at 1:10 pm</span></dt><dd class='comment even'><div class=format_text><p>One.</p></div></dd></dl>",
        // Block themes.
        "<div class=wp-block-comments><ol class=wp-block-comment-template><li id=comment-3 class='comment even depth-1'>
         <div class=wp-block-comment-author-name><a href=x>Ann</a></div><div class=wp-block-comment-date>
         <time datetime='2006-07-01T13:10:00+00:00'><a href=x>July</a></time></div><div class=wp-block-comment-edit-link><a>(Edit)</a></div>
         <div class=wp-block-comment-content><p>One.</p></div><div class=wp-block-comment-reply-link></div></li></ol></div>",
        // Flat, with the name and the time in one line behind the text.
        "<div class=comment id=c3><p>One.</p><p class=posted>Posted by: Ann • <a href=#c3>July 1, 2006 1:10 PM</a></p></div>",
        // wpDiscuz.
        "<div id=wpd-comm-3_0 class='comment depth-1 wpd-comment wpd_comment_level-1'><div id=comment-3 class=wpd-comment-right>
         <div class=wpd-comment-header><div class=wpd-comment-author>Ann</div><div class=wpd-comment-date title='July 1, 2006 1:10 pm'>
         ages ago</div></div><div class=wpd-comment-text><p>One.</p></div><div class=wpd-comment-footer><div class=wpd-vote-result>4</div>
         </div></div></div>",
    ];
    for page in pages {
        let thread = thread(page);
        assert_eq!(comments(&thread), [("3", "", "Ann", "One.")], "{page}");
        assert_eq!(
            thread.comments[0].posted,
            "2006-07-01T13:10:00Z".parse().ok(),
            "{page}"
        );
    }
}

#[test]
fn depths_tell_what_nesting_does_not() {
    // The list of replies behind the element, and an element that is never closed.
    let item = |id, level, rest| {
        format!(
            "<div class='comment even depth-{level}' id=comment-{id}><cite>A{id}</cite><p>T{id}.</p>{rest}"
        )
    };
    let page = [
        item(1, 1, "</div><div class=children>"),
        item(2, 2, "</div></div>"),
        item(3, 1, "<div>"),
        item(4, 1, "</div>"),
        item(5, 2, "</div>"),
    ];
    let thread = thread(&page.concat());
    let parents: Vec<_> = comments(&thread)
        .iter()
        .map(|comment| (comment.0, comment.1))
        .collect();
    assert_eq!(
        parents,
        [("1", ""), ("2", "1"), ("3", ""), ("4", ""), ("5", "4")]
    );
}

#[test]
fn names_and_quotations_lead_on_at_the_greatest_depth() {
    let item = |id: usize, level: usize, name: &str, text: &str| {
        let reply = if level < 3 {
            "<a class=comment-reply-link href='?replytocom=1#respond'>R</a>"
        } else {
            ""
        };
        format!(
            "<li class='comment depth-{level}' id=comment-{id}><cite class=fn>{name}</cite>
             <div class=comment-content>{text}</div>{reply}"
        )
    };
    let page = [
        "<ol class=commentlist>".to_owned(),
        item(1, 1, "Ann", "One."),
        "<ul class=children>".to_owned(),
        item(2, 2, "Bob", "Two."),
        "<ul class=children>".to_owned(),
        item(3, 3, "Cy", "The third of the things that are said."),
        item(4, 3, "Di", "@cy Four."),
        item(
            5,
            3,
            "Ed",
            "<blockquote>the things that are said</blockquote>Five.",
        ),
        item(6, 3, "Cy", "@Ann Six."),
        "</ul></ul>".to_owned(),
        item(7, 1, "Flo", "@Cy Seven."),
        "</ol>".to_owned(),
    ];
    let thread = thread(&page.concat());
    let parents: Vec<_> = comments(&thread).iter().map(|comment| comment.1).collect();
    assert_eq!(parents, ["", "1", "2", "3", "3", "2", ""]);
    assert_eq!(codes_of(&thread), [codes::INFERRED_PARENT]);
}

#[test]
fn other_pages_folded_comments_and_comments_shown_twice() {
    let item = "<li class='comment depth-1' id=comment-3><cite>Ann</cite><a href='/x/comment-page-2/#comment-3'>link</a>
        <p>Hidden due to low comment rating. <a href=#>Click here to see</a>.</p><div id=ckhide-3><p>One.</p></div>
        <span id=karma-3-up>2</span><span id=karma-3-down>31</span></li>";
    let thread = thread(&format!(
        "<ol class=commentlist>{item}</ol><div class=mobile><ol class=commentlist>{item}</ol></div>
         <a href='/x/comment-page-1/#comments'>Older</a><a href='/x/comment-page-2/#comments'>This</a>
         <a href='/y/comment-page-9/#comment-44'>Elsewhere</a>"
    ));
    assert_eq!(thread.comments.len(), 1);
    let comment = &thread.comments[0];
    assert_eq!(
        (comment.state, comment.body.text.as_str()),
        (State::Collapsed, "One.")
    );
    let score = comment.score.as_ref().unwrap();
    assert_eq!((score.up, score.down), (Some(2), Some(31)));
    assert_eq!(codes_of(&thread), [codes::PARTIAL_CAPTURE]);
    assert!(thread.warnings[0].message.ends_with("/x/comment-page-1/"));
}

#[test]
fn pages_without_comments() {
    let read = |body: &str| {
        let page = format!("{HEAD}{body}</body>");
        let input = Box::new(std::io::Cursor::new(page.into_bytes()));
        SOURCE.threads(input).next().unwrap()
    };
    assert!(read("<p>About us").is_err());
    let error = read("<div id=comments><div id=disqus_thread></div></div>").unwrap_err();
    assert!(error.to_string().contains("Disqus"), "{error}");
    assert!(read("<div id=respond></div>").unwrap().comments.is_empty());
}

#[test]
fn other_pages_are_not_taken() {
    for page in [
        "<html><body><p>Made with WordPress. <img src=https://x.example/wp-content/a.png>",
        "<html><ul><li class='menu-item depth-1'>x</ul>",
        "<html><meta property=og:image content=https://x.example/wp-content/a.png>",
        "{\"generator\": \"WordPress\"}",
    ] {
        assert!(!SOURCE.detect(page.as_bytes()), "{page}");
    }
}
