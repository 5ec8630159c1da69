//! Makes forum pages of The Register from random trees: what the board shows, and what to read from it.

mod html;
mod text;

pub(crate) use html::{Markup, html};
pub(crate) use text::text;

use proptest::prelude::*;

/// A comment to show.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Post {
    pub(crate) parent: Option<usize>,
    pub(crate) depth: usize,
    /// Its place in the list that it stands in, counted from 1.
    pub(crate) number: usize,
    pub(crate) author: &'static str,
    pub(crate) badge: Option<&'static str>,
    pub(crate) icon: Option<&'static str>,
    pub(crate) title: Option<String>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) deleted: bool,
    pub(crate) votes: (u16, u16),
}

/// A block of a comment's text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// Lines of running text.
    Paragraph(Vec<String>),
    /// A paragraph led by `>`.
    Quote(String),
    Numbered(Vec<String>),
    Bulleted(Vec<String>),
    Code(Vec<String>),
}

impl Post {
    pub(crate) fn is_anonymous(&self) -> bool {
        self.author == ANONYMOUS
    }

    /// The comment's text as it should be read.
    pub(crate) fn text(&self) -> String {
        let parts = self.blocks.iter().map(|block| match block {
            Block::Paragraph(lines) | Block::Code(lines) => lines.join("\n"),
            Block::Quote(line) => line.clone(),
            Block::Numbered(items) | Block::Bulleted(items) => items.join("\n\n"),
        });
        parts.collect::<Vec<_>>().join("\n\n")
    }

    /// The kinds of its blocks as they should be read.
    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        let kinds = self.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(_) => vec!["paragraph"],
            Block::Quote(_) => vec!["quote"],
            Block::Code(_) => vec!["code"],
            Block::Numbered(items) | Block::Bulleted(items) => vec!["list"; items.len()],
        });
        kinds.collect()
    }
}

const ANONYMOUS: &str = "Anonymous Coward";
const NAMES: [&str; 7] = [
    ANONYMOUS,
    "Ada Example",
    "bob_ops",
    "J. Random Admin",
    "kex42",
    "No, really!",
    "Zoë 中文",
];

/// What is drawn for one comment; [`settle`] makes a comment of it.
#[derive(Debug, Clone)]
struct Seed {
    depth: usize,
    author: usize,
    badge: Option<&'static str>,
    icon: Option<&'static str>,
    titled: bool,
    turns: bool,
    blocks: Vec<Block>,
    deleted: bool,
    votes: (u16, u16),
}

/// Random threads in document order.
pub(crate) fn posts() -> impl Strategy<Value = Vec<Post>> {
    prop::collection::vec(seed(), 1..30).prop_map(settle)
}

fn seed() -> impl Strategy<Value = Seed> {
    let badge = prop::sample::select(vec![
        None,
        None,
        Some("Gold badge"),
        Some("Silver badge"),
        Some("Bronze badge"),
    ]);
    let icon = prop::sample::select(vec![
        None,
        None,
        Some("Facepalm"),
        Some("WTF?"),
        Some("Coat"),
    ]);
    let head = (0..7_usize, 0..NAMES.len(), badge, icon);
    let flags = (
        any::<bool>(),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.1),
    );
    let blocks = prop::collection::vec(block(), 0..5);
    (head, flags, blocks, any::<(u16, u16)>()).prop_map(
        |((depth, author, badge, icon), (titled, turns, deleted), blocks, votes)| Seed {
            depth,
            author,
            badge,
            icon,
            titled,
            turns,
            blocks,
            deleted,
            votes,
        },
    )
}

fn block() -> impl Strategy<Value = Block> {
    let sentence = || "[A-Z][a-zé’]{1,8}( [a-z&<\"']{1,9}){1,30}[.?!…]";
    let items = || prop::collection::vec("[a-z]{2,9} [a-z]{2,9} [a-z]{2,9}\\.", 1..4);
    prop_oneof![
        4 => prop::collection::vec(sentence(), 1..3).prop_map(Block::Paragraph),
        1 => sentence().prop_map(|line| Block::Quote(format!("> {line}"))),
        1 => items().prop_map(Block::Numbered),
        1 => items().prop_map(Block::Bulleted),
        1 => prop::collection::vec("[$#] [a-z]{1,8}  -[a-z]", 1..4).prop_map(Block::Code),
    ]
}

/// Makes a thread of what was drawn, and takes out what plain text cannot show.
fn settle(seeds: Vec<Seed>) -> Vec<Post> {
    let mut posts: Vec<Post> = Vec::new();
    // The last comment of each depth.
    let mut open: Vec<usize> = Vec::new();
    for (at, seed) in seeds.into_iter().enumerate() {
        let depth = seed.depth.min(open.len());
        let before = open
            .get(depth)
            .map_or(0, |&sibling: &usize| posts[sibling].number);
        open.truncate(depth);
        let parent = open.last().copied();
        open.push(at);
        let answered = parent.and_then(|parent| posts[parent].title.clone());
        let title = match (&answered, parent) {
            (Some(title), Some(_)) if title.starts_with("Re: ") => {
                seed.titled.then(|| title.clone())
            }
            (Some(title), Some(_)) => Some(format!("Re: {title}")),
            (None, Some(_)) => None,
            (_, None) => seed.titled.then(|| format!("Topic {at}: keys & “locks”?")),
        };
        let mut post = Post {
            parent,
            depth,
            number: before + 1,
            author: NAMES[seed.author],
            badge: seed.badge.filter(|_| NAMES[seed.author] != ANONYMOUS),
            icon: seed.icon,
            title,
            blocks: seed.blocks,
            deleted: seed.deleted,
            votes: seed.votes,
        };
        if seed.turns && parent.is_some() && !post.deleted {
            post.title = Some(format!("Turn {at}"));
        }
        make_plain(&mut post);
        posts.push(post);
    }
    drop_unanswered_turns(&mut posts);
    posts
}

/// Changes what looks like something else in plain text.
fn make_plain(post: &mut Post) {
    if post.deleted {
        post.title = None;
        post.blocks.clear();
        return;
    }
    let filler = |words: &str| Block::Paragraph(vec![words.to_owned()]);
    // A list is a comment's beginning only below a paragraph, and code ends a list only below one.
    let mut blocks = Vec::new();
    for block in post.blocks.drain(..) {
        let below_list = matches!(blocks.last(), Some(Block::Numbered(_) | Block::Bulleted(_)));
        let set_in = !matches!(block, Block::Paragraph(_) | Block::Quote(_));
        let set_apart = matches!(blocks.last(), None | Some(Block::Code(_)));
        if set_in && (below_list || set_apart) {
            blocks.push(filler("So it goes."));
        }
        blocks.push(block);
    }
    let short = matches!(&blocks[..], [Block::Paragraph(lines), second, ..]
        if lines.len() == 1 && !matches!(second, Block::Numbered(_) | Block::Bulleted(_)));
    if post.depth == 0 && post.title.is_none() && short {
        blocks[0] = filler(&format!("{}.", "a long line that is no title".repeat(4)));
    }
    if blocks.is_empty() && (post.depth == 0 && post.title.is_some()) {
        blocks.push(filler("Words."));
    }
    if blocks.is_empty() && post.title.is_none() && post.badge.is_none() {
        post.author = ANONYMOUS;
    }
    post.blocks = blocks;
}

/// A title of an answer is seen as one only if it is answered in turn, or made from its parent's.
fn drop_unanswered_turns(posts: &mut [Post]) {
    for at in 0..posts.len() {
        let Some(title) = posts[at]
            .title
            .clone()
            .filter(|title| title.starts_with("Turn"))
        else {
            continue;
        };
        let answer = format!("Re: {title}");
        if !posts
            .iter()
            .any(|post| post.title.as_ref() == Some(&answer))
        {
            posts[at].title = None;
            posts[at].badge = None;
            posts[at].author = ANONYMOUS;
        }
    }
}
