//! Relations between posts as pairs of texts: a unit that answers, and the unit of an earlier post that it
//! answers.

use super::row::{Kind, RelationRow, Row};
use crate::span::CodePoints;

/// A row's number, its unit's text, the text of the unit that it answers, and the kind of the relation.
pub(super) type Pair<'a> = (usize, &'a str, &'a str, Kind);

/// The relations of all rows to units of earlier posts of their groups. Relations inside a text, and to
/// posts that the file lacks, are left out.
pub(super) fn across(rows: &[Row]) -> Vec<Pair<'_>> {
    let mut pairs = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for relation in row.relations.iter().flatten() {
            let found = post(rows, at, relation).and_then(|post| {
                let answering = unit(row, relation.from)?;
                Some((at, answering, unit(post, relation.to)?, relation.kind))
            });
            pairs.extend(found);
        }
    }
    pairs
}

/// The post that a relation names: the parent by its text, `post-2` as the second of its group before.
fn post<'a>(rows: &'a [Row], at: usize, relation: &RelationRow) -> Option<&'a Row> {
    let row = &rows[at];
    let mut before = rows[..at].iter().rev();
    if relation.post == "parent" {
        return before.find(|other| {
            other.group == row.group && other.text.is_some() && other.text == row.parent
        });
    }
    let steps: usize = relation.post.strip_prefix("post-")?.parse().ok()?;
    let mut of_group = before.filter(|other| other.group == row.group);
    of_group.nth(steps.checked_sub(1)?)
}

fn unit(row: &Row, at: usize) -> Option<&str> {
    let text = row.text.as_deref()?;
    let unit = row.units.as_ref()?.get(at)?;
    let points = CodePoints::new(text);
    text.get(points.to_byte(unit.start)?..points.to_byte(unit.end)?)
}
