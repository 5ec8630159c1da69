//! Turns Markdown into text: what a reader sees, with the marks of quotations, lists and code left where
//! plain text has them as well.

use crate::{
    span::Span,
    text::{Body, Link, plain},
};

/// The body of a text in Markdown.
pub(super) fn body(markdown: &str) -> Body {
    let (text, links) = text(markdown);
    let mut body = plain::body(&text);
    if !links.is_empty() {
        // Bare addresses are links, too, where no link holds them.
        let bare = std::mem::take(&mut body.links).into_iter();
        let mut all: Vec<Link> = bare.filter(|bare| !is_inside(bare.span, &links)).collect();
        all.extend(links);
        all.sort_by_key(|link| link.span.start());
        body.links = all;
    }
    body
}

/// The words of a line of Markdown.
pub(super) fn line(markdown: &str) -> String {
    let (text, _) = text(markdown.trim());
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}

fn is_inside(span: Span, links: &[Link]) -> bool {
    let behind = links.partition_point(|link| link.span.end() <= span.start());
    links
        .get(behind)
        .is_some_and(|link| link.span.overlap(span) > 0)
}

/// The text and its links.
fn text(markdown: &str) -> (String, Vec<Link>) {
    let mut out = String::with_capacity(markdown.len());
    let mut links = Vec::new();
    let mut fence = None;
    let mut behind_blank = true;
    let mut in_code = false;
    for (number, line) in markdown
        .trim_end()
        .trim_start_matches(['\n', '\r'])
        .lines()
        .enumerate()
    {
        if number > 0 {
            out.push('\n');
        }
        let line = line.trim_end();
        let words = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| words.starts_with(mark));
        let is_indented = line.len() - words.len() >= 4 && (behind_blank || in_code);
        in_code = is_indented && !words.is_empty() || in_code && words.is_empty();
        behind_blank = words.is_empty();
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) if !is_indented => {
                write_line(
                    line.strip_suffix('\\').unwrap_or(line),
                    &mut out,
                    &mut links,
                );
                continue;
            }
            _ => {}
        }
        out.push_str(line);
    }
    (out, links)
}

/// A piece of a line.
enum Piece {
    Text(String),
    /// A run of marks of stress, and whether it can begin or end stressed words.
    Stress {
        mark: char,
        count: usize,
        opens: bool,
        closes: bool,
    },
    LinkStart,
    LinkEnd(String),
}

fn write_line(line: &str, out: &mut String, links: &mut Vec<Link>) {
    let mut pieces = pieces(line);
    drop_stress(&mut pieces);
    let mut open = None;
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(&text),
            Piece::Stress { mark, count, .. } => out.extend(std::iter::repeat_n(mark, count)),
            Piece::LinkStart => open = Some(out.len()),
            Piece::LinkEnd(url) => {
                let span = Span::new(open.take().unwrap_or(out.len()), out.len());
                links.extend((!span.is_empty()).then_some(Link { span, url }));
            }
        }
    }
}

fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    // Where the words of the open link end, where it ends itself, and where it leads.
    let mut link: Option<(usize, usize, &str)> = None;
    let mut before = ' ';
    let mut at = 0;
    while let Some(letter) = line[at..].chars().next() {
        if let Some((_, end, url)) = link.take_if(|(words, ..)| at >= *words) {
            flush(&mut plain, &mut pieces);
            pieces.push(Piece::LinkEnd(url.to_owned()));
            at = end;
            continue;
        }
        let rest = &line[at..];
        let width = letter.len_utf8();
        let next = rest[width..].chars().next().unwrap_or(' ');
        let step = match letter {
            '\\' if next.is_ascii_punctuation() => {
                plain.push(next);
                width + 1
            }
            '`' => code_span(rest, &mut plain),
            '!' if next == '[' => match linked(&rest[1..]) {
                Some((_, end, _)) => end + 1,
                None => keep(letter, &mut plain),
            },
            '[' => match linked(rest).filter(|_| link.is_none()) {
                Some((words, end, url)) => {
                    flush(&mut plain, &mut pieces);
                    pieces.push(Piece::LinkStart);
                    link = Some((at + words, at + end, url));
                    1
                }
                None => keep(letter, &mut plain),
            },
            '<' => match address(rest) {
                Some(address) => {
                    flush(&mut plain, &mut pieces);
                    let is_url = address.contains("://");
                    pieces.extend(is_url.then_some(Piece::LinkStart));
                    pieces.push(Piece::Text(address.to_owned()));
                    pieces.extend(is_url.then(|| Piece::LinkEnd(address.to_owned())));
                    address.len() + 2
                }
                None => keep(letter, &mut plain),
            },
            '*' | '_' => {
                let count = rest.chars().take_while(|&c| c == letter).count();
                let after = rest[count..].chars().next().unwrap_or(' ');
                flush(&mut plain, &mut pieces);
                let in_word = letter == '_' && before.is_alphanumeric() && after.is_alphanumeric();
                pieces.push(Piece::Stress {
                    mark: letter,
                    count,
                    opens: !after.is_whitespace() && !in_word,
                    closes: !before.is_whitespace() && !in_word,
                });
                count
            }
            '&' => entity(rest, &mut plain),
            _ => keep(letter, &mut plain),
        };
        before = line[at..at + step].chars().next_back().unwrap_or(' ');
        at += step;
    }
    flush(&mut plain, &mut pieces);
    pieces.extend(link.map(|(.., url)| Piece::LinkEnd(url.to_owned())));
    pieces
}

fn keep(letter: char, plain: &mut String) -> usize {
    plain.push(letter);
    letter.len_utf8()
}

fn flush(plain: &mut String, pieces: &mut Vec<Piece>) {
    if !plain.is_empty() {
        pieces.push(Piece::Text(std::mem::take(plain)));
    }
}

/// Code within a line, without its marks; one mark that none closes stands for itself.
fn code_span(rest: &str, plain: &mut String) -> usize {
    let count = rest.bytes().take_while(|&byte| byte == b'`').count();
    let mark = &rest[..count];
    match rest[count..].find(mark) {
        Some(length) => {
            plain.push_str(rest[count..count + length].trim());
            2 * count + length
        }
        None => {
            plain.push_str(mark);
            count
        }
    }
}

/// A few entities that stand in Markdown for letters which mark something.
fn entity(rest: &str, plain: &mut String) -> usize {
    let known = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&nbsp;", '\u{a0}'),
    ];
    match known.iter().find(|(name, _)| rest.starts_with(name)) {
        Some((name, letter)) => {
            plain.push(*letter);
            name.len()
        }
        None => keep('&', plain),
    }
}

/// The longest text of a link that is sought.
const LINK: usize = 4096;
/// Brackets within those of a link.
const NESTED: usize = 16;

/// Of a link that begins here: where its words end, where it ends, and where it leads.
fn linked(rest: &str) -> Option<(usize, usize, &str)> {
    let words = closing(rest, b'[', b']')?;
    let behind = rest[words + 1..].strip_prefix('(')?;
    let target = closing(&rest[words + 1..], b'(', b')')?;
    let target = &behind[..target - 1];
    let url = target.split_whitespace().next().unwrap_or_default();
    let end = words + 1 + target.len() + 2;
    Some((
        words,
        end,
        url.trim_start_matches('<').trim_end_matches('>'),
    ))
}

/// Where the bracket that `text` begins with is closed.
fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().take(LINK) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if byte == open && depth == NESTED => return None,
            byte if byte == open => depth += 1,
            byte if byte == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// An address in angle brackets.
fn address(rest: &str) -> Option<&str> {
    let is_end = |byte: u8| byte == b'>' || byte == b'<' || byte.is_ascii_whitespace();
    let end = 1 + rest.bytes().skip(1).take(LINK).position(is_end)?;
    let inner = rest[1..end].trim_end();
    if !rest[end..].starts_with('>') {
        return None;
    }
    let is_address = inner.contains("://") || inner.contains('@') && inner.contains('.');
    is_address.then_some(inner)
}

/// Takes the marks out that stand in pairs around stressed words.
fn drop_stress(pieces: &mut Vec<Piece>) {
    let mut open: Vec<usize> = Vec::new();
    let mut dropped = vec![false; pieces.len()];
    for at in 0..pieces.len() {
        let Piece::Stress {
            mark,
            count,
            opens,
            closes,
        } = pieces[at]
        else {
            continue;
        };
        let fits = |&other: &usize| matches!(pieces[other], Piece::Stress { mark: m, count: c, .. } if m == mark && c == count);
        // Marks are matched with near ones; a line of nothing else is no text.
        match open.iter().rev().take(16).position(fits).filter(|_| closes) {
            Some(back) => {
                let from = open.len() - 1 - back;
                dropped[open[from]] = true;
                dropped[at] = true;
                open.truncate(from);
            }
            None if opens => open.push(at),
            None => {}
        }
    }
    let mut dropped = dropped.into_iter();
    pieces.retain(|_| !dropped.next().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::BlockKind;

    #[test]
    fn marks_of_stress_links_and_escapes_go() {
        for (markdown, expected) in [
            (
                "**Side Note :** it *is* __so__ _here_",
                "Side Note : it is so here",
            ),
            (
                "snake_case_name and 2 * 3 * 4",
                "snake_case_name and 2 * 3 * 4",
            ),
            ("a\\_b \\* c &lt;x&gt; AT&T", "a_b * c <x> AT&T"),
            (
                "![pic](http://x/y.png) [an *odd* one](http://x/(y) \"t\") end",
                " an odd one end",
            ),
            (
                "<http://a.example/b_c> and `x_y_*z*`",
                "http://a.example/b_c and x_y_*z*",
            ),
            ("[not a link] (no) a < b", "[not a link] (no) a < b"),
            ("```\na_b_ **c**\n```\n*d*", "```\na_b_ **c**\n```\nd"),
            ("One  \ntwo\\\nthree", "One\ntwo\nthree"),
        ] {
            assert_eq!(body(markdown).text, expected);
        }
        assert_eq!(
            line("![](http://x) **[Ann Ex](http://y)** says:"),
            "Ann Ex says:"
        );
    }

    #[test]
    fn links_are_kept_with_their_words() {
        let body = body("See [the *page*](http://x/1), <http://x/2> or http://x/3");
        let links: Vec<_> = body
            .links
            .iter()
            .map(|link| (link.span.slice(&body.text), link.url.as_str()))
            .collect();
        assert_eq!(
            links,
            [
                ("the page", "http://x/1"),
                ("http://x/2", "http://x/2"),
                ("http://x/3", "http://x/3")
            ]
        );
    }

    #[test]
    fn quotations_and_lists_stay_blocks() {
        let body = body("> quoted *words*\n\nMine:\n\n* one\n* two\n\n    code_a_b");
        let blocks: Vec<_> = body
            .blocks
            .iter()
            .map(|block| (block.kind, block.span.slice(&body.text)))
            .collect();
        assert_eq!(
            blocks,
            [
                (BlockKind::Quote, "> quoted words"),
                (BlockKind::Paragraph, "Mine:"),
                (BlockKind::List, "* one"),
                (BlockKind::List, "* two"),
                (BlockKind::Paragraph, "    code_a_b".trim()),
            ]
        );
    }

    #[test]
    fn long_lines_take_linear_time() {
        for piece in ["[", "*a ", "_", "`a", "[a](", "<", "\\", "![", "**a* "] {
            let _ = body(&piece.repeat(200_000 / piece.len()));
        }
    }
}
