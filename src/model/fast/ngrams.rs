//! N-grams of words and of letters.

use super::{
    features::Features,
    hash::{SEED, mix, mix_bytes},
    token::{Kind, Token, Tokens},
};

/// Stands before the first and behind the last token, so that n-grams know the edges.
const EDGE: u64 = 0x0045_4447_4500_0001;

/// Adds every run of one to `longest` tokens, the edges counted as tokens.
pub(super) fn words(out: &mut Features, salt: u64, tokens: &[Token], longest: usize) {
    let hash_at = |at: usize| {
        let token = at.checked_sub(1).and_then(|at| tokens.get(at));
        token.map_or(EDGE, |token| token.hash)
    };
    for start in 0..tokens.len() + 1 {
        let mut hash = SEED;
        let last = (start + longest).min(tokens.len() + 2);
        for at in start..last {
            hash = mix(hash, hash_at(at));
            // The edge alone says nothing.
            if at > 0 || start > 0 {
                out.add(salt, hash);
            }
        }
    }
}

/// Adds every single word; punctuation is left out.
pub(super) fn bag(out: &mut Features, salt: u64, tokens: &[Token]) {
    for token in tokens {
        if token.kind != Kind::Punctuation {
            out.add(salt, token.hash);
        }
    }
}

/// Adds the first one, two and three tokens.
pub(super) fn opening(out: &mut Features, salt: u64, tokens: &[Token]) {
    let mut hash = SEED;
    for token in tokens.iter().take(3) {
        hash = mix(hash, token.hash);
        out.add(salt, hash);
    }
}

/// Adds runs of three to five letters inside each word, its edges counted as letters.
pub(super) fn letters(out: &mut Features, salt: u64, tokens: &Tokens, list: &[Token]) {
    let mut word = Vec::with_capacity(32);
    for &token in list {
        if matches!(token.kind, Kind::Punctuation | Kind::Number) {
            continue;
        }
        word.clear();
        word.push(b'^');
        // Bytes are letters in ASCII; elsewhere parts of letters do no harm under a hash.
        word.extend(tokens.form(token).bytes().take(30));
        word.push(b'$');
        for len in 3..=5 {
            for run in word.windows(len) {
                out.add(salt, mix_bytes(SEED, run));
            }
        }
    }
}
