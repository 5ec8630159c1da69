//! LWN: boxes in boxes, as `div`s until 2019 and as `details` since.

use super::{
    Board,
    forest::{Post, Tells, assert_shows_as, escape, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::State;
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "lwn",
    page: |posts| page(posts, &vec![State::Live; posts.len()], true),
};

const TELLS: Tells = Tells {
    author: true,
    posted: true,
    points: false,
};

fn begin(post: &Post, state: State, folds: bool) -> String {
    let id = post.id;
    let time = jiff::Timestamp::from_second(post.posted).expect("a time");
    let time = time.strftime("%b %-d, %Y %-H:%M UTC (%a)");
    let title = "<h3 class=\"CommentTitle\">Keys</h3>";
    let poster = format!(
        "<p class=\"CommentPoster\">Posted {time} by <b>{}</b> (subscriber, #1{id}) \
         [<a href=\"/Articles/{id}/\">Link</a>] ",
        escape(post.author)
    );
    // Comments written as plain text have an element of their own.
    let text = match post.points % 2 {
        0 => post.html(),
        _ => format!("<div class=\"FormattedComment\">{}</div>", post.html()),
    };
    let reply = format!(
        "<div class=\"CommentReplyButton\"><form action=\"https://lwn.net/Articles/{id}/comment\" method=\"post\">\
         <input type=\"submit\" value=\"Reply to this comment\"></form></div>"
    );
    let anchor = format!("<a name=\"CommAnchor{id}\"></a>");
    match folds {
        true => {
            let open = if state == State::Live { "open" } else { "" };
            format!(
                "{anchor}<details class=\"CommentBox\" {open}><summary>{title}{poster}</p></summary>{text}{reply}"
            )
        }
        false => format!(
            "<p>{anchor}<div class=\"CommentBox\">{title}<div class=\"CommentBody\">{poster}<p>{text}{reply}</div><p>"
        ),
    }
}

fn page(posts: &[Post], states: &[State], folds: bool) -> Vec<u8> {
    let mut out = "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"><html><head>\
                   <title>Keys [LWN.net]</title></head><body><div class=\"PageHeadline\"><h1>Keys</h1></div>\
                   <div class=\"ArticleText\"><p>Keys leak.</p></div><p><a name=\"Comments\"></a>"
        .to_owned();
    let end = if folds { "</details>" } else { "</div>" };
    let mut open = 0;
    for (post, &state) in posts.iter().zip(states) {
        while open > post.depth {
            out += end;
            open -= 1;
        }
        out += &begin(post, state, folds);
        open += 1;
    }
    let _ = write!(out, "{}</body></html>", end.repeat(open));
    out.into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn threads_come_back(posts in forests(30), folds in any::<bool>()) {
        let folded = |post: &Post| folds && post.fate < 30;
        let states: Vec<_> = posts
            .iter()
            .map(|post| if folded(post) { State::Collapsed } else { State::Live })
            .collect();
        let thread = read(&page(&posts, &states, folds), "lwn");
        assert_shows_as(&thread, &posts, &states, TELLS);
        for (comment, post) in thread.comments.iter().zip(&posts) {
            prop_assert_eq!(&comment.body.text, &post.text());
        }
    }
}
