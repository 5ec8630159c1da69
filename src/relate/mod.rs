//! Finds which unit answers, supports or attacks which: the edges of the argument graph.
//!
//! Candidates are few and named: a reply answers its parent, the words behind a quotation answer what
//! was quoted, words with a name in them speak of what that author said before, and a premise supports a
//! claim of its own comment. A comment's stance gives the kind of relation, [`target`] the unit of the
//! parent that is meant, and turns of phrase how exactly it relates. Nothing is sought beyond these, so
//! the work grows with the length of the thread alone.

mod act;
#[cfg(test)]
pub(crate) mod case;
mod cue;
mod mention;
mod passage;
pub mod target;
#[cfg(test)]
mod tests;
mod types;

pub use types::{Act, Evidence, Kind, Relation, Subtype, Target};

use crate::{
    label::{Attack, CommentUnits, Role, Stance, ThreadLabels, UnitLabels, probability},
    segment::Unit,
    span::Span,
    thread::{CommentIdx, Origin, Parent, Thread},
};
use cue::Phrases;
use mention::Names;
use passage::{Passage, passages};
use std::ops::Range;
use target::Targets;

/// Finds all relations of a thread, ordered by the unit they start from.
#[must_use]
pub fn relate(thread: &Thread, units: &[Unit], labels: &ThreadLabels) -> Vec<Relation> {
    let view = View {
        thread,
        units,
        labels,
        by_comment: CommentUnits::new(units),
        targets: Targets::new(thread, units, labels),
        names: Names::new(thread),
        argued: argued(thread, units, labels),
    };
    let mut relations = Vec::new();
    for (idx, _) in thread.iter() {
        let first = relations.len();
        view.between_comments(idx, &mut relations);
        view.mentions(idx, first, &mut relations);
        view.within_comment(idx, &mut relations);
    }
    act::find(thread, units, labels, &mut relations);
    relations.sort_by_key(|relation| (relation.from, relation.to));
    relations
}

/// The unit that speaks for the units in `range`, a passage's or a comment's: their surest claim, else the
/// first premise or question. Asides speak for nothing.
#[must_use]
pub fn voice(labels: &[UnitLabels], range: Range<usize>) -> Option<usize> {
    let of_role = |role: Role| range.clone().filter(move |&unit| labels[unit].role == role);
    let sure = |unit: usize| probability(&labels[unit].scores, Role::Claim.as_str());
    let claim =
        of_role(Role::Claim).reduce(|best, unit| if sure(unit) > sure(best) { unit } else { best });
    claim
        .or_else(|| of_role(Role::Premise).next())
        .or_else(|| of_role(Role::Question).next())
}

/// All that is known when relations are sought.
struct View<'a> {
    thread: &'a Thread,
    units: &'a [Unit],
    labels: &'a ThreadLabels,
    by_comment: CommentUnits<'a>,
    targets: Targets<'a>,
    names: Names<'a>,
    /// Of each comment whether it goes from a premise to a claim.
    argued: Vec<bool>,
}

fn argued(thread: &Thread, units: &[Unit], labels: &ThreadLabels) -> Vec<bool> {
    let mut roles = vec![(false, false); thread.comments.len()];
    for (unit, labels) in units.iter().zip(&labels.units) {
        let (premise, claim) = &mut roles[unit.comment.get()];
        *premise |= labels.role == Role::Premise;
        *claim |= labels.role == Role::Claim;
    }
    roles
        .into_iter()
        .map(|(premise, claim)| premise && claim)
        .collect()
}

impl View<'_> {
    /// Relations of a comment to what it answers and what it quotes.
    fn between_comments(&self, idx: CommentIdx, out: &mut Vec<Relation>) {
        let range = self.by_comment.range(idx);
        let (passages, quotes) = passages(self.thread, self.units, range);
        for (unit, quoted) in quotes {
            if let Some(to) = self.quoted_unit(quoted.origin, quoted.span) {
                out.push(Relation {
                    from: unit,
                    to,
                    kind: Kind::Rephrase,
                    subtype: None,
                    act: None,
                    score: 1.0,
                    evidence: vec![Evidence::Quotation],
                });
            }
        }
        let mut voices: Vec<_> = passages
            .iter()
            .map(|p| voice(&self.labels.units, p.units.clone()))
            .collect();
        if let (Some(first), true) = (passages.first(), voices.iter().all(Option::is_none)) {
            // Where nothing is argued, the first words stand for the reply.
            voices[0] = Some(first.units.start);
        }
        let before = out.len();
        let mut spoken = passages
            .iter()
            .zip(voices)
            .filter_map(|(p, v)| v.map(|voice| (p, voice)));
        let first = spoken.next();
        for (passage, voice) in first.into_iter().chain(spoken) {
            self.answer(idx, passage, voice, out);
        }
        if let Some((passage, voice)) = first {
            self.at_least_answers(idx, passage, voice, before, out);
        }
        if let Some(inferred) = self.thread.comment(idx).inferred {
            // Words that are quoted are answered whatever the parent is.
            let by_parent = out[before..].iter_mut().filter(|relation| {
                relation.evidence.contains(&Evidence::Reply)
                    && !relation.evidence.contains(&Evidence::Quotation)
            });
            for relation in by_parent {
                relation.score *= inferred.score;
            }
        }
    }

    /// A reply that takes up somebody else's words still answers what it is written under; its relations begin
    /// at `first`.
    fn at_least_answers(
        &self,
        idx: CommentIdx,
        passage: &Passage,
        voice: usize,
        first: usize,
        out: &mut Vec<Relation>,
    ) {
        let Parent::Known(parent) = self.thread.comment(idx).parent else {
            return;
        };
        let is_answered = |relation: &Relation| relation.to.comment(self.units) == parent;
        if !out[first..].iter().any(is_answered) {
            let (to, score) = self.targets.best(parent, idx, passage.units.clone());
            out.push(Relation {
                from: voice,
                to,
                kind: Kind::Answer,
                subtype: None,
                act: None,
                score,
                evidence: vec![Evidence::Reply],
            });
        }
    }

    /// Relates one passage of a reply, for which the unit `voice` speaks, to the words that it answers.
    fn answer(&self, idx: CommentIdx, passage: &Passage, voice: usize, out: &mut Vec<Relation>) {
        let labels = &self.labels.comments[idx.get()];
        let Some(stance) = labels.stance else { return };
        let parent = match self.thread.comment(idx).parent {
            Parent::Known(parent) => parent,
            Parent::Root | Parent::Missing(_) => return,
        };
        let quoted = passage.quoted.and_then(|quoted| match quoted.origin {
            Origin::Comment(of) => self
                .quoted_unit(quoted.origin, quoted.span)
                .map(|to| (of, to, 1.0)),
            Origin::Article => None,
        });
        let quotes = quoted.is_some();
        let (of, to, sure) = quoted.unwrap_or_else(|| {
            let (to, sure) = self.targets.best(parent, idx, passage.units.clone());
            (parent, to, sure)
        });
        let score = sure * probability(&labels.scores, stance.as_str());
        let mut evidence = Vec::with_capacity(3);
        if of == parent {
            evidence.push(Evidence::Reply);
        }
        if quotes {
            evidence.push(Evidence::Quotation);
        }
        let continues = self.is_continued(idx, of);
        if continues {
            evidence.push(Evidence::Continuation);
        }
        evidence.push(Evidence::Model);
        let kind = match stance {
            Stance::Agree => Kind::Support,
            Stance::Disagree => Kind::Attack,
            Stance::Neutral => Kind::Answer,
        };
        let subtype = match kind {
            // Whoever speaks against the own words sets them right.
            Kind::Attack if continues => Some(Subtype::Correction),
            Kind::Attack => self.attack_on(passage, voice, to),
            Kind::Support => self.agrees_merely(passage).then_some(Subtype::Agreement),
            Kind::Answer | Kind::Rephrase => self
                .phrases(passage.units.start)
                .corrects()
                .then_some(Subtype::Correction),
        };
        out.push(Relation {
            from: voice,
            to,
            kind,
            subtype,
            act: None,
            score,
            evidence: evidence.clone(),
        });
        if stance == Stance::Disagree {
            self.concession(passage, voice, (to, sure), &evidence, out);
            self.attacks_on_person(passage, voice, of, &evidence, out);
        }
    }

    /// What the author grants in a unit of its own ahead of the attack.
    fn concession(
        &self,
        passage: &Passage,
        voice: usize,
        (to, sure): (Target, f32),
        evidence: &[Evidence],
        out: &mut Vec<Relation>,
    ) {
        let mut units = passage.units.clone();
        let (Some(opening), Some(next)) = (units.next(), units.next()) else {
            return;
        };
        if opening != voice && self.phrases(opening).grants() && self.phrases(next).turns() {
            out.push(Relation {
                from: opening,
                to,
                kind: Kind::Support,
                subtype: Some(Subtype::Concession),
                act: None,
                score: sure,
                evidence: evidence
                    .iter()
                    .copied()
                    .filter(|e| *e != Evidence::Model)
                    .collect(),
            });
        }
    }

    /// Relations of a comment, whose others begin at `first`, to what the authors that it names said before.
    fn mentions(&self, idx: CommentIdx, first: usize, out: &mut Vec<Relation>) {
        let parent = self.thread.tree.parent(idx);
        for unit in self.by_comment.range(idx) {
            let Some(of) = self.names.mentioned(self.thread, &self.units[unit]) else {
                continue;
            };
            if parent.is_some_and(|up| self.thread.identity(up) == self.thread.identity(of)) {
                let to_parent = out[first..].iter_mut().filter(|relation| {
                    relation.from == unit && Some(relation.to.comment(self.units)) == parent
                });
                for relation in to_parent {
                    let before = relation
                        .evidence
                        .partition_point(|e| *e < Evidence::Mention);
                    relation.evidence.insert(before, Evidence::Mention);
                }
            } else {
                let (to, score) = self.targets.best_by_words(of, unit..unit + 1);
                out.push(Relation {
                    from: unit,
                    to,
                    kind: Kind::Answer,
                    subtype: None,
                    act: None,
                    score,
                    evidence: vec![Evidence::Mention],
                });
            }
        }
    }

    /// Whether two comments are known to be of one author.
    fn is_continued(&self, idx: CommentIdx, of: CommentIdx) -> bool {
        self.thread.comment(idx).author.is_some()
            && self.thread.identity(idx) == self.thread.identity(of)
    }

    fn phrases(&self, unit: usize) -> Phrases {
        let Unit { comment, span, .. } = self.units[unit];
        Phrases::new(span.slice(&self.thread.comment(comment).body.text))
    }

    /// Whether a passage agrees, and neither gives a reason nor says anything more.
    fn agrees_merely(&self, passage: &Passage) -> bool {
        let Unit { comment, span, .. } = self.units[passage.units.start];
        let last = self.units[passage.units.end - 1].span;
        let text = &self.thread.comment(comment).body.text;
        let is_short = last.end() - span.start() < 200;
        is_short && Phrases::new(Span::new(span.start(), last.end()).slice(text)).merely_agrees()
    }

    /// Insults beside the main point are attacks of their own, on the comment and its author.
    fn attacks_on_person(
        &self,
        passage: &Passage,
        voice: usize,
        of: CommentIdx,
        evidence: &[Evidence],
        out: &mut Vec<Relation>,
    ) {
        for unit in passage.units.clone().filter(|&unit| unit != voice) {
            let labels = &self.labels.units[unit];
            if labels.attacks_person() {
                out.push(Relation {
                    from: unit,
                    to: Target::Comment(of),
                    kind: Kind::Attack,
                    subtype: Some(Subtype::AdHominem),
                    act: None,
                    score: probability(&labels.scores, Attack::AdHominem.as_str()),
                    evidence: evidence.to_vec(),
                });
            }
        }
    }

    /// The unit of a comment that overlaps quoted words most; the comment itself where none does.
    fn quoted_unit(&self, origin: Origin, span: Span) -> Option<Target> {
        let Origin::Comment(idx) = origin else {
            return None;
        };
        let range = self.by_comment.range(idx);
        let shared = |unit: usize| self.units[unit].span.overlap(span);
        // Units are in order: a page of quotations must not go through a long comment for each of them.
        let behind = |unit: &Unit| unit.span.end() <= span.start();
        let first = range.start + self.units[range.clone()].partition_point(behind);
        let met = (first..range.end)
            .take_while(|&unit| self.units[unit].span.start() < span.end())
            .filter(|&unit| shared(unit) > 0);
        let best = met.reduce(|best, unit| {
            if shared(unit) > shared(best) {
                unit
            } else {
                best
            }
        });
        Some(best.map_or(Target::Comment(idx), Target::Unit))
    }

    fn attack_on(&self, passage: &Passage, voice: usize, to: Target) -> Option<Subtype> {
        if self.labels.units[voice].attacks_person() {
            return Some(Subtype::AdHominem);
        }
        let opening = self.phrases(passage.units.start);
        if opening.corrects() {
            return Some(Subtype::Correction);
        }
        let Target::Unit(unit) = to else { return None };
        let speaks = self.phrases(voice);
        if self.argued[self.units[unit].comment.get()]
            && (speaks.undercuts() || opening.undercuts())
        {
            return Some(Subtype::Undercut);
        }
        if passage.units.start == voice && opening.concedes() {
            return Some(Subtype::Concession);
        }
        match self.labels.units[unit].role {
            Role::Claim => Some(Subtype::Rebut),
            Role::Premise => Some(Subtype::Undermine),
            Role::Question | Role::Quote | Role::None => None,
        }
    }

    /// Each premise supports the nearest claim of its comment; of two equally near the one before.
    fn within_comment(&self, idx: CommentIdx, out: &mut Vec<Relation>) {
        let range = self.by_comment.range(idx);
        let role = |unit: usize| self.labels.units[unit].role;
        let claims: Vec<usize> = range
            .clone()
            .filter(|&unit| role(unit) == Role::Claim)
            .collect();
        for premise in range.filter(|&unit| role(unit) == Role::Premise) {
            let behind = claims.partition_point(|&claim| claim < premise);
            let before = behind.checked_sub(1).map(|at| claims[at]);
            let nearest = match (before, claims.get(behind).copied()) {
                (Some(before), Some(after)) if after - premise < premise - before => after,
                (Some(before), _) => before,
                (None, Some(after)) => after,
                (None, None) => continue,
            };
            let labels = &self.labels.units;
            out.push(Relation {
                from: premise,
                to: Target::Unit(nearest),
                kind: Kind::Support,
                subtype: None,
                act: None,
                score: probability(&labels[premise].scores, Role::Premise.as_str())
                    * probability(&labels[nearest].scores, Role::Claim.as_str()),
                evidence: vec![Evidence::Inference],
            });
        }
    }
}
