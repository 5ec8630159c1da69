//! Who argues with whom: the people of a thread, and what each says to each.

use crate::{
    label::{Basis, Stance, ThreadLabels},
    relate::{Kind, Relation},
    segment::Unit,
    thread::{Comment, CommentIdx, CommentKind, Identity, Thread},
};
use std::collections::BTreeMap;

/// The people of a thread and what passes between them. Pingbacks, and comments whose author the capture
/// hides, are of nobody.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct People {
    /// In the order of their first comments.
    pub people: Vec<Person>,
    /// Ordered by who speaks, then by who is spoken to.
    pub exchanges: Vec<Exchange>,
}

/// One author. Every anonymous comment is a person of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The first comment.
    pub first: CommentIdx,
    /// Comments.
    pub comments: usize,
    /// Comments with a technical unit.
    pub technical: usize,
    /// Comments with a unit that attacks a person of the discussion.
    pub ad_hominem: usize,
    /// Others who answer them, as a share of all others: in-degree centrality (Freeman 1978) among the people.
    pub centrality: f32,
}

/// What one person says to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// Who speaks, by the place among the people.
    pub from: usize,
    /// To whom; never the same.
    pub to: usize,
    /// Comments that answer a comment of the other.
    pub replies: usize,
    /// Relations that attack what the other says, those on the person left out.
    pub attacks: usize,
    /// Relations that support it.
    pub supports: usize,
    /// Attacks on the person.
    pub on_person: usize,
    /// How often the side taken changed from one of these replies to the next one that takes a side.
    pub turns: usize,
}

impl People {
    /// The share of exchanges with replies that are answered with replies by the other: reciprocity of the
    /// graph of people. 0 where nobody answers anybody.
    #[must_use]
    pub fn reciprocity(&self) -> f32 {
        let pairs: std::collections::BTreeSet<(usize, usize)> = self
            .exchanges
            .iter()
            .filter(|exchange| exchange.replies > 0)
            .map(|exchange| (exchange.from, exchange.to))
            .collect();
        let mutual = pairs
            .iter()
            .filter(|(from, to)| pairs.contains(&(*to, *from)));
        mutual.count() as f32 / pairs.len().max(1) as f32
    }
}

/// A person's exchange while it is counted.
#[derive(Default)]
struct Count {
    replies: usize,
    attacks: usize,
    supports: usize,
    on_person: usize,
    turns: usize,
    last: Option<Stance>,
}

/// Finds the people of a thread and what passes between them.
#[must_use]
pub fn people(
    thread: &Thread,
    units: &[Unit],
    labels: &ThreadLabels,
    relations: &[Relation],
) -> People {
    let mut places: BTreeMap<Identity<'_>, usize> = BTreeMap::new();
    let mut people: Vec<Person> = Vec::new();
    let mut of_comment = vec![None; thread.comments.len()];
    for (idx, _) in thread.iter().filter(|(_, comment)| has_author(comment)) {
        let place = *places.entry(thread.identity(idx)).or_insert_with(|| {
            people.push(Person {
                first: idx,
                comments: 0,
                technical: 0,
                ad_hominem: 0,
                centrality: 0.0,
            });
            people.len() - 1
        });
        people[place].comments += 1;
        of_comment[idx.get()] = Some(place);
    }
    let mut technical = vec![false; thread.comments.len()];
    let mut ad_hominem = vec![false; thread.comments.len()];
    for (unit, labels) in units.iter().zip(&labels.units) {
        let at = unit.comment.get();
        technical[at] |= labels.basis.contains(&Basis::Technical);
        ad_hominem[at] |= labels.attacks_person();
    }
    for (at, place) in of_comment.iter().enumerate() {
        if let Some(place) = *place {
            people[place].technical += usize::from(technical[at]);
            people[place].ad_hominem += usize::from(ad_hominem[at]);
        }
    }
    let between = |from: CommentIdx, to: CommentIdx| {
        let pair = (of_comment[from.get()]?, of_comment[to.get()]?);
        (pair.0 != pair.1).then_some(pair)
    };
    let mut counts: BTreeMap<(usize, usize), Count> = BTreeMap::new();
    for (idx, _) in thread.iter() {
        let Some(pair) = thread
            .tree
            .parent(idx)
            .and_then(|parent| between(idx, parent))
        else {
            continue;
        };
        let count = counts.entry(pair).or_default();
        count.replies += 1;
        let side = labels.comments[idx.get()].stance;
        if let Some(side @ (Stance::Agree | Stance::Disagree)) = side {
            count.turns += usize::from(count.last.is_some_and(|last| last != side));
            count.last = Some(side);
        }
    }
    for relation in relations {
        let to = relation.to.comment(units);
        let Some(pair) = between(units[relation.from].comment, to) else {
            continue;
        };
        let count = counts.entry(pair).or_default();
        match relation.kind {
            Kind::Attack if relation.is_on_person() => count.on_person += 1,
            Kind::Attack => count.attacks += 1,
            Kind::Support => count.supports += 1,
            Kind::Answer | Kind::Rephrase => {}
        }
    }
    let others = people.len().saturating_sub(1).max(1) as f32;
    for ((_, to), _) in counts.iter().filter(|(_, count)| count.replies > 0) {
        people[*to].centrality += 1.0 / others;
    }
    let exchanges = counts.into_iter().map(|((from, to), count)| Exchange {
        from,
        to,
        replies: count.replies,
        attacks: count.attacks,
        supports: count.supports,
        on_person: count.on_person,
        turns: count.turns,
    });
    People {
        exchanges: exchanges.collect(),
        people,
    }
}

fn has_author(comment: &Comment) -> bool {
    comment.kind != CommentKind::Pingback && comment.author.is_some()
}
