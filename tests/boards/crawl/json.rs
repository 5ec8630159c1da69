//! Boards that answer with JSON.

use super::super::{
    Board, bluesky, discourse, forest::Post, hacker_news_json, lemmy, lobsters, mastodon,
    reddit_json, stackexchange, wordpress,
};
use super::{
    AT_ONCE, Asked, Played, Tells, assert_crawled, rooted,
    server::{Reply, ok},
};
use serde_json::{Value, json};

/// What the board's page holds.
fn page(board: &Board, posts: &[Post]) -> Value {
    serde_json::from_slice(&(board.page)(posts)).expect("JSON")
}

fn answer(value: &Value) -> Option<Reply> {
    Some(ok(value.to_string()).with("Content-Type", "application/json"))
}

/// The items of a page, by its number from 1; beyond the last there are none.
fn items(all: &Value, number: usize) -> &[Value] {
    let all = all.as_array().map_or(&[][..], Vec::as_slice);
    let mut pages = all.chunks(AT_ONCE);
    number
        .checked_sub(1)
        .and_then(|before| pages.nth(before))
        .unwrap_or_default()
}

fn has_more(all: &Value, number: usize) -> bool {
    !items(all, number + 1).is_empty()
}

#[test]
fn reddit_with_stubs() {
    let board = Played {
        start: "/r/x/comments/l/t.json",
        answer: reddit,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

/// Comments of a branch that an answer holds, one below the other.
const LEVELS: usize = 3;

fn more(parent: &str, children: &[&str]) -> Value {
    let first = children.first().unwrap_or(&"_");
    json!({"kind": "more", "data": {"id": first, "name": format!("t1_{first}"), "parent_id": parent,
        "count": children.len(), "children": children}})
}

/// The comments that a listing holds, with those below them.
fn listed(listing: &Value) -> &[Value] {
    let children = listing.pointer("/data/children");
    children
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn id(thing: &Value) -> &str {
    thing["data"]["id"].as_str().expect("an id")
}

/// A listing as the board cuts it: the first comments, a stub for the others, and at the greatest depth a
/// stub without ids. Odd comments have stubs with ids at once.
fn cut(things: &[Value], parent: &str, level: usize) -> Value {
    let (first, rest) = things.split_at(things.len().min(4));
    let cut_one = |thing: &Value| {
        let mut shown = thing.clone();
        let replies = listed(&thing["data"]["replies"]);
        let name = format!("t1_{}", id(thing));
        if !replies.is_empty() {
            let stub = |stub| json!({"kind": "Listing", "data": {"children": [stub]}});
            let ids: Vec<_> = replies.iter().map(id).collect();
            shown["data"]["replies"] = match level {
                1 => stub(more(&name, &[])),
                2 if id(thing).ends_with(['1', '3', '5', '7', '9']) => stub(more(&name, &ids)),
                _ => cut(replies, &name, level - 1),
            };
        }
        shown
    };
    let mut children: Vec<_> = first.iter().map(cut_one).collect();
    if !rest.is_empty() {
        let ids: Vec<_> = rest.iter().map(id).collect();
        children.push(more(parent, &ids));
    }
    json!({"kind": "Listing", "data": {"children": children}})
}

/// The comment with an id, wherever it stands.
fn find<'a>(things: &'a [Value], wanted: &str) -> Option<&'a Value> {
    let mut open: Vec<&Value> = things.iter().collect();
    while let Some(thing) = open.pop() {
        if id(thing) == wanted {
            return Some(thing);
        }
        open.extend(listed(&thing["data"]["replies"]));
    }
    None
}

fn reddit(posts: &[Post], asked: &Asked) -> Option<Reply> {
    let whole = page(&reddit_json::BOARD, posts);
    let all = listed(&whole[1]);
    if asked.path() == "/api/morechildren.json" {
        let ids = asked.param("children")?;
        let mut things = Vec::new();
        for thing in ids.split(',').filter_map(|id| find(all, id)) {
            let mut flat = thing.clone();
            flat["data"]["replies"] = json!("");
            things.push(flat);
            let replies: Vec<_> = listed(&thing["data"]["replies"]).iter().map(id).collect();
            if !replies.is_empty() {
                things.push(more(&format!("t1_{}", id(thing)), &replies));
            }
        }
        return answer(&json!({"json": {"errors": [], "data": {"things": things}}}));
    }
    let below = asked.path().strip_prefix("/comments/l/_/");
    let shown = match below {
        Some(one) => std::slice::from_ref(find(all, one.strip_suffix(".json")?)?),
        None if asked.path() == "/r/x/comments/l/t.json" => all,
        None => return None,
    };
    answer(&json!([whole[0], cut(shown, "t3_l", LEVELS)]))
}

#[test]
fn discourse_by_ids() {
    let answer = |posts: &[Post], asked: &Asked| {
        let mut topic = page(&discourse::JSON, posts);
        let all = topic["post_stream"]["posts"].take();
        let all = all.as_array()?;
        match asked.path() {
            "/t/7.json" => {
                topic["post_stream"]["posts"] = json!(all.iter().take(20).collect::<Vec<_>>());
                answer(&topic)
            }
            "/t/7/posts.json" => {
                let ids = asked.all("post_ids[]");
                assert!(ids.len() <= 20, "{ids:?}");
                let wanted = |post: &&Value| ids.contains(&post["id"].to_string());
                let posts: Vec<_> = all.iter().filter(wanted).collect();
                answer(&json!({"post_stream": {"posts": posts}, "id": 7}))
            }
            _ => None,
        }
    };
    let board = Played {
        start: "/t/keys/7",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

#[test]
fn lobsters_at_once() {
    let answer = |posts: &[Post], asked: &Asked| {
        let story = page(&lobsters::JSON, posts);
        answer(&story).filter(|_| asked.path() == "/s/abc123.json")
    };
    let board = Played {
        start: "/s/abc123.json",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

#[test]
fn stack_exchange_while_there_is_more() {
    let answer = |posts: &[Post], asked: &Asked| {
        let flat = page(&stackexchange::BOARD, posts);
        let mut answers: Vec<Value> = Vec::new();
        for item in flat["items"].as_array()? {
            match answers.last_mut() {
                Some(answer) if item.get("comment_id").is_some() => {
                    answer["comments"].as_array_mut()?.push(item.clone());
                }
                _ => {
                    let mut item = item.clone();
                    item["comments"] = json!([]);
                    answers.push(item);
                }
            }
        }
        let answers = json!(answers);
        let number = asked.number("page").unwrap_or(1);
        let page = json!({"items": items(&answers, number), "has_more": has_more(&answers, number), "quota_remaining": 9});
        answer(&page).filter(|_| asked.path() == "/2.3/questions/4/answers")
    };
    let board = Played {
        start: "/2.3/questions/4/answers?site=x&filter=y",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

#[test]
fn lemmy_until_a_page_is_empty() {
    let answer = |posts: &[Post], asked: &Asked| {
        let all = page(&lemmy::BOARD, posts);
        match asked.path() {
            "/post/2" => Some(ok("<!DOCTYPE html><title>Keys - Lemmy</title><p>Keys")),
            "/api/v3/post" => answer(
                &json!({"post_view": {"post": {"id": 2, "name": "Keys", "ap_id": "https://far.example/post/5"},
                "creator": {"id": 9, "name": "op"}, "community": {"id": 3},
                "counts": {"post_id": 2, "comments": posts.len(), "score": 1}}}),
            ),
            "/api/v3/comment/list" => {
                let shown = items(&all["comments"], asked.number("page")?);
                answer(&json!({ "comments": shown }))
            }
            _ => None,
        }
    };
    let board = Played {
        start: "/post/2",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

#[test]
fn mastodon_by_context() {
    let answer = |posts: &[Post], asked: &Asked| {
        let context = page(&mastodon::BOARD, posts);
        let all = context["descendants"].as_array()?;
        let own = format!("/api/v1/statuses/{}", posts[0].id);
        match asked.path().strip_prefix(&own)? {
            "" => {
                let mut status = all[0].clone();
                let replies = posts.iter().filter(|post| post.parent == Some(0)).count();
                status["replies_count"] = json!(replies);
                // It came from another site.
                status["url"] = json!("https://far.example/@x/5");
                answer(&status)
            }
            "/context" => answer(&json!({"ancestors": [], "descendants": all[1..]})),
            _ => None,
        }
    };
    let board = Played {
        start: "/@x/1001",
        answer,
        tells: Tells::Always,
    };
    assert_crawled(board, numbered);
}

/// One tree, whose first comment has the id 1001.
fn numbered(posts: &[Post]) -> Vec<Post> {
    let before = posts[0].id - 1001;
    let mut posts = rooted(posts);
    for post in &mut posts {
        post.id -= before;
    }
    posts
}

#[test]
fn bluesky_below_what_is_shown() {
    let answer = |posts: &[Post], asked: &Asked| {
        let list = page(&bluesky::BOARD, posts);
        let views: Vec<_> = list["thread"]
            .as_array()?
            .iter()
            .map(|item| &item["value"]["post"])
            .collect();
        let uri = asked.param("uri")?;
        let at = views.iter().position(|view| view["uri"] == json!(uri))?;
        let mut thread = below(posts, &views, at, 2);
        let mut above = Value::Null;
        let chain: Vec<_> =
            std::iter::successors(posts[at].parent, |&at| posts[at].parent).collect();
        for at in chain.into_iter().rev() {
            let mut one = view(posts, &views, at);
            if !above.is_null() {
                one["parent"] = above;
            }
            above = one;
        }
        if !above.is_null() {
            thread["parent"] = above;
        }
        answer(&json!({ "thread": thread }))
    };
    let board = Played {
        start: "/xrpc/app.bsky.feed.getPostThread?uri=at://did:plc:x/app.bsky.feed.post/1001",
        answer,
        tells: Tells::Always,
    };
    assert_crawled(board, numbered);
}

fn view(posts: &[Post], views: &[&Value], at: usize) -> Value {
    let mut post = views[at].clone();
    let replies = posts.iter().filter(|post| post.parent == Some(at)).count();
    post["replyCount"] = json!(replies);
    json!({"$type": "app.bsky.feed.defs#threadViewPost", "post": post})
}

/// A post with its replies so many levels down.
fn below(posts: &[Post], views: &[&Value], at: usize, levels: usize) -> Value {
    let mut shown = view(posts, views, at);
    let replies = (0..posts.len()).filter(|&reply| posts[reply].parent == Some(at));
    if levels > 0 {
        let replies: Vec<_> = replies
            .map(|reply| below(posts, views, reply, levels - 1))
            .collect();
        shown["replies"] = json!(replies);
    }
    shown
}

#[test]
fn wordpress_rest_by_number() {
    let answer = |posts: &[Post], asked: &Asked| {
        let all = page(&wordpress::REST, posts);
        let pages = posts.len().div_ceil(AT_ONCE);
        let shown = items(&all, asked.number("page").unwrap_or(1));
        let reply = answer(&json!(shown))?.with("X-WP-TotalPages", pages.to_string());
        Some(reply).filter(|_| asked.path() == "/wp-json/wp/v2/comments")
    };
    let board = Played {
        start: "/wp-json/wp/v2/comments?post=77",
        answer,
        tells: Tells::Seldom,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

/// Every item has an answer of its own.
#[test]
fn hacker_news_item_by_item() {
    let answer = |posts: &[Post], asked: &Asked| {
        let items = (hacker_news_json::FIREBASE.page)(posts);
        let mut items = serde_json::Deserializer::from_slice(&items)
            .into_iter::<Value>()
            .flatten();
        let id: u64 = asked
            .path()
            .strip_prefix("/v0/item/")?
            .strip_suffix(".json")?
            .parse()
            .ok()?;
        answer(&items.find(|item| item["id"] == json!(id))?)
    };
    let board = Played {
        start: "/v0/item/7.json",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}
