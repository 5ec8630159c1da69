//! How the arguments of a thread stand, as a table.

use super::{Report, author, clipped, count, one_line, shown_id};
use crate::{
    argument::{Acceptance, Semantics, Verdict},
    export::Mark,
};
use std::io::Result;
use unicode_width::UnicodeWidthStr;

/// Columns of the longest word for an acceptance.
const WORD: usize = 9;

impl Report<'_> {
    /// A line for each argument: in the order of the thread, or the strongest first where strengths are
    /// all that the semantics gives.
    pub(super) fn standing(&mut self, verdict: &Verdict) -> Result<()> {
        let semantics = verdict.semantics;
        let standing = &self.analysis.standing;
        self.heading("STANDING")?;
        let attacks = standing.forces.iter().filter(|force| force.attacks).count();
        let supports = standing.forces.len() - attacks;
        let mut facts = vec![
            count(standing.arguments.len(), "argument"),
            count(attacks, "attack"),
            count(supports, "support"),
            semantics.as_str().to_owned(),
        ];
        if semantics == Semantics::Gradual {
            facts.extend((!verdict.complete).then(|| "strengths not at rest".to_owned()));
        } else {
            facts.push(format!("supports: {}", verdict.support.as_str()));
            facts.push(count(verdict.extensions.len(), "extension"));
            let more = "the bound was reached: there may be more";
            facts.extend((!verdict.complete).then(|| more.to_owned()));
        }
        self.paragraph(2, &facts.join(" · "))?;
        let mut order: Vec<usize> = (0..standing.arguments.len()).collect();
        if semantics == Semantics::Gradual {
            order.sort_by(|&a, &b| standing.strength[b].total_cmp(&standing.strength[a]));
        }
        order
            .into_iter()
            .try_for_each(|at| self.argument(at, verdict))
    }

    fn argument(&mut self, at: usize, verdict: &Verdict) -> Result<()> {
        let standing = &self.analysis.standing;
        let unit = standing.arguments[at];
        let comment = self.analysis.units[unit].comment;
        let comment = self.analysis.thread.comment(comment);
        let (word, mark) = match verdict.acceptance[at] {
            Some(Acceptance::Accepted) => ("accepted", Mark::Support),
            Some(Acceptance::Rejected) => ("rejected", Mark::Attack),
            Some(Acceptance::Undecided) => ("undecided", Mark::Faint),
            None => ("-", Mark::Faint),
        };
        let who = format!("{} {}:", shown_id(comment), author(comment));
        let words = format!("{who} {}", one_line(self.analysis.text(unit)));
        let room = self.style.width.saturating_sub(WORD + 10).max(20);
        let fill = " ".repeat(WORD - word.width());
        let word = self.paint(mark, word);
        let strength = standing.strength[at];
        writeln!(
            self.out,
            "  {word}{fill}  {strength:.2}  {}",
            clipped(&words, room)
        )
    }
}
