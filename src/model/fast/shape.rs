//! Features of form and place: lengths, marks, position, overlap with what is answered.

use super::{
    features::Features,
    hash::{mix, name},
    token::{Kind, Token},
    view::View,
};

/// Adds features under one salt.
#[derive(Debug)]
pub(super) struct Shapes<'a> {
    pub(super) out: &'a mut Features,
    pub(super) salt: u64,
}

impl Shapes<'_> {
    /// Adds a number as one feature per size class.
    pub(super) fn count(&mut self, feature: &str, number: usize) {
        self.value(feature, size_class(number));
    }

    /// Adds a named value.
    pub(super) fn value(&mut self, feature: &str, value: u64) {
        self.out.add(self.salt, mix(name(feature), value));
    }

    /// Adds the feature if it holds.
    pub(super) fn flag(&mut self, feature: &str, holds: bool) {
        if holds {
            self.value(feature, 1);
        }
    }
}

/// Classes that widen with the number: 0, 1, 2, 3, 4-5, 6-7, 8-11, 12-15, 16-23, ...
pub(super) fn size_class(number: usize) -> u64 {
    if number < 4 {
        return number as u64;
    }
    let magnitude = number.ilog2();
    let half = (number >> (magnitude - 1)) & 1;
    u64::from(2 * magnitude) + half as u64
}

/// A share between 0 and 1 as one of six classes; none and all are classes of their own.
pub(super) fn share_class(share: f32) -> u64 {
    match share {
        share if share <= 0.0 => 0,
        share if share >= 0.999 => 5,
        share => 1 + (share * 4.0) as u64,
    }
}

/// Adds what unit `at` looks like, where it stands, and what stands around it.
pub(super) fn unit(shapes: &mut Shapes<'_>, view: &View<'_>, at: usize) {
    let text = view.text(at);
    let tokens = view.unit(Some(at));
    shapes.value("bias", 0);
    form(shapes, text, tokens);
    place(shapes, view, at);
    let quoted = view.is_quoted(at);
    shapes.flag("quoted", quoted);
    shapes.flag("code", view.reply.units[at].is_code);
    shapes.flag("before:quoted", at > 0 && view.is_quoted(at - 1));
    let runs = share_class(view.shared_runs(tokens));
    shapes.value("runs", runs * 2 + u64::from(quoted));
    let words = share_class(view.shared_words(tokens));
    shapes.value("words", words * 2 + u64::from(view.reply.is_reply));
}

fn form(shapes: &mut Shapes<'_>, text: &str, tokens: &[Token]) {
    shapes.count("tokens", tokens.len());
    let kinds = [
        ("caps", Kind::Caps),
        ("identifiers", Kind::Code),
        ("numbers", Kind::Number),
        ("links", Kind::Link),
        ("mentions", Kind::Mention),
        ("signs", Kind::Punctuation),
    ];
    for (feature, kind) in kinds {
        let count = tokens.iter().filter(|token| token.kind == kind).count();
        shapes.count(feature, count);
    }
    let first = text.chars().next().unwrap_or(' ');
    let last = text.chars().next_back().unwrap_or(' ');
    shapes.value("first", sign_class(first));
    shapes.value("last", sign_class(last));
    shapes.value("first+last", sign_class(first) << 32 | sign_class(last));
    shapes.flag(
        "asks inside",
        text[..text.len() - last.len_utf8().min(text.len())].contains('?'),
    );
    let code = text
        .chars()
        .filter(|sign| "{}();=<>[]_\\|`$".contains(*sign));
    shapes.value(
        "code signs",
        share_class(code.count() as f32 * 4.0 / text.len().max(1) as f32),
    );
    let quotes = text.chars().filter(|sign| "\"“”".contains(*sign));
    shapes.count("quotation marks", quotes.count());
}

/// Letters and digits by class, any other sign as itself.
fn sign_class(sign: char) -> u64 {
    match sign {
        sign if sign.is_lowercase() => 1,
        sign if sign.is_uppercase() => 2,
        sign if sign.is_numeric() => 3,
        sign => u64::from(u32::from(sign)),
    }
}

fn place(shapes: &mut Shapes<'_>, view: &View<'_>, at: usize) {
    let reply = view.reply;
    let count = view.units.len();
    let level = u64::from(reply.is_reply);
    shapes.count("units", count);
    shapes.value("place", at.min(3) as u64 * 2 + level);
    shapes.value("from end", (count - 1 - at).min(3) as u64 * 2 + level);
    shapes.flag("only", count == 1);
    shapes.value("quarter", (4 * at / count) as u64);
    let span = reply.units[at].span;
    let (before, behind) = (&reply.text[..span.start()], &reply.text[span.end()..]);
    let starts_line = before.trim_end_matches(' ').ends_with('\n') || before.trim().is_empty();
    let ends_line = behind.trim_start_matches(' ').starts_with('\n') || behind.trim().is_empty();
    shapes.value("line", u64::from(starts_line) * 2 + u64::from(ends_line));
    let last_sign = before.trim_end().chars().next_back();
    shapes.value("sign before", last_sign.map_or(0, sign_class));
    let next_sign = behind.trim_start().chars().next();
    shapes.value("sign behind", next_sign.map_or(0, sign_class));
    let next_ends = view.unit(Some(at + 1)).last();
    shapes.value(
        "next ends",
        next_ends.map_or(0, |token| {
            token.hash * u64::from(token.kind == Kind::Punctuation)
        }),
    );
}
