//! Pages as HTML, in the board's markup of several years.

use super::{Block, Post};
use std::fmt::Write as _;

/// How a page says who answers whom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Markup {
    /// Posts in a row; links to the post answered.
    Linked,
    /// Lists in lists.
    Nested,
    /// Both.
    NestedAndLinked,
    /// Posts in a row; a second permanent link.
    Of2010,
}

/// The board's id of the comment number `at`.
pub(crate) fn id(at: usize) -> usize {
    9_000_000 + 7 * at
}

/// The page that shows `posts`.
pub(crate) fn html(posts: &[Post], markup: Markup) -> String {
    let container = match markup {
        Markup::Of2010 => "main-col",
        _ => "forum_posts",
    };
    let mut out = format!(
        "<!DOCTYPE html><html><head><link rel=\"canonical\" \
         href=\"https://forums.theregister.com/forum/all/2031/05/11/keys/\"></head>\
         <body><h1>A made-up incident</h1><div id=\"{container}\">"
    );
    let nested = matches!(markup, Markup::Nested | Markup::NestedAndLinked);
    let mut open = 0;
    for (at, post) in posts.iter().enumerate() {
        if !nested {
            write_post(&mut out, "div", posts, at, markup);
            out += "</div>\n";
            continue;
        }
        while open > post.depth + 1 {
            out += "</li></ol>";
            open -= 1;
        }
        if open == post.depth + 1 {
            out += "</li>";
        } else {
            out += "<ol>";
            open += 1;
        }
        write_post(&mut out, "li", posts, at, markup);
    }
    out += &"</li></ol>".repeat(open);
    out += "</div></body></html>";
    out
}

/// Writes a post but for its end tag.
fn write_post(out: &mut String, tag: &str, posts: &[Post], at: usize, markup: Markup) {
    let post = &posts[at];
    let class = if post.deleted { "post deleted" } else { "post" };
    let _ = write!(out, "<{tag} class=\"{class}\">");
    if !post.deleted {
        let (id, time) = (id(at), 1_936_267_200 + at);
        let _ = write!(
            out,
            "<a class=\"permalink\" id=\"c_{id}\" href=\"#c_{id}\"><span data-epoch=\"{time}\">1 day</span></a>"
        );
    }
    match (markup, post.parent.map(id)) {
        (Markup::Linked | Markup::NestedAndLinked, Some(parent)) => {
            let _ = write!(
                out,
                "<a class=\"in-reply-to\" href=\"/forum/containing/{parent}\">Re</a>"
            );
        }
        (Markup::Of2010, Some(parent)) => {
            let _ = write!(out, "<a class=\"permalink\" href=\"#c_{parent}\">Re</a>");
        }
        _ => {}
    }
    if post.deleted {
        *out += "<p>This post has been deleted by its author</p>";
        return;
    }
    write_head(out, post, markup);
    *out += "<div class=\"body\">";
    for block in &post.blocks {
        write_block(out, block);
    }
    let (id, (up, down)) = (id(at), post.votes);
    let _ = write!(
        out,
        "</div><form class=\"vote\" action=\"/post/vote/up/{id}\"><input class=\"up\" value=\"{up}\"></form>\
         <form class=\"vote\" action=\"/post/vote/down/{id}\"><input class=\"down\" value=\"{down}\"></form>"
    );
}

fn write_head(out: &mut String, post: &Post, markup: Markup) {
    let name = escape(post.author);
    let author = match post.is_anonymous() {
        true => name,
        false => format!("<a href=\"/user/{}/\">{name}</a>", post.author.len()),
    };
    let _ = write!(out, "<p class=\"author\">{author}");
    if let Some(badge) = post.badge {
        let _ = write!(out, " <img src=\"b.png\" alt=\"{badge}\">");
    }
    *out += "</p>";
    if let Some(icon) = post.icon.or(post.is_anonymous().then_some(post.author)) {
        let _ = write!(out, "<img src=\"i.png\" alt=\"{icon}\">");
    }
    if let Some(title) = &post.title {
        let tag = if markup == Markup::Of2010 { "h3" } else { "h4" };
        let _ = write!(out, "<{tag}>{}</{tag}>", escape(title));
    }
}

fn write_block(out: &mut String, block: &Block) {
    let escaped = |lines: &[String]| lines.iter().map(|line| escape(line)).collect::<Vec<_>>();
    let _ = match block {
        Block::Paragraph(lines) => writeln!(out, "<p>{}</p>", escaped(lines).join("<br>\n")),
        Block::Quote(line) => writeln!(out, "<p>{}</p>", escape(line)),
        Block::Code(lines) => write!(out, "<pre>{}</pre>", escaped(lines).join("\n")),
        Block::Numbered(items) => write!(out, "<ol><li>{}</ol>", escaped(items).join("<li>")),
        Block::Bulleted(items) => write!(out, "<ul><li>{}</ul>", escaped(items).join("</li><li>")),
    };
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
