//! Flat forums: a reply is shown by the quotation that it begins with.

use super::forest::Post;

/// The posts as they are read from a forum on which every reply quotes the first paragraph of what it
/// answers, below the line that `line` makes of the author's name.
pub(crate) fn quoting(posts: &[Post], line: impl Fn(&str) -> String) -> Vec<Post> {
    let mut shown = posts.to_vec();
    for (post, original) in shown.iter_mut().zip(posts) {
        if let Some(parent) = original.parent.map(|parent| &posts[parent]) {
            let mut paragraphs = vec![line(parent.author), parent.paragraphs[0].clone()];
            paragraphs.append(&mut post.paragraphs);
            post.paragraphs = paragraphs;
        }
    }
    shown
}

/// Whether a reply that only names the author quoted is understood: nobody is taken to answer himself.
pub(crate) fn named_is_enough(posts: &[Post], post: &Post) -> bool {
    post.parent
        .is_some_and(|parent| posts[parent].author != post.author)
}

/// The time of a post in a pattern of `strftime`, in UTC.
pub(crate) fn date(post: &Post, pattern: &str) -> String {
    let instant = jiff::Timestamp::from_second(post.posted).expect("a time");
    instant.strftime(pattern).to_string()
}
