//! Comments and submissions as Reddit's JSON has them: answers of every year, and dumps.

use super::{HOST, author, badge, bare, notice, parent, state_of, unescape};
use crate::{
    source::{deep_json::Value, time},
    text::{Body, html, plain},
    thread::{Article, Draft, ParentRef, Score, State},
};
use std::borrow::Cow;

/// What an object of the board is.
#[derive(Debug, Clone, Copy)]
pub(in crate::source) enum Thing<'a> {
    /// A comment.
    Comment(Value<'a>),
    /// A submission, which comments comment on.
    Link(Value<'a>),
    /// A stub for comments that were not loaded.
    More(Value<'a>),
}

impl<'a> Thing<'a> {
    /// What a value is, wrapped in its kind as answers have it, or bare as dumps have it.
    pub(in crate::source) fn of(value: Value<'a>) -> Option<Self> {
        if !value.is_object() {
            return None;
        }
        let wrapped = value.get("data").filter(|data| data.is_object());
        if let (Some(kind), Some(data)) = (value.get("kind").and_then(Value::string), wrapped) {
            return match kind {
                "t1" => Some(Self::Comment(data)),
                "t3" => Some(Self::Link(data)),
                "more" => Some(Self::More(data)),
                _ => None,
            };
        }
        let has = |key: &str| value.get(key).is_some();
        match () {
            () if !has("id") => None,
            () if has("link_id") && (has("body") || has("body_html") || has("parent_id")) => {
                Some(Self::Comment(value))
            }
            () if has("title")
                && has("subreddit")
                && (has("num_comments") || has("selftext") || has("is_self")) =>
            {
                Some(Self::Link(value))
            }
            () => None,
        }
    }
}

/// A word of an object, under any of these names.
fn word<'a>(object: Value<'a>, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| object.get(name)?.word())
}

/// The id of an object.
pub(in crate::source) fn id(object: Value<'_>) -> Option<String> {
    let id = word(object, &["id", "name"])?;
    Some(bare(id).to_owned()).filter(|id| !id.is_empty())
}

/// The id of the submission that a comment belongs to.
pub(in crate::source) fn link_id(comment: Value<'_>) -> Option<String> {
    let named = word(comment, &["link_id", "link"]).map(|id| bare(id).to_owned());
    let answered = || {
        let parent = comment.get("parent_id")?.string()?;
        parent.starts_with("t3_").then(|| bare(parent).to_owned())
    };
    named.or_else(answered).filter(|id| !id.is_empty())
}

/// What an object answers; `above` is the comment in whose replies it stands.
pub(in crate::source) fn answered(object: Value<'_>, above: Option<&str>) -> ParentRef {
    let stated = object.get("parent_id").or_else(|| object.get("parent"));
    match stated.and_then(|stated| Some((stated, stated.word()?))) {
        // The oldest dumps write the id as a number of base 10, without saying of what.
        Some((stated, number)) if stated.is_number() => {
            let id = number.parse().ok().map(base36);
            match id.filter(|id| Some(id) != link_id(object).as_ref()) {
                Some(id) => ParentRef::Id(id),
                None => ParentRef::Root,
            }
        }
        Some((_, name)) => parent(name),
        None => above.map_or(ParentRef::Root, |id| ParentRef::Id(id.to_owned())),
    }
}

/// A number in the digits of the board's ids.
fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = (number % 36) as u8;
        digits.push(char::from(if digit < 10 {
            b'0' + digit
        } else {
            b'a' + digit - 10
        }));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// A comment, and what could not be read of it.
pub(in crate::source) fn comment(object: Value<'_>, above: Option<&str>) -> (Draft, Vec<String>) {
    let mut odd = Vec::new();
    let mut time = |name: &str| {
        let text = object.get(name)?.word()?;
        let read = time::parse(text);
        if read.is_none() {
            odd.push(format!(
                "`{name}` is `{text}`, which is no time, and was left out"
            ));
        }
        read
    };
    let (posted, edited) = (time("created_utc"), time("edited"));
    let (state, body) = state_of(body(object));
    let state = match state {
        State::Live if body.text.is_empty() => removal(object).unwrap_or(State::Live),
        State::Live if object.flag("collapsed") => State::Collapsed,
        state => state,
    };
    let draft = Draft {
        id: id(object).unwrap_or_default(),
        parent: answered(object, above),
        author: author(
            word(object, &["author"]).unwrap_or_default(),
            word(object, &["author_fullname"]),
            marks(object),
        ),
        posted,
        edited,
        score: score(object),
        state,
        body,
        ..Draft::default()
    };
    (draft, odd)
}

/// What an archive says has become of a comment that has no text.
fn removal(object: Value<'_>) -> Option<State> {
    let kind = object.path(&["_meta", "removal_type"])?.string()?;
    Some(match kind {
        "deleted" => State::Deleted,
        _ => State::Removed,
    })
}

/// The author's badge: the ranks in which they speak, and whether the comment is pinned.
fn marks(object: Value<'_>) -> Option<String> {
    let rank = object
        .get("distinguished")
        .and_then(Value::string)
        .unwrap_or_default();
    badge(&[
        (!rank.is_empty(), rank),
        (object.flag("is_submitter"), "submitter"),
        (object.flag("stickied"), "stickied"),
    ])
}

fn score(object: Value<'_>) -> Option<Score> {
    if object.flag("score_hidden") {
        return None;
    }
    let (up, down) = (
        object.integer("ups"),
        object.integer("downs").filter(|&down| down != 0),
    );
    let points = object
        .integer("score")
        .or_else(|| Some(up?.saturating_sub(down.unwrap_or(0))))?;
    Some(Score {
        points: Some(points),
        // Without votes against, `ups` only repeats the points.
        up: up.filter(|_| down.is_some()),
        down,
        label: None,
    })
}

/// The text of a comment: the board's HTML where the object has it, else Markdown as plain text.
fn body(object: Value<'_>) -> Body {
    match word(object, &["body_html", "contentHTML"]) {
        Some(source) => from_html(source),
        None => from_markdown(word(object, &["body", "contentText"]).unwrap_or_default()),
    }
}

/// HTML, which answers escape once more unless they are asked not to.
pub(in crate::source) fn from_html(source: &str) -> Body {
    let source = match source.trim_start().starts_with("&lt;") {
        true => Cow::Owned(unescape(source)),
        false => Cow::Borrowed(source),
    };
    let (page, _) = html::parse_document(&source);
    html::body(page.root_element())
}

/// Markdown, in which the board escapes `&`, `<` and `>`, and authors may write entities.
pub(in crate::source) fn from_markdown(source: &str) -> Body {
    if !source.contains('&') {
        return plain::body(source);
    }
    let written = source
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    plain::body(&unescape(&written))
}

/// What is known of a thread besides its comments.
#[derive(Debug, Default)]
pub(in crate::source) struct Frame {
    pub(in crate::source) url: Option<String>,
    pub(in crate::source) title: Option<String>,
    pub(in crate::source) article: Option<Article>,
}

impl Frame {
    /// What a submission says.
    pub(in crate::source) fn of_link(link: Value<'_>) -> Self {
        let title = title(word(link, &["title"]));
        let url = word(link, &["permalink"]).map(absolute);
        let text = word(link, &["selftext_html"])
            .map(|source| from_html(source).text)
            .or_else(|| word(link, &["selftext"]).map(|source| from_markdown(source).text));
        let text = text.filter(|text| !text.is_empty() && notice(text).is_none());
        let outside =
            word(link, &["url_overridden_by_dest", "url"]).map(|url| absolute(&unescape(url)));
        let article = Article {
            title: title.clone(),
            url: outside.or_else(|| url.clone()),
            text,
        };
        Self {
            url,
            title,
            article: Some(article),
        }
    }

    /// What a comment says of the submission above it.
    pub(in crate::source) fn of_comment(comment: Value<'_>) -> Self {
        let title = title(word(comment, &["link_title"]));
        let url = word(comment, &["link_permalink"])
            .map(absolute)
            .or_else(|| thread_address(word(comment, &["permalink"])?));
        let outside = word(comment, &["link_url"]).map(|url| absolute(&unescape(url)));
        let article = (title.is_some() || outside.is_some()).then(|| Article {
            title: title.clone(),
            url: outside,
            text: None,
        });
        Self {
            url,
            title,
            article,
        }
    }
}

fn title(text: Option<&str>) -> Option<String> {
    let text = unescape(text?)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    (!text.is_empty()).then_some(text)
}

/// An address on the board, written with or without its host.
pub(in crate::source) fn absolute(path: &str) -> String {
    match path.starts_with('/') {
        true => format!("{HOST}{path}"),
        false => path.to_owned(),
    }
}

/// The address of the thread in that of a comment: `/r/SUB/comments/LINK/WORDS/` without the comment's id.
pub(in crate::source) fn thread_address(permalink: &str) -> Option<String> {
    let path = permalink.split(['?', '#']).next()?.trim_end_matches('/');
    let (before, behind) = path.split_once("/comments/")?;
    let parts: Vec<_> = behind.split('/').collect();
    let slug = match parts[..] {
        [link] | [link, "comment", _] => link.to_owned(),
        [link, words, ..] => format!("{link}/{words}"),
        [] => return None,
    };
    Some(absolute(&format!("{before}/comments/{slug}/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::deep_json::Json;

    fn read(text: &str) -> Draft {
        let json = Json::all(text);
        let value = json.documents().next().expect("a document");
        comment(value, None).0
    }

    #[test]
    fn a_comment_with_all_its_fields() {
        let draft = read(
            r#"{"id": "c2", "parent_id": "t1_c1", "author": "ada", "author_fullname": "t2_x", "created_utc": "1536256980",
               "edited": 1536257000.0, "score": 7, "ups": 9, "downs": 2, "distinguished": "moderator",
               "is_submitter": true, "stickied": true,
               "body_html": "&lt;div class=\"md\"&gt;&lt;p&gt;a &amp;amp; b&lt;/p&gt;&lt;/div&gt;"}"#,
        );
        assert_eq!(
            (draft.id.as_str(), draft.parent),
            ("c2", ParentRef::Id("c1".into()))
        );
        let author = draft.author.unwrap();
        assert_eq!(author.id.as_deref(), Some("x"));
        assert_eq!(
            author.badge.as_deref(),
            Some("moderator, submitter, stickied")
        );
        assert_eq!(
            draft.posted.map(jiff::Timestamp::as_second),
            Some(1_536_256_980)
        );
        assert_eq!(
            draft.edited.map(jiff::Timestamp::as_second),
            Some(1_536_257_000)
        );
        let score = draft.score.unwrap();
        assert_eq!(
            (score.points, score.up, score.down),
            (Some(7), Some(9), Some(2))
        );
        assert_eq!(draft.body.text, "a & b");
    }

    #[test]
    fn markdown_loses_both_layers_of_entities() {
        let draft = read(r#"{"id": "1", "body": "&gt; 2 &lt; 3\n\n&amp;#x200B;R&amp;D"}"#);
        assert_eq!(draft.body.text, "> 2 < 3\n\n\u{200b}R&D");
        assert_eq!(draft.body.blocks[0].kind, crate::text::BlockKind::Quote);
    }

    #[test]
    fn states() {
        for (fields, state) in [
            (
                r#""body": "[deleted]", "author": "[deleted]""#,
                State::Deleted,
            ),
            (r#""body": "[removed]", "collapsed": true"#, State::Removed),
            (
                r#""body": "", "_meta": {"removal_type": "removed by reddit"}"#,
                State::Removed,
            ),
            (r#""body": "low", "collapsed": true"#, State::Collapsed),
            (
                r#""body": "still here", "author": "[deleted]""#,
                State::Live,
            ),
        ] {
            let draft = read(&format!(r#"{{"id": "1", {fields}}}"#));
            assert_eq!(draft.state, state, "{fields}");
            assert_eq!(draft.author, None);
        }
    }

    #[test]
    fn parents_written_as_numbers() {
        assert_eq!(base36(0), "0");
        let answer = read(r#"{"id": "c2", "link_id": "t3_zz", "parent_id": 1295}"#);
        assert_eq!(answer.parent, ParentRef::Root);
        let reply = read(r#"{"id": "c2", "link_id": "t3_zz", "parent_id": 1294}"#);
        assert_eq!(reply.parent, ParentRef::Id("zy".into()));
    }

    #[test]
    fn a_bad_time_costs_itself_alone() {
        let json = Json::all(r#"{"id": "1", "created_utc": "soon", "edited": false, "body": "x"}"#);
        let (draft, odd) = comment(json.documents().next().unwrap(), None);
        assert_eq!(
            (draft.posted, draft.body.text.as_str(), odd.len()),
            (None, "x", 1)
        );
    }

    #[test]
    fn addresses_of_threads() {
        for (comment, thread) in [
            (
                "/r/x/comments/9l/some_words/e7/",
                "https://www.reddit.com/r/x/comments/9l/some_words/",
            ),
            (
                "https://old.reddit.com/r/x/comments/9l/w/e7/?context=3",
                "https://old.reddit.com/r/x/comments/9l/w/",
            ),
            (
                "/r/x/comments/9l/comment/e7/",
                "https://www.reddit.com/r/x/comments/9l/",
            ),
        ] {
            assert_eq!(thread_address(comment).as_deref(), Some(thread));
        }
    }
}
