//! Small pages in both forms.

use super::*;
use crate::{
    source::{by_id, testing::rows},
    thread::CommentKind,
};

fn read_any(page: &str) -> Result<Thread> {
    let source = by_id("schema-org").unwrap();
    source.threads(Box::new(page.as_bytes())).next().unwrap()
}

fn read_page(page: &str) -> Thread {
    assert!(SOURCE.detect(page.as_bytes()));
    read_any(page).unwrap()
}

#[test]
fn comments_as_json() {
    let thread = read_page(
        r##"<html><link rel=canonical href="https://x.example/a"><script type="application/ld+json">
        {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Keys", "commentCount": 4, "articleBody": "Lost.",
         "comment": [{"@type": "Comment", "@id": "https://x.example/a#comment-1", "text": "<p>Rotate &amp; go.</p>",
            "author": {"@type": "Person", "name": "Ada", "url": "/u/ada"}, "dateCreated": "2018-09-06T18:03:00Z", "upvoteCount": "3",
            "comment": {"@type": "Comment", "@id": "https://x.example/a#comment-2", "text": "No.", "author": "Bob"}},
           {"@type": "Comment", "@id": "https://x.example/a#comment-3", "text": "Yes.", "parentItem": {"@id": "https://x.example/a#comment-2"}}]}
        </script>"##,
    );
    assert_eq!(
        rows(&thread),
        [("1", 0, "Rotate & go."), ("2", 1, "No."), ("3", 2, "Yes.")]
    );
    let first = &thread.comments[0];
    assert_eq!(first.author.as_ref().unwrap().id.as_deref(), Some("/u/ada"));
    assert_eq!(first.posted.unwrap().to_string(), "2018-09-06T18:03:00Z");
    assert_eq!(first.score.as_ref().unwrap().up, Some(3));
    let article = thread.article.as_ref().unwrap();
    assert_eq!(
        (article.title.as_deref(), article.text.as_deref()),
        (Some("Keys"), Some("Lost."))
    );
    assert_eq!(thread.warnings[0].code, codes::PARTIAL_CAPTURE);
}

#[test]
fn questions_with_answers() {
    let thread = read_page(
        r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, {"@type": "QAPage", "mainEntity": {"@type": "Question",
         "name": "Why?", "text": "Why keys?", "acceptedAnswer": {"@type": "Answer", "text": "So.", "url": "https://q.example/1#5",
         "comment": [{"@type": "Comment", "text": "Hm."}]}, "suggestedAnswer": [{"@type": "Answer", "text": "Or so.", "url": "https://q.example/1#6"}]}}]}"#,
    );
    assert_eq!(
        rows(&thread),
        [("5", 0, "So."), ("2", 1, "Hm."), ("6", 0, "Or so.")]
    );
    assert_eq!(thread.comments[0].kind, CommentKind::Answer);
    assert_eq!(thread.title.as_deref(), Some("Why?"));
}

#[test]
fn a_first_post_alone_is_no_thread() {
    for page in [
        r#"<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "Keys", "text": "x", "comment": []}</script>"#,
        r#"<script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "acceptedAnswer": {"@type": "Answer", "text": "x"}}]}</script>"#,
        r#"<script type="application/ld+json">{"@type": "Article", "commentCount": 3}</script>"#,
        "<div itemscope itemtype='https://schema.org/DiscussionForumPosting'><p itemprop=text>x</p></div>",
    ] {
        assert!(!SOURCE.detect(page.as_bytes()), "{page}");
        assert!(read_any(page).is_err(), "{page}");
    }
}

#[test]
fn comments_as_attributes() {
    let thread = read_page(
        "<div itemscope itemtype='https://schema.org/BlogPosting'><h1 itemprop=headline>Keys</h1><p itemprop=articleBody>Lost.</p>\
         <div itemprop=comment itemscope itemtype='https://schema.org/Comment' id=comment-7><span itemprop=author itemscope itemtype='https://schema.org/Person'>\
         <a itemprop=url href='/u/ada'><b itemprop=name>Ada</b></a></span><time itemprop=dateCreated datetime='2018-09-06T18:03:00Z'>then</time>\
         <div itemprop=text><p>Rotate.</p></div><div itemprop=comment itemscope itemtype='https://schema.org/Comment' id=comment-9>\
         <div itemprop=text>No.</div></div></div>\
         <div itemprop=comment itemscope itemtype='https://schema.org/Comment'><link itemprop=url href='#comment-11'>\
         <div itemprop=parentItem itemscope itemtype='https://schema.org/Comment'><link itemprop=url href='#comment-9'></div>\
         <div itemprop=text>Yes.</div><meta itemprop=upvoteCount content=4></div></div>",
    );
    assert_eq!(
        rows(&thread),
        [("7", 0, "Rotate."), ("9", 1, "No."), ("11", 2, "Yes.")]
    );
    let author = thread.comments[0].author.as_ref().unwrap();
    assert_eq!(
        (author.name.as_str(), author.id.as_deref()),
        ("Ada", Some("/u/ada"))
    );
    assert_eq!(thread.comments[2].score.as_ref().unwrap().points, Some(4));
    assert_eq!(
        thread.article.as_ref().unwrap().text.as_deref(),
        Some("Lost.")
    );
}

#[test]
fn posts_side_by_side() {
    let post = |id: u32| {
        format!(
            "<div itemscope itemtype='http://schema.org/DiscussionForumPosting' id=post-{id}><b itemprop=author>Ada</b>\
             <div itemprop=articleBody>Words {id}.</div></div>"
        )
    };
    let thread = read_page(&format!("<html>{}{}", post(3), post(5)));
    assert_eq!(rows(&thread), [("3", 0, "Words 3."), ("5", 0, "Words 5.")]);
    assert_eq!(thread.article, None);
}

#[test]
fn one_address_for_all_makes_no_two_comments_one() {
    let comment = |text: &str| {
        format!(r#"{{"@type": "Comment", "url": "https://x.example/a", "text": "{text}"}}"#)
    };
    let thread = read_page(&format!(
        r#"{{"@context": "https://schema.org", "@type": "Article", "comment": [{}, {}, {}]}}"#,
        comment("One."),
        comment("Two."),
        comment("One.")
    ));
    let texts: Vec<_> = rows(&thread).iter().map(|row| row.2).collect();
    assert_eq!(texts, ["One.", "Two."]);
}
