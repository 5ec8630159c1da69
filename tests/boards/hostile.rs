//! What pages suffer on their way, tried on every board: no panic, an end, and sound threads.

use super::{
    BOARDS, Board,
    forest::{chain, forest},
};
use rayon::prelude::*;
use rejoinder::{
    source,
    thread::{Thread, codes},
};

/// Every thread that the board's source reads from bytes, each checked to be sound.
fn read(board: &Board, page: &[u8]) -> Vec<Thread> {
    let source = source::by_id(board.source).expect("a source");
    source.detect(&page[..page.len().min(source::HEAD)]);
    let threads: Vec<_> = source.threads(Box::new(page)).flatten().collect();
    for thread in &threads {
        assert_eq!(thread.tree.preorder().len(), thread.comments.len());
        for comment in &thread.comments {
            let text = &comment.body.text;
            for block in &comment.body.blocks {
                assert_eq!(block.span.trimmed(text), block.span);
            }
        }
    }
    threads
}

/// Tries all boards, on all cores.
fn on_all_boards(attempt: impl Fn(&Board) + Send + Sync) {
    BOARDS.par_iter().for_each(attempt);
}

/// Small numbers that look random and are the same every time.
fn draws(seed: u64) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(seed), |&last| {
        Some(
            last.wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407),
        )
    })
    .map(|number| (number >> 33) as usize)
}

#[test]
fn pages_cut_anywhere_lose_only_what_is_missing() {
    on_all_boards(|board| {
        let page = (board.page)(&forest(40));
        for percent in 0..100 {
            let cut = &page[..page.len() * percent / 100];
            let count: usize = read(board, cut)
                .iter()
                .map(|thread| thread.comments.len())
                .sum();
            assert!(count <= 40, "{} at {percent} %", board.source);
        }
    });
}

#[test]
fn flipped_bytes() {
    on_all_boards(|board| {
        let page = (board.page)(&forest(30));
        let mut draws = draws(7);
        for _ in 0..30 {
            let mut broken = page.clone();
            for _ in 0..20 {
                let at = draws.next().unwrap_or(0) % broken.len();
                broken[at] ^= 1 << (draws.next().unwrap_or(0) % 8);
            }
            read(board, &broken);
        }
    });
}

#[test]
fn wrong_character_sets() {
    on_all_boards(|board| {
        let page = (board.page)(&forest(20));
        let latin: Vec<u8> = String::from_utf8_lossy(&page)
            .chars()
            .map(|c| c as u32 as u8)
            .collect();
        for thread in read(board, &latin) {
            let told = thread
                .warnings
                .iter()
                .any(|w| w.code == codes::INVALID_UTF8);
            assert!(told || thread.comments.is_empty(), "{}", board.source);
        }
    });
}

#[test]
fn a_hundred_thousand_nested_elements() {
    on_all_boards(|board| {
        let page = (board.page)(&forest(5));
        let middle = page.len() / 2;
        for open in ["<div>", "[", "{\"a\":"] {
            let nest = open.repeat(100_000);
            read(
                board,
                &[&page[..middle], nest.as_bytes(), &page[middle..]].concat(),
            );
        }
    });
}

#[test]
fn fifty_thousand_replies_in_a_row() {
    on_all_boards(|board| {
        let threads = read(board, &(board.page)(&chain(50_000)));
        let count: usize = threads.iter().map(|thread| thread.comments.len()).sum();
        assert!(count <= 50_000, "{}", board.source);
    });
}
