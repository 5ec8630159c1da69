//! Reads public sets of one schema as examples with our labels.
//!
//! What a set does not label is masked. Of a set of which exactly one label holds, a file offers those
//! labels that it gives to any of its texts; the others are masked too.

use super::{
    meaning::{relation_targets, targets, unit_targets},
    relation,
    row::{Row, UnitRow},
    verdict::sets_of,
};
use crate::{
    error::{Error, ErrorKind, Result},
    label::{Choice, Level, reply_units},
    model::{ReplyUnit, fast::LANES},
    segment,
    span::{CodePoints, Span},
    text::plain,
    thread::{Draft, ThreadBuilder},
    train::{
        data::{Example, read_lines, stem},
        targets::Targets,
    },
};
use std::{collections::HashSet, path::Path};

/// The labeled texts of a public set.
///
/// # Errors
/// When the file cannot be read, breaks the schema, or has no label that is known here.
pub fn read(path: &Path) -> Result<Vec<Example>> {
    let mut set = Set::new(stem(path));
    read_lines(path, |row| set.take(row))?;
    let rows = set.rows.len();
    let examples = set.examples()?;
    if examples.is_empty() {
        let cause = format!("none of its {rows} rows has a text with a label known here");
        return Err(Error::new(ErrorKind::Malformed, cause)
            .remedy("docs/evaluation.md lists the labels that `eval` reads")
            .input(path.display().to_string()));
    }
    Ok(examples)
}

/// A file as far as it is read.
struct Set {
    file: String,
    rows: Vec<Row>,
    examples: Vec<Example>,
    /// Topics and arguments that had a row.
    arguments: HashSet<(String, String)>,
}

impl Set {
    fn new(file: String) -> Self {
        Self {
            file,
            rows: Vec::new(),
            examples: Vec::new(),
            arguments: HashSet::new(),
        }
    }

    fn take(&mut self, row: Row) -> Result<()> {
        if let Some(text) = &row.text
            && self.is_new(&row, text)
        {
            let example = example(&row, text, &self.file, self.rows.len())?;
            self.examples.push(example);
        }
        self.rows.push(row);
        Ok(())
    }

    /// Whether the row's argument had no row before: sets of pairs repeat it with each of its key points.
    fn is_new(&mut self, row: &Row, text: &str) -> bool {
        let topic = row.topic.clone().unwrap_or_default();
        row.stance_to_topic.is_none() || self.arguments.insert((topic, text.to_owned()))
    }

    /// All that is labeled, with the pairs that relations make, and masked.
    fn examples(mut self) -> Result<Vec<Example>> {
        for (at, answering, answered, kind) in relation::across(&self.rows) {
            self.examples.push(Example {
                units: units(answering, None),
                text: answering.to_owned(),
                answered: Some(answered.to_owned()),
                is_reply: true,
                targets: relation_targets(kind)?,
                ..bare(&self.rows[at], &self.file, at)
            });
        }
        self.examples.retain(is_labeled);
        for example in &mut self.examples {
            example.unit_targets.resize(example.units.len(), [0; LANES]);
        }
        mask_what_is_not_offered(&mut self.examples);
        Ok(self.examples)
    }
}

/// An example of a row's set and group, without anything else.
fn bare(row: &Row, file: &str, at: usize) -> Example {
    Example {
        file: file.to_owned(),
        board: row.set.clone().unwrap_or_else(|| file.to_owned()),
        group: group(row, file, at),
        text: String::new(),
        title: None,
        answered: None,
        is_reply: false,
        units: Vec::new(),
        unit_targets: Vec::new(),
        targets: [0; LANES],
    }
}

/// The row's group, named so that what training keeps apart is kept apart here: Change My View by its
/// discussions, GitHub by its issues, any other set by names of its own.
fn group(row: &Row, file: &str, at: usize) -> String {
    let set = row.set.as_deref().unwrap_or(file);
    let Some(group) = row.group.as_ref().or(row.id.as_ref()) else {
        return format!("{set}:row {at}");
    };
    match set {
        "github-msr24" => format!("issue:{group}"),
        _ if group.starts_with("t3_") => {
            let discussion = group.split('/').next();
            discussion.unwrap_or(group).to_owned()
        }
        _ => format!("{set}:{group}"),
    }
}

fn example(row: &Row, text: &str, file: &str, at: usize) -> Result<Example> {
    let topic = row.topic.as_ref().filter(|_| row.stance_to_topic.is_some());
    let answered = row.parent.as_ref().or(row.previous.as_ref()).or(topic);
    let given = row.units.as_deref().map(|units| spans(text, units));
    let unit_targets = row.units.iter().flatten().map(unit_targets);
    Ok(Example {
        units: units(text, given.transpose()?),
        unit_targets: unit_targets.collect::<Result<_>>()?,
        text: text.to_owned(),
        is_reply: answered.is_some(),
        targets: targets(row, answered.is_some())?,
        answered: answered.cloned(),
        ..bare(row, file, at)
    })
}

/// The places of a row's units in bytes.
fn spans(text: &str, units: &[UnitRow]) -> Result<Vec<Span>> {
    let points = CodePoints::new(text);
    let span = |unit: &UnitRow| match (points.to_byte(unit.start), points.to_byte(unit.end)) {
        (Some(start), Some(end)) if start <= end => Ok(Span::new(start, end)),
        _ => Err(Error::new(
            ErrorKind::Malformed,
            "a unit ends behind the text, or before it starts",
        )),
    };
    units.iter().map(span).collect()
}

/// The units of a text that stands by itself: those given, or else its sentences and quotations.
fn units(text: &str, given: Option<Vec<Span>>) -> Vec<ReplyUnit> {
    let mut builder = ThreadBuilder::new("", "");
    builder.push(Draft {
        body: plain::body(text),
        settled: true,
        given_units: given,
        ..Draft::default()
    });
    reply_units(&segment::units(&builder.build()))
}

fn is_labeled(example: &Example) -> bool {
    let mut all = example.unit_targets.iter().chain([&example.targets]);
    all.any(|targets| targets.iter().any(|target| *target != 0))
}

/// Masks the labels that no text has, in sets of which exactly one label holds.
fn mask_what_is_not_offered(examples: &mut [Example]) {
    for level in [Level::Unit, Level::Comment] {
        for (first, set) in sets_of(level).filter(|(_, set)| set.choice == Choice::One) {
            let holds = |output: usize| {
                let mut all = examples
                    .iter()
                    .flat_map(|example| example.targets_of(level));
                all.any(|targets| targets[output] == 1)
            };
            let outputs = first..first + set.labels.len();
            let missing: Vec<_> = outputs.filter(|&output| !holds(output)).collect();
            for example in examples.iter_mut() {
                let list: &mut [Targets] = match level {
                    Level::Unit => &mut example.unit_targets,
                    Level::Comment => std::slice::from_mut(&mut example.targets),
                };
                for targets in list {
                    missing.iter().for_each(|&output| targets[output] = 0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{eval::whole::whole_output, train::targets::output};

    fn read_rows(lines: &str) -> Vec<Example> {
        let mut set = Set::new("file".to_owned());
        for line in lines.lines() {
            set.take(serde_json::from_str(line).unwrap()).unwrap();
        }
        set.examples().unwrap()
    }

    /// What a text's labels are: `None` where masked.
    fn labels<const N: usize>(targets: &Targets, names: [&str; N]) -> [Option<bool>; N] {
        names.map(|name| match targets[output(name)] {
            0 => None,
            target => Some(target == 1),
        })
    }

    #[test]
    fn roles_stand_at_code_points_and_only_those_in_use_are_offered() {
        let read = read_rows(
            r#"{"set":"s","group":"7","text":"Ünder load? It drops.","units":[{"start":0,"end":11,"role":"none"},{"start":12,"end":21,"role":"claim"}],"rank":3}"#,
        );
        let (text, units) = (&read[0].text, &read[0].units);
        assert_eq!(units[1].span.slice(text), "It drops.");
        assert_eq!(
            (read[0].group.as_str(), read[0].board.as_str()),
            ("s:7", "s")
        );
        let roles = ["claim", "premise", "question", "none"];
        assert_eq!(
            labels(&read[0].unit_targets[1], roles),
            [Some(true), None, None, Some(false)]
        );
        assert_eq!(labels(&read[0].unit_targets[1], ["technical"]), [None]);
    }

    #[test]
    fn stances_come_under_three_names_and_need_something_answered() {
        let read = read_rows(
            r#"{"set":"tweets","group":"1","text":"Sure.","sdqc":"support","parent":"It rains."}
{"set":"tweets","group":"1","text":"It rains.","sdqc":"support"}
{"set":"tweets","group":"1","text":"Where?","sdqc":"query","parent":"It rains."}
{"set":"pairs","group":"2","text":"It is dear.","topic":"Ban rain","key_point":"a","stance_to_topic":-1}
{"set":"pairs","group":"2","text":"It is dear.","topic":"Ban rain","key_point":"b","stance_to_topic":-1}"#,
        );
        assert_eq!(read.len(), 3);
        let stances = ["agree", "disagree", "neutral"];
        let held = |at: usize| labels(&read[at].targets, stances);
        assert_eq!(held(0), [Some(true), Some(false), Some(false)]);
        assert_eq!(held(1), [Some(false), Some(false), Some(true)]);
        assert_eq!(held(2), [Some(false), Some(true), Some(false)]);
        assert_eq!(read[2].answered.as_deref(), Some("Ban rain"));
    }

    #[test]
    fn relations_to_other_posts_become_stances_without_neutral() {
        let read = read_rows(
            r#"{"set":"m","group":"1","text":"Tea is hot. So it helps.","units":[{"start":0,"end":11,"role":"premise"},{"start":12,"end":24,"role":"claim"}],"relations":[{"from":0,"to":1,"in":"self","kind":"support"}]}
{"set":"m","group":"1","parent":"Tea is hot. So it helps.","text":"It does not.","units":[{"start":0,"end":12,"role":"claim"}],"relations":[{"from":0,"to":1,"in":"parent","kind":"attack"}]}
{"set":"m","group":"1","parent":"It does not.","text":"Hot it is.","units":[{"start":0,"end":10,"role":"claim"}],"relations":[{"from":0,"to":0,"in":"post-2","kind":"support"}]}"#,
        );
        let pairs: Vec<_> = read[3..]
            .iter()
            .map(|pair| {
                let stances = labels(&pair.targets, ["agree", "disagree", "neutral"]);
                (
                    pair.text.as_str(),
                    pair.answered.as_deref().unwrap(),
                    stances,
                )
            })
            .collect();
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(
            pairs,
            [
                ("It does not.", "So it helps.", [no, yes, None]),
                ("Hot it is.", "Tea is hot.", [yes, no, None]),
            ]
        );
        assert!(
            read[..3]
                .iter()
                .all(|post| labels(&post.targets, ["agree"]) == [None])
        );
    }

    #[test]
    fn whole_texts_have_labels_that_are_flags_words_or_means() {
        let read = read_rows(
            r#"{"set":"github-msr24","group":"5","text":"You fool.","uncivil":true,"ad_hominem":true,"previous":"Done."}
{"set":"i","group":"t3_a/b","text":"Well.","personal_attack":-1.5,"sarcasm":0.5}
{"set":"i","group":"t3_a/c","text":"Well.","personal_attack":0.5,"sarcasm":null,"experiential":"False"}"#,
        );
        let held = |at: usize| {
            ["ad_hominem", "uncivil", "sarcasm", "experience"]
                .map(|name| read[at].targets[whole_output(name)])
        };
        assert_eq!(held(0), [1, 1, 0, 0]);
        assert_eq!(held(1), [1, 0, 1, 0]);
        assert_eq!(held(2), [-1, 0, 0, -1]);
        assert_eq!(read[0].answered.as_deref(), Some("Done."));
        let groups: Vec<_> = read.iter().map(|example| example.group.as_str()).collect();
        assert_eq!(groups, ["issue:5", "t3_a", "t3_a"]);
    }

    #[test]
    fn every_public_set_that_has_labels_is_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/datasets");
        if !folder.is_dir() {
            eprintln!("SKIPPED: no public sets at ../shared/datasets");
            return;
        }
        for set in [
            "cmv_modes",
            "cdcp",
            "subreddit_covidvaccine",
            "argotario",
            "logic_dev",
        ] {
            let examples = read(&folder.join(format!("{set}.jsonl.gz"))).unwrap();
            assert!(
                examples.iter().all(is_labeled) && examples.len() > 200,
                "{set}"
            );
        }
        let error = read(&folder.join("convosumm.jsonl.gz"))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("convosumm.jsonl.gz: none of its 361 rows"),
            "{error}"
        );
    }
}
