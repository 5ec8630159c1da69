//! Words, numbers, links and punctuation of a text, lower-cased and hashed in one pass.

use super::hash::{SEED, mix, mix_bytes};

/// One token. Its hash stands for its lower-case form; links, user names and long numbers are one
/// token each whatever they say, because a model should not learn them by heart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) hash: u64,
    /// Start of the lower-case form in [`Tokens::lower`].
    start: u32,
    end: u32,
    pub(super) kind: Kind,
}

impl Token {
    /// Length of the lower-case form in bytes.
    pub(super) const fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// A word all in capitals, of two letters or more.
    Caps,
    /// An identifier: `snake_case`, `camelCase`, letters mixed with digits.
    Code,
    Number,
    Link,
    /// `@name`.
    Mention,
    Punctuation,
}

/// The tokens of one or more texts.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    lower: String,
    pub(super) list: Vec<Token>,
}

impl Tokens {
    /// The lower-case form of a token; empty for what has only a kind.
    pub(super) fn form(&self, token: Token) -> &str {
        &self.lower[token.start as usize..token.end as usize]
    }

    /// Appends the tokens of `text`.
    pub(super) fn append(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let len = if first.is_whitespace() {
                first.len_utf8()
            } else if is_link(rest) {
                let len = rest.find(ends_link).unwrap_or(rest.len());
                self.push_kind(Kind::Link);
                len
            } else if first == '@' && rest[1..].starts_with(char::is_alphanumeric) {
                self.push_kind(Kind::Mention);
                1 + word_len(&rest[1..])
            } else if first.is_alphanumeric() {
                let len = word_len(rest);
                self.push_word(&rest[..len]);
                len
            } else {
                self.push_punctuation(first, rest)
            };
            rest = &rest[len..];
        }
    }

    fn push_kind(&mut self, kind: Kind) {
        let at = self.lower.len() as u32;
        self.list.push(Token {
            hash: mix(SEED, kind as u64),
            start: at,
            end: at,
            kind,
        });
    }

    fn push_word(&mut self, word: &str) {
        let start = self.lower.len();
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            // "1999" and "2024" are both years, "7" and "9" both small numbers.
            self.lower.extend(word.bytes().take(5).map(|_| '0'));
            return self.finish(start, Kind::Number);
        }
        let kind = word_kind(word);
        for letter in word.chars() {
            match letter {
                '’' => self.lower.push('\''),
                letter if letter.is_ascii() => self.lower.push(letter.to_ascii_lowercase()),
                letter => self.lower.extend(letter.to_lowercase()),
            }
        }
        self.finish(start, kind);
    }

    /// Pushes a run of the same sign as one token and gives the run's length.
    fn push_punctuation(&mut self, sign: char, rest: &str) -> usize {
        let run = rest.chars().take_while(|&other| other == sign).count();
        let start = self.lower.len();
        let plain = match sign {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '—' => '–',
            sign => sign,
        };
        self.lower.extend(std::iter::repeat_n(plain, run.min(3)));
        self.finish(start, Kind::Punctuation);
        run * sign.len_utf8()
    }

    fn finish(&mut self, start: usize, kind: Kind) {
        let hash = mix_bytes(SEED, &self.lower.as_bytes()[start..]);
        self.list.push(Token {
            hash,
            start: start as u32,
            end: self.lower.len() as u32,
            kind,
        });
    }
}

fn is_link(text: &str) -> bool {
    ["http://", "https://", "www."]
        .iter()
        .any(|scheme| text.starts_with(scheme))
}

fn ends_link(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ')' | '>' | ']' | '"')
}

/// Length of the word at the start of `text`: letters and digits, with apostrophes and underscores
/// between them.
fn word_len(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let joins = matches!(letter, '\'' | '’' | '_')
            && letters
                .peek()
                .is_some_and(|(_, next)| next.is_alphanumeric());
        if !letter.is_alphanumeric() && !joins {
            return at;
        }
    }
    text.len()
}

fn word_kind(word: &str) -> Kind {
    let bytes = word.as_bytes();
    let hump = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    let digit = bytes.iter().any(u8::is_ascii_digit);
    if digit || bytes.contains(&b'_') || bytes.windows(2).any(hump) {
        Kind::Code
    } else if bytes.len() > 1 && bytes.iter().all(u8::is_ascii_uppercase) {
        Kind::Caps
    } else {
        Kind::Word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        let mut tokens = Tokens::default();
        tokens.append(text);
        let form = |&token: &Token| format!("{:?}:{}", token.kind, tokens.form(token));
        tokens.list.iter().map(form).collect()
    }

    #[test]
    fn splits_words_links_names_and_signs() {
        let found = forms("It’s @mallory: see https://example.org/x?y), 1999!!!!");
        let expected = [
            "Word:it's",
            "Mention:",
            "Punctuation::",
            "Word:see",
            "Link:",
            "Punctuation:)",
            "Punctuation:,",
            "Number:0000",
            "Punctuation:!!!",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn tells_identifiers_and_capitals() {
        let found = forms("IMHO set max_size or maxSize in tls13");
        let expected = [
            "Caps:imho",
            "Word:set",
            "Code:max_size",
            "Word:or",
            "Code:maxsize",
            "Word:in",
            "Code:tls13",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn survives_any_letters() {
        assert_eq!(forms("@é 'ß' İ\u{301}").len(), 6);
    }
}
