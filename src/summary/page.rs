//! The room of a summary: what is shown already, and what still fits.

use super::{Derailment, Dispute, contest::Contest, matter::Matter};
use crate::cluster::Groups;
use std::collections::BTreeSet;

/// Candidates that a section looks at; what comes behind so many is not important.
const LOOKED_AT: usize = 1000;

/// Words below which a section is left out: few sentences of argument are shorter, and those say little.
const LEAST_SHARE: usize = 15;

/// A summary while it is filled.
#[derive(Debug)]
pub(super) struct Page<'a> {
    matter: &'a Matter,
    groups: &'a Groups,
    limit: usize,
    words: usize,
    shown: BTreeSet<usize>,
    /// The groups of the shown units, so that nothing is said twice.
    said: BTreeSet<usize>,
}

impl<'a> Page<'a> {
    pub(super) const fn new(matter: &'a Matter, groups: &'a Groups, limit: usize) -> Self {
        Self {
            matter,
            groups,
            limit,
            words: 0,
            shown: BTreeSet::new(),
            said: BTreeSet::new(),
        }
    }

    /// Words of what is shown.
    pub(super) const fn words(&self) -> usize {
        self.words
    }

    /// Words that still fit.
    pub(super) const fn room(&self) -> usize {
        self.limit - self.words
    }

    /// What is shown, in document order.
    pub(super) fn shown(&self) -> Vec<usize> {
        self.shown.iter().copied().collect()
    }

    /// Whether the unit, or one that says nearly the same, is shown.
    pub(super) fn shows(&self, unit: usize) -> bool {
        self.said.contains(&self.groups.of(unit))
    }

    /// Shows a unit, for which there is room.
    pub(super) fn show(&mut self, unit: usize) {
        self.words += self.matter.size(unit);
        self.shown.insert(unit);
        self.said.insert(self.groups.of(unit));
    }

    /// The words of a section that may take `percent` of the limit.
    fn share(&self, percent: usize) -> usize {
        match self.limit * percent / 100 {
            ..LEAST_SHARE => 0,
            share => share.min(self.room()),
        }
    }

    /// Shows of `units`, the best first, what fits into `percent` of the limit.
    pub(super) fn units(&mut self, units: Vec<usize>, percent: usize) -> Vec<usize> {
        let mut room = self.share(percent);
        let mut chosen = Vec::new();
        for unit in units.into_iter().take(LOOKED_AT) {
            if self.matter.size(unit) <= room && !self.shows(unit) {
                room -= self.matter.size(unit);
                self.show(unit);
                chosen.push(unit);
            }
        }
        chosen
    }

    /// Shows the first of `units` that is new and fits, and takes its words from `room`.
    fn first_fitting(&mut self, units: &[usize], room: &mut usize) -> Option<usize> {
        let mut units = units.iter().copied();
        let unit = units.find(|&unit| self.matter.size(unit) <= *room && !self.shows(unit))?;
        *room -= self.matter.size(unit);
        self.show(unit);
        Some(unit)
    }

    /// Shows contested claims that fit with a point against them, and with one for them where it fits too.
    pub(super) fn contested(&mut self, contests: Vec<Contest>, percent: usize) -> Vec<Dispute> {
        let mut room = self.share(percent);
        let mut chosen = Vec::new();
        for contest in contests.into_iter().take(LOOKED_AT) {
            let claim = contest.claim;
            let size = self.matter.size(claim);
            let fits_beside = |unit: &usize| {
                let is_other = self.groups.of(*unit) != self.groups.of(claim);
                is_other && self.matter.size(*unit) + size <= room && !self.shows(*unit)
            };
            let is_answered = contest.points_against.iter().any(fits_beside);
            if self.shows(claim) || size > room || !is_answered {
                continue;
            }
            room -= size;
            self.show(claim);
            let point_against = self.first_fitting(&contest.points_against, &mut room);
            let point_for = self.first_fitting(&contest.points_for, &mut room);
            chosen.push(Dispute {
                claim,
                repeated: contest.repeated,
                authors_for: contest.authors_for,
                authors_against: contest.authors_against,
                point_for,
                point_against,
            });
        }
        chosen
    }

    /// Shows attacks on persons that fit together with what they answer, which may be on the page already.
    pub(super) fn derailments(
        &mut self,
        found: Vec<Derailment>,
        percent: usize,
    ) -> Vec<Derailment> {
        let mut room = self.share(percent);
        let mut chosen = Vec::new();
        for derailment in found.into_iter().take(LOOKED_AT) {
            let units = std::iter::once(derailment.at).chain(derailment.before);
            let units: Vec<usize> = units.collect();
            let size: usize = units.iter().map(|&unit| self.matter.size(unit)).sum();
            if size <= room && !self.shows(derailment.at) {
                room -= size;
                units.into_iter().for_each(|unit| self.show(unit));
                chosen.push(derailment);
            }
        }
        chosen
    }
}
