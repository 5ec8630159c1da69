//! Finds the names of the lexicons, and decides for each whether the name is meant.
//!
//! All names are sought at once (Aho and Corasick 1975).

use super::{
    EntityKind, Mention,
    context::{Context, first_word, last_word},
    lexicon::{self, Name, Row, Rule},
};
use crate::{span::Span, text::BlockKind};
use aho_corasick::AhoCorasick;
use std::{borrow::Cow, collections::BTreeSet, sync::LazyLock};

/// All names, ready to be sought.
struct Names {
    rows: Vec<Row>,
    names: Vec<Name>,
    automaton: AhoCorasick,
    /// Names of products, in lower case.
    products: BTreeSet<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let (rows, names) = lexicon::names();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(names.iter().map(|name| name.text))
        .expect("the names fit into an automaton");
    let is_product = |name: &&Name| rows[name.row].kind == EntityKind::Product;
    let products = names.iter().filter(is_product);
    let products = products.map(|name| name.text.to_lowercase()).collect();
    Names {
        rows,
        names,
        automaton,
        products,
    }
});

/// Whether `word` names a product.
pub(super) fn is_product(word: &str) -> bool {
    NAMES.products.contains(&word.to_lowercase())
}

/// Every name in the body that is meant as one; they may overlap.
pub(super) fn find(context: &Context<'_>) -> Vec<Mention> {
    // A line may be wrapped inside of a name.
    let text: Cow<'_, str> = match context.text().contains('\n') {
        true => Cow::Owned(context.text().replace('\n', " ")),
        false => Cow::Borrowed(context.text()),
    };
    let mut met: Vec<Met> = Vec::new();
    for found in NAMES.automaton.find_overlapping_iter(text.as_ref()) {
        let name = found.pattern().as_usize();
        let span = Span::new(found.start(), found.end());
        if let Some(sure) = judge(context, &text, &NAMES.names[name], span) {
            met.push(Met { name, span, sure });
        }
    }
    met.sort_by_key(|met| (met.span, met.name));
    settle(context, &mut met);
    let meant = met.into_iter().filter(|met| met.sure);
    let mentions = meant.map(|met| {
        let row = &NAMES.rows[NAMES.names[met.name].row];
        Mention {
            kind: row.kind,
            id: row.id.clone(),
            name: Some(row.name),
            span: met.span,
        }
    });
    mentions.collect()
}

/// A name in the text.
struct Met {
    name: usize,
    span: Span,
    /// Whether it is certainly meant.
    sure: bool,
}

/// Whether the words at `span` are surely the name, or may be (`false`); `None` if they are not.
fn judge(context: &Context<'_>, text: &str, name: &Name, span: Span) -> Option<bool> {
    let written = span.slice(text);
    if !stands_alone(text, span, written) {
        return None;
    }
    if name.rule == Rule::Any {
        return Some(true);
    }
    if written != name.text {
        return None;
    }
    match name.rule {
        Rule::Any | Rule::Exact => Some(true),
        Rule::Name => Some(amid_lower_case(context, span)),
        Rule::Context => Some(false),
    }
}

/// Whether the words are no part of a longer word, of a path, an address or a member of a program.
fn stands_alone(text: &str, span: Span, written: &str) -> bool {
    let before = &text[..span.start()];
    let behind = &text[span.end()..];
    let last = before.chars().next_back().unwrap_or(' ');
    let mut rest = behind.chars();
    let (next, second) = (rest.next().unwrap_or(' '), rest.next().unwrap_or(' '));
    // "```python" names the language of a block.
    if before.ends_with("```") || in_path(before, behind) {
        return false;
    }
    if last.is_alphanumeric()
        || next.is_alphanumeric()
        || "_@#$\\~".contains(last)
        || "_@\\".contains(next)
    {
        return false;
    }
    // "example.com", "std.io"; ".NET" has a dot of its own.
    if (last == '.' && !written.starts_with('.')) || (next == '.' && second.is_alphanumeric()) {
        return false;
    }
    if (next == '+' && second == '+') || (next == '#' && !second.is_numeric()) {
        return false;
    }
    // Lower case between such marks is a package, a flag, a path or a call.
    let low = written.chars().all(|c| !c.is_uppercase());
    let marks = "-/=:";
    let joined = marks.contains(last) || ("-/=(:".contains(next) && second != ' ');
    !(low && joined)
}

/// Whether the words are a folder of a path: "c:/Users/x/GitHub/y".
fn in_path(before: &str, behind: &str) -> bool {
    const LONGEST: usize = 100;
    if !before.ends_with(['/', '\\']) && !behind.starts_with(['/', '\\']) {
        return false;
    }
    let low = before.ceil_char_boundary(before.len().saturating_sub(LONGEST));
    let high = behind.floor_char_boundary(behind.len().min(LONGEST));
    let head = before[low..]
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let tail = behind[..high]
        .split(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let slashes = |text: &str| text.matches(['/', '\\']).count();
    head.starts_with(['/', '.', '~', '$'])
        || head.contains(':')
        || slashes(head) + slashes(tail) > 3
}

/// Whether the name stands inside a sentence between words that have no capitals: a capital then marks a name.
fn amid_lower_case(context: &Context<'_>, span: Span) -> bool {
    if context.block(span.start()) == BlockKind::Code || context.starts_sentence(span.start()) {
        return false;
    }
    let (before, behind) = context.around(span);
    let (last, next) = (last_word(before), first_word(behind));
    let initial = || context.starts_sentence(word_before(span, before, last));
    let word = last.starts_with(char::is_alphabetic);
    word && !is_capital(next) && (!is_capital(last) || initial())
}

/// Whether the word begins with a capital that it does not have as a word by itself.
fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word != "I" && !word.starts_with("I'")
}

/// Where `last`, the last word of `before`, begins; `before` ends where `span` begins.
fn word_before(span: Span, before: &str, last: &str) -> usize {
    let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
    span.start() - blank - last.len()
}

/// Makes sure of the names that need a sign: a word of their context, a version, or a sure name beside them.
fn settle(context: &Context<'_>, met: &mut [Met]) {
    for at in 0..met.len() {
        if met[at].sure {
            continue;
        }
        let row = &NAMES.rows[NAMES.names[met[at].name].row];
        if continues_name(context, met, at) {
            continue;
        }
        met[at].sure = context.has_word(met[at].span, &row.context)
            || (row.kind == EntityKind::Product && has_version(context, met[at].span));
    }
    let forward: Vec<bool> = (0..met.len()).map(|at| listed(context, met, at)).collect();
    for (met, listed) in met.iter_mut().zip(forward) {
        met.sure |= listed;
    }
}

/// Whether a word with a capital stands right before that is no name we know: "Expo Go", "New Edge".
fn continues_name(context: &Context<'_>, met: &[Met], at: usize) -> bool {
    let start = met[at].span.start();
    let (before, _) = context.beside(met[at].span);
    let word = last_word(before);
    let joined = before.ends_with(' ') && is_capital(word);
    let word_at = word_before(met[at].span, before, word);
    let known = || {
        let mut near = met[at.saturating_sub(NEIGHBORS)..at].iter();
        near.any(|other| other.sure && other.span.end() > word_at && other.span.start() < start)
    };
    joined && !context.starts_sentence(word_at) && !known()
}

/// Names looked at on either side of a name for one that it is listed with.
const NEIGHBORS: usize = 4;

/// Whether the name at `at` is listed with a sure one of its kind: "Word, Excel and Outlook".
fn listed(context: &Context<'_>, met: &[Met], at: usize) -> bool {
    let kind = |met: &Met| NAMES.rows[NAMES.names[met.name].row].kind;
    let own = &met[at];
    let near = at.saturating_sub(NEIGHBORS)..(at + NEIGHBORS + 1).min(met.len());
    let mut others = met[near].iter().filter(|other| other.sure);
    others.any(|other| {
        let related = matches!(
            (kind(own), kind(other)),
            (
                EntityKind::Product | EntityKind::Vendor,
                EntityKind::Product | EntityKind::Vendor
            ) | (EntityKind::Agency, EntityKind::Agency)
                | (
                    EntityKind::ThreatActor | EntityKind::Malware,
                    EntityKind::ThreatActor | EntityKind::Malware
                )
                | (EntityKind::Protocol, EntityKind::Protocol)
        );
        let (first, second) = if other.span.end() <= own.span.start() {
            (other.span, own.span)
        } else if own.span.end() <= other.span.start() {
            (own.span, other.span)
        } else {
            return false;
        };
        let between = &context.text()[first.end()..second.start()];
        let between = between.trim();
        related
            && [
                "", ",", "/", "and", "or", "&", "+", ", and", ", or", "vs", "vs.",
            ]
            .contains(&between)
    })
}

/// Whether a version follows: "Word 2016", "Python 3.8", "Edge v90.0".
fn has_version(context: &Context<'_>, span: Span) -> bool {
    let (_, behind) = context.beside(span);
    let Some(rest) = behind.strip_prefix([' ', '-', '/']) else {
        return false;
    };
    let word = first_word(rest).trim_end_matches(['.', '-']);
    let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let numeric = number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.' || c == 'x');
    let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    numeric && (number.contains('.') || year)
}
