//! What each board's pages ask for; the pages are the tests' own.

use super::*;
use crate::fetch::page::tests::page;

fn first(text: &str) -> String {
    entry(&Url::parse(text).unwrap()).map_or_else(|| text.to_owned(), Into::into)
}

fn board(page: &Page) -> &'static str {
    let board = BOARDS.iter().find(|board| board.knows(page));
    board.map_or("none", |board| board.id())
}

/// The board of a page and what it asks for.
fn asks(url: &str, body: &str) -> (&'static str, Vec<String>) {
    let page = page(url, body);
    let ask = next(&page).ask.into_iter().map(Into::into).collect();
    (board(&page), ask)
}

fn links(urls: &[&str]) -> String {
    urls.iter()
        .map(|url| format!("<a href=\"{url}\">x</a>"))
        .collect()
}

#[test]
fn threads_are_begun_where_most_is_shown() {
    let cases = [
        (
            "https://forums.theregister.com/forum/1/2024/01/02/slug/",
            "https://forums.theregister.com/forum/all/2024/01/02/slug/",
        ),
        (
            "https://www.theregister.co.uk/2018/01/02/slug/",
            "https://forums.theregister.co.uk/forum/all/2018/01/02/slug/",
        ),
        (
            "https://old.reddit.com/r/x/comments/abc/a_title/?sort=new",
            "https://old.reddit.com/r/x/comments/abc/a_title.json?limit=500&raw_json=1",
        ),
        (
            "https://lobste.rs/s/abc/a_title",
            "https://lobste.rs/s/abc.json",
        ),
        (
            "https://tech.slashdot.org/comments.pl?sid=12&cid=3",
            "https://tech.slashdot.org/comments.pl?sid=12&cid=3&threshold=-1&mode=thread",
        ),
        (
            "https://meta.example/t/a-title/12/7",
            "https://meta.example/t/12.json",
        ),
        (
            "https://m.example/@me/123",
            "https://m.example/api/v1/statuses/123",
        ),
        (
            "https://bsky.app/profile/me.example/post/3k",
            "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?\
             uri=at%3A%2F%2Fme.example%2Fapp.bsky.feed.post%2F3k&depth=1000&parentHeight=1000",
        ),
        (
            "https://f.example/viewtopic.php?f=1&t=2&sid=ab&start=0",
            "https://f.example/viewtopic.php?t=2",
        ),
    ];
    for (given, expected) in cases {
        assert_eq!(first(given), expected);
        assert_eq!(first(expected), expected, "the entry is where one stays");
    }
    for same in [
        "https://news.ycombinator.com/item?id=1",
        "https://www.theregister.com/security/",
        "https://blog.example/2024/01/02/post/",
        "https://www.reddit.com/r/x/",
        "https://f.example/threads/a-title.12/",
    ] {
        assert_eq!(first(same), same);
    }
}

#[test]
fn the_register_is_read_page_by_page_where_it_must() {
    let base = "https://forums.theregister.com";
    let nav = format!(
        "<div id=forum_posts></div><ul class=forums-page-nav>{}<a href=/forum/2/2024/01/02/s/>Next</a></ul>",
        links(&[
            "/forum/3/2024/01/02/s/#c_1",
            "/forum/2/2024/01/02/other/",
            "/forum/all/2024/01/02/s/"
        ])
    );
    let of = |part: &str| asks(&format!("{base}/forum/{part}/2024/01/02/s/"), &nav);
    let page = |n| format!("{base}/forum/{n}/2024/01/02/s/");
    assert_eq!(of("1"), ("the-register", vec![page(3), page(2)]));
    assert_eq!(of("all"), ("the-register", vec![page(2)]));
}

#[test]
fn hacker_news_goes_on_behind_more() {
    let body = "<tr class=athing></tr><a class=morelink href='item?id=1&amp;p=2'>More</a>\
        <a class=morelink href='news?p=2'>More</a><a href='item?id=9'>other</a>";
    let (board, ask) = asks("https://news.ycombinator.com/item?id=1", body);
    assert_eq!(board, "hn");
    assert_eq!(ask, ["https://news.ycombinator.com/item?id=1&p=2"]);
}

#[test]
fn hacker_news_has_two_apis() {
    let base = "https://hacker-news.firebaseio.com/v0/item";
    let (board, ask) = asks(&format!("{base}/1.json"), r#"{"id":1,"kids":[2,3]}"#);
    assert_eq!(board, "hn-api");
    assert_eq!(ask, [format!("{base}/2.json"), format!("{base}/3.json")]);
    let search = "https://hn.algolia.com/api/v1/search?tags=comment,story_1";
    let (_, ask) = asks(search, r#"{"page":0,"nbPages":2,"nbHits":30}"#);
    assert_eq!(
        ask,
        ["https://hn.algolia.com/api/v1/search?tags=comment%2Cstory_1&page=1"]
    );
    let full = page(search, r#"{"page":49,"nbPages":50,"nbHits":2000}"#);
    assert_eq!(next(&full).missing.len(), 1);
    let deep = "[".repeat(500);
    let whole = page("https://hn.algolia.com/api/v1/items/1", &deep);
    assert!(next(&whole).missing.is_empty());
}

#[test]
fn reddit_stubs_are_asked_for_a_hundred_at_a_time() {
    let ids: Vec<String> = (0..150).map(|n| format!("\"c{n}\"")).collect();
    let body = format!(
        r#"[{{"kind":"Listing"}},{{"kind":"Listing","data":{{"children":[
        {{"kind":"more","data":{{"id":"x","parent_id":"t1_a","children":[{}]}}}},
        {{"kind":"more","data":{{"id":"_","parent_id":"t1_b","children":[]}}}}]}}}}]"#,
        ids.join(",")
    );
    let (board, ask) = asks("https://www.reddit.com/r/x/comments/abc/t.json", &body);
    assert_eq!(board, "reddit");
    assert_eq!(ask.len(), 3);
    assert!(ask[0].starts_with("https://www.reddit.com/comments/abc/_/b.json?"));
    assert!(ask[1].contains("link_id=t3_abc") && ask[1].ends_with("%2Cc99"));
    assert!(ask[2].contains("children=c100%2C"));
    let again = r#"{"json":{"data":{"things":[{"kind":"more","data":{"parent_id":"t1_a","children":["z"]}}]}}}"#;
    let (_, ask) = asks(&ask[2], again);
    assert!(ask[0].contains("link_id=t3_abc") && ask[0].ends_with("children=z"));
}

#[test]
fn old_reddit_pages_hide_ids_in_scripts() {
    let body = "<span class=morecomments><a href='#' onclick=\"return morechildren(this, \
        't3_abc', 'confidence', 'd1,d2', 3, 'False')\">load more</a></span>\
        <span class=deepthread><a href='/r/x/comments/abc/t/d9/'>continue this thread</a></span>";
    let (_, ask) = asks("https://old.reddit.com/r/x/comments/abc/t/", body);
    assert_eq!(ask[0], "https://old.reddit.com/r/x/comments/abc/t/d9/");
    assert!(ask[1].ends_with("children=d1%2Cd2") && ask.len() == 2);
}

#[test]
fn slashdot_shows_what_is_beneath_the_threshold() {
    let body = "<li id=\"hidestring_5\"><noscript><b><a href=\"//slashdot.org/comments.pl?sid=1\
        &amp;threshold=0&amp;pid=5\">1 reply</a> beneath your current threshold.</b></noscript></li>\
        <a href='//slashdot.org/comments.pl?sid=1&amp;cid=6'>Re: x</a>\
        <a href='//slashdot.org/comments.pl?sid=2&amp;startat=100'>(2)</a>\
        <a href='//slashdot.org/comments.pl?sid=1&amp;startat=100'>(2)</a>\
        <li class=\"comment hidden\"></li>";
    let page = page("https://slashdot.org/comments.pl?sid=1&threshold=-1", body);
    assert!(
        next(&page).missing[0]
            .why
            .contains("1 comments by a script")
    );
    let (board, ask) = asks("https://slashdot.org/comments.pl?sid=1&threshold=-1", body);
    let of =
        |part| format!("https://slashdot.org/comments.pl?sid=1&{part}&threshold=-1&mode=thread");
    assert_eq!(
        (board, ask),
        ("slashdot", vec![of("pid=5"), of("startat=100")])
    );
}

#[test]
fn discourse_posts_are_asked_for_by_id() {
    let ids: Vec<String> = (1..=45).map(|n| n.to_string()).collect();
    let body = format!(
        r#"{{"post_stream":{{"posts":[{{"id":1}},{{"id":2}}],"stream":[{}]}}}}"#,
        ids.join(",")
    );
    let (board, ask) = asks("https://d.example/t/7.json", &body);
    assert_eq!((board, ask.len()), ("discourse", 3));
    assert!(ask[0].starts_with("https://d.example/t/7/posts.json?post_ids%5B%5D=3&"));
    assert!(ask[2].ends_with("post_ids%5B%5D=45"));
    let more = r#"{"post_stream":{"posts":[{"id":3}]}}"#;
    assert_eq!(asks(&ask[0], more), ("discourse", vec![]));
}

#[test]
fn apis_tell_whether_there_is_more() {
    let api = "https://api.stackexchange.com/2.3/questions/1/answers?site=security";
    let answer = page(api, r#"{"items":[],"has_more":true,"backoff":10}"#);
    let more = next(&answer);
    assert_eq!(more.ask[0].as_str(), format!("{api}&page=2"));
    assert_eq!(more.pause, Some(Duration::from_secs(10)));
    assert!(asks(api, r#"{"items":[],"has_more":false}"#).1.is_empty());

    let url = Url::parse("https://b.example/wp-json/wp/v2/comments?post=1&page=2").unwrap();
    let rest = |pages| {
        let head = format!("HTTP/1.1 200 OK\r\nX-WP-TotalPages: {pages}\r\n\r\n");
        next(&Page::new(url.clone(), head.as_bytes(), b"[]".to_vec(), 9)).ask
    };
    assert_eq!(rest(3)[0].query(), Some("post=1&page=3"));
    assert!(rest(2).is_empty());

    let list = "https://l.example/api/v3/comment/list?post_id=1&page=1";
    let (board, ask) = asks(list, r#"{"comments":[{}]}"#);
    assert_eq!(board, "lemmy");
    assert_eq!(
        ask,
        ["https://l.example/api/v3/comment/list?post_id=1&page=2"]
    );
    assert!(asks(list, r#"{"comments":[]}"#).1.is_empty());

    let (board, ask) = asks("https://m.example/api/v1/statuses/5", "{}");
    assert_eq!(board, "mastodon");
    assert_eq!(ask, ["https://m.example/api/v1/statuses/5/context"]);

    let replies = "https://l.example/archives/list/a@b/thread/X/replies?sort=thread&offset=0";
    let (board, ask) = asks(
        replies,
        r#"{"replies_html":"","more_pending":true,"next_offset":20}"#,
    );
    assert_eq!(board, "hyperkitty");
    assert!(ask[0].ends_with("?sort=thread&offset=20"));
}

#[test]
fn bluesky_replies_that_are_not_shown_are_asked_for() {
    let url = "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=at://a/b/c";
    let body = r#"{"thread":{"post":{"uri":"at://a/b/c","replyCount":2},
        "parent":{"post":{"uri":"at://a/b/above","replyCount":9}},
        "replies":[{"post":{"uri":"at://a/b/d","replyCount":1}},{"post":{"uri":"at://a/b/e","replyCount":0}}]}}"#;
    let (board, ask) = asks(url, body);
    assert_eq!((board, ask.len()), ("bluesky", 1));
    assert!(ask[0].contains("uri=at%3A%2F%2Fa%2Fb%2Fd&"));
}

#[test]
fn comments_of_blogs_have_pages() {
    let body = links(&[
        "/2024/post/comment-page-1/#comments",
        "/2024/post/comment-page-2/?replytocom=5#respond",
        "/2024/other/comment-page-1/",
    ]);
    let (board, ask) = asks("https://b.example/2024/post/", &body);
    assert_eq!(
        (board, ask),
        (
            "wordpress",
            vec!["https://b.example/2024/post/comment-page-1/".to_owned()]
        )
    );
    let (_, ask) = asks(
        "https://b.example/?p=3",
        &links(&["/?p=3&cpage=2", "/?p=4&cpage=2"]),
    );
    assert_eq!(ask, ["https://b.example/?p=3&cpage=2"]);
}

#[test]
fn flat_forums_have_pages() {
    let of = |url: &str, urls: &[&str]| asks(&format!("https://f.example{url}"), &links(urls));
    let expect = |urls: &[&str]| -> (&'static str, Vec<String>) {
        let whole = urls.iter().map(|url| format!("https://f.example{url}"));
        ("flat", whole.collect())
    };
    let xenforo = of(
        "/threads/title.12/",
        &[
            "/threads/title.12/page-2",
            "page-2#post-9",
            "/threads/other.13/page-2",
            "/threads/title.12/post-7",
            "/threads/title.12/",
        ],
    );
    assert_eq!(xenforo, expect(&["/threads/title.12/page-2"]));
    let back = of("/threads/title.12/page-2", &["/threads/title.12/"]);
    assert_eq!(back, expect(&["/threads/title.12/"]));
    let phpbb = of(
        "/viewtopic.php?t=2",
        &[
            "viewtopic.php?f=1&amp;t=2&amp;start=20&amp;sid=a",
            "viewtopic.php?t=2&amp;p=9",
            "viewtopic.php?t=3&amp;start=20",
        ],
    );
    assert_eq!(phpbb, expect(&["/viewtopic.php?t=2&start=20"]));
    let vbulletin = of(
        "/showthread.php?t=2&page=2",
        &["showthread.php?t=2", "showthread.php?t=2&amp;page=3"],
    );
    assert_eq!(
        vbulletin,
        expect(&["/showthread.php?t=2", "/showthread.php?t=2&page=3"])
    );
    let smf = of(
        "/index.php?topic=2.0",
        &[
            "index.php?topic=2.20",
            "index.php?topic=2.msg7",
            "index.php?topic=3.20",
        ],
    );
    assert_eq!(smf, expect(&["/index.php?topic=2.20"]));
    let vbulletin = of(
        "/forum/board/12-title",
        &["/forum/board/12-title/page2", "/forum/board/13-x/page2"],
    );
    assert_eq!(vbulletin, expect(&["/forum/board/12-title/page2"]));
}

#[test]
fn the_next_post_of_a_blog_is_no_next_page() {
    let of = |url: &str, next: &str| asks(url, &format!("<link rel=next href='{next}'>")).1;
    let post = "https://b.example/2024/post/";
    assert!(of(post, "/2024/another/").is_empty());
    assert_eq!(
        of(post, "/2024/post/page/2/"),
        ["https://b.example/2024/post/page/2/"]
    );
    assert_eq!(
        of("https://b.example/x?p=1", "?p=2"),
        ["https://b.example/x?p=2"]
    );
}

#[test]
fn answers_that_cannot_be_read_are_missing_parts() {
    for url in [
        "https://www.reddit.com/comments/abc.json",
        "https://l.example/api/v3/comment/list?post_id=1",
        "https://api.stackexchange.com/2.3/answers/1",
    ] {
        assert_eq!(next(&page(url, "{\"x\":")).missing.len(), 1, "{url}");
    }
}

#[test]
fn pages_of_no_board_ask_for_nothing() {
    let (board, ask) = asks("https://x.example/about", &links(&["/a", "/b?page=2"]));
    assert_eq!((board, ask), ("none", vec![]));
}

#[test]
fn the_plan_tells_boards_apart_by_address() {
    let board = |text| plan(text, false).unwrap().board.map(Paging::id);
    assert_eq!(board("https://lobste.rs/s/abc/title"), Some("lobsters"));
    assert_eq!(board("https://news.ycombinator.com/item?id=1"), Some("hn"));
    assert_eq!(board("https://x.example/"), None);
    for text in ["file:///etc/passwd", "nonsense", "http://a:b@x.example/"] {
        assert!(plan(text, false).is_err(), "{text}");
    }
    for text in [
        "http://127.0.0.2/",
        "http://[::1]:8080/",
        "http://LOCALHOST./",
        "http://10.1.2.3/x",
    ] {
        assert!(
            plan(text, false).unwrap_err().contains("no public address"),
            "{text}"
        );
        assert!(plan(text, true).is_ok(), "{text}");
    }
}
