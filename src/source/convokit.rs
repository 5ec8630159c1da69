//! ConvoKit corpora: utterances as JSON Lines, with what is known of their conversations before them.

use super::{
    Feature, Page, Source, Threads, Witness,
    lines::Lines,
    rows::{self, Row},
    time,
};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    thread::{Draft, ParentRef, Score},
};
use serde_json::{Map, Value};
use std::io::BufRead;

#[derive(Debug)]
pub(super) struct Convokit;

pub(super) static SOURCE: Convokit = Convokit;

/// An utterance is a comment, and the line before them a list of conversations; what is larger is neither.
const LINE_LIMIT: usize = 1 << 30;

impl Source for Convokit {
    fn id(&self) -> &'static str {
        "convokit"
    }

    fn summary(&self) -> &'static str {
        "a ConvoKit corpus: its folder, or its utterances as JSON Lines"
    }

    fn reads(&self) -> &'static [Feature] {
        use Feature::{Authors, Deleted, Scores, Times, Tree};
        &[Tree, Authors, Times, Scores, Deleted]
    }

    fn witness(&self) -> Witness {
        Witness::OwnPages
    }

    fn detect(&self, head: &[u8]) -> bool {
        let head = head
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(head)
            .trim_ascii_start();
        let mut lines = head.split(|&byte| byte == b'\n');
        let first = lines.next().unwrap_or_default();
        if !first.starts_with(b"{\"conversations\":") {
            return is_utterance(first);
        }
        // The list of a large corpus is longer than what can be seen here.
        lines
            .next()
            .is_none_or(|second| second.is_empty() || is_utterance(second))
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        let mut about = Map::new();
        let rows = Lines::new(input, LINE_LIMIT).filter_map(move |(number, line)| {
            let row = line.and_then(|line| row(line, number, &mut about));
            row.map_err(|error| error.at(Place::Line(number)))
                .transpose()
        });
        rows::threads(self.id(), rows)
    }
}

/// Whether a line, which may be cut, has the keys of an utterance in either spelling.
fn is_utterance(line: &[u8]) -> bool {
    let has = |key: &str| {
        let key = format!("\"{key}\"");
        line.windows(key.len())
            .any(|window| window == key.as_bytes())
    };
    let any = |keys: [&str; 2]| keys.into_iter().any(has);
    line.first() == Some(&b'{')
        && has("text")
        && any(["speaker", "user"])
        && any(["conversation_id", "root"])
        && any(["reply_to", "reply-to"])
}

/// The utterance on a line; none where the line is what tells `about` the conversations.
fn row(line: Vec<u8>, number: usize, about: &mut Map<String, Value>) -> Result<Option<Row>> {
    let page = Page::decode(line);
    let mut line: Map<String, Value> = serde_json::from_str(&page.text).map_err(|error| {
        let cause = format!("no utterance: {error}");
        Error::new(ErrorKind::Malformed, cause).remedy("it is skipped; mend the line")
    })?;
    if !line.contains_key("text")
        && let Some(Value::Object(conversations)) = line.remove("conversations")
    {
        *about = conversations;
        return Ok(None);
    }
    let thread = text_of(&line, &["conversation_id", "root"]);
    let about = thread.as_ref().and_then(|id| about.get(id));
    let title = about.and_then(|about| {
        // Older corpora have no `meta` between.
        let meta = about.get("meta").unwrap_or(about);
        meta.get("title").and_then(Value::as_str).map(str::to_owned)
    });
    let said = text_of(&line, &["text"]).unwrap_or_default();
    let (state, body) = rows::body(&said);
    let speaker = line.get("speaker").or_else(|| line.get("user"));
    let speaker = speaker.and_then(|speaker| rows::text(speaker.get("id").unwrap_or(speaker)));
    let meta = line.get("meta");
    let points = meta
        .and_then(|meta| meta.get("score"))
        .and_then(rows::whole);
    let posted = text_of(&line, &["timestamp"]).and_then(|posted| time::parse(&posted));
    Ok(Some(Row {
        title: title.filter(|title| !title.is_empty()),
        draft: Draft {
            id: text_of(&line, &["id"]).unwrap_or_default(),
            parent: text_of(&line, &["reply_to", "reply-to"])
                .map_or(ParentRef::Root, |id| rows::parent(&id)),
            author: speaker.and_then(|name| rows::author(&name)),
            posted,
            score: points.map(Score::of_points),
            state,
            body,
            ..Draft::default()
        },
        thread,
        replaced: page.invalid_utf8.map(|_| number),
        bad: Vec::new(),
    }))
}

/// The first of these keys that has a value, as text.
fn text_of(line: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| rows::text(line.get(*key)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::{State, Thread};

    fn read(text: &str) -> Vec<Result<Thread>> {
        SOURCE.threads(Box::new(text.as_bytes())).collect()
    }

    const CORPUS: &str = r#"{"conversations":{"c1":{"meta":{"title":"On keys"}},"c2":{"title":"Old"}}}
{"id":"c1","conversation_id":"c1","text":"First.","speaker":"ada","meta":{"score":5},"reply_to":null,"timestamp":1536256980,"vectors":[]}
{"id":7,"root":"c2","text":"Elsewhere.","user":{"id":"bob"},"reply-to":null,"timestamp":"1536256980"}
{"id":"u2","conversation_id":"c1","text":"[deleted]","speaker":"[deleted]","meta":{},"reply_to":"c1","timestamp":null}
"#;

    #[test]
    fn both_spellings_are_read() {
        assert!(SOURCE.detect(CORPUS.as_bytes()));
        let threads: Vec<_> = read(CORPUS).into_iter().map(Result::unwrap).collect();
        let titles: Vec<_> = threads
            .iter()
            .map(|thread| thread.title.as_deref())
            .collect();
        assert_eq!(titles, [Some("On keys"), Some("Old")]);
        let [first, second] = &threads[0].comments[..] else {
            panic!("{threads:?}")
        };
        assert_eq!(
            first.author.as_ref().map(|author| author.name.as_str()),
            Some("ada")
        );
        assert_eq!(first.score.as_ref().and_then(|score| score.points), Some(5));
        assert_eq!(
            first.posted.map(jiff::Timestamp::as_second),
            Some(1_536_256_980)
        );
        assert_eq!(
            (second.state, second.depth, &second.author),
            (State::Deleted, 1, &None)
        );
        let old = &threads[1].comments[0];
        assert_eq!((old.id.as_str(), old.posted), ("7", first.posted));
        assert_eq!(
            old.author.as_ref().map(|author| author.name.as_str()),
            Some("bob")
        );
    }

    #[test]
    fn other_lines_are_not_taken() {
        for line in [
            "{\"id\":1,\"text\":\"x\"}",
            "{\"text\":\"x\",\"speaker\":\"y\",\"conversation_id\":1}",
            "[{\"text\":1,\"speaker\":2,\"root\":3,\"reply_to\":4}]",
            "{\"conversations\":{}}\n{\"id\":1}",
        ] {
            assert!(!SOURCE.detect(line.as_bytes()), "{line}");
        }
        assert!(SOURCE.detect(b"{\"conversations\":{\"c1\":{\"meta\":{"));
    }

    #[test]
    fn bad_lines_are_named_and_cost_themselves_alone() {
        let read = read(&format!("{CORPUS}{{oops\n[]\n"));
        let errors: Vec<_> = read.iter().filter_map(|read| read.as_ref().err()).collect();
        assert_eq!((read.len(), errors.len()), (4, 2));
        assert!(
            errors[0].to_string().starts_with("line 5: no utterance"),
            "{}",
            errors[0]
        );
    }
}
