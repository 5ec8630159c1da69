//! Undoes what makes an address harmless: `hxxp://evil[.]example`, `mallory [at] evil (dot) example`.

use crate::span::Span;
use regex::Regex;
use std::{borrow::Cow, sync::LazyLock};

static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    let marks = r"(?xi)
        (?P<dot> \x20?[\[({](?:\.|dot)[\])}]\x20?)
        | (?P<at> \x20?[\[({](?:@|at)[\])}]\x20?)
        | (?P<colon> [\[(](?::|://)[\])](?://)?)
        | (?-u:\b)h(?P<tt>xx|\*\*)ps?(?-u:\b)";
    Regex::new(marks).expect("the marks are a regular expression")
});

/// A text without such marks, which knows where its parts stood.
pub(super) struct Refanged<'a> {
    text: Cow<'a, str>,
    /// Places in the text here and in the source from which on both run alike; the first is at 0.
    steps: Vec<(usize, usize)>,
    /// Places here where a mark was undone, in order.
    marks: Vec<usize>,
}

impl<'a> Refanged<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let mut text = String::new();
        let mut steps = vec![(0, 0)];
        let mut marks = Vec::new();
        let mut done = 0;
        for captures in MARKS.captures_iter(source) {
            let parts = [("dot", "."), ("at", "@"), ("colon", "://"), ("tt", "tt")];
            let met = parts
                .iter()
                .find_map(|(name, plain)| Some((captures.name(name)?, *plain)));
            let Some((mark, plain)) = met else { continue };
            text.push_str(&source[done..mark.start()]);
            marks.push(text.len());
            text.push_str(plain);
            done = mark.end();
            steps.push((text.len(), done));
        }
        let text = if marks.is_empty() {
            Cow::Borrowed(source)
        } else {
            text.push_str(&source[done..]);
            Cow::Owned(text)
        };
        Self { text, steps, marks }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where `span` of this text stands in the source.
    pub(super) fn source(&self, span: Span) -> Span {
        let place = |at: usize| {
            let step = self.steps.partition_point(|&(here, _)| here <= at) - 1;
            let (here, there) = self.steps[step];
            there + (at - here)
        };
        // A mark's place is inside of what was undone, which has another length: its start is kept, and
        // an end behind it is the start of the next step.
        let start = place(span.start());
        Span::new(start, place(span.end()).max(start))
    }

    /// Whether a mark was undone inside `span`.
    pub(super) fn has_mark(&self, span: Span) -> bool {
        let first = self.marks.partition_point(|&mark| mark < span.start());
        self.marks.get(first).is_some_and(|&mark| mark < span.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_are_undone_and_places_kept() {
        let source = "see hxxps[:]//evil[.]example/a and a [at] b (dot) example!";
        let refanged = Refanged::new(source);
        let plain = "see https://evil.example/a and a@b.example!";
        assert_eq!(refanged.text(), plain);
        let at = |part: &str| {
            let start = plain.find(part).unwrap();
            Span::new(start, start + part.len())
        };
        let part = |text: &str| refanged.source(at(text)).slice(source);
        assert_eq!(part("https://evil.example/a"), "hxxps[:]//evil[.]example/a");
        assert_eq!(part("evil.example"), "evil[.]example");
        assert_eq!(part("a@b.example"), "a [at] b (dot) example");
        assert!(refanged.has_mark(at("evil.example")) && !refanged.has_mark(at("see")));
    }

    proptest! {
        #[test]
        fn places_lie_in_the_source(source in "(\\[\\.\\]|\\(dot\\)| \\[at\\] |hxxp|\\[:\\]//|[a-z.é ]){0,30}") {
            let refanged = Refanged::new(&source);
            let text = refanged.text();
            let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            ends.push(text.len());
            let mut last = 0;
            for pair in ends.windows(2) {
                let span = refanged.source(Span::new(pair[0], pair[1]));
                prop_assert!(span.start() >= last && source.get(span.start()..span.end()).is_some());
                last = span.start();
            }
        }
    }
}
