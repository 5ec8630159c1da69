//! A summary as HTML: an `article` for each thread, with no scripts, pictures or links.

use super::{Account, Entry, IN_PROSE, Mark, Report};
use std::io::{Result, Write};

/// The beginning of a page of summaries. HTML lets the tags of its head and body be left out
/// (<https://html.spec.whatwg.org/multipage/syntax.html#optional-tags>), so the page needs no end.
pub const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<title>Summaries of threads</title>
<style>
body { font-family: sans-serif; max-width: 45em; margin: 2em auto; padding: 0 1em; line-height: 1.4 }
blockquote { display: inline; margin: 0 }
small { color: #555 }
.for { color: #2a7d2a }
.against, .person { color: #b3261e }
</style>
";

pub(super) fn write(report: &Report, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "<article>\n<h1>{}</h1>", escaped(&report.title))?;
    writeln!(out, "<p><small>{}</small></p>", escaped(&report.facts))?;
    if let Some(told) = &report.told {
        account(told, out)?;
    }
    for section in &report.sections {
        writeln!(out, "<section>\n<h2>{}</h2>\n<ul>", section.title)?;
        let mut entries = section.entries.iter().peekable();
        while let Some(entry) = entries.next() {
            write!(out, "<li>{}", words(entry))?;
            if entries.peek().is_some_and(|next| next.is_below) {
                writeln!(out, "\n<ul>")?;
                while let Some(below) = entries.next_if(|next| next.is_below) {
                    writeln!(out, "<li>{}</li>", words(below))?;
                }
                write!(out, "</ul>")?;
            }
            writeln!(out, "</li>")?;
        }
        writeln!(out, "</ul>\n</section>")?;
    }
    writeln!(out, "</article>")
}

fn account(told: &Account, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "<section>\n<h2>{IN_PROSE}</h2>")?;
    writeln!(out, "<p><small>{}</small></p>\n<p>", escaped(&told.origin))?;
    for (words, comments) in &told.sentences {
        let (words, comments) = (escaped(words), escaped(comments));
        writeln!(out, "{words} <small>({comments})</small>")?;
    }
    writeln!(out, "</p>\n</section>")
}

fn words(entry: &Entry) -> String {
    let lead = entry.lead.map(|(mark, word)| {
        let class = match mark {
            Mark::Support => "for",
            Mark::Attack => "against",
            Mark::Person => "person",
            Mark::Heading | Mark::Author | Mark::Faint => "plain",
        };
        format!("<b class=\"{class}\">{word}:</b> ")
    });
    let note = entry.note.as_ref();
    let note = note.map(|note| format!(" <small>{}</small>", escaped(note)));
    format!(
        "{}<blockquote>{}</blockquote> <small>({})</small>{}",
        lead.unwrap_or_default(),
        escaped(&entry.words),
        escaped(&entry.origin),
        note.unwrap_or_default()
    )
}

/// The text as text, in an element or an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_markup() {
        assert_eq!(
            escaped("<script>\"a\" & 'b'</script>"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"
        );
    }
}
