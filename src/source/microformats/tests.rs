//! Small pages and answers of parsers.

use super::*;
use crate::source::{by_id, testing::rows};

fn read_any(page: &str) -> Result<Thread> {
    let source = by_id("microformats").unwrap();
    source.threads(Box::new(page.as_bytes())).next().unwrap()
}

fn read_page(page: &str) -> Thread {
    assert!(SOURCE.detect(page.as_bytes()));
    read_any(page).unwrap()
}

#[test]
fn an_entry_with_comments() {
    let thread = read_page(
        "<article class=h-entry><h1 class=p-name>Keys</h1><a class=u-url href='https://x.example/a'>#</a><div class=e-content>Lost.</div>\
         <div class='u-comment h-cite'><a class='p-author h-card' href='https://ada.example/'>Ada</a><a class=u-url href='https://x.example/a#c1'>\
         <time class=dt-published datetime='2018-09-06T18:03:00Z'>then</time></a><div class='e-content p-name'><p>Rotate.</p></div>\
         <div class='u-comment h-cite'><span class=p-author>Bob</span><p class=p-content>No.</p></div></div>\
         <div class='p-comment h-entry'><a class=u-in-reply-to href='http://x.example/a#c1'></a><a class=u-url href='https://x.example/a#c3'></a>\
         <a class='p-name'>Title</a><div class=e-content>Yes.</div></div>\
         <div class='u-like h-cite'><p class=e-content>likes this</p></div>\
         <div class='u-mention h-cite'><a class=u-url href='https://y.example/'></a><p class=e-content>Look.</p></div></article>",
    );
    assert_eq!(
        rows(&thread),
        [
            ("1", 0, "Rotate."),
            ("2", 1, "No."),
            ("3", 1, "Yes."),
            ("https://y.example/", 0, "Look.")
        ]
    );
    let author = thread.comments[0].author.as_ref().unwrap();
    assert_eq!(
        (author.name.as_str(), author.id.as_deref()),
        ("Ada", Some("https://ada.example/"))
    );
    assert_eq!(thread.comments[0].title, None);
    assert_eq!(thread.comments[2].title.as_deref(), Some("Title"));
    assert_eq!(thread.comments[3].kind, CommentKind::Pingback);
    let article = thread.article.as_ref().unwrap();
    assert_eq!(
        (article.title.as_deref(), article.text.as_deref()),
        (Some("Keys"), Some("Lost."))
    );
    assert_eq!(thread.id, "x.example/a");
    assert!(thread.warnings.is_empty());
}

#[test]
fn replies_in_a_feed() {
    let thread = read_page(
        "<div class=h-feed><div class=h-entry><a class=u-url href='/1'></a><p class='e-content p-name'>First.</p></div>\
         <div class=h-entry><a class=u-url href='/2'></a><a class=u-in-reply-to href='/1'></a><p class=e-content>Second.</p></div>\
         <div class=h-entry><a class=u-url href='/3'></a><a class=u-in-reply-to href='/2'></a><p class=e-content>Third.</p></div></div>",
    );
    assert_eq!(rows(&thread), [("/2", 0, "Second."), ("/3", 1, "Third.")]);
    assert_eq!(
        thread.article.as_ref().unwrap().text.as_deref(),
        Some("First.")
    );
}

#[test]
fn a_reply_alone_comments_on_what_it_answers() {
    let thread = read_page(
        "<div class=h-entry><div class='u-in-reply-to h-cite'><a class='u-url p-name' href='https://x.example/a'>Keys</a></div>\
         <p class=e-content>Rotate.</p></div>",
    );
    assert_eq!(rows(&thread), [("1", 0, "Rotate.")]);
    let article = thread.article.as_ref().unwrap();
    assert_eq!(
        (article.title.as_deref(), article.url.as_deref()),
        (Some("Keys"), Some("https://x.example/a"))
    );
}

#[test]
fn the_json_of_parsers() {
    let thread = read_page(
        r##"{"items": [{"type": ["h-entry"], "properties": {"name": ["Keys"], "url": ["https://x.example/a"], "content": ["Lost."],
         "comment": [{"type": ["h-cite"], "properties": {"author": [{"type": ["h-card"], "properties": {"name": ["Ada"]}, "value": "Ada"}],
           "url": ["https://x.example/a#c1"], "content": [{"html": "<p>Rotate &amp; go.</p>", "value": "Rotate & go."}], "published": ["2018-09-06T18:03:00Z"],
           "comment": [{"type": ["h-cite"], "properties": {"content": ["No."], "name": ["No."]}}]}},
          {"type": ["h-cite"], "properties": {"in-reply-to": ["https://x.example/a#c1"], "content": ["Yes."]}}]}}]}"##,
    );
    assert_eq!(
        rows(&thread),
        [("1", 0, "Rotate & go."), ("2", 1, "No."), ("3", 1, "Yes.")]
    );
    assert_eq!(thread.comments[0].author.as_ref().unwrap().name, "Ada");
    assert_eq!(thread.comments[1].title, None);
    assert_eq!(thread.title.as_deref(), Some("Keys"));
}

#[test]
fn entries_without_comments_are_no_thread() {
    for page in [
        "<div class=h-entry><p class=e-content>Words.</p></div>",
        "<p>x",
        "{\"items\": []}",
        "{",
    ] {
        assert!(!SOURCE.detect(page.as_bytes()), "{page}");
        assert!(read_any(page).is_err(), "{page}");
    }
}
