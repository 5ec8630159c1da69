//! Comments in microformats2: nested, and side by side with the addresses of what they answer.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, escape, forests, read},
    quoting::date,
};
use proptest::prelude::*;
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "microformats",
    page: |posts| page(posts, false).into_bytes(),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

fn page(posts: &[Post], nested: bool) -> String {
    let mut out =
        "<!DOCTYPE html>\n<html><body><article class=\"h-entry\"><h1 class=\"p-name\">Keys</h1>\
        <a class=\"u-url\" href=\"https://x.example/a\"></a><div class=\"e-content\">Lost.</div>"
            .to_owned();
    let mut open = 0;
    for post in posts {
        while nested && open > post.depth || !nested && open > 0 {
            out += "</div>";
            open -= 1;
        }
        let answered = post.parent.map_or_else(String::new, |parent| {
            format!("#comment-{}", posts[parent].id)
        });
        let reply = match nested {
            true => String::new(),
            false => {
                format!("<a class=\"u-in-reply-to\" href=\"https://x.example/a{answered}\"></a>")
            }
        };
        let _ = write!(
            out,
            "<div class=\"u-comment h-cite\"><a class=\"p-author h-card\" href=\"https://y.example/\">{}</a>\
             <a class=\"u-url\" href=\"https://x.example/a#comment-{}\"><time class=\"dt-published\" datetime=\"{}\">then</time></a>\
             {reply}<div class=\"e-content p-name\">{}</div>",
            escape(post.author),
            post.id,
            date(post, "%Y-%m-%dT%H:%M:%SZ"),
            post.html()
        );
        open += 1;
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn any_thread_comes_back(posts in forests(30), nested in any::<bool>()) {
        let thread = read(page(&posts, nested).as_bytes(), "microformats");
        assert_shows(&thread, &posts, TELLS);
        prop_assert_eq!(thread.title.as_deref(), Some("Keys"));
    }
}
