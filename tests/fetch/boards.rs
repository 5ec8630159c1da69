//! Each board's paging, played by the server: the crawl asks for every part once.

use super::{
    fetch, missing, quick,
    server::{Reply, Server, ok, status},
    warc,
};
use rejoinder::{
    source,
    thread::{Parent, Thread},
};
use std::collections::BTreeMap;

/// Crawls from `start` and expects that exactly `pages` are asked for.
fn expect_all(start: &str, pages: Vec<(&'static str, String)>) {
    let mut paths: Vec<_> = pages.iter().map(|(path, _)| (*path).to_owned()).collect();
    let server = Server::of(pages);
    let (place, report) = fetch(&server, start, &quick());
    let mut asked = server.asked();
    asked.sort();
    paths.sort();
    assert_eq!(asked, paths, "{start}");
    assert!(report.is_whole(), "{}", missing(&report));
    assert_eq!(report.pages(), paths.len());
    let kept = warc::of_kind(&place.file, "response");
    assert_eq!(kept.len(), paths.len() + 1, "robots.txt is kept as well");
}

fn links(urls: &[&str]) -> String {
    let link = |url: &&str| format!("<a href=\"{}\">x</a>", url.replace('&', "&amp;"));
    urls.iter().map(link).collect()
}

/// A comment of the played thread: its id and its parent's.
type Post = (u64, Option<u64>);

/// A thread in which every comment answers one some way before it.
fn posts(count: u64) -> Vec<Post> {
    let parent = |n: u64| (!n.is_multiple_of(7)).then(|| 100 + n - 1 - (n % 3).min(n - 1));
    (0..count).map(|n| (100 + n, parent(n))).collect()
}

const REGISTER: &str = "/2024/01/02/slug/";

/// A page of The Register's forum, as page `page` of `pages` where it is not all.
fn register(posts: &[Post], page: usize, pages: usize) -> String {
    let mut out = String::from("<html><div id=\"forum_posts\">");
    for (id, parent) in posts {
        out += &format!("<div class=post><a class=permalink id=c_{id} href=#c_{id}></a>");
        if let Some(parent) = parent {
            out += &format!("<a class=in-reply-to href=/forum/containing/{parent}></a>");
        }
        out += &format!("<p class=author>A{id}</p><div class=body><p>Text {id}.</p></div></div>");
    }
    out += "</div><ul class=forums-page-nav>";
    for other in 1..=pages {
        out += &format!("<li><a href=/forum/{other}{REGISTER}>{other}</a></li>");
    }
    if page < pages {
        out += &format!("<li><a href=/forum/{}{REGISTER}>Next</a></li>", page + 1);
    }
    out + "</ul></html>"
}

/// Comments and their parents' ids, as read from all pages of a crawl.
fn read(place: &super::Place) -> BTreeMap<u64, Option<u64>> {
    let mut read = BTreeMap::new();
    for record in warc::of_kind(&place.file, "response") {
        let Ok(source) = source::detect(record.body()) else {
            continue;
        };
        for thread in source.threads(Box::new(record.body())) {
            let thread: Thread = thread.unwrap();
            for (_, comment) in thread.iter() {
                let parent = match &comment.parent {
                    Parent::Root => None,
                    Parent::Known(parent) => Some(thread.comments[parent.get()].id.clone()),
                    Parent::Missing(id) => id.clone(),
                };
                let parent = parent.map(|id| id.parse().unwrap());
                read.insert(comment.id.parse().unwrap(), parent);
            }
        }
    }
    read
}

/// The Register, with or without a page that shows all.
fn serve_register(posts: &[Post], has_all: bool) -> Server {
    let posts = posts.to_vec();
    Server::new(move |request| register_reply(&posts, has_all, &request.path))
}

pub(crate) fn register_reply(posts: &[Post], has_all: bool, path: &str) -> Reply {
    let pages = posts.len().div_ceil(10);
    let part = path
        .strip_prefix("/forum/")
        .and_then(|rest| rest.strip_suffix(REGISTER));
    match part {
        Some("all") if has_all => ok(register(posts, pages, pages)),
        Some(part) => match part.parse::<usize>() {
            Ok(page) if (1..=pages).contains(&page) => {
                let shown = posts.chunks(10).nth(page - 1).unwrap();
                ok(register(shown, page, pages))
            }
            _ => status(404, "no such page"),
        },
        None => status(404, "no such thread"),
    }
}

#[test]
fn the_register_shows_a_thread_on_one_page() {
    let posts = posts(45);
    let server = serve_register(&posts, true);
    let (place, report) = fetch(&server, &format!("/forum/1{REGISTER}"), &quick());
    assert_eq!(server.asked(), [format!("/forum/all{REGISTER}")]);
    assert!(report.is_whole());
    assert_eq!(read(&place), posts.into_iter().collect());
}

#[test]
fn the_register_is_paged_through_where_no_page_shows_all() {
    let posts = posts(45);
    let server = serve_register(&posts, false);
    let (place, report) = fetch(&server, &format!("/forum/1{REGISTER}"), &quick());
    assert_eq!(server.asked().len(), 6);
    assert!(report.is_whole(), "{}", missing(&report));
    assert_eq!(read(&place), posts.into_iter().collect());
}

#[test]
fn hacker_news() {
    let page = |more: &str| format!("<tr class=athing></tr>{more}");
    let more = |n| {
        page(&format!(
            "<a class=morelink href='item?id=1&amp;p={n}'>More</a>"
        ))
    };
    let pages = vec![
        ("/item?id=1", more(2)),
        ("/item?id=1&p=2", more(3)),
        ("/item?id=1&p=3", page("")),
    ];
    expect_all("/item?id=1", pages);
    let item = |kids: &str| format!(r#"{{"kids":[{kids}]}}"#);
    let pages = vec![
        ("/v0/item/1.json", item("2,3")),
        ("/v0/item/2.json", item("4")),
        ("/v0/item/3.json", "{}".to_owned()),
        ("/v0/item/4.json", "null".to_owned()),
    ];
    expect_all("/v0/item/1.json", pages);
}

#[test]
fn reddit() {
    let more = |parent: &str, children: &str| {
        format!(r#"{{"kind":"more","data":{{"parent_id":"t1_{parent}","children":[{children}]}}}}"#)
    };
    let thread = format!(
        r#"[{{"kind":"Listing"}},{{"kind":"Listing","data":{{"children":[{},{}]}}}}]"#,
        more("a", r#""b","c""#),
        more("d", "")
    );
    let things = format!(
        r#"{{"json":{{"data":{{"things":[{}]}}}}}}"#,
        more("b", r#""e""#)
    );
    let ids = "/api/morechildren.json?api_type=json&link_id=t3_abc&raw_json=1&children=";
    expect_all(
        "/r/x/comments/abc/t.json",
        vec![
            ("/r/x/comments/abc/t.json", thread),
            (format!("{ids}b%2Cc").leak(), things),
            (format!("{ids}e").leak(), "{}".to_owned()),
            (
                "/comments/abc/_/d.json?limit=500&raw_json=1",
                r#"[{"kind":"Listing"}]"#.to_owned(),
            ),
        ],
    );
}

#[test]
fn discourse() {
    let ids: Vec<_> = (1..=25).map(|id| id.to_string()).collect();
    let stream = ids.join(",");
    let topic = format!(r#"{{"post_stream":{{"posts":[{{"id":1}}],"stream":[{stream}]}}}}"#);
    let posts = r#"{"post_stream":{"posts":[]}}"#.to_owned();
    let path = |ids: &[String]| -> &'static str {
        let ids: Vec<_> = ids
            .iter()
            .map(|id| format!("post_ids%5B%5D={id}"))
            .collect();
        format!("/t/7/posts.json?{}", ids.join("&")).leak()
    };
    expect_all(
        "/t/title/7/3",
        vec![
            ("/t/7.json", topic),
            (path(&ids[1..21]), posts.clone()),
            (path(&ids[21..]), posts),
        ],
    );
}

#[test]
fn a_path_like_that_of_a_topic_may_be_no_discourse() {
    let server = Server::of(vec![("/t/title/7", "<p>something else".to_owned())]);
    let (_, report) = fetch(&server, "/t/title/7", &quick());
    assert_eq!(server.asked(), ["/t/7.json", "/t/title/7"]);
    assert!(report.is_whole());
}

#[test]
fn blogs() {
    let page = links(&[
        "/post/comment-page-1/#comments",
        "/post/comment-page-2/",
        "/other/",
    ]);
    expect_all(
        "/post/",
        vec![
            ("/post/", page.clone()),
            ("/post/comment-page-1/", page.clone()),
            ("/post/comment-page-2/", page),
        ],
    );
    let server = Server::new(|request| match request.path.as_str() {
        "/robots.txt" => status(404, ""),
        _ => ok("[]").with("X-WP-TotalPages", "3"),
    });
    let (_, report) = fetch(&server, "/wp-json/wp/v2/comments?post=1&page=1", &quick());
    assert_eq!(server.asked().len(), 3);
    assert!(report.is_whole());
}

#[test]
fn apis() {
    let comments = |some: bool| format!(r#"{{"comments":[{}]}}"#, if some { "{}" } else { "" });
    let list = |n| -> &'static str {
        format!("/api/v3/comment/list?post_id=5&type_=All&sort=Old&limit=50&page={n}").leak()
    };
    expect_all(
        "/post/5",
        vec![
            ("/post/5", "<title>Lemmy</title>".to_owned()),
            ("/api/v3/post?id=5", "{}".to_owned()),
            (list(1), comments(true)),
            (list(2), comments(true)),
            (list(3), comments(false)),
        ],
    );
    let status = "/api/v1/statuses/12";
    expect_all(
        "/@me/12",
        vec![
            (status, "{}".to_owned()),
            ("/api/v1/statuses/12/context", "{}".to_owned()),
        ],
    );
    let answers = |more| format!(r#"{{"items":[],"has_more":{more}}}"#);
    expect_all(
        "/2.3/questions/1/answers?site=x",
        vec![
            ("/2.3/questions/1/answers?site=x", answers(true)),
            ("/2.3/questions/1/answers?site=x&page=2", answers(false)),
        ],
    );
    let replies =
        |more, next| format!(r#"{{"replies_html":"","more_pending":{more},"next_offset":{next}}}"#);
    expect_all(
        "/archives/list/l@x/thread/A/",
        vec![
            (
                "/archives/list/l@x/thread/A/",
                "<!-- HyperKitty -->".to_owned(),
            ),
            (
                "/archives/list/l@x/thread/A/replies?sort=thread&offset=0",
                replies(true, 20),
            ),
            (
                "/archives/list/l@x/thread/A/replies?sort=thread&offset=20",
                replies(false, 0),
            ),
        ],
    );
}

#[test]
fn bluesky() {
    let at = "/xrpc/app.bsky.feed.getPostThread?uri=at%3A%2F%2Fa%2Fb%2F";
    let depth = "&depth=1000&parentHeight=1000";
    let below = r#"{"thread":{"post":{"uri":"at://a/b/1"},"replies":[
        {"post":{"uri":"at://a/b/2","replyCount":3}}]}}"#;
    expect_all(
        &format!("{at}1{depth}"),
        vec![
            (format!("{at}1{depth}").leak(), below.to_owned()),
            (
                format!("{at}2{depth}").leak(),
                r#"{"thread":{"replies":[]}}"#.to_owned(),
            ),
        ],
    );
}

#[test]
fn flat_forums() {
    let all = links(&[
        "/threads/t.12/",
        "/threads/t.12/page-2",
        "/threads/t.12/page-3",
        "/threads/u.13/",
    ]);
    expect_all(
        "/threads/t.12/",
        vec![
            ("/threads/t.12/", all.clone()),
            ("/threads/t.12/page-2", all.clone()),
            ("/threads/t.12/page-3", all),
        ],
    );
    let all = links(&[
        "/viewtopic.php?f=1&t=2",
        "viewtopic.php?f=1&t=2&start=10&sid=z",
    ]);
    expect_all(
        "/viewtopic.php?f=1&t=2",
        vec![
            ("/viewtopic.php?t=2", all.clone()),
            ("/viewtopic.php?t=2&start=10", all),
        ],
    );
}

#[test]
fn any_board_that_names_its_next_page() {
    let next = |n| format!("<link rel=next href='?page={n}'>");
    expect_all(
        "/talk/5",
        vec![
            ("/talk/5", next(2)),
            ("/talk/5?page=2", next(3)),
            ("/talk/5?page=3", "<p>The end".to_owned()),
        ],
    );
}
