//! Stack Exchange's answers: questions, answers and comments, as the API's `items`.
//!
//! The kinds may come in one document, nested in their questions, or in documents one after the other;
//! each question is a thread, whose article it is. Comments are flat: `reply_to_user` or a name behind an
//! `@` says to whom one is written, which means that user's last comment before it on the same post.

mod item;

use super::{
    Feature, Page, Source, Threads, Witness, addressed,
    deep_json::{self, Json, Value},
    recognize::{self, has_key},
};
use crate::{
    error::Result,
    thread::{Article, CommentKind, Draft, ParentRef, Thread, ThreadBuilder, codes},
};
use item::Item;
use std::{
    collections::{HashMap, HashSet},
    io::BufRead,
};

pub(super) static SOURCE: StackExchange = StackExchange;

/// See the module.
#[derive(Debug)]
pub(super) struct StackExchange;

impl Source for StackExchange {
    fn id(&self) -> &'static str {
        "stackexchange"
    }

    fn summary(&self) -> &'static str {
        "questions, answers and comments of Stack Exchange, as its API gives them, as JSON"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Scores,
            Feature::Paging,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        recognize::json(head).is_some_and(|json| {
            let has = |key: &str| has_key(&json, key);
            let is_item =
                has("question_id") || has("answer_id") || has("comment_id") && has("post_id");
            has("items") && is_item && has("owner") && has("creation_date")
        })
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        deep_json::threads(input, read)
    }
}

/// What the input tells of one question.
#[derive(Debug, Default)]
struct Question<'d> {
    item: Option<Value<'d>>,
    answers: Vec<Item<'d>>,
    comments: Vec<Item<'d>>,
}

/// The questions in the order of their first mention.
#[derive(Debug, Default)]
struct Questions<'d> {
    questions: Vec<(&'d str, Question<'d>)>,
    by_id: HashMap<&'d str, usize>,
    /// The question of each answer.
    of_answer: HashMap<&'d str, &'d str>,
    /// Comments whose post's question may come later in the input.
    comments: Vec<Item<'d>>,
    seen: HashSet<(CommentKind, &'d str)>,
}

impl<'d> Questions<'d> {
    fn of(&mut self, id: &'d str) -> &mut Question<'d> {
        let at = *self.by_id.entry(id).or_insert(self.questions.len());
        if at == self.questions.len() {
            self.questions.push((id, Question::default()));
        }
        &mut self.questions[at].1
    }

    /// Takes an item for what it is, with the items nested in it; nesting is two deep at the most.
    fn take(&mut self, value: Value<'d>) {
        if let Some(id) = value.id("comment_id") {
            if self.seen.insert((CommentKind::Comment, id)) {
                self.comments.push(Item::comment(value, None));
            }
        } else if value.id("answer_id").is_some() {
            self.take_answer(value, None);
        } else if let Some(id) = value.id("question_id") {
            let question = self.of(id);
            question.item = question.item.or(Some(value));
            self.take_comments(value, id);
            for answer in value.list("answers") {
                self.take_answer(answer, Some(id));
            }
        }
    }

    fn take_answer(&mut self, value: Value<'d>, question: Option<&'d str>) {
        let Some(id) = value.id("answer_id") else {
            return;
        };
        // An answer that names no question is a thread of its own.
        let question = value.id("question_id").or(question).unwrap_or(id);
        if self.seen.insert((CommentKind::Answer, id)) {
            self.of_answer.insert(id, question);
            self.of(question).answers.push(Item::answer(value));
        }
        self.take_comments(value, id);
    }

    fn take_comments(&mut self, value: Value<'d>, post: &'d str) {
        for comment in value.list("comments") {
            let id = comment.id("comment_id").unwrap_or_default();
            if id.is_empty() || self.seen.insert((CommentKind::Comment, id)) {
                self.comments.push(Item::comment(comment, Some(post)));
            }
        }
    }

    /// Gives each comment to its post's question.
    fn settle(&mut self) {
        for comment in std::mem::take(&mut self.comments) {
            let Some(post) = comment.post else {
                continue;
            };
            let question = self.of_answer.get(post).copied();
            let question = question.or_else(|| comment.question_in_link());
            self.of(question.unwrap_or(post)).comments.push(comment);
        }
    }
}

fn read(page: &Page, json: &Json<'_>) -> Result<Vec<Thread>> {
    let mut questions = Questions::default();
    let mut has_more = false;
    for root in json.documents() {
        has_more |= root.flag("has_more");
        for list in [Some(root), root.get("items")].into_iter().flatten() {
            list.items().for_each(|value| questions.take(value));
        }
        questions.take(root);
    }
    questions.settle();
    if questions.questions.is_empty() {
        let remedy = "give an answer with questions, answers or comments in `items`";
        return Err(json.lacking("the JSON holds no question of Stack Exchange", remedy));
    }
    let threads = questions.questions.iter().map(|(id, question)| {
        let mut builder = question.start(id);
        page.warn_if_damaged(&mut builder);
        json.warn_if_broken(&mut builder);
        question.warn_if_partial(has_more, &mut builder);
        question.warn_if_without_texts(&mut builder);
        question.push_all(id, &mut builder);
        builder.build()
    });
    Ok(threads.collect())
}

impl<'d> Question<'d> {
    fn start(&self, id: &str) -> ThreadBuilder {
        let title = self
            .item
            .and_then(|item| item.text("title"))
            .map(item::unescaped);
        let url = self
            .item
            .and_then(|item| item.text("link"))
            .map(str::to_owned);
        let mut builder = ThreadBuilder::new(SOURCE.id(), id);
        builder.article(self.item.map(|item| {
            let text = item::body(item).text;
            Article {
                title: title.clone(),
                url: url.clone(),
                text: Some(text).filter(|text| !text.is_empty()),
            }
        }));
        builder.url(url);
        builder.title(title);
        builder
    }

    fn warn_if_partial(&self, has_more: bool, builder: &mut ThreadBuilder) {
        let counted = self.item.and_then(|item| item.integer("answer_count"));
        let held = self.answers.len();
        if let Some(counted) = counted.filter(|&counted| counted > held as i64) {
            let message = format!("the question has {counted} answers and the input holds {held}");
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        } else if has_more && counted.is_none() {
            let message = "the answer has further pages (`has_more`)";
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
    }

    /// The API leaves texts out unless it is asked for them.
    fn warn_if_without_texts(&self, builder: &mut ThreadBuilder) {
        let items = self.answers.iter().chain(&self.comments);
        let lacks = |item: &&Item<'_>| {
            item.value.get("body").is_none() && item.value.get("body_markdown").is_none()
        };
        let count = items.filter(lacks).count();
        if count > 0 {
            let message = format!(
                "{count} answers or comments have no text; ask the API with `filter=withbody` to have them"
            );
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
    }

    /// Adds the question's comments, then each answer with its comments.
    fn push_all(&self, id: &str, builder: &mut ThreadBuilder) {
        let answers: HashSet<&str> = self.answers.iter().filter_map(|answer| answer.id).collect();
        // Comments and answers are counted apart, so that an id may occur twice.
        let name = |id: &str| match answers.contains(id) {
            true => format!("comment-{id}"),
            false => id.to_owned(),
        };
        let mut comments: HashMap<&str, Vec<&Item<'d>>> = HashMap::new();
        for comment in &self.comments {
            comments
                .entry(comment.post.unwrap_or(id))
                .or_default()
                .push(comment);
        }
        let mut push_comments = |post: &str, above: &ParentRef, builder: &mut ThreadBuilder| {
            let comments = comments.remove(post).unwrap_or_default();
            let mut drafts: Vec<_> = comments
                .into_iter()
                .map(|comment| {
                    let (draft, odd) = comment.draft(name(comment.id.unwrap_or_default()));
                    (draft, odd, comment.to())
                })
                .collect();
            drafts.sort_by_cached_key(|(draft, _, _)| {
                (draft.posted, draft.id.len(), draft.id.clone())
            });
            let parents = addressed::parents(drafts.iter().map(|(draft, _, to)| (draft, *to)));
            let parents: Vec<_> = parents
                .into_iter()
                .map(|id| id.map_or_else(|| above.clone(), |id| ParentRef::Id(id.to_owned())))
                .collect();
            for ((draft, odd, _), parent) in drafts.into_iter().zip(parents) {
                push(Draft { parent, ..draft }, odd, builder);
            }
        };
        push_comments(id, &ParentRef::Root, builder);
        for answer in &self.answers {
            let id = answer.id.unwrap_or_default();
            let (draft, odd) = answer.draft(id.to_owned());
            push(draft, odd, builder);
            push_comments(id, &ParentRef::Id(id.to_owned()), builder);
        }
        // What is left was written to answers that the input lacks.
        for comment in &self.comments {
            let post = comment.post.unwrap_or(id);
            let above = ParentRef::Missing {
                id: Some(post.to_owned()),
                depth: 1,
            };
            push_comments(post, &above, builder);
        }
    }
}

/// Adds a comment with what was odd about it.
fn push(draft: Draft, odd: Vec<String>, builder: &mut ThreadBuilder) {
    let idx = builder.push(draft);
    for message in odd {
        builder.warn(codes::BAD_VALUE, message, Some(idx));
    }
}

#[cfg(test)]
mod tests;
