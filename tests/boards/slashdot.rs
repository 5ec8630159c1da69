//! Slashdot: the items of its threads, with and without the script that knows them all.

use super::{
    Board,
    forest::{ALL, Post, Tells, assert_shows_as, escape, forests, read},
};
use proptest::prelude::*;
use rejoinder::thread::State;
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "slashdot",
    page: |posts| page(posts, &vec![State::Live; posts.len()], Form::New, false),
};

/// The markup of a year.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// From 2007 on, with a script that completes the page.
    New,
    /// Of 2006.
    Old,
}

fn date(post: &Post) -> String {
    let time = jiff::Timestamp::from_second(post.posted).expect("a time");
    time.strftime("on %A %B %d, %Y @%I:%M%p").to_string()
}

fn item(post: &Post, parent: Option<u64>, state: State, form: Form) -> String {
    let id = post.id;
    let classes = match state {
        State::Hidden => "comment hidden",
        State::Collapsed => "comment oneline",
        _ if form == Form::New => "comment full contain",
        _ => "comment",
    };
    let mut out = format!(
        "<li id=\"tree_{id}\" class=\"{classes}\"><span class=\"ind\"></span>\n<div id=\"comment_{id}\" class=\"cw\">"
    );
    if state != State::Hidden {
        let head = match form {
            Form::New => format!(
                "<a id=\"comment_link_{id}\" name=\"comment_link_{id}\" href=\"#\">Re:x</a>"
            ),
            Form::Old => format!("<a name=\"{id}\">Re:x</a>"),
        };
        let (name, points) = (escape(post.author), post.points);
        let by = match form {
            Form::New => format!(
                "<span class=\"by\"><span class=\"byby\">by </span><a href=\"//slashdot.org/~x\">{name}</a> \
                 <span class=\"uid\"><a href=\"//slashdot.org/~x\">( 1{id} )</a></span></a></span>\
                 <span class=\"writes\" style=\"display:none\"> writes:</span>"
            ),
            Form::Old => format!("by <a href=\"//slashdot.org/~x\">{name} (1{id})</a>"),
        };
        // Lines folded by the board show no date.
        let date = match state {
            State::Collapsed => String::new(),
            _ => format!("{} (<a href=\"#\">#{id}</a>) <small> </small>", date(post)),
        };
        let parent = parent.map_or_else(String::new, |parent| {
            format!("<a href=\"//slashdot.org/comments.pl?sid=7&amp;mode=thread&amp;cid={parent}\">Parent</a>")
        });
        let _ = write!(
            out,
            "<div id=\"comment_top_{id}\" class=\"commentTop newcomment\"><div class=\"title\"><h4>{head} \
             <span id=\"comment_score_{id}\" class=\"score\"> (<a href=\"#\"><span class=opt>Score:</span>{points}</a>, Funny)\
             </span></h4></div><div class=\"details\">{by} <span class=\"otherdetails\" id=\"comment_otherdetails_{id}\">\
             {date}</span></div></div><div class=\"commentBody\"><div id=\"comment_body_{id}\">{}</div></div>\
             <div class=\"commentSub\" id=\"comment_sub_{id}\"><a href=\"//slashdot.org/comments.pl?sid=7&amp;op=Reply&amp;pid={id}\">\
             Reply to This</a> {parent}</div>",
            post.html()
        );
    }
    let _ = write!(
        out,
        "</div><div id=\"replyto_{id}\"></div><ul id=\"group_{id}\"><li id=\"hiddens_{id}\" class=\"hide\"></li></ul>"
    );
    out
}

fn page(posts: &[Post], states: &[State], form: Form, script: bool) -> Vec<u8> {
    let parent_of = |post: &Post| post.parent.map(|parent| posts[parent].id);
    let mut out = "<!DOCTYPE html><html><head><link rel=\"canonical\" \
                   href=\"https://it.slashdot.org/story/18/09/06/1/x\"></head><body>"
        .to_owned();
    if script {
        let entries: Vec<_> = posts
            .iter()
            .map(|post| {
                let (id, pid) = (post.id, parent_of(post).unwrap_or_default());
                format!("{id}: {{ uid: 666, pid: {pid}, subject: \"Re: \\\"x\\\"\", points: 1, kids: [ 1, 2 ], opid: {pid} }}")
            })
            .collect();
        let _ = write!(
            out,
            "<script>D2.comments({{ {} }});</script>",
            entries.join(", ")
        );
    }
    out += "<ul id=\"commentlisting\" class=\"d2\">";
    // Open items, each with its id and the number of its hidden replies.
    let mut open: Vec<(u64, usize)> = Vec::new();
    let close = |out: &mut String, (id, hidden): (u64, usize)| {
        if hidden > 0 {
            let _ = write!(
                out,
                "<li id=\"hidestring_{id}\"><noscript><b class='more'><a href=\"//slashdot.org/comments.pl?sid=7&amp;pid={id}\">\
                 {hidden} replies</a> beneath your current threshold.</b></noscript></li>"
            );
        }
        *out += "</ul></li>";
    };
    for (post, &state) in posts.iter().zip(states) {
        while open.len() > post.depth {
            if let Some(item) = open.pop() {
                close(&mut out, item);
            }
        }
        if let Some((_, hidden)) = open.last_mut() {
            *hidden += usize::from(state == State::Hidden);
        }
        out += &item(post, parent_of(post).filter(|_| !script), state, form);
        let _ = write!(out, "<ul id=\"commtree_{}\">", post.id);
        open.push((post.id, 0));
    }
    while let Some(item) = open.pop() {
        close(&mut out, item);
    }
    out += "</ul></body></html>";
    out.into_bytes()
}

/// A page of before 2006: rows of tables, and lists of replies of which some are folded.
fn tables(posts: &[Post], states: &[State]) -> Vec<u8> {
    let mut out = "<HTML><HEAD><TITLE>Slashdot | Keys</TITLE></HEAD><BODY>".to_owned();
    // What ends each open comment and its list.
    let mut open: Vec<&str> = Vec::new();
    for (post, &state) in posts.iter().zip(states) {
        while open.len() > post.depth {
            out += open.pop().unwrap_or_default();
        }
        let (id, points, name) = (post.id, post.points, escape(post.author));
        if state == State::Hidden {
            let _ = write!(
                out,
                "<LI><A HREF=\"//slashdot.org/comments.pl?sid=01/1&threshold=1&cid={id}\">Re:x</A> by {name} \
                 <FONT SIZE=\"-1\">(Score:{points})</FONT><UL>"
            );
            open.push("</UL></LI>");
            continue;
        }
        let _ = write!(
            out,
            "<TABLE><TR><TD BGCOLOR=\"#CCCCCC\"><FONT SIZE=\"3\"><A NAME=\"{id}\"><B>Re:x</B></A></FONT> (Score:{points}, Funny)\
             <BR>by {name} {} (<A HREF=\"//slashdot.org/comments.pl?sid=01/1&cid={id}\">#{id}</A>)</TD></TR>\
             <TR><TD>{}</TD></TR><TR><TD><FONT SIZE=\"2\">[ <A HREF=\"//slashdot.org/comments.pl?sid=01/1&op=Reply&pid={id}\">\
             Reply to This</A> | <A HREF=\"//slashdot.org/comments.pl?sid=01/1&pid=0\">Parent</A> ]</FONT></TD></TR></TABLE><UL>",
            date(post),
            post.html()
        );
        open.push("</UL>");
    }
    out.into_bytes()
}

/// What the board does to a comment by its fate.
fn state(post: &Post) -> State {
    match post.fate {
        0..30 => State::Hidden,
        30..50 => State::Collapsed,
        _ => State::Live,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn threads_come_back(posts in forests(30), old in any::<bool>(), script in any::<bool>()) {
        let states: Vec<_> = posts.iter().map(state).collect();
        let form = if old { Form::Old } else { Form::New };
        let thread = read(&page(&posts, &states, form, script), "slashdot");
        assert_shows_as(&thread, &posts, &states, ALL);
        for ((comment, post), state) in thread.comments.iter().zip(&posts).zip(states) {
            if state == State::Collapsed {
                prop_assert_eq!(&comment.body.text, &post.text());
            }
            let id = comment.author.as_ref().and_then(|author| author.id.clone());
            prop_assert_eq!(id, (state != State::Hidden).then(|| format!("1{}", post.id)));
        }
    }

    #[test]
    fn tables_come_back(posts in forests(30)) {
        let folded = |post: &Post| post.fate < 30;
        let states: Vec<_> = posts
            .iter()
            .map(|post| if folded(post) { State::Hidden } else { State::Live })
            .collect();
        let thread = read(&tables(&posts, &states), "slashdot");
        assert_shows_as(&thread, &posts, &states, ALL);
    }
}

#[test]
fn the_script_holds_a_thread_together_that_nests_too_deeply() {
    let posts = super::forest::chain(2_000);
    let states = vec![State::Live; posts.len()];
    let thread = read(&page(&posts, &states, Form::New, true), "slashdot");
    let tells = Tells {
        author: true,
        posted: true,
        points: true,
    };
    assert_shows_as(&thread, &posts, &states, tells);
}
