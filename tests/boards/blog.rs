//! Blogs as Markdown: flat pages, nested lists, data files.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows, forests, read},
    wordpress::parents_agree,
};
use proptest::prelude::*;
use rejoinder::thread::codes;
use std::fmt::Write as _;

pub(crate) const BLOG: Board = Board {
    source: "blog-markdown",
    // White space before an item grows with its depth, so that very deep lists are no pages.
    page: |posts| match posts.iter().any(|post| post.depth > 1000) {
        true => data(posts).into_bytes(),
        false => nested(posts, false).into_bytes(),
    },
};

const TELLS: Tells = Tells {
    points: false,
    ..ALL
};

const FRONT: &str = "---\ntitle: Keys\nurl: https://b.example/2018/09/keys/\n---\n\n# Keys\n\nMenu\n\n* [Home](/)\n\n## Keys\n\n\
     They leak.\n\n";

/// Text as converters escape it.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if matches!(letter, '*' | '_' | '\\' | '[' | ']' | '`' | '<') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.replace('&', "&amp;")
}

fn time(post: &Post, format: &str) -> String {
    let time = jiff::Timestamp::from_second(post.posted).expect("a time");
    time.strftime(format).to_string()
}

/// A page with a comment as an item of a list; `framed` puts a picture before the name and the time below.
fn nested(posts: &[Post], framed: bool) -> String {
    let mut out = format!("{FRONT}## {} thoughts on “Keys”\n\n", posts.len());
    // Of each open item, the columns before its text and the number of the next reply.
    let mut open: Vec<(usize, usize)> = vec![(0, 1)];
    for post in posts {
        open.truncate(post.depth + 1);
        let (indent, number) = open.last_mut().expect("the page itself");
        let (before, marker) = (" ".repeat(*indent), format!("{number}. "));
        let inner = *indent + marker.len();
        *number += 1;
        open.push((inner, 1));
        let link = |shown: &str| {
            format!(
                "[{shown}](https://b.example/2018/09/keys/#comment-{})",
                post.id
            )
        };
        let pad = " ".repeat(inner);
        let name = escape(post.author);
        let _ = match framed {
            true => {
                let stamp = link(&time(post, "%B %-d, %Y at %H:%M"));
                write!(
                    out,
                    "{before}{marker}![](http://g.example/a?s=34&d=x) **[{name}](http://a.example)** says:\n\n{pad}{stamp}\n\n"
                )
            }
            false => write!(
                out,
                "{before}{marker}{name} {}\n\n",
                link(&time(post, "%B %-d, %Y %-I:%M %p"))
            ),
        };
        for paragraph in &post.paragraphs {
            let _ = write!(out, "{pad}{}\n\n", escape(paragraph));
        }
    }
    out + "Comments are closed.\n"
}

/// A page without replies, on which each quotes what it answers.
fn flat(posts: &[Post]) -> String {
    let mut out = format!(
        "{FRONT}[{} Comments](https://b.example/2018/09/keys/#comments)\n\n### Comments\n\n",
        posts.len()
    );
    for post in posts {
        let stamp = time(post, "%B %-d, %Y %-I:%M %p");
        let _ = write!(
            out,
            "{} •\n[{stamp}](https://b.example/2018/09/keys/#comment-{})\n\n",
            escape(post.author),
            post.id
        );
        if let Some(parent) = post.parent {
            let _ = write!(out, "> {}\n\n", escape(&posts[parent].paragraphs[0]));
        }
        for paragraph in &post.paragraphs {
            let _ = write!(out, "{}\n\n", escape(paragraph));
        }
    }
    out + "### Leave a comment [Cancel reply](#respond)\n\nLogin\n"
}

fn data(posts: &[Post]) -> String {
    let mut out = String::new();
    for post in posts {
        let id = post.id;
        let _ = write!(out, "# _data/comments/keys/dsq-{id}.yml\nid: dsq-{id}\n");
        if let Some(parent) = post.parent {
            let _ = writeln!(out, "replyToId: dsq-{}", posts[parent].id);
        }
        let (author, html) = (post.author, post.html());
        let message = match post.fate % 3 {
            0 => html,
            1 => format!("'{}'", html.replace('\'', "''")),
            _ => format!("\"{}\"", html.replace('\\', "\\\\").replace('"', "\\\"")),
        };
        let _ = write!(
            out,
            "date: {}\nname: {author}\nmessage: {message}\n\n",
            time(post, "%Y-%m-%dT%H:%M:%S.0000000+00:00")
        );
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn lists_and_data_files_bring_threads_back(posts in forests(30)) {
        for page in [nested(&posts, false), nested(&posts, true), data(&posts)] {
            let mut thread = read(page.as_bytes(), "blog-markdown");
            // A blog's files without any reply may be of a blog without replies.
            thread.warnings.retain(|warning| ![codes::INFERRED_PARENT, codes::LOCAL_TIMES].contains(&&*warning.code));
            assert_shows(&thread, &posts, TELLS);
            assert_eq!(thread.warnings, []);
        }
    }

    #[test]
    fn quotations_lead_on_flat_pages(posts in forests(30)) {
        let thread = read(flat(&posts).as_bytes(), "blog-markdown");
        parents_agree(&thread, &posts);
        assert!(thread.warnings.iter().all(|warning| [codes::INFERRED_PARENT, codes::LOCAL_TIMES].contains(&&*warning.code)), "{:?}", thread.warnings);
    }

    #[test]
    fn pages_that_are_cut_say_so(posts in forests(30), percent in 60..100_usize) {
        let page = nested(&posts, true);
        let cut: String = page.chars().take(page.chars().count() * percent / 100).collect();
        let cut = cut + "...";
        if cut.matches("#comment-1").count() > 2 {
            let thread = read(cut.as_bytes(), "blog-markdown");
            let known: Vec<_> = posts.iter().map(|post| post.id.to_string()).collect();
            assert!(thread.comments.iter().zip(known).all(|(comment, id)| comment.id == id));
            assert!(thread.warnings.iter().any(|warning| warning.code == codes::PARTIAL_CAPTURE));
        }
    }
}
