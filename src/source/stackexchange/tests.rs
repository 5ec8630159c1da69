//! Stack Exchange's API: answers made for the purpose.

use super::*;
use crate::source::testing::parents;

fn threads(text: &str) -> Vec<Thread> {
    assert!(SOURCE.detect(text.as_bytes()), "{text}");
    let threads = SOURCE.threads(Box::new(text.as_bytes()));
    threads.map(|thread| thread.unwrap()).collect()
}

fn owner(id: u32, name: &str) -> String {
    format!(
        "\"owner\": {{\"user_id\": {id}, \"display_name\": \"{name}\", \"user_type\": \"registered\"}}"
    )
}

const QUESTION: &str = r#"{"items": [{"question_id": 4, "title": "Is &quot;x&quot; safe?", "body": "<p>It &lt;leaks&gt;.</p>",
    "link": "https://s.example/questions/4/x", "creation_date": 1217600000, "answer_count": 2, "owner": {"display_name": "q"},
    "comments": [{"comment_id": 21, "post_id": 4, "creation_date": 1217600100, "score": 1, "body": "Why?",
        "owner": {"user_id": 1, "display_name": "Andr&#233; C"}}],
    "answers": [{"answer_id": 7, "question_id": 4, "is_accepted": true, "score": 9, "creation_date": 1217600200,
        "last_edit_date": 1217600300, "body": "<p>No.</p>", "owner": {"user_type": "does_not_exist", "display_name": "user7"}}]}],
    "has_more": false, "quota_remaining": 9}"#;

#[test]
fn nested_answers_and_comments() {
    let threads = threads(QUESTION);
    assert_eq!(threads.len(), 1);
    let thread = &threads[0];
    assert_eq!(thread.id, "4");
    assert_eq!(thread.title.as_deref(), Some("Is \"x\" safe?"));
    let article = thread.article.as_ref().unwrap();
    assert_eq!(article.text.as_deref(), Some("It <leaks>."));
    assert_eq!(parents(thread), [("21", None), ("7", None)]);
    let comment = &thread.comments[0];
    assert_eq!(comment.author.as_ref().unwrap().name, "André C");
    assert_eq!(comment.kind, CommentKind::Comment);
    let answer = &thread.comments[1];
    assert_eq!(answer.kind, CommentKind::Answer);
    assert_eq!(
        answer.score.as_ref().unwrap().label.as_deref(),
        Some("accepted")
    );
    assert_eq!(answer.author.as_ref().unwrap().id, None);
    assert!(answer.edited > answer.posted);
    assert_eq!(thread.warnings[0].code, codes::PARTIAL_CAPTURE);
}

#[test]
fn documents_one_after_the_other_and_whom_comments_answer() {
    let comment = |id: u32, post: u32, user: u32, name: &str, more: &str| {
        format!(
            "{{\"comment_id\": {id}, \"post_id\": {post}, \"creation_date\": {}, {}{more}}}",
            1_217_601_000 + id,
            owner(user, name)
        )
    };
    // The newest come first, as the API sorts them.
    let comments = [
        comment(35, 7, 2, "bob", ", \"body\": \"@ada thanks\""),
        comment(34, 8, 5, "eve", ", \"body\": \"unrelated\""),
        comment(33, 7, 1, "ada", ", \"reply_to_user\": {\"user_id\": 3}"),
        comment(32, 7, 3, "kex", ", \"body\": \"no\""),
        comment(7, 7, 1, "ada", ", \"body\": \"first\""),
    ];
    let text = format!("{{\"items\": [{}]}}{QUESTION}", comments.join(", "));
    let threads = threads(&text);
    let ids: Vec<_> = threads.iter().map(|thread| thread.id.as_str()).collect();
    assert_eq!(ids, ["4", "8"]);
    let expected = [
        ("21", None),
        ("7", None),
        ("comment-7", Some("7")),
        ("32", Some("7")),
        ("33", Some("32")),
        ("35", Some("33")),
    ];
    assert_eq!(parents(&threads[0]), expected);
    assert_eq!(parents(&threads[1]), [("34", None)]);
}

#[test]
fn comments_on_an_answer_that_the_input_lacks() {
    let text = format!(
        "{{\"items\": [{{\"comment_id\": 5, \"post_id\": 6, \"link\": \"https://s.example/questions/4/x#comment5_6\", \
         \"creation_date\": \"soon\", \"body_markdown\": \"a &lt; b\", {}}}], \"has_more\": true}}",
        owner(1, "ada")
    );
    let threads = threads(&text);
    assert_eq!(threads[0].id, "4");
    assert_eq!(parents(&threads[0]), [("5", Some("6"))]);
    assert_eq!(threads[0].comments[0].body.text, "a < b");
    let codes: Vec<_> = threads[0]
        .warnings
        .iter()
        .map(|w| w.code.as_ref())
        .collect();
    assert_eq!(codes, ["partial_capture", "bad_value"]);
}

#[test]
fn answers_without_texts_say_how_to_have_them() {
    let text = format!(
        "{{\"items\": [{{\"answer_id\": 5, \"question_id\": 4, \"creation_date\": 1, {}}}]}}",
        owner(1, "ada")
    );
    let threads = threads(&text);
    let warning = &threads[0].warnings[0];
    assert!(
        warning
            .message
            .contains("1 answers or comments have no text"),
        "{warning:?}"
    );
}

#[test]
fn other_lists_of_items_are_not_taken() {
    assert!(!SOURCE.detect(b"{\"items\": [{\"id\": 1, \"owner\": \"x\"}]}"));
    let nothing = "{\"items\": []}".as_bytes();
    assert!(SOURCE.threads(Box::new(nothing)).next().unwrap().is_err());
}
