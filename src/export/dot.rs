//! Graphviz DOT: units in a box per comment, relations as colored arrows.
//!
//! The language is that of <https://graphviz.org/doc/info/lang.html>: inside a quoted string only the
//! quotation mark needs an escape, but labels also read `\n`, `\l` and the like, so backslashes are
//! doubled too.

use super::{
    CrossWriter, Exporter, Style,
    text::{corrected, one_line},
    turns_direction,
};
use crate::{
    analysis::{Analysis, ModelVersion, wire::Names},
    correct::Whose,
    cross::{Cross, wire::id_in},
    label::{CommentUnits, Role},
    relate::{Kind, Relation, Target},
    thread::CommentIdx,
};
use std::{
    collections::BTreeSet,
    io::{Result, Write},
};

#[derive(Debug)]
pub(super) struct Dot;

pub(super) static EXPORTER: Dot = Dot;

/// Columns at which the words of a unit are broken.
const WRAP: usize = 36;

impl Exporter for Dot {
    fn id(&self) -> &'static str {
        "dot"
    }

    fn summary(&self) -> &'static str {
        "the argument graph for Graphviz, a box per comment"
    }

    fn extension(&self) -> &'static str {
        "dot"
    }

    fn write(&self, analysis: &Analysis, out: &mut dyn Write, _: &Style<'_>) -> Result<()> {
        let thread = &analysis.thread;
        let title = thread.title.as_deref().unwrap_or(&thread.id);
        head(&thread.id, title, Some(&analysis.model), out)?;
        body(analysis, &str::to_owned, out)?;
        writeln!(out, "}}")
    }

    fn cross(&self) -> Option<CrossWriter> {
        Some(cross)
    }
}

/// One graph of all threads, in which a node for each cluster joins the statements.
fn cross(cross: &Cross<'_>, out: &mut dyn Write, _: &Style<'_>) -> Result<()> {
    let model = cross.analyses.first().map(|any| &any.model);
    head("cross", "Said in several threads", model, out)?;
    for (at, analysis) in cross.analyses.iter().enumerate() {
        let thread = &analysis.thread;
        let title = thread.title.as_deref().unwrap_or(&thread.id);
        let heading = format!("{title} ({})", thread.source);
        writeln!(out, "  subgraph {} {{", quoted(&format!("cluster_{at}")))?;
        writeln!(out, "  label={}; color=black;", quoted(&heading))?;
        body(analysis, &|id| id_in(at, id), out)?;
        writeln!(out, "  }}")?;
    }
    let names: Vec<Names<'_>> = cross.analyses.iter().map(Names::new).collect();
    for (number, cluster) in cross.clusters.iter().enumerate() {
        let node = quoted(&format!("said/{number}"));
        let first = cross.comment(cluster.first());
        let author = first.author.as_ref().map_or("--", |author| &author.name);
        let posted = first
            .posted
            .map_or_else(String::new, |time| format!(", {time}"));
        let label = format!(
            "{} threads, {} people\nfirst {author}{posted}",
            cluster.threads, cluster.authors
        );
        writeln!(
            out,
            "  {node} [label={}, shape=ellipse, fillcolor=\"#e0f2e9\"];",
            quoted(&label)
        )?;
        for member in &cluster.members {
            let unit = id_in(member.thread, &names[member.thread].unit(member.unit));
            writeln!(
                out,
                "  {} -> {node} [dir=none, color=\"#1f5fa8\", style=bold];",
                quoted(&unit)
            )?;
        }
    }
    writeln!(out, "}}")
}

/// The start of a graph, with the looks of all that is in it.
fn head(id: &str, title: &str, model: Option<&ModelVersion>, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "digraph {} {{", quoted(id))?;
    if let Some(model) = model {
        writeln!(
            out,
            "  // model {} {}, SHA-256 {}",
            visible(&model.id),
            visible(&model.version),
            model.sha256
        )?;
    }
    writeln!(
        out,
        "  graph [label={}, labelloc=t, rankdir=BT, fontname=\"sans-serif\"];",
        quoted(title)
    )?;
    writeln!(
        out,
        "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\", fontsize=10];"
    )?;
    writeln!(out, "  edge [fontname=\"sans-serif\", fontsize=9];")
}

/// The comments and relations of a thread; `named` makes the ids of nodes.
fn body(analysis: &Analysis, named: &dyn Fn(&str) -> String, out: &mut dyn Write) -> Result<()> {
    if let Some(corrected) = corrected(analysis) {
        writeln!(out, "  // {}", one_line(&corrected))?;
    }
    let names = Names::new(analysis);
    let whole: BTreeSet<CommentIdx> = analysis.relations.iter().filter_map(aimed_at).collect();
    let by_comment = CommentUnits::new(&analysis.units);
    for (idx, comment) in analysis.thread.iter() {
        let units = by_comment.range(idx);
        if units.is_empty() && !whole.contains(&idx) {
            continue;
        }
        let author = comment.author.as_ref().map_or("--", |author| &author.name);
        let heading = format!("{} {author}", comment.id);
        writeln!(
            out,
            "  subgraph {} {{",
            quoted(&format!("cluster_{}", named(&comment.id)))
        )?;
        writeln!(out, "    label={}; color=gray;", quoted(&heading))?;
        if whole.contains(&idx) {
            writeln!(
                out,
                "    {} [shape=point, label=\"\"];",
                quoted(&named(&whole_comment(&comment.id)))
            )?;
        }
        for unit in units {
            let mut label = textwrap::fill(&visible(analysis.text(unit)), WRAP);
            label.push_str(&by(analysis.provenance.units.get(&unit)));
            let color = fill(analysis.labels.units[unit].role);
            writeln!(
                out,
                "    {} [label={}, fillcolor=\"{color}\"];",
                quoted(&named(&names.unit(unit))),
                quoted(&label)
            )?;
        }
        writeln!(out, "  }}")?;
    }
    for relation in &analysis.relations {
        let of_people = &analysis.provenance.relations;
        let by = by(of_people.get(&(relation.from, relation.to)));
        edge(relation, &by, &names, named, out)?;
    }
    Ok(())
}

fn aimed_at(relation: &Relation) -> Option<CommentIdx> {
    match relation.to {
        Target::Comment(idx) => Some(idx),
        Target::Unit(_) => None,
    }
}

fn edge(
    relation: &Relation,
    by: &str,
    names: &Names<'_>,
    named: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> Result<()> {
    let to = match relation.to {
        Target::Unit(unit) => names.unit(unit),
        Target::Comment(idx) => whole_comment(names.comment(idx)),
    };
    let (color, style) = match relation.kind {
        Kind::Support => ("#2a7d2a", "solid"),
        Kind::Attack => ("#b3261e", "solid"),
        Kind::Rephrase => ("gray", "dotted"),
        Kind::Answer => ("gray", "solid"),
    };
    let style = if relation.is_on_person() {
        "dashed"
    } else {
        style
    };
    let label = relation
        .subtype
        .map_or(relation.kind.as_str(), |subtype| subtype.as_str());
    let from = quoted(&named(&names.unit(relation.from)));
    let score = relation.score;
    writeln!(
        out,
        "  {from} -> {} [label={}, color=\"{color}\", style={style}, weight={}, tooltip=\"{score:.4}\"];",
        quoted(&named(&to)),
        quoted(&format!("{label}{by}")),
        1 + (score * 9.0) as u32,
    )
}

/// The people who judged something, as the last line of its label.
fn by(whose: Option<&Whose>) -> String {
    let people: BTreeSet<&str> = whose
        .into_iter()
        .flatten()
        .map(|(_, by)| by.as_str())
        .collect();
    let people: Vec<&str> = people.into_iter().collect();
    match people.is_empty() {
        true => String::new(),
        false => format!("\n({})", people.join(", ")),
    }
}

/// The node of a comment as a whole; no unit's id ends like it.
fn whole_comment(id: &str) -> String {
    format!("{id}@")
}

/// Light fills that keep black text readable.
fn fill(role: Role) -> &'static str {
    match role {
        Role::Claim => "#fff3c4",
        Role::Premise => "#dcebff",
        Role::Question => "#f1e3ff",
        Role::Quote => "#eeeeee",
        Role::None => "#ffffff",
    }
}

/// Control characters have no place in a drawing.
fn visible(text: &str) -> String {
    let plain = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
    let shown = text.chars().filter(|&c| !turns_direction(c));
    shown.map(plain).collect()
}

/// A DOT string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in visible(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_cannot_break_out() {
        assert_eq!(quoted("a\"b\\\nc\u{1b}"), r#""a\"b\\\nc ""#);
    }
}
