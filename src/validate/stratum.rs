//! The strata that the population of a label is parted into.
//!
//! Precision is told by what is asserted, recall by what is not; so these are apart. Errors are frequent near the
//! threshold and rare far from it, so the probability parts them further. The ranges are few, because a share of
//! nought among twelve says little and what is far from the threshold weighs most.

/// Whether a label is asserted, and the range that its probability lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stratum {
    /// Whether the model asserts the label.
    pub asserted: bool,
    range: usize,
}

/// Where the ranges begin; the last ends with 1.
const STARTS: [f32; 3] = [0.0, 0.1, 0.5];

impl Stratum {
    /// How many there are.
    pub const COUNT: usize = 2 * STARTS.len();

    /// The stratum of a label that has this probability.
    #[must_use]
    pub fn of(asserted: bool, probability: f32) -> Self {
        let range = STARTS.iter().rposition(|start| probability >= *start);
        Self {
            asserted,
            range: range.unwrap_or(0),
        }
    }

    /// All, what is not asserted first.
    pub fn all() -> impl Iterator<Item = Self> {
        [false, true]
            .into_iter()
            .flat_map(|asserted| (0..STARTS.len()).map(move |range| Self { asserted, range }))
    }

    /// Its place in [`Self::all`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.asserted as usize * STARTS.len() + self.range
    }

    /// Its name in a sample, `asserted 0.1-0.5`.
    #[must_use]
    pub fn name(self) -> String {
        let side = if self.asserted { "asserted" } else { "other" };
        let end = STARTS.get(self.range + 1).unwrap_or(&1.0);
        format!("{side} {}-{end}", STARTS[self.range])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_fall_into_one_range_and_names_tell_it() {
        let name = |asserted, probability| Stratum::of(asserted, probability).name();
        assert_eq!(name(false, 0.0), "other 0-0.1");
        assert_eq!(name(false, 0.099), "other 0-0.1");
        assert_eq!(name(true, 0.1), "asserted 0.1-0.5");
        assert_eq!(name(true, 1.0), "asserted 0.5-1");
        let places: Vec<_> = Stratum::all().map(Stratum::index).collect();
        assert_eq!(places, [0, 1, 2, 3, 4, 5]);
    }
}
