//! A real page of The Register, read as plain text. Its words are not ours to publish: the page lies
//! beside the repository where there is one, and the test says so where there is none.

use rejoinder::{
    source,
    text::BlockKind,
    thread::{CommentIdx, Origin, Thread},
};
use std::path::Path;

/// The pages, or nothing and a note.
fn seeds() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = folder.read_dir() else {
        eprintln!("SKIPPED: no real pages at ../shared/seeds");
        return Vec::new();
    };
    entries
        .filter_map(|entry| std::fs::read(entry.ok()?.path()).ok())
        .collect()
}

fn read(page: &[u8]) -> Thread {
    let source = source::detect(page).expect("the page is recognized");
    assert_eq!(source.id(), "register-text");
    let mut threads = source.threads(Box::new(page));
    threads.next().expect("one thread").expect("a good page")
}

fn numbers(thread: &Thread, wanted: impl Fn(CommentIdx) -> bool) -> Vec<usize> {
    let indices = thread.iter().map(|(idx, _)| idx);
    let found = indices.filter(|&idx| wanted(idx));
    found.map(|idx| idx.get() + 1).collect()
}

#[test]
fn a_real_page_is_read_as_it_is() {
    for page in seeds() {
        let thread = read(&page);
        assert_eq!(thread.comments.len(), 37);
        assert_eq!(thread.warnings, []);
        let roots = numbers(&thread, |idx| thread.tree.parent(idx).is_none());
        assert_eq!(roots, [1, 13, 19, 25, 31, 32, 33, 34, 35, 36, 37]);
        let depth = thread.comments.iter().map(|comment| comment.depth).max();
        assert_eq!(depth, Some(3));
        let author = |idx| thread.comment(idx).author.as_ref();
        let anonymous = numbers(&thread, |idx| author(idx).is_some_and(|a| a.anonymous));
        assert_eq!(
            anonymous,
            [1, 5, 6, 7, 10, 13, 14, 16, 17, 20, 22, 33, 36, 37]
        );
        let badged = numbers(&thread, |idx| {
            author(idx).is_some_and(|a| a.badge.is_some())
        });
        assert_eq!(
            badged,
            [8, 11, 12, 18, 19, 21, 23, 25, 27, 29, 30, 31, 32, 35]
        );
        let untitled = numbers(&thread, |idx| thread.comment(idx).title.is_none());
        assert_eq!(untitled, [25, 26, 27, 28, 29, 30, 36]);
    }
}

#[test]
fn a_real_page_keeps_its_words_apart_from_the_rest() {
    for page in seeds() {
        let thread = read(&page);
        let article = thread.article.as_ref().expect("an article");
        assert!(
            article
                .title
                .as_deref()
                .is_some_and(|title| title.ends_with("gang"))
        );
        assert!(
            article
                .text
                .as_deref()
                .is_some_and(|text| text.ends_with('…'))
        );
        for (_, comment) in thread.iter() {
            assert!(!comment.body.text.is_empty());
            for line in comment.body.text.lines().chain(comment.title.as_deref()) {
                let noise = [
                    "Anonymous Coward",
                    "Devil",
                    "Facepalm",
                    "POST COMMENT House rules",
                ];
                assert!(!noise.contains(&line), "{line}");
            }
        }
    }
}

#[test]
fn a_real_page_quotes_what_it_quotes_and_nothing_else() {
    for page in seeds() {
        let thread = read(&page);
        let quotations = thread.quotations.iter().map(|quotation| {
            let Origin::Comment(of) = quotation.origin else {
                panic!("the article is not quoted");
            };
            (quotation.comment.get() + 1, of.get() + 1)
        });
        let pairs: Vec<_> = quotations.collect();
        let expected = [(9, 8), (11, 9), (15, 14), (15, 14), (16, 13), (27, 26)];
        assert_eq!(pairs, expected);
        let blocks = thread.comments.iter().flat_map(|c| &c.body.blocks);
        let quotes = blocks.filter(|block| block.kind == BlockKind::Quote);
        assert_eq!(quotes.count(), expected.len());
    }
}
