//! Parents that a board does not state and a comment's own words show: whom it addresses, whom it quotes.

use crate::{
    span::Span,
    text::{
        BlockKind, Body,
        align::{gram, words},
    },
    thread::{Draft, Inference, ParentRef, Sign, ThreadBuilder, codes},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

/// What leads a mention.
const AT: [char; 2] = ['@', '＠'];
/// Words of a mention that may belong to the name.
const NAME_WORDS: usize = 8;
/// Letters of a first name from which it stands for the whole.
const SHORT_NAME: usize = 3;
/// Words in a group that is looked up.
const GRAM: usize = 3;
/// Texts that are known to hold a group.
const HOLDERS: usize = 4;
/// Earlier comments of one author that are tried.
const TRIES: usize = 32;

// Scores are shares of right parents among comments whose parents boards state: `tests::shares`,
// docs/evaluation.md.
/// A line addresses the author.
const NAMED: Inference = Inference {
    by: Sign::Mention,
    score: 0.95,
};
/// The author is named further on in the first line; too seldom in the captures to be measured.
const MENTIONED: Inference = Inference {
    by: Sign::Mention,
    score: 0.7,
};
/// The author's words are quoted.
const QUOTED: Inference = Inference {
    by: Sign::Quotation,
    score: 0.9,
};

/// Words are quoted as the author's, and stand in none of the author's comments: the latest of these is taken.
pub(super) const LATEST_OF_QUOTED: Inference = Inference {
    by: Sign::Quotation,
    score: 0.9,
};
/// The first message of the same subject.
pub(super) const FIRST_OF_SUBJECT: Inference = Inference {
    by: Sign::Subject,
    score: 0.4,
};

/// How many parents were found, and by which sign.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Inferred {
    by_name: usize,
    by_quotation: usize,
}

impl Inferred {
    /// Says in one warning how many parents are inferred; nothing where none is.
    pub(super) fn warn(self, builder: &mut ThreadBuilder) {
        let signs = [
            (
                self.by_name,
                "the comment whose author it addresses by name",
            ),
            (self.by_quotation, "the comment whose words it quotes"),
        ];
        let found: Vec<_> = signs
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, sign)| format!("in {count} it is {sign}"))
            .collect();
        if !found.is_empty() {
            let message = format!(
                "the page does not say what some comments answer: {}",
                found.join(", ")
            );
            builder.warn(codes::INFERRED_PARENT, message, None);
        }
    }
}

/// Gives drafts the parent that their words show, among the drafts that were written before: the latest of
/// the author whom a line addresses ("@J. Random Admin"), or else the one with most of the quoted words.
///
/// `is_open` says whether a draft's parent is to be sought, and `may_answer` whether the first draft can
/// answer the second at all. Words of the article are nobody's else. Drafts count in the order of their
/// times where all have one, else in their own.
pub(super) fn parents(
    drafts: &mut [Draft],
    article: Option<&str>,
    is_open: impl Fn(usize) -> bool,
    may_answer: impl Fn(usize, usize) -> bool,
) -> Inferred {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    if drafts.iter().all(|draft| draft.posted.is_some()) {
        order.sort_by_key(|&at| drafts[at].posted);
    }
    let mut earlier = Earlier::new(article);
    let mut inferred = Inferred::default();
    for at in order {
        if is_open(at) {
            let may = |parent: usize| !drafts[parent].id.is_empty() && may_answer(at, parent);
            if let Some((parent, found)) = earlier.answered(&drafts[at], may) {
                let parent = ParentRef::Id(drafts[parent].id.clone());
                // What the page's order says already is stated.
                if parent != drafts[at].parent {
                    match found.by {
                        Sign::Mention => inferred.by_name += 1,
                        Sign::Quotation | Sign::Subject => inferred.by_quotation += 1,
                    }
                    drafts[at].inferred = Some(found);
                    drafts[at].parent = parent;
                }
            }
        }
        earlier.add(at, &drafts[at]);
    }
    inferred
}

/// The comments written so far.
#[derive(Debug, Default)]
struct Earlier {
    /// The comments of each author in order, by [`key`] of the name.
    by_name: HashMap<String, Vec<usize>>,
    /// Keys of the authors by their first names; the latest one to write.
    by_first_name: HashMap<String, String>,
    /// Who wrote a group of words first and next; none stands for the article.
    groups: HashMap<u64, Vec<Option<usize>>>,
    /// Key of each comment's author.
    authors: HashMap<usize, String>,
}

impl Earlier {
    fn new(article: Option<&str>) -> Self {
        let mut earlier = Self::default();
        if let Some(text) = article {
            earlier.add_words(None, text, Span::new(0, text.len()));
        }
        earlier
    }

    fn add(&mut self, at: usize, draft: &Draft) {
        let named = draft.author.as_ref().filter(|author| !author.anonymous);
        if let Some(author) = named {
            let key = key(&author.name);
            if let Some(first) = name_words(&author.name).next()
                && first.chars().count() >= SHORT_NAME
                && first != key
            {
                self.by_first_name.insert(first, key.clone());
            }
            if !key.is_empty() {
                self.by_name.entry(key.clone()).or_default().push(at);
                self.authors.insert(at, key);
            }
        }
        for span in own_words(&draft.body) {
            self.add_words(Some(at), &draft.body.text, span);
        }
    }

    fn add_words(&mut self, holder: Option<usize>, text: &str, span: Span) {
        let words: Vec<_> = words(text, span).collect();
        for group in words.windows(GRAM) {
            let holders = self.groups.entry(gram(group)).or_default();
            if holders.len() < HOLDERS && holders.last() != Some(&holder) {
                holders.push(holder);
            }
        }
    }

    /// The comment that a draft answers, and what shows it.
    fn answered(&self, draft: &Draft, may: impl Fn(usize) -> bool) -> Option<(usize, Inference)> {
        let own = draft.author.as_ref().map(|author| key(&author.name));
        let is_other = |at: usize| {
            self.authors
                .get(&at)
                .is_none_or(|key| own.as_ref() != Some(key))
        };
        let may = |at: usize| is_other(at) && may(at);
        let quoted = self.quoted(&draft.body, &may);
        let lines: Vec<&str> = own_words(&draft.body)
            .flat_map(|span| span.slice(&draft.body.text).lines())
            .filter(|line| !line.trim().is_empty())
            .collect();
        let named = self.named(&lines, &may);
        match (named, quoted) {
            // Of what the one addressed has written, the words quoted tell which is meant.
            (Some(named), Some(quoted))
                if self.authors.get(&named) == self.authors.get(&quoted) =>
            {
                Some((quoted, NAMED))
            }
            (Some(named), _) => Some((named, NAMED)),
            (None, Some(quoted)) => Some((quoted, QUOTED)),
            (None, None) => Some((self.mentioned(lines.first()?, &may)?, MENTIONED)),
        }
    }

    /// The comment of the first author to whom lines say something.
    fn named(&self, lines: &[&str], may: &impl Fn(usize) -> bool) -> Option<usize> {
        let mut called = None;
        for (at, line) in lines.iter().enumerate() {
            let Some(named) = self.addressed(line, may) else {
                continue;
            };
            // Who is called and told nothing before the next one is called comes second.
            let is_call = line.split_whitespace().count() <= 3;
            if is_call
                && lines
                    .get(at + 1)
                    .is_some_and(|next| next.trim_start().starts_with(AT))
            {
                called.get_or_insert(named);
            } else {
                return Some(named);
            }
        }
        called
    }

    /// The latest comment of an author whom a line mentions further on ("I agree with @Ann").
    fn mentioned(&self, line: &str, may: &impl Fn(usize) -> bool) -> Option<usize> {
        let places = line.match_indices(AT).take(TRIES);
        let mut behind_space =
            places.filter(|(at, _)| line[..*at].ends_with(|c: char| c.is_whitespace() || c == '('));
        behind_space.find_map(|(at, _)| self.addressed(&line[at..], may))
    }

    /// The latest comment of the first author whom a line that begins with a mention addresses.
    fn addressed(&self, line: &str, may: &impl Fn(usize) -> bool) -> Option<usize> {
        let line = line.trim_start();
        let named = line
            .get(..3)
            .filter(|start| start.eq_ignore_ascii_case("re:"));
        if !line.starts_with(AT) && named.is_none() {
            return None;
        }
        let mentions = line.split(AT).skip(usize::from(named.is_none()));
        let mentions = mentions.map(|mention| match named {
            Some(named) => mention.strip_prefix(named).unwrap_or(mention),
            None => mention,
        });
        mentions.take(TRIES).find_map(|mention| {
            let of = self.author(mention)?;
            of.iter().rev().take(TRIES).copied().find(|&at| may(at))
        })
    }

    /// The comments of the author whose name a text begins with, the longest name first.
    fn author(&self, mention: &str) -> Option<&Vec<usize>> {
        let words: Vec<_> = name_words(mention).take(NAME_WORDS).collect();
        let full = (1..=words.len())
            .rev()
            .find_map(|count| self.by_name.get(&words[..count].concat()));
        full.or_else(|| self.by_name.get(self.by_first_name.get(words.first()?)?))
    }

    /// The comment that holds most of the words quoted.
    fn quoted(&self, body: &Body, may: &impl Fn(usize) -> bool) -> Option<usize> {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for span in quotations(body) {
            let words: Vec<_> = words(&body.text, span).collect();
            let mut found: BTreeMap<Option<usize>, usize> = BTreeMap::new();
            for group in words.windows(GRAM) {
                for holder in self.groups.get(&gram(group)).into_iter().flatten() {
                    *found.entry(*holder).or_default() += 1;
                }
            }
            let groups = words.len().saturating_sub(GRAM - 1);
            let in_article = found.get(&None).copied().unwrap_or(0);
            for (holder, count) in found {
                // Fewer than half of its groups are turns of phrase that many use.
                let is_quoted = 2 * count >= groups && count > in_article;
                if let Some(holder) = holder.filter(|&holder| is_quoted && may(holder)) {
                    *votes.entry(holder).or_default() += count;
                }
            }
        }
        // Of those who wrote as much of it, the first is the one whose words they are.
        let best = votes
            .into_iter()
            .max_by_key(|&(holder, count)| (count, Reverse(holder)));
        best.map(|(holder, _)| holder)
    }
}

/// The words of a name without case and marks.
fn name_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// What all spellings of a name share.
fn key(name: &str) -> String {
    name_words(name).collect()
}

/// The blocks that are the comment's own words.
fn own_words(body: &Body) -> impl Iterator<Item = Span> {
    let own = body.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::List)
            && marked_words(block.span.slice(&body.text)).is_none_or(|words| {
                // What follows a quotation in its paragraph is one's own.
                words.len() + 16 < block.span.end() - block.span.start()
            })
    });
    own.map(|block| block.span)
}

/// The quotations: quote blocks, and what paragraphs begin with in quotation marks.
fn quotations(body: &Body) -> impl Iterator<Item = Span> {
    body.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Quote => Some(block.span),
        BlockKind::Paragraph => {
            let start = block.span.start();
            let words = marked_words(block.span.slice(&body.text))?;
            Some(Span::new(start, start + words.len()))
        }
        _ => None,
    })
}

/// What a paragraph begins with in quotation marks, the marks included.
fn marked_words(text: &str) -> Option<&str> {
    let mut letters = text.char_indices();
    let open = letters.next()?.1;
    let close = match open {
        '"' => "\"",
        '“' => "”",
        '‘' => "’",
        '„' => "“”",
        '«' => "»",
        '»' => "«",
        _ => return None,
    };
    // A single mark within a word is an apostrophe.
    let is_word = |at: usize| text[at..].chars().nth(1).is_some_and(char::is_alphanumeric);
    let (at, mark) =
        letters.find(|(at, letter)| close.contains(*letter) && !(open == '‘' && is_word(*at)))?;
    Some(&text[..at + mark.len_utf8()])
}

#[cfg(test)]
mod tests;
