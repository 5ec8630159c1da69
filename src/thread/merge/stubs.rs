//! Stubs for comments that were not loaded, where another capture has the comments.

use super::{Age, Entry, Link, State};
use std::collections::{HashMap, HashSet};

/// The slots of stubs that are resolved: another capture shows replies beside the stub which the captures
/// with the stub lack. If every capture that shows these replies has a stub there, something is missing
/// from all of them, and the newest capture's stub stays.
pub(super) fn resolved(entries: &[Entry], ages: &[Age]) -> HashSet<usize> {
    let is_stub = |entry: &Entry| entry.draft.state == State::Unresolved;
    let mut families: HashMap<&Link, Vec<usize>> = HashMap::new();
    for entry in entries.iter().filter(|entry| is_stub(entry)) {
        families.entry(&entry.link).or_default();
    }
    for (slot, entry) in entries.iter().enumerate() {
        if let Some(family) = families.get_mut(&entry.link) {
            family.push(slot);
        }
    }
    let mut resolved = HashSet::new();
    for family in families.values() {
        let members = || {
            family
                .iter()
                .filter_map(|&slot| Some((slot, entries.get(slot)?)))
        };
        let stubs: Vec<_> = members().filter(|(_, entry)| is_stub(entry)).collect();
        // Where a capture has a stub for each comment, each stands for itself alone.
        let mut with_stub = HashSet::new();
        let mut captures = stubs.iter().flat_map(|(_, stub)| &stub.captures);
        if !captures.all(|capture| with_stub.insert(*capture)) {
            continue;
        }
        let replies: HashSet<usize> = members()
            .filter(|(_, entry)| !is_stub(entry))
            .flat_map(|(_, entry)| entry.captures.iter().copied())
            .collect();
        let is_whole = replies.iter().any(|capture| !with_stub.contains(capture));
        let newest = with_stub
            .iter()
            .copied()
            .max_by_key(|&capture| ages.get(capture));
        // Few, however many comments there are.
        let shown: HashSet<&[usize]> = members()
            .filter(|(_, entry)| !is_stub(entry))
            .map(|(_, entry)| entry.captures.as_slice())
            .collect();
        for (slot, stub) in stubs {
            let lacks = |captures: &&[usize]| {
                !captures
                    .iter()
                    .any(|capture| stub.captures.contains(capture))
            };
            let stays = !is_whole && newest.is_some_and(|newest| stub.captures.contains(&newest));
            if !stays && shown.iter().any(lacks) {
                resolved.insert(slot);
            }
        }
    }
    resolved
}
