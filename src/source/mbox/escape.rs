//! Gives back lines that a mailbox wrote with a `>` before their `From `.

use super::split::{Framing, Message};

/// The message with such lines as they were; none where there is none.
///
/// Most programs write `>From` for `From`; some (mboxrd) write one more `>` before `>From` as well. Which
/// one wrote a file is not said in it; but a quotation's lines stand among others of the same depth.
pub(super) fn undo(message: &Message) -> Option<Vec<u8>> {
    let raw = &message.raw;
    if message.framing != Framing::Lines
        || !raw
            .windows(7)
            .any(|window| window == b"\n>From " || window == b"\n>>From")
    {
        return None;
    }
    let rd = message
        .envelope
        .as_ref()
        .is_some_and(|line| line.starts_with(b"From mboxrd@"));
    let mut out = Vec::with_capacity(raw.len());
    let mut lines = raw.split_inclusive(|&byte| byte == b'\n').peekable();
    let mut before = 0;
    while let Some(line) = lines.next() {
        let depth = depth(line);
        let is_from = depth > 0 && line[depth..].starts_with(b"From ");
        let after = lines.peek().map_or(0, |line| self::depth(line));
        let quoted = !rd && (before >= depth || after >= depth);
        out.extend_from_slice(if is_from && !quoted { &line[1..] } else { line });
        before = depth;
    }
    Some(out)
}

/// How many `>` a line begins with.
fn depth(line: &[u8]) -> usize {
    line.iter().take_while(|&&byte| byte == b'>').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(text: &str, envelope: &str) -> String {
        let message = Message {
            envelope: Some(envelope.as_bytes().to_vec()),
            raw: text.as_bytes().to_vec(),
            framing: Framing::Lines,
            cut: false,
        };
        let raw = undo(&message).unwrap_or(message.raw);
        String::from_utf8(raw).expect("text")
    }

    #[test]
    fn the_lines_around_tell_quotations_from_escapes() {
        let plain = "From a Tue Apr  1 07:35:05 2008";
        assert_eq!(undone("a\n\n>From here\nb", plain), "a\n\nFrom here\nb");
        assert_eq!(undone("> a\n>From here\n", plain), "> a\n>From here\n");
        assert_eq!(undone("a\n>From here\n> b", plain), "a\n>From here\n> b");
        assert_eq!(undone("> a\n>>From here\n", plain), "> a\n>From here\n");
        let rd = "From mboxrd@z Thu Jan  1 00:00:00 1970";
        assert_eq!(
            undone("> a\n>>From here\n>From b", rd),
            "> a\n>From here\nFrom b"
        );
    }
}
