//! Reads labeled threads, and knows which group each belongs to.

use super::targets::{Targets, mark};
use crate::{
    error::{Error, ErrorKind, Place, Result},
    model::{Reply, ReplyUnit, fast::LANES},
    span::{CodePoints, Span},
};
use flate2::read::MultiGzDecoder;
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

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

/// Reads a file of labeled threads. `discussions` gives the group of comments that other sets hold too
/// (Change My View).
///
/// # Errors
/// When the file cannot be read or breaks the schema.
pub fn read_threads(path: &Path, discussions: &HashMap<String, String>) -> Result<Vec<Example>> {
    let file = stem(path);
    let mut examples = Vec::new();
    let mut row = 0;
    read_lines(path, |line: ThreadLine| {
        row += 1;
        let group = group_of(&line, &file, row, discussions);
        push_thread(&line, &file, &group, &mut examples)
    })?;
    Ok(examples)
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

fn push_thread(
    line: &ThreadLine,
    file: &str,
    group: &str,
    examples: &mut Vec<Example>,
) -> Result<()> {
    let context = line
        .context
        .iter()
        .map(|c| (c.id.as_str(), c.text.as_str()));
    let own = line
        .comments
        .iter()
        .map(|c| (c.id.as_str(), c.text.as_str()));
    let texts: HashMap<&str, &str> = context.chain(own).collect();
    for comment in &line.comments {
        let answered = match &comment.parent {
            Some(id) => texts.get(id.as_str()).copied(),
            None => line.article.as_deref(),
        };
        let mut targets = [0; LANES];
        if let (Some(stance), Some(_)) = (&comment.stance, &comment.parent) {
            mark(&mut targets, "stance", [stance.as_str()])?;
        }
        let (units, unit_targets) = read_units(comment)?;
        examples.push(Example {
            file: file.to_owned(),
            board: line.source.clone(),
            group: group.to_owned(),
            text: comment.text.clone(),
            title: comment.title.clone().filter(|title| !title.is_empty()),
            answered: answered.map(str::to_owned),
            is_reply: comment.parent.is_some(),
            units,
            unit_targets,
            targets,
        });
    }
    Ok(())
}

fn read_units(comment: &CommentLine) -> Result<(Vec<ReplyUnit>, Vec<Targets>)> {
    let points = CodePoints::new(&comment.text);
    let mut units = Vec::with_capacity(comment.units.len());
    let mut targets = Vec::with_capacity(comment.units.len());
    for unit in &comment.units {
        let (start, end) = (points.to_byte(unit.start), points.to_byte(unit.end));
        let (Some(start), Some(end)) = (start, end) else {
            let cause = format!("a unit of comment `{}` ends behind the text", comment.id);
            return Err(Error::new(ErrorKind::Malformed, cause));
        };
        units.push(ReplyUnit {
            span: Span::new(start.min(end), end),
            is_quote: false,
            is_code: false,
        });
        let mut marks = [0; LANES];
        mark(&mut marks, "role", [unit.role.as_str()])?;
        mark(&mut marks, "basis", unit.basis.iter().map(String::as_str))?;
        mark(&mut marks, "attack", unit.attack.as_deref())?;
        mark(&mut marks, "sarcasm", unit.sarcasm.then_some("sarcasm"))?;
        targets.push(marks);
    }
    Ok((units, targets))
}

/// The name of a file without its folder and extensions.
#[must_use]
pub fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// Reads JSON Lines, plain or gzip, and hands each value to `take`.
///
/// # Errors
/// When the file cannot be read, a line does not fit, or `take` fails; the line is named.
pub fn read_lines<T: DeserializeOwned>(
    path: &Path,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| Error::from(error).input(&name))?;
    let inner: Box<dyn Read> = if path.extension().is_some_and(|ending| ending == "gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    for (at, line) in BufReader::new(inner).lines().enumerate() {
        let line = line.map_err(|error| Error::from(error).input(&name))?;
        let value = serde_json::from_str(&line)
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
        let mut examples = Vec::new();
        push_thread(&line, "file", "group", &mut examples).unwrap();
        examples
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
