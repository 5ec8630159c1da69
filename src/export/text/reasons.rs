//! Below a comment of the outline: the words that moved its labels, where that was asked for.

use super::{Report, clipped, one_line};
use crate::{
    export::Mark,
    label::{Attack, Basis, CommentUnits, Explanation, Influence, probability},
    thread::CommentIdx,
};
use std::io::Result;
use unicode_width::UnicodeWidthStr;

/// Columns of a word.
const LONGEST: usize = 30;

/// The labels of units that the outline shows.
const SHOWN: [&str; 4] = [
    Basis::Technical.as_str(),
    Basis::Evidence.as_str(),
    Basis::Experience.as_str(),
    Attack::AdHominem.as_str(),
];

impl Report<'_> {
    /// A line for the stance, and one for each shown label, of the unit in which it is most probable.
    pub(super) fn reasons(&mut self, idx: CommentIdx, indent: usize) -> Result<()> {
        let labels = &self.analysis.labels;
        let units = CommentUnits::new(&self.analysis.units).range(idx);
        let mut lines: Vec<(&str, &[Influence])> = Vec::new();
        let stance = labels.comments[idx.get()].explanation.first();
        lines.extend(stance.map(|(label, words)| (*label, words.as_slice())));
        for label in SHOWN {
            let score = |unit: usize| probability(&labels.units[unit].scores, label);
            let explained = units.clone().filter_map(|unit| {
                let words = find(&labels.units[unit].explanation, label)?;
                Some((score(unit), words))
            });
            let best = explained.reduce(|best, next| if next.0 > best.0 { next } else { best });
            lines.extend(best.map(|(_, words)| (label, words)));
        }
        let width = self.style.width.saturating_sub(indent).max(20);
        let lines: Vec<String> = lines
            .into_iter()
            .filter(|(_, words)| !words.is_empty())
            .map(|(label, words)| self.reason(idx, label, words, width))
            .collect();
        for line in lines {
            let line = self.paint(Mark::Faint, &line);
            writeln!(self.out, "{}{line}", " ".repeat(indent))?;
        }
        Ok(())
    }

    /// The words that fit into `width` columns, the first one in any case.
    fn reason(&self, idx: CommentIdx, label: &str, words: &[Influence], width: usize) -> String {
        let text = &self.analysis.thread.comment(idx).body.text;
        let mut line = format!("{label}:");
        for (at, influence) in words.iter().enumerate() {
            let word = one_line(influence.word.slice(text));
            let next = format!(" {} {:+.2}", clipped(&word, LONGEST), influence.effect);
            if at > 0 && line.width() + 1 + next.width() > width {
                break;
            }
            line += if at > 0 { "," } else { "" };
            line += &next;
        }
        line
    }
}

fn find<'a>(explanation: &'a Explanation, label: &str) -> Option<&'a [Influence]> {
    let found = explanation.iter().find(|(name, _)| *name == label);
    found.map(|(_, words)| words.as_slice())
}
