//! The project's own JSON Lines: threads as `parse` writes them, or analyses, whose thread is taken.

use super::{Feature, Page, Source, Threads, Witness, lines::Lines};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    thread::{CommentIdx, Thread, ThreadBuilder, codes, wire},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::io::BufRead;

#[derive(Debug)]
pub(super) struct Rejoinder;

pub(super) static SOURCE: Rejoinder = Rejoinder;

/// A thread of 100,000 comments has about 100 MB; what is much larger is no thread.
const LINE_LIMIT: usize = 1 << 30;

impl Source for Rejoinder {
    fn id(&self) -> &'static str {
        "rejoinder"
    }

    fn summary(&self) -> &'static str {
        "rejoinder's own JSON Lines: threads, or analyses"
    }

    fn reads(&self) -> &'static [Feature] {
        use Feature::{Authors, Deleted, Scores, Times, Tree};
        &[Tree, Authors, Times, Scores, Deleted]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        is_object(head)
            && (has(head, b"\"rejoinder/")
                || has(head, b"\"schema\"") && has(head, b"\"comments\""))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        let lines = Lines::new(input, LINE_LIMIT);
        Box::new(lines.map(|(number, line)| {
            line.and_then(thread)
                .map_err(|error| error.at(Place::Line(number)))
        }))
    }
}

/// Whether an input that no source recognizes may be a long line of ours: keys come in any order, and what says
/// so may stand behind all comments.
pub(super) fn may_begin(head: &[u8]) -> bool {
    is_object(head) && has(head, b"\"comments\"") && has(head, b"\"text\"")
}

fn is_object(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().first() == Some(&b'{')
}

fn has(head: &[u8], needle: &[u8]) -> bool {
    head.windows(needle.len()).any(|window| window == needle)
}

/// What says which of our lines it is.
#[derive(Deserialize)]
struct Header {
    schema: String,
}

/// An analysis, of which only the thread is read.
#[derive(Deserialize)]
struct AnalysisLine {
    thread: wire::ThreadLine,
}

fn thread(line: Vec<u8>) -> Result<Thread> {
    let page = Page::decode(line);
    let Header { schema } = parse(&page.text)?;
    let (line, left_out) = match schema.as_str() {
        wire::SCHEMA => parse_thread(&page.text)?,
        "rejoinder/analysis@1" => (parse::<AnalysisLine>(&page.text)?.thread, Vec::new()),
        _ => {
            let cause = format!("the schema is {schema:?}, not {:?}", wire::SCHEMA);
            return Err(Error::new(ErrorKind::Malformed, cause)
                .remedy("see docs/json.md for the format, or name another source with --source"));
        }
    };
    let source = line
        .source
        .clone()
        .unwrap_or_else(|| "rejoinder".to_owned());
    let id = line.id.clone().unwrap_or_else(|| "thread".to_owned());
    let mut builder = ThreadBuilder::new(source, id);
    builder.counted();
    page.warn_if_damaged(&mut builder);
    for (at, message) in left_out {
        builder.warn(codes::BAD_VALUE, message, Some(CommentIdx::new(at)));
    }
    Ok(line.into_thread(builder))
}

/// What was left out of a comment, by its place.
type LeftOut = Vec<(usize, String)>;

/// Reads a thread line. A value of a comment that does not fit its key costs that value alone.
fn parse_thread(text: &str) -> Result<(wire::ThreadLine, LeftOut)> {
    let error = match parse(text) {
        Ok(line) => return Ok((line, Vec::new())),
        Err(error) => error,
    };
    let Ok(mut value) = serde_json::from_str::<Value>(text) else {
        return Err(error);
    };
    let mut left_out = Vec::new();
    let comments = value.get_mut("comments").and_then(Value::as_array_mut);
    for (at, comment) in comments.into_iter().flatten().enumerate() {
        if let Some(comment) = comment.as_object_mut() {
            repair(at, comment, &mut left_out);
        }
    }
    match serde_json::from_value(value) {
        Ok(line) => Ok((line, left_out)),
        Err(_) => Err(error),
    }
}

/// Takes out of a comment what does not fit; an id or a text that does not is taken as empty.
fn repair(at: usize, comment: &mut Map<String, Value>, left_out: &mut LeftOut) {
    let least = || {
        Map::from_iter([("id", ""), ("text", "")].map(|(key, text)| (key.to_owned(), text.into())))
    };
    if !comment.contains_key("text") {
        left_out.push((at, format!("comment {}: it has no `text`", at + 1)));
    }
    for (key, value) in std::mem::replace(comment, least()) {
        let mut probe = least();
        probe.insert(key.clone(), value);
        match serde_json::from_value::<wire::CommentObject>(Value::Object(probe.clone())) {
            Ok(_) => comment.extend(probe.remove_entry(&key)),
            Err(error) => {
                let number = at + 1;
                left_out.push((
                    at,
                    format!("comment {number}: `{key}` was left out: {error}"),
                ));
            }
        }
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        let cause = format!("no thread line: {error}").replace(" at line 1 column", ", at column");
        Error::new(ErrorKind::Malformed, cause).remedy("see docs/json.md for the format")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::Parent;

    fn read(text: &str) -> Vec<Result<Thread>> {
        SOURCE.threads(Box::new(text.as_bytes())).collect()
    }

    fn one(text: &str) -> Thread {
        read(text).remove(0).expect("a thread")
    }

    fn again(thread: &Thread) -> String {
        serde_json::to_string(&wire::ThreadLine::from(thread)).expect("JSON")
    }

    #[test]
    fn the_least_thread_is_read() {
        let thread = one(r#"{"schema":"rejoinder/thread@1","comments":[{"id":7,"text":"Hi "}]}"#);
        assert_eq!(thread.comments[0].id, "7");
        assert_eq!(thread.comments[0].body.text, "Hi ");
        assert!(thread.warnings.is_empty());
    }

    #[test]
    fn nulls_and_unknown_keys_are_ignored() {
        let thread = one(
            r#"{"schema":"rejoinder/thread@1","id":null,"x":1,"article":{"title":null},"warnings":null,"comments":[
               {"id":"a","text":"é","parent":null,"author":null,"blocks":null,"score":{"up":2},"depth":null,"y":[]}]}"#
                .replace('\n', "")
                .as_str(),
        );
        assert_eq!(
            thread.comments[0].score.as_ref().and_then(|s| s.up),
            Some(2)
        );
    }

    #[test]
    fn depth_is_recomputed_and_missing_parents_are_kept() {
        let thread = one(
            r#"{"schema":"rejoinder/thread@1","comments":[{"id":"a","text":"x","depth":5},{"id":"b","text":"y","parent":"a"},{"id":"c","text":"z","parent_missing":true,"parent":"q","depth":3}]}"#,
        );
        let depths: Vec<_> = thread.comments.iter().map(|c| c.depth).collect();
        assert_eq!(depths, [0, 1, 3]);
        assert_eq!(thread.comments[2].parent, Parent::Missing(Some("q".into())));
        assert!(thread.warnings.is_empty());
    }

    #[test]
    fn writing_and_reading_is_the_identity() {
        let line = r#"{"schema":"rejoinder/thread@1","id":"t","source":"x","url":null,"title":"T","article":{"title":"A","url":null,"text":"Ärger text"},"fetched":null,"comments":[{"id":"a","parent":null,"parent_missing":false,"inferred":null,"depth":0,"author":{"name":"N","id":null,"anonymous":false,"badge":"Gold"},"title":null,"posted":"2026-01-02T03:04:05Z","edited":null,"score":{"points":1,"up":null,"down":null,"label":"Insightful"},"state":"live","kind":"comment","text":"Größe matters. No.","blocks":[{"kind":"paragraph","start":0,"end":18,"of":null}],"links":[],"units":[{"start":0,"end":14}]},{"id":"b","parent":"a","parent_missing":false,"inferred":{"by":"mention","score":0.85},"depth":1,"author":null,"title":null,"posted":null,"edited":null,"score":null,"state":"deleted","kind":"answer","text":"Größe — see\n\nthis","blocks":[{"kind":"quote","start":0,"end":5,"of":{"comment":"a","start":0,"end":5}},{"kind":"paragraph","start":6,"end":17,"of":null}],"links":[{"start":13,"end":17,"url":"https://example.org"}],"units":null}],"warnings":[{"code":"bad_value","message":"m","comment":"b"}]}"#;
        let thread = one(line);
        assert_eq!(again(&thread), line);
    }

    #[test]
    fn an_analysis_gives_its_thread() {
        let line = r#"{"schema":"rejoinder/analysis@1","thread":{"schema":"rejoinder/thread@1","id":"t","comments":[{"id":"1","text":"x"}]},"comments":[]}"#;
        assert_eq!(one(line).comments.len(), 1);
    }

    #[test]
    fn bad_values_cost_themselves_alone() {
        let thread = one(
            r#"{"schema":"rejoinder/thread@1","comments":[{"id":"a","text":"ab","posted":"yesterday","state":"gone","inferred":{"by":"dream","score":1},"units":[{"start":1,"end":9}],"blocks":[{"kind":"quote","start":0,"end":2,"of":{"comment":"zz","start":0,"end":1}}]}]}"#,
        );
        let codes: Vec<_> = thread.warnings.iter().map(|w| w.code.as_ref()).collect();
        assert_eq!(
            codes,
            [
                "bad_value",
                "bad_value",
                "bad_span",
                "bad_value",
                "bad_value"
            ]
        );
    }

    #[test]
    fn bad_lines_are_reported_with_their_number_and_the_rest_is_read() {
        let good = r#"{"schema":"rejoinder/thread@1","comments":[]}"#;
        let text = format!(
            "{good}\n{{\"schema\":\"rejoinder/thread@9\",\"comments\":[]}}\n{{oops\n{good}\n"
        );
        let read = read(&text);
        let errors: Vec<_> = read
            .iter()
            .filter_map(|r| r.as_ref().err())
            .map(ToString::to_string)
            .collect();
        assert_eq!(read.len(), 4);
        assert!(
            errors[0].starts_with("line 2: the schema is \"rejoinder/thread@9\""),
            "{}",
            errors[0]
        );
        assert!(
            errors[1].starts_with("line 3: no thread line: key must be a string, at column 2"),
            "{}",
            errors[1]
        );
    }

    #[test]
    fn a_value_of_the_wrong_type_costs_itself_alone() {
        let thread = one(
            r#"{"schema":"rejoinder/thread@1","comments":[{"id":"a","text":"ab","author":"Bob","score":{"up":1.5},"depth":-1},{"id":"b","parent":"a","text":null}]}"#,
        );
        assert_eq!(thread.comments[0].body.text, "ab");
        assert_eq!(thread.comments[1].depth, 1);
        let messages: Vec<_> = thread.warnings.iter().map(|w| w.message.as_str()).collect();
        assert_eq!(messages.len(), 4);
        assert!(
            messages[0].starts_with("comment 1: `author` was left out: "),
            "{}",
            messages[0]
        );
    }
}
