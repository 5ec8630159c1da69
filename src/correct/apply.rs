//! Puts corrections into a thread, its labels and its relations.

use super::{Correction, Corrections, Labels, Says};
use crate::{
    label::{Attack, CommentUnits, ThreadLabels, UnitLabels},
    relate::{Evidence, Relation, Target},
    segment::Unit,
    span::{CodePoints, Span},
    thread::{CommentIdx, Thread, ThreadBuilder, codes, wire::ThreadLine},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

/// What stands before the name of a person.
const HUMAN: &str = "human:";

/// Whose judgement each aspect of a thing is, by its key in the JSON; the others are the model's.
pub type Whose = BTreeMap<&'static str, String>;

/// Which judgements are people's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Provenance {
    /// By unit, of its labels.
    pub units: BTreeMap<usize, Whose>,
    /// By comment, of its stance and its parent.
    pub comments: BTreeMap<CommentIdx, Whose>,
    /// By the ends of the relation.
    pub relations: BTreeMap<(usize, Target), Whose>,
    /// Lines of the corrections that found what they correct.
    pub lines: BTreeSet<usize>,
}

impl Provenance {
    /// The names of the people who judged, each once.
    #[must_use]
    pub fn people(&self) -> BTreeSet<&str> {
        let units = self.units.values();
        names(
            units
                .chain(self.comments.values())
                .chain(self.relations.values()),
        )
    }

    /// The names of those who judged a comment or one of its `units`.
    #[must_use]
    pub fn of_comment(&self, idx: CommentIdx, units: Range<usize>) -> BTreeSet<&str> {
        let units = self.units.range(units).map(|(_, whose)| whose);
        names(units.chain(self.comments.get(&idx)))
    }
}

impl Corrections {
    /// The thread with its corrected parents; those that would make a circle of replies are left out.
    #[must_use]
    pub fn thread(&self, thread: Thread, done: &mut Provenance) -> Thread {
        let by_id = comments_by_id(&thread);
        let mut corrected: BTreeMap<CommentIdx, (&Correction, Option<CommentIdx>)> =
            BTreeMap::new();
        for correction in self.of(&thread.id) {
            let Says::Comment {
                comment,
                parent: Some(parent),
                ..
            } = &correction.says
            else {
                continue;
            };
            let parent = match parent {
                Some(parent) => by_id.get(parent).copied().map(Some),
                None => Some(None),
            };
            if let (Some(&idx), Some(parent)) = (by_id.get(comment), parent) {
                corrected.insert(idx, (correction, parent));
            }
        }
        let mut parents: Vec<Option<CommentIdx>> = thread
            .iter()
            .map(|(idx, _)| thread.tree.parent(idx))
            .collect();
        for (&idx, &(_, parent)) in &corrected {
            parents[idx.get()] = parent;
        }
        corrected.retain(|&idx, _| {
            let stays = !answers_itself(&parents, idx);
            if !stays {
                parents[idx.get()] = thread.tree.parent(idx);
            }
            stays
        });
        if corrected.is_empty() {
            return thread;
        }
        let places: BTreeSet<CommentIdx> = corrected.keys().copied().collect();
        let mut builder = ThreadBuilder::new(thread.source.clone(), thread.id.clone());
        builder.counted();
        let mut line = ThreadLine::from(&thread);
        for (idx, (correction, parent)) in corrected {
            let comment = &mut line.comments[idx.get()];
            comment.parent = parent.map(|parent| thread.comment(parent).id.clone());
            comment.parent_missing = false;
            comment.inferred = None;
            let whose = done.comments.entry(idx).or_default();
            whose.insert("parent", human(&correction.by));
            done.lines.insert(correction.line);
        }
        let is_settled = |code: &str, comment: Option<&str>| {
            code == codes::MISSING_PARENT
                && comment
                    .and_then(|id| by_id.get(id))
                    .is_some_and(|idx| places.contains(idx))
        };
        line.warnings
            .retain(|warning| !is_settled(&warning.code, warning.comment.as_deref()));
        line.into_thread(builder)
    }

    /// Puts in the corrected labels of units and stances of comments.
    pub fn labels(
        &self,
        thread: &Thread,
        units: &[Unit],
        labels: &mut ThreadLabels,
        done: &mut Provenance,
    ) {
        let places = Places::new(thread, units);
        for correction in self.of(&thread.id) {
            match &correction.says {
                Says::Unit { unit, labels: said } => {
                    if let Some(at) = places.unit(unit) {
                        let whose = done.units.entry(at).or_default();
                        of_unit(&mut labels.units[at], said, &correction.by, whose);
                        done.lines.insert(correction.line);
                    }
                }
                Says::Comment {
                    comment,
                    stance: Some(stance),
                    ..
                } => {
                    let idx = places.comments.get(comment.as_str()).copied();
                    // What answers the article takes no side.
                    let is_reply = |idx: &CommentIdx| labels.comments[idx.get()].stance.is_some();
                    if let Some(idx) = idx.filter(is_reply) {
                        let said = &mut labels.comments[idx.get()];
                        said.stance = Some(*stance);
                        said.settle("stance", &[stance.as_str()]);
                        let whose = done.comments.entry(idx).or_default();
                        whose.insert("stance", human(&correction.by));
                        done.lines.insert(correction.line);
                    }
                }
                Says::Comment { .. } | Says::Relation { .. } => {}
            }
        }
        let by_comment = CommentUnits::new(units);
        let touched: BTreeSet<CommentIdx> =
            done.units.keys().map(|&unit| units[unit].comment).collect();
        for idx in touched {
            labels.comments[idx.get()].take_largest(&labels.units[by_comment.range(idx)]);
        }
    }

    /// Puts in, changes and takes out relations.
    pub fn relations(
        &self,
        thread: &Thread,
        units: &[Unit],
        relations: &mut Vec<Relation>,
        done: &mut Provenance,
    ) {
        let places = Places::new(thread, units);
        for correction in self.of(&thread.id) {
            let Says::Relation {
                from,
                to,
                kind,
                subtype,
            } = &correction.says
            else {
                continue;
            };
            let (Some(from), Some(to)) = (places.unit(from), places.target(to)) else {
                continue;
            };
            let is_own = match to {
                Target::Unit(unit) => unit == from,
                Target::Comment(idx) => idx == units[from].comment,
            };
            let is_it = |relation: &Relation| relation.from == from && relation.to == to;
            let before = relations.iter().find(|relation| is_it(relation));
            // Nothing relates to itself, and what is not there cannot be taken out.
            if is_own || (kind.is_none() && before.is_none()) {
                continue;
            }
            let evidence = before.map(|relation| {
                let found = relation.evidence.iter().copied();
                found
                    .filter(|&evidence| evidence != Evidence::Model)
                    .collect()
            });
            relations.retain(|relation| !is_it(relation));
            let whose = done.relations.entry((from, to)).or_default();
            whose.insert("kind", human(&correction.by));
            if let Some(kind) = *kind {
                let at =
                    relations.partition_point(|relation| (relation.from, relation.to) < (from, to));
                let relation = Relation {
                    from,
                    to,
                    kind,
                    subtype: *subtype,
                    act: None,
                    score: 1.0,
                    evidence: evidence.unwrap_or_default(),
                };
                relations.insert(at, relation);
            }
            done.lines.insert(correction.line);
        }
    }
}

/// Whether a comment stands in a circle of replies.
fn answers_itself(parents: &[Option<CommentIdx>], idx: CommentIdx) -> bool {
    let above = std::iter::successors(parents[idx.get()], |above| parents[above.get()]);
    above.take(parents.len()).any(|above| above == idx)
}

fn of_unit(unit: &mut UnitLabels, said: &Labels, by: &str, whose: &mut Whose) {
    let mut note = |key| _ = whose.insert(key, human(by));
    if let Some(role) = said.role {
        unit.role = role;
        unit.settle("role", &[role.as_str()]);
        note("role");
    }
    if let Some(basis) = &said.basis {
        unit.basis.clone_from(basis);
        let names: Vec<_> = basis.iter().map(|basis| basis.as_str()).collect();
        unit.settle("basis", &names);
        note("basis");
    }
    if let Some(attack) = said.attack {
        unit.attack = attack;
        unit.settle("attack", attack.map(Attack::as_str).as_slice());
        note("attack");
    }
    if let Some(sarcasm) = said.sarcasm {
        unit.sarcasm = sarcasm;
        unit.settle("sarcasm", sarcasm.then_some("sarcasm").as_slice());
        note("sarcasm");
    }
}

fn names<'a>(all: impl Iterator<Item = &'a Whose>) -> BTreeSet<&'a str> {
    all.flat_map(BTreeMap::values)
        .filter_map(|name| name.strip_prefix(HUMAN))
        .collect()
}

fn human(name: &str) -> String {
    format!("{HUMAN}{name}")
}

fn comments_by_id(thread: &Thread) -> HashMap<String, CommentIdx> {
    thread
        .iter()
        .map(|(idx, comment)| (comment.id.clone(), idx))
        .collect()
}

/// Finds units and comments by their ids.
struct Places<'a> {
    thread: &'a Thread,
    units: &'a [Unit],
    comments: HashMap<String, CommentIdx>,
}

impl<'a> Places<'a> {
    fn new(thread: &'a Thread, units: &'a [Unit]) -> Self {
        Self {
            thread,
            units,
            comments: comments_by_id(thread),
        }
    }

    fn unit(&self, id: &str) -> Option<usize> {
        let (comment, place) = id.rsplit_once('@')?;
        let (start, end) = place.split_once('-')?;
        let idx = *self.comments.get(comment)?;
        let points = CodePoints::new(&self.thread.comment(idx).body.text);
        let start = points.to_byte(start.parse().ok()?)?;
        let end = points.to_byte(end.parse().ok()?)?;
        let span = (start <= end).then(|| Span::new(start, end))?;
        let range = CommentUnits::new(self.units).range(idx);
        let found = self.units[range.clone()]
            .iter()
            .position(|unit| unit.span == span)?;
        Some(range.start + found)
    }

    fn target(&self, id: &str) -> Option<Target> {
        let comment = || self.comments.get(id).copied().map(Target::Comment);
        self.unit(id).map(Target::Unit).or_else(comment)
    }
}
