//! What is said in several threads, a paragraph for each.

use super::{author, corrected, count, one_line, paragraph, shown_id, shown_model, title};
use crate::{
    cross::{Cluster, Cross, Statement},
    export::{Mark, Style},
};
use std::io::{Result, Write};

/// Statements that are listed behind the first one; of the others their number is said.
const SHOWN: usize = 5;

pub(super) fn write(cross: &Cross<'_>, out: &mut dyn Write, style: &Style<'_>) -> Result<()> {
    writeln!(
        out,
        "{}",
        (style.paint)(Mark::Heading, "SAID IN SEVERAL THREADS")
    )?;
    let mut facts = vec![
        count(cross.clusters.len(), "statement"),
        count(cross.analyses.len(), "thread"),
    ];
    facts.extend(cross.analyses.first().map(|any| shown_model(&any.model)));
    facts.extend(cross.analyses.iter().filter_map(corrected));
    paragraph(0, &facts.join(" · "), out, style)?;
    for (at, cluster) in cross.clusters.iter().enumerate() {
        writeln!(out)?;
        self::cluster(at + 1, cross, cluster, out, style)?;
    }
    writeln!(out)
}

fn cluster(
    number: usize,
    cross: &Cross<'_>,
    cluster: &Cluster,
    out: &mut dyn Write,
    style: &Style<'_>,
) -> Result<()> {
    let first = cluster.first();
    let words = one_line(cross.analyses[first.thread].text(first.unit));
    paragraph(0, &format!("{number}. {words}"), out, style)?;
    let said = format!(
        "said in {} on {} by {}, first by {}",
        count(cluster.threads, "thread"),
        count(cluster.boards, "board"),
        match cluster.authors {
            1 => "1 person".to_owned(),
            several => format!("{several} people"),
        },
        origin(cross, first)
    );
    paragraph(3, &said, out, style)?;
    let others = &cluster.members[1..];
    for &other in others.iter().take(SHOWN) {
        paragraph(5, &format!("then by {}", origin(cross, other)), out, style)?;
    }
    match others.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => paragraph(5, &format!("and {more} more"), out, style),
    }
}

/// Who made a statement, where and when.
fn origin(cross: &Cross<'_>, of: Statement) -> String {
    let thread = &cross.analyses[of.thread].thread;
    let comment = cross.comment(of);
    let on = comment.posted.map_or_else(
        || "without a date".to_owned(),
        |posted| format!("on {}", posted.strftime("%Y-%m-%d")),
    );
    format!(
        "{} [{}] in \"{}\" ({}) {on}",
        author(comment),
        shown_id(comment),
        title(thread),
        one_line(&thread.source)
    )
}
