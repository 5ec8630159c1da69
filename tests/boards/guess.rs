//! Boards that nobody knows: a page is made of random names of classes, and comments nest in lists.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, escape, forests, read},
    quoting::date,
};
use proptest::prelude::*;
use rejoinder::thread::codes;
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "guess",
    page: |posts| page(posts, Form::List, "remark").into_bytes(),
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

#[derive(Debug, Clone, Copy)]
enum Form {
    /// Replies stand in a list inside what they answer.
    List,
    /// They stand in what they answer itself.
    Inside,
    /// They stand side by side, with their depth.
    Depth,
}

const FORMS: [Form; 3] = [Form::List, Form::Inside, Form::Depth];

fn page(posts: &[Post], form: Form, word: &str) -> String {
    let mut out = "<!DOCTYPE html>\n<html><head><title>Keys</title></head><body><h1>Keys</h1><nav><ul><li class=\"comment\">\
        <a href=\"/user/1\">Menu</a></li></ul></nav><p>The article.</p><section class=\"comments\">"
        .to_owned();
    let (begin, end) = match form {
        Form::List => ("<ul><li", "</li></ul>"),
        _ => ("<div", "</div>"),
    };
    let mut open = 0;
    for post in posts {
        let keep = if matches!(form, Form::Depth) {
            0
        } else {
            post.depth
        };
        while open > keep {
            out += end;
            open -= 1;
        }
        let _ = write!(
            out,
            "{begin} class=\"{word} {word}-{0}\" id=\"{word}-{0}\" data-depth=\"{1}\"><p class=\"{word}-head\"><a class=\"{word}-author\" \
             href=\"/user/x\">{2}</a> <time datetime=\"{3}\">then</time></p><div class=\"{word}-body\">{4}</div>",
            post.id,
            post.depth,
            escape(post.author),
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
    fn any_thread_comes_back(
        posts in forests(30),
        form in prop::sample::select(&FORMS[..]),
        word in prop::sample::select(&["comment", "remark", "beitrag", "entry"][..]),
    ) {
        let thread = read(page(&posts, form, word).as_bytes(), "guess");
        assert_shows(&thread, &posts, TELLS);
        prop_assert!(thread.warnings.iter().any(|warning| warning.code == codes::GUESSED_STRUCTURE));
    }
}
