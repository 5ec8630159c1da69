//! Threads of any shape survive the way through The Register's pages, as plain text and as HTML.

mod support;

use proptest::prelude::*;
use rejoinder::{
    source,
    thread::{CommentIdx, State, Thread},
};
use support::{Markup, Post, html, posts, text};

fn read(page: &str, id: &str) -> Thread {
    let source = source::detect(page.as_bytes()).expect("the page is recognized");
    assert_eq!(source.id(), id);
    read_as(page.as_bytes(), id).expect("a good page")
}

fn read_as(page: &[u8], id: &str) -> rejoinder::Result<Thread> {
    let source = source::by_id(id).expect("a source");
    source.threads(Box::new(page)).next().expect("one thread")
}

/// Asserts that `thread` shows `posts`, of which those before `from` were not on the page.
fn assert_shows(thread: &Thread, posts: &[Post], from: usize) {
    assert_eq!(thread.comments.len(), posts.len() - from);
    for ((idx, comment), post) in thread.iter().zip(&posts[from..]) {
        let parent = thread.tree.parent(idx).map(|parent| parent.get() + from);
        let on_page = post.parent.filter(|&parent| parent >= from);
        assert_eq!(parent, on_page, "{post:?}");
        assert_eq!(comment.depth, post.depth, "{post:?}");
        assert_eq!(comment.state == State::Deleted, post.deleted, "{post:?}");
        assert_eq!(comment.title, post.title, "{post:?}");
        assert_eq!(comment.body.text, post.text(), "{post:?}");
        // Generated posts repeat each other's paragraphs, which then are quotations of known origin.
        let repeats = |at| thread.quotations_in(idx).iter().any(|q| q.block == at);
        let kinds = comment.body.blocks.iter().enumerate().map(|(at, block)| {
            if repeats(at) {
                "paragraph"
            } else {
                block.kind.as_str()
            }
        });
        let expected = post.kinds().into_iter();
        let expected = expected
            .enumerate()
            .map(|(at, kind)| if repeats(at) { "paragraph" } else { kind });
        assert_eq!(
            kinds.collect::<Vec<_>>(),
            expected.collect::<Vec<_>>(),
            "{post:?}"
        );
        let author = comment.author.as_ref();
        let expected = (!post.deleted).then_some(post);
        assert_eq!(
            author.map(|a| a.name.as_str()),
            expected.map(|post| post.author)
        );
        assert_eq!(
            author.and_then(|a| a.badge.as_deref()),
            expected.and_then(|post| post.badge)
        );
        assert_eq!(
            author.is_some_and(|a| a.anonymous),
            expected.is_some_and(Post::is_anonymous)
        );
    }
}

/// Makes deleted comments live that a page in this markup cannot place or name.
fn placed(mut posts: Vec<Post>, markup: Markup) -> Vec<Post> {
    let answered: Vec<_> = posts.iter().filter_map(|post| post.parent).collect();
    for (at, post) in posts.iter_mut().enumerate() {
        post.deleted &= match markup {
            Markup::Nested | Markup::NestedAndLinked => true,
            Markup::Linked => !answered.contains(&at),
            Markup::Of2010 => false,
        };
    }
    posts
}

/// The codes of all warnings but those that count deleted comments.
fn odd(thread: &Thread) -> Vec<&str> {
    let codes = thread.warnings.iter().map(|warning| warning.code.as_ref());
    codes.filter(|&code| code != "deleted_comments").collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn plain_text(posts in posts(), framed: bool) {
        let page = text(&posts, framed);
        let thread = read_as(page.as_bytes(), "register-text").expect("a good page");
        assert_shows(&thread, &posts, 0);
        prop_assert_eq!(odd(&thread), [] as [&str; 0]);
        prop_assert_eq!(thread.article.is_some(), framed);
        if framed {
            prop_assert_eq!(source::detect(page.as_bytes()).map(source::Source::id).ok(), Some("register-text"));
        }
    }

    #[test]
    fn plain_text_from_mid_tree(posts in posts(), from in any::<prop::sample::Index>()) {
        let from = from.index(posts.len());
        let page = text(&posts[from..], false);
        let thread = read_as(page.as_bytes(), "register-text").expect("a good page");
        assert_shows(&thread, &posts, from);
        let torn = posts[from].depth > 0 || posts[from].number > 1;
        prop_assert_eq!(!odd(&thread).is_empty(), torn);
    }

    #[test]
    fn pages_of_html(posts in posts(), markup in prop::sample::select(vec![
        Markup::Linked, Markup::Nested, Markup::NestedAndLinked, Markup::Of2010,
    ])) {
        let posts = placed(posts, markup);
        let thread = read(&html(&posts, markup), "register-html");
        assert_shows(&thread, &posts, 0);
        prop_assert_eq!(odd(&thread), [] as [&str; 0]);
        for (comment, post) in thread.comments.iter().zip(&posts) {
            let up = comment.score.as_ref().and_then(|score| score.up);
            prop_assert_eq!(up, (!post.deleted).then_some(i64::from(post.votes.0)));
            prop_assert_eq!(comment.posted.is_some(), !post.deleted);
        }
    }

    /// Whatever the bytes, reading ends, and what is read is sound.
    #[test]
    fn broken_pages(posts in posts(), cut in 0..=100_usize, at in any::<prop::sample::Index>(), junk: Vec<u8>) {
        for (page, id) in [
            (text(&posts, true), "register-text"),
            (html(&posts, Markup::NestedAndLinked), "register-html"),
        ] {
            let mut bytes = page.into_bytes();
            let at = at.index(bytes.len());
            bytes.splice(at..at, junk.iter().copied());
            bytes.truncate(bytes.len() * cut / 100);
            let _ = source::detect(&bytes);
            if let Ok(thread) = read_as(&bytes, id) {
                assert_sound(&thread);
            }
        }
    }
}

/// Every span of a body lies on characters, blocks are in order and cover all words.
fn assert_sound(thread: &Thread) {
    assert_eq!(thread.tree.preorder().len(), thread.comments.len());
    for comment in &thread.comments {
        let mut end = 0;
        for block in &comment.body.blocks {
            let text = &comment.body.text;
            assert!(text[end..block.span.start()].trim().is_empty());
            assert_eq!(block.span.slice(text).trim(), block.span.slice(text));
            end = block.span.end();
        }
        assert!(comment.body.text[end..].is_empty());
        for link in &comment.body.links {
            assert!(!link.span.slice(&comment.body.text).is_empty());
        }
    }
}

fn chain(length: usize) -> Vec<Post> {
    let mut posts = Vec::new();
    for depth in 0..length {
        posts.push(Post {
            parent: depth.checked_sub(1),
            depth,
            number: 1,
            author: "bob_ops",
            badge: None,
            icon: None,
            title: None,
            blocks: vec![support::Block::Paragraph(vec!["Words.".to_owned()])],
            deleted: false,
            votes: (0, 0),
        });
    }
    posts
}

#[test]
fn long_chains() {
    let posts = chain(50_000);
    for markup in [Markup::Linked, Markup::Of2010, Markup::NestedAndLinked] {
        let page = html(&posts, markup);
        let thread = read(&page, "register-html");
        assert_eq!(
            thread.comment(CommentIdx::new(49_999)).depth,
            49_999,
            "{markup:?}"
        );
    }
    let page = text(&posts[..3_000], true);
    let thread = read(&page, "register-text");
    assert_eq!(thread.comment(CommentIdx::new(2_999)).depth, 2_999);
}
