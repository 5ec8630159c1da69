//! What a model is to say: one value per label, known or masked.

use crate::{
    error::{Error, ErrorKind, Result},
    label::{LABEL_SETS, LabelSet, Level},
    model::fast::LANES,
};

/// Per output `1` when the label holds, `-1` when it does not, `0` when nobody said.
pub type Targets = [i8; LANES];

/// Output of the comment table that learns which comments moderators removed for rudeness.
pub const REMOVED: usize = 3;
/// Output of the comment table that learns which comments annotators called uncivil.
pub const UNCIVIL: usize = 4;

/// The label sets of a level, each with the output of its first label.
pub fn sets(level: Level) -> impl Iterator<Item = (usize, &'static LabelSet)> {
    let of_level = LABEL_SETS.iter().filter(move |set| set.level == level);
    of_level.scan(0, |next, set| {
        let first = *next;
        *next += set.labels.len();
        Some((first, *set))
    })
}

/// Number of outputs that labels of a level take.
#[must_use]
pub fn label_outputs(level: Level) -> usize {
    sets(level).map(|(_, set)| set.labels.len()).sum()
}

/// Outputs of the comment table: the labels, and two that only help.
pub const COMMENT_OUTPUTS: usize = UNCIVIL + 1;

/// Marks a whole set as known: `names` hold, its other labels do not.
///
/// # Errors
/// When a name is no label of the set.
pub fn mark<'a>(
    targets: &mut Targets,
    set_id: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let (first, set) = find(set_id)?;
    targets[first..first + set.labels.len()].fill(-1);
    for name in names {
        let at = set.labels.iter().position(|label| label.id == name);
        let at = at.ok_or_else(|| {
            let cause = format!("`{name}` is no label of `{set_id}`");
            Error::new(ErrorKind::Malformed, cause)
        })?;
        targets[first + at] = 1;
    }
    Ok(())
}

fn find(set_id: &str) -> Result<(usize, &'static LabelSet)> {
    let mut all = sets(Level::Unit).chain(sets(Level::Comment));
    all.find(|(_, set)| set.id == set_id)
        .ok_or_else(|| Error::new(ErrorKind::Malformed, format!("no label set `{set_id}`")))
}

/// The output of a label.
///
/// # Panics
/// When no set has the label.
#[must_use]
pub fn output(label: &str) -> usize {
    let mut all = sets(Level::Unit).chain(sets(Level::Comment));
    let found = all.find_map(|(first, set)| {
        let at = set.labels.iter().position(|other| other.id == label);
        at.map(|at| first + at)
    });
    found.unwrap_or_else(|| panic!("no set has the label {label}"))
}
