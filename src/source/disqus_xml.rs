//! Exports of Disqus: the threads of a forum with their posts.

use super::{
    Feature, Source, Threads, Witness, all,
    disqus::{Post, Topic},
    fields::{Groups, html_body},
    time,
    xml::{Record, Step, Xml},
};
use crate::{
    error::{Error, ErrorKind, Result},
    thread::{CommentIdx, Thread, codes},
};
use std::{collections::HashMap, io::BufRead};

pub(super) static SOURCE: DisqusXml = DisqusXml;

/// See the module.
#[derive(Debug)]
pub(super) struct DisqusXml;

impl Source for DisqusXml {
    fn id(&self) -> &'static str {
        "disqus-xml"
    }

    fn summary(&self) -> &'static str {
        "an export of a Disqus forum, with all of its threads"
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
        let text = String::from_utf8_lossy(head);
        // Copies out of programs have a mark before the declaration.
        let text = text
            .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<' && c != '{' && c != '[');
        text.starts_with('<') && text.contains("<disqus") && text.contains("disqus.com")
    }

    fn threads<'a>(&self, input: Box<dyn BufRead + 'a>) -> Threads<'a> {
        // Posts name their threads and come in any order, so that the file is read before the first thread.
        all(move || read(Xml::new(input)))
    }
}

/// A post, and the time of it that could not be read.
type Read = (Post, Option<String>);

fn read(mut xml: Xml<'_>) -> Result<Vec<Thread>> {
    let mut topics: HashMap<String, Topic> = HashMap::new();
    let mut posts: Groups<Read> = Groups::new();
    loop {
        match xml.step() {
            Step::Start(name, id) if name == "thread" => {
                let topic = topic(&xml.record("thread", id));
                topics.insert(topic.id.clone(), topic);
            }
            Step::Start(name, id) if name == "post" => {
                let record = xml.record("post", id);
                posts.push(record.id("thread").unwrap_or_default(), post(&record));
            }
            Step::Eof => break,
            _ => {}
        }
    }
    let posts = posts.into_groups();
    if posts.is_empty() {
        let cause = match xml.broken() {
            Some(broken) => format!("the export is broken: {broken}"),
            None => "the export holds no post".to_owned(),
        };
        return Err(Error::new(ErrorKind::Malformed, cause).remedy("export the forum again"));
    }
    let (replaced, broken) = (xml.replaced(), xml.broken().map(str::to_owned));
    let threads = posts.into_iter().map(|(id, posts)| {
        let topic = topics.remove(&id).unwrap_or(Topic {
            id,
            ..Topic::default()
        });
        let mut builder = topic.start(SOURCE.id());
        if let Some(at) = replaced {
            let message = format!("bytes that are not UTF-8 were replaced, the first at byte {at}");
            builder.warn(codes::INVALID_UTF8, message, None);
        }
        if let Some(broken) = &broken {
            let message = format!("the export breaks off before its end: {broken}");
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        for (at, (post, bad_time)) in posts.into_iter().enumerate() {
            if let Some(time) = bad_time {
                let message = format!("comment {} has the time `{time}`, which is none", at + 1);
                builder.warn(codes::BAD_VALUE, message, Some(CommentIdx::new(at)));
            }
            builder.push(post.draft());
        }
        builder.build()
    });
    Ok(threads.collect())
}

fn topic(record: &Record) -> Topic {
    let text = |path| record.text(path).map(str::to_owned);
    let message = record
        .text("message")
        .map(|message| html_body(message).text);
    Topic {
        id: record.id("").unwrap_or_default().to_owned(),
        title: text("title"),
        url: text("link"),
        text: message.filter(|text| !text.is_empty()),
    }
}

fn post(record: &Record) -> Read {
    let text = |path| record.text(path).map(str::to_owned);
    let created = record.text("createdAt");
    let posted = created.and_then(time::parse);
    let post = Post {
        id: record.id("").map(str::to_owned),
        parent: record.id("parent").map(str::to_owned),
        name: text("author/name"),
        username: text("author/username"),
        posted,
        is_deleted: record.flag("isDeleted"),
        is_spam: record.flag("isSpam"),
        body: record.text("message").map(html_body).unwrap_or_default(),
        ..Post::default()
    };
    (
        post,
        created.filter(|_| posted.is_none()).map(str::to_owned),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::{Parent, State};

    fn read(text: &str) -> Vec<Result<Thread>> {
        assert!(SOURCE.detect(text.as_bytes()));
        SOURCE
            .threads(Box::new(std::io::Cursor::new(text.as_bytes().to_vec())))
            .collect()
    }

    const HEAD: &str = "<?xml version='1.0'?><disqus xmlns='http://disqus.com' xmlns:dsq='http://disqus.com/disqus-internals'>";

    #[test]
    fn posts_find_their_threads() {
        let threads = read(&format!(
            "{HEAD}<thread dsq:id='2'><id>slug</id><link>https://b.example/keys</link><title>Keys</title>
             <author><name>Owner</name></author></thread><thread dsq:id='3'><id/></thread>
             <post dsq:id='5'><id>x</id><message><![CDATA[<p>One &amp; two.</p>]]></message><createdAt>2020-01-02T03:04:05Z</createdAt>
             <author><name>Ann</name><username>ann1</username><isAnonymous>false</isAnonymous></author><thread dsq:id='2'/></post>
             <post dsq:id='6'><message>x</message><isSpam>true</isSpam><thread dsq:id='9'/></post>
             <post dsq:id='7'><message>gone</message><isDeleted>true</isDeleted><createdAt>then</createdAt><thread dsq:id='2'/><parent dsq:id='5'/></post>
             <post dsq:id='8'><message>late</message><thread dsq:id='2'/><parent dsq:id='7'/></post></disqus>"
        ));
        let [Ok(keys), Ok(orphan)] = threads.as_slice() else {
            panic!("{threads:?}")
        };
        assert_eq!(
            (keys.id.as_str(), keys.title.as_deref(), keys.url.as_deref()),
            ("2", Some("Keys"), Some("https://b.example/keys"))
        );
        let ann = &keys.comments[0];
        assert_eq!(ann.body.text, "One & two.");
        assert_eq!(ann.author.as_ref().unwrap().id.as_deref(), Some("ann1"));
        assert_eq!(ann.posted, "2020-01-02T03:04:05Z".parse().ok());
        assert_eq!(
            (keys.comments[1].state, keys.comments[1].body.text.as_str()),
            (State::Deleted, "")
        );
        assert_eq!(
            (keys.comments[2].depth, &keys.comments[2].parent),
            (2, &Parent::Known(CommentIdx::new(1)))
        );
        assert_eq!(
            (orphan.id.as_str(), orphan.comments[0].state),
            ("9", State::Removed)
        );
        assert_eq!(keys.warnings[0].code, codes::BAD_VALUE);
    }

    #[test]
    fn exports_that_break_off_or_hold_nothing() {
        let cut = read(&format!("{HEAD}<post dsq:id='5'><message>On"));
        let [Ok(thread)] = cut.as_slice() else {
            panic!("{cut:?}")
        };
        assert_eq!(thread.comments.len(), 1);
        assert_eq!(thread.warnings[0].code, codes::PARTIAL_CAPTURE);
        let none = read(&format!("{HEAD}<thread dsq:id='2'/></disqus>"));
        assert!(none.len() == 1 && none[0].is_err());
    }
}
