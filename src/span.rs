//! Half-open byte ranges of a text, and their conversion to code points.
//!
//! Inside the crate every place in a text is a [`Span`] of UTF-8 bytes, so that slicing costs nothing.
//! JSON and annotation formats count Unicode code points instead: [`CodePoints`] converts in both
//! directions, once, at the edge.

use std::fmt;

/// A half-open range `start..end` of UTF-8 byte offsets into one text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// Makes the span `start..end`.
    ///
    /// # Panics
    /// When `start` lies behind `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts");
        Self { start, end }
    }

    /// First byte of the span.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start
    }

    /// First byte behind the span.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` that the span covers.
    ///
    /// # Panics
    /// When the span does not lie on character boundaries of `text`.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The same span moved `by` bytes to the right.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Number of bytes that both spans share.
    #[must_use]
    pub fn overlap(self, other: Self) -> usize {
        let end = self.end.min(other.end);
        end.saturating_sub(self.start.max(other.start))
    }

    /// The span without white space at either side.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let whole = self.slice(text);
        let start = self.start + (whole.len() - whole.trim_start().len());
        Self::new(start, start + whole.trim().len())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Converts between byte offsets and code points of one text.
///
/// Building costs one pass, a look-up is constant for ASCII and logarithmic otherwise.
#[derive(Debug)]
pub struct CodePoints {
    /// Byte offset of every code point, and the text's length last; `None` for pure ASCII,
    /// where both counts agree.
    starts: Option<Vec<usize>>,
    len: usize,
}

impl CodePoints {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let starts = (!text.is_ascii()).then(|| {
            let ends = std::iter::once(text.len());
            text.char_indices().map(|(at, _)| at).chain(ends).collect()
        });
        let len = text.len();
        Self { starts, len }
    }

    /// Number of code points before the byte offset `byte`.
    #[must_use]
    pub fn from_byte(&self, byte: usize) -> usize {
        match &self.starts {
            None => byte,
            Some(starts) => starts.partition_point(|&start| start < byte),
        }
    }

    /// Byte offset of the code point number `point`; `None` behind the text's end.
    #[must_use]
    pub fn to_byte(&self, point: usize) -> Option<usize> {
        match &self.starts {
            None => (point <= self.len).then_some(point),
            Some(starts) => starts.get(point).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn trims_and_overlaps() {
        let text = "  ab  cd";
        assert_eq!(Span::new(0, 6).trimmed(text), Span::new(2, 4));
        assert_eq!(Span::new(4, 6).trimmed(text).len(), 0);
        assert_eq!(Span::new(0, 4).overlap(Span::new(2, 9)), 2);
        assert_eq!(Span::new(0, 2).overlap(Span::new(5, 9)), 0);
    }

    proptest! {
        #[test]
        fn code_points_round_trip(text in "\\PC*") {
            let points = CodePoints::new(&text);
            for (nth, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.from_byte(byte), nth);
                prop_assert_eq!(points.to_byte(nth), Some(byte));
            }
            let total = text.chars().count();
            prop_assert_eq!(points.from_byte(text.len()), total);
            prop_assert_eq!(points.to_byte(total), Some(text.len()));
            prop_assert_eq!(points.to_byte(total + 1), None);
        }
    }
}
