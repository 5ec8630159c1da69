//! Reads labeled threads, and knows which group each belongs to.

use super::targets::{Targets, mark};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    label::{CommentUnits, Level, reply_units},
    model::{Reply, ReplyUnit, fast::LANES},
    pipeline, segment,
    span::{CodePoints, Span},
    text::plain,
    thread::{Article, CommentIdx, Draft, ParentRef, Thread, ThreadBuilder},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{collections::HashMap, io::BufRead, path::Path};

/// One comment with its labels.
#[derive(Debug, Clone)]
pub struct Example {
    /// The file it comes from, without extensions.
    pub file: String,
    /// The board it was written on.
    pub board: String,
    /// What must not be torn apart by a split.
    pub group: String,
    /// Its text.
    pub text: String,
    /// Its headline.
    pub title: Option<String>,
    /// See [`Reply::answered`].
    pub answered: Option<String>,
    /// See [`Reply::is_reply`].
    pub is_reply: bool,
    /// Its units.
    pub units: Vec<ReplyUnit>,
    /// Per unit its labels.
    pub unit_targets: Vec<Targets>,
    /// The labels of the comment.
    pub targets: Targets,
}

impl Example {
    /// The comment as a model reads it.
    #[must_use]
    pub fn reply(&self) -> Reply<'_> {
        Reply {
            text: &self.text,
            title: self.title.as_deref(),
            units: &self.units,
            answered: self.answered.as_deref(),
            answered_units: &[],
            is_reply: self.is_reply,
        }
    }

    /// The labels of its units, or its own.
    #[must_use]
    pub fn targets_of(&self, level: Level) -> &[Targets] {
        match level {
            Level::Unit => &self.unit_targets,
            Level::Comment => std::slice::from_ref(&self.targets),
        }
    }
}

/// The files whose every unit is labeled.
pub const LABELED: [&str; 3] = ["secthreads_train", "forumthreads_train", "secblogs_train"];

#[derive(Deserialize)]
struct ThreadLine {
    thread: String,
    source: String,
    #[serde(default)]
    article: Option<String>,
    #[serde(default)]
    issue: Option<String>,
    comments: Vec<CommentLine>,
    #[serde(default)]
    context: Vec<ContextLine>,
}

#[derive(Deserialize)]
struct CommentLine {
    id: String,
    parent: Option<String>,
    title: Option<String>,
    text: String,
    stance: Option<String>,
    #[serde(default)]
    targets: Vec<usize>,
    units: Vec<UnitLine>,
}

#[derive(Deserialize)]
struct ContextLine {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct UnitLine {
    start: usize,
    end: usize,
    role: String,
    basis: Vec<String>,
    attack: Option<String>,
    sarcasm: bool,
}

/// A labeled thread.
#[derive(Debug)]
pub struct Labeled {
    /// See [`Example::group`].
    pub group: String,
    /// The thread, with the labeled units as its segmentation: comments that are only answered come
    /// first, then the labeled ones.
    pub thread: Thread,
    /// The labeled comments, in order.
    pub examples: Vec<Example>,
    /// Per labeled comment the units of its parent that it mainly answers, counted from 0.
    pub answers: Vec<Vec<usize>>,
}

impl Labeled {
    /// The place in the thread of the labeled comment number `at`.
    #[must_use]
    pub fn comment(&self, at: usize) -> CommentIdx {
        CommentIdx::new(self.thread.comments.len() - self.examples.len() + at)
    }
}

/// Reads a file of labeled threads. `discussions` gives the group of comments that other sets hold too
/// (Change My View).
///
/// # Errors
/// When the file cannot be read or breaks the schema.
pub fn read_threads(path: &Path, discussions: &HashMap<String, String>) -> Result<Vec<Labeled>> {
    let file = stem(path);
    let mut threads = Vec::new();
    let mut row = 0;
    read_lines(path, |line: ThreadLine| {
        row += 1;
        let group = group_of(&line, &file, row, discussions);
        threads.push(labeled(&line, &file, group)?);
        Ok(())
    })?;
    Ok(threads)
}

/// Issues and Change My View discussions go by their own ids; any other thread is a group by itself.
fn group_of(
    line: &ThreadLine,
    file: &str,
    row: usize,
    discussions: &HashMap<String, String>,
) -> String {
    if let Some(issue) = &line.issue {
        return format!("issue:{issue}");
    }
    let comments = line.comments.iter().map(|comment| &comment.id);
    let mut ids = comments.chain(line.context.iter().map(|context| &context.id));
    let discussion = ids.find_map(|id| discussions.get(id));
    match discussion {
        Some(group) => group.clone(),
        None if line.source == "cmv" => format!("{file}:{row}"),
        None => format!("thread:{}", line.thread),
    }
}

fn labeled(line: &ThreadLine, file: &str, group: String) -> Result<Labeled> {
    let mut builder = ThreadBuilder::new(&line.source, &group);
    builder.article(Some(Article {
        title: line.article.clone(),
        ..Article::default()
    }));
    for context in &line.context {
        builder.push(Draft {
            id: context.id.clone(),
            body: plain::body(&context.text),
            ..Draft::default()
        });
    }
    for comment in &line.comments {
        builder.push(draft(comment)?);
    }
    let thread = builder.build();
    let units = segment::units(&thread);
    let by_comment = CommentUnits::new(&units);
    let mut examples = Vec::with_capacity(line.comments.len());
    for (at, comment) in line.comments.iter().enumerate() {
        let idx = CommentIdx::new(line.context.len() + at);
        let answered = match thread.tree.parent(idx) {
            Some(parent) => Some(thread.comment(parent).body.text.as_str()),
            None if comment.parent.is_some() => None,
            None => line.article.as_deref(),
        };
        let mut targets = [0; LANES];
        if let (Some(stance), Some(_)) = (&comment.stance, &comment.parent) {
            mark(&mut targets, "stance", [stance.as_str()])?;
        }
        let unit_targets = comment.units.iter().map(unit_targets);
        examples.push(Example {
            file: file.to_owned(),
            board: line.source.clone(),
            group: group.clone(),
            text: comment.text.clone(),
            title: comment.title.clone().filter(|title| !title.is_empty()),
            answered: answered.map(str::to_owned),
            is_reply: comment.parent.is_some(),
            units: reply_units(by_comment.of(idx)),
            unit_targets: unit_targets.collect::<Result<_>>()?,
            targets,
        });
    }
    let answers = line.comments.iter().map(|comment| {
        let units = comment.targets.iter();
        units.filter_map(|unit| unit.checked_sub(1)).collect()
    });
    Ok(Labeled {
        answers: answers.collect(),
        group,
        thread,
        examples,
    })
}

fn draft(comment: &CommentLine) -> Result<Draft> {
    let points = CodePoints::new(&comment.text);
    let span = |unit: &UnitLine| {
        let ends = (points.to_byte(unit.start), points.to_byte(unit.end));
        if let (Some(start), Some(end)) = ends
            && start <= end
        {
            return Ok(Span::new(start, end));
        }
        let cause = format!("a unit of comment `{}` ends behind the text", comment.id);
        Err(Error::new(ErrorKind::Malformed, cause))
    };
    Ok(Draft {
        id: comment.id.clone(),
        parent: match &comment.parent {
            Some(id) => ParentRef::Id(id.clone()),
            None => ParentRef::Root,
        },
        title: comment.title.clone().filter(|title| !title.is_empty()),
        body: plain::body(&comment.text),
        given_units: Some(comment.units.iter().map(span).collect::<Result<_>>()?),
        ..Draft::default()
    })
}

fn unit_targets(unit: &UnitLine) -> Result<Targets> {
    let mut marks = [0; LANES];
    mark(&mut marks, "role", [unit.role.as_str()])?;
    mark(&mut marks, "basis", unit.basis.iter().map(String::as_str))?;
    mark(&mut marks, "attack", unit.attack.as_deref())?;
    mark(&mut marks, "sarcasm", unit.sarcasm.then_some("sarcasm"))?;
    Ok(marks)
}

/// The name of a file without its folder and extensions.
#[must_use]
pub fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// Reads JSON Lines, plain or gzip, and hands each value to `take`. Empty lines are passed over.
///
/// # Errors
/// When the file cannot be read, a line does not fit, or `take` fails; the line is named.
pub fn read_lines<T: DeserializeOwned>(
    path: &Path,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let name = path.display().to_string();
    for (at, line) in pipeline::open(&name)?.lines().enumerate() {
        let line = line.map_err(|error| Error::from(error).input(&name))?;
        if line.trim().is_empty() {
            continue;
        }
        // Some editors put a byte order mark before the first line.
        let line = line.trim_start_matches('\u{feff}');
        let value = serde_json::from_str(line)
            .map_err(|error| Error::new(ErrorKind::Malformed, error.to_string()));
        value
            .and_then(&mut take)
            .map_err(|error| error.at(Place::Line(at + 1)).input(&name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::targets::output;

    const LINE: &str = r#"{"thread":"blog:Mail","source":"blog","article":"Mail is old","comments":[
        {"id":"1","parent":null,"title":"","text":"Ünder TLS? Yes.","stance":null,"units":[
            {"start":0,"end":10,"role":"question","basis":["technical"],"attack":null,"sarcasm":false},
            {"start":11,"end":15,"role":"claim","basis":[],"attack":"incivility","sarcasm":true}]},
        {"id":"2","parent":"1","title":"Re","text":"No.","stance":"disagree","units":[]},
        {"id":"3","parent":"9","title":null,"text":"Hm.","stance":"neutral","units":[]}],"context":[]}"#;

    fn examples() -> Vec<Example> {
        let line = serde_json::from_str(LINE).unwrap();
        labeled(&line, "file", "group".to_owned()).unwrap().examples
    }

    #[test]
    fn reads_units_stances_and_what_is_answered() {
        let examples = examples();
        let first = &examples[0];
        assert_eq!(first.units[1].span.slice(&first.text), "Yes.");
        assert_eq!(first.unit_targets[0][output("technical")], 1);
        assert_eq!(first.unit_targets[1][output("sarcasm")], 1);
        assert_eq!(first.unit_targets[1][output("ad_hominem")], -1);
        assert_eq!(first.answered.as_deref(), Some("Mail is old"));
        assert_eq!(first.targets, [0; LANES]);
        assert_eq!(examples[1].targets[output("disagree")], 1);
        assert_eq!(examples[1].answered.as_deref(), Some(first.text.as_str()));
        assert_eq!(
            (examples[2].answered.as_deref(), examples[2].is_reply),
            (None, true)
        );
    }

    #[test]
    fn groups_go_by_issue_discussion_or_thread() {
        let mut line: ThreadLine = serde_json::from_str(LINE).unwrap();
        let none = HashMap::new();
        assert_eq!(group_of(&line, "file", 4, &none), "thread:blog:Mail");
        let known = HashMap::from([("3".to_owned(), "t3_x".to_owned())]);
        assert_eq!(group_of(&line, "file", 4, &known), "t3_x");
        line.source = "cmv".to_owned();
        assert_eq!(group_of(&line, "file", 4, &none), "file:4");
        line.issue = Some("77".to_owned());
        assert_eq!(group_of(&line, "file", 4, &known), "issue:77");
    }
}
