//! The public research sets whose licenses let them train weights, with all that they do not label masked.

use super::data::Example;
use super::{
    data::read_lines,
    targets::{REMOVED, UNCIVIL},
};
use crate::error::Result;
use crate::model::fast::LANES;
use serde::Deserialize;
use std::{collections::HashMap, path::Path};

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
/// When the file cannot be read.
pub fn discussions(path: &Path) -> Result<HashMap<String, String>> {
    let mut groups = HashMap::new();
    read_lines(path, |line: Line| {
        groups.insert(line.id, line.group);
        Ok(())
    })?;
    Ok(groups)
}

/// Comments that moderators removed for rudeness, or did not (Habernal et al. 2018).
pub fn removed(path: &Path) -> Result<Vec<Example>> {
    read(path, "cmv", "", |line| {
        line.ad_hominem.map(|yes| (REMOVED, yes))
    })
}

/// Comments on GitHub that annotators called uncivil, or not (Ehsani et al. 2024).
pub fn uncivil(path: &Path) -> Result<Vec<Example>> {
    read(path, "github", "issue:", |line| {
        line.uncivil.map(|yes| (UNCIVIL, yes))
    })
}

fn read(
    path: &Path,
    board: &str,
    prefix: &str,
    target: impl Fn(&Line) -> Option<(usize, bool)>,
) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    read_lines(path, |line: Line| {
        let mut targets = [0; LANES];
        if let Some((output, holds)) = target(&line) {
            targets[output] = if holds { 1 } else { -1 };
        }
        let answered = line.parent.or(line.previous);
        examples.push(Example {
            file: super::data::stem(path),
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
