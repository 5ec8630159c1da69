//! Tells what follows a sentence's end and still belongs to it.

use super::{CLOSERS, STOPS};

/// The word without a note's number at its end: "said.[12]" gives "said."
pub(super) fn without_note(word: &str) -> &str {
    let note = word
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['));
    match note {
        Some((before, number)) if is_number(number) && !before.is_empty() => before,
        _ => word,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the word trails the sentence before it: a smiley, a note's number, `/s`, a stray mark.
pub(super) fn is_trailing(word: &str) -> bool {
    let note = word
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let has_no_letter = !word.is_empty() && !word.contains(char::is_alphanumeric);
    note.is_some_and(is_number)
        || has_no_letter
            && word
                .trim_matches(|c| CLOSERS.contains(&c) || STOPS.contains(&c))
                .is_empty()
        || matches!(word, "/s" | "/sarcasm" | "/jk" | "(/s)")
        || is_smiley(word)
}

/// Whether the word is a face drawn with punctuation (":-)", ";P"), or made of pictures.
fn is_smiley(word: &str) -> bool {
    if matches!(word, "=)" | "=(" | "=D" | "XD" | "xD" | "<3" | "^^" | "^_^") {
        return true;
    }
    let Some(face) = word.strip_prefix([':', ';']).or(word.strip_prefix(">:")) else {
        return !word.is_empty() && word.chars().all(is_picture);
    };
    let mouth = face
        .trim_start_matches(['-', '\'', '^'])
        .trim_end_matches(['.', '!', '?', ',']);
    let mut letters = mouth.chars();
    let first = letters.next().filter(|&c| ")(DPpOoSs/|\\]*3".contains(c));
    first.is_some_and(|first| letters.all(|c| c == first))
}

fn is_picture(c: char) -> bool {
    let joiner = matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{20e3}');
    joiner || matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
}
