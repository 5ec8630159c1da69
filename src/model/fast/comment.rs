//! The features of a whole comment, for its stance to what it answers.

use super::{
    features::Features,
    hash::{SEED, mix, name},
    ngrams,
    shape::{Shapes, share_class, size_class},
    token::{Kind, Token},
    view::View,
};

/// Salts of the blocks, one for each way of looking at a comment.
#[derive(Debug)]
pub(super) struct CommentSalts {
    words: u64,
    letters: u64,
    first: u64,
    answered: u64,
    shape: u64,
}

impl Default for CommentSalts {
    fn default() -> Self {
        Self {
            words: name("comment words"),
            letters: name("comment letters"),
            first: name("comment first"),
            answered: name("comment answered"),
            shape: name("comment shape"),
        }
    }
}

/// Replaces `out` by the features of the comment.
pub(super) fn extract(out: &mut Features, salts: &CommentSalts, view: &View<'_>) {
    out.clear();
    let own = own_words(view);
    let first = first_words(view);
    ngrams::words(out, salts.words, &own, 2);
    out.end_block(1.5);
    ngrams::letters(out, salts.letters, &view.tokens, first);
    out.end_block(1.0);
    ngrams::words(out, salts.first, first, 3);
    ngrams::words(out, salts.first, &view.title.list, 2);
    out.end_block(1.2);
    ngrams::bag(out, salts.answered, view.answered_context());
    out.end_block(0.5);
    let mut shapes = Shapes {
        out,
        salt: salts.shape,
    };
    shape(&mut shapes, view, &own, first);
    out.end_block(1.2);
}

/// The author's own words: all but the quoted units.
fn own_words(view: &View<'_>) -> Vec<Token> {
    if view.units.is_empty() {
        return view.tokens.list.clone();
    }
    let units = (0..view.units.len()).filter(|&at| !is_foreign(view, at));
    units
        .flat_map(|at| view.unit(Some(at)).iter().copied())
        .collect()
}

/// Whether a unit repeats the answered text, marked or not.
fn is_foreign(view: &View<'_>, at: usize) -> bool {
    view.is_quoted(at) || view.shared_runs(view.unit(Some(at))) > 0.8
}

/// The first unit that says something of its own: the one that most often takes a side.
fn first_words<'v>(view: &'v View<'_>) -> &'v [Token] {
    let says = |&at: &usize| {
        let kinds = view.unit(Some(at)).iter().map(|token| token.kind);
        let worded = kinds
            .filter(|kind| !matches!(kind, Kind::Punctuation | Kind::Mention | Kind::Link))
            .count();
        worded > 0 && !is_foreign(view, at)
    };
    let first = (0..view.units.len()).find(says);
    let some = if view.units.is_empty() {
        &view.tokens.list
    } else {
        view.unit(first)
    };
    &some[..some.len().min(40)]
}

fn shape(shapes: &mut Shapes<'_>, view: &View<'_>, own: &[Token], first: &[Token]) {
    shapes.value("bias", 0);
    shapes.count("tokens", own.len());
    shapes.count("first tokens", first.len());
    shapes.count("answered tokens", view.answered.list.len());
    shapes.count("units", view.units.len());
    let sizes = size_class(own.len()) << 32 | size_class(view.answered.list.len());
    shapes.value("sizes", sizes);
    shapes.value("words", share_class(view.shared_words(own)));
    let quoted = (0..view.units.len()).filter(|&at| is_foreign(view, at));
    shapes.count("quoted", quoted.count());
    shapes.flag("reply", view.reply.is_reply);
    shapes.flag("known", view.reply.answered.is_some());
    let opens = first.first().map_or(SEED, |token| token.hash);
    let asked = ends_with_question(view.reply.answered.unwrap_or_default());
    shapes.value("asked", asked);
    shapes.value("asked+opening", mix(asked, opens));
    let asks = own
        .iter()
        .filter(|token| view.tokens.form(**token).starts_with('?'));
    shapes.count("asks", asks.count());
    let last = own.last().map_or(SEED, |token| token.hash);
    shapes.value("last", last);
    let kinds = [
        ("links", Kind::Link),
        ("caps", Kind::Caps),
        ("mentions", Kind::Mention),
        ("identifiers", Kind::Code),
    ];
    for (feature, kind) in kinds {
        let count = own.iter().filter(|token| token.kind == kind).count();
        shapes.count(feature, count);
    }
    let opening = view.tokens.list.first();
    shapes.value("starts", opening.map_or(0, |token| token.kind as u64));
}

/// 2 when a text ends with a question mark, 1 when it holds one, 0 otherwise.
fn ends_with_question(text: &str) -> u64 {
    if text.trim_end().ends_with('?') {
        return 2;
    }
    u64::from(text.contains('?'))
}
