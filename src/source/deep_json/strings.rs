//! Finds where strings end, and what those with escapes stand for.

/// Where the string that begins at `at`, behind its quotation mark, ends, and whether it has escapes.
pub(super) fn end(bytes: &[u8], mut at: usize) -> Option<(usize, bool)> {
    let mut has_escapes = false;
    loop {
        match bytes.get(at)? {
            b'"' => return Some((at, has_escapes)),
            b'\\' => (at, has_escapes) = (at + 2, true),
            _ => at += 1,
        }
    }
}

/// Adds to `out` the text that a string stands for; half a surrogate pair becomes U+FFFD.
pub(super) fn decode(raw: &str, out: &mut String) {
    let mut rest = raw;
    while let Some((plain, behind)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut letters = behind.chars();
        let Some(escape) = letters.next() else {
            return;
        };
        rest = letters.as_str();
        match escape {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'u' => {
                let (letter, behind) = code_unit(rest);
                out.push(letter);
                rest = behind;
            }
            other => out.push(other),
        }
    }
    out.push_str(rest);
}

/// The letter whose code follows `\u`, and what stands behind it.
fn code_unit(text: &str) -> (char, &str) {
    const REPLACED: char = char::REPLACEMENT_CHARACTER;
    let hex = |text: &str| {
        let digits = text
            .get(..4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(high) = hex(text) else {
        return (REPLACED, text);
    };
    let rest = &text[4..];
    if !(0xd800..0xdc00).contains(&high) {
        return (char::from_u32(high).unwrap_or(REPLACED), rest);
    }
    let low = rest
        .strip_prefix("\\u")
        .and_then(hex)
        .filter(|low| (0xdc00..0xe000).contains(low));
    match low {
        Some(low) => {
            let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            (char::from_u32(code).unwrap_or(REPLACED), &rest[6..])
        }
        None => (REPLACED, rest),
    }
}
