//! Small threads in the board's markup of several years.

use super::*;
use crate::{source::by_id, thread::Parent};

fn read_any(page: &[u8]) -> Result<Thread> {
    let source = by_id("register-html").unwrap();
    source.threads(Box::new(page)).next().unwrap()
}

fn read(page: &str) -> Thread {
    assert!(SOURCE.detect(page.as_bytes()), "not recognized:\n{page}");
    read_any(page.as_bytes()).unwrap()
}

/// Id, depth, author, title and text of every comment.
fn table(thread: &Thread) -> Vec<(&str, usize, &str, &str, &str)> {
    let comments = thread.comments.iter();
    comments
        .map(|comment| {
            let author = comment.author.as_ref().map_or("-", |a| a.name.as_str());
            let title = comment.title.as_deref().unwrap_or("-");
            let text = comment.body.text.as_str();
            (comment.id.as_str(), comment.depth, author, title, text)
        })
        .collect()
}

fn warnings(thread: &Thread) -> Vec<(&str, Option<usize>)> {
    let warnings = thread.warnings.iter();
    warnings
        .map(|w| (w.code.as_ref(), w.comment.map(CommentIdx::get)))
        .collect()
}

const FLAT: &str = r##"<!DOCTYPE html><html><head>
<link rel="canonical" href="https://forums.theregister.com/forum/all/2031/05/11/same_key/">
<title>Same key • The Register Forums</title></head><body>
<h2><a href="https://www.theregister.com/2031/05/11/same_key/">back to article Router maker ships the same key</a></h2>
<p class="standfirst">A made-up firm is <b>sorry</b> …</p>
<div id="forum_posts">
<div class="post"><a class="permalink" id="c_100" href="/forum/all/2031/05/11/same_key/#c_100"><span data-epoch="1936267200">2 days</span></a>
<p class="author">Anonymous Coward</p><img src="ac.png" alt="Anonymous Coward">
<div class="body"><h4>Not again</h4><p>They had one job.</p><p>And <a href="/k">one key</a>.</p></div>
<form class="vote" action="/post/vote/up/100"><input class="up" value="12"></form>
<form class="vote" action="/post/vote/down/100"><input class="down" value="3"></form></div>
<div class="post"><a class="permalink" id="c_107" href="#c_107"><span data-epoch="soon">1 day</span></a>
<a class="in-reply-to" href="/forum/containing/100">Re</a>
<p class="author"><a href="https://forums.theregister.com/user/4711/">Ada Example</a> <img alt="Silver badge" src="s.png"></p>
<h4>Re: Not again</h4><img alt="Facepalm" src="f.png"><div class="body"><p>One key.</p></div>
<button>⬆7</button><button>⬇1</button></div>
<div class="post deleted"><p>This post has been deleted by a moderator</p></div>
<div class="post"><a class="permalink" id="c_130" href="#c_130"></a><a class="in-reply-to" href="/forum/containing/107/">Re</a>
<p class="author">bob_ops Gold badge</p><div class="body"><p>See the advisory.</p></div></div>
</div></body></html>"##;

#[test]
fn a_flat_page() {
    let thread = read(FLAT);
    assert_eq!(
        table(&thread),
        [
            (
                "100",
                0,
                "Anonymous Coward",
                "Not again",
                "They had one job.\n\nAnd one key."
            ),
            ("107", 1, "Ada Example", "Re: Not again", "One key."),
            ("3", 0, "-", "-", ""),
            ("130", 2, "bob_ops", "-", "See the advisory."),
        ]
    );
    assert_eq!(
        warnings(&thread),
        [("bad_value", Some(1)), ("deleted_comments", None)]
    );
    assert_eq!(thread.id, "2031/05/11/same_key");
    assert_eq!(
        thread.title.as_deref(),
        Some("Router maker ships the same key")
    );
    let article = thread.article.as_ref().unwrap();
    assert_eq!(
        article.url.as_deref(),
        Some("https://www.theregister.com/2031/05/11/same_key/")
    );
    assert_eq!(article.text.as_deref(), Some("A made-up firm is sorry …"));
}

#[test]
fn what_a_post_carries() {
    let thread = read(FLAT);
    let [first, second, deleted, last] = &thread.comments[..] else {
        panic!("four comments");
    };
    assert_eq!(
        first.posted.map(jiff::Timestamp::as_second),
        Some(1_936_267_200)
    );
    let votes = |comment: &crate::thread::Comment| comment.score.as_ref().map(|s| (s.up, s.down));
    assert_eq!(votes(first), Some((Some(12), Some(3))));
    assert_eq!(votes(second), Some((Some(7), Some(1))));
    assert_eq!(votes(last), None);
    assert_eq!(first.body.links[0].span.slice(&first.body.text), "one key");
    assert_eq!(deleted.state, State::Removed);
    let author = second.author.as_ref().unwrap();
    assert_eq!(author.id.as_deref(), Some("4711"));
    assert_eq!(author.badge.as_deref(), Some("Silver badge"));
    let author = last.author.as_ref().unwrap();
    assert_eq!(author.badge.as_deref(), Some("Gold badge"));
    assert!(first.author.as_ref().unwrap().anonymous);
}

#[test]
fn the_form_of_2010() {
    let thread = read(
        r##"<html><div id="main-col">
        <div class="post"><h3>Logs</h3><a class="permalink" id="c_5" href="#c_5">#</a><span class="author">Ada</span>
        <div class="body">Who reads them?</div></div>
        <div class="post"><h3>Re: Logs</h3><a class="permalink" id="c_9" href="#c_9">#</a>
        <a class="permalink" href="#c_5">in reply</a><span class="author">Bob</span><div class="body">Nobody.</div></div></div>"##,
    );
    assert_eq!(
        table(&thread),
        [
            ("5", 0, "Ada", "Logs", "Who reads them?"),
            ("9", 1, "Bob", "Re: Logs", "Nobody.")
        ]
    );
    assert_eq!(warnings(&thread), []);
}

fn nested(classes: bool) -> String {
    let open = |id: u32, author: &str| {
        let class = if classes { " class=post" } else { "" };
        format!(
            "<li{class}><a class=permalink id=c_{id}></a><p class=author>{author}</p>\
             <div class=body><p>Words of {author}.</p><ol><li>item</ol></div>"
        )
    };
    format!(
        "<html><div id=forum_posts><ol>{}<ol>{}<ol>{}</ol></li>{}</ol></li>{}</ol></div>",
        open(1, "Ada"),
        open(2, "Bob"),
        open(3, "Eve"),
        open(4, "Dan"),
        open(5, "Kim")
    )
}

#[test]
fn nested_lists() {
    for classes in [true, false] {
        let thread = read(&nested(classes));
        let shape: Vec<_> = table(&thread)
            .iter()
            .map(|row| (row.0, row.1, row.4))
            .collect();
        assert_eq!(
            shape,
            [
                ("1", 0, "Words of Ada.\n\nitem"),
                ("2", 1, "Words of Bob.\n\nitem"),
                ("3", 2, "Words of Eve.\n\nitem"),
                ("4", 1, "Words of Dan.\n\nitem"),
                ("5", 0, "Words of Kim.\n\nitem"),
            ]
        );
        assert_eq!(warnings(&thread), []);
    }
}

#[test]
fn lists_beside_their_post() {
    let post = |id: u32| {
        format!("<div class=post id=c_{id}><p class=author>A</p><div class=body>x</div></div>")
    };
    for (open, close) in [("<li>", "</li>"), ("", "")] {
        let page = format!(
            "<html><div id=forum_posts><ol>{open}{}<ol>{open}{}{close}{open}{}{close}</ol>{close}{open}{}{close}</ol></div>",
            post(1),
            post(2),
            post(3),
            post(4)
        );
        let thread = read(&page);
        let shape: Vec<_> = table(&thread).iter().map(|row| (row.0, row.1)).collect();
        assert_eq!(shape, [("1", 0), ("2", 1), ("3", 1), ("4", 0)]);
    }
}

#[test]
fn links_count_more_than_places() {
    let page = nested(true)
        .replace(
            "id=c_3></a>",
            "id=c_3></a><a class=in-reply-to href=/forum/containing/2></a>",
        )
        .replace(
            "id=c_4></a>",
            "id=c_4></a><a class=in-reply-to href='/x?y#c_3'></a>",
        );
    let thread = read(&page);
    assert_eq!(thread.comments[3].parent, Parent::Known(CommentIdx::new(2)));
    assert_eq!(warnings(&thread), [("parent_conflict", Some(3))]);
}

#[test]
fn deleted_posts_keep_their_replies() {
    let page = nested(true)
        .replace(
            "<li class=post><a class=permalink id=c_2></a><p class=author>Bob</p>",
            "<li class='post deleted'>",
        )
        .replace("Words of Bob.", "This post has been deleted by its author")
        .replace(
            "id=c_3></a>",
            "id=c_3></a><a class=in-reply-to href=/forum/containing/2></a>",
        );
    let thread = read(&page);
    assert_eq!(thread.comments[1].state, State::Deleted);
    assert_eq!(thread.comments[1].author, None);
    assert_eq!(thread.comments[2].parent, Parent::Known(CommentIdx::new(1)));
    assert_eq!(warnings(&thread), [("deleted_comments", None)]);
}

#[test]
fn parents_on_another_page() {
    let page = FLAT
        .replace("containing/100", "containing/99")
        .replace("soon", "1");
    let thread = read(&page);
    assert_eq!(
        thread.comments[1].parent,
        Parent::Missing(Some("99".to_owned()))
    );
    assert_eq!(
        warnings(&thread),
        [("missing_parent", Some(1)), ("deleted_comments", None)]
    );
}

#[test]
fn further_pages() {
    let links = "<ul class=forums-page-nav><li class=current><a href=/forum/1/2031/x/>1</a>\
                 <li><a href=/forum/2/2031/x/>2</a><li><a href=/forum/2/2031/x/>Next</a>\
                 <li><a href=/forum/all/2031/x/>All</a></ul><div id=\"forum_posts\">";
    let thread = read(
        &FLAT
            .replace("<div id=\"forum_posts\">", links)
            .replace("soon", "1"),
    );
    assert_eq!(
        warnings(&thread),
        [("partial_capture", None), ("deleted_comments", None)]
    );
    assert_eq!(
        thread.warnings[0].message,
        "the thread has other pages: /forum/2/2031/x/"
    );
}

#[test]
fn a_post_without_markup_for_its_text() {
    let thread = read(
        "<html><div id=forum_posts><div class=post><a class=permalink id=c_1></a><p class=author>Ada</p>\
         <h4>Key</h4><p>Words.</p><form action=/post/vote/up/1><input class=up value=2></form></div></div>",
    );
    assert_eq!(table(&thread), [("1", 0, "Ada", "Key", "Words.")]);
}

#[test]
fn a_page_without_posts() {
    assert!(read("<html><div id=forum_posts></div>").comments.is_empty());
    for junk in [&b""[..], b"<", b"\xff\xfe", b"<html><p>Words"] {
        assert!(read_any(junk).is_err());
    }
}

#[test]
fn other_pages_are_not_taken() {
    for page in [
        "",
        "words",
        "<html><a href='https://forums.theregister.com/forum/all/x/'>see</a><div class=post>x</div>",
        "<html><div class=forum_posts>",
        "{\"a\": \"id=forum_posts\"}",
    ] {
        assert!(!SOURCE.detect(page.as_bytes()), "{page}");
    }
}

#[test]
fn cut_pages() {
    let page = FLAT.as_bytes();
    let mut last = 0;
    for end in FLAT.find("class=\"post\"").unwrap() + 15..page.len() {
        let count = read_any(&page[..end]).unwrap().comments.len();
        assert!(count >= last);
        last = count;
    }
}

#[test]
fn deep_pages() {
    let chain: String = (0..50_000)
        .map(|n| {
            format!(
                "<div class=post><a class=permalink id=c_{}></a><a class=in-reply-to href=/forum/containing/{}></a>\
                 <div class=body>x</div></div>",
                n + 1,
                n
            )
        })
        .collect();
    let page = format!(
        "<html><div id=forum_posts>{}</div>",
        chain.replacen("in-reply-to", "", 1)
    );
    let thread = read(&page);
    assert_eq!(thread.comments[49_999].depth, 49_999);
    assert_eq!(warnings(&thread), []);
    let nested = "<ol><li class=post><p class=author>A</p><div class=body>x</div>".repeat(20_000);
    let thread = read(&format!("<html><div id=forum_posts>{nested}"));
    assert_eq!(thread.comments.len(), 20_000);
    assert_eq!(warnings(&thread), [("guessed_structure", None)]);
}
