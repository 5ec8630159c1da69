//! What a thread talks about most: entities by the comments that name them.

use super::{Entity, EntityKind};
use crate::{
    text::BlockKind,
    thread::{CommentIdx, Identity, Thread},
};
use std::collections::{BTreeMap, BTreeSet};

/// An entity with how many name it in their own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentioned {
    /// Its kind.
    pub kind: EntityKind,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Comments that name it.
    pub comments: usize,
    /// Authors who name it; anonymous ones are a person each.
    pub authors: usize,
}

/// The entities of a thread, those that most comments name first, then those of most authors, then by place.
///
/// Quotations do not count, nor do URLs with their hosts and e-mail addresses: these stand for whom they lead
/// to. `entities` are ordered by place.
#[must_use]
pub fn talked_about(thread: &Thread, entities: &[Entity]) -> Vec<Mentioned> {
    struct Tally<'a> {
        first: usize,
        comments: BTreeSet<CommentIdx>,
        authors: BTreeSet<Identity<'a>>,
    }
    let mut tallies: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
    let mut url: Option<&Entity> = None;
    for (at, entity) in entities.iter().enumerate() {
        let in_url =
            url.is_some_and(|url| url.comment == entity.comment && url.span.contains(entity.span));
        let stands_for_other = match entity.kind {
            EntityKind::Url | EntityKind::Email => true,
            EntityKind::Domain | EntityKind::Ip => in_url,
            _ => false,
        };
        if entity.kind == EntityKind::Url {
            url = Some(entity);
        }
        if stands_for_other || entity.block == BlockKind::Quote {
            continue;
        }
        let tally = tallies.entry(&entity.id).or_insert_with(|| Tally {
            first: at,
            comments: BTreeSet::new(),
            authors: BTreeSet::new(),
        });
        tally.comments.insert(entity.comment);
        tally.authors.insert(thread.identity(entity.comment));
    }
    let mut sorted: Vec<Tally<'_>> = tallies.into_values().collect();
    sorted.sort_by_key(|tally| {
        let (comments, authors) = (tally.comments.len(), tally.authors.len());
        (usize::MAX - comments, usize::MAX - authors, tally.first)
    });
    let mentioned = sorted.into_iter().map(|tally| {
        let Entity { kind, id, name, .. } = &entities[tally.first];
        Mentioned {
            kind: *kind,
            id: id.clone(),
            name: name.clone(),
            comments: tally.comments.len(),
            authors: tally.authors.len(),
        }
    });
    mentioned.collect()
}
