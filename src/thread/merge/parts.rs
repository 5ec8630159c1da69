//! Which captures are parts of a thread that the others do not complete.

use super::{State, Thread, Warning, codes};
use std::collections::{BTreeSet, HashSet};

/// The captures that the others do not complete: they said to be a part of the thread, no whole capture has
/// all that they have, the other pages that they name were not given, and there are fewer comments in all
/// than the board counts, or it does not say how many there are.
pub(super) fn partial(captures: &[Thread]) -> HashSet<usize> {
    if is_counted_whole(captures) {
        return HashSet::new();
    }
    let mut whole: HashSet<&str> = HashSet::new();
    for capture in captures
        .iter()
        .filter(|capture| signs(capture).count() == 0)
    {
        whole.extend(capture.comments.iter().map(|comment| comment.id.as_str()));
    }
    let urls: Vec<&str> = captures
        .iter()
        .filter_map(|capture| capture.url.as_deref())
        .collect();
    let is_given = |page: &str| urls.iter().any(|url| is_page(url, page));
    let names_given = |warning: &Warning| {
        let mut pages = pages(&warning.message).peekable();
        pages.peek().is_some() && pages.all(is_given)
    };
    let is_completed = |capture: &Thread| {
        let mut comments = capture.comments.iter();
        // One without comments only tells of the thread; that others hold none of its own means nothing.
        let has_some = !capture.comments.is_empty();
        has_some && comments.all(|comment| whole.contains(comment.id.as_str()))
    };
    let is_partial =
        |capture: &Thread| signs(capture).any(|sign| !names_given(sign)) && !is_completed(capture);
    let numbered = captures.iter().enumerate();
    numbered
        .filter(|(_, capture)| is_partial(capture))
        .map(|(number, _)| number)
        .collect()
}

/// What a capture says of itself as a part.
fn signs(capture: &Thread) -> impl Iterator<Item = &Warning> {
    capture
        .warnings
        .iter()
        .filter(|warning| warning.code == codes::PARTIAL_CAPTURE && warning.comment.is_none())
}

/// Whether the captures hold as many comments as the board counts. Those that were taken away do not count,
/// since not all boards count them.
fn is_counted_whole(captures: &[Thread]) -> bool {
    let counts = captures.iter().flat_map(signs);
    let Some(count) = counts.filter_map(|sign| counted(&sign.message)).max() else {
        return false;
    };
    let comments = captures.iter().flat_map(|capture| &capture.comments);
    let shown = comments.filter(|comment| matches!(comment.state, State::Live | State::Collapsed));
    let ids: HashSet<&str> = shown.map(|comment| comment.id.as_str()).collect();
    ids.len() >= count
}

/// The number of all comments that a warning names: "has 47 comments", "counts 47 posts".
fn counted(message: &str) -> Option<usize> {
    let is_comments =
        |word: &str| matches!(word.trim_end_matches([',', ';']), "comments" | "posts");
    let words: Vec<&str> = message.split_whitespace().collect();
    words.windows(3).find_map(|three| match three {
        ["has" | "counts", count, what] if is_comments(what) => count.parse().ok(),
        _ => None,
    })
}

/// The addresses of pages that a warning names.
fn pages(message: &str) -> impl Iterator<Item = &str> {
    let words = message.split_whitespace();
    words
        .map(|word| word.trim_matches([',', ';', '`', '"']))
        .filter(|word| {
            let has_param = word
                .split_once('?')
                .is_some_and(|(_, rest)| rest.contains('='));
            word.starts_with(['/', '?']) || word.contains("://") || has_param
        })
}

/// Whether a capture's address is that of a page that a link names, which may do so from the page it stands
/// on, with other parameters that lead to the same page.
fn is_page(url: &str, link: &str) -> bool {
    let link = link.trim_start_matches("./");
    let (path, params) = split(link);
    let (own, own_params) = split(url);
    url.ends_with(link) || !params.is_empty() && own.ends_with(path) && own_params == params
}

/// The path of an address, and its parameters without the board and the session, which phpBB adds to links.
fn split(address: &str) -> (&str, BTreeSet<&str>) {
    let address = address.split('#').next().unwrap_or_default();
    let (path, params) = address.split_once('?').unwrap_or((address, ""));
    let params = params.split('&').filter(|param| {
        let name = param.split('=').next().unwrap_or_default();
        !matches!(name, "" | "f" | "sid")
    });
    (path, params.collect())
}
