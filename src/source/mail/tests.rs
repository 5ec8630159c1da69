//! Messages in all the ways in which mailers write them.

use super::*;

fn read(text: &str) -> Letter {
    Letter::read(text.as_bytes(), None)
}

fn plain(text: &str) -> String {
    match read(text).content {
        Content::Plain(text) => text.trim().to_owned(),
        Content::Html(page) => panic!("HTML: {page}"),
    }
}

#[test]
fn a_message_taken_apart() {
    let letter = read(
        "From: =?utf-8?q?Zo=C3=AB?= <Zoe@a.example>\r\nSubject: Re: =?iso-8859-1?q?Gr=FC=DFe?=\r\n there\r\nDate: Tue, 1 Apr 2008 07:36:46 +0200\r\n\
         Message-ID: <2@a.example>\r\nReferences: <0@a.example>\r\n <1@a.example>\r\nIn-Reply-To: <1@a.example> (Ada's message)\r\n\
         Archived-At: <https://a.example/2>\r\n\r\nYes.\r\n",
    );
    assert_eq!(letter.id, "2@a.example");
    assert_eq!(letter.subject.as_deref(), Some("Re: Grüße there"));
    assert_eq!(letter.references, ["0@a.example", "1@a.example"]);
    assert_eq!(
        (letter.in_reply_to, letter.doubtful),
        (None, vec!["1@a.example".to_owned()])
    );
    assert_eq!(letter.url.as_deref(), Some("https://a.example/2"));
    assert_eq!(
        letter.posted.map(|at| at.to_string()).as_deref(),
        Some("2008-04-01T05:36:46Z")
    );
    let author = letter.author.expect("an author");
    assert_eq!(
        (author.name.as_str(), author.id.as_deref()),
        ("Zoë", Some("zoe@a.example"))
    );
    assert!(letter.odd.is_empty());
}

#[test]
fn what_a_message_lacks_is_made_or_told() {
    let letter = Letter::read(
        b"From: a\nDate: soon\n\nGr\xfc\xdfe",
        Some(b"From a@a.example  Tue Apr  1 05:36:46 2008\n"),
    );
    assert_eq!(
        letter.posted.map(|at| at.to_string()).as_deref(),
        Some("2008-04-01T05:36:46Z")
    );
    assert_eq!(letter.content, Content::Plain("Grüße".into()));
    let codes: Vec<_> = letter.odd.iter().map(|(code, _)| *code).collect();
    assert_eq!(
        codes,
        [codes::BAD_VALUE, codes::INVALID_UTF8, codes::MISSING_ID]
    );
    assert!(letter.id.starts_with("message-"));
    assert_eq!(read("").id, read("\n\n").id);
    let received =
        read("From: a\nMessage-ID: <1@a>\nReceived: by a; Tue, 1 Apr 2008 05:36:46 GMT\n\nx");
    assert!(received.posted.is_some());
}

#[test]
fn plain_text_before_html_and_text_before_attachments() {
    let text = plain(
        "From: a\nContent-Type: multipart/mixed; boundary=\"o\"\n\npreamble\n--o\nContent-Type: multipart/alternative; boundary=oi\n\n\
         --oi\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe=\n!\n\
         --oi\nContent-Type: text/html\n\n<p>Other\n--oi--\n\n--o\nContent-Type: text/plain; name=x\nContent-Disposition: attachment\n\nfile\n\
         --o\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBO\n--o\n\nfooter\n--o--\nepilogue",
    );
    assert_eq!(text, "Grüße!\n\n\nfooter");
}

#[test]
fn html_where_there_is_no_plain_text() {
    let letter = read(
        "From: a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+WWVzLg==\n--b--",
    );
    assert_eq!(letter.content, Content::Html("<p>Yes.".into()));
    assert_eq!(letter.content.body().0.text, "Yes.");
}

#[test]
fn flowed_lines_are_joined() {
    let text =
        plain("From: a\nContent-Type: text/plain; format=flowed\n\n> one \n> two\nthree \nfour\n");
    assert_eq!(text, "> one two\nthree four");
}

#[test]
fn broken_parts_lose_no_text() {
    assert_eq!(
        plain("From: a\nContent-Type: multipart/mixed; boundary=b\n\nNo part."),
        "No part."
    );
    assert_eq!(
        plain("From: a\nContent-Type: multipart/mixed\n\nNo part."),
        "No part."
    );
    assert_eq!(
        plain("From: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nNot closed."),
        "Not closed."
    );
    assert_eq!(plain("From: a\nContent-Type: ;;\n\nWhatever."), "Whatever.");
}

#[test]
fn nested_parts_end() {
    let mut text = "From: a\n".to_owned();
    for n in 0..20_000 {
        text += &format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
    }
    let _ = read(&text);
    let _ = read(&"Content-Type: message/rfc822\n\n".repeat(100_000));
    let many = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\n\nx\n".repeat(100_000)
    );
    let _ = read(&many);
}
