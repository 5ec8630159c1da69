//! Which threads that were read from several pages or inputs are one thread.

use crate::{
    source::{self, board},
    thread::{Parent, Thread, merge},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Boards whose sites show threads of each other: a thread's own address may lead to the site where it began,
/// and ids are those of the site where it was found.
const FEDERATED: [&str; 2] = ["lemmy", "mastodon"];

/// Boards on which a thread is itself a post: a capture that begins in the middle of a thread has the id of
/// the post that it hangs below. Elsewhere threads and posts are counted apart, and one number means nothing.
const OF_POSTS: [&str; 2] = ["hn", "mastodon"];

/// Boards whose threads are named after their first message, and whose messages name what they answer, in
/// whatever file that stands.
const OF_MESSAGES: [&str; 4] = ["hyperkitty", "mbox", "message", "pipermail"];

/// The id that a source gives to a thread of which it knows none.
const UNNAMED: &str = "thread";

/// Makes one thread of all that are the same: threads with one id, read from one board and site, whatever
/// form of its pages they were read from. Each keeps the place and the input's name of its first.
#[must_use]
pub fn merge_same(mut read: Vec<(String, Thread)>) -> Vec<(String, Thread)> {
    adopt(&mut read);
    join_mail(&mut read);
    let mut sites: HashMap<(String, String), BTreeSet<String>> = HashMap::new();
    for (input, thread) in &read {
        let site = site(input, thread);
        sites.entry(key(thread)).or_default().extend(site);
    }
    let mut groups: Vec<(String, Vec<Thread>)> = Vec::new();
    let mut group_of: HashMap<_, usize> = HashMap::new();
    for (input, thread) in read {
        let key = key(&thread);
        let several = sites.get(&key).is_some_and(|sites| sites.len() > 1);
        let site = site(&input, &thread).filter(|_| several);
        let is_named = !matches!(thread.id.as_str(), "" | UNNAMED);
        let known = group_of.get(&(key.clone(), site.clone())).copied();
        match known.and_then(|at| groups.get_mut(at)).filter(|_| is_named) {
            Some((_, group)) => group.push(thread),
            None => {
                group_of.insert((key, site), groups.len());
                groups.push((input, vec![thread]));
            }
        }
    }
    let merged = groups
        .into_iter()
        .map(|(input, threads)| (input, merge(threads)));
    merged
        .filter_map(|(input, thread)| Some((input, thread?)))
        .collect()
}

/// Gives captures that hang below a comment of another capture the id of that one's thread.
fn adopt(read: &mut [(String, Thread)]) {
    let mut threads = HashMap::new();
    let is_of_posts = |thread: &Thread| OF_POSTS.contains(&board(thread));
    for (input, thread) in read.iter().filter(|(_, thread)| is_of_posts(thread)) {
        let site = site(input, thread);
        for comment in &thread.comments {
            let place = (board(thread).to_owned(), site.clone(), comment.id.clone());
            // A post that began a thread, and is shown as a comment of it, hangs below none.
            if comment.id != thread.id {
                threads.entry(place).or_insert_with(|| thread.id.clone());
            }
        }
    }
    let stories: HashSet<(String, String)> = read
        .iter()
        .filter(|(_, thread)| is_of_posts(thread) && thread.title.is_some())
        .map(|(_, thread)| key(thread))
        .collect();
    for (input, thread) in read.iter_mut().filter(|(_, thread)| is_of_posts(thread)) {
        let (board, site) = (board(thread).to_owned(), site(input, thread));
        let mut place = (board, site, thread.id.clone());
        // Captures that hang below each other in a circle end it.
        let mut seen = HashSet::new();
        while seen.insert(place.2.clone())
            && let Some(above) = threads.get(&place)
        {
            place.2.clone_from(above);
        }
        let (board, site, id) = place;
        // The next one need not climb as far.
        for below in seen {
            let below = (board.clone(), site.clone(), below);
            if let Some(above) = threads.get_mut(&below) {
                above.clone_from(&id);
            }
        }
        thread.id = id;
        if stories.contains(&key(thread)) {
            // What was said to the story begins a branch.
            let is_story =
                |parent: &Parent| matches!(parent, Parent::Missing(Some(id)) if *id == thread.id);
            for comment in &mut thread.comments {
                if is_story(&comment.parent) {
                    comment.parent = Parent::Root;
                }
            }
        }
    }
}

/// Gives threads of messages that answer messages of other threads the id of the thread where it all began.
fn join_mail(read: &mut [(String, Thread)]) {
    let mails: Vec<usize> = (0..read.len())
        .filter(|&at| OF_MESSAGES.contains(&board(&read[at].1)))
        .collect();
    let mut holder = HashMap::new();
    for &at in &mails {
        for comment in &read[at].1.comments {
            holder.entry(comment.id.clone()).or_insert(at);
        }
    }
    let above: HashMap<usize, usize> = mails
        .iter()
        .filter_map(|&at| {
            let comments = read[at].1.comments.iter();
            let mut answered = comments.filter_map(|comment| match &comment.parent {
                Parent::Missing(Some(id)) => holder.get(id).copied(),
                _ => None,
            });
            Some((at, answered.find(|&above| above != at)?))
        })
        .collect();
    for &at in &mails {
        let mut top = at;
        // Threads that answer each other in a circle end it at the first of them.
        let mut seen = BTreeSet::from([at]);
        while let Some(&next) = above.get(&top) {
            top = next;
            if !seen.insert(next) {
                top = seen.first().copied().unwrap_or(at);
                break;
            }
        }
        if top != at {
            read[at].1.id = read[top].1.id.clone();
            read[at].1.source = read[top].1.source.clone();
        }
    }
}

/// The board and the thread's id.
fn key(thread: &Thread) -> (String, String) {
    (board(thread).to_owned(), thread.id.clone())
}

/// The host on which a board that has many shows the thread, where that is known. `input` is what it was
/// read from; behind a `#` stands a page's address in an archive.
fn site(input: &str, thread: &Thread) -> Option<String> {
    let page = input.split_once('#').map(|(_, page)| page);
    let page = page.filter(|page| FEDERATED.contains(&board(thread)) && page.contains("://"));
    source::site(thread, page.or(thread.url.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::{Draft, ThreadBuilder};

    fn thread(source: &str, id: &str, url: Option<&str>, comment: &str) -> (String, Thread) {
        let mut builder = ThreadBuilder::new(source, id);
        builder.url(url.map(str::to_owned));
        builder.push(Draft {
            id: comment.to_owned(),
            ..Draft::default()
        });
        (format!("{source}/{comment}"), builder.build())
    }

    fn merged(read: Vec<(String, Thread)>) -> Vec<(String, usize)> {
        let merged = merge_same(read).into_iter();
        merged
            .map(|(input, thread)| (input, thread.comments.len()))
            .collect()
    }

    #[test]
    fn threads_meet_by_board_and_id() {
        let read = vec![
            thread("reddit-json", "t", None, "a"),
            thread("reddit-html", "u", None, "b"),
            thread("reddit-html", "t", Some("https://old.example/t"), "c"),
            thread("hn", "t", None, "d"),
        ];
        let expected = [("reddit-json/a", 2), ("reddit-html/b", 1), ("hn/d", 1)];
        assert_eq!(
            merged(read),
            expected.map(|(input, count)| (input.to_owned(), count))
        );
    }

    #[test]
    fn sites_that_count_for_themselves_are_kept_apart() {
        let read = |second| {
            vec![
                thread("discourse", "7", Some("https://www.one.example/t/7"), "a"),
                thread("discourse", "7", second, "b"),
            ]
        };
        assert_eq!(
            merged(read(Some("https://one.example/t/7?page=2"))).len(),
            1
        );
        assert_eq!(merged(read(None)).len(), 1);
        assert_eq!(merged(read(Some("https://two.example/t/7"))).len(), 2);
    }

    #[test]
    fn a_thread_that_began_on_another_site_is_that_of_the_site_where_it_was_found() {
        let found = |board: &str, url: &str, page: &str, comment: &str| {
            let (_, thread) = thread(board, "7", Some(url), comment);
            (format!("crawl.warc.gz#{page}"), thread)
        };
        let here = "https://here.example/api/v1/statuses/7";
        let read = |board: &str, second| {
            vec![
                found(board, "https://there.example/@x/99", here, "a"),
                found(board, second, second, "b"),
            ]
        };
        let context = "https://here.example/api/v1/statuses/7/context";
        assert_eq!(merged(read("mastodon", context)).len(), 1);
        assert_eq!(merged(read("mastodon", "https://third.example/7")).len(), 2);
        assert_eq!(merged(read("discourse", context)).len(), 2);
    }

    #[test]
    fn captures_that_hang_below_each_other_are_one_thread() {
        let read = |board: &str| {
            [("7", "story"), ("9", "10"), ("8", "9"), ("7", "8")]
                .map(|(id, comment)| thread(board, id, None, comment))
                .to_vec()
        };
        assert_eq!(
            merged(read("hn-firebase")),
            [("hn-firebase/story".to_owned(), 4)]
        );
        assert_eq!(merged(read("phpbb")).len(), 3);
        let circle = [("1", "2"), ("2", "1")].map(|(id, comment)| thread("hn", id, None, comment));
        assert!(!merged(circle.into()).is_empty());
    }

    #[test]
    fn threads_without_an_id_of_their_own_stay_apart() {
        let read = ["a", "b"].map(|comment| thread("rejoinder", UNNAMED, None, comment));
        assert_eq!(merged(read.into()).len(), 2);
    }
}
