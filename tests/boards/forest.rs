//! Random threads, and the check that a source read what was shown.

use proptest::prelude::*;
use rejoinder::{
    source,
    thread::{Parent, State, Thread},
};

/// A comment to show. Times are whole minutes, authors never repeat a name of another, and no two
/// comments share a sentence, so that nothing is taken for a quotation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Post {
    /// Unique; grows in document order, with gaps.
    pub(crate) id: u64,
    /// The comment answered, as its place in the thread; before this one in document order.
    pub(crate) parent: Option<usize>,
    /// Replies above it.
    pub(crate) depth: usize,
    pub(crate) author: &'static str,
    /// Seconds since 1970.
    pub(crate) posted: i64,
    pub(crate) points: i64,
    /// Its paragraphs, as plain text with characters that markup must escape.
    pub(crate) paragraphs: Vec<String>,
    /// A draw between 0 and 99 for what a board does to some comments: delete, fold, hide.
    pub(crate) fate: u8,
}

impl Post {
    /// The text as it should be read.
    pub(crate) fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }

    /// The text as HTML, a `p` a paragraph.
    pub(crate) fn html(&self) -> String {
        let paragraphs = self.paragraphs.iter();
        paragraphs
            .map(|text| format!("<p>{}</p>", escape(text)))
            .collect()
    }
}

/// Text for HTML or XML, attributes included.
pub(crate) fn escape(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;")
}

const NAMES: [&str; 7] = [
    "Ada Example",
    "bob_ops",
    "J. Random Admin",
    "kex42",
    "O'Hara",
    "Zoë 中文",
    "x",
];

const WORDS: [&str; 20] = [
    "the key",
    "a & b",
    "Größe",
    "<script>",
    "patch",
    "leaks",
    "2 < 3",
    "vendor",
    "never",
    "logs",
    "\"quoted\"",
    "hosts",
    "見る",
    "again",
    "rotates",
    "slowly",
    "C++",
    "nobody",
    "100 %",
    "🔑",
];

/// Random threads of at most `most` comments in document order, each comment before its replies, replies
/// right behind what they answer.
pub(crate) fn forests(most: usize) -> impl Strategy<Value = Vec<Post>> {
    prop::collection::vec(seed(), 1..=most).prop_map(grow)
}

/// A thread of `count` comments, the same one every time.
pub(crate) fn forest(count: usize) -> Vec<Post> {
    let seeds = (0..count).map(|n| Seed {
        depth: n * 7 % 5,
        author: n * 3 % NAMES.len(),
        gap: n as u64 % 4,
        minutes: n as i64 % 50,
        points: n as i64 % 30 - 5,
        words: vec![vec![n % WORDS.len(), n * 7 % WORDS.len()]; 1 + n % 3],
        fate: 50,
    });
    grow(seeds.collect())
}

/// A thread in which every comment answers the one before it.
pub(crate) fn chain(count: usize) -> Vec<Post> {
    let seeds = (0..count).map(|n| Seed {
        depth: n,
        author: n % NAMES.len(),
        gap: 0,
        minutes: 1,
        points: 1,
        words: vec![vec![n % WORDS.len()]],
        fate: 50,
    });
    grow(seeds.collect())
}

/// What is drawn for one comment; `grow` makes a comment of it.
#[derive(Debug, Clone)]
struct Seed {
    depth: usize,
    author: usize,
    gap: u64,
    minutes: i64,
    points: i64,
    words: Vec<Vec<usize>>,
    fate: u8,
}

fn seed() -> impl Strategy<Value = Seed> {
    let words = prop::collection::vec(prop::collection::vec(0..WORDS.len(), 1..8), 1..4);
    let numbers = (
        0..8_usize,
        0..NAMES.len(),
        0..5_u64,
        0..5000_i64,
        -9..500_i64,
        0..100_u8,
    );
    (numbers, words).prop_map(
        |((depth, author, gap, minutes, points, fate), words)| Seed {
            depth,
            author,
            gap,
            minutes,
            points,
            words,
            fate,
        },
    )
}

fn grow(seeds: Vec<Seed>) -> Vec<Post> {
    let mut posts: Vec<Post> = Vec::new();
    // The last comment of each depth.
    let mut open: Vec<usize> = Vec::new();
    let (mut id, mut posted) = (1000, 1_536_256_980);
    for (at, seed) in seeds.into_iter().enumerate() {
        let depth = seed.depth.min(open.len());
        open.truncate(depth);
        let parent = open.last().copied();
        open.push(at);
        id += 1 + seed.gap;
        posted += 60 * seed.minutes;
        let paragraphs = seed.words.iter().enumerate().map(|(number, words)| {
            let words: Vec<_> = words.iter().map(|&word| WORDS[word]).collect();
            format!("Words {id}-{number}: {}.", words.join(" "))
        });
        posts.push(Post {
            id,
            parent,
            depth,
            author: NAMES[seed.author],
            posted,
            points: seed.points,
            paragraphs: paragraphs.collect(),
            fate: seed.fate,
        });
    }
    posts
}

/// The trees of a forest, each as a forest of its own.
pub(crate) fn trees(posts: &[Post]) -> Vec<Vec<Post>> {
    let starts = posts
        .iter()
        .enumerate()
        .filter(|(_, post)| post.parent.is_none());
    let starts: Vec<_> = starts.map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([posts.len()]);
    let trees = starts.iter().zip(ends).map(|(&start, end)| {
        let tree = posts[start..end].iter().cloned();
        tree.map(|post| Post {
            parent: post.parent.map(|parent| parent - start),
            ..post
        })
        .collect()
    });
    trees.collect()
}

/// Reads a page with the source that recognizes it, which must be `id`.
pub(crate) fn read(page: &[u8], id: &str) -> Thread {
    let head = &page[..page.len().min(source::HEAD)];
    let source = source::detect(head).expect("the page is recognized");
    assert_eq!(source.id(), id);
    read_as(page, id).expect("a good page")
}

/// Reads a page as the source `id`: the first thread of it.
pub(crate) fn read_as(page: &[u8], id: &str) -> rejoinder::Result<Thread> {
    let source = source::by_id(id).expect("a source");
    source.threads(Box::new(page)).next().expect("one thread")
}

/// What a form of page tells of a comment besides its text and what it answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tells {
    pub(crate) author: bool,
    pub(crate) posted: bool,
    pub(crate) points: bool,
}

/// Everything.
pub(crate) const ALL: Tells = Tells {
    author: true,
    posted: true,
    points: true,
};

/// Asserts that `thread` shows `posts` in their order, all of them live, with the board's own ids.
pub(crate) fn assert_shows(thread: &Thread, posts: &[Post], tells: Tells) {
    let states = vec![State::Live; posts.len()];
    assert_shows_as(thread, posts, &states, tells);
}

/// Asserts that `thread` shows `posts` in their order, in these states; text, author, time and votes count
/// only of those that are live.
pub(crate) fn assert_shows_as(thread: &Thread, posts: &[Post], states: &[State], tells: Tells) {
    let ids: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.id.clone())
        .collect();
    let expected: Vec<_> = posts.iter().map(|post| post.id.to_string()).collect();
    assert_eq!(ids, expected);
    for ((comment, post), &state) in thread.comments.iter().zip(posts).zip(states) {
        let parent = match &comment.parent {
            Parent::Known(idx) => Some(thread.comment(*idx).id.clone()),
            Parent::Missing(id) => panic!("the parent {id:?} is missing: {post:?}"),
            Parent::Root => None,
        };
        assert_eq!(
            parent,
            post.parent.map(|parent| posts[parent].id.to_string()),
            "{post:?}"
        );
        assert_eq!(comment.depth, post.depth, "{post:?}");
        assert_eq!(comment.state, state, "{post:?}");
        if state != State::Live {
            continue;
        }
        assert_eq!(comment.body.text, post.text(), "{post:?}");
        if tells.author {
            let author = comment.author.as_ref().map(|author| author.name.as_str());
            assert_eq!(author, Some(post.author), "{post:?}");
        }
        if tells.posted {
            let posted = comment.posted.map(jiff::Timestamp::as_second);
            assert_eq!(posted, Some(post.posted), "{post:?}");
        }
        if tells.points {
            let points = comment.score.as_ref().and_then(|score| score.points);
            assert_eq!(points, Some(post.points), "{post:?}");
        }
    }
}

#[test]
fn every_board_brings_a_thread_back() {
    for board in super::BOARDS {
        let posts = forest(40);
        let page = (board.page)(&posts);
        let first = read(&page, board.source);
        let tells = Tells {
            author: false,
            posted: false,
            points: false,
        };
        if first.comments.len() == posts.len() {
            assert_shows(&first, &posts, tells);
            continue;
        }
        // Archives make each tree a thread.
        let source = source::by_id(board.source).expect("a source");
        let threads: Vec<_> = source
            .threads(Box::new(page.as_slice()))
            .flatten()
            .collect();
        let trees = trees(&posts);
        assert_eq!(threads.len(), trees.len(), "{}", board.source);
        for (thread, tree) in threads.iter().zip(&trees) {
            assert_shows(thread, tree, tells);
        }
    }
}
