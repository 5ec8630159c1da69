//! Comments described with schema.org: JSON-LD nested and flat, microdata.

use super::{
    Board,
    forest::{ALL, Post, assert_shows, escape, forests, read},
    quoting::date,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "schema-org",
    page: |posts| flat(posts).into_bytes(),
};

fn object(post: &Post) -> Value {
    json!({
        "@type": "Comment", "@id": format!("https://x.example/a#comment-{}", post.id), "text": post.html(),
        "author": {"@type": "Person", "name": post.author}, "dateCreated": date(post, "%Y-%m-%dT%H:%M:%SZ"),
        "upvoteCount": post.points,
    })
}

fn in_page(comments: &[Value]) -> String {
    // The comments come last: every prefix of the page then shows that there are some.
    let json = json!({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Keys", "comment": comments});
    let json = json.to_string().replace("</", "<\\/");
    format!(
        "<!DOCTYPE html>\n<html><head><script type=\"application/ld+json\">{json}</script></head><body></body></html>"
    )
}

/// Every comment names what it answers.
fn flat(posts: &[Post]) -> String {
    let comments: Vec<_> = posts
        .iter()
        .map(|post| {
            let mut comment = object(post);
            if let Some(parent) = post.parent {
                comment["parentItem"] =
                    json!({"@id": format!("https://x.example/a#comment-{}", posts[parent].id)});
            }
            comment
        })
        .collect();
    in_page(&comments)
}

/// Comments stand in what they answer.
fn nested(posts: &[Post]) -> String {
    let mut objects: Vec<Value> = posts.iter().map(object).collect();
    let mut roots = Vec::new();
    for (at, post) in posts.iter().enumerate().rev() {
        let comment = objects[at].take();
        let list = match post.parent {
            Some(parent) => {
                let parent = &mut objects[parent];
                if parent.get("comment").is_none() {
                    parent["comment"] = json!([]);
                }
                parent["comment"].as_array_mut().expect("a list")
            }
            None => &mut roots,
        };
        list.insert(0, comment);
    }
    in_page(&roots)
}

fn microdata(posts: &[Post]) -> String {
    let mut out = "<!DOCTYPE html>\n<html><body><div itemscope itemtype=\"https://schema.org/BlogPosting\"><h1 itemprop=\"headline\">Keys</h1>".to_owned();
    let mut open = 0;
    for post in posts {
        while open > post.depth {
            out += "</div>";
            open -= 1;
        }
        let _ = write!(
            out,
            "<div itemprop=\"comment\" itemscope itemtype=\"https://schema.org/Comment\" id=\"comment-{}\"><span itemprop=\"author\" itemscope \
             itemtype=\"https://schema.org/Person\"><span itemprop=\"name\">{}</span></span><time itemprop=\"dateCreated\" datetime=\"{}\">then</time>\
             <meta itemprop=\"upvoteCount\" content=\"{}\"><div itemprop=\"text\">{}</div>",
            post.id,
            escape(post.author),
            date(post, "%Y-%m-%dT%H:%M:%SZ"),
            post.points,
            post.html()
        );
        open += 1;
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn any_thread_comes_back(posts in forests(30)) {
        for page in [flat(&posts), nested(&posts), microdata(&posts)] {
            let thread = read(page.as_bytes(), "schema-org");
            assert_shows(&thread, &posts, ALL);
            prop_assert_eq!(thread.title.as_deref(), Some("Keys"));
        }
    }
}
