//! Crawls of boards that a local server plays: whatever the board splits its threads into, the file of the
//! crawl is read back as the whole thread, and what the server does not give is told.

mod json;
mod pages;
#[path = "../../fetch/place.rs"]
mod place;
#[path = "../../fetch/server.rs"]
#[expect(dead_code, reason = "other tests of crawls need more of it")]
mod server;

use super::forest::{Post, forest, forests};
use place::{fetch, missing, quick};
use proptest::{strategy::Strategy, strategy::ValueTree, test_runner::TestRunner};
use rejoinder::{
    pipeline::{Input, Read, Reader},
    thread::{Parent, State, Thread, codes},
};
use server::{Reply, Server, status};
use std::{collections::BTreeMap, path::Path};
use url::Url;

/// Comments that a page holds.
const AT_ONCE: usize = 10;

/// A board as the server plays it.
#[derive(Clone, Copy)]
struct Played {
    /// The address that the user gives.
    start: &'static str,
    /// The answer to an address, if the board has it.
    answer: fn(&[Post], &Asked) -> Option<Reply>,
    tells: Tells,
}

/// When a thread of the board says that it is not whole.
#[derive(Clone, Copy, PartialEq)]
enum Tells {
    /// When it is not.
    Truly,
    /// Also when it is: the board counts replies post by post, which is not added up across pages.
    Always,
    /// Not always when it is not: its pages do not name each other, so that only the crawl's report tells.
    Seldom,
}

/// What is asked for.
struct Asked(Url);

impl Asked {
    fn path(&self) -> &str {
        self.0.path()
    }

    /// The values of a parameter.
    fn all(&self, name: &str) -> Vec<String> {
        let pairs = self.0.query_pairs().filter(|(key, _)| key == name);
        pairs.map(|(_, value)| value.into_owned()).collect()
    }

    fn param(&self, name: &str) -> Option<String> {
        self.all(name).pop()
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.param(name)?.parse().ok()
    }
}

/// Comments and the ids of what they answer.
type Tree = BTreeMap<String, Option<String>>;

fn tree(posts: &[Post]) -> Tree {
    let id = |post: &Post| post.id.to_string();
    let parent = |post: &Post| post.parent.map(|parent| id(&posts[parent]));
    posts.iter().map(|post| (id(post), parent(post))).collect()
}

fn tree_read(thread: &Thread) -> Tree {
    let comments = thread.comments.iter().map(|comment| {
        let parent = match &comment.parent {
            Parent::Known(idx) => Some(thread.comment(*idx).id.clone()),
            Parent::Missing(id) => Some(format!("missing {id:?}")),
            Parent::Root => None,
        };
        (comment.id.clone(), parent)
    });
    comments.collect()
}

/// The threads in the file of a crawl.
fn read(file: &Path) -> Vec<Thread> {
    let input = Input {
        name: file.display().to_string(),
        found: false,
    };
    let threads = Reader::default().read(&input);
    let threads = threads.filter_map(|read| match read.expect("a readable page") {
        Read::Thread { thread, .. } => Some(*thread),
        Read::Unknown(_) => None,
    });
    threads.collect()
}

/// Whether more than the place of a comment is known.
const fn is_shown(state: State) -> bool {
    !matches!(state, State::Hidden | State::Unresolved)
}

/// Whether a thread says that it is not whole.
fn is_told(thread: &Thread) -> bool {
    let signs = [
        codes::PARTIAL_CAPTURE,
        codes::MISSING_PARENT,
        codes::UNRESOLVED_COMMENTS,
        codes::HIDDEN_COMMENTS,
    ];
    let mut codes = thread.warnings.iter().map(|warning| warning.code.as_ref());
    codes.any(|code| signs.contains(&code))
}

/// A server that plays the board and fails whenever it is asked for `broken`.
fn serve(board: Played, posts: &[Post], broken: Option<String>) -> Server {
    let posts = posts.to_vec();
    Server::new(move |request| {
        if Some(&request.path) == broken.as_ref() {
            return status(500, "");
        }
        let asked = Url::parse(&format!("http://board.example{}", request.path)).map(Asked);
        let reply = asked.ok().and_then(|asked| (board.answer)(&posts, &asked));
        reply.unwrap_or_else(|| status(404, ""))
    })
}

/// The same threads every time: one of a fixed shape, and some of any.
fn threads() -> Vec<Vec<Post>> {
    let mut runner = TestRunner::deterministic();
    let mut any = || {
        forests(40)
            .new_tree(&mut runner)
            .expect("a thread")
            .current()
    };
    let mut threads = vec![forest(47), any(), any(), any()];
    for post in threads.iter_mut().flatten() {
        // Nothing is deleted or folded.
        post.fate = 99;
    }
    threads
}

/// Makes all comments answer the first, for boards on which the first post is one of the tree.
fn rooted(posts: &[Post]) -> Vec<Post> {
    let post = |(at, post): (usize, &Post)| Post {
        parent: post.parent.or((at > 0).then_some(0)),
        depth: post.depth + usize::from(at > 0 && root(posts, at) > 0),
        ..post.clone()
    };
    posts.iter().enumerate().map(post).collect()
}

/// The first comment of the branch.
fn root(posts: &[Post], at: usize) -> usize {
    std::iter::successors(Some(at), |&at| posts[at].parent)
        .last()
        .unwrap_or(at)
}

/// Asserts that a crawl ends with the whole thread.
fn assert_whole(board: Played, posts: &[Post]) -> Vec<String> {
    let server = serve(board, posts, None);
    let (place, report) = fetch(&server, board.start, &quick());
    assert!(report.is_whole(), "{}", missing(&report));
    let threads = read(&place.file);
    let [thread] = threads.as_slice() else {
        panic!("{} threads of {}: {threads:#?}", threads.len(), board.start)
    };
    assert_eq!(tree_read(thread), tree(posts));
    assert!(
        board.tells == Tells::Always || !is_told(thread),
        "{:?}",
        thread.warnings
    );
    server.asked()
}

/// Asserts that a crawl that is not given the page at `broken` says so, and so does the thread, of which
/// nothing is wrong or invented.
fn assert_told(board: Played, posts: &[Post], broken: &str) {
    let server = serve(board, posts, Some(broken.to_owned()));
    let (place, report) = fetch(&server, board.start, &quick());
    let url = server.url(broken);
    let mut lacking = report.wanted.iter().flat_map(|wanted| &wanted.missing);
    assert!(lacking.any(|missing| missing.url == url), "{broken}");
    let threads = read(&place.file);
    let whole = tree(posts);
    // An answer about the thread holds no comment.
    let is_whole = matches!(threads.as_slice(), [thread] if tree_read(thread) == whole);
    assert!(
        is_whole || board.tells == Tells::Seldom || threads.iter().any(is_told),
        "{broken}: {threads:#?}"
    );
    for thread in &threads {
        for comment in thread
            .comments
            .iter()
            .filter(|comment| is_shown(comment.state))
        {
            assert!(whole.contains_key(&comment.id), "{}", comment.id);
            if let Parent::Known(parent) = comment.parent {
                let parent = Some(thread.comment(parent).id.clone());
                assert_eq!(whole[&comment.id], parent, "{}", comment.id);
            }
        }
    }
}

/// Plays the board, whole and with each of some pages broken.
fn assert_crawled(board: Played, shape: fn(&[Post]) -> Vec<Post>) {
    for posts in threads() {
        let posts = shape(&posts);
        let asked = assert_whole(board, &posts);
        let last = asked.len() - 1;
        let mut broken = vec![1, last / 2, last];
        broken.retain(|&at| at > 0 && at <= last);
        broken.dedup();
        for at in broken {
            assert_told(board, &posts, &asked[at]);
        }
    }
}
