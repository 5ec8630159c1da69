//! Finds the comment that a comment of a flat list answers: the last one before it by the user to whom it
//! is written, as Stack Exchange means it.

use crate::thread::Draft;
use std::collections::HashMap;

/// Letters of a name from which it stands for the whole.
const SHORT_NAME: usize = 3;
/// Authors among whom half a name is looked for, those who wrote last.
const RECENT: usize = 64;

/// The id of the comment that each comment answers; they come in the order of their times, each with the
/// id of the user to whom the board says it is written.
pub(super) fn parents<'a>(
    comments: impl IntoIterator<Item = (&'a Draft, Option<&'a str>)>,
) -> Vec<Option<&'a str>> {
    let mut earlier = Earlier::default();
    let mut parents = Vec::new();
    for (comment, to) in comments {
        let own = name(comment);
        parents.push(match to {
            // Where that user has no comment before, it is written to the post.
            Some(user) => earlier.by_user.get(user).copied(),
            None => earlier.mentioned(&comment.body.text, &own),
        });
        earlier.add(comment, own);
    }
    parents
}

/// The comments so far: the last one of each author.
#[derive(Debug, Default)]
struct Earlier<'a> {
    by_user: HashMap<&'a str, &'a str>,
    by_name: HashMap<String, &'a str>,
    /// Authors in the order of their last comments.
    recent: Vec<String>,
}

impl<'a> Earlier<'a> {
    fn add(&mut self, comment: &'a Draft, name: String) {
        let user = comment
            .author
            .as_ref()
            .and_then(|author| author.id.as_deref());
        if let Some(user) = user {
            self.by_user.insert(user, &comment.id);
        }
        if !name.is_empty() {
            self.recent.retain(|other| *other != name);
            self.recent.push(name.clone());
            if self.recent.len() > RECENT {
                self.recent.remove(0);
            }
            self.by_name.insert(name, &comment.id);
        }
    }

    /// The last comment of the first author whom the text mentions in full or by the first letters.
    fn mentioned(&self, text: &str, own: &str) -> Option<&'a str> {
        text.match_indices('@').find_map(|(at, _)| {
            let before = text[..at].chars().next_back();
            if before.is_some_and(char::is_alphanumeric) {
                return None;
            }
            let word = text[at + 1..].chars();
            let word: String = word
                .take_while(|c| c.is_alphanumeric() || "-_.'".contains(*c))
                .collect();
            let word = squeezed(word.trim_end_matches(['.', '\'', '-']));
            if word.is_empty() || word == own {
                return None;
            }
            let in_full = self.by_name.get(&word);
            let begun = || {
                let is_long = word.chars().count() >= SHORT_NAME;
                let mut recent = self.recent.iter().rev().filter(|name| *name != own);
                let name = recent.find(|name| is_long && name.starts_with(&word))?;
                self.by_name.get(name)
            };
            in_full.or_else(begun).copied()
        })
    }
}

/// The name of a comment's author as others write it; empty where there is none.
fn name(comment: &Draft) -> String {
    let author = comment.author.as_ref();
    author
        .map(|author| squeezed(&author.name))
        .unwrap_or_default()
}

/// A name without spaces and case.
fn squeezed(name: &str) -> String {
    name.split_whitespace().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{text::plain, thread::Author};

    fn found(comments: &[(&str, &str, Option<&str>)]) -> Vec<Option<usize>> {
        let drafts: Vec<_> = comments
            .iter()
            .enumerate()
            .map(|(at, (name, text, _))| Draft {
                id: at.to_string(),
                author: Some(Author {
                    name: (*name).to_owned(),
                    id: Some(format!("u{name}")),
                    ..Author::default()
                }),
                body: plain::body(text),
                ..Draft::default()
            })
            .collect();
        let with = drafts.iter().zip(comments.iter().map(|(_, _, to)| *to));
        let parents = parents(with).into_iter();
        parents
            .map(|id| id.and_then(|id| id.parse().ok()))
            .collect()
    }

    #[test]
    fn the_last_comment_of_the_one_addressed() {
        let comments = [
            ("Ada Example", "mail me@example.org", None),
            ("bob", "@AdaExample: no", None),
            ("Ada Example", "@ada is me, @bob.", None),
            ("kex", "@Ada, why?", None),
            ("bob", "as you say", Some("ukex")),
            ("kex", "@nobody @bo", Some("uowner")),
            ("zed", "@bobby", None),
        ];
        let expected = [None, Some(0), Some(1), Some(2), Some(3), None, None];
        assert_eq!(found(&comments), expected);
    }
}
