//! Reads a page whose list was lost: no numbers, no authors, no indent.
//!
//! What is left of a comment's end are its votes, two bare numbers on lines of their own, and of its
//! beginning a title that starts with "Re: ". The rest is guessed, and the thread says so.

use super::{
    super::register::{TITLE, answered_title, headline},
    lines::Line,
};
use crate::{
    text::BodyBuilder,
    thread::{Draft, ParentRef, Score, ThreadBuilder, codes},
};
use std::collections::HashMap;

/// Whether the page is a list of comments without numbers.
pub(super) fn is_flat(lines: &[Line<'_>]) -> bool {
    let headline = lines
        .iter()
        .take(20)
        .any(|line| headline(line.text).is_some());
    let answer = |line: &Line<'_>| line.apart && answered_title(line.text).is_some();
    headline
        && (lines.iter().any(|line| answer(line) || is_footer(line))
            || (1..lines.len()).any(|at| votes(lines, at - 1).is_some()))
}

/// Number of lines before the first comment: the headline, and the standfirst below it, which the
/// board cuts off with an ellipsis.
pub(super) fn preamble(lines: &[Line<'_>]) -> usize {
    let headline = lines.iter().position(|line| headline(line.text).is_some());
    let below = headline.map_or(0, |at| at + 1);
    let standfirst = lines.get(below);
    below + usize::from(standfirst.is_some_and(|line| line.text.ends_with('…')))
}

/// Adds the comments that `lines` hold.
pub(super) fn read(lines: &[Line<'_>], builder: &mut ThreadBuilder) {
    let message = "the page carries no numbers of comments: comments were told apart by votes and titles, \
                   replies were attached to the comment whose title they repeat, and authors are not known";
    builder.warn(codes::GUESSED_STRUCTURE, message, None);
    let mut titles = HashMap::new();
    let mut count = 0;
    for (part, score) in split(lines) {
        count += 1;
        let mut draft = draft(part, score);
        draft.id = count.to_string();
        let answered = draft.title.as_deref().and_then(answered_title);
        match (answered, &draft.title) {
            (Some(title), _) => {
                draft.parent = match titles.get(title) {
                    Some(id) => ParentRef::Id(String::clone(id)),
                    None => ParentRef::Missing { id: None, depth: 1 },
                };
            }
            (None, Some(title)) => {
                titles
                    .entry(title.clone())
                    .or_insert_with(|| draft.id.clone());
            }
            (None, None) => {}
        }
        builder.push(draft);
    }
}

/// The lines of each comment, with its votes.
fn split<'a, 'l>(lines: &'l [Line<'a>]) -> Vec<(&'l [Line<'a>], Option<Score>)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < lines.len() && !is_footer(&lines[at]) {
        if at > start
            && let Some(score) = votes(lines, at)
        {
            parts.push((&lines[start..at], Some(score)));
            at += 2;
            start = at;
            continue;
        }
        if lines[at].apart && answered_title(lines[at].text).is_some() && at > start {
            parts.push((&lines[start..at], None));
            start = at;
        }
        at += 1;
    }
    if at > start {
        parts.push((&lines[start..at], None));
    }
    parts
}

/// The votes that stand on the line `at` and the one below.
fn votes(lines: &[Line<'_>], at: usize) -> Option<Score> {
    let count = |line: &Line<'_>| {
        let bare = line.text.len() <= 5 && line.text.bytes().all(|byte| byte.is_ascii_digit());
        line.text.parse().ok().filter(|_| bare)
    };
    Some(Score {
        up: Some(count(lines.get(at)?)?),
        down: Some(count(lines.get(at + 1)?)?),
        ..Score::default()
    })
}

fn draft(lines: &[Line<'_>], score: Option<Score>) -> Draft {
    let mut draft = Draft {
        score,
        ..Draft::default()
    };
    let mut rest = lines;
    if let [first, below @ ..] = lines {
        let alone = below.first().is_none_or(|next| next.apart);
        let short = first.text.chars().take(TITLE + 1).count() <= TITLE && !below.is_empty();
        if alone && (answered_title(first.text).is_some() || short) {
            draft.title = Some(first.text.to_owned());
            rest = below;
        }
    }
    let mut body = BodyBuilder::default();
    for paragraph in rest.chunk_by(|_, line| !line.apart) {
        let text: Vec<_> = paragraph.iter().map(|line| line.text).collect();
        body.paragraph(&text.join("\n"), vec![]);
    }
    draft.body = body.build();
    draft
}

fn is_footer(line: &Line<'_>) -> bool {
    line.text.starts_with("POST COMMENT")
}
