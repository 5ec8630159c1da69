//! Boards that split a thread into pages of HTML.

use super::super::{
    Board,
    forest::{Post, trees},
    hacker_news, phpbb, slashdot, vbulletin, wordpress, xenforo,
};
use super::{
    AT_ONCE, Asked, Played, Tells, assert_crawled,
    server::{Reply, ok},
};
use std::fmt::Write as _;

/// One page of those into which a board's page is cut: `mark` begins each post, `end` stands behind the last.
struct Cut {
    head: String,
    posts: Vec<String>,
    tail: String,
}

impl Cut {
    fn new(board: &Board, posts: &[Post], mark: &str, end: &str) -> Self {
        let page = String::from_utf8((board.page)(posts)).expect("text");
        let mut parts = page.split(mark);
        let head = parts.next().unwrap_or_default().to_owned();
        let mut posts: Vec<_> = parts.map(|part| format!("{mark}{part}")).collect();
        let last = posts.last_mut().expect("a post");
        let tail = last.split_off(last.rfind(end).expect("an end"));
        Self { head, posts, tail }
    }

    fn count(&self) -> usize {
        self.posts.len().div_ceil(AT_ONCE)
    }

    /// The page of this number, from 1, with its links to others.
    fn page(&self, number: usize, links: &str) -> Option<Reply> {
        let posts = self.posts.chunks(AT_ONCE).nth(number.checked_sub(1)?)?;
        Some(html(format!(
            "{}{}{links}{}",
            self.head,
            posts.concat(),
            self.tail
        )))
    }
}

fn html(page: String) -> Reply {
    ok(page).with("Content-Type", "text/html; charset=utf-8")
}

/// Links to all pages but one, each made by `link`.
fn others(count: usize, own: usize, link: impl Fn(usize) -> String) -> String {
    let numbers = (1..=count).filter(|&number| number != own);
    numbers.map(link).collect()
}

#[test]
fn hacker_news_behind_more() {
    let answer = |posts: &[Post], asked: &Asked| {
        let is_item = asked.path() == "/item" && asked.number("id") == Some(7);
        let end = "</table></td></tr></table></center>";
        let cut = Cut::new(&hacker_news::HTML, posts, "<tr class='athing comtr", end);
        let number = asked.number("p").unwrap_or(1);
        let more = match number < cut.count() {
            true => format!(
                "<tr class='morespace' style='height:10px'></tr><tr><td colspan='2'></td><td class='title'>\
                 <a href='item?id=7&amp;p={}' class='morelink' rel='next'>More</a></td></tr>",
                number + 1
            ),
            false => String::new(),
        };
        cut.page(number, &more).filter(|_| is_item)
    };
    let board = Played {
        start: "/item?id=7",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

#[test]
fn xenforo_by_number() {
    let answer = |posts: &[Post], asked: &Asked| {
        let number = match asked.path().strip_prefix("/threads/keys.7/")? {
            "" => 1,
            page => page.strip_prefix("page-")?.parse().ok()?,
        };
        let cut = Cut::new(
            &xenforo::BOARD,
            posts,
            "<article class=\"message message--post",
            "</body>",
        );
        let address = |number| match number {
            1 => "/threads/keys.7/".to_owned(),
            _ => format!("/threads/keys.7/page-{number}"),
        };
        let links = others(cut.count(), number, |number| {
            let address = address(number);
            format!("<li class=\"pageNav-page\"><a href=\"{address}\">{number}</a></li>")
        });
        let own = address(number);
        cut.page(
            number,
            &format!(
                "<nav class=\"pageNavWrapper\"><div class=\"pageNav\"><ul class=\"pageNav-main\">{links}\
                 <li class=\"pageNav-page pageNav-page--current\"><a href=\"{own}\">{number}</a></li></ul></div></nav>"
            ),
        )
    };
    let board = Played {
        start: "/threads/keys.7/",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

#[test]
fn phpbb_by_first_post() {
    let answer = |posts: &[Post], asked: &Asked| {
        let is_topic = asked.path() == "/viewtopic.php" && asked.number("t") == Some(7);
        let start = asked.number("start").unwrap_or(0);
        let mut cut = Cut::new(&phpbb::BOARD, posts, "<div id=\"p", "</table></body>");
        if start > 0 {
            let own = format!("viewtopic.php?t=7&amp;start={start}");
            cut.head = cut.head.replace("viewtopic.php?t=7", &own);
        }
        let number = start / AT_ONCE + 1;
        let links = others(cut.count(), number, |number| {
            let start = match number {
                1 => String::new(),
                _ => format!("&amp;start={}", (number - 1) * AT_ONCE),
            };
            format!(
                "<li><a class=\"button\" href=\"./viewtopic.php?f=1&amp;t=7{start}\">{number}</a></li>"
            )
        });
        cut.page(
            number,
            &format!("<div class=\"pagination\"><ul>{links}</ul></div>"),
        )
        .filter(|_| is_topic)
    };
    let board = Played {
        start: "/viewtopic.php?f=1&t=7",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

#[test]
fn vbulletin_by_number() {
    let answer = |posts: &[Post], asked: &Asked| {
        let is_thread = asked.path() == "/showthread.php" && asked.number("t") == Some(7);
        let number = asked.number("page").unwrap_or(1);
        let mut cut = Cut::new(
            &vbulletin::BOARD,
            posts,
            "<li class=\"postbitlegacy",
            "</body>",
        );
        let address = |number| match number {
            1 => "showthread.php?t=7".to_owned(),
            _ => format!("showthread.php?t=7&amp;page={number}"),
        };
        let own = format!("<link rel=\"canonical\" href=\"{}\">", address(number));
        cut.head = cut.head.replace("</head>", &format!("{own}</head>"));
        let links = others(cut.count(), number, |number| {
            format!("<span><a href=\"{}\">{number}</a></span>", address(number))
        });
        cut.page(
            number,
            &format!(
                "<div class=\"pagination_bottom\"><div class=\"pagination\">{links}</div></div>"
            ),
        )
        .filter(|_| is_thread)
    };
    let board = Played {
        start: "/showthread.php?t=7",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

/// The newest branches stand at the post's own address, the older ones behind links.
#[test]
fn wordpress_by_branches() {
    let answer = |posts: &[Post], asked: &Asked| {
        let branches = trees(posts);
        let pages: Vec<_> = branches.chunks(3).collect();
        let rest = asked.path().strip_prefix("/post/")?;
        let number = match rest {
            "" => pages.len(),
            page => page
                .strip_prefix("comment-page-")?
                .trim_end_matches('/')
                .parse()
                .ok()?,
        };
        let mut shown: Vec<Post> = Vec::new();
        for branch in *pages.get(number.checked_sub(1)?)? {
            let before = shown.len();
            shown.extend(branch.iter().cloned().map(|post| Post {
                parent: post.parent.map(|parent| parent + before),
                ..post
            }));
        }
        let page = String::from_utf8((wordpress::HTML.page)(&shown)).ok()?;
        let mut links = String::new();
        if number > 1 {
            let _ = write!(
                links,
                "<div class=nav-previous><a href='/post/comment-page-{}/#comments'>Older Comments</a></div>",
                number - 1
            );
        }
        Some(html(
            page.replace("</div></body>", &format!("{links}</div></body>")),
        ))
    };
    let board = Played {
        start: "/post/",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}

/// Deep replies lie beneath the threshold, each branch at an address of its own.
#[test]
fn slashdot_beneath_the_threshold() {
    const DEPTH: usize = 1;
    let answer = |posts: &[Post], asked: &Asked| {
        let from = match asked.path() {
            "/comments.pl" => asked.number("pid"),
            "/story/18/09/06/1/x" => None,
            _ => return None,
        };
        let (range, top) = match from {
            None => (0..posts.len(), 0),
            Some(id) => {
                let at = posts.iter().position(|post| post.id == id as u64)?;
                let depth = posts[at].depth;
                let below = posts[at + 1..].iter().take_while(|post| post.depth > depth);
                (at..at + 1 + below.count(), depth)
            }
        };
        let mut shown: Vec<Post> = Vec::new();
        let mut beneath: Vec<(u64, usize)> = Vec::new();
        for post in &posts[range] {
            let depth = post.depth - top;
            if depth > DEPTH {
                let parent = posts[post.parent?].id;
                if depth == DEPTH + 1 {
                    match beneath.iter_mut().find(|(id, _)| *id == parent) {
                        Some((_, count)) => *count += 1,
                        None => beneath.push((parent, 1)),
                    }
                }
                continue;
            }
            let parent = post
                .parent
                .and_then(|parent| shown.iter().position(|shown| shown.id == posts[parent].id));
            shown.push(Post {
                parent,
                depth,
                ..post.clone()
            });
        }
        let page = String::from_utf8((slashdot::BOARD.page)(&shown)).ok()?;
        let mut page = page.replace("//slashdot.org/", "/");
        for (id, count) in beneath {
            let list = format!("<ul id=\"commtree_{id}\">");
            let stub = format!(
                "{list}<li id=\"hidestring_{id}\"><noscript><b class='more'><a href=\"/comments.pl?sid=7&amp;pid={id}\">\
                 {count} replies</a> beneath your current threshold.</b></noscript></li>"
            );
            page = page.replace(&list, &stub);
        }
        Some(html(page))
    };
    let board = Played {
        start: "/story/18/09/06/1/x",
        answer,
        tells: Tells::Truly,
    };
    assert_crawled(board, <[Post]>::to_vec);
}
