//! Undoes how a text was sent: transfer encodings and character sets.

use mail_parser::decoders::charsets::map::charset_decoder;
use std::borrow::Cow;

/// The text of a field that holds ASCII by its nature.
pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The text of bytes in the character set of this name, and whether all was as declared. UTF-8 is read as such
/// whatever is said; what is declared as nothing else is taken for windows-1252, the likeliest.
pub(super) fn text<'a>(bytes: &'a [u8], charset: Option<&str>) -> (Cow<'a, str>, bool) {
    let charset = charset.map(|name| name.trim().to_ascii_lowercase());
    let name = charset.as_deref().unwrap_or_default();
    // These may hold nothing but ASCII and are no UTF-8.
    let shifted = name.starts_with("iso-2022")
        || name.starts_with("utf-16")
        || name.starts_with("utf-7")
        || name == "hz-gb-2312";
    if !shifted && let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), true);
    }
    if matches!(name, "utf-8" | "utf8") {
        return (String::from_utf8_lossy(bytes), false);
    }
    match charset_decoder(name.as_bytes()) {
        Some(decode) if !matches!(name, "" | "us-ascii" | "ascii") => {
            (Cow::Owned(decode(bytes)), true)
        }
        _ => (
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0,
            false,
        ),
    }
}

/// The text of a body that is base64 throughout, which some lists archived without the field that says so: lines
/// of one length, the last one at most as long.
pub(super) fn undeclared_base64(body: &str) -> Option<String> {
    /// Letters that a line has at least; a word by itself is none.
    const LINE: usize = 60;
    let lines: Vec<&str> = body.split_whitespace().collect();
    let (last, full) = lines.split_last()?;
    let length = full.first()?.len();
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    let is_whole = length >= LINE
        && full.iter().all(|line| line.len() == length)
        && last.len() <= length
        && (full.len() * length + last.len()).is_multiple_of(4)
        && lines.iter().all(|line| line.bytes().all(is_letter));
    let text = String::from_utf8(base64(is_whole.then_some(body)?.as_bytes())).ok()?;
    let is_text = text.chars().all(|c| !c.is_control() || c.is_whitespace());
    is_text.then_some(text)
}

/// Undoes base64; what is none of its letters is passed over, as in mails that gateways touched.
pub(super) fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    for &byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            // What lists write below the padding is not encoded.
            b'=' => break,
            _ => continue,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    out
}

/// Undoes quoted-printable; what is no such code stays as it is.
pub(super) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let end = line
            .iter()
            .rposition(|byte| !byte.is_ascii_whitespace())
            .map_or(0, |at| at + 1);
        let (words, soft) = match line[..end].strip_suffix(b"=") {
            Some(words) => (words, true),
            None => (&line[..end], false),
        };
        let mut at = 0;
        while let Some(&byte) = words.get(at) {
            let code = words
                .get(at + 1..at + 3)
                .filter(|_| byte == b'=')
                .and_then(hex);
            out.push(code.unwrap_or(byte));
            at += if code.is_some() { 3 } else { 1 };
        }
        if !soft && line.ends_with(b"\n") {
            out.push(b'\n');
        }
    }
    out
}

fn hex(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (&[high, low], _) = pair.split_first_chunk::<2>()?;
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_that_nothing_declares_is_seen_by_its_form() {
        let coded = "UGxlYXNlIHJvdGF0ZSB0aGUga2V5cyBvZiB0aGUgYmFja3VwIHNlcnZlcnMgdG9uaWdodCwgYW5k\nIHRlbGwgdXMgd2hlbiB0aGF0IGlzIGRvbmUuCg==\n";
        assert_eq!(
            undeclared_base64(coded).as_deref(),
            Some(
                "Please rotate the keys of the backup servers tonight, and tell us when that is done.\n"
            )
        );
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for text in [
            "",
            "Rotate",
            hash,
            "Rotate them.\n",
            &coded[1..],
            &format!("Key:\n{coded}"),
        ] {
            assert_eq!(undeclared_base64(text), None, "{text}");
        }
    }

    #[test]
    fn transfer_encodings() {
        assert_eq!(base64(b"S2V5\ncw==\nlist footer"), b"Keys");
        assert_eq!(base64(b"S2V"), b"Ke");
        assert_eq!(
            quoted_printable(b"Gr=C3=BC=\r\n=DFe =3D 1 =zz \n=\n"),
            b"Gr\xc3\xbc\xdfe = 1 =zz\n"
        );
    }

    #[test]
    fn character_sets() {
        let read = |bytes, charset| {
            let (text, sure) = text(bytes, charset);
            (text.into_owned(), sure)
        };
        assert_eq!(
            read(b"Gr\xfc\xdfe", Some("ISO-8859-1")),
            ("Grüße".to_owned(), true)
        );
        assert_eq!(read(b"Gr\xfc\xdfe", None), ("Grüße".to_owned(), false));
        assert_eq!(
            read("Grüße".as_bytes(), Some("us-ascii")),
            ("Grüße".to_owned(), true)
        );
        assert_eq!(read(b"\xfc", Some("utf-8")), ("\u{fffd}".to_owned(), false));
        assert_eq!(read(b"\x1b$B8+\x1b(B", Some("iso-2022-jp")).0, "見");
        assert_eq!(read(b"\xcd\xc9\xd2", Some("koi8-r")).0, "мир");
        assert_eq!(read(b"plain", Some("no such")), ("plain".to_owned(), true));
    }
}
