//! Pages and answers of HyperKitty.

use super::*;

fn email(id: &str, level: &str, text: &str, first: &str) -> String {
    format!(
        "<div class=\"odd\" {level}><!-- Start email --><div class=\"email{first}\"><div id=\"{id}\" class=\"email-header\">\
         <div class=\"email-author\"><h2 class=\"name\"><a href=\"/users/42/\">Ada</a></h2></div>\
         <div class=\"email-date\"><div class=\"time\"><span title=\"Sender's time: 2008-04-01 05:36\">05:36</span></div></div></div>\
         <div class=\"email-body\">{text}</div><div class=\"email-info\"><a class=\"youlike\">+2</a> <a class=\"youdislike\">-1</a></div></div></div>"
    )
}

fn thread(text: &str) -> Thread {
    read(&Page::decode(text.as_bytes().to_vec())).expect("a thread")
}

#[test]
fn a_page() {
    let page = format!(
        "<html><link rel=canonical href=https://a.example/archives/list/keys@a.example/thread/ROOT/><div class=thread-header><h3>Keys</h3></div>\
         <div id=thread-content>{}<div class=replies>{}{}{}</div></div></html>",
        email("ROOT", "", "Rotate them.", " email-first"),
        email("A", "", "\n Ada wrote:\n&gt; Rotate them.\n\nWhy?\n", ""),
        email(
            "B",
            "style=\"margin-left:2em;\"",
            "<blockquote class=\"quoted-text\">Why?</blockquote><p>So.</p>",
            ""
        ),
        email("C", "", "No.", ""),
    );
    assert!(SOURCE.detect(page.as_bytes()));
    let thread = thread(&page);
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("ROOT", Some("Keys"))
    );
    let article = thread
        .article
        .as_ref()
        .and_then(|article| article.text.as_deref());
    assert_eq!(article, Some("Rotate them."));
    let read: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| (comment.id.as_str(), comment.depth))
        .collect();
    assert_eq!(read, [("A", 0), ("B", 1), ("C", 0)]);
    assert_eq!(thread.quotations.len(), 2);
    let author = thread.comments[0].author.as_ref();
    assert_eq!(author.and_then(|author| author.id.as_deref()), Some("42"));
    assert_eq!(
        thread.comments[0]
            .score
            .as_ref()
            .and_then(|score| score.points),
        Some(1)
    );
    assert_eq!(
        thread.comments[0]
            .posted
            .map(|at| at.to_string())
            .as_deref(),
        Some("2008-04-01T05:36:00Z")
    );
}

#[test]
fn an_answer_that_has_more_to_come() {
    let replies = email("A", "", "Why?", "") + &email("B", "style=\"margin-left:6em;\"", "So.", "");
    let json = serde_json::json!({"replies_html": replies, "more_pending": true, "next_offset": 6})
        .to_string();
    assert!(SOURCE.detect(json.as_bytes()));
    let thread = thread(&json);
    let parents: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.depth)
        .collect();
    assert_eq!(parents, [0, 3]);
    assert!(
        thread
            .warnings
            .iter()
            .any(|warning| warning.message.contains("offset 6"))
    );
}

#[test]
fn other_json_and_html_is_refused() {
    assert!(!SOURCE.detect(b"{\"replies\": []}"));
    assert!(!SOURCE.detect(b"<html><div class=email-body></div>"));
    assert!(read(&Page::decode(b"{\"replies_html\": 3}".to_vec())).is_err());
    assert!(read(&Page::decode(b"{\"replies_html".to_vec())).is_err());
    assert!(read(&Page::decode(b"<html></html>".to_vec())).is_err());
}
