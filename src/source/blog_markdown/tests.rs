//! Pages in the ways of several blogs.

use super::*;
use crate::source::testing::comments;

fn thread(text: &str) -> Thread {
    assert!(SOURCE.detect(text.as_bytes()));
    let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
    SOURCE.threads(input).next().unwrap().unwrap()
}

const FRONT: &str = "---\ntitle: Keys leak\nurl: https://b.example/2022/keys.html\n---\n\n# Keys leak\n\nMenu\n\n## Keys leak\n\n\
    Keys leak from every *box* there is.\n\nTags: [keys](x)\n\n";

#[test]
fn a_flat_page() {
    let thread = thread(&format!(
        "{FRONT}[Posted on May 1, 2022](x) •\n[3 Comments](https://b.example/2022/keys.html#comments)\n\n### Comments\n\n\
         Ann •\n[May 1, 2022 6:50 AM](https://b.example/2022/keys.html/#comment-11)\n\nOne **thing** to say, and that at length.\n\n\
         [Bob Ex](http://bob.example) •\n[May 1, 2022 7:15 PM](https://b.example/2022/keys.html/#comment-12)\n\n@Ann\n\nNo.\n\n\
         •\n[May 2, 2022 7:15 PM](https://b.example/2022/keys.html/#comment-13)\n\n> and that at length\n\nToo long.\n\n\
         ### Leave a comment [Cancel](x)\n\nLogin"
    ));
    assert_eq!(
        comments(&thread),
        [
            ("11", "", "Ann", "One thing to say, and that at length."),
            ("12", "11", "Bob Ex", "@Ann\n\nNo."),
            ("13", "11", "Anonymous", "> and that at length\n\nToo long."),
        ]
    );
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("keys", Some("Keys leak"))
    );
    let article = thread.article.as_ref().unwrap();
    assert_eq!(
        article.text.as_deref(),
        Some("Keys leak from every box there is.")
    );
    assert_eq!(
        thread.comments[1].posted,
        "2022-05-01T19:15:00Z".parse().ok()
    );
    let codes: Vec<_> = thread
        .warnings
        .iter()
        .map(|warning| warning.code.as_ref())
        .collect();
    assert_eq!(codes, [codes::INFERRED_PARENT, codes::LOCAL_TIMES]);
}

#[test]
fn a_nested_page_that_is_cut_off() {
    let thread = thread(&format!(
        "{FRONT}## 9 thoughts on “Keys leak”\n\n1. Ann [May 1, 2022](https://b.example/2022/keys/comment-page-2/#comment-11)\n\n\
         \x20  One.\n\n   1. [Bob](http://b) [May 2, 2022](https://b.example/2022/keys/comment-page-2/#comment-12)\n\n      Two.\n\
         2. ![](http://gravatar/x) **[Cy](http://c)** says:\n\n   [May 3, 2022 at 10:39](https://b.example/2022/keys/comment-page-2/#comment-13)\n\n\
         \x20  @Ann, three.\n3. Di [May 4, 2022](https://b.exam..."
    ));
    assert_eq!(
        comments(&thread),
        [
            ("11", "", "Ann", "One."),
            ("12", "11", "Bob", "Two."),
            ("13", "", "Cy", "@Ann, three.")
        ]
    );
    let [warning, _] = thread.warnings.as_slice() else {
        panic!("{:?}", thread.warnings)
    };
    assert_eq!(warning.code, codes::PARTIAL_CAPTURE);
    for sign in ["9 comments", "of page 2", "in the middle"] {
        assert!(warning.message.contains(sign), "{}", warning.message);
    }
}

#[test]
fn data_files() {
    let thread = thread(
        "# _data/comments/keys-aspx/dsq-5.yml\nid: dsq-5\ndate: 2013-02-19T19:09:55.0000000-08:00\nname: Ann\nmessage: <p>One &amp; two.</p>\n\n\
         # _data/comments/keys-aspx/dsq-6.yml\nid: dsq-6\nreplyToId: dsq-5\ndate: soon\nname: Bob\nmessage: <p>Three.</p>\n",
    );
    assert_eq!(
        comments(&thread),
        [("5", "", "Ann", "One & two."), ("6", "5", "Bob", "Three.")]
    );
    assert_eq!(
        (thread.id.as_str(), thread.warnings.len()),
        ("keys-aspx", 1)
    );
    assert_eq!(
        thread.comments[0].posted,
        "2013-02-20T03:09:55Z".parse().ok()
    );
}

#[test]
fn other_texts_are_not_taken() {
    for text in [
        "See [the first comment](http://x/#comment-1)",
        "- [May 1, 2022](http://x/)\n",
        "<p>[May 1, 2022](http://x/#comment-1)",
        "From: a@b.example\n\nid: 1\nmessage: x\nname: y",
    ] {
        assert!(!SOURCE.detect(text.as_bytes()), "{text}");
    }
    let input = Box::new(std::io::Cursor::new(b"nothing here".to_vec()));
    assert!(SOURCE.threads(input).next().unwrap().is_err());
}
