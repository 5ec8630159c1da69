//! Finds the sentences of a paragraph.
//!
//! The paragraph is cut at its newlines first, unless they only wrap it (`lines`). Then each word
//! that ends in a stop is looked at together with the word behind it: abbreviations (`abbreviation`),
//! numbers, ellipses and lower case keep a sentence going, and so does an open bracket or quotation
//! mark (`brackets`). What trails a sentence (a smiley, a note's number, `/s`) stays with it.

mod abbreviation;
mod brackets;
mod lines;
mod trailing;

pub(crate) use brackets::pairs as closed_pairs;

use crate::span::Span;
use abbreviation::Abbreviation;
use trailing::{is_trailing, without_note};

/// Marks that end a sentence where a blank follows.
const STOPS: &[char] = &['.', '!', '?', '…', '‼', '⁇', '⁈', '⁉', '؟', '۔', '।', '॥'];

/// Marks that end a sentence by themselves, in scripts that put no blank behind them.
const FULL_STOPS: &[char] = &['。', '！', '？', '｡'];

/// Quotation marks, brackets and marks of emphasis that close behind a stop.
const CLOSERS: &[char] = &[
    '"', '\'', '”', '’', '»', '«', '“', ')', ']', '}', '>', '*', '_', '~', '`', '」', '』', '）',
];

/// Quotation marks and marks of emphasis that a sentence begins with.
const OPENERS: &[char] = &[
    '"', '\'', '“', '‘', '„', '«', '»', '*', '_', '~', '`', '¿', '¡',
];

/// The sentences of one paragraph, trimmed and in order; together they cover all that is not white space.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for line in lines::lines(text) {
        cut(text, line, &mut found);
    }
    found
}

/// Cuts one line into sentences.
fn cut(text: &str, line: Span, found: &mut Vec<Span>) {
    let words = words(text, line);
    let word = |nth: usize| words.get(nth).map(|span| span.slice(text));
    let mut brackets = closed_pairs(text, line).into_iter().peekable();
    let mut first = 0;
    let mut ended = false;
    let mut emphatic = false;
    for (nth, span) in words.iter().enumerate() {
        let last = nth + 1 == words.len();
        while brackets.next_if(|pair| pair.end() <= span.end()).is_some() {}
        let enclosed = brackets
            .peek()
            .is_some_and(|pair| pair.start() < span.end());
        let this = span.slice(text);
        let next = word(nth + 1).unwrap_or_default();
        emphatic = is_single(this.trim_start_matches(char::is_uppercase))
            && is_single(next)
            && (emphatic || word(nth + 2).is_some_and(is_single));
        let ends = !emphatic && !enclosed && ends_sentence(this, next, nth == first);
        ended = ends || (ended && is_trailing(this));
        if last || (ended && !is_trailing(next)) {
            found.push(Span::new(words[first].start(), span.end()));
            first = nth + 1;
            ended = false;
        }
    }
}

/// Whether a sentence ends with `word` where `next` follows; `first` marks a sentence's first word.
fn ends_sentence(word: &str, next: &str, first: bool) -> bool {
    let core = without_note(word).trim_end_matches(CLOSERS);
    let closed = core.len() < word.len();
    let head = core.trim_end_matches(STOPS).trim_end_matches(FULL_STOPS);
    let stops = &core[head.len()..];
    if core.ends_with(FULL_STOPS) {
        return true;
    }
    let goes_on = next.starts_with(char::is_lowercase);
    let held = next.starts_with([',', ';', ')', ']', '%']) && !is_trailing(next);
    if stops.is_empty() || held {
        return false;
    }
    // "(yet?) not", "“agents.” would": what is closed here stands inside a sentence.
    if closed && (goes_on || !head.contains(char::is_alphanumeric)) {
        return false;
    }
    if stops.contains(['…', '.']) && !stops.contains(['?', '!']) && stops != "." {
        return begins_sentence(next);
    }
    let head = head.trim_start_matches(|c| OPENERS.contains(&c) || "([{".contains(c));
    match stops {
        "." => ends_at_dot(head, next, first),
        "!" => !abbreviation::is_brand(head),
        _ => true,
    }
}

/// Whether a sentence ends with the word `head` and a single dot.
fn ends_at_dot(head: &str, next: &str, first: bool) -> bool {
    let goes_on = next.starts_with(char::is_lowercase);
    // A dot by itself may be a folder: "COPY . /build".
    if head.is_empty() {
        return begins_sentence(next);
    }
    if is_item_number(head) && (first || goes_on) {
        return false;
    }
    match abbreviation::kind(head) {
        None => true,
        Some(Abbreviation::Inside) => false,
        Some(Abbreviation::Number) => !next.starts_with(|c: char| c.is_numeric() || c == '#'),
        Some(Abbreviation::Name) => abbreviation::is_starter(next),
        Some(Abbreviation::Either) => begins_sentence(next),
    }
}

/// Whether `word` looks like the first one of a sentence rather than the next one of the same.
fn begins_sentence(word: &str) -> bool {
    let inner = word.trim_start_matches(OPENERS);
    inner.starts_with(char::is_uppercase) || inner.starts_with(char::is_numeric) && inner != word
}

/// Whether `head` numbers an item when a stop follows: "3", "12", "b".
fn is_item_number(head: &str) -> bool {
    let digits = head.len() <= 3 && head.bytes().all(|b| b.is_ascii_digit());
    digits || head.len() == 1 && head != "I"
}

/// Whether the word is a lower-case word with a stop, as in "every. single. day."
fn is_single(word: &str) -> bool {
    let head = word.strip_suffix('.').unwrap_or_default();
    !head.is_empty() && head.chars().all(char::is_lowercase)
}

/// The words of a line: what stands between blanks, cut behind a full stop that needs no blank and
/// where a blank is missing ("the end.But").
fn words(text: &str, line: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = line.start();
    for piece in line.slice(text).split_inclusive(char::is_whitespace) {
        let mut rest = piece.trim_end();
        let mut at = start;
        start += piece.len();
        while !rest.is_empty() {
            let len = full_stop(rest)
                .or_else(|| missing_blank(rest))
                .unwrap_or(rest.len());
            words.push(Span::new(at, at + len));
            at += len;
            rest = &rest[len..];
        }
    }
    words
}

/// Length of the part of `word` that a full stop with its closing marks ends.
fn full_stop(word: &str) -> Option<usize> {
    let (at, stop) = word.char_indices().find(|(_, c)| FULL_STOPS.contains(c))?;
    let rest = &word[at + stop.len_utf8()..];
    let behind = rest
        .trim_start_matches(FULL_STOPS)
        .trim_start_matches(CLOSERS);
    (!behind.is_empty()).then(|| word.len() - behind.len())
}

/// Where a blank is missing in "end.But" or "why?Because"; never in a file's or a member's name.
fn missing_blank(word: &str) -> Option<usize> {
    let head = word.find(|c: char| !c.is_lowercase())?;
    let stop = word[head..].chars().next().filter(|c| ".?!".contains(*c))?;
    let behind = &word[head + 1..];
    let plain = |rest: &str| {
        let rest = rest.trim_end_matches([',', '.', '?', '!']);
        let mut letters = rest.chars().filter(|&c| c != '\'' && c != '’');
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
    };
    let parted = head > 1 && plain(behind) && (stop != '.' || abbreviation::is_starter(behind));
    parted.then_some(head + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks that the parts, with blanks between them, are found as they are.
    #[track_caller]
    fn check(parts: &[&str]) {
        let text = parts.join(" ");
        let found: Vec<&str> = sentences(&text)
            .iter()
            .map(|span| span.slice(&text))
            .collect();
        assert_eq!(found, parts);
    }

    #[test]
    fn a_dot_by_itself_ends_a_sentence_only_before_another() {
        check(&["Somebody writes COPY . /build in the file."]);
        check(&["French hands put a blank before it .", "Then they go on."]);
    }

    #[test]
    fn stops_end_sentences() {
        check(&[
            "The patch is out.",
            "Install it!",
            "Why wait?",
            "no reason.",
        ]);
        check(&["Really?!", "Yes!!!", "No way…", "So it goes."]);
        check(&["It broke .", "Then it worked ."]);
        check(&["No end here"]);
        check(&["i saw it.", "then it was gone."]);
    }

    #[test]
    fn numbers_files_and_addresses_hold_stops() {
        check(&["We run v2.3.1 and 1.2.", "Next is 1.3."]);
        check(&["See https://a.example/b.html?c=d.e for it.", "Then stop."]);
        check(&[
            "The .git folder, config.yaml and /etc/passwd.",
            "All were open.",
        ]);
        check(&["Node.js on .NET is odd.", "So is System.Array too."]);
        check(&["It fell to 3.5.", "That was in 2019.", "Now it is 2."]);
        check(&["Mail me at a.b@c.example.", "I read it."]);
        check(&[
            "Read https://a.example/long... [a.example] first.",
            "Then ask.",
        ]);
    }

    #[test]
    fn abbreviations_go_on() {
        check(&["Use a shell, e.g. Bash, i.e. not that.", "It works."]);
        check(&["Dr. Who met Prof. Moriarty and Mrs. Peel."]);
        check(&["Tabs vs. Spaces, cf. No. 5 and Fig. 3 on p. 7."]);
        check(&[
            "Apples, pears, etc. are fruit.",
            "Roots, leaves, etc.",
            "They are not.",
        ]);
        check(&["We met at 5 p.m. on Monday.", "It was 6 p.m.", "We left."]);
        check(&[
            "The U.S. Army moved.",
            "It stayed in the U.S.",
            "They said so.",
        ]);
        check(&["Acme Inc. and Foo Corp. merged.", "Bar Ltd.", "It failed."]);
        check(&[
            "J. R. Smith and J.R.R. Tolkien wrote.",
            "So did I.",
            "You too.",
        ]);
        check(&["I said no.", "No. 7 did not."]);
        check(&[
            "I agree with the OP.",
            "It took 5 ms.",
            "Then 6 ft. of rope.",
        ]);
        check(&["It takes approx. 5 minutes, et. al. agree."]);
        check(&["I like Yahoo! Mail a lot."]);
    }

    #[test]
    fn ellipses_go_on_in_lower_case() {
        check(&["Well... maybe not… who knows."]);
        check(&["I left...", "Nobody saw it…", "\"Fine.\""]);
        check(&["And then ...nothing."]);
    }

    #[test]
    fn quotation_marks_and_brackets_close_with_their_sentence() {
        check(&[
            "He said \"stop.\"",
            "She did.",
            "(It was late.)",
            "We went.",
        ]);
        check(&["“Go.”", "He went."]);
        check(&["They call it “done.” but it is not."]);
        check(&["I asked (why? who?) and left."]);
        check(&["It said \"Wait. Please try again.\" and hung."]);
        check(&["This (see below. Really) counts.", "That does not."]);
        check(&["It was *over.*", "**Next.**", "More."]);
        check(&["Is it (yet?) done?", "no."]);
    }

    #[test]
    fn what_trails_stays() {
        check(&["Nice try. :)", "I like it."]);
        check(&["It works! ;-)", "Thanks 😀"]);
        check(&["Sure. 😀 👍🏽", "Go on."]);
        check(&["What could go wrong? /s", "Nothing."]);
        check(&["As shown.[12]", "It holds. [3]", "More."]);
        check(&["Sad :( but true.", "Yes."]);
    }

    #[test]
    fn item_numbers_begin_their_sentence() {
        check(&["1. Stop it.", "2. Start it."]);
        check(&["a. First.", "b. Second."]);
        check(&["We have 3.", "They have 4."]);
    }

    #[test]
    fn words_for_emphasis_stay_together() {
        check(&["Every. single. day.", "They fail."]);
        check(&["They did it every. single. day. in. a. row.", "Wow."]);
        check(&["i tried it.", "no luck."]);
    }

    #[test]
    fn a_missing_blank_is_seen_between_words_only() {
        let text = "That was the end.But really?Yes, it was foo.Bar and x.Y or if.Format it.";
        let found: Vec<&str> = sentences(text)
            .iter()
            .map(|span| span.slice(text))
            .collect();
        assert_eq!(
            found,
            [
                "That was the end.",
                "But really?",
                "Yes, it was foo.Bar and x.Y or if.Format it."
            ]
        );
    }

    #[test]
    fn scripts_without_blanks_are_cut() {
        let text = "これは文です。次の文（です）。「はい。」終わり";
        let found: Vec<&str> = sentences(text)
            .iter()
            .map(|span| span.slice(text))
            .collect();
        assert_eq!(
            found,
            ["これは文です。", "次の文（です）。", "「はい。」", "終わり"]
        );
    }

    #[test]
    fn newlines_end_sentences_unless_they_wrap() {
        let found = |text: &str| sentences(text).len();
        assert_eq!(found("Hi all,\nthis broke\nagain\n\nBye"), 4);
        let wrapped = "The quick brown fox jumps over the lazy dog and then it runs\n\
            away from the Brown Bear, which is not so quick but strong and\n\
            Hungry. It ends.";
        assert_eq!(found(wrapped), 2);
        assert_eq!(
            found("The quick brown fox jumps over the lazy dog and then it\nruns."),
            1
        );
        assert_eq!(
            found("The quick brown fox jumps over the lazy dog and then it\n- runs."),
            2
        );
    }

    #[test]
    fn large_input_takes_linear_time() {
        for piece in [
            "a.a.a.", "(", "((a) ", " ", "\"a ", ". ", "a。", "\n", ":) ", "a. b. ", "(“", ")",
        ] {
            let _ = sentences(&piece.repeat(1_000_000 / piece.len()));
        }
        let unlike = format!("{}{}", "(".repeat(500_000), "]".repeat(500_000));
        let _ = sentences(&unlike);
    }

    proptest! {
        #[test]
        fn sentences_cover_the_text(text in "([.!?…。()\"“”*\\[\\] \n:;-]|[A-Za-zé1😀ß]){0,60}|\\PC{0,40}") {
            let mut at = 0;
            for span in sentences(&text) {
                prop_assert!(text[at..span.start()].trim().is_empty());
                prop_assert!(!span.is_empty());
                prop_assert_eq!(span.trimmed(&text), span);
                at = span.end();
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
