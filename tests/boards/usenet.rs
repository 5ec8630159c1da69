//! Threads of news groups as Markdown.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, forests, read},
};
use jiff::Timestamp;
use proptest::prelude::*;
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "usenet-markdown",
    page: |posts| page(posts, "```").into_bytes(),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

/// Shows three arrows at most, as headings end at six marks.
fn page(posts: &[Post], fence: &str) -> String {
    const DEEPEST: usize = 3;
    let mut out = format!(
        "[Index](../README.md)\n\n# Keys\n\n_{} messages_\n\n---\n\n",
        posts.len()
    );
    for post in posts {
        let depth = post.depth.min(DEEPEST);
        let (marks, arrows) = ("#".repeat(3 + depth), "↳ ".repeat(depth));
        let told = match post.depth > DEEPEST {
            true => format!("_(reply depth: {})_\n\n", post.depth),
            false => String::new(),
        };
        let sent = Timestamp::from_second(post.posted).expect("a time");
        let _ = write!(
            out,
            "{marks} {arrows}Re: Keys\n\n{told}- **From:** \"{}\" <ada@a.example>\n- **Date:** {sent}\n- **Newsgroups:** comp.keys\n- **Message-ID:** `<{}>`\n",
            post.author, post.id,
        );
        // What is right below its heading's parent needs no references.
        let shown = post.fate < 20;
        if let Some(parent) = post.parent.filter(|_| !shown) {
            let _ = writeln!(
                out,
                "- **References:** `<gone@a.example> <{}>`",
                posts[parent].id
            );
        }
        let _ = write!(out, "\n{fence}\n{}\n{fence}\n\n", post.text());
    }
    out + "---\n\n[Index](../README.md)\n"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn threads(posts in forests(30)) {
        assert_shows(&read(page(&posts, "```").as_bytes(), BOARD.source), &posts, TELLS);
        let windows = page(&posts, "````").replace('\n', "\r\n");
        assert_shows(&read(windows.as_bytes(), BOARD.source), &posts, TELLS);
    }
}
