//! Pages of boards that nobody knows.

use super::*;
use crate::source::by_id;

fn read_any(page: &str) -> Result<Thread> {
    let source = by_id("guess").unwrap();
    source.threads(Box::new(page.as_bytes())).next().unwrap()
}

fn read_page(body: &str) -> Thread {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Keys | Board</title></head><body><h1>Keys</h1>{body}</body></html>"
    );
    assert!(SOURCE.detect(page.as_bytes()));
    read_any(&page).unwrap()
}

fn rows(thread: &Thread) -> Vec<(&str, usize, &str, &str)> {
    let comments = thread.comments.iter();
    comments
        .map(|c| {
            let author = c.author.as_ref().map_or("-", |author| author.name.as_str());
            (c.id.as_str(), c.depth, author, c.body.text.as_str())
        })
        .collect()
}

fn item(id: u32, author: &str, text: &str, inside: &str) -> String {
    format!(
        "<li class=\"remark r{id}\" id=remark-{id}><div class=remark-head><span class=user-name>{author}</span> \
         <time datetime='2018-09-06T18:03:00Z'>then</time> <a href='#remark-{id}'>#</a></div><div class=remark-text><p>{text}</p></div>\
         <button>Reply</button>{inside}</li>"
    )
}

#[test]
fn nested_items() {
    let third = item(9, "Eve", "Never.", "");
    let second = item(7, "Bob", "No.", &format!("<ul>{third}</ul>"));
    let thread = read_page(&format!(
        "<section id=comments><ul>{}{}</ul></section><form id=comment-form><textarea></textarea></form>",
        item(3, "Ada", "Rotate it.", &format!("<ul>{second}</ul>")),
        item(12, "Kim", "Why?", "")
    ));
    assert_eq!(
        rows(&thread),
        [
            ("3", 0, "Ada", "Rotate it."),
            ("7", 1, "Bob", "No."),
            ("9", 2, "Eve", "Never."),
            ("12", 0, "Kim", "Why?")
        ]
    );
    let warning = &thread.warnings[0];
    assert_eq!(warning.code, codes::GUESSED_STRUCTURE);
    assert!(
        warning.message.contains("the 4 elements `li.remark`"),
        "{}",
        warning.message
    );
    assert_eq!(
        thread.comments[0].posted.unwrap().to_string(),
        "2018-09-06T18:03:00Z"
    );
    assert_eq!(thread.title.as_deref(), Some("Keys"));
}

#[test]
fn depths_and_names_of_parents() {
    let post = |id: u32, more: &str| {
        format!(
            "<div class='comment' id=c{id} {more}><b class=author>A{id}</b> <i class=date>6 Sep 2018</i><p>Words {id}.</p></div>"
        )
    };
    let moved = [
        post(1, ""),
        post(2, "style='margin-left: 20px'"),
        post(3, "style='margin-left:40px'"),
        post(4, "style='margin-left:20px'"),
    ];
    let depths = |thread: &Thread| thread.comments.iter().map(|c| c.depth).collect::<Vec<_>>();
    let thread = read_page(&moved.concat());
    assert_eq!(depths(&thread), [0, 1, 2, 1]);
    assert_eq!(thread.comments[1].body.text, "Words 2.");
    let named = [
        post(1, ""),
        post(2, "data-parent-id=c1"),
        post(3, "data-parent-id=2"),
        post(4, "data-parent-id=0"),
    ];
    assert_eq!(depths(&read_page(&named.concat())), [0, 1, 2, 0]);
}

#[test]
fn a_flat_page_shows_parents_in_its_words() {
    let post = |author: &str, text: &str| {
        format!(
            "<tr class=row><td><a href='/users/{author}'>{author}</a><span class=postdate>2018-09-06 18:03</span></td><td>{text}</td></tr>"
        )
    };
    let thread = read_page(&format!(
        "<table>{}{}{}</table>",
        post("Ada", "Rotate it at once."),
        post("Bob", "@Ada why?"),
        post("Eve", "It is late.")
    ));
    let depths: Vec<_> = thread.comments.iter().map(|c| c.depth).collect();
    assert_eq!(depths, [0, 1, 0]);
    let found: Vec<_> = thread
        .warnings
        .iter()
        .map(|warning| warning.code.as_ref())
        .collect();
    assert_eq!(found, [codes::GUESSED_STRUCTURE, codes::INFERRED_PARENT]);
}

#[test]
fn articles_without_comments_are_refused() {
    let teaser = |n: u32| {
        format!(
            "<div class=nextstory><h2><a href='/story/{n}'>Story number {n}</a></h2><span class=author>Ada</span>\
             <time>6 Sep 2018</time><p>The first words of story number {n} and no more.</p></div>"
        )
    };
    let article = "<article><h1>Keys</h1><span class=author>Ada</span><time>6 Sep</time><p>Words.</p><p>More.</p></article>";
    let form = "<div id=comments class=comments><h3>Comments</h3><form class=comment-form><label class=comment-name>Name</label>\
                <textarea></textarea></form></div>";
    let menu = "<ul>".to_owned()
        + &"<li class=comment-link><a href='/user/1'>Ada</a> 3</li>".repeat(5)
        + "</ul>";
    for body in [
        article.to_owned(),
        format!(
            "{article}{}{}{}{}",
            teaser(1),
            teaser(2),
            teaser(3),
            teaser(4)
        ),
        format!("{article}{form}"),
        format!("{article}{menu}"),
        String::new(),
    ] {
        let page = format!("<html><body>{body}</body></html>");
        let error = read_any(&page).expect_err(&page);
        assert_eq!(error.kind(), ErrorKind::UnknownSource);
    }
    assert!(!SOURCE.detect(b"<?xml version='1.0'?><rss><html>"));
    assert!(!SOURCE.detect(b"words <html>"));
}
