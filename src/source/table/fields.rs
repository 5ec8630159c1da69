//! Which column of a table holds what.

use crate::{
    error::{Error, ErrorKind, Result},
    source::Columns,
};

/// The place of each field's column, in the order of [`Columns::FIELDS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fields([Option<usize>; 8]);

/// A field by its place in [`Columns::FIELDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Parent,
    Text,
    Author,
    Posted,
    Score,
    Thread,
    Title,
}

/// The usual names of columns, the surest first, in the order of [`Columns::FIELDS`].
const USUAL: [&[&str]; 8] = [
    &[
        "id",
        "comment_id",
        "commentid",
        "post_id",
        "postid",
        "message_id",
        "msg_id",
        "utterance_id",
    ],
    &[
        "parent",
        "parent_id",
        "parentid",
        "parent_comment_id",
        "reply_to",
        "replyto",
        "in_reply_to",
        "in_reply_to_id",
        "in_reply_to_status_id",
        "reply_to_id",
    ],
    &[
        "text",
        "body",
        "comment",
        "content",
        "message",
        "comment_text",
        "comment_body",
        "post_text",
    ],
    &[
        "author",
        "user",
        "username",
        "user_name",
        "author_name",
        "speaker",
        "name",
        "from",
    ],
    &[
        "posted",
        "created_utc",
        "created_at",
        "created",
        "timestamp",
        "date",
        "datetime",
        "time",
        "published",
        "published_at",
    ],
    &["score", "points", "votes", "likes", "karma", "upvotes"],
    &[
        "thread",
        "thread_id",
        "threadid",
        "conversation_id",
        "link_id",
        "submission_id",
        "discussion_id",
        "topic_id",
        "story_id",
        "article_id",
    ],
    &["title", "thread_title", "subject", "headline"],
];

impl Fields {
    /// The columns whose names are usual; none unless ids and texts are among them.
    pub(super) fn guess(header: &[String]) -> Option<Self> {
        let names: Vec<String> = header
            .iter()
            .map(|name| name.trim().to_ascii_lowercase())
            .collect();
        let place = |usual: &[&str]| {
            usual
                .iter()
                .find_map(|usual| names.iter().position(|name| name == usual))
        };
        let fields = Self(USUAL.map(place));
        (fields.get(Field::Id).is_some() && fields.get(Field::Text).is_some()).then_some(fields)
    }

    /// The columns that the user names.
    pub(super) fn named(header: &[String], columns: &Columns) -> Result<Self> {
        let mut fields = Self::default();
        for (slot, name) in fields.0.iter_mut().zip(columns.fields()) {
            let Some(name) = name else { continue };
            let exact = header.iter().position(|column| column.trim() == name);
            let place = exact.or_else(|| {
                header
                    .iter()
                    .position(|column| column.trim().eq_ignore_ascii_case(name))
            });
            *slot = Some(place.ok_or_else(|| {
                let cause = format!("the table has no column {name:?}");
                Error::new(ErrorKind::Malformed, cause)
                    .remedy(format!("its columns are {}", header.join(", ")))
            })?);
        }
        Ok(fields)
    }

    pub(super) fn get(&self, field: Field) -> Option<usize> {
        self.0.get(field as usize).copied().flatten()
    }

    /// How many columns a row must have to say what is said and who is answered.
    pub(super) fn least(&self) -> usize {
        let needed = [Field::Id, Field::Parent, Field::Text, Field::Thread];
        let last = needed.into_iter().filter_map(|field| self.get(field)).max();
        last.map_or(0, |last| last + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn usual_names_are_known_in_any_case() {
        let fields = Fields::guess(&header("Comment_ID, Body,x,Reply_To,created_utc,link_id"))
            .expect("fields");
        assert_eq!(fields.get(Field::Text), Some(1));
        assert_eq!(fields.get(Field::Thread), Some(5));
        assert_eq!((fields.get(Field::Title), fields.least()), (None, 6));
        assert_eq!(Fields::guess(&header("id,author")), None);
        assert_eq!(Fields::guess(&header("text,author")), None);
    }

    #[test]
    fn named_columns_must_be_there() {
        let columns = Columns::parse("text=B,id=a").expect("columns");
        let fields = Fields::named(&header("b,B,A"), &columns).expect("fields");
        assert_eq!(
            (fields.get(Field::Text), fields.get(Field::Id)),
            (Some(1), Some(2))
        );
        let error = Fields::named(&header("x,y"), &columns)
            .expect_err("no column")
            .to_string();
        assert!(
            error.ends_with("no column \"a\"; its columns are x, y"),
            "{error}"
        );
    }
}
