//! The sections below the outline.

use super::{Report, author, clipped, count, one_line, shown_id};
use crate::{
    argument::{Chain, Contested},
    entity::talked_about,
    export::Mark,
    label::{Attack, probability},
    relate::{Kind, Target},
    thread::CommentIdx,
};
use std::{collections::BTreeMap, io::Result};
use unicode_width::UnicodeWidthStr;

/// Entries of a section; the rest is counted, and all of it is in the JSON.
const SHOWN: usize = 10;

/// Entities that are shown.
const ENTITIES_SHOWN: usize = 6;

/// Where the rest is.
const ALL: &str = "--format json has them all";

/// Columns of an author's name.
const NAME: usize = 30;

/// Chains that are shown.
pub(super) const CHAINS_SHOWN: usize = 5;

/// Steps of a chain that are shown in words.
const STEPS_SHOWN: usize = 12;

impl Report<'_> {
    /// What most comments name; left out where none names anything.
    pub(super) fn talked_about(&mut self) -> Result<()> {
        let analysis = self.analysis;
        let mentioned = talked_about(&analysis.thread, &analysis.entities);
        if mentioned.is_empty() {
            return Ok(());
        }
        self.heading("TALKED ABOUT")?;
        for entity in mentioned.iter().take(ENTITIES_SHOWN) {
            let kind = entity.kind.as_str().replace('_', " ");
            let counts = format!(
                "{kind} · {} by {}",
                count(entity.comments, "comment"),
                count(entity.authors, "author")
            );
            let name = clipped(&one_line(&entity.name), NAME);
            let counts = self.paint(Mark::Faint, &counts);
            writeln!(self.out, "  {name} · {counts}")?;
        }
        self.rest(mentioned.len(), ENTITIES_SHOWN, ALL)
    }

    pub(super) fn contested(&mut self) -> Result<()> {
        let contested = &self.analysis.contested;
        self.heading("CONTESTED CLAIMS")?;
        if contested.is_empty() {
            self.paragraph(2, "No claim is attacked from another comment.")?;
        }
        for Contested {
            unit,
            attacks,
            supports,
        } in contested.iter().take(SHOWN)
        {
            let idx = self.analysis.units[*unit].comment;
            let stands = self.analysis.standing.of(*unit);
            let stands = stands.map_or("", |(acceptance, _)| acceptance.as_str());
            let counts = format!("attacked {attacks}×, supported {supports}×,");
            let used = self.speaker_width(idx) + counts.width() + stands.width() + 6;
            // Where the line is too short the word stands on the next one.
            let space = if used <= self.style.width {
                " "
            } else {
                "\n    "
            };
            self.said(idx, *unit, &format!("{counts}{space}{stands}"))?;
        }
        self.rest(contested.len(), SHOWN, ALL)
    }

    pub(super) fn attacks_on_persons(&mut self) -> Result<()> {
        self.heading("ATTACKS ON PERSONS")?;
        let labels = &self.analysis.labels.units;
        let met = (0..labels.len()).filter(|&unit| labels[unit].attacks_person());
        let score = |unit: usize| probability(&labels[unit].scores, Attack::AdHominem.as_str());
        let met: Vec<usize> = met.collect();
        if met.is_empty() {
            self.paragraph(2, "None was found.")?;
        }
        for &unit in met.iter().take(SHOWN) {
            let idx = self.analysis.units[unit].comment;
            let at = match self.analysis.thread.tree.parent(idx) {
                Some(parent) => format!(", answers {}", self.speaker(parent)),
                None => String::new(),
            };
            self.said(idx, unit, &format!("probability {:.2}{at}", score(unit)))?;
        }
        self.rest(met.len(), SHOWN, ALL)
    }

    pub(super) fn chains(&mut self, chains: &[Chain], limit: usize, none: &str) -> Result<()> {
        self.heading("CHAINS (most argued first)")?;
        if chains.is_empty() {
            self.paragraph(2, none)?;
        }
        for chain in chains.iter().take(limit) {
            self.chain(chain)?;
        }
        if chains.len() > limit {
            self.paragraph(2, "… and more; `rejoinder chains --limit` shows them")?;
        }
        Ok(())
    }

    /// One chain: a line about it, then its steps.
    fn chain(&mut self, chain: &Chain) -> Result<()> {
        // Paragraphs are broken by their columns, and so hold no paint.
        let named = |idx: CommentIdx| {
            let comment = self.analysis.thread.comment(idx);
            format!("{} {}", shown_id(comment), author(comment))
        };
        let derailed = chain.derailment.map_or_else(String::new, |found| {
            let at = named(self.analysis.units[found.at].comment);
            let back = found.back.map_or_else(
                || "does not come back".to_owned(),
                |idx| format!("is back at {}", named(idx)),
            );
            format!(", turns on persons at {at} and {back}")
        });
        let side = match chain.polarity {
            crate::argument::Polarity::Support => "on the side of its start",
            crate::argument::Polarity::Attack => "against its start",
        };
        let status = chain.status.as_str();
        let steps = chain.comments.len();
        let people = count(chain.participants, "author");
        self.paragraph(
            2,
            &format!("{steps} comments by {people}, {status}, ends {side}{derailed}"),
        )?;
        for (at, &idx) in chain.comments.iter().enumerate().take(STEPS_SHOWN) {
            let (mark, how) = match at
                .checked_sub(1)
                .map(|before| &self.analysis.relations[chain.relations[before]])
            {
                None => (Mark::Faint, "starts"),
                Some(relation) if relation.is_on_person() => (Mark::Person, "attacks, on a person"),
                Some(relation) => match relation.kind {
                    Kind::Attack => (Mark::Attack, "attacks"),
                    Kind::Support => (Mark::Support, "supports"),
                    Kind::Answer | Kind::Rephrase => (Mark::Faint, "answers"),
                },
            };
            let unit = match at.checked_sub(1) {
                Some(before) => Some(self.analysis.relations[chain.relations[before]].from),
                None => chain.relations.first().and_then(|&first| {
                    match self.analysis.relations[first].to {
                        Target::Unit(unit) => Some(unit),
                        Target::Comment(_) => None,
                    }
                }),
            };
            let how = self.paint(mark, how);
            let speaker = self.speaker(idx);
            writeln!(self.out, "    {speaker} {how}")?;
            if let Some(unit) = unit {
                let text = clipped(
                    &one_line(self.analysis.text(unit)),
                    self.style.width.saturating_sub(6).max(20),
                );
                writeln!(self.out, "      {text}")?;
            }
        }
        if steps > STEPS_SHOWN {
            self.paragraph(4, &format!("… and {} more", steps - STEPS_SHOWN))?;
        }
        Ok(())
    }

    pub(super) fn warnings(&mut self) -> Result<()> {
        let analysis = self.analysis;
        let warnings = analysis.thread.warnings.iter().chain(&analysis.warnings);
        let mut by_code: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for warning in warnings {
            by_code
                .entry(&warning.code)
                .or_default()
                .push(&warning.message);
        }
        if by_code.is_empty() {
            return Ok(());
        }
        self.heading("WARNINGS")?;
        for (code, messages) in by_code {
            let more = match messages.len() {
                1 => String::new(),
                all => format!(" ({} more of this kind)", all - 1),
            };
            self.paragraph(2, &format!("{code}: {}{more}", messages[0]))?;
        }
        Ok(())
    }

    /// A unit with who said it, and what there is to say about it.
    fn said(&mut self, idx: CommentIdx, unit: usize, about: &str) -> Result<()> {
        let about = self.paint(Mark::Faint, about);
        let speaker = self.speaker(idx);
        writeln!(self.out, "  {speaker} · {about}")?;
        let text = self.analysis.text(unit);
        self.paragraph(4, text)
    }

    fn speaker(&self, idx: CommentIdx) -> String {
        let comment = self.analysis.thread.comment(idx);
        let id = self.paint(Mark::Faint, &shown_id(comment));
        format!(
            "{id} {}",
            self.paint(Mark::Author, &clipped(&author(comment), NAME))
        )
    }

    /// Columns that [`Self::speaker`] takes.
    fn speaker_width(&self, idx: CommentIdx) -> usize {
        let comment = self.analysis.thread.comment(idx);
        shown_id(comment).width() + 1 + clipped(&author(comment), NAME).width()
    }

    fn rest(&mut self, all: usize, shown: usize, remedy: &str) -> Result<()> {
        if all > shown {
            self.paragraph(2, &format!("… and {} more; {remedy}", all - shown))?;
        }
        Ok(())
    }
}
