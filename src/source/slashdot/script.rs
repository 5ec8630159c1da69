//! Reads what the page's script knows of the comments, those that are not shown included.
//!
//! `D2.comments({ 57: { uid: 1, pid: 55, subject: "Re:x", points: -1, kids: [ ], opid: 55 }, ... })` is no
//! JSON, for its keys bear no quotation marks.

use std::collections::HashMap;

/// What the script tells.
#[derive(Debug, Default)]
pub(super) struct Script<'a> {
    /// The board's number of the discussion.
    pub(super) discussion: Option<String>,
    /// Comments that were not loaded.
    pub(super) more: u64,
    pub(super) comments: HashMap<&'a str, Known>,
}

/// What the script tells of one comment.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The comment it stands below; 0 for none.
    pid: Option<String>,
    /// The comment it was written to; 0 for none.
    opid: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) points: Option<i64>,
}

impl<'a> Script<'a> {
    /// Reads the scripts of a page.
    pub(super) fn read(page: &'a str) -> Self {
        let number = |call: &str| {
            let (_, rest) = page.split_once(call)?;
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            (digits > 0).then(|| &rest[..digits])
        };
        let list = page.split_once("D2.comments(").map(|(_, rest)| rest);
        Self {
            discussion: number("D2.discussion_id(").map(str::to_owned),
            more: number("D2.more_comments_num(")
                .and_then(|number| number.parse().ok())
                .unwrap_or_default(),
            comments: list.map(comments).unwrap_or_default(),
        }
    }

    /// The comment that a comment answers.
    pub(super) fn parent(&self, id: &str) -> Option<&str> {
        let known = self.comments.get(id)?;
        let real = |id: &&String| !id.is_empty() && id.as_str() != "0";
        let answered = known.opid.as_ref().filter(real);
        answered
            .or_else(|| known.pid.as_ref().filter(real))
            .map(String::as_str)
    }
}

/// A piece of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token<'a> {
    Sign(char),
    /// A name or a number.
    Word(&'a str),
    Text(String),
}

/// Takes the next token off `rest`.
fn token<'a>(rest: &mut &'a str) -> Option<Token<'a>> {
    *rest = rest.trim_start();
    let first = rest.chars().next()?;
    if first == '"' || first == '\'' {
        let (text, behind) = string(&rest[1..], first)?;
        *rest = behind;
        return Some(Token::Text(text));
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    if length == 0 {
        *rest = &rest[first.len_utf8()..];
        return Some(Token::Sign(first));
    }
    let (word, behind) = rest.split_at(length);
    *rest = behind;
    Some(Token::Word(word))
}

/// A string up to its closing mark, and what stands behind it.
fn string(text: &str, close: char) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            _ if letter == close => return Some((out, &text[at + letter.len_utf8()..])),
            '\\' => match letters.next()?.1 {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'u' => {
                    let (start, _) = letters.next()?;
                    let code = text.get(start..start + 4)?;
                    let code = u32::from_str_radix(code, 16).ok()?;
                    out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    letters.nth(2);
                }
                other => out.push(other),
            },
            _ => out.push(letter),
        }
    }
    None
}

/// Reads the entries up to the end of the list, or to where it is no longer one.
fn comments(list: &str) -> HashMap<&str, Known> {
    let mut rest = list;
    let mut comments = HashMap::new();
    if token(&mut rest) != Some(Token::Sign('{')) {
        return comments;
    }
    while let Some(Token::Word(id)) = token(&mut rest) {
        let opens = token(&mut rest) == Some(Token::Sign(':'))
            && token(&mut rest) == Some(Token::Sign('{'));
        let Some(known) = opens.then(|| entry(&mut rest)).flatten() else {
            break;
        };
        comments.insert(id, known);
        if token(&mut rest) != Some(Token::Sign(',')) {
            break;
        }
    }
    comments
}

/// Reads one entry behind its opening brace.
fn entry(rest: &mut &str) -> Option<Known> {
    let mut known = Known::default();
    loop {
        let key = match token(rest)? {
            Token::Sign('}') => return Some(known),
            Token::Sign(_) => continue,
            Token::Word(key) => key.to_owned(),
            Token::Text(key) => key,
        };
        if token(rest)? != Token::Sign(':') {
            return None;
        }
        let value = match token(rest)? {
            Token::Sign('[') => {
                while token(rest)? != Token::Sign(']') {}
                continue;
            }
            Token::Sign(_) => return None,
            Token::Word(word) => word.to_owned(),
            Token::Text(text) => text,
        };
        match key.as_str() {
            "pid" => known.pid = Some(value),
            "opid" => known.opid = Some(value),
            "points" => known.points = value.parse().ok(),
            "subject" => known.subject = Some(value).filter(|subject| !subject.trim().is_empty()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_without_quotation_marks() {
        let script = Script::read(
            "D2.comments({ 57: { uid: 6, pid: 55, subject: \"Re:\\\"x\\\", \\u00e9: }\", read: 0, points: -1, \
             kids: [ 58, 59 ], opid: 54 }, 58: { pid: 0, kids: [  ] } });\nD2.discussion_id(123);\
             D2.more_comments_num(7);",
        );
        assert_eq!(script.discussion.as_deref(), Some("123"));
        assert_eq!(script.more, 7);
        assert_eq!(script.parent("57"), Some("54"));
        assert_eq!(script.parent("58"), None);
        let known = &script.comments["57"];
        assert_eq!(known.subject.as_deref(), Some("Re:\"x\", é: }"));
        assert_eq!(known.points, Some(-1));
    }

    #[test]
    fn what_is_cut_or_odd_ends_the_list() {
        for list in [
            "",
            "D2.comments(",
            "D2.comments({ 5: { pid: 4",
            "D2.comments({ 5: { subject: \"\\u12",
            "D2.comments({ 5: { subject: \"\\uzzé",
            "D2.comments([1])",
            "D2.comments({ 5: { pid 4 } })",
        ] {
            assert!(Script::read(list).comments.is_empty(), "{list}");
        }
    }
}
