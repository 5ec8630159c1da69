//! The lines of a page that are not blank, with their indent.

/// A line that holds more than white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Columns of white space before it.
    pub(super) indent: usize,
    /// The line without white space at either side.
    pub(super) text: &'a str,
    /// Whether a blank line or nothing stands before it.
    pub(super) apart: bool,
}

/// How many columns a tab stands for: it leads to the next column that is a multiple of this.
///
/// Top-level numbers stand at column 2 and their words at column 4, so a page whose numbers begin with a
/// tab has tabs of 2, and one in which nothing is indented by four blanks has tabs of 4.
fn tab(page: &str) -> usize {
    let starts = |with: &str| {
        let mut rest = page.lines().filter_map(|line| line.strip_prefix(with));
        rest.any(|rest| number(rest).is_some())
    };
    if starts("\t") && !starts("  ") {
        2
    } else if page.lines().any(|line| line.starts_with("    ")) {
        8
    } else {
        4
    }
}

/// The page's lines. Whoever copies a page often loses the white space before its first line: if that
/// is a comment's number, the lines below tell how far it was indented.
pub(super) fn read(page: &str) -> Vec<Line<'_>> {
    let tab = tab(page);
    let mut lines = Vec::new();
    let mut apart = true;
    for raw in page.lines() {
        let text = raw.trim();
        if text.is_empty() {
            apart = true;
            continue;
        }
        let indent = indent(&raw[..raw.len() - raw.trim_start().len()], tab);
        lines.push(Line {
            indent,
            text,
            apart,
        });
        apart = false;
    }
    if let [first, second, ..] = lines.as_mut_slice()
        && first.indent == 0
        && second.indent >= 4
        && number(first.text).is_some()
    {
        first.indent = second.indent - 2;
    }
    lines
}

fn indent(white_space: &str, tab: usize) -> usize {
    white_space.chars().fold(0, |column, c| match c {
        '\t' => (column / tab + 1) * tab,
        _ => column + 1,
    })
}

/// Splits "12. Words" into its number and words, of which there may be none.
pub(super) fn number(line: &str) -> Option<(u32, &str)> {
    const DIGITS: usize = 6;
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > DIGITS {
        return None;
    }
    let words = line[digits..].strip_prefix('.')?;
    let spaced = words.is_empty() || words.starts_with(char::is_whitespace);
    let number = line[..digits].parse().ok()?;
    (spaced && number > 0).then(|| (number, words.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_any_sort() {
        let lines = read("\u{a0}\u{a0}1. A\r\n\t\u{a0}x \n \u{3000} \n    y");
        let seen: Vec<_> = lines.iter().map(|l| (l.indent, l.text, l.apart)).collect();
        assert_eq!(seen, [(2, "1. A", true), (9, "x", false), (4, "y", true)]);
    }

    #[test]
    fn tabs_are_as_wide_as_the_page_makes_them() {
        let indents = |page: &str| -> Vec<usize> { read(page).iter().map(|l| l.indent).collect() };
        let expected = [2, 4, 4, 6];
        assert_eq!(indents("  1. A\n    x\n    1. B\n      y"), expected);
        assert_eq!(indents("\t1. A\n\t\tx\n\t\t1. B\n\t\t\ty"), expected);
        assert_eq!(indents("  1. A\n\tx\n\t1. B\n\t  y"), expected);
        assert_eq!(indents("  1. A\n    x\n      1. B\n\ty"), [2, 4, 6, 8]);
    }

    #[test]
    fn a_trimmed_first_line_gets_its_indent_back() {
        assert_eq!(read("3. A\n\n        x")[0].indent, 6);
        assert_eq!(read("back to article A\n\n    x")[0].indent, 0);
    }

    #[test]
    fn numbers() {
        assert_eq!(number("12. Ada"), Some((12, "Ada")));
        assert_eq!(number("1.\u{a0}Ada"), Some((1, "Ada")));
        assert_eq!(number("1."), Some((1, "")));
        for line in ["1.5 million", "0. Ada", "Ada", "12345678. Ada", "1) Ada"] {
            assert_eq!(number(line), None, "{line}");
        }
    }
}
