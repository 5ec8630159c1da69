//! Whether a cue and a name belong together: what stands between them, before them and behind them.

use super::{
    Attitude,
    cues::{Cue, Side},
    words::{
        BE, DEGREE, FROM_NAME, GOES_ON, GUILT, IF, MAY_FEEL, MODAL, NOT, PREPOSITIONS, SAYS,
        TO_NAME, WISHES,
    },
};
use crate::{
    entity::context::{Context, first_word, has_word, last_word},
    span::Span,
};

/// Bytes that stand between a cue and a name at most.
const NEAR: usize = 100;

/// Marks that stand around a name or a cue and part no clause.
const QUOTES: [char; 3] = ['`', '*', '_'];

/// What the cue says of the actor at `name`; `None` if they do not belong together.
pub(super) fn attitude(
    context: &Context<'_>,
    sentence: Span,
    name: Span,
    cue: &Cue,
) -> Option<Attitude> {
    let text = context.text();
    let far = name.end() + NEAR < cue.span.start() || cue.span.end() + NEAR < name.start();
    if far
        || sentence
            .slice(text)
            .trim_end_matches(['"', ')', ' '])
            .ends_with('?')
    {
        return None;
    }
    let first = name.start().min(cue.span.start());
    let lead = lead(context, sentence, first);
    let modal = has_word(lead, MODAL) || has_word(lead, &["i'd", "we'd"]);
    let guessed = modal && cue.side != Side::Author;
    if has_word(lead, IF) || guessed || reported(lead) {
        return None;
    }
    let (_, behind) = context.beside(name);
    let words = cue.span.slice(text);
    match cue.side {
        Side::Before | Side::Start | Side::Author => {
            let between = text.get(cue.span.end()..name.start())?;
            // "I love X's page" is not about X, "kudos to X's team" is.
            let owner = is_owner(behind) && cue.side == Side::Author;
            if owner || !ends_name(behind) || !only(between, TO_NAME, 3) {
                return None;
            }
            let denied = has_word(lead, NOT);
            match cue.side {
                Side::Start => context
                    .starts_sentence(cue.span.start())
                    .then_some(cue.attitude),
                Side::Author if !is_author(lead) => None,
                Side::Author if modal && is_wish(words) => None,
                Side::Author if denied => denied_feeling(words, cue.attitude),
                _ => (!denied).then_some(cue.attitude),
            }
        }
        Side::After => {
            let between = text.get(name.end()..cue.span.start())?;
            // "I use X and it works well": the pronoun is the subject.
            let subject = is_subject(lead) || has_word(between, &["it"]);
            let joined = subject && only(between, FROM_NAME, 3);
            joined.then_some(cue.attitude)
        }
        Side::Copula => {
            let between = text.get(name.end()..cue.span.start())?;
            let denied = is_copula(between)?;
            let rest = &text[cue.span.end()..sentence.end()];
            if !is_subject(lead) || !ends_predicate(rest) {
                return None;
            }
            if denied {
                denied_guilt(words)
            } else {
                Some(cue.attitude)
            }
        }
        Side::Own => {
            let between = text.get(name.end()..cue.span.start())?;
            let between = between
                .strip_prefix("'s ")
                .or_else(|| between.strip_prefix("’s "))
                .or_else(|| between.strip_prefix("' "))?;
            if !only(between, DEGREE, 2) {
                return None;
            }
            if has_word(lead, NOT) {
                denied_guilt(words)
            } else {
                Some(cue.attitude)
            }
        }
    }
}

/// Who is said to be not guilty is defended; who is said to be not bad is not thereby praised.
fn denied_guilt(cue: &str) -> Option<Attitude> {
    let guilt = GUILT.iter().any(|guilt| guilt.eq_ignore_ascii_case(cue));
    guilt.then_some(Attitude::Defense)
}

/// "I don't blame X" defends it, "I don't trust X" speaks against it, "I don't hate X" says little.
fn denied_feeling(cue: &str, attitude: Attitude) -> Option<Attitude> {
    match attitude {
        Attitude::Praise => Some(Attitude::Blame),
        _ if cue.eq_ignore_ascii_case("blame") => Some(Attitude::Defense),
        _ => None,
    }
}

/// Whether the author would like something to happen, and says nothing of what is so.
fn is_wish(cue: &str) -> bool {
    WISHES.iter().any(|wish| wish.eq_ignore_ascii_case(cue))
}

/// Whether `lead` ends with the author and at most three words that leave them the subject.
fn is_author(lead: &str) -> bool {
    const MOST: usize = 3;
    for word in lead.split_whitespace().rev().take(MOST + 1) {
        let straight = word.replace('’', "'").to_lowercase();
        if ["i", "we", "i'd", "we'd", "i've", "i'm"].contains(&straight.as_str()) {
            return true;
        }
        if !MAY_FEEL.contains(&straight.as_str()) && !NOT.contains(&straight.as_str()) {
            return false;
        }
    }
    false
}

/// The clause before `at`: back to a mark that parts clauses, a few words at most.
fn lead<'a>(context: &Context<'a>, sentence: Span, at: usize) -> &'a str {
    const WORDS: usize = 6;
    let (before, _) = context.around(Span::new(at, at));
    let before = &before[before.len() - before.len().min(at - sentence.start())..];
    let clause = before.rfind([',', ';', ':', '(', '—', '–', '"', '“']);
    let clause = clause.map_or(before, |mark| {
        before[mark..].trim_start_matches(|c: char| !c.is_alphanumeric())
    });
    let start = clause
        .rmatch_indices(' ')
        .nth(WORDS)
        .map_or(0, |(space, _)| space);
    &clause[start..]
}

/// Whether the clause gives what others say: a verb of saying whose subject is not the author.
fn reported(lead: &str) -> bool {
    let mut last = "";
    for word in lead.split_whitespace() {
        let own = ["I", "i", "we", "We"].contains(&last);
        if has_word(word, SAYS) && !own {
            return true;
        }
        last = word;
    }
    false
}

/// Whether all words of `between` are in `allowed`, at most `most` of them, and no mark parts them.
fn only(between: &str, allowed: &[&str], most: usize) -> bool {
    let between = between.trim_matches(QUOTES);
    let parted = between.contains(|c: char| !c.is_alphanumeric() && !" \n'’-".contains(c));
    let mut count = 0;
    let known = between.split_whitespace().all(|word| {
        count += 1;
        allowed.iter().any(|other| other.eq_ignore_ascii_case(word))
    });
    !parted && known && count <= most
}

/// Whether a form of "to be" in `between`, with nothing but degrees around it, is denied; `None` without such
/// a form.
fn is_copula(between: &str) -> Option<bool> {
    const MOST: usize = 6;
    let between = between.trim_start_matches(QUOTES).replace('’', "'");
    let between = match between.strip_prefix("'s") {
        // "X's problem" is a possessive, "X's a problem" none.
        Some(rest) if !rest.trim().is_empty() => format!(" is{rest}"),
        Some(_) => return None,
        None => between,
    };
    let mut be = false;
    let mut denied = false;
    let mut count = 0;
    for word in between.split_whitespace() {
        let is = |list: &[&str]| list.iter().any(|other| other.eq_ignore_ascii_case(word));
        let form = word.strip_suffix("n't").unwrap_or(word);
        count += 1;
        if BE.iter().any(|other| other.eq_ignore_ascii_case(form)) {
            be = true;
            denied |= form != word;
        } else if is(NOT) {
            denied = true;
        } else if !(is(FROM_NAME) && !be || is(DEGREE) && be) {
            return None;
        }
    }
    (be && count <= MOST).then_some(denied)
}

/// Whether what is said of somebody ends here: "is great", not "is great news for them" nor "is good enough".
fn ends_predicate(behind: &str) -> bool {
    const NOT_SO: &[&str] = &["enough", "if", "news", "only", "though", "but", "example"];
    let word = first_word(behind).trim_end_matches(['.', ',', '!']);
    !behind.starts_with('-') && !has_word(word, NOT_SO)
}

/// Whether a name behind `lead` can be the subject of what follows.
fn is_subject(lead: &str) -> bool {
    let word = last_word(lead);
    let article = ["the", "a", "an", "their", "your", "my", "our"]
        .iter()
        .any(|article| article.eq_ignore_ascii_case(word));
    let word = if article {
        last_word(&lead[..lead.trim_end().len() - word.len()])
    } else {
        word
    };
    !has_word(word, PREPOSITIONS)
}

/// Whether the name before `behind` is a possessive.
fn is_owner(behind: &str) -> bool {
    behind.starts_with("'s") || behind.starts_with("’s")
}

/// Whether the name ends before `behind`, or is a possessive.
fn ends_name(behind: &str) -> bool {
    let word = first_word(behind).trim_end_matches(['.', ',', '!', '-']);
    is_owner(behind)
        || word.is_empty()
        || word.starts_with(|c: char| c.is_ascii_digit())
        || GOES_ON.iter().any(|other| other.eq_ignore_ascii_case(word))
}
