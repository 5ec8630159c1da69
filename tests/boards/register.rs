//! The Register; `tests/register.rs` has its markup in full, this is the form that all tests share.

use super::{Board, forest::Post};
use std::fmt::Write as _;

pub(crate) const BOARD: Board = Board {
    source: "register-html",
    page,
};

fn page(posts: &[Post]) -> Vec<u8> {
    let mut out = "<html><div id=\"forum_posts\">".to_owned();
    for post in posts {
        let id = post.id;
        let _ = write!(
            out,
            "<div class=post><a class=permalink id=c_{id} href=#c_{id}></a>"
        );
        if let Some(parent) = post.parent {
            let parent = posts[parent].id;
            let _ = write!(
                out,
                "<a class=in-reply-to href=/forum/containing/{parent}></a>"
            );
        }
        let _ = write!(
            out,
            "<p class=author>{}</p><div class=body>{}</div></div>",
            post.author,
            post.html()
        );
    }
    out += "</div></html>";
    out.into_bytes()
}
