//! Reads corrections from JSON Lines.

use super::{Correction, Corrections, Labels, Says};
use crate::{
    digest::sha256,
    error::{Error, ErrorKind, Place, Result},
    label::{Attack, Basis, Role, Stance},
    relate::{Kind, Subtype},
};
use serde::{Deserialize, Deserializer};

/// A line; which keys it may have depends on what it corrects.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    thread: String,
    by: String,
    #[serde(rename = "note")]
    _note: Option<serde::de::IgnoredAny>,
    unit: Option<String>,
    role: Option<String>,
    basis: Option<Vec<String>>,
    #[serde(default, deserialize_with = "said")]
    attack: Option<Option<String>>,
    sarcasm: Option<bool>,
    comment: Option<String>,
    stance: Option<String>,
    #[serde(default, deserialize_with = "said")]
    parent: Option<Option<String>>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default, deserialize_with = "said")]
    kind: Option<Option<String>>,
    #[serde(default, deserialize_with = "said")]
    subtype: Option<Option<String>>,
}

/// Tells a key with `null` from one that is not there.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Reads the corrections of a file, a line each; empty lines are passed over.
///
/// # Errors
/// At the first line that is none: half of somebody's corrections would look like all of them.
pub fn read(text: &str) -> Result<Corrections> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let mut all = Vec::new();
    for (at, text) in lines.filter(|(_, text)| !text.trim().is_empty()) {
        let line = at + 1;
        all.push(correction(text, line).map_err(|error| error.at(Place::Line(line)))?);
    }
    Ok(Corrections {
        all,
        sha256: sha256(&[text.as_bytes()]),
    })
}

fn correction(text: &str, at: usize) -> Result<Correction> {
    let line: Line = serde_json::from_str(text).map_err(|error| {
        let cause = format!("no correction: {error}").replace(" at line 1 column", ", at column");
        malformed(cause, "see docs/corrections.md for the keys of a line")
    })?;
    if line.by.trim().is_empty() {
        return Err(malformed("`by` is empty".to_owned(), "say who judged"));
    }
    let says = match (&line.unit, &line.comment, &line.from) {
        (Some(_), None, None) => of_unit(&line)?,
        (None, Some(_), None) => of_comment(&line)?,
        (None, None, Some(_)) => of_relation(&line)?,
        _ => {
            let cause = "a line corrects one thing".to_owned();
            return Err(malformed(
                cause,
                "name a `unit`, a `comment`, or `from` and `to`",
            ));
        }
    };
    Ok(Correction {
        line: at,
        thread: line.thread,
        by: line.by,
        says,
    })
}

fn of_unit(line: &Line) -> Result<Says> {
    refuse(&[
        ("stance", line.stance.is_some()),
        ("parent", line.parent.is_some()),
        ("to", line.to.is_some()),
        ("kind", line.kind.is_some()),
        ("subtype", line.subtype.is_some()),
    ])?;
    let labels = [
        line.role.is_some(),
        line.basis.is_some(),
        line.attack.is_some(),
        line.sarcasm.is_some(),
    ];
    let role = line.role.as_deref();
    let attack = line.attack.as_ref().map(Option::as_deref);
    let basis = line.basis.as_ref().map(|names| {
        let mut basis = names
            .iter()
            .map(|name| named("basis", name, Basis::ALL, Basis::as_str))
            .collect::<Result<Vec<_>>>()?;
        basis.sort_unstable();
        basis.dedup();
        Ok::<_, Error>(basis)
    });
    something(
        labels.contains(&true),
        "`role`, `basis`, `attack` or `sarcasm`",
    )?;
    Ok(Says::Unit {
        unit: line.unit.clone().unwrap_or_default(),
        labels: Labels {
            role: role
                .map(|name| named("role", name, Role::ALL, Role::as_str))
                .transpose()?,
            basis: basis.transpose()?,
            attack: attack
                .map(|name| {
                    name.map(|name| named("attack", name, Attack::ALL, Attack::as_str))
                        .transpose()
                })
                .transpose()?,
            sarcasm: line.sarcasm,
        },
    })
}

fn of_comment(line: &Line) -> Result<Says> {
    refuse(&[
        ("role", line.role.is_some()),
        ("basis", line.basis.is_some()),
        ("attack", line.attack.is_some()),
        ("sarcasm", line.sarcasm.is_some()),
        ("to", line.to.is_some()),
        ("kind", line.kind.is_some()),
        ("subtype", line.subtype.is_some()),
    ])?;
    something(
        line.stance.is_some() || line.parent.is_some(),
        "`stance` or `parent`",
    )?;
    let stance = line.stance.as_deref();
    Ok(Says::Comment {
        comment: line.comment.clone().unwrap_or_default(),
        stance: stance
            .map(|name| named("stance", name, Stance::ALL, Stance::as_str))
            .transpose()?,
        parent: line.parent.clone(),
    })
}

fn of_relation(line: &Line) -> Result<Says> {
    refuse(&[
        ("role", line.role.is_some()),
        ("basis", line.basis.is_some()),
        ("attack", line.attack.is_some()),
        ("sarcasm", line.sarcasm.is_some()),
        ("stance", line.stance.is_some()),
        ("parent", line.parent.is_some()),
    ])?;
    something(
        line.to.is_some() && line.kind.is_some(),
        "`to` and `kind` (null where there is no relation)",
    )?;
    let kind = line.kind.as_ref().and_then(Option::as_deref);
    let kind = kind
        .map(|name| named("kind", name, Kind::ALL, Kind::as_str))
        .transpose()?;
    let subtype = line.subtype.as_ref().and_then(Option::as_deref);
    let subtype = subtype
        .map(|name| named("subtype", name, Subtype::ALL, Subtype::as_str))
        .transpose()?;
    let wanted = match subtype {
        Some(Subtype::Rebut | Subtype::Undermine | Subtype::Undercut | Subtype::AdHominem) => {
            Some(Kind::Attack)
        }
        Some(Subtype::Agreement) => Some(Kind::Support),
        Some(Subtype::Concession | Subtype::Correction) | None => kind,
    };
    if let (Some(subtype), true) = (subtype, wanted != kind) {
        let kind = wanted.map_or("null", Kind::as_str);
        return Err(malformed(
            format!(
                "the subtype `{}` is one of the kind `{kind}`",
                subtype.as_str()
            ),
            "give that kind, or leave the subtype out",
        ));
    }
    Ok(Says::Relation {
        from: line.from.clone().unwrap_or_default(),
        to: line.to.clone().unwrap_or_default(),
        kind,
        subtype,
    })
}

fn refuse(keys: &[(&str, bool)]) -> Result<()> {
    match keys.iter().find(|(_, there)| *there) {
        Some((key, _)) => Err(malformed(
            format!("`{key}` is not a matter of what the line corrects"),
            "give it in a line of its own",
        )),
        None => Ok(()),
    }
}

fn something(there: bool, keys: &str) -> Result<()> {
    if there {
        return Ok(());
    }
    Err(malformed(
        "the line says nothing".to_owned(),
        format!("give {keys}"),
    ))
}

fn named<T: Copy>(key: &str, name: &str, all: &[T], as_str: fn(T) -> &'static str) -> Result<T> {
    let found = all.iter().copied().find(|value| as_str(*value) == name);
    found.ok_or_else(|| {
        let known: Vec<_> = all.iter().map(|value| as_str(*value)).collect();
        malformed(
            format!("`{key}` has the unknown value {name:?}"),
            format!("name one of {}", known.join(", ")),
        )
    })
}

fn malformed(cause: String, remedy: impl Into<String>) -> Error {
    Error::new(ErrorKind::Malformed, cause).remedy(remedy)
}
