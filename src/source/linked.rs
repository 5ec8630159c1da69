//! Comments of pages that mark them for machines: each may stand in another, and may name what it answers
//! by an address.

use crate::thread::{Draft, ParentRef, ThreadBuilder};
use std::collections::{HashMap, HashSet};

/// A comment, read.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Its parent is not known here.
    pub(super) draft: Draft,
    /// The comment that it stands in, by its place in the list.
    pub(super) within: Option<usize>,
    /// What else it is called, addresses above all.
    pub(super) names: Vec<String>,
    /// What it says that it answers, by whatever name.
    pub(super) answers: Vec<String>,
}

/// Adds comments in their order. One that names another comment answers it, else the one that it stands
/// in, else the article. Of comments that are named alike, as where a list repeats what is nested, the
/// first counts.
pub(super) fn push(mut found: Vec<Found>, builder: &mut ThreadBuilder) {
    let kept = first_of_name(&found);
    for comment in &mut found {
        if comment.draft.id.is_empty() {
            comment.draft.id = comment
                .names
                .first()
                .map(|name| bare(name))
                .unwrap_or_default();
        }
    }
    let by_name = by_name(&found, &kept);
    // What has no id at all is called by its number, so that what stands in it finds it.
    let ids: Vec<String> = numbered(&found, &kept);
    for (at, comment) in found.into_iter().enumerate() {
        if kept[at] != at {
            continue;
        }
        let look_up = |name: &String| {
            let found = by_name
                .get(&plain(name))
                .or_else(|| by_name.get(&bare(name)))?;
            found.filter(|found| *found != at)
        };
        let named = comment.answers.iter().find_map(look_up);
        let above = named.or_else(|| comment.within.map(|within| kept[within]));
        let mut draft = comment.draft;
        draft.id.clone_from(&ids[at]);
        draft.parent = match above.filter(|above| *above != at) {
            Some(above) => ParentRef::Id(ids[above].clone()),
            None => ParentRef::Root,
        };
        builder.push(draft);
    }
}

/// The comment of each name; none where several comments bear it, as where all give the page's address.
fn by_name(found: &[Found], kept: &[usize]) -> HashMap<String, Option<usize>> {
    let mut by_name: HashMap<String, Option<usize>> = HashMap::new();
    for (comment, &keep) in found.iter().zip(kept) {
        for name in comment.names.iter().chain([&comment.draft.id]) {
            if !name.is_empty() {
                let bearer = by_name.entry(plain(name)).or_insert(Some(keep));
                *bearer = bearer.filter(|bearer| *bearer == keep);
            }
        }
    }
    by_name
}

/// For each comment the first that bears one of its names and says the same.
fn first_of_name(found: &[Found]) -> Vec<usize> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut kept: Vec<usize> = Vec::with_capacity(found.len());
    for (at, comment) in found.iter().enumerate() {
        let own = &comment.draft;
        let same = |other: &usize| {
            let other = &found[*other].draft;
            own.body.text.is_empty()
                || (&own.body.text, &own.author, own.posted)
                    == (&other.body.text, &other.author, other.posted)
        };
        let mut names = comment.names.iter().map(String::as_str);
        let known = names.find_map(|name| first.get(name).copied().filter(same));
        let keep = known.unwrap_or(at);
        for name in &comment.names {
            first.entry(name).or_insert(keep);
        }
        kept.push(keep);
    }
    kept
}

/// The ids that the comments will have.
fn numbered(found: &[Found], kept: &[usize]) -> Vec<String> {
    let mut taken: HashSet<String> = found
        .iter()
        .map(|comment| comment.draft.id.clone())
        .collect();
    let mut number = 0;
    let mut seen = HashSet::new();
    let mut ids = Vec::with_capacity(found.len());
    for (at, comment) in found.iter().enumerate() {
        number += usize::from(kept[at] == at);
        let own = comment.draft.id.clone();
        if !own.is_empty() && seen.insert(own.clone()) || kept[at] != at {
            ids.push(own);
            continue;
        }
        let mut id = number.to_string();
        while !taken.insert(id.clone()) {
            id.push('~');
        }
        ids.push(id);
    }
    ids
}

/// An address without what two forms of it may differ in.
pub(super) fn plain(address: &str) -> String {
    let address = address.trim();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.trim_end_matches('/').to_owned()
}

/// The id in an address: its anchor without the word before the number; else the whole address.
pub(super) fn bare(address: &str) -> String {
    let anchor = match address.split_once('#') {
        Some((_, anchor)) if !anchor.is_empty() => anchor,
        _ => return address.trim().to_owned(),
    };
    let word = anchor.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &anchor[word.len()..];
    let is_label = word
        .chars()
        .all(|c| c.is_ascii_alphabetic() || "-_".contains(c));
    match number.is_empty() || !is_label {
        true => anchor.to_owned(),
        false => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(names: &[&str], within: Option<usize>, answers: &[&str]) -> Found {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Found {
            within,
            names: owned(names),
            answers: owned(answers),
            ..Found::default()
        }
    }

    #[test]
    fn names_count_more_than_places() {
        let mut builder = ThreadBuilder::new("test", "t");
        let found = vec![
            comment(
                &["https://x.example/a#comment-1"],
                None,
                &["https://x.example/a"],
            ),
            comment(
                &["https://x.example/a#comment-2"],
                None,
                &["http://x.example/a#comment-1"],
            ),
            comment(&["https://x.example/a#comment-3"], Some(0), &[]),
            comment(&[], Some(2), &[]),
            comment(&[], Some(3), &["https://elsewhere.example/"]),
            comment(&["https://x.example/a#comment-3"], None, &[]),
        ];
        push(found, &mut builder);
        let thread = builder.build();
        let rows: Vec<_> = thread
            .comments
            .iter()
            .map(|c| (c.id.as_str(), c.depth))
            .collect();
        assert_eq!(rows, [("1", 0), ("2", 1), ("3", 1), ("4", 2), ("5", 3)]);
        assert!(thread.warnings.is_empty());
    }

    #[test]
    fn ids_in_addresses() {
        for (address, id) in [
            ("https://x.example/a#comment-12", "12"),
            ("https://x.example/a#c_12", "12"),
            ("https://x.example/a#x1y", "x1y"),
            ("https://x.example/a#a1b2", "a1b2"),
            ("https://x.example/a", "https://x.example/a"),
            ("https://x.example/a#", "https://x.example/a#"),
        ] {
            assert_eq!(bare(address), id);
        }
    }
}
