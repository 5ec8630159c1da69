//! Comments that a blog keeps as data files, one below the other: `id`, `replyToId`, `date`, `name`, `message`.

/// A comment's fields.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) answered: Option<String>,
    pub(super) name: Option<String>,
    pub(super) date: Option<String>,
    pub(super) message: String,
}

/// The folder in which the files lie, as a line of a name tells it.
const FOLDER: &str = "_data/comments/";

/// Whether a text holds such files.
pub(super) fn is_data(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let named = first.starts_with('#') && first.contains(FOLDER);
    let begins = named || first.trim() == "---" || first.starts_with("id: ");
    let has = |key: &str| text.lines().take(40).any(|line| line.starts_with(key));
    begins && has("id: ") && has("message: ") && (has("name: ") || has("date: "))
}

/// What the folder of the files is called: the post's name.
pub(super) fn slug(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(FOLDER)?;
    rest.split(['/', '\n'])
        .next()
        .filter(|slug| !slug.is_empty())
}

/// The comments, in the order of their files.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = line.split_once(':').filter(|(key, _)| is_key(key)) else {
            continue;
        };
        let mut value = value.trim().to_owned();
        // What is indented, or within quotation marks, goes on.
        while let Some(next) = lines.peek() {
            let goes_on = is_open(&value) || next.starts_with([' ', '\t']);
            let begins = next.starts_with("# ") && next.contains(FOLDER);
            if !goes_on || begins {
                break;
            }
            value.push(if next.trim().is_empty() { '\n' } else { ' ' });
            value.push_str(next.trim());
            lines.next();
        }
        let value = scalar(&value);
        if key == "id" {
            entries.push(Entry {
                id: value,
                ..Entry::default()
            });
            continue;
        }
        let Some(entry) = entries.last_mut() else {
            continue;
        };
        match key {
            "replyToId" => entry.answered = Some(value).filter(|id| !id.is_empty()),
            "name" => entry.name = Some(value).filter(|name| !name.is_empty()),
            "date" => entry.date = Some(value),
            "message" => entry.message = value,
            _ => {}
        }
    }
    entries
}

fn is_key(key: &str) -> bool {
    matches!(
        key,
        "id" | "replyToId" | "name" | "date" | "message" | "avatar" | "email" | "url" | "isAuthor"
    )
}

/// Whether a value in quotation marks is not closed yet.
fn is_open(value: &str) -> bool {
    let Some(mark) = value
        .chars()
        .next()
        .filter(|mark| matches!(mark, '"' | '\''))
    else {
        return false;
    };
    let inner = &value[1..];
    let closing = inner
        .chars()
        .rev()
        .take_while(|&letter| letter == mark)
        .count();
    match mark {
        // Two in a row stand for one that does not close.
        '\'' => closing % 2 == 0,
        _ => {
            let before = inner.strip_suffix('"');
            let escapes = before.map(|text| text.chars().rev().take_while(|&c| c == '\\').count());
            escapes.is_none_or(|count| count % 2 == 1)
        }
    }
}

/// What a value of YAML stands for.
fn scalar(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('\'') {
        return inner.strip_suffix('\'').unwrap_or(inner).replace("''", "'");
    }
    let Some(inner) = value.strip_prefix('"') else {
        let block = value.strip_prefix(['|', '>']).unwrap_or(value);
        return block.trim_start_matches(['-', '+']).trim().to_owned();
    };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        let code = |letters: &mut std::str::Chars<'_>, count| {
            let digits: String = letters.take(count).collect();
            u32::from_str_radix(&digits, 16)
                .ok()
                .and_then(char::from_u32)
        };
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('x') => out.extend(code(&mut letters, 2)),
            Some('u') => out.extend(code(&mut letters, 4)),
            Some('U') => out.extend(code(&mut letters, 8)),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_in_every_way_of_quoting() {
        let text = "# _data/comments/a-post/dsq-1.yml\nid: dsq-1\ndate: 2013-02-19T19:09:55.0000000-08:00\nname: Ann: the one\n\
            message: <p>One: two.</p>\n\n# _data/comments/a-post/dsq-2.yml\nid: dsq-2\nreplyToId: dsq-1\nname: 'O''Hara'\n\
            message: \"<p>Say \\\"so\\\"\\u00e9 \\x41\n  and on\\\\\"\n\n# _data/comments/a-post/3.yml\nid: 3\nmessage: 'cut off\n  here";
        assert!(is_data(text));
        assert_eq!(slug(text), Some("a-post"));
        let entries = entries(text);
        let messages: Vec<_> = entries.iter().map(|entry| entry.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "<p>One: two.</p>",
                "<p>Say \"so\"é A and on\\",
                "cut off here"
            ]
        );
        assert_eq!(entries[0].name.as_deref(), Some("Ann: the one"));
        assert_eq!(
            (entries[1].name.as_deref(), entries[1].answered.as_deref()),
            (Some("O'Hara"), Some("dsq-1"))
        );
        assert_eq!(entries[2].id, "3");
        assert!(!is_data("id: 1\nname: x\n") && !is_data("Some text\nid: 3\nmessage: y\nname: z"));
    }
}
