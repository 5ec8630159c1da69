//! Mastodon: contexts with their statuses, and without.

use super::{
    Board,
    forest::{ALL, Post, assert_shows, assert_shows_as, escape, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::State;
use serde_json::{Value, json};

pub(crate) const BOARD: Board = Board {
    source: "mastodon",
    page: |posts| {
        let statuses: Vec<_> = posts.iter().map(|post| status(posts, post)).collect();
        json!({"ancestors": [], "descendants": statuses})
            .to_string()
            .into_bytes()
    },
};

fn state(post: &Post) -> State {
    match post.fate {
        0..20 => State::Collapsed,
        _ => State::Live,
    }
}

fn status(posts: &[Post], post: &Post) -> Value {
    let answered = post.parent.map(|parent| &posts[parent]);
    let time = jiff::Timestamp::from_second(post.posted).expect("a time");
    // Replies begin with whom they answer.
    let mention = answered.map_or_else(String::new, |answered| {
        let name = escape(answered.author);
        format!("<span class=\"h-card\"><a href=\"https://m.example/@x\" class=\"u-url mention\">@<span>{name}</span></a></span> ")
    });
    let content = post.html().replacen("<p>", &format!("<p>{mention}"), 1);
    json!({
        "id": post.id.to_string(),
        "created_at": time.to_string(),
        "in_reply_to_id": answered.map(|answered| answered.id.to_string()),
        "visibility": "public",
        "spoiler_text": if state(post) == State::Live { "" } else { "Leak" },
        "url": format!("https://m.example/@x/{}", post.id),
        "favourites_count": post.points,
        "content": content,
        "account": {"id": "1", "acct": "x", "display_name": post.author},
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    /// Any status may be the one that the context is of.
    #[test]
    fn threads_come_back(posts in forests(30), asked in any::<prop::sample::Index>(), before in any::<bool>()) {
        let asked = asked.index(posts.len());
        let all: Vec<_> = posts.iter().map(|post| status(&posts, post)).collect();
        let context = json!({"ancestors": all[..asked], "descendants": all[asked + 1..]}).to_string();
        let own = all[asked].to_string();
        let input = if before { own + "\n" + &context } else { context + &own };
        let thread = read(input.as_bytes(), "mastodon");
        let states: Vec<_> = posts.iter().map(state).collect();
        assert_shows_as(&thread, &posts, &states, ALL);
        for (comment, post) in thread.comments.iter().zip(&posts) {
            prop_assert_eq!(&comment.body.text, &post.text());
        }
    }

    #[test]
    fn lists_of_statuses_come_back(posts in forests(30)) {
        let posts: Vec<_> = posts.into_iter().map(|post| Post { fate: 99, ..post }).collect();
        let all: Vec<_> = posts.iter().map(|post| status(&posts, post)).collect();
        assert_shows(&read(json!(all).to_string().as_bytes(), "mastodon"), &posts, ALL);
    }
}
