//! The public research sets that train weights: their licenses allow it, and they help.
//!
//! Both label whole comments for rudeness. Their labels train outputs of their own in the table for
//! comments, which the combiners read; everything that they do not label is masked.

use super::{
    data::{Example, read_lines, stem},
    targets::{REMOVED, UNCIVIL},
};
use crate::{error::Result, model::fast::LANES};
use serde::Deserialize;
use std::{collections::HashMap, path::Path};

/// Change My View with the comments that moderators removed (Habernal et al. 2018), Apache-2.0.
pub const REMOVED_SET: &str = "habernal_cmv";
/// GitHub issues labeled for incivility (Ehsani et al. 2024), MIT.
pub const UNCIVIL_SET: &str = "github_incivility";

#[derive(Deserialize)]
struct Line {
    id: String,
    group: String,
    text: String,
    parent: Option<String>,
    previous: Option<String>,
    ad_hominem: Option<bool>,
    uncivil: Option<bool>,
}

/// The discussion of every Change My View comment, by the comment's id.
///
/// # Errors
/// When the file cannot be read or breaks the schema.
pub fn discussions(path: &Path) -> Result<HashMap<String, String>> {
    let mut groups = HashMap::new();
    read_lines(path, |line: Line| {
        groups.insert(line.id, line.group);
        Ok(())
    })?;
    Ok(groups)
}

/// Comments that moderators removed for rudeness, or did not.
///
/// # Errors
/// When the file cannot be read or breaks the schema.
pub fn removed(path: &Path) -> Result<Vec<Example>> {
    read(path, "cmv", "", REMOVED, |line| line.ad_hominem)
}

/// Comments that annotators called uncivil, or did not.
///
/// # Errors
/// When the file cannot be read or breaks the schema.
pub fn uncivil(path: &Path) -> Result<Vec<Example>> {
    read(path, "github", "issue:", UNCIVIL, |line| line.uncivil)
}

/// Reads comments whose group is the set's own behind `prefix`, as [`read_threads`] names it.
///
/// [`read_threads`]: super::data::read_threads
fn read(
    path: &Path,
    board: &str,
    prefix: &str,
    output: usize,
    label: impl Fn(&Line) -> Option<bool>,
) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    read_lines(path, |line: Line| {
        let mut targets = [0; LANES];
        targets[output] = label(&line).map_or(0, |holds| if holds { 1 } else { -1 });
        let answered = line.parent.or(line.previous);
        examples.push(Example {
            file: stem(path),
            board: board.to_owned(),
            group: format!("{prefix}{}", line.group),
            text: line.text,
            title: None,
            is_reply: answered.is_some(),
            answered,
            units: Vec::new(),
            unit_targets: Vec::new(),
            targets,
        });
        Ok(())
    })?;
    Ok(examples)
}
