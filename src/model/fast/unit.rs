//! The features of a unit.

use super::{
    features::Features,
    hash::{mix, name},
    ngrams,
    shape::{self, Shapes},
    view::View,
};

/// Salts of the blocks, one for each way of looking at a unit.
#[derive(Debug)]
pub(super) struct UnitSalts {
    words: u64,
    letters: u64,
    before: u64,
    behind: u64,
    comment: u64,
    answered: u64,
    shape: u64,
}

impl Default for UnitSalts {
    fn default() -> Self {
        Self {
            words: name("unit words"),
            letters: name("unit letters"),
            before: name("unit before"),
            behind: name("unit behind"),
            comment: name("unit comment"),
            answered: name("unit answered"),
            shape: name("unit shape"),
        }
    }
}

/// Replaces `out` by the features of unit `at`.
pub(super) fn extract(out: &mut Features, salts: &UnitSalts, view: &View<'_>, at: usize) {
    out.clear();
    let tokens = view.unit(Some(at));
    ngrams::words(out, salts.words, tokens, 3);
    out.end_block(2.0);
    ngrams::letters(out, salts.letters, &view.tokens, tokens);
    out.end_block(1.6);
    neighbor(out, salts.before, view, at.checked_sub(1));
    neighbor(out, salts.behind, view, Some(at + 1));
    ngrams::bag(out, salts.comment, view.context());
    ngrams::bag(out, salts.comment, &view.title.list);
    out.end_block(0.7);
    ngrams::bag(out, salts.answered, view.answered_context());
    out.end_block(0.3);
    let mut shapes = Shapes {
        out,
        salt: salts.shape,
    };
    shape::unit(&mut shapes, view, at);
    out.end_block(1.2);
}

/// Adds a block with the words of a unit next to the one in question.
fn neighbor(out: &mut Features, salt: u64, view: &View<'_>, at: Option<usize>) {
    let tokens = view.unit(at);
    ngrams::bag(out, salt, tokens);
    ngrams::opening(out, mix(salt, 1), tokens);
    out.end_block(0.4);
}
