//! The shortest fair account of a thread: which of its units to read, by what the thread is about, what
//! is fought over, what was asked and cited, and where it turned on persons.
//!
//! A summary is an extract: it holds numbers of units and no words of its own, and each count in it is
//! one of the argument graph. Prose about it is written by others, and `prose` says which of its sentences
//! the extract supports. `docs/summaries.md` tells the method and what its constants rest on.

mod contest;
mod cover;
mod derail;
mod duplicates;
mod matter;
mod page;
mod points;
mod prose;
#[cfg(test)]
mod tests;

use crate::{
    cluster::Groups,
    label::{Basis, Role, ThreadLabels, probability},
    relate::{Relation, Target},
    segment::Unit,
    text::BlockKind,
    thread::{Comment, Thread},
};
use contest::disputes;
use cover::Cover;
use derail::derailments;
use matter::Matter;
use page::Page;

pub use prose::{Brief, Dropped, INSTRUCTIONS, Prose, Reason, Told};

/// Words that a summary has at most where nothing else is asked for.
pub const WORDS: usize = 200;

/// The most words that can be asked for. What is longer is no summary, and choosing it would take long.
pub const MOST_WORDS: usize = 10_000;

/// Shares of the words, in per cent, that each section may take; what they leave goes to what the thread is
/// about, which so has at least 15. A short summary leaves small sections out (`page`).
const CONTESTED: usize = 45;
const DERAILED: usize = 20;
const QUESTIONS: usize = 10;
const EVIDENCE: usize = 10;

/// Words that a unit about the thread has at least; shorter ones say little by themselves. They are used
/// where nothing else is there.
const SHORTEST: usize = 6;

/// An extract of a thread. Units are told by their numbers; each stands in it once, but that an attack on a
/// person may be preceded by a unit that also stands elsewhere. Sections have what is most important first,
/// but for [`about`](Self::about).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Words that it was allowed.
    pub limit: usize,
    /// Words of its units, counted as what white space parts.
    pub words: usize,
    /// What the thread is about, in document order.
    pub about: Vec<usize>,
    /// The claims that are fought over.
    pub contested: Vec<Dispute>,
    /// Questions that nobody answers.
    pub questions: Vec<usize>,
    /// Units that point to a source.
    pub evidence: Vec<usize>,
    /// Where the thread turned on persons.
    pub derailments: Vec<Derailment>,
}

/// A claim that others attack, with who stands where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The claim or premise; of several near-duplicates the one that is answered most.
    pub claim: usize,
    /// The near-duplicates of the claim, in document order.
    pub repeated: Vec<usize>,
    /// Authors who make the claim or support it.
    pub authors_for: usize,
    /// Authors who attack it.
    pub authors_against: usize,
    /// The best point for it.
    pub point_for: Option<usize>,
    /// The best point against it.
    pub point_against: Option<usize>,
}

/// The first attack on a person below its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derailment {
    /// The attack.
    pub at: usize,
    /// The unit that it answers; none where it answers the article or a comment without units.
    pub before: Option<usize>,
}

/// What a summary is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The thread.
    pub thread: &'a Thread,
    /// Its units, in document order.
    pub units: &'a [Unit],
    /// What a model says of them.
    pub labels: &'a ThreadLabels,
    /// The relations, ordered by the unit they start from.
    pub relations: &'a [Relation],
}

impl<'a> Material<'a> {
    fn comment(&self, unit: usize) -> &'a Comment {
        self.thread.comment(self.units[unit].comment)
    }

    pub(crate) fn text(&self, unit: usize) -> &'a str {
        self.units[unit].span.slice(&self.comment(unit).body.text)
    }

    /// Whether the unit is its author's own running text.
    fn is_own(&self, unit: usize) -> bool {
        let in_prose = !matches!(self.units[unit].block, BlockKind::Quote | BlockKind::Code);
        in_prose && self.labels.units[unit].role != Role::Quote
    }

    fn attacks_person(&self, unit: usize) -> bool {
        self.labels.units[unit].attacks_person()
    }

    /// Whether the unit may stand for an argument.
    pub(crate) fn argues(&self, unit: usize) -> bool {
        self.is_own(unit) && !self.attacks_person(unit)
    }

    /// Whether the relation leads from one comment to another.
    fn crosses(&self, relation: &Relation) -> bool {
        relation.crosses(self.units)
    }
}

/// Summarizes a thread in `limit` words at most, at most [`MOST_WORDS`]. Units are never cut: a limit that is
/// below the shortest unit gives an empty summary.
#[must_use]
pub fn summarize(material: Material<'_>, limit: usize) -> Summary {
    let limit = limit.min(MOST_WORDS);
    let matter = Matter::new(material);
    let groups = duplicates::groups(material, &matter);
    let mut page = Page::new(&matter, &groups, limit);
    let salience: Vec<f64> = {
        let cover = Cover::new(material, &matter);
        let units = 0..material.units.len();
        units.map(|unit| cover.gain(unit)).collect()
    };

    let contested = page.contested(disputes(material, &groups, &salience), CONTESTED);
    let derailments = page.derailments(derailments(material, &matter), DERAILED);
    let questions = page.units(open_questions(material, &groups, &salience), QUESTIONS);
    let evidence = page.units(cited(material, &salience), EVIDENCE);
    let about = about(material, &matter, &mut page);
    Summary {
        limit,
        words: page.words(),
        about,
        contested,
        questions,
        evidence,
        derailments,
    }
}

/// What the thread is about, beyond what the page already says.
fn about(material: Material<'_>, matter: &Matter, page: &mut Page<'_>) -> Vec<usize> {
    let mut cover = Cover::new(material, matter);
    for unit in page.shown() {
        cover.take(unit);
    }
    let free = (0..material.units.len()).filter(|&unit| material.argues(unit) && !page.shows(unit));
    let (long, short): (Vec<usize>, Vec<usize>) =
        free.partition(|&unit| matter.size(unit) >= SHORTEST);
    let mut chosen = cover.choose(&long, page.room());
    if chosen.is_empty() {
        chosen = cover.choose(&short, page.room());
    }
    for &unit in &chosen {
        page.show(unit);
    }
    chosen.sort_unstable();
    chosen
}

/// Questions that no other comment answers, in these words or nearly these, the most central first.
fn open_questions(material: Material<'_>, groups: &Groups, salience: &[f64]) -> Vec<usize> {
    let mut is_answered = vec![false; material.units.len()];
    for relation in material.relations.iter().filter(|r| material.crosses(r)) {
        if let Target::Unit(to) = relation.to {
            is_answered[groups.of(to)] = true;
        }
    }
    let asked = (0..material.units.len()).filter(|&unit| {
        material.labels.units[unit].role == Role::Question
            && material.argues(unit)
            && !is_answered[groups.of(unit)]
    });
    ranked(asked, |unit| salience[unit])
}

/// Units that point to a source, the surest and most central first.
fn cited(material: Material<'_>, salience: &[f64]) -> Vec<usize> {
    let labels = &material.labels.units;
    let points = |&unit: &usize| labels[unit].basis.contains(&Basis::Evidence);
    let cited = (0..material.units.len()).filter(|unit| points(unit) && material.argues(*unit));
    let sure = |unit: usize| probability(&labels[unit].scores, Basis::Evidence.as_str());
    ranked(cited, |unit| salience[unit] * f64::from(sure(unit)))
}

/// Units with the greatest `worth` first, equal ones in document order.
fn ranked(units: impl Iterator<Item = usize>, worth: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut units: Vec<(f64, usize)> = units.map(|unit| (worth(unit), unit)).collect();
    units.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    units.into_iter().map(|(_, unit)| unit).collect()
}
