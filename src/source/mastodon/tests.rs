//! Mastodon: answers made for the purpose.

use super::*;
use crate::source::testing::codes_of;
use crate::thread::Parent;

fn thread(text: &str) -> Thread {
    assert!(SOURCE.detect(text.as_bytes()), "{text}");
    let mut threads = SOURCE.threads(Box::new(text.as_bytes()));
    threads.next().unwrap().unwrap()
}

fn status(id: u32, answered: Option<u32>, more: &str) -> String {
    let answered = answered.map_or_else(|| "null".to_owned(), |id| format!("\"{id}\""));
    format!(
        "{{\"id\": \"{id}\", \"created_at\": \"2023-05-01T10:00:00.000Z\", \"in_reply_to_id\": {answered}, \
         \"visibility\": \"public\", \"url\": \"https://m.example/@ada/{id}\", \"favourites_count\": 3, \
         \"content\": \"<p>Text {id}.</p>\", \"account\": {{\"id\": \"9\", \"acct\": \"ada@o.example\", \
         \"display_name\": \"Ada\", \"bot\": true}}{more}}}"
    )
}

fn parents(thread: &Thread) -> Vec<(&str, Option<&str>, usize)> {
    let comments = thread.comments.iter();
    comments
        .map(|comment| {
            let parent = match &comment.parent {
                Parent::Known(idx) => Some(thread.comment(*idx).id.as_str()),
                Parent::Missing(id) => id.as_deref(),
                Parent::Root => None,
            };
            (comment.id.as_str(), parent, comment.depth)
        })
        .collect()
}

#[test]
fn a_context_and_its_status() {
    let context = format!(
        "{{\"ancestors\": [{}], \"descendants\": [{}, {}]}}",
        status(1, None, ""),
        status(3, Some(2), ""),
        status(4, Some(3), "")
    );
    let own = status(2, Some(1), "");
    for text in [format!("{own}\n{context}"), format!("{context}{own}")] {
        let thread = thread(&text);
        let expected = [
            ("1", None, 0),
            ("2", Some("1"), 1),
            ("3", Some("2"), 2),
            ("4", Some("3"), 3),
        ];
        assert_eq!(parents(&thread), expected);
        assert_eq!(thread.id, "1");
        assert_eq!(thread.url.as_deref(), Some("https://m.example/@ada/1"));
        assert!(thread.warnings.is_empty());
    }
    let alone = thread(&context);
    assert_eq!(parents(&alone)[1], ("3", Some("2"), 2));
    assert_eq!(alone.warnings[0].code, codes::PARTIAL_CAPTURE);
}

#[test]
fn warnings_of_content_and_counts() {
    let text = format!(
        "[{}]",
        status(
            1,
            None,
            ", \"spoiler_text\": \"Leak\", \"replies_count\": 2, \"edited_at\": \"soon\""
        )
    );
    let thread = thread(&text);
    let comment = &thread.comments[0];
    assert_eq!(comment.title.as_deref(), Some("Leak"));
    assert_eq!(comment.state, State::Collapsed);
    assert_eq!(comment.score.as_ref().unwrap().points, Some(3));
    let author = comment.author.as_ref().unwrap();
    assert_eq!(
        (author.name.as_str(), author.id.as_deref()),
        ("Ada", Some("ada@o.example"))
    );
    assert_eq!(author.badge.as_deref(), Some("bot"));
    let codes = codes_of(&thread);
    assert_eq!(codes, ["bad_value", "partial_capture"]);
}

#[test]
fn no_status_is_an_error() {
    let text = "{\"in_reply_to_id\": 1, \"account\": 1, \"content\": 1, \"created_at\": 1, \"visibility\": 1";
    assert!(
        SOURCE
            .threads(Box::new("[]".as_bytes()))
            .next()
            .unwrap()
            .is_err()
    );
    assert!(SOURCE.detect(text.as_bytes()));
}
