//! Pages as plain text.

use super::{Block, Post};
use std::fmt::Write as _;

/// The page that shows `posts`, the first of which may be in mid-tree.
pub(crate) fn text(posts: &[Post], framed: bool) -> String {
    let mut out = String::new();
    if framed {
        out += "back to article A made-up incident\n\nReports say that it was bad …\n\n";
    }
    for post in posts {
        let pad = " ".repeat(4 + 2 * post.depth);
        let _ = write!(out, "{}{}. ", &pad[2..], post.number);
        if post.deleted {
            out += "This post has been deleted by its author\n\n";
            continue;
        }
        out += post.author;
        if let Some(badge) = post.badge {
            let _ = write!(out, " {badge}");
        }
        let icon = post.icon.or(post.is_anonymous().then_some(post.author));
        if let Some(icon) = icon {
            let _ = write!(out, "\n{pad}{icon}");
        }
        out += "\n\n";
        if let Some(title) = &post.title {
            let _ = write!(out, "{pad}{title}\n\n");
        }
        for block in &post.blocks {
            write_block(&mut out, &pad, block);
        }
    }
    if framed {
        out += "POST COMMENT House rules\n\n  • Enter your comment\n\n  1. Not a comment\n";
    }
    out
}

fn write_block(out: &mut String, pad: &str, block: &Block) {
    let lines: Vec<String> = match block {
        Block::Paragraph(lines) => lines.clone(),
        Block::Quote(line) => vec![line.clone()],
        Block::Code(lines) => lines.iter().map(|line| format!("    {line}")).collect(),
        Block::Bulleted(items) => items.iter().map(|item| format!("• {item}")).collect(),
        Block::Numbered(items) => {
            let numbered = items.iter().enumerate();
            numbered
                .map(|(at, item)| format!("{}. {item}\n", at + 1))
                .collect()
        }
    };
    for line in lines {
        let _ = writeln!(out, "{pad}{line}");
    }
    out.push('\n');
}
