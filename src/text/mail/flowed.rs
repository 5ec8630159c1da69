//! Joins the lines that a mailer broke (`format=flowed`, RFC 3676).

/// The text with every flowed paragraph on one line; quoted lines begin with their marks and a space.
///
/// A line that ends in a space goes on in the next one of the same quotation depth. `delete_space` says
/// that this space is no part of the text (`DelSp=yes`).
#[must_use]
pub fn unflow(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The depth of the paragraph that goes on.
    let mut open: Option<usize> = None;
    for (number, line) in text.lines().enumerate() {
        let depth = line.bytes().take_while(|&byte| byte == b'>').count();
        let stuffed = &line[depth..];
        let words = stuffed.strip_prefix(' ').unwrap_or(stuffed);
        let is_signature = words == "-- ";
        if open != Some(depth) || is_signature {
            if open.is_some() {
                out.truncate(out.trim_end_matches(' ').len());
            }
            if number > 0 {
                out.push('\n');
            }
            if depth > 0 {
                out.extend(std::iter::repeat_n('>', depth));
                out.push(' ');
            }
        }
        let flows = words.ends_with(' ') && !is_signature;
        match words.strip_suffix(' ') {
            Some(whole) if flows && delete_space => out.push_str(whole),
            _ => out.push_str(words),
        }
        open = flows.then_some(depth);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_joined_within_their_depth() {
        let text = "This line \nwent on.\n>> deep \n>> words\n> less \nmine \n\n-- \nsig \nlast";
        assert_eq!(
            unflow(text, false),
            "This line went on.\n>> deep words\n> less\nmine \n-- \nsig last"
        );
    }

    #[test]
    fn the_space_goes_where_it_is_no_part_of_the_text() {
        assert_eq!(unflow("見 \nる", true), "見る");
        assert_eq!(unflow(" From here\n  two", false), "From here\n two");
    }
}
