//! Finds where a patch ends, by the counts in its hunks.

/// Lines of a list of changed files that may stand before a patch.
const STATISTICS: usize = 400;
/// Empty lines inside a patch.
const GAP: usize = 2;

/// The line behind the patch that begins at line `at`; none where no patch begins.
pub(super) fn end(lines: &[&str], at: usize) -> Option<usize> {
    let first = *lines.get(at)?;
    if first.trim_end() == "---" {
        return statistics(lines, at);
    }
    begins(lines, at).then(|| body(lines, at))
}

/// Whether the difference of one file begins at a line.
fn begins(lines: &[&str], at: usize) -> bool {
    let line = lines[at];
    let next = |by: usize| lines.get(at + by).copied().unwrap_or_default();
    line.starts_with("diff --git ")
        || line.starts_with("diff -") && next(1).starts_with("--- ")
        || line.starts_with("Index: ")
            && (next(1).starts_with("===") || next(1).starts_with("--- "))
        || line.starts_with("--- ") && next(1).starts_with("+++ ") && next(2).starts_with("@@ ")
        || hunk(line).is_some()
}

/// The `---` and the list of changed files that lead a patch made by git, and the patch.
fn statistics(lines: &[&str], at: usize) -> Option<usize> {
    let mut next = at + 1;
    let mut listed = false;
    while let Some(line) = lines.get(next).filter(|_| next - at < STATISTICS) {
        let words = line.trim();
        if begins(lines, next) {
            return Some(body(lines, next));
        }
        let changed = words.rsplit_once(" | ").is_some_and(|(_, size)| {
            size.trim_start()
                .starts_with(|c: char| c.is_ascii_digit() || c == 'B')
        });
        let summed = words.contains(" changed") && words.starts_with(|c: char| c.is_ascii_digit());
        let moved = [
            "create mode",
            "delete mode",
            "mode change",
            "rename ",
            "copy ",
        ]
        .iter()
        .any(|lead| words.starts_with(lead));
        if !words.is_empty() && !changed && !summed && !moved {
            return None;
        }
        listed |= changed;
        next += 1;
        if summed && listed && lines.get(next).is_none_or(|line| line.trim().is_empty()) {
            let behind = lines[next..]
                .iter()
                .position(|line| !line.trim().is_empty());
            return match behind.map(|gap| next + gap) {
                Some(behind) if begins(lines, behind) => Some(body(lines, behind)),
                _ => Some(next),
            };
        }
    }
    None
}

/// The line behind the differences that begin at line `at`.
fn body(lines: &[&str], at: usize) -> usize {
    let mut next = at;
    let mut end = at;
    while let Some(line) = lines.get(next) {
        if let Some((old, new)) = hunk(line) {
            next = inside(lines, next + 1, old, new);
            end = next;
        } else if is_header(line) {
            next += 1;
            end = next;
        } else if line.trim().is_empty() && next - end < GAP {
            next += 1;
        } else {
            break;
        }
    }
    end.max(at + 1)
}

/// The line behind a hunk of so many old and new lines.
fn inside(lines: &[&str], from: usize, mut old: usize, mut new: usize) -> usize {
    let mut at = from;
    while let Some(line) = lines.get(at).filter(|_| old > 0 || new > 0) {
        match line.as_bytes().first() {
            Some(b'-') => old = old.saturating_sub(1),
            Some(b'+') => new = new.saturating_sub(1),
            Some(b'\\') => {}
            None | Some(b' ' | b'\t') => {
                old = old.saturating_sub(1);
                new = new.saturating_sub(1);
            }
            // Mailers break long lines; the rest of the patch cannot be told from words.
            Some(_) => return at,
        }
        at += 1;
    }
    match lines.get(at) {
        Some(line) if line.starts_with("\\ ") => at + 1,
        _ => at,
    }
}

/// How many old and new lines a hunk's head announces.
fn hunk(line: &str) -> Option<(usize, usize)> {
    let ranges = line.strip_prefix("@@ -")?;
    let (old, rest) = ranges.split_once(" +")?;
    let (new, _) = rest.split_once(" @@")?;
    let count = |range: &str| match range.split_once(',') {
        Some((_, count)) => count.parse().ok(),
        None => range.parse::<usize>().ok().map(|_| 1),
    };
    Some((count(old)?, count(new)?))
}

fn is_header(line: &str) -> bool {
    const LEADS: [&str; 17] = [
        "diff -",
        "index ",
        "Index: ",
        "=====",
        "--- ",
        "+++ ",
        "old mode ",
        "new mode ",
        "new file mode ",
        "deleted file mode ",
        "similarity index ",
        "dissimilarity index ",
        "rename from ",
        "rename to ",
        "copy from ",
        "copy to ",
        "Binary files ",
    ];
    LEADS.iter().any(|lead| line.starts_with(lead))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(text: &str) -> Option<usize> {
        let lines: Vec<_> = text.split('\n').collect();
        end(&lines, 0)
    }

    #[test]
    fn hunks_say_how_long_they_are() {
        let text = "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@ f\n a\n-b\n+c\n+d\n\n-- \n2.1";
        assert_eq!(patch(text), Some(9));
        assert_eq!(
            patch("--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n\\ No newline\nWords"),
            Some(6)
        );
        assert_eq!(patch("@@ -1,9 +1,9 @@\n a\nbroken by a mailer"), Some(2));
    }

    #[test]
    fn the_list_of_files_belongs_to_the_patch() {
        let text = "---\n x | 3 ++-\n 1 file changed, 2 insertions(+), 1 deletion(-)\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\nWords";
        assert_eq!(patch(text), Some(10));
        assert_eq!(patch("---\n x | 3 ++-\n 1 file changed\n\nWords"), Some(3));
    }

    #[test]
    fn words_are_no_patch() {
        for text in [
            "---\nYours",
            "--- he said\n+++ she said",
            "+1",
            "",
            "Index: none\nof it",
        ] {
            assert_eq!(patch(text), None, "{text}");
        }
    }
}
