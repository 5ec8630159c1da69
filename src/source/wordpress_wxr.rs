//! Exports of WordPress blogs (WXR): a thread for each post that has comments.

use super::{
    Feature, Source, Threads, Witness,
    fields::html_body,
    recognize, time, wordpress,
    xml::{Record, Step, Xml},
};
use crate::{
    error::{Error, ErrorKind, Result},
    thread::{Article, CommentIdx, Draft, ParentRef, State, Thread, ThreadBuilder, codes},
};
use std::io::BufRead;

pub(super) static SOURCE: WordpressWxr = WordpressWxr;

/// See the module.
#[derive(Debug)]
pub(super) struct WordpressWxr;

impl Source for WordpressWxr {
    fn id(&self) -> &'static str {
        "wordpress-wxr"
    }

    fn summary(&self) -> &'static str {
        "an export of a WordPress blog (WXR), a thread for each post"
    }

    fn reads(&self) -> &'static [Feature] {
        &[
            Feature::Tree,
            Feature::Authors,
            Feature::Times,
            Feature::Deleted,
        ]
    }

    fn witness(&self) -> Witness {
        Witness::Capture
    }

    fn detect(&self, head: &[u8]) -> bool {
        let Some(text) = recognize::html(head) else {
            return false;
        };
        text.contains("<rss") && text.contains("wordpress.org/export/")
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        Box::new(Posts {
            xml: Xml::new(input),
            found: false,
            ended: false,
        })
    }
}

/// The threads of an export.
struct Posts<'a> {
    xml: Xml<'a>,
    /// Whether any thread was found.
    found: bool,
    ended: bool,
}

impl Iterator for Posts<'_> {
    type Item = Result<Thread>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.xml.step() {
                Step::Start(name, _) if name == "item" => {
                    let post = Post::read(&mut self.xml);
                    if !post.comments.is_empty() {
                        self.found = true;
                        return Some(Ok(post.thread(&self.xml)));
                    }
                }
                Step::Eof => self.ended = true,
                _ => {}
            }
        }
        if self.found {
            return None;
        }
        self.found = true;
        let (cause, remedy) = match self.xml.broken() {
            Some(broken) => (
                format!("the export is broken: {broken}"),
                "export the blog again",
            ),
            None => (
                "the export holds no comment".to_owned(),
                "export all content, not pages or media alone",
            ),
        };
        Some(Err(Error::new(ErrorKind::Malformed, cause).remedy(remedy)))
    }
}

/// A post with its comments.
#[derive(Default)]
struct Post {
    id: Option<String>,
    title: Option<String>,
    url: Option<String>,
    text: Option<String>,
    comments: Vec<Record>,
}

impl Post {
    /// Reads on to the end of the post that has just begun.
    fn read(xml: &mut Xml<'_>) -> Self {
        let mut post = Self::default();
        loop {
            match xml.step() {
                Step::Start(name, id) => {
                    let record = xml.record(&name, id);
                    let text = record.text("").map(str::to_owned);
                    match name.as_str() {
                        "comment" => post.comments.push(record),
                        "post_id" => post.id = text,
                        "title" => post.title = text,
                        "link" => post.url = text,
                        "content:encoded" => post.text = text,
                        _ => {}
                    }
                }
                Step::End(name) if name == "item" => return post,
                Step::Eof => return post,
                _ => {}
            }
        }
    }

    fn thread(self, xml: &Xml<'_>) -> Thread {
        let id = self.id.or_else(|| self.url.clone());
        let mut builder = ThreadBuilder::new(SOURCE.id(), id.unwrap_or_else(|| "post".to_owned()));
        builder.url(self.url.clone());
        builder.title(self.title.clone());
        let text = self.text.map(|text| wordpress::stored_body(&text).text);
        builder.article(Some(Article {
            title: self.title,
            url: self.url,
            text: text.filter(|text| !text.is_empty()),
        }));
        if let Some(at) = xml.replaced() {
            let message = format!("bytes that are not UTF-8 were replaced, the first at byte {at}");
            builder.warn(codes::INVALID_UTF8, message, None);
        }
        if let Some(broken) = xml.broken() {
            let message = format!("the export breaks off here: {broken}");
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        for (at, comment) in self.comments.iter().enumerate() {
            let draft = draft(comment);
            let date = comment
                .text("comment_date_gmt")
                .or_else(|| comment.text("comment_date"));
            if let (None, Some(date)) = (draft.posted, date) {
                let message = format!("comment {} has the time `{date}`, which is none", at + 1);
                builder.warn(codes::BAD_VALUE, message, Some(CommentIdx::new(at)));
            }
            builder.push(draft);
        }
        builder.build()
    }
}

fn draft(comment: &Record) -> Draft {
    let state = wordpress::state(comment.text("comment_approved").unwrap_or("1"));
    let parent = comment.text("comment_parent").filter(|id| *id != "0");
    let instant = |path| comment.text(path).and_then(time::parse);
    let name = comment
        .text("comment_author")
        .map(|name| html_body(name).text);
    let body = match state {
        State::Removed => None,
        _ => comment.text("comment_content"),
    };
    Draft {
        id: comment.text("comment_id").unwrap_or_default().to_owned(),
        parent: parent.map_or(ParentRef::Root, |id| ParentRef::Id(id.to_owned())),
        author: Some(wordpress::author(
            name.as_deref(),
            comment.text("comment_user_id"),
        )),
        posted: instant("comment_date_gmt").or_else(|| instant("comment_date")),
        state,
        kind: wordpress::kind(comment.text("comment_type").unwrap_or_default()),
        body: body.map(wordpress::stored_body).unwrap_or_default(),
        ..Draft::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::{CommentKind, Parent};

    fn read(text: &str) -> Vec<Result<Thread>> {
        assert!(SOURCE.detect(text.as_bytes()));
        let bytes = std::io::Cursor::new(text.as_bytes().to_vec());
        SOURCE.threads(Box::new(bytes)).collect()
    }

    const HEAD: &str = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>\
        <rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>Blog</title>";

    #[test]
    fn each_post_with_comments_is_a_thread() {
        let threads = read(&format!(
            "{HEAD}<item><title>Empty</title><wp:post_id>1</wp:post_id></item>
             <item><title>Keys &amp; locks</title><link>https://b.example/keys/</link><wp:post_id>2</wp:post_id>
             <content:encoded><![CDATA[Keys leak.]]></content:encoded><excerpt:encoded/>
             <wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author><![CDATA[Ann &amp; Co]]></wp:comment_author>
             <wp:comment_date>2020-01-02 05:04:05</wp:comment_date><wp:comment_date_gmt>2020-01-02 03:04:05</wp:comment_date_gmt>
             <wp:comment_content><![CDATA[One &amp; &b;
two

three]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent>
             <wp:comment_user_id>0</wp:comment_user_id><wp:commentmeta><wp:meta_key>comment_id</wp:meta_key></wp:commentmeta></wp:comment>
             <wp:comment><wp:comment_id>6</wp:comment_id><wp:comment_approved>spam</wp:comment_approved>
             <wp:comment_content>buy</wp:comment_content><wp:comment_parent>5</wp:comment_parent></wp:comment>
             <wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_author>Site</wp:comment_author><wp:comment_type>pingback</wp:comment_type>
             <wp:comment_date>soon</wp:comment_date><wp:comment_parent>99</wp:comment_parent></wp:comment></item></channel></rss>"
        ));
        let [Ok(thread)] = threads.as_slice() else {
            panic!("{threads:?}")
        };
        assert_eq!(
            (thread.id.as_str(), thread.title.as_deref()),
            ("2", Some("Keys & locks"))
        );
        let article = thread.article.as_ref().unwrap();
        assert_eq!(article.text.as_deref(), Some("Keys leak."));
        let [ann, spam, ping] = thread.comments.as_slice() else {
            panic!("three comments")
        };
        assert_eq!(ann.author.as_ref().unwrap().name, "Ann & Co");
        assert_eq!(ann.body.text, "One & &b;\ntwo\n\nthree");
        assert_eq!(ann.posted, "2020-01-02T03:04:05Z".parse().ok());
        assert_eq!((spam.state, spam.body.text.as_str()), (State::Removed, ""));
        assert_eq!(
            (ping.kind, &ping.parent),
            (
                CommentKind::Pingback,
                &Parent::Missing(Some("99".to_owned()))
            )
        );
        let codes: Vec<_> = thread
            .warnings
            .iter()
            .map(|warning| warning.code.as_ref())
            .collect();
        assert_eq!(
            codes,
            [
                codes::BAD_VALUE,
                codes::MISSING_PARENT,
                codes::DELETED_COMMENTS
            ]
        );
    }

    #[test]
    fn exports_that_break_off_or_hold_nothing() {
        let cut = read(&format!(
            "{HEAD}<item><wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_content>On"
        ));
        let [Ok(thread)] = cut.as_slice() else {
            panic!("{cut:?}")
        };
        assert_eq!(thread.comments[0].id, "5");
        assert_eq!(thread.warnings[0].code, codes::PARTIAL_CAPTURE);
        for (text, cause) in [("</channel></rss>", "no comment"), ("<item", "broken")] {
            let none = read(&format!("{HEAD}{text}"));
            let [Err(error)] = none.as_slice() else {
                panic!("{none:?}")
            };
            assert!(error.to_string().contains(cause), "{error}");
        }
    }
}
