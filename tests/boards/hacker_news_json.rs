//! Hacker News as JSON: its search's answers and its own API's items.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows_as, chain, forests, read, read_as},
    hacker_news::{self, Fate, STORY, fate, parent_id, states, text},
};
use proptest::prelude::*;
use rejoinder::{source, thread::State};
use std::fmt::Write as _;

pub(crate) const ALGOLIA: Board = Board {
    source: "hn-algolia",
    page: |posts| item(posts, true, &|_| Fate::Live),
};

pub(crate) const FIREBASE: Board = Board {
    source: "hn-firebase",
    page: |posts| lines(posts, &|_| Fate::Live).join("\n").into_bytes(),
};

pub(crate) const HACKERWEB: Board = Board {
    source: "hn-hackerweb",
    page: |posts| hackerweb(posts, &|_| Fate::Live),
};

const NO_POINTS: Tells = Tells {
    points: false,
    ..ALL
};

/// A text as JSON.
fn json(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

/// The members of a search's item that stand beside its id and its replies.
fn members(posts: &[Post], post: &Post, fate: Fate, text_key: &str) -> String {
    let (author, text) = match fate {
        Fate::Deleted => ("null".to_owned(), "null".to_owned()),
        Fate::Flagged | Fate::Dead => (json(post.author), json("[flagged]")),
        _ => (json(post.author), json(&text(post))),
    };
    format!(
        "\"created_at_i\":{},\"author\":{author},\"type\":\"comment\",\"{text_key}\":{text},\"points\":{},\"parent_id\":{},\"story_id\":{STORY}",
        post.posted,
        post.points,
        parent_id(posts, post)
    )
}

/// A search's answer for the story; ids come first or behind the replies.
fn item(posts: &[Post], id_first: bool, fate: &dyn Fn(&Post) -> Fate) -> Vec<u8> {
    let story = format!(
        "\"id\":{STORY},\"created_at_i\":1536256980,\"author\":\"op\",\"type\":\"story\",\"title\":\"Keys\",\"parent_id\":null,\"story_id\":{STORY},"
    );
    let mut out = format!("{{{story}\"children\":[");
    let mut open: Vec<&Post> = Vec::new();
    let close = |out: &mut String, post: &Post| {
        out.push(']');
        if !id_first {
            let _ = write!(
                out,
                ",{},\"id\":{}",
                members(posts, post, fate(post), "text"),
                post.id
            );
        }
        out.push('}');
    };
    for post in posts {
        while let Some(last) = open.pop_if(|last| last.depth >= post.depth) {
            close(&mut out, last);
        }
        if out.ends_with('}') {
            out.push(',');
        }
        out.push('{');
        if id_first {
            let _ = write!(
                out,
                "\"id\":{},{},",
                post.id,
                members(posts, post, fate(post), "text")
            );
        }
        out += "\"children\":[";
        open.push(post);
    }
    while let Some(last) = open.pop() {
        close(&mut out, last);
    }
    out += "],\"options\":[]}";
    out.into_bytes()
}

/// The answer of the API that readers of the board are built on.
fn hackerweb(posts: &[Post], fate: &dyn Fn(&Post) -> Fate) -> Vec<u8> {
    let mut out = format!(
        "{{\"id\":{STORY},\"title\":\"Keys\",\"points\":3,\"user\":\"op\",\"time\":1536256980,\"time_ago\":\"1 day ago\",\"type\":\"link\",\"url\":\"https://example.org/\",\"comments_count\":{},\"comments\":[",
        posts.len()
    );
    let mut open: Vec<usize> = Vec::new();
    for post in posts {
        while open.pop_if(|depth| *depth >= post.depth).is_some() {
            out += "]}";
        }
        if out.ends_with('}') {
            out.push(',');
        }
        let (user, content, mark) = match fate(post) {
            Fate::Deleted => (
                "null".to_owned(),
                "[deleted]".to_owned(),
                "\"deleted\":true,",
            ),
            Fate::Flagged => (json(post.author), "[flagged]".to_owned(), ""),
            Fate::Dead => (json(post.author), text(post), "\"dead\":true,"),
            _ => (json(post.author), format!("<p>{}", text(post)), ""),
        };
        let _ = write!(
            out,
            "{{\"id\":{},\"level\":{},\"user\":{user},\"time\":{},\"time_ago\":\"1 day ago\",{mark}\"content\":{},\"comments\":[",
            post.id,
            post.depth,
            post.posted,
            json(&content)
        );
        open.push(post.depth);
    }
    out += &"]}".repeat(open.len() + 1);
    out.into_bytes()
}

/// What a search finds, the newest first.
fn hits(posts: &[Post], fate: &dyn Fn(&Post) -> Fate) -> Vec<u8> {
    let hits: Vec<_> = posts
        .iter()
        .rev()
        .map(|post| {
            let members = members(posts, post, fate(post), "comment_text");
            format!("{{\"objectID\":\"{}\",{members},\"_tags\":[\"comment\",\"story_{STORY}\"],\"_highlightResult\":{{\"author\":{{\"value\":\"x\"}}}},\"children\":[1,2]}}", post.id)
        })
        .collect();
    format!(
        "{{\"hits\":[{}],\"nbHits\":{},\"nbPages\":1,\"page\":0}}",
        hits.join(","),
        posts.len()
    )
    .into_bytes()
}

/// The items of the API, a line each.
fn lines(posts: &[Post], fate: &dyn Fn(&Post) -> Fate) -> Vec<String> {
    let mut kids: Vec<Vec<String>> = vec![Vec::new(); posts.len()];
    let mut first = Vec::new();
    for post in posts {
        match post.parent {
            Some(parent) => kids[parent].push(post.id.to_string()),
            None => first.push(post.id.to_string()),
        }
    }
    let mut lines = vec![format!(
        "{{\"by\":\"op\",\"descendants\":{},\"id\":{STORY},\"kids\":[{}],\"score\":3,\"time\":1536256980,\"title\":\"Keys\",\"type\":\"story\"}}",
        posts.len(),
        first.join(",")
    )];
    for (post, kids) in posts.iter().zip(kids) {
        let own = match fate(post) {
            Fate::Deleted => "\"deleted\":true".to_owned(),
            Fate::Flagged => format!(
                "\"by\":{},\"dead\":true,\"text\":\"[flagged]\"",
                json(post.author)
            ),
            Fate::Dead => format!(
                "\"by\":{},\"dead\":true,\"text\":{}",
                json(post.author),
                json(&text(post))
            ),
            _ => format!(
                "\"by\":{},\"text\":{}",
                json(post.author),
                json(&text(post))
            ),
        };
        let kids = match kids.is_empty() {
            true => String::new(),
            false => format!("\"kids\":[{}],", kids.join(",")),
        };
        lines.push(format!(
            "{{{own},\"id\":{},{kids}\"parent\":{},\"time\":{},\"type\":\"comment\"}}",
            post.id,
            parent_id(posts, post),
            post.posted
        ));
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn what_was_taken_away_keeps_its_place(posts in forests(30)) {
        for id_first in [true, false] {
            let thread = read(&item(&posts, id_first, &fate), "hn-algolia");
            assert_shows_as(&thread, &posts, &states(&posts, false), ALL);
        }
        assert_shows_as(&read(&hits(&posts, &fate), "hn-algolia"), &posts, &states(&posts, false), ALL);
        assert_shows_as(&read(&hackerweb(&posts, &fate), "hn-hackerweb"), &posts, &states(&posts, false), NO_POINTS);
        let page = lines(&posts, &fate).join("\n");
        assert_shows_as(&read(page.as_bytes(), "hn-firebase"), &posts, &states(&posts, false), NO_POINTS);
    }

    #[test]
    fn items_in_any_order_of_several_stories(posts in forests(20), others in forests(10), by in any::<prop::sample::Index>()) {
        let moved: Vec<String> = lines(&others, &|_| Fate::Live);
        // Other ids, by one more digit before each.
        let moved: Vec<String> = moved
            .iter()
            .map(|line| {
                let mut line = line.replace(&format!("\"id\":{STORY},"), "\"id\":9,").replace(&format!("\"parent\":{STORY},"), "\"parent\":9,");
                for other in &others {
                    for key in ["\"id\":", "\"parent\":", "[", ","] {
                        line = line.replace(&format!("{key}{}", other.id), &format!("{key}9{}", other.id));
                    }
                }
                line
            })
            .collect();
        let mut all = [lines(&posts, &fate), moved].concat();
        let count = all.len();
        all.rotate_left(by.index(count));
        all.reverse();
        for page in [all.join("\n"), format!("[{}]", all.join(",\n"))] {
            let source = source::detect(page.as_bytes()).expect("a source");
            assert_eq!(source.id(), "hn-firebase");
            let threads: Vec<_> = source.threads(Box::new(page.as_bytes())).map(|thread| thread.expect("a thread")).collect();
            assert_eq!(threads.len(), 2);
            let own = threads.iter().find(|thread| thread.id == STORY.to_string()).expect("the story");
            assert_shows_as(own, &posts, &states(&posts, false), NO_POINTS);
            let other = threads.iter().find(|thread| thread.id == "9").expect("the other story");
            let depths: Vec<_> = other.comments.iter().map(|comment| comment.depth).collect();
            let expected: Vec<_> = others.iter().map(|post| post.depth).collect();
            assert_eq!(depths, expected);
        }
    }

    #[test]
    fn replies_that_no_line_holds_are_stubs(posts in forests(30)) {
        let answered: Vec<_> = posts.iter().filter_map(|post| post.parent).collect();
        let is_lost = |at: usize| posts[at].fate < 40 && !answered.contains(&at);
        let lines = lines(&posts, &|_| Fate::Live);
        let kept = lines.iter().enumerate().filter(|(line, _)| *line == 0 || !is_lost(line - 1));
        let page: Vec<_> = kept.map(|(_, line)| line.as_str()).collect();
        let thread = read_as(page.join("\n").as_bytes(), "hn-firebase").expect("a thread");
        let states: Vec<_> = (0..posts.len()).map(|at| if is_lost(at) { State::Unresolved } else { State::Live }).collect();
        assert_shows_as(&thread, &posts, &states, NO_POINTS);
    }
}

#[test]
fn a_long_chain_of_items() {
    let posts = chain(50_000);
    for board in [ALGOLIA, FIREBASE, HACKERWEB, hacker_news::HTML] {
        let thread = read_as(&(board.page)(&posts), board.source).expect("a thread");
        assert_eq!(thread.comments.len(), posts.len(), "{}", board.source);
        assert_eq!(thread.comments[49_999].depth, 49_999, "{}", board.source);
    }
}
